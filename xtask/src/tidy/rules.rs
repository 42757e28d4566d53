//! The house rules themselves.
//!
//! Each looks at one file and returns line numbers, counted from 1. They read
//! lines, not syntax: a rule that needs a parser belongs into a lint.

use crate::manifest;

type Broken = Vec<(usize, &'static str)>;

/// What a file breaks.
pub(super) fn broken_by(name: &str, text: &str) -> Broken {
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    let own_name = name.rsplit('/').next().unwrap_or(name);
    let mut broken = trailing_space(text);
    match ending {
        "rs" => {
            broken.extend(missing_module_doc(text));
            broken.extend(tabs(text));
            broken.extend(bare_allow(text));
            if !is_test_file(name) {
                broken.extend(browser_test_outside_tests(text));
            }
        }
        "css" => {
            broken.extend(tabs(text));
            broken.extend(foreign_address(text));
            if !own_name.starts_with("tokens") {
                broken.extend(colour(text, name.starts_with("style/")));
            }
        }
        "html" if name == "index.html" => broken.extend(foreign_address(text)),
        "toml" if own_name == "Cargo.toml" => {
            broken.extend(
                manifest::unexplained_dependencies(text)
                    .into_iter()
                    .map(|line| (line, "a dependency without a comment that says what for")),
            );
        }
        _ => {}
    }
    broken.sort_unstable();
    broken
}

fn lines_where(text: &str, what: &'static str, is_broken: impl Fn(&str) -> bool) -> Broken {
    text.lines()
        .enumerate()
        .filter(|(_, line)| is_broken(line))
        .map(|(index, _)| (index + 1, what))
        .collect()
}

fn trailing_space(text: &str) -> Broken {
    lines_where(text, "has a space at its end", |line| {
        line.ends_with([' ', '\t'])
    })
}

fn tabs(text: &str) -> Broken {
    lines_where(text, "has a tab", |line| line.contains('\t'))
}

fn missing_module_doc(text: &str) -> Broken {
    if text.starts_with("//! ") {
        return Vec::new();
    }
    vec![(
        1,
        "the module must begin with `//! ` and say what it is for",
    )]
}

/// Clippy's `allow_attributes` finds those that the compiler sees; this one also
/// finds what a `cfg` hides from it.
fn bare_allow(text: &str) -> Broken {
    lines_where(
        text,
        "use #[expect(lint, reason = \"…\")], not allow",
        |line| {
            let line = line.trim_start();
            line.starts_with("#[allow(") || line.starts_with("#![allow(")
        },
    )
}

fn is_test_file(name: &str) -> bool {
    name.starts_with("tests/") || name.contains("/tests/")
}

/// A browser test elsewhere would never be run: see `suite`.
fn browser_test_outside_tests(text: &str) -> Broken {
    lines_where(text, "browser tests belong into a file of tests/", |line| {
        line.trim_start().starts_with("#[wasm_bindgen_test")
    })
}

/// An address of somebody else. Namespaces of the W3C are names, not addresses.
fn foreign_address(text: &str) -> Broken {
    lines_where(text, "no third-party address, ever", |line| {
        let line = line.replace("http://www.w3.org/", "");
        ["http://", "https://", "url(//", "\"//", "'//"]
            .iter()
            .any(|start| line.contains(start))
    })
}

const COLOUR_FUNCTIONS: &[&str] = &[
    "rgb(", "rgba(", "hsl(", "hsla(", "hwb(", "lab(", "lch(", "oklab(", "oklch(", "color(",
];
const COLOUR_NAMES: &[&str] = &[
    "black", "white", "red", "green", "blue", "grey", "gray", "orange", "yellow", "purple", "navy",
    "teal", "silver", "maroon",
];

/// A colour outside the tokens. A page of its own, such as the portal, may have
/// its tokens in its one file; the client may not.
fn colour(text: &str, is_client: bool) -> Broken {
    let text = without_css_comments(text);
    lines_where(
        &text,
        "a colour; colours belong into style/tokens*.css",
        |line| {
            // A selector such as `#add` or `a:hover` is no value.
            let Some((property, value)) = line.split_once(':') else {
                return false;
            };
            if !is_client && property.trim_start().starts_with("--") {
                return false;
            }
            let value = value.to_ascii_lowercase();
            has_hex_colour(&value)
                || COLOUR_FUNCTIONS
                    .iter()
                    .any(|function| has_word(&value, function))
                || COLOUR_NAMES.iter().any(|name| is_value_word(&value, name))
        },
    )
}

/// Comments become spaces, so that lines keep their numbers.
fn without_css_comments(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find("/*") {
        out.push_str(&rest[..start]);
        let comment = &rest[start..];
        let end = comment.find("*/").map_or(comment.len(), |end| end + 2);
        out.extend(comment[..end].chars().filter(|letter| *letter == '\n'));
        rest = &comment[end..];
    }
    out.push_str(rest);
    out
}

fn has_hex_colour(value: &str) -> bool {
    value.split('#').skip(1).any(|after| {
        let digits = after
            .chars()
            .take_while(char::is_ascii_alphanumeric)
            .collect::<String>();
        matches!(digits.len(), 3 | 4 | 6 | 8)
            && digits.chars().all(|digit| digit.is_ascii_hexdigit())
    })
}

/// `word` where no letter or hyphen goes before it.
fn has_word(value: &str, word: &str) -> bool {
    value.match_indices(word).any(|(index, _)| {
        !value[..index].ends_with(|before: char| before.is_ascii_alphanumeric() || before == '-')
    })
}

/// `name` as a whole word of a value.
fn is_value_word(value: &str, name: &str) -> bool {
    value
        .split(|letter: char| !(letter.is_ascii_alphanumeric() || "-_.#".contains(letter)))
        .any(|word| word == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(name: &str, text: &str) -> Vec<usize> {
        broken_by(name, text)
            .into_iter()
            .map(|(line, _)| line)
            .collect()
    }

    #[test]
    fn a_module_begins_by_saying_what_it_is_for() {
        assert!(lines("src/a.rs", "//! For this.\n").is_empty());
        assert_eq!(lines("src/a.rs", "fn a() {}\n"), [1]);
        assert_eq!(lines("src/a.rs", "\n//! Late.\n"), [1]);
        assert_eq!(lines("tests/a.rs", "use x;\n"), [1]);
        assert_eq!(lines("src/a.rs", ""), [1]);
    }

    #[test]
    fn spaces_at_a_lines_end_and_tabs_are_found() {
        assert_eq!(lines("README.md", "good\nbad \n"), [2]);
        assert_eq!(lines("src/a.rs", "//! A.\n\tfn a() {}\n"), [2]);
        assert_eq!(lines("style/a.css", "a {\n\tmargin: 0;\n}\n"), [2]);
        assert!(lines("notes.tsv", "a\tb\n").is_empty());
    }

    #[test]
    fn allow_is_found_and_expect_is_not() {
        let text = format!("//! A.\n  #[{}(dead_code)]\n", "allow");
        assert_eq!(lines("src/a.rs", &text), [2]);
        let text = format!("//! A.\n#![{}(dead_code)]\n", "allow");
        assert_eq!(lines("src/a.rs", &text), [2]);
        assert!(lines("src/a.rs", "//! A.\n#[expect(dead_code, reason = \"b\")]\n").is_empty());
    }

    #[test]
    fn browser_tests_are_found_where_nobody_runs_them() {
        let text = "//! A.\n#[wasm_bindgen_test]\nfn a() {}\n";
        assert_eq!(lines("src/web/a.rs", text), [2]);
        assert!(lines("tests/web.rs", text).is_empty());
        assert!(lines("vision/tests/web/a.rs", text).is_empty());
    }

    #[test]
    fn colours_are_found_outside_the_tokens_only() {
        for value in [
            "#fff",
            "1px solid #1a2b3c",
            "rgb(0 0 0 / 50%)",
            "oklch(50% 0.1 200)",
            "white",
            "0 0 1px black",
        ] {
            let text = format!("a {{\n  x: {value};\n}}\n");
            assert_eq!(lines("style/screens.css", &text), [2], "{value}");
            assert!(lines("style/tokens-dark.css", &text).is_empty(), "{value}");
        }
    }

    #[test]
    fn another_page_may_have_its_tokens_in_its_one_file() {
        let token = ":root {\n  --ground: #f6f5f2;\n}\n";
        assert!(lines("sandbox/src/portal/portal.css", token).is_empty());
        assert_eq!(lines("style/screens.css", token), [2]);
        let used = "a {\n  color: #f6f5f2;\n}\n";
        assert_eq!(lines("sandbox/src/portal/portal.css", used), [2]);
    }

    #[test]
    fn what_only_looks_like_a_colour_is_left_alone() {
        for text in [
            "a:hover {\n  color: var(--cap-colour-text);\n}\n",
            "/* #fff is\n white: black */\na { margin: 0; }\n",
            "a { white-space: nowrap; }\n",
            "a { transition: color 1s; }\n",
            "a { background: url(icon.svg#frame-1); }\n",
            "a { color: CanvasText; }\n",
            "a { mask: url(#clip-path); }\n",
        ] {
            assert!(lines("style/screens.css", text).is_empty(), "{text}");
        }
    }

    #[test]
    fn addresses_of_others_are_found() {
        assert_eq!(
            lines("index.html", "<link href=\"https://fonts.example\">\n"),
            [1]
        );
        assert_eq!(
            lines("index.html", "<script src=\"//cdn.example/a.js\">\n"),
            [1]
        );
        assert_eq!(
            lines("style/tokens.css", "a { b: url(//cdn.example/a); }\n"),
            [1]
        );
        assert!(lines("index.html", "<svg xmlns=\"http://www.w3.org/2000/svg\">\n").is_empty());
        assert!(lines("README.md", "See <https://www.rust-lang.org>.\n").is_empty());
    }

    #[test]
    fn a_dependency_without_a_reason_is_found() {
        assert_eq!(
            lines("xtask/Cargo.toml", "[dependencies]\na = \"1\"\n"),
            [2]
        );
        assert!(lines("xtask/Cargo.toml", "[dependencies]\n# Why.\na = \"1\"\n").is_empty());
        assert!(lines("Trunk.toml", "[dependencies]\na = \"1\"\n").is_empty());
    }
}

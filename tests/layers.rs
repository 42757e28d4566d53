//! Keeps the arrows: `app → {ui, web} → domain`, and nothing else.
#![cfg(not(target_arch = "wasm32"))]
#![expect(
    clippy::unwrap_used,
    reason = "tests; clippy.toml's exception only knows #[test]"
)]

use std::fs;
use std::path::{Path, PathBuf};

/// The layers and what each may use of this crate.
const LAYERS: [(&str, &[&str]); 4] = [
    ("domain", &["domain"]),
    ("ui", &["domain", "ui"]),
    ("web", &["domain", "web"]),
    ("app", &["domain", "ui", "web", "app"]),
];

/// Crates that only exist in a browser; the native build has none of them
/// either, this says it in words.
const BROWSER_CRATES: [&str; 7] = [
    "leptos",
    "web_sys",
    "js_sys",
    "wasm_bindgen",
    "wasm_bindgen_futures",
    "gloo_net",
    "gloo_timers",
];

/// A use that the layers forbid.
#[derive(Debug, PartialEq, Eq)]
struct Violation {
    line: usize,
    used: String,
}

/// Finds every `crate::x` (and `super` chains that leave the layer can't be:
/// siblings are only reachable through `crate`) that `layer` may not use.
fn violations(layer: &str, allowed: &[&str], source: &str) -> Vec<Violation> {
    let mut found = Vec::new();
    for (index, line) in source.lines().enumerate() {
        let code = line.split("//").next().unwrap_or_default();
        let mut forbid = |used: &str| {
            found.push(Violation {
                line: index + 1,
                used: used.to_owned(),
            });
        };
        for used in named_after("crate::", code) {
            if !allowed.contains(&used.as_str()) {
                forbid(&format!("crate::{used}"));
            }
        }
        if layer == "domain" {
            for browser in BROWSER_CRATES {
                if named_after("", code).iter().any(|word| word == browser) {
                    forbid(browser);
                }
            }
        }
    }
    found
}

/// The identifiers that follow a prefix; `{a, b}` groups are opened.
fn named_after(prefix: &str, code: &str) -> Vec<String> {
    let words = |text: &str| -> Vec<String> {
        text.split(|c: char| !(c.is_alphanumeric() || c == '_'))
            .filter(|word| !word.is_empty())
            .map(str::to_owned)
            .collect()
    };
    if prefix.is_empty() {
        return words(code);
    }
    let mut names = Vec::new();
    for (at, _) in code.match_indices(prefix) {
        let is_word_start = code[..at]
            .chars()
            .next_back()
            .is_none_or(|c| !(c.is_alphanumeric() || c == '_'));
        let rest = &code[at + prefix.len()..];
        if !is_word_start {
            continue;
        }
        match rest.strip_prefix('{') {
            Some(group) => names.extend(
                group
                    .split('}')
                    .next()
                    .unwrap_or_default()
                    .split(',')
                    .filter_map(|path| words(path).first().cloned()),
            ),
            None => names.extend(words(rest).into_iter().take(1)),
        }
    }
    names
}

fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(sources(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
    found
}

#[test]
fn every_layer_uses_only_what_lies_below_it() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut complaints = Vec::new();
    for (layer, allowed) in LAYERS {
        let files = sources(&root.join(layer));
        assert!(!files.is_empty(), "the layer {layer} has no source");
        for file in files {
            let source = fs::read_to_string(&file).unwrap();
            for violation in violations(layer, allowed, &source) {
                complaints.push(format!(
                    "{}:{}: {layer} must not use {}",
                    file.display(),
                    violation.line,
                    violation.used
                ));
            }
        }
    }
    assert!(
        complaints.is_empty(),
        "forbidden arrows:\n{}",
        complaints.join("\n")
    );
}

#[test]
fn image_analysis_knows_nothing_of_the_client_or_the_browser() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("vision/src");
    for file in sources(&root) {
        let source = fs::read_to_string(&file).unwrap();
        for word in ["vestibule::", "web_sys", "leptos", "js_sys"] {
            assert!(!source.contains(word), "{} uses {word}", file.display());
        }
    }
}

#[test]
fn a_forbidden_use_is_found() {
    let used = |layer: &str, source: &str| -> Vec<String> {
        let (_, allowed) = LAYERS.into_iter().find(|(name, _)| *name == layer).unwrap();
        violations(layer, allowed, source)
            .into_iter()
            .map(|violation| violation.used)
            .collect()
    };
    assert_eq!(
        used("ui", "use crate::web::camera::Camera;"),
        ["crate::web"]
    );
    assert_eq!(
        used("web", "use crate::{domain, ui::shell};"),
        ["crate::ui"]
    );
    assert_eq!(
        used("domain", "fn f() { crate::app::mount(); }"),
        ["crate::app"]
    );
    assert_eq!(used("domain", "use web_sys::Window;"), ["web_sys"]);
    assert_eq!(
        used("ui", "use crate::domain::flow::Screen; // not crate::web"),
        Vec::<String>::new()
    );
    assert_eq!(used("app", "use crate::web::clock;"), Vec::<String>::new());
}

//! Takes from the glue and the module what only wasm-bindgen needed.
//!
//! Classes that dependencies offer to scripts go, because the page imports none;
//! then exports that no script names, so that `wasm-opt` can drop their code; and
//! at last the long names that module and glue call each other's functions by.
//! All of it reads what wasm-bindgen writes, and refuses what looks different.

use std::collections::BTreeSet;

use super::sections::{self, Import};
use crate::failure::Failure;

/// What wasm-bindgen calls the glue in the imports of the module.
const BOUND: &str = "./vestibule_bg.js";
/// What it is called instead.
const BOUND_SHORT: &str = "a";
/// What the split modules call the first one in their imports.
const SHARED: &str = "__wasm_split";
const LETTERS: &[u8; 52] = b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

/// The glue without the classes that it exports.
///
/// # Errors
///
/// Something else in the glue still needs one.
pub(super) fn without_classes(glue: &str) -> Result<String, Failure> {
    const START: &str = "export class ";
    let mut glue = glue.to_owned();
    while let Some(at) = glue.find(START) {
        let name: String = glue
            .split_at(at + START.len())
            .1
            .chars()
            .take_while(|&letter| is_word(letter))
            .collect();
        for (start, end) in [
            (format!("{START}{name} {{\n"), "\n}\n"),
            (format!("if (Symbol.dispose) {name}."), ";\n"),
            (format!("const {name}Finalization = "), ";\n"),
        ] {
            glue = without(&glue, &start, end).ok_or_else(|| {
                Failure::Refused(format!("the glue lacks \"{start}\" of a class it exports"))
            })?;
        }
        if words(&glue).contains(name.as_str()) {
            return Err(Failure::Refused(format!(
                "the glue uses the class {name}, which dist/trim.rs takes for unused"
            )));
        }
    }
    Ok(glue)
}

fn without(text: &str, start: &str, end: &str) -> Option<String> {
    let (before, rest) = text.split_once(start)?;
    let (_, after) = rest.split_once(end)?;
    Some([before, after].concat())
}

/// The module with only the exports that a script names.
///
/// # Errors
///
/// The module cannot be read, or one of `parts` imports what nobody exports.
pub(super) fn drop_exports<'p>(
    main: &[u8],
    glue: &str,
    link: &str,
    parts: impl Iterator<Item = &'p [u8]>,
) -> Result<Vec<u8>, Failure> {
    let mut named = words(link);
    named.extend(words_after(glue, "wasm."));
    let (main, kept) = sections::keep_exports(main, |name| named.contains(name))?;
    for part in parts {
        if let Some(import) = sections::imports(part)?
            .iter()
            .find(|import| import.module == SHARED && !kept.contains(&import.name))
        {
            return Err(Failure::Refused(format!(
                "a split module imports {}, which no script names",
                import.name
            )));
        }
    }
    Ok(main)
}

/// Module and glue with short names for what the one imports of the other.
///
/// # Errors
///
/// The module cannot be read, or the glue lacks one of its imports.
pub(super) fn shorten_imports(main: &[u8], glue: &str) -> Result<(Vec<u8>, String), Failure> {
    let names: Vec<String> = sections::imports(main)?
        .into_iter()
        .filter(|import| import.module == BOUND)
        .map(|import| import.name)
        .collect();
    let glue = with_short_names(glue, &names)?;
    let mut next = 0;
    let main = sections::rename_imports(main, |import| {
        if import.module == BOUND {
            *import = Import {
                module: BOUND_SHORT.to_owned(),
                name: short_name(next),
            };
            next += 1;
        }
    })?;
    Ok((main, glue))
}

fn with_short_names(glue: &str, names: &[String]) -> Result<String, Failure> {
    const START: &str = "    const import0 = {\n";
    const END: &str = "\n    };\n";
    const INDENT: &str = "        ";
    let lacks = |what: &str| Failure::Refused(format!("the glue should have {what} and does not"));
    let (before, rest) = glue.split_once(START).ok_or_else(|| lacks(START))?;
    let (entries, after) = rest.split_once(END).ok_or_else(|| lacks(END))?;
    let mut found = BTreeSet::new();
    let mut short = String::new();
    let mut is_kept = true;
    for line in entries.lines() {
        let entry = line
            .strip_prefix(INDENT)
            .filter(|text| text.starts_with(is_word))
            .and_then(|text| text.split_once(": "));
        if let Some((name, value)) = entry {
            let index = names.iter().position(|wanted| wanted == name);
            is_kept = index.is_some() || name == "__proto__";
            if let Some(index) = index {
                found.insert(index);
                short.extend([INDENT, &short_name(index), ": ", value, "\n"]);
                continue;
            }
        }
        if is_kept {
            short.extend([line, "\n"]);
        }
    }
    if let Some(missing) = (0..names.len()).find(|index| !found.contains(index)) {
        return Err(lacks(names.get(missing).map_or(BOUND, String::as_str)));
    }
    let bound = format!("\"{BOUND}\": import0");
    if !after.contains(&bound) {
        return Err(lacks(&bound));
    }
    let after = after.replacen(&bound, &format!("\"{BOUND_SHORT}\": import0"), 1);
    Ok([before, START, &short, END, &after].concat())
}

/// `a` to `Z`, then `aa` and so on.
fn short_name(index: usize) -> String {
    let letter = LETTERS
        .get(index % LETTERS.len())
        .map_or('_', |&letter| char::from(letter));
    match (index / LETTERS.len()).checked_sub(1) {
        Some(before) => format!("{}{letter}", short_name(before)),
        None => letter.to_string(),
    }
}

fn is_word(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || letter == '_' || letter == '$'
}

fn words(text: &str) -> BTreeSet<&str> {
    text.split(|letter| !is_word(letter)).collect()
}

fn words_after<'t>(text: &'t str, prefix: &str) -> impl Iterator<Item = &'t str> {
    text.split(prefix)
        .skip(1)
        .filter_map(|rest| rest.split(|letter| !is_word(letter)).next())
}

#[cfg(test)]
mod tests {
    use super::*;

    const GLUE: &str = "export class Box {\n    free() {\n        wasm.__wbg_box_free(1);\n    }\n}\n\
        if (Symbol.dispose) Box.prototype[Symbol.dispose] = Box.prototype.free;\n\
        function imports() {\n    const import0 = {\n        __proto__: null,\n        \
        __wbg_log_0123: function(arg0) {\n            wasm.grow(arg0);\n        },\n        \
        __wbg_dead_4567: function() { return f(function () {\n            g();\n        }, arguments); },\n    \
        };\n    return {\n        \"./vestibule_bg.js\": import0,\n    };\n}\n\
        const BoxFinalization = x ? 1\n    : new FinalizationRegistry(ptr => wasm.__wbg_box_free(ptr, 1));\n";

    #[test]
    fn a_class_that_nobody_imports_goes_with_all_that_names_its_exports() {
        let glue = without_classes(GLUE).unwrap();
        assert!(!glue.contains("Box") && !glue.contains("__wbg_box_free"));
        assert!(glue.contains("wasm.grow"));
    }

    #[test]
    fn a_class_that_the_glue_uses_is_refused() {
        assert!(without_classes(&format!("{GLUE}new Box();\n")).is_err());
        assert!(without_classes("export class Other {\n}\n").is_err());
    }

    #[test]
    fn imports_get_short_names_and_unused_ones_go() {
        let glue = with_short_names(GLUE, &["__wbg_log_0123".to_owned()]).unwrap();
        assert!(glue.contains("        __proto__: null,\n        a: function(arg0) {\n"));
        assert!(glue.contains("\"a\": import0"));
        assert!(!glue.contains("dead") && !glue.contains("g();"));
    }

    #[test]
    fn an_import_that_the_glue_lacks_is_refused() {
        assert!(with_short_names(GLUE, &["__wbg_other_89".to_owned()]).is_err());
    }

    #[test]
    fn short_names_are_told_apart() {
        let names: BTreeSet<String> = (0..6000).map(short_name).collect();
        assert_eq!(names.len(), 6000);
        assert_eq!(
            [0, 51, 52, 103, 104].map(short_name),
            ["a", "Z", "aa", "aZ", "ba"]
        );
    }
}

//! Reads the little that is needed from Cargo.toml and Cargo.lock.
//!
//! Line by line, not with a TOML parser: both files are written by cargo or
//! checked by it, and a parser would be the largest thing that a newcomer waits
//! for.

/// The version of a package in the text of a Cargo.lock.
pub(crate) fn locked_version(lock: &str, package: &str) -> Option<String> {
    let name = format!("name = \"{package}\"");
    let mut lines = lock.lines();
    lines.find(|line| *line == name)?;
    lines
        .next()?
        .strip_prefix("version = \"")?
        .strip_suffix('"')
        .map(str::to_owned)
}

/// A line of a dependency table that no comment explains.
///
/// A comment explains the entries that follow it directly. An entry that
/// inherits from the workspace is explained there, and a package of this
/// repository by its own documentation.
pub(crate) fn unexplained_dependencies(manifest: &str) -> Vec<usize> {
    let mut found = Vec::new();
    let mut is_table = false;
    let mut is_explained = false;
    let mut is_inside_value = false;
    for (index, line) in manifest.lines().enumerate() {
        let text = line.trim();
        if is_inside_value {
            is_inside_value = !text.ends_with(']') && !text.ends_with('}');
            continue;
        }
        if text.starts_with('#') {
            is_explained = true;
        } else if let Some(header) = text.strip_prefix('[') {
            let header = header.trim_end_matches(']');
            is_table = header.ends_with("dependencies");
            // `[dependencies.name]`: the whole table is one entry.
            if header.contains("dependencies.") && !is_explained {
                found.push(index + 1);
            }
            is_explained = false;
        } else if text.is_empty() {
            is_explained = false;
        } else if is_table {
            let is_exempt = text.contains("workspace = true") || text.contains("path = \"");
            if !is_explained && !is_exempt {
                found.push(index + 1);
            }
            let opens = text.matches(['[', '{']).count();
            let closes = text.matches([']', '}']).count();
            is_inside_value = opens > closes;
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_locked_version_is_of_exactly_that_package() {
        let lock = "[[package]]\nname = \"wasm-bindgen-futures\"\nversion = \"0.4.80\"\n\n\
                    [[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.130\"\n";
        assert_eq!(
            locked_version(lock, "wasm-bindgen").as_deref(),
            Some("0.2.130")
        );
        assert_eq!(locked_version(lock, "bindgen"), None);
    }

    #[test]
    fn a_comment_explains_the_entries_that_follow_it_directly() {
        let manifest = "[dependencies]\n# Why.\na = \"1\"\nb = \"1\"\n\nc = \"1\"\n";
        assert_eq!(unexplained_dependencies(manifest), [6]);
    }

    #[test]
    fn inherited_and_own_packages_need_no_comment() {
        let manifest = "[dependencies]\nserde.workspace = true\nown = { path = \"../own\" }\n\
                        other = { workspace = true }\n";
        assert!(unexplained_dependencies(manifest).is_empty());
    }

    #[test]
    fn every_kind_of_dependency_table_is_looked_at() {
        for header in [
            "[dev-dependencies]",
            "[build-dependencies]",
            "[workspace.dependencies]",
            "[target.'cfg(unix)'.dependencies]",
        ] {
            assert_eq!(
                unexplained_dependencies(&format!("{header}\na = \"1\"\n")),
                [2]
            );
        }
        assert_eq!(
            unexplained_dependencies("[dependencies.a]\nversion = \"1\"\n"),
            [1]
        );
        assert!(unexplained_dependencies("# Why.\n[dependencies.a]\nversion = \"1\"\n").is_empty());
        assert!(unexplained_dependencies("[package]\nname = \"a\"\n").is_empty());
    }

    #[test]
    fn a_value_over_several_lines_is_one_entry() {
        let manifest = "[dependencies]\n# Why.\na = { version = \"1\", features = [\n  \"x\",\n\n  \"y\",\n] }\nb = \"1\"\n";
        assert!(unexplained_dependencies(manifest).is_empty());
    }
}

//! Finds the tests that run inside a browser.
//!
//! They are found, not listed: every file of a `tests/` folder that speaks of
//! `wasm_bindgen_test`. `check` lints them and `test` runs them.

use std::fs;
use std::path::Path;

use crate::dist::files_below;
use crate::failure::Failure;
use crate::project::SIMD_FLAG;

/// Packages that may have such tests, with their folders and the compiler's
/// flags that they are shipped with.
const PACKAGES: &[(&str, &str, &str)] = &[
    ("vestibule", "tests", ""),
    ("vestibule-kernels", "vision/kernels/tests", SIMD_FLAG),
];

/// What makes a file a browser test.
const MARK: &str = "wasm_bindgen_test";

/// The browser tests of one package.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Suite {
    /// Cargo's name.
    pub(crate) package: &'static str,
    /// For the compiler.
    pub(crate) flags: &'static str,
    /// Names of test targets, sorted.
    pub(crate) tests: Vec<String>,
}

/// Finds them all.
///
/// # Errors
///
/// A file cannot be read.
pub(crate) fn find(root: &Path) -> Result<Vec<Suite>, Failure> {
    let mut found = Vec::new();
    for (package, folder, flags) in PACKAGES {
        let folder = root.join(folder);
        if !folder.is_dir() {
            continue;
        }
        let mut tests = Vec::new();
        for name in files_below(&folder)? {
            let Some(target) = target_of(&name, |main| folder.join(main).is_file()) else {
                continue;
            };
            let path = folder.join(&name);
            let text = fs::read_to_string(&path).map_err(Failure::file("read", &path))?;
            if text.contains(MARK) && !tests.contains(&target) {
                tests.push(target);
            }
        }
        if !tests.is_empty() {
            tests.sort();
            found.push(Suite {
                package,
                flags,
                tests,
            });
        }
    }
    Ok(found)
}

/// The test target that a file below `tests/` belongs to, by cargo's rules;
/// `None` for files that only others include.
fn target_of(name: &str, exists: impl Fn(&str) -> bool) -> Option<String> {
    if !name.ends_with(".rs") {
        return None;
    }
    match name.split_once('/') {
        None => name.strip_suffix(".rs").map(str::to_owned),
        // `tests/web.rs` may have modules in `tests/web/`.
        Some((folder, _)) => (exists(&format!("{folder}/main.rs"))
            || exists(&format!("{folder}.rs")))
        .then(|| folder.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn browser_tests_are_found_by_what_they_use() {
        let root = std::env::temp_dir().join(format!("xtask-web-{}", std::process::id()));
        for (name, text) in [
            ("tests/web.rs", "mod camera;\n"),
            ("tests/web/camera.rs", "use wasm_bindgen_test::*;\n"),
            ("tests/mount/main.rs", "use wasm_bindgen_test::*;\n"),
            ("tests/layers.rs", "fn native() {}\n"),
            ("tests/common/mod.rs", "use wasm_bindgen_test::*;\n"),
            ("vision/kernels/tests/native.rs", "fn native() {}\n"),
        ] {
            let path = root.join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        let found = find(&root).unwrap();
        fs::remove_dir_all(&root).unwrap();
        assert_eq!(
            found,
            [Suite {
                package: "vestibule",
                flags: "",
                tests: vec!["mount".to_owned(), "web".to_owned()],
            }]
        );
    }
}

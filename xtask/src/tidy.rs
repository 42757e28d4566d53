//! House rules that no other tool checks.
//!
//! Each rule is a function from a file's name and text to the lines that break
//! it ([`rules`]); here the files are found and what is wrong is said.

mod rules;

use std::fmt;
use std::fs;
use std::path::Path;

use crate::console;
use crate::failure::Failure;
use crate::project::Project;

/// Larger files belong elsewhere.
const FILE_BYTES_MAX: u64 = 200_000;
/// Made by machines, or not ours.
const FOLDERS_SKIPPED: &[&str] = &[".git", ".sandbox", "dist", "node_modules", "target"];
/// Written by package managers.
const LOCK_FILES: &[&str] = &["Cargo.lock", "package-lock.json"];

/// A place that breaks a rule.
#[derive(Debug, PartialEq, Eq)]
struct Offence {
    file: String,
    /// Counted from 1; `None` when it is the file as a whole.
    line: Option<usize>,
    what: &'static str,
}

impl fmt::Display for Offence {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            Some(line) => write!(out, "{}:{line}: {}", self.file, self.what),
            None => write!(out, "{}: {}", self.file, self.what),
        }
    }
}

/// Checks every file of the repository.
///
/// # Errors
///
/// A file breaks a rule or cannot be read.
pub(crate) fn run(project: &Project) -> Result<(), Failure> {
    let root = project.root();
    let mut offences = Vec::new();
    let mut files = Vec::new();
    collect(root, "", &mut files)?;
    files.sort();
    for name in &files {
        check_file(root, name, &mut offences)?;
    }
    if !files.iter().any(|name| name == "Cargo.lock") {
        offences.push(Offence {
            file: "Cargo.lock".to_owned(),
            line: None,
            what: "must be there and committed",
        });
    }
    for offence in &offences {
        console::error(&offence.to_string());
    }
    if offences.is_empty() {
        console::progress(&format!("{} files", files.len()));
        return Ok(());
    }
    Err(Failure::Refused(format!(
        "{} places break a house rule (xtask/src/tidy.rs)",
        offences.len()
    )))
}

fn collect(folder: &Path, prefix: &str, files: &mut Vec<String>) -> Result<(), Failure> {
    for entry in fs::read_dir(folder).map_err(Failure::file("read", folder))? {
        let entry = entry.map_err(Failure::file("read", folder))?;
        let own_name = entry.file_name().to_string_lossy().into_owned();
        let name = format!("{prefix}{own_name}");
        let kind = entry
            .file_type()
            .map_err(Failure::file("read", &entry.path()))?;
        if kind.is_dir() {
            if !FOLDERS_SKIPPED.contains(&own_name.as_str()) {
                collect(&entry.path(), &format!("{name}/"), files)?;
            }
        } else if kind.is_file() {
            files.push(name);
        }
    }
    Ok(())
}

fn check_file(root: &Path, name: &str, offences: &mut Vec<Offence>) -> Result<(), Failure> {
    let path = root.join(name);
    let own_name = name.rsplit('/').next().unwrap_or(name);
    if LOCK_FILES.contains(&own_name) {
        return Ok(());
    }
    let bytes_len = fs::metadata(&path)
        .map_err(Failure::file("read", &path))?
        .len();
    if bytes_len > FILE_BYTES_MAX {
        offences.push(Offence {
            file: name.to_owned(),
            line: None,
            what: "is larger than 200 kB",
        });
        return Ok(());
    }
    let bytes = fs::read(&path).map_err(Failure::file("read", &path))?;
    // Pictures are not text and have no lines.
    if let Ok(text) = String::from_utf8(bytes) {
        offences.extend(
            rules::broken_by(name, &text)
                .into_iter()
                .map(|(line, what)| Offence {
                    file: name.to_owned(),
                    line: Some(line),
                    what,
                }),
        );
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_offence_names_its_place_as_editors_understand_it() {
        let mut offence = Offence {
            file: "src/a.rs".to_owned(),
            line: Some(7),
            what: "has a tab",
        };
        assert_eq!(offence.to_string(), "src/a.rs:7: has a tab");
        offence.line = None;
        assert_eq!(offence.to_string(), "src/a.rs: has a tab");
    }

    #[test]
    fn generated_folders_are_skipped_and_large_files_are_found() {
        let root = std::env::temp_dir().join(format!("xtask-tidy-{}", std::process::id()));
        for (name, text) in [
            ("src/good.rs", "//! Good.\n".to_owned()),
            ("src/bad.rs", "fn a() {}\n".to_owned()),
            ("target/bad.rs", "fn a() {}\n".to_owned()),
            ("tests/node_modules/bad.rs", "fn a() {}\n".to_owned()),
            ("docs/large.md", "a line\n".repeat(40_000)),
            ("tests/package-lock.json", "a line\n".repeat(40_000)),
        ] {
            let path = root.join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        let mut files = Vec::new();
        collect(&root, "", &mut files).unwrap();
        files.sort();
        let mut offences = Vec::new();
        for name in &files {
            check_file(&root, name, &mut offences).unwrap();
        }
        fs::remove_dir_all(&root).unwrap();
        let places: Vec<_> = offences
            .iter()
            .map(|offence| offence.file.as_str())
            .collect();
        assert_eq!(places, ["docs/large.md", "src/bad.rs"]);
    }
}

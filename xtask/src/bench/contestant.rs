//! Our side of a comparison: a folder with `contestant.js`, the worker and its
//! modules as they are shipped.
//!
//! The page of the bench loads the same folder that `--contestant` gives away.

use std::fs;
use std::path::Path;

use crate::dist::{self, files_below};
use crate::failure::Failure;
use crate::project::Project;

/// The worker and all that it loads begin with this in `dist/`.
const SHIPPED: &str = "vestibule-vision-";
/// The worker's own script.
const WORKER: &str = "vestibule-vision-worker-";
/// What stands for its name in `contestant.js`.
const PLACEHOLDER: &str = "WORKER_FILE";

/// Writes the folder from `dist/` and returns the names of its files.
///
/// # Errors
///
/// `dist/` has no worker, or a file cannot be read or written.
pub(super) fn write(project: &Project, folder: &Path) -> Result<Vec<String>, Failure> {
    fs::create_dir_all(folder).map_err(Failure::file("make", folder))?;
    // What an earlier build left here would be served too.
    for name in files_below(folder)? {
        if name.starts_with(SHIPPED) {
            let path = folder.join(&name);
            fs::remove_file(&path).map_err(Failure::file("remove", &path))?;
        }
    }
    let mut written = Vec::new();
    for name in files_below(&project.dist())? {
        let path = project.dist().join(&name);
        if name.starts_with(SHIPPED) && !dist::is_twin(&path) {
            let target = folder.join(&name);
            fs::copy(&path, &target).map_err(Failure::file("copy", &path))?;
            written.push(name);
        }
    }
    let Some(worker) = worker_of(&written) else {
        return Err(Failure::Refused(format!(
            "{} has no worker ({WORKER}*.js)",
            project.dist().display()
        )));
    };
    let source = project.root().join("vision/bench/contestant.js");
    let script = fs::read_to_string(&source).map_err(Failure::file("read", &source))?;
    let path = folder.join("contestant.js");
    fs::write(&path, named(&script, worker)).map_err(Failure::file("write", &path))?;
    written.push("contestant.js".to_owned());
    Ok(written)
}

/// The worker's own script among the files.
pub(super) fn worker_of(files: &[String]) -> Option<&str> {
    files
        .iter()
        .map(String::as_str)
        .find(|name| name.starts_with(WORKER) && name.ends_with(".js"))
}

fn named(script: &str, worker: &str) -> String {
    script.replace(PLACEHOLDER, worker)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_script_names_the_worker_that_was_copied() {
        let files = [
            "vestibule-vision-eyes-0a.wasm".to_owned(),
            "vestibule-vision-worker-0b.js".to_owned(),
        ];
        let worker = worker_of(&files).unwrap();
        let script = include_str!("../../../vision/bench/contestant.js");
        let script = named(script, worker);
        assert!(script.contains("\"vestibule-vision-worker-0b.js\""));
        assert!(!script.contains(PLACEHOLDER));
    }

    #[test]
    fn without_a_worker_there_is_none() {
        assert_eq!(
            worker_of(&["vestibule-vision-eyes-0a.wasm".to_owned()]),
            None
        );
    }
}

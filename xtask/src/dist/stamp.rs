//! Whether `dist/` still is what the sources give.
//!
//! By content and not by time: a checkout gives every file a new time, and a
//! removed file has none.

use std::fs;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::path::PathBuf;

use super::publish::files_below;
use crate::failure::Failure;
use crate::project::Project;

/// Everything that the build reads, files and folders.
const INPUTS: &[&str] = &[
    "Cargo.lock",
    "Cargo.toml",
    "Trunk.toml",
    "index.html",
    "locales",
    "rust-toolchain.toml",
    "src",
    "style",
    "vision/Cargo.toml",
    "vision/src",
    "vision/weights",
    "vision/worker",
    "xtask/src/dist",
    "xtask/src/dist.rs",
];

/// A number that changes when an input does.
///
/// # Errors
///
/// An input cannot be read.
pub(super) fn of_inputs(project: &Project) -> Result<String, Failure> {
    let mut hasher = DefaultHasher::new();
    // Clones may share a build folder.
    project.root().hash(&mut hasher);
    for input in INPUTS {
        let path = project.root().join(input);
        let files = if path.is_dir() {
            files_below(&path)?
                .into_iter()
                .map(|name| path.join(name))
                .collect()
        } else {
            vec![path]
        };
        for file in files {
            file.hash(&mut hasher);
            if file.exists() {
                fs::read(&file)
                    .map_err(Failure::file("read", &file))?
                    .hash(&mut hasher);
            }
        }
    }
    Ok(format!("{:016x}", hasher.finish()))
}

/// Whether the last build was made from today's inputs and is still there.
///
/// # Errors
///
/// An input cannot be read.
pub(super) fn is_current(project: &Project) -> Result<bool, Failure> {
    let is_there = project.dist().join("index.html").is_file();
    let last = fs::read_to_string(place(project)).unwrap_or_default();
    Ok(is_there && last == of_inputs(project)?)
}

/// Remembers what the build was made from.
///
/// # Errors
///
/// The stamp cannot be written.
pub(super) fn write(project: &Project, inputs: &str) -> Result<(), Failure> {
    let path = place(project);
    fs::write(&path, inputs).map_err(Failure::file("write", &path))
}

fn place(project: &Project) -> PathBuf {
    project.scratch().join("dist.stamp")
}

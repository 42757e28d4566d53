//! How the journeys through a real browser are run.

use std::path::Path;
use std::process::Command;

use crate::failure::Failure;
use crate::project::Project;
use crate::setup::{Browser, Toolbox};

/// The command; what comes after `--` can be added to it.
///
/// # Errors
///
/// The tools have no place.
pub(crate) fn command(
    project: &Project,
    toolbox: &Toolbox,
    browser: &Browser,
    gallery: &Path,
) -> Result<Command, Failure> {
    // The whole workspace, so that dependencies have the features that they were
    // built with for the native tests.
    let mut cargo = project.cargo([
        "test",
        "--locked",
        "--workspace",
        "--features",
        "vestibule-sandbox/browser-tests",
        "--test",
        "journeys",
    ]);
    cargo.env("VESTIBULE_GALLERY", gallery);
    browser.equip(toolbox.equip(&mut cargo)?);
    Ok(cargo)
}

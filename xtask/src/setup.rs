//! Gets a machine ready, and says what it installs, why, and about how long
//! that takes.
//!
//! A verb asks for what it needs and no more. What is already there in a
//! version that fits is used; the rest goes to a cache folder that all clones
//! share ([`mod@toolbox`]), except what belongs to the toolchain (rustup) and to the
//! system (its packages, [`system`]).

mod browser;
mod font;
mod node;
mod system;
mod toolbox;
mod toolchain;

pub(crate) use browser::Browser;
pub(crate) use toolbox::Toolbox;

use crate::failure::Failure;
use crate::project::Project;

/// What the release build needs.
///
/// # Errors
///
/// Something is missing and cannot be installed.
pub(crate) fn for_build(project: &Project) -> Result<Toolbox, Failure> {
    let toolbox = Toolbox::open()?;
    toolchain::ensure_wasm_target(project)?;
    toolbox.ensure_wasm_bindgen(project)?;
    toolbox.ensure_splitter(project)?;
    toolbox.ensure_trunk(project)?;
    node::ensure_wasm_opt(&toolbox)?;
    node::ensure_esbuild(&toolbox)?;
    Ok(toolbox)
}

/// What the checks need.
///
/// # Errors
///
/// Something is missing and cannot be installed.
pub(crate) fn for_check(project: &Project) -> Result<(), Failure> {
    toolchain::ensure_wasm_target(project)?;
    toolchain::ensure_component(project, "rustfmt", "fmt")?;
    toolchain::ensure_component(project, "clippy", "clippy")
}

/// What tests in a real browser need, on top of the build.
///
/// # Errors
///
/// Something is missing and cannot be installed, or browser and driver do not
/// fit each other.
pub(crate) fn for_browser() -> Result<Browser, Failure> {
    browser::ensure()
}

/// The tools that are there, without building anything.
///
/// # Errors
///
/// There is no place for them.
pub(crate) fn toolbox() -> Result<Toolbox, Failure> {
    Toolbox::open()
}

/// Where the font of machine-readable zones is.
///
/// # Errors
///
/// It is missing and cannot be installed.
pub(crate) fn font_of_zones() -> Result<std::path::PathBuf, Failure> {
    font::ensure()
}

/// Installs the JavaScript that tests run against, from its lock file.
///
/// # Errors
///
/// npm is missing or fails.
pub(crate) fn node_packages(folder: &std::path::Path, toolbox: &Toolbox) -> Result<(), Failure> {
    node::install_locked(folder, toolbox)
}

//! What comes from npm: `wasm-opt`, `esbuild`, and the JavaScript that tests run against.
//!
//! Node.js is used at build and test time only; nothing of it is in the client.

use std::fs;
use std::path::Path;
use std::process::Command;

use super::system::{self, Package};
use super::toolbox::{Toolbox, program_on_path, version_in};
use crate::command;
use crate::console;
use crate::failure::Failure;

/// Equals what Trunk.toml asks for.
const BINARYEN_VERSION: &str = "132.0.0";
/// Minifies the scripts; nothing of it is in them.
const ESBUILD_VERSION: &str = "0.28.2";
/// The oldest that runs that Binaryen and the official SDK.
const NODE_MAJOR_MIN: u32 = 18;

/// Makes sure that `wasm-opt` is there; it takes a third off the module.
///
/// # Errors
///
/// Node.js is missing, or npm fails.
pub(super) fn ensure_wasm_opt(toolbox: &Toolbox) -> Result<(), Failure> {
    // The program says the first part only.
    let said = BINARYEN_VERSION.split('.').next().unwrap_or_default();
    ensure_program(
        toolbox,
        ("wasm-opt", said),
        ("binaryen", BINARYEN_VERSION),
        "which makes the module smaller",
    )
}

/// Makes sure that `esbuild` is there; it takes half off the scripts.
///
/// # Errors
///
/// Node.js is missing, or npm fails.
pub(super) fn ensure_esbuild(toolbox: &Toolbox) -> Result<(), Failure> {
    ensure_program(
        toolbox,
        ("esbuild", ESBUILD_VERSION),
        ("esbuild", ESBUILD_VERSION),
        "which makes the scripts smaller",
    )
}

fn ensure_program(
    toolbox: &Toolbox,
    (program, said): (&str, &str),
    (package, version): (&str, &str),
    use_of_it: &str,
) -> Result<(), Failure> {
    ensure_node()?;
    if toolbox.version_of(program).as_deref() == Some(said) {
        return Ok(());
    }
    console::progress(&format!(
        "Installing {package} {version} ({program}), {use_of_it} (some seconds)"
    ));
    let folder = toolbox.node_folder();
    fs::create_dir_all(&folder).map_err(Failure::file("make", &folder))?;
    let mut npm = npm()?;
    npm.arg("install")
        .arg("--prefix")
        .arg(&folder)
        .args([
            "--ignore-scripts",
            "--no-audit",
            "--no-fund",
            "--loglevel=error",
        ])
        .arg(format!("{package}@{version}"))
        .current_dir(&folder);
    command::run(&mut npm)?;
    if toolbox.version_of(program).as_deref() == Some(said) {
        return Ok(());
    }
    Err(Failure::Refused(format!(
        "{program} does not run after installing {package} {version} into {}",
        folder.display()
    )))
}

/// Installs exactly what a folder's lock file names.
///
/// # Errors
///
/// Node.js is missing, or npm fails.
pub(super) fn install_locked(folder: &Path, toolbox: &Toolbox) -> Result<(), Failure> {
    ensure_node()?;
    let mut npm = npm()?;
    npm.args([
        "ci",
        "--ignore-scripts",
        "--no-audit",
        "--no-fund",
        "--loglevel=error",
    ])
    .current_dir(folder);
    command::run(toolbox.equip(&mut npm)?)
}

fn ensure_node() -> Result<(), Failure> {
    if program_on_path("node").is_none() || program_on_path("npm").is_none() {
        system::install(
            "Node.js with npm, which runs wasm-opt and the official SDK in tests (about 1 minute)",
            &Package {
                what: "Node.js 18 or newer, with npm,",
                apt: &["nodejs", "npm"],
                elsewhere: "https://nodejs.org, `brew install node`, or your system's packages",
            },
        )?;
    }
    let version = command::answer(Command::new("node").arg("--version"))
        .and_then(|said| version_in(&said))
        .unwrap_or_default();
    let major = version
        .split('.')
        .next()
        .and_then(|word| word.parse::<u32>().ok());
    if major.is_some_and(|major| major >= NODE_MAJOR_MIN) {
        return Ok(());
    }
    Err(Failure::Missing {
        what: format!("Node.js {NODE_MAJOR_MIN} or newer (found: {version:?})"),
        get: "https://nodejs.org".to_owned(),
    })
}

fn npm() -> Result<Command, Failure> {
    program_on_path("npm")
        .map(Command::new)
        .ok_or_else(|| Failure::Missing {
            what: "npm".to_owned(),
            get: "it comes with Node.js (https://nodejs.org); Debian has it as a package of its own, `npm`".to_owned(),
        })
}

//! The Rust side: the WebAssembly target and cargo's components.
//!
//! `rust-toolchain.toml` names them and rustup usually adds them by itself, but
//! not when `RUSTUP_AUTO_INSTALL=0` is set, and other installers do not read
//! that file. What is there is used, whoever installed it.

use std::path::Path;
use std::process::Command;

use crate::command;
use crate::console;
use crate::failure::Failure;
use crate::project::{Project, WASM_TARGET};

/// Makes sure that the standard library for WebAssembly is there.
///
/// # Errors
///
/// It is not, and rustup cannot add it.
pub(super) fn ensure_wasm_target(project: &Project) -> Result<(), Failure> {
    let has_target = || {
        command::answer(
            Command::new("rustc")
                .args(["--print", "target-libdir", "--target", WASM_TARGET])
                .current_dir(project.root()),
        )
        .is_some_and(|folder| {
            Path::new(&folder)
                .read_dir()
                .is_ok_and(|mut entries| entries.next().is_some())
        })
    };
    if has_target() {
        return Ok(());
    }
    console::progress(&format!(
        "Adding the Rust target {WASM_TARGET}, which the client is built for (some seconds)"
    ));
    rustup(project, &["target", "add", WASM_TARGET]).map_err(|why| Failure::Missing {
        what: format!("The Rust target {WASM_TARGET} ({why})"),
        get: format!("`rustup target add {WASM_TARGET}`; rustup itself is at https://rustup.rs"),
    })?;
    if has_target() {
        return Ok(());
    }
    Err(Failure::Missing {
        what: format!("The Rust target {WASM_TARGET}, after rustup has added it,"),
        get: "check with `rustup show` that `rustc` on PATH is the one of rustup".to_owned(),
    })
}

/// Makes sure that `cargo <verb>` is there.
///
/// # Errors
///
/// It is not, and rustup cannot add it.
pub(super) fn ensure_component(
    project: &Project,
    component: &str,
    verb: &str,
) -> Result<(), Failure> {
    if command::answer(&mut project.cargo([verb, "--version"])).is_some() {
        return Ok(());
    }
    console::progress(&format!(
        "Adding {component}, which the checks run (some seconds)"
    ));
    rustup(project, &["component", "add", component]).map_err(|why| Failure::Missing {
        what: format!("The component {component} ({why})"),
        get: format!(
            "`rustup component add {component}`, or the package of your system with `cargo {verb}`"
        ),
    })
}

fn rustup(project: &Project, words: &[&str]) -> Result<(), Failure> {
    let mut rustup = Command::new("rustup");
    rustup.args(words).current_dir(project.root());
    // Set by rustup's own proxies: the toolchain that is running us.
    if let Some(toolchain) = std::env::var_os("RUSTUP_TOOLCHAIN") {
        rustup.arg("--toolchain").arg(toolchain);
    }
    command::run(&mut rustup)
}

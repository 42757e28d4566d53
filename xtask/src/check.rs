//! The verb `check`: what must hold of the code without running it.

use crate::browser_tests;
use crate::command;
use crate::console;
use crate::failure::Failure;
use crate::project::{Project, SIMD_FLAG, WASM_FLAGS_VARIABLE, WASM_TARGET};
use crate::setup;
use crate::tidy;

/// One thing that is checked.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Step {
    /// Its heading.
    pub(crate) name: &'static str,
    /// Checks it.
    pub(crate) run: fn(&Project) -> Result<(), Failure>,
}

/// All of them, cheapest first.
pub(crate) const STEPS: &[Step] = &[
    Step {
        name: "house rules",
        run: tidy::run,
    },
    Step {
        name: "format",
        run: format,
    },
    Step {
        name: "clippy, native",
        run: clippy_native,
    },
    Step {
        name: "clippy, client for the browser",
        run: clippy_client,
    },
    Step {
        name: "clippy, vision for the browser",
        run: clippy_vision,
    },
    Step {
        name: "docs, native",
        run: docs_native,
    },
    Step {
        name: "docs, client for the browser",
        run: docs_client,
    },
];

/// The verb.
///
/// # Errors
///
/// A check fails; the others have been run all the same.
pub(crate) fn run(project: &Project) -> Result<(), Failure> {
    setup::for_check(project)?;
    let mut failed = Vec::new();
    for step in STEPS {
        console::heading(step.name);
        if let Err(failure) = (step.run)(project) {
            console::error(&failure.to_string());
            failed.push(step.name);
        }
    }
    if failed.is_empty() {
        console::say(&format!("check: all {} passed", STEPS.len()));
        return Ok(());
    }
    Err(Failure::Refused(format!(
        "{} of {} checks failed: {}",
        failed.len(),
        STEPS.len(),
        failed.join("; ")
    )))
}

fn format(project: &Project) -> Result<(), Failure> {
    command::run(&mut project.cargo(["fmt", "--all", "--check"]))
}

fn clippy_native(project: &Project) -> Result<(), Failure> {
    command::run(&mut project.cargo([
        "clippy",
        "--locked",
        "--workspace",
        "--all-targets",
        // Without it the journeys are no target.
        "--features",
        "vestibule-sandbox/browser-tests",
        "--",
        "-D",
        "warnings",
    ]))
}

fn clippy_client(project: &Project) -> Result<(), Failure> {
    clippy_for_browser(project, "vestibule", None)?;
    clippy_for_browser(project, "vestibule-gallery", None)
}

fn clippy_vision(project: &Project) -> Result<(), Failure> {
    for package in ["vestibule-kernels", "vestibule-vision", "vestibule-worker"] {
        clippy_for_browser(project, package, Some(SIMD_FLAG))?;
    }
    Ok(())
}

/// The code and its browser tests. The other tests are native: their oracles and
/// codecs are not even there for this target.
fn clippy_for_browser(
    project: &Project,
    package: &str,
    flags: Option<&str>,
) -> Result<(), Failure> {
    let mut cargo = project.cargo(["clippy", "--locked", "--target", WASM_TARGET]);
    if let Some(flags) = flags {
        cargo.env(WASM_FLAGS_VARIABLE, flags);
    }
    cargo.args(["--package", package, "--lib", "--bins"]);
    for suite in browser_tests::find(project.root())? {
        if suite.package == package {
            for test in suite.tests {
                cargo.arg("--test").arg(test);
            }
        }
    }
    command::run(cargo.args(["--", "-D", "warnings"]))
}

fn docs_native(project: &Project) -> Result<(), Failure> {
    command::run(
        project
            .cargo(["doc", "--locked", "--no-deps", "--workspace"])
            .env("RUSTDOCFLAGS", "-D warnings"),
    )
}

fn docs_client(project: &Project) -> Result<(), Failure> {
    command::run(
        project
            .cargo([
                "doc",
                "--locked",
                "--no-deps",
                "--target",
                WASM_TARGET,
                "--package",
                "vestibule",
            ])
            .env("RUSTDOCFLAGS", "-D warnings"),
    )
}

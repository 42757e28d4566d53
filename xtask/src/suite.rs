//! The verb `test`: everything that must pass, in one run with one count.
//!
//! Steps go from cheap to expensive. A failing step does not end the run, except
//! that what needs the finished client is not tried without it; it then counts
//! as failed, so that a run can't be green by leaving something out.
//!
//! Tests that run in a browser are found, not listed: see [`browser_tests`].

mod tally;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::time::{Duration, Instant};

use tally::Tally;

use crate::browser_tests;
use crate::check;
use crate::command;
use crate::console;
use crate::dist;
use crate::failure::Failure;
use crate::gallery;
use crate::journeys;
use crate::project::{Project, WASM_FLAGS_VARIABLE, WASM_TARGET};
use crate::setup::{self, Browser, Toolbox};
use crate::size;

/// A step that has been run or left out.
struct Done {
    name: String,
    tally: Tally,
    took: Duration,
    note: &'static str,
}

/// Runs steps one after the other and keeps their results.
struct Run {
    done: Vec<Done>,
    /// Shows what tests print. A parameter, because the tests of this module
    /// print results that must not be counted by the run that they are part of.
    echo: fn(&str),
}

/// The verb.
///
/// Its exit status says whether everything has passed; it prints no error, since
/// the count has to be the very last line.
pub(crate) fn run(project: &Project) -> ExitCode {
    let mut run = Run::new(console::say);
    run.all(project);
    let total = run.total();
    console::say(&run.table());
    console::say(&last_line(total));
    if total.failed == 0 && total.ran() > 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

fn last_line(total: Tally) -> String {
    format!("{} passed, {} failed", total.passed, total.failed)
}

impl Run {
    fn new(echo: fn(&str)) -> Self {
        Self {
            done: Vec::new(),
            echo,
        }
    }

    fn all(&mut self, project: &Project) {
        let toolbox = self.needed("set-up: build tools", || {
            setup::for_check(project)?;
            setup::for_build(project)
        });
        let browser = self.needed("set-up: browser", setup::for_browser);
        let packages = toolbox
            .as_ref()
            .and_then(|toolbox| self.npm_packages(project, toolbox));

        for step in check::STEPS {
            self.check(step.name, || (step.run)(project));
        }
        self.tests("native tests", || {
            Ok(project.cargo(["test", "--locked", "--workspace", "--no-fail-fast"]))
        });

        let mut has_client = false;
        match &toolbox {
            Some(toolbox) => {
                has_client = self.check("build", || dist::assemble(project, toolbox));
            }
            None => self.left_out("build", "needs the build tools"),
        }
        if has_client {
            self.check("size", || size::run(project));
        } else {
            self.left_out("size", "needs the build");
        }

        let (Some(toolbox), Some(browser)) = (toolbox, browser) else {
            self.left_out("browser tests", "need the tools and the browser");
            self.left_out("journeys", "need the tools and the browser");
            return;
        };
        self.browser_tests(project, &toolbox, &browser);
        if packages.is_none() {
            self.left_out("journeys", "need their npm packages");
        } else if has_client {
            self.journeys(project, &toolbox, &browser);
        } else {
            self.left_out("journeys", "need the build");
        }
    }

    /// The official SDK and the accessibility engine, which native tests and
    /// journeys use.
    fn npm_packages(&mut self, project: &Project, toolbox: &Toolbox) -> Option<()> {
        self.needed("set-up: npm packages of the tests", || {
            for folder in folders_with_npm_lock(&project.root().join("sandbox/tests"))? {
                console::progress(&folder.display().to_string());
                setup::node_packages(&folder, toolbox)?;
            }
            Ok(())
        })
    }

    fn browser_tests(&mut self, project: &Project, toolbox: &Toolbox, browser: &Browser) {
        let found = match browser_tests::find(project.root()) {
            Ok(found) => found,
            Err(failure) => {
                console::error(&failure.to_string());
                Vec::new()
            }
        };
        if found.is_empty() {
            self.left_out("browser tests", "none were found");
        }
        for suite in found {
            for test in &suite.tests {
                let name = format!("browser tests: {} {test}", suite.package);
                self.tests(&name, || {
                    let settings = browser.write_settings(project)?;
                    let mut cargo = project.cargo(["test", "--locked", "--target", WASM_TARGET]);
                    cargo
                        .args(["--package", suite.package, "--test", test])
                        .env(
                            "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER",
                            "wasm-bindgen-test-runner",
                        )
                        .env("WASM_BINDGEN_TEST_WEBDRIVER_JSON", settings)
                        // A busy machine is slower than the usual 20 seconds.
                        .env("WASM_BINDGEN_TEST_TIMEOUT", "120");
                    if !suite.flags.is_empty() {
                        cargo.env(WASM_FLAGS_VARIABLE, suite.flags);
                    }
                    browser.equip(toolbox.equip(&mut cargo)?);
                    Ok(cargo)
                });
            }
        }
    }

    fn journeys(&mut self, project: &Project, toolbox: &Toolbox, browser: &Browser) {
        let Some(gallery) = self.needed("gallery", || gallery::make(project, toolbox)) else {
            self.left_out("journeys", "need the gallery");
            return;
        };
        self.tests("journeys", || {
            journeys::command(project, toolbox, browser, &gallery)
        });
    }

    /// Something that later steps need; it counts only when it fails.
    fn needed<T>(&mut self, name: &str, make: impl FnOnce() -> Result<T, Failure>) -> Option<T> {
        console::heading(name);
        let started = Instant::now();
        let made = make();
        let tally = if made.is_ok() {
            Tally::default()
        } else {
            Tally::one(false)
        };
        self.finish(name, tally, started);
        self.keep(made)
    }

    /// A step that is one test itself.
    fn check(&mut self, name: &str, check: impl FnOnce() -> Result<(), Failure>) -> bool {
        console::heading(name);
        let started = Instant::now();
        let checked = check();
        self.finish(name, Tally::one(checked.is_ok()), started);
        self.keep(checked).is_some()
    }

    /// A step that runs tests and must run some.
    fn tests(&mut self, name: &str, command: impl FnOnce() -> Result<Command, Failure>) {
        console::heading(name);
        let started = Instant::now();
        let mut tally = Tally::default();
        let echo = self.echo;
        let ended = command().and_then(|mut command| {
            let status = command::watch(&mut command, |line| {
                echo(line);
                if let Some(more) = Tally::from_line(line) {
                    tally = tally.plus(more);
                }
            })?;
            command::succeeded(&command, status)
        });
        self.finish(name, tally.settled(ended.is_ok()), started);
        self.keep(ended);
    }

    fn left_out(&mut self, name: &str, note: &'static str) {
        console::heading(name);
        console::error(&format!("not run: {note}"));
        self.done.push(Done {
            name: name.to_owned(),
            tally: Tally::one(false),
            took: Duration::ZERO,
            note,
        });
    }

    fn finish(&mut self, name: &str, tally: Tally, started: Instant) {
        self.done.push(Done {
            name: name.to_owned(),
            tally,
            took: started.elapsed(),
            note: "",
        });
    }

    fn keep<T>(&self, outcome: Result<T, Failure>) -> Option<T> {
        outcome
            .inspect_err(|failure| console::error(&failure.to_string()))
            .ok()
    }

    fn total(&self) -> Tally {
        self.done
            .iter()
            .fold(Tally::default(), |sum, done| sum.plus(done.tally))
    }

    fn table(&self) -> String {
        let width = self
            .done
            .iter()
            .map(|done| done.name.len())
            .max()
            .unwrap_or_default();
        let mut out = format!(
            "\n{:width$}  {:>6}  {:>6}  {:>7}  took\n",
            "step", "passed", "failed", "ignored"
        );
        for done in &self.done {
            let Tally {
                passed,
                failed,
                ignored,
            } = done.tally;
            let took = if done.note.is_empty() {
                console::seconds(done.took)
            } else {
                format!("not run: {}", done.note)
            };
            out += &format!(
                "{:width$}  {passed:>6}  {failed:>6}  {ignored:>7}  {took}\n",
                done.name
            );
        }
        out
    }
}

/// Folders whose JavaScript has to be installed.
fn folders_with_npm_lock(below: &Path) -> Result<Vec<PathBuf>, Failure> {
    let mut found = Vec::new();
    if !below.is_dir() {
        return Ok(found);
    }
    for entry in fs::read_dir(below).map_err(Failure::file("read", below))? {
        let path = entry.map_err(Failure::file("read", below))?.path();
        if path.is_dir() && !path.ends_with("node_modules") {
            if path.join("package-lock.json").is_file() {
                found.push(path.clone());
            }
            found.extend(folders_with_npm_lock(&path)?);
        }
    }
    found.sort();
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_line_is_exactly_the_count() {
        assert_eq!(
            last_line(Tally {
                passed: 12,
                failed: 0,
                ignored: 3
            }),
            "12 passed, 0 failed"
        );
    }

    #[test]
    fn checks_count_one_each_and_what_is_left_out_counts_as_failed() {
        let mut run = Run::new(|_line| {});
        assert!(run.check("good", || Ok(())));
        assert!(!run.check("bad", || Err(Failure::Refused("why".to_owned()))));
        run.left_out("later", "needs bad");
        assert_eq!(run.needed("there", || Ok(1)), Some(1));
        let missing: Option<()> = run.needed("missing", || Err(Failure::Refused("why".to_owned())));
        assert_eq!(missing, None);
        assert_eq!(
            run.total(),
            Tally {
                passed: 1,
                failed: 3,
                ignored: 0
            }
        );
        assert!(run.table().contains("not run: needs bad"));
    }

    #[test]
    #[cfg(unix)]
    fn tests_are_counted_from_what_they_print() {
        let mut run = Run::new(|_line| {});
        let shell = |script: &str| {
            let mut shell = Command::new("sh");
            shell.args(["-c", script]);
            Ok(shell)
        };
        run.tests("green", || {
            shell("echo 'test result: ok. 3 passed; 0 failed; 1 ignored'")
        });
        run.tests("broken build", || shell("exit 101"));
        run.tests("empty", || shell("echo 'running 0 tests'"));
        assert_eq!(
            run.total(),
            Tally {
                passed: 3,
                failed: 2,
                ignored: 1
            }
        );
    }

    #[test]
    fn npm_lock_files_are_found_but_not_those_of_installed_packages() {
        let folder = std::env::temp_dir().join(format!("xtask-npm-{}", std::process::id()));
        for name in ["node-sdk", "node-sdk/node_modules/yoti", "a11y/engine"] {
            fs::create_dir_all(folder.join(name)).unwrap();
            fs::write(folder.join(name).join("package-lock.json"), "{}").unwrap();
        }
        let found = folders_with_npm_lock(&folder).unwrap();
        fs::remove_dir_all(&folder).unwrap();
        assert_eq!(found, [folder.join("a11y/engine"), folder.join("node-sdk")]);
    }
}

//! `cargo xtask <verb>`: what the README's commands, people and continuous
//! integration call.
//!
//! Everything that has to be done to this repository from outside its code is
//! here: setting a machine up, building, checking, testing, measuring, and
//! running the local service. It is a program and not a set of scripts because
//! a fresh machine has cargo and nothing else.
//!
//! Start at [`args`] for the verbs; each verb is one module.

mod args;
mod bench;
mod browser_tests;
mod check;
mod command;
mod console;
mod dist;
mod failure;
mod gallery;
mod journeys;
mod manifest;
mod project;
mod service;
mod setup;
mod size;
mod suite;
mod tidy;

use std::process::ExitCode;

use args::Verb;
use failure::Failure;
use project::Project;

fn main() -> ExitCode {
    if dist::is_stand_in() {
        return ended(dist::stand_in().map(|()| ExitCode::SUCCESS));
    }
    let done = args::parse(std::env::args_os().skip(1))
        .map_err(Failure::from)
        .and_then(run);
    ended(done)
}

fn ended(done: Result<ExitCode, Failure>) -> ExitCode {
    done.unwrap_or_else(|failure| {
        console::error(&failure.to_string());
        ExitCode::FAILURE
    })
}

fn run(verb: Verb) -> Result<ExitCode, Failure> {
    match verb {
        Verb::Help(topic) => console::say(args::help(topic)),
        Verb::OpenPortal { port } => service::wait_and_open(port),
        Verb::Demo {
            port,
            opens_browser,
        } => service::demo(&Project::find()?, port, opens_browser)?,
        Verb::Sandbox { port } => service::sandbox(&Project::find()?, port)?,
        Verb::Build => dist::build(&Project::find()?)?,
        Verb::Size => size::run(&Project::find()?)?,
        Verb::Check => check::run(&Project::find()?)?,
        Verb::Gallery(wanted) => gallery::run(&Project::find()?, &wanted)?,
        Verb::Bench(wanted) => bench::run(&Project::find()?, &wanted)?,
        Verb::Test => return Ok(suite::run(&Project::find()?)),
    }
    Ok(ExitCode::SUCCESS)
}

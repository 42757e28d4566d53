//! The verbs `sandbox` and `demo`: the local service, running until it is
//! interrupted.
//!
//! On Unix this process *becomes* the service once everything is built. There
//! is then no parent to be killed without its child, and Ctrl-C, a signal from a
//! script, and the exit status all reach the one process that there is.

mod portal;

use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::process::Command;

use crate::command;
use crate::console;
use crate::dist;
use crate::failure::Failure;
use crate::gallery;
use crate::project::Project;
use crate::setup;

pub(crate) use portal::wait_and_open;

/// The verb `sandbox`.
///
/// # Errors
///
/// The build fails, the port is taken, or the service ends with an error.
pub(crate) fn sandbox(project: &Project, port: u16) -> Result<(), Failure> {
    prepare(project, port)?;
    build_service(project)?;
    become_service(&mut program(project, port))
}

/// The verb `demo`.
///
/// # Errors
///
/// As [`sandbox`].
pub(crate) fn demo(project: &Project, port: u16, opens_browser: bool) -> Result<(), Failure> {
    prepare(project, port)?;
    gallery::make(project, &setup::for_build(project)?)?;
    build_service(project)?;
    let is_ci = std::env::var_os("CI").is_some_and(|value| !value.is_empty());
    if opens_browser && !is_ci && port != 0 {
        portal::open_when_ready(port);
    }
    let mut program = program(project, port);
    become_service(program.arg("--demo"))
}

fn prepare(project: &Project, port: u16) -> Result<(), Failure> {
    // Said before minutes of building, not after.
    refuse_taken_port(port)?;
    dist::ensure_fresh(project)
}

fn build_service(project: &Project) -> Result<(), Failure> {
    console::heading("Building the local service (first time: 1 to 3 minutes)");
    command::run(&mut project.cargo([
        "build",
        "--locked",
        "--package",
        "vestibule-sandbox",
        "--bin",
        "vestibule-sandbox",
    ]))?;
    console::heading("Running it; Ctrl-C ends it");
    Ok(())
}

fn program(project: &Project, port: u16) -> Command {
    let mut program = Command::new(project.sandbox_program());
    program
        .arg("--port")
        .arg(port.to_string())
        .arg("--dist")
        .arg(project.dist())
        .arg("--gallery")
        .arg(project.gallery())
        .arg("--data")
        .arg(project.root().join(".sandbox"))
        .current_dir(project.root());
    program
}

fn refuse_taken_port(port: u16) -> Result<(), Failure> {
    TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, port)))
        .map(drop)
        .map_err(|error| {
            Failure::Refused(format!(
                "port {port} of 127.0.0.1 cannot be used ({error}).\n  \
                 End what listens there, or choose another with --port N."
            ))
        })
}

#[cfg(unix)]
fn become_service(program: &mut Command) -> Result<(), Failure> {
    use std::os::unix::process::CommandExt as _;
    // Returns only when the program cannot be started.
    let source = program.exec();
    Err(Failure::Start {
        command: command::shown(program),
        source,
    })
}

#[cfg(not(unix))]
fn become_service(program: &mut Command) -> Result<(), Failure> {
    // Ctrl-C reaches every process of the console, the service too.
    command::run(program)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_taken_port_is_refused_with_the_way_out() {
        let holder = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let port = holder.local_addr().unwrap().port();
        let text = refuse_taken_port(port).unwrap_err().to_string();
        assert!(text.contains(&format!("port {port}")));
        assert!(text.contains("--port N"));
        drop(holder);
        assert!(refuse_taken_port(port).is_ok());
    }

    #[test]
    fn any_port_is_free_when_the_system_chooses() {
        assert!(refuse_taken_port(0).is_ok());
    }
}

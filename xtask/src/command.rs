//! Running other programs.
//!
//! Programs inherit the terminal, so that what they say is seen while they
//! work. None of this starts anything in the background: the local service,
//! which keeps running, is started by `service`.

use std::io::{BufRead as _, BufReader};
use std::process::{Command, ExitStatus, Stdio};

use crate::console;
use crate::failure::Failure;

/// The command line as a person would type it.
pub(crate) fn shown(command: &Command) -> String {
    let mut text = command.get_program().to_string_lossy().into_owned();
    for word in command.get_args() {
        text.push(' ');
        text.push_str(&word.to_string_lossy());
    }
    text
}

/// Runs a program to its end.
///
/// # Errors
///
/// It cannot be started, or it fails.
pub(crate) fn run(command: &mut Command) -> Result<(), Failure> {
    let status = command.status().map_err(start_error(command))?;
    succeeded(command, status)
}

/// Runs a program to its end; what it says is shown only when it fails.
///
/// # Errors
///
/// It cannot be started, or it fails.
pub(crate) fn run_quietly(command: &mut Command) -> Result<(), Failure> {
    let output = command.output().map_err(start_error(command))?;
    if !output.status.success() {
        console::error(&String::from_utf8_lossy(&output.stderr));
    }
    succeeded(command, output.status)
}

/// Runs a program to its end and returns what it wrote to standard output.
///
/// # Errors
///
/// It cannot be started, or it fails.
pub(crate) fn output(command: &mut Command) -> Result<String, Failure> {
    let output = command
        .stderr(Stdio::inherit())
        .output()
        .map_err(start_error(command))?;
    succeeded(command, output.status)?;
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Asks a program something: `None` when it is not there or fails.
pub(crate) fn answer(command: &mut Command) -> Option<String> {
    let output = command
        .stdin(Stdio::null())
        .stderr(Stdio::null())
        .output()
        .ok()?;
    output
        .status
        .success()
        .then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// Runs a program to its end, giving its standard output to `each_line` instead
/// of to the terminal.
///
/// # Errors
///
/// It cannot be started or its output cannot be read. A failing program is not
/// an error here: the caller gets its status.
pub(crate) fn watch(
    command: &mut Command,
    mut each_line: impl FnMut(&str),
) -> Result<ExitStatus, Failure> {
    let mut child = command
        .stdout(Stdio::piped())
        .spawn()
        .map_err(start_error(command))?;
    if let Some(stdout) = child.stdout.take() {
        let mut reader = BufReader::new(stdout);
        let mut line = Vec::new();
        loop {
            line.clear();
            let read = reader
                .read_until(b'\n', &mut line)
                .map_err(start_error(command))?;
            if read == 0 {
                break;
            }
            let text = String::from_utf8_lossy(&line);
            each_line(text.trim_end_matches(['\n', '\r']));
        }
    }
    child.wait().map_err(start_error(command))
}

/// Turns a failing status into an error.
///
/// # Errors
///
/// The status is not success.
pub(crate) fn succeeded(command: &Command, status: ExitStatus) -> Result<(), Failure> {
    if status.success() {
        return Ok(());
    }
    Err(Failure::Program {
        command: shown(command),
        ended: match status.code() {
            Some(code) => format!("failed (exit status {code})"),
            None => "was ended by a signal".to_owned(),
        },
    })
}

fn start_error(command: &Command) -> impl FnOnce(std::io::Error) -> Failure + use<> {
    let command = shown(command);
    move |source| Failure::Start { command, source }
}

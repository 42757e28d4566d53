//! The sandbox as a program: starts the service, or writes specimens.

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use lexopt::prelude::{Long, Short, Value, ValueExt};
use thiserror::Error;
use vestibule_sandbox::{Clock, Options, Sandbox, SpecimenError, StartError, write_specimens};

const HELP: &str = "\
A local stand-in for the ID-verification service.

Usage: vestibule-sandbox [--port N] [--dist DIR] [--gallery DIR] [--data DIR] [--demo]
       vestibule-sandbox specimens DIR

Options:
  --port N       listen on 127.0.0.1:N; 0 for any free port [default: 8700]
  --dist DIR     the built client [default: dist]
  --gallery DIR  every screen, for the preview of colours [default: target/gallery]
  --data DIR     keys; made at the first start [default: .sandbox]
  --demo         create a session and print its link
  -h, --help     print this

`specimens DIR` writes pictures of invented documents and a video for the fake
camera of a browser.
";

const DEFAULT_PORT: u16 = 8700;

#[derive(Debug, Error)]
enum Failure {
    #[error("{0}\n\nTry --help.")]
    Usage(#[from] lexopt::Error),
    #[error(transparent)]
    Start(#[from] StartError),
    #[error(transparent)]
    Specimen(#[from] SpecimenError),
    #[error("the demo session was refused: {0}")]
    Demo(String),
    #[error("cannot write to the terminal: {0}")]
    Output(#[from] std::io::Error),
}

enum Command {
    Help,
    Serve { options: Options, demo: bool },
    Specimens(PathBuf),
}

#[tokio::main]
async fn main() -> ExitCode {
    let done = match command() {
        Ok(Command::Help) => say(HELP.trim_end()),
        Ok(Command::Specimens(folder)) => specimens(&folder),
        Ok(Command::Serve { options, demo }) => serve(options, demo).await,
        Err(error) => Err(error.into()),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            // Without a terminal there is nobody to tell.
            writeln!(std::io::stderr(), "vestibule-sandbox: {failure}").unwrap_or_default();
            ExitCode::FAILURE
        }
    }
}

fn command() -> Result<Command, lexopt::Error> {
    let mut options = Options {
        port: DEFAULT_PORT,
        dist: PathBuf::from("dist"),
        gallery: PathBuf::from("target/gallery"),
        data: PathBuf::from(".sandbox"),
        clock: Clock::new(),
    };
    let mut demo = false;
    let mut arguments = lexopt::Parser::from_env();
    while let Some(argument) = arguments.next()? {
        match argument {
            Long("port") => options.port = arguments.value()?.parse()?,
            Long("dist") => options.dist = arguments.value()?.into(),
            Long("gallery") => options.gallery = arguments.value()?.into(),
            Long("data") => options.data = arguments.value()?.into(),
            Long("demo") => demo = true,
            Short('h') | Long("help") => return Ok(Command::Help),
            Value(word) if word == "specimens" => {
                let folder = PathBuf::from(arguments.value()?);
                return match arguments.next()? {
                    None => Ok(Command::Specimens(folder)),
                    Some(rest) => Err(rest.unexpected()),
                };
            }
            other => return Err(other.unexpected()),
        }
    }
    Ok(Command::Serve { options, demo })
}

fn specimens(folder: &std::path::Path) -> Result<(), Failure> {
    for file in write_specimens(folder)? {
        say(&file.display().to_string())?;
    }
    Ok(())
}

async fn serve(options: Options, demo: bool) -> Result<(), Failure> {
    let sandbox = Sandbox::start(options).await?;
    say(&format!("Base URL: {}", sandbox.base_url()))?;
    say(&format!("SDK ID: {}", sandbox.sdk_id()))?;
    say(&format!("Key file: {}", sandbox.key_file().display()))?;
    say(&format!("Portal: {}", sandbox.portal_url()))?;
    if demo {
        let session = sandbox.create_demo_session().map_err(|errors| {
            let errors: Vec<_> = errors
                .iter()
                .map(|it| format!("{} {}", it.property, it.message))
                .collect();
            Failure::Demo(errors.join(", "))
        })?;
        say(&format!("Session link: {}", session.link))?;
    }
    say("Ready")?;
    interrupted().await?;
    sandbox.shutdown().await;
    Ok(())
}

/// Writes a line at once: whoever started us may be waiting for it.
fn say(line: &str) -> Result<(), Failure> {
    let mut out = std::io::stdout().lock();
    writeln!(out, "{line}")?;
    Ok(out.flush()?)
}

#[cfg(unix)]
async fn interrupted() -> std::io::Result<()> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut terminated = signal(SignalKind::terminate())?;
    tokio::select! {
        interrupted = tokio::signal::ctrl_c() => interrupted,
        _ = terminated.recv() => Ok(()),
    }
}

#[cfg(not(unix))]
async fn interrupted() -> std::io::Result<()> {
    tokio::signal::ctrl_c().await
}

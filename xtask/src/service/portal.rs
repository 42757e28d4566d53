//! Opens the portal in the person's browser once the service answers.
//!
//! A helper process does it, because by then this process has become the
//! service.

use std::net::{Ipv4Addr, SocketAddr, TcpStream};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::args::OPEN_PORTAL;
use crate::console;

const PATIENCE: Duration = Duration::from_secs(30);
const PAUSE: Duration = Duration::from_millis(100);

/// Starts the helper.
pub(super) fn open_when_ready(port: u16) {
    let started = std::env::current_exe().and_then(|own| {
        Command::new(own)
            .args([OPEN_PORTAL, &port.to_string()])
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
    });
    if let Err(error) = started {
        // The address is printed anyway.
        console::progress(&format!("The browser cannot be opened: {error}"));
    }
}

/// The helper: waits for the service, opens its portal, ends.
pub(crate) fn wait_and_open(port: u16) {
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
    let deadline = Instant::now() + PATIENCE;
    while TcpStream::connect_timeout(&address, PAUSE).is_err() {
        if Instant::now() > deadline {
            return;
        }
        std::thread::sleep(PAUSE);
    }
    for words in openers(&format!("http://127.0.0.1:{port}/")) {
        let opened = words.split_first().is_some_and(|(program, words)| {
            Command::new(program)
                .args(words)
                .stdin(Stdio::null())
                .stdout(Stdio::null())
                .stderr(Stdio::null())
                .status()
                .is_ok_and(|status| status.success())
        });
        if opened {
            return;
        }
    }
}

/// The system's ways to open an address, the best first.
fn openers(url: &str) -> Vec<Vec<&str>> {
    if cfg!(target_os = "macos") {
        vec![vec!["open", url]]
    } else if cfg!(windows) {
        vec![vec!["cmd", "/C", "start", "", url]]
    } else {
        vec![
            vec!["xdg-open", url],
            vec!["wslview", url],
            vec!["gio", "open", url],
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_way_to_open_names_the_address() {
        let url = "http://127.0.0.1:8700/";
        let ways = openers(url);
        assert!(!ways.is_empty());
        assert!(ways.iter().all(|words| words.last() == Some(&url)));
    }
}

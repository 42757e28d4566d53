//! The program: what it prints, how it fails, what it writes.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

use super::support::data_folder;

fn program() -> Command {
    Command::new(env!("CARGO_BIN_EXE_vestibule-sandbox"))
}

/// Ends the program with the test.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        self.0.kill().unwrap_or_default();
        // Reaps it; there is nothing to learn from how it ended.
        drop(self.0.wait());
    }
}

#[test]
fn the_lines_that_scripts_read_come_before_ready() {
    let child = program()
        .args(["--port", "0", "--demo", "--data"])
        .arg(data_folder())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut running = Running(child);
    let lines: Vec<String> = BufReader::new(running.0.stdout.take().unwrap())
        .lines()
        .map(Result::unwrap)
        .take(6)
        .collect();
    let value = |index: usize, name: &str| -> String {
        let line: &String = &lines[index];
        line.strip_prefix(name)
            .unwrap_or_else(|| panic!("{name}: {line}"))
            .to_owned()
    };
    let base = value(0, "Base URL: ");
    assert!(base.starts_with("http://127.0.0.1:") && base.ends_with("/idverify/v1"));
    assert_eq!(value(1, "SDK ID: ").len(), 36);
    let key = std::path::PathBuf::from(value(2, "Key file: "));
    assert!(key.is_absolute() && key.is_file());
    assert!(value(3, "Portal: ").starts_with("http://127.0.0.1:"));
    let link = value(4, "Session link: ");
    assert!(link.starts_with(&format!("{base}/web/index.html?sessionID=")));
    assert!(link.contains("&sessionToken="));
    assert_eq!(lines[5], "Ready");
}

#[test]
fn a_port_in_use_names_the_flag_that_helps() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let output = program()
        .args(["--port", &port, "--data"])
        .arg(data_folder())
        .output()
        .unwrap();
    assert!(!output.status.success());
    let message = String::from_utf8(output.stderr).unwrap();
    assert!(
        message.contains(&port) && message.contains("--port"),
        "{message}"
    );
}

#[test]
fn unknown_flags_are_refused_and_help_is_offered() {
    let output = program().arg("--prot").output().unwrap();
    assert!(!output.status.success());
    assert!(String::from_utf8(output.stderr).unwrap().contains("--help"));
    let help = program().arg("--help").output().unwrap();
    assert!(help.status.success());
    let text = String::from_utf8(help.stdout).unwrap();
    for flag in [
        "--port",
        "--dist",
        "--gallery",
        "--data",
        "--demo",
        "specimens",
    ] {
        assert!(text.contains(flag), "{flag}");
    }
}

#[test]
fn specimens_are_written_for_people_and_for_the_fake_camera() {
    let folder = tempfile::tempdir().unwrap();
    let output = program()
        .arg("specimens")
        .arg(folder.path().join("new"))
        .output()
        .unwrap();
    assert!(output.status.success(), "{output:?}");
    for (name, start) in [
        ("passport.jpg", &b"\xFF\xD8\xFF"[..]),
        ("licence-front.jpg", b"\xFF\xD8\xFF"),
        ("licence-back.jpg", b"\xFF\xD8\xFF"),
        ("passport-blurred.jpg", b"\xFF\xD8\xFF"),
        ("passport-dark.jpg", b"\xFF\xD8\xFF"),
        ("camera-passport.y4m", b"YUV4MPEG2 W1280 H720 "),
    ] {
        let bytes = std::fs::read(folder.path().join("new").join(name)).unwrap();
        assert!(bytes.starts_with(start), "{name}");
        assert!(
            String::from_utf8_lossy(&output.stdout).contains(name),
            "{name}"
        );
    }
}

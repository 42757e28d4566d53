//! Holds `docs/errors.md` against the error registry.
#![cfg(not(target_arch = "wasm32"))]

use std::fs;
use std::path::Path;

use vestibule::domain::error::{ErrorCode, Remedy, Retry};

fn row(code: ErrorCode) -> String {
    let remedy = match code.remedy() {
        Remedy::Person => "the person",
        Remedy::Business => "the business",
        Remedy::Time => "time",
    };
    let retry = match code.retry() {
        Retry::SameLink => "same link",
        Retry::NewSession => "new session",
        Retry::Never => "no",
    };
    let attempt = if code.costs_attempt() { "yes" } else { "no" };
    format!(
        "| {} | `{}` | {remedy} | {retry} | {attempt} |",
        code.code(),
        code.title().key()
    )
}

#[test]
fn the_documentation_lists_exactly_the_registry() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/errors.md");
    let text = fs::read_to_string(file).unwrap();
    let written: Vec<&str> = text
        .lines()
        .filter(|line| line.starts_with("| ") && line.as_bytes()[2].is_ascii_digit())
        .collect();
    let expected: Vec<String> = ErrorCode::ALL.iter().map(|code| row(*code)).collect();
    let rows: Vec<String> = written
        .iter()
        .map(|line| {
            // The cause is prose: the second column of the page.
            let mut cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
            assert!(!cells.remove(1).is_empty(), "no cause given: {line}");
            format!("| {} |", cells.join(" | "))
        })
        .collect();
    assert_eq!(rows, expected);
}

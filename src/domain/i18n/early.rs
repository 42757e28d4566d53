//! Which texts the first module of a release build needs.
//!
//! `build.rs` includes this file to divide the English words, and `text.rs` uses
//! it to divide the keys, so that the two can't differ.

/// How the keys of early texts begin: the frame around all screens, the start
/// screen, and every ending, since a session may end while it is being opened.
const EARLY: &[&str] = &[
    "app.",
    "opening.",
    "progress.",
    "language.",
    "privacy.",
    "action.",
    "start.",
    "step.",
    "expiry.",
    "problem.",
    "network.",
    "ended.",
    "error.",
];

/// Whether the first module needs the text with this key.
#[must_use]
pub(crate) const fn is_early(key: &str) -> bool {
    let mut index = 0;
    while index < EARLY.len() {
        if starts_with(key.as_bytes(), EARLY[index].as_bytes()) {
            return true;
        }
        index += 1;
    }
    false
}

const fn starts_with(text: &[u8], beginning: &[u8]) -> bool {
    if text.len() < beginning.len() {
        return false;
    }
    let mut index = 0;
    while index < beginning.len() {
        if text[index] != beginning[index] {
            return false;
        }
        index += 1;
    }
    true
}

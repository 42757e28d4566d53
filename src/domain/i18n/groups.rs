//! Which texts each of the three modules of a release build has.
//!
//! `build.rs` includes this file to divide the words and keys; nothing else has
//! to know, since a text that is not there yet is not shown yet.

/// A module of a release build.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Group {
    /// The first.
    Early,
    /// The second.
    Capture,
    /// The third.
    Rest,
}

/// How the keys of early texts begin: the frame around all screens, the start
/// screen with its list of tasks, and every ending, since a session may end
/// while it is being opened.
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
    "form.privacy",
    "branch.step",
    "branch.start_intro",
    "profile.step",
    "profile.start_intro",
];

/// How the keys of texts begin that only the screens of the third module show.
const REST: &[&str] = &[
    "branch.",
    "consent.",
    "face.",
    "form.",
    "handoff.",
    "objective.",
    "pages.",
    "paper.",
    "profile.",
    "zoom.",
];

/// Where the text with this key is.
pub(crate) fn group_of(key: &str) -> Group {
    let is_one_of = |beginnings: &[&str]| beginnings.iter().any(|it| key.starts_with(it));
    if is_one_of(EARLY) {
        Group::Early
    } else if is_one_of(REST) {
        Group::Rest
    } else {
        Group::Capture
    }
}

//! A mount test per screen: what is shown for its facts and what is sent.
//!
//! Screens are mounted in the shell with a port that only writes down what it
//! is asked for, so that no flow, camera or service takes part.

#![cfg(target_arch = "wasm32")]
#![expect(
    clippy::unwrap_used,
    reason = "tests; clippy.toml's exception only knows #[test]"
)]

use wasm_bindgen_test::wasm_bindgen_test_configure;

wasm_bindgen_test_configure!(run_in_browser);

#[path = "screens/branch.rs"]
mod branch;
#[path = "screens/choosing.rs"]
mod choosing;
#[path = "screens/ending.rs"]
mod ending;
#[path = "screens/faces.rs"]
mod faces;
#[path = "screens/handoff.rs"]
mod handoff;
#[path = "screens/pages.rs"]
mod pages;
#[path = "screens/photographing.rs"]
mod photographing;
#[path = "screens/profile.rs"]
mod profile;
#[path = "screens/sending.rs"]
mod sending;
#[path = "screens/shell.rs"]
mod shell;
#[path = "screens/stage.rs"]
mod stage;
#[path = "screens/uploading.rs"]
mod uploading;

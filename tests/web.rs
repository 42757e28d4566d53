//! Browser tests of every adapter in `src/web`, with a fake camera.
//!
//! `cargo xtask test` runs them in headless Chromium; `webdriver.json` has the
//! browser's flags. Tests run one after the other, so a test may put something
//! in the place of a browser's function as long as it puts it back
//! (`support::Stub`). A test that fails can't put it back, and the tests after
//! it may fail too: look at the first one.

#![cfg(target_arch = "wasm32")]
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "tests; clippy.toml's exception only knows #[test]"
)]

use wasm_bindgen_test::wasm_bindgen_test_configure;

wasm_bindgen_test_configure!(run_in_browser);

#[path = "web/address.rs"]
mod address;
#[path = "web/camera.rs"]
mod camera;
#[path = "web/files.rs"]
mod files;
#[path = "web/forms.rs"]
mod forms;
#[path = "web/handoff.rs"]
mod handoff;
#[path = "web/host_bridge.rs"]
mod host_bridge;
#[path = "web/intl.rs"]
mod intl;
#[path = "web/page.rs"]
mod page;
#[path = "web/pdf.rs"]
mod pdf;
#[path = "web/service.rs"]
mod service;
#[path = "web/storage.rs"]
mod storage;
#[path = "web/support.rs"]
mod support;
#[path = "web/time.rs"]
mod time;
#[path = "web/tone.rs"]
mod tone;
#[path = "web/zoom.rs"]
mod zoom;

//! Journeys through the built client in a real browser, against the sandbox.
//!
//! Each test is one person's story. [`world`] starts a service and a browser
//! for it, [`person`] is what people do and see.
//! They need `dist/`, Chromium and `ChromeDriver`, so they are behind the feature
//! `browser-tests`; `cargo xtask test` brings all of it.

#![expect(
    clippy::expect_used,
    reason = "tests; clippy.toml's exception only knows #[test]"
)]

mod accessibility;
mod back_end;
mod branch;
mod camera;
mod contestant;
mod embedded;
mod examples;
mod faces;
mod gallery;
mod handoff;
mod keyboard;
mod languages;
mod links;
mod person;
mod pictures;
mod profile;
mod supplementary;
mod theme;
mod time;
mod upload;
mod world;

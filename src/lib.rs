//! Vestibule, an identity-capture client for the web.
//!
//! Where to start:
//!
//! - [`domain`]: what a session requires and what happens next; pure, and the
//!   only part that is built natively.
//! - `ui`: what the person sees. It knows `domain` and nothing else of this
//!   crate.
//! - `web`: one adapter per browser interface. It knows `domain` and nothing
//!   else of this crate.
//! - `app`: the composition root; has the flow's effects done by `web` and its
//!   screens shown by `ui`.
//!
//! The arrows are `app → {ui, web} → domain`; `tests/layers.rs` keeps them, and
//! on native targets the browser's crates do not exist at all.
//! The whole picture is in ARCHITECTURE.md.

pub mod domain;

#[cfg(target_arch = "wasm32")]
pub mod app;
#[cfg(target_arch = "wasm32")]
pub mod ui;
#[cfg(target_arch = "wasm32")]
pub mod web;

#[cfg(target_arch = "wasm32")]
#[global_allocator]
static ALLOCATOR: talc::wasm::WasmDynamicTalc = talc::wasm::new_wasm_dynamic_allocator();

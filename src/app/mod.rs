//! The composition root: the only part that knows views and adapters both.
//!
//! [`mount`] puts everything together, `store` owns the flow and hands it
//! events one at a time, `runtime` does what the flow asks for, `capture` and
//! `rest` the parts of that which the start screen does not need (`part` says why),
//! `handoff` what is about two devices, `focus` moves the focus when the person is somewhere else.

mod branch;
mod capture;
mod focus;
mod handoff;
mod mount;
mod part;
mod pictures;
mod rest;
mod runtime;
mod store;
mod supplementary;

pub use mount::mount;

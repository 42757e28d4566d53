//! The composition root: the only part that knows views and adapters both.
//!
//! [`mount`] puts everything together, `store` owns the flow and hands it
//! events one at a time, `runtime` does what the flow asks for, `capture` the
//! part of that which the start screen does not need (`part` says why), `handoff`
//! what is about two devices, `sight` what looks at the preview, `focus` moves the focus when the person is somewhere else.

mod branch;
mod capture;
mod focus;
mod handoff;
mod mount;
mod part;
mod pictures;
mod runtime;
mod sight;
mod store;
mod supplementary;

pub use mount::mount;

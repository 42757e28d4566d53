//! The composition root: the only part that knows views and adapters both.
//!
//! [`mount`] puts everything together, [`store`] owns the flow and hands it
//! events one at a time, [`runtime`] does what the flow asks for, [`focus`]
//! moves the focus when the person is somewhere else.

mod focus;
mod mount;
mod pictures;
mod runtime;
mod store;

pub use mount::mount;

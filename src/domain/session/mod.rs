//! The wire types of a session and the plan that follows from them.
//!
//! [`config`] and [`resource`] are the protocol; the sandbox service uses the
//! same types, so the two cannot drift apart.

pub mod config;
mod open_enum;
pub mod plan;
pub mod resource;
pub mod sides;

pub use config::Configuration;

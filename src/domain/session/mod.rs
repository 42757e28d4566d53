//! The wire types of a session and the plan that follows from them.
//!
//! [`config`], [`resource`], [`handoff`], [`branch`] and [`profile`] are the
//! protocol; the sandbox service uses the
//! same types, so the two cannot drift apart.

pub mod branch;
pub mod branch_plan;
pub mod config;
pub mod handoff;
mod open_enum;
pub mod plan;
pub mod profile;
pub mod resource;
pub mod sides;

pub use config::Configuration;

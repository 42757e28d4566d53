//! A local stand-in for the ID-verification service.
//!
//! It speaks the published protocol to back ends (signed requests) and the
//! protocol of `docs/client-api.md` to the end user's client, judges the
//! pictures with `vestibule-vision`, and has a portal for people.
//! It is for development and tests: everything but its key lives in memory,
//! it listens on the loopback interface only, it sends nothing but the
//! notifications that a session asks for, and it verifies nobody.
//!
//! Start at [`Sandbox::start`]; the routes are one table in `routes`.

mod auth;
mod branch;
mod checks;
mod client_files;
mod clock;
mod configuration;
mod device;
mod documents;
mod error;
mod extraction;
mod json;
mod notify;
mod openapi;
mod pdf;
mod picture;
mod portal;
mod profile;
mod resources;
mod result;
mod routes;
mod script;
mod server;
mod sessions;
mod spec;
pub mod specimen;
mod specimen_files;
mod state;
mod store;

pub use clock::Clock;
pub use server::{NewSession, Options, Sandbox, StartError};
pub use specimen_files::{SpecimenError, write_specimens};

//! The sandbox service from outside: a back end that signs, an end user with a
//! token, a person at the portal, and the official Node SDK.
//!
//! Every answer is held against `openapi.json`: a status that is not
//! documented for its operation fails the test that got it (see [`support`]).

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "helpers of tests fail as tests do"
)]

mod attempts;
mod client_files;
mod configuration;
mod consent;
mod deadline;
mod documents;
mod ending;
mod faces;
mod handoffs;
mod instructions;
mod liveness;
mod media;
mod node_sdk;
mod notifications;
mod one_document;
mod portal;
mod profile;
mod program;
mod scripts;
mod signing;
mod specification;
mod supplementary;
mod support;
mod theme;
mod tracked_devices;
mod use_cases;

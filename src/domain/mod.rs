//! The pure heart: what a session requires and what happens next.
//!
//! Nothing here knows a browser, a clock, randomness or global state; time and
//! ids come in through events.
//! Start with [`flow`]; [`session`] is the protocol, [`i18n`] the texts,
//! [`theme`] the brand, [`error`] the codes.

pub mod attempts;
pub mod camera;
pub mod error;
pub mod face;
pub mod flow;
pub mod form;
pub mod host;
pub mod i18n;
pub mod image;
pub mod json;
pub mod launch;
pub mod pdf;
pub mod qr;
pub mod redirect;
pub mod service;
pub mod session;
pub mod sight;
pub mod theme;

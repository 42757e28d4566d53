//! Journeys through the flow, and properties of every journey.

mod branch;
mod journeys;
mod profile;
mod properties;
mod script;

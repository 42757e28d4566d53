//! Journeys through the flow, and properties of every journey.

mod handoff;
mod journeys;
mod properties;
mod script;

//! Journeys through the flow, and properties of every journey.

mod branch;
mod form_properties;
mod journeys;
mod profile;
mod properties;
mod script;

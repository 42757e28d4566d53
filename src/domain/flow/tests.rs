//! Journeys through the flow, and properties of every journey.

mod branch;
mod faces;
mod form_properties;
mod handoff;
mod journeys;
mod profile;
mod properties;
mod replies;
mod script;
mod sessions;
mod sights;
mod states;
mod supplementary;
mod table;

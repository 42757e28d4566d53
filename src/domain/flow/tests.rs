//! Journeys through the flow, and properties of every journey.

mod faces;
mod journeys;
mod properties;
mod script;
mod supplementary;

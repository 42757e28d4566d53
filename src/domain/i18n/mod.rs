//! Languages and texts.
//!
//! [`text`] names every text, [`catalogue`] reads a locale's file and fills in
//! placeholders, [`locale`] decides which language is spoken.
//! Plural categories, number formats and country names are the browser's
//! business: a [`Formatter`] brings them in.

pub mod catalogue;
pub mod countries;
mod early;
pub mod locale;
pub mod text;

pub use catalogue::{Arg, Catalogue, Formatter, Message};
pub use locale::Locale;
pub use text::Text;

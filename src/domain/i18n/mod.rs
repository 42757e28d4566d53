//! Languages and texts.
//!
//! [`text`] names every text, [`catalogue`] reads a locale's file and fills in
//! placeholders, [`embedded`] is what needs no file, [`locale`] decides which language is spoken.
//! Plural categories, number formats and country names are the browser's
//! business: a [`Formatter`] brings them in.

pub mod catalogue;
pub mod countries;
pub mod embedded;
pub mod locale;
pub mod text;

pub use catalogue::{Arg, Catalogue, Formatter, Message};
pub use locale::Locale;
pub use text::Text;

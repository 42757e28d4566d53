//! The machine-readable zone: finding, reading and understanding it.
//!
//! [`Reader`] finds the zone in a picture of a document and reads it, on the
//! device, in the five formats of ICAO 9303; [`Mrz`] is what a zone says, and
//! works on text alone.
//! Not for deciding about people: a reading can be wrong, and says how sure it
//! is.
//!
//! How a picture is read:
//!
//! 1. `bands` finds straight rows of dense print.
//! 2. `refine` measures each, `strip` straightens it, `network` reads it.
//! 3. `pitch` places exactly as many characters as a line of a zone has;
//!    rows that belong together make a zone.
//! 4. Each line is straightened again, now at its own pitch, and read again.
//! 5. `text` takes the likeliest text that obeys the format.
//!
//! `vision/MODEL.md` says what the network learned from and how well it reads.

mod bands;
mod candidate;
pub mod check;
pub mod format;
mod network;
mod pitch;
mod reader;
mod reading;
mod refine;
mod strip;
mod text;
pub mod zone;

pub use check::check_digit;
pub use format::Format;
pub use reader::Reader;
pub use reading::{Line, Reading};
pub use zone::{Mrz, MrzError, Sex, ShortDate};

/// The characters of a zone, in the order of the network's classes.
pub(crate) const ALPHABET: [u8; 37] = *b"<0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";

/// The network's class for "between characters".
pub(crate) const BLANK: usize = ALPHABET.len();

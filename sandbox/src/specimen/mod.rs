//! Pictures of invented identity documents, drawn entirely in code.
//!
//! For the demo, the tests and the fake camera: a picture that looks like a
//! document without being anybody's. The country is Utopia (`UTO`, the code
//! that ICAO 9303 reserves for specimens), the holder is the one of its
//! examples, the portrait is made of plain shapes, and `SPECIMEN` is printed
//! across.
//! Not for training or for measuring recognition: there are three layouts and
//! one desk. The code on the back of the licence is decoration; it does not
//! decode. The machine-readable zone of the passport is right.
//!
//! Start at [`scene`] and [`selfie`]; [`jpeg`], [`png`] and [`y4m`] make files of it.
//! The same arguments give the same pixels every time.

mod document;
mod mrz;
mod portrait;
mod scene;

pub use document::Document;
pub use mrz::{Holder, check_digit, td3};
pub use scene::{Defect, scene, selfie};
pub use vestibule_scenes::encode::{Gps, Y4mError, jpeg, jpeg_with_exif, png, y4m};

#[cfg(test)]
mod tests;

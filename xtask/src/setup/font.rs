//! OCR-B, the font of machine-readable zones (ICAO 9303-3 §4.1).
//!
//! Used to draw test pictures and for nothing else; no part of it is shipped.

use std::path::PathBuf;

use super::system::{self, Package};
use crate::failure::Failure;

/// Where systems have it.
const PLACES: &[&str] = &[
    "/usr/share/fonts/opentype/ocr-b/OCRB.otf",
    "/usr/share/fonts/OCRB.otf",
    "/usr/local/share/fonts/OCRB.otf",
];

/// Makes sure that the font is there.
///
/// # Errors
///
/// It is not and cannot be installed.
pub(super) fn ensure() -> Result<PathBuf, Failure> {
    if let Some(place) = find() {
        return Ok(place);
    }
    let package = Package {
        what: "The font OCR-B",
        apt: &["fonts-ocr-b"],
        elsewhere: "put OCRB.otf into /usr/local/share/fonts",
    };
    system::install(
        "OCR-B, which machine-readable zones are drawn in (some seconds)",
        &package,
    )?;
    find().ok_or_else(|| Failure::Missing {
        what: "OCRB.otf, after installing fonts-ocr-b,".to_owned(),
        get: "put it into /usr/local/share/fonts".to_owned(),
    })
}

fn find() -> Option<PathBuf> {
    PLACES.iter().map(PathBuf::from).find(|path| path.is_file())
}

//! Files of invented documents, for people and tests without a document at
//! hand.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use thiserror::Error;

use crate::specimen::{Defect, Document, Y4mError, jpeg, scene, y4m};

const WIDTH_PX: u32 = 1600;
const HEIGHT_PX: u32 = 1200;
const JPEG_QUALITY: u8 = 92;
/// What the fake camera of a browser shows.
const CAMERA_WIDTH_PX: u32 = 1280;
const CAMERA_HEIGHT_PX: u32 = 720;
const CAMERA_FPS: u32 = 10;
const CAMERA_FRAMES: usize = 10;

/// The pictures, by file name and by what the portal calls them.
pub(crate) const PICTURES: &[(&str, &str, Document, Defect)] = &[
    ("passport.jpg", "Passport", Document::Passport, Defect::None),
    (
        "licence-front.jpg",
        "Driving licence, front",
        Document::LicenceFront,
        Defect::None,
    ),
    (
        "licence-back.jpg",
        "Driving licence, back",
        Document::LicenceBack,
        Defect::None,
    ),
    (
        "passport-blurred.jpg",
        "Passport, blurred",
        Document::Passport,
        Defect::Blurred,
    ),
    (
        "passport-dark.jpg",
        "Passport, too dark",
        Document::Passport,
        Defect::Dark,
    ),
];

/// Why the specimens could not be written.
#[derive(Debug, Error)]
pub enum SpecimenError {
    /// A file or its folder can't be written.
    #[error("cannot write {path}: {source}")]
    Write {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The video can't be made.
    #[error("cannot make the camera's video: {0}")]
    Video(#[from] Y4mError),
}

/// One of [`PICTURES`] as JPEG; slow, for a thread that may block.
pub(crate) fn picture(document: Document, defect: Defect) -> Vec<u8> {
    jpeg(&scene(document, WIDTH_PX, HEIGHT_PX, defect), JPEG_QUALITY)
}

/// Writes all pictures and `camera-passport.y4m`, a video for Chromium's fake
/// camera; returns the files.
///
/// # Errors
///
/// When the folder or a file can't be written.
pub fn write_specimens(folder: &Path) -> Result<Vec<PathBuf>, SpecimenError> {
    let failed = |path: &Path, source| SpecimenError::Write {
        path: path.to_owned(),
        source,
    };
    fs::create_dir_all(folder).map_err(|source| failed(folder, source))?;
    let mut written = Vec::new();
    let mut write = |name: &str, bytes: &[u8]| {
        let path = folder.join(name);
        fs::write(&path, bytes).map_err(|source| failed(&path, source))?;
        written.push(path);
        Ok::<(), SpecimenError>(())
    };
    for &(name, _, document, defect) in PICTURES {
        write(name, &picture(document, defect))?;
    }
    let frame = scene(
        Document::Passport,
        CAMERA_WIDTH_PX,
        CAMERA_HEIGHT_PX,
        Defect::None,
    );
    write(
        "camera-passport.y4m",
        &y4m(&vec![frame; CAMERA_FRAMES], CAMERA_FPS)?,
    )?;
    Ok(written)
}

//! Taking what a picture file says besides its pixels off it, losslessly.
//!
//! Places, times, devices, thumbnails and comments go; what a decoder needs
//! for the same pixels in the same colours stays byte for byte. So does the
//! orientation, alone: without it a photo would lie on its side, and one of
//! eight values says nothing about a person.
//! Not for decoding or scaling, and not for reading metadata.
//!
//! The answer is a list of [`Part`]s, so that a caller with a large file need
//! not hold it: a browser slices its `Blob` by them.

mod exif;
mod jpeg;
mod png;
mod webp;

use std::ops::Range;

use thiserror::Error;

pub use jpeg::EndOfImage;

/// How many first bytes of a JPEG to read: more than the usual metadata
/// (four segments of at most 64 KiB).
pub const HEAD_BYTES: usize = 256 * 1024;

/// A piece of the file without metadata.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// These bytes of the file as it was.
    Kept(Range<usize>),
    /// New bytes.
    Made(Vec<u8>),
}

/// A file without metadata.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stripped {
    /// Its pieces in order.
    pub parts: Vec<Part>,
    /// How it has to be turned to be upright, 1 (not at all) to 8, as in EXIF
    /// (CIPA DC-008, 4.6.5); it is part of the new file when it is not 1.
    pub orientation: u8,
    /// Whether something may follow the picture in a JPEG: further pictures,
    /// a film with sound. [`EndOfImage`] finds where to cut.
    pub may_trail: bool,
}

/// Why metadata can't be taken off.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum StripError {
    /// Neither JPEG nor PNG nor WebP, or a damaged one.
    #[error("not a JPEG, PNG or WebP file")]
    Unknown,
    /// The first bytes don't suffice.
    #[error("the first {wanted_bytes} bytes are needed")]
    HeadTooShort {
        /// How many first bytes are needed at least.
        wanted_bytes: usize,
    },
}

/// Takes the metadata off a file of `n_bytes` that begins with `head`.
///
/// A JPEG's head is enough up to its picture data, for which
/// [`HEAD_BYTES`] suffice mostly. Of a PNG or a WebP everything is needed.
///
/// # Errors
///
/// [`StripError::HeadTooShort`] says how much to read for the next try;
/// [`StripError::Unknown`] that another try won't help.
pub fn strip(head: &[u8], n_bytes: usize) -> Result<Stripped, StripError> {
    let head = head.get(..n_bytes).unwrap_or(head);
    if head.starts_with(jpeg::START) {
        return jpeg::strip(head, n_bytes);
    }
    let strip_whole = if head.starts_with(png::SIGNATURE) {
        png::strip
    } else if head.starts_with(b"RIFF") && head.get(8..12) == Some(b"WEBP") {
        webp::strip
    } else {
        return Err(StripError::Unknown);
    };
    if head.len() < n_bytes {
        return Err(StripError::HeadTooShort {
            wanted_bytes: n_bytes,
        });
    }
    strip_whole(head).ok_or(StripError::Unknown)
}

/// Takes the metadata off a file that is in memory, and what follows its
/// picture.
///
/// # Errors
///
/// [`StripError::Unknown`] when it is not a whole picture file of these kinds.
pub fn strip_bytes(file: &[u8]) -> Result<Vec<u8>, StripError> {
    let n_bytes = if file.starts_with(jpeg::START) {
        let pixels = jpeg::start_of_scan(file).ok_or(StripError::Unknown)?;
        let end = EndOfImage::default().feed(&file[pixels..]);
        pixels + end.ok_or(StripError::Unknown)?
    } else {
        file.len()
    };
    let stripped = strip(file, n_bytes)?;
    let mut bytes = Vec::with_capacity(n_bytes);
    for part in &stripped.parts {
        match part {
            Part::Kept(range) => {
                bytes.extend_from_slice(file.get(range.clone()).ok_or(StripError::Unknown)?);
            }
            Part::Made(made) => bytes.extend_from_slice(made),
        }
    }
    Ok(bytes)
}

impl Stripped {
    /// Keeps bytes, in one piece with those before where they touch.
    fn keep(&mut self, range: Range<usize>) {
        if let Some(Part::Kept(last)) = self.parts.last_mut()
            && last.end == range.start
        {
            last.end = range.end;
        } else {
            self.parts.push(Part::Kept(range));
        }
    }

    fn make(&mut self, bytes: Vec<u8>) {
        self.parts.push(Part::Made(bytes));
    }
}

#[cfg(test)]
mod tests;

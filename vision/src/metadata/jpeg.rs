//! JPEG (ISO/IEC 10918-1): segments before the picture data.

use super::{Part, StripError, Stripped, exif};

/// The marker that begins a file, and the beginning of the next one.
pub(super) const START: &[u8] = b"\xff\xd8\xff";

const EXIF: &[u8] = b"Exif\0\0";
const JFIF: &[u8] = b"JFIF\0";
/// Bytes of a JFIF segment behind its marker without a thumbnail.
const JFIF_BYTES: usize = 16;
const MULTI_PICTURE: &[u8] = b"MPF\0";

/// A segment: its marker, where it is (marker included), and what it holds.
struct Segment<'a> {
    marker: u8,
    start: usize,
    end: usize,
    content: &'a [u8],
}

/// The segment at a position, after any fill bytes.
fn segment(head: &[u8], start: usize) -> Result<Segment<'_>, StripError> {
    let byte = |at: usize| {
        head.get(at).copied().ok_or(StripError::HeadTooShort {
            wanted_bytes: at + 3,
        })
    };
    if byte(start)? != 0xff {
        return Err(StripError::Unknown);
    }
    let mut at = start + 1;
    while byte(at)? == 0xff {
        at += 1;
    }
    let marker = byte(at)?;
    // Markers without a length have no place before the picture data.
    if matches!(marker, 0x00 | 0x01 | 0xd0..=0xd9) {
        return Err(StripError::Unknown);
    }
    let length = usize::from(u16::from_be_bytes([byte(at + 1)?, byte(at + 2)?]));
    if length < 2 {
        return Err(StripError::Unknown);
    }
    let end = at + 1 + length;
    let content = head
        .get(at + 3..end)
        .ok_or(StripError::HeadTooShort { wanted_bytes: end })?;
    Ok(Segment {
        marker,
        start,
        end,
        content,
    })
}

pub(super) fn strip(head: &[u8], n_bytes: usize) -> Result<Stripped, StripError> {
    strip_head(head, n_bytes).map_err(|error| match error {
        // What lies beyond the end of the file can't be read.
        StripError::HeadTooShort { wanted_bytes } if wanted_bytes > n_bytes => StripError::Unknown,
        other => other,
    })
}

fn strip_head(head: &[u8], n_bytes: usize) -> Result<Stripped, StripError> {
    let mut stripped = Stripped {
        orientation: 1,
        ..Stripped::default()
    };
    stripped.keep(0..2);
    let mut position = 2;
    let mut has_exif = false;
    loop {
        let segment = segment(head, position)?;
        position = segment.end;
        let content = segment.content;
        match segment.marker {
            // The start of the scan; from here on there are only pixels.
            0xda => {
                stripped.keep(segment.start..n_bytes);
                return Ok(stripped);
            }
            0xe0 if content.starts_with(JFIF) => match jfif_without_thumbnail(content) {
                Some(made) => stripped.make(made),
                None => stripped.keep(segment.start..segment.end),
            },
            // Colours: a profile, or whether the transform of YCbCr applies.
            0xe2 if content.starts_with(b"ICC_PROFILE\0") => {
                stripped.keep(segment.start..segment.end);
            }
            0xee if content.starts_with(b"Adobe") => {
                stripped.keep(segment.start..segment.end);
            }
            0xe1 if content.starts_with(EXIF) && !has_exif => {
                has_exif = true;
                let orientation = exif::orientation(&content[EXIF.len()..]).unwrap_or(1);
                stripped.orientation = orientation;
                if orientation != 1 {
                    stripped.make(orientation_segment(orientation));
                }
            }
            // Application data and comments. Phones announce in XMP ("Container")
            // or in a multi-picture segment what they add behind the picture.
            0xe0..=0xef | 0xfe => {
                let announces = content.starts_with(MULTI_PICTURE)
                    || content.windows(9).any(|window| window == b"Container")
                    || content.windows(10).any(|window| window == b"MicroVideo");
                stripped.may_trail |= announces;
            }
            _ => stripped.keep(segment.start..segment.end),
        }
    }
}

/// The segment without its thumbnail; nothing when it has none.
fn jfif_without_thumbnail(content: &[u8]) -> Option<Vec<u8>> {
    let content_bytes = JFIF_BYTES - 2;
    if content.len() <= content_bytes {
        return None;
    }
    let mut made = vec![0xff, 0xe0, 0, JFIF_BYTES.to_le_bytes()[0]];
    // All but the thumbnail's width and height, which become 0.
    made.extend_from_slice(&content[..content_bytes - 2]);
    made.extend_from_slice(&[0, 0]);
    Some(made)
}

fn orientation_segment(orientation: u8) -> Vec<u8> {
    let tiff = exif::with_orientation(orientation);
    let length = 2 + EXIF.len() + tiff.len();
    let mut made = vec![0xff, 0xe1, 0, length.to_le_bytes()[0]];
    made.extend_from_slice(EXIF);
    made.extend_from_slice(&tiff);
    made
}

/// Where the first scan of a whole file begins.
pub(super) fn start_of_scan(file: &[u8]) -> Option<usize> {
    let stripped = strip(file, file.len()).ok()?;
    match stripped.parts.last()? {
        // The last part may begin with tables; the scan is the first marker
        // 0xda when walking over them.
        Part::Kept(range) => {
            let mut position = range.start.max(2);
            loop {
                let segment = segment(file, position).ok()?;
                if segment.marker == 0xda {
                    return Some(segment.start);
                }
                position = segment.end;
            }
        }
        Part::Made(_) => None,
    }
}

/// Finds the end of a picture in its data, piece by piece.
///
/// The end marker can't occur within entropy-coded data (ISO/IEC 10918-1,
/// B.1.1.5), but it may within tables between scans, which are stepped over.
#[derive(Clone, Debug, Default)]
pub struct EndOfImage {
    state: State,
    fed_bytes: usize,
}

#[derive(Clone, Copy, Debug, Default, PartialEq)]
enum State {
    #[default]
    Data,
    /// After a byte of 0xff.
    Marker,
    /// Before the first and before the second byte of a length.
    Length,
    LengthEnd(u8),
    /// Within a segment, so many bytes before its end.
    Skip(usize),
}

impl EndOfImage {
    /// Takes the next piece, the first of which begins at the start-of-scan
    /// marker; gives the number of bytes up to and with the end marker, in all
    /// pieces together, once it is there.
    pub fn feed(&mut self, piece: &[u8]) -> Option<usize> {
        let mut at = 0;
        while let Some(&byte) = piece.get(at) {
            at += 1;
            self.state = match (self.state, byte) {
                (State::Data | State::Marker, 0xff) => State::Marker,
                (State::Marker, 0xd9) => return Some(self.fed_bytes + at),
                (State::Data, _) | (State::Marker, 0x00 | 0x01 | 0xd0..=0xd8) => State::Data,
                (State::Marker, _) => State::Length,
                (State::Length, high) => State::LengthEnd(high),
                (State::LengthEnd(high), low) => {
                    match usize::from(u16::from_be_bytes([high, low])) {
                        0..=2 => State::Data,
                        length => State::Skip(length - 2),
                    }
                }
                (State::Skip(left), _) => {
                    // This byte was the first of those to skip.
                    let skipped = (left - 1).min(piece.len() - at);
                    at += skipped;
                    match left - 1 - skipped {
                        0 => State::Data,
                        left => State::Skip(left),
                    }
                }
            };
        }
        self.fed_bytes += piece.len();
        None
    }
}

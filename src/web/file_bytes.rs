//! The bytes of files, read in pieces, and whether a picture is all there.
//!
//! Browsers draw half a picture without a word: a JPEG of which only the
//! header arrived decodes to a grey area. Sent as it is, it would cost the
//! person an attempt. So the end of the picture is looked for before decoding;
//! what follows it (videos of "live" photos, makers' notes) is nobody's
//! business.

use wasm_bindgen_futures::JsFuture;
use web_sys::Blob;

use crate::domain::image::FileKind;

/// How much is read at once; memory stays flat whatever the size of the file.
const PIECE_BYTES: u32 = 1 << 18;

/// More than any needle has.
const OVERLAP_BYTES: u32 = 8;

/// The bytes from `start` on, `n_bytes` or as many as there are; nothing when
/// the file can't be read.
pub(super) async fn read(blob: &Blob, start: f64, n_bytes: u32) -> Option<Vec<u8>> {
    let slice = blob
        .slice_with_f64_and_f64(start, start + f64::from(n_bytes))
        .ok()?;
    let buffer = JsFuture::from(slice.array_buffer()).await.ok()?;
    Some(js_sys::Uint8Array::new(&buffer).to_vec())
}

/// Whether a picture of this kind goes on to its end.
///
/// Kinds without a cheap answer count as complete: the decoder decides.
pub(super) async fn is_complete(blob: &Blob, kind: FileKind) -> bool {
    match kind {
        FileKind::Jpeg => is_complete_jpeg(blob).await,
        FileKind::Png => contains_from(blob, 0.0, b"IEND").await,
        FileKind::Webp => is_complete_webp(blob).await,
        FileKind::Heic | FileKind::Pdf | FileKind::Unknown => Some(true),
    }
    .unwrap_or(false)
}

/// Walks over the header, which may hold whole pictures of its own, and looks
/// for the end marker behind it; within the scan it can't occur otherwise
/// (ISO/IEC 10918-1, B.1.1.5: `FF` in the data is followed by `00`).
async fn is_complete_jpeg(blob: &Blob) -> Option<bool> {
    let mut position = 2.0;
    loop {
        let [marker_start, marker, length @ ..] =
            read(blob, position, 4).await?.try_into().unwrap_or([0; 4]);
        if marker_start != 0xff {
            // Past the end, or no marker where one has to be.
            return Some(false);
        }
        match marker {
            // Start of scan: from here on there is nothing but the picture.
            0xda => return contains_from(blob, position, b"\xff\xd9").await,
            0xd9 => return Some(false),
            // A fill byte.
            0xff => position += 1.0,
            // Markers without a length.
            0x01 | 0xd0..=0xd8 => position += 2.0,
            _ => position += 2.0 + f64::from(u16::from_be_bytes(length)),
        }
    }
}

/// A RIFF file begins with its own length (RFC 9649, §2.3).
async fn is_complete_webp(blob: &Blob) -> Option<bool> {
    let length: [u8; 4] = read(blob, 4.0, 4).await?.try_into().ok()?;
    Some(blob.size() >= 8.0 + f64::from(u32::from_le_bytes(length)))
}

/// Whether these bytes are anywhere from `start` on.
async fn contains_from(blob: &Blob, start: f64, needle: &[u8]) -> Option<bool> {
    let mut position = start;
    while position < blob.size() {
        let piece = read(blob, position, PIECE_BYTES).await?;
        if piece.windows(needle.len()).any(|window| window == needle) {
            return Some(true);
        }
        // Pieces overlap, so that no needle is cut in two.
        position += f64::from(PIECE_BYTES - OVERLAP_BYTES);
    }
    Some(false)
}

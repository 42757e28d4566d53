//! WebP (RFC 9649): chunks of a RIFF file.

use super::{Stripped, exif};

/// Chunks that make the picture; all others go.
const SEEN: [&[u8; 4]; 6] = [b"VP8 ", b"VP8L", b"ALPH", b"ANIM", b"ANMF", b"ICCP"];
/// Flags of the extended header: a chunk of EXIF, one of XMP.
const EXIF_FLAG: u8 = 0x08;
const XMP_FLAG: u8 = 0x04;

pub(super) fn strip(file: &[u8]) -> Option<Stripped> {
    let length: [u8; 4] = file.get(4..8)?.try_into().ok()?;
    let end = usize::try_from(u32::from_le_bytes(length)).ok()?;
    let file = file.get(..end.checked_add(8)?)?;
    let chunks = chunks(file)?;
    let orientation = chunks
        .iter()
        .find(|chunk| chunk.name == b"EXIF")
        .and_then(|chunk| {
            // Some writers put JPEG's prefix before the structure.
            let content = chunk.content;
            exif::orientation(content.strip_prefix(b"Exif\0\0").unwrap_or(content))
        })
        .unwrap_or(1);
    let mut stripped = Stripped {
        orientation,
        ..Stripped::default()
    };
    // Only the extended form may have an EXIF chunk.
    let is_extended = chunks.first().is_some_and(|chunk| chunk.name == b"VP8X");
    let exif = (is_extended && orientation != 1)
        .then(|| exif::with_orientation(orientation))
        .map(|tiff| chunk(b"EXIF", &tiff));
    let kept: usize = chunks
        .iter()
        .filter(|chunk| chunk.name == b"VP8X" || SEEN.contains(&chunk.name))
        .map(|chunk| chunk.end - chunk.start)
        .sum();
    let n_bytes = 4 + kept + exif.as_ref().map_or(0, Vec::len);
    let mut header = b"RIFF".to_vec();
    header.extend_from_slice(&u32::try_from(n_bytes).ok()?.to_le_bytes());
    header.extend_from_slice(b"WEBP");
    stripped.make(header);
    for chunk in &chunks {
        if chunk.name == b"VP8X" {
            let mut made = file[chunk.start..chunk.end].to_vec();
            // The flags are the first byte behind name and length.
            let flags = made.get_mut(8)?;
            *flags &= !(EXIF_FLAG | XMP_FLAG);
            if exif.is_some() {
                *flags |= EXIF_FLAG;
            }
            stripped.make(made);
        } else if SEEN.contains(&chunk.name) {
            stripped.keep(chunk.start..chunk.end);
        }
    }
    if let Some(exif) = exif {
        stripped.make(exif);
    }
    Some(stripped)
}

struct Chunk<'a> {
    name: &'a [u8; 4],
    start: usize,
    /// With its padding to an even length.
    end: usize,
    content: &'a [u8],
}

fn chunks(file: &[u8]) -> Option<Vec<Chunk<'_>>> {
    let mut chunks = Vec::new();
    let mut start = 12;
    while start < file.len() {
        let name = file.get(start..start + 4)?.try_into().ok()?;
        let length: [u8; 4] = file.get(start + 4..start + 8)?.try_into().ok()?;
        let length = usize::try_from(u32::from_le_bytes(length)).ok()?;
        let content = file.get(start + 8..start.checked_add(8)?.checked_add(length)?)?;
        let end = start + 8 + length + length % 2;
        if end > file.len() {
            return None;
        }
        chunks.push(Chunk {
            name,
            start,
            end,
            content,
        });
        start = end;
    }
    Some(chunks)
}

fn chunk(name: &[u8; 4], content: &[u8]) -> Vec<u8> {
    let length = u32::try_from(content.len()).unwrap_or(0);
    let mut made = name.to_vec();
    made.extend_from_slice(&length.to_le_bytes());
    made.extend_from_slice(content);
    if made.len() % 2 == 1 {
        made.push(0);
    }
    made
}

//! PNG (W3C Portable Network Graphics, third edition): chunks.

use super::{Stripped, exif};

pub(super) const SIGNATURE: &[u8] = b"\x89PNG\r\n\x1a\n";

/// Ancillary chunks that change what is seen; all others go. Critical chunks
/// begin with an upper-case letter and stay.
const SEEN: [&[u8; 4]; 15] = [
    b"tRNS", b"cHRM", b"gAMA", b"iCCP", b"sBIT", b"sRGB", b"cICP", b"mDCV", b"cLLI", b"bKGD",
    b"pHYs", b"sPLT", b"acTL", b"fcTL", b"fdAT",
];

pub(super) fn strip(file: &[u8]) -> Option<Stripped> {
    let mut stripped = Stripped {
        orientation: 1,
        ..Stripped::default()
    };
    stripped.keep(0..SIGNATURE.len());
    let mut position = SIGNATURE.len();
    loop {
        let length: [u8; 4] = file.get(position..position + 4)?.try_into().ok()?;
        let length = usize::try_from(u32::from_be_bytes(length)).ok()?;
        let name: &[u8; 4] = file.get(position + 4..position + 8)?.try_into().ok()?;
        // Length, name, content, checksum.
        let end = position.checked_add(length)?.checked_add(12)?;
        let content = file.get(position + 8..end - 4)?;
        if name == b"eXIf" {
            if let Some(orientation @ 2..=8) = exif::orientation(content) {
                stripped.orientation = orientation;
                stripped.make(chunk(b"eXIf", &exif::with_orientation(orientation)));
            }
        } else if name[0].is_ascii_uppercase() || SEEN.contains(&name) {
            stripped.keep(position..end);
        }
        if name == b"IEND" {
            // What follows is not part of the picture.
            return Some(stripped);
        }
        position = end;
    }
}

fn chunk(name: &[u8; 4], content: &[u8]) -> Vec<u8> {
    let length = u32::try_from(content.len()).unwrap_or(0);
    let mut made = length.to_be_bytes().to_vec();
    made.extend_from_slice(name);
    made.extend_from_slice(content);
    let checksum = crc(&made[4..]);
    made.extend_from_slice(&checksum.to_be_bytes());
    made
}

/// The CRC-32 of ISO 3309, bit by bit: it is needed for 30 bytes.
fn crc(bytes: &[u8]) -> u32 {
    let mut crc = u32::MAX;
    for byte in bytes {
        crc ^= u32::from(*byte);
        for _ in 0..8 {
            crc = crc >> 1 ^ if crc & 1 == 1 { 0xedb8_8320 } else { 0 };
        }
    }
    !crc
}

//! The one EXIF tag that stays.

/// TIFF tag of the orientation (CIPA DC-008, 4.6.5).
const ORIENTATION: u16 = 0x0112;
/// TIFF type of an unsigned 16-bit number.
const SHORT: u16 = 3;
/// Bytes of a TIFF directory entry.
const ENTRY_BYTES: usize = 12;

/// The orientation in a TIFF structure, 1 to 8; nothing when it has none.
pub(super) fn orientation(tiff: &[u8]) -> Option<u8> {
    let is_little = match tiff.get(..4)? {
        b"II*\0" => true,
        b"MM\0*" => false,
        _ => return None,
    };
    let number = |at: usize| {
        let bytes: [u8; 2] = tiff.get(at..at.checked_add(2)?)?.try_into().ok()?;
        Some(if is_little {
            u16::from_le_bytes(bytes)
        } else {
            u16::from_be_bytes(bytes)
        })
    };
    let offset: [u8; 4] = tiff.get(4..8)?.try_into().ok()?;
    let offset = if is_little {
        u32::from_le_bytes(offset)
    } else {
        u32::from_be_bytes(offset)
    };
    let directory = usize::try_from(offset).ok()?;
    let n_entries = usize::from(number(directory)?);
    let first = directory.checked_add(2)?;
    let entry = (0..n_entries)
        .map_while(|index| first.checked_add(index * ENTRY_BYTES))
        .take_while(|entry| *entry < tiff.len())
        .find(|entry| number(*entry) == Some(ORIENTATION))?;
    if number(entry + 2)? != SHORT {
        return None;
    }
    let value = u8::try_from(number(entry + 8)?).ok()?;
    (1..=8).contains(&value).then_some(value)
}

/// A TIFF structure that holds an orientation and nothing else.
pub(super) fn with_orientation(orientation: u8) -> [u8; 26] {
    let mut tiff = *b"MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\0\0\0\0\0\0\0";
    tiff[19] = orientation;
    tiff
}

//! Pictures and files as the flow knows them: ids and facts, never bytes.

use crate::domain::i18n::Text;
use crate::domain::session::resource::CaptureMethod;
use crate::domain::sight::Seen;

/// A prepared picture held by the runtime.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ImageId(pub u32);

/// A file that the person chose, held by the runtime until it is prepared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FileId(pub u32);

/// A picture that is ready to be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PreparedImage {
    /// The picture.
    pub id: ImageId,
    /// The width of what is shown of it.
    pub width_px: u32,
    /// The height of what is shown of it.
    pub height_px: u32,
    /// Its size as it will be sent.
    pub n_bytes: u64,
    /// How it was made.
    pub capture_method: CaptureMethod,
    /// What was seen in it, where it was looked at.
    pub seen: Seen,
}

/// The longest side of a picture as it is sent.
///
/// A TD1 card that fills half the width still gets 300 dpi (85.6 mm = 1011 px).
pub const LONGEST_SIDE_PX: u32 = 2000;

/// The quality of the JPEG that is sent.
pub const JPEG_QUALITY: f64 = 0.92;

/// The largest file that is read; a 108-megapixel phone JPEG stays below.
pub const MAX_FILE_BYTES: u64 = 50_000_000;

/// The shortest side below which the details of a document can't be read.
pub const SHORTEST_SIDE_PX: u32 = 400;

/// Why a file can't be used, by what the person can do about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
pub enum FileError {
    /// Not a picture at all.
    #[error("not a picture")]
    NotAnImage,
    /// A PDF; identity documents are photographed.
    #[error("a PDF where a picture is needed")]
    Pdf,
    /// HEIC, and this browser can't read it.
    #[error("HEIC, which this browser does not decode")]
    HeicUnsupported,
    /// A picture by its first bytes that can't be decoded.
    #[error("the picture is damaged")]
    Damaged,
    /// Larger than [`MAX_FILE_BYTES`].
    #[error("the file is too large")]
    TooLarge,
    /// Smaller than [`SHORTEST_SIDE_PX`].
    #[error("the picture is too small")]
    TooSmall,
    /// Nothing in it.
    #[error("the file is empty")]
    Empty,
    /// The browser could not read the file (moved, or no permission).
    #[error("the file can't be read")]
    Unreadable,
}

impl FileError {
    /// What the person can do about it, in words.
    #[must_use]
    pub fn text(self) -> Text {
        match self {
            Self::NotAnImage => Text::UploadNotAnImage,
            Self::Pdf => Text::UploadPdf,
            Self::HeicUnsupported => Text::UploadHeic,
            Self::Damaged => Text::UploadDamaged,
            Self::TooLarge => Text::UploadTooLarge,
            Self::TooSmall => Text::UploadTooSmall,
            Self::Empty => Text::UploadEmpty,
            Self::Unreadable => Text::UploadUnreadable,
        }
    }
}

/// What a file is, by its first bytes; names and MIME types lie.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileKind {
    /// JPEG (ISO/IEC 10918-1).
    Jpeg,
    /// PNG (ISO/IEC 15948).
    Png,
    /// WebP (RFC 9649).
    Webp,
    /// HEIF or HEIC (ISO/IEC 23008-12).
    Heic,
    /// PDF (ISO 32000).
    Pdf,
    /// Anything else.
    Unknown,
}

/// How many first bytes [`FileKind::sniff`] wants to see.
pub const SNIFF_BYTES: usize = 32;

impl FileKind {
    /// Tells what a file is from its first [`SNIFF_BYTES`] bytes.
    #[must_use]
    pub fn sniff(head: &[u8]) -> Self {
        if head.starts_with(&[0xff, 0xd8, 0xff]) {
            return Self::Jpeg;
        }
        if head.starts_with(b"\x89PNG\r\n\x1a\n") {
            return Self::Png;
        }
        if head.starts_with(b"RIFF") && head.get(8..12) == Some(b"WEBP") {
            return Self::Webp;
        }
        if head.starts_with(b"%PDF-") {
            return Self::Pdf;
        }
        // ISO base media: box size, "ftyp", then the major brand.
        if head.get(4..8) == Some(b"ftyp") {
            let brand = head.get(8..12).unwrap_or_default();
            const HEIF_BRANDS: [&[u8]; 8] = [
                b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1",
            ];
            if HEIF_BRANDS.contains(&brand) {
                return Self::Heic;
            }
        }
        Self::Unknown
    }
}

/// The size of a picture scaled down so that its longest side fits; a smaller
/// picture keeps its size.
#[must_use]
pub fn fit(width_px: u32, height_px: u32, longest_px: u32) -> (u32, u32) {
    let longest = width_px.max(height_px);
    if longest <= longest_px || longest == 0 {
        return (width_px, height_px);
    }
    let scale = |side: u32| {
        let scaled =
            (u64::from(side) * u64::from(longest_px) + u64::from(longest) / 2) / u64::from(longest);
        u32::try_from(scaled).unwrap_or(longest_px).max(1)
    };
    (scale(width_px), scale(height_px))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_told_by_their_bytes() {
        let cases: [(&[u8], FileKind); 8] = [
            (b"\xff\xd8\xff\xe0\0\x10JFIF", FileKind::Jpeg),
            (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", FileKind::Png),
            (b"RIFF\x10\0\0\0WEBPVP8 ", FileKind::Webp),
            (b"\0\0\0\x18ftypheic\0\0\0\0", FileKind::Heic),
            (b"\0\0\0\x18ftypmif1\0\0\0\0", FileKind::Heic),
            (b"\0\0\0\x18ftypisom\0\0\0\0", FileKind::Unknown),
            (b"%PDF-1.7", FileKind::Pdf),
            (b"", FileKind::Unknown),
        ];
        for (head, kind) in cases {
            assert_eq!(FileKind::sniff(head), kind, "{head:?}");
        }
    }

    #[test]
    fn a_large_picture_is_scaled_to_its_longest_side() {
        assert_eq!(fit(4032, 3024, 2000), (2000, 1500));
        assert_eq!(fit(3024, 4032, 2000), (1500, 2000));
    }

    #[test]
    fn a_small_picture_keeps_its_size() {
        assert_eq!(fit(1280, 720, 2000), (1280, 720));
        assert_eq!(fit(0, 0, 2000), (0, 0));
    }

    #[test]
    fn an_extreme_shape_keeps_at_least_one_pixel() {
        assert_eq!(fit(100_000, 1, 2000), (2000, 1));
    }
}

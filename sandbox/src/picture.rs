//! Uploaded pictures: what they are by their bytes, and their brightness.
//!
//! Decoding is slow; callers run it on a blocking thread.

use std::io::Cursor;

use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader};
use thiserror::Error;
use vestibule_vision::{Luma, LumaError};

/// The largest accepted picture: `docs/client-api.md`.
pub(crate) const PICTURE_LIMIT_BYTES: usize = 10_000_000;

/// More pixels than any telephone's main camera gives by default; beyond it a
/// small file can make us allocate gigabytes.
const PIXEL_LIMIT: u64 = 60_000_000;

/// Why bytes are not an accepted picture.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub(crate) enum PictureError {
    /// Neither JPEG nor PNG nor WebP.
    #[error("The bytes are not a JPEG, PNG or WebP picture")]
    UnknownFormat,
    /// The format is right but the picture can't be decoded.
    #[error("The picture is damaged")]
    Damaged,
    /// More pixels than we decode.
    #[error("The picture has more than 60 megapixels")]
    TooManyPixels,
}

/// A decoded picture, as far as judging needs it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Picture {
    pub(crate) content_type: &'static str,
    width_px: u32,
    height_px: u32,
    luma: Vec<u8>,
}

impl Picture {
    /// Decodes a picture.
    pub(crate) fn decode(bytes: &[u8]) -> Result<Self, PictureError> {
        let (format, content_type) = sniff(bytes).ok_or(PictureError::UnknownFormat)?;
        let damaged = |_error| PictureError::Damaged;
        let decoder = ImageReader::with_format(Cursor::new(bytes), format)
            .into_decoder()
            .map_err(damaged)?;
        let (width_px, height_px) = decoder.dimensions();
        if u64::from(width_px) * u64::from(height_px) > PIXEL_LIMIT {
            return Err(PictureError::TooManyPixels);
        }
        let image = DynamicImage::from_decoder(decoder).map_err(damaged)?;
        let luma = image.into_luma8();
        let picture = Self {
            content_type,
            width_px,
            height_px,
            luma: luma.into_raw(),
        };
        picture.luma().map_err(|_empty| PictureError::Damaged)?;
        Ok(picture)
    }

    /// Width and height, as the bytes have them.
    pub(crate) fn size_px(&self) -> (u32, u32) {
        (self.width_px, self.height_px)
    }

    /// What the judge looks at.
    pub(crate) fn luma(&self) -> Result<Luma<'_>, LumaError> {
        Luma::new(self.width_px, self.height_px, &self.luma)
    }
}

/// The format by its first bytes.
fn sniff(bytes: &[u8]) -> Option<(ImageFormat, &'static str)> {
    match bytes {
        [0xFF, 0xD8, 0xFF, ..] => Some((ImageFormat::Jpeg, "image/jpeg")),
        [0x89, b'P', b'N', b'G', 0x0D, 0x0A, 0x1A, 0x0A, ..] => {
            Some((ImageFormat::Png, "image/png"))
        }
        [
            b'R',
            b'I',
            b'F',
            b'F',
            _,
            _,
            _,
            _,
            b'W',
            b'E',
            b'B',
            b'P',
            ..,
        ] => Some((ImageFormat::WebP, "image/webp")),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use image::{GrayImage, Luma as Grey};

    use super::*;

    fn encoded(format: ImageFormat) -> Vec<u8> {
        let image = GrayImage::from_fn(64, 48, |x, _| Grey([u8::try_from(x * 4).unwrap_or(255)]));
        let mut bytes = Cursor::new(Vec::new());
        DynamicImage::ImageLuma8(image)
            .to_rgb8()
            .write_to(&mut bytes, format)
            .unwrap();
        bytes.into_inner()
    }

    #[test]
    fn the_three_formats_are_told_by_their_bytes() {
        for (format, content_type) in [
            (ImageFormat::Jpeg, "image/jpeg"),
            (ImageFormat::Png, "image/png"),
            (ImageFormat::WebP, "image/webp"),
        ] {
            let picture = Picture::decode(&encoded(format)).unwrap();
            assert_eq!(picture.content_type, content_type);
            let luma = picture.luma().unwrap();
            assert_eq!((luma.width_px(), luma.height_px()), (64, 48));
        }
    }

    #[test]
    fn other_bytes_are_not_pictures() {
        for bytes in [&b"%PDF-1.7"[..], b"GIF89a\x01\x00\x01\x00", b"<svg/>", b""] {
            assert_eq!(Picture::decode(bytes), Err(PictureError::UnknownFormat));
        }
    }

    #[test]
    fn a_signature_alone_is_a_damaged_picture() {
        assert_eq!(
            Picture::decode(&encoded(ImageFormat::Png)[..20]),
            Err(PictureError::Damaged)
        );
        assert_eq!(
            Picture::decode(b"\xFF\xD8\xFF\xE0"),
            Err(PictureError::Damaged)
        );
    }

    #[test]
    fn a_bomb_is_refused_before_it_is_decoded() {
        let mut png = encoded(ImageFormat::Png);
        // Width and height are the first eight bytes of the IHDR chunk; its
        // checksum follows the 13 bytes of its data (PNG, section 11.2.2).
        png[16..20].copy_from_slice(&30_000_u32.to_be_bytes());
        png[20..24].copy_from_slice(&30_000_u32.to_be_bytes());
        let crc = crc32(&png[12..29]);
        png[29..33].copy_from_slice(&crc.to_be_bytes());
        assert_eq!(Picture::decode(&png), Err(PictureError::TooManyPixels));
    }

    fn crc32(bytes: &[u8]) -> u32 {
        bytes.iter().fold(!0_u32, |crc, &byte| {
            (0..8).fold(crc ^ u32::from(byte), |crc, _| {
                if crc & 1 == 1 {
                    (crc >> 1) ^ 0xEDB8_8320
                } else {
                    crc >> 1
                }
            })
        }) ^ !0
    }
}

//! Luma: a picture as one byte of brightness per pixel.
//!
//! [`Luma`] borrows a plane that somebody else owns; [`LumaBuffer`] owns one
//! and is refilled from RGB or RGBA bytes without a new allocation.
//! Not for colour: nothing that is judged here depends on it.

use thiserror::Error;
pub use vestibule_kernels::pixels::brightness;
use vestibule_kernels::pixels::{RGBA, brightness_of};

/// Why bytes are not a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum LumaError {
    /// A picture needs at least one pixel.
    #[error("a picture of {width_px}x{height_px} pixels is empty")]
    Empty {
        /// The width that was given.
        width_px: u32,
        /// The height that was given.
        height_px: u32,
    },
    /// The number of bytes does not fit the size.
    #[error("{found_bytes} bytes given where the size asks for {expected_bytes}")]
    WrongLength {
        /// Bytes that the size asks for; `u64`, because it may exceed memory.
        expected_bytes: u64,
        /// Bytes that were given.
        found_bytes: usize,
    },
}

/// A borrowed picture: rows of brightness from 0 (black) to 255 (white),
/// without padding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Luma<'a> {
    width_px: u32,
    height_px: u32,
    pixels: &'a [u8],
}

impl<'a> Luma<'a> {
    /// Borrows `pixels` as a picture.
    ///
    /// # Errors
    ///
    /// [`LumaError::Empty`] without pixels, [`LumaError::WrongLength`] when
    /// `pixels` does not hold exactly `width_px * height_px` bytes.
    pub fn new(width_px: u32, height_px: u32, pixels: &'a [u8]) -> Result<Self, LumaError> {
        check(width_px, height_px, 1, pixels.len())?;
        Ok(Self {
            width_px,
            height_px,
            pixels,
        })
    }

    /// Width in pixels, at least 1.
    #[must_use]
    pub fn width_px(&self) -> u32 {
        self.width_px
    }

    /// Height in pixels, at least 1.
    #[must_use]
    pub fn height_px(&self) -> u32 {
        self.height_px
    }

    /// The shorter side in pixels, at least 1.
    #[must_use]
    pub fn short_side_px(&self) -> u32 {
        self.width_px.min(self.height_px)
    }

    /// All pixels, row by row from the top left.
    #[must_use]
    pub fn pixels(&self) -> &'a [u8] {
        self.pixels
    }

    /// The rows from top to bottom.
    pub fn rows(&self) -> impl Iterator<Item = &'a [u8]> + use<'a> {
        self.pixels.chunks_exact(self.width_px as usize)
    }
}

/// An owned picture that is refilled frame by frame.
#[derive(Clone, Debug, Default)]
pub struct LumaBuffer {
    pixels: Vec<u8>,
}

impl LumaBuffer {
    /// An empty buffer; the first picture decides its size.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes over a picture of red, green and blue bytes.
    ///
    /// # Errors
    ///
    /// As [`Luma::new`], for three bytes per pixel.
    pub fn fill_from_rgb(
        &mut self,
        width_px: u32,
        height_px: u32,
        rgb: &[u8],
    ) -> Result<Luma<'_>, LumaError> {
        check(width_px, height_px, 3, rgb.len())?;
        self.pixels.clear();
        self.pixels.extend(
            rgb.chunks_exact(3)
                .map(|pixel| brightness(pixel[0], pixel[1], pixel[2])),
        );
        Luma::new(width_px, height_px, &self.pixels)
    }

    /// Takes over a picture of red, green, blue and alpha bytes, as a canvas
    /// gives them; alpha is ignored, because camera frames are opaque.
    ///
    /// # Errors
    ///
    /// As [`Luma::new`], for four bytes per pixel.
    pub fn fill_from_rgba(
        &mut self,
        width_px: u32,
        height_px: u32,
        rgba: &[u8],
    ) -> Result<Luma<'_>, LumaError> {
        check(width_px, height_px, 4, rgba.len())?;
        self.pixels.resize(rgba.len() / RGBA, 0);
        brightness_of(rgba, &mut self.pixels);
        Luma::new(width_px, height_px, &self.pixels)
    }
}

fn check(
    width_px: u32,
    height_px: u32,
    bytes_per_pixel: u64,
    found_bytes: usize,
) -> Result<(), LumaError> {
    if width_px == 0 || height_px == 0 {
        return Err(LumaError::Empty {
            width_px,
            height_px,
        });
    }
    // Saturates only where no buffer could be that long.
    let expected_bytes =
        (u64::from(width_px) * u64::from(height_px)).saturating_mul(bytes_per_pixel);
    if found_bytes as u64 != expected_bytes {
        return Err(LumaError::WrongLength {
            expected_bytes,
            found_bytes,
        });
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_without_pixels_is_refused() {
        assert_eq!(
            Luma::new(0, 4, &[]),
            Err(LumaError::Empty {
                width_px: 0,
                height_px: 4
            })
        );
    }

    #[test]
    fn a_wrong_number_of_bytes_is_refused() {
        assert_eq!(
            Luma::new(2, 2, &[0; 3]),
            Err(LumaError::WrongLength {
                expected_bytes: 4,
                found_bytes: 3
            })
        );
        assert!(
            LumaBuffer::new()
                .fill_from_rgba(2, 2, &[0; 12])
                .is_err_and(|error| matches!(error, LumaError::WrongLength { .. }))
        );
    }

    #[test]
    fn the_largest_size_does_not_overflow() {
        assert!(matches!(
            LumaBuffer::new().fill_from_rgba(u32::MAX, u32::MAX, &[]),
            Err(LumaError::WrongLength { .. })
        ));
    }

    #[test]
    fn rgb_and_rgba_give_the_same_luma() {
        let (mut three, mut four) = (LumaBuffer::new(), LumaBuffer::new());
        let from_rgb = three.fill_from_rgb(2, 1, &[9, 80, 200, 255, 3, 4]).unwrap();
        let from_rgba = four
            .fill_from_rgba(2, 1, &[9, 80, 200, 255, 255, 3, 4, 0])
            .unwrap();
        assert_eq!(from_rgb, from_rgba);
    }
}

//! A picture by itself, in a buffer that is kept from picture to picture.
//!
//! Not for a row of frames: those are looked at in [`eyes`](crate::eyes).

use vestibule_vision::{Luma, LumaBuffer};

/// Where a picture is put, and how it is looked at.
#[derive(Debug, Default)]
pub struct Still {
    width_px: u32,
    height_px: u32,
    rgba: Vec<u8>,
    luma: LumaBuffer,
}

impl Still {
    /// The buffer for the next picture: four bytes per pixel, red first.
    pub fn frame(&mut self, width_px: u32, height_px: u32) -> &mut [u8] {
        (self.width_px, self.height_px) = (width_px, height_px);
        self.rgba
            .resize(4 * width_px as usize * height_px as usize, 0);
        &mut self.rgba
    }

    /// The picture's brightness; nothing for one without pixels.
    pub fn luma(&mut self) -> Option<Luma<'_>> {
        self.luma
            .fill_from_rgba(self.width_px, self.height_px, &self.rgba)
            .ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_is_seen_as_it_was_put() {
        let mut still = Still::default();
        still
            .frame(2, 1)
            .copy_from_slice(&[9, 9, 9, 255, 200, 200, 200, 255]);
        assert_eq!(still.luma().unwrap().pixels(), [9, 200]);
    }

    #[test]
    fn a_picture_without_pixels_is_none() {
        let mut still = Still::default();
        assert!(still.frame(0, 0).is_empty());
        assert!(still.luma().is_none());
    }
}

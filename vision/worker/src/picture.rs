//! A picture from the page, in a buffer that is kept from picture to picture.
//!
//! Not for looking at it: that is what the modules are for.

use vestibule_vision::{Luma, LumaBuffer};

/// Where a picture is put, and how it is looked at.
#[derive(Debug, Default)]
pub struct Picture {
    width_px: u32,
    height_px: u32,
    rgba: Vec<u8>,
    luma: LumaBuffer,
}

impl Picture {
    /// The buffer for the next picture: four bytes per pixel, red first.
    pub fn frame(&mut self, width_px: u32, height_px: u32) -> &mut [u8] {
        (self.width_px, self.height_px) = (width_px, height_px);
        self.rgba
            .resize(4 * width_px as usize * height_px as usize, 0);
        &mut self.rgba
    }

    /// The picture's width and height in pixels.
    #[must_use]
    pub fn size_px(&self) -> (u32, u32) {
        (self.width_px, self.height_px)
    }

    /// The picture's bytes, as they were put there.
    #[must_use]
    pub fn rgba(&self) -> &[u8] {
        &self.rgba
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
        let mut picture = Picture::default();
        picture
            .frame(2, 1)
            .copy_from_slice(&[9, 9, 9, 255, 200, 200, 200, 255]);
        assert_eq!(picture.luma().unwrap().pixels(), [9, 200]);
    }

    #[test]
    fn a_picture_without_pixels_is_none() {
        let mut picture = Picture::default();
        assert!(picture.frame(0, 0).is_empty());
        assert!(picture.luma().is_none());
    }
}

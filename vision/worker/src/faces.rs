//! Faces as the page gets them: a few numbers for each, in a fixed order.
//!
//! `faces.js` has the other side of it.

use vestibule_vision::{Face, FaceFinder};

use crate::picture::Picture;

/// How many numbers there are for a face.
pub const LENGTH: usize = 7;

/// How many faces are told: two are enough to know that it is not one.
pub const MOST: usize = 2;

/// Looks for faces in a buffer of its own.
#[derive(Debug)]
pub struct Faces {
    picture: Picture,
    finder: FaceFinder,
    numbers: [f32; LENGTH * MOST],
}

impl Faces {
    /// Nothing when these are not the weights.
    #[must_use]
    pub fn new(weights: &[u8]) -> Option<Self> {
        Some(Self {
            picture: Picture::default(),
            finder: FaceFinder::new(weights)?,
            numbers: [0.0; LENGTH * MOST],
        })
    }

    /// The buffer for the next picture: four bytes per pixel, red first.
    pub fn frame(&mut self, width_px: u32, height_px: u32) -> &mut [u8] {
        self.picture.frame(width_px, height_px)
    }

    /// Looks at the picture; how many faces are told.
    pub fn look(&mut self) -> usize {
        let (width_px, height_px) = self.picture.size_px();
        let faces = self.finder.find(width_px, height_px, self.picture.rgba());
        for (face, numbers) in faces.iter().zip(self.numbers.as_chunks_mut().0) {
            write(face, numbers);
        }
        faces.len().min(MOST)
    }

    /// What was told: of each face left, top, width and height as shares of the
    /// picture, the tilt in degrees, and the two figures of its light.
    #[must_use]
    pub fn numbers(&self) -> &[f32] {
        &self.numbers
    }
}

fn write(face: &Face, numbers: &mut [f32; LENGTH]) {
    *numbers = [
        face.left,
        face.top,
        face.width,
        face.height,
        face.tilt_degrees,
        face.light.bright_luma,
        face.light.clipped_share,
    ];
}

#[cfg(test)]
mod tests {
    use super::*;
    use vestibule_vision::face::Light;

    #[test]
    fn a_face_is_written_in_the_order_that_the_page_reads() {
        let mut numbers = [0.0; LENGTH];
        let face = Face {
            left: 1.0,
            top: 2.0,
            width: 3.0,
            height: 4.0,
            tilt_degrees: 5.0,
            light: Light {
                bright_luma: 6.0,
                clipped_share: 7.0,
            },
            confidence: 8.0,
        };
        write(&face, &mut numbers);
        assert_eq!(numbers, [1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0]);
    }

    #[test]
    fn the_script_reads_as_many_numbers() {
        let script = include_str!("../faces.js");
        assert!(script.contains(&format!("const FACE_LENGTH = {LENGTH};")));
    }

    #[test]
    fn what_are_not_weights_finds_no_faces() {
        assert!(Faces::new(b"<!doctype html>").is_none());
    }
}

//! Finds the faces in a frame: where they are, how they are held, how they are
//! lit.
//!
//! For framing a picture of a face, on the device. Not for telling who it is,
//! nor anything about the person: what comes out is a box, an angle and two
//! figures of the light.
//!
//! The network is `BlazeFace` for short range, whose weights are not part of this
//! crate: `cargo xtask build` gets them from the package of their publisher and
//! writes them in our format (`vision/MODEL.md`, "Face framing").

mod decode;
mod network;
mod picture;

use decode::Decoder;
use network::Network;
use picture::Picture;

pub use picture::Light;
use vestibule_kernels::pixels::RGBA;

/// A face in a frame.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Face {
    /// Its left edge, as a share of the frame's width.
    pub left: f32,
    /// Its upper edge, above the brows, as a share of the frame's height.
    pub top: f32,
    /// Its width, as a share of the frame's width.
    pub width: f32,
    /// Its height, to the chin, as a share of the frame's height.
    pub height: f32,
    /// By how many degrees the eyes are out of level, clockwise in the picture.
    pub tilt_degrees: f32,
    /// How it is lit.
    pub light: Light,
    /// How sure, 0.5 to 1.
    pub confidence: f32,
}

/// Finds faces in frames, with buffers that are kept from frame to frame.
#[derive(Clone, Debug)]
pub struct FaceFinder {
    network: Network,
    picture: Picture,
    decoder: Decoder,
    faces: Vec<Face>,
}

impl FaceFinder {
    /// A finder with the weights that `cargo xtask build` writes; nothing when
    /// the file is another one.
    #[must_use]
    pub fn new(weights: &[u8]) -> Option<Self> {
        Some(Self {
            network: Network::new(weights)?,
            picture: Picture::default(),
            decoder: Decoder::default(),
            faces: Vec::new(),
        })
    }

    /// The faces in a picture of red, green, blue and alpha bytes, the surest
    /// first.
    ///
    /// None when `rgba` does not hold exactly four bytes for each pixel.
    pub fn find(&mut self, width_px: u32, height_px: u32, rgba: &[u8]) -> &[Face] {
        self.faces.clear();
        let (width, height) = (width_px as usize, height_px as usize);
        let n_bytes = width
            .checked_mul(height)
            .and_then(|n_pixels| n_pixels.checked_mul(RGBA));
        if width == 0 || height == 0 || n_bytes != Some(rgba.len()) {
            return &self.faces;
        }
        let picture = &mut self.picture;
        picture.fill(width, height, rgba);
        for seen in self.decoder.faces(self.network.run(&picture.input)) {
            let (from, to) = seen.corners();
            let (left, top) = picture.share(from.0, from.1);
            let (face_width, face_height) = picture.share_of_size(to.0 - from.0, to.1 - from.1);
            self.faces.push(Face {
                left,
                top,
                width: face_width,
                height: face_height,
                tilt_degrees: seen.tilt_degrees(),
                light: picture.light(from, to),
                confidence: seen.confidence,
            });
        }
        &self.faces
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_a_picture_has_no_faces() {
        let mut finder = FaceFinder::new(&network::blank_file()).unwrap();
        assert_eq!(finder.find(0, 0, &[]), []);
        assert_eq!(finder.find(4, 4, &[0; 63]), []);
        assert_eq!(finder.find(u32::MAX, u32::MAX, &[0; 64]), []);
        // Weights that are all zero are never sure of anything.
        assert_eq!(finder.find(4, 4, &[127; 64]), []);
        assert_eq!(finder.find(1, 500, &[127; 2000]), []);
    }

    #[test]
    fn another_file_makes_no_finder() {
        assert!(FaceFinder::new(b"").is_none());
    }
}

//! The network's input: the frame made small, in the middle of a square.
//!
//! Also where the light on a face is read from, so that it is read from the
//! same pixels. Not for pictures that are kept: what is between the pixels is
//! averaged away.

use crate::geometry::floor;
use vestibule_kernels::Map;
use vestibule_kernels::pixels::RGBA;

use super::network::SIDE_PX;

/// What is around the frame in the square: black, as the model was trained.
const BLACK: f32 = -1.0;

/// Luma from which a pixel says no more than that it is bright, of 255.
const CLIPPED_LUMA: usize = 250;

/// The share of a face's pixels that are brighter than [`Light::bright_luma`].
const BRIGHT_SHARE: f32 = 0.05;

/// The light on a face.
///
/// Both figures are about what the camera can resolve and not about how light
/// the skin is: the brightest twentieth of a face are the reflections on it and
/// the white of its eyes, whatever its colour.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Light {
    /// The luma that one in twenty of the face's pixels exceeds, 0 to 255.
    pub bright_luma: f32,
    /// The share of the face's pixels in which nothing can be seen for
    /// brightness, 0 to 1.
    pub clipped_share: f32,
}

/// The frame in the square: an input of the network, and the way back.
#[derive(Clone, Debug, Default)]
pub(crate) struct Picture {
    pub(crate) input: Map,
    /// Where the frame is in the square, in its pixels.
    left: usize,
    top: usize,
    width: usize,
    height: usize,
}

impl Picture {
    /// Takes in a frame of at least one pixel.
    pub(crate) fn fill(&mut self, width: usize, height: usize, rgba: &[u8]) {
        let longer = width.max(height);
        let small = |side: usize| ((side * SIDE_PX + longer / 2) / longer).max(1);
        (self.width, self.height) = (small(width), small(height));
        self.left = (SIDE_PX - self.width) / 2;
        self.top = (SIDE_PX - self.height) / 2;
        self.input.reshape(SIDE_PX, SIDE_PX, 3);
        self.input.cells.fill(BLACK);
        for y in 0..self.height {
            let rows = span(y, self.height, height);
            for x in 0..self.width {
                let columns = span(x, self.width, width);
                let mut sums = [0_u32; 3];
                for row in rows.clone() {
                    let line =
                        &rgba[RGBA * (row * width + columns.start)..][..RGBA * columns.len()];
                    for pixel in line.as_chunks::<RGBA>().0 {
                        for (sum, value) in sums.iter_mut().zip(pixel) {
                            *sum += u32::from(*value);
                        }
                    }
                }
                let half_range = 127.5 * (rows.len() * columns.len()) as f32;
                let start = ((self.top + y) * SIDE_PX + self.left + x) * 3;
                for (cell, sum) in self.input.cells[start..start + 3].iter_mut().zip(sums) {
                    *cell = sum as f32 / half_range - 1.0;
                }
            }
        }
    }

    /// From pixels of the square to shares of the frame's width and height.
    pub(crate) fn share(&self, x: f32, y: f32) -> (f32, f32) {
        (
            (x - self.left as f32) / self.width as f32,
            (y - self.top as f32) / self.height as f32,
        )
    }

    /// From a width and height in pixels of the square to shares.
    pub(crate) fn share_of_size(&self, width: f32, height: f32) -> (f32, f32) {
        (width / self.width as f32, height / self.height as f32)
    }

    /// The light in a box of these corners, in pixels of the square.
    pub(crate) fn light(&self, from: (f32, f32), to: (f32, f32)) -> Light {
        let (left, right) = (self.left, self.left + self.width);
        let (top, bottom) = (self.top, self.top + self.height);
        let mut counts = [0_u32; 256];
        let mut n_pixels = 0_u32;
        for y in top..bottom {
            let middle = y as f32 + 0.5;
            if middle < from.1 || middle > to.1 {
                continue;
            }
            for x in left..right {
                let middle = x as f32 + 0.5;
                if middle < from.0 || middle > to.0 {
                    continue;
                }
                counts[luma(self.input.cell(x, y))] += 1;
                n_pixels += 1;
            }
        }
        if n_pixels == 0 {
            return Light::default();
        }
        let mut n_left = BRIGHT_SHARE * n_pixels as f32;
        let brightest = counts.iter().enumerate().rev().find(|(_, count)| {
            n_left -= **count as f32;
            n_left <= 0.0
        });
        let n_clipped: u32 = counts[CLIPPED_LUMA..].iter().sum();
        Light {
            bright_luma: brightest.map_or(0.0, |(luma, _)| luma as f32),
            clipped_share: n_clipped as f32 / n_pixels as f32,
        }
    }
}

/// The pixels of the larger picture that one of the smaller stands for; one at
/// least.
fn span(index: usize, n_small: usize, n_large: usize) -> std::ops::Range<usize> {
    let start = index * n_large / n_small;
    let end = ((index + 1) * n_large / n_small).max(start + 1);
    start..end
}

/// Luma of an input cell, 0 to 255, with the weights of ITU-R BT.601.
fn luma(cell: &[f32]) -> usize {
    let weighted: f32 = cell
        .iter()
        .zip([0.299, 0.587, 0.114])
        .map(|(figure, weight)| (figure + 1.0) * 127.5 * weight)
        .sum();
    floor(weighted + 0.5).min(255)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn frame(width: usize, height: usize, pixel: impl Fn(usize, usize) -> u8) -> Vec<u8> {
        (0..width * height)
            .flat_map(|index| {
                let grey = pixel(index % width, index / width);
                [grey, grey, grey, 255]
            })
            .collect()
    }

    #[test]
    fn a_frame_keeps_its_shape_in_the_middle_of_the_square() {
        let mut picture = Picture::default();
        picture.fill(256, 128, &frame(256, 128, |_, _| 255));
        assert_eq!(picture.input.cell(0, 31), [-1.0; 3]);
        assert_eq!(picture.input.cell(0, 32), [1.0; 3]);
        assert_eq!(picture.input.cell(127, 95), [1.0; 3]);
        assert_eq!(picture.input.cell(127, 96), [-1.0; 3]);
        assert_eq!(picture.share(64.0, 64.0), (0.5, 0.5));
        assert_eq!(picture.share(0.0, 32.0), (0.0, 0.0));
        assert_eq!(picture.share_of_size(32.0, 32.0), (0.25, 0.5));
    }

    #[test]
    fn every_pixel_counts_once_and_small_frames_are_stretched() {
        let mut picture = Picture::default();
        // Stripes of one pixel become their mean.
        picture.fill(256, 256, &frame(256, 256, |x, _| [0, 255][x % 2]));
        assert!(picture.input.cells.iter().all(|cell| cell.abs() < 1e-6));
        picture.fill(2, 2, &frame(2, 2, |x, y| [0, 255][(x + y) % 2]));
        assert_eq!(picture.input.cell(10, 10), [-1.0; 3]);
        assert_eq!(picture.input.cell(100, 10), [1.0; 3]);
    }

    #[test]
    fn the_light_is_that_of_the_box() {
        let mut picture = Picture::default();
        // Left half black, right half bright, its upper tenth white.
        let pixel = |x, y| match (x, y) {
            (..64, _) => 0,
            (_, ..13) => 255,
            _ => 200,
        };
        picture.fill(128, 128, &frame(128, 128, pixel));
        let dark = picture.light((0.0, 0.0), (64.0, 128.0));
        assert_eq!((dark.bright_luma, dark.clipped_share), (0.0, 0.0));
        let bright = picture.light((64.0, 0.0), (128.0, 128.0));
        assert_eq!(bright.bright_luma, 255.0);
        assert!((bright.clipped_share - 13.0 / 128.0).abs() < 1e-6);
        assert_eq!(
            picture.light((64.0, 13.0), (128.0, 128.0)).bright_luma,
            200.0
        );
        let outside = picture.light((200.0, 0.0), (300.0, 10.0));
        assert_eq!(outside, Light::default());
    }
}

//! Perspective-corrected copies: a quadrilateral of a picture, seen from the
//! front.
//!
//! Sampling is bilinear where the copy is as fine as the picture, and the mean
//! of several bilinear samples where it is coarser, so that nothing aliases;
//! how many is decided block by block, because perspective shrinks one end of
//! a document more than the other.
//! Not for finding the quadrilateral, and not for shrinking whole pictures:
//! [`scale`](crate::scale) does that exactly and faster.

use crate::geometry::{Perspective, Point, Quad, floor};
use crate::luma::Luma;

/// Pixels of the copy that share one decision on the number of samples.
const BLOCK_PX: usize = 16;

/// Most samples per direction and pixel: enough for a copy at an eighth of the
/// picture's resolution; coarser copies begin to alias.
const MOST_SAMPLES: usize = 8;

/// A perspective-corrected copy, and the buffer to make the next one.
#[derive(Clone, Debug, Default)]
pub struct Rectified {
    width_px: u32,
    height_px: u32,
    pixels: Vec<u8>,
}

impl Rectified {
    /// An empty buffer; the first copy decides its size.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Copies what `quad` encloses in `source` to a picture of the given size:
    /// the quadrilateral's first corner becomes the top left.
    ///
    /// What lies outside of the picture repeats its edge. Nothing comes back
    /// for an empty size or a quadrilateral with three corners in a line.
    pub fn fill_from_luma(
        &mut self,
        source: &Luma<'_>,
        quad: &Quad,
        width_px: u32,
        height_px: u32,
    ) -> Option<Luma<'_>> {
        let plane = Plane::<1> {
            width: source.width_px() as usize,
            height: source.height_px() as usize,
            pixels: source.pixels(),
        };
        self.fill(&plane, quad, width_px, height_px)?;
        Luma::new(width_px, height_px, &self.pixels).ok()
    }

    /// The same for red, green, blue and alpha bytes; gives such bytes back.
    ///
    /// Nothing also when `rgba` is not a picture of that size.
    pub fn fill_from_rgba(
        &mut self,
        source_px: (u32, u32),
        rgba: &[u8],
        quad: &Quad,
        width_px: u32,
        height_px: u32,
    ) -> Option<&[u8]> {
        let (width, height) = (source_px.0 as usize, source_px.1 as usize);
        if width == 0 || height == 0 || width.checked_mul(height)?.checked_mul(4)? != rgba.len() {
            return None;
        }
        let plane = Plane::<4> {
            width,
            height,
            pixels: rgba,
        };
        self.fill(&plane, quad, width_px, height_px)?;
        Some(&self.pixels)
    }

    /// Width of the last copy in pixels; 0 before the first.
    #[must_use]
    pub fn width_px(&self) -> u32 {
        self.width_px
    }

    /// Height of the last copy in pixels; 0 before the first.
    #[must_use]
    pub fn height_px(&self) -> u32 {
        self.height_px
    }

    /// The bytes of the last copy, row by row.
    #[must_use]
    pub fn pixels(&self) -> &[u8] {
        &self.pixels
    }

    fn fill<const CHANNELS: usize>(
        &mut self,
        plane: &Plane<'_, CHANNELS>,
        quad: &Quad,
        width_px: u32,
        height_px: u32,
    ) -> Option<()> {
        if width_px == 0 || height_px == 0 {
            return None;
        }
        let mapping = Perspective::onto(quad)?;
        (self.width_px, self.height_px) = (width_px, height_px);
        let (width, height) = (width_px as usize, height_px as usize);
        self.pixels.clear();
        self.pixels.resize(width * height * CHANNELS, 0);
        let (step_u, step_v) = (1.0 / width_px as f32, 1.0 / height_px as f32);
        for (y, row) in self.pixels.chunks_exact_mut(width * CHANNELS).enumerate() {
            for (block, pixels) in row.chunks_mut(BLOCK_PX * CHANNELS).enumerate() {
                let first = block * BLOCK_PX;
                let samples = samples_at(&mapping, first, y, (step_u, step_v));
                for (index, pixel) in pixels.chunks_exact_mut(CHANNELS).enumerate() {
                    let mut sum = [0.0_f32; CHANNELS];
                    for row in 0..samples {
                        let v = step_v * (y as f32 + share(row, samples));
                        for column in 0..samples {
                            let u = step_u * ((first + index) as f32 + share(column, samples));
                            let seen = plane.at(mapping.at(u, v));
                            for (sum, seen) in sum.iter_mut().zip(seen) {
                                *sum += seen;
                            }
                        }
                    }
                    let scale = 1.0 / (samples * samples) as f32;
                    for (byte, sum) in pixel.iter_mut().zip(sum) {
                        *byte = rounded(sum * scale);
                    }
                }
            }
        }
        Some(())
    }
}

/// The middle of part `index` of `parts`, as a share of the whole.
fn share(index: usize, parts: usize) -> f32 {
    (index as f32 + 0.5) / parts as f32
}

/// How many samples per direction keep neighbours within a pixel of the source.
fn samples_at(mapping: &Perspective, x: usize, y: usize, step: (f32, f32)) -> usize {
    let (u, v) = (x as f32 * step.0, y as f32 * step.1);
    let here = mapping.at(u, v);
    let right = here.distance(mapping.at(u + step.0, v));
    let below = here.distance(mapping.at(u, v + step.1));
    let reach = right.max(below);
    // A tenth is tolerated, so that a copy at the picture's own scale is not
    // blurred by rounding errors.
    (1..MOST_SAMPLES)
        .find(|samples| reach <= *samples as f32 + 0.1)
        .unwrap_or(MOST_SAMPLES)
}

/// A picture of interleaved bytes.
struct Plane<'a, const CHANNELS: usize> {
    width: usize,
    height: usize,
    pixels: &'a [u8],
}

impl<const CHANNELS: usize> Plane<'_, CHANNELS> {
    /// The picture between its pixels; its edge repeated outside of it.
    fn at(&self, point: Point) -> [f32; CHANNELS] {
        let (left, right, x) = neighbours(point.x, self.width);
        let (top, bottom, y) = neighbours(point.y, self.height);
        let pixel = |column: usize, row: usize| {
            let start = (row * self.width + column) * CHANNELS;
            &self.pixels[start..start + CHANNELS]
        };
        let (a, b) = (pixel(left, top), pixel(right, top));
        let (c, d) = (pixel(left, bottom), pixel(right, bottom));
        std::array::from_fn(|channel| {
            let mix = |from: u8, to: u8| {
                let from = f32::from(from);
                from + x * (f32::from(to) - from)
            };
            let above = mix(a[channel], b[channel]);
            above + y * (mix(c[channel], d[channel]) - above)
        })
    }
}

/// The two pixels around a position on one axis, and how far it is from the
/// first to the second, 0 to 1.
pub(crate) fn neighbours(position: f32, length: usize) -> (usize, usize, f32) {
    let last = length - 1;
    // Not a number becomes 0, as the cast does.
    let inside = (position - 0.5).max(0.0).min(last as f32);
    let first = floor(inside).min(last);
    (first, (first + 1).min(last), inside - first as f32)
}

/// The nearest byte.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the cast saturates at both ends"
)]
pub(crate) fn rounded(value: f32) -> u8 {
    (value + 0.5) as u8
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::synthetic::Picture;

    fn corners(corners: [(f32, f32); 4]) -> Quad {
        Quad(corners.map(|(x, y)| Point::new(x, y)))
    }

    #[test]
    fn the_whole_picture_at_its_own_size_is_itself() {
        let picture = Picture::document(320, 200);
        let mut copy = Rectified::new();
        let whole = Quad::rectangle(320.0, 200.0);
        let seen = copy
            .fill_from_luma(&picture.luma(), &whole, 320, 200)
            .unwrap();
        assert_eq!(seen.pixels(), picture.pixels);
    }

    #[test]
    fn corners_turned_by_one_turn_the_copy_by_a_quarter() {
        let pixels = [10, 20, 30, 40, 50, 60];
        let luma = Luma::new(3, 2, &pixels).unwrap();
        let [a, b, c, d] = Quad::rectangle(3.0, 2.0).0;
        let mut copy = Rectified::new();
        let turned = copy
            .fill_from_luma(&luma, &Quad([d, a, b, c]), 2, 3)
            .unwrap();
        assert_eq!(turned.pixels(), [40, 10, 50, 20, 60, 30]);
    }

    #[test]
    fn a_smooth_picture_comes_out_where_perspective_says() {
        let quad = corners([(40.0, 30.0), (260.0, 50.0), (290.0, 190.0), (20.0, 170.0)]);
        let level = |x: f32, y: f32| 0.5 * x + 0.4 * y;
        let picture = Picture::of(320, 220, |x, y| level(x as f32 + 0.5, y as f32 + 0.5));
        let mut copy = Rectified::new();
        let seen = copy
            .fill_from_luma(&picture.luma(), &quad, 120, 80)
            .unwrap();
        let mapping = Perspective::onto(&quad).unwrap();
        for (y, row) in seen.rows().enumerate() {
            for (x, pixel) in row.iter().enumerate() {
                let there = mapping.at((x as f32 + 0.5) / 120.0, (y as f32 + 0.5) / 80.0);
                assert!((f32::from(*pixel) - level(there.x, there.y)).abs() < 1.6);
            }
        }
    }

    #[test]
    fn fine_stripes_become_grey_instead_of_coarse_stripes() {
        let picture = Picture::of(600, 300, |x, _| if x % 2 == 0 { 0.0 } else { 200.0 });
        let mut copy = Rectified::new();
        for (width, height) in [(200, 100), (131, 67), (90, 45)] {
            let seen = copy
                .fill_from_luma(
                    &picture.luma(),
                    &Quad::rectangle(600.0, 300.0),
                    width,
                    height,
                )
                .unwrap();
            // A third, averaged exactly, gives 67 and 133.
            assert!(seen.pixels().iter().all(|it| (60..=140).contains(it)));
        }
    }

    #[test]
    fn colours_keep_to_their_channels() {
        let rgba: Vec<u8> = (0..12).flat_map(|i| [i, 100 + i, 200, 255]).collect();
        let mut copy = Rectified::new();
        let quad = Quad::rectangle(4.0, 3.0);
        assert_eq!(
            copy.fill_from_rgba((4, 3), &rgba, &quad, 4, 3),
            Some(&rgba[..])
        );
        let half = copy.fill_from_rgba((4, 3), &rgba, &quad, 2, 1).unwrap();
        assert!(
            half.chunks_exact(4)
                .all(|it| it[2] == 200 && it[3] == 255 && it[1] == it[0] + 100)
        );
        assert_eq!(copy.fill_from_rgba((4, 4), &rgba, &quad, 2, 1), None);
    }

    #[test]
    fn the_edge_is_repeated_outside() {
        let luma = Luma::new(2, 1, &[50, 90]).unwrap();
        let wide = corners([(-2.0, -1.0), (4.0, -1.0), (4.0, 2.0), (-2.0, 2.0)]);
        let mut copy = Rectified::new();
        let seen = copy.fill_from_luma(&luma, &wide, 6, 3).unwrap();
        assert!(seen.rows().all(|row| row == [50, 50, 50, 90, 90, 90]));
    }

    #[test]
    fn nonsense_gives_nothing_and_no_panic() {
        let luma = Luma::new(2, 1, &[50, 90]).unwrap();
        let mut copy = Rectified::new();
        let point = Quad::default();
        assert_eq!(copy.fill_from_luma(&luma, &point, 6, 3), None);
        let whole = Quad::rectangle(2.0, 1.0);
        assert_eq!(copy.fill_from_luma(&luma, &whole, 0, 3), None);
        let absurd = corners([
            (f32::NAN, 0.0),
            (f32::INFINITY, 0.0),
            (1e30, -1e30),
            (0.0, 1.0),
        ]);
        let seen = copy.fill_from_luma(&luma, &absurd, 6, 3);
        assert!(seen.is_none_or(|seen| seen.pixels().len() == 18));
    }

    #[test]
    fn the_buffer_is_reused() {
        let picture = Picture::document(320, 200);
        let whole = Quad::rectangle(320.0, 200.0);
        let mut copy = Rectified::new();
        assert!(
            copy.fill_from_luma(&picture.luma(), &whole, 200, 100)
                .is_some()
        );
        let address = copy.pixels().as_ptr();
        assert!(
            copy.fill_from_luma(&picture.luma(), &whole, 200, 100)
                .is_some()
        );
        assert_eq!(address, copy.pixels().as_ptr());
    }
}

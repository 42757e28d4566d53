//! Reducing by whole factors: the mean of squares of pixels.
//!
//! Quicker than [`scale`](crate::scale), and for looks that need no exact
//! size; what does not fill a square at the right and lower border is left
//! out.

use std::ops::Range;

use vestibule_kernels::pixels;

use crate::geometry::{Quad, floor};
use crate::luma::Luma;

/// A picture reduced by a whole factor, and the buffers to make the next one.
#[derive(Clone, Debug, Default)]
pub struct Reduced {
    factor: usize,
    width_px: usize,
    height_px: usize,
    pixels: Vec<u8>,
    columns: Vec<u16>,
}

impl Reduced {
    /// Reduces `source` by the least factor that brings its longer side to
    /// `long_side_px` or less.
    pub fn fill(&mut self, source: &Luma<'_>, long_side_px: usize) {
        let (width, height) = (source.width_px() as usize, source.height_px() as usize);
        // Sums of columns fit 16 bits up to 257 rows; nobody has such frames.
        let factor = width
            .max(height)
            .div_ceil(long_side_px.max(1))
            .clamp(1, 257);
        self.factor = factor;
        self.width_px = width / factor;
        self.height_px = height / factor;
        self.pixels.clear();
        let used = self.width_px * factor;
        if used == 0 {
            return;
        }
        let area = u32::try_from(factor * factor).unwrap_or(u32::MAX);
        self.columns.resize(used, 0);
        for rows in source.pixels().chunks_exact(width * factor) {
            self.columns.fill(0);
            for row in rows.chunks_exact(width) {
                pixels::add_scaled(&mut self.columns, row, 1);
            }
            self.pixels
                .extend(self.columns.chunks_exact(factor).map(|square| {
                    let sum: u32 = square.iter().map(|sum| u32::from(*sum)).sum();
                    // A mean of bytes is a byte.
                    (sum / area).to_le_bytes()[0]
                }));
        }
    }

    /// How many pixels of the source became one, in each direction.
    #[must_use]
    pub fn factor(&self) -> usize {
        self.factor
    }

    /// Width in pixels.
    #[must_use]
    pub fn width_px(&self) -> usize {
        self.width_px
    }

    /// Height in pixels.
    #[must_use]
    pub fn height_px(&self) -> usize {
        self.height_px
    }

    /// The pixels, row by row.
    #[must_use]
    pub fn pixels(&self) -> &[u8] {
        &self.pixels
    }

    /// For every row, the pixels whose middle is within a convex
    /// quadrilateral, given in pixels of the source.
    pub fn rows_within(&self, quad: &Quad, spans: &mut Vec<Range<usize>>) {
        let shrink = 1.0 / self.factor.max(1) as f32;
        let corners = quad.scaled(shrink, shrink).0;
        spans.clear();
        for y in 0..self.height_px {
            let middle = y as f32 + 0.5;
            let (mut left, mut right) = (f32::MAX, f32::MIN);
            for (index, from) in corners.iter().enumerate() {
                let to = corners[(index + 1) % 4];
                if (from.y <= middle) != (to.y <= middle) {
                    let x = from.x + (middle - from.y) / (to.y - from.y) * (to.x - from.x);
                    left = left.min(x);
                    right = right.max(x);
                }
            }
            let start = floor(left + 0.5).min(self.width_px);
            let end = floor(right + 0.5).min(self.width_px);
            spans.push(start..end.max(start));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geometry::Point;

    fn reduced(width_px: u32, height_px: u32, pixels: &[u8], long_side_px: usize) -> Reduced {
        let mut reduced = Reduced::default();
        reduced.fill(
            &Luma::new(width_px, height_px, pixels).unwrap(),
            long_side_px,
        );
        reduced
    }

    #[test]
    fn halves_are_means_and_the_rest_is_left_out() {
        let half = reduced(
            5,
            3,
            &[0, 10, 100, 100, 9, 20, 30, 100, 104, 9, 9, 9, 9, 9, 9],
            3,
        );
        assert_eq!((half.width_px(), half.height_px()), (2, 1));
        assert_eq!(half.pixels(), &[15, 101]);
    }

    #[test]
    fn a_small_picture_is_copied_and_a_line_is_nothing() {
        assert_eq!(reduced(3, 1, &[1, 2, 3], 10).pixels(), &[1, 2, 3]);
        assert!(reduced(30, 1, &[7; 30], 10).pixels().is_empty());
    }

    #[test]
    fn rows_within_cover_the_area_of_the_quad() {
        let half = reduced(200, 100, &[0; 20_000], 100);
        let quad = Quad(
            [(20.0, 10.0), (180.0, 20.0), (190.0, 80.0), (10.0, 90.0)]
                .map(|(x, y)| Point::new(x, y)),
        );
        let mut spans = Vec::new();
        half.rows_within(&quad, &mut spans);
        let covered: usize = spans.iter().map(Range::len).sum();
        let expected = quad.area() / 4.0;
        assert!(
            (covered as f32 - expected).abs() < 0.01 * expected,
            "{covered}, {expected}"
        );
        half.rows_within(&quad.scaled(9.0, 9.0), &mut spans);
        assert!(spans.iter().all(|span| span.end <= 100));
    }
}

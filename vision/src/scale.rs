//! Shrinking by area averaging.
//!
//! Every source pixel counts by the area of it that falls into a target pixel,
//! so nothing aliases: skipping pixels would make a blurred picture look sharp.
//! Not for enlarging: a picture that is small enough is copied.

use crate::luma::Luma;

/// A smaller copy of a picture, and the buffers to make the next one.
#[derive(Clone, Debug, Default)]
pub struct Shrunk {
    width_px: usize,
    height_px: usize,
    pixels: Vec<u8>,
    /// One source row's worth of vertically summed pixels.
    columns: Vec<u64>,
}

impl Shrunk {
    /// Shrinks `source` until its longer side is at most `long_side_px`.
    pub fn fill(&mut self, source: &Luma<'_>, long_side_px: u32) {
        let (source_width, source_height) = (source.width_px(), source.height_px());
        let long_px = source_width.max(source_height);
        self.pixels.clear();
        if long_px <= long_side_px.max(1) {
            self.width_px = source_width as usize;
            self.height_px = source_height as usize;
            self.pixels.extend_from_slice(source.pixels());
            return;
        }
        self.width_px = scaled(source_width, long_side_px, long_px);
        self.height_px = scaled(source_height, long_side_px, long_px);
        self.average(source);
    }

    /// Width in pixels; 0 before the first picture.
    #[must_use]
    pub fn width_px(&self) -> usize {
        self.width_px
    }

    /// Height in pixels; 0 before the first picture.
    #[must_use]
    pub fn height_px(&self) -> usize {
        self.height_px
    }

    /// The pixels, row by row.
    #[must_use]
    pub fn pixels(&self) -> &[u8] {
        &self.pixels
    }

    /// Separable: first the rows of a target row into `columns`, then those.
    ///
    /// Positions are in units of 1/target pixel, which makes every weight an
    /// exact integer: source pixel `i` covers `i*target .. (i+1)*target`,
    /// target pixel `j` covers `j*source .. (j+1)*source`.
    fn average(&mut self, source: &Luma<'_>) {
        let source_width = source.width_px() as usize;
        let source_height = source.height_px() as usize;
        let (width_px, height_px) = (self.width_px, self.height_px);
        let pixels = source.pixels();
        let area = source_width as u64 * source_height as u64;
        self.columns.resize(source_width, 0);
        for target_y in 0..height_px {
            self.columns.fill(0);
            let (top, bottom) = (target_y * source_height, (target_y + 1) * source_height);
            for y in top / height_px..bottom.div_ceil(height_px) {
                let weight = weight_of(y, height_px, top, bottom);
                let row = &pixels[y * source_width..(y + 1) * source_width];
                for (sum, pixel) in self.columns.iter_mut().zip(row) {
                    *sum += weight * u64::from(*pixel);
                }
            }
            for target_x in 0..width_px {
                let (left, right) = (target_x * source_width, (target_x + 1) * source_width);
                let first = left / width_px;
                let mut sum = area / 2;
                for (offset, column) in self.columns[first..right.div_ceil(width_px)]
                    .iter()
                    .enumerate()
                {
                    let weight = weight_of(first + offset, width_px, left, right);
                    sum += weight * *column;
                }
                // A weighted mean of bytes is a byte.
                self.pixels.push((sum / area).to_le_bytes()[0]);
            }
        }
    }
}

/// How much of source pixel `i` lies between `start` and `end`.
fn weight_of(i: usize, target: usize, start: usize, end: usize) -> u64 {
    (((i + 1) * target).min(end) - (i * target).max(start)) as u64
}

/// `side * to / from`, rounded, at least 1.
fn scaled(side: u32, to: u32, from: u32) -> usize {
    let (side, to, from) = (side as usize, to as usize, from as usize);
    ((side * to + from / 2) / from).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shrunk(width_px: u32, height_px: u32, pixels: &[u8], long_side_px: u32) -> Shrunk {
        let mut shrunk = Shrunk::default();
        shrunk.fill(
            &Luma::new(width_px, height_px, pixels).unwrap(),
            long_side_px,
        );
        shrunk
    }

    #[test]
    fn a_small_picture_is_copied() {
        let small = shrunk(3, 1, &[1, 2, 3], 10);
        assert_eq!(
            (small.width_px(), small.height_px(), small.pixels()),
            (3, 1, &[1, 2, 3][..])
        );
    }

    #[test]
    fn halves_are_means_of_four() {
        let half = shrunk(4, 2, &[0, 10, 100, 100, 20, 30, 100, 104], 2);
        assert_eq!((half.width_px(), half.height_px()), (2, 1));
        assert_eq!(half.pixels(), &[15, 101]);
    }

    #[test]
    fn a_cut_pixel_counts_by_its_area() {
        // Three into two: each target takes one and a half.
        assert_eq!(shrunk(3, 1, &[0, 90, 255], 2).pixels(), &[30, 200]);
    }

    #[test]
    fn uneven_ratios_keep_a_flat_picture_flat() {
        let flat = shrunk(1277, 719, &vec![201; 1277 * 719], 1000);
        assert_eq!((flat.width_px(), flat.height_px()), (1000, 563));
        assert!(flat.pixels().iter().all(|pixel| *pixel == 201));
    }

    #[test]
    fn a_line_one_pixel_high_survives() {
        let line = shrunk(5000, 1, &vec![7; 5000], 1000);
        assert_eq!((line.width_px(), line.height_px()), (1000, 1));
    }

    #[test]
    fn the_buffers_are_reused() {
        let mut shrunk = Shrunk::default();
        let large = vec![9; 400 * 300];
        shrunk.fill(&Luma::new(400, 300, &large).unwrap(), 100);
        let address = shrunk.pixels().as_ptr();
        shrunk.fill(&Luma::new(400, 300, &large).unwrap(), 100);
        assert_eq!(address, shrunk.pixels().as_ptr());
    }
}

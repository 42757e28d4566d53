//! Pictures for the tests, drawn in code.

use crate::luma::Luma;

/// A picture that owns its pixels.
#[derive(Clone)]
pub(crate) struct Picture {
    pub(crate) width_px: u32,
    pub(crate) height_px: u32,
    pub(crate) pixels: Vec<u8>,
}

impl Picture {
    pub(crate) fn luma(&self) -> Luma<'_> {
        Luma::new(self.width_px, self.height_px, &self.pixels).unwrap()
    }

    /// A picture whose pixels are given by their place.
    pub(crate) fn of(width_px: u32, height_px: u32, level: impl Fn(u32, u32) -> f32) -> Self {
        let mut pixels = Vec::with_capacity((width_px * height_px) as usize);
        for y in 0..height_px {
            for x in 0..width_px {
                pixels.push(byte(level(x, y)));
            }
        }
        Self {
            width_px,
            height_px,
            pixels,
        }
    }

    pub(crate) fn flat(width_px: u32, height_px: u32, level: u8) -> Self {
        Self::of(width_px, height_px, |_, _| f32::from(level))
    }

    /// Something like a page of print on a darker table: rows of glyphs made
    /// of bars of varied width, with word spaces.
    pub(crate) fn document(width_px: u32, height_px: u32) -> Self {
        let unit = (width_px / 320).max(1);
        Self::of(width_px, height_px, |x, y| {
            let (column, row) = (x / unit, y / unit);
            let (columns, rows) = (width_px / unit, height_px / unit);
            if !(columns / 6..columns * 5 / 6).contains(&column)
                || !(rows / 6..rows * 5 / 6).contains(&row)
            {
                return 90.0;
            }
            // Glyphs of two by three cells, each two units large.
            let (line, glyph) = (row / 12, column / 6);
            let dice = noise(glyph, line, 7);
            let inked = row % 12 < 6
                && column % 6 < 4
                && !dice.is_multiple_of(5)
                && (dice >> (8 + column % 6 / 2 + 2 * (row % 12 / 2))) & 1 == 1;
            if inked { 50.0 } else { 205.0 }
        })
    }

    /// Every pixel `times` as wide and high.
    pub(crate) fn enlarged(&self, times: usize) -> Self {
        let factor = u32::try_from(times).unwrap();
        let mut pixels = Vec::with_capacity(self.pixels.len() * times * times);
        for row in self.luma().rows() {
            let wide: Vec<u8> = row
                .iter()
                .flat_map(|pixel| std::iter::repeat_n(*pixel, times))
                .collect();
            for _ in 0..times {
                pixels.extend_from_slice(&wide);
            }
        }
        Self {
            width_px: self.width_px * factor,
            height_px: self.height_px * factor,
            pixels,
        }
    }

    /// A Gaussian blur of `radius_px` standard deviation.
    pub(crate) fn blurred(&self, radius_px: f32) -> Self {
        self.convolved(radius_px, true, true)
    }

    /// A blur across only, as by a moved camera.
    pub(crate) fn smeared(&self, radius_px: f32) -> Self {
        self.convolved(radius_px, true, false)
    }

    fn convolved(&self, radius_px: f32, across: bool, along: bool) -> Self {
        let kernel: Vec<f32> = (0_u8..=u8::MAX)
            .map(f32::from)
            .take_while(|away| *away <= 3.0 * radius_px)
            .map(|away| (-away.powi(2) / (2.0 * radius_px * radius_px)).exp())
            .collect();
        let (width, height) = (self.width_px as usize, self.height_px as usize);
        let mut plane: Vec<f32> = self.pixels.iter().map(|pixel| f32::from(*pixel)).collect();
        if across {
            for row in plane.chunks_exact_mut(width) {
                convolve(row, &kernel);
            }
        }
        if along {
            for x in 0..width {
                let mut column: Vec<f32> = (0..height).map(|y| plane[y * width + x]).collect();
                convolve(&mut column, &kernel);
                for (y, value) in column.into_iter().enumerate() {
                    plane[y * width + x] = value;
                }
            }
        }
        Self {
            pixels: plane.into_iter().map(byte).collect(),
            ..*self
        }
    }

    /// Adds noise of about `spread` levels standard deviation.
    pub(crate) fn with_noise(&self, spread: f32) -> Self {
        Self::of(self.width_px, self.height_px, |x, y| {
            let seen = self.pixels[(y * self.width_px + x) as usize];
            // The sum of four even dice has a variance of a third.
            let sum: f32 = (0..4)
                .map(|i| (noise(x, y, i) % 1000) as f32 / 1000.0 - 0.5)
                .sum();
            f32::from(seen) + spread * sum * 3.0_f32.sqrt()
        })
    }

    /// Scales contrast around black.
    pub(crate) fn lit(&self, gain: f32, lift: f32) -> Self {
        Self {
            pixels: self
                .pixels
                .iter()
                .map(|pixel| byte(f32::from(*pixel) * gain + lift))
                .collect(),
            ..*self
        }
    }
}

/// Convolves with a symmetric kernel given from its middle outwards.
fn convolve(line: &mut [f32], kernel: &[f32]) {
    let reach = kernel.len() - 1;
    let (first, last) = (line[0], line[line.len() - 1]);
    let mut padded = vec![first; reach];
    padded.extend_from_slice(line);
    padded.extend(std::iter::repeat_n(last, reach));
    let both: Vec<f32> = kernel[1..].iter().rev().chain(kernel).copied().collect();
    let total: f32 = both.iter().sum();
    for (value, around) in line.iter_mut().zip(padded.windows(both.len())) {
        let sum: f32 = around
            .iter()
            .zip(&both)
            .map(|(seen, weight)| seen * weight)
            .sum();
        *value = sum / total;
    }
}

/// A hash of a place, the same every time.
fn noise(x: u32, y: u32, seed: u32) -> u32 {
    let mut hash = x
        .wrapping_mul(0x9e37_79b1)
        .wrapping_add(y.wrapping_mul(0x85eb_ca77))
        .wrapping_add(seed.wrapping_mul(0xc2b2_ae3d));
    hash ^= hash >> 15;
    hash = hash.wrapping_mul(0x2c1b_3c6d);
    hash ^= hash >> 12;
    hash = hash.wrapping_mul(0x297a_2d39);
    hash ^ (hash >> 15)
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "clamped to a byte first"
)]
fn byte(level: f32) -> u8 {
    level.round().clamp(0.0, 255.0) as u8
}

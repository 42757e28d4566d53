//! Pictures for the tests, drawn in code.

use crate::geometry::{Point, Quad, floor};
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

    /// A document that fills the picture, at 12.5 pixels per millimetre: a
    /// portrait, fields of unequal size, a machine-readable zone, and faint
    /// curved lines behind it all.
    pub(crate) fn sheet(width_px: u32, height_px: u32) -> Self {
        let zone = height_px - 130;
        Self::of(width_px, height_px, |x, y| {
            let wave = ((x as f32 / 9.0 + (y as f32 / 40.0).sin() * 6.0).sin() * 5.0).round();
            let paper = 205.0 + wave;
            let portrait = (60..320).contains(&x) && (90..430).contains(&y);
            if portrait {
                let (dx, dy) = ((x as f32 - 190.0) / 95.0, (y as f32 - 270.0) / 130.0);
                let away = dx.hypot(dy);
                let eyes =
                    (230..250).contains(&y) && ((130..160).contains(&x) || (215..245).contains(&x));
                return match away {
                    _ if eyes => 50.0,
                    away if away < 1.0 => 165.0 - 30.0 * away,
                    away if away < 1.25 && dy < 0.2 => 60.0,
                    _ => 190.0,
                };
            }
            let (top, pitch, stroke) = match y {
                0..60 => return if y > 40 { 120.0 } else { paper },
                _ if y >= zone => (zone, 32, 4),
                _ if x < 360 => return paper,
                60..200 => (60, 24, 3),
                _ => (200, 16, 2),
            };
            let within = (40..width_px - 40).contains(&x);
            let (line, row) = ((y - top) / (pitch * 2), (y - top) % (pitch * 2));
            let (glyph, column) = (x / pitch, x % pitch);
            let dice = noise(glyph, line, pitch);
            let cell = (column / stroke) % 4 + 4 * ((row / stroke) % 4);
            let inked = within
                && row < pitch
                && column < pitch - 2 * stroke
                && !dice.is_multiple_of(4)
                && (dice >> (8 + cell)) & 1 == 1;
            if inked { 45.0 } else { paper }
        })
    }

    /// A table: uneven, with a faint texture.
    pub(crate) fn table(width_px: u32, height_px: u32, level: u8) -> Self {
        Self::of(width_px, height_px, |x, y| {
            let broad = (x as f32 / 170.0).sin() * 9.0 + (y as f32 / 110.0).cos() * 7.0;
            let grain = (noise(x / 3, y / 3, 5) % 7) as f32 - 3.0;
            f32::from(level) + broad + grain
        })
    }

    /// This picture with a sheet on it whose corners are `quad`.
    pub(crate) fn under(&self, sheet: &Self, quad: &Quad) -> Self {
        let back = onto_unit_square(quad);
        let ends = |pick: fn(&Point) -> f32| {
            let all = quad.0.iter().map(pick);
            (
                all.clone().fold(f32::MAX, f32::min),
                all.fold(f32::MIN, f32::max),
            )
        };
        let ((left, right), (top, bottom)) = (ends(|it| it.x), ends(|it| it.y));
        Self::of(self.width_px, self.height_px, |x, y| {
            let seen = f32::from(self.pixels[(y * self.width_px + x) as usize]);
            let off = |part: f32, least: f32, most: f32| part + 2.0 < least || part > most + 2.0;
            if off(x as f32, left, right) || off(y as f32, top, bottom) {
                return seen;
            }
            // Four looks per pixel, so that little aliases.
            let mut sum = 0.0;
            for (dx, dy) in [(0.25, 0.25), (0.75, 0.25), (0.25, 0.75), (0.75, 0.75)] {
                let (u, v) = back(x as f32 + dx, y as f32 + dy);
                sum += if (0.0..1.0).contains(&u) && (0.0..1.0).contains(&v) {
                    sheet.between(u * sheet.width_px as f32, v * sheet.height_px as f32)
                } else {
                    seen
                };
            }
            sum / 4.0
        })
    }

    /// The level at a place between pixels.
    fn between(&self, x: f32, y: f32) -> f32 {
        let (x, y) = ((x - 0.5).max(0.0), (y - 0.5).max(0.0));
        let (left, top) = (floor(x), floor(y));
        let (width, height) = (self.width_px as usize, self.height_px as usize);
        let at = |x: usize, y: usize| {
            f32::from(self.pixels[y.min(height - 1) * width + x.min(width - 1)])
        };
        let (right, down) = (x - left as f32, y - top as f32);
        let above = at(left, top) * (1.0 - right) + at(left + 1, top) * right;
        let below = at(left, top + 1) * (1.0 - right) + at(left + 1, top + 1) * right;
        above * (1.0 - down) + below * down
    }

    /// A lamp's reflection: light that falls off like a bell around a place.
    pub(crate) fn with_glare(&self, at: Point, radius_px: f32, light: f32) -> Self {
        self.repainted(|place, level| {
            let away = place.distance(at) / radius_px;
            level + light * (-away * away / 2.0).exp()
        })
    }

    /// A shadow to the right of a slanting line, soft over a few pixels.
    pub(crate) fn with_shadow(&self, from_x: f32, strength: f32) -> Self {
        self.repainted(|place, level| {
            let depth = ((place.x + 0.3 * place.y - from_x) / 12.0).clamp(0.0, 1.0);
            level * (1.0 - strength * depth)
        })
    }

    /// A finger: a capsule of skin from one place to another.
    pub(crate) fn with_finger(&self, from: Point, to: Point, width_px: f32) -> Self {
        self.repainted(|place, level| {
            let (dx, dy) = (to.x - from.x, to.y - from.y);
            let along = ((place.x - from.x) * dx + (place.y - from.y) * dy) / (dx * dx + dy * dy);
            let away = place.distance(from.towards(to, along.clamp(0.0, 1.0))) * 2.0 / width_px;
            if away < 1.0 {
                150.0 - 35.0 * away * away
            } else {
                level
            }
        })
    }

    fn repainted(&self, level: impl Fn(Point, f32) -> f32) -> Self {
        Self::of(self.width_px, self.height_px, |x, y| {
            let seen = f32::from(self.pixels[(y * self.width_px + x) as usize]);
            level(Point::new(x as f32 + 0.5, y as f32 + 0.5), seen)
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

/// The corners of a document of this aspect, held before the middle of a frame
/// of 1280 by 720 pixels: pitched, yawed, then turned in the frame; `focal` in
/// longer sides of the frame.
pub(crate) fn held(aspect: f32, pitch_deg: f32, yaw_deg: f32, turn_deg: f32, focal: f32) -> Quad {
    let (pitch, yaw, turn) = (
        pitch_deg.to_radians(),
        yaw_deg.to_radians(),
        turn_deg.to_radians(),
    );
    Quad(
        [(-1.0, -1.0), (1.0, -1.0), (1.0, 1.0), (-1.0, 1.0)].map(|(x, y): (f32, f32)| {
            let (x, y) = (x * aspect, y);
            let (x, y) = (
                x * turn.cos() - y * turn.sin(),
                x * turn.sin() + y * turn.cos(),
            );
            let (y, z) = (y * pitch.cos(), y * pitch.sin());
            let (x, z) = (x * yaw.cos() + z * yaw.sin(), z * yaw.cos() - x * yaw.sin());
            // Far enough that its height is 0.4 of the frame's longer side.
            let away = 2.0 * focal / 0.4 + z;
            Point::new(
                640.0 + 1280.0 * focal * x / away,
                360.0 + 1280.0 * focal * y / away,
            )
        }),
    )
}

/// The way back of [`Perspective`](crate::geometry::Perspective), by the adjugate of its matrix, which is
/// found from where it takes four points.
fn onto_unit_square(quad: &Quad) -> impl Fn(f32, f32) -> (f32, f32) + use<> {
    let [p0, p1, p2, p3] = quad.0.map(|it| (f64::from(it.x), f64::from(it.y)));
    let (dx1, dy1) = (p1.0 - p2.0, p1.1 - p2.1);
    let (dx2, dy2) = (p3.0 - p2.0, p3.1 - p2.1);
    let (sx, sy) = (p0.0 - p1.0 + p2.0 - p3.0, p0.1 - p1.1 + p2.1 - p3.1);
    let cross = dx1 * dy2 - dy1 * dx2;
    let (g, h) = ((sx * dy2 - sy * dx2) / cross, (dx1 * sy - dy1 * sx) / cross);
    let (a, b, c) = (p1.0 - p0.0 + g * p1.0, p3.0 - p0.0 + h * p3.0, p0.0);
    let (d, e, f) = (p1.1 - p0.1 + g * p1.1, p3.1 - p0.1 + h * p3.1, p0.1);
    let back = [
        [e - f * h, c * h - b, b * f - c * e],
        [f * g - d, a - c * g, c * d - a * f],
        [d * h - e * g, b * g - a * h, a * e - b * d],
    ];
    move |x, y| {
        let [u, v, w] = back.map(|row| row[0] * f64::from(x) + row[1] * f64::from(y) + row[2]);
        #[expect(clippy::cast_possible_truncation, reason = "shares of a sheet")]
        ((u / w) as f32, (v / w) as f32)
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

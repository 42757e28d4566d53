//! Strips: one line of text, straightened, with even contrast.
//!
//! Must do exactly what `vision/train/mrz_strips.py` does to the pictures that
//! the network learns from.
//! Not for finding lines: that is in [`bands`](super::bands).

use crate::geometry::Point;
use crate::luma::Luma;
use crate::rectify::neighbours;

/// Height of a strip in pixels.
pub(super) const HEIGHT: usize = 24;
/// Height of a capital in a strip, in pixels.
pub(super) const CAPITAL: f32 = 15.0;
/// Distance from character to character in a strip, in pixels.
pub(super) const PITCH: f32 = 16.0;
/// Half the width of the window that contrast is evened in, in pixels.
const WINDOW: usize = 32;
/// Added to the standard deviation, in levels, so that bare paper stays even.
const FLOOR: f32 = 6.0;

/// A picture and its halves, quarters and so on.
#[derive(Default)]
pub(super) struct Pyramid {
    /// Level 1 and further; each half as wide and high as the one before.
    smaller: Vec<Level>,
    used: usize,
}

#[derive(Default)]
struct Level {
    width: usize,
    height: usize,
    pixels: Vec<u8>,
}

/// One level of a pyramid, or any other picture.
#[derive(Clone, Copy)]
pub(super) struct View<'a> {
    pub(super) width: usize,
    pub(super) height: usize,
    pub(super) pixels: &'a [u8],
}

impl<'a> View<'a> {
    pub(super) fn of(luma: &Luma<'a>) -> Self {
        Self {
            width: luma.width_px() as usize,
            height: luma.height_px() as usize,
            pixels: luma.pixels(),
        }
    }

    /// The level between pixels; the edge repeated outside.
    pub(super) fn at(&self, x: f32, y: f32) -> f32 {
        let (left, right, across) = neighbours(x, self.width);
        let (top, bottom, down) = neighbours(y, self.height);
        let row = |y: usize| &self.pixels[y * self.width..(y + 1) * self.width];
        let (above, below) = (row(top), row(bottom));
        let mix = |row: &[u8]| {
            let from = f32::from(row[left]);
            from + across * (f32::from(row[right]) - from)
        };
        let (above, below) = (mix(above), mix(below));
        above + down * (below - above)
    }
}

impl Pyramid {
    /// Halves a picture until its longer side is at most `long_side`.
    pub(super) fn fill(&mut self, luma: &Luma<'_>, long_side: usize) {
        self.used = 0;
        loop {
            let source = self.level(luma, self.used);
            let (width, height) = (source.width / 2, source.height / 2);
            if source.width.max(source.height) <= long_side || width == 0 || height == 0 {
                return;
            }
            let (finer, coarser) = self.smaller.split_at_mut(self.used);
            let source = finer.last().map_or(View::of(luma), Level::view);
            let mut fresh = Level::default();
            let target = coarser.first_mut().unwrap_or(&mut fresh);
            target.halve(&source);
            if !fresh.pixels.is_empty() {
                self.smaller.push(fresh);
            }
            self.used += 1;
        }
    }

    /// How many times the picture was halved.
    pub(super) fn depth(&self) -> usize {
        self.used
    }

    /// The picture halved `depth` times.
    pub(super) fn level<'a>(&'a self, luma: &Luma<'a>, depth: usize) -> View<'a> {
        match depth.checked_sub(1) {
            Some(index) => self.smaller[index].view(),
            None => View::of(luma),
        }
    }
}

impl Level {
    fn view(&self) -> View<'_> {
        View {
            width: self.width,
            height: self.height,
            pixels: &self.pixels,
        }
    }

    /// Means of two by two pixels; an odd last row or column is dropped.
    fn halve(&mut self, source: &View<'_>) {
        (self.width, self.height) = (source.width / 2, source.height / 2);
        self.pixels.clear();
        for rows in source.pixels.chunks_exact(2 * source.width) {
            let (above, below) = rows.split_at(source.width);
            let pairs = above
                .as_chunks::<2>()
                .0
                .iter()
                .zip(below.as_chunks::<2>().0);
            self.pixels.extend(pairs.map(|([a, b], [c, d])| {
                let sum = u16::from(*a) + u16::from(*b) + u16::from(*c) + u16::from(*d) + 2;
                // A quarter of four bytes is a byte.
                (sum / 4).to_le_bytes()[0]
            }));
        }
    }
}

/// Where a line of text runs in the picture: the middle of its capitals.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Curve {
    /// The abscissa that the polynomial is around, in pixels.
    pub(super) origin: f32,
    /// `y` over `x - origin`: constant, slope and bend.
    pub(super) middle: [f32; 3],
}

impl Curve {
    pub(super) fn y(&self, x: f32) -> f32 {
        let [constant, slope, bend] = self.middle;
        let t = x - self.origin;
        constant + t * (slope + t * bend)
    }

    pub(super) fn slope(&self, x: f32) -> f32 {
        self.middle[1] + 2.0 * self.middle[2] * (x - self.origin)
    }

    /// The curve `distance` pixels below, measured across the line.
    pub(super) fn shifted(&self, distance: f32) -> Self {
        let mut moved = *self;
        moved.middle[0] += distance * self.middle[1].hypot(1.0);
        moved
    }
}

/// A column of a strip: where its middle is in the picture, and the step from
/// one of its pixels to the next below.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Station {
    pub(super) middle: Point,
    pub(super) down: Point,
}

impl Station {
    /// Across a curve at `x`, for capitals of this height in the picture.
    pub(super) fn on(curve: &Curve, x: f32, capital: f32) -> Self {
        let slope = curve.slope(x);
        let step = capital / CAPITAL / slope.hypot(1.0);
        Self {
            middle: Point::new(x, curve.y(x)),
            down: Point::new(-slope * step, step),
        }
    }
}

/// A strip of contrast-normalised levels, row by row.
#[derive(Default)]
pub(super) struct Strip {
    width: usize,
    values: Vec<f32>,
    sums: Vec<(f32, f32)>,
}

impl Strip {
    pub(super) fn width(&self) -> usize {
        self.width
    }

    pub(super) fn values(&self) -> &[f32] {
        &self.values
    }

    /// Samples a strip along stations in pixels of the picture; `depth` says
    /// how often `level` was halved.
    pub(super) fn sample(&mut self, level: &View<'_>, depth: usize, stations: &[Station]) {
        let scale = (0..depth).fold(1.0, |scale, _| scale * 0.5);
        self.width = stations.len();
        self.values.clear();
        self.values.resize(HEIGHT * self.width, 0.0);
        for (column, station) in stations.iter().enumerate() {
            let next = stations
                .get(column + 1)
                .or_else(|| {
                    column
                        .checked_sub(1)
                        .and_then(|before| stations.get(before))
                })
                .unwrap_or(station);
            let right = (next.middle.x - station.middle.x).abs() * scale;
            let right = if right > 0.0 { right } else { 1.0 };
            let along = station.down.x.hypot(station.down.y) * scale;
            let taps = samples(right.max(along));
            let slope = if station.down.y.abs() > 1e-6 {
                -station.down.x / station.down.y
            } else {
                0.0
            };
            let weight = 1.0 / (taps * taps) as f32;
            for row in 0..HEIGHT {
                let mut sum = 0.0;
                for tap in 0..taps {
                    let v = row as f32 + (tap as f32 + 0.5) / taps as f32 - HEIGHT as f32 / 2.0;
                    let x = (station.middle.x + v * station.down.x) * scale;
                    let y = (station.middle.y + v * station.down.y) * scale;
                    for tap in 0..taps {
                        let u = right * ((tap as f32 + 0.5) / taps as f32 - 0.5);
                        sum += level.at(x + u, y + u * slope);
                    }
                }
                self.values[row * self.width + column] = sum * weight;
            }
        }
        self.normalise();
    }

    /// Subtracts the mean and divides by the deviation of a window around each
    /// column.
    fn normalise(&mut self) {
        let width = self.width;
        if width == 0 {
            return;
        }
        self.sums.clear();
        self.sums.resize(width, (0.0, 0.0));
        for row in self.values.chunks_exact(width) {
            for (sum, value) in self.sums.iter_mut().zip(row) {
                // Around grey, so that squares keep their precision.
                let value = value - 128.0;
                sum.0 += value;
                sum.1 += value * value;
            }
        }
        let mut window = (0.0_f32, 0.0_f32);
        for (sum, square) in &self.sums[..WINDOW.min(width)] {
            window.0 += *sum;
            window.1 += *square;
        }
        for column in 0..width {
            if let Some((sum, square)) = self.sums.get(column + WINDOW) {
                window.0 += *sum;
                window.1 += *square;
            }
            if let Some((sum, square)) = column
                .checked_sub(WINDOW + 1)
                .and_then(|left| self.sums.get(left))
            {
                window.0 -= *sum;
                window.1 -= *square;
            }
            let columns = (column + WINDOW + 1).min(width) - column.saturating_sub(WINDOW);
            let count = (columns * HEIGHT) as f32;
            let mean = window.0 / count;
            let variance = (window.1 / count - mean * mean).max(0.0);
            let (mean, scale) = (mean + 128.0, 1.0 / (variance.sqrt() + FLOOR));
            for row in self.values.chunks_exact_mut(width) {
                row[column] = (row[column] - mean) * scale;
            }
        }
    }
}

/// How many samples per direction keep neighbours within a pixel, as in
/// training; bounded, because the level is chosen to fit.
fn samples(reach: f32) -> usize {
    (1..4)
        .find(|samples| reach <= *samples as f32 + 0.1)
        .unwrap_or(4)
}

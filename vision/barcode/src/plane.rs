//! Brightness between the pixels, and straight lines through points that are
//! partly wrong.
//!
//! Not for scaling or turning whole pictures: whoever reads a symbol samples
//! the picture where it needs it.

use vestibule_vision::{Luma, Point};

/// A picture that can be asked for its brightness anywhere.
#[derive(Clone, Copy)]
pub(crate) struct Plane<'a> {
    pixels: &'a [u8],
    width_px: usize,
    height_px: usize,
}

impl<'a> Plane<'a> {
    pub(crate) fn new(luma: &Luma<'a>) -> Self {
        Self {
            pixels: luma.pixels(),
            width_px: luma.width_px() as usize,
            height_px: luma.height_px() as usize,
        }
    }

    pub(crate) fn width_px(&self) -> usize {
        self.width_px
    }

    pub(crate) fn height_px(&self) -> usize {
        self.height_px
    }

    pub(crate) fn row(&self, y: usize) -> &'a [u8] {
        &self.pixels[y * self.width_px..(y + 1) * self.width_px]
    }

    /// The brightness at a point, bilinear; beyond the border that of the
    /// border.
    pub(crate) fn at(&self, point: Point) -> f32 {
        let (x, right) = split(point.x - 0.5, self.width_px);
        let (y, down) = split(point.y - 0.5, self.height_px);
        let (upper, lower) = (self.row(y), self.row((y + 1).min(self.height_px - 1)));
        let next = (x + 1).min(self.width_px - 1);
        let top = mix(upper[x], upper[next], right);
        let bottom = mix(lower[x], lower[next], right);
        top + (bottom - top) * down
    }
}

fn mix(first: u8, second: u8, share: f32) -> f32 {
    let (first, second) = (f32::from(first), f32::from(second));
    first + (second - first) * share
}

/// The index below a position, within `0..length`, and the share of the next.
fn split(position: f32, length: usize) -> (usize, f32) {
    let index = floor(position).min(length - 1);
    (index, (position - to_f32(index)).clamp(0.0, 1.0))
}

/// The whole part of a number; 0 for what is negative or no number.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "`as` saturates, which is what is wanted"
)]
pub(crate) fn floor(number: f32) -> usize {
    number as usize
}

/// An index or count as a number; counts here are far below 2^24.
#[expect(clippy::cast_precision_loss, reason = "counts below 2^24 are exact")]
pub(crate) fn to_f32(count: usize) -> f32 {
    count as f32
}

/// `y = offset + slope * x`.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Line {
    pub(crate) offset: f32,
    pub(crate) slope: f32,
}

impl Line {
    pub(crate) fn at(self, x: f32) -> f32 {
        self.offset + self.slope * x
    }

    /// The line on which the most weight lies within a tolerance, fitted to
    /// what lies there; nothing without two points.
    ///
    /// Every pair of points proposes one (RANSAC without the dice, as there
    /// are few points). Slopes outside the limits are not lines here.
    pub(crate) fn through(
        points: &[(f32, f32, f32)],
        tolerance: f32,
        slopes: (f32, f32),
    ) -> Option<Self> {
        let mut best: Option<(f32, Self)> = None;
        // At most about 60 x 60 pairs.
        let step = points.len().div_ceil(60).max(1);
        for (index, first) in points.iter().enumerate().step_by(step) {
            for second in points[index + 1..].iter().step_by(step) {
                let run = second.0 - first.0;
                if run == 0.0 {
                    continue;
                }
                let slope = (second.1 - first.1) / run;
                if !(slopes.0..=slopes.1).contains(&slope) {
                    continue;
                }
                let line = Self {
                    offset: first.1 - slope * first.0,
                    slope,
                };
                let weight = line
                    .near(points, tolerance)
                    .map(|(_, _, weight)| *weight)
                    .sum::<f32>();
                if best.is_none_or(|(most, _)| weight > most) {
                    best = Some((weight, line));
                }
            }
        }
        let (_, line) = best?;
        Some(line.fitted(points, tolerance).unwrap_or(line))
    }

    /// The points within a tolerance.
    pub(crate) fn near(
        self,
        points: &[(f32, f32, f32)],
        tolerance: f32,
    ) -> impl Iterator<Item = &(f32, f32, f32)> {
        points
            .iter()
            .filter(move |(x, y, _)| (y - self.at(*x)).abs() <= tolerance)
    }

    /// Least squares over the points within a tolerance.
    fn fitted(self, points: &[(f32, f32, f32)], tolerance: f32) -> Option<Self> {
        let (mut n, mut sx, mut sy) = (0.0, 0.0, 0.0);
        for (x, y, weight) in self.near(points, tolerance) {
            n += weight;
            sx += weight * x;
            sy += weight * y;
        }
        let (mx, my) = (sx / n, sy / n);
        let (mut xx, mut xy) = (0.0, 0.0);
        for (x, y, weight) in self.near(points, tolerance) {
            xx += weight * (x - mx) * (x - mx);
            xy += weight * (x - mx) * (y - my);
        }
        let slope = xy / xx;
        slope.is_finite().then_some(Self {
            offset: my - slope * mx,
            slope,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brightness_is_exact_at_centres_and_a_mean_between() {
        let plane = Plane::new(&Luma::new(2, 2, &[0, 100, 50, 250]).unwrap());
        assert_eq!(plane.at(Point::new(1.5, 0.5)), 100.0);
        assert_eq!(plane.at(Point::new(1.0, 1.0)), 100.0);
        assert_eq!(plane.at(Point::new(-9.0, 99.0)), 50.0);
    }

    #[test]
    fn a_line_passes_by_what_is_wrong() {
        let mut points: Vec<_> = (0..20)
            .map(|x| (x as f32, 3.0 + 0.5 * x as f32, 1.0))
            .collect();
        points[4].1 = 90.0;
        points[9].1 = -20.0;
        let line = Line::through(&points, 0.2, (-1.0, 1.0)).unwrap();
        assert!((line.offset - 3.0).abs() < 1e-3 && (line.slope - 0.5).abs() < 1e-3);
    }
}

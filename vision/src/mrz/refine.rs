//! Measures a row of print finely: its middle line and the height of capitals.
//!
//! Not for finding rows, and not for the pitch: the network's answer gives
//! that.

use super::bands::Band;
use super::strip::{Curve, Station, View};
use crate::geometry::Point;

/// Rows of the profile, over three rough heights of a capital.
const ROWS: usize = 36;
/// Rows per rough height of a capital.
const PER_CAPITAL: f32 = 12.0;
/// Length of a segment with a profile of its own, in heights of a capital.
const SEGMENT: f32 = 6.0;
/// Heights that are tried, in rows.
const LOWEST: usize = 7;
const HIGHEST: usize = 20;
/// Rows above and below that ought to be quiet.
const QUIET: usize = 3;

/// One segment's measurement: where along the row, how far the middle is below
/// the rough one, the height, and how clear it is.
#[derive(Clone, Copy)]
struct Measured {
    t: f32,
    offset: f32,
    height: f32,
    weight: f32,
}

/// Measures a band; all lengths in pixels of the whole picture, of which
/// `level` is the version halved `depth` times.
pub(super) fn refine(view: &View<'_>, depth: usize, band: &Band) -> Band {
    let mut measured = [Measured {
        t: 0.0,
        offset: 0.0,
        height: 0.0,
        weight: 0.0,
    }; 24];
    let length = (band.right - band.left).max(1.0);
    let count = crate::geometry::floor(length / (SEGMENT * band.capital)).clamp(3, measured.len());
    for (index, slot) in measured[..count].iter_mut().enumerate() {
        let share = (index as f32 + 0.5) / count as f32;
        let middle = band.left + share * length;
        let profile = profile(view, depth, band, middle, length / count as f32);
        let (offset, height, weight) = strongest(&profile);
        *slot = Measured {
            t: 2.0 * share - 1.0,
            offset: offset * band.capital / PER_CAPITAL,
            height: height * band.capital / PER_CAPITAL,
            weight,
        };
    }
    let measured = &mut measured[..count];
    let bend = fit(measured, band.capital);
    let capital = typical_height(measured).unwrap_or(band.capital);
    // From shares of half the length to pixels.
    let half = length / 2.0;
    let origin = band.left + half;
    let slope = band.curve.slope(origin);
    let upright = slope.hypot(1.0);
    Band {
        curve: Curve {
            origin,
            middle: [
                band.curve.y(origin) + bend[0] * upright,
                slope + bend[1] * upright / half,
                band.curve.middle[2] + bend[2] * upright / (half * half),
            ],
        },
        capital,
        ..*band
    }
}

/// Mean horizontal gradient by row around a place of the band.
fn profile(view: &View<'_>, depth: usize, band: &Band, middle: f32, length: f32) -> [f32; ROWS] {
    let scale = (0..depth).fold(1.0, |scale, _| scale * 0.5);
    let step = band.capital / PER_CAPITAL;
    let columns = crate::geometry::floor(length / step).max(2);
    let mut sums = [0.0; ROWS];
    let mut before = [0.0; ROWS];
    for column in 0..columns {
        let x = middle - length / 2.0 + column as f32 * step;
        let station = Station::on(
            &band.curve,
            x,
            band.capital * super::strip::CAPITAL / PER_CAPITAL,
        );
        for (row, (sum, before)) in sums.iter_mut().zip(&mut before).enumerate() {
            let v = row as f32 + 0.5 - ROWS as f32 / 2.0;
            let at = Point::new(
                (station.middle.x + v * station.down.x) * scale,
                (station.middle.y + v * station.down.y) * scale,
            );
            let here = view.at(at.x, at.y);
            if column > 0 {
                *sum += (here - *before).abs().min(60.0);
            }
            *before = here;
        }
    }
    sums.map(|sum| sum / columns as f32)
}

/// Offset of the middle, height, and contrast of the clearest bar, in rows.
fn strongest(profile: &[f32; ROWS]) -> (f32, f32, f32) {
    let mut sums = [0.0; ROWS + 1];
    for (index, value) in profile.iter().enumerate() {
        sums[index + 1] = sums[index] + value;
    }
    let mean = |from: usize, to: usize| (sums[to] - sums[from]) / (to - from) as f32;
    let mut best = (0.0, PER_CAPITAL, 0.0);
    let mut most = 0.0;
    for height in LOWEST..=HIGHEST {
        for top in QUIET..=ROWS - QUIET - height {
            let bottom = top + height;
            let outside = mean(top - QUIET, top).max(mean(bottom, bottom + QUIET));
            let inside = mean(top, bottom);
            let contrast = (inside - outside) / (inside + outside + 1.0);
            // The rough middle is trusted a little.
            let offset = (top + bottom) as f32 / 2.0 - ROWS as f32 / 2.0;
            let clear =
                (inside - outside) * (height as f32).sqrt().sqrt() * (1.0 - 0.04 * offset.abs());
            if clear > most {
                most = clear;
                best = (offset, height as f32, contrast.max(0.0));
            }
        }
    }
    best
}

/// A weighted polynomial through the offsets: constant, slope, bend over
/// -1..1; segments far away are left out in the second round.
fn fit(measured: &mut [Measured], capital: f32) -> [f32; 3] {
    let mut line = [0.0; 3];
    for round in 0..3 {
        let (mut n, mut st, mut stt, mut so, mut sto) = (0.0, 0.0, 0.0, 0.0, 0.0);
        for it in measured.iter() {
            n += it.weight;
            st += it.weight * it.t;
            stt += it.weight * it.t * it.t;
            so += it.weight * it.offset;
            sto += it.weight * it.t * it.offset;
        }
        let spread = n * stt - st * st;
        if spread <= 1e-6 {
            break;
        }
        let slope = (n * sto - st * so) / spread;
        let constant = (so - slope * st) / n;
        line = [constant, slope, 0.0];
        if round < 2 {
            for it in measured.iter_mut() {
                let away = (it.offset - constant - slope * it.t).abs();
                it.weight *= 1.0 / (1.0 + (away / (0.12 * capital)).powi(4));
            }
        }
    }
    // A bend, as of a page that does not lie flat: orthogonal to the line over
    // even weights.
    let (mut up, mut down) = (0.0, 1e-6);
    for it in measured.iter() {
        let base = it.t * it.t - 1.0 / 3.0;
        up += it.weight * base * (it.offset - line[0] - line[1] * it.t);
        down += it.weight * base * base;
    }
    if measured.len() >= 5 {
        let bend = up / down;
        [line[0] - bend / 3.0, line[1], bend]
    } else {
        line
    }
}

/// The height that three of ten clear segments exceed: fillers are lower than
/// capitals and must not decide.
fn typical_height(measured: &mut [Measured]) -> Option<f32> {
    measured.sort_by(|a, b| a.height.total_cmp(&b.height));
    let total: f32 = measured.iter().map(|it| it.weight).sum();
    let mut seen = 0.0;
    measured
        .iter()
        .find(|it| {
            seen += it.weight;
            it.weight > 0.0 && seen >= 0.65 * total
        })
        .map(|it| it.height)
}

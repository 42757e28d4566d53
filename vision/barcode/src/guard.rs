//! The start and stop bars: where the left and the right edge of a symbol run,
//! and how wide a module is there.

use crate::codebook::{blur, normalise};
use crate::find::Region;
use crate::plane::{Line, Plane, floor, to_f32};

/// Bars and spaces of the start pattern after two modules of quiet zone, in
/// modules (ISO/IEC 15438, 5.3.2); the first is light.
const START: [usize; 9] = [2, 8, 1, 1, 1, 1, 1, 1, 3];
/// Those of the stop pattern before two modules of quiet zone; the first is
/// dark.
const STOP: [usize; 10] = [7, 1, 1, 3, 1, 1, 1, 2, 1, 2];
/// The quiet zone that is part of the patterns above, in modules.
const QUIET: f32 = 2.0;
/// Correlation from which a pattern may be a guard.
const LIKENESS: f32 = 0.6;
/// Modules across symbols of 1 and of 30 columns.
const MODULES_ACROSS: (f32, f32) = (86.0, 579.0);
/// Modules of a guard with its quiet zone, roughly.
const PATTERN_MODULES: f32 = 19.0;
/// Pixels of a module from which more of them tell nothing new.
const WIDE_PX: f32 = 2.5;
/// Deviations that the best of several hundred places has by chance.
const BY_CHANCE: f32 = 3.5;
/// Narrower modules can't be told from noise.
const NARROWEST_PX: f32 = 1.1;
/// Bands in which an edge is looked for.
const BANDS: usize = 20;
/// Samples per pixel of a profile.
const PER_PX: f32 = 2.0;

/// The left or right edge of a symbol.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Edge {
    /// `u` of the outer edge by `v`, in the region's pixels.
    pub(crate) line: Line,
    /// The width of a module in pixels.
    pub(crate) module: f32,
    /// How many of the bands show it, and how well, 0 to 1.
    pub(crate) score: f32,
}

/// Which edge.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Side {
    Start,
    Stop,
}

/// Brightness across a region, averaged over a band of it.
struct Profile {
    v: f32,
    from: f32,
    samples: Vec<f32>,
}

/// Where a pattern was found.
#[derive(Clone, Copy)]
struct Place {
    u: f32,
    module: f32,
    likeness: f32,
}

/// Finds an edge; modules are of about `module` pixels where that is known.
pub(crate) fn edge(
    plane: &Plane<'_>,
    region: &Region,
    side: Side,
    module: Option<f32>,
) -> Option<Edge> {
    let pattern = pattern(side);
    let widest = module.map_or(2.2 * region.half_width / MODULES_ACROSS.0, |module| {
        module * 1.3
    });
    let narrowest = module.map_or(1.5 * region.half_width / MODULES_ACROSS.1, |module| {
        module / 1.3
    });
    let profiles: Vec<Profile> = (0..BANDS)
        .map(|band| profile(plane, region, side, band))
        .collect();
    // Every fourth band tells the scale, all of them the place.
    let mut best = (0.0, 0.0);
    let mut scale = narrowest.max(NARROWEST_PX);
    while scale <= widest {
        let sum: f32 = profiles
            .iter()
            .skip(2)
            .step_by(4)
            .filter_map(|profile| place(profile, &pattern, side, &[scale]))
            .map(significance)
            .sum();
        if sum > best.0 {
            best = (sum, scale);
        }
        scale *= 1.04;
    }
    if best.0 <= 0.0 {
        return None;
    }
    let scales: [f32; 9] = std::array::from_fn(|index| best.1 * (0.96 + 0.01 * to_f32(index)));
    let places: Vec<(f32, Place)> = profiles
        .iter()
        .filter_map(|profile| Some((profile.v, place(profile, &pattern, side, &scales)?)))
        .filter(|(_, place)| place.likeness >= LIKENESS)
        .collect();
    let points: Vec<_> = places
        .iter()
        .map(|(v, place)| (*v, place.u, place.likeness - LIKENESS / 2.0))
        .collect();
    let tolerance = 0.8 * best.1;
    let line = Line::through(&points, tolerance, (-0.3, 0.3))?;
    let (mut n, mut sum, mut likeness) = (0.0, 0.0, 0.0);
    for (v, place) in &places {
        if (place.u - line.at(*v)).abs() <= tolerance {
            n += 1.0;
            sum += place.module;
            likeness += place.likeness;
        }
    }
    (n >= 3.0).then(|| Edge {
        line,
        module: sum / n,
        score: likeness / to_f32(BANDS),
    })
}

/// How far a match is from what chance finds somewhere along a profile.
///
/// Fisher's transform of a correlation over so many pixels has a deviation of
/// 1; a narrow pattern fits noise more easily than a wide one, until pixels
/// are so many to a module that they say the same.
fn significance(place: Place) -> f32 {
    let pixels = PATTERN_MODULES * place.module.min(WIDE_PX);
    (place.likeness.clamp(0.0, 0.99).atanh() * pixels.sqrt() - BY_CHANCE).max(0.0)
}

/// The pattern twice per module, blurred like a picture.
fn pattern(side: Side) -> Vec<f32> {
    let (widths, mut light) = match side {
        Side::Start => (&START[..], true),
        Side::Stop => (&STOP[..], false),
    };
    let mut samples = Vec::new();
    for &width in widths {
        samples.extend(std::iter::repeat_n(
            if light { 1.0 } else { 0.0 },
            2 * width,
        ));
        light = !light;
    }
    for _ in 0..2 {
        // A bar follows the start pattern; a space precedes the stop pattern.
        blur(
            &mut samples,
            1.0,
            if side == Side::Start { 0.0 } else { 1.0 },
        );
    }
    normalise(&mut samples);
    samples
}

/// The outer part of a region that should hold the edge.
fn profile(plane: &Plane<'_>, region: &Region, side: Side, band: usize) -> Profile {
    let height = 2.0 * region.half_height / to_f32(BANDS);
    let v = (to_f32(band) + 0.5) * height - region.half_height;
    // Faint bars at the end may have been left out of the region.
    let (inner, outer) = (0.35 * region.half_width, 1.45 * region.half_width);
    let from = if side == Side::Start { -outer } else { inner };
    let n = floor((outer - inner) * PER_PX);
    const LINES: usize = 4;
    let samples = (0..n)
        .map(|index| {
            let u = from + to_f32(index) / PER_PX;
            (0..LINES)
                .map(|line| {
                    let share = (to_f32(line) + 0.5) / to_f32(LINES) - 0.5;
                    plane.at(region.at(u, v + share * height))
                })
                .sum::<f32>()
        })
        .collect();
    Profile { v, from, samples }
}

/// Where a profile is most like the pattern.
fn place(profile: &Profile, pattern: &[f32], side: Side, scales: &[f32]) -> Option<Place> {
    let mut best: Option<Place> = None;
    for &module in scales {
        let step = module / 2.0 * PER_PX;
        let reach = floor(to_f32(pattern.len()) * step) + 2;
        for start in 0..profile.samples.len().saturating_sub(reach) {
            let likeness = likeness(&profile.samples[start..], pattern, step);
            if best.is_none_or(|best| likeness > best.likeness) {
                let first = profile.from + to_f32(start) / PER_PX;
                let outer = match side {
                    Side::Start => QUIET * module,
                    Side::Stop => (to_f32(pattern.len()) / 2.0 - QUIET) * module,
                };
                best = Some(Place {
                    u: first + outer,
                    module,
                    likeness,
                });
            }
        }
    }
    best
}

/// The correlation of samples, so many steps apart, with a normalised pattern.
fn likeness(samples: &[f32], pattern: &[f32], step: f32) -> f32 {
    let (mut sum, mut squares, mut product) = (0.0, 0.0, 0.0);
    let mut position = step / 2.0;
    for expected in pattern {
        let index = floor(position);
        let share = position - to_f32(index);
        let sample = samples[index] + (samples[index + 1] - samples[index]) * share;
        sum += sample;
        squares += sample * sample;
        product += sample * expected;
        position += step;
    }
    let variance = squares - sum * sum / to_f32(pattern.len());
    // The pattern has mean 0, so the samples' own mean does not matter.
    product / variance.max(1.0).sqrt()
}

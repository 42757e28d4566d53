//! Glare: spots on a document where a lamp or a window is reflected.
//!
//! A spot is a connected region that is as good as white, from which the
//! brightness falls off gently to something clearly darker. That tells it from
//! white paper, which ends at its own edge, from a white field that is printed,
//! and from paper under uneven light, next to which there is only slightly
//! darker paper. Print does not take part: dark strokes are closed first, by
//! the largest and then the smallest of neighbours (Serra, Image Analysis and
//! Mathematical Morphology, 1982).
//! Only figures; how much is too much is decided in [`judge`](mod@crate::judge).

use std::ops::Range;

use vestibule_kernels::pixels;

use crate::geometry::{Point, Quad};
use crate::reduce::Reduced;

/// At and above this luma, a reflection hides what is under it.
///
/// Paper is put at 150 to 230 by automatic exposure; print that lets 15
/// levels through to the camera is no longer told from noise.
const HOT: u8 = 240;

/// How far outside of a spot the fall is measured, in reduced pixels: near, by
/// when the edge of something printed is over, and far, by when a reflection
/// has fallen as well. A card is about 250 of these pixels long.
const NEAR_PX: isize = 2;
const FAR_PX: isize = 12;

/// Smallest fall between a spot and [`FAR_PX`] away from it, in levels.
const FALL_MIN: u8 = 16;

/// Largest part of the whole fall that has happened at [`NEAR_PX`]: a sixth
/// for an even slope, everything for an edge.
const ABRUPT_SHARE: f32 = 0.8;

/// How much of a spot's border has to fall off gently. A spot in a corner of
/// the document has half of its border there; white paper of which a part is
/// in a soft shadow has three sides of the document and one of the shadow.
const BORDER_SHARE: f32 = 0.4;

/// How far dark strokes are closed, to each side: strokes up to 4 reduced
/// pixels wide go, 1.4 mm of a card.
const CLOSED_PX: usize = 2;

/// Fewer pixels than this are noise.
const SPOT_MIN_PX: usize = 12;

/// What is larger than this share of the document is no spot but paper: lit
/// evenly or, when its print has faded, overexposed. Lamps in drawn clips
/// reach 0.32.
const SPOT_MAX_SHARE: f32 = 0.5;

/// The glare on a document.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Glare {
    /// Share of the document's area that the spots cover, 0 to 1.
    pub share: f32,
    /// The middle of the largest spot, as shares of the document from its
    /// first corner to the second and to the fourth; nothing without spots.
    pub at: Option<Point>,
}

/// Finds glare; keeps its buffers from picture to picture.
#[derive(Clone, Debug, Default)]
pub(crate) struct Finder {
    /// Whether a pixel is still to be visited.
    hot: Vec<bool>,
    waiting: Vec<usize>,
    closed: Vec<u8>,
    spare: Vec<u8>,
}

/// A connected region while it is gathered.
#[derive(Clone, Copy, Default)]
struct Spot {
    n_pixels: usize,
    n_border: usize,
    n_gentle: usize,
    sum_x: usize,
    sum_y: usize,
}

impl Spot {
    fn is_glare(&self, area_px: usize) -> bool {
        self.n_pixels >= SPOT_MIN_PX
            && self.n_gentle as f32 > BORDER_SHARE * self.n_border as f32
            && (self.n_pixels as f32) < SPOT_MAX_SHARE * area_px as f32
    }
}

impl Finder {
    /// Finds the glare in the rows of pixels that are the document.
    pub(crate) fn find(&mut self, picture: &Reduced, quad: &Quad, rows: &[Range<usize>]) -> Glare {
        let width_px = picture.width_px();
        self.close(picture);
        let pixels = &self.closed;
        self.hot.clear();
        self.hot.resize(pixels.len(), false);
        let mut area_px = 0;
        for (y, row) in rows.iter().enumerate() {
            area_px += row.len();
            let (start, end) = (y * width_px + row.start, y * width_px + row.end);
            for (hot, pixel) in self.hot[start..end].iter_mut().zip(&pixels[start..end]) {
                *hot = *pixel >= HOT;
            }
        }
        let (mut n_glaring, mut largest) = (0, Spot::default());
        for (y, row) in rows.iter().enumerate() {
            for x in row.clone() {
                if !self.hot[y * width_px + x] {
                    continue;
                }
                let spot = self.gather(width_px, rows, y * width_px + x);
                if spot.is_glare(area_px) {
                    n_glaring += spot.n_pixels;
                    if spot.n_pixels > largest.n_pixels {
                        largest = spot;
                    }
                }
            }
        }
        if largest.n_pixels == 0 {
            return Glare::default();
        }
        let (count, factor) = (largest.n_pixels as f32, picture.factor() as f32);
        let middle = Point::new(
            (largest.sum_x as f32 / count + 0.5) * factor,
            (largest.sum_y as f32 / count + 0.5) * factor,
        );
        Glare {
            share: n_glaring as f32 / area_px.max(1) as f32,
            at: Some(share_of(quad, middle)),
        }
    }

    /// Fills `closed` with the picture without its dark strokes.
    fn close(&mut self, picture: &Reduced) {
        let width_px = picture.width_px();
        self.closed.clear();
        self.closed.extend_from_slice(picture.pixels());
        self.spare.clear();
        self.spare.extend_from_slice(picture.pixels());
        extreme::<true>(&mut self.closed, &mut self.spare, 1);
        extreme::<true>(&mut self.closed, &mut self.spare, width_px);
        extreme::<false>(&mut self.closed, &mut self.spare, 1);
        extreme::<false>(&mut self.closed, &mut self.spare, width_px);
    }

    /// Takes a whole region out of `hot`, beginning with one of its pixels.
    fn gather(&mut self, width_px: usize, rows: &[Range<usize>], first: usize) -> Spot {
        let pixels = &self.closed;
        let within = |x: usize, y: usize| rows.get(y).is_some_and(|row| row.contains(&x));
        let mut spot = Spot::default();
        self.waiting.clear();
        self.waiting.push(first);
        self.hot[first] = false;
        while let Some(index) = self.waiting.pop() {
            let (x, y) = (index % width_px, index / width_px);
            spot.n_pixels += 1;
            spot.sum_x += x;
            spot.sum_y += y;
            for (dx, dy) in [(1, 0), (-1, 0), (0, 1), (0, -1)] {
                let level = |steps: isize| {
                    let x = x.checked_add_signed(dx * steps)?;
                    let y = y.checked_add_signed(dy * steps)?;
                    within(x, y).then(|| pixels[y * width_px + x])
                };
                let Some(next) = level(1) else {
                    spot.n_border += 1;
                    continue;
                };
                if next >= HOT {
                    let neighbour = index.wrapping_add_signed(dx + dy * width_px.cast_signed());
                    if self.hot[neighbour] {
                        self.hot[neighbour] = false;
                        self.waiting.push(neighbour);
                    }
                    continue;
                }
                if let (Some(near), Some(far)) = (level(NEAR_PX), level(FAR_PX)) {
                    spot.n_border += 1;
                    let near_fall = f32::from(HOT.saturating_sub(near));
                    let far_fall = f32::from(HOT.saturating_sub(far));
                    let gentle = near_fall < ABRUPT_SHARE * far_fall;
                    spot.n_gentle += usize::from(gentle && far <= HOT - FALL_MIN);
                }
            }
        }
        spot
    }
}

/// Replaces every pixel by the largest or smallest of those up to
/// [`CLOSED_PX`] steps before and after it. Rows run into each other at the
/// frame's border, where no document is judged.
fn extreme<const LARGEST: bool>(plane: &mut [u8], spare: &mut [u8], step: usize) {
    let pick: fn(&mut [u8], &[u8]) = if LARGEST {
        pixels::raise
    } else {
        pixels::lower
    };
    spare.copy_from_slice(plane);
    for away in (1..=CLOSED_PX).map(|steps| steps * step) {
        if away >= plane.len() {
            return;
        }
        pick(plane, &spare[away..]);
        pick(&mut plane[away..], spare);
    }
}

/// Where a point of the picture lies on the document, by the distances to the
/// opposite sides: near enough for telling a corner from the middle.
fn share_of(quad: &Quad, point: Point) -> Point {
    let [a, b, c, d] = quad.0;
    let between = |one: (Point, Point), other: (Point, Point)| {
        let (near, far) = (away(one, point), away(other, point));
        (near / (near + far).max(f32::MIN_POSITIVE)).clamp(0.0, 1.0)
    };
    Point::new(between((a, d), (b, c)), between((a, b), (d, c)))
}

/// How far a point is from the straight line through two others.
fn away((from, to): (Point, Point), point: Point) -> f32 {
    let (dx, dy) = (to.x - from.x, to.y - from.y);
    let cross = dx * (point.y - from.y) - dy * (point.x - from.x);
    cross.abs() / dx.hypot(dy).max(f32::MIN_POSITIVE)
}

//! Moves the sides onto the edges that are in the picture.
//!
//! The network's sides are right to a pixel or two of its small picture. Around
//! each of them the working picture is sampled across the side; the line that
//! collects the most contrast, not far from where the network saw it, is taken,
//! and then fitted to the steepest place of each sample.

use vestibule_kernels::pixels::RGBA;

use crate::geometry::{Point, Quad, floor, intersection};

use super::frame::Frame;

/// Samples along a side.
const N_ALONG: usize = 40;

/// Steps across on either side of the network's line.
const REACH: usize = 10;

/// Places across.
const N_ACROSS: usize = 2 * REACH + 1;

/// A step across, as a share of a cell of the network's map: so the reach is a
/// cell and a quarter, about what the network's sides are off.
const STEP_CELLS: f32 = 0.125;

/// The share of a side at each end that is not sampled: rounded corners.
const END_SHARE: f32 = 0.06;

/// How much contrast a line must collect against the middle one to be taken
/// from the very end of the reach; in between in proportion to the square.
const FAR_PENALTY: f32 = 0.45;

/// A side whose line has less than this mean contrast stays as it is, in levels
/// of a channel between neighbouring steps.
const MIN_CONTRAST: f32 = 2.0;

/// Finds edges near sides, with buffers that are kept.
#[derive(Clone, Debug)]
pub(crate) struct Refiner {
    contrasts: [[f32; N_ACROSS]; N_ALONG],
}

impl Default for Refiner {
    fn default() -> Self {
        Self {
            contrasts: [[0.0; N_ACROSS]; N_ALONG],
        }
    }
}

impl Refiner {
    /// The quadrilateral on the edges of the picture; `cell_px` is the size of
    /// a cell of the network's map in pixels of the frame.
    pub(crate) fn refine(&mut self, frame: &Frame, quad: &Quad, cell_px: f32) -> Quad {
        let step_px = (STEP_CELLS * cell_px).max(0.5);
        let lines: [(Point, Point); 4] = std::array::from_fn(|side| {
            let (from, to) = (quad.0[side], quad.0[(side + 1) % 4]);
            self.line(frame, from, to, step_px).unwrap_or((from, to))
        });
        let mut corners = quad.0;
        for (index, corner) in corners.iter_mut().enumerate() {
            match intersection(lines[(index + 3) % 4], lines[index]) {
                Some(meeting) => *corner = meeting,
                None => return *quad,
            }
        }
        let refined = Quad(corners);
        let reach_px = 2.5 * REACH as f32 * step_px;
        if refined.is_convex() && refined.farthest_corner(quad) <= reach_px {
            refined
        } else {
            *quad
        }
    }

    fn line(
        &mut self,
        frame: &Frame,
        from: Point,
        to: Point,
        step_px: f32,
    ) -> Option<(Point, Point)> {
        let length = from.distance(to);
        if length < 8.0 * step_px {
            return None;
        }
        // Outwards, of a clockwise quadrilateral.
        let (nx, ny) = ((to.y - from.y) / length, -(to.x - from.x) / length);
        let n_inside = self.sample(frame, from, to, (nx * step_px, ny * step_px));
        if n_inside < N_ALONG / 3 {
            return None;
        }
        let (start, end) = self.strongest()?;
        let (start, end) = self.polished(start, end);
        let moved = |point: Point, steps: f32| {
            Point::new(
                point.x + nx * step_px * steps,
                point.y + ny * step_px * steps,
            )
        };
        Some((moved(from, start), moved(to, end)))
    }

    /// Contrast at each place; how many samples are in the frame.
    fn sample(&mut self, frame: &Frame, from: Point, to: Point, step: (f32, f32)) -> usize {
        let mut n_inside = 0;
        for (index, contrasts) in self.contrasts.iter_mut().enumerate() {
            let centre = from.towards(to, share_along(index));
            let place =
                |steps: f32| Point::new(centre.x + step.0 * steps, centre.y + step.1 * steps);
            contrasts.fill(0.0);
            let reach = REACH as f32 + 1.0;
            if !is_inside(frame, place(-reach)) || !is_inside(frame, place(reach)) {
                continue;
            }
            n_inside += 1;
            let mut before = pixel(frame, place(-reach));
            let mut here = pixel(frame, place(1.0 - reach));
            for (across, contrast) in contrasts.iter_mut().enumerate() {
                let after = pixel(frame, place(across as f32 + 2.0 - reach));
                let mut sum = 0.0;
                for channel in 0..3 {
                    sum += (after[channel] - before[channel]).abs();
                }
                // The root keeps one hard line of print from outweighing a
                // whole faint edge.
                *contrast = sum.sqrt();
                (before, here) = (here, after);
            }
        }
        n_inside
    }

    /// The two ends, in steps, of the line that collects the most.
    fn strongest(&self) -> Option<(f32, f32)> {
        let mut best = (0.0, 0.0, 0.0);
        let reach = REACH as isize;
        for start in -reach..=reach {
            for end in -reach..=reach {
                let (start, end) = (start as f32, end as f32);
                let mut sum = 0.0;
                for (index, contrasts) in self.contrasts.iter().enumerate() {
                    let across = start + (end - start) * share_along(index);
                    sum += contrasts[place_of(across)];
                }
                let far = (start * start + end * end) / (2 * REACH * REACH) as f32;
                let score = sum * (1.0 - FAR_PENALTY * far);
                if score > best.0 {
                    best = (score, start, end);
                }
            }
        }
        let (score, start, end) = best;
        (score > MIN_CONTRAST.sqrt() * N_ALONG as f32).then_some((start, end))
    }

    /// The line through the steepest places near it, weighted by how steep.
    fn polished(&self, start: f32, end: f32) -> (f32, f32) {
        let mut sums = [0.0_f32; 5];
        for (index, contrasts) in self.contrasts.iter().enumerate() {
            let along = share_along(index);
            let middle = place_of(start + (end - start) * along);
            let low = middle.saturating_sub(2);
            let window = &contrasts[low..(middle + 3).min(N_ACROSS)];
            let (mut weight, mut moment) = (0.0, 0.0);
            for (offset, contrast) in window.iter().enumerate() {
                // Squared again, so that the peak counts and not its skirts.
                let mass = contrast * contrast;
                weight += mass;
                moment += mass * (low + offset) as f32;
            }
            if weight <= 1.0 {
                continue;
            }
            let across = moment / weight - REACH as f32;
            let weight = weight.sqrt();
            for (sum, term) in
                sums.iter_mut()
                    .zip([1.0, along, along * along, across, along * across])
            {
                *sum += weight * term;
            }
        }
        let [n, x, xx, y, xy] = sums;
        let spread = n * xx - x * x;
        if spread <= 1e-3 * n * n {
            return (start, end);
        }
        let slope = (n * xy - x * y) / spread;
        let offset = (y - slope * x) / n;
        (offset, offset + slope)
    }
}

/// Where sample `index` is between a side's ends, 0 to 1.
fn share_along(index: usize) -> f32 {
    END_SHARE + (1.0 - 2.0 * END_SHARE) * (index as f32 + 0.5) / N_ALONG as f32
}

/// The nearest place to so many steps across.
fn place_of(across: f32) -> usize {
    floor(across + REACH as f32 + 0.5).min(N_ACROSS - 1)
}

fn is_inside(frame: &Frame, point: Point) -> bool {
    point.x >= 0.5
        && point.y >= 0.5
        && point.x < frame.width as f32 - 1.0
        && point.y < frame.height as f32 - 1.0
}

/// Red, green and blue between four pixels; the point has to be inside.
fn pixel(frame: &Frame, point: Point) -> [f32; 3] {
    let (x, y) = (point.x - 0.5, point.y - 0.5);
    let (left, top) = (floor(x), floor(y));
    let (right, below) = (x - left as f32, y - top as f32);
    let row = frame.width * RGBA;
    let upper = &frame.rgba[top * row + left * RGBA..][..RGBA + 3];
    let lower = &frame.rgba[(top + 1) * row + left * RGBA..][..RGBA + 3];
    std::array::from_fn(|channel| {
        let (a, b) = (f32::from(upper[channel]), f32::from(upper[channel + RGBA]));
        let (c, d) = (f32::from(lower[channel]), f32::from(lower[channel + RGBA]));
        let (high, low) = (a + right * (b - a), c + right * (d - c));
        high + below * (low - high)
    })
}

//! Finds straight rows of dense print: candidates for lines of the zone.
//!
//! A line of the zone is a long, straight bar of strong horizontal gradients
//! between two quiet bars. That is looked for at several heights with box
//! means, and the places found are gathered by a Hough transform over slope
//! and height in the picture.
//! Not for deciding what is a zone: the network does.

use super::candidate::is_within;
use super::strip::{Curve, View};
use crate::geometry::{Point, Quad};

/// Size of a cell of the gradient grid, in pixels.
const CELL_WIDTH: usize = 4;
const CELL_HEIGHT: usize = 2;
/// Heights of capitals that are looked for, in cells: 8 to 32 pixels.
const HEIGHTS: [usize; 5] = [4, 6, 8, 11, 16];
/// Slopes that are looked for: up to 0.22, which is 12 degrees.
const SLOPES: usize = 37;
const SLOPE_STEP: f32 = 0.0125;
/// How much more gradient inside than outside: (in - out) / (in + out).
const CONTRAST: f32 = 0.22;
/// Gradient per pixel, in levels, that counts as nothing: camera noise.
const NOISE: f32 = 2.5;
/// Gradients are cut at this, in levels, so that one edge is not a text.
const STRONGEST: u8 = 60;
/// Columns of cells from one place that is looked at to the next.
const COLUMN_STEP: usize = 2;
/// The most candidates that are given.
const MOST: usize = 20;
/// Shortest row, in heights of a capital: half of the shortest zone line.
const SHORTEST: f32 = 14.0;
/// Longest gap within a row, in heights of a capital.
const GAP: f32 = 4.0;

/// A straight row of print, in pixels of the picture it was found in.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Band {
    pub(super) curve: Curve,
    pub(super) left: f32,
    pub(super) right: f32,
    /// Rough height of a capital.
    pub(super) capital: f32,
}

#[derive(Clone, Copy)]
struct Mark {
    x: f32,
    y: f32,
    height: usize,
    weight: f32,
}

/// The finder and its buffers.
#[derive(Default)]
pub(super) struct Finder {
    grid_width: usize,
    grid_height: usize,
    /// Sums of gradients above and left of each cell.
    sums: Vec<u32>,
    column: Vec<f32>,
    marks: Vec<Mark>,
    votes: Vec<f32>,
    bins: [usize; HEIGHTS.len()],
    run: Vec<Mark>,
}

impl Finder {
    /// Fills `bands` with rows of print, the strongest first, in all of the
    /// picture or in a clockwise convex area of it.
    pub(super) fn find(&mut self, view: &View<'_>, area: Option<&Quad>, bands: &mut Vec<Band>) {
        bands.clear();
        self.gradients(view);
        self.mark();
        if let Some(area) = area {
            self.marks
                .retain(|mark| is_within(Point::new(mark.x, mark.y), area));
        }
        let middle = view.width as f32 / 2.0;
        self.vote(middle, view.height as f32);
        for _ in 0..2 * MOST {
            let Some(line) = self.strongest(middle) else {
                return;
            };
            let band = self.follow(line, middle);
            if let Some(band) = band {
                bands.push(band);
                if bands.len() == MOST {
                    return;
                }
            }
        }
    }

    /// Sums of |dx| over cells, as an integral image.
    fn gradients(&mut self, view: &View<'_>) {
        self.grid_width = view.width.saturating_sub(1) / CELL_WIDTH;
        self.grid_height = view.height / CELL_HEIGHT;
        let stride = self.grid_width + 1;
        self.sums.clear();
        self.sums.resize(stride * (self.grid_height + 1), 0);
        for (y, rows) in view
            .pixels
            .chunks_exact(CELL_HEIGHT * view.width)
            .enumerate()
        {
            let (before, here) = self.sums.split_at_mut((y + 1) * stride);
            let above = &before[y * stride..];
            let here = &mut here[1..stride];
            here.fill(0);
            for row in rows.chunks_exact(view.width) {
                let next = row[1..].as_chunks::<CELL_WIDTH>().0;
                let cells = row.as_chunks::<CELL_WIDTH>().0;
                for (sum, (cell, next)) in here.iter_mut().zip(cells.iter().zip(next)) {
                    *sum += cell
                        .iter()
                        .zip(next)
                        .map(|(a, b)| u32::from(a.abs_diff(*b).min(STRONGEST)))
                        .sum::<u32>();
                }
            }
            let mut row_sum = 0;
            for (sum, above) in here.iter_mut().zip(&above[1..]) {
                row_sum += *sum;
                *sum = row_sum + above;
            }
        }
    }

    /// Mean gradient per pixel in a box of cells; `x` and `y` are clipped.
    fn mean(&self, left: usize, right: usize, top: usize, bottom: usize) -> f32 {
        let stride = self.grid_width + 1;
        let at = |x: usize, y: usize| self.sums[y * stride + x];
        let sum = at(right, bottom)
            .wrapping_add(at(left, top))
            .wrapping_sub(at(right, top))
            .wrapping_sub(at(left, bottom));
        let cells = ((right - left) * (bottom - top)).max(1);
        sum as f32 / (cells * CELL_WIDTH * CELL_HEIGHT) as f32
    }

    /// Marks the places where a bar of print lies between quiet bars.
    fn mark(&mut self) {
        self.marks.clear();
        for (index, height) in HEIGHTS.into_iter().enumerate() {
            // About two characters to each side.
            let reach = height.max(3);
            let quiet = height.div_ceil(2);
            let gap = height.div_ceil(6);
            let margin = quiet + gap;
            if self.grid_height < height + 2 * margin {
                continue;
            }
            let step = (height / 8).max(1);
            let places = (self.grid_height - height - 2 * margin) / step + 1;
            for x in (0..self.grid_width).step_by(COLUMN_STEP) {
                let (left, right) = (
                    x.saturating_sub(reach),
                    (x + reach + 1).min(self.grid_width),
                );
                let mut column = std::mem::take(&mut self.column);
                column.clear();
                column.extend((0..places).map(|place| {
                    let top = place * step + margin;
                    let bottom = top + height;
                    let inside = self.mean(left, right, top, bottom);
                    if inside < NOISE {
                        return 0.0;
                    }
                    let above = self.mean(left, right, top - margin, top - gap);
                    let below = self.mean(left, right, bottom + gap, bottom + margin);
                    let outside = above.max(below);
                    (inside - outside) / (inside + outside + NOISE)
                }));
                let near = (height / (2 * step)).max(1);
                for (place, contrast) in column.iter().enumerate() {
                    if *contrast < CONTRAST {
                        continue;
                    }
                    let around =
                        &column[place.saturating_sub(near)..(place + near + 1).min(places)];
                    if around.iter().any(|other| other > contrast) {
                        continue;
                    }
                    let top = place * step + margin;
                    self.marks.push(Mark {
                        x: ((2 * x + 1) * CELL_WIDTH) as f32 / 2.0,
                        y: ((2 * top + height) * CELL_HEIGHT) as f32 / 2.0,
                        height: index,
                        weight: *contrast,
                    });
                }
                self.column = column;
            }
        }
    }

    /// Where a mark's votes for a slope go.
    fn bin(&self, mark: &Mark, slope: usize, middle: f32) -> Option<usize> {
        let height = pixels(mark.height);
        let at_middle = mark.y - slope_of(slope) * (mark.x - middle);
        let bin = crate::geometry::floor((at_middle / (height / 3.0)).max(0.0));
        let bins = self.bins[mark.height];
        if at_middle < 0.0 || bin >= bins {
            return None;
        }
        let before: usize = self.bins[..mark.height].iter().sum();
        Some((before + bin) * SLOPES + slope)
    }

    fn vote(&mut self, middle: f32, picture_height: f32) {
        self.bins = std::array::from_fn(|index| {
            crate::geometry::floor(picture_height / (pixels(index) / 3.0)) + 1
        });
        let total: usize = self.bins.iter().sum();
        self.votes.clear();
        self.votes.resize(total * SLOPES, 0.0);
        for index in 0..self.marks.len() {
            self.count(index, middle, 1.0);
        }
    }

    /// Adds or takes back the votes of a mark, in heights of a capital, so
    /// that large and small print count alike.
    fn count(&mut self, index: usize, middle: f32, sign: f32) {
        let mark = self.marks[index];
        let weight = sign * mark.weight / pixels(mark.height);
        for slope in 0..SLOPES {
            if let Some(bin) = self.bin(&mark, slope, middle) {
                self.votes[bin] += weight;
            }
        }
    }

    /// Height index, slope and ordinate at the middle of the strongest line.
    fn strongest(&self, middle: f32) -> Option<(usize, f32, f32)> {
        let (mut best, mut most) = (0, 0.0);
        for (index, votes) in self.votes.iter().enumerate() {
            if *votes > most {
                (best, most) = (index, *votes);
            }
        }
        // Votes of a row of the shortest length with hardly enough contrast.
        let cell = (COLUMN_STEP * CELL_WIDTH) as f32;
        if most * cell < SHORTEST * CONTRAST || middle <= 0.0 {
            return None;
        }
        let (mut bin, slope) = (best / SLOPES, best % SLOPES);
        let mut height = 0;
        while height + 1 < HEIGHTS.len() && bin >= self.bins[height] {
            bin -= self.bins[height];
            height += 1;
        }
        Some((
            height,
            slope_of(slope),
            (bin as f32 + 0.5) * pixels(height) / 3.0,
        ))
    }

    /// Gathers the marks on a line into the longest row without gaps, and
    /// takes the votes of all that it explains back.
    fn follow(&mut self, line: (usize, f32, f32), middle: f32) -> Option<Band> {
        let (height, slope, at_middle) = line;
        let capital = pixels(height);
        let mut curve = Curve {
            origin: middle,
            middle: [at_middle, slope, 0.0],
        };
        let mut row = (0.0, 0.0);
        for reach in [0.6, 0.4] {
            let mut run = std::mem::take(&mut self.run);
            run.clear();
            run.extend(self.marks.iter().filter(|mark| {
                mark.height.abs_diff(height) <= 1
                    && mark.weight > 0.0
                    && (mark.y - curve.y(mark.x)).abs() < reach * capital
            }));
            run.sort_by(|a, b| a.x.total_cmp(&b.x));
            let (first, last) = longest(&run, GAP * capital);
            let run_slice = &run[first..last];
            if let (Some(begin), Some(end)) = (run_slice.first(), run_slice.last()) {
                row = (begin.x, end.x);
                fit(run_slice, &mut curve);
            }
            self.run = run;
        }
        let long_enough = row.1 - row.0 >= SHORTEST * capital;
        let mut taken = 0;
        for index in 0..self.marks.len() {
            let mark = self.marks[index];
            let (left, right) = if long_enough {
                (row.0 - capital, row.1 + capital)
            } else {
                (f32::MIN, f32::MAX)
            };
            if mark.weight > 0.0
                && mark.x >= left
                && mark.x <= right
                && (mark.y - curve.y(mark.x)).abs() < 0.8 * capital.max(pixels(mark.height))
            {
                self.count(index, middle, -1.0);
                self.marks[index].weight = 0.0;
                taken += 1;
            }
        }
        if taken == 0 {
            // Rounding left votes that no mark accounts for.
            self.votes.fill(0.0);
        }
        long_enough.then_some(Band {
            curve,
            left: row.0,
            right: row.1,
            capital,
        })
    }
}

fn pixels(height: usize) -> f32 {
    (HEIGHTS[height] * CELL_HEIGHT) as f32
}

fn slope_of(index: usize) -> f32 {
    (index as f32 - (SLOPES / 2) as f32) * SLOPE_STEP
}

/// The part of marks, sorted by abscissa, that spans most without a gap.
fn longest(marks: &[Mark], gap: f32) -> (usize, usize) {
    let (mut best, mut most, mut first) = ((0, 0), 0.0, 0);
    for index in 0..marks.len() {
        if index > 0 && marks[index].x - marks[index - 1].x > gap {
            first = index;
        }
        let span = marks[index].x - marks[first].x;
        if span >= most {
            (best, most) = ((first, index + 1), span);
        }
    }
    best
}

/// Least squares through marks.
fn fit(marks: &[Mark], curve: &mut Curve) {
    let (mut n, mut sx, mut sy, mut sxx, mut sxy) = (0.0, 0.0, 0.0, 0.0, 0.0);
    for mark in marks {
        let (x, y) = (mark.x - curve.origin, mark.y);
        n += mark.weight;
        sx += mark.weight * x;
        sy += mark.weight * y;
        sxx += mark.weight * x * x;
        sxy += mark.weight * x * y;
    }
    let spread = n * sxx - sx * sx;
    if spread > 1.0 {
        let slope = (n * sxy - sx * sy) / spread;
        curve.middle = [(sy - slope * sx) / n, slope, 0.0];
    }
}

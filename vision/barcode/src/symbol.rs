//! From the edges of a symbol to its text: rows, columns, codewords.

use rxing::pdf417::decoder::ec::error_correction;
use vestibule_vision::Point;

use crate::codebook::{Codebook, MODULES, Match, Samples, normalise};
use crate::compaction;
use crate::find::Region;
use crate::guard::Edge;
use crate::plane::{Line, Plane, floor, to_f32};

/// Correlation from which a row indicator is believed.
const LIKENESS: f32 = 0.75;
/// Modules of start, stop and both row indicators.
const FRAME_MODULES: f32 = 69.0;
/// Modules of the stop pattern.
const STOP_MODULES: f32 = 18.0;
/// The middle of a row indicator from the edge of its guard, in modules.
const HALF: f32 = 8.5;

/// A symbol whose edges are known.
pub(crate) struct Symbol<'a> {
    plane: &'a Plane<'a>,
    region: Region,
    start: Edge,
    stop: Edge,
}

/// What the row indicators say: the shape, and where the rows are.
#[derive(Clone, Copy, Debug)]
struct Shape {
    columns: usize,
    rows: usize,
    level: usize,
    /// `v` by row, at the left and the right row indicators.
    left: Line,
    right: Line,
}

/// A codeword of a row indicator column.
#[derive(Clone, Copy)]
struct Indicator {
    v: f32,
    read: Match,
}

impl Indicator {
    fn row(self) -> usize {
        3 * (self.read.value / 30) + self.read.cluster
    }
}

impl<'a> Symbol<'a> {
    pub(crate) fn new(plane: &'a Plane<'a>, region: Region, start: Edge, stop: Edge) -> Self {
        Self {
            plane,
            region,
            start,
            stop,
        }
    }

    /// The text, if it can be read with these looks.
    pub(crate) fn read(&self, book: &Codebook) -> Option<String> {
        let shape = self.shape(book)?;
        for follow in [false, true] {
            let words = self.codewords(book, &shape, follow);
            if let Some(text) = text(words, shape.level) {
                return Some(text);
            }
        }
        None
    }

    fn shape(&self, book: &Codebook) -> Option<Shape> {
        let left = self.indicators(book, self.start.line, self.start.module, 17.0);
        let right = self.indicators(book, self.stop.line, self.stop.module, -STOP_MODULES - 17.0);
        let (left_line, left) = rows(&left, self.start.module);
        let (right_line, right) = rows(&right, self.stop.module);
        // ISO/IEC 15438, 5.11.3: what the indicators of each cluster hold.
        let mut votes = [[0.0; 30]; 3];
        for (indicators, first) in [(&left, 0), (&right, 1)] {
            for indicator in indicators {
                let place = (indicator.read.cluster + 3 - first) % 3;
                votes[place][indicator.read.value % 30] += indicator.read.likeness;
            }
        }
        let [thirds, level_and_rest, columns] = votes.map(|votes| winner(&votes));
        let (left, right) = match (left_line, right_line) {
            (Some(left), Some(right)) => (left, right),
            (Some(line), None) | (None, Some(line)) => (line, line),
            (None, None) => return None,
        };
        let shape = Shape {
            columns: columns? + 1,
            rows: 3 * thirds? + level_and_rest? % 3 + 1,
            level: level_and_rest? / 3,
            left,
            right,
        };
        (shape.level <= 8 && shape.columns * shape.rows <= 928).then_some(shape)
    }

    /// What can be read down a row indicator column, whose outer edge is
    /// `offset` modules from the symbol's.
    fn indicators(&self, book: &Codebook, edge: Line, module: f32, offset: f32) -> Vec<Indicator> {
        let step = (module * 0.6).max(0.7);
        let reach = 1.2 * self.region.half_height;
        let n = floor(2.0 * reach / step);
        let mut found = Vec::new();
        for index in 0..n {
            let v = to_f32(index) * step - reach;
            let u = edge.at(v) + offset * module;
            let samples = self.samples(|modules| self.region.at(u + modules * module, v));
            let read = book.best(&samples);
            if read.likeness >= LIKENESS {
                found.push(Indicator { v, read });
            }
        }
        found
    }

    fn samples(&self, at: impl Fn(f32) -> Point) -> Samples {
        let mut samples: Samples =
            std::array::from_fn(|index| self.plane.at(at((to_f32(index) + 0.5) / 2.0)));
        normalise(&mut samples);
        samples
    }

    /// All codewords, row by row. Columns may be followed, each shifted by a
    /// little against the one before, where the paper is not flat.
    fn codewords(&self, book: &Codebook, shape: &Shape, follow: bool) -> Vec<u32> {
        let grid = Grid::new(self, shape);
        let mut words = vec![0; shape.rows * shape.columns];
        let mut shift = 0.0;
        for column in 0..shape.columns {
            let first = to_f32((column + 2) * MODULES);
            if follow {
                shift = self.followed(book, shape, &grid, first, shift);
            }
            for row in 0..shape.rows {
                let samples = self.cell(&grid, to_f32(row) + 0.5, first + shift);
                let value = book.best_of(row % 3, &samples).value;
                words[row * shape.columns + column] = u32::try_from(value).unwrap_or(0);
            }
        }
        words
    }

    /// The shift in modules at which a column looks most like codewords.
    fn followed(
        &self,
        book: &Codebook,
        shape: &Shape,
        grid: &Grid,
        first: f32,
        before: f32,
    ) -> f32 {
        let mut best = (0.0, before);
        for step in [0.0, -0.3, 0.3, -0.6, 0.6] {
            let shift = before + step;
            let sum: f32 = (0..shape.rows)
                .step_by(2)
                .map(|row| {
                    let samples = self.cell(grid, to_f32(row) + 0.5, first + shift);
                    book.best_of(row % 3, &samples).likeness
                })
                .sum();
            if sum > best.0 {
                best = (sum, shift);
            }
        }
        best.1
    }

    /// The samples of a codeword: the mean of three lines around the middle
    /// of the row.
    fn cell(&self, grid: &Grid, row: f32, first: f32) -> Samples {
        let mut samples: Samples = std::array::from_fn(|index| {
            let module = first + (to_f32(index) + 0.5) / 2.0;
            [-0.22, 0.0, 0.22]
                .iter()
                .map(|offset| self.plane.at(grid.at(row + offset, module)))
                .sum()
        });
        normalise(&mut samples);
        samples
    }
}

/// Where the modules of a symbol are.
struct Grid {
    region: Region,
    start: Line,
    stop: Line,
    left: Line,
    right: Line,
    /// Where the row indicators are, as shares of the way from edge to edge.
    left_share: f32,
    right_share: f32,
    modules: f32,
    bend: f32,
}

impl Grid {
    fn new(symbol: &Symbol<'_>, shape: &Shape) -> Self {
        let modules = to_f32(MODULES * shape.columns) + FRAME_MODULES;
        // Under perspective the near modules are wider; with
        // share = t (1 + q) / (1 + q t) the ratio of widths is (1 + q)^2.
        let bend = (symbol.start.module / symbol.stop.module).sqrt() - 1.0;
        let mut grid = Self {
            region: symbol.region,
            start: symbol.start.line,
            stop: symbol.stop.line,
            left: shape.left,
            right: shape.right,
            left_share: 0.0,
            right_share: 1.0,
            modules,
            bend,
        };
        grid.left_share = grid.share(17.0 + HALF);
        grid.right_share = grid.share(modules - STOP_MODULES - HALF);
        grid
    }

    fn share(&self, module: f32) -> f32 {
        let t = module / self.modules;
        t * (1.0 + self.bend) / (1.0 + self.bend * t)
    }

    fn at(&self, row: f32, module: f32) -> Point {
        let share = self.share(module);
        let (left, right) = (self.left.at(row), self.right.at(row));
        let between = (share - self.left_share) / (self.right_share - self.left_share);
        let v = left + (right - left) * between;
        let (start, stop) = (self.start.at(v), self.stop.at(v));
        self.region.at(start + (stop - start) * share, v)
    }
}

/// The line on which most indicators agree about the rows, and those that do.
///
/// The line gives the upper edge of a row by its number.
fn rows(indicators: &[Indicator], module: f32) -> (Option<Line>, Vec<Indicator>) {
    let points: Vec<_> = indicators
        .iter()
        .map(|indicator| {
            let weight = indicator.read.likeness - LIKENESS / 2.0;
            (to_f32(indicator.row()) + 0.5, indicator.v, weight)
        })
        .collect();
    // Rows are at least 3 modules high by the standard, 2 in the wild.
    let Some(line) = Line::through(&points, 1.8 * module, (1.3 * module, 20.0 * module)) else {
        return (None, Vec::new());
    };
    let agreeing: Vec<Indicator> = indicators
        .iter()
        .filter(|indicator| {
            let expected = line.at(to_f32(indicator.row()) + 0.5);
            (indicator.v - expected).abs() <= 0.7 * line.slope
        })
        .copied()
        .collect();
    (Some(line), agreeing)
}

/// What most voted for; nothing without votes.
fn winner(votes: &[f32; 30]) -> Option<usize> {
    let (winner, most) = votes
        .iter()
        .enumerate()
        .max_by(|first, second| first.1.total_cmp(second.1))?;
    (*most > 0.0).then_some(winner)
}

/// Corrects and decodes.
fn text(mut words: Vec<u32>, level: usize) -> Option<String> {
    let n_correction_words = 2_usize << level;
    if words.len() <= n_correction_words {
        return None;
    }
    let n_correction = u32::try_from(n_correction_words).ok()?;
    let n_wrong = error_correction::decode(&mut words, n_correction, &mut []).ok()?;
    // Two words of correction are left to check with: of noise, less than one
    // in 100 000 passes.
    if 2 * n_wrong + 2 > n_correction_words {
        return None;
    }
    // The first word counts the words of data, itself included.
    let n_data = usize::try_from(*words.first()?).ok()?;
    compaction::text(words.get(1..n_data)?)
}

//! A map: what a layer gives, a grid of cells with some channels each.

use crate::lanes::Eight;

/// Figures in rows of cells, the channels of a cell together.
#[derive(Clone, Debug, Default)]
pub struct Map {
    /// Cells in a row.
    pub width: usize,
    /// Rows.
    pub height: usize,
    /// Figures in a cell.
    pub channels: usize,
    /// All figures; as many as the three sizes multiply to.
    pub cells: Vec<f32>,
}

impl Map {
    /// Takes on a size; what it holds afterwards is to be overwritten.
    pub fn reshape(&mut self, width: usize, height: usize, channels: usize) {
        (self.width, self.height, self.channels) = (width, height, channels);
        self.cells.resize(width * height * channels, 0.0);
    }

    /// The channels of one cell.
    pub fn cell(&self, x: usize, y: usize) -> &[f32] {
        let start = (y * self.width + x) * self.channels;
        &self.cells[start..start + self.channels]
    }

    /// Becomes `source` with so many empty cells around it.
    pub fn pad(&mut self, source: &Self, before: usize, after: usize) {
        let channels = source.channels;
        self.reshape(
            source.width + before + after,
            source.height + before + after,
            channels,
        );
        let (row, inner) = (self.width * channels, source.width * channels);
        for (y, target) in self.cells.chunks_exact_mut(row).enumerate() {
            let inside = y
                .checked_sub(before)
                .and_then(|y| source.cells.chunks_exact(inner).nth(y));
            let Some(line) = inside else {
                target.fill(0.0);
                continue;
            };
            let (left, rest) = target.split_at_mut(before * channels);
            let (middle, right) = rest.split_at_mut(inner);
            left.fill(0.0);
            middle.copy_from_slice(line);
            right.fill(0.0);
        }
    }

    /// Adds another map of the same shape; channels go in eights.
    pub fn add(&mut self, other: &Self) {
        let there = other.cells.as_chunks().0;
        for (here, there) in self.cells.as_chunks_mut().0.iter_mut().zip(there) {
            let mut sum = Eight::new(here);
            sum.add(there);
            sum.store(here);
        }
    }

    /// Adds the same figures to every cell.
    pub fn add_everywhere(&mut self, figures: &[f32]) {
        for cell in self.cells.chunks_exact_mut(self.channels) {
            for (here, figure) in cell.iter_mut().zip(figures) {
                *here += figure;
            }
        }
    }

    /// Adds a map of half the size, each of its cells to four of ours, and
    /// keeps what is above zero; channels go in eights.
    pub fn add_doubled_and_rectify(&mut self, half: &Self) {
        let channels = self.channels;
        let row = self.width * channels;
        for (y, line) in self.cells.chunks_exact_mut(row).enumerate() {
            let start = (y / 2) * half.width * channels;
            let source = &half.cells[start..start + half.width * channels];
            for (x, cell) in line.chunks_exact_mut(channels).enumerate() {
                let there = &source[(x / 2) * channels..][..channels];
                let there = there.as_chunks().0;
                for (here, there) in cell.as_chunks_mut().0.iter_mut().zip(there) {
                    let mut sum = Eight::new(here);
                    sum.add(there);
                    sum.rectify();
                    sum.store(here);
                }
            }
        }
    }

    /// The mean of all cells, as a map of one.
    pub fn mean_into(&self, mean: &mut Self) {
        mean.reshape(1, 1, self.channels);
        mean.cells.fill(0.0);
        mean.add_all_cells_of(self);
        let n_cells = (self.width * self.height) as f32;
        for figure in &mut mean.cells {
            *figure /= n_cells;
        }
    }

    fn add_all_cells_of(&mut self, other: &Self) {
        for cell in other.cells.chunks_exact(other.channels) {
            for (sum, figure) in self.cells.iter_mut().zip(cell) {
                *sum += figure;
            }
        }
    }
}

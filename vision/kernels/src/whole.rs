//! A map in whole numbers, as a convolution wants it.

use crate::Map;
use crate::lanes::{LANES, largest, rounded};

/// The largest number, and with the other sign the smallest.
const LARGEST: f32 = 32_767.0;

/// A map in steps of a part of its largest figure, with empty cells around it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Whole {
    /// Cells in a row.
    pub(crate) width: usize,
    /// Rows.
    pub(crate) height: usize,
    /// All numbers, and one more, so that the last can be read as a pair.
    pub(crate) cells: Vec<i16>,
    /// What 1 stands for.
    pub(crate) step: f32,
}

impl Whole {
    /// Becomes `source` with so many empty cells around it.
    #[inline(never)]
    pub(crate) fn measure(&mut self, source: &Map, before: usize, after: usize) {
        let (eights, rest) = source.cells.as_chunks::<LANES>();
        let most = largest(eights, rest);
        // An empty map is as good in steps of any size.
        let most = if most > 0.0 { most } else { 1.0 };
        self.step = most / LARGEST;
        let times = LARGEST / most;
        self.width = source.width + before + after;
        self.height = source.height + before + after;
        let (row, inner) = (self.width * source.channels, source.width * source.channels);
        self.cells.clear();
        self.cells.resize(row * self.height + 1, 0);
        let lines = self.cells[before * row..].chunks_mut(row.max(1));
        for (target, line) in lines.zip(source.cells.chunks_exact(inner.max(1))) {
            let target = &mut target[before * source.channels..][..inner];
            let (targets, last) = target.as_chunks_mut::<LANES>();
            let (eights, rest) = line.as_chunks::<LANES>();
            for (target, figures) in targets.iter_mut().zip(eights) {
                *target = rounded(figures, times);
            }
            let mut padded = [0.0; LANES];
            padded[..rest.len()].copy_from_slice(rest);
            last.copy_from_slice(&rounded(&padded, times)[..rest.len()]);
        }
    }
}

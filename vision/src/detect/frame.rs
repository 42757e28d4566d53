//! A frame at the sizes that finding works on.
//!
//! The frame is halved until it is small enough to look at its edges, and from
//! there averaged to the few pixels that the network sees.

use crate::geometry::floor;
use vestibule_kernels::Map;
use vestibule_kernels::pixels::{self, RGBA};

/// Pixels that the network sees, about; 208 by 112 of a frame of 16 to 9.
const INPUT_PIXELS: f32 = 23_300.0;

/// The network's input is a multiple of this on each side.
const INPUT_STEP: usize = 16;

/// A longer side from which on a picture is halved before its edges are looked
/// at: below it a pixel of the working picture is less than a permille or two
/// of the document, and reading more costs time.
const HALVED_FROM_PX: usize = 1200;

/// How many rows of bytes a sum of 16 bits has room for.
const MOST_PARTS: u16 = 257;

/// A working copy of a frame.
#[derive(Clone, Debug, Default)]
pub(crate) struct Frame {
    pub(crate) width: usize,
    pub(crate) height: usize,
    pub(crate) rgba: Vec<u8>,
    spare: Vec<u8>,
    /// Sums of the rows that fall into one row of the input.
    columns: Vec<u16>,
    /// The columns that fall into each cell of the input.
    spans: Vec<Span>,
}

/// The most columns that fall into a cell: pictures are below 1,200 pixels, the
/// input is at least 64.
const MOST_COLUMNS: usize = 20;

/// Columns beside each other, and how much of each falls into a cell.
#[derive(Clone, Copy, Debug)]
struct Span {
    first: usize,
    n_columns: usize,
    shares: [f32; MOST_COLUMNS],
}

impl Span {
    fn of(index: usize, step: f32, size: usize) -> Self {
        let mut span = Self {
            first: 0,
            n_columns: 0,
            shares: [0.0; MOST_COLUMNS],
        };
        for ((column, share), target) in covered(index, step, size).zip(&mut span.shares) {
            if span.n_columns == 0 {
                span.first = column;
            }
            *target = share;
            span.n_columns += 1;
        }
        span
    }
}

impl Frame {
    /// Takes in a picture and makes it small; the bytes must fit the size.
    pub(crate) fn fill(&mut self, width: usize, height: usize, rgba: &[u8]) {
        (self.width, self.height) = (width, height);
        if width.max(height) < HALVED_FROM_PX {
            self.rgba.clear();
            self.rgba.extend_from_slice(rgba);
            return;
        }
        self.halve_into_spare(rgba);
        std::mem::swap(&mut self.rgba, &mut self.spare);
        while self.width.max(self.height) >= HALVED_FROM_PX {
            let before = std::mem::take(&mut self.rgba);
            self.halve_into_spare(&before);
            self.rgba = std::mem::replace(&mut self.spare, before);
        }
    }

    /// Means of two by two; an odd last row or column is left out.
    fn halve_into_spare(&mut self, rgba: &[u8]) {
        let row = self.width * RGBA;
        (self.width, self.height) = ((self.width / 2).max(1), (self.height / 2).max(1));
        self.spare.resize(self.width * self.height * RGBA, 0);
        let lines = self.spare.chunks_exact_mut(self.width * RGBA);
        for (target, pair) in lines.zip(rgba.chunks(2 * row)) {
            let (upper, lower) = pair.split_at(row);
            pixels::halve(upper, lower, target);
        }
    }

    /// The size of the network's input for this frame: its shape as nearly as
    /// steps allow.
    pub(crate) fn input_size(&self) -> (usize, usize) {
        let ratio = self.width as f32 / self.height as f32;
        let steps = |length: f32| floor((length / INPUT_STEP as f32).round()).clamp(4, 26);
        (
            steps((INPUT_PIXELS * ratio).sqrt()) * INPUT_STEP,
            steps((INPUT_PIXELS / ratio).sqrt()) * INPUT_STEP,
        )
    }

    /// Averages the frame over the cells of the input: red, green and blue
    /// around zero, as the network was trained (`normalised` in
    /// `vision/train/document.py`).
    pub(crate) fn input(&mut self, input: &mut Map) {
        let (width, height) = self.input_size();
        input.reshape(width, height, 3);
        let row = self.width * RGBA;
        self.columns.resize(row, 0);
        let (x_step, y_step) = (
            self.width as f32 / width as f32,
            self.height as f32 / height as f32,
        );
        self.spans.clear();
        let spans = (0..width).map(|x| Span::of(x, x_step, self.width));
        self.spans.extend(spans);
        // A whole row counts this often: as often as there is room for when all
        // that fall into a row of the input are rounded.
        let parts = ((256.0 - y_step) / y_step).floor();
        for (y, line) in input.cells.chunks_exact_mut(width * 3).enumerate() {
            self.columns.fill(0);
            let mut n_parts = 0;
            for (index, weight) in covered(y, y_step, self.height) {
                let source = &self.rgba[index * row..][..row];
                let times = u16::try_from(floor(parts * weight + 0.5)).unwrap_or(u16::MAX);
                let times = times.min(MOST_PARTS - n_parts);
                n_parts += times;
                pixels::add_scaled(&mut self.columns, source, times);
            }
            let gain = 1.0 / (64.0 * x_step * f32::from(n_parts.max(1)));
            let columns = self.columns.as_chunks::<RGBA>().0;
            let cells = line.as_chunks_mut::<3>().0.iter_mut();
            for (cell, span) in cells.zip(&self.spans) {
                let columns = &columns[span.first..][..span.n_columns];
                let [red, green, blue, _] = pixels::weighed(columns, &span.shares);
                *cell = [red, green, blue].map(|sum| sum * gain - 2.0);
            }
        }
    }
}

/// The source pixels under target pixel `index`, and how much of each.
fn covered(index: usize, step: f32, size: usize) -> impl Iterator<Item = (usize, f32)> {
    let (start, end) = (index as f32 * step, (index + 1) as f32 * step);
    let first = floor(start);
    let last = floor(end.ceil()).min(size);
    (first.min(size - 1)..last).map(move |pixel| {
        let (left, right) = (pixel as f32, (pixel + 1) as f32);
        (pixel, right.min(end) - left.max(start))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filled(width: usize, height: usize, pixel: impl Fn(usize, usize) -> [u8; 4]) -> Frame {
        let rgba: Vec<u8> = (0..width * height)
            .flat_map(|index| pixel(index % width, index / width))
            .collect();
        let mut frame = Frame::default();
        frame.fill(width, height, &rgba);
        frame
    }

    #[test]
    fn a_large_frame_is_halved_and_keeps_its_brightness() {
        let frame = filled(1280, 720, |x, _| {
            [if x % 2 == 0 { 100 } else { 200 }, 7, 9, 255]
        });
        assert_eq!((frame.width, frame.height), (640, 360));
        assert_eq!(frame.rgba[..8], [150, 7, 9, 255, 150, 7, 9, 255]);
        let still = filled(4032, 301, |_, _| [1, 2, 3, 4]);
        assert_eq!((still.width, still.height), (1008, 75));
    }

    #[test]
    fn the_input_has_the_frames_shape_in_steps() {
        for (width, height, input) in [
            (1280, 720, (208, 112)),
            (720, 1280, (112, 208)),
            (640, 480, (176, 128)),
            (900, 900, (160, 160)),
        ] {
            assert_eq!(filled(width, height, |_, _| [0; 4]).input_size(), input);
        }
        let (width, height) = filled(1000, 10, |_, _| [0; 4]).input_size();
        assert!(width <= 26 * 16 && height >= 64);
    }

    #[test]
    fn the_input_is_the_mean_of_what_it_covers() {
        let mut frame = filled(640, 360, |x, _| {
            [if x < 320 { 0 } else { 255 }, 128, 64, 255]
        });
        let mut input = Map::default();
        frame.input(&mut input);
        let (left, right) = (input.cell(3, 50), input.cell(200, 50));
        for (figure, byte) in left.iter().zip([0.0, 128.0, 64.0]) {
            assert!((figure - (byte - 128.0) / 64.0).abs() < 1e-3);
        }
        assert!((right[0] - 127.0 / 64.0).abs() < 1e-3);
    }
}

//! Layers: a convolution over all channels, and one over each channel alone.

use crate::Map;
use crate::lanes::{Eight, LANES};

/// Pixels that are computed together.
const PIXELS: usize = 4;

/// A convolution over all channels, rectified or not.
#[derive(Clone, Debug)]
pub struct Convolution {
    /// The side of the kernel.
    pub kernel: usize,
    /// Cells of the input from one cell of the output to the next.
    pub stride: usize,
    /// Channels of the input.
    pub n_inputs: usize,
    /// Whether what is below zero becomes zero.
    pub is_rectified: bool,
    /// For each eight outputs: for y, x and input in turn, their weights.
    pub weights: Vec<[f32; LANES]>,
    /// For each eight outputs.
    pub biases: Vec<[f32; LANES]>,
}

impl Convolution {
    /// Computes `output` from `input`; `padded` is scratch.
    pub fn run(&self, input: &Map, padded: &mut Map, output: &mut Map) {
        self.run_padded(input, self.padding(), padded, output);
    }

    /// As [`Self::run`], with so many empty cells before and after the input.
    pub fn run_padded(
        &self,
        input: &Map,
        (before, after): (usize, usize),
        padded: &mut Map,
        output: &mut Map,
    ) {
        let width = (input.width + before + after - self.kernel) / self.stride + 1;
        let height = (input.height + before + after - self.kernel) / self.stride + 1;
        output.reshape(width, height, self.biases.len() * LANES);
        if before + after == 0 {
            self.over(input, output);
        } else {
            padded.pad(input, before, after);
            self.over(padded, output);
        }
    }

    /// Odd kernels keep the picture's size, even ones divide it.
    fn padding(&self) -> (usize, usize) {
        if self.kernel.is_multiple_of(2) {
            (0, 0)
        } else {
            (self.kernel / 2, self.kernel / 2)
        }
    }

    fn over(&self, input: &Map, output: &mut Map) {
        let (width, height) = (output.width, output.height);
        if width < PIXELS {
            for y in 0..height {
                for x in 0..width {
                    self.group::<1>(input, output, x, y);
                }
            }
            return;
        }
        for y in 0..height {
            for x in (0..width).step_by(PIXELS) {
                // The last group reaches back over pixels that are done.
                self.group::<PIXELS>(input, output, x.min(width - PIXELS), y);
            }
        }
    }

    /// All channels of `N` pixels beside each other.
    #[inline]
    fn group<const N: usize>(&self, input: &Map, output: &mut Map, x: usize, y: usize) {
        let run = self.kernel * self.n_inputs;
        let row = input.width * self.n_inputs;
        let step = self.stride * self.n_inputs;
        let first = y * self.stride * row + x * step;
        let per_output = self.kernel * run;
        for (eight, (bias, weights)) in self
            .biases
            .iter()
            .zip(self.weights.chunks_exact(per_output))
            .enumerate()
        {
            let mut sums = [Eight::new(bias); N];
            for (dy, weights) in weights.chunks_exact(run).enumerate() {
                let lines: [&[f32]; N] = std::array::from_fn(|n| {
                    &input.cells[first + dy * row + n * step..][..weights.len()]
                });
                for (index, weight) in weights.iter().enumerate() {
                    for (sum, line) in sums.iter_mut().zip(lines) {
                        sum.add_scaled(line[index], weight);
                    }
                }
            }
            for (n, mut sum) in sums.into_iter().enumerate() {
                if self.is_rectified {
                    sum.rectify();
                }
                let start = (y * output.width + x + n) * output.channels + eight * LANES;
                if let Some(target) = output.cells[start..].first_chunk_mut() {
                    sum.store(target);
                }
            }
        }
    }
}

/// The side of a depthwise kernel where nothing else is said.
pub(crate) const SPREAD: usize = 5;

/// A convolution over each channel alone.
#[derive(Clone, Debug)]
pub struct Depthwise<const SIDE: usize = SPREAD, const STRIDE: usize = 1> {
    /// For each eight channels: for y and x in turn, their weights.
    pub weights: Vec<[f32; LANES]>,
    /// For each eight channels.
    pub biases: Vec<[f32; LANES]>,
}

impl<const SIDE: usize, const STRIDE: usize> Depthwise<SIDE, STRIDE> {
    /// Empty cells around the input, so that the picture keeps its size or is
    /// divided by the stride; an odd one is put after it.
    const BEFORE: usize = (SIDE - STRIDE) / 2;
    const AFTER: usize = SIDE - STRIDE - Self::BEFORE;

    /// Computes `output` from `input`, whose sides the stride divides;
    /// `padded` is scratch.
    pub fn run(&self, input: &Map, padded: &mut Map, output: &mut Map) {
        output.reshape(input.width / STRIDE, input.height / STRIDE, input.channels);
        padded.pad(input, Self::BEFORE, Self::AFTER);
        if output.width < PIXELS {
            for y in 0..output.height {
                for x in 0..output.width {
                    self.group::<1>(padded, output, x, y);
                }
            }
            return;
        }
        for y in 0..output.height {
            for x in (0..output.width).step_by(PIXELS) {
                self.group::<PIXELS>(padded, output, x.min(output.width - PIXELS), y);
            }
        }
    }

    #[inline]
    fn group<const N: usize>(&self, input: &Map, output: &mut Map, x: usize, y: usize) {
        let channels = input.channels;
        let row = input.width * channels;
        let first = STRIDE * (y * row + x * channels);
        for (eight, (bias, weights)) in self
            .biases
            .iter()
            .zip(self.weights.chunks_exact(SIDE * SIDE))
            .enumerate()
        {
            let mut sums = [Eight::new(bias); N];
            for (dy, weights) in weights.as_chunks::<SIDE>().0.iter().enumerate() {
                let line = &input.cells[first + dy * row + eight * LANES..];
                for (dx, weight) in weights.iter().enumerate() {
                    for (n, sum) in sums.iter_mut().enumerate() {
                        let values = line[(dx + n * STRIDE) * channels..].first_chunk();
                        if let Some(values) = values {
                            sum.add_products(values, weight);
                        }
                    }
                }
            }
            for (n, sum) in sums.into_iter().enumerate() {
                let start = (y * output.width + x + n) * channels + eight * LANES;
                if let Some(target) = output.cells[start..].first_chunk_mut() {
                    sum.store(target);
                }
            }
        }
    }
}

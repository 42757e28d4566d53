//! Layers: a convolution over all channels, and one over each channel alone.
//!
//! The first multiplies whole numbers, because two products of those are as quick
//! as one of figures: weights are shipped as such, and each map is measured in
//! steps of its largest figure's 32,767th, which is finer than what the weights
//! were rounded to by a factor of 258.

use crate::Map;
use crate::lanes::{Eight, LANES, Wholes};
use crate::whole::Whole;

/// Pixels that are computed together.
const PIXELS: usize = 4;

/// Products that a sum of 32 bits has room for: 2³¹ / (2¹⁵ × 2⁷).
pub(crate) const MOST_PRODUCTS: usize = 511;

/// The columns of the pixels from `x` on; the last one of the row again where it
/// ends.
fn beside(x: usize, width: usize) -> [usize; PIXELS] {
    std::array::from_fn(|n| (x + n).min(width - 1))
}

/// What layers compute in, kept from one to the next.
#[derive(Clone, Debug, Default)]
pub struct Scratch {
    padded: Map,
    whole: Whole,
}

/// A convolution over all channels, rectified or not; of fewer than 512
/// products to a sum.
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
    /// For each eight outputs, and for each row of the kernel: for x and input in
    /// turn, two of these at a time, their weights; 0 where the second is
    /// missing.
    pub weights: Vec<[[i16; 2]; LANES]>,
    /// For each eight outputs: what a weight of 1 stands for.
    pub scales: Vec<[f32; LANES]>,
    /// For each eight outputs.
    pub biases: Vec<[f32; LANES]>,
}

impl Convolution {
    /// Computes `output` from `input`.
    pub fn run(&self, input: &Map, scratch: &mut Scratch, output: &mut Map) {
        self.run_padded(input, self.padding(), scratch, output);
    }

    /// As [`Self::run`], with so many empty cells before and after the input.
    #[inline(never)]
    pub fn run_padded(
        &self,
        input: &Map,
        (before, after): (usize, usize),
        scratch: &mut Scratch,
        output: &mut Map,
    ) {
        scratch.whole.measure(input, before, after);
        let input = &scratch.whole;
        let width = (input.width - self.kernel) / self.stride + 1;
        let height = (input.height - self.kernel) / self.stride + 1;
        output.reshape(width, height, self.biases.len() * LANES);
        for y in 0..height {
            for x in (0..width).step_by(PIXELS) {
                self.group(input, output, beside(x, width), y);
            }
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

    /// All channels of some pixels of a row.
    #[inline]
    fn group(&self, input: &Whole, output: &mut Map, xs: [usize; PIXELS], y: usize) {
        // An odd one reads one number too many, for a weight of zero.
        let n_pairs = (self.kernel * self.n_inputs).div_ceil(2);
        let row = input.width * self.n_inputs;
        let step = self.stride * self.n_inputs;
        let first = y * self.stride * row;
        for (eight, ((bias, scale), weights)) in self
            .biases
            .iter()
            .zip(&self.scales)
            .zip(self.weights.chunks_exact(self.kernel * n_pairs))
            .enumerate()
        {
            let mut sums = [Wholes::default(); PIXELS];
            for (dy, weights) in weights.chunks_exact(n_pairs).enumerate() {
                let lines = xs.map(|x| {
                    let numbers = &input.cells[first + dy * row + x * step..];
                    &numbers.as_chunks().0[..weights.len()]
                });
                Wholes::add_lines(&mut sums, lines, weights);
            }
            for (x, whole) in xs.into_iter().zip(sums) {
                let mut sum = Eight::new(bias);
                sum.add_products(&whole.figures(input.step), scale);
                if self.is_rectified {
                    sum.rectify();
                }
                let start = (y * output.width + x) * output.channels + eight * LANES;
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

    /// Computes `output` from `input`, whose sides the stride divides.
    pub fn run(&self, input: &Map, scratch: &mut Scratch, output: &mut Map) {
        let padded = &mut scratch.padded;
        output.reshape(input.width / STRIDE, input.height / STRIDE, input.channels);
        padded.pad(input, Self::BEFORE, Self::AFTER);
        for y in 0..output.height {
            for x in (0..output.width).step_by(PIXELS) {
                self.group(padded, output, beside(x, output.width), y);
            }
        }
    }

    #[inline]
    fn group(&self, input: &Map, output: &mut Map, xs: [usize; PIXELS], y: usize) {
        let channels = input.channels;
        let row = input.width * channels;
        let first = STRIDE * y * row;
        for (eight, (bias, weights)) in self
            .biases
            .iter()
            .zip(self.weights.chunks_exact(SIDE * SIDE))
            .enumerate()
        {
            let mut sums = [Eight::new(bias); PIXELS];
            for (dy, weights) in weights.as_chunks::<SIDE>().0.iter().enumerate() {
                let line = &input.cells[first + dy * row + eight * LANES..];
                for (dx, weight) in weights.iter().enumerate() {
                    for (x, sum) in xs.iter().zip(&mut sums) {
                        let values = line[(dx + x * STRIDE) * channels..].first_chunk();
                        if let Some(values) = values {
                            sum.add_products(values, weight);
                        }
                    }
                }
            }
            for (x, sum) in xs.into_iter().zip(sums) {
                let start = (y * output.width + x) * channels + eight * LANES;
                if let Some(target) = output.cells[start..].first_chunk_mut() {
                    sum.store(target);
                }
            }
        }
    }
}

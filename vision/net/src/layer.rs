//! Layers: a convolution over all channels, and one over each channel alone.

use crate::Map;
use crate::eight::{Eight, LANES};

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

#[cfg(test)]
mod tests {
    use super::*;

    fn figure(index: usize) -> f32 {
        ((index * 37 + 11) % 29) as f32 / 14.0 - 1.0
    }

    fn picture(width: usize, height: usize, channels: usize) -> Map {
        Map {
            width,
            height,
            channels,
            cells: (0..width * height * channels).map(figure).collect(),
        }
    }

    fn at(map: &Map, x: isize, y: isize, channel: usize) -> f32 {
        let inside =
            |value: isize, size: usize| usize::try_from(value).ok().filter(|at| *at < size);
        match (inside(x, map.width), inside(y, map.height)) {
            (Some(x), Some(y)) => map.cell(x, y)[channel],
            _ => 0.0,
        }
    }

    /// The definition of a convolution, written down as it is read.
    fn expected(layer: &Convolution, input: &Map, x: usize, y: usize, output: usize) -> f32 {
        let (eight, lane) = (output / LANES, output % LANES);
        let mut sum = layer.biases[eight][lane];
        let shift = if layer.kernel % 2 == 1 {
            layer.kernel / 2
        } else {
            0
        };
        for dy in 0..layer.kernel {
            for dx in 0..layer.kernel {
                for channel in 0..layer.n_inputs {
                    let index = ((eight * layer.kernel + dy) * layer.kernel + dx) * layer.n_inputs
                        + channel;
                    sum += layer.weights[index][lane]
                        * at(
                            input,
                            (x * layer.stride + dx) as isize - shift as isize,
                            (y * layer.stride + dy) as isize - shift as isize,
                            channel,
                        );
                }
            }
        }
        if layer.is_rectified {
            sum.max(0.0)
        } else {
            sum
        }
    }

    #[test]
    fn a_convolution_is_what_its_definition_says() {
        for (kernel, stride, n_inputs, width) in [
            (3, 2, 3, 12),
            (3, 1, 8, 7),
            (2, 2, 4, 10),
            (1, 1, 5, 3),
            (3, 1, 2, 2),
        ] {
            let layer = Convolution {
                kernel,
                stride,
                n_inputs,
                is_rectified: kernel == 3,
                weights: (0..2 * kernel * kernel * n_inputs)
                    .map(|index| std::array::from_fn(|lane| figure(index * 5 + lane)))
                    .collect(),
                biases: vec![
                    std::array::from_fn(figure),
                    std::array::from_fn(|lane| figure(lane + 9)),
                ],
            };
            let input = picture(width, 6, n_inputs);
            let (mut padded, mut output) = (Map::default(), Map::default());
            layer.run(&input, &mut padded, &mut output);
            assert_eq!(
                (output.width, output.height),
                (width.div_ceil(stride), 6_usize.div_ceil(stride))
            );
            for y in 0..output.height {
                for x in 0..output.width {
                    for channel in 0..2 * LANES {
                        let wanted = expected(&layer, &input, x, y, channel);
                        assert!((output.cell(x, y)[channel] - wanted).abs() < 1e-4);
                    }
                }
            }
        }
    }

    /// Compares with the definition; `before` is the padding that it has there.
    fn check_depthwise<const SIDE: usize, const STRIDE: usize>(before: isize, width: usize) {
        let layer = Depthwise::<SIDE, STRIDE> {
            weights: (0..2 * SIDE * SIDE)
                .map(|index| std::array::from_fn(|lane| figure(index * 3 + lane)))
                .collect(),
            biases: vec![[0.25; LANES], [-0.5; LANES]],
        };
        let input = picture(width, 6, 16);
        let (mut padded, mut output) = (Map::default(), Map::default());
        layer.run(&input, &mut padded, &mut output);
        assert_eq!((output.width, output.height), (width / STRIDE, 6 / STRIDE));
        for y in 0..output.height {
            for x in 0..output.width {
                for channel in 0..16 {
                    let (eight, lane) = (channel / LANES, channel % LANES);
                    let mut wanted = layer.biases[eight][lane];
                    for tap in 0..SIDE * SIDE {
                        let (dx, dy) = ((tap % SIDE) as isize, (tap / SIDE) as isize);
                        wanted += layer.weights[eight * SIDE * SIDE + tap][lane]
                            * at(
                                &input,
                                (x * STRIDE) as isize + dx - before,
                                (y * STRIDE) as isize + dy - before,
                                channel,
                            );
                    }
                    assert!((output.cell(x, y)[channel] - wanted).abs() < 1e-4);
                }
            }
        }
    }

    #[test]
    fn a_depthwise_convolution_leaves_channels_alone() {
        for width in [3, 9] {
            check_depthwise::<5, 1>(2, width);
            check_depthwise::<3, 1>(1, width);
        }
        // The odd empty cell is put after the picture.
        for width in [4, 12] {
            check_depthwise::<3, 2>(0, width);
        }
    }

    #[test]
    fn padding_can_be_given_and_then_moves_the_picture() {
        let layer = Convolution {
            kernel: 3,
            stride: 2,
            n_inputs: 1,
            is_rectified: false,
            // Takes over the cell at the kernel's upper left.
            weights: (0..9)
                .map(|index| [if index == 0 { 1.0 } else { 0.0 }; LANES])
                .collect(),
            biases: vec![[0.0; LANES]],
        };
        let input = picture(6, 6, 1);
        let (mut padded, mut output) = (Map::default(), Map::default());
        layer.run_padded(&input, (0, 1), &mut padded, &mut output);
        assert_eq!((output.width, output.height), (3, 3));
        assert_eq!(output.cell(1, 2)[0], input.cell(2, 4)[0]);
    }
}

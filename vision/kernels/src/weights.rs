//! Weights as they are shipped: whole numbers of a byte, and for each output
//! channel a scale and a bias in half precision.
//!
//! All scales and biases come first and all whole numbers after them, because
//! alike bytes beside each other compress better.

use crate::lanes::LANES;
use crate::layer::MOST_PRODUCTS;
use crate::{Convolution, Depthwise};

/// The shape of a layer, in the words of the trainer.
#[derive(Clone, Copy, Debug)]
pub struct Shape {
    /// The side of the kernel.
    pub kernel: usize,
    /// Inputs that each output sees: 1 in a depthwise layer.
    pub n_inputs: usize,
    /// Channels of the output.
    pub n_outputs: usize,
}

impl Shape {
    const fn n_weights(self) -> usize {
        self.kernel * self.kernel * self.n_inputs * self.n_outputs
    }

    /// How many bytes the layers take in a file, without what stands before.
    pub const fn n_bytes(layers: &[Self]) -> usize {
        let (mut n_bytes, mut index) = (0, 0);
        while index < layers.len() {
            n_bytes += 4 * layers[index].n_outputs + layers[index].n_weights();
            index += 1;
        }
        n_bytes
    }
}

/// Reads layer after layer.
pub struct Weights<'a> {
    scales: &'a [u8],
    numbers: &'a [u8],
}

impl<'a> Weights<'a> {
    /// The layers' bytes: as many as [`Shape::n_bytes`] says.
    pub fn new(bytes: &'a [u8], layers: &[Shape]) -> Self {
        let n_scales = layers.iter().map(|layer| 4 * layer.n_outputs).sum();
        let (scales, numbers) = bytes.split_at(n_scales);
        Self { scales, numbers }
    }

    /// The next layer, as a convolution over all channels.
    pub fn convolution(&mut self, shape: Shape, stride: usize, is_rectified: bool) -> Convolution {
        let run = shape.kernel * shape.n_inputs;
        debug_assert!(shape.kernel * run <= MOST_PRODUCTS);
        let layer = self.next(shape);
        let mut weights = Vec::with_capacity(layer.numbers.len() / 2);
        for lanes in layer.eights() {
            for row in layer.numbers.chunks_exact(run * shape.n_outputs) {
                for pair in row.chunks(2 * shape.n_outputs) {
                    let (first, second) = pair.split_at(shape.n_outputs);
                    weights.push(lanes.map(|it| [number(first, it), number(second, it)]));
                }
            }
        }
        Convolution {
            kernel: shape.kernel,
            stride,
            n_inputs: shape.n_inputs,
            is_rectified,
            weights,
            scales: layer.halves(layer.scales),
            biases: layer.halves(layer.biases),
        }
    }

    /// The next layer, over each channel alone.
    pub fn depthwise<const SIDE: usize, const STRIDE: usize>(
        &mut self,
        shape: Shape,
    ) -> Depthwise<SIDE, STRIDE> {
        debug_assert_eq!((shape.kernel, shape.n_inputs), (SIDE, 1));
        let layer = self.next(shape);
        let scales = layer.halves(layer.scales);
        let mut weights = Vec::new();
        for (lanes, scales) in layer.eights().zip(&scales) {
            for place in layer.numbers.chunks_exact(shape.n_outputs) {
                let mut figures = lanes.map(|it| f32::from(number(place, it)));
                for (figure, scale) in figures.iter_mut().zip(scales) {
                    *figure *= scale;
                }
                weights.push(figures);
            }
        }
        Depthwise {
            weights,
            biases: layer.halves(layer.biases),
        }
    }

    fn next(&mut self, shape: Shape) -> Layer<'a> {
        let (scales, rest) = self.scales.split_at(2 * shape.n_outputs);
        let (biases, rest) = rest.split_at(2 * shape.n_outputs);
        self.scales = rest;
        let (numbers, rest) = self.numbers.split_at(shape.n_weights());
        self.numbers = rest;
        Layer {
            n_outputs: shape.n_outputs,
            scales,
            biases,
            numbers,
        }
    }
}

/// The bytes of one layer.
#[derive(Clone, Copy)]
struct Layer<'a> {
    n_outputs: usize,
    scales: &'a [u8],
    biases: &'a [u8],
    /// By place and input, one for each output.
    numbers: &'a [u8],
}

impl Layer<'_> {
    /// The outputs, eight at a time, of which the last may not exist.
    fn eights(&self) -> impl Iterator<Item = [usize; LANES]> + use<> {
        let n_eights = self.n_outputs.div_ceil(LANES);
        (0..n_eights).map(|eight| std::array::from_fn(|lane| eight * LANES + lane))
    }

    /// A figure for each output.
    #[inline(never)]
    fn halves(&self, bytes: &[u8]) -> Vec<[f32; LANES]> {
        let eights = self.eights();
        eights
            .map(|lanes| lanes.map(|it| half_at(bytes, it)))
            .collect()
    }
}

/// A weight; zero for an output that does not exist.
fn number(place: &[u8], output: usize) -> i16 {
    place
        .get(output)
        .map_or(0, |byte| byte.cast_signed().into())
}

/// The scale or bias of an output; zero for one that does not exist.
fn half_at(bytes: &[u8], output: usize) -> f32 {
    bytes
        .get(2 * output..2 * output + 2)
        .map_or(0.0, |pair| half(u16::from_le_bytes([pair[0], pair[1]])))
}

/// A figure of half precision (IEEE 754 binary16), which is never infinite
/// here.
fn half(bits: u16) -> f32 {
    let sign = u32::from(bits & 0x8000) << 16;
    let (exponent, fraction) = (u32::from(bits >> 10 & 0x1f), u32::from(bits & 0x3ff));
    if exponent == 0 {
        // Below the smallest normal figure: in units of 2^-24.
        let small = fraction as f32 / 16_777_216.0;
        return if sign == 0 { small } else { -small };
    }
    f32::from_bits(sign | (exponent + 112) << 23 | fraction << 13)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn halves_are_read_as_the_standard_says() {
        for (bits, figure) in [
            (0x3c00, 1.0),
            (0xc000, -2.0),
            (0x3555, 0.333_251_95),
            (0x7bff, 65504.0),
            (0x0001, 5.960_464_5e-8),
            (0x8000, 0.0),
        ] {
            assert_eq!(half(bits), figure, "{bits:x}");
        }
    }

    #[test]
    fn a_layer_is_scaled_and_filled_up_to_eights() {
        let shape = Shape {
            kernel: 1,
            n_inputs: 2,
            n_outputs: 1,
        };
        // Scale 0.5, bias 1, weights 4 and -2.
        let bytes = [0x00, 0x38, 0x00, 0x3c, 4, 0xfe];
        assert_eq!(Shape::n_bytes(&[shape]), bytes.len());
        let layer = Weights::new(&bytes, &[shape]).convolution(shape, 1, false);
        let none = [0, 0];
        assert_eq!(
            layer.weights,
            [[[4, -2], none, none, none, none, none, none, none]]
        );
        assert_eq!(layer.scales, [[0.5, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0]]);
        assert_eq!(layer.biases, [[1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0]]);
    }
}

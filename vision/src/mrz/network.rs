//! The network that reads strips: four convolutions, weights from
//! `vision/train/mrz.py`.
//!
//! Plain loops over fixed-size arrays of output channels, which compilers turn
//! into vector instructions.
//! Not a general runtime: the shapes are those of this one network.

use super::strip::{HEIGHT, Strip};
use super::{ALPHABET, BLANK};

/// Pixels of the strip from one column of the answer to the next; the first
/// column is centred on the first pixel.
pub(super) const STRIDE: usize = 4;

const FIRST: usize = 16;
const SECOND: usize = 24;
const THIRD: usize = 32;
/// Classes, filled up to a multiple of the vector width.
const LAST: usize = 40;
/// The alphabet and "between characters".
const CLASSES: usize = ALPHABET.len() + 1;

/// Biases are stored in this unit.
const BIAS_UNIT: f32 = 1.0 / 1024.0;

const BYTES: usize = (3 + 25) * FIRST
    + (3 + 9 * FIRST) * SECOND
    + (3 + 18 * SECOND) * THIRD
    + (3 + 3 * THIRD) * CLASSES;

/// The trained weights; the length is checked when this is compiled.
static WEIGHTS: &[u8; BYTES] = include_bytes!("../../weights/mrz.bin");

/// One convolution: `rows` by `columns` by input channels, then outputs.
struct Layer<const OUT: usize> {
    bias: [f32; OUT],
    weights: Vec<[f32; OUT]>,
    columns: usize,
}

impl<const OUT: usize> Layer<OUT> {
    /// Takes `channels` outputs of `taps` weights each from the front of the
    /// file; further outputs stay zero.
    fn new(bytes: &mut &[u8], taps: usize, columns: usize, channels: usize) -> Self {
        let (codes, rest) = bytes.split_at(channels);
        let (biases, rest) = rest.split_at(2 * channels);
        let (weights, rest) = rest.split_at(taps * channels);
        *bytes = rest;
        let mut layer = Self {
            bias: [0.0; OUT],
            weights: vec![[0.0; OUT]; taps],
            columns,
        };
        for (bias, pair) in layer.bias.iter_mut().zip(biases.chunks_exact(2)) {
            *bias = f32::from(i16::from_le_bytes([pair[0], pair[1]])) * BIAS_UNIT;
        }
        for (target, source) in layer.weights.iter_mut().zip(weights.chunks_exact(channels)) {
            for ((weight, byte), code) in target.iter_mut().zip(source).zip(codes) {
                let scale = (-f32::from(*code) / 16.0).exp2();
                *weight = f32::from(i8::from_le_bytes([*byte])) * scale;
            }
        }
        layer
    }

    /// `input` is rows of `width` pixels of `channels` values.
    /// `rows` are the input rows that the kernel's rows meet; those outside of
    /// the picture are skipped.
    fn row(&self, input: &Plane, first_row: isize, stride: usize, relu: bool, out: &mut [f32]) {
        let channels = input.channels;
        let taps_per_row = self.columns * channels;
        let padding = self.columns / 2;
        for (column, target) in out.as_chunks_mut::<OUT>().0.iter_mut().enumerate() {
            let mut sum = self.bias;
            let centre = column * stride;
            // The part of the kernel's columns that lies in the picture.
            let skipped = padding.saturating_sub(centre);
            let begin = (centre + skipped) - padding;
            let end = (centre + self.columns - padding).min(input.width);
            for (index, kernel) in self.weights.chunks_exact(taps_per_row).enumerate() {
                let Some(row) = first_row
                    .checked_add_unsigned(index)
                    .and_then(|row| usize::try_from(row).ok())
                    .filter(|row| *row < input.height)
                else {
                    continue;
                };
                let start = row * input.width;
                let seen = &input.values[(start + begin) * channels..(start + end) * channels];
                for (value, weights) in seen.iter().zip(&kernel[skipped * channels..]) {
                    for (sum, weight) in sum.iter_mut().zip(weights) {
                        *sum += value * weight;
                    }
                }
            }
            if relu {
                sum = sum.map(|it| it.max(0.0));
            }
            *target = sum;
        }
    }
}

/// Rows of pixels of several values each.
#[derive(Default)]
struct Plane {
    width: usize,
    height: usize,
    channels: usize,
    values: Vec<f32>,
}

impl Plane {
    fn shape(&mut self, width: usize, height: usize, channels: usize) {
        (self.width, self.height, self.channels) = (width, height, channels);
        self.values.clear();
        self.values.resize(width * height * channels, 0.0);
    }
}

/// The network and its buffers.
pub(super) struct Network {
    first: Layer<FIRST>,
    second: Layer<SECOND>,
    third: Layer<THIRD>,
    last: Layer<LAST>,
    planes: [Plane; 4],
    logits: Vec<f32>,
}

/// What the network says of one column of a strip, in natural logarithms.
#[derive(Clone, Copy, Debug)]
pub(super) struct Column {
    /// Of each character of the alphabet, given that there is one.
    pub(super) characters: [f32; ALPHABET.len()],
    /// How much likelier the centre of a character is than a gap.
    pub(super) presence: f32,
}

impl Network {
    pub(super) fn new() -> Self {
        let mut bytes: &[u8] = WEIGHTS;
        Self {
            first: Layer::new(&mut bytes, 25, 5, FIRST),
            second: Layer::new(&mut bytes, 9 * FIRST, 3, SECOND),
            third: Layer::new(&mut bytes, 18 * SECOND, 3, THIRD),
            last: Layer::new(&mut bytes, 3 * THIRD, 3, CLASSES),
            planes: Default::default(),
            logits: Vec::new(),
        }
    }

    /// Reads a strip; `answer` is refilled with one entry per [`STRIDE`].
    pub(super) fn read(&mut self, strip: &Strip, answer: &mut Vec<Column>) {
        answer.clear();
        let width = strip.width();
        let [input, first, second, third] = &mut self.planes;
        input.shape(width, HEIGHT, 1);
        input.values.copy_from_slice(strip.values());
        first.shape(width.div_ceil(2), HEIGHT / 2, FIRST);
        for (y, out) in rows(first) {
            self.first.row(input, 2 * y - 2, 2, true, out);
        }
        second.shape(first.width.div_ceil(2), HEIGHT / 4, SECOND);
        for (y, out) in rows(second) {
            self.second.row(first, 2 * y - 1, 2, true, out);
        }
        third.shape(second.width, 1, THIRD);
        for (y, out) in rows(third) {
            self.third.row(second, y, 1, true, out);
        }
        self.logits.clear();
        self.logits.resize(third.width * LAST, 0.0);
        self.last.row(third, 0, 1, false, &mut self.logits);
        answer.extend(self.logits.as_chunks::<LAST>().0.iter().map(column));
    }
}

/// The rows of a plane with their signed indices.
fn rows(plane: &mut Plane) -> impl Iterator<Item = (isize, &mut [f32])> {
    let length = (plane.width * plane.channels).max(1);
    (0..).zip(plane.values.chunks_exact_mut(length))
}

fn column(logits: &[f32; LAST]) -> Column {
    let largest = logits[..BLANK].iter().copied().fold(f32::MIN, f32::max);
    let sum: f32 = logits[..BLANK].iter().map(|it| (it - largest).exp()).sum();
    let total = largest + sum.ln();
    Column {
        characters: std::array::from_fn(|index| logits[index] - total),
        presence: total - logits[BLANK],
    }
}

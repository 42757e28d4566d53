//! Convolutions.

use vestibule_kernels::{Convolution, Depthwise, Map, Scratch};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

/// Outputs in a group of weights.
const LANES: usize = 8;

fn figure(index: usize) -> f32 {
    ((index * 37 + 11) % 29) as f32 / 14.0 - 1.0
}

/// So many rows of weights for eight outputs, two at a time; an odd one is alone.
fn pairs(n_rows: usize, run: usize) -> Vec<[[i16; 2]; LANES]> {
    // Between -100 and 100.
    let weight = |index: usize| i16::try_from((index * 37 + 11) % 201).unwrap_or(0) - 100;
    (0..n_rows)
        .flat_map(|row| {
            (0..run).step_by(2).map(move |at| {
                std::array::from_fn(|lane| {
                    let first = (row * run + at) * 5 + lane;
                    let second = if at + 1 < run { weight(first + 5) } else { 0 };
                    [weight(first), second]
                })
            })
        })
        .collect()
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
    let inside = |value: isize, size: usize| usize::try_from(value).ok().filter(|at| *at < size);
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
                let in_row = dx * layer.n_inputs + channel;
                let n_pairs = (layer.kernel * layer.n_inputs).div_ceil(2);
                let pair = (eight * layer.kernel + dy) * n_pairs + in_row / 2;
                sum += f32::from(layer.weights[pair][lane][in_row % 2])
                    * layer.scales[eight][lane]
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
            weights: pairs(2 * kernel, kernel * n_inputs),
            scales: vec![
                std::array::from_fn(|lane| 0.01 + 0.001 * lane as f32),
                [0.007; LANES],
            ],
            biases: vec![
                std::array::from_fn(figure),
                std::array::from_fn(|lane| figure(lane + 9)),
            ],
        };
        let input = picture(width, 6, n_inputs);
        let (mut scratch, mut output) = (Scratch::default(), Map::default());
        layer.run(&input, &mut scratch, &mut output);
        assert_eq!(
            (output.width, output.height),
            (width.div_ceil(stride), 6_usize.div_ceil(stride))
        );
        for y in 0..output.height {
            for x in 0..output.width {
                for channel in 0..2 * LANES {
                    let wanted = expected(&layer, &input, x, y, channel);
                    // 72 inputs, each half a step of 1/32,767 off, by weights of up
                    // to 1.7.
                    assert!((output.cell(x, y)[channel] - wanted).abs() < 2e-3);
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
    let (mut scratch, mut output) = (Scratch::default(), Map::default());
    layer.run(&input, &mut scratch, &mut output);
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
        weights: (0..6)
            .map(|index| [[if index == 0 { 64 } else { 0 }, 0]; LANES])
            .collect(),
        scales: vec![[1.0 / 64.0; LANES]],
        biases: vec![[0.0; LANES]],
    };
    let input = picture(6, 6, 1);
    let (mut scratch, mut output) = (Scratch::default(), Map::default());
    layer.run_padded(&input, (0, 1), &mut scratch, &mut output);
    assert_eq!((output.width, output.height), (3, 3));
    assert!((output.cell(1, 2)[0] - input.cell(2, 4)[0]).abs() < 1e-4);
}

#[test]
fn maps_are_added_cell_by_cell_and_a_small_one_to_four_each() {
    let (start, other, half) = (picture(6, 4, 16), picture(6, 4, 16), picture(3, 2, 16));
    let mut sum = start.clone();
    sum.add(&other);
    let mut doubled = start.clone();
    doubled.add_doubled_and_rectify(&half);
    for y in 0..4 {
        for x in 0..6 {
            for channel in 0..16 {
                let here = start.cell(x, y)[channel];
                assert_eq!(sum.cell(x, y)[channel], here + other.cell(x, y)[channel]);
                let wanted = (here + half.cell(x / 2, y / 2)[channel]).max(0.0);
                assert_eq!(doubled.cell(x, y)[channel], wanted);
            }
        }
    }
}

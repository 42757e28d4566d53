//! The network: from a small colour picture to what each anchor sees.
//!
//! The layers of `BlazeFace` for short range (arXiv 1907.05047), as the model
//! file lists them; channels are filled up to eights with empty ones, which
//! the weights leave empty.

use vestibule_kernels::{Convolution, Depthwise, Map, Scratch, Shape, Weights};

/// The sides of the network's input in pixels.
pub(crate) const SIDE_PX: usize = 128;

/// What the file of the weights begins with; its writer is
/// `xtask/src/dist/face.rs`.
const MAGIC: &[u8] = b"VFN1";

/// Channels after the first layer.
const STEM: usize = 24;

/// Channels after each block; the model's 28, 36 and 42 are filled up.
const WIDTHS: [usize; 16] = [
    24, 32, 32, 40, 48, 48, 56, 64, 72, 80, 88, 96, 96, 96, 96, 96,
];

/// The blocks that halve the picture.
const HALVING: [usize; 3] = [2, 5, 11];

/// How many blocks there are before the finer of the two grids.
const N_FINE_BLOCKS: usize = 11;

/// The two grids: which anchors they have in each cell.
pub(crate) const FINE_ANCHORS: usize = 2;
pub(crate) const COARSE_ANCHORS: usize = 6;

/// What is said of each anchor's box and points.
pub(crate) const N_PLACES: usize = 16;

const fn dense(kernel: usize, n_inputs: usize, n_outputs: usize) -> Shape {
    Shape {
        kernel,
        n_inputs,
        n_outputs,
    }
}

const FINE: usize = WIDTHS[N_FINE_BLOCKS - 1];
const COARSE: usize = WIDTHS[WIDTHS.len() - 1];
const STEM_SHAPE: Shape = dense(5, 3, STEM);
const HEADS: [Shape; 4] = [
    dense(1, FINE, FINE_ANCHORS),
    dense(1, COARSE, COARSE_ANCHORS),
    dense(1, FINE, FINE_ANCHORS * N_PLACES),
    dense(1, COARSE, COARSE_ANCHORS * N_PLACES),
];

/// Every layer, in the order of the file.
const LAYERS: [Shape; 1 + 2 * WIDTHS.len() + HEADS.len()] = {
    let mut layers = [STEM_SHAPE; 1 + 2 * WIDTHS.len() + HEADS.len()];
    let (mut block, mut width) = (0, STEM);
    while block < WIDTHS.len() {
        layers[1 + 2 * block] = dense(3, 1, width);
        layers[2 + 2 * block] = dense(1, width, WIDTHS[block]);
        width = WIDTHS[block];
        block += 1;
    }
    let mut head = 0;
    while head < HEADS.len() {
        layers[1 + 2 * WIDTHS.len() + head] = HEADS[head];
        head += 1;
    }
    layers
};

/// Spreads within each channel, with or without halving the picture.
#[derive(Clone, Debug)]
enum Spread {
    Same(Depthwise<3, 1>),
    Halving(Depthwise<3, 2>),
}

/// Spreads, mixes channels, adds what came in, and keeps what is above zero.
#[derive(Clone, Debug)]
struct Block {
    spread: Spread,
    mix: Convolution,
}

impl Block {
    fn run(&self, input: &Map, scratch: &mut Scratch, spread: &mut Map, output: &mut Map) {
        match &self.spread {
            Spread::Same(layer) => {
                layer.run(input, scratch, spread);
                self.mix.run(spread, scratch, output);
                add_and_rectify::<1>(output, input);
            }
            Spread::Halving(layer) => {
                layer.run(input, scratch, spread);
                self.mix.run(spread, scratch, output);
                add_and_rectify::<2>(output, input);
            }
        }
    }
}

/// Adds to the first channels of each cell the largest of the cells that it
/// stands for, and keeps what is above zero.
fn add_and_rectify<const STRIDE: usize>(output: &mut Map, input: &Map) {
    let (width, channels) = (output.width, output.channels);
    for (index, cell) in output.cells.chunks_exact_mut(channels).enumerate() {
        let (x, y) = (index % width * STRIDE, index / width * STRIDE);
        let mut here = input.cell(x, y);
        let mut largest = [0.0_f32; MOST_CHANNELS];
        if STRIDE > 1 {
            let largest = &mut largest[..here.len()];
            // Nothing is below zero here.
            for (dx, dy) in [(0, 0), (1, 0), (0, 1), (1, 1)] {
                for (most, figure) in largest.iter_mut().zip(input.cell(x + dx, y + dy)) {
                    *most = most.max(*figure);
                }
            }
            here = largest;
        }
        let (first, rest) = cell.split_at_mut(here.len());
        for (sum, figure) in first.iter_mut().zip(here) {
            *sum = (*sum + figure).max(0.0);
        }
        for sum in rest {
            *sum = sum.max(0.0);
        }
    }
}

const MOST_CHANNELS: usize = COARSE;

/// One grid of anchors.
#[derive(Clone, Debug)]
struct Head {
    scores: Convolution,
    places: Convolution,
    score_map: Map,
    place_map: Map,
}

impl Head {
    fn run(&mut self, input: &Map, scratch: &mut Scratch) {
        self.scores.run(input, scratch, &mut self.score_map);
        self.places.run(input, scratch, &mut self.place_map);
    }
}

/// What the network says of one grid.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Grid<'a> {
    /// How many anchors there are in each cell.
    pub(crate) n_anchors: usize,
    /// For each cell and anchor whether there is a face, as a logit; further
    /// channels are empty.
    pub(crate) scores: &'a Map,
    /// For each cell and anchor [`N_PLACES`] figures in pixels of the input,
    /// from the middle of the cell: the face's middle, its width and height,
    /// and six points.
    pub(crate) places: &'a Map,
}

/// The network with its buffers.
#[derive(Clone, Debug)]
pub(crate) struct Network {
    stem: Convolution,
    blocks: Vec<Block>,
    fine: Head,
    coarse: Head,
    scratch: Scratch,
    spread: Map,
    now: Map,
    next: Map,
}

impl Network {
    /// A network with the weights of this file; nothing when it is not one.
    pub(crate) fn new(file: &[u8]) -> Option<Self> {
        let bytes = file.strip_prefix(MAGIC)?;
        if bytes.len() != Shape::n_bytes(&LAYERS) {
            return None;
        }
        let mut weights = Weights::new(bytes, &LAYERS);
        let stem = weights.convolution(STEM_SHAPE, 2, true);
        let mut width = STEM;
        let mut blocks = Vec::with_capacity(WIDTHS.len());
        for (index, wide) in WIDTHS.into_iter().enumerate() {
            let alone = dense(3, 1, width);
            let spread = if HALVING.contains(&index) {
                Spread::Halving(weights.depthwise(alone))
            } else {
                Spread::Same(weights.depthwise(alone))
            };
            let mix = weights.convolution(dense(1, width, wide), 1, false);
            blocks.push(Block { spread, mix });
            width = wide;
        }
        let [fine_scores, coarse_scores, fine_places, coarse_places] =
            HEADS.map(|shape| weights.convolution(shape, 1, false));
        let head = |scores, places| Head {
            scores,
            places,
            score_map: Map::default(),
            place_map: Map::default(),
        };
        Some(Self {
            stem,
            blocks,
            fine: head(fine_scores, fine_places),
            coarse: head(coarse_scores, coarse_places),
            scratch: Scratch::default(),
            spread: Map::default(),
            now: Map::default(),
            next: Map::default(),
        })
    }

    /// Looks at a square picture of [`SIDE_PX`]: red, green and blue, -1 to 1.
    pub(crate) fn run(&mut self, input: &Map) -> [Grid<'_>; 2] {
        let scratch = &mut self.scratch;
        self.stem.run_padded(input, (1, 2), scratch, &mut self.now);
        for (index, block) in self.blocks.iter().enumerate() {
            if index == N_FINE_BLOCKS {
                self.fine.run(&self.now, scratch);
            }
            block.run(&self.now, scratch, &mut self.spread, &mut self.next);
            std::mem::swap(&mut self.now, &mut self.next);
        }
        self.coarse.run(&self.now, scratch);
        [(&self.fine, FINE_ANCHORS), (&self.coarse, COARSE_ANCHORS)].map(|(head, n_anchors)| Grid {
            n_anchors,
            scores: &head.score_map,
            places: &head.place_map,
        })
    }
}

/// A file of the right size in which every weight is zero, for tests.
#[cfg(test)]
pub(crate) fn blank_file() -> Vec<u8> {
    let mut file = MAGIC.to_vec();
    file.resize(MAGIC.len() + Shape::n_bytes(&LAYERS), 0);
    file
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_of_another_kind_or_size_is_refused() {
        let file = blank_file();
        assert!(Network::new(&file).is_some());
        assert!(Network::new(&file[1..]).is_none());
        assert!(Network::new(&file[..file.len() - 1]).is_none());
        assert!(Network::new(b"<!doctype html>").is_none());
    }

    #[test]
    fn the_grids_are_those_of_the_model() {
        let mut network = Network::new(&blank_file()).unwrap();
        let mut input = Map::default();
        input.reshape(SIDE_PX, SIDE_PX, 3);
        let [fine, coarse] = network.run(&input);
        assert_eq!((fine.scores.width, fine.scores.height), (16, 16));
        assert_eq!((coarse.scores.width, coarse.scores.height), (8, 8));
        let n_anchors = |grid: Grid<'_>| grid.scores.width * grid.scores.height * grid.n_anchors;
        // As many as the published model has.
        assert_eq!(n_anchors(fine) + n_anchors(coarse), 896);
        assert_eq!(fine.places.channels, FINE_ANCHORS * N_PLACES);
        assert_eq!(coarse.places.channels, COARSE_ANCHORS * N_PLACES);
    }

    #[test]
    fn a_block_adds_the_largest_of_four_and_fills_up_with_nothing() {
        let input = Map {
            width: 2,
            height: 2,
            channels: 1,
            cells: vec![1.0, 4.0, 2.0, 3.0],
        };
        let mut output = Map {
            width: 1,
            height: 1,
            channels: 2,
            cells: vec![-1.5, -1.0],
        };
        add_and_rectify::<2>(&mut output, &input);
        assert_eq!(output.cells, [2.5, 0.0]);
        let mut output = Map {
            cells: vec![0.0, -9.0, 0.0, 0.5],
            ..input.clone()
        };
        add_and_rectify::<1>(&mut output, &input);
        assert_eq!(output.cells, [1.0, 0.0, 2.0, 3.5]);
    }
}

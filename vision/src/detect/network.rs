//! The network: from a small colour picture to maps of where the document is.
//!
//! The twin of `vision/train/network.py`, layer for layer; the weights are
//! compiled in.

use vestibule_kernels::{Convolution, Depthwise, Map, Scratch, Shape, Weights};

/// The network's input is this many times finer than its maps.
pub(crate) const STRIDE_PX: usize = 4;

const MAGIC: &[u8] = b"VDN1";
const WEIGHTS: &[u8] = include_bytes!("../../weights/document.bin");
const _: () = assert!(WEIGHTS.len() == MAGIC.len() + Shape::n_bytes(&LAYERS));

const STEM: usize = 16;
const QUARTER: usize = 24;
const EIGHTH: usize = 40;
const SIXTEENTH: usize = 64;
const EIGHTH_WIDE: usize = 80;
const SIXTEENTH_WIDE: usize = 96;
const QUARTER_WIDE: usize = 32;
const N_MAPS: usize = 3;

const fn dense(kernel: usize, n_inputs: usize, n_outputs: usize) -> Shape {
    Shape {
        kernel,
        n_inputs,
        n_outputs,
    }
}

const fn alone(width: usize) -> Shape {
    dense(5, 1, width)
}

/// Every layer, in the order of the file.
const LAYERS: [Shape; 30] = [
    dense(3, 3, STEM),
    dense(3, STEM, QUARTER),
    dense(2, QUARTER, EIGHTH),
    alone(EIGHTH),
    dense(1, EIGHTH, EIGHTH_WIDE),
    dense(1, EIGHTH_WIDE, EIGHTH),
    alone(EIGHTH),
    dense(1, EIGHTH, EIGHTH_WIDE),
    dense(1, EIGHTH_WIDE, EIGHTH),
    dense(2, EIGHTH, SIXTEENTH),
    alone(SIXTEENTH),
    dense(1, SIXTEENTH, SIXTEENTH_WIDE),
    dense(1, SIXTEENTH_WIDE, SIXTEENTH),
    alone(SIXTEENTH),
    dense(1, SIXTEENTH, SIXTEENTH_WIDE),
    dense(1, SIXTEENTH_WIDE, SIXTEENTH),
    alone(SIXTEENTH),
    dense(1, SIXTEENTH, SIXTEENTH_WIDE),
    dense(1, SIXTEENTH_WIDE, SIXTEENTH),
    dense(1, SIXTEENTH, SIXTEENTH),
    dense(1, SIXTEENTH, 1),
    dense(1, SIXTEENTH, EIGHTH),
    alone(EIGHTH),
    dense(1, EIGHTH, EIGHTH_WIDE),
    dense(1, EIGHTH_WIDE, EIGHTH),
    dense(1, EIGHTH, QUARTER),
    alone(QUARTER),
    dense(1, QUARTER, QUARTER_WIDE),
    dense(1, QUARTER_WIDE, QUARTER),
    dense(3, QUARTER, N_MAPS),
];

/// Spreads in space, then mixes channels, and adds that to what came in.
#[derive(Clone, Debug)]
struct Block {
    spread: Depthwise,
    widen: Convolution,
    narrow: Convolution,
}

/// Buffers between layers, kept from frame to frame.
#[derive(Clone, Debug, Default)]
struct Buffers {
    scratch: Scratch,
    spread: Map,
    wide: Map,
    narrow: Map,
}

impl Block {
    fn read(weights: &mut Weights<'_>, width: usize, wide: usize) -> Self {
        Self {
            spread: weights.depthwise(alone(width)),
            widen: weights.convolution(dense(1, width, wide), 1, true),
            narrow: weights.convolution(dense(1, wide, width), 1, false),
        }
    }

    fn run(&self, map: &mut Map, buffers: &mut Buffers) {
        let Buffers {
            scratch,
            spread,
            wide,
            narrow,
        } = buffers;
        self.spread.run(map, scratch, spread);
        self.widen.run(spread, scratch, wide);
        self.narrow.run(wide, scratch, narrow);
        map.add(narrow);
    }
}

/// The network with its buffers.
#[derive(Clone, Debug)]
pub(crate) struct Network {
    stem: Convolution,
    to_quarter: Convolution,
    to_eighth: Convolution,
    eighth_blocks: [Block; 2],
    to_sixteenth: Convolution,
    sixteenth_blocks: [Block; 3],
    context: Convolution,
    presence: Convolution,
    up_eighth: Convolution,
    fuse_eighth: Block,
    up_quarter: Convolution,
    fuse_quarter: Block,
    head: Convolution,
    buffers: Buffers,
    half: Map,
    quarter: Map,
    eighth: Map,
    sixteenth: Map,
    mean: Map,
    told: Map,
    up: Map,
    maps: Map,
}

/// What the network says of a picture, all as logits.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Answer<'a> {
    /// For each cell: inside the document, at its border, at a corner; further
    /// channels are empty.
    pub(crate) maps: &'a Map,
    /// Whether there is a document.
    pub(crate) presence: f32,
}

impl Network {
    pub(crate) fn new() -> Self {
        let (_magic, bytes) = WEIGHTS.split_at(MAGIC.len());
        let mut read = Weights::new(bytes, &LAYERS);
        let weights = &mut read;
        Self {
            stem: weights.convolution(dense(3, 3, STEM), 2, true),
            to_quarter: weights.convolution(dense(3, STEM, QUARTER), 2, true),
            to_eighth: weights.convolution(dense(2, QUARTER, EIGHTH), 2, true),
            eighth_blocks: std::array::from_fn(|_| Block::read(weights, EIGHTH, EIGHTH_WIDE)),
            to_sixteenth: weights.convolution(dense(2, EIGHTH, SIXTEENTH), 2, true),
            sixteenth_blocks: std::array::from_fn(|_| {
                Block::read(weights, SIXTEENTH, SIXTEENTH_WIDE)
            }),
            context: weights.convolution(dense(1, SIXTEENTH, SIXTEENTH), 1, true),
            presence: weights.convolution(dense(1, SIXTEENTH, 1), 1, false),
            up_eighth: weights.convolution(dense(1, SIXTEENTH, EIGHTH), 1, false),
            fuse_eighth: Block::read(weights, EIGHTH, EIGHTH_WIDE),
            up_quarter: weights.convolution(dense(1, EIGHTH, QUARTER), 1, false),
            fuse_quarter: Block::read(weights, QUARTER, QUARTER_WIDE),
            head: weights.convolution(dense(3, QUARTER, N_MAPS), 1, false),
            buffers: Buffers::default(),
            half: Map::default(),
            quarter: Map::default(),
            eighth: Map::default(),
            sixteenth: Map::default(),
            mean: Map::default(),
            told: Map::default(),
            up: Map::default(),
            maps: Map::default(),
        }
    }

    /// Looks at a picture of red, green and blue around zero, whose sides are
    /// multiples of 16.
    pub(crate) fn run(&mut self, input: &Map) -> Answer<'_> {
        let buffers = &mut self.buffers;
        self.stem.run(input, &mut buffers.scratch, &mut self.half);
        self.to_quarter
            .run(&self.half, &mut buffers.scratch, &mut self.quarter);
        self.to_eighth
            .run(&self.quarter, &mut buffers.scratch, &mut self.eighth);
        for block in &self.eighth_blocks {
            block.run(&mut self.eighth, buffers);
        }
        let deep = &mut self.sixteenth;
        self.to_sixteenth
            .run(&self.eighth, &mut buffers.scratch, deep);
        for (index, block) in self.sixteenth_blocks.iter().enumerate() {
            block.run(deep, buffers);
            if index == 0 {
                deep.mean_into(&mut self.mean);
                self.context
                    .run(&self.mean, &mut buffers.scratch, &mut self.told);
                deep.add_everywhere(&self.told.cells);
            }
        }
        deep.mean_into(&mut self.mean);
        self.presence
            .run(&self.mean, &mut buffers.scratch, &mut self.told);
        let presence = self.told.cell(0, 0)[0];
        self.up_eighth.run(deep, &mut buffers.scratch, &mut self.up);
        self.eighth.add_doubled_and_rectify(&self.up);
        self.fuse_eighth.run(&mut self.eighth, buffers);
        self.up_quarter
            .run(&self.eighth, &mut buffers.scratch, &mut self.up);
        self.quarter.add_doubled_and_rectify(&self.up);
        self.fuse_quarter.run(&mut self.quarter, buffers);
        self.head
            .run(&self.quarter, &mut buffers.scratch, &mut self.maps);
        Answer {
            maps: &self.maps,
            presence,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What the trainer's network said of the pattern: presence, then the maps.
    const CHECK: &str = include_str!("../../weights/document.bin.check");

    #[test]
    fn the_network_says_what_the_trainers_says() {
        let (width, height) = (64, 48);
        let mut input = Map::default();
        input.reshape(width, height, 3);
        for (index, figure) in input.cells.iter_mut().enumerate() {
            let (channel, x, y) = (index % 3, index / 3 % width, index / 3 / width);
            let pattern = (x * 7 + y * 13 + channel * 29 + x * y / 40) % 64;
            *figure = pattern as f32 / 16.0 - 2.0;
        }
        let mut network = Network::new();
        for _again in 0..2 {
            let answer = network.run(&input);
            let cells = answer.maps.cells.chunks_exact(answer.maps.channels);
            let figures =
                std::iter::once(answer.presence).chain(cells.flat_map(|cell| cell[..3].to_vec()));
            let mut n_compared = 0;
            for (ours, theirs) in figures.zip(CHECK.lines()) {
                let theirs: f32 = theirs.parse().unwrap();
                // Scales and biases are halves in the file.
                assert!((ours - theirs).abs() < 0.02 * theirs.abs().max(5.0));
                n_compared += 1;
            }
            assert_eq!(n_compared, CHECK.lines().count());
        }
    }
}

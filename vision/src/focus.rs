//! Focus: sharpness on a document, from samples of it.
//!
//! The measure is that of [`sharpness`](crate::sharpness), on blocks that lie
//! wholly on the document, so that neither what is behind it nor its own
//! outline takes part. A hundred blocks are as good as all of them and cost
//! the same at any size of frame.

use vestibule_kernels::rows;

use crate::geometry::{Point, Quad, floor};
use crate::luma::Luma;
use crate::sharpness::{BLOCK_PX, Block, Meter, Sharpness};

/// The document's longer side is measured at about this many pixels.
const WORKING_LONG_SIDE_PX: f32 = 1000.0;

/// At most about this many blocks are measured.
const N_BLOCKS: f32 = 100.0;

/// What smoothing needs around a block, in working pixels: two for either
/// kernel, one for the difference.
const APRON_PX: usize = 5;
const PATCH_PX: usize = BLOCK_PX + 2 * APRON_PX;

type Plane = [[f32; PATCH_PX]; PATCH_PX];
const NOTHING: Plane = [[0.0; PATCH_PX]; PATCH_PX];

impl Meter {
    /// Measures the part of a picture that is a document whose brightness
    /// spans `range_levels`; the blur is in permille of its longest side.
    pub(crate) fn measure_within(
        &mut self,
        picture: &Luma<'_>,
        quad: &Quad,
        range_levels: u8,
    ) -> Sharpness {
        let long_px = quad.sides().into_iter().fold(0.0, f32::max);
        let factor = floor(long_px / WORKING_LONG_SIDE_PX + 0.5).max(1);
        let patch_px = PATCH_PX * factor;
        let step_px = (quad.area() / N_BLOCKS)
            .sqrt()
            .max((BLOCK_PX * factor) as f32);
        let (left, right) = bounds(quad, |corner| corner.x);
        let (top, bottom) = bounds(quad, |corner| corner.y);
        self.blocks.clear();
        // Half a step in from the corner, where the first block may fit.
        let mut y = top.max(0.0) + step_px / 4.0;
        while y + patch_px as f32 <= bottom.min(picture.height_px() as f32) {
            let mut x = left.max(0.0) + step_px / 4.0;
            while x + patch_px as f32 <= right.min(picture.width_px() as f32) {
                if holds(quad, x, y, patch_px as f32) {
                    let block = measured(picture, floor(x), floor(y), factor);
                    self.blocks.push(block);
                }
                x += step_px;
            }
            y += step_px;
        }
        self.conclude(range_levels, 1000.0 * factor as f32 / long_px)
    }
}

fn bounds(quad: &Quad, coordinate: impl Fn(&Point) -> f32) -> (f32, f32) {
    quad.0
        .iter()
        .map(coordinate)
        .fold((f32::MAX, f32::MIN), |(least, most), it| {
            (least.min(it), most.max(it))
        })
}

/// Whether a square is inside a quadrilateral that runs clockwise.
fn holds(quad: &Quad, x: f32, y: f32, side_px: f32) -> bool {
    (0..4).all(|index| {
        let (from, to) = (quad.0[index], quad.0[(index + 1) % 4]);
        let (dx, dy) = (to.x - from.x, to.y - from.y);
        // The corner of the square that is nearest to the outside.
        let corner_x = if dy > 0.0 { x + side_px } else { x };
        let corner_y = if dx > 0.0 { y } else { y + side_px };
        dx * (corner_y - from.y) - dy * (corner_x - from.x) >= 0.0
    })
}

/// The block in the middle of the patch whose upper left pixel is given.
fn measured(picture: &Luma<'_>, left: usize, top: usize, factor: usize) -> Block {
    let mut seen = NOTHING;
    let width = picture.width_px() as usize;
    for (y, row) in seen.iter_mut().enumerate() {
        for inner in 0..factor {
            let start = (top + y * factor + inner) * width + left;
            let pixels = &picture.pixels()[start..start + PATCH_PX * factor];
            if factor == 1 {
                for (level, pixel) in row.iter_mut().zip(pixels) {
                    *level = f32::from(*pixel);
                }
            } else {
                for (level, run) in row.iter_mut().zip(pixels.chunks_exact(factor)) {
                    *level += run.iter().map(|pixel| f32::from(*pixel)).sum::<f32>();
                }
            }
        }
    }
    let scale = 1.0 / (factor * factor) as f32;
    let mut darkest = [f32::MAX; BLOCK_PX];
    for row in &seen[APRON_PX..APRON_PX + BLOCK_PX] {
        for (darkest, level) in darkest.iter_mut().zip(&row[APRON_PX..]) {
            *darkest = darkest.min(*level);
        }
    }
    let darkest = darkest.into_iter().fold(f32::MAX, f32::min) * scale;

    let mut across = NOTHING;
    smooth_across(&seen, [0.0, 1.0, 2.0], &mut across);
    let mut fine = NOTHING;
    smooth_along(&across, [0.0, 1.0, 2.0], &mut fine);
    // The sums of the weights, and the two pixels that differences span.
    let unit = scale / (16.0 * 2.0);
    let (fine_x, fine_y) = (energy_across(&fine, unit), energy_along(&fine, unit));
    // Each direction is smoothed further on its own: smoothing the other one
    // as well takes so much from thin strokes that they pass for sharp, above
    // all when the camera moved.
    smooth_across(&fine, [1.0; 3], &mut across);
    let coarse_x = energy_across(&across, unit / 5.0);
    smooth_along(&fine, [1.0; 3], &mut across);
    let coarse_y = energy_along(&across, unit / 5.0);
    Block {
        fine_x,
        fine_y,
        coarse_x,
        coarse_y,
        darkest: floor(darkest).to_le_bytes()[0],
    }
}

/// Weighted sums over five in a row, the weights given from outside to inside;
/// what is nearer to the border than two is not looked at.
fn smooth_across(plane: &Plane, weights: [f32; 3], out: &mut Plane) {
    for (out, row) in out.iter_mut().zip(plane) {
        let five = [0, 1, 2, 3, 4].map(|shift| &row[shift..]);
        rows::weigh(&mut out[2..PATCH_PX - 2], five, mirrored(weights));
    }
}

/// The same in columns.
fn smooth_along(plane: &Plane, weights: [f32; 3], out: &mut Plane) {
    for (five, out) in plane.windows(5).zip(&mut out[2..]) {
        let five = [0, 1, 2, 3, 4].map(|shift| five[shift].as_slice());
        rows::weigh(out, five, mirrored(weights));
    }
}

fn mirrored([outer, inner, middle]: [f32; 3]) -> [f32; 5] {
    [outer, inner, middle, inner, outer]
}

/// The mean squared difference across the block in the middle.
fn energy_across(plane: &Plane, unit: f32) -> f32 {
    let mut sums = [0.0_f32; BLOCK_PX];
    for row in &plane[APRON_PX..APRON_PX + BLOCK_PX] {
        rows::add_squared_differences(&mut sums, &row[APRON_PX + 1..], &row[APRON_PX - 1..]);
    }
    mean_of(&sums, unit)
}

/// The mean squared difference along it.
fn energy_along(plane: &Plane, unit: f32) -> f32 {
    let mut sums = [0.0_f32; BLOCK_PX];
    for y in APRON_PX..APRON_PX + BLOCK_PX {
        let (above, below) = (&plane[y - 1][APRON_PX..], &plane[y + 1][APRON_PX..]);
        rows::add_squared_differences(&mut sums, below, above);
    }
    mean_of(&sums, unit)
}

fn mean_of(sums: &[f32; BLOCK_PX], unit: f32) -> f32 {
    sums.iter().sum::<f32>() * unit * unit / (BLOCK_PX * BLOCK_PX) as f32
}

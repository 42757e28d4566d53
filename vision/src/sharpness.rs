//! Sharpness: how wide the edges of a picture are, where it has any.
//!
//! The figure is a blur radius: the standard deviation of the Gaussian that
//! would turn perfect step edges into those seen, in permille of the picture's
//! longer side. It follows from comparing the picture with a smoothed copy of
//! itself (Zhuo and Sim, "Defocus map estimation from a single image", Pattern
//! Recognition 44, 2011; Crété-Roffet et al., "The blur effect", SPIE 6492,
//! 2007): smoothing changes a sharp edge much and a blurred one little. Here
//! the energies of the gradients are compared instead of their peaks, which
//! needs no edge detector and averages noise:
//!
//! A step of height `a`, blurred by `s`, has a Gaussian derivative, whose
//! squared integral is `a² / (2 √π s)`. With the two measuring scales `f`
//! (fine) and `c` (coarse), the ratio of the energies is therefore
//! `r = √((s² + c²) / (s² + f²))`, whatever the contrast, so
//!
//! ```text
//! s² = (c² − r² f²) / (r² − 1)
//! ```
//!
//! Thin lines lose more energy than steps, so dense print reads as sharper than
//! it is, and what is finer than the fine scale reads as 0; flat parts say
//! nothing. So only blocks with strong gradients count, and of those the
//! seventh decile is the answer. Both directions are measured
//! on their own, and the worse one counts: a moved camera blurs one of them.
//! Noise reads as sharpness (the weakness of a plain variance of the
//! Laplacian), so the energy of the quietest blocks is taken off all others.
//!
//! The native resolution takes no part: there a photograph of 12 megapixels
//! is always soft and one of 0.9 always crisp, and whether small print can be
//! read depends on the blur relative to the frame. What a low resolution costs
//! is the business of the size threshold.

use crate::order;
use crate::scale::Shrunk;

/// The longer side of the picture that is analysed, in pixels.
///
/// A round number makes one working pixel one permille of the frame. A passport
/// page that fills the frame has strokes of 2 to 3 pixels here, so a blur that
/// hides them is measurable, and sixteen pixels of a 12-megapixel photograph are
/// averaged, which takes most of its noise away.
pub const WORKING_LONG_SIDE_PX: u32 = 1000;

/// Side of the square blocks that are measured, in working pixels: about two
/// lines of text, and small enough that a portrait is not one block with it.
pub(crate) const BLOCK_PX: usize = 32;

/// Fine scale: binomial 1-2-1 (variance 1/2) and the central difference, which
/// averages over two pixels (variance 2²/12).
const FINE_VARIANCE_PX2: f32 = 0.5 + 1.0 / 3.0;

/// Coarse scale: the fine one and a running mean over five (variance 24/12).
const COARSE_VARIANCE_PX2: f32 = FINE_VARIANCE_PX2 + 2.0;

/// Reported when smoothing changes nothing measurable any more.
pub const MOST_BLUR_PERMILLE: f32 = 12.0;

/// Less blur than this is as good as none, in working pixels: the fine scale
/// hides it.
const LEAST_BLUR_PX: f32 = 0.5;

/// Planes hold luma in 16ths: the exact sum of the 1-2-1 kernels.
const PLANE_SCALE: f32 = 16.0;

/// Noise is read where one block in this many is quieter. A document seldom
/// fills every block up to the frame's edge.
const QUIET_ONE_IN: usize = 10;

/// The most energy that is believed to be noise, as the mean square of the
/// gradient in levels per pixel. White noise of 9 levels at working size gives
/// this much (the fine gradient passes 0.117 of its variance); more is texture,
/// and taking it off would falsify the rest.
const NOISE_ENERGY_MAX: f32 = 9.0;

/// A block is detailed above this root mean square gradient, as a share of the
/// range of brightness in the picture. Found by trial: about 0.6 of the blocks
/// of a specimen are above it, none of its empty desk.
const DETAIL_SHARE_OF_RANGE: f32 = 0.03;

/// Bounds of the same in levels per pixel. Below the lower one, JPEG artefacts
/// are measured; above the higher one, no picture has to be.
const DETAIL_BOUNDS: (f32, f32) = (1.2, 4.5);

/// And above this many times the energy of the quietest blocks.
const DETAIL_OVER_NOISE: f32 = 5.0;

/// Which decile of the detailed blocks, from the sharpest, gives the answer.
///
/// Tried on photographs, scanned print and the specimens, each blurred by 2
/// permille: at the median, specimens read as 1.1 and at this decile as 1.4 to
/// 1.7, photographs mostly as 1.4 to 2.5, a page of dense print as 1.0. Higher
/// deciles read the soft shading of a sharp portrait as blur.
const DECILE: usize = 7;

/// Fewer blocks than this say nothing dependable.
const FEWEST_BLOCKS: usize = 4;

/// What the edges of a picture say.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Sharpness {
    /// Blur radius in permille of the longer side; `None` without detail.
    pub blur_permille: Option<f32>,
    /// The larger of the blurs across and along over the smaller, if both are
    /// known: 1 for a lens out of focus, more for a camera that moved.
    pub smear: Option<f32>,
    /// Share of the picture's blocks that hold detail, 0 to 1.
    pub detail_share: f32,
    /// Median over the detailed blocks of the darkest luma in each: how dark
    /// the ink still is. `None` without detail.
    pub ink: Option<u8>,
}

/// Measures sharpness; keeps its planes from picture to picture.
#[derive(Clone, Debug, Default)]
pub struct Meter {
    fine: Vec<u16>,
    coarse: Vec<u16>,
    rows: Vec<u16>,
    pub(crate) blocks: Vec<Block>,
    sorted: Vec<f32>,
    inks: Vec<u8>,
}

/// Mean squared gradients of one block, in squared levels per pixel.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Block {
    pub(crate) fine_x: f32,
    pub(crate) fine_y: f32,
    pub(crate) coarse_x: f32,
    pub(crate) coarse_y: f32,
    pub(crate) darkest: u8,
}

impl Block {
    fn fine(&self) -> f32 {
        self.fine_x + self.fine_y
    }
}

impl Meter {
    /// Measures a picture of working size whose brightness spans
    /// `range_levels`.
    pub fn measure(&mut self, picture: &Shrunk, range_levels: u8) -> Sharpness {
        let (width_px, height_px) = (picture.width_px(), picture.height_px());
        if width_px < BLOCK_PX || height_px < BLOCK_PX {
            return Sharpness::default();
        }
        smooth_fine(
            picture.pixels(),
            width_px,
            height_px,
            &mut self.rows,
            &mut self.fine,
        );
        smooth_coarse(
            &self.fine,
            width_px,
            height_px,
            &mut self.rows,
            &mut self.coarse,
        );
        self.measure_blocks(picture.pixels(), width_px, height_px);
        self.conclude(range_levels, 1000.0 / width_px.max(height_px) as f32)
    }

    fn measure_blocks(&mut self, pixels: &[u8], width_px: usize, height_px: usize) {
        self.blocks.clear();
        // Blocks keep two pixels away from the border, where the smoothing
        // has repeated pixels; what does not fill a block is left out.
        for top in (2..height_px.saturating_sub(BLOCK_PX + 1)).step_by(BLOCK_PX) {
            for left in (2..width_px.saturating_sub(BLOCK_PX + 1)).step_by(BLOCK_PX) {
                let mut sums = [0_u64; 4];
                let mut darkest = u8::MAX;
                for y in top..top + BLOCK_PX {
                    let start = y * width_px + left;
                    let (fine_x, fine_y) = row_energy(&self.fine, start, width_px);
                    let (coarse_x, coarse_y) = row_energy(&self.coarse, start, width_px);
                    for (sum, value) in sums.iter_mut().zip([fine_x, fine_y, coarse_x, coarse_y]) {
                        *sum += value;
                    }
                    for pixel in &pixels[start..start + BLOCK_PX] {
                        darkest = darkest.min(*pixel);
                    }
                }
                // Differences span two pixels of values in 16ths.
                let unit = (2.0 * PLANE_SCALE).powi(2) * (BLOCK_PX * BLOCK_PX) as f32;
                let [fine_x, fine_y, coarse_x, coarse_y] = sums.map(|sum| sum as f32 / unit);
                self.blocks.push(Block {
                    fine_x,
                    fine_y,
                    coarse_x,
                    coarse_y,
                    darkest,
                });
            }
        }
    }

    /// What the measured blocks say together.
    pub(crate) fn conclude(&mut self, range_levels: u8, permille_per_px: f32) -> Sharpness {
        if self.blocks.is_empty() {
            return Sharpness::default();
        }
        let quiet = self.quietest();
        let least_rms = (DETAIL_SHARE_OF_RANGE * f32::from(range_levels))
            .clamp(DETAIL_BOUNDS.0, DETAIL_BOUNDS.1);
        let least = least_rms
            .powi(2)
            .max(DETAIL_OVER_NOISE * quiet.fine().min(NOISE_ENERGY_MAX));
        let Self {
            blocks,
            sorted,
            inks,
            ..
        } = self;
        let detailed = || blocks.iter().filter(|block| block.fine() >= least);
        let count = detailed().count();
        let detail_share = count as f32 / blocks.len() as f32;
        if count < FEWEST_BLOCKS {
            return Sharpness {
                detail_share,
                ..Sharpness::default()
            };
        }

        // Half of what both directions need together is one direction's part.
        let across = blur_of(
            detailed()
                .map(|block| (block.fine_x, block.coarse_x))
                .filter(|(fine, _)| *fine >= least / 2.0)
                .map(|(fine, coarse)| (fine - quiet.fine_x, coarse - quiet.coarse_x)),
            sorted,
        );
        let along = blur_of(
            detailed()
                .map(|block| (block.fine_y, block.coarse_y))
                .filter(|(fine, _)| *fine >= least / 2.0)
                .map(|(fine, coarse)| (fine - quiet.fine_y, coarse - quiet.coarse_y)),
            sorted,
        );
        let (blur_px, smear) = match (across, along) {
            (Some(x), Some(y)) => {
                let least = x.min(y).max(LEAST_BLUR_PX);
                (Some(x.max(y)), Some((x.max(y) / least).max(1.0)))
            }
            (one, other) => (one.or(other), None),
        };
        inks.clear();
        inks.extend(detailed().map(|block| block.darkest));
        order::sort(inks, |one, other| one < other);
        let ink = inks.get(inks.len() / 2).copied();
        Sharpness {
            blur_permille: blur_px.map(|px| (px * permille_per_px).min(MOST_BLUR_PERMILLE)),
            smear,
            detail_share,
            ink,
        }
    }

    /// The energies that are there without any detail, each from the quiet
    /// end of the blocks.
    fn quietest(&mut self) -> Block {
        order::sort(&mut self.blocks, |a, b| a.fine() < b.fine());
        let quiet = self
            .blocks
            .get(self.blocks.len() / QUIET_ONE_IN)
            .copied()
            .unwrap_or_default();
        let believed = (NOISE_ENERGY_MAX / quiet.fine().max(f32::MIN_POSITIVE)).min(1.0);
        Block {
            fine_x: quiet.fine_x * believed,
            fine_y: quiet.fine_y * believed,
            coarse_x: quiet.coarse_x * believed,
            coarse_y: quiet.coarse_y * believed,
            darkest: quiet.darkest,
        }
    }
}

/// The blur radius in pixels at [`DECILE`] of blocks given by the energies of their
/// fine and coarse gradients.
fn blur_of(energies: impl Iterator<Item = (f32, f32)>, sorted: &mut Vec<f32>) -> Option<f32> {
    sorted.clear();
    sorted.extend(energies.map(|(fine, coarse)| blur_px(fine, coarse)));
    if sorted.len() < FEWEST_BLOCKS {
        return None;
    }
    order::sort_figures(sorted);
    sorted.get(sorted.len() * DECILE / 10).copied()
}

/// The formula of the module's documentation.
fn blur_px(fine: f32, coarse: f32) -> f32 {
    if coarse <= 0.0 {
        // All that was fine has gone by smoothing: as sharp as can be.
        return 0.0;
    }
    let ratio_squared = (fine / coarse).powi(2);
    if ratio_squared <= 1.0 {
        return MOST_BLUR_PERMILLE;
    }
    let variance =
        (COARSE_VARIANCE_PX2 - ratio_squared * FINE_VARIANCE_PX2) / (ratio_squared - 1.0);
    variance.max(0.0).sqrt().min(MOST_BLUR_PERMILLE)
}

/// Sums of the squared differences across and along one row of a block.
fn row_energy(plane: &[u16], start: usize, width_px: usize) -> (u64, u64) {
    let row = &plane[start - 1..=start + BLOCK_PX];
    let above = &plane[start - width_px..start - width_px + BLOCK_PX];
    let below = &plane[start + width_px..start + width_px + BLOCK_PX];
    let (mut across, mut along) = (0_u64, 0_u64);
    for x in 0..BLOCK_PX {
        across += u64::from(row[x].abs_diff(row[x + 2])).pow(2);
        along += u64::from(above[x].abs_diff(below[x])).pow(2);
    }
    (across, along)
}

/// 1-2-1 in both directions; the sum of the weights is 16, so nothing is lost.
fn smooth_fine(
    pixels: &[u8],
    width_px: usize,
    height_px: usize,
    rows: &mut Vec<u16>,
    out: &mut Vec<u16>,
) {
    rows.clear();
    for row in pixels.chunks_exact(width_px) {
        let mut before = u16::from(row[0]);
        let mut here = before;
        for next in row[1..].iter().chain(row.last()) {
            let next = u16::from(*next);
            rows.push(before + 2 * here + next);
            (before, here) = (here, next);
        }
    }
    out.clear();
    for y in 0..height_px {
        let above = row_of(rows, width_px, y.saturating_sub(1));
        let middle = row_of(rows, width_px, y);
        let below = row_of(rows, width_px, (y + 1).min(height_px - 1));
        for x in 0..width_px {
            out.push(above[x] + 2 * middle[x] + below[x]);
        }
    }
}

/// The mean of 5x5, with the border repeated.
fn smooth_coarse(
    fine: &[u16],
    width_px: usize,
    height_px: usize,
    rows: &mut Vec<u16>,
    out: &mut Vec<u16>,
) {
    rows.clear();
    for row in fine.chunks_exact(width_px) {
        for x in 0..width_px {
            let (left, right) = (x.saturating_sub(2), (x + 2).min(width_px - 1));
            let sum = if right - left == 4 {
                row[left] + row[left + 1] + row[x] + row[right - 1] + row[right]
            } else {
                5 * row[x]
            };
            rows.push(sum);
        }
    }
    out.clear();
    for y in 0..height_px {
        let (top, bottom) = (y.saturating_sub(2), (y + 2).min(height_px - 1));
        if bottom - top < 4 {
            out.extend(row_of(rows, width_px, y).iter().map(|sum| sum / 5));
            continue;
        }
        let taken = [
            row_of(rows, width_px, top),
            row_of(rows, width_px, top + 1),
            row_of(rows, width_px, y),
            row_of(rows, width_px, bottom - 1),
            row_of(rows, width_px, bottom),
        ];
        for x in 0..width_px {
            let sum: u32 = taken.iter().map(|row| u32::from(row[x])).sum();
            // 25 sixteenths of 255 fit; the mean is at most 16 times 255.
            out.push(u16::try_from((sum + 12) / 25).unwrap_or(u16::MAX));
        }
    }
}

fn row_of(plane: &[u16], width_px: usize, y: usize) -> &[u16] {
    &plane[y * width_px..(y + 1) * width_px]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exposure::Exposure;
    use crate::synthetic::Picture;

    fn measured(picture: &Picture) -> Sharpness {
        let mut working = Shrunk::default();
        working.fill(&picture.luma(), WORKING_LONG_SIDE_PX);
        let range = Exposure::of(working.pixels()).range();
        Meter::default().measure(&working, range)
    }

    fn blur_permille(picture: &Picture) -> f32 {
        measured(picture).blur_permille.unwrap()
    }

    /// Steps in both directions, which is what the formula is exact for.
    fn checkers() -> Picture {
        Picture::of(1000, 700, |x, y| {
            if (x / 110 + y / 110) % 2 == 0 {
                200.0
            } else {
                60.0
            }
        })
    }

    #[test]
    fn the_blur_of_steps_is_recovered_in_permille() {
        for radius_px in [1.5, 2.0, 3.0, 4.0] {
            let found = blur_permille(&checkers().blurred(radius_px));
            assert!(
                (found - radius_px).abs() < 0.12 * radius_px,
                "{found} for {radius_px}"
            );
        }
    }

    #[test]
    fn more_blur_never_reads_as_less() {
        let document = Picture::document(960, 720);
        let mut last = blur_permille(&document);
        for tenths_px in [5, 10, 15, 20, 25, 30, 40] {
            let next = blur_permille(&document.blurred(tenths_px as f32 / 10.0));
            // What is sharper than the fine scale reads as zero.
            assert!(
                next > last || next == 0.0,
                "{next} after {last} at {tenths_px}/10 px"
            );
            last = next;
        }
    }

    #[test]
    fn contrast_does_not_change_the_blur() {
        let document = Picture::document(960, 720).blurred(2.0);
        let strong = blur_permille(&document);
        let weak = blur_permille(&document.lit(0.4, 60.0));
        assert!((strong - weak).abs() < 0.1 * strong, "{strong}, {weak}");
    }

    #[test]
    fn noise_hardly_changes_the_blur() {
        for radius_px in [2.0, 3.0] {
            let document = Picture::document(1280, 960).blurred(radius_px);
            let clean = blur_permille(&document);
            let noisy = blur_permille(&document.with_noise(6.0));
            assert!((clean - noisy).abs() < 0.25 * clean, "{clean}, {noisy}");
        }
    }

    #[test]
    fn the_same_blur_of_the_frame_reads_alike_at_every_resolution() {
        let small = blur_permille(&Picture::document(960, 720).blurred(2.0));
        let large = blur_permille(&Picture::document(1920, 1440).blurred(4.0));
        assert!((small - large).abs() < 0.1 * small, "{small}, {large}");
    }

    #[test]
    fn a_camera_moved_sideways_is_as_bad_as_one_out_of_focus() {
        let document = Picture::document(960, 720);
        let moved = blur_permille(&document.smeared(8.0));
        let sharp = blur_permille(&document);
        assert!(moved > 1.8 && sharp < 0.5, "{moved}, {sharp}");
    }

    #[test]
    fn noise_alone_is_not_detail() {
        let noise = measured(&Picture::flat(1280, 720, 120).with_noise(10.0));
        assert!(noise.detail_share < 0.01, "{noise:?}");
        assert_eq!(noise.blur_permille, None);
    }

    #[test]
    fn a_picture_smaller_than_a_block_says_nothing() {
        assert_eq!(measured(&Picture::flat(31, 900, 0)), Sharpness::default());
    }

    #[test]
    fn black_ink_stays_black_and_faded_ink_does_not() {
        let document = Picture::document(960, 720);
        assert!(measured(&document).ink.unwrap() <= 60);
        assert!(measured(&document.lit(1.0, 60.0)).ink.unwrap() >= 100);
    }
}

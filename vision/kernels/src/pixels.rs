//! Loops over the bytes of pictures; pixels are red, green, blue and alpha.

use crate::lanes::{self, BYTES};

/// Bytes of a pixel.
pub const RGBA: usize = 4;

/// The luma of one pixel: ITU-R BT.601 weights in 256ths, which is what the Y
/// of a JPEG or of a camera frame holds, so that both paths judge alike.
#[must_use]
pub fn brightness(red: u8, green: u8, blue: u8) -> u8 {
    let sum = 77 * u32::from(red) + 150 * u32::from(green) + 29 * u32::from(blue) + 128;
    // The weights add up to 256, so the second byte is the whole result.
    sum.to_le_bytes()[1]
}

/// The [`brightness`] of every pixel; what one slice has more than the other is
/// left alone.
pub fn brightness_of(rgba: &[u8], luma: &mut [u8]) {
    let (sixteens, rest) = rgba.as_chunks::<{ RGBA * BYTES }>();
    let (targets, _) = luma.as_chunks_mut::<BYTES>();
    let n_done = sixteens.len().min(targets.len()) * BYTES;
    for (target, pixels) in targets.iter_mut().zip(sixteens) {
        lanes::brightness(pixels, target);
    }
    let rest = rgba.get(n_done * RGBA..).unwrap_or(rest);
    let pixels = rest.as_chunks::<RGBA>().0;
    for (target, [red, green, blue, _]) in luma[n_done..].iter_mut().zip(pixels) {
        *target = brightness(*red, *green, *blue);
    }
}

/// Means of two by two pixels of two rows, rounded half up; an odd last one is
/// left out.
pub fn halve(upper: &[u8], lower: &[u8], target: &mut [u8]) {
    let (targets, rest) = target.as_chunks_mut::<BYTES>();
    let above = upper.as_chunks::<{ 2 * BYTES }>().0;
    let below = lower.as_chunks::<{ 2 * BYTES }>().0;
    for ((target, above), below) in targets.iter_mut().zip(above).zip(below) {
        lanes::halve(above, below, target);
    }
    let done = 2 * BYTES * targets.len();
    let above = upper.get(done..).unwrap_or_default();
    let below = lower.get(done..).unwrap_or_default();
    let pairs = above.as_chunks::<{ 2 * RGBA }>().0.iter();
    let pairs = pairs.zip(below.as_chunks::<{ 2 * RGBA }>().0);
    for (target, (above, below)) in rest.as_chunks_mut::<RGBA>().0.iter_mut().zip(pairs) {
        for channel in 0..RGBA {
            target[channel] = mean([
                above[channel],
                above[channel + RGBA],
                below[channel],
                below[channel + RGBA],
            ]);
        }
    }
}

/// The mean of four bytes, rounded half up.
pub(crate) fn mean(four: [u8; 4]) -> u8 {
    let sum: u16 = four.into_iter().map(u16::from).sum();
    // A mean of bytes is a byte.
    ((sum + 2) >> 2).to_le_bytes()[0]
}

/// Adds every byte, so many times, to its sum. What passes 65,535 begins again
/// at zero: all the times of a sum may come to 257.
pub fn add_scaled(sums: &mut [u16], bytes: &[u8], times: u16) {
    in_sixteens(
        sums,
        bytes,
        |sums, bytes| lanes::add_scaled(sums, bytes, times),
        |sum, byte| *sum = sum.wrapping_add(times.wrapping_mul(u16::from(byte))),
    );
}

/// The sums of some pixels, each by its weight; what one slice has more than the
/// other is left alone.
#[must_use]
pub fn weighed(pixels: &[[u16; RGBA]], weights: &[f32]) -> [f32; RGBA] {
    lanes::weighed(pixels, weights)
}

/// Keeps the larger of each two.
pub fn raise(here: &mut [u8], there: &[u8]) {
    in_sixteens(here, there, lanes::raise, |here, there| {
        *here = (*here).max(there);
    });
}

/// Keeps the smaller of each two.
pub fn lower(here: &mut [u8], there: &[u8]) {
    in_sixteens(here, there, lanes::lower, |here, there| {
        *here = (*here).min(there);
    });
}

/// Sixteen at a time, and the rest one by one; what one slice has more than the
/// other is left alone.
fn in_sixteens<T>(
    here: &mut [T],
    there: &[u8],
    many: impl Fn(&mut [T; BYTES], &[u8; BYTES]),
    one: impl Fn(&mut T, u8),
) {
    let n_both = here.len().min(there.len());
    let (here, here_rest) = here[..n_both].as_chunks_mut();
    let (there, there_rest) = there[..n_both].as_chunks();
    for (here, there) in here.iter_mut().zip(there) {
        many(here, there);
    }
    for (here, there) in here_rest.iter_mut().zip(there_rest) {
        one(here, *there);
    }
}

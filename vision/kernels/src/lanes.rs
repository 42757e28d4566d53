//! Eight figures, or sixteen bytes, that are computed together.
//!
//! Compilers make vector instructions of the plain twin for x86 and ARM, but
//! not for WebAssembly, where the other twin names them. Both add in the same
//! order, so they agree to the last bit. `tests/definitions.rs` holds either to
//! what it should compute.

/// How many figures there are.
pub(crate) const LANES: usize = 8;

/// How many bytes there are.
pub(crate) const BYTES: usize = 16;

#[cfg(not(all(target_arch = "wasm32", target_feature = "simd128")))]
pub(crate) use plain::{
    Eight, Wholes, add_scaled, brightness, halve, largest, lower, raise, rounded, weighed,
};
#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
pub(crate) use wide::{
    Eight, Wholes, add_scaled, brightness, halve, largest, lower, raise, rounded, weighed,
};

#[cfg(not(all(target_arch = "wasm32", target_feature = "simd128")))]
mod plain {
    use super::{BYTES, LANES};
    use crate::pixels::{self, RGBA};

    /// The luma of sixteen pixels.
    pub(crate) fn brightness(rgba: &[u8; RGBA * BYTES], luma: &mut [u8; BYTES]) {
        for (target, [red, green, blue, _]) in luma.iter_mut().zip(rgba.as_chunks().0) {
            *target = pixels::brightness(*red, *green, *blue);
        }
    }

    /// Four pixels of the means of two by two.
    pub(crate) fn halve(
        upper: &[u8; 2 * BYTES],
        lower: &[u8; 2 * BYTES],
        target: &mut [u8; BYTES],
    ) {
        for (index, mean) in target.iter_mut().enumerate() {
            let at = index / RGBA * 2 * RGBA + index % RGBA;
            *mean = pixels::mean([upper[at], upper[at + RGBA], lower[at], lower[at + RGBA]]);
        }
    }

    /// Adds every byte, so many times, to its sum.
    pub(crate) fn add_scaled(sums: &mut [u16; BYTES], bytes: &[u8; BYTES], times: u16) {
        for (sum, byte) in sums.iter_mut().zip(bytes) {
            *sum = sum.wrapping_add(times.wrapping_mul(u16::from(*byte)));
        }
    }

    /// The sums of some pixels, each by its weight.
    pub(crate) fn weighed(pixels: &[[u16; RGBA]], weights: &[f32]) -> [f32; RGBA] {
        let mut sums = [0.0; RGBA];
        for (pixel, weight) in pixels.iter().zip(weights) {
            for (sum, figure) in sums.iter_mut().zip(pixel) {
                *sum += f32::from(*figure) * weight;
            }
        }
        sums
    }

    /// Keeps the larger of each two.
    pub(crate) fn raise(here: &mut [u8; BYTES], there: &[u8; BYTES]) {
        for (here, there) in here.iter_mut().zip(there) {
            *here = (*here).max(*there);
        }
    }

    /// Keeps the smaller of each two.
    pub(crate) fn lower(here: &mut [u8; BYTES], there: &[u8; BYTES]) {
        for (here, there) in here.iter_mut().zip(there) {
            *here = (*here).min(*there);
        }
    }

    /// The largest figure without its sign.
    pub(crate) fn largest(eights: &[[f32; LANES]], rest: &[f32]) -> f32 {
        let figures = eights.as_flattened().iter().chain(rest);
        figures.fold(0.0, |most, figure| {
            let size = figure.abs();
            if size > most { size } else { most }
        })
    }

    /// Each figure so many times, as the nearest whole number, of two the even
    /// one.
    #[expect(
        clippy::cast_possible_truncation,
        reason = "`as` saturates, as the other twin does"
    )]
    pub(crate) fn rounded(figures: &[f32; LANES], times: f32) -> [i16; LANES] {
        figures.map(|figure| (figure * times).round_ties_even() as i16)
    }

    /// Eight whole sums.
    #[derive(Clone, Copy, Default)]
    pub(crate) struct Wholes([i32; LANES]);

    impl Wholes {
        /// Adds pairs of numbers, each by its weight, to every sum of a line;
        /// lines are as long as the weights.
        pub(crate) fn add_lines<const N: usize>(
            sums: &mut [Self; N],
            lines: [&[[i16; 2]]; N],
            weights: &[[[i16; 2]; LANES]],
        ) {
            for (sum, line) in sums.iter_mut().zip(lines) {
                for (pair, weights) in line.iter().zip(weights) {
                    let [first, second] = pair.map(i32::from);
                    for (sum, weights) in sum.0.iter_mut().zip(weights) {
                        let [one, other] = weights.map(i32::from);
                        *sum += first * one + second * other;
                    }
                }
            }
        }

        /// The sums in steps of this size.
        pub(crate) fn figures(self, step: f32) -> [f32; LANES] {
            self.0.map(|sum| sum as f32 * step)
        }
    }

    /// Eight sums.
    #[derive(Clone, Copy)]
    pub(crate) struct Eight([f32; LANES]);

    impl Eight {
        pub(crate) fn new(figures: &[f32; LANES]) -> Self {
            Self(*figures)
        }

        pub(crate) fn add(&mut self, values: &[f32; LANES]) {
            for (sum, value) in self.0.iter_mut().zip(values) {
                *sum += value;
            }
        }

        pub(crate) fn add_scaled(&mut self, value: f32, weights: &[f32; LANES]) {
            for (sum, weight) in self.0.iter_mut().zip(weights) {
                *sum += value * weight;
            }
        }

        pub(crate) fn add_products(&mut self, values: &[f32; LANES], weights: &[f32; LANES]) {
            for ((sum, value), weight) in self.0.iter_mut().zip(values).zip(weights) {
                *sum += value * weight;
            }
        }

        pub(crate) fn add_squared_difference(&mut self, one: &[f32; LANES], other: &[f32; LANES]) {
            for ((sum, one), other) in self.0.iter_mut().zip(one).zip(other) {
                *sum += (one - other) * (one - other);
            }
        }

        pub(crate) fn rectify(&mut self) {
            for sum in &mut self.0 {
                *sum = if *sum > 0.0 { *sum } else { 0.0 };
            }
        }

        pub(crate) fn store(self, target: &mut [f32; LANES]) {
            *target = self.0;
        }
    }
}

#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
mod wide {
    #![expect(
        unsafe_code,
        reason = "loads and stores of vectors take pointers; each is to the whole of an array"
    )]

    use std::arch::wasm32::{
        f32x4_abs, f32x4_add, f32x4_convert_i32x4, f32x4_mul, f32x4_nearest, f32x4_pmax,
        f32x4_splat, f32x4_sub, i16x8, i16x8_add, i16x8_mul, i16x8_narrow_i32x4, i32x4_add,
        i32x4_dot_i16x8, i32x4_shuffle, i32x4_splat, i32x4_trunc_sat_f32x4, i64x2_shuffle,
        u8x16_max, u8x16_min, u8x16_narrow_i16x8, u16x8_extend_high_u8x16, u16x8_extend_low_u8x16,
        u16x8_shr, u16x8_splat, u32x4_load_extend_u16x4, u32x4_shr, v128, v128_load,
        v128_load32_splat, v128_store,
    };

    use super::{BYTES, LANES};
    use crate::pixels::RGBA;

    fn load_bytes(bytes: &[u8; BYTES]) -> v128 {
        // SAFETY: sixteen bytes are a vector, and a load may be unaligned.
        unsafe { v128_load(bytes.as_ptr().cast()) }
    }

    fn store_bytes(bytes: &mut [u8; BYTES], vector: v128) {
        // SAFETY: sixteen bytes are a vector, and a store may be unaligned.
        unsafe { v128_store(bytes.as_mut_ptr().cast(), vector) }
    }

    /// The luma of sixteen pixels.
    #[inline]
    pub(crate) fn brightness(rgba: &[u8; RGBA * BYTES], luma: &mut [u8; BYTES]) {
        let weights = i16x8(77, 150, 29, 0, 77, 150, 29, 0);
        let [a, b, c, d] = [0, 1, 2, 3].map(|quarter| {
            let four = load_bytes(&rgba.as_chunks().0[quarter]);
            // Of each pixel: red with green, and blue.
            let first = i32x4_dot_i16x8(u16x8_extend_low_u8x16(four), weights);
            let second = i32x4_dot_i16x8(u16x8_extend_high_u8x16(four), weights);
            let both = i32x4_add(
                i32x4_shuffle::<0, 2, 4, 6>(first, second),
                i32x4_shuffle::<1, 3, 5, 7>(first, second),
            );
            u32x4_shr(i32x4_add(both, i32x4_splat(128)), 8)
        });
        let (low, high) = (i16x8_narrow_i32x4(a, b), i16x8_narrow_i32x4(c, d));
        store_bytes(luma, u8x16_narrow_i16x8(low, high));
    }

    /// Four pixels of the means of two by two.
    #[inline]
    pub(crate) fn halve(
        upper: &[u8; 2 * BYTES],
        lower: &[u8; 2 * BYTES],
        target: &mut [u8; BYTES],
    ) {
        let [first, second] = [0, 1].map(|half| {
            let above = load_bytes(&upper.as_chunks().0[half]);
            let below = load_bytes(&lower.as_chunks().0[half]);
            let low = i16x8_add(u16x8_extend_low_u8x16(above), u16x8_extend_low_u8x16(below));
            let high = i16x8_add(
                u16x8_extend_high_u8x16(above),
                u16x8_extend_high_u8x16(below),
            );
            // Pixels 0 and 2 beside each other, and 1 and 3.
            let left = i64x2_shuffle::<0, 2>(low, high);
            let right = i64x2_shuffle::<1, 3>(low, high);
            let sum = i16x8_add(i16x8_add(left, right), u16x8_splat(2));
            u16x8_shr(sum, 2)
        });
        store_bytes(target, u8x16_narrow_i16x8(first, second));
    }

    /// Adds every byte, so many times, to its sum.
    #[inline]
    pub(crate) fn add_scaled(sums: &mut [u16; BYTES], bytes: &[u8; BYTES], times: u16) {
        let (bytes, times) = (load_bytes(bytes), u16x8_splat(times));
        let halves = [
            u16x8_extend_low_u8x16(bytes),
            u16x8_extend_high_u8x16(bytes),
        ];
        for (sums, half) in sums.as_chunks_mut::<8>().0.iter_mut().zip(halves) {
            let more = i16x8_mul(half, times);
            let start = sums.as_mut_ptr().cast::<v128>();
            // SAFETY: eight of these are a vector, and either may be unaligned.
            unsafe { v128_store(start, i16x8_add(v128_load(start), more)) };
        }
    }

    /// The sums of some pixels, each by its weight.
    #[inline]
    pub(crate) fn weighed(pixels: &[[u16; RGBA]], weights: &[f32]) -> [f32; RGBA] {
        let mut sums = f32x4_splat(0.0);
        for (pixel, weight) in pixels.iter().zip(weights) {
            // SAFETY: four of these are half a vector, and a load may be
            // unaligned.
            let figures = unsafe { u32x4_load_extend_u16x4(pixel.as_ptr()) };
            let figures = f32x4_convert_i32x4(figures);
            sums = f32x4_add(sums, f32x4_mul(figures, f32x4_splat(*weight)));
        }
        let mut each = [0.0; RGBA];
        // SAFETY: four figures are a vector, and a store may be unaligned.
        unsafe { v128_store(each.as_mut_ptr().cast(), sums) };
        each
    }

    /// Keeps the larger of each two.
    #[inline]
    pub(crate) fn raise(here: &mut [u8; BYTES], there: &[u8; BYTES]) {
        store_bytes(here, u8x16_max(load_bytes(here), load_bytes(there)));
    }

    /// Keeps the smaller of each two.
    #[inline]
    pub(crate) fn lower(here: &mut [u8; BYTES], there: &[u8; BYTES]) {
        store_bytes(here, u8x16_min(load_bytes(here), load_bytes(there)));
    }

    /// The largest figure without its sign.
    pub(crate) fn largest(eights: &[[f32; LANES]], rest: &[f32]) -> f32 {
        let mut most = f32x4_splat(0.0);
        for eight in eights {
            let (low, high) = load(eight);
            most = f32x4_pmax(f32x4_pmax(most, f32x4_abs(low)), f32x4_abs(high));
        }
        let mut sizes = Eight(most, most);
        let mut last = [0.0; LANES];
        last[..rest.len()].copy_from_slice(rest);
        let (low, high) = load(&last);
        sizes.0 = f32x4_pmax(sizes.0, f32x4_abs(low));
        sizes.1 = f32x4_pmax(sizes.1, f32x4_abs(high));
        let mut each = [0.0; LANES];
        sizes.store(&mut each);
        each.into_iter()
            .fold(0.0, |most, size| if size > most { size } else { most })
    }

    /// Each figure so many times, as the nearest whole number, of two the even
    /// one.
    #[inline]
    pub(crate) fn rounded(figures: &[f32; LANES], times: f32) -> [i16; LANES] {
        let (low, high) = load(figures);
        let times = f32x4_splat(times);
        let [low, high] =
            [low, high].map(|half| i32x4_trunc_sat_f32x4(f32x4_nearest(f32x4_mul(half, times))));
        let mut numbers = [0; LANES];
        // SAFETY: eight of these are a vector, and a store may be unaligned.
        unsafe { v128_store(numbers.as_mut_ptr().cast(), i16x8_narrow_i32x4(low, high)) };
        numbers
    }

    /// Eight whole sums.
    #[derive(Clone, Copy)]
    pub(crate) struct Wholes(v128, v128);

    impl Default for Wholes {
        fn default() -> Self {
            Self(i32x4_splat(0), i32x4_splat(0))
        }
    }

    impl Wholes {
        /// Adds pairs of numbers, each by its weight, to every sum of a line;
        /// lines are as long as the weights.
        #[inline]
        pub(crate) fn add_lines<const N: usize>(
            sums: &mut [Self; N],
            lines: [&[[i16; 2]]; N],
            weights: &[[[i16; 2]; LANES]],
        ) {
            assert!(lines.iter().all(|line| line.len() == weights.len()));
            for (index, weights) in weights.iter().enumerate() {
                let start = weights.as_ptr().cast::<v128>();
                // SAFETY: eight pairs are two vectors, and a load may be
                // unaligned.
                let (low, high) = unsafe { (v128_load(start), v128_load(start.add(1))) };
                for (sum, line) in sums.iter_mut().zip(lines) {
                    // SAFETY: the line is as long as the weights; a pair is the
                    // 32 bits of a lane.
                    let pair = unsafe { v128_load32_splat(line.as_ptr().add(index).cast()) };
                    sum.0 = i32x4_add(sum.0, i32x4_dot_i16x8(pair, low));
                    sum.1 = i32x4_add(sum.1, i32x4_dot_i16x8(pair, high));
                }
            }
        }

        /// The sums in steps of this size.
        #[inline]
        pub(crate) fn figures(self, step: f32) -> [f32; LANES] {
            let step = f32x4_splat(step);
            let [low, high] =
                [self.0, self.1].map(|sums| f32x4_mul(f32x4_convert_i32x4(sums), step));
            let mut figures = [0.0; LANES];
            Eight(low, high).store(&mut figures);
            figures
        }
    }

    /// Eight sums.
    #[derive(Clone, Copy)]
    pub(crate) struct Eight(v128, v128);

    fn load(figures: &[f32; LANES]) -> (v128, v128) {
        let start = figures.as_ptr().cast::<v128>();
        // SAFETY: eight figures are two vectors, and a load may be unaligned.
        unsafe { (v128_load(start), v128_load(start.add(1))) }
    }

    impl Eight {
        pub(crate) fn new(figures: &[f32; LANES]) -> Self {
            let (low, high) = load(figures);
            Self(low, high)
        }

        #[inline]
        pub(crate) fn add(&mut self, values: &[f32; LANES]) {
            let (low, high) = load(values);
            self.0 = f32x4_add(self.0, low);
            self.1 = f32x4_add(self.1, high);
        }

        #[inline]
        pub(crate) fn add_scaled(&mut self, value: f32, weights: &[f32; LANES]) {
            let (low, high) = load(weights);
            let value = f32x4_splat(value);
            self.0 = f32x4_add(self.0, f32x4_mul(value, low));
            self.1 = f32x4_add(self.1, f32x4_mul(value, high));
        }

        #[inline]
        pub(crate) fn add_products(&mut self, values: &[f32; LANES], weights: &[f32; LANES]) {
            let ((a, b), (low, high)) = (load(values), load(weights));
            self.0 = f32x4_add(self.0, f32x4_mul(a, low));
            self.1 = f32x4_add(self.1, f32x4_mul(b, high));
        }

        #[inline]
        pub(crate) fn add_squared_difference(&mut self, one: &[f32; LANES], other: &[f32; LANES]) {
            let ((a, b), (low, high)) = (load(one), load(other));
            let (a, b) = (f32x4_sub(a, low), f32x4_sub(b, high));
            self.0 = f32x4_add(self.0, f32x4_mul(a, a));
            self.1 = f32x4_add(self.1, f32x4_mul(b, b));
        }

        pub(crate) fn rectify(&mut self) {
            let zero = f32x4_splat(0.0);
            // The second where the first is less: zero for what is below it.
            self.0 = f32x4_pmax(zero, self.0);
            self.1 = f32x4_pmax(zero, self.1);
        }

        pub(crate) fn store(self, target: &mut [f32; LANES]) {
            let start = target.as_mut_ptr().cast::<v128>();
            // SAFETY: eight figures are two vectors, and a store may be
            // unaligned.
            unsafe {
                v128_store(start, self.0);
                v128_store(start.add(1), self.1);
            }
        }
    }
}

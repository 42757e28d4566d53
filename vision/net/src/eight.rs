//! Eight figures that are computed together.
//!
//! Compilers make vector instructions of the plain twin for x86 and ARM, but
//! not for WebAssembly, where the other twin names them. Both add in the same
//! order, so they agree to the last bit.

/// How many figures there are.
pub(crate) const LANES: usize = 8;

#[cfg(not(all(target_arch = "wasm32", target_feature = "simd128")))]
pub(crate) use plain::Eight;
#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
pub(crate) use wide::Eight;

#[cfg(any(test, not(all(target_arch = "wasm32", target_feature = "simd128"))))]
mod plain {
    use super::LANES;

    /// Eight sums.
    #[derive(Clone, Copy)]
    pub(crate) struct Eight([f32; LANES]);

    impl Eight {
        pub(crate) fn new(figures: &[f32; LANES]) -> Self {
            Self(*figures)
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
        reason = "loads and stores of vectors take pointers; each is to a whole array of eight"
    )]

    use std::arch::wasm32::{
        f32x4_add, f32x4_mul, f32x4_pmax, f32x4_splat, v128, v128_load, v128_store,
    };

    use super::LANES;

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

//! Loops over rows of figures.

use vestibule_kernels::rows::{add_squared_differences, weigh};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

fn row(n: usize, seed: usize) -> Vec<f32> {
    (0..n)
        .map(|index| ((index * 53 + seed * 17) % 41) as f32 / 8.0 - 2.0)
        .collect()
}

#[test]
fn five_rows_are_weighed_figure_by_figure() {
    for n in [0, 1, 7, 8, 9, 38, 42] {
        let rows = [1, 2, 3, 4, 5].map(|seed| row(n, seed));
        let weights = [1.0, -0.5, 2.0, 0.25, 4.0];
        let mut out = vec![77.0; n + 1];
        weigh(&mut out, rows.each_ref().map(Vec::as_slice), weights);
        for index in 0..n {
            let terms = rows.iter().zip(weights);
            let wanted: f32 = terms.map(|(row, weight)| row[index] * weight).sum();
            assert_eq!(out[index], wanted);
        }
        assert_eq!(out[n], 77.0);
    }
}

#[test]
fn squares_of_differences_are_added_to_what_is_there() {
    for n in [0, 3, 8, 32, 35] {
        let (one, other, mut sums) = (row(n, 1), row(n + 2, 9), row(n, 4));
        let before = sums.clone();
        add_squared_differences(&mut sums, &one, &other);
        for index in 0..n {
            let step = one[index] - other[index];
            assert_eq!(sums[index], before[index] + step * step);
        }
    }
}

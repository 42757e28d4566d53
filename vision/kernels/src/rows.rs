//! Loops over rows of figures.

use crate::lanes::{Eight, LANES};

/// Puts the weighted sum of five rows into `out`; the shortest decides how far.
pub fn weigh(out: &mut [f32], rows: [&[f32]; 5], weights: [f32; 5]) {
    let n = rows.iter().fold(out.len(), |n, row| n.min(row.len()));
    let (eights, rest) = out[..n].as_chunks_mut::<LANES>();
    let n_done = eights.len() * LANES;
    for (index, out) in eights.iter_mut().enumerate() {
        let mut sum = Eight::new(&[0.0; LANES]);
        for (row, weight) in rows.iter().zip(weights) {
            if let Some(figures) = row[index * LANES..].first_chunk() {
                sum.add_scaled(weight, figures);
            }
        }
        sum.store(out);
    }
    for (index, out) in rest.iter_mut().enumerate() {
        let terms = rows.iter().zip(weights);
        *out = terms
            .map(|(row, weight)| weight * row[n_done + index])
            .sum();
    }
}

/// Adds the squares of the differences of two rows, each to its sum.
pub fn add_squared_differences(sums: &mut [f32], one: &[f32], other: &[f32]) {
    let n = sums.len().min(one.len()).min(other.len());
    let (eights, rest) = sums[..n].as_chunks_mut::<LANES>();
    let ((one, one_rest), (other, other_rest)) = (
        one[..n].as_chunks::<LANES>(),
        other[..n].as_chunks::<LANES>(),
    );
    for ((sums, one), other) in eights.iter_mut().zip(one).zip(other) {
        let mut sum = Eight::new(sums);
        sum.add_squared_difference(one, other);
        sum.store(sums);
    }
    for ((sum, one), other) in rest.iter_mut().zip(one_rest).zip(other_rest) {
        *sum += (one - other) * (one - other);
    }
}

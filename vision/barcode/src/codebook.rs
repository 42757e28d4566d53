//! What every PDF417 codeword looks like, and which one a stretch of a picture
//! looks like most.
//!
//! A codeword is 17 modules: four bars and four spaces (ISO/IEC 15438, 5.3.1).
//! Comparing brightness with all 929 of a cluster reads bars that are blurred
//! into one another, which no threshold does.

use rxing::pdf417::pdf_417_common;

/// Modules in a codeword.
pub(crate) const MODULES: usize = 17;
/// Samples per codeword: two per module.
pub(crate) const SAMPLES: usize = 2 * MODULES;
/// Codewords in a cluster.
pub(crate) const VALUES: usize = 929;

/// Brightness sampled twice per module.
pub(crate) type Samples = [f32; SAMPLES];

/// The looks of all codewords of all three clusters, blurred alike.
pub(crate) struct Codebook {
    /// By cluster, then by value; each of mean 0 and length 1.
    looks: Vec<Samples>,
}

/// What a stretch of a picture was taken for.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Match {
    /// 0, 1, 2 for the clusters that the standard calls 0, 3, 6.
    pub(crate) cluster: usize,
    /// The codeword, below [`VALUES`].
    pub(crate) value: usize,
    /// The correlation with its look, up to 1.
    pub(crate) likeness: f32,
}

impl Codebook {
    /// All looks, blurred so many times by a quarter, a half, a quarter of
    /// neighbouring half modules (each time adds half a half module squared
    /// to the variance).
    pub(crate) fn new(blurs: usize) -> Self {
        let mut looks = vec![[0.0; SAMPLES]; 3 * VALUES];
        // The first module is a bar, the last one a space.
        for middle in 0_u32..1 << 15 {
            let symbol = 1 << 16 | middle << 1;
            let Ok(value) = usize::try_from(pdf_417_common::getCodeword(symbol)) else {
                continue;
            };
            let look = &mut looks[cluster(symbol) * VALUES + value];
            *look = blurred(symbol, blurs);
            normalise(look);
        }
        Self { looks }
    }

    /// The most alike codeword of one cluster.
    pub(crate) fn best_of(&self, cluster: usize, samples: &Samples) -> Match {
        let mut best = Match {
            cluster,
            value: 0,
            likeness: -1.0,
        };
        let looks = &self.looks[cluster * VALUES..(cluster + 1) * VALUES];
        for (value, look) in looks.iter().enumerate() {
            let likeness = dot(look, samples);
            if likeness > best.likeness {
                best.value = value;
                best.likeness = likeness;
            }
        }
        best
    }

    /// The most alike codeword of any cluster.
    pub(crate) fn best(&self, samples: &Samples) -> Match {
        let mut best = self.best_of(0, samples);
        for cluster in 1..3 {
            let other = self.best_of(cluster, samples);
            if other.likeness > best.likeness {
                best = other;
            }
        }
        best
    }
}

/// ISO/IEC 15438, 5.3.1: (b1 - b2 + b3 - b4 + 9) mod 9 by widths of bars, here
/// divided by 3.
fn cluster(symbol: u32) -> usize {
    let (mut sum, mut sign, mut was_bar) = (9_i32, 1, true);
    for module in (0..MODULES).rev() {
        let is_bar = symbol >> module & 1 == 1;
        if is_bar {
            if !was_bar {
                sign = -sign;
            }
            sum += sign;
        }
        was_bar = is_bar;
    }
    usize::try_from(sum % 9 / 3).unwrap_or(0)
}

/// Light is 1. The codeword before ends with a space, the next begins with a
/// bar, so the blur knows what to mix in at both ends.
fn blurred(symbol: u32, blurs: usize) -> Samples {
    let mut look: Samples = std::array::from_fn(|sample| {
        let is_bar = symbol >> (MODULES - 1 - sample / 2) & 1 == 1;
        if is_bar { 0.0 } else { 1.0 }
    });
    for _ in 0..blurs {
        blur(&mut look, 1.0, 0.0);
    }
    look
}

/// One pass of the blur over samples with these neighbours at the ends.
pub(crate) fn blur(samples: &mut [f32], before: f32, after: f32) {
    let mut previous = before;
    for index in 0..samples.len() {
        let here = samples[index];
        let next = samples.get(index + 1).copied().unwrap_or(after);
        samples[index] = (previous + 2.0 * here + next) / 4.0;
        previous = here;
    }
}

/// Takes off the mean and scales to length 1; a flat stretch stays flat.
pub(crate) fn normalise(samples: &mut [f32]) {
    let n = crate::plane::to_f32(samples.len());
    let mean = samples.iter().sum::<f32>() / n;
    let mut squares = 0.0;
    for sample in samples.iter_mut() {
        *sample -= mean;
        squares += *sample * *sample;
    }
    if squares > 1.0e-6 {
        let scale = squares.sqrt().recip();
        for sample in samples.iter_mut() {
            *sample *= scale;
        }
    }
}

fn dot(first: &Samples, second: &Samples) -> f32 {
    let mut sums = [0.0; 2];
    for (a, b) in first.chunks_exact(2).zip(second.chunks_exact(2)) {
        sums[0] += a[0] * b[0];
        sums[1] += a[1] * b[1];
    }
    sums[0] + sums[1]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_codeword_of_every_cluster_has_a_look_and_is_read_from_it() {
        let book = Codebook::new(2);
        for cluster in 0..3 {
            for value in (0..VALUES).step_by(13) {
                let look = book.looks[cluster * VALUES + value];
                let read = book.best(&look);
                assert_eq!((read.cluster, read.value), (cluster, value));
                assert!((read.likeness - 1.0).abs() < 1e-3);
            }
        }
    }
}

//! Chance that can be repeated: numbers from a seed.
//!
//! Not for secrets. `SplitMix64` (Steele, Lea and Flood, Fast Splittable
//! Pseudorandom Number Generators, 2014) is small, quick and good enough for
//! pictures.

/// A source of numbers; the same seed gives the same ones.
#[derive(Clone, Debug)]
pub struct Chance(u64);

impl Chance {
    /// The source of one picture: its set and its number in the set.
    #[must_use]
    pub fn new(set: &str, number: usize) -> Self {
        let mut seed = 0xcbf2_9ce4_8422_2325_u64;
        for byte in set.bytes() {
            seed = (seed ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
        let number = u64::try_from(number).unwrap_or(u64::MAX);
        let mut chance = Self(seed ^ number.wrapping_mul(0x9e37_79b9_7f4a_7c15));
        chance.bits();
        chance
    }

    /// The next 64 bits.
    pub fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// The next 32 bits.
    pub fn word(&mut self) -> u32 {
        u32::try_from(self.bits() >> 32).unwrap_or_default()
    }

    /// From 0 up to but not 1.
    pub fn share(&mut self) -> f32 {
        // 24 bits, what a mantissa holds.
        (self.word() >> 8) as f32 / 16_777_216.0
    }

    /// Between two numbers.
    pub fn between(&mut self, least: f32, most: f32) -> f32 {
        least + (most - least) * self.share()
    }

    /// Whether something of this probability happens.
    pub fn happens(&mut self, probability: f32) -> bool {
        self.share() < probability
    }

    /// A whole number below `limit`, which is at least 1.
    pub fn below(&mut self, limit: usize) -> usize {
        let limit = u64::try_from(limit.max(1)).unwrap_or(1);
        usize::try_from(self.bits() % limit).unwrap_or_default()
    }

    /// One of several; there has to be one.
    pub fn pick<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[self.below(all.len())]
    }

    /// Around 0 with a deviation of 1: the sum of four uniform numbers, which is
    /// a bell within 3.5 deviations.
    pub fn normal(&mut self) -> f32 {
        let bits = self.bits();
        let sum: u64 = (0..4).map(|part| (bits >> (16 * part)) & 0xffff).sum();
        // The variance of a uniform number over one is 1/12.
        (sum as f32 / 65_535.0 - 2.0) * 1.732
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_gives_the_same_numbers_and_another_others() {
        let words = |set, number| {
            let mut chance = Chance::new(set, number);
            [chance.word(), chance.word(), chance.word()]
        };
        assert_eq!(words("a", 3), words("a", 3));
        assert_ne!(words("a", 3), words("a", 4));
        assert_ne!(words("a", 3), words("b", 3));
    }

    #[test]
    fn the_bell_has_the_deviation_that_it_claims() {
        let mut chance = Chance::new("bell", 0);
        let all: Vec<f32> = (0..20_000).map(|_| chance.normal()).collect();
        let mean = all.iter().sum::<f32>() / 20_000.0;
        let square = all.iter().map(|it| it * it).sum::<f32>() / 20_000.0;
        assert!(mean.abs() < 0.03, "{mean}");
        assert!((square - 1.0).abs() < 0.05, "{square}");
    }
}

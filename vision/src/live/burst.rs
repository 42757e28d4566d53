//! A burst: which of a few pictures to keep.

use crate::verdict::Verdict;

/// As many pictures per side may be sent (contract §6.1, step 5).
pub const PICTURES_MAX: usize = 3;

/// Chooses among pictures of the same document: the one with the fewest
/// faults, and of those the sharpest.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Burst {
    n_offered: usize,
    best: Option<Best>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
struct Best {
    index: usize,
    n_faults: usize,
    sharpness: f32,
}

impl Burst {
    /// Considers one more picture; whether it is the best so far.
    pub fn offer(&mut self, verdict: &Verdict) -> bool {
        let offered = Best {
            index: self.n_offered,
            n_faults: verdict.findings().len(),
            sharpness: verdict.sharpness(),
        };
        self.n_offered += 1;
        let is_better = self.best.is_none_or(|best| {
            offered.n_faults < best.n_faults
                || (offered.n_faults == best.n_faults && offered.sharpness > best.sharpness)
        });
        if is_better {
            self.best = Some(offered);
        }
        is_better
    }

    /// Whether there are as many pictures as may be sent.
    #[must_use]
    pub fn is_full(&self) -> bool {
        self.n_offered >= PICTURES_MAX
    }

    /// The best picture, counted from 0 in the order of offering.
    #[must_use]
    pub fn best(&self) -> Option<usize> {
        self.best.map(|best| best.index)
    }
}

//! Deciding: when the picture is taken.
//!
//! Frames before the picture are all that is known of it, so it is taken after
//! an unbroken row of good ones, long enough that a moment between two
//! movements is not one.

/// A row of good frames has at least this many.
pub const GOOD_FRAMES: u8 = 3;

/// And lasts at least this long.
///
/// 350 ms: hands shake at 4 to 12 times a second, so a row sees at least one
/// whole swing; with the 120 ms before movement is known, a good clip is taken
/// after half a second.
pub const GOOD_MS: f64 = 350.0;

/// Frames farther apart do not make a row.
pub const GAP_MAX_MS: f64 = 1000.0;

/// Movement from which a picture would be smeared, in permille of the frame's
/// longer side per second.
///
/// 100: at 1/30 s, the longest exposure at which video keeps its rate, that is
/// 3.3 permille, a blur of `3.3 / √12` = 1 permille of the frame.
pub const MOVING_PERMILLE_PER_S: f32 = 100.0;

/// Movement below which it has come to rest again.
pub const RESTING_PERMILLE_PER_S: f32 = 70.0;

/// Whether something moves, given whether it did before.
#[must_use]
pub fn is_moving(permille_per_s: f32, was_moving: bool) -> bool {
    let limit = if was_moving {
        RESTING_PERMILLE_PER_S
    } else {
        MOVING_PERMILLE_PER_S
    };
    permille_per_s > limit || permille_per_s.is_nan()
}

/// Counts good frames.
#[derive(Clone, Copy, Debug, Default)]
pub struct Decider {
    n_good: u8,
    since_ms: f64,
    last_ms: f64,
    has_taken: bool,
}

impl Decider {
    /// Whether to take the picture now, after one more frame.
    pub fn decide(&mut self, at_ms: f64, good: bool) -> bool {
        if !good {
            self.n_good = 0;
            return false;
        }
        if self.n_good == 0 || at_ms - self.last_ms > GAP_MAX_MS {
            self.n_good = 0;
            self.since_ms = at_ms;
        }
        self.n_good = self.n_good.saturating_add(1);
        self.last_ms = at_ms;
        let take =
            !self.has_taken && self.n_good >= GOOD_FRAMES && at_ms - self.since_ms >= GOOD_MS;
        self.has_taken |= take;
        take
    }

    /// How much of the row is there, 0 to 1.
    #[must_use]
    pub fn held_share(&self, at_ms: f64) -> f32 {
        if self.n_good == 0 {
            return 0.0;
        }
        let frames = f32::from(self.n_good) / f32::from(GOOD_FRAMES);
        let time = super::track::short((at_ms - self.since_ms) / GOOD_MS);
        frames.min(time).min(1.0)
    }
}

//! Tracking: the corners over time.
//!
//! Corners are found in each frame on their own, so they tremble, now and then
//! a frame has none, and now and then they are somewhere else altogether.

use crate::geometry::Quad;

/// As many frames may be without corners before the document is gone, and as
/// many may have them somewhere else before it is there.
const FRAMES_FORGIVEN: u8 = 2;
const OUTLIERS_FORGIVEN: u8 = 1;

/// The document is gone after this time without corners, whatever the rate.
const GONE_AFTER_MS: f64 = 500.0;

/// Corners farther from the last ones than this, in permille of the frame's
/// longer side, are somewhere else. Hands that look for the right place move
/// by up to about 500 permille per second.
const ELSEWHERE_PERMILLE: f32 = 100.0;

/// What is shown follows small movements with this time constant, and large
/// ones, from [`FOLLOW_PERMILLE`] on, at once.
const SMOOTHING_MS: f32 = 70.0;
const FOLLOW_PERMILLE: f32 = 30.0;

/// Movement is measured over at least this time. Corners tremble by about 2
/// permille, which over one frame of 33 ms would pass for 60 per second.
const WINDOW_LEAST_MS: f64 = 120.0;
/// And over no more than this, where frames are that dense.
const WINDOW_MOST_MS: f64 = 260.0;

/// Frames that are remembered: the window at 60 per second.
const N_PAST: usize = 16;

/// The corners of one frame.
#[derive(Clone, Copy, Debug, Default)]
struct Past {
    at_ms: f64,
    quad: Quad,
}

/// Follows a document.
#[derive(Clone, Debug, Default)]
pub struct Tracker {
    shown: Quad,
    /// The newest first.
    past: [Past; N_PAST],
    n_past: usize,
    n_missed: u8,
    n_outliers: u8,
}

/// Where the document is.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Tracked {
    /// Its corners, smoothed; nothing when it is gone.
    pub quad: Option<Quad>,
    /// Whether it was seen in this very frame, where it was expected.
    pub is_seen: bool,
    /// How fast it moves; see [`Look`](super::Look).
    pub movement_permille_per_s: Option<f32>,
}

impl Tracker {
    /// Considers the corners of one frame.
    pub fn follow(&mut self, at_ms: f64, quad: Option<Quad>, long_side_px: f32) -> Tracked {
        let permille = 1000.0 / long_side_px;
        let Some(quad) = quad else {
            return self.miss(at_ms);
        };
        let Some(last) = self.past[..self.n_past].first().copied() else {
            return self.begin(at_ms, quad);
        };
        if at_ms - last.at_ms > GONE_AFTER_MS {
            return self.begin(at_ms, quad);
        }
        let quad = turned_like(quad, &last.quad);
        if quad.farthest_corner(&last.quad) * permille > ELSEWHERE_PERMILLE {
            if self.n_outliers >= OUTLIERS_FORGIVEN {
                return self.begin(at_ms, quad);
            }
            self.n_outliers += 1;
            return self.miss(at_ms);
        }
        self.n_missed = 0;
        self.n_outliers = 0;
        let elapsed_ms = short(at_ms - last.at_ms);
        let away = quad.farthest_corner(&self.shown) * permille;
        let share = (elapsed_ms / (elapsed_ms + SMOOTHING_MS))
            .max(away / FOLLOW_PERMILLE)
            .min(1.0);
        for (shown, seen) in self.shown.0.iter_mut().zip(quad.0) {
            *shown = shown.towards(seen, share);
        }
        let movement = self.movement(at_ms, &quad);
        self.remember(at_ms, quad);
        Tracked {
            quad: Some(self.shown),
            is_seen: true,
            movement_permille_per_s: movement.map(|px_per_s| px_per_s * permille),
        }
    }

    fn begin(&mut self, at_ms: f64, quad: Quad) -> Tracked {
        *self = Self {
            shown: quad,
            ..Self::default()
        };
        self.remember(at_ms, quad);
        Tracked {
            quad: Some(quad),
            is_seen: true,
            movement_permille_per_s: None,
        }
    }

    fn miss(&mut self, at_ms: f64) -> Tracked {
        self.n_missed = self.n_missed.saturating_add(1);
        let last = self.past[..self.n_past].first();
        if self.n_missed > FRAMES_FORGIVEN
            || last.is_none_or(|last| at_ms - last.at_ms > GONE_AFTER_MS)
        {
            *self = Self::default();
            return Tracked::default();
        }
        Tracked {
            quad: Some(self.shown),
            ..Tracked::default()
        }
    }

    fn remember(&mut self, at_ms: f64, quad: Quad) {
        self.past.rotate_right(1);
        self.past[0] = Past { at_ms, quad };
        self.n_past = (self.n_past + 1).min(N_PAST);
    }

    /// The fastest way from any remembered place within the window, in pixels
    /// per second; nothing when the window is not filled yet.
    fn movement(&self, at_ms: f64, quad: &Quad) -> Option<f32> {
        let mut fastest = None;
        let mut is_filled = false;
        for past in &self.past[..self.n_past] {
            let age_ms = at_ms - past.at_ms;
            if is_filled && age_ms > WINDOW_MOST_MS {
                break;
            }
            is_filled |= age_ms >= WINDOW_LEAST_MS;
            let corners = quad.0.iter().zip(past.quad.0);
            let px = corners.map(|(one, other)| one.distance(other)).sum::<f32>() / 4.0;
            let speed = px * 1000.0 / short(age_ms.max(WINDOW_LEAST_MS));
            fastest = Some(speed.max(fastest.unwrap_or(0.0)));
        }
        fastest.filter(|_| is_filled)
    }
}

/// The same corners, beginning with the one that makes them agree best with
/// others: which one is top left changes when a document is turned by 45
/// degrees.
fn turned_like(quad: Quad, other: &Quad) -> Quad {
    let mut best = quad;
    let mut least = f32::MAX;
    for first in 0..4 {
        let turned = Quad(std::array::from_fn(|index| quad.0[(first + index) % 4]));
        let away = turned.farthest_corner(other);
        if away < least {
            (best, least) = (turned, away);
        }
    }
    best
}

/// A span of time, for which single precision is plenty.
#[expect(
    clippy::cast_possible_truncation,
    reason = "spans between frames, not times of day"
)]
pub(super) fn short(span_ms: f64) -> f32 {
    span_ms as f32
}

//! Live: one steady answer from many frames.
//!
//! [`Live::look`] takes what was seen in one frame and says where the document
//! is ([`track`]), what to tell the person ([`hint`]) and whether to take the
//! picture now ([`decide`]).
//! Times come in with the frames, in milliseconds of any clock that does not
//! go back: nothing here reads one. Every limit is in milliseconds and in
//! frames, so that it means the same at 5 and at 30 frames per second.
//! Not for pixels: those were looked at by [`Judge`](crate::Judge).

pub mod decide;
pub mod hint;
pub mod track;

pub use hint::{Hint, Place};

use crate::geometry::Quad;
use crate::shape::Shape;
use crate::verdict::Verdict;
use decide::Decider;
use hint::Stabiliser;
use track::Tracker;

/// How sure the detector has to be, 0 to 1, for a picture to be taken by itself.
///
/// More than for showing what was found
/// ([`MIN_CONFIDENCE`](crate::detect::MIN_CONFIDENCE)): an outline around the
/// wrong thing is gone in a moment, a picture of it has to be taken again.
pub const TAKE_CONFIDENCE_MIN: f32 = 0.8;

/// What the camera is pointed at.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Wanted {
    /// The shape of the document, where it is known.
    pub shape: Option<Shape>,
    /// Whether only the person takes pictures.
    pub manual: bool,
}

/// What was seen in one frame.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Seen {
    /// When the frame was captured, in milliseconds.
    pub at_ms: f64,
    /// The frame's width in pixels.
    pub width_px: u32,
    /// The frame's height in pixels.
    pub height_px: u32,
    /// The corners, in pixels of the frame.
    pub quad: Option<Quad>,
    /// How sure they are, 0 to 1.
    pub confidence: f32,
    /// How the frame was judged, with these corners.
    pub verdict: Verdict,
}

/// What follows from the frames so far.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Look {
    /// Where to show the document, in pixels of the frame: steadier than what
    /// was seen, and kept over a frame or two without.
    pub quad: Option<Quad>,
    /// What to tell the person.
    pub hint: Option<Hint>,
    /// Whether to take the picture now; once, until [`Live::rearm`].
    pub take: bool,
    /// How much of what a picture needs has been held, 0 to 1.
    pub held_share: f32,
    /// How sharp the document is in this frame, 0 to 1; see
    /// [`Verdict::sharpness`].
    pub sharpness: f32,
    /// How fast the document moves, in permille of the frame's longer side per
    /// second; nothing before it has been seen for long enough.
    pub movement_permille_per_s: Option<f32>,
}

/// Watches frame after frame. Allocates nothing.
#[derive(Clone, Debug, Default)]
pub struct Live {
    wanted: Wanted,
    tracker: Tracker,
    stabiliser: Stabiliser,
    decider: Decider,
    moving: bool,
    last_ms: Option<f64>,
    last: Look,
}

impl Live {
    /// Begins to watch.
    #[must_use]
    pub fn new(wanted: Wanted) -> Self {
        Self {
            wanted,
            ..Self::default()
        }
    }

    /// What is wanted; its shape belongs into the judgement of frames.
    #[must_use]
    pub fn wanted(&self) -> Wanted {
        self.wanted
    }

    /// Considers one frame. A frame that is not later than the last one
    /// changes nothing.
    pub fn look(&mut self, seen: Seen) -> Look {
        let is_late = self.last_ms.is_some_and(|last| seen.at_ms <= last);
        if is_late || seen.at_ms.is_nan() {
            return Look {
                take: false,
                ..self.last
            };
        }
        self.last_ms = Some(seen.at_ms);
        let long_px = seen.width_px.max(seen.height_px).max(1) as f32;
        let tracked = self.tracker.follow(seen.at_ms, seen.quad, long_px);
        self.moving = tracked
            .movement_permille_per_s
            .is_some_and(|it| decide::is_moving(it, self.moving));

        let good = tracked.is_seen
            && seen.confidence >= TAKE_CONFIDENCE_MIN
            && tracked.movement_permille_per_s.is_some()
            && !self.moving
            && seen.verdict.is_good();
        let take = self.decider.decide(seen.at_ms, good) && !self.wanted.manual;
        // In a frame without, the document is where it was; so is the advice.
        let advice = if tracked.quad.is_none() || tracked.is_seen {
            Some(Hint::of(&seen.verdict, tracked.quad.is_some(), self.moving))
        } else {
            None
        };
        self.last = Look {
            quad: tracked.quad,
            hint: self.stabiliser.consider(seen.at_ms, advice),
            take,
            held_share: self.decider.held_share(seen.at_ms),
            sharpness: seen.verdict.sharpness(),
            movement_permille_per_s: tracked.movement_permille_per_s,
        };
        self.last
    }

    /// Watches for another picture, as after one that did not turn out well:
    /// the document has to be held still anew.
    pub fn rearm(&mut self) {
        self.decider = Decider::default();
    }
}

#[cfg(test)]
mod tests;

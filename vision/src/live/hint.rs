//! Hints: one thing at a time to tell the person, for long enough to read it.
//!
//! Every frame votes for a hint; votes fade. A hint is shown when it has most
//! of the recent votes and the one before has been there for a while, so
//! frames that disagree in turn change nothing.

use crate::geometry::Point;
use crate::verdict::{Reason, Verdict};

/// Votes fade with this time constant, in milliseconds.
///
/// 220: a hint that every frame votes for is shown after 330 ms at the latest,
/// in two frames at 5 per second.
pub const FADING_MS: f32 = 220.0;

/// The share of the votes that a hint needs: more than half, so that two never
/// have it at once.
pub const VOTES_MIN: f32 = 0.6;

/// How long a hint is shown at least, in milliseconds.
///
/// 900: three words, read aloud or silently at 200 words per minute.
pub const SHOWN_MIN_MS: f64 = 900.0;

/// Where on the document something is, as it lies in the frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Place {
    /// In the middle third both ways.
    Middle,
    /// Nearest to the left side.
    Left,
    /// Nearest to the right side.
    Right,
    /// Nearest to the upper side.
    Top,
    /// Nearest to the lower side.
    Bottom,
}

impl Place {
    /// The place of a point given as shares of the document.
    #[must_use]
    pub fn of(point: Point) -> Self {
        let (x, y) = (point.x - 0.5, point.y - 0.5);
        if x.abs().max(y.abs()) < 1.0 / 6.0 {
            Self::Middle
        } else if x.abs() >= y.abs() {
            if x < 0.0 { Self::Left } else { Self::Right }
        } else if y < 0.0 {
            Self::Top
        } else {
            Self::Bottom
        }
    }

    /// The name by which it leaves this crate.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Middle => "middle",
            Self::Left => "left",
            Self::Right => "right",
            Self::Top => "top",
            Self::Bottom => "bottom",
        }
    }
}

/// What to tell the person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Hint {
    /// Nothing is found: bring the document into the frame.
    NoDocument,
    /// More light is needed.
    TooDark,
    /// Less light is needed.
    TooBright,
    /// A reflection: tilt the document or move from under the lamp.
    Glare(Place),
    /// Out of focus.
    Blurred,
    /// Too small in the frame.
    MoveCloser,
    /// Partly outside of the frame, mostly because it is too near.
    CutOff,
    /// Held askew.
    Tilted,
    /// Moving.
    HoldStill,
    /// Not the kind of document that was chosen.
    WrongShape,
    /// A finger lies over it.
    Covered,
    /// All is well: keep it there.
    Hold,
}

/// How many hints there are.
const N_HINTS: usize = 12;

impl Hint {
    /// The name by which it leaves this crate, in kebab case: that of the
    /// [`Reason`] it mends, where there is one.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::NoDocument => "no-document",
            Self::TooDark => "too-dark",
            Self::TooBright => "too-bright",
            Self::Glare(_) => "glare",
            Self::Blurred => "blurred",
            Self::MoveCloser => "too-small",
            Self::CutOff => "cut-off",
            Self::Tilted => "tilted",
            Self::HoldStill => "moved",
            Self::WrongShape => "wrong-shape",
            Self::Covered => "covered",
            Self::Hold => "hold",
        }
    }

    const fn index(self) -> usize {
        match self {
            Self::NoDocument => 0,
            Self::TooDark => 1,
            Self::TooBright => 2,
            Self::Glare(_) => 3,
            Self::Blurred => 4,
            Self::MoveCloser => 5,
            Self::CutOff => 6,
            Self::Tilted => 7,
            Self::HoldStill => 8,
            Self::WrongShape => 9,
            Self::Covered => 10,
            Self::Hold => 11,
        }
    }

    /// The hint for one frame.
    #[must_use]
    pub fn of(verdict: &Verdict, has_document: bool, moving: bool) -> Self {
        let reason = verdict.first_reason();
        if !has_document {
            return match reason {
                Some(Reason::TooDark) => Self::TooDark,
                Some(Reason::TooBright) => Self::TooBright,
                _ => Self::NoDocument,
            };
        }
        let Some(reason) = reason else {
            return if moving { Self::HoldStill } else { Self::Hold };
        };
        // Where it is comes before how it is held, and a document on its way
        // cannot be sharp.
        if moving && reason > Reason::TooSmall {
            return Self::HoldStill;
        }
        let document = verdict.measures().document.unwrap_or_default();
        match reason {
            Reason::TooDark => Self::TooDark,
            Reason::TooBright => Self::TooBright,
            Reason::NoDocument => Self::NoDocument,
            Reason::CutOff => Self::CutOff,
            Reason::TooSmall => Self::MoveCloser,
            Reason::WrongShape => Self::WrongShape,
            Reason::Tilted => Self::Tilted,
            Reason::Glare => Self::Glare(document.glare.at.map_or(Place::Middle, Place::of)),
            Reason::Covered => Self::Covered,
            Reason::Moved => Self::HoldStill,
            // Corners without any print between them are a document that is
            // far out of focus.
            Reason::NoDetail | Reason::Blurred => Self::Blurred,
        }
    }
}

/// Decides which hint is shown.
#[derive(Clone, Copy, Debug, Default)]
pub struct Stabiliser {
    votes: [f32; N_HINTS],
    shown: Option<Hint>,
    since_ms: f64,
    last_ms: Option<f64>,
}

impl Stabiliser {
    /// What is shown after one more frame, which may abstain.
    pub fn consider(&mut self, at_ms: f64, advice: Option<Hint>) -> Option<Hint> {
        let elapsed_ms = self.last_ms.map_or(0.0, |last| at_ms - last);
        self.last_ms = Some(at_ms);
        let Some(advice) = advice else {
            return self.shown;
        };
        let elapsed_ms = super::track::short(elapsed_ms);
        let fading = elapsed_ms / (elapsed_ms + FADING_MS);
        for (index, votes) in self.votes.iter_mut().enumerate() {
            let vote = f32::from(u8::from(index == advice.index()));
            *votes += fading * (vote - *votes);
        }
        let is_other = self.shown.is_none_or(|it| it.index() != advice.index());
        let may_change = self.shown.is_none() || at_ms - self.since_ms >= SHOWN_MIN_MS;
        if is_other && may_change && self.votes[advice.index()] >= VOTES_MIN {
            self.shown = Some(advice);
            self.since_ms = at_ms;
        }
        self.shown
    }
}

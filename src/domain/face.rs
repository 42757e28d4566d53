//! Whether a face is where it should be: from boxes to a hint, and to the
//! moment for the picture.
//!
//! The boxes come from our own finder, or from the browser's detector, which
//! says less.
//! The limits: the face takes 35 to 80 % of the picture's height and stands in
//! the middle (contract §6.5, the published web capture of faces).
//! Those of the light are about what a camera can resolve, not about how light
//! or dark a skin is; see `vision/MODEL.md`, "Face framing".

use crate::domain::i18n::Text;

/// Where a face is, as shares of the picture's width and height, and how it is
/// held and lit, where that is known.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct FaceBox {
    /// Its left edge, 0 to 1.
    pub left: f64,
    /// Its upper edge, 0 to 1.
    pub top: f64,
    /// Its width, 0 to 1.
    pub width: f64,
    /// Its height, 0 to 1.
    pub height: f64,
    /// By how many degrees the head is tilted, clockwise in the picture.
    pub tilt_degrees: Option<f64>,
    /// How it is lit.
    pub light: Option<FaceLight>,
}

/// The light on a face.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct FaceLight {
    /// The luma that the brightest twentieth of the face exceeds, 0 to 255: the
    /// reflections on any skin, and the white of the eyes.
    pub bright_luma: f64,
    /// The share of the face that is white for brightness, 0 to 1.
    pub clipped_share: f64,
}

/// The smallest share of the picture's height.
const MIN_HEIGHT: f64 = 0.35;

/// The largest share of the picture's height.
const MAX_HEIGHT: f64 = 0.80;

/// How far the middle of the face may be from the middle of the picture, as a
/// share of the picture. Half of what a face of the smallest size leaves free.
const MAX_OFFSET: f64 = 0.15;

/// How far the head may be tilted to a side, in degrees. ISO/IEC 19794-5 asks
/// 8 of a picture for a passport; half as much again is for the finder, which
/// is right to about 4.
const MAX_TILT_DEGREES: f64 = 12.0;

/// The least luma of the brightest twentieth of a face, of 255: two percent of
/// the light that the sensor can take, below which even reflections drown in
/// noise. The darkest of ten skin tones in good light had 54 at least.
const MIN_BRIGHT_LUMA: f64 = 40.0;

/// How much of a face may be white for brightness. The lightest of ten skin
/// tones in good light had at most this.
const MAX_CLIPPED_SHARE: f64 = 0.5;

/// How many looks in a row must be good before the picture is taken; at ten
/// looks a second, long enough to have stopped moving.
const GOOD_LOOKS: u32 = 6;

/// How many looks in a row must agree before a hint changes, so that nothing
/// flickers.
const SAME_LOOKS: u32 = 4;

/// What the person can do to get the face right.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FaceHint {
    /// No face can be seen.
    NoFace,
    /// There is more than one.
    SeveralFaces,
    /// Too little light on it.
    TooDark,
    /// So much light on it that nothing can be seen in parts.
    TooBright,
    /// Too small.
    Closer,
    /// Too large.
    Farther,
    /// Not in the middle.
    Centre,
    /// The head is tilted to a side.
    Level,
    /// Good: stay like this.
    Hold,
}

impl FaceHint {
    /// The hint in words.
    #[must_use]
    pub fn text(self) -> Text {
        match self {
            Self::NoFace => Text::FaceHintNone,
            Self::SeveralFaces => Text::FaceHintSeveral,
            Self::TooDark => Text::FaceHintDark,
            Self::TooBright => Text::FaceHintBright,
            Self::Closer => Text::FaceHintCloser,
            Self::Farther => Text::FaceHintFarther,
            Self::Centre => Text::FaceHintCentre,
            Self::Level => Text::FaceHintLevel,
            Self::Hold => Text::FaceHintHold,
        }
    }

    /// What one look shows.
    #[must_use]
    pub fn of(faces: &[FaceBox]) -> Self {
        let face = match faces {
            [] => return Self::NoFace,
            [face] => face,
            _ => return Self::SeveralFaces,
        };
        let x = face.left + face.width / 2.0;
        let y = face.top + face.height / 2.0;
        let light_is = |fault: fn(FaceLight) -> bool| face.light.is_some_and(fault);
        let is_tilted = |degrees: f64| degrees.abs() > MAX_TILT_DEGREES;
        if light_is(|light| light.bright_luma < MIN_BRIGHT_LUMA) {
            Self::TooDark
        } else if light_is(|light| light.clipped_share > MAX_CLIPPED_SHARE) {
            Self::TooBright
        } else if face.height < MIN_HEIGHT {
            Self::Closer
        } else if face.height > MAX_HEIGHT {
            Self::Farther
        } else if (x - 0.5).abs() > MAX_OFFSET || (y - 0.5).abs() > MAX_OFFSET {
            Self::Centre
        } else if face.tilt_degrees.is_some_and(is_tilted) {
            Self::Level
        } else {
            Self::Hold
        }
    }
}

/// What several looks in a row amount to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FaceWatch {
    shown: Option<FaceHint>,
    last: Option<FaceHint>,
    n_same: u32,
}

/// What follows from a look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FaceTurn {
    /// Nothing new.
    Same,
    /// Another hint is shown.
    Hint(FaceHint),
    /// The face has been right for long enough: take the picture.
    Take,
}

impl FaceWatch {
    /// The hint that is shown; nothing before the first looks agree.
    #[must_use]
    pub fn hint(&self) -> Option<FaceHint> {
        self.shown
    }

    /// Takes in one look.
    pub fn look(&mut self, faces: &[FaceBox]) -> FaceTurn {
        let now = FaceHint::of(faces);
        self.n_same = if self.last == Some(now) {
            self.n_same.saturating_add(1)
        } else {
            1
        };
        self.last = Some(now);
        if now == FaceHint::Hold && self.n_same >= GOOD_LOOKS {
            // Begins anew, in case the picture fails.
            *self = Self {
                shown: self.shown,
                ..Self::default()
            };
            return FaceTurn::Take;
        }
        if self.n_same >= SAME_LOOKS && self.shown != Some(now) {
            self.shown = Some(now);
            return FaceTurn::Hint(now);
        }
        FaceTurn::Same
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn face(height: f64, x: f64, y: f64) -> FaceBox {
        let width = height * 0.75;
        FaceBox {
            left: x - width / 2.0,
            top: y - height / 2.0,
            width,
            height,
            ..FaceBox::default()
        }
    }

    fn lit(bright_luma: f64, clipped_share: f64) -> FaceBox {
        FaceBox {
            light: Some(FaceLight {
                bright_luma,
                clipped_share,
            }),
            ..face(0.5, 0.5, 0.5)
        }
    }

    fn tilted(degrees: f64) -> FaceBox {
        FaceBox {
            tilt_degrees: Some(degrees),
            ..face(0.5, 0.5, 0.5)
        }
    }

    #[test]
    fn each_fault_has_its_hint() {
        for (faces, hint) in [
            (vec![], FaceHint::NoFace),
            (
                vec![face(0.5, 0.5, 0.5), face(0.4, 0.2, 0.5)],
                FaceHint::SeveralFaces,
            ),
            (vec![face(0.2, 0.5, 0.5)], FaceHint::Closer),
            (vec![face(0.9, 0.5, 0.5)], FaceHint::Farther),
            (vec![face(0.5, 0.8, 0.5)], FaceHint::Centre),
            (vec![face(0.5, 0.5, 0.2)], FaceHint::Centre),
            (vec![face(0.5, 0.52, 0.48)], FaceHint::Hold),
            (vec![lit(30.0, 0.0)], FaceHint::TooDark),
            (vec![lit(255.0, 0.6)], FaceHint::TooBright),
            (vec![lit(70.0, 0.0)], FaceHint::Hold),
            (vec![lit(255.0, 0.4)], FaceHint::Hold),
            (vec![tilted(-20.0)], FaceHint::Level),
            (vec![tilted(20.0)], FaceHint::Level),
            (vec![tilted(6.0)], FaceHint::Hold),
        ] {
            assert_eq!(FaceHint::of(&faces), hint, "{faces:?}");
        }
    }

    #[test]
    fn a_face_that_stays_right_is_taken_once_and_not_at_first_sight() {
        let mut watch = FaceWatch::default();
        let good = [face(0.5, 0.5, 0.5)];
        let turns: Vec<FaceTurn> = (0..GOOD_LOOKS).map(|_| watch.look(&good)).collect();
        assert_eq!(turns.last(), Some(&FaceTurn::Take));
        assert_eq!(
            turns.iter().filter(|turn| **turn == FaceTurn::Take).count(),
            1
        );
        assert_ne!(watch.look(&good), FaceTurn::Take, "the count begins anew");
    }

    #[test]
    fn one_bad_look_in_between_starts_the_count_again() {
        let mut watch = FaceWatch::default();
        let good = [face(0.5, 0.5, 0.5)];
        for _ in 0..GOOD_LOOKS - 1 {
            assert_ne!(watch.look(&good), FaceTurn::Take);
        }
        assert_ne!(watch.look(&[]), FaceTurn::Take);
        assert_ne!(watch.look(&good), FaceTurn::Take);
    }

    #[test]
    fn a_hint_does_not_flicker() {
        let mut watch = FaceWatch::default();
        for _ in 0..SAME_LOOKS {
            watch.look(&[]);
        }
        assert_eq!(watch.hint(), Some(FaceHint::NoFace));
        let small = [face(0.2, 0.5, 0.5)];
        for _ in 0..3 {
            assert_eq!(watch.look(&small), FaceTurn::Same);
            assert_eq!(watch.look(&[]), FaceTurn::Same);
        }
        assert_eq!(watch.hint(), Some(FaceHint::NoFace));
    }
}

//! Looks at pictures: where the document is, and what that means.
//!
//! Not for deciding: [`vestibule_vision`] does, and this hands it the pictures.
//! Nothing is allocated for a picture after the first of its size.

use vestibule_vision::live::{Live, Seen, Wanted};
use vestibule_vision::{Colour, Detector, Found, Judge, Quad, Shape, Verdict};

use crate::answer::{Answer, hint};
use crate::picture::Picture;

/// How long after the moment for a picture there may be another, in
/// milliseconds: long enough for the picture to be taken, and short enough for
/// one that failed not to be the last.
const AGAIN_MS: f64 = 1500.0;

/// Looks at pictures in a buffer of its own.
#[derive(Debug, Default)]
pub struct Eyes {
    picture: Picture,
    detector: Detector,
    judge: Judge,
    live: Live,
    taken_ms: Option<f64>,
}

impl Eyes {
    /// The buffer for the next picture: four bytes per pixel, red first.
    pub fn frame(&mut self, width_px: u32, height_px: u32) -> &mut [u8] {
        self.picture.frame(width_px, height_px)
    }

    /// The picture's size in pixels.
    #[must_use]
    pub fn size_px(&self) -> (f32, f32) {
        let (width_px, height_px) = self.picture.size_px();
        (width_px as f32, height_px as f32)
    }

    /// Looks at the picture as one of a row, taken at this time.
    ///
    /// `aspect` is the longer side of the document over the shorter one, where
    /// that is known, and 0 elsewhere.
    pub fn look(&mut self, at_ms: f64, aspect: f32, is_first: bool) -> Answer {
        let shape = Shape::of_aspect(aspect);
        if is_first {
            self.live = Live::new(Wanted {
                shape,
                manual: false,
            });
            self.taken_ms = None;
        }
        if self.taken_ms.is_some_and(|taken| at_ms > taken + AGAIN_MS) {
            self.live.rearm();
            self.taken_ms = None;
        }
        let (found, verdict) = self.see(shape);
        let (width_px, height_px) = self.picture.size_px();
        let look = self.live.look(Seen {
            at_ms,
            width_px,
            height_px,
            quad: found.map(|found| found.quad),
            confidence: found.map_or(0.0, |found| found.confidence),
            verdict,
        });
        if look.take {
            self.taken_ms = Some(at_ms);
        }
        Answer {
            quad: look.quad,
            hint: look.hint.map_or(0, |it| hint(it.name())),
            take: look.take,
            sharpness: look.sharpness,
            reasons: 0,
        }
    }

    /// Judges the picture by itself.
    pub fn judge(&mut self, aspect: f32) -> Answer {
        let (found, verdict) = self.see(Shape::of_aspect(aspect));
        let reasons = verdict.findings().iter().fold(0, |reasons, finding| {
            reasons | 1 << hint(finding.reason.name())
        });
        let quad = found.map(|found| found.quad);
        let says = match verdict.first_reason() {
            Some(reason) => reason.name(),
            None if self.looks_copied(quad.as_ref()) => "copy",
            None => "hold",
        };
        Answer {
            quad,
            hint: hint(says),
            take: false,
            sharpness: verdict.sharpness(),
            reasons,
        }
    }

    /// Whether it may be a copy in black and white, or be shown by a screen: a
    /// reason to ask, and none to refuse.
    fn looks_copied(&self, quad: Option<&Quad>) -> bool {
        let (width_px, height_px) = self.picture.size_px();
        quad.and_then(|quad| Colour::of(width_px, height_px, self.picture.rgba(), quad))
            .is_some_and(|colour| colour.looks_grey() || colour.looks_like_a_screen())
    }

    fn see(&mut self, shape: Option<Shape>) -> (Option<Found>, Verdict) {
        let (width_px, height_px) = self.picture.size_px();
        let found = self.detector.find(width_px, height_px, self.picture.rgba());
        let quad = found.map(|found| found.quad);
        // A picture without pixels has nothing wrong with it and nothing in it.
        let verdict = self.picture.luma().map_or_else(Verdict::default, |luma| {
            self.judge.judge_document(&luma, quad.as_ref(), shape)
        });
        (found, verdict)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Fills the picture with one level of grey.
    fn grey(eyes: &mut Eyes, level: u8) {
        eyes.frame(640, 480).fill(level);
    }

    #[test]
    fn an_empty_scene_is_no_document_and_never_the_moment() {
        let mut eyes = Eyes::default();
        grey(&mut eyes, 120);
        for frame in 0..30 {
            let answer = eyes.look(f64::from(frame) * 66.0, 0.0, frame == 0);
            assert_eq!(answer.quad, None);
            assert!(!answer.take);
        }
        assert_eq!(eyes.judge(0.0).hint, hint("no-document"));
    }

    #[test]
    fn every_reason_is_told_and_the_first_is_the_hint() {
        let mut eyes = Eyes::default();
        grey(&mut eyes, 10);
        let answer = eyes.judge(0.0);
        assert_eq!(answer.hint, hint("too-dark"));
        let both = 1 << hint("too-dark") | 1 << hint("no-document");
        assert_eq!(answer.reasons, both);
    }

    #[test]
    fn the_buffer_fits_the_picture_and_a_picture_without_pixels_is_survived() {
        let mut eyes = Eyes::default();
        assert_eq!(eyes.frame(3, 2).len(), 24);
        assert_eq!(eyes.size_px(), (3.0, 2.0));
        assert!(eyes.frame(0, 0).is_empty());
        assert_eq!(eyes.look(0.0, 0.0, true).quad, None);
    }

    #[test]
    fn every_hint_and_reason_has_a_number_of_its_own() {
        use vestibule_vision::live::{Hint, Place};
        for it in [
            Hint::NoDocument,
            Hint::TooDark,
            Hint::TooBright,
            Hint::Glare(Place::Left),
            Hint::Blurred,
            Hint::MoveCloser,
            Hint::CutOff,
            Hint::Tilted,
            Hint::HoldStill,
            Hint::WrongShape,
            Hint::Covered,
            Hint::Hold,
        ] {
            assert_ne!(hint(it.name()), 0, "{it:?}");
        }
    }
}

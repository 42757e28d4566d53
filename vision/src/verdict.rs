//! The verdict: measures against thresholds, as reasons in the order in which
//! a person can mend them.

use crate::exposure::Exposure;
use crate::luma::Luma;
use crate::scale::Shrunk;
use crate::sharpness::{Meter, Sharpness, WORKING_LONG_SIDE_PX};

/// What is wrong with a picture, ordered by what to mend first.
///
/// Light comes first, because a dark picture is also a blurred one (the
/// exposure gets long) and a washed-out one has no detail to judge. Then
/// whether there is a document at all, then how near it is or which file was
/// chosen, and last the hand and the focus.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reason {
    /// Too little light: even the brightest parts are dark.
    TooDark,
    /// Too much light: large parts are white and the print has faded.
    TooBright,
    /// Nothing in the picture has the detail of a document.
    NoDetail,
    /// Too few pixels to read small print from.
    TooSmall,
    /// The edges are too wide: out of focus or moved.
    Blurred,
}

/// What a figure counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Unit {
    /// Levels of luma, 0 to 255.
    Level,
    /// A share of the whole, 0 to 1.
    Share,
    /// Pixels of the picture as given.
    Pixel,
    /// Thousandths of the picture's longer side.
    Permille,
}

/// One thing that is wrong, with the figure that shows it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Finding {
    /// What is wrong.
    pub reason: Reason,
    /// What was measured.
    pub figure: f32,
    /// The limit that the figure is on the wrong side of.
    pub threshold: f32,
    /// What both count.
    pub unit: Unit,
}

/// All that was measured, whether good or bad.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Measures {
    /// The picture's shorter side in pixels.
    pub short_side_px: u32,
    /// Brightness and clipping.
    pub exposure: Exposure,
    /// Edges and detail.
    pub sharpness: Sharpness,
}

/// Whether a picture is good enough, and why not.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Verdict {
    findings: Vec<Finding>,
    measures: Measures,
}

impl Verdict {
    /// Whether nothing is wrong.
    #[must_use]
    pub fn is_good(&self) -> bool {
        self.findings.is_empty()
    }

    /// What is wrong, the first to mend first.
    #[must_use]
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }

    /// The reason to tell the person, if anything is wrong.
    #[must_use]
    pub fn first_reason(&self) -> Option<Reason> {
        self.findings.first().map(|finding| finding.reason)
    }

    /// The figures that the verdict rests on.
    #[must_use]
    pub fn measures(&self) -> &Measures {
        &self.measures
    }
}

/// The limits of a good picture.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Thresholds {
    /// Smallest shorter side in pixels.
    ///
    /// 600, between the two frames that cameras commonly give: 1280x720
    /// passes, 640x480 does not. A passport's data page (88 mm high, ICAO
    /// 9303-4) that fills 600 pixels has 6.8 pixels per millimetre, so the
    /// 2.5 mm characters of its machine-readable zone are 17 pixels high; OCR
    /// engines want about that much.
    pub short_side_min_px: u32,
    /// Least luma of the brightest twentieth of the picture.
    ///
    /// 85, a third of the scale. The paper of a document is its brightest
    /// large part, and automatic exposure puts paper at 150 to 230. At 85 it
    /// has about a tenth of the linear light of white (sRGB), where the noise
    /// of a telephone camera becomes as strong as light security print.
    pub highlight_min: u8,
    /// Largest share of pixels clipped to white, if the ink has faded too.
    ///
    /// 0.25: a document fills a third of a frame or more, so beyond a quarter
    /// most of its surface has gone. Below it, clipping is a reflection or a
    /// white table.
    pub clipped_bright_max_share: f32,
    /// Darkest ink that clipping is forgiven for.
    ///
    /// 60: a scan on white is clipped nearly everywhere and perfectly legible,
    /// because its ink is still black; over-exposure lifts the ink as well.
    pub faded_ink_min: u8,
    /// Smallest share of blocks with detail.
    ///
    /// 0.05: a card that is half as wide as the frame fills an eighth of it,
    /// and about half of a document's blocks hold print.
    pub detail_min_share: f32,
    /// Largest blur radius in permille of the longer side.
    ///
    /// 1.6: the strokes of OCR-B in the machine-readable zone are 0.35 mm (ISO
    /// 1073-2); a page of 125 mm that spans four fifths of the frame makes that
    /// 2.2 permille. A line of width `w` blurred by `s` keeps the share
    /// `erf(w / (2 √2 s))` of its contrast: one half at `s = 1.6` permille.
    /// That is 2 pixels at 1280, 3.2 at 2000, 6.5 at 4032. Derived, not yet
    /// tuned on photographs of documents.
    pub blur_max_permille: f32,
}

impl Default for Thresholds {
    fn default() -> Self {
        Self {
            short_side_min_px: 600,
            highlight_min: 85,
            clipped_bright_max_share: 0.25,
            faded_ink_min: 60,
            detail_min_share: 0.05,
            blur_max_permille: 1.6,
        }
    }
}

/// Judges picture after picture with the same buffers.
#[derive(Clone, Debug, Default)]
pub struct Judge {
    thresholds: Thresholds,
    working: Shrunk,
    meter: Meter,
}

impl Judge {
    /// A judge that holds pictures to `thresholds`.
    #[must_use]
    pub fn new(thresholds: Thresholds) -> Self {
        Self {
            thresholds,
            ..Self::default()
        }
    }

    /// Judges one picture.
    ///
    /// Allocates nothing after the first picture of a size, unless something
    /// is wrong and has to be listed.
    pub fn judge(&mut self, picture: &Luma<'_>) -> Verdict {
        self.working.fill(picture, WORKING_LONG_SIDE_PX);
        let exposure = Exposure::of(self.working.pixels());
        let sharpness = self.meter.measure(&self.working, exposure.range());
        let measures = Measures {
            short_side_px: picture.short_side_px(),
            exposure,
            sharpness,
        };
        Verdict {
            findings: findings(&measures, &self.thresholds),
            measures,
        }
    }
}

/// Judges a single picture; [`Judge`] is for many.
#[must_use]
pub fn judge(picture: &Luma<'_>, thresholds: &Thresholds) -> Verdict {
    Judge::new(*thresholds).judge(picture)
}

fn findings(measures: &Measures, thresholds: &Thresholds) -> Vec<Finding> {
    let Measures {
        short_side_px,
        exposure,
        sharpness,
    } = measures;
    let mut findings = Vec::new();
    if exposure.highlight < thresholds.highlight_min {
        findings.push(Finding {
            reason: Reason::TooDark,
            figure: f32::from(exposure.highlight),
            threshold: f32::from(thresholds.highlight_min),
            unit: Unit::Level,
        });
    }
    let ink_faded = sharpness
        .ink
        .is_none_or(|ink| ink >= thresholds.faded_ink_min);
    if ink_faded && exposure.clipped_bright_share > thresholds.clipped_bright_max_share {
        findings.push(Finding {
            reason: Reason::TooBright,
            figure: exposure.clipped_bright_share,
            threshold: thresholds.clipped_bright_max_share,
            unit: Unit::Share,
        });
    }
    // Without light there is no detail to miss; the light is what to mend.
    let badly_lit = !findings.is_empty();
    if !badly_lit && sharpness.detail_share < thresholds.detail_min_share {
        findings.push(Finding {
            reason: Reason::NoDetail,
            figure: sharpness.detail_share,
            threshold: thresholds.detail_min_share,
            unit: Unit::Share,
        });
    }
    if *short_side_px < thresholds.short_side_min_px {
        findings.push(Finding {
            reason: Reason::TooSmall,
            figure: *short_side_px as f32,
            threshold: thresholds.short_side_min_px as f32,
            unit: Unit::Pixel,
        });
    }
    if let Some(blur_permille) = sharpness.blur_permille
        && blur_permille > thresholds.blur_max_permille
        && sharpness.detail_share >= thresholds.detail_min_share
    {
        findings.push(Finding {
            reason: Reason::Blurred,
            figure: blur_permille,
            threshold: thresholds.blur_max_permille,
            unit: Unit::Permille,
        });
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::synthetic::Picture;

    fn judged(picture: &Picture) -> Verdict {
        judge(&picture.luma(), &Thresholds::default())
    }

    fn reasons(picture: &Picture) -> Vec<Reason> {
        let verdict = judged(picture);
        verdict.findings().iter().map(|it| it.reason).collect()
    }

    #[test]
    fn a_sharp_page_is_good_at_webcam_and_at_telephone_size() {
        let photograph = Picture::document(1008, 756).enlarged(4);
        assert_eq!(photograph.height_px, 3024);
        for picture in [Picture::document(1280, 720), photograph] {
            let verdict = judged(&picture);
            assert!(verdict.is_good(), "{verdict:?}");
        }
        let soft = judged(&Picture::document(1280, 720).blurred(1.0));
        assert!(soft.is_good(), "{soft:?}");
    }

    #[test]
    fn a_sharp_page_is_good_with_noise_and_held_upright() {
        assert_eq!(
            reasons(&Picture::document(1280, 960).blurred(0.8).with_noise(8.0)),
            []
        );
        assert_eq!(reasons(&Picture::document(960, 1280)), []);
    }

    #[test]
    fn growing_blur_crosses_the_threshold_once() {
        let document = Picture::document(960, 720);
        let blurred: Vec<bool> = [5, 10, 15, 20, 30, 40]
            .map(|tenths_px| {
                reasons(&document.blurred(tenths_px as f32 / 10.0)) == [Reason::Blurred]
            })
            .into();
        assert!(!blurred[0] && blurred[5], "{blurred:?}");
        assert!(blurred.is_sorted(), "{blurred:?}");
    }

    #[test]
    fn a_blurred_page_is_blurred_with_noise_too() {
        let picture = Picture::document(1280, 960).blurred(5.0).with_noise(8.0);
        assert_eq!(reasons(&picture), [Reason::Blurred]);
    }

    #[test]
    fn black_is_too_dark_and_nothing_else() {
        assert_eq!(reasons(&Picture::flat(1280, 720, 3)), [Reason::TooDark]);
    }

    #[test]
    fn a_page_by_candlelight_is_too_dark_first() {
        let picture = Picture::document(1280, 720).lit(0.25, 0.0).with_noise(3.0);
        assert_eq!(judged(&picture).first_reason(), Some(Reason::TooDark));
    }

    #[test]
    fn white_is_too_bright_and_nothing_else() {
        assert_eq!(reasons(&Picture::flat(1280, 720, 255)), [Reason::TooBright]);
    }

    #[test]
    fn a_washed_out_page_is_too_bright() {
        let picture = Picture::document(1280, 720).lit(1.3, 60.0);
        assert_eq!(judged(&picture).first_reason(), Some(Reason::TooBright));
    }

    #[test]
    fn a_scan_on_white_is_not_too_bright() {
        let picture = Picture::document(1280, 960).lit(1.3, -40.0);
        assert!(judged(&picture).measures().exposure.clipped_bright_share < 0.25);
        let scan = Picture::document(1280, 960).lit(1.6, -60.0);
        assert!(judged(&scan).measures().exposure.clipped_bright_share > 0.25);
        assert_eq!(reasons(&scan), []);
    }

    #[test]
    fn grey_and_noise_hold_no_document() {
        let grey = Picture::flat(1280, 720, 128);
        assert_eq!(reasons(&grey), [Reason::NoDetail]);
        assert_eq!(reasons(&grey.with_noise(10.0)), [Reason::NoDetail]);
    }

    #[test]
    fn a_thumbnail_is_too_small() {
        assert_eq!(reasons(&Picture::document(640, 480)), [Reason::TooSmall]);
        let tiny = judged(&Picture::flat(1, 1, 128));
        assert!(
            tiny.findings()
                .iter()
                .any(|finding| finding.reason == Reason::TooSmall && finding.figure == 1.0)
        );
    }

    #[test]
    fn findings_come_in_the_order_of_mending_with_their_figures() {
        let picture = Picture::document(480, 360).lit(0.35, 0.0).blurred(3.0);
        let verdict = judged(&picture);
        assert!(verdict.findings().is_sorted_by_key(|it| it.reason));
        assert!(verdict.findings().len() >= 2, "{verdict:?}");
        for finding in verdict.findings() {
            let on_the_wrong_side = match finding.reason {
                Reason::TooBright | Reason::Blurred => finding.figure > finding.threshold,
                Reason::TooDark | Reason::NoDetail | Reason::TooSmall => {
                    finding.figure < finding.threshold
                }
            };
            assert!(on_the_wrong_side, "{finding:?}");
        }
    }

    #[test]
    fn a_judge_gives_the_same_verdict_whatever_it_saw_before() {
        let (large, small) = (Picture::document(1280, 720), Picture::document(900, 640));
        let mut judge_again = Judge::new(Thresholds::default());
        let _ = judge_again.judge(&large.luma());
        assert_eq!(judge_again.judge(&small.luma()), judged(&small));
        assert_eq!(judge_again.judge(&large.luma()), judged(&large));
    }

    #[test]
    fn odd_shapes_are_judged_without_panic() {
        for (width_px, height_px) in [(1, 3000), (3000, 1), (33, 33), (36, 40), (5000, 40)] {
            let verdict = judged(&Picture::document(width_px, height_px));
            assert!(!verdict.is_good(), "{width_px}x{height_px}");
        }
    }
}

//! The verdict: what is wrong with a picture, as reasons in the order in which
//! a person can mend them, and the figures behind them.
//!
//! Plain values that can be copied; they are found in [`judge`](crate::judge).

use std::fmt;

use crate::exposure::Exposure;
use crate::geometry::Quad;
use crate::glare::Glare;
use crate::pose::Pose;
use crate::sharpness::Sharpness;

/// What is wrong with a picture, ordered by what to mend first.
///
/// Light comes first, because a dark picture is also a blurred one (the
/// exposure gets long) and a washed-out one has no detail to judge. Then
/// whether there is a document at all, then how it is held or which file was
/// chosen, then what lies over it, and last the hand and the focus.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reason {
    /// Too little light: even the brightest parts are dark.
    TooDark,
    /// Too much light: large parts are white and the print has faded.
    TooBright,
    /// No document was found.
    NoDocument,
    /// Nothing in the picture, or on the document, has the detail of a
    /// document.
    NoDetail,
    /// A corner is outside the frame or at its border.
    CutOff,
    /// Too few pixels to read small print from, or too far away.
    TooSmall,
    /// The sides are not those of the document that was asked for.
    WrongShape,
    /// Held askew: small print on the far side is foreshortened.
    Tilted,
    /// A lamp or a window is reflected.
    Glare,
    /// Something, mostly a finger, lies over a side.
    Covered,
    /// The edges are too wide in one direction: moved.
    Moved,
    /// The edges are too wide: out of focus.
    Blurred,
}

impl Reason {
    /// How many there are.
    pub(crate) const COUNT: usize = 12;

    /// The name by which it leaves this crate, in kebab case.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::TooDark => "too-dark",
            Self::TooBright => "too-bright",
            Self::NoDocument => "no-document",
            Self::NoDetail => "no-detail",
            Self::CutOff => "cut-off",
            Self::TooSmall => "too-small",
            Self::WrongShape => "wrong-shape",
            Self::Tilted => "tilted",
            Self::Glare => "glare",
            Self::Covered => "covered",
            Self::Moved => "moved",
            Self::Blurred => "blurred",
        }
    }
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
    /// Thousandths of the longer side of the picture or, for what was measured
    /// on a document, of the document.
    Permille,
    /// Degrees of an angle.
    Degree,
    /// One length over another.
    Ratio,
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
    /// Brightness and clipping of the whole frame.
    pub exposure: Exposure,
    /// Edges and detail of the whole frame; nothing where a document was
    /// judged, which has its own.
    pub sharpness: Sharpness,
    /// What was measured on the document, where there was one.
    pub document: Option<DocumentMeasures>,
}

/// What was measured on a document.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct DocumentMeasures {
    /// The corners, in pixels of the picture.
    pub quad: Quad,
    /// Brightness and clipping.
    pub exposure: Exposure,
    /// Edges and detail, in permille of the document's longest side.
    pub sharpness: Sharpness,
    /// Reflections.
    pub glare: Glare,
    /// The least distance of a corner from the frame's border, in permille of
    /// the frame's longer side; negative outside.
    pub margin_permille: f32,
    /// The longest side in pixels.
    pub long_side_px: f32,
    /// How much of the frame's width or height it spans, whichever is more.
    pub span_share: f32,
    /// How it is held; nothing when no rectangle looks like that.
    pub pose: Option<Pose>,
    /// The share of a side that one thing covers, for the worst side.
    pub covered_share: f32,
}

/// Whether a picture is good enough, and why not.
#[derive(Clone, Copy, PartialEq)]
pub struct Verdict {
    /// The first `n_findings` are real.
    findings: [Finding; Reason::COUNT],
    n_findings: usize,
    measures: Measures,
}

impl fmt::Debug for Verdict {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Verdict")
            .field("findings", &self.findings())
            .field("measures", &self.measures)
            .finish()
    }
}

impl Default for Verdict {
    fn default() -> Self {
        Self::on(Measures::default())
    }
}

impl Verdict {
    /// A verdict that finds nothing wrong yet.
    pub(crate) fn on(measures: Measures) -> Self {
        let nothing = Finding {
            reason: Reason::TooDark,
            figure: 0.0,
            threshold: 0.0,
            unit: Unit::Level,
        };
        Self {
            findings: [nothing; Reason::COUNT],
            n_findings: 0,
            measures,
        }
    }

    /// Adds a finding. They come in the order of their reasons, each once.
    pub(crate) fn add(&mut self, reason: Reason, unit: Unit, figure: f32, threshold: f32) {
        if let Some(place) = self.findings.get_mut(self.n_findings) {
            *place = Finding {
                reason,
                figure,
                threshold,
                unit,
            };
            self.n_findings += 1;
        }
    }

    /// Whether nothing is wrong.
    #[must_use]
    pub fn is_good(&self) -> bool {
        self.n_findings == 0
    }

    /// What is wrong, the first to mend first.
    #[must_use]
    pub fn findings(&self) -> &[Finding] {
        &self.findings[..self.n_findings]
    }

    /// The reason to tell the person, if anything is wrong.
    #[must_use]
    pub fn first_reason(&self) -> Option<Reason> {
        self.findings().first().map(|finding| finding.reason)
    }

    /// How sharp it is, from 0 (or nothing to tell it by) to 1: for choosing
    /// between pictures of the same document.
    #[must_use]
    pub fn sharpness(&self) -> f32 {
        let document = self.measures.document.map(|it| it.sharpness);
        let blur = document.unwrap_or(self.measures.sharpness).blur_permille;
        blur.map_or(0.0, |blur| 1.0 / (1.0 + blur))
    }

    /// The figures that the verdict rests on.
    #[must_use]
    pub fn measures(&self) -> &Measures {
        &self.measures
    }
}

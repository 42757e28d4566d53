//! What comes out of reading: lines, and how sure they are.
//!
//! Not for the meaning of the fields: [`Reading::parsed`] leads to that.

use super::format::Format;
use super::zone::Mrz;
use crate::geometry::Quad;

/// Confidence of the least sure character of a line that is relied on.
const TRUSTED: f32 = 0.3;
/// Clarity of a reading whose check digits mean something.
const CLEAR: f32 = 0.8;
/// Confidence of the least sure character of a reading without doubt.
const CERTAIN: f32 = 0.5;

/// One line as it was read.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Line {
    /// The characters.
    pub text: String,
    /// For each character how sure it is, 0 to 1, among those that may stand
    /// in its place.
    pub confidence: Vec<f32>,
}

/// A zone as it was read.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    /// The format.
    pub format: Format,
    /// The lines from top to bottom, each as long as the format asks for.
    pub lines: Vec<Line>,
    /// Whether all check digits agree. They do for one wrong reading in ten
    /// per check digit, and never notice G for 6 or S for 8; see
    /// [`is_certain`](Self::is_certain).
    pub checks_agree: bool,
    /// How clearly the characters were seen, 0 to 1: the mean probability of
    /// those taken among all 37, whatever the format allows.
    pub clarity: f32,
    /// How many characters were changed because check digits prove it.
    pub corrected: usize,
    /// The corners of the zone in the picture, in reading order.
    pub corners: Quad,
}

impl Line {
    /// The least sure character, 0 to 1.
    #[must_use]
    pub fn least(&self) -> f32 {
        self.confidence.iter().copied().fold(1.0, f32::min)
    }
}

impl Reading {
    /// The lines that can be relied on: none unless check digits agree, and
    /// of those only the ones without a character in serious doubt, because
    /// names have no check digit.
    pub fn trusted_lines(&self) -> impl Iterator<Item = &str> {
        self.lines
            .iter()
            .filter(|line| self.is_proven() && line.least() > TRUSTED)
            .map(|line| line.text.as_str())
    }

    /// The least sure character, 0 to 1.
    #[must_use]
    pub fn confidence(&self) -> f32 {
        self.lines.iter().map(Line::least).fold(1.0, f32::min)
    }

    /// Whether check digits agree and no character is in doubt, including
    /// those that no check digit covers.
    #[must_use]
    pub fn is_certain(&self) -> bool {
        self.is_proven() && self.corrected == 0 && self.confidence() > CERTAIN
    }

    /// Whether check digits agree on text that was seen clearly; they agree by
    /// chance on other print now and then.
    #[must_use]
    pub fn is_proven(&self) -> bool {
        self.checks_agree && self.clarity > CLEAR
    }

    /// What the zone says; nothing when its check digits disagree.
    #[must_use]
    pub fn parsed(&self) -> Option<Mrz> {
        if !self.checks_agree {
            return None;
        }
        let mut lines = self.lines.iter().map(|line| line.text.as_str());
        let lines: [&str; 3] = std::array::from_fn(|_| lines.next().unwrap_or_default());
        Mrz::parse(&lines[..self.format.lines()]).ok()
    }
}

/// The reading that is worth more.
pub(super) fn better(one: Option<Reading>, other: Option<Reading>) -> Option<Reading> {
    let worth = |it: &Reading| it.clarity + if it.checks_agree { 0.3 } else { 0.0 };
    match (one, other) {
        (Some(one), Some(other)) => Some(if worth(&other) > worth(&one) {
            other
        } else {
            one
        }),
        (one, other) => one.or(other),
    }
}

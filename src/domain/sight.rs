//! What is seen of a document: from looks at the preview to a hint, and to the
//! moment for the picture; from a picture to its corners and what is wrong.
//!
//! Not for seeing: `vision/` does that in a worker, steadies the hints over the
//! frames and says when a picture would be good.
//! What is decided here is what the person is told, and how often.

use serde::{Deserialize, Serialize};

use crate::domain::i18n::Text;
use crate::domain::image::ImageId;
use crate::domain::session::config::DocumentType;

/// How long what was read out is left to stand before the next hint is.
///
/// A short sentence takes a screen reader about two seconds; hints that follow
/// faster cut each other off.
const QUIET_MS: f64 = 2_500.0;

/// How long there is nothing to be seen until that is read out: bringing a
/// document before the camera takes about as long.
const EMPTY_MS: f64 = 5_000.0;

/// The outline of what is photographed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DocumentShape {
    /// A card: ISO/IEC 7810 ID-1, 85.6 × 54 mm.
    Card,
    /// A page of a passport booklet: ISO/IEC 7810 ID-3, 125 × 88 mm.
    DataPage,
    /// Paper of any size.
    Paper,
}

impl DocumentShape {
    /// The longer side by the shorter one, where it is known.
    #[must_use]
    pub fn aspect(self) -> Option<f64> {
        match self {
            Self::Card => Some(85.6 / 54.0),
            Self::DataPage => Some(125.0 / 88.0),
            Self::Paper => None,
        }
    }
}

/// What the person can do to get the picture right.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DocumentHint {
    /// No document can be seen.
    NoDocument,
    /// Too little light.
    TooDark,
    /// Too much light.
    TooBright,
    /// A corner is outside the picture.
    CutOff,
    /// Too small.
    Closer,
    /// Seen from the side.
    Tilted,
    /// A reflection covers print.
    Glare,
    /// A finger or something else covers an edge.
    Covered,
    /// It does not have the shape of what was chosen.
    OtherShape,
    /// It, or the camera, moves.
    Moving,
    /// Out of focus.
    Blurred,
    /// Good: stay like this.
    Hold,
    /// Good, but perhaps of a copy in black and white, or of a screen; only
    /// said of pictures that were taken.
    Copy,
}

impl DocumentHint {
    /// The hint by its name in the worker's answers
    /// (`vision/worker/src/answer.rs`); nothing for a name that is not known.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Some(match name {
            "no-document" => Self::NoDocument,
            "too-dark" => Self::TooDark,
            "too-bright" => Self::TooBright,
            "cut-off" => Self::CutOff,
            "too-small" => Self::Closer,
            "tilted" => Self::Tilted,
            "glare" => Self::Glare,
            "covered" => Self::Covered,
            "wrong-shape" => Self::OtherShape,
            "moved" => Self::Moving,
            "blurred" | "no-detail" => Self::Blurred,
            "hold" => Self::Hold,
            "copy" => Self::Copy,
            _ => return None,
        })
    }

    /// Whether nothing is wrong with a picture of which this is said.
    fn is_good(self) -> bool {
        matches!(self, Self::Hold | Self::Copy)
    }

    /// The hint in words; nothing where the screen's own instruction says it.
    #[must_use]
    pub fn text(self) -> Option<Text> {
        Some(match self {
            Self::NoDocument | Self::Copy => return None,
            Self::TooDark => Text::LookDark,
            Self::TooBright => Text::LookBright,
            Self::CutOff => Text::LookCutOff,
            Self::Closer => Text::LookCloser,
            Self::Tilted => Text::LookTilted,
            Self::Glare => Text::LookGlare,
            Self::Covered => Text::LookCovered,
            Self::OtherShape => Text::LookOtherShape,
            Self::Moving | Self::Blurred => Text::LookStill,
            Self::Hold => Text::LookHold,
        })
    }

    /// What is wrong with a picture that was taken all the same, and what to do
    /// about it: the words that the service's own objections have.
    #[must_use]
    pub fn objection(self) -> Option<(Text, Text)> {
        Some(match self {
            Self::Hold => return None,
            Self::NoDocument => (Text::LookNoEdgesTitle, Text::LookNoEdgesAdvice),
            Self::TooDark => (Text::ReasonDarkTitle, Text::ReasonDarkAdvice),
            Self::TooBright => (Text::ReasonBrightTitle, Text::ReasonBrightAdvice),
            Self::CutOff => (Text::ReasonPartialTitle, Text::ReasonPartialAdvice),
            Self::Closer | Self::Tilted => (Text::ReasonSmallTitle, Text::ReasonSmallAdvice),
            Self::Glare => (Text::ReasonGlareTitle, Text::ReasonGlareAdvice),
            Self::Covered => (Text::ReasonCoveredTitle, Text::ReasonCoveredAdvice),
            Self::OtherShape => (Text::ReasonWrongTypeTitle, Text::ReasonWrongTypeAdvice),
            Self::Moving | Self::Blurred => (Text::ReasonBlurredTitle, Text::ReasonBlurredAdvice),
            Self::Copy => (Text::ReasonCopyTitle, Text::ReasonCopyAdvice),
        })
    }
}

/// What does not fit, by what a document says of itself: a reason to ask, since
/// what was read may be wrong, and none to refuse.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Doubt {
    /// Another type than the one that was chosen.
    OtherType,
    /// The other side.
    OtherSide,
    /// Another country than the one that was chosen.
    OtherCountry,
    /// The last day of its validity has passed.
    Expired,
}

impl Doubt {
    /// The doubt by its name in the worker's answers
    /// (`vision/worker/src/doubt.rs`); nothing for a name that is not known.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Some(match name {
            "other-type" => Self::OtherType,
            "other-side" => Self::OtherSide,
            "other-country" => Self::OtherCountry,
            "expired" => Self::Expired,
            _ => return None,
        })
    }

    /// The question, and why it is asked.
    fn objection(self) -> (Text, Text) {
        match self {
            Self::OtherType => (Text::DoubtTypeTitle, Text::DoubtTypeAdvice),
            Self::OtherSide => (Text::DoubtSideTitle, Text::DoubtSideAdvice),
            Self::OtherCountry => (Text::DoubtCountryTitle, Text::DoubtCountryAdvice),
            Self::Expired => (Text::DoubtExpiredTitle, Text::DoubtExpiredAdvice),
        }
    }
}

/// What a picture should be of, as the person chose it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    /// The picture.
    pub image: ImageId,
    /// The type of document.
    pub document_type: DocumentType,
    /// Whether it should show the front, of a document with two sides.
    pub is_front: bool,
    /// The issuing country, ISO 3166-1 alpha-3.
    pub country: String,
}

/// Where to move the camera, so that the whole document comes into the picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Aim {
    /// To the left.
    Left,
    /// To the right.
    Right,
    /// Up.
    Up,
    /// Down.
    Down,
    /// Away: it does not fit.
    Farther,
}

/// How near to the picture's edge a corner counts as cut off, as a share of the
/// picture's side (`margin_min_permille` in `vision/src/thresholds.rs`, which is
/// of the longer side).
const EDGE_SHARE: f64 = 0.006;

impl Aim {
    /// By the corners of a document as shares of the picture's size, x before y;
    /// nothing where they are all inside.
    #[must_use]
    pub fn at(corners: &[f64; 8]) -> Option<Self> {
        let [ax, ay, bx, by, cx, cy, dx, dy] = *corners;
        // How far it reaches over each edge.
        let over = |far: [f64; 4]| far.into_iter().fold(-1.0, f64::max) + EDGE_SHARE;
        let beyond = |at: [f64; 4]| (over(at.map(|it| -it)), over(at.map(|it| it - 1.0)));
        let (left, right) = beyond([ax, bx, cx, dx]);
        let (top, bottom) = beyond([ay, by, cy, dy]);
        if (left > 0.0 && right > 0.0) || (top > 0.0 && bottom > 0.0) {
            return Some(Self::Farther);
        }
        let sides = [
            (left, Self::Left),
            (right, Self::Right),
            (top, Self::Up),
            (bottom, Self::Down),
        ];
        let most = sides
            .into_iter()
            .reduce(|one, other| if other.0 > one.0 { other } else { one })?;
        (most.0 > 0.0).then_some(most.1)
    }

    fn text(self) -> Text {
        match self {
            Self::Left => Text::LookGoLeft,
            Self::Right => Text::LookGoRight,
            Self::Up => Text::LookGoUp,
            Self::Down => Text::LookGoDown,
            Self::Farther => Text::LookFarther,
        }
    }
}

/// One look at the preview.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Look {
    /// When, on any clock that only goes forwards.
    pub at_ms: f64,
    /// What the person can do, steadied over the frames.
    pub hint: Option<DocumentHint>,
    /// Where to move the camera, where something is cut off and that helps.
    pub aim: Option<Aim>,
    /// Enough frames in a row were good: now is the moment.
    pub take: bool,
}

/// What is heard of a look, by who does not see the preview.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Tone {
    /// There is a document, and something is to be done; low and now and then.
    Far,
    /// It is good: stay like this; an octave higher and quick.
    Near,
    /// The picture is being taken; higher again, once, and felt as well.
    Taken,
}

impl Tone {
    /// How long until it is heard again, as long as nothing changes.
    fn pause_ms(self) -> f64 {
        match self {
            Self::Far => 900.0,
            Self::Near | Self::Taken => 240.0,
        }
    }
}

/// A position in a picture, in pixels from its top left.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct PixelPoint {
    /// To the right.
    pub x: u32,
    /// Down.
    pub y: u32,
}

/// Where the document is in a picture: its corners clockwise from the one that is
/// top left.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Corners(pub [PixelPoint; 4]);

impl Corners {
    /// From shares of the picture's size, x before y; a corner beyond the
    /// picture's edge is put onto it.
    #[must_use]
    pub fn from_shares(shares: &[f64; 8], width_px: u32, height_px: u32) -> Self {
        let [ax, ay, bx, by, cx, cy, dx, dy] = *shares;
        let corner = |x: f64, y: f64| PixelPoint {
            x: pixels(x, width_px),
            y: pixels(y, height_px),
        };
        Self([
            corner(ax, ay),
            corner(bx, by),
            corner(cx, cy),
            corner(dx, dy),
        ])
    }
}

impl Corners {
    /// As shares of the picture's size, x before y.
    #[must_use]
    pub fn shares(&self, width_px: u32, height_px: u32) -> [f64; 8] {
        let Self([a, b, c, d]) = self;
        let share = |at: u32, side_px: u32| f64::from(at) / f64::from(side_px.max(1));
        let (x, y) = (
            |corner: &PixelPoint| share(corner.x, width_px),
            |corner: &PixelPoint| share(corner.y, height_px),
        );
        [x(a), y(a), x(b), y(b), x(c), y(c), x(d), y(d)]
    }
}

fn pixels(share: f64, side_px: u32) -> u32 {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "between 0 and the side"
    )]
    let pixels = (share.clamp(0.0, 1.0) * f64::from(side_px)).round() as u32;
    pixels
}

/// What was seen in a picture that was taken.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Seen {
    /// Where the document is.
    pub corners: Option<Corners>,
    /// What is wrong with it.
    pub flaw: Option<DocumentHint>,
    /// What does not fit, once it was read.
    pub doubt: Option<Doubt>,
}

impl Seen {
    /// Whether nothing is wrong with the picture; what is a copy stays one.
    #[must_use]
    pub fn is_good(&self) -> bool {
        self.flaw.is_none_or(DocumentHint::is_good)
    }

    /// Whether another picture would be better than this one.
    #[must_use]
    pub fn is_flawed(&self) -> bool {
        self.flaw.and_then(DocumentHint::objection).is_some()
    }

    /// What is wrong, and what to do about it, in words; whether it is the right
    /// document comes before how good its picture is.
    #[must_use]
    pub fn objection(&self) -> Option<(Text, Text)> {
        let doubt = self.doubt.map(Doubt::objection);
        doubt.or_else(|| self.flaw.and_then(DocumentHint::objection))
    }
}

/// What several looks in a row amount to.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct DocumentWatch {
    /// The last look; none before the eyes are there.
    hint: Option<Option<DocumentHint>>,
    /// What was read out last, and when.
    told: Option<(Text, f64)>,
    /// Since when there is nothing to be seen.
    empty_since_ms: Option<f64>,
    /// Where to go was said of what is cut off now.
    is_aimed: bool,
    /// What was heard last, and when.
    heard: Option<(Tone, f64)>,
}

impl DocumentWatch {
    /// The hint that is shown.
    #[must_use]
    pub fn hint(&self) -> Option<DocumentHint> {
        self.hint.flatten()
    }

    /// Whether the preview is being looked at.
    #[must_use]
    pub fn is_looking(&self) -> bool {
        self.hint.is_some()
    }

    /// Takes in one look; returns what is to be read out.
    pub fn look(&mut self, look: &Look) -> Option<Text> {
        self.hint = Some(look.hint);
        let text = self.words(look)?;
        match self.told {
            Some((last, _)) if last == text => return None,
            Some((_, at_ms)) if look.at_ms - at_ms < QUIET_MS => return None,
            Some(_) | None => {}
        }
        self.told = Some((text, look.at_ms));
        Some(text)
    }

    /// The tone that is due with this look; nothing is heard of nothing.
    pub fn tone(&mut self, look: &Look) -> Option<Tone> {
        let tone = match look.hint? {
            DocumentHint::NoDocument => return None,
            _ if look.take => Tone::Taken,
            DocumentHint::Hold => Tone::Near,
            _ => Tone::Far,
        };
        let is_due = self
            .heard
            .is_none_or(|(last, at_ms)| last != tone || look.at_ms - at_ms >= tone.pause_ms());
        if !is_due {
            return None;
        }
        self.heard = Some((tone, look.at_ms));
        Some(tone)
    }

    /// What a person who does not see the preview has to know: what is shown to
    /// all, where to go, and that there is nothing.
    fn words(&mut self, look: &Look) -> Option<Text> {
        if look.hint != Some(DocumentHint::NoDocument) {
            self.empty_since_ms = None;
        }
        if look.hint != Some(DocumentHint::CutOff) {
            self.is_aimed = false;
        }
        match look.hint? {
            DocumentHint::NoDocument => {
                let since_ms = *self.empty_since_ms.get_or_insert(look.at_ms);
                (look.at_ms - since_ms >= EMPTY_MS).then_some(Text::LookNone)
            }
            DocumentHint::CutOff => {
                // On its way in, nothing is cut off any more before the hint goes.
                let otherwise = (!self.is_aimed).then_some(Text::LookCutOff);
                self.is_aimed |= look.aim.is_some();
                look.aim.map(Aim::text).or(otherwise)
            }
            hint => hint.text(),
        }
    }
}

/// Whether the first of two pictures of the same document is the better one,
/// by what is said of each and how sharp it is: a good one before any other,
/// and then the sharper.
#[must_use]
pub fn is_better(one: (Option<DocumentHint>, f64), other: (Option<DocumentHint>, f64)) -> bool {
    let is_good = |hint: Option<DocumentHint>| hint.is_some_and(DocumentHint::is_good);
    (is_good(one.0), one.1) > (is_good(other.0), other.1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn look(at_ms: f64, hint: DocumentHint) -> Look {
        Look {
            at_ms,
            hint: Some(hint),
            aim: None,
            take: false,
        }
    }

    #[test]
    fn the_camera_is_sent_where_the_document_is_cut_off() {
        let shifted = |x: f64, y: f64| {
            let corners = [0.2, 0.3, 0.8, 0.3, 0.8, 0.7, 0.2, 0.7];
            std::array::from_fn(|index| corners[index] + if index % 2 == 0 { x } else { y })
        };
        for (x, y, aim) in [
            (0.0, 0.0, None),
            (-0.25, 0.0, Some(Aim::Left)),
            (0.25, 0.0, Some(Aim::Right)),
            (0.0, -0.4, Some(Aim::Up)),
            (0.0, 0.4, Some(Aim::Down)),
            (-0.21, 0.4, Some(Aim::Down)),
        ] {
            assert_eq!(Aim::at(&shifted(x, y)), aim, "{x} {y}");
        }
        let wide = [-0.1, 0.3, 1.1, 0.3, 1.0, 0.7, 0.0, 0.7];
        assert_eq!(Aim::at(&wide), Some(Aim::Farther));
        assert_eq!(Aim::at(&[f64::NAN; 8]), None);
    }

    #[test]
    fn where_to_go_is_read_out_and_everybody_is_shown_the_corners() {
        let mut watch = DocumentWatch::default();
        let cut = Look {
            aim: Some(Aim::Up),
            ..look(0.0, DocumentHint::CutOff)
        };
        assert_eq!(watch.look(&cut), Some(Text::LookGoUp));
        assert_eq!(watch.hint(), Some(DocumentHint::CutOff));
        let coming_in = look(9_000.0, DocumentHint::CutOff);
        assert_eq!(watch.look(&coming_in), None);
        assert!(watch.look(&look(10_000.0, DocumentHint::Closer)).is_some());
        let unknown = look(19_000.0, DocumentHint::CutOff);
        assert_eq!(watch.look(&unknown), Some(Text::LookCutOff));
    }

    #[test]
    fn tones_are_slow_while_something_is_wrong_and_quick_while_it_is_good() {
        let mut watch = DocumentWatch::default();
        let mut heard = |at_ms, hint| watch.tone(&look(at_ms, hint));
        assert_eq!(heard(0.0, DocumentHint::NoDocument), None);
        assert_eq!(heard(100.0, DocumentHint::Glare), Some(Tone::Far));
        assert_eq!(heard(800.0, DocumentHint::Closer), None, "the same tone");
        assert_eq!(heard(1_000.0, DocumentHint::Closer), Some(Tone::Far));
        assert_eq!(heard(1_050.0, DocumentHint::Hold), Some(Tone::Near));
        assert_eq!(heard(1_150.0, DocumentHint::Hold), None);
        assert_eq!(heard(1_300.0, DocumentHint::Hold), Some(Tone::Near));
        let take = Look {
            take: true,
            ..look(1_350.0, DocumentHint::Hold)
        };
        assert_eq!(watch.tone(&take), Some(Tone::Taken));
    }

    #[test]
    fn of_a_burst_the_sharpest_of_the_good_ones_is_kept() {
        let blurred = (Some(DocumentHint::Blurred), 0.4);
        let glaring = (Some(DocumentHint::Glare), 0.9);
        let (soft, sharp) = (
            (Some(DocumentHint::Hold), 0.5),
            (Some(DocumentHint::Hold), 0.7),
        );
        assert!(is_better(soft, glaring) && !is_better(glaring, soft));
        assert!(is_better(sharp, soft) && !is_better(soft, sharp));
        assert!(is_better(glaring, blurred));
        assert!(is_better((Some(DocumentHint::Copy), 0.6), soft));
        assert!(!is_better(soft, soft), "the first of equals stays");
    }

    #[test]
    fn a_hint_is_shown_at_once_and_read_out_once() {
        let mut watch = DocumentWatch::default();
        assert!(!watch.is_looking());
        assert_eq!(
            watch.look(&look(0.0, DocumentHint::Closer)),
            Some(Text::LookCloser)
        );
        assert_eq!(watch.hint(), Some(DocumentHint::Closer));
        assert_eq!(watch.look(&look(9_000.0, DocumentHint::Closer)), None);
    }

    #[test]
    fn what_is_read_out_is_not_cut_off_by_the_next_hint() {
        let mut watch = DocumentWatch::default();
        assert!(watch.look(&look(0.0, DocumentHint::Closer)).is_some());
        assert_eq!(watch.look(&look(500.0, DocumentHint::Glare)), None);
        assert_eq!(
            watch.hint(),
            Some(DocumentHint::Glare),
            "it is shown all the same"
        );
        assert_eq!(
            watch.look(&look(2_600.0, DocumentHint::Glare)),
            Some(Text::LookGlare),
            "and read out when the first has been heard"
        );
    }

    #[test]
    fn that_nothing_is_there_is_said_once_after_a_while() {
        let mut watch = DocumentWatch::default();
        let mut empty = |at_ms| watch.look(&look(at_ms, DocumentHint::NoDocument));
        assert_eq!([empty(0.0), empty(4_900.0)], [None, None]);
        assert_eq!(empty(5_000.0), Some(Text::LookNone));
        assert_eq!([empty(5_100.0), empty(60_000.0)], [None, None]);
        assert!(watch.is_looking());
        assert!(watch.look(&look(61_000.0, DocumentHint::Closer)).is_some());
        let mut empty = |at_ms| watch.look(&look(at_ms, DocumentHint::NoDocument));
        assert_eq!([empty(62_000.0), empty(66_000.0)], [None, None]);
        assert_eq!(empty(67_000.0), Some(Text::LookNone), "anew");
    }

    #[test]
    fn the_worker_names_every_hint() {
        let hints: std::collections::HashSet<_> = vestibule_worker::answer::HINTS
            .iter()
            .filter(|name| !name.is_empty())
            .map(|name| DocumentHint::named(name).expect("a hint that the client knows"))
            .collect();
        assert_eq!(hints.len(), 13, "and each can be said");
        assert_eq!(DocumentHint::named(""), None);
    }

    #[test]
    fn the_worker_names_every_doubt() {
        let names = vestibule_worker::doubt::DOUBTS.iter();
        let doubts: std::collections::HashSet<_> = names
            .filter(|name| !name.is_empty())
            .map(|name| Doubt::named(name).expect("a doubt that the client knows"))
            .collect();
        assert_eq!(doubts.len(), 4);
        assert_eq!(Doubt::named(""), None);
    }

    #[test]
    fn the_right_document_comes_before_a_good_picture() {
        let seen = Seen {
            corners: None,
            flaw: Some(DocumentHint::Blurred),
            doubt: Some(Doubt::OtherSide),
        };
        let words = (Text::DoubtSideTitle, Text::DoubtSideAdvice);
        assert_eq!(seen.objection(), Some(words));
    }

    #[test]
    fn corners_are_pixels_of_the_picture_and_never_outside_of_it() {
        let shares = [0.1, 0.1, 1.02, 0.1, 0.9, 0.9, -0.01, 0.9];
        let Corners([a, b, c, d]) = Corners::from_shares(&shares, 2000, 1000);
        assert_eq!(a, PixelPoint { x: 200, y: 100 });
        assert_eq!(b, PixelPoint { x: 2000, y: 100 });
        assert_eq!(c, PixelPoint { x: 1800, y: 900 });
        assert_eq!(d, PixelPoint { x: 0, y: 900 });
        let back = Corners([a, b, c, d]).shares(2000, 1000);
        assert_eq!(back, [0.1, 0.1, 1.0, 0.1, 0.9, 0.9, 0.0, 0.9]);
    }
}

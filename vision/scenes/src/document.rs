//! Invented documents, flat: cards, data pages, letters, forms, receipts, notes.
//!
//! Every draw has its own colours, letters and arrangement. Not for one
//! country's document, and none of it can be mistaken for a real one.

mod layout;
mod print;

use image::RgbImage;

use crate::canvas::{Canvas, Colour, Point};
use crate::chance::Chance;
use crate::zone::{Lettering, Zone};

pub use print::Hand;
pub(crate) use print::skin;

/// What is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// An identity card or licence, ID-1.
    Card,
    /// Its back, with a code or a machine-readable zone.
    CardBack,
    /// The data page of a passport, ID-3.
    Passport,
    /// A letter, A4.
    Letter,
    /// A form with boxes, A5 or A4.
    Form,
    /// A till receipt.
    Receipt,
    /// A cheque.
    Cheque,
    /// A handwritten sheet.
    Note,
}

impl Kind {
    /// Every kind there is.
    pub const ALL: [Self; 8] = [
        Self::Card,
        Self::CardBack,
        Self::Passport,
        Self::Letter,
        Self::Form,
        Self::Receipt,
        Self::Cheque,
        Self::Note,
    ];

    /// Its name in labels.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Card => "card",
            Self::CardBack => "card back",
            Self::Passport => "passport",
            Self::Letter => "letter",
            Self::Form => "form",
            Self::Receipt => "receipt",
            Self::Cheque => "cheque",
            Self::Note => "note",
        }
    }
}

/// A document, ready to be put before a camera.
#[derive(Clone, Debug)]
pub struct Document {
    /// What it is.
    pub kind: Kind,
    /// Width and height.
    pub size_mm: Point,
    /// Radius of its corners.
    pub corner_mm: f32,
    /// Colour of most of it.
    pub paper: Colour,
    /// How it looks from above, over its whole size.
    pub picture: RgbImage,
    /// Resolution of that.
    pub px_per_mm: f32,
}

/// The size of an ID-1 card (ISO/IEC 7810).
pub const ID_1_MM: Point = (85.6, 53.98);
/// The size of a passport's page (ISO/IEC 7810, ID-3).
pub const ID_3_MM: Point = (125.0, 88.0);

/// The size of a document of some kind.
#[must_use]
pub fn size_mm(kind: Kind, chance: &mut Chance) -> Point {
    match kind {
        Kind::Card | Kind::CardBack => ID_1_MM,
        Kind::Passport => ID_3_MM,
        Kind::Letter => (210.0, 297.0),
        Kind::Form => *chance.pick(&[(210.0, 297.0), (148.0, 210.0), (210.0, 148.0)]),
        Kind::Receipt => (chance.between(58.0, 80.0), chance.between(100.0, 170.0)),
        Kind::Cheque => (chance.between(160.0, 180.0), chance.between(72.0, 82.0)),
        Kind::Note => *chance.pick(&[(148.0, 210.0), (105.0, 148.0), (100.0, 100.0)]),
    }
}

/// Draws a document of this size.
#[must_use]
pub fn draw(kind: Kind, size_mm: Point, px_per_mm: f32, chance: &mut Chance) -> Document {
    let corner_mm = match kind {
        Kind::Card | Kind::CardBack => 3.18,
        Kind::Passport => chance.between(1.5, 3.5),
        Kind::Letter | Kind::Form | Kind::Receipt | Kind::Cheque | Kind::Note => 0.0,
    };
    let paper = print::paper(kind, chance);
    let mut canvas = Canvas::new(size_mm, px_per_mm, paper);
    match kind {
        Kind::Card => layout::card(&mut canvas, size_mm, paper, chance),
        Kind::CardBack => layout::card_back(&mut canvas, size_mm, paper, chance),
        Kind::Passport => layout::passport(&mut canvas, size_mm, paper, chance),
        Kind::Letter => layout::letter(&mut canvas, size_mm, chance),
        Kind::Form => layout::form(&mut canvas, size_mm, chance),
        Kind::Receipt => layout::receipt(&mut canvas, size_mm, chance),
        Kind::Cheque => layout::cheque(&mut canvas, size_mm, paper, chance),
        Kind::Note => layout::note(&mut canvas, size_mm, chance),
    }
    Document {
        kind,
        size_mm,
        corner_mm,
        paper,
        picture: canvas.into_image(),
        px_per_mm,
    }
}

/// Draws a document that carries this machine-readable zone in these letters.
#[must_use]
pub fn draw_with_zone(
    zone: &Zone,
    lettering: &Lettering,
    px_per_mm: f32,
    chance: &mut Chance,
) -> Document {
    let size_mm = zone.format.size_mm();
    let kind = if zone.lines.len() == 3 {
        Kind::CardBack
    } else {
        Kind::Passport
    };
    let paper = print::paper(kind, chance);
    let mut canvas = Canvas::new(size_mm, px_per_mm, paper);
    if kind == Kind::CardBack {
        layout::above_zone_of_card(&mut canvas, size_mm, paper, chance);
    } else {
        layout::above_zone_of_page(&mut canvas, size_mm, paper, chance);
    }
    lettering.print(&mut canvas, zone, px_per_mm, chance);
    Document {
        kind,
        size_mm,
        corner_mm: 3.0,
        paper,
        picture: canvas.into_image(),
        px_per_mm,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_is_drawn_in_its_size_with_something_on_it() {
        for (number, kind) in Kind::ALL.into_iter().enumerate() {
            let mut chance = Chance::new("document", number);
            let size = size_mm(kind, &mut chance);
            let document = draw(kind, size, 3.0, &mut chance);
            let (width, height) = document.picture.dimensions();
            assert!((width as f32 - size.0 * 3.0).abs() <= 1.0, "{kind:?}");
            assert!((height as f32 - size.1 * 3.0).abs() <= 1.0, "{kind:?}");
            let paper = document.paper;
            let printed = document
                .picture
                .pixels()
                .filter(|pixel| pixel.0.iter().zip(paper).any(|(a, b)| a.abs_diff(b) > 40))
                .count();
            let share = printed as f32 / (width * height) as f32;
            assert!((0.01..0.9).contains(&share), "{kind:?} {share}");
        }
    }

    #[test]
    fn two_draws_of_a_kind_differ() {
        let one = draw(Kind::Card, ID_1_MM, 2.0, &mut Chance::new("card", 1));
        let two = draw(Kind::Card, ID_1_MM, 2.0, &mut Chance::new("card", 2));
        assert_ne!(one.picture, two.picture);
    }
}

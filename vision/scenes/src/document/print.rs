//! Letters, words and pictures that documents are printed with.

use super::Kind;
use crate::canvas::{Area, Canvas, Colour, Point, byte};
use crate::chance::Chance;
use crate::glyphs::{self, Style};

/// A way of writing: one skeleton of letters in many widths, slants and weights.
#[derive(Clone, Copy, Debug)]
pub struct Hand {
    /// Height of the capitals.
    pub height_mm: f32,
    /// Width of the letters, 1 as drawn.
    pub width: f32,
    /// Leaning to the right, as a share of the height.
    pub slant: f32,
    /// Pen, as a share of the height.
    pub weight: f32,
    /// Ink.
    pub colour: Colour,
}

impl Hand {
    /// Some hand of this height.
    pub fn of_height(height_mm: f32, chance: &mut Chance) -> Self {
        let dark = chance.between(8.0, 80.0);
        let tint = |chance: &mut Chance| byte(dark + chance.between(-8.0, 40.0));
        Self {
            height_mm,
            width: chance.between(0.7, 1.15),
            slant: if chance.happens(0.25) { 0.22 } else { 0.0 },
            weight: chance.between(0.09, 0.22),
            colour: [tint(chance), tint(chance), tint(chance)],
        }
    }

    /// The same hand in another height.
    #[must_use]
    pub fn resized(self, height_mm: f32) -> Self {
        Self { height_mm, ..self }
    }

    /// Writes from a baseline's left end; returns the width.
    pub fn write(&self, canvas: &mut Canvas, text: &str, origin: Point) -> f32 {
        let mut strokes = glyphs::strokes(text, (0.0, 0.0), Style::of_height(self.height_mm));
        for (from, to) in &mut strokes {
            for point in [from, to] {
                *point = (
                    origin.0 + point.0 * self.width - point.1 * self.slant,
                    origin.1 + point.1,
                );
            }
        }
        canvas.ink(&strokes, self.weight * self.height_mm, self.colour, 1.0);
        glyphs::width_mm(text, self.height_mm) * self.width
    }

    /// Writes words from left to right until there is no room.
    pub fn fill_line(
        &self,
        canvas: &mut Canvas,
        (left, baseline): Point,
        width_mm: f32,
        chance: &mut Chance,
    ) {
        let mut pen = left;
        loop {
            let text = word(chance);
            let advance = glyphs::width_mm(&text, self.height_mm) * self.width;
            if pen + advance > left + width_mm {
                return;
            }
            self.write(canvas, &text, (pen, baseline));
            pen += advance + 0.6 * self.height_mm * self.width;
        }
    }
}

/// An invented word.
pub(super) fn word(chance: &mut Chance) -> String {
    const FIRST: &[&str] = &[
        "b", "d", "f", "g", "k", "l", "m", "n", "p", "r", "s", "t", "v", "h",
    ];
    const SECOND: &[&str] = &["a", "e", "i", "o", "u", "ai", "ou"];
    const LAST: &[&str] = &["", "n", "r", "s", "t", "l"];
    let mut text = String::new();
    for _ in 0..=chance.below(3) {
        text += *chance.pick(FIRST);
        text += *chance.pick(SECOND);
    }
    text += *chance.pick(LAST);
    text
}

/// A word in capitals.
pub(super) fn shouted(chance: &mut Chance) -> String {
    word(chance).to_uppercase()
}

/// A number of so many digits, in groups.
pub(super) fn number(digits: usize, chance: &mut Chance) -> String {
    let mut text = String::new();
    for place in 0..digits {
        if place > 0 && (digits - place).is_multiple_of(3) {
            text.push(' ');
        }
        text += &chance.below(10).to_string();
    }
    text
}

/// The colour of what is printed on.
pub(super) fn paper(kind: Kind, chance: &mut Chance) -> Colour {
    let tint = |chance: &mut Chance, least: f32, spread: f32| {
        let grey = chance.between(least, 250.0);
        [0; 3].map(|_| byte(grey - chance.between(0.0, spread)))
    };
    match kind {
        Kind::Card | Kind::CardBack if chance.happens(0.2) => tint(chance, 60.0, 45.0),
        Kind::Card | Kind::CardBack | Kind::Cheque => tint(chance, 190.0, 50.0),
        Kind::Passport => tint(chance, 205.0, 35.0),
        Kind::Note if chance.happens(0.4) => [250, 234, 120],
        Kind::Letter | Kind::Form | Kind::Receipt | Kind::Note => tint(chance, 226.0, 12.0),
    }
}

/// A colour that is not paper.
pub(super) fn accent(chance: &mut Chance) -> Colour {
    let turn = chance.between(0.0, std::f32::consts::TAU);
    let grey = chance.between(60.0, 150.0);
    [0.0_f32, 2.1, 4.2].map(|part| byte(grey + 60.0 * (turn + part).cos()))
}

/// A head and shoulders of plain shapes.
pub(super) fn portrait(canvas: &mut Canvas, area: Area, chance: &mut Chance) {
    let wall = byte(chance.between(150.0, 235.0));
    canvas.rectangle(area, 0.5, [wall, wall, byte(f32::from(wall) + 6.0)], 1.0);
    let skin = skin(chance);
    let hair = [0; 3].map(|_| byte(chance.between(10.0, 120.0)));
    let (middle, wide, high) = (area.left + area.width / 2.0, area.width, area.height);
    let at = |share: f32| area.top + high * share;
    canvas.ellipse(
        (middle, at(1.02)),
        (wide * 0.44, high * 0.26),
        area,
        accent(chance),
    );
    canvas.ellipse((middle, at(0.38)), (wide * 0.29, high * 0.28), area, hair);
    canvas.ellipse((middle, at(0.46)), (wide * 0.23, high * 0.26), area, skin);
    for side in [-1.0, 1.0] {
        let eye = (middle + side * wide * 0.09, at(0.43));
        canvas.ellipse(eye, (wide * 0.035, high * 0.018), area, [30, 26, 24]);
    }
    let lips = skin.map(|value| byte(f32::from(value) * 0.7));
    canvas.ellipse((middle, at(0.6)), (wide * 0.08, high * 0.014), area, lips);
}

/// A skin tone, from very light to very dark.
pub(crate) fn skin(chance: &mut Chance) -> Colour {
    let share = chance.share();
    let mix = |light: f32, dark: f32| byte(light + (dark - light) * share);
    [mix(240.0, 70.0), mix(204.0, 44.0), mix(180.0, 32.0)]
}

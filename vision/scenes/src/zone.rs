//! Machine-readable zones of invented holders (ICAO 9303 parts 3 to 7), set in
//! a font, and pictures of them.
//!
//! All five formats with right check digits. Not a reader.

use ab_glyph::{Font as _, FontVec, PxScale, ScaleFont as _, point};
use image::RgbImage;

use crate::canvas::{Canvas, Point};
use crate::chance::Chance;
use crate::document;
use crate::glyphs::{self, Style};
use crate::scene::{self, Setting};
use crate::surface::{self, Surface};

/// Ten characters per inch (ICAO 9303-3 §4.5).
const PITCH_MM: f32 = 2.54;
/// Four lines per inch and a half: from baseline to baseline.
const LINE_MM: f32 = 6.35;
/// Height of the capitals of OCR-B, size 1.
const CAPITAL_MM: f32 = 2.5;

/// A document format.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// A card, three lines of 30.
    Td1,
    /// A larger card, two lines of 36.
    Td2,
    /// A passport, two lines of 44.
    Td3,
    /// A visa, two lines of 44.
    MrvA,
    /// A smaller visa, two lines of 36.
    MrvB,
}

impl Format {
    /// Every format there is.
    pub const ALL: [Self; 5] = [Self::Td1, Self::Td2, Self::Td3, Self::MrvA, Self::MrvB];

    /// Its name in labels.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Td1 => "TD1",
            Self::Td2 => "TD2",
            Self::Td3 => "TD3",
            Self::MrvA => "MRV-A",
            Self::MrvB => "MRV-B",
        }
    }

    /// Width and height of the document (ICAO 9303 parts 4 to 7).
    #[must_use]
    pub const fn size_mm(self) -> Point {
        match self {
            Self::Td1 => (85.6, 53.98),
            Self::Td2 | Self::MrvB => (105.0, 74.0),
            Self::Td3 => (125.0, 88.0),
            Self::MrvA => (120.0, 80.0),
        }
    }
}

/// The lines of a zone.
#[derive(Clone, Debug)]
pub struct Zone {
    /// The format that they follow.
    pub format: Format,
    /// From top to bottom.
    pub lines: Vec<String>,
}

impl Zone {
    /// The zone of an invented holder.
    #[must_use]
    pub fn invented(format: Format, chance: &mut Chance) -> Self {
        const ISSUERS: &[&str] = &[
            "UTO", "D<<", "GBR", "FRA", "NLD", "POL", "IND", "BRA", "ZAF", "XXA",
        ];
        const SURNAMES: &[&str] = &[
            "OKONKWO",
            "VAN<DER<MEER",
            "QUISPE",
            "LINDQVIST",
            "ZHANG",
            "OBRIEN",
            "FJELDSTAD",
            "JAKUBIK",
            "WYSZYNSKI",
            "HAMIDULLAH",
        ];
        const NAMES: &[&str] = &[
            "JOHANNA<RUTH",
            "BAYARMAA",
            "XIMENA",
            "KOFI",
            "AGNIESZKA<EWA",
            "PHILIP",
            "VEGA<MARIE",
            "YUSUF",
        ];
        let issuer = *chance.pick(ISSUERS);
        let name = format!("{}<<{}", chance.pick(SURNAMES), chance.pick(NAMES));
        let number = with_digit(&random(9, chance));
        let birth = with_digit(&date(chance, 40, 60));
        let expiry = with_digit(&date(chance, 20, 19));
        let sex = *chance.pick(&["M", "F", "<"]);
        let optional = |length: usize, chance: &mut Chance| {
            let used = chance.below(length + 1);
            filled(&random(used, chance), length)
        };
        let lines = match format {
            Format::Td1 => {
                let (one, two) = (optional(15, chance), optional(11, chance));
                let whole = check_digit(&format!("{number}{one}{birth}{expiry}{two}"));
                vec![
                    format!("I<{issuer}{number}{one}"),
                    format!("{birth}{sex}{expiry}{issuer}{two}{whole}"),
                    filled(&name, 30),
                ]
            }
            Format::Td2 | Format::Td3 => {
                let (letter, length) = if format == Format::Td2 {
                    ('I', 36)
                } else {
                    ('P', 44)
                };
                let optional = if format == Format::Td2 {
                    optional(7, chance)
                } else {
                    with_digit(&optional(14, chance))
                };
                let whole = check_digit(&format!("{number}{birth}{expiry}{optional}"));
                vec![
                    filled(&format!("{letter}<{issuer}{name}"), length),
                    format!("{number}{issuer}{birth}{sex}{expiry}{optional}{whole}"),
                ]
            }
            Format::MrvA | Format::MrvB => {
                let (length, rest) = if format == Format::MrvA {
                    (44, 16)
                } else {
                    (36, 8)
                };
                let optional = optional(rest, chance);
                vec![
                    filled(&format!("V<{issuer}{name}"), length),
                    format!("{number}{issuer}{birth}{sex}{expiry}{optional}"),
                ]
            }
        };
        Self { format, lines }
    }
}

fn random(length: usize, chance: &mut Chance) -> String {
    const ALPHABET: &[u8] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ01234567890123456789";
    (0..length)
        .map(|_| char::from(*chance.pick(ALPHABET)))
        .collect()
}

fn date(chance: &mut Chance, from: usize, years: usize) -> String {
    let year = (from + chance.below(years)) % 100;
    format!(
        "{year:02}{:02}{:02}",
        1 + chance.below(12),
        1 + chance.below(28)
    )
}

fn filled(text: &str, length: usize) -> String {
    text.chars()
        .chain(std::iter::repeat('<'))
        .take(length)
        .collect()
}

fn with_digit(field: &str) -> String {
    format!("{field}{}", check_digit(field))
}

/// ICAO 9303-3 §4.9: weights 7, 3, 1, modulo 10.
fn check_digit(field: &str) -> u32 {
    let values = field.chars().map(|it| it.to_digit(36).unwrap_or(0));
    values
        .zip([7, 3, 1].into_iter().cycle())
        .map(|(value, weight)| value * weight)
        .sum::<u32>()
        % 10
}

/// What a zone is printed in.
#[derive(Debug)]
pub struct Lettering(Option<FontVec>);

impl Lettering {
    /// Strokes; for documents whose zone is not to be read.
    #[must_use]
    pub const fn strokes() -> Self {
        Self(None)
    }

    /// A font from its file; `None` when it is none.
    #[must_use]
    pub fn font(file: Vec<u8>) -> Option<Self> {
        FontVec::try_from_vec(file)
            .ok()
            .map(|font| Self(Some(font)))
    }

    /// Prints the zone where the format has it.
    pub(crate) fn print(
        &self,
        canvas: &mut Canvas,
        zone: &Zone,
        px_per_mm: f32,
        chance: &mut Chance,
    ) {
        let (width, height) = zone.format.size_mm();
        let length = zone.lines.first().map_or(0, String::len) as f32;
        let left = (width - length * PITCH_MM) / 2.0 + chance.between(-0.8, 0.8);
        let ink = 12.0 + chance.between(0.0, 40.0);
        let colour = [crate::canvas::byte(ink); 3];
        for (row, line) in zone.lines.iter().rev().enumerate() {
            let baseline = height - 5.6 - LINE_MM * row as f32;
            match &self.0 {
                Some(font) => set(canvas, font, line, (left, baseline), px_per_mm, colour),
                None => {
                    let style = Style {
                        pitch_mm: Some(PITCH_MM),
                        ..Style::of_height(CAPITAL_MM)
                    };
                    canvas.ink(
                        &glyphs::strokes(line, (left, baseline), style),
                        0.34,
                        colour,
                        1.0,
                    );
                }
            }
        }
    }
}

/// Sets a line so that its capitals are as high as they must be.
fn set(
    canvas: &mut Canvas,
    font: &FontVec,
    line: &str,
    (left, baseline): Point,
    px_per_mm: f32,
    colour: [u8; 3],
) {
    let tall = |scale: f32| {
        let glyph = font.glyph_id('H').with_scale(PxScale::from(scale));
        font.outline_glyph(glyph)
            .map_or(1.0, |it| it.px_bounds().height())
    };
    // Bounds are whole pixels: measured large.
    let scale = PxScale::from(CAPITAL_MM * px_per_mm * 1000.0 / tall(1000.0));
    let advance = font.as_scaled(scale).h_advance(font.glyph_id('H'));
    let mut pen = left + (PITCH_MM - advance / px_per_mm) / 2.0;
    for character in line.chars() {
        let place = point(pen * px_per_mm, baseline * px_per_mm);
        let glyph = font
            .glyph_id(character)
            .with_scale_and_position(scale, place);
        if let Some(outline) = font.outline_glyph(glyph) {
            let start = outline.px_bounds().min;
            outline.draw(|x, y, cover| {
                let column = crate::canvas::index(start.x + x as f32);
                let row = crate::canvas::index(start.y + y as f32);
                canvas.dot(column, row, colour, cover.clamp(0.0, 1.0));
            });
        }
        pen += PITCH_MM;
    }
}

/// A document with a zone before a camera or on a scanner.
#[derive(Clone, Debug)]
pub struct Picture {
    /// What is seen.
    pub picture: RgbImage,
    /// What the zone says.
    pub zone: Zone,
    /// Whether it lies flat and level, as on a scanner.
    pub is_scan: bool,
    /// The corners of the document in the picture, in pixels.
    pub corners: [Point; 4],
}

/// One of the pictures; every third is a photograph, the others are scans.
#[must_use]
pub fn picture(number: usize, lettering: &Lettering) -> Picture {
    let mut chance = Chance::new("zone", number);
    let format = Format::ALL[number % Format::ALL.len()];
    let zone = Zone::invented(format, &mut chance);
    let is_scan = !(number / Format::ALL.len()).is_multiple_of(3);
    let document = document::draw_with_zone(&zone, lettering, 14.0, &mut chance);
    let kind = if is_scan {
        surface::Kind::Plain
    } else {
        *chance.pick(&surface::Kind::ALL)
    };
    let lean = |chance: &mut Chance, scan: f32, photo: f32| {
        let most = if is_scan { scan } else { photo };
        chance.between(-most, most)
    };
    let setting = Setting {
        size_px: (1600, 1200),
        surface: Surface::new(kind, &mut chance),
        turn_rad: lean(&mut chance, 0.008, 0.12),
        nod_rad: lean(&mut chance, 0.0, 0.3),
        swing_rad: lean(&mut chance, 0.0, 0.25),
        fill: if is_scan {
            0.98
        } else {
            chance.between(0.8, 0.95)
        },
        blur_px: if is_scan {
            0.45
        } else {
            chance.between(0.6, 1.1)
        },
        noise: if is_scan {
            1.0
        } else {
            chance.between(1.5, 4.0)
        },
    };
    Picture {
        picture: scene::plainly(&document, &setting, &mut chance),
        corners: setting.plane(document.size_mm).corners(document.size_mm),
        zone,
        is_scan,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_has_the_length_of_its_format() {
        for number in 0..200 {
            let mut chance = Chance::new("lines", number);
            let format = Format::ALL[number % 5];
            let zone = Zone::invented(format, &mut chance);
            let (count, length) = match format {
                Format::Td1 => (3, 30),
                Format::Td2 | Format::MrvB => (2, 36),
                Format::Td3 | Format::MrvA => (2, 44),
            };
            assert_eq!(zone.lines.len(), count);
            assert!(
                zone.lines.iter().all(|line| line.len() == length),
                "{zone:?}"
            );
        }
    }

    #[test]
    fn check_digits_are_those_of_the_standard() {
        // Worked examples of ICAO 9303-3 §4.9.
        assert_eq!(check_digit("520727"), 3);
        assert_eq!(check_digit("AB2134<<<"), 5);
    }

    #[test]
    fn a_file_that_is_no_font_is_none() {
        assert!(Lettering::font(b"no font".to_vec()).is_none());
    }
}

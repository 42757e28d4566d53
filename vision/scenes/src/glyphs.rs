//! Letters, drawn for invented documents: each glyph is a few pen strokes.
//!
//! Not a font: only what the documents print.
//!
//! A glyph is written as strokes separated by `|`, a stroke as points of two
//! base-36 digits, x and y. Y counts from the bottom of the descenders: 4 is the
//! baseline, `c` the height of small letters, `g` the height of capitals. A
//! stroke that starts with `~` is rounded at its corners, one with `@` is
//! closed and rounded.

use crate::canvas::{Point, Segment};

/// Heights in grid units.
const BASELINE: f32 = 4.0;
const CAPITAL: f32 = 12.0;
/// Space between two glyphs.
const GAP: f32 = 3.6;
/// Width of a blank.
const BLANK: f32 = 4.5;

/// The capital I where every character has the same room.
const WIDE_I: &str = "04 64|34 3g|0g 6g";

/// How text is set.
#[derive(Clone, Copy, Debug)]
pub struct Style {
    /// Height of the capitals.
    pub height_mm: f32,
    /// Distance from glyph to glyph; `None` lets every glyph take its width.
    pub pitch_mm: Option<f32>,
    /// Direction of the line, counter-clockwise.
    pub angle_rad: f32,
}

impl Style {
    /// Level text in which every glyph takes its width.
    #[must_use]
    pub fn of_height(height_mm: f32) -> Self {
        Self {
            height_mm,
            pitch_mm: None,
            angle_rad: 0.0,
        }
    }
}

/// The strokes of `text` with its baseline starting at `origin`.
#[must_use]
pub fn strokes(text: &str, origin: Point, style: Style) -> Vec<Segment> {
    let unit_mm = style.height_mm / CAPITAL;
    let (sin, cos) = style.angle_rad.sin_cos();
    let mut segments = Vec::new();
    let mut pen_mm = 0.0;
    for character in text.chars() {
        let glyph = match style.pitch_mm {
            // As in OCR-B: a bare stem would leave holes in the line.
            Some(_) if character == 'I' => WIDE_I,
            _ => glyph(character),
        };
        let width_mm = width(glyph) * unit_mm;
        let left_mm = match style.pitch_mm {
            Some(pitch_mm) => pen_mm + (pitch_mm - width_mm) / 2.0,
            None => pen_mm,
        };
        for stroke in glyph.split('|') {
            let points: Vec<Point> = path(stroke)
                .into_iter()
                .map(|(x, y)| {
                    let (x, y) = (left_mm + x * unit_mm, (y - BASELINE) * unit_mm);
                    // Up on paper is down in coordinates.
                    (origin.0 + x * cos - y * sin, origin.1 - x * sin - y * cos)
                })
                .collect();
            segments.extend(points.windows(2).map(|pair| (pair[0], pair[1])));
        }
        pen_mm += style.pitch_mm.unwrap_or_else(|| advance(glyph) * unit_mm);
    }
    segments
}

/// The width of `text`, without the space after it.
#[must_use]
pub fn width_mm(text: &str, height_mm: f32) -> f32 {
    let units: f32 = text
        .chars()
        .map(|character| advance(glyph(character)))
        .sum();
    (units - GAP).max(0.0) * height_mm / CAPITAL
}

fn advance(glyph: &str) -> f32 {
    if glyph.is_empty() {
        BLANK + GAP
    } else {
        width(glyph) + GAP
    }
}

fn width(glyph: &str) -> f32 {
    glyph
        .split('|')
        .flat_map(points)
        .map(|point| point.0)
        .fold(0.0, f32::max)
}

fn points(stroke: &str) -> impl Iterator<Item = Point> {
    stroke
        .trim_start_matches(['~', '@'])
        .split_ascii_whitespace()
        .filter_map(|pair| {
            let mut digits = pair.chars().filter_map(|digit| digit.to_digit(36));
            Some((digits.next()? as f32, digits.next()? as f32))
        })
}

/// The points of a stroke, corners rounded where it asks for it.
fn path(stroke: &str) -> Vec<Point> {
    let mut path: Vec<Point> = points(stroke).collect();
    if stroke.starts_with('@') {
        for _ in 0..2 {
            path = rounded(&path, true);
        }
        path.extend(path.first().copied());
    } else if stroke.starts_with('~') {
        for _ in 0..2 {
            path = rounded(&path, false);
        }
    }
    path
}

/// One round of Chaikin's corner cutting; an open path keeps its ends.
fn rounded(path: &[Point], closed: bool) -> Vec<Point> {
    let mut cut = Vec::with_capacity(2 * path.len());
    if !closed {
        cut.extend(path.first().copied());
    }
    let ends = if closed {
        path.len()
    } else {
        path.len().saturating_sub(1)
    };
    for i in 0..ends {
        let (from, to) = (path[i], path[(i + 1) % path.len()]);
        for share in [0.25, 0.75] {
            cut.push((
                from.0 + (to.0 - from.0) * share,
                from.1 + (to.1 - from.1) * share,
            ));
        }
    }
    if !closed {
        cut.extend(path.last().copied());
    }
    cut
}

/// The strokes of one character; empty for a blank or an unknown one.
fn glyph(character: char) -> &'static str {
    match character {
        'A' => "04 4g 84|18 78",
        'B' => "04 0g|~0g 4g 8g 8a 4a 0a|~0a 4a 9a 94 44 04",
        'C' => "~8d 8g 4g 0g 0a 04 44 84 87",
        'D' => "04 0g|~0g 3g 8g 8a 84 34 04",
        'E' => "7g 0g 04 74|0a 6a",
        'F' => "7g 0g 04|0a 6a",
        'G' => "~8d 8g 4g 0g 0a 04 44 84 8a|8a 5a",
        'H' => "04 0g|84 8g|0a 8a",
        'I' | 'l' => "04 0g",
        'J' => "~6g 69 64 34 04 08",
        'K' => "04 0g|8g 09|3b 84",
        'L' => "0g 04 74",
        'M' => "04 0g 57 ag a4",
        'N' => "04 0g 84 8g",
        'O' => "@0a 0g 4g 8g 8a 84 44 04",
        'P' => "04 0g|~0g 4g 8g 89 49 09",
        'Q' => "@0a 0g 4g 8g 8a 84 44 04|57 83",
        'R' => "04 0g|~0g 4g 8g 89 49 09|49 84",
        'S' => "~8d 8g 4g 0g 0a 4a 8a 84 44 04 07",
        'T' => "0g 8g|4g 44",
        'U' => "~0g 09 04 44 84 89 8g",
        'V' => "0g 44 8g",
        'W' => "0g 34 6e 94 cg",
        'X' => "04 8g|0g 84",
        'Y' => "0g 4a 8g|4a 44",
        'Z' => "0g 8g 04 84",
        'a' => "~0a 0c 3c 7c 79 74|~79 39 09 04 34 74 77",
        'b' => "0g 04|@08 0c 4c 7c 78 74 44 04",
        'c' => "~7a 7c 4c 0c 08 04 44 74 76",
        'd' => "7g 74|@08 0c 4c 7c 78 74 44 04",
        'e' => "08 78|~78 7c 4c 0c 08 04 44 74 76",
        'f' => "~6g 2g 2c|2c 24|0c 5c",
        'g' => "7c 74|~74 70 40 00 01|@08 0c 4c 7c 78 74 44 04",
        'h' => "0g 04|~08 0c 4c 7c 78 74",
        'i' => "04 0c|0f 0f",
        'j' => "~2c 22 20 00|2f 2f",
        'k' => "0g 04|6c 07|28 74",
        'm' => "04 0c|~08 0c 3c 5c 58 54|~58 5c 8c ac a8 a4",
        'n' => "04 0c|~08 0c 4c 7c 78 74",
        'o' => "@08 0c 4c 7c 78 74 44 04",
        'p' => "0c 00|@08 0c 4c 7c 78 74 44 04",
        'q' => "7c 70|@08 0c 4c 7c 78 74 44 04",
        'r' => "04 0c|~08 0c 3c 5c",
        's' => "~6a 6c 3c 0c 08 38 68 64 34 04 06",
        't' => "2g 28|~28 24 54|0c 5c",
        'u' => "7c 74|~0c 08 04 44 74 78",
        'v' => "0c 34 6c",
        'w' => "0c 24 4a 64 8c",
        'x' => "04 6c|0c 64",
        'y' => "0c 34|6c 10",
        'z' => "0c 6c 04 64",
        '0' => "@0a 0g 3g 7g 7a 74 44 04",
        '1' => "0d 3g 34|04 64",
        '2' => "~0d 0g 4g 8g 8b 04|04 84",
        '3' => "~0d 0g 4g 8g 8a 3a|~3a 8a 84 44 04 07",
        '4' => "64 6g 08 88",
        '5' => "7g 1g 0a|~0a 1b 4b 8b 84 44 04 06",
        '6' => "~7g 2g 0c 08 04 44 84 8b 4b 0b 08",
        '7' => "0g 8g 34",
        '8' => "@4a 0a 0g 4g 8g 8a|@4a 0a 04 44 84 8a",
        '9' => "~14 64 88 8c 8g 4g 0g 09 49 89 8c",
        '<' => "7e 1a 76",
        '-' => "0a 5a",
        '.' => "04 04",
        ',' => "14 02",
        ':' => "05 05|0b 0b",
        '/' => "04 6g",
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_character_of_the_machine_readable_zone_has_its_own_shape() {
        let alphabet: Vec<char> = ('A'..='Z').chain('0'..='9').chain(['<']).collect();
        for (i, one) in alphabet.iter().enumerate() {
            assert!(!glyph(*one).is_empty(), "{one}");
            for other in &alphabet[i + 1..] {
                assert_ne!(glyph(*one), glyph(*other), "{one} and {other}");
            }
        }
    }

    #[test]
    fn strokes_stay_on_the_grid() {
        for character in ('!'..='~').filter(|it| !glyph(*it).is_empty()) {
            for stroke in glyph(character).split('|') {
                assert!(points(stroke).count() >= 2, "{character}: {stroke}");
                assert!(
                    points(stroke).all(|(x, y)| x <= 12.0 && y <= CAPITAL + BASELINE),
                    "{character}: {stroke}"
                );
            }
        }
    }

    #[test]
    fn a_line_is_as_wide_as_its_glyphs() {
        let segments = strokes("HUT", (10.0, 5.0), Style::of_height(12.0));
        let right = segments
            .iter()
            .map(|it| it.0.0.max(it.1.0))
            .fold(0.0, f32::max);
        assert!((right - 10.0 - width_mm("HUT", 12.0)).abs() < 1e-3);
    }

    #[test]
    fn the_zone_has_one_pitch() {
        let style = Style {
            pitch_mm: Some(2.54),
            ..Style::of_height(2.4)
        };
        let left = |text: &str| {
            strokes(text, (0.0, 0.0), style)
                .iter()
                .map(|it| it.0.0)
                .fold(f32::MAX, f32::min)
        };
        assert!((left("   H") - left("H") - 3.0 * 2.54).abs() < 1e-3);
    }
}

//! The layouts: a passport's data page and both sides of a driving licence.
//!
//! Sizes are those of the standards (TD3: ICAO 9303-4; cards: ID-1 of
//! ISO/IEC 7810), the design is invented.

use std::f32::consts::TAU;

use image::RgbImage;

use vestibule_scenes::canvas::{Area, Canvas, Colour, Point, Segment, Waves};
use vestibule_scenes::glyphs::{self, Style};

use super::mrz::{Holder, td3};
use super::portrait;

/// One side of an invented document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Document {
    /// The data page of a passport, with a correct machine-readable zone.
    Passport,
    /// The front of a driving licence, with the portrait.
    LicenceFront,
    /// The back of a driving licence; its code is decoration.
    LicenceBack,
}

const INK: Colour = [28, 30, 38];
const LABEL: Colour = [92, 74, 110];
const CARD_LABEL: Colour = [70, 92, 100];
const RED: Colour = [178, 40, 52];
const NAVY: Colour = [34, 48, 104];
const TEAL: Colour = [14, 98, 110];

/// The holder of the passport; valid for long, so that a demo is not stopped
/// by the date.
const HOLDER: Holder<'static> = Holder {
    issuer: "UTO",
    surname: "ERIKSSON",
    given_names: "ANNA MARIA",
    number: "L898902C3",
    nationality: "UTO",
    birth: "740812",
    sex: 'F',
    expiry: "350415",
    personal_number: "ZE184226B",
};

impl Document {
    /// Every document there is.
    pub const ALL: [Self; 3] = [Self::Passport, Self::LicenceFront, Self::LicenceBack];

    /// Width and height in millimetres.
    #[must_use]
    pub const fn size_mm(self) -> (f32, f32) {
        match self {
            Self::Passport => (125.0, 88.0),
            Self::LicenceFront | Self::LicenceBack => (85.6, 53.98),
        }
    }

    /// Radius of the corners in millimetres.
    pub(super) const fn corner_mm(self) -> f32 {
        match self {
            Self::Passport => 3.0,
            Self::LicenceFront | Self::LicenceBack => 3.18,
        }
    }

    /// The document alone, upright, without its rounded corners.
    pub(super) fn draw(self, px_per_mm: f32) -> RgbImage {
        let mut page = Page(Canvas::new(self.size_mm(), px_per_mm, [240, 236, 228]));
        match self {
            Self::Passport => page.passport(),
            Self::LicenceFront => page.licence_front(),
            Self::LicenceBack => page.licence_back(),
        }
        page.0.into_image()
    }
}

struct Page(Canvas);

impl Page {
    fn passport(&mut self) {
        let whole = Area::new(0.0, 0.0, 125.0, 88.0);
        self.0.gradient(whole, [236, 226, 236], [216, 230, 236]);
        let print = Area::new(0.0, 11.0, 125.0, 54.0);
        self.guilloche(print, [[150, 96, 160], [70, 138, 160], [196, 120, 110]]);
        self.rosette((96.0, 38.0), 21.0, [120, 90, 160]);

        // Header: the state on the left, the kind of document on the right.
        self.0.gradient(
            Area::new(0.0, 0.0, 125.0, 11.5),
            [104, 26, 52],
            [136, 36, 62],
        );
        self.0
            .rectangle(Area::new(0.0, 11.5, 125.0, 0.6), 0.0, [206, 170, 96], 1.0);
        self.sun((7.2, 5.8), 3.4, [226, 196, 124]);
        self.text("UTOPIA", (13.5, 7.9), 4.2, 0.75, [248, 240, 226]);
        self.right(
            "PASSPORT / PASSEPORT",
            (121.0, 7.4),
            3.0,
            0.5,
            [248, 240, 226],
        );

        portrait::draw(&mut self.0, Area::new(5.0, 16.0, 33.0, 43.0));
        self.frame(Area::new(5.0, 16.0, 33.0, 43.0), [120, 110, 130]);

        for (label, value, x, y) in [
            ("Type", "P", 42.0, 17.5),
            ("Code", "UTO", 58.0, 17.5),
            ("Passport No.", "L898902C3", 78.0, 17.5),
            ("Surname / Nom", "ERIKSSON", 42.0, 25.4),
            ("Given names / Prenoms", "ANNA MARIA", 42.0, 33.3),
            ("Nationality", "UTOPIAN", 42.0, 41.2),
            ("Date of birth", "12 AUG 1974", 42.0, 49.1),
            ("Sex", "F", 72.0, 49.1),
            ("Place of birth", "ZENITH", 86.0, 49.1),
            ("Date of issue", "16 APR 2025", 42.0, 57.0),
            ("Date of expiry", "15 APR 2035", 72.0, 57.0),
            ("Authority", "UTOPIA", 102.0, 57.0),
        ] {
            self.text(label, (x, y + 1.3), 1.45, 0.2, LABEL);
            self.text(value, (x, y + 5.2), 2.55, 0.42, INK);
        }
        self.signature((100.0, 44.0), 20.0);
        self.specimen((24.0, 63.0), 11.5, 0.33);

        // ICAO 9303-4: the zone is 23.2 mm high; OCR-B has a pitch of 2.54 mm.
        self.0
            .rectangle(Area::new(0.0, 64.8, 125.0, 23.2), 0.0, [246, 244, 240], 1.0);
        let style = Style {
            pitch_mm: Some(2.54),
            ..Style::of_height(2.5)
        };
        for (line, baseline_mm) in td3(&HOLDER).iter().zip([74.0, 80.4]) {
            let strokes = glyphs::strokes(line, (6.6, baseline_mm), style);
            self.0.ink(&strokes, 0.36, INK, 1.0);
        }
    }

    fn licence_front(&mut self) {
        let whole = Area::new(0.0, 0.0, 85.6, 53.98);
        self.0.gradient(whole, [244, 226, 226], [222, 236, 234]);
        self.guilloche(whole, [[206, 120, 140], [90, 160, 160], [170, 130, 180]]);
        self.rosette((64.0, 33.0), 15.0, [70, 130, 140]);

        self.0
            .gradient(Area::new(0.0, 0.0, 85.6, 9.4), [10, 84, 98], [18, 110, 122]);
        self.0
            .rectangle(Area::new(0.0, 9.4, 85.6, 0.5), 0.0, [226, 190, 110], 1.0);
        self.sun((6.0, 4.8), 2.7, [240, 212, 140]);
        self.text("DRIVING LICENCE", (11.0, 6.6), 3.4, 0.6, [248, 250, 248]);
        self.right("UTOPIA", (81.6, 6.4), 2.9, 0.5, [248, 250, 248]);

        let frame = Area::new(4.0, 13.5, 24.5, 31.5);
        portrait::draw(&mut self.0, frame);
        self.frame(frame, [110, 130, 136]);

        for (label, value, x, y) in [
            ("1.", "ERIKSSON", 32.0, 16.6),
            ("2.", "ANNA MARIA", 32.0, 21.2),
            ("3.", "12.08.1974 ZENITH", 32.0, 25.8),
            ("4a.", "16.04.2025", 32.0, 30.4),
            ("4b.", "15.04.2035", 58.0, 30.4),
            ("4c.", "UTOPIA LICENSING", 32.0, 35.0),
            ("5.", "ERIKS740812AM9XY", 32.0, 39.6),
            ("9.", "AM / A1 / B / BE", 32.0, 49.8),
        ] {
            self.text(label, (x, y), 1.5, 0.22, CARD_LABEL);
            self.text(value, (x + 4.4, y), 2.1, 0.36, INK);
        }
        self.text("7.", (32.0, 44.2), 1.5, 0.22, CARD_LABEL);
        self.signature((37.0, 43.9), 19.0);
        self.text("UTO 0042 7719", (4.2, 49.4), 1.6, 0.26, RED);
        self.specimen((17.0, 47.5), 8.6, 0.36);
    }

    fn licence_back(&mut self) {
        let whole = Area::new(0.0, 0.0, 85.6, 53.98);
        self.0.gradient(whole, [226, 238, 236], [242, 230, 226]);
        self.guilloche(whole, [[90, 160, 160], [206, 130, 130], [140, 140, 190]]);
        self.rosette((70.0, 17.0), 11.0, [150, 100, 130]);

        // Categories with their dates, as a table.
        let (left, top, row_mm) = (5.0, 4.5, 4.3);
        let columns = [left, left + 11.0, left + 30.0, left + 49.0];
        for (heading, x) in ["9.", "10.", "11."].iter().zip(columns) {
            self.text(heading, (x + 1.2, top + 3.0), 1.6, 0.24, CARD_LABEL);
        }
        for (row, category) in (1_u8..).zip(["AM", "A1", "B", "BE", "C1"]) {
            let y = top + f32::from(row) * row_mm;
            self.text(category, (left + 1.2, y + 3.2), 2.1, 0.36, INK);
            let dates = if category == "C1" {
                ["-----", "-----"]
            } else {
                ["16.04.25", "15.04.35"]
            };
            for (date, x) in dates.iter().zip(&columns[1..]) {
                self.text(date, (x + 1.2, y + 3.0), 1.8, 0.3, INK);
            }
        }
        let mut rules: Vec<Segment> = columns
            .iter()
            .map(|x| ((*x, top), (*x, top + 6.0 * row_mm)))
            .collect();
        for row in 0_u8..=6 {
            let y = top + f32::from(row) * row_mm;
            rules.push(((left, y), (left + 49.0, y)));
        }
        self.0.ink(&rules, 0.18, TEAL, 0.9);

        for (line, y) in [
            ("This card is a specimen.", 26.0),
            ("It belongs to nobody and", 28.6),
            ("proves nothing.", 31.2),
        ] {
            self.text(line, (58.0, y), 1.35, 0.2, NAVY);
        }
        self.text("UTOPIA", (63.0, 9.0), 2.3, 0.4, TEAL);
        self.blocks(Area::new(5.0, 35.0, 75.6, 14.0));
        self.specimen((20.0, 33.5), 6.6, 0.22);
    }

    /// Three families of fine wavy lines, as security print has them.
    fn guilloche(&mut self, area: Area, colours: [Colour; 3]) {
        let families = [
            (0.0, 31.0, 2.6, 0.95),
            (2.1, 47.0, 3.4, 1.25),
            (4.0, 23.0, 1.7, 1.55),
        ];
        for (colour, (phase_rad, wavelength_mm, amplitude_mm, spacing_mm)) in
            colours.into_iter().zip(families)
        {
            let waves = Waves {
                spacing_mm,
                line_mm: 0.12,
                amplitude_mm,
                wavelength_mm,
                phase_rad,
            };
            self.0.waves(area, waves, colour, 0.42);
        }
    }

    /// Curves of a spirograph around one centre.
    fn rosette(&mut self, centre: Point, radius_mm: f32, colour: Colour) {
        for (ring, petals) in [(1.0, 13.0), (0.72, 9.0), (0.45, 7.0)] {
            let radius = radius_mm * ring;
            for phase in [0.0, TAU / 3.0, TAU / 1.5] {
                let at = |step: u16| {
                    let angle = f32::from(step) * TAU / 240.0;
                    let reach = radius * (0.78 + 0.22 * (petals * angle + phase).cos());
                    (
                        centre.0 + reach * angle.cos(),
                        centre.1 + reach * angle.sin(),
                    )
                };
                let curve: Vec<Segment> = (0..240).map(|step| (at(step), at(step + 1))).collect();
                self.0.ink(&curve, 0.13, colour, 0.5);
            }
        }
    }

    /// A code of small blocks between two guards, in the manner of PDF417.
    fn blocks(&mut self, area: Area) {
        self.0.rectangle(area, 0.4, [250, 250, 248], 1.0);
        let (columns, rows, guard) = (126_u8, 12_u8, 9_u8);
        let (left, top) = (area.left + 1.5, area.top + 1.2);
        let module_mm = (area.width - 3.0) / f32::from(columns);
        let row_mm = (area.height - 2.4) / f32::from(rows);
        let bar = |column: u8, wide: u8, row: u8, high: u8| {
            Area::new(
                left + f32::from(column) * module_mm,
                top + f32::from(row) * row_mm,
                f32::from(wide) * module_mm,
                f32::from(high) * row_mm,
            )
        };
        for (column, wide) in [
            (0, 4),
            (5, 1),
            (7, 1),
            (117, 1),
            (119, 1),
            (121, 1),
            (123, 3),
        ] {
            self.0.rectangle(bar(column, wide, 0, rows), 0.0, INK, 1.0);
        }
        let mut state = 0x2545_f491_u32;
        for row in 0..rows {
            let (mut column, end) = (guard, columns - guard - 1);
            let mut dark = true;
            while column < end {
                // xorshift: any even sequence will do, as long as it repeats.
                state ^= state << 13;
                state ^= state >> 17;
                state ^= state << 5;
                let wide = (1 + state.to_le_bytes()[1] % 4).min(end - column);
                if dark {
                    self.0.rectangle(bar(column, wide, row, 1), 0.0, INK, 1.0);
                }
                dark = !dark;
                column += wide;
            }
        }
    }

    /// The emblem of the state: a sun.
    fn sun(&mut self, centre: Point, radius_mm: f32, colour: Colour) {
        let ray = |step: u8| -> Segment {
            let (sin, cos) = (f32::from(step) * TAU / 12.0).sin_cos();
            let outer = if step.is_multiple_of(2) { 1.0 } else { 0.82 };
            let at = |share: f32| {
                let reach = radius_mm * share;
                (centre.0 + reach * cos, centre.1 + reach * sin)
            };
            (at(0.64), at(outer))
        };
        let rays: Vec<Segment> = (0..12).map(ray).collect();
        self.0.ink(&rays, radius_mm / 7.0, colour, 1.0);
        let disc = radius_mm * 0.46;
        self.0.ink(&[(centre, centre)], 2.0 * disc, colour, 1.0);
    }

    /// A scribble that reads as a signature.
    fn signature(&mut self, start: Point, length_mm: f32) {
        let at = |step: u8| {
            let share = f32::from(step) / 90.0;
            let swing = (share * 29.0).sin() * (1.6 - share) + (share * 11.0).cos() * 0.7;
            (
                start.0 + length_mm * share + 0.9 * (share * 37.0).cos(),
                start.1 - swing * length_mm / 16.0,
            )
        };
        let strokes: Vec<Segment> = (0..90).map(|step| (at(step), at(step + 1))).collect();
        self.0.ink(&strokes, 0.28, NAVY, 0.9);
    }

    fn specimen(&mut self, origin: Point, height_mm: f32, angle_rad: f32) {
        let style = Style {
            angle_rad,
            ..Style::of_height(height_mm)
        };
        let strokes = glyphs::strokes("SPECIMEN", origin, style);
        self.0.ink(&strokes, height_mm / 6.0, RED, 0.26);
    }

    fn frame(&mut self, area: Area, colour: Colour) {
        let (right, bottom) = (area.left + area.width, area.top + area.height);
        let corners = [
            (area.left, area.top),
            (right, area.top),
            (right, bottom),
            (area.left, bottom),
            (area.left, area.top),
        ];
        let sides: Vec<Segment> = corners.windows(2).map(|pair| (pair[0], pair[1])).collect();
        self.0.ink(&sides, 0.25, colour, 1.0);
    }

    fn text(&mut self, text: &str, origin: Point, height_mm: f32, pen_mm: f32, colour: Colour) {
        let strokes = glyphs::strokes(text, origin, Style::of_height(height_mm));
        self.0.ink(&strokes, pen_mm, colour, 1.0);
    }

    /// Text that ends at `end`.
    fn right(&mut self, text: &str, end: Point, height_mm: f32, pen_mm: f32, colour: Colour) {
        let start = (end.0 - glyphs::width_mm(text, height_mm), end.1);
        self.text(text, start, height_mm, pen_mm, colour);
    }
}

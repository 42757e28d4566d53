//! Symbols drawn on cards, photographed in all the wrong ways, and read.
//!
//! Not for the symbology itself: the library that encodes here has its own
//! tests.

#![expect(clippy::expect_used, reason = "helpers of tests stop at what is wrong")]
#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_precision_loss,
    reason = "pictures are drawn with small numbers"
)]

use rxing::pdf417::encoder::{Compaction, PDF417};
use vestibule_barcode::aamva::Licence;
use vestibule_barcode::read;
use vestibule_vision::{Luma, Perspective, Point, Quad};

const LICENCE: &str = "@\n\rANSI 636014040002DL00410288ZC03290024DLDAQD1234567 XY\nDCSPUBLIC\nDDEU\nDACJOHN\nDDFU\nDADQUINCY\nDDGU\nDCAD\nDCBNONE\nDCDNONE\nDBD08312017\nDBB01311980\nDBA01312030\nDBC1\nDAU069 IN\nDAYBRO\nDAG789 EAST OAK STREET\nDAIANYTOWN\nDAJCA\nDAK902230000  \nDCF83D9BN217QO983B1\nDCGUSA\nDAW180\nDAZBRO\nDCK12345678900000000000\nDDB08292017\nDDK1\rZCZCABRN\nZCBBLK\nZCC\nZCD\r";

/// A dark and light matrix with a quiet zone of two modules.
struct Symbol {
    modules: Vec<Vec<bool>>,
}

impl Symbol {
    fn new(text: &str, columns: u32, level: u32, row_modules: usize) -> Self {
        let mut encoder = PDF417::new();
        // The encoder can't choose a mode without its character sets.
        encoder.setCompaction(Compaction::TEXT);
        encoder.setDimensions(columns, columns, 90, 3);
        encoder
            .generateBarcodeLogic(text, level)
            .expect("it can be encoded");
        let matrix = encoder
            .getBarcodeMatrix()
            .as_ref()
            .expect("it was encoded")
            .getScaledMatrix(1, row_modules);
        // The encoder's rows come from below.
        let modules = matrix
            .iter()
            .rev()
            .map(|row| row.iter().map(|module| *module == 1).collect())
            .collect();
        Self { modules }
    }

    fn width(&self) -> f32 {
        self.modules[0].len() as f32
    }

    fn height(&self) -> f32 {
        self.modules.len() as f32
    }

    /// Brightness at a module; nothing beyond the quiet zone.
    fn at(&self, x: f32, y: f32) -> Option<f32> {
        if x < -2.0 || y < -2.0 || x >= self.width() + 2.0 || y >= self.height() + 2.0 {
            return None;
        }
        let dark = x >= 0.0
            && y >= 0.0
            && self
                .modules
                .get(y as usize)
                .and_then(|row| row.get(x as usize))
                .copied()
                .unwrap_or(false);
        Some(if dark { 0.12 } else { 0.88 })
    }
}

/// How a picture is taken.
#[derive(Clone, Copy)]
struct Shot {
    width_px: usize,
    height_px: usize,
    /// The share of the picture's width that the card takes.
    card: f32,
    tilt_degrees: f32,
    /// By how much the right side is nearer than the left.
    perspective: f32,
    /// Standard deviation in pixels, besides the pixel itself.
    blur_px: f32,
    noise: f32,
    seed: u32,
}

impl Default for Shot {
    fn default() -> Self {
        Self {
            width_px: 1280,
            height_px: 720,
            card: 0.72,
            tilt_degrees: 0.0,
            perspective: 0.0,
            blur_px: 0.5,
            noise: 4.0,
            seed: 1,
        }
    }
}

struct Random(u32);

impl Random {
    /// 0 to 1.
    fn next(&mut self) -> f32 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 17;
        self.0 ^= self.0 << 5;
        (self.0 >> 8) as f32 / (1 << 24) as f32
    }

    fn normal(&mut self) -> f32 {
        (0..6).map(|_| self.next()).sum::<f32>() - 3.0
    }
}

impl Shot {
    fn quad(&self) -> Quad {
        let (w, h) = (self.width_px as f32, self.height_px as f32);
        let card_width = w * self.card;
        let card_height = card_width / 1.586;
        let (sin, cos) = self.tilt_degrees.to_radians().sin_cos();
        let mut jitter = Random(self.seed.wrapping_mul(2_654_435_761) | 1);
        let (dx, dy) = ((jitter.next() - 0.5) * 20.0, (jitter.next() - 0.5) * 20.0);
        Quad(
            [(-0.5, -0.5), (0.5, -0.5), (0.5, 0.5), (-0.5, 0.5)].map(|(x, y)| {
                let near = 1.0 + self.perspective * x;
                let (x, y) = (x * card_width * near, y * card_height * near);
                Point::new(
                    w / 2.0 + dx + x * cos - y * sin,
                    h / 2.0 + dy + x * sin + y * cos,
                )
            }),
        )
    }

    /// The picture of a card with the symbol across its lower half and lines
    /// of text (short dark strokes) above, on a dark table.
    fn take(&self, symbol: &Symbol) -> Vec<u8> {
        let quad = self.quad();
        let mapping = Perspective::onto(&quad).expect("a real card");
        let mut inverse = Inverse {
            mapping: &mapping,
            u: 0.5,
            v: 0.5,
        };
        let share = 0.86;
        let module = share / symbol.width();
        let top = 0.93 - symbol.height() * module * 1.586;
        const FINE: usize = 2;
        let (w, h) = (self.width_px, self.height_px);
        let mut light = vec![0.0_f32; w * h];
        for y in 0..h {
            inverse.at(0.0, y as f32, 6);
            for x in 0..w {
                let mut sum = 0.0;
                for fine in 0..FINE * FINE {
                    let px = x as f32 + ((fine % FINE) as f32 + 0.5) / FINE as f32;
                    let py = y as f32 + ((fine / FINE) as f32 + 0.5) / FINE as f32;
                    let (u, v) = inverse.at(px, py, 1);
                    sum += if (0.0..1.0).contains(&u) && (0.0..1.0).contains(&v) {
                        symbol
                            .at((u - 0.07) / module, (v - top) / module / 1.586)
                            .unwrap_or_else(|| text_like(u, v, top))
                    } else {
                        0.3 + 0.05 * (px * 0.03).sin()
                    };
                }
                light[y * w + x] = sum / (FINE * FINE) as f32;
            }
        }
        let light = blurred(&light, w, h, self.blur_px);
        let mut random = Random(self.seed.wrapping_mul(747_796_405) | 1);
        light
            .iter()
            .enumerate()
            .map(|(index, value)| {
                // Light falls off to one side.
                let shade = 0.85 + 0.3 * (index % w) as f32 / w as f32;
                (value * shade * 225.0 + random.normal() * self.noise).clamp(0.0, 255.0) as u8
            })
            .collect()
    }

    fn read(&self, symbol: &Symbol) -> Option<String> {
        let picture = self.take(symbol);
        let luma = Luma::new(self.width_px as u32, self.height_px as u32, &picture)
            .expect("a whole picture");
        read(&luma, None)
    }
}

fn text_like(u: f32, v: f32, top: f32) -> f32 {
    let line = (v * 18.0).fract();
    let letter = (u * 60.0).fract();
    let ink = (u * 60.0).floor() * 7.3 + (v * 18.0).floor() * 3.1;
    if v < top - 0.08 && v > 0.05 && line < 0.5 && letter < 0.6 && ink.sin() > -0.4 {
        0.25
    } else {
        0.85
    }
}

/// From the picture to the unit square: every point is one step of Newton's
/// method from the one before it, which is next to it.
struct Inverse<'a> {
    mapping: &'a Perspective,
    u: f32,
    v: f32,
}

impl Inverse<'_> {
    fn at(&mut self, x: f32, y: f32, steps: usize) -> (f32, f32) {
        for _ in 0..steps {
            let at = self.mapping.at(self.u, self.v);
            const D: f32 = 1.0 / 64.0;
            let du = self.mapping.at(self.u + D, self.v);
            let dv = self.mapping.at(self.u, self.v + D);
            let (a, b) = ((du.x - at.x) / D, (dv.x - at.x) / D);
            let (c, d) = ((du.y - at.y) / D, (dv.y - at.y) / D);
            let det = a * d - b * c;
            let (ex, ey) = (x - at.x, y - at.y);
            self.u += (d * ex - b * ey) / det;
            self.v += (a * ey - c * ex) / det;
        }
        (self.u, self.v)
    }
}

fn blurred(light: &[f32], w: usize, h: usize, sigma: f32) -> Vec<f32> {
    if sigma <= 0.0 {
        return light.to_vec();
    }
    let reach = (sigma * 3.0).ceil() as isize;
    let weights: Vec<f32> = (-reach..=reach)
        .map(|i| (-(i * i) as f32 / (2.0 * sigma * sigma)).exp())
        .collect();
    let total: f32 = weights.iter().sum();
    let pass = |source: &[f32], along_x: bool| -> Vec<f32> {
        (0..w * h)
            .map(|index| {
                let (x, y) = ((index % w) as isize, (index / w) as isize);
                weights
                    .iter()
                    .zip(-reach..)
                    .map(|(weight, offset)| {
                        let (x, y) = if along_x {
                            ((x + offset).clamp(0, w as isize - 1), y)
                        } else {
                            (x, (y + offset).clamp(0, h as isize - 1))
                        };
                        weight * source[y as usize * w + x as usize]
                    })
                    .sum::<f32>()
                    / total
            })
            .collect()
    };
    pass(&pass(light, true), false)
}

/// How many of these are read exactly.
fn count(symbol: &Symbol, text: &str, shots: &[Shot]) -> usize {
    shots
        .iter()
        .filter(|shot| {
            let right = shot.read(symbol).as_deref() == Some(text);
            if !right {
                println!(
                    "missed: {} px, tilt {}, perspective {}, blur {}, seed {}",
                    shot.width_px, shot.tilt_degrees, shot.perspective, shot.blur_px, shot.seed
                );
            }
            right
        })
        .count()
}

/// The peers' test: 17 columns, rows of 3 modules, 1280x720, four at each tilt.
#[test]
fn a_tilted_licence_is_read() {
    let symbol = Symbol::new(LICENCE, 17, 5, 3);
    let mut shots = Vec::new();
    for tilt_degrees in [0.0, 1.0, 2.0, 3.0, 5.0, 9.0] {
        for (index, blur_px) in [0.3, 0.6, 0.8, 1.0].into_iter().enumerate() {
            shots.push(Shot {
                tilt_degrees,
                blur_px,
                perspective: 0.04 * index as f32 - 0.06,
                seed: shots.len() as u32 + 1,
                ..Shot::default()
            });
        }
    }
    let right = count(&symbol, LICENCE, &shots);
    assert!(right >= 22, "{right} of {}", shots.len());
}

#[test]
fn a_small_symbol_is_read_at_any_angle() {
    let text = "SMALL 0123456789 symbol, for phones";
    let symbol = Symbol::new(text, 4, 3, 3);
    let shots = [0.0, -20.0, 45.0, 90.0, 180.0, 250.0].map(|tilt_degrees| Shot {
        width_px: 640,
        height_px: 480,
        card: 0.55,
        tilt_degrees,
        perspective: 0.08,
        seed: 77,
        ..Shot::default()
    });
    let right = count(&symbol, text, &shots);
    assert_eq!(right, shots.len());
}

#[test]
fn the_licence_that_is_read_can_be_understood() {
    let symbol = Symbol::new(LICENCE, 12, 5, 3);
    let text = Shot::default().read(&symbol).expect("it can be read");
    let licence = Licence::parse(&text).expect("it is a licence");
    assert_eq!(licence.family_name(), Some("PUBLIC"));
    assert_eq!(licence.jurisdiction(), Some("CA"));
}

#[test]
fn a_card_without_a_symbol_says_nothing() {
    let nothing = Symbol {
        modules: vec![vec![false; 300]; 80],
    };
    assert_eq!(Shot::default().read(&nothing), None);
}

#[test]
fn pictures_of_any_size_are_no_symbol() {
    for (width_px, height_px) in [(1, 1), (1, 300), (7, 7), (8, 8), (9, 400), (33, 65)] {
        let mut random = Random(width_px + 31 * height_px);
        let noise: Vec<u8> = (0..width_px * height_px)
            .map(|_| (random.next() * 255.0) as u8)
            .collect();
        let luma = Luma::new(width_px, height_px, &noise).expect("a whole picture");
        assert_eq!(read(&luma, None), None, "{width_px}x{height_px}");
    }
}

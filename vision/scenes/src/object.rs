//! Things that lie about: books, telephones, keyboards, mugs, pens, coins; and
//! the fingers that hold a document.
//!
//! Many are rectangles, so that being a rectangle isn't enough to be a document.
//! No sheet of paper and no card is among them: those would be documents.

use crate::canvas::{Area, Point};
use crate::chance::Chance;
use crate::surface::hash;

#[derive(Clone, Copy, Debug)]
enum Shape {
    Book,
    Telephone,
    Keyboard,
    Mug,
    Pen,
    Coin,
    Mat,
}

const SHAPES: &[Shape] = &[
    Shape::Book,
    Shape::Book,
    Shape::Telephone,
    Shape::Telephone,
    Shape::Keyboard,
    Shape::Mug,
    Shape::Pen,
    Shape::Pen,
    Shape::Coin,
    Shape::Mat,
];

/// A thing on the plane.
#[derive(Clone, Debug)]
pub struct Object {
    shape: Shape,
    middle: Point,
    half: Point,
    sin: f32,
    cos: f32,
    colour: [f32; 3],
    seed: u32,
}

/// How much of what is seen there belongs to a thing, and its colour; the last
/// is how dark its shadow is.
pub(crate) struct Seen {
    pub(crate) cover: f32,
    pub(crate) colour: [f32; 3],
    pub(crate) shade: f32,
}

impl Object {
    /// Something at about this distance from the middle.
    #[must_use]
    pub fn new(reach_mm: f32, chance: &mut Chance) -> Self {
        let shape = *chance.pick(SHAPES);
        let half = match shape {
            Shape::Book => (chance.between(50.0, 85.0), chance.between(70.0, 120.0)),
            Shape::Telephone => (chance.between(34.0, 40.0), chance.between(69.0, 82.0)),
            Shape::Keyboard => (220.0, 65.0),
            Shape::Mug => (42.0, 42.0),
            Shape::Pen => (4.5, 70.0),
            Shape::Coin => (12.0, 12.0),
            Shape::Mat => (120.0, 100.0),
        };
        let (sin, cos) = chance.between(0.0, std::f32::consts::TAU).sin_cos();
        let away = chance.between(0.25, 1.0) * reach_mm;
        let around = chance.between(0.0, std::f32::consts::TAU);
        let grey = chance.between(20.0, 200.0);
        let hue = chance.between(0.0, std::f32::consts::TAU);
        Self {
            shape,
            middle: (away * around.cos(), away * around.sin()),
            half,
            sin,
            cos,
            colour: [0.0_f32, 2.1, 4.2]
                .map(|turn| (grey + 55.0 * (hue + turn).cos()).clamp(6.0, 245.0)),
            seed: chance.word(),
        }
    }

    /// What is seen of it at a place; a pixel is this wide there.
    pub(crate) fn seen(&self, (x_mm, y_mm): Point, pixel_mm: f32) -> Option<Seen> {
        let (dx, dy) = (x_mm - self.middle.0, y_mm - self.middle.1);
        let reach = self.half.0 + self.half.1 + 12.0;
        if dx.abs() > reach || dy.abs() > reach {
            return None;
        }
        let (x, y) = (dx * self.cos + dy * self.sin, dy * self.cos - dx * self.sin);
        let outline = Area::new(
            -self.half.0,
            -self.half.1,
            2.0 * self.half.0,
            2.0 * self.half.1,
        );
        let outside = match self.shape {
            Shape::Mug | Shape::Coin => x.hypot(y) - self.half.0,
            Shape::Pen => outline.distance((x, y), 4.0),
            Shape::Telephone => outline.distance((x, y), 9.0),
            Shape::Book | Shape::Keyboard | Shape::Mat => outline.distance((x, y), 2.0),
        };
        if outside > 8.0 {
            return None;
        }
        Some(Seen {
            cover: (0.5 - outside / pixel_mm).clamp(0.0, 1.0),
            colour: self.colour(x, y, outside),
            shade: 0.34 * (1.0 - outside.max(0.0) / 8.0).powi(2),
        })
    }

    fn colour(&self, x: f32, y: f32, outside: f32) -> [f32; 3] {
        let times = |factor: f32| self.colour.map(|value| value * factor);
        match self.shape {
            Shape::Book => {
                let is_spine = x < 8.0 - self.half.0;
                let is_band = (y + self.half.1 * 0.4).abs() < 13.0 && x.abs() < self.half.0 * 0.7;
                if is_spine {
                    times(0.72)
                } else if is_band {
                    let letters = hash(whole(x / 4.0), whole(y / 7.0), self.seed) < 0.5;
                    [if letters { 60.0 } else { 226.0 }; 3]
                } else {
                    times(1.0)
                }
            }
            Shape::Telephone => {
                if outside > -3.0 {
                    [150.0, 150.0, 154.0]
                } else {
                    let glow = 10.0 + 26.0 * (0.5 + 0.5 * (x * 0.04 + y * 0.03).sin());
                    [glow, glow, glow + 6.0]
                }
            }
            Shape::Keyboard => {
                let (u, v) = (x.rem_euclid(19.0), y.rem_euclid(19.0));
                let is_key = (2.0..17.5).contains(&u) && (2.0..17.5).contains(&v);
                if is_key { times(1.0) } else { times(0.45) }
            }
            Shape::Mug => {
                let from_middle = x.hypot(y);
                if from_middle < 33.0 {
                    [52.0, 32.0, 20.0]
                } else if from_middle < 37.0 {
                    times(0.6)
                } else {
                    times(1.1)
                }
            }
            Shape::Pen => times(0.75 + 0.5 * (1.0 - (x / self.half.0).abs())),
            Shape::Coin => {
                let ring = if outside > -1.6 { 0.8 } else { 1.0 };
                [188.0 * ring, 156.0 * ring, 92.0 * ring]
            }
            Shape::Mat => times(0.95 + 0.1 * hash(whole(x * 2.0), whole(y * 2.0), self.seed)),
        }
    }
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "a float cast saturates, and only the pattern depends on it"
)]
fn whole(value: f32) -> i32 {
    value.floor() as i32
}

/// A finger that reaches over an edge, in pixels of the picture.
#[derive(Clone, Debug)]
pub struct Finger {
    tip: Point,
    base: Point,
    radius: f32,
    skin: [f32; 3],
}

impl Finger {
    /// A finger whose tip is here, coming from there.
    #[must_use]
    pub fn new(tip: Point, base: Point, radius_px: f32, skin: [u8; 3]) -> Self {
        Self {
            tip,
            base,
            radius: radius_px,
            skin: skin.map(f32::from),
        }
    }

    /// What is seen of it at a pixel.
    pub(crate) fn seen(&self, (x, y): Point) -> Option<Seen> {
        let (dx, dy) = (self.base.0 - self.tip.0, self.base.1 - self.tip.1);
        let length = dx.hypot(dy);
        let along = ((x - self.tip.0) * dx + (y - self.tip.1) * dy) / (length * length);
        let clamped = along.clamp(0.0, 1.0);
        let across = (x - self.tip.0 - clamped * dx).hypot(y - self.tip.1 - clamped * dy);
        // A little thicker towards the hand.
        let radius = self.radius * (1.0 + 0.25 * clamped);
        let outside = across - radius;
        if outside > 0.6 * self.radius {
            return None;
        }
        let round = (1.0 - (across / radius).min(1.0).powi(2)).sqrt();
        let nail_x = (along * length / self.radius - 0.15) / 0.75;
        let is_nail = nail_x.powi(2) + (across / (0.62 * radius)).powi(2) < 1.0;
        let bright = 0.62 + 0.4 * round + if is_nail { 0.09 } else { 0.0 };
        Some(Seen {
            cover: (0.5 - outside).clamp(0.0, 1.0),
            colour: self.skin.map(|value| value * bright),
            shade: 0.4 * (1.0 - outside.max(0.0) / (0.6 * self.radius)).powi(2),
        })
    }
}

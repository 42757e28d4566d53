//! What documents lie on: textures computed from a place in millimetres.
//!
//! Wood, cloth, stone, paper and the like, each with colours and grain of its
//! own. Not for things that lie about: those are in [`object`](crate::object).

use crate::canvas::{Colour, Point};
use crate::chance::Chance;

/// A kind of background.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Boards with rings.
    Wood,
    /// A weave.
    Cloth,
    /// Veins in stone.
    Marble,
    /// Speckled stone.
    Granite,
    /// A desk of one colour.
    Plain,
    /// Squares with joints.
    Tiles,
    /// A cloth with stripes that cross.
    Gingham,
    /// Loops of wool.
    Carpet,
    /// Brushed metal.
    Steel,
    /// Large paper with print on it.
    Newspaper,
}

impl Kind {
    /// Every kind there is.
    pub const ALL: [Self; 10] = [
        Self::Wood,
        Self::Cloth,
        Self::Marble,
        Self::Granite,
        Self::Plain,
        Self::Tiles,
        Self::Gingham,
        Self::Carpet,
        Self::Steel,
        Self::Newspaper,
    ];

    /// Its name in labels.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Wood => "wood",
            Self::Cloth => "cloth",
            Self::Marble => "marble",
            Self::Granite => "granite",
            Self::Plain => "plain",
            Self::Tiles => "tiles",
            Self::Gingham => "gingham",
            Self::Carpet => "carpet",
            Self::Steel => "steel",
            Self::Newspaper => "newspaper",
        }
    }
}

/// A background: a kind with its own colours, size and direction.
#[derive(Clone, Debug)]
pub struct Surface {
    kind: Kind,
    base: [f32; 3],
    other: [f32; 3],
    scale: f32,
    sin: f32,
    cos: f32,
    seed: u32,
}

impl Surface {
    /// A background of some kind.
    #[must_use]
    pub fn new(kind: Kind, chance: &mut Chance) -> Self {
        let tone = |chance: &mut Chance, low: Colour, high: Colour| {
            let share = chance.share();
            let mut colour = [0.0; 3];
            for (value, (low, high)) in colour.iter_mut().zip(low.into_iter().zip(high)) {
                let (low, high) = (f32::from(low), f32::from(high));
                *value = low + (high - low) * share + chance.between(-9.0, 9.0);
            }
            colour
        };
        let any = |chance: &mut Chance| {
            let grey = chance.between(35.0, 225.0);
            let hue = chance.between(0.0, std::f32::consts::TAU);
            let strength = chance.between(0.0, 50.0);
            [0.0_f32, 2.1, 4.2].map(|turn| (grey + strength * (hue + turn).cos()).clamp(8.0, 248.0))
        };
        let (base, other) = match kind {
            Kind::Wood => {
                let base = tone(chance, [58, 36, 22], [214, 178, 132]);
                let depth = chance.between(0.5, 0.86);
                (base, base.map(|value| value * depth))
            }
            Kind::Marble => (
                tone(chance, [60, 62, 66], [238, 236, 232]),
                tone(chance, [40, 40, 44], [170, 160, 150]),
            ),
            Kind::Steel => {
                let base = tone(chance, [88, 90, 94], [190, 192, 194]);
                (base, base.map(|value| value * 0.8))
            }
            Kind::Newspaper => (
                tone(chance, [206, 202, 190], [238, 236, 228]),
                [44.0, 42.0, 42.0],
            ),
            Kind::Cloth
            | Kind::Granite
            | Kind::Plain
            | Kind::Tiles
            | Kind::Gingham
            | Kind::Carpet => {
                let base = any(chance);
                let other = if chance.happens(0.4) {
                    any(chance)
                } else {
                    let depth = chance.between(0.6, 0.9);
                    base.map(|value| value * depth)
                };
                (base, other)
            }
        };
        let (sin, cos) = chance.between(0.0, std::f32::consts::TAU).sin_cos();
        Self {
            kind,
            base,
            other,
            scale: chance.between(0.6, 1.7),
            sin,
            cos,
            seed: chance.word(),
        }
    }

    /// Hardly any texture, in nearly the colour of what lies on it.
    #[must_use]
    pub fn like(colour: Colour, chance: &mut Chance) -> Self {
        let mut surface = Self::new(Kind::Plain, chance);
        let shift = chance.between(6.0, 22.0) * if chance.happens(0.7) { -1.0 } else { 1.0 };
        surface.base = colour.map(|value| (f32::from(value) + shift).clamp(4.0, 251.0));
        surface.other = surface.base.map(|value| value * 0.96);
        surface
    }

    /// Its kind.
    #[must_use]
    pub const fn kind(&self) -> Kind {
        self.kind
    }

    /// The colour at a place, 0 to 255 per channel.
    #[must_use]
    pub fn colour(&self, (x_mm, y_mm): Point) -> [f32; 3] {
        let x = (x_mm * self.cos - y_mm * self.sin) / self.scale;
        let y = (x_mm * self.sin + y_mm * self.cos) / self.scale;
        let seed = self.seed;
        let (share, shade) = match self.kind {
            Kind::Wood => {
                let board = (y / 95.0).floor();
                let shift = 37.0 * board;
                let bend = 9.0 * noise(x / 160.0 + shift, y / 42.0, seed);
                let rings = ((y + 2.4 * bend) * 0.62).sin() * 0.5 + 0.5;
                let grain = noise(x / 24.0 + shift, y * 1.9, seed ^ 1);
                let gap = (y - board * 95.0).min(95.0 - (y - board * 95.0));
                let joint = if gap < 0.5 { 0.45 } else { 1.0 };
                let tint = 0.9 + 0.2 * hash(to_int(board), 7, seed);
                (
                    0.75 * rings + 0.25 * grain,
                    joint * tint * (0.93 + 0.14 * grain),
                )
            }
            Kind::Cloth => {
                let (warp, weft) = ((x * 5.2).sin(), (y * 5.2).sin());
                let over = if warp * weft > 0.0 {
                    warp.abs()
                } else {
                    weft.abs()
                };
                let fold = noise(x / 70.0, y / 70.0, seed);
                (0.5 * over, 0.82 + 0.18 * over + 0.24 * (fold - 0.5))
            }
            Kind::Marble => {
                let drift =
                    noise(x / 45.0, y / 45.0, seed) + 0.5 * noise(x / 17.0, y / 17.0, seed ^ 2);
                let vein = 1.0 - ((x + 55.0 * drift) * 0.11).sin().abs();
                (
                    vein.powi(6),
                    0.93 + 0.14 * noise(x / 30.0, y / 30.0, seed ^ 3),
                )
            }
            Kind::Granite => {
                let speck = noise(x / 1.7, y / 1.7, seed);
                let coarse = noise(x / 5.5, y / 5.5, seed ^ 4);
                (
                    if speck > 0.62 { 1.0 } else { 0.25 * coarse },
                    0.85 + 0.3 * coarse,
                )
            }
            Kind::Plain => {
                let cloud = noise(x / 60.0, y / 60.0, seed);
                (cloud, 0.97 + 0.06 * noise(x / 2.2, y / 2.2, seed ^ 5))
            }
            Kind::Tiles => {
                let side = 62.0;
                let (column, row) = ((x / side).floor(), (y / side).floor());
                let (u, v) = (x - column * side, y - row * side);
                let gap = u.min(side - u).min(v.min(side - v));
                let tint = 0.9 + 0.2 * hash(to_int(column), to_int(row), seed);
                (if gap < 1.4 { 1.0 } else { 0.0 }, tint)
            }
            Kind::Gingham => {
                let stripe = |at: f32| {
                    if (at / 11.0).floor().rem_euclid(2.0) < 0.5 {
                        0.5
                    } else {
                        0.0
                    }
                };
                let weave = 0.96 + 0.05 * (x * 6.0).sin() * (y * 6.0).sin();
                (stripe(x) + stripe(y), weave)
            }
            Kind::Carpet => {
                let loops = noise(x * 0.9, y * 0.9, seed);
                let worn = noise(x / 90.0, y / 90.0, seed ^ 6);
                (loops * 0.8, 0.62 + 0.55 * loops + 0.12 * worn)
            }
            Kind::Steel => {
                let brush = noise(x / 90.0, y * 2.6, seed);
                (brush, 0.94 + 0.12 * noise(x / 140.0, y / 50.0, seed ^ 8))
            }
            Kind::Newspaper => {
                let column = (x / 47.0).floor();
                let (u, line) = (x - column * 47.0, (y / 3.2).floor());
                let within = y - line * 3.2;
                let word = hash(to_int(x * 0.31), to_int(line), seed) < 0.82;
                let stroke = hash(to_int(x * 2.1), to_int(line * 3.0 + within), seed ^ 9) < 0.6;
                let is_picture = hash(to_int(column), to_int(y / 52.0), seed ^ 10) < 0.22;
                if is_picture && (2.0..44.0).contains(&u) {
                    (noise(x / 9.0, y / 9.0, seed ^ 11), 0.95)
                } else if (2.0..44.0).contains(&u) && within < 1.9 && word && stroke {
                    (0.85, 1.0)
                } else {
                    (0.0, 0.97 + 0.05 * noise(x / 12.0, y / 12.0, seed))
                }
            }
        };
        let mut colour = self.base;
        for (value, other) in colour.iter_mut().zip(self.other) {
            *value = (*value + (other - *value) * share) * shade;
        }
        colour
    }
}

/// Smooth noise from 0 to 1 with a period of about 1.
#[must_use]
pub fn noise(x: f32, y: f32, seed: u32) -> f32 {
    let (column, row) = (x.floor(), y.floor());
    let smooth = |t: f32| t * t * (3.0 - 2.0 * t);
    let (u, v) = (smooth(x - column), smooth(y - row));
    let (column, row) = (to_int(column), to_int(row));
    let at = |dx: i32, dy: i32| hash(column.wrapping_add(dx), row.wrapping_add(dy), seed);
    let above = at(0, 0) + (at(1, 0) - at(0, 0)) * u;
    let below = at(0, 1) + (at(1, 1) - at(0, 1)) * u;
    above + (below - above) * v
}

/// A number from 0 to 1 that belongs to a place on a grid.
#[must_use]
pub fn hash(x: i32, y: i32, seed: u32) -> f32 {
    let mut z = x
        .cast_unsigned()
        .wrapping_mul(0x9e37_79b1)
        .wrapping_add(y.cast_unsigned().wrapping_mul(0x85eb_ca77))
        ^ seed;
    z = (z ^ (z >> 15)).wrapping_mul(0x2c1b_3c6d);
    z = (z ^ (z >> 12)).wrapping_mul(0x297a_2d39);
    ((z ^ (z >> 15)) >> 8) as f32 / 16_777_216.0
}

/// The whole number below.
#[expect(
    clippy::cast_possible_truncation,
    reason = "a float cast saturates, and places beyond are never seen"
)]
fn to_int(value: f32) -> i32 {
    value.floor() as i32
}

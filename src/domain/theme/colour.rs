//! sRGB colours and WCAG contrast.
//!
//! Relative luminance and contrast ratio: WCAG 2.2, "relative luminance" and
//! "contrast ratio"; the transfer function is that of IEC 61966-2-1.

use std::fmt;

/// An opaque sRGB colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Colour {
    r: u8,
    g: u8,
    b: u8,
}

impl Colour {
    /// From its three components.
    #[must_use]
    pub const fn rgb(r: u8, g: u8, b: u8) -> Self {
        Self { r, g, b }
    }

    /// Reads `#RRGGBB` or `#RGB`, the published pattern (contract §1.2).
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.strip_prefix('#')?;
        if !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return None;
        }
        let pair = |range| {
            digits
                .get(range)
                .and_then(|pair| u8::from_str_radix(pair, 16).ok())
        };
        let single = |range| pair(range).map(|nibble| nibble * 17);
        match digits.len() {
            6 => Some(Self {
                r: pair(0..2)?,
                g: pair(2..4)?,
                b: pair(4..6)?,
            }),
            3 => Some(Self {
                r: single(0..1)?,
                g: single(1..2)?,
                b: single(2..3)?,
            }),
            _ => None,
        }
    }

    /// Relative luminance, 0 (black) to 1 (white).
    #[must_use]
    pub fn luminance(self) -> f64 {
        let linear = |value: u8| {
            let value = f64::from(value) / 255.0;
            if value <= 0.04045 {
                value / 12.92
            } else {
                ((value + 0.055) / 1.055).powf(2.4)
            }
        };
        0.2126 * linear(self.r) + 0.7152 * linear(self.g) + 0.0722 * linear(self.b)
    }

    /// Contrast ratio against another colour, 1 to 21.
    #[must_use]
    pub fn contrast(self, other: Self) -> f64 {
        let (a, b) = (self.luminance(), other.luminance());
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    /// This colour with a share of another, 0 to 1, mixed per component.
    #[must_use]
    pub fn mix(self, other: Self, share: f64) -> Self {
        let share = share.clamp(0.0, 1.0);
        let mix = |a: u8, b: u8| {
            let mixed = f64::from(a) + (f64::from(b) - f64::from(a)) * share;
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "between two u8 values"
            )]
            let rounded = mixed.round() as u8;
            rounded
        };
        Self {
            r: mix(self.r, other.r),
            g: mix(self.g, other.g),
            b: mix(self.b, other.b),
        }
    }

    /// Black or white, whichever can be read better on a fill.
    ///
    /// One of the two always reaches 4.58:1, because the worst fill has
    /// luminance 0.179.
    #[must_use]
    pub fn most_readable_on(fill: Self) -> Self {
        if BLACK.contrast(fill) >= WHITE.contrast(fill) {
            BLACK
        } else {
            WHITE
        }
    }

    /// Whether the colour has no hue to speak of.
    #[must_use]
    pub fn is_grey(self) -> bool {
        let parts = [self.r, self.g, self.b];
        let spread = parts
            .iter()
            .max()
            .zip(parts.iter().min())
            .map_or(0, |(high, low)| high - low);
        spread < 24
    }

    /// Black for a light colour, white for a dark one.
    #[must_use]
    pub fn opposite(self) -> Self {
        if self.contrast(BLACK) > self.contrast(WHITE) {
            BLACK
        } else {
            WHITE
        }
    }

    /// The nearest shade of this colour with at least this contrast to every
    /// surface; darker on light surfaces, lighter on dark ones.
    #[must_use]
    pub fn away_from(self, surfaces: &[Self], contrast: f64) -> Self {
        let is_enough = |colour: Self| {
            surfaces
                .iter()
                .all(|surface| colour.contrast(*surface) >= contrast)
        };
        let target = surfaces.first().map_or(BLACK, |surface| surface.opposite());
        // 64 steps are finer than an eye can tell between neighbouring shades.
        (0..=64u32)
            .map(|step| self.mix(target, f64::from(step) / 64.0))
            .find(|shade| is_enough(*shade))
            .unwrap_or(target)
    }
}

const BLACK: Colour = Colour::rgb(0, 0, 0);
const WHITE: Colour = Colour::rgb(255, 255, 255);

impl fmt::Display for Colour {
    /// Writes `#rrggbb`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{:02x}{:02x}{:02x}", self.r, self.g, self.b)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_published_notations_are_read() {
        assert_eq!(
            Colour::parse("#2d9fff"),
            Some(Colour::rgb(0x2d, 0x9f, 0xff))
        );
        assert_eq!(
            Colour::parse("#2D9FFF"),
            Some(Colour::rgb(0x2d, 0x9f, 0xff))
        );
        assert_eq!(Colour::parse("#fa0"), Some(Colour::rgb(0xff, 0xaa, 0)));
        for text in [
            "", "#", "2d9fff", "#12", "#12345", "#gggggg", "#+1+1+1", "red", "#ääx",
        ] {
            assert_eq!(Colour::parse(text), None, "{text}");
        }
    }

    #[test]
    fn contrast_agrees_with_wcags_own_examples() {
        // Understanding SC 1.4.3: #777 on white is just below 4.5, #767676 just above.
        let white = Colour::rgb(255, 255, 255);
        assert!(
            (Colour::rgb(0x77, 0x77, 0x77).contrast(white) - 4.48).abs() < 0.01,
            "#777"
        );
        assert!(
            (Colour::rgb(0x76, 0x76, 0x76).contrast(white) - 4.54).abs() < 0.01,
            "#767676"
        );
        assert!(
            (Colour::rgb(0, 0, 0).contrast(white) - 21.0).abs() < 1e-9,
            "black on white"
        );
    }
}

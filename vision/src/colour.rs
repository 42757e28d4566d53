//! Colour: what hints at a copy or at a screen instead of a document.
//!
//! Hints only: some documents have hardly any colour, and fine coloured lines
//! are printed on others. So neither is a [`Reason`](crate::Reason), and
//! neither keeps a picture from being taken.

use crate::geometry::{Perspective, Quad, floor};

/// Places that are looked at, across and down the document.
const N_ACROSS: u8 = 48;
const N_DOWN: u8 = 32;

/// How far from the document's sides the places begin, as a share of it.
const INSET_SHARE: f32 = 0.05;

/// Below this colourfulness, a document looks black and white.
///
/// 0.05: drawn cards have 0.15 and more, the noise of a camera on grey paper
/// stays below 0.03 after the mean of nine pixels. Not tuned on photographs.
pub const GREY_MAX: f32 = 0.05;

/// From this share of striped lines on, a picture looks like one of a screen.
/// Not tuned on photographs.
pub const STRIPED_MIN_SHARE: f32 = 0.5;

/// Pixels of each line that is looked at for stripes, and the distances, in
/// pixels, at which stripes may repeat: the beat of a screen's pixels with the
/// camera's is mostly as coarse as that.
const LINE_PX: usize = 160;
const LAGS_PX: std::ops::Range<usize> = 4..40;
const N_LINES: u8 = 9;

/// The least colour of stripes in levels (standard deviation), and how much of
/// it has to repeat.
const STRIPES_MIN: f32 = 3.0;
const REPEATED_SHARE: f32 = 0.6;

/// What the colours of a document say.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Colour {
    /// How far the most colourful tenth of the document is from its usual
    /// tint, as a share of its brightness: 0 for grey.
    pub colourfulness: f32,
    /// The share of lines across it whose colour repeats, 0 to 1.
    pub striped_share: f32,
}

impl Colour {
    /// Whether it may be a black-and-white copy.
    #[must_use]
    pub fn looks_grey(&self) -> bool {
        self.colourfulness < GREY_MAX
    }

    /// Whether it may be shown by a screen.
    #[must_use]
    pub fn looks_like_a_screen(&self) -> bool {
        self.striped_share >= STRIPED_MIN_SHARE
    }

    /// Looks at a document in a picture of red, green, blue and alpha bytes;
    /// nothing without a document in it, or when the size is another. About
    /// fifteen thousand pixels are read, at any size.
    #[must_use]
    pub fn of(width_px: u32, height_px: u32, rgba: &[u8], quad: &Quad) -> Option<Self> {
        let (width, height) = (width_px as usize, height_px as usize);
        let picture = Rgba {
            width,
            height,
            bytes: rgba,
        };
        if width < 3 || height < 3 || rgba.len() != width * height * 4 {
            return None;
        }
        let mapping = Perspective::onto(quad)?;
        let sums = picture.sums(&mapping);
        Some(Self {
            colourfulness: picture.colourfulness(&mapping, sums),
            striped_share: picture.striped_share(&mapping, sums),
        })
    }
}

struct Rgba<'a> {
    width: usize,
    height: usize,
    bytes: &'a [u8],
}

impl Rgba<'_> {
    fn pixel(&self, x: usize, y: usize) -> [f32; 3] {
        let at = 4 * (y.min(self.height - 1) * self.width + x.min(self.width - 1));
        [self.bytes[at], self.bytes[at + 1], self.bytes[at + 2]].map(f32::from)
    }

    /// The mean of nine pixels around a place of the document.
    fn around(&self, mapping: &Perspective, across: u8, down: u8) -> [f32; 3] {
        let share = |index: u8, of: u8| {
            INSET_SHARE + (1.0 - 2.0 * INSET_SHARE) * (f32::from(index) + 0.5) / f32::from(of)
        };
        let middle = mapping.at(share(across, N_ACROSS), share(down, N_DOWN));
        let (x, y) = (floor(middle.x - 1.0), floor(middle.y - 1.0));
        let mut sums = [0.0; 3];
        for (dx, dy) in (0..9).map(|index| (index % 3, index / 3)) {
            for (sum, level) in sums.iter_mut().zip(self.pixel(x + dx, y + dy)) {
                *sum += level / 9.0;
            }
        }
        sums
    }

    /// Red, green and blue of the whole document: its tint, which is that of
    /// the light if it has no colour of its own.
    fn sums(&self, mapping: &Perspective) -> [f32; 3] {
        let mut sums = [1.0; 3];
        for down in 0..N_DOWN {
            for across in 0..N_ACROSS {
                for (sum, level) in sums.iter_mut().zip(self.around(mapping, across, down)) {
                    *sum += level;
                }
            }
        }
        sums
    }

    fn colourfulness(&self, mapping: &Perspective, [red, green, blue]: [f32; 3]) -> f32 {
        // Counted in hundredths, of which the last is for all beyond.
        let mut counts = [0_u16; 101];
        for down in 0..N_DOWN {
            for across in 0..N_ACROSS {
                let [r, g, b] = self.around(mapping, across, down);
                let (r, b) = (r * green / red, b * green / blue);
                let most = r.max(g).max(b);
                // Darkness has no colour, only noise.
                let share = (most - r.min(g).min(b)) / most.max(40.0);
                counts[floor(share * 100.0).min(100)] += 1;
            }
        }
        let tenth = u16::from(N_ACROSS) * u16::from(N_DOWN) / 10;
        let mut seen = 0;
        for (hundredths, count) in (0..=100_u8).rev().zip(counts.iter().rev()) {
            seen += count;
            if seen >= tenth {
                return f32::from(hundredths) / 100.0;
            }
        }
        0.0
    }

    fn striped_share(&self, mapping: &Perspective, [red, _, blue]: [f32; 3]) -> f32 {
        let tint = red / blue;
        let mut n_striped = 0_u8;
        for index in 0..N_LINES {
            let share = (f32::from(index) + 1.0) / (f32::from(N_LINES) + 1.0);
            let (across, down) = (mapping.at(0.5, share), mapping.at(share, 0.5));
            let is_striped = |at: (usize, usize), step: (usize, usize)| {
                let mut line = [0.0; LINE_PX];
                for (index, place) in line.iter_mut().enumerate() {
                    let [r, g, b] = self.pixel(at.0 + step.0 * index, at.1 + step.1 * index);
                    // Ink on tinted paper has the tint of the paper.
                    *place = 128.0 * (r - b * tint) / g.max(40.0);
                }
                repeats(&mut line)
            };
            let half = LINE_PX / 2;
            let start = |middle: f32| floor(middle).saturating_sub(half);
            n_striped += u8::from(is_striped((start(across.x), floor(across.y)), (1, 0)));
            n_striped += u8::from(is_striped((floor(down.x), start(down.y)), (0, 1)));
        }
        // Stripes run one way, mostly; the other one's lines have none.
        (f32::from(n_striped) / f32::from(N_LINES)).min(1.0)
    }
}

/// Whether a line goes up and down and, some way on, up and down again.
fn repeats(line: &mut [f32; LINE_PX]) -> bool {
    let mean = line.iter().sum::<f32>() / LINE_PX as f32;
    for value in line.iter_mut() {
        *value -= mean;
    }
    let product = |lag: usize| {
        let pairs = line.iter().zip(&line[lag..]);
        pairs.map(|(one, other)| one * other).sum::<f32>() / (LINE_PX - lag) as f32
    };
    let whole = product(0);
    if whole < STRIPES_MIN * STRIPES_MIN {
        return false;
    }
    // First down to where it has turned into its opposite, then up again.
    let mut has_turned = false;
    for lag in LAGS_PX {
        let share = product(lag) / whole;
        has_turned |= share < -REPEATED_SHARE / 2.0;
        if has_turned && share > REPEATED_SHARE {
            return true;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    const SIZE_PX: (u16, u16) = (320, 200);

    fn colour(pixel: impl Fn(f32, f32) -> [f32; 3]) -> Colour {
        let mut rgba = Vec::new();
        for y in 0..SIZE_PX.1 {
            for x in 0..SIZE_PX.0 {
                let levels = pixel(f32::from(x), f32::from(y));
                rgba.extend(levels.map(|level| floor(level.min(255.0)).to_le_bytes()[0]));
                rgba.push(255);
            }
        }
        let quad = Quad::rectangle(f32::from(SIZE_PX.0), f32::from(SIZE_PX.1));
        let (width_px, height_px) = (u32::from(SIZE_PX.0), u32::from(SIZE_PX.1));
        Colour::of(width_px, height_px, &rgba, &quad).unwrap()
    }

    /// Print on paper that is a little uneven, in the light of this tint.
    fn print(x: f32, y: f32, [red, green, blue]: [f32; 3]) -> [f32; 3] {
        let inked = (x / 3.0).sin() * (y / 4.0).sin() > 0.3;
        let level = if inked {
            50.0
        } else {
            190.0 + 10.0 * (x / 70.0).sin()
        };
        [level * red, level * green, level * blue]
    }

    #[test]
    fn a_copy_is_grey_in_warm_light_too() {
        for tint in [[1.0; 3], [1.2, 1.0, 0.7]] {
            let copy = colour(|x, y| print(x, y, tint));
            assert!(copy.looks_grey(), "{copy:?}");
            assert!(!copy.looks_like_a_screen(), "{copy:?}");
        }
    }

    #[test]
    fn a_document_with_a_coloured_part_is_not_grey() {
        let document = colour(|x, y| {
            let tint = if x < 80.0 { [0.8, 0.9, 1.1] } else { [1.0; 3] };
            print(x, y, tint)
        });
        assert!(!document.looks_grey(), "{document:?}");
        assert!(!document.looks_like_a_screen(), "{document:?}");
    }

    #[test]
    fn coloured_stripes_look_like_a_screen() {
        let screen = colour(|x, y| {
            let stripe = 12.0 * ((x + 0.4 * y) / 2.2).sin();
            let [r, g, b] = print(x, y, [1.0; 3]);
            [r + stripe, g, b - stripe]
        });
        assert!(screen.looks_like_a_screen(), "{screen:?}");
    }

    #[test]
    fn another_size_or_no_document_is_nothing() {
        let quad = Quad::rectangle(9.0, 9.0);
        assert_eq!(Colour::of(9, 9, &[0; 9], &quad), None);
        assert_eq!(Colour::of(9, 9, &[0; 324], &Quad::default()), None);
    }
}

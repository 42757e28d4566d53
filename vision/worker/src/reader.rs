//! Reads the machine-readable zone of a still, and shows its document from the
//! front, for the page.
//!
//! Not for what the lines mean: whoever gets them decides, but for the question
//! whether they fit what was chosen.

use vestibule_vision::mrz::Reading;
use vestibule_vision::{Perspective, Point, Quad, Rectified};

use crate::doubt::{Chosen, Doubt};
use crate::picture::Picture;

/// How much is shown around a document, as a share of its sides; the most that
/// the picture has.
const MARGINS: [f32; 2] = [0.04, 0.02];

/// Reads zones; keeps its buffers from picture to picture.
#[derive(Default)]
pub struct Reader {
    picture: Picture,
    reader: vestibule_vision::mrz::Reader,
    reading: Option<Reading>,
    text: String,
    front: Rectified,
}

impl Reader {
    /// The buffer for the next picture: four bytes per pixel, red first.
    pub fn frame(&mut self, width_px: u32, height_px: u32) -> &mut [u8] {
        self.picture.frame(width_px, height_px)
    }

    /// Reads the picture: the lines that can be relied on, one below the other,
    /// or nothing.
    pub fn read(&mut self) -> &str {
        self.text.clear();
        let luma = self.picture.luma();
        self.reading = luma.and_then(|luma| self.reader.read(&luma, None));
        if let Some(reading) = &self.reading {
            for line in reading.trusted_lines() {
                if !self.text.is_empty() {
                    self.text.push('\n');
                }
                self.text.push_str(line);
            }
        }
        &self.text
    }

    /// The document alone, as it is from the front: bytes as in
    /// [`frame`](Self::frame), the longer side in pixels as given; nothing
    /// where its corners make no document.
    ///
    /// `corners` are shares of the picture's size, x before y, clockwise.
    /// `aspect` is the longer side over the shorter one, where that is known,
    /// and 0 elsewhere; a little of what is around the document is shown, where
    /// the picture has it, so that it can be seen to be whole.
    pub fn front(&mut self, corners: &[f32; 8], aspect: f32, long_side_px: u32) -> Option<&[u8]> {
        let size_px = self.picture.size_px();
        let (width, height) = (size_px.0 as f32, size_px.1 as f32);
        let [ax, ay, bx, by, cx, cy, dx, dy] = *corners;
        let corner = |x: f32, y: f32| Point::new(x * width, y * height);
        let quad = Quad([
            corner(ax, ay),
            corner(bx, by),
            corner(cx, cy),
            corner(dx, dy),
        ]);
        if !quad.is_convex() {
            return None;
        }
        let [top, right, bottom, left] = quad.sides();
        let seen = (top + bottom) / (left + right).max(1.0);
        let ratio = match aspect {
            known if known > 1.0 && seen >= 1.0 => known,
            known if known > 1.0 => 1.0 / known,
            _ => seen.clamp(0.2, 5.0),
        };
        let long = long_side_px.clamp(16, 4096) as f32;
        let (wide, high) = if ratio >= 1.0 {
            (long, long / ratio)
        } else {
            (long * ratio, long)
        };
        let mapping = Perspective::onto(&quad)?;
        let grown = MARGINS.into_iter().find_map(|margin| {
            let (near, far) = (-margin, 1.0 + margin);
            let quad =
                [(near, near), (far, near), (far, far), (near, far)].map(|(u, v)| mapping.at(u, v));
            let is_inside = quad
                .iter()
                .all(|it| (0.0..=width).contains(&it.x) && (0.0..=height).contains(&it.y));
            is_inside.then_some(Quad(quad))
        });
        let quad = grown.unwrap_or(quad);
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "between 3 and 4096"
        )]
        let (width_px, height_px) = (wide.round() as u32, high.round() as u32);
        self.front
            .fill_from_rgba(size_px, self.picture.rgba(), &quad, width_px, height_px)
    }

    /// What [`front`](Self::front) gave last.
    #[must_use]
    pub fn front_pixels(&self) -> &[u8] {
        self.front.pixels()
    }

    /// The size in pixels of what [`front`](Self::front) gave last.
    #[must_use]
    pub fn front_px(&self) -> (u32, u32) {
        (self.front.width_px(), self.front.height_px())
    }

    /// What does not fit in what was read last.
    #[must_use]
    pub fn doubt(&self, chosen: &Chosen) -> Option<Doubt> {
        let reading = self.reading.as_ref().filter(|it| it.is_proven())?;
        let first = reading.lines.first()?.text.as_str();
        let is_named = reading.trusted_lines().next() == Some(first);
        chosen.doubt_of_zone(&reading.parsed()?, is_named)
    }

    /// What was read last.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A picture with a red card on black, seen askew.
    fn with_card(reader: &mut Reader) -> [f32; 8] {
        let corners = [0.2, 0.25, 0.75, 0.2, 0.8, 0.8, 0.25, 0.75];
        let quad = Quad(std::array::from_fn(|index| {
            Point::new(400.0 * corners[2 * index], 300.0 * corners[2 * index + 1])
        }));
        let pixels = reader.frame(400, 300).as_chunks_mut::<4>().0;
        for (index, pixel) in pixels.iter_mut().enumerate() {
            let here = Point::new((index % 400) as f32 + 0.5, (index / 400) as f32 + 0.5);
            let is_inside = (0..4).all(|side| {
                let (from, to) = (quad.0[side], quad.0[(side + 1) % 4]);
                (to.x - from.x) * (here.y - from.y) > (to.y - from.y) * (here.x - from.x)
            });
            *pixel = if is_inside {
                [200, 0, 0, 255]
            } else {
                [0, 0, 0, 255]
            };
        }
        corners
    }

    #[test]
    fn a_card_is_shown_from_the_front_with_a_little_around_it() {
        let mut reader = Reader::default();
        let corners = with_card(&mut reader);
        let pixels = reader.front(&corners, 1.586, 500).unwrap().to_vec();
        assert_eq!(reader.front_px(), (500, 315));
        let red = |x: usize, y: usize| pixels[4 * (y * 500 + x)];
        assert_eq!(
            (red(2, 2), red(497, 2), red(497, 312), red(2, 312)),
            (0, 0, 0, 0)
        );
        for (x, y) in [(30, 25), (470, 25), (470, 290), (30, 290), (250, 157)] {
            assert_eq!(red(x, y), 200, "{x} {y}");
        }
    }

    #[test]
    fn what_fills_the_picture_has_nothing_around_it_and_no_document_is_none() {
        let mut reader = Reader::default();
        reader.frame(400, 300).fill(9);
        let whole = [0.0, 0.0, 1.0, 0.0, 1.0, 1.0, 0.0, 1.0];
        assert!(reader.front(&whole, 0.0, 200).is_some());
        assert_eq!(reader.front_px(), (200, 150));
        assert!(reader.front(&[0.0; 8], 0.0, 200).is_none());
        assert!(reader.front(&[f32::NAN; 8], 1.5, 200).is_none());
        reader.frame(0, 0);
        assert!(reader.front(&whole, 0.0, 200).is_none());
    }

    #[test]
    fn where_there_is_no_zone_nothing_is_read() {
        let mut reader = Reader::default();
        reader.frame(640, 480).fill(180);
        assert_eq!(reader.read(), "");
        reader.frame(0, 0);
        assert_eq!(reader.read(), "");
    }
}

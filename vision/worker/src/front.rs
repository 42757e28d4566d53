//! Shows a document from the front: as if it lay flat before the camera.
//!
//! Not for finding it; the corners are given.

use vestibule_vision::{Perspective, Point, Quad, Rectified};

use crate::picture::Picture;

/// How much is shown around a document, as a share of its sides; the most that
/// the picture has.
const MARGINS: [f32; 2] = [0.04, 0.02];

/// Makes copies from the front; keeps its buffer from one to the next.
#[derive(Debug, Default)]
pub struct Front {
    made: Rectified,
}

impl Front {
    /// The document in a picture alone, with the longer side in pixels as
    /// given; nothing where its corners make no document.
    ///
    /// `corners` are shares of the picture's size, x before y, clockwise.
    /// `aspect` is the longer side over the shorter one, where that is known,
    /// and 0 elsewhere; a little of what is around the document is shown, where
    /// the picture has it, so that it can be seen to be whole.
    pub fn make(
        &mut self,
        picture: &Picture,
        corners: &[f32; 8],
        aspect: f32,
        long_side_px: u32,
    ) -> Option<&Rectified> {
        let size_px = picture.size_px();
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
        self.made
            .fill_from_rgba(size_px, picture.rgba(), &quad, width_px, height_px)?;
        Some(&self.made)
    }

    /// What was made last.
    #[must_use]
    pub fn made(&self) -> &Rectified {
        &self.made
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A picture with a red card on black, seen askew.
    fn with_card(picture: &mut Picture) -> [f32; 8] {
        let corners = [0.2, 0.25, 0.75, 0.2, 0.8, 0.8, 0.25, 0.75];
        let quad = Quad(std::array::from_fn(|index| {
            Point::new(400.0 * corners[2 * index], 300.0 * corners[2 * index + 1])
        }));
        let pixels = picture.frame(400, 300).as_chunks_mut::<4>().0;
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
        let (mut picture, mut front) = (Picture::default(), Front::default());
        let corners = with_card(&mut picture);
        let made = front.make(&picture, &corners, 1.586, 500).unwrap();
        assert_eq!((made.width_px(), made.height_px()), (500, 315));
        let pixels = made.pixels();
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
        let (mut picture, mut front) = (Picture::default(), Front::default());
        picture.frame(400, 300).fill(9);
        let whole = [0.0, 0.0, 1.0, 0.0, 1.0, 1.0, 0.0, 1.0];
        let made = front.make(&picture, &whole, 0.0, 200).unwrap();
        assert_eq!((made.width_px(), made.height_px()), (200, 150));
        assert!(front.make(&picture, &[0.0; 8], 0.0, 200).is_none());
        assert!(front.make(&picture, &[f32::NAN; 8], 1.5, 200).is_none());
        picture.frame(0, 0);
        assert!(front.make(&picture, &whole, 0.0, 200).is_none());
    }
}

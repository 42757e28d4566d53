//! An answer as the page gets it: a few numbers in a fixed order.
//!
//! `worker.js` has the other side of it: the order, and the names of the hints.

use vestibule_vision::Quad;

/// How many numbers an answer has.
pub const LENGTH: usize = 13;

/// What there is to say, by name; an answer has the index.
///
/// The client knows them by the same names (`src/domain/sight.rs`).
pub const HINTS: [&str; 15] = [
    "",
    "too-dark",
    "too-bright",
    "no-document",
    "no-detail",
    "cut-off",
    "too-small",
    "wrong-shape",
    "tilted",
    "glare",
    "covered",
    "moved",
    "blurred",
    "hold",
    "copy",
];

/// What one look at a picture amounts to.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Answer {
    /// The document's corners in pixels of the picture, if one was found.
    pub quad: Option<Quad>,
    /// What the person can do; an index into [`HINTS`].
    pub hint: u8,
    /// Whether the picture should be taken now.
    pub take: bool,
    /// How sharp the document is, larger is sharper; for choosing between
    /// pictures of the same document.
    pub sharpness: f32,
    /// All that is wrong with a still: bit n for [`HINTS`]`[n]`.
    pub reasons: u16,
}

impl Answer {
    /// Writes it down: found, hint, take, sharpness, reasons, then the
    /// corners as shares of the picture's size, x before y.
    pub fn write(&self, width_px: f32, height_px: f32, numbers: &mut [f32; LENGTH]) {
        let [found, hint, take, sharpness, reasons, corners @ ..] = numbers;
        let flag = |is_so: bool| if is_so { 1.0 } else { 0.0 };
        *found = flag(self.quad.is_some());
        *hint = f32::from(self.hint);
        *take = flag(self.take);
        *sharpness = self.sharpness;
        *reasons = f32::from(self.reasons);
        let quad = self.quad.unwrap_or_default();
        for (corner, place) in quad.0.iter().zip(corners.chunks_exact_mut(2)) {
            if let [x, y] = place {
                *x = corner.x / width_px;
                *y = corner.y / height_px;
            }
        }
    }
}

/// The index of a hint; 0, nothing to say, for one that has no name here.
#[must_use]
pub fn hint(name: &str) -> u8 {
    let known = (0_u8..).zip(HINTS).find(|(_, known)| *known == name);
    known.map_or(0, |(index, _)| index)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn corners_are_shares_of_the_picture_in_the_order_that_the_page_reads() {
        let mut numbers = [f32::NAN; LENGTH];
        let answer = Answer {
            quad: Some(Quad::rectangle(640.0, 180.0)),
            hint: 13,
            take: true,
            sharpness: 0.75,
            reasons: 0b110,
        };
        answer.write(1280.0, 720.0, &mut numbers);
        let corners = [0.0, 0.0, 0.5, 0.0, 0.5, 0.25, 0.0, 0.25];
        assert_eq!(numbers[..5], [1.0, 13.0, 1.0, 0.75, 6.0]);
        assert_eq!(numbers[5..], corners);
    }

    #[test]
    fn without_a_document_every_number_is_written_all_the_same() {
        let mut numbers = [f32::NAN; LENGTH];
        Answer::default().write(1280.0, 720.0, &mut numbers);
        assert_eq!(numbers, [0.0; LENGTH]);
    }

    #[test]
    fn the_worker_has_the_same_names_in_the_same_order() {
        let script = include_str!("../worker.js");
        let list = script.split_once("const HINTS = [").unwrap().1;
        let list = list.split_once(']').unwrap().0;
        let names: Vec<&str> = list
            .split(',')
            .map(|name| name.trim().trim_matches('"'))
            .collect();
        // The script says null where there is nothing to say.
        assert_eq!(names[0], "null");
        assert_eq!(names[1..HINTS.len()], HINTS[1..]);
        assert_eq!(hint("hold"), 13);
        assert_eq!(hint("surprise"), 0);
    }
}

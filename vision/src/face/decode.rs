//! From what each anchor sees to faces: one per face, not one per anchor.
//!
//! All in pixels of the network's square.

use super::network::{Grid, N_PLACES, SIDE_PX};
use crate::order;

/// The logit from which an anchor sees a face: as likely as not, as the model's
/// publishers have it.
const MIN_LOGIT: f32 = 0.0;

/// Boxes that share more than this (intersection over union) are of one face;
/// as the model's publishers have it.
const MAX_OVERLAP: f32 = 0.3;

/// The most anchors that are looked at; a face is seen by ten at most.
const MOST_SEEN: usize = 256;

/// Where an anchor sees a face.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Seen {
    /// How likely it is, 0 to 1.
    pub(crate) confidence: f32,
    /// The middle, then width and height, then x and y of six points: the eye
    /// that is left in the picture, the other eye, the tip of the nose, the
    /// mouth, the ears.
    pub(crate) places: [f32; N_PLACES],
}

impl Seen {
    /// The upper left and the lower right corner.
    pub(crate) fn corners(&self) -> ((f32, f32), (f32, f32)) {
        let [x, y, width, height, ..] = self.places;
        let (half_width, half_height) = (width / 2.0, height / 2.0);
        (
            (x - half_width, y - half_height),
            (x + half_width, y + half_height),
        )
    }

    /// By how many degrees the line through the eyes is turned clockwise.
    pub(crate) fn tilt_degrees(&self) -> f32 {
        let [_, _, _, _, x, y, other_x, other_y, ..] = self.places;
        (other_y - y).atan2(other_x - x).to_degrees()
    }

    fn area(&self) -> f32 {
        self.places[2].max(0.0) * self.places[3].max(0.0)
    }

    /// Intersection over union.
    fn overlap(&self, other: &Self) -> f32 {
        let shared = self.shared(other);
        let union = self.area() + other.area() - shared;
        if union > 0.0 { shared / union } else { 0.0 }
    }

    /// Whether most of it is inside another.
    fn is_within(&self, other: &Self) -> bool {
        self.shared(other) > self.area() / 2.0
    }

    /// The area of the intersection.
    fn shared(&self, other: &Self) -> f32 {
        let ((left, top), (right, bottom)) = self.corners();
        let ((other_left, other_top), (other_right, other_bottom)) = other.corners();
        let width = right.min(other_right) - left.max(other_left);
        let height = bottom.min(other_bottom) - top.max(other_top);
        width.max(0.0) * height.max(0.0)
    }
}

/// Finds the faces, with buffers that are kept from frame to frame.
#[derive(Clone, Debug, Default)]
pub(crate) struct Decoder {
    seen: Vec<Seen>,
    faces: Vec<Seen>,
}

impl Decoder {
    /// The faces, the surest first.
    pub(crate) fn faces(&mut self, grids: [Grid<'_>; 2]) -> &[Seen] {
        self.seen.clear();
        for grid in grids {
            collect(grid, &mut self.seen);
        }
        order::sort(&mut self.seen, |one, other| {
            one.confidence > other.confidence
        });
        self.seen.truncate(MOST_SEEN);
        self.faces.clear();
        while !self.seen.is_empty() {
            // What is said of one face is weighed by how sure each anchor is.
            let surest = self.seen.remove(0);
            let mut weight = surest.confidence;
            let mut sums = surest.places.map(|place| weight * place);
            self.seen.retain(|seen| {
                let is_same = seen.overlap(&surest) > MAX_OVERLAP;
                if is_same {
                    weight += seen.confidence;
                    for (sum, place) in sums.iter_mut().zip(seen.places) {
                        *sum += seen.confidence * place;
                    }
                }
                // A nose or an eye of a large face is no face of its own.
                !is_same && !seen.is_within(&surest)
            });
            self.faces.push(Seen {
                confidence: surest.confidence,
                places: sums.map(|sum| sum / weight),
            });
        }
        &self.faces
    }
}

/// Adds the anchors of a grid that see a face.
fn collect(grid: Grid<'_>, seen: &mut Vec<Seen>) {
    let cell_px = SIDE_PX as f32 / grid.scores.width as f32;
    for y in 0..grid.scores.height {
        for x in 0..grid.scores.width {
            let middle = [x, y].map(|index| (index as f32 + 0.5) * cell_px);
            let scores = grid.scores.cell(x, y);
            let places = grid.places.cell(x, y).as_chunks::<N_PLACES>().0;
            for (logit, places) in scores.iter().zip(places).take(grid.n_anchors) {
                if *logit <= MIN_LOGIT {
                    continue;
                }
                let mut places = *places;
                for (index, place) in places.iter_mut().enumerate() {
                    // All but width and height count from the cell's middle.
                    if !(2..4).contains(&index) {
                        *place += middle[index % 2];
                    }
                }
                // What is no number is no place.
                if !places.iter().all(|place| place.is_finite()) {
                    continue;
                }
                seen.push(Seen {
                    confidence: 1.0 / (1.0 + (-logit).exp()),
                    places,
                });
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use vestibule_kernels::Map;

    fn map(side: usize, channels: usize, fill: f32) -> Map {
        Map {
            width: side,
            height: side,
            channels,
            cells: vec![fill; side * side * channels],
        }
    }

    /// Grid, cell, anchor, logit, and places from the cell's middle.
    type Anchor = (usize, (usize, usize), usize, f32, [f32; 16]);

    /// Faces for a few anchors.
    fn decode(anchors: &[Anchor]) -> Vec<Seen> {
        let sides = [(16, 2), (8, 6)];
        let mut scores = sides.map(|(side, _)| map(side, 8, -20.0));
        let mut places = sides.map(|(side, n_anchors)| map(side, 16 * n_anchors, 0.0));
        for (grid, (x, y), anchor, logit, figures) in anchors {
            let (side, n_anchors) = sides[*grid];
            let cell = y * side + x;
            scores[*grid].cells[cell * 8 + anchor] = *logit;
            let start = (cell * n_anchors + anchor) * 16;
            places[*grid].cells[start..start + 16].copy_from_slice(figures);
        }
        let grid = |index: usize| Grid {
            n_anchors: sides[index].1,
            scores: &scores[index],
            places: &places[index],
        };
        Decoder::default().faces([grid(0), grid(1)]).to_vec()
    }

    fn face(size: f32) -> [f32; 16] {
        let mut places = [0.0; 16];
        (places[2], places[3]) = (size, size);
        // The eyes, the right one lower by as much as it is to the right.
        (places[4], places[5]) = (-10.0, -10.0);
        (places[6], places[7]) = (10.0, 10.0);
        places
    }

    #[test]
    fn nothing_is_seen_where_no_anchor_is_sure() {
        assert_eq!(decode(&[]), []);
        assert_eq!(decode(&[(0, (3, 3), 0, -0.1, face(20.0))]), []);
    }

    #[test]
    fn a_face_is_where_its_anchor_says() {
        let faces = decode(&[(1, (2, 5), 4, 3.0, face(40.0))]);
        let [face] = faces.as_slice() else {
            panic!("{faces:?}")
        };
        // The middle of the third of eight columns, of the sixth of eight rows.
        assert_eq!(face.places[..4], [40.0, 88.0, 40.0, 40.0]);
        assert_eq!(face.corners(), ((20.0, 68.0), (60.0, 108.0)));
        assert!((face.tilt_degrees() - 45.0).abs() < 1e-4);
        assert!((face.confidence - 0.952_574).abs() < 1e-5);
    }

    #[test]
    fn anchors_of_one_face_are_weighed_and_those_of_two_are_kept_apart() {
        let mut moved = face(40.0);
        moved[0] = 4.0;
        let faces = decode(&[
            (1, (2, 5), 0, 2.0, face(40.0)),
            (1, (2, 5), 1, 2.0, moved),
            (0, (13, 2), 1, 1.0, face(20.0)),
        ]);
        let [large, small] = faces.as_slice() else {
            panic!("{faces:?}")
        };
        assert!((large.places[0] - 42.0).abs() < 1e-4);
        assert_eq!(small.places[..2], [108.0, 20.0]);
        assert!(large.confidence > small.confidence);
    }

    #[test]
    fn a_face_inside_a_face_is_part_of_it() {
        let faces = decode(&[
            (1, (4, 4), 0, 2.0, face(80.0)),
            (0, (9, 9), 0, 1.0, face(20.0)),
        ]);
        assert_eq!(faces.len(), 1);
        assert_eq!(faces[0].places[2], 80.0);
    }

    #[test]
    fn figures_that_make_no_sense_come_to_an_end() {
        for odd in [f32::NAN, f32::INFINITY, -1e30, 0.0] {
            let anchors: Vec<_> = (0..6)
                .map(|anchor| (1, (anchor, 1), anchor, 5.0, [odd; 16]))
                .collect();
            assert!(decode(&anchors).len() <= 6);
        }
    }
}

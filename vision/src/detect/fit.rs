//! From the network's map of the document to four straight sides.
//!
//! The outline of the map is the level where a cell belongs half to the
//! document, which is found between cells by interpolation. Its hull is reduced
//! to four sides by leaving out, again and again, the side that adds least when
//! its neighbours are drawn on to where they meet; then each side is fitted to
//! the outline near it, in a way that a finger on the edge does not bend.

use crate::geometry::{Point, Quad, intersection};
use crate::order;

use super::network::Answer;
use vestibule_kernels::Map;

/// Fewest cells that a document may have: a fiftieth of the map's about 1,450.
const MIN_SHARE: f32 = 0.02;

/// How far from a side its outline may be, in cells.
const NEAR_CELLS: f32 = 2.0;

/// Distances above this count linearly and not squared, in cells (Huber).
const OUTLIER_CELLS: f32 = 0.35;

/// The share of a side at each end where corners are rounded or worn.
const END_SHARE: f32 = 0.07;

/// Four sides and how well they explain the map.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Fit {
    /// In cells of the map.
    pub(crate) quad: Quad,
    /// Overlap of the quadrilateral with the map, 0 to 1.
    pub(crate) agreement: f32,
}

/// Buffers for fitting, kept from frame to frame.
#[derive(Clone, Debug, Default)]
pub(crate) struct Fitter {
    shares: Vec<f32>,
    is_inside: Vec<bool>,
    waiting: Vec<usize>,
    region: Vec<usize>,
    largest: Vec<usize>,
    outline: Vec<Point>,
    hull: Vec<Point>,
    points: Vec<Point>,
}

impl Fitter {
    /// Fits four sides to the largest region of the map.
    pub(crate) fn fit(&mut self, answer: &Answer<'_>) -> Option<Fit> {
        let maps = answer.maps;
        self.shares.clear();
        self.shares.extend(
            maps.cells
                .chunks_exact(maps.channels)
                .map(|cell| logistic(cell[0])),
        );
        self.find_largest_region(maps);
        if (self.largest.len() as f32) < MIN_SHARE * self.shares.len() as f32 {
            return None;
        }
        self.trace(maps.width, maps.height);
        let mut quad = self.enclose()?;
        for _ in 0..3 {
            quad = self.straighten(&quad)?;
        }
        let quad = quad.ordered();
        quad.is_convex().then(|| Fit {
            quad,
            agreement: self.agreement(&quad, maps.width),
        })
    }

    /// Leaves the largest connected region in `largest` and `is_inside`.
    fn find_largest_region(&mut self, maps: &Map) {
        let (width, n_cells) = (maps.width, self.shares.len());
        self.is_inside.clear();
        self.is_inside.resize(n_cells, false);
        self.largest.clear();
        for start in 0..n_cells {
            if self.is_inside[start] || self.shares[start] <= 0.5 {
                continue;
            }
            self.region.clear();
            self.waiting.push(start);
            self.is_inside[start] = true;
            while let Some(index) = self.waiting.pop() {
                self.region.push(index);
                let x = index % width;
                let neighbours = [
                    (x > 0).then(|| index - 1),
                    (x + 1 < width).then_some(index + 1),
                    index.checked_sub(width),
                    Some(index + width).filter(|below| *below < n_cells),
                ];
                for next in neighbours.into_iter().flatten() {
                    if !self.is_inside[next] && self.shares[next] > 0.5 {
                        self.is_inside[next] = true;
                        self.waiting.push(next);
                    }
                }
            }
            if self.region.len() > self.largest.len() {
                std::mem::swap(&mut self.region, &mut self.largest);
            }
        }
        self.is_inside.fill(false);
        for index in &self.largest {
            self.is_inside[*index] = true;
        }
    }

    /// Collects where the region's shares fall below one half; where it reaches
    /// the frame, the frame's edge goes to the hull alone.
    fn trace(&mut self, width: usize, height: usize) {
        self.outline.clear();
        self.points.clear();
        for index in &self.largest {
            let (x, y) = (index % width, index / width);
            let here = Point::new(x as f32 + 0.5, y as f32 + 0.5);
            let directions = [
                (x > 0, -1.0, 0.0, index.wrapping_sub(1)),
                (x + 1 < width, 1.0, 0.0, index + 1),
                (y > 0, 0.0, -1.0, index.wrapping_sub(width)),
                (y + 1 < height, 0.0, 1.0, index + width),
            ];
            for (is_in_frame, dx, dy, next) in directions {
                if !is_in_frame {
                    self.points
                        .push(Point::new(here.x + dx / 2.0, here.y + dy / 2.0));
                } else if !self.is_inside[next] {
                    let (ours, theirs) = (self.shares[*index], self.shares[next].min(0.5));
                    let along = (ours - 0.5) / (ours - theirs);
                    self.outline
                        .push(Point::new(here.x + along * dx, here.y + along * dy));
                }
            }
        }
        self.points.extend_from_slice(&self.outline);
    }

    /// The quadrilateral around the hull that adds little to it.
    fn enclose(&mut self) -> Option<Quad> {
        convex_hull(&mut self.points, &mut self.hull);
        let hull = &mut self.hull;
        while hull.len() > 4 {
            let n = hull.len();
            let mut best: Option<(f32, usize, Point)> = None;
            for index in 0..n {
                let (before, from) = (hull[(index + n - 1) % n], hull[index]);
                let (to, after) = (hull[(index + 1) % n], hull[(index + 2) % n]);
                let Some(meeting) = intersection((before, from), (after, to)) else {
                    continue;
                };
                // They have to meet outside, beyond both ends.
                let is_beyond = |near: Point, end: Point| {
                    (meeting.x - end.x) * (end.x - near.x) + (meeting.y - end.y) * (end.y - near.y)
                        >= 0.0
                };
                if !is_beyond(before, from) || !is_beyond(after, to) {
                    continue;
                }
                let added = ((meeting.x - from.x) * (to.y - from.y)
                    - (meeting.y - from.y) * (to.x - from.x))
                    .abs();
                if best.is_none_or(|(least, ..)| added < least) {
                    best = Some((added, index, meeting));
                }
            }
            let (_, index, meeting) = best?;
            hull[index] = meeting;
            hull.remove((index + 1) % n);
        }
        let corners: [Point; 4] = hull.as_slice().try_into().ok()?;
        Some(Quad(corners).ordered())
    }

    /// Fits each side to the outline near it.
    fn straighten(&self, quad: &Quad) -> Option<Quad> {
        let lines: [(Point, Point); 4] = std::array::from_fn(|side| {
            let (from, to) = (quad.0[side], quad.0[(side + 1) % 4]);
            self.line_near(from, to).unwrap_or((from, to))
        });
        let mut corners = [Point::default(); 4];
        for (index, corner) in corners.iter_mut().enumerate() {
            *corner = intersection(lines[(index + 3) % 4], lines[index])?;
        }
        let fitted = Quad(corners);
        // A side that ran away would not come back.
        (fitted.is_convex() && fitted.farthest_corner(quad) < 8.0)
            .then_some(fitted)
            .or(Some(*quad))
    }

    fn line_near(&self, from: Point, to: Point) -> Option<(Point, Point)> {
        let length = from.distance(to);
        let (ux, uy) = ((to.x - from.x) / length, (to.y - from.y) / length);
        let place = |point: &Point| {
            let (dx, dy) = (point.x - from.x, point.y - from.y);
            ((dx * ux + dy * uy) / length, dy * ux - dx * uy)
        };
        let (mut slope, mut offset) = (0.0, 0.0);
        for round in 0..4 {
            let mut sums = [0.0_f32; 5];
            for point in &self.outline {
                let (along, across) = place(point);
                let away = (across - offset - slope * along).abs();
                if !(END_SHARE..=1.0 - END_SHARE).contains(&along) || away > NEAR_CELLS {
                    continue;
                }
                let weight = if round == 0 || away <= OUTLIER_CELLS {
                    1.0
                } else {
                    OUTLIER_CELLS / away
                };
                for (sum, term) in
                    sums.iter_mut()
                        .zip([1.0, along, along * along, across, along * across])
                {
                    *sum += weight * term;
                }
            }
            let [n, x, xx, y, xy] = sums;
            let spread = n * xx - x * x;
            if n < 3.0 || spread <= 1e-3 {
                return None;
            }
            slope = (n * xy - x * y) / spread;
            offset = (y - slope * x) / n;
        }
        let end = offset + slope;
        Some((
            Point::new(from.x - uy * offset, from.y + ux * offset),
            Point::new(to.x - uy * end, to.y + ux * end),
        ))
    }

    /// Overlap of the quadrilateral's cells with the map's, both as shares.
    fn agreement(&self, quad: &Quad, width: usize) -> f32 {
        let (mut both, mut either) = (0.0, 0.0);
        for (index, share) in self.shares.iter().enumerate() {
            let centre = Point::new((index % width) as f32 + 0.5, (index / width) as f32 + 0.5);
            let covered = coverage(quad, centre);
            both += covered.min(*share);
            either += covered.max(*share);
        }
        if either > 0.0 { both / either } else { 0.0 }
    }
}

/// How much of a cell belongs to the quadrilateral, about: a cell whose centre
/// is on a side belongs half to it.
fn coverage(quad: &Quad, centre: Point) -> f32 {
    let mut inside = f32::INFINITY;
    for side in 0..4 {
        let (from, to) = (quad.0[side], quad.0[(side + 1) % 4]);
        let (dx, dy) = (to.x - from.x, to.y - from.y);
        let across = dx * (centre.y - from.y) - dy * (centre.x - from.x);
        inside = inside.min(across / dx.hypot(dy).max(1e-6));
    }
    (0.5 + inside).clamp(0.0, 1.0)
}

pub(crate) fn logistic(logit: f32) -> f32 {
    1.0 / (1.0 + (-logit).exp())
}

/// Puts the corners of the points' convex hull into `hull`, clockwise on a
/// screen (Andrew's monotone chain); the points are sorted on the way.
fn convex_hull(points: &mut [Point], hull: &mut Vec<Point>) {
    order::sort(points, |a, b| a.x < b.x || (a.x <= b.x && a.y < b.y));
    hull.clear();
    chain(points.iter(), 0, hull);
    chain(points.iter().rev(), hull.len(), hull);
}

/// One half of a hull, from one end to before the other; `start` corners are
/// those of the other half.
fn chain<'a>(points: impl Iterator<Item = &'a Point>, start: usize, hull: &mut Vec<Point>) {
    for point in points {
        while let [.., before, last] = hull[start..] {
            let turn = (last.x - before.x) * (point.y - before.y)
                - (last.y - before.y) * (point.x - before.x);
            if turn > 1e-6 {
                break;
            }
            hull.pop();
        }
        hull.push(*point);
    }
    hull.pop();
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const WIDTH: usize = 52;
    const HEIGHT: usize = 28;

    /// The map that a perfect network would give, but for cells that `is_hidden`
    /// takes away.
    fn map_of(quads: &[Quad], is_hidden: impl Fn(Point) -> bool) -> Map {
        let mut map = Map::default();
        map.reshape(WIDTH, HEIGHT, 8);
        map.cells.fill(0.0);
        for (index, cell) in map.cells.chunks_exact_mut(8).enumerate() {
            let centre = Point::new((index % WIDTH) as f32 + 0.5, (index / WIDTH) as f32 + 0.5);
            let share = quads
                .iter()
                .map(|quad| coverage(quad, centre))
                .fold(0.0, f32::max);
            let share = if is_hidden(centre) { 0.0 } else { share };
            let share = share.clamp(0.01, 0.99);
            cell[0] = (share / (1.0 - share)).ln();
        }
        map
    }

    fn fitted(map: &Map) -> Option<Fit> {
        Fitter::default().fit(&Answer {
            maps: map,
            presence: 5.0,
        })
    }

    /// A rectangle turned about the middle of the map.
    fn turned(width: f32, height: f32, degrees: f32) -> Quad {
        let (sine, cosine) = degrees.to_radians().sin_cos();
        let corners = Quad::rectangle(width, height).0.map(|corner| {
            let (x, y) = (corner.x - width / 2.0, corner.y - height / 2.0);
            Point::new(
                WIDTH as f32 / 2.0 + x * cosine - y * sine,
                HEIGHT as f32 / 2.0 + x * sine + y * cosine,
            )
        });
        Quad(corners).ordered()
    }

    #[test]
    fn an_empty_map_holds_nothing_and_a_speck_does_not_either() {
        assert_eq!(fitted(&map_of(&[], |_| false)), None);
        let speck = turned(4.0, 4.0, 10.0);
        assert_eq!(fitted(&map_of(&[speck], |_| false)), None);
    }

    #[test]
    fn a_finger_on_an_edge_does_not_bend_it() {
        let truth = turned(34.0, 20.0, 6.0);
        let tip = truth.0[0].towards(truth.0[1], 0.6);
        let fit = fitted(&map_of(&[truth], |cell| cell.distance(tip) < 3.0)).unwrap();
        assert!(fit.quad.overlap(&truth) > 0.98, "{fit:?}");
        assert!(fit.agreement > 0.9);
    }

    #[test]
    fn a_corner_beyond_the_frame_is_found_where_its_sides_meet() {
        let truth = Quad(
            [(8.0, -3.0), (47.0, 4.0), (43.0, 26.0), (4.0, 19.0)].map(|(x, y)| Point::new(x, y)),
        );
        let fit = fitted(&map_of(&[truth], |_| false)).unwrap();
        assert!(fit.quad.overlap(&truth) > 0.97, "{fit:?}");
        assert!(fit.quad.0[0].y < -1.0);
    }

    #[test]
    fn of_two_regions_the_larger_is_taken() {
        let small =
            Quad([(1.0, 1.0), (9.0, 1.0), (9.0, 8.0), (1.0, 8.0)].map(|(x, y)| Point::new(x, y)));
        let large = turned(24.0, 18.0, -4.0);
        let fit = fitted(&map_of(&[small, large], |_| false)).unwrap();
        assert!(fit.quad.overlap(&large) > 0.97, "{fit:?}");
    }

    #[test]
    fn a_shape_without_four_sides_agrees_less() {
        let round = map_of(&[turned(60.0, 60.0, 0.0)], |cell| {
            cell.distance(Point::new(26.0, 14.0)) > 11.0
        });
        let agreement = fitted(&round).map_or(0.0, |fit| fit.agreement);
        assert!(agreement < 0.9, "{agreement}");
    }

    proptest! {
        #[test]
        fn any_turn_size_and_slant_is_recovered_in_order(
            width in 14.0_f32..44.0,
            height in 10.0_f32..22.0,
            degrees in -180.0_f32..180.0,
            slant in 0.0_f32..0.2,
        ) {
            let upright = turned(width, height, degrees);
            let mut corners = upright.0;
            corners[1] = corners[1].towards(corners[0], slant);
            corners[2] = corners[2].towards(corners[3], slant / 2.0);
            let truth = Quad(corners).ordered();
            // Half a cell from the frame's edge, a side is taken to reach it.
            let is_clear = |at: f32, size: usize| (1.0..=size as f32 - 1.0).contains(&at);
            let corners = truth.0.iter();
            let mut is_inside = corners.map(|it| is_clear(it.x, WIDTH) && is_clear(it.y, HEIGHT));
            prop_assume!(is_inside.all(|it| it));
            let fit = fitted(&map_of(&[truth], |_| false)).unwrap();
            prop_assert!(fit.quad.overlap(&truth) > 0.97, "{:?} {:?}", fit, truth);
            prop_assert_eq!(fit.quad, fit.quad.ordered());
        }
    }
}

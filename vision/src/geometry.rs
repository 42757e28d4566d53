//! Points, quadrilaterals and the perspective between them.
//!
//! Coordinates are in pixels of the picture at hand, `x` to the right and `y`
//! down, with the centre of the top left pixel at (0.5, 0.5), so that the
//! picture spans exactly `0..width` and scaling by a factor scales every
//! coordinate by that factor.
//! Not for what is in the picture: nothing here looks at a pixel.

/// A position in a picture, in pixels.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Point {
    /// To the right.
    pub x: f32,
    /// Down.
    pub y: f32,
}

impl Point {
    /// The point at these coordinates.
    #[must_use]
    pub const fn new(x: f32, y: f32) -> Self {
        Self { x, y }
    }

    /// How far another point is away, in pixels.
    #[must_use]
    pub fn distance(self, other: Self) -> f32 {
        (self.x - other.x).hypot(self.y - other.y)
    }

    /// The point a share of the way to another, 0 here and 1 there.
    #[must_use]
    pub fn towards(self, other: Self, share: f32) -> Self {
        Self {
            x: self.x + share * (other.x - self.x),
            y: self.y + share * (other.y - self.y),
        }
    }
}

/// Twice the signed area of the triangle; positive when the turn from `a` over
/// `b` to `c` is clockwise on a screen.
fn turn(a: Point, b: Point, c: Point) -> f32 {
    (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x)
}

/// Four corners, clockwise on a screen.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Quad(pub [Point; 4]);

impl Quad {
    /// The upright rectangle from the origin to (`width`, `height`).
    #[must_use]
    pub const fn rectangle(width: f32, height: f32) -> Self {
        Self([
            Point::new(0.0, 0.0),
            Point::new(width, 0.0),
            Point::new(width, height),
            Point::new(0.0, height),
        ])
    }

    /// The same corners, clockwise and beginning with the one that is top left
    /// in the picture: the one whose sum of coordinates is smallest.
    #[must_use]
    pub fn ordered(self) -> Self {
        let [a, b, c, d] = self.0;
        let clockwise = if self.signed_area() < 0.0 {
            [a, d, c, b]
        } else {
            [a, b, c, d]
        };
        let mut first = 0;
        for (index, corner) in clockwise.iter().enumerate() {
            if corner.x + corner.y < clockwise[first].x + clockwise[first].y {
                first = index;
            }
        }
        Self(std::array::from_fn(|index| clockwise[(first + index) % 4]))
    }

    /// The area in square pixels; negative when the corners run the other way.
    #[must_use]
    pub fn signed_area(&self) -> f32 {
        signed_area(&self.0)
    }

    /// The area in square pixels.
    #[must_use]
    pub fn area(&self) -> f32 {
        self.signed_area().abs()
    }

    /// Whether every corner turns the same way.
    #[must_use]
    pub fn is_convex(&self) -> bool {
        let turns: [f32; 4] = std::array::from_fn(|index| {
            turn(
                self.0[index],
                self.0[(index + 1) % 4],
                self.0[(index + 2) % 4],
            )
        });
        turns.iter().all(|turn| *turn > 0.0) || turns.iter().all(|turn| *turn < 0.0)
    }

    /// The lengths of the sides in pixels, beginning with the one from the
    /// first corner to the second.
    #[must_use]
    pub fn sides(&self) -> [f32; 4] {
        std::array::from_fn(|index| self.0[index].distance(self.0[(index + 1) % 4]))
    }

    /// The middle of the four corners.
    #[must_use]
    pub fn middle(&self) -> Point {
        let [a, b, c, d] = self.0;
        Point::new((a.x + b.x + c.x + d.x) / 4.0, (a.y + b.y + c.y + d.y) / 4.0)
    }

    /// The corners in a picture that is larger by these factors.
    #[must_use]
    pub fn scaled(&self, x: f32, y: f32) -> Self {
        Self(self.0.map(|corner| Point::new(corner.x * x, corner.y * y)))
    }

    /// The largest distance between corners of the same place, in pixels.
    #[must_use]
    pub fn farthest_corner(&self, other: &Self) -> f32 {
        self.0
            .iter()
            .zip(other.0)
            .map(|(corner, other)| corner.distance(other))
            .fold(0.0, f32::max)
    }

    /// Intersection over union with another convex quadrilateral, 0 to 1.
    ///
    /// The clipping is Sutherland and Hodgman's; both have to be convex.
    #[must_use]
    pub fn overlap(&self, other: &Self) -> f32 {
        let (ours, theirs) = (self.ordered(), other.ordered());
        // Each of four cuts adds one corner at most.
        let mut corners = [Point::default(); 8];
        corners[..4].copy_from_slice(&ours.0);
        let mut n_corners = 4;
        for index in 0..4 {
            let (from, to) = (theirs.0[index], theirs.0[(index + 1) % 4]);
            let shape = corners;
            let mut n_kept = 0;
            let mut keep = |corner: Point| {
                if let Some(place) = corners.get_mut(n_kept) {
                    *place = corner;
                    n_kept += 1;
                }
            };
            for (position, corner) in shape.iter().enumerate().take(n_corners) {
                let next = shape[(position + 1) % n_corners];
                let (here, there) = (turn(from, to, *corner), turn(from, to, next));
                if here >= 0.0 {
                    keep(*corner);
                }
                if (here >= 0.0) != (there >= 0.0) {
                    keep(corner.towards(next, here / (here - there)));
                }
            }
            n_corners = n_kept;
            if n_corners == 0 {
                return 0.0;
            }
        }
        let shape = &corners[..n_corners];
        let both = signed_area(shape).abs();
        let either = ours.area() + theirs.area() - both;
        if either > 0.0 { both / either } else { 0.0 }
    }

    /// The share of its area that lies within a picture of this size, 0 to 1.
    #[must_use]
    pub fn share_within(&self, width: f32, height: f32) -> f32 {
        let overlap = self.overlap(&Self::rectangle(width, height));
        // With u = a + p - i and overlap = i / u, i = overlap (a + p) / (1 + overlap).
        let area = self.area();
        let both = overlap * (area + width * height) / (1.0 + overlap);
        if area > 0.0 {
            (both / area).min(1.0)
        } else {
            0.0
        }
    }
}

fn signed_area(shape: &[Point]) -> f32 {
    let mut twice = 0.0;
    for (index, corner) in shape.iter().enumerate() {
        let next = shape[(index + 1) % shape.len()];
        twice += corner.x * next.y - next.x * corner.y;
    }
    twice / 2.0
}

/// Where the straight lines through two pairs of points meet; nothing when
/// they are parallel.
#[must_use]
pub fn intersection(first: (Point, Point), second: (Point, Point)) -> Option<Point> {
    let (a, b) = first;
    let (c, d) = second;
    let (ux, uy) = (b.x - a.x, b.y - a.y);
    let (vx, vy) = (d.x - c.x, d.y - c.y);
    let cross = ux * vy - uy * vx;
    // Relative to the lengths, so that it means an angle: 0.06 degrees.
    if cross.abs() <= 1e-3 * ux.hypot(uy) * vx.hypot(vy) {
        return None;
    }
    let along = ((c.x - a.x) * vy - (c.y - a.y) * vx) / cross;
    Some(Point::new(a.x + along * ux, a.y + along * uy))
}

/// A perspective mapping from the unit square to a quadrilateral.
///
/// (0, 0), (1, 0), (1, 1) and (0, 1) go to the four corners in their order.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Perspective {
    /// Rows of the 3 by 3 matrix; the last element is 1.
    m: [f32; 8],
}

impl Perspective {
    /// The mapping onto a quadrilateral; nothing when three corners are in a
    /// line.
    ///
    /// Heckbert, Fundamentals of Texture Mapping and Image Warping (1989),
    /// §2.2.3: the closed form for the unit square.
    #[must_use]
    pub fn onto(quad: &Quad) -> Option<Self> {
        let [p0, p1, p2, p3] = quad.0;
        let (dx1, dy1) = (p1.x - p2.x, p1.y - p2.y);
        let (dx2, dy2) = (p3.x - p2.x, p3.y - p2.y);
        let (sx, sy) = (p0.x - p1.x + p2.x - p3.x, p0.y - p1.y + p2.y - p3.y);
        let cross = dx1 * dy2 - dy1 * dx2;
        if cross.abs() <= f32::EPSILON * quad.area().max(1.0) {
            return None;
        }
        let g = (sx * dy2 - sy * dx2) / cross;
        let h = (dx1 * sy - dy1 * sx) / cross;
        Some(Self {
            m: [
                p1.x - p0.x + g * p1.x,
                p3.x - p0.x + h * p3.x,
                p0.x,
                p1.y - p0.y + g * p1.y,
                p3.y - p0.y + h * p3.y,
                p0.y,
                g,
                h,
            ],
        })
    }

    /// Where a point of the unit square goes.
    #[must_use]
    pub fn at(&self, u: f32, v: f32) -> Point {
        let [a, b, c, d, e, f, g, h] = self.m;
        let w = g * u + h * v + 1.0;
        Point::new((a * u + b * v + c) / w, (d * u + e * v + f) / w)
    }
}

/// The whole number below a figure, as an index: 0 for what is negative or not
/// a number.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the cast saturates, which is what an index that is checked wants"
)]
pub(crate) fn floor(figure: f32) -> usize {
    figure as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    fn quad(corners: [(f32, f32); 4]) -> Quad {
        Quad(corners.map(|(x, y)| Point::new(x, y)))
    }

    #[test]
    fn ordering_begins_top_left_and_runs_clockwise_from_every_start() {
        let upright = quad([(10.0, 12.0), (90.0, 8.0), (95.0, 60.0), (12.0, 55.0)]);
        let [a, b, c, d] = upright.0;
        for shuffled in [
            [a, b, c, d],
            [b, c, d, a],
            [c, d, a, b],
            [d, a, b, c],
            [d, c, b, a],
            [a, d, c, b],
        ] {
            assert_eq!(Quad(shuffled).ordered(), upright);
        }
    }

    #[test]
    fn overlap_is_one_with_itself_and_what_geometry_says_with_others() {
        let square = Quad::rectangle(2.0, 2.0);
        let moved = quad([(1.0, 0.0), (3.0, 0.0), (3.0, 2.0), (1.0, 2.0)]);
        assert!((square.overlap(&square) - 1.0).abs() < 1e-6);
        assert!((square.overlap(&moved) - 1.0 / 3.0).abs() < 1e-6);
        let away = quad([(5.0, 5.0), (6.0, 5.0), (6.0, 6.0), (5.0, 6.0)]);
        assert_eq!(square.overlap(&away), 0.0);
        let diamond = quad([(1.0, 0.0), (2.0, 1.0), (1.0, 2.0), (0.0, 1.0)]);
        assert!((square.overlap(&diamond) - 0.5).abs() < 1e-6);
    }

    #[test]
    fn the_share_within_the_picture_is_by_area() {
        let half_out = quad([(-5.0, 0.0), (5.0, 0.0), (5.0, 10.0), (-5.0, 10.0)]);
        assert!((half_out.share_within(20.0, 20.0) - 0.5).abs() < 1e-5);
        assert!((Quad::rectangle(4.0, 4.0).share_within(20.0, 20.0) - 1.0).abs() < 1e-5);
    }

    #[test]
    fn only_convex_shapes_are_convex() {
        assert!(Quad::rectangle(3.0, 2.0).is_convex());
        let dented = quad([(0.0, 0.0), (4.0, 0.0), (1.0, 1.0), (0.0, 4.0)]);
        let crossed = quad([(0.0, 0.0), (4.0, 4.0), (4.0, 0.0), (0.0, 4.0)]);
        assert!(!dented.is_convex());
        assert!(!crossed.is_convex());
    }

    #[test]
    fn perspective_takes_the_square_to_the_corners_and_keeps_lines_straight() {
        let quad = quad([(10.0, 12.0), (90.0, 8.0), (120.0, 80.0), (2.0, 55.0)]);
        let mapping = Perspective::onto(&quad).unwrap();
        for (corner, (u, v)) in quad
            .0
            .iter()
            .zip([(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0)])
        {
            assert!(corner.distance(mapping.at(u, v)) < 1e-3);
        }
        let middle = mapping.at(0.5, 0.5);
        let crossing = intersection((quad.0[0], quad.0[2]), (quad.0[1], quad.0[3])).unwrap();
        assert!(
            middle.distance(crossing) < 1e-3,
            "the diagonals cross in the image of the middle"
        );
        assert_eq!(Perspective::onto(&Quad::default()), None);
    }

    #[test]
    fn parallel_lines_do_not_meet() {
        let line = |x: f32| (Point::new(x, 0.0), Point::new(x + 1.0, 10.0));
        assert_eq!(intersection(line(0.0), line(5.0)), None);
    }
}

//! A flat thing before a camera: how millimetres on it become pixels.
//!
//! A pinhole without distortion. Not for lenses: blur and noise are in
//! [`lens`](crate::lens).

use crate::canvas::Point;

/// How a plane lies before the camera.
#[derive(Clone, Copy, Debug)]
pub struct Pose {
    /// The middle of the document in the picture, in pixels.
    pub middle_px: Point,
    /// Scale at the middle.
    pub px_per_mm: f32,
    /// Turned within the picture, clockwise.
    pub turn_rad: f32,
    /// Tilted about the horizontal axis of the picture.
    pub nod_rad: f32,
    /// Tilted about its vertical axis.
    pub swing_rad: f32,
    /// From the camera to the middle, in pixels (the focal length at that scale).
    pub distance_px: f32,
}

/// The mapping between a plane in millimetres, whose origin is the middle of
/// the document, and the picture in pixels.
#[derive(Clone, Copy, Debug)]
pub struct Plane {
    to_px: [f32; 9],
    to_mm: [f32; 9],
}

impl Plane {
    /// The plane in this pose.
    #[must_use]
    pub fn new(pose: &Pose) -> Self {
        let (st, ct) = pose.turn_rad.sin_cos();
        let (sn, cn) = pose.nod_rad.sin_cos();
        let (ss, cs) = pose.swing_rad.sin_cos();
        // Columns of the rotation for x and y on the plane: turn, nod, swing.
        let x_axis = [ct * cs + st * sn * ss, st * cn, -ct * ss + st * sn * cs];
        let y_axis = [-st * cs + ct * sn * ss, ct * cn, st * ss + ct * sn * cs];
        let scale = pose.px_per_mm;
        let depth = pose.distance_px;
        let (mx, my) = pose.middle_px;
        // Homogeneous: (x, y, 1 + z / depth), shifted to the middle.
        let row_w = [x_axis[2] * scale / depth, y_axis[2] * scale / depth, 1.0];
        let row_x = [
            x_axis[0] * scale + mx * row_w[0],
            y_axis[0] * scale + mx * row_w[1],
            mx,
        ];
        let row_y = [
            x_axis[1] * scale + my * row_w[0],
            y_axis[1] * scale + my * row_w[1],
            my,
        ];
        let to_px = [
            row_x[0], row_x[1], row_x[2], row_y[0], row_y[1], row_y[2], row_w[0], row_w[1],
            row_w[2],
        ];
        Self {
            to_px,
            to_mm: inverse(&to_px),
        }
    }

    /// Where a place on the plane is seen.
    #[must_use]
    pub fn px(&self, mm: Point) -> Point {
        apply(&self.to_px, mm)
    }

    /// Which place on the plane is seen there.
    #[must_use]
    pub fn mm(&self, px: Point) -> Point {
        apply(&self.to_mm, px)
    }

    /// The corners of a rectangle around the origin, beginning with its own top
    /// left one, clockwise.
    #[must_use]
    pub fn corners(&self, (width_mm, height_mm): Point) -> [Point; 4] {
        let (x, y) = (width_mm / 2.0, height_mm / 2.0);
        [(-x, -y), (x, -y), (x, y), (-x, y)].map(|corner| self.px(corner))
    }
}

fn apply(m: &[f32; 9], (x, y): Point) -> Point {
    let w = m[6] * x + m[7] * y + m[8];
    (
        (m[0] * x + m[1] * y + m[2]) / w,
        (m[3] * x + m[4] * y + m[5]) / w,
    )
}

fn inverse(m: &[f32; 9]) -> [f32; 9] {
    let minor = |a: usize, b: usize, c: usize, d: usize| m[a] * m[d] - m[b] * m[c];
    let adjugate = [
        minor(4, 5, 7, 8),
        -minor(1, 2, 7, 8),
        minor(1, 2, 4, 5),
        -minor(3, 5, 6, 8),
        minor(0, 2, 6, 8),
        -minor(0, 2, 3, 5),
        minor(3, 4, 6, 7),
        -minor(0, 1, 6, 7),
        minor(0, 1, 3, 4),
    ];
    let determinant = m[0] * adjugate[0] + m[1] * adjugate[3] + m[2] * adjugate[6];
    adjugate.map(|value| value / determinant)
}

#[cfg(test)]
mod tests {
    use super::*;

    const POSE: Pose = Pose {
        middle_px: (640.0, 360.0),
        px_per_mm: 6.0,
        turn_rad: 0.3,
        nod_rad: 0.4,
        swing_rad: -0.25,
        distance_px: 1100.0,
    };

    #[test]
    fn there_and_back_is_where_it_was() {
        let plane = Plane::new(&POSE);
        for mm in [(0.0, 0.0), (42.8, -27.0), (-60.0, 44.0)] {
            let back = plane.mm(plane.px(mm));
            assert!((back.0 - mm.0).abs() < 0.01 && (back.1 - mm.1).abs() < 0.01);
        }
    }

    #[test]
    fn the_middle_is_where_the_pose_says_and_a_level_card_keeps_its_shape() {
        let plane = Plane::new(&POSE);
        let middle = plane.px((0.0, 0.0));
        assert!((middle.0 - 640.0).abs() < 1e-3 && (middle.1 - 360.0).abs() < 1e-3);
        let level = Plane::new(&Pose {
            turn_rad: 0.0,
            nod_rad: 0.0,
            swing_rad: 0.0,
            ..POSE
        });
        let corners = level.corners((80.0, 50.0));
        assert!((corners[0].0 - 400.0).abs() < 1e-2 && (corners[0].1 - 210.0).abs() < 1e-2);
        assert!((corners[2].0 - 880.0).abs() < 1e-2 && (corners[2].1 - 510.0).abs() < 1e-2);
    }
}

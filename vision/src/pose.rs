//! Pose: how a flat document is held in front of the camera, from its four
//! corners alone.
//!
//! The formulas are Zhang and He's ("Whiteboard scanning and image
//! enhancement", Digital Signal Processing 17, 2007, §3): with square pixels
//! and the optical axis in the middle of the frame, the corners of a rectangle
//! give the focal length, and with it the rectangle's aspect and plane.
//! Not for frames that were cropped off their middle, and not for what the
//! document is: nothing here looks at a pixel.

use crate::geometry::{Point, Quad};

/// Focal length in longer sides of the frame, where the corners do not say.
///
/// The main cameras of telephones are equivalent to 24 to 28 mm on film of
/// 36 mm by 24 mm, which is 0.7 to 0.8 of the longer side of their 4:3 sensors
/// and 0.8 to 1.0 in the narrower crop of video; webcams see 60 to 78 degrees,
/// 0.6 to 0.9. A focal length that is a quarter wrong puts a tilt of 20
/// degrees wrong by 5 and the aspect by 3 %.
const FOCAL_USUAL: f32 = 0.85;

/// What is believed of a measured focal length, in the same unit.
const FOCAL_BOUNDS: (f32, f32) = (0.6, 1.4);

/// How much both pairs of sides have to converge before the focal length is
/// measured: the product of what the far end of each has shrunk by. Under it,
/// corners that are half a percent wrong decide the result.
const CONVERGENCE_MIN: f32 = 0.015;

/// How a document is held.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Pose {
    /// The longer side over the shorter one as it would be seen from straight
    /// above; at least 1.
    pub aspect: f32,
    /// Between the document's plane and the frame's, 0 to 90 degrees.
    pub tilt_deg: f32,
    /// How far the sides are turned against the frame's, clockwise from -45
    /// to 45 degrees: whether the document is upright or across makes no
    /// difference.
    pub turn_deg: f32,
}

impl Pose {
    /// The pose of a document whose corners are known, in a frame of this
    /// size; nothing when no rectangle looks like that.
    #[must_use]
    pub fn of(quad: &Quad, width_px: f32, height_px: f32) -> Option<Self> {
        if !quad.is_convex() {
            return None;
        }
        let long_px = width_px.max(height_px).max(1.0);
        let centred = |corner: Point| {
            [
                (corner.x - width_px / 2.0) / long_px,
                (corner.y - height_px / 2.0) / long_px,
                1.0,
            ]
        };
        // Named as in the paper: m1 and m2 above, m3 and m4 below.
        let [m1, m2, m4, m3] = quad.0.map(centred);
        let across_1_4 = cross(m1, m4);
        let k2 = dot(across_1_4, m3) / dot(cross(m2, m4), m3);
        let k3 = dot(across_1_4, m2) / dot(cross(m3, m4), m2);
        let n2: [f32; 3] = std::array::from_fn(|i| k2 * m2[i] - m1[i]);
        let n3: [f32; 3] = std::array::from_fn(|i| k3 * m3[i] - m1[i]);

        let convergence = n2[2] * n3[2];
        let focal = if convergence.abs() >= CONVERGENCE_MIN {
            let squared = -(n2[0] * n3[0] + n2[1] * n3[1]) / convergence;
            squared
                .max(0.0)
                .sqrt()
                .clamp(FOCAL_BOUNDS.0, FOCAL_BOUNDS.1)
        } else {
            FOCAL_USUAL
        };
        // The directions of the sides in space.
        let along = [n2[0] / focal, n2[1] / focal, n2[2]];
        let down = [n3[0] / focal, n3[1] / focal, n3[2]];
        let ratio = (dot(along, along) / dot(down, down)).sqrt();
        let normal = cross(along, down);
        let aspect = ratio.max(1.0 / ratio);
        if !aspect.is_finite() {
            return None;
        }
        Some(Self {
            aspect,
            tilt_deg: normal[0]
                .hypot(normal[1])
                .atan2(normal[2].abs())
                .to_degrees(),
            turn_deg: turn_deg(quad),
        })
    }
}

/// The direction of the upper and lower sides together, folded to the nearest
/// axis.
fn turn_deg(quad: &Quad) -> f32 {
    let [a, b, c, d] = quad.0;
    let degrees = (b.y - a.y + c.y - d.y)
        .atan2(b.x - a.x + c.x - d.x)
        .to_degrees();
    degrees - 90.0 * (degrees / 90.0).round()
}

fn cross(a: [f32; 3], b: [f32; 3]) -> [f32; 3] {
    [
        a[1] * b[2] - a[2] * b[1],
        a[2] * b[0] - a[0] * b[2],
        a[0] * b[1] - a[1] * b[0],
    ]
}

fn dot(a: [f32; 3], b: [f32; 3]) -> f32 {
    a[0] * b[0] + a[1] * b[1] + a[2] * b[2]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shape::Shape;
    use crate::synthetic::held;

    const SHAPES: [Shape; 4] = [Shape::Id1, Shape::Id2, Shape::Id3, Shape::A4];

    fn pose(quad: &Quad) -> Pose {
        Pose::of(quad, 1280.0, 720.0).unwrap()
    }

    #[test]
    fn what_lies_flat_has_its_aspect_and_no_tilt() {
        for shape in SHAPES {
            let flat = pose(&held(shape.aspect(), 0.0, 0.0, 0.0, FOCAL_USUAL));
            assert!((flat.aspect - shape.aspect()).abs() < 1e-3, "{flat:?}");
            assert!(flat.tilt_deg < 0.1 && flat.turn_deg.abs() < 0.1, "{flat:?}");
        }
    }

    #[test]
    fn the_aspect_is_kept_under_tilt_whatever_the_camera() {
        for shape in SHAPES {
            for focal in [0.7, 0.85, 1.0] {
                for (pitch_deg, yaw_deg) in [(10.0, 0.0), (0.0, 15.0), (20.0, 0.0), (15.0, 15.0)] {
                    let held = pose(&held(shape.aspect(), pitch_deg, yaw_deg, 8.0, focal));
                    let wrong = (held.aspect / shape.aspect() - 1.0).abs();
                    assert!(wrong < 0.04, "{shape:?} {focal} {pitch_deg}: {held:?}");
                }
            }
        }
    }

    #[test]
    fn tilt_and_turn_are_read_in_degrees() {
        for tilt_deg in [10.0, 20.0, 30.0_f32] {
            for focal in [0.75, 0.85, 0.95] {
                let seen = pose(&held(1.42, tilt_deg, 0.0, 12.0, focal));
                assert!(
                    (seen.tilt_deg - tilt_deg).abs() < 0.15 * tilt_deg,
                    "{seen:?}"
                );
                let flat = pose(&held(1.42, 0.0, 0.0, 12.0, focal));
                assert!((flat.turn_deg - 12.0).abs() < 0.5, "{flat:?}");
            }
        }
    }

    #[test]
    fn a_page_held_upright_is_not_turned() {
        let upright = pose(&Quad::rectangle(300.0, 400.0));
        assert!(upright.turn_deg.abs() < 0.01);
        assert!((upright.aspect - 4.0 / 3.0).abs() < 0.01);
    }

    #[test]
    fn no_rectangle_looks_like_a_line_or_a_bow() {
        assert_eq!(Pose::of(&Quad::default(), 1280.0, 720.0), None);
        let bow =
            Quad([(0.0, 0.0), (9.0, 9.0), (9.0, 0.0), (0.0, 9.0)].map(|(x, y)| Point::new(x, y)));
        assert_eq!(Pose::of(&bow, 1280.0, 720.0), None);
    }
}

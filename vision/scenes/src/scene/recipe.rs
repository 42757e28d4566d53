//! How the pictures of the test set are made up: which document on what, how
//! it lies, and what is hard about it.

use super::{Lamp, Scene, Stage, fitted};
use crate::canvas::Point;
use crate::chance::Chance;
use crate::document::{self, Document, Kind};
use crate::object::{Finger, Object};
use crate::plane::{Plane, Pose};
use crate::surface::{self, Surface};

/// Sizes of about 0.92 megapixels, upright and lying.
const SIZES_PX: &[(usize, usize)] = &[
    (1280, 720),
    (1280, 720),
    (720, 1280),
    (720, 1280),
    (1108, 832),
    (832, 1108),
    (960, 960),
];

/// What people photograph most comes most often.
const KINDS: &[Kind] = &[
    Kind::Card,
    Kind::Card,
    Kind::Card,
    Kind::CardBack,
    Kind::Passport,
    Kind::Passport,
    Kind::Letter,
    Kind::Form,
    Kind::Receipt,
    Kind::Cheque,
    Kind::Note,
];

/// A document on a background.
#[must_use]
pub fn composite(number: usize) -> Scene {
    let mut chance = Chance::new("composite", number);
    let kind = *chance.pick(KINDS);
    let size_px = *chance.pick(SIZES_PX);
    let size_mm = document::size_mm(kind, &mut chance);
    let mut tags = vec![kind.name()];

    let (pose, turned) = posed(size_mm, size_px, &mut chance);
    tags.extend(turned);
    let plane = Plane::new(&pose);
    // A little finer than it will be seen.
    let document = document::draw(kind, size_mm, pose.px_per_mm * 1.25, &mut chance);

    let (surface, objects) = background(Some(&document), pose.px_per_mm, &mut chance, &mut tags);
    let fingers = if chance.happens(0.25) {
        tags.push("fingers");
        hold(&plane, size_mm, &mut chance)
    } else {
        Vec::new()
    };
    let is_glossy = matches!(kind, Kind::Card | Kind::CardBack | Kind::Passport);
    let lamp = lamp(is_glossy, &mut chance, &mut tags);
    let stage = Stage {
        size_px,
        surface: &surface,
        objects: &objects,
        ground: plane,
        document: Some((&document, plane)),
        fingers: &fingers,
        lamp,
    };
    let picture = taken(&stage, &mut chance, &mut tags);
    Scene {
        picture,
        corners: Some(plane.corners(size_mm)),
        tags,
    }
}

/// A background of the same kinds without a document.
#[must_use]
pub fn empty(number: usize) -> Scene {
    let mut chance = Chance::new("empty", number);
    let size_px = *chance.pick(SIZES_PX);
    let mut tags = vec!["empty"];
    let (pose, _) = posed((150.0, 110.0), size_px, &mut chance);
    let (surface, objects) = background(None, pose.px_per_mm, &mut chance, &mut tags);
    let stage = Stage {
        size_px,
        surface: &surface,
        objects: &objects,
        ground: Plane::new(&pose),
        document: None,
        fingers: &[],
        lamp: lamp(false, &mut chance, &mut tags),
    };
    let picture = taken(&stage, &mut chance, &mut tags);
    Scene {
        picture,
        corners: None,
        tags,
    }
}

/// How a document lies: mostly straight, sometimes on its side or upside down.
fn posed(
    size_mm: Point,
    size_px: (usize, usize),
    chance: &mut Chance,
) -> (Pose, Option<&'static str>) {
    let quarter = std::f32::consts::FRAC_PI_2;
    let (turned, tag) = if chance.happens(0.2) {
        (quarter * (1 + chance.below(3)) as f32, Some("turned"))
    } else {
        (0.0, None)
    };
    let lean = chance.between(0.0, 0.62);
    let angles = [
        turned + 0.22 * chance.normal(),
        lean * chance.between(-1.0, 1.0),
        lean * chance.between(-1.0, 1.0),
    ];
    let fill = chance.between(0.42, 0.95);
    let (mut pose, room) = fitted(size_mm, size_px, fill, angles);
    pose.middle_px = (
        room.left + room.width * chance.between(0.08, 0.92),
        room.top + room.height * chance.between(0.08, 0.92),
    );
    (pose, tag)
}

fn background(
    document: Option<&Document>,
    px_per_mm: f32,
    chance: &mut Chance,
    tags: &mut Vec<&'static str>,
) -> (Surface, Vec<Object>) {
    let way = chance.share();
    let kind = *chance.pick(&surface::Kind::ALL);
    let surface = match document {
        Some(document) if way < 0.2 => {
            tags.push("same colour");
            Surface::like(document.paper, chance)
        }
        _ => {
            tags.push(kind.name());
            Surface::new(kind, chance)
        }
    };
    let count = if way < 0.5 {
        chance.below(2)
    } else if way < 0.75 {
        2 + chance.below(3)
    } else {
        tags.push("clutter");
        5 + chance.below(5)
    };
    // About the half of the frame that can be seen.
    let reach_mm = 760.0 / px_per_mm;
    let objects = (0..count).map(|_| Object::new(reach_mm, chance)).collect();
    (surface, objects)
}

fn lamp(is_glossy: bool, chance: &mut Chance, tags: &mut Vec<&'static str>) -> Lamp {
    let exposure = chance.between(0.55, 1.12);
    let warm = chance.between(-0.12, 0.12);
    let mut lamp = Lamp {
        gain: [exposure * (1.0 + warm), exposure, exposure * (1.0 - warm)],
        slope: (chance.between(-0.35, 0.35), chance.between(-0.35, 0.35)),
        ..Lamp::EVEN
    };
    if exposure < 0.68 {
        tags.push("dim");
    }
    if chance.happens(0.35) {
        tags.push("shadow");
        lamp.shadow = Some((
            (chance.between(0.25, 0.75), chance.between(0.25, 0.75)),
            chance.between(0.0, std::f32::consts::TAU),
            chance.between(0.02, 0.25),
            chance.between(0.4, 0.75),
        ));
    }
    if is_glossy && chance.happens(0.35) {
        tags.push("glare");
        lamp.glare = Some((
            (chance.share(), chance.share()),
            (chance.between(0.04, 0.2), chance.between(0.04, 0.2)),
            chance.between(60.0, 255.0),
        ));
    }
    lamp
}

/// One to three fingers over an edge.
fn hold(plane: &Plane, size_mm: Point, chance: &mut Chance) -> Vec<Finger> {
    let skin = document::skin(chance);
    let side = chance.below(4);
    let share = chance.between(0.25, 0.75);
    let (half_x, half_y) = (size_mm.0 / 2.0, size_mm.1 / 2.0);
    // The size of fingers against large sheets and cards is the same.
    let radius_mm = chance.between(7.0, 9.0);
    let over_mm = chance.between(2.0, 13.0);
    let lean = chance.between(-25.0, 25.0);
    (0..=chance.below(3))
        .map(|count| {
            let along = (share - 0.5) * 2.0;
            let shift = count as f32 * radius_mm * 2.15;
            let (tip, base) = match side {
                0 => {
                    let x = along * half_x + shift;
                    ((x, over_mm - half_y), (x + lean, -half_y - 260.0))
                }
                1 => {
                    let y = along * half_y + shift;
                    ((half_x - over_mm, y), (half_x + 260.0, y + lean))
                }
                2 => {
                    let x = along * half_x + shift;
                    ((x, half_y - over_mm), (x + lean, half_y + 260.0))
                }
                _ => {
                    let y = along * half_y + shift;
                    ((over_mm - half_x, y), (-half_x - 260.0, y + lean))
                }
            };
            let tip_px = plane.px(tip);
            let aside = plane.px((tip.0 + radius_mm, tip.1));
            let radius_px = (aside.0 - tip_px.0).hypot(aside.1 - tip_px.1);
            // Far behind the camera's plane a place has no picture.
            let near = (
                tip.0 + (base.0 - tip.0) * 0.35,
                tip.1 + (base.1 - tip.1) * 0.35,
            );
            let near_px = plane.px(near);
            let (dx, dy) = (near_px.0 - tip_px.0, near_px.1 - tip_px.1);
            let far = 3000.0 / dx.hypot(dy).max(1.0);
            let base_px = (tip_px.0 + dx * far, tip_px.1 + dy * far);
            Finger::new(tip_px, base_px, radius_px, skin)
        })
        .collect()
}

fn taken(stage: &Stage<'_>, chance: &mut Chance, tags: &mut Vec<&'static str>) -> image::RgbImage {
    let mut light = stage.ground();
    stage.lit(&mut light);
    if chance.happens(0.2) {
        tags.push("motion");
        let (sin, cos) = chance.between(0.0, std::f32::consts::TAU).sin_cos();
        let length = chance.between(1.5, 5.0);
        light.smear((length * cos, length * sin));
    }
    let blur_px = chance.between(0.45, 1.8);
    if blur_px > 1.3 {
        tags.push("blurred");
    }
    light.blur(blur_px);
    light.exposed(chance.between(1.0, 6.5), chance)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn corners_are_within_the_picture_and_clockwise() {
        for number in 0..300 {
            let mut chance = Chance::new("pose", number);
            let size_mm = document::size_mm(*chance.pick(KINDS), &mut chance);
            let size_px = *chance.pick(SIZES_PX);
            let (pose, _) = posed(size_mm, size_px, &mut chance);
            let corners = Plane::new(&pose).corners(size_mm);
            let mut twice_area = 0.0;
            for (place, corner) in corners.iter().enumerate() {
                assert!(
                    (0.0..=size_px.0 as f32).contains(&corner.0),
                    "{number} {corners:?}"
                );
                assert!(
                    (0.0..=size_px.1 as f32).contains(&corner.1),
                    "{number} {corners:?}"
                );
                let next = corners[(place + 1) % 4];
                twice_area += corner.0 * next.1 - next.0 * corner.1;
            }
            assert!(
                twice_area > 0.05 * (size_px.0 * size_px.1) as f32,
                "{number}"
            );
        }
    }

    #[test]
    fn the_same_number_gives_the_same_picture() {
        let (one, two) = (composite(7), composite(7));
        assert_eq!(one.picture, two.picture);
        assert_eq!(one.corners, two.corners);
    }

    #[test]
    fn the_document_is_where_its_corners_are() {
        // On a dark plain ground, what is bright is the document.
        let mut chance = Chance::new("where", 0);
        let size_mm = document::ID_1_MM;
        let (pose, _) = fitted(size_mm, (640, 480), 0.6, [0.2, 0.3, -0.2]);
        let plane = Plane::new(&pose);
        let mut card = document::draw(Kind::Card, size_mm, 8.0, &mut chance);
        card.picture
            .pixels_mut()
            .for_each(|pixel| pixel.0 = [255; 3]);
        let surface = Surface::like([0; 3], &mut chance);
        let stage = Stage {
            size_px: (640, 480),
            surface: &surface,
            objects: &[],
            ground: plane,
            document: Some((&card, plane)),
            fingers: &[],
            lamp: Lamp::EVEN,
        };
        let mut light = stage.ground();
        stage.lit(&mut light);
        let bright = light.values.iter().filter(|it| it[1] > 128.0).count() as f32;
        let corners = plane.corners(size_mm);
        let mut twice_area = 0.0;
        for (place, corner) in corners.iter().enumerate() {
            let next = corners[(place + 1) % 4];
            twice_area += corner.0 * next.1 - next.0 * corner.1;
        }
        // The rounded corners take 0.2 % off.
        assert!((bright / (twice_area / 2.0) - 1.0).abs() < 0.01);
    }
}

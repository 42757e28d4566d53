//! Documents judged by their corners.

use std::sync::OnceLock;

use crate::geometry::{Point, Quad};
use crate::judge::Judge;
use crate::shape::Shape;
use crate::synthetic::{Picture, held};
use crate::thresholds::Thresholds;
use crate::verdict::{Reason, Verdict};

/// A card on a table, seen by a camera that is in focus.
struct Scene {
    picture: Picture,
    quad: Quad,
}

/// Where a card of 960 by 605 pixels lies.
fn flat() -> Quad {
    Quad::rectangle(960.0, 605.0).moved(160.0, 57.0)
}

impl Quad {
    fn moved(&self, dx: f32, dy: f32) -> Self {
        Self(self.0.map(|it| Point::new(it.x + dx, it.y + dy)))
    }
}

fn card() -> Picture {
    Picture::sheet(1070, 675)
}

fn scene_of(sheet: &Picture, quad: Quad, table: u8) -> Scene {
    let picture = Picture::table(1280, 720, table)
        .under(sheet, &quad)
        .blurred(0.6)
        .with_noise(2.0);
    Scene { picture, quad }
}

fn scene(quad: Quad) -> Scene {
    scene_of(&card(), quad, 95)
}

/// The card that lies flat, drawn once for all tests.
fn sharp() -> Scene {
    static DRAWN: OnceLock<Picture> = OnceLock::new();
    let picture = DRAWN.get_or_init(|| scene(flat()).picture).clone();
    Scene {
        picture,
        quad: flat(),
    }
}

fn judged(scene: &Scene, shape: Option<Shape>) -> Verdict {
    Judge::new(Thresholds::default()).judge_document(
        &scene.picture.luma(),
        Some(&scene.quad),
        shape,
    )
}

fn reasons(scene: &Scene) -> Vec<Reason> {
    let verdict = judged(scene, Some(Shape::Id1));
    verdict.findings().iter().map(|it| it.reason).collect()
}

impl Scene {
    fn with(&self, change: impl Fn(&Picture) -> Picture) -> Self {
        Self {
            picture: change(&self.picture),
            quad: self.quad,
        }
    }
}

#[test]
fn a_card_is_good_on_tables_of_any_brightness_and_mildly_askew() {
    for table in [20, 150, 235] {
        for quad in [
            flat(),
            held(Shape::Id1.aspect(), 12.0, 0.0, 0.0, 0.85),
            held(Shape::Id1.aspect(), 8.0, -10.0, 9.0, 0.85),
        ] {
            let scene = scene_of(&card(), quad, table);
            let verdict = judged(&scene, Some(Shape::Id1));
            assert!(verdict.is_good(), "{table}: {verdict:?}");
        }
    }
}

#[test]
fn corners_a_few_pixels_wrong_change_nothing() {
    let scene = sharp();
    for (dx, dy) in [(4.0, 3.0), (-4.0, 3.0), (3.0, -4.0)] {
        let mut quad = scene.quad;
        quad.0[0] = Point::new(quad.0[0].x + dx, quad.0[0].y + dy);
        quad.0[2] = Point::new(quad.0[2].x - dy, quad.0[2].y + dx);
        let wrong = Scene {
            quad,
            picture: scene.picture.clone(),
        };
        assert_eq!(reasons(&wrong), []);
    }
}

#[test]
fn the_table_is_not_judged() {
    // Sharp print all around does not make a blurred card sharp, nor does a
    // soft table make a sharp one blurred.
    let sharp = sharp();
    let busy = Picture::sheet(1280, 720);
    let soft_card = card().blurred(5.0);
    let blurred = Scene {
        picture: busy.under(&soft_card, &flat()),
        quad: flat(),
    };
    let verdict = judged(&blurred, None);
    let last = verdict.findings().last().unwrap();
    assert_eq!(last.reason, Reason::Blurred, "{verdict:?}");
    assert_eq!(reasons(&sharp), []);
    let lamp = sharp.with(|it| it.with_glare(Point::new(30.0, 30.0), 30.0, 255.0));
    assert_eq!(reasons(&lamp), []);
}

#[test]
fn light_is_judged_on_the_document() {
    let dark = Scene {
        picture: Picture::table(1280, 720, 230).under(&card().lit(0.35, 0.0), &flat()),
        quad: flat(),
    };
    assert_eq!(judged(&dark, None).first_reason(), Some(Reason::TooDark));
    let bright = sharp().with(|it| it.lit(1.5, 40.0));
    assert_eq!(
        judged(&bright, None).first_reason(),
        Some(Reason::TooBright)
    );
}

#[test]
fn a_reflection_is_glare_with_its_place() {
    for (x, y, u, v) in [(400.0, 200.0, 0.25, 0.24), (900.0, 500.0, 0.77, 0.73)] {
        for (radius_px, light) in [(25.0, 300.0), (45.0, 200.0), (80.0, 250.0)] {
            let scene = sharp().with(|it| it.with_glare(Point::new(x, y), radius_px, light));
            let verdict = judged(&scene, Some(Shape::Id1));
            assert_eq!(verdict.first_reason(), Some(Reason::Glare), "{verdict:?}");
            let glare = verdict.measures().document.unwrap().glare;
            let at = glare.at.unwrap();
            assert!(
                (at.x - u).abs() < 0.1 && (at.y - v).abs() < 0.1,
                "{glare:?}"
            );
        }
    }
}

#[test]
fn white_paper_is_not_glare() {
    let white = card().lit(1.5, -40.0);
    for scene in [
        scene_of(&white, flat(), 60),
        // The light falls off to one side.
        scene_of(&white, flat(), 60).with(|it| it.with_shadow(900.0, 0.06)),
        // A white field, and white paper half in a shadow's edge.
        scene_of(&white, flat(), 60).with(|it| it.with_shadow(700.0, 0.4)),
    ] {
        let verdict = judged(&scene, Some(Shape::Id1));
        assert!(
            !verdict
                .findings()
                .iter()
                .any(|it| it.reason == Reason::Glare),
            "{verdict:?}"
        );
    }
}

#[test]
fn a_card_that_leaves_the_frame_is_cut_off() {
    for (dx, dy) in [(200.0, 0.0), (-170.0, 0.0), (0.0, 60.0), (0.0, -57.0)] {
        let scene = scene(flat().moved(dx, dy));
        assert_eq!(judged(&scene, None).first_reason(), Some(Reason::CutOff));
    }
}

#[test]
fn a_distant_card_is_too_small() {
    let scene = scene(flat().scaled(0.55, 0.55).moved(200.0, 100.0));
    let verdict = judged(&scene, Some(Shape::Id1));
    assert_eq!(
        verdict.first_reason(),
        Some(Reason::TooSmall),
        "{verdict:?}"
    );
}

#[test]
fn too_much_tilt_or_turn_is_tilted() {
    let turned = held(Shape::Id1.aspect(), 0.0, 0.0, 30.0, 0.85)
        .scaled(0.75, 0.75)
        .moved(160.0, 90.0);
    for quad in [
        held(Shape::Id1.aspect(), 38.0, 0.0, 0.0, 0.85),
        held(Shape::Id1.aspect(), 0.0, 38.0, 0.0, 0.85),
        turned,
    ] {
        let verdict = judged(&scene(quad), Some(Shape::Id1));
        assert_eq!(verdict.first_reason(), Some(Reason::Tilted), "{verdict:?}");
    }
}

#[test]
fn a_card_is_no_passport_and_the_other_way_round() {
    let card = scene(held(Shape::Id1.aspect(), 10.0, 5.0, 3.0, 0.85));
    let page = scene_of(
        &Picture::sheet(1000, 704),
        held(Shape::Id3.aspect(), 10.0, 5.0, 3.0, 0.85),
        95,
    );
    for (scene, right, wrong) in [
        (&card, Shape::Id1, Shape::Id3),
        (&page, Shape::Id3, Shape::Id1),
    ] {
        assert!(
            judged(scene, Some(right)).is_good(),
            "{:?}",
            judged(scene, Some(right))
        );
        assert!(judged(scene, None).is_good());
        assert_eq!(
            judged(scene, Some(wrong)).first_reason(),
            Some(Reason::WrongShape)
        );
    }
}

#[test]
fn a_finger_across_the_margin_covers_and_one_at_the_edge_does_not() {
    let finger = |reach_px: f32| {
        sharp().with(|it| {
            it.with_finger(
                Point::new(500.0, 760.0),
                Point::new(500.0, 662.0 - reach_px),
                190.0,
            )
        })
    };
    let verdict = judged(&finger(120.0), Some(Shape::Id1));
    assert_eq!(verdict.first_reason(), Some(Reason::Covered), "{verdict:?}");
    let verdict = judged(&finger(-85.0), Some(Shape::Id1));
    assert!(verdict.is_good(), "{verdict:?}");
}

#[test]
fn shadows_and_cast_are_forgiven() {
    let shaded = sharp().with(|it| it.with_shadow(800.0, 0.35));
    assert_eq!(reasons(&shaded), []);
}

#[test]
fn defocus_is_blurred_and_a_moved_camera_is_moved() {
    let sharp = sharp();
    assert_eq!(
        reasons(&sharp.with(|it| it.blurred(4.0))),
        [Reason::Blurred]
    );
    assert_eq!(reasons(&sharp.with(|it| it.smeared(5.0))), [Reason::Moved]);
}

#[test]
fn growing_blur_crosses_the_threshold_once() {
    let sharp = sharp();
    let blurred: Vec<bool> = [5, 10, 15, 20, 25, 30, 40, 60]
        .map(|tenths| !reasons(&sharp.with(|it| it.blurred(tenths as f32 / 10.0))).is_empty())
        .into();
    assert!(!blurred[0] && blurred[4], "{blurred:?}");
    assert!(blurred.is_sorted(), "{blurred:?}");
}

#[test]
fn without_corners_there_is_no_document() {
    let verdict = |picture: &Picture| {
        Judge::default()
            .judge_document(&picture.luma(), None, None)
            .first_reason()
    };
    assert_eq!(
        verdict(&Picture::table(640, 360, 120)),
        Some(Reason::NoDocument)
    );
    assert_eq!(
        verdict(&Picture::table(640, 360, 20)),
        Some(Reason::TooDark)
    );
    assert_eq!(
        verdict(&Picture::flat(640, 360, 255)),
        Some(Reason::TooBright)
    );
}

#[test]
fn a_still_of_more_pixels_is_judged_alike() {
    let sharp = sharp();
    let soft = sharp.with(|it| it.blurred(4.0));
    let enlarged = |scene: &Scene| Scene {
        picture: scene.picture.enlarged(2),
        quad: scene.quad.scaled(2.0, 2.0),
    };
    assert_eq!(reasons(&enlarged(&sharp)), []);
    assert_eq!(reasons(&enlarged(&soft)), [Reason::Blurred]);
}

#[test]
fn impossible_corners_are_judged_without_panic() {
    let picture = Picture::table(97, 61, 120);
    for value in [0.0, 1e9, -1e9, 1e-30, f32::NAN, f32::INFINITY] {
        let quad = Quad(
            [(0.0, value), (value, 3.0), (50.0, 50.0), (2.0, 40.0)].map(|(x, y)| Point::new(x, y)),
        );
        let verdict = Judge::default().judge_document(&picture.luma(), Some(&quad), None);
        assert!(!verdict.is_good());
    }
}

//! The detector on drawn scenes that share nothing with its training, and the
//! moment that it leads to on clips of a camera.
//!
//! A part of what `cargo xtask bench` measures, small enough for every run; the
//! limits are what was reached, less what chance may take from so few pictures.

use vestibule_scenes::clip::{Clip, FRAMES, RATE_HZ, Story};
use vestibule_scenes::scene;
use vestibule_vision::live::{Live, Seen, Wanted};
use vestibule_vision::{Detector, Found, Judge, LumaBuffer, Point, Quad};

fn rgba(picture: &[u8]) -> Vec<u8> {
    let pixels = picture.as_chunks::<3>().0.iter();
    pixels.flat_map(|[r, g, b]| [*r, *g, *b, 255]).collect()
}

fn found(detector: &mut Detector, scene: &scene::Scene) -> Option<Found> {
    let (width, height) = scene.picture.dimensions();
    detector.find(width, height, &rgba(scene.picture.as_raw()))
}

#[test]
fn documents_are_found_where_they_are() {
    let mut detector = Detector::default();
    let n_scenes = 60;
    let (mut n_right, mut n_wrong) = (0, 0);
    for number in 0..n_scenes {
        let scene = scene::composite(number);
        let truth = Quad(scene.corners.unwrap().map(|(x, y)| Point::new(x, y)));
        let found = found(&mut detector, &scene);
        let overlap = found.map(|found| found.quad.overlap(&truth));
        println!(
            "{number}: {overlap:?} {:?} {:?}",
            found.map(|it| it.confidence),
            scene.tags
        );
        n_right += usize::from(overlap.is_some_and(|overlap| overlap > 0.9));
        n_wrong += usize::from(overlap.is_some_and(|overlap| overlap < 0.7));
    }
    println!("{n_right} right, {n_wrong} wrong");
    assert!(n_right >= 50, "{n_right} of {n_scenes}");
    assert!(n_wrong <= 1, "{n_wrong} of {n_scenes}");
}

#[test]
fn nothing_is_found_where_nothing_is() {
    let mut detector = Detector::default();
    let imagined: Vec<(usize, f32)> = (0..40)
        .filter_map(|number| {
            let found = found(&mut detector, &scene::empty(number))?;
            println!("{number}: {:?} {:?}", found, scene::empty(number).tags);
            Some((number, found.confidence))
        })
        .collect();
    assert_eq!(imagined, []);
}

#[test]
fn a_good_clip_is_taken_and_a_bad_one_never() {
    for number in [0, 3, 10, 11, 12, 13, 14] {
        let clip = Clip::new(number);
        let (mut detector, mut judge) = (Detector::default(), Judge::default());
        let (mut luma, mut live) = (LumaBuffer::new(), Live::new(Wanted::default()));
        let taken = (0..FRAMES).find(|frame| {
            let picture = clip.frame(*frame);
            let (width_px, height_px) = picture.dimensions();
            let rgba = rgba(picture.as_raw());
            let found = detector.find(width_px, height_px, &rgba);
            let quad = found.map(|found| found.quad);
            let luma = luma.fill_from_rgba(width_px, height_px, &rgba).unwrap();
            let look = live.look(Seen {
                at_ms: *frame as f64 * 1000.0 / RATE_HZ as f64,
                width_px,
                height_px,
                quad,
                confidence: found.map_or(0.0, |found| found.confidence),
                verdict: judge.judge_document(&luma, quad.as_ref(), None),
            });
            look.take
        });
        assert_eq!(
            taken.is_some(),
            clip.story == Story::Good,
            "clip {number}, {:?}: {taken:?}",
            clip.story
        );
    }
}

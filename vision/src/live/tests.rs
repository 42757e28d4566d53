//! Clips of made-up frames: what is shown and when the picture is taken.

use proptest::prelude::*;

use super::decide::{GOOD_FRAMES, GOOD_MS};
use super::hint::SHOWN_MIN_MS;
use super::{Hint, Live, Look, Place, Seen, Wanted};
use crate::geometry::{Point, Quad};
use crate::verdict::{DocumentMeasures, Measures, Reason, Unit, Verdict};

/// What a frame of a clip shows.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Frame {
    Good,
    Bad(Reason),
    Unsure,
    Empty,
    /// Moved by so many pixels.
    Jumped(f32),
}

const REASONS: [Reason; 12] = [
    Reason::TooDark,
    Reason::TooBright,
    Reason::NoDocument,
    Reason::NoDetail,
    Reason::CutOff,
    Reason::TooSmall,
    Reason::WrongShape,
    Reason::Tilted,
    Reason::Glare,
    Reason::Covered,
    Reason::Moved,
    Reason::Blurred,
];

fn verdict(reason: Option<Reason>) -> Verdict {
    let mut verdict = Verdict::on(Measures {
        document: Some(DocumentMeasures::default()),
        ..Measures::default()
    });
    if let Some(reason) = reason {
        verdict.add(reason, Unit::Share, 1.0, 0.5);
    }
    verdict
}

fn card() -> Quad {
    Quad::rectangle(900.0, 570.0)
}

/// One frame; `tremble_px` moves each corner to and fro.
fn seen(at_ms: f64, frame: Frame, tremble_px: f32) -> Seen {
    let moved = |dx: f32| {
        let mut sign = tremble_px;
        Quad(card().0.map(|it| {
            sign = -sign;
            Point::new(it.x + 100.0 + dx + sign, it.y + 70.0 - sign)
        }))
    };
    let (quad, confidence, reason) = match frame {
        Frame::Good => (Some(moved(0.0)), 0.95, None),
        Frame::Bad(reason) => (Some(moved(0.0)), 0.95, Some(reason)),
        Frame::Unsure => (Some(moved(0.0)), 0.3, None),
        Frame::Empty => (None, 0.0, Some(Reason::NoDocument)),
        Frame::Jumped(px) => (Some(moved(px)), 0.95, None),
    };
    Seen {
        at_ms,
        width_px: 1280,
        height_px: 720,
        quad,
        confidence,
        verdict: verdict(reason),
    }
}

/// Shows frames one after the other; when each is seen and what follows.
fn play(live: &mut Live, per_second: f64, frames: &[Frame]) -> Vec<(f64, Look)> {
    let mut shown = Vec::new();
    for (frame, index) in frames.iter().zip(0_u32..) {
        let at_ms = 1e12 + f64::from(index) * 1000.0 / per_second;
        let tremble_px = if index % 2 == 0 { 1.0 } else { -1.0 };
        shown.push((at_ms, live.look(seen(at_ms, *frame, tremble_px))));
    }
    shown
}

fn taken_after_ms(per_second: f64, frames: &[Frame]) -> Option<f64> {
    let shown = play(&mut Live::default(), per_second, frames);
    let first = shown.first()?.0;
    let taken = shown.iter().find(|(_, look)| look.take)?;
    Some(taken.0 - first)
}

#[test]
fn a_good_clip_is_taken_within_a_second_at_every_rate() {
    for per_second in [5.0, 7.5, 10.0, 15.0, 24.0, 30.0, 60.0] {
        let after_ms = taken_after_ms(per_second, &[Frame::Good; 90]).unwrap();
        assert!(
            (GOOD_MS..=1000.0).contains(&after_ms),
            "{per_second}: {after_ms}"
        );
    }
}

#[test]
fn a_picture_is_taken_once_until_asked_again() {
    let mut live = Live::default();
    let taken = |shown: &[(f64, Look)]| shown.iter().filter(|(_, look)| look.take).count();
    assert_eq!(taken(&play(&mut live, 20.0, &[Frame::Good; 100])), 1);
    live.rearm();
    let mut later = seen(2e12, Frame::Good, 0.0);
    let mut count = 0;
    for _ in 0..20 {
        later.at_ms += 50.0;
        count += u32::from(live.look(later).take);
    }
    assert_eq!(count, 1);
}

#[test]
fn a_person_who_wants_to_press_the_shutter_may() {
    let mut live = Live::new(Wanted {
        manual: true,
        ..Wanted::default()
    });
    let shown = play(&mut live, 20.0, &[Frame::Good; 100]);
    assert!(shown.iter().all(|(_, look)| !look.take));
    assert_eq!(shown.last().unwrap().1.hint, Some(Hint::Hold));
}

#[test]
fn the_same_frame_twice_counts_once() {
    let mut live = Live::default();
    let mut frame = seen(0.0, Frame::Good, 0.0);
    for _ in 0..50 {
        assert!(!live.look(frame).take);
    }
    frame.at_ms = f64::NAN;
    assert!(!live.look(frame).take);
}

#[test]
fn a_document_that_moves_is_not_taken_and_told_to_hold_still() {
    for per_second in [5.0, 15.0, 30.0] {
        let speed_px = super::track::short(0.16 * 1280.0 / per_second);
        let frames: Vec<Frame> = (0_u8..60)
            .map(|index| Frame::Jumped(f32::from(index) * speed_px))
            .collect();
        let shown = play(&mut Live::default(), per_second, &frames);
        assert!(shown.iter().all(|(_, look)| !look.take), "{per_second}");
        assert_eq!(shown.last().unwrap().1.hint, Some(Hint::HoldStill));
    }
}

#[test]
fn a_slow_drift_is_taken() {
    let frames: Vec<Frame> = (0_u8..60)
        .map(|index| Frame::Jumped(f32::from(index) * 1.2))
        .collect();
    assert!(taken_after_ms(30.0, &frames).unwrap() <= 1000.0);
}

#[test]
fn the_document_stays_over_two_missed_frames_and_goes_after_three() {
    let frames = [
        Frame::Good,
        Frame::Good,
        Frame::Empty,
        Frame::Empty,
        Frame::Good,
        Frame::Empty,
        Frame::Empty,
        Frame::Empty,
        Frame::Empty,
    ];
    let has_quad: Vec<bool> = play(&mut Live::default(), 15.0, &frames)
        .iter()
        .map(|(_, look)| look.quad.is_some())
        .collect();
    assert_eq!(
        has_quad,
        [true, true, true, true, true, true, true, false, false]
    );
}

#[test]
fn one_wild_frame_does_not_move_what_is_shown_and_two_do() {
    let wild = Frame::Jumped(300.0);
    let frames = [Frame::Good, Frame::Good, wild, Frame::Good, wild, wild];
    let left: Vec<f32> = play(&mut Live::default(), 15.0, &frames)
        .iter()
        .map(|(_, look)| look.quad.unwrap().0[0].x)
        .collect();
    assert!(
        left[..5].iter().all(|x| (x - 100.0).abs() < 3.0),
        "{left:?}"
    );
    assert!((left[5] - 400.0).abs() < 3.0, "{left:?}");
}

#[test]
fn what_is_shown_trembles_less_than_what_is_seen() {
    let mut live = Live::default();
    let shown = play(&mut live, 30.0, &[Frame::Good; 30]);
    let steps: Vec<f32> = shown
        .windows(2)
        .skip(5)
        .map(|pair| {
            pair[1]
                .1
                .quad
                .unwrap()
                .farthest_corner(&pair[0].1.quad.unwrap())
        })
        .collect();
    let seen_step = 2.0 * 2.0_f32.sqrt();
    assert!(
        steps.iter().all(|step| *step < 0.5 * seen_step),
        "{steps:?}"
    );
}

#[test]
fn corners_that_are_named_anew_are_the_same_document() {
    let mut live = Live::default();
    let mut frame = seen(0.0, Frame::Good, 0.0);
    let mut taken = false;
    for index in 0_u8..30 {
        frame.at_ms = f64::from(index) * 50.0;
        let [a, b, c, d] = frame.quad.unwrap().0;
        frame.quad = Some(Quad([b, c, d, a]));
        taken |= live.look(frame).take;
    }
    assert!(taken);
}

#[test]
fn each_reason_has_its_hint() {
    for (reason, hint) in [
        (Reason::TooDark, Hint::TooDark),
        (Reason::TooSmall, Hint::MoveCloser),
        (Reason::CutOff, Hint::CutOff),
        (Reason::WrongShape, Hint::WrongShape),
        (Reason::Tilted, Hint::Tilted),
        (Reason::Glare, Hint::Glare(Place::Middle)),
        (Reason::Covered, Hint::Covered),
        (Reason::Moved, Hint::HoldStill),
        (Reason::Blurred, Hint::Blurred),
    ] {
        let shown = play(&mut Live::default(), 15.0, &[Frame::Bad(reason); 15]);
        assert_eq!(shown.last().unwrap().1.hint, Some(hint));
    }
    let shown = play(&mut Live::default(), 15.0, &[Frame::Empty; 15]);
    assert_eq!(shown.last().unwrap().1.hint, Some(Hint::NoDocument));
}

#[test]
fn frames_that_disagree_in_turn_change_nothing() {
    let mut frames = vec![Frame::Bad(Reason::Tilted); 15];
    for _ in 0..50 {
        frames.extend([Frame::Bad(Reason::Glare), Frame::Bad(Reason::Tilted)]);
    }
    let shown = play(&mut Live::default(), 15.0, &frames);
    assert!(
        shown[15..]
            .iter()
            .all(|(_, look)| look.hint == Some(Hint::Tilted))
    );
}

#[test]
fn places_are_named_as_they_lie() {
    for (x, y, place) in [
        (0.5, 0.55, Place::Middle),
        (0.1, 0.4, Place::Left),
        (0.9, 0.6, Place::Right),
        (0.4, 0.05, Place::Top),
        (0.6, 0.9, Place::Bottom),
    ] {
        assert_eq!(Place::of(Point::new(x, y)), place);
    }
}

fn frame() -> impl Strategy<Value = Frame> {
    prop_oneof![
        8 => Just(Frame::Good),
        1 => prop::sample::select(&REASONS[..]).prop_map(Frame::Bad),
        1 => Just(Frame::Unsure),
        1 => Just(Frame::Empty),
        1 => (-400.0_f32..400.0).prop_map(Frame::Jumped),
    ]
}

proptest! {
    #[test]
    fn no_picture_is_taken_after_a_bad_frame_among_the_last(
        frames in prop::collection::vec(frame(), 1..120),
        per_second in 5.0..30.0_f64,
    ) {
        let shown = play(&mut Live::default(), per_second, &frames);
        if let Some(taken) = shown.iter().position(|(_, look)| look.take) {
            let at_ms = shown[taken].0;
            let last = shown[..=taken]
                .iter()
                .zip(&frames)
                .rev()
                .enumerate()
                .take_while(|(back, ((then_ms, _), _))| {
                    *back < usize::from(GOOD_FRAMES) || at_ms - then_ms <= GOOD_MS
                });
            for (_, (_, frame)) in last {
                let slight = matches!(frame, Frame::Jumped(px) if px.abs() < 30.0);
                prop_assert!(*frame == Frame::Good || slight, "{frame:?}");
            }
        }
    }

    #[test]
    fn a_hint_stays_for_its_time(
        frames in prop::collection::vec(frame(), 1..200),
        per_second in 5.0..30.0_f64,
    ) {
        let shown = play(&mut Live::default(), per_second, &frames);
        let mut since_ms = None;
        for pair in shown.windows(2) {
            let kind = |look: &Look| look.hint.map(Hint::name);
            if kind(&pair[0].1) != kind(&pair[1].1) {
                prop_assert!(since_ms.is_none_or(|since| pair[1].0 - since >= SHOWN_MIN_MS));
                since_ms = Some(pair[1].0);
            }
        }
    }

    #[test]
    fn a_good_clip_is_taken_whatever_came_before(
        before in prop::collection::vec(frame(), 0..40),
        per_second in 5.0..30.0_f64,
    ) {
        let mut live = Live::default();
        let mut frames = before.clone();
        frames.extend([Frame::Good; 60]);
        let shown = play(&mut live, per_second, &frames);
        let taken = shown.iter().position(|(_, look)| look.take).unwrap();
        if taken >= before.len() {
            let after_ms = shown[taken].0 - shown[before.len()].0;
            prop_assert!(after_ms <= 1500.0, "{after_ms}");
        }
    }

    #[test]
    fn uneven_frames_do_not_delay_a_good_clip(
        gaps_ms in prop::collection::vec(33.0..200.0_f64, 60),
    ) {
        let mut live = Live::default();
        let mut at_ms = 0.0;
        let mut taken_ms = None;
        for gap_ms in gaps_ms {
            if live.look(seen(at_ms, Frame::Good, 1.0)).take {
                taken_ms = Some(at_ms);
                break;
            }
            at_ms += gap_ms;
        }
        prop_assert!(taken_ms.unwrap() <= 1000.0);
    }
}

//! Pictures judged as a whole.

use crate::judge::{Judge, judge};
use crate::synthetic::Picture;
use crate::thresholds::Thresholds;
use crate::verdict::{Reason, Verdict};

fn judged(picture: &Picture) -> Verdict {
    judge(&picture.luma(), &Thresholds::default())
}

fn reasons(picture: &Picture) -> Vec<Reason> {
    let verdict = judged(picture);
    verdict.findings().iter().map(|it| it.reason).collect()
}

#[test]
fn a_sharp_page_is_good_at_webcam_and_at_telephone_size() {
    let photograph = Picture::document(1008, 756).enlarged(4);
    assert_eq!(photograph.height_px, 3024);
    for picture in [Picture::document(1280, 720), photograph] {
        let verdict = judged(&picture);
        assert!(verdict.is_good(), "{verdict:?}");
    }
    let soft = judged(&Picture::document(1280, 720).blurred(1.0));
    assert!(soft.is_good(), "{soft:?}");
}

#[test]
fn a_sharp_page_is_good_with_noise_and_held_upright() {
    assert_eq!(
        reasons(&Picture::document(1280, 960).blurred(0.8).with_noise(8.0)),
        []
    );
    assert_eq!(reasons(&Picture::document(960, 1280)), []);
}

#[test]
fn growing_blur_crosses_the_threshold_once() {
    let document = Picture::document(960, 720);
    let blurred: Vec<bool> = [5, 10, 15, 20, 30, 40]
        .map(|tenths_px| reasons(&document.blurred(tenths_px as f32 / 10.0)) == [Reason::Blurred])
        .into();
    assert!(!blurred[0] && blurred[5], "{blurred:?}");
    assert!(blurred.is_sorted(), "{blurred:?}");
}

#[test]
fn a_blurred_page_is_blurred_with_noise_too() {
    let picture = Picture::document(1280, 960).blurred(5.0).with_noise(8.0);
    assert_eq!(reasons(&picture), [Reason::Blurred]);
}

#[test]
fn black_is_too_dark_and_nothing_else() {
    assert_eq!(reasons(&Picture::flat(1280, 720, 3)), [Reason::TooDark]);
}

#[test]
fn a_page_by_candlelight_is_too_dark_first() {
    let picture = Picture::document(1280, 720).lit(0.25, 0.0).with_noise(3.0);
    assert_eq!(judged(&picture).first_reason(), Some(Reason::TooDark));
}

#[test]
fn white_is_too_bright_and_nothing_else() {
    assert_eq!(reasons(&Picture::flat(1280, 720, 255)), [Reason::TooBright]);
}

#[test]
fn a_washed_out_page_is_too_bright() {
    let picture = Picture::document(1280, 720).lit(1.3, 60.0);
    assert_eq!(judged(&picture).first_reason(), Some(Reason::TooBright));
}

#[test]
fn a_scan_on_white_is_not_too_bright() {
    let picture = Picture::document(1280, 960).lit(1.3, -40.0);
    assert!(judged(&picture).measures().exposure.clipped_bright_share < 0.25);
    let scan = Picture::document(1280, 960).lit(1.6, -60.0);
    assert!(judged(&scan).measures().exposure.clipped_bright_share > 0.25);
    assert_eq!(reasons(&scan), []);
}

#[test]
fn grey_and_noise_hold_no_document() {
    let grey = Picture::flat(1280, 720, 128);
    assert_eq!(reasons(&grey), [Reason::NoDetail]);
    assert_eq!(reasons(&grey.with_noise(10.0)), [Reason::NoDetail]);
}

#[test]
fn a_thumbnail_is_too_small() {
    assert_eq!(reasons(&Picture::document(640, 480)), [Reason::TooSmall]);
    let tiny = judged(&Picture::flat(1, 1, 128));
    assert!(
        tiny.findings()
            .iter()
            .any(|finding| finding.reason == Reason::TooSmall && finding.figure == 1.0)
    );
}

#[test]
fn findings_come_in_the_order_of_mending_with_their_figures() {
    let picture = Picture::document(480, 360).lit(0.35, 0.0).blurred(3.0);
    let verdict = judged(&picture);
    assert!(verdict.findings().is_sorted_by_key(|it| it.reason));
    assert!(verdict.findings().len() >= 2, "{verdict:?}");
    for finding in verdict.findings() {
        let on_the_wrong_side = match finding.reason {
            Reason::TooBright | Reason::Blurred | Reason::Moved => {
                finding.figure > finding.threshold
            }
            _ => finding.figure < finding.threshold,
        };
        assert!(on_the_wrong_side, "{finding:?}");
    }
}

#[test]
fn a_judge_gives_the_same_verdict_whatever_it_saw_before() {
    let (large, small) = (Picture::document(1280, 720), Picture::document(900, 640));
    let mut judge_again = Judge::new(Thresholds::default());
    let _ = judge_again.judge(&large.luma());
    assert_eq!(judge_again.judge(&small.luma()), judged(&small));
    assert_eq!(judge_again.judge(&large.luma()), judged(&large));
}

#[test]
fn odd_shapes_are_judged_without_panic() {
    for (width_px, height_px) in [(1, 3000), (3000, 1), (33, 33), (36, 40), (5000, 40)] {
        let verdict = judged(&Picture::document(width_px, height_px));
        assert!(!verdict.is_good(), "{width_px}x{height_px}");
    }
}

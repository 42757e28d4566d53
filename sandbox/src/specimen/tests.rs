//! The specimens are what they claim to be: judged by the same eyes as real
//! pictures, as drawn and after compression.

use image::RgbImage;
use vestibule_vision::{LumaBuffer, Reason, Thresholds, Verdict, judge};

use super::{Defect, Document, jpeg, scene, selfie};

const SIZES_PX: [(u32, u32); 3] = [(1280, 720), (1920, 1080), (2000, 1500)];

fn judged(picture: &RgbImage) -> Verdict {
    let mut buffer = LumaBuffer::new();
    let luma = buffer
        .fill_from_rgb(picture.width(), picture.height(), picture.as_raw())
        .unwrap();
    judge(&luma, &Thresholds::default())
}

fn compressed(picture: &RgbImage) -> RgbImage {
    let file = jpeg(picture, 85);
    image::load_from_memory(&file).unwrap().to_rgb8()
}

#[test]
fn a_specimen_without_defect_is_good_at_every_size() {
    for document in Document::ALL {
        for (width_px, height_px) in SIZES_PX {
            let picture = scene(document, width_px, height_px, Defect::None);
            for picture in [compressed(&picture), picture] {
                let verdict = judged(&picture);
                assert!(verdict.is_good(), "{document:?} {width_px}: {verdict:?}");
            }
        }
    }
}

#[test]
fn a_selfie_is_good_upright_and_across() {
    for (width_px, height_px) in [(1280, 720), (720, 1280)] {
        let picture = selfie(width_px, height_px);
        assert_eq!(picture.dimensions(), (width_px, height_px));
        for picture in [compressed(&picture), picture] {
            let verdict = judged(&picture);
            assert!(verdict.is_good(), "{width_px}: {verdict:?}");
        }
    }
}

#[test]
fn each_defect_has_its_own_reason() {
    for (defect, reason) in [
        (Defect::Blurred, Reason::Blurred),
        (Defect::Dark, Reason::TooDark),
        (Defect::Overexposed, Reason::TooBright),
        (Defect::Empty, Reason::NoDetail),
    ] {
        for document in Document::ALL {
            let picture = scene(document, 1280, 720, defect);
            for picture in [compressed(&picture), picture] {
                let verdict = judged(&picture);
                assert_eq!(
                    verdict.first_reason(),
                    Some(reason),
                    "{document:?}: {verdict:?}"
                );
            }
        }
    }
}

#[test]
fn a_blurred_specimen_is_blurred_at_every_size() {
    for (width_px, height_px) in SIZES_PX {
        let verdict = judged(&scene(
            Document::Passport,
            width_px,
            height_px,
            Defect::Blurred,
        ));
        assert_eq!(verdict.first_reason(), Some(Reason::Blurred), "{verdict:?}");
    }
}

#[test]
fn the_same_arguments_give_the_same_pixels() {
    let twice = [(); 2].map(|()| scene(Document::LicenceBack, 640, 360, Defect::None));
    assert_eq!(twice[0], twice[1]);
}

#[test]
fn the_documents_differ_and_lie_in_the_middle_of_the_desk() {
    let empty = scene(Document::Passport, 640, 360, Defect::Empty);
    for document in Document::ALL {
        let picture = scene(document, 640, 360, Defect::None);
        let changed = |x: u32, y: u32| picture.get_pixel(x, y) != empty.get_pixel(x, y);
        assert!(changed(320, 180) && !changed(2, 2) && !changed(637, 357));
    }
    let passport = scene(Document::Passport, 640, 360, Defect::None);
    assert_ne!(
        passport,
        scene(Document::LicenceFront, 640, 360, Defect::None)
    );
}

#[test]
fn degenerate_sizes_do_not_panic() {
    for (width_px, height_px) in [(0, 0), (0, 9), (1, 1), (2, 700), (700, 2)] {
        for defect in Defect::ALL {
            let picture = scene(Document::Passport, width_px, height_px, defect);
            assert_eq!(picture.dimensions(), (width_px, height_px));
        }
    }
}

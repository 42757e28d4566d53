//! Guidance, camera and review.

use vestibule::domain::camera::{CameraError, CameraFacts};
use vestibule::domain::flow::{
    CameraScreen, CameraState, Event, GuidanceScreen, Hint, ReviewScreen, Screen,
};
use vestibule::domain::i18n::Text;
use vestibule::domain::image::ImageId;
use vestibule::domain::session::sides::Side;
use vestibule::domain::sight::DocumentHint;
use wasm_bindgen_test::wasm_bindgen_test;

use super::stage::{Stage, progress, side};

fn camera(can_upload: bool, state: CameraState) -> Screen {
    Screen::Camera(CameraScreen {
        subject: side(Side::Front),
        can_upload,
        state,
        hint: None,
        automatic: None,
        sounds: false,
    })
}

fn live(facts: CameraFacts) -> CameraState {
    CameraState::Live {
        facts,
        torch_on: false,
        is_taking: false,
        still_failed: false,
    }
}

fn blocked(error: CameraError) -> CameraState {
    CameraState::Blocked {
        error,
        is_embedded: false,
    }
}

#[wasm_bindgen_test]
async fn guidance_names_the_side_and_offers_the_camera_first() {
    for (which, heading) in [
        (
            Side::DataPage,
            "Photograph the photo\u{a0}page of your passport",
        ),
        (Side::Front, "Photograph the front of your driving licence"),
        (Side::Back, "Now the back of your driving licence"),
    ] {
        let facts = GuidanceScreen {
            side: which,
            document_name: side(which).name,
            progress: progress(),
            can_upload: true,
        };
        let stage = Stage::show(Screen::Guidance(facts)).await;
        assert_eq!(stage.heading(), heading);
        assert_eq!(stage.primary().as_deref(), Some("use-camera"));
        assert_eq!(stage.act("use-camera").await, Event::CameraChosen);
        assert_eq!(stage.act("upload").await, Event::UploadChosen);
        assert_eq!(stage.act("back").await, Event::BackPressed);
    }
}

#[wasm_bindgen_test]
async fn guidance_hides_upload_where_only_the_camera_is_allowed() {
    let facts = GuidanceScreen {
        side: Side::Front,
        document_name: Text::DocumentDrivingLicence.into(),
        progress: progress(),
        can_upload: false,
    };
    let stage = Stage::show(Screen::Guidance(facts)).await;
    assert_eq!(stage.actions(), ["back", "use-camera"]);
}

#[wasm_bindgen_test]
async fn the_slot_is_offered_once_and_stays_while_the_camera_starts() {
    let stage = Stage::show(camera(true, CameraState::Starting)).await;
    assert_eq!(stage.heading(), "Camera: Front of your driving licence");
    assert!(stage.text("main").contains("Starting the camera"));
    assert!(
        stage.get("header").hidden(),
        "the camera has the whole screen"
    );
    assert_eq!(stage.slots().len(), 1);
    assert_eq!(stage.count("video"), 0, "the preview is not the view's");
    let preview = leptos::prelude::document().create_element("video").unwrap();
    stage.slots()[0].append_child(&preview).unwrap();

    stage
        .change(camera(true, live(CameraFacts::default())))
        .await;
    assert_eq!(stage.slots().len(), 1);
    assert_eq!(
        stage.count("[data-preview-slot] > video"),
        1,
        "the preview is still in its slot"
    );
    assert!(!stage.text("main").contains("Starting the camera"));

    stage.change(camera(true, blocked(CameraError::Busy))).await;
    assert_eq!(stage.count("video"), 0);
    assert!(!stage.get("header").hidden());
    stage.change(camera(true, CameraState::Starting)).await;
    assert_eq!(stage.slots().len(), 2, "another slot for another try");
}

#[wasm_bindgen_test]
async fn no_slot_is_offered_by_a_view_that_goes_away() {
    let stage = Stage::show(camera(true, blocked(CameraError::Denied))).await;
    let guidance = GuidanceScreen {
        side: Side::Front,
        document_name: Text::DocumentDrivingLicence.into(),
        progress: progress(),
        can_upload: true,
    };
    stage.change(Screen::Guidance(guidance)).await;
    assert_eq!(stage.slots().len(), 0);
}

#[wasm_bindgen_test]
async fn the_shutter_works_only_while_the_preview_runs() {
    let stage = Stage::show(camera(false, CameraState::Starting)).await;
    assert_eq!(stage.press("[data-action='shutter']").await, []);
    stage
        .change(camera(false, live(CameraFacts::default())))
        .await;
    assert_eq!(stage.act("shutter").await, Event::ShutterPressed);
    let taking = CameraState::Live {
        facts: CameraFacts::default(),
        torch_on: false,
        is_taking: true,
        still_failed: false,
    };
    stage.change(camera(false, taking)).await;
    assert_eq!(stage.press("[data-action='shutter']").await, []);
    assert_eq!(
        stage
            .get("[data-action='shutter']")
            .get_attribute("aria-label")
            .as_deref(),
        Some("Taking the picture")
    );
    assert_eq!(stage.act("back").await, Event::BackPressed);
}

#[wasm_bindgen_test]
async fn controls_are_there_only_when_the_camera_has_them() {
    let stage = Stage::show(camera(
        false,
        live(CameraFacts {
            n_cameras: 1,
            ..CameraFacts::default()
        }),
    ))
    .await;
    assert_eq!(stage.actions(), ["back", "shutter"]);
    let facts = CameraFacts {
        has_torch: true,
        n_cameras: 2,
        is_mirrored: true,
        ..CameraFacts::default()
    };
    stage.change(camera(true, live(facts))).await;
    assert_eq!(
        stage.actions(),
        ["back", "torch", "upload", "shutter", "switch-camera"]
    );
    assert_eq!(stage.act("torch").await, Event::TorchPressed);
    assert_eq!(stage.act("switch-camera").await, Event::SwitchCameraPressed);
    assert_eq!(stage.act("upload").await, Event::UploadChosen);
    assert!(stage.find(".vst-camera__slot--mirrored").is_some());
}

#[wasm_bindgen_test]
async fn a_failed_still_is_said_aloud() {
    let failed = CameraState::Live {
        facts: CameraFacts::default(),
        torch_on: false,
        is_taking: false,
        still_failed: true,
    };
    let stage = Stage::show(camera(false, failed)).await;
    assert!(stage.text("[role='alert']").contains("did not work"));
    stage
        .change(camera(false, live(CameraFacts::default())))
        .await;
    assert_eq!(stage.text("[role='alert']"), "");
}

#[wasm_bindgen_test]
async fn a_blocked_camera_offers_what_can_help() {
    let cases: [(CameraError, bool, &str, &[&str]); 6] = [
        (
            CameraError::Denied,
            true,
            "The camera is blocked",
            &["back", "upload", "retry"],
        ),
        (
            CameraError::Denied,
            false,
            "The camera is blocked",
            &["back", "retry", "give-up"],
        ),
        (
            CameraError::NotFound,
            true,
            "No camera found",
            &["back", "upload"],
        ),
        (
            CameraError::NotFound,
            false,
            "No camera found",
            &["back", "give-up"],
        ),
        (
            CameraError::NoPicture,
            false,
            "The camera is not responding",
            &["back", "retry", "give-up"],
        ),
        (
            CameraError::Insecure,
            false,
            "This browser can’t use the camera",
            &["back", "give-up"],
        ),
    ];
    for (error, can_upload, heading, actions) in cases {
        let stage = Stage::show(camera(can_upload, blocked(error))).await;
        assert_eq!(stage.heading(), heading);
        assert_eq!(stage.actions(), actions, "{error:?}");
        assert_eq!(stage.primary().as_deref(), Some(actions[1]), "{error:?}");
        for action in &actions[1..] {
            let expected = match *action {
                "upload" => Event::UploadChosen,
                "retry" => Event::RetryPressed,
                _ => Event::GiveUpPressed,
            };
            assert_eq!(stage.act(action).await, expected);
        }
    }
}

#[wasm_bindgen_test]
async fn a_camera_that_the_embedding_page_keeps_out_says_so() {
    let state = CameraState::Blocked {
        error: CameraError::Denied,
        is_embedded: true,
    };
    let stage = Stage::show(camera(true, state)).await;
    assert_eq!(stage.heading(), "This page can’t use the camera");
}

fn watched(hint: DocumentHint, automatic: bool) -> Screen {
    Screen::Camera(CameraScreen {
        subject: side(Side::Front),
        can_upload: true,
        state: live(CameraFacts::default()),
        hint: Some(Hint::Document(hint)),
        automatic: Some(automatic),
        sounds: false,
    })
}

#[wasm_bindgen_test]
async fn the_hint_stands_over_the_preview_and_the_person_chooses_who_shoots() {
    let stage = Stage::show(watched(DocumentHint::NoDocument, true)).await;
    assert!(
        stage
            .text("main")
            .contains("Fit the front inside the frame")
    );
    stage.change(watched(DocumentHint::Glare, true)).await;
    assert!(stage.text("main").contains("until the reflection is gone"));
    let state = |stage: &Stage| {
        stage
            .get("[data-action='automatic']")
            .get_attribute("aria-checked")
    };
    assert_eq!(state(&stage).as_deref(), Some("true"));
    assert_eq!(stage.act("automatic").await, Event::AutomaticPressed);
    let sounds = stage.get("[data-action='sounds']");
    assert_eq!(sounds.get_attribute("role").as_deref(), Some("switch"));
    assert_eq!(
        sounds.get_attribute("aria-label").as_deref(),
        Some("Guide me with sounds")
    );
    assert_eq!(
        sounds.get_attribute("aria-checked").as_deref(),
        Some("false")
    );
    assert_eq!(stage.act("sounds").await, Event::SoundsPressed);
    stage.change(watched(DocumentHint::Hold, false)).await;
    assert_eq!(state(&stage).as_deref(), Some("false"));
    assert_eq!(stage.count(".vst-camera__frame--good"), 1);
    assert_eq!(stage.act("shutter").await, Event::ShutterPressed);
    let stage = Stage::show(camera(true, live(CameraFacts::default()))).await;
    assert!(stage.find("[data-action='automatic']").is_none());
}

#[wasm_bindgen_test]
async fn a_picture_that_seems_bad_is_reviewed_with_a_warning_and_may_be_used() {
    let Screen::Review(facts) = review(false) else {
        return;
    };
    let stage = Stage::show(Screen::Review(ReviewScreen {
        objection: DocumentHint::Blurred.objection(),
        is_flawed: true,
        ..facts
    }))
    .await;
    assert_eq!(stage.primary().as_deref(), Some("retake"));
    assert_eq!(
        stage.text("[role='alert'] p:first-child"),
        "The picture is blurred"
    );
    assert!(stage.text("[role='alert'] p + p").starts_with("Hold still"));
    assert_eq!(stage.act("use").await, Event::UsePressed);
    assert_eq!(stage.act("retake").await, Event::RetakePressed);
}

fn review(from_file: bool) -> Screen {
    Screen::Review(ReviewScreen {
        subject: side(Side::Front),
        image: ImageId(3),
        width_px: 2000,
        height_px: 1500,
        from_file,
        objection: None,
        is_flawed: false,
    })
}

#[wasm_bindgen_test]
async fn review_shows_the_picture_and_the_choice() {
    let stage = Stage::show(review(false)).await;
    assert_eq!(stage.heading(), "Is everything easy to read?");
    let picture = stage.get("img");
    assert_eq!(
        picture.get_attribute("src").as_deref(),
        Some("blob:picture-3")
    );
    assert_eq!(picture.get_attribute("width").as_deref(), Some("2000"));
    assert_eq!(
        picture.get_attribute("alt").as_deref(),
        Some("Your picture: Front of your driving licence")
    );
    assert_eq!(stage.primary().as_deref(), Some("use"));
    assert_eq!(stage.act("use").await, Event::UsePressed);
    assert_eq!(stage.text("[data-action='retake']"), "Take it again");
    assert_eq!(stage.act("retake").await, Event::RetakePressed);
    assert_eq!(stage.act("back").await, Event::BackPressed);
}

#[wasm_bindgen_test]
async fn a_file_is_chosen_again_rather_than_taken_again() {
    let stage = Stage::show(review(true)).await;
    assert_eq!(stage.text("[data-action='retake']"), "Choose another photo");
}

#[wasm_bindgen_test]
async fn the_picture_can_be_looked_at_closely_and_by_keyboard() {
    let stage = Stage::show(review(false)).await;
    let frame = || stage.get("[role='group']").get_attribute("tabindex");
    assert_eq!(frame().as_deref(), Some("-1"));
    assert_eq!(stage.press("[data-action='zoom']").await, []);
    assert_eq!(frame().as_deref(), Some("0"));
    assert_eq!(stage.text("[data-action='zoom']"), "Show the whole picture");
    stage.press("[data-action='zoom']").await;
    assert_eq!(stage.text("[data-action='zoom']"), "Look closer");
}

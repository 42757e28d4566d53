//! Consent, the guidance before a face, and its picture.

use vestibule::domain::camera::CameraFacts;
use vestibule::domain::face::FaceHint;
use vestibule::domain::flow::{
    CameraScreen, CameraState, ConsentScreen, ConsentState, Event, FaceGuidanceScreen, Hint,
    ProblemScreen, ReviewScreen, Screen, ZoomScreen,
};
use vestibule::domain::i18n::{Message, Text};
use vestibule::domain::image::ImageId;
use vestibule::domain::redirect::ReturnUrl;
use vestibule::domain::session::plan::FacePurpose;
use wasm_bindgen_test::wasm_bindgen_test;

use super::stage::{Stage, face, progress};

fn consent(state: ConsentState) -> Screen {
    Screen::Consent(ConsentScreen {
        privacy_policy: ReturnUrl::parse("https://shop.example/privacy").ok(),
        state,
    })
}

#[wasm_bindgen_test]
async fn both_answers_to_the_question_of_consent_are_there() {
    let stage = Stage::show(consent(ConsentState::Asking)).await;
    assert_eq!(stage.heading(), "May we use a picture of your face?");
    assert_eq!(stage.actions(), ["back", "agree", "refuse"]);
    let privacy = stage.get("[data-action='privacy']");
    assert_eq!(
        privacy.get_attribute("href").as_deref(),
        Some("https://shop.example/privacy")
    );
    assert_eq!(stage.act("agree").await, Event::ConsentGiven);
    assert_eq!(stage.act("refuse").await, Event::ConsentRefused);

    let asked = stage.get("h1");
    stage.change(consent(ConsentState::Refusing)).await;
    assert_eq!(stage.heading(), "Stop here?");
    assert_ne!(
        consent(ConsentState::Asking).kind(),
        consent(ConsentState::Refusing).kind(),
        "the focus goes to the heading of another kind of screen"
    );
    assert!(!asked.is_connected(), "it is a screen of its own");
    assert_eq!(stage.act("refuse").await, Event::ConsentRefused);
    assert_eq!(stage.act("back").await, Event::BackPressed);
}

#[wasm_bindgen_test]
async fn a_privacy_policy_is_spoken_of_only_where_there_is_one() {
    let stage = Stage::show(consent(ConsentState::Asking)).await;
    assert!(stage.text("ul").contains("privacy policy"));
    let none = Screen::Consent(ConsentScreen {
        privacy_policy: None,
        state: ConsentState::Asking,
    });
    stage.change(none).await;
    assert!(!stage.text("main").contains("privacy policy"));
    assert!(stage.text("ul").contains("You may say no"));
    assert!(stage.find("[data-action='privacy']").is_none());
}

#[wasm_bindgen_test]
async fn an_answer_that_could_not_be_recorded_can_be_sent_again() {
    let stage = Stage::show(consent(ConsentState::Recording)).await;
    assert!(stage.actions().is_empty(), "nothing to press meanwhile");
    let problem = ProblemScreen {
        title: Text::ProblemNetworkTitle.into(),
        body: Text::ProblemNetworkBody.into(),
    };
    stage.change(consent(ConsentState::Stopped(problem))).await;
    assert!(!stage.text("[role='alert']").is_empty());
    assert_eq!(stage.act("retry").await, Event::RetryPressed);
}

#[wasm_bindgen_test]
async fn guidance_says_what_the_face_is_for() {
    for (purpose, why) in [
        (FacePurpose::Liveness, "you are here in person"),
        (FacePurpose::Capture, "the picture in your document"),
    ] {
        let facts = FaceGuidanceScreen {
            progress: progress(),
            purpose,
        };
        let stage = Stage::show(Screen::FaceGuidance(facts)).await;
        assert_eq!(stage.heading(), "Now a picture of your face");
        assert!(stage.text("main").contains(why), "{why}");
        assert_eq!(stage.act("use-camera").await, Event::CameraChosen);
    }
}

fn camera(hint: Option<FaceHint>) -> Screen {
    Screen::Camera(CameraScreen {
        subject: face(),
        can_upload: false,
        state: CameraState::Live {
            facts: CameraFacts::default(),
            torch_on: false,
            is_taking: false,
            still_failed: false,
        },
        hint: hint.map(Hint::Face),
        automatic: None,
        sounds: false,
    })
}

#[wasm_bindgen_test]
async fn the_hint_stands_over_the_oval_and_the_shutter_always_works() {
    let stage = Stage::show(camera(None)).await;
    assert_eq!(stage.heading(), "Camera: your face");
    assert!(stage.text("main").contains("Fit your face inside the oval"));
    assert_eq!(stage.count(".vst-camera__frame--face"), 1);
    stage.change(camera(Some(FaceHint::Closer))).await;
    assert!(stage.text("main").contains("Come closer"));
    assert_eq!(stage.count(".vst-camera__frame--good"), 0);
    stage.change(camera(Some(FaceHint::Hold))).await;
    assert_eq!(stage.count(".vst-camera__frame--good"), 1);
    assert_eq!(stage.act("shutter").await, Event::ShutterPressed);
    assert!(stage.find("[data-action='upload']").is_none());
}

#[wasm_bindgen_test]
async fn the_picture_of_a_face_is_reviewed_as_one() {
    let stage = Stage::show(Screen::Review(ReviewScreen {
        subject: face(),
        image: ImageId(1),
        width_px: 600,
        height_px: 800,
        from_file: false,
        objection: None,
        is_flawed: false,
    }))
    .await;
    assert_eq!(stage.heading(), "Is your face easy to see?");
    assert_eq!(
        stage.get("img").get_attribute("alt").as_deref(),
        Some("Your picture: your face")
    );
}

#[wasm_bindgen_test]
async fn a_component_gets_a_place_of_its_own() {
    let facts = ZoomScreen {
        progress: progress(),
    };
    let stage = Stage::show(Screen::Zoom(facts)).await;
    assert_eq!(stage.slots().len(), 1);
    assert_eq!(stage.count("[data-zoom-slot]"), 1);
}

#[wasm_bindgen_test]
async fn a_notice_stands_over_any_screen_until_it_is_put_away() {
    let stage = Stage::show(camera(None)).await;
    assert!(stage.find("[data-notice]").is_none());
    let notice = Message::from(Text::ExpiryWarning).with_count(5);
    stage.notify(Some(notice)).await;
    assert!(stage.text("[data-notice]").contains("5 minutes left"));
    assert_eq!(stage.act("dismiss").await, Event::NoticeDismissed);
    stage.notify(None).await;
    assert!(stage.find("[data-notice]").is_none());
}

//! Sending and try again.

use vestibule::domain::flow::{
    Event, ProblemScreen, Screen, SendingScreen, SendingState, Shot, TryAgainScreen, TryAgainWays,
};
use vestibule::domain::i18n::{Message, Text};
use vestibule::domain::image::ImageId;
use vestibule::domain::session::sides::Side;
use wasm_bindgen_test::wasm_bindgen_test;

use super::stage::{Stage, progress};

fn sending(state: SendingState) -> Screen {
    Screen::Sending(SendingScreen {
        progress: progress(),
        state,
    })
}

#[wasm_bindgen_test]
async fn sending_shows_how_far_it_is_and_can_be_cancelled() {
    let stage = Stage::show(sending(SendingState::Uploading { percent: 42 })).await;
    assert_eq!(stage.heading(), "Sending");
    let bar = stage.get("[role='progressbar']");
    assert_eq!(bar.get_attribute("aria-valuenow").as_deref(), Some("42"));
    assert_eq!(
        bar.get_attribute("aria-valuetext").as_deref(),
        Some("42% sent")
    );
    assert_eq!(stage.text("[aria-current='step']"), "Sending");
    assert_eq!(stage.act("cancel").await, Event::CancelPressed);
    assert!(stage.find("[data-action='back']").is_none());
}

#[wasm_bindgen_test]
async fn what_is_with_the_service_can_not_be_cancelled() {
    let stage = Stage::show(sending(SendingState::Checking)).await;
    assert_eq!(stage.heading(), "Checking what you sent");
    assert_eq!(stage.actions(), Vec::<String>::new());
    let bar = stage.get("[role='progressbar']");
    assert_eq!(
        bar.get_attribute("aria-valuenow"),
        None,
        "nobody knows how far it is"
    );
    stage.change(sending(SendingState::Finishing)).await;
    assert_eq!(stage.heading(), "Finishing");
    assert_eq!(stage.actions(), Vec::<String>::new());
}

#[wasm_bindgen_test]
async fn sending_that_stopped_can_be_tried_again_or_cancelled() {
    let problem = ProblemScreen {
        title: Text::ProblemServiceTitle.into(),
        body: Text::ProblemServiceBody.into(),
    };
    let stage = Stage::show(sending(SendingState::Stopped(problem))).await;
    assert_eq!(stage.heading(), "The service is not responding");
    assert_eq!(stage.primary().as_deref(), Some("retry"));
    assert_eq!(stage.act("retry").await, Event::RetryPressed);
    assert_eq!(stage.act("cancel").await, Event::CancelPressed);
}

fn verdict() -> TryAgainScreen {
    TryAgainScreen {
        progress: progress(),
        title: Text::ReasonGlareTitle.into(),
        advice: Text::ReasonGlareAdvice.into(),
        shot: Some(Shot::Side(Side::Front)),
        has_other_sides: true,
        image: Some(ImageId(5)),
        attempts_left: Some(Message::from(Text::AttemptsLeft).with_count(2)),
        can_keep: false,
        ways: TryAgainWays::Retake,
    }
}

#[wasm_bindgen_test]
async fn try_again_says_what_is_wrong_where_and_how_often_one_may_try() {
    let stage = Stage::show(Screen::TryAgain(verdict())).await;
    assert_eq!(stage.heading(), "A reflection covers part of the document");
    assert!(stage.text("main").contains("Tilt the document"));
    assert!(stage.text("main").contains("Front"));
    assert_eq!(stage.text("[data-attempts-left]"), "You have 2 more tries.");
    let picture = stage.get("img");
    assert_eq!(
        picture.get_attribute("src").as_deref(),
        Some("blob:picture-5")
    );
    assert_eq!(
        picture.get_attribute("alt").as_deref(),
        Some("The picture you sent: Front")
    );
    assert_eq!(stage.actions(), ["retake", "change-document"]);
    assert_eq!(stage.primary().as_deref(), Some("retake"));
    assert_eq!(stage.act("retake").await, Event::RetakePressed);
    assert_eq!(
        stage.act("change-document").await,
        Event::ChangeDocumentPressed
    );
}

#[wasm_bindgen_test]
async fn going_on_with_the_picture_is_offered_only_where_it_is_allowed() {
    let stage = Stage::show(Screen::TryAgain(TryAgainScreen {
        can_keep: true,
        ..verdict()
    }))
    .await;
    assert_eq!(stage.actions(), ["retake", "keep", "change-document"]);
    assert_eq!(stage.act("keep").await, Event::KeepPressed);
}

#[wasm_bindgen_test]
async fn a_wrong_document_is_changed_rather_than_photographed_again() {
    let facts = TryAgainScreen {
        ways: TryAgainWays::Change,
        ..verdict()
    };
    let stage = Stage::show(Screen::TryAgain(facts)).await;
    assert_eq!(stage.primary().as_deref(), Some("change-document"));
}

#[wasm_bindgen_test]
async fn a_page_is_named_by_its_number() {
    let facts = TryAgainScreen {
        shot: Some(Shot::Page(2)),
        ..verdict()
    };
    let stage = Stage::show(Screen::TryAgain(facts)).await;
    assert!(stage.text("main").contains("Page 2"));
    assert_eq!(
        stage.get("img").get_attribute("alt").as_deref(),
        Some("The picture you sent: Page 2")
    );
}

#[wasm_bindgen_test]
async fn what_the_service_did_not_say_is_not_shown() {
    let facts = TryAgainScreen {
        shot: None,
        has_other_sides: true,
        image: None,
        attempts_left: None,
        ..verdict()
    };
    let stage = Stage::show(Screen::TryAgain(facts)).await;
    assert_eq!(stage.count("img"), 0);
    assert_eq!(stage.count(".vst-tag"), 0);
    assert!(stage.find("[data-attempts-left]").is_none());
}

//! Opening, start, and what is around every screen.

use vestibule::domain::camera::CameraError;
use vestibule::domain::flow::{
    CameraScreen, CameraState, Event, ProblemScreen, Screen, StartScreen,
};
use vestibule::domain::i18n::{Locale, Text};
use vestibule::domain::redirect::ReturnUrl;
use vestibule::domain::session::sides::Side;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::HtmlSelectElement;

use super::stage::{Stage, side};

fn start() -> StartScreen {
    StartScreen {
        intro: Text::StartIntro,
        privacy: Text::StartPrivacy,
        steps: vec![
            Text::StepChoose.into(),
            Text::StepPhotograph.into(),
            Text::StepCheck.into(),
        ],
        minutes: 2,
        minutes_left: None,
        can_hand_off: false,
        privacy_policy: None,
    }
}

#[wasm_bindgen_test]
async fn the_opening_screen_stands_alone() {
    let stage = Stage::show(Screen::Opening).await;
    assert_eq!(stage.heading(), "Opening your identity check");
    assert!(stage.get("header").hidden() && stage.get("footer").hidden());
    assert!(stage.find("[data-screen='opening']").is_some());
}

/// The page shows this screen before the program runs.
#[wasm_bindgen_test]
async fn the_opening_screen_is_the_one_of_the_page() {
    let stage = Stage::show(Screen::Opening).await;
    // Never put on this page, so that nothing in it is loaded.
    let page = leptos::prelude::document().create_element("div").unwrap();
    let html = include_str!("../../index.html");
    page.set_inner_html(&html[html.find("<div id=\"app\">").unwrap()..]);
    let theirs = page.query_selector("#opening-progress").unwrap().unwrap();
    let ours = stage.get("[data-screen='opening']");
    assert_eq!(theirs.class_name(), ours.class_name());
    let parts = |of: &web_sys::Element| -> Vec<(String, String, Option<String>)> {
        std::iter::successors(
            of.first_element_child(),
            web_sys::Element::next_element_sibling,
        )
        .map(|part| (part.tag_name(), part.class_name(), part.text_content()))
        .collect()
    };
    assert_eq!(parts(&theirs), parts(&ours));
    assert!(
        page.query_selector("#app .vst-shell > header[hidden] + main > #opening-failed[hidden]")
            .unwrap()
            .is_some()
    );
}

#[wasm_bindgen_test]
async fn a_failed_opening_can_be_tried_again() {
    let problem = ProblemScreen {
        title: Text::ProblemNetworkTitle.into(),
        body: Text::ProblemNetworkBody.into(),
    };
    let stage = Stage::show(Screen::OpeningFailed(problem)).await;
    assert_eq!(stage.heading(), "There is no connection");
    assert!(stage.text("main").contains("Nothing is lost"));
    assert_eq!(stage.primary().as_deref(), Some("retry"));
    assert_eq!(stage.act("retry").await, Event::RetryPressed);
}

#[wasm_bindgen_test]
async fn start_says_what_will_happen() {
    let stage = Stage::show(Screen::Start(start())).await;
    assert_eq!(stage.heading(), "Let’s check your identity");
    assert_eq!(stage.count("ol > li"), 3);
    assert!(stage.text("main").contains("about 2 minutes"));
    assert!(stage.find("[data-action='privacy']").is_none());
    assert!(stage.find("[data-action='back']").is_none());
    assert_eq!(stage.primary().as_deref(), Some("continue"));
    assert_eq!(stage.act("continue").await, Event::ContinuePressed);
}

#[wasm_bindgen_test]
async fn the_privacy_policy_opens_without_access_to_this_page() {
    let privacy_policy = ReturnUrl::parse("https://shop.example/privacy").ok();
    let stage = Stage::show(Screen::Start(StartScreen {
        privacy_policy,
        ..start()
    }))
    .await;
    let link = stage.get("[data-action='privacy']");
    assert_eq!(
        link.get_attribute("href").as_deref(),
        Some("https://shop.example/privacy")
    );
    assert_eq!(
        link.get_attribute("rel").as_deref(),
        Some("noopener noreferrer")
    );
    assert_eq!(link.get_attribute("target").as_deref(), Some("_blank"));
}

#[wasm_bindgen_test]
async fn another_language_is_asked_for_and_then_spoken() {
    let stage = Stage::show(Screen::Start(start())).await;
    let menu: HtmlSelectElement = stage.get("[data-action='language']").unchecked_into();
    assert_eq!(menu.value(), "en-GB");
    menu.set_value("ar");
    menu.dispatch_event(&web_sys::Event::new("change").unwrap())
        .unwrap();
    assert_eq!(stage.events(), [Event::LanguageChosen(Locale::Ar)]);
    let button = stage.get("[data-action='continue']");
    stage.speak(Locale::Ar).await;
    assert_eq!(stage.text("[data-action='continue']"), "ابدأ");
    assert_eq!(menu.value(), "ar");
    assert!(button.is_connected(), "the screen was not rebuilt");
}

#[wasm_bindgen_test]
async fn no_screen_sets_a_direction_of_its_own() {
    let stage = Stage::show(Screen::Start(start())).await;
    assert_eq!(stage.count("[dir], [style], [align]"), 0);
}

#[wasm_bindgen_test]
async fn the_logo_is_hidden_when_the_business_says_so() {
    let stage = Stage::show(Screen::Start(start())).await;
    assert!(stage.text("header").contains("Identity check"));
    stage.hide_logo().await;
    assert_eq!(stage.text("header"), "");
}

#[wasm_bindgen_test]
async fn announcements_reach_the_one_polite_region() {
    let stage = Stage::show(Screen::Start(start())).await;
    stage.announce("You are back online.").await;
    assert_eq!(
        stage.text("[data-announcement][role='status']"),
        "You are back online."
    );
}

#[wasm_bindgen_test]
async fn progress_is_said_in_words() {
    let blocked = CameraState::Blocked {
        error: CameraError::NotFound,
        is_embedded: false,
    };
    let camera = CameraScreen {
        subject: side(Side::Front),
        can_upload: true,
        state: blocked,
        hint: None,
        automatic: None,
        sounds: false,
    };
    let stage = Stage::show(Screen::Camera(camera)).await;
    assert!(!stage.get("header").hidden());
    assert!(stage.text("header").contains("Step 2 of 4"));
    stage.change(Screen::Start(start())).await;
    assert!(!stage.text("header").contains("Step"));
}

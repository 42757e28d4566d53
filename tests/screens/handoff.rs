//! Continuing on another device, on either of the two.

use vestibule::domain::flow::{
    Away, Event, HandoffEvent, HandoffScreen, ProblemScreen, Screen, StartScreen,
};
use vestibule::domain::i18n::{Locale, Text};
use vestibule::domain::launch::OneTime;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::HtmlInputElement;

use wasm_bindgen::JsCast;

use super::stage::Stage;

const LINK: &str = "https://id.example/web/index.html?handoff=first";

fn code(link: Option<&str>) -> Screen {
    Screen::Handoff(HandoffScreen::Code {
        link: link.map(|link| OneTime::new(link.to_owned())),
        was_copied: None,
        is_after_mismatch: false,
    })
}

fn number(is_sending: bool, has_failed: bool) -> Screen {
    Screen::Handoff(HandoffScreen::Number {
        number: "07".to_owned(),
        is_sending,
        has_failed,
    })
}

fn progress(n_complete: u32) -> Screen {
    Screen::Handoff(HandoffScreen::Progress {
        n_complete,
        n_required: 3,
    })
}

fn field(stage: &Stage) -> HtmlInputElement {
    stage.get("[data-handoff-link]").unchecked_into()
}

#[wasm_bindgen_test]
async fn the_start_has_a_way_to_the_phone_where_that_is_offered() {
    let start = |can_hand_off| {
        Screen::Start(StartScreen {
            intro: Text::StartIntro,
            privacy: Text::StartPrivacy,
            steps: vec![Text::StepDocument.into()],
            minutes: 2,
            minutes_left: None,
            privacy_policy: None,
            can_hand_off,
        })
    };
    let stage = Stage::show(start(true)).await;
    assert_eq!(stage.actions(), ["continue", "handoff"]);
    assert_eq!(stage.primary().as_deref(), Some("continue"));
    assert_eq!(
        stage.act("handoff").await,
        Event::Handoff(HandoffEvent::Chosen)
    );
    stage.change(start(false)).await;
    assert_eq!(stage.actions(), ["continue"]);
}

#[wasm_bindgen_test]
async fn the_code_is_a_picture_with_words_and_a_link() {
    let stage = Stage::show(code(Some(LINK))).await;
    assert_eq!(stage.heading(), "Open this on your phone");
    let label = stage
        .get(".vst-qr svg[role='img']")
        .get_attribute("aria-label");
    assert_eq!(
        label.as_deref(),
        Some("QR code with the link for your phone")
    );
    assert_eq!(stage.count(".vst-qr path"), 1, "drawn as one path");
    assert_eq!(field(&stage).value(), LINK);
    assert!(field(&stage).read_only());
    assert_eq!(stage.actions(), ["back", "copy-link", "continue-here"]);
    assert_eq!(
        stage.act("copy-link").await,
        Event::Handoff(HandoffEvent::CopyPressed)
    );
    assert_eq!(stage.act("back").await, Event::BackPressed);
    assert_eq!(
        stage.act("continue-here").await,
        Event::Handoff(HandoffEvent::ContinueHerePressed)
    );
    field(&stage).focus().unwrap();
    stage.settle().await;
    assert_eq!(
        field(&stage).selection_end().unwrap(),
        Some(u32::try_from(LINK.len()).unwrap()),
        "ready to be copied by hand"
    );
}

#[wasm_bindgen_test]
async fn a_new_code_changes_the_picture_and_nothing_that_is_spoken() {
    let stage = Stage::show(code(Some(LINK))).await;
    let drawn = |stage: &Stage| stage.get(".vst-qr path").get_attribute("d").unwrap();
    let spoken = |stage: &Stage| {
        let words: Vec<String> = ["h1", ".vst-lead", "[role='alert']", "[data-announcement]"]
            .map(|selector| stage.text(selector))
            .into();
        (words, stage.get(".vst-qr svg").get_attribute("aria-label"))
    };
    let (first, said) = (drawn(&stage), spoken(&stage));
    field(&stage).focus().unwrap();
    stage
        .change(code(Some(&LINK.replace("first", "later"))))
        .await;
    assert_ne!(drawn(&stage), first);
    assert_eq!(spoken(&stage), said);
    assert!(field(&stage).value().ends_with("later"));
    assert_eq!(
        stage.count("[data-handoff-link]:focus"),
        1,
        "the focus stays"
    );
    stage.change(code(None)).await;
    assert_eq!(stage.count(".vst-qr path"), 0, "no code that does not work");
    assert_eq!(field(&stage).value(), "");
}

#[wasm_bindgen_test]
async fn what_became_of_copying_and_of_another_phone_is_said() {
    let screen = |was_copied, is_after_mismatch| {
        Screen::Handoff(HandoffScreen::Code {
            link: Some(OneTime::new(LINK.to_owned())),
            was_copied,
            is_after_mismatch,
        })
    };
    let stage = Stage::show(screen(Some(true), false)).await;
    assert_eq!(stage.text("[data-copied]"), "The link was copied.");
    assert_eq!(stage.text("[role='alert']"), "");
    stage.change(screen(Some(false), true)).await;
    assert!(stage.text("[data-copied]").contains("Select the link"));
    assert!(stage.text("[role='alert']").contains("new code"));
}

#[wasm_bindgen_test]
async fn the_number_is_compared_with_two_clear_answers() {
    let stage = Stage::show(number(false, false)).await;
    assert_eq!(stage.text("[data-handoff-number]"), "07");
    assert_eq!(stage.actions(), ["back", "match", "no-match"]);
    assert_eq!(
        stage.act("match").await,
        Event::Handoff(HandoffEvent::MatchConfirmed)
    );
    assert_eq!(
        stage.act("no-match").await,
        Event::Handoff(HandoffEvent::MatchRefused)
    );
    stage.change(number(true, false)).await;
    assert_eq!(stage.actions(), ["back"], "answered once");
    stage.change(number(false, true)).await;
    assert!(stage.text("[role='alert']").contains("answer again"));
    assert_eq!(stage.actions(), ["back", "match", "no-match"]);
    stage.speak(Locale::Ar).await;
    assert_eq!(
        stage.text("[data-handoff-number]"),
        "07",
        "the same digits on both devices"
    );
}

#[wasm_bindgen_test]
async fn the_computer_follows_the_phone() {
    let stage = Stage::show(progress(1)).await;
    assert_eq!(
        stage.text("[data-handoff-count][role='status']"),
        "1 of 3 done"
    );
    stage.change(progress(2)).await;
    assert_eq!(stage.text("[data-handoff-count]"), "2 of 3 done");
    assert_eq!(stage.actions(), ["continue-here"]);
}

#[wasm_bindgen_test]
async fn a_phone_that_stopped_leaves_a_way_on() {
    for (is_given_up, title) in [
        (true, "You stopped on your phone"),
        (false, "Your phone is no longer connected"),
    ] {
        let stopped = HandoffScreen::PhoneStopped { is_given_up };
        let stage = Stage::show(Screen::Handoff(stopped)).await;
        assert_eq!(stage.heading(), title);
        assert_eq!(stage.primary().as_deref(), Some("continue-here"));
    }
}

#[wasm_bindgen_test]
async fn a_problem_can_be_tried_again_and_gone_round_where_that_is_possible() {
    let problem = |can_continue_here| {
        Screen::Handoff(HandoffScreen::Problem {
            problem: ProblemScreen {
                title: Text::ProblemNetworkTitle.into(),
                body: Text::ProblemNetworkBody.into(),
            },
            can_continue_here,
        })
    };
    let stage = Stage::show(problem(true)).await;
    assert_eq!(stage.heading(), "There is no connection");
    assert_eq!(stage.actions(), ["retry", "continue-here"]);
    assert_eq!(stage.act("retry").await, Event::RetryPressed);
    stage.change(problem(false)).await;
    assert_eq!(stage.actions(), ["retry"]);
}

#[wasm_bindgen_test]
async fn the_phone_shows_its_number_and_warns_of_links_from_others() {
    let stage = Stage::show(Screen::Handoff(HandoffScreen::Compare {
        number: "42".to_owned(),
    }))
    .await;
    assert_eq!(stage.text("[data-handoff-number]"), "42");
    assert!(stage.text(".vst-note").contains("somebody else"));
    assert!(stage.actions().is_empty(), "the answer is given there");
}

#[wasm_bindgen_test]
async fn the_phone_can_go_on_or_stop() {
    let stage = Stage::show(Screen::Handoff(HandoffScreen::Lobby)).await;
    assert_eq!(stage.actions(), ["continue", "stop-here"]);
    assert_eq!(stage.act("continue").await, Event::ContinuePressed);
    assert_eq!(
        stage.act("stop-here").await,
        Event::Handoff(HandoffEvent::StopPressed)
    );
}

#[wasm_bindgen_test]
async fn the_phone_says_where_it_goes_on() {
    for (away, title) in [
        (Away::Done, "Go back to your computer"),
        (Away::Stopped, "You stopped on this phone"),
        (Away::TakenBack, "This continues on your computer"),
        (Away::Spent, "This code no longer works"),
    ] {
        let stage = Stage::show(Screen::Handoff(HandoffScreen::Away(away))).await;
        assert_eq!(stage.heading(), title);
        assert!(stage.actions().is_empty(), "nothing more to do here");
    }
}

//! Done and ended.

use vestibule::domain::error::ErrorCode;
use vestibule::domain::flow::{DoneScreen, EndedScreen, Event, Screen};
use vestibule::domain::i18n::Text;
use wasm_bindgen_test::wasm_bindgen_test;

use super::stage::Stage;

fn ended(code: ErrorCode, can_leave: bool) -> Screen {
    let (title, body) = (code.title().into(), code.body().into());
    Screen::Ended(EndedScreen {
        code,
        title,
        body,
        can_leave,
    })
}

#[wasm_bindgen_test]
async fn done_leads_back_to_the_business() {
    let stage = Stage::show(Screen::Done(DoneScreen {
        title: Text::DoneTitle,
        body: Text::DoneBody,
        can_leave: true,
    }))
    .await;
    assert_eq!(stage.heading(), "That’s everything");
    assert_eq!(stage.primary().as_deref(), Some("leave"));
    assert_eq!(stage.act("leave").await, Event::LeavePressed);
}

#[wasm_bindgen_test]
async fn done_without_a_way_back_says_that_the_page_can_be_closed() {
    let stage = Stage::show(Screen::Done(DoneScreen {
        title: Text::DoneTitle,
        body: Text::DoneBody,
        can_leave: false,
    }))
    .await;
    assert_eq!(stage.actions(), Vec::<String>::new());
    assert!(stage.text("main").contains("You can close this page now."));
}

#[wasm_bindgen_test]
async fn every_code_ends_with_words_and_its_number() {
    for code in ErrorCode::ALL {
        let stage = Stage::show(ended(*code, false)).await;
        assert!(
            !stage.heading().contains('.'),
            "{code:?} has a title: {}",
            stage.heading()
        );
        assert_eq!(
            stage.text("[data-error-code]"),
            format!("Code {}", code.code())
        );
        assert_eq!(stage.actions(), Vec::<String>::new());
    }
}

#[wasm_bindgen_test]
async fn an_ended_session_leads_back_where_there_is_a_way() {
    let stage = Stage::show(ended(ErrorCode::AttemptsExhausted, true)).await;
    assert_eq!(stage.primary().as_deref(), Some("leave"));
    assert_eq!(stage.act("leave").await, Event::LeavePressed);
}

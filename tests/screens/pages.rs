//! The pages of a supplementary document, and what comes before them.

use vestibule::domain::flow::{
    ChosenFile, Event, PageFact, PagesScreen, PdfFact, Screen, SupplementaryEvent,
    SupplementaryGuidanceScreen,
};
use vestibule::domain::i18n::{Arg, Message, Text};
use vestibule::domain::image::{FileId, ImageId};
use vestibule::domain::session::plan::SupplementaryObjective;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::HtmlInputElement;

use super::stage::{Stage, progress};
use super::uploading::{drop_on, files, paste_on};

fn page(id: u32) -> PageFact {
    PageFact {
        image: ImageId(id),
        is_turning: false,
        is_marked: false,
    }
}

fn with_pages(ids: &[u32]) -> PagesScreen {
    PagesScreen {
        progress: progress(),
        document_name: Text::DocumentUtilityBill.into(),
        can_upload: true,
        pages: ids.iter().copied().map(page).collect(),
        pdf: None,
        most_pages: 10,
        has_room: true,
        is_reading: false,
        problems: Vec::new(),
        can_continue: !ids.is_empty(),
    }
}

fn shown(facts: &PagesScreen) -> Screen {
    Screen::Pages(facts.clone())
}

fn on_page(event: SupplementaryEvent) -> [Event; 1] {
    [Event::Supplementary(event)]
}

fn control(number: u32, action: &str) -> String {
    format!("[data-page='{number}'] [data-action='{action}']")
}

fn focused(selector: &str) -> bool {
    let focused = leptos::prelude::document().active_element();
    focused.is_some_and(|element| element.matches(selector).unwrap())
}

#[wasm_bindgen_test]
async fn the_guidance_says_what_will_be_accepted_for_the_objective() {
    let facts = SupplementaryGuidanceScreen {
        progress: progress(),
        document_name: Text::DocumentUtilityBill.into(),
        objective: SupplementaryObjective::ProofOfAddress,
        most_pages: 10,
        can_upload: true,
    };
    let stage = Stage::show(Screen::SupplementaryGuidance(facts.clone())).await;
    assert_eq!(stage.heading(), "What we need to see on your utility bill");
    for words in ["up to 10 pages", "four edges", "your address", "recent"] {
        assert!(stage.text("main").contains(words), "{words}");
    }
    assert_eq!(stage.primary().as_deref(), Some("continue"));
    assert_eq!(stage.act("continue").await, Event::ContinuePressed);
    assert_eq!(stage.act("back").await, Event::BackPressed);
    drop(stage);
    let stage = Stage::show(Screen::SupplementaryGuidance(SupplementaryGuidanceScreen {
        objective: SupplementaryObjective::UkDbs,
        can_upload: false,
        ..facts
    }))
    .await;
    assert!(!stage.text("main").contains("your address"));
    assert!(!stage.text("main").contains("PDF"), "files are not allowed");
}

#[wasm_bindgen_test]
async fn nothing_is_there_at_first_and_the_limit_is_said() {
    let stage = Stage::show(shown(&with_pages(&[]))).await;
    assert_eq!(stage.heading(), "Add your utility bill");
    assert!(stage.text(".vst-lead").contains("Up to 10 pages"));
    assert_eq!(stage.text("[data-pages-heading]"), "Pages: 0 of 10");
    assert_eq!(stage.actions(), ["back", "use-camera"]);
    assert_eq!(stage.primary().as_deref(), Some("use-camera"));
    assert_eq!(stage.act("use-camera").await, Event::CameraChosen);
}

#[wasm_bindgen_test]
async fn several_files_are_handed_over_with_their_names() {
    let stage = Stage::show(shown(&with_pages(&[]))).await;
    let input: HtmlInputElement = stage.get("[data-file-input]").unchecked_into();
    assert!(input.multiple() && input.accept().ends_with("application/pdf"));
    input.set_files(Some(&files("one.jpg,two.pdf")));
    input
        .dispatch_event(&web_sys::Event::new("change").unwrap())
        .unwrap();
    let named = |name: &str| ChosenFile {
        id: FileId(7),
        name: name.to_owned(),
    };
    assert_eq!(
        stage.events(),
        on_page(SupplementaryEvent::FilesChosen(vec![
            named("one.jpg"),
            named("two.pdf")
        ]))
    );
    let body = leptos::prelude::document().body().unwrap();
    assert!(drop_on(&body, "three.jpg,four.jpg"));
    paste_on(&body, "five.png");
    assert_eq!(
        stage.files(),
        ["one.jpg", "two.pdf", "three.jpg", "four.jpg", "five.png"]
    );
}

#[wasm_bindgen_test]
async fn where_only_the_camera_is_allowed_no_file_is_taken() {
    let facts = PagesScreen {
        can_upload: false,
        ..with_pages(&[])
    };
    let stage = Stage::show(shown(&facts)).await;
    assert!(stage.find("[data-file-input]").is_none());
    assert!(!stage.text("main").contains("PDF"));
    drop_on(&leptos::prelude::document().body().unwrap(), "one.jpg");
    assert_eq!(stage.files(), Vec::<String>::new());
}

#[wasm_bindgen_test]
async fn each_page_has_controls_that_name_it() {
    let stage = Stage::show(shown(&with_pages(&[4, 5]))).await;
    assert_eq!(stage.text("[data-pages-heading]"), "Pages: 2 of 10");
    assert_eq!(stage.count("[data-page]"), 2);
    let picture = stage.get("[data-page='2'] img");
    assert_eq!(
        picture.get_attribute("src").as_deref(),
        Some("blob:picture-5")
    );
    assert_eq!(
        picture.get_attribute("alt").as_deref(),
        Some("Picture of page 2")
    );
    for (action, name, event) in [
        ("turn", "Turn page 2", SupplementaryEvent::TurnPressed(1)),
        (
            "move-up",
            "Move page 2 up",
            SupplementaryEvent::MoveEarlierPressed(1),
        ),
        (
            "remove",
            "Remove page 2",
            SupplementaryEvent::RemovePressed(1),
        ),
    ] {
        let selector = control(2, action);
        assert_eq!(
            stage.get(&selector).get_attribute("aria-label").as_deref(),
            Some(name)
        );
        assert_eq!(stage.press(&selector).await, on_page(event));
    }
    assert_eq!(
        stage.press(&control(1, "move-down")).await,
        on_page(SupplementaryEvent::MoveLaterPressed(0))
    );
    assert_eq!(stage.primary().as_deref(), Some("continue"));
    assert_eq!(stage.act("continue").await, Event::ContinuePressed);
}

#[wasm_bindgen_test]
async fn the_first_page_can_not_move_up_nor_the_last_down() {
    let stage = Stage::show(shown(&with_pages(&[4, 5]))).await;
    for selector in [control(1, "move-up"), control(2, "move-down")] {
        let button = stage.get(&selector);
        assert_eq!(
            button.get_attribute("aria-disabled").as_deref(),
            Some("true")
        );
        assert_eq!(stage.press(&selector).await, []);
    }
    stage.change(shown(&with_pages(&[4, 5, 6]))).await;
    assert_eq!(
        stage.press(&control(2, "move-down")).await,
        on_page(SupplementaryEvent::MoveLaterPressed(1)),
        "it is not the last any more"
    );
}

#[wasm_bindgen_test]
async fn the_focus_stays_with_the_page_that_is_moved_or_turned() {
    let stage = Stage::show(shown(&with_pages(&[4, 5, 6]))).await;
    let turn = control(3, "turn");
    stage.get(&turn).focus().unwrap();
    stage.press(&turn).await;
    stage.change(shown(&with_pages(&[4, 5, 7]))).await;
    assert!(focused(&turn), "the new picture came into the same row");
    let picture = stage.get("[data-page='3'] img");
    assert_eq!(
        picture.get_attribute("src").as_deref(),
        Some("blob:picture-7")
    );
    stage.press(&control(3, "move-up")).await;
    stage.change(shown(&with_pages(&[4, 7, 5]))).await;
    assert!(focused(&control(2, "move-up")), "it moved along");
    stage.press(&control(2, "remove")).await;
    stage.change(shown(&with_pages(&[4, 5]))).await;
    assert!(focused("[data-pages-heading]"), "what was removed is gone");
}

#[wasm_bindgen_test]
async fn the_focus_stays_where_the_first_file_was_chosen() {
    let stage = Stage::show(shown(&with_pages(&[]))).await;
    let reading = PagesScreen {
        is_reading: true,
        ..with_pages(&[])
    };
    for (selector, emphasis) in [
        ("[data-file-input]", None),
        ("[data-action='use-camera']", Some(".vst-button--secondary")),
    ] {
        stage.change(shown(&with_pages(&[]))).await;
        stage.get(selector).focus().unwrap();
        stage.change(shown(&reading)).await;
        assert!(focused(selector), "while it is read: {selector}");
        assert!(focused("[aria-disabled='true']"), "{selector}");
        stage.change(shown(&with_pages(&[4]))).await;
        assert!(focused(selector), "after the first page: {selector}");
        assert!(!focused("[aria-disabled]"), "{selector}");
        assert!(emphasis.is_none_or(focused), "{selector}");
    }
}

#[wasm_bindgen_test]
async fn a_page_that_is_being_turned_or_was_not_good_enough_says_so() {
    let mut facts = with_pages(&[4, 5]);
    facts.pages[0].is_turning = true;
    facts.pages[1].is_marked = true;
    facts.can_continue = false;
    let stage = Stage::show(shown(&facts)).await;
    let row = |number: u32| stage.get(&format!("[data-page='{number}']"));
    assert_eq!(row(1).get_attribute("aria-busy").as_deref(), Some("true"));
    assert!(stage.text("[data-page='2']").contains("not good enough"));
    assert!(stage.find(&control(1, "retake")).is_none());
    assert_eq!(
        stage.press(&control(2, "retake")).await,
        on_page(SupplementaryEvent::RetakePressed(1))
    );
    assert!(
        stage
            .get("[data-action='continue']")
            .has_attribute("disabled")
    );
}

#[wasm_bindgen_test]
async fn each_problem_has_a_line_of_its_own() {
    let problem = |file: &str, text: Text| {
        Message::from(Text::PagesProblemFile)
            .with("file", Arg::Verbatim(file.to_owned()))
            .with_message("problem", text)
    };
    let facts = PagesScreen {
        problems: vec![
            problem("a.pdf", Text::PagesPdfEncrypted),
            problem("b.txt", Text::PagesNotAccepted),
        ],
        ..with_pages(&[])
    };
    let stage = Stage::show(shown(&facts)).await;
    assert_eq!(stage.count("[role='alert'] p"), 2);
    let first = stage.text("[role='alert'] p");
    assert!(first.starts_with("“a.pdf”: This PDF needs a password."));
    let second = stage.text("[role='alert'] p + p");
    assert!(second.contains("not a photo or a PDF"));
}

#[wasm_bindgen_test]
async fn a_full_list_and_a_pdf_take_nothing_more() {
    let facts = PagesScreen {
        has_room: false,
        ..with_pages(&[1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
    };
    let stage = Stage::show(shown(&facts)).await;
    assert!(stage.text("main").contains("no room for more pages"));
    assert!(stage.find("[data-file-input]").is_none());
    let facts = PagesScreen {
        has_room: false,
        can_continue: true,
        pdf: Some(PdfFact {
            name: "bill.pdf".to_owned(),
            size: Message::from(Text::PagesPdfSize).with_count(1235),
            is_refused: false,
        }),
        ..with_pages(&[])
    };
    stage.change(shown(&facts)).await;
    assert_eq!(stage.text("[data-pages-heading]"), "PDF file");
    assert!(stage.text("[data-pdf]").contains("bill.pdf"));
    assert!(stage.text("[data-pdf]").contains("1235 kB"));
    assert_eq!(stage.actions(), ["back", "remove-pdf", "continue"]);
    assert_eq!(
        stage.press("[data-action='remove-pdf']").await,
        on_page(SupplementaryEvent::RemovePdfPressed)
    );
    assert!(focused("[data-pages-heading]"));
}

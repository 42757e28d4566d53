//! The screens of a visit to a branch.

use leptos::prelude::document;
use vestibule::domain::flow::{
    BranchCard, BranchEvent, BranchPart, BranchScreen, Bring, ChooseDocumentScreen, Event,
    FindBranchScreen, FormEvent, FormScreen, LetterScreen, LetterState, LetterSummary,
    ProblemScreen, Screen,
};
use vestibule::domain::form::{Field, Form, TICKED, Typed};
use vestibule::domain::i18n::{Arg, Message, Text};
use vestibule::domain::redirect::ReturnUrl;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::HtmlInputElement;

use super::stage::{Stage, progress};

fn show(part: BranchPart) -> Screen {
    Screen::Branch(BranchScreen {
        progress: progress(),
        part,
    })
}

fn problem() -> ProblemScreen {
    ProblemScreen {
        title: Text::ProblemNetworkTitle.into(),
        body: Text::ProblemNetworkBody.into(),
    }
}

fn form(form: &Form) -> FormScreen {
    FormScreen {
        entries: form.entries().to_vec(),
        n_refusals: form.n_refusals(),
        is_sending: false,
        problem: None,
    }
}

fn contact(values: [&str; 5]) -> Form {
    let fields = [
        Field::FirstName,
        Field::LastName,
        Field::Email,
        Field::EmailAgain,
        Field::Agreement,
    ];
    let mut form = Form::new(&fields);
    for (field, value) in fields.into_iter().zip(values) {
        form.put(field, &Typed::new(value.to_owned()));
    }
    form
}

#[wasm_bindgen_test]
async fn the_introduction_says_what_happens_and_what_it_costs() {
    let price = Arg::Price {
        amount: "10.50".to_owned(),
        currency: "GBP".to_owned(),
    };
    let stage = Stage::show(show(BranchPart::Intro {
        price: Some(Message::from(Text::BranchPrice).with("price", price)),
        guidance: ReturnUrl::parse("https://shop.example/visit").ok(),
    }))
    .await;
    assert_eq!(stage.heading(), "Prepare your visit to a branch");
    assert_eq!(
        stage.text("[data-price]"),
        "You pay 10.50 GBP in the branch."
    );
    let link = stage.get("[data-action='guidance']");
    assert_eq!(
        link.get_attribute("href").as_deref(),
        Some("https://shop.example/visit")
    );
    assert_eq!(
        link.get_attribute("rel").as_deref(),
        Some("noopener noreferrer")
    );
    assert_eq!(stage.act("continue").await, Event::ContinuePressed);

    stage
        .change(show(BranchPart::Intro {
            price: None,
            guidance: None,
        }))
        .await;
    assert!(stage.find("[data-price]").is_none());
    assert!(stage.find("[data-action='guidance']").is_none());
}

#[wasm_bindgen_test]
async fn the_document_to_bring_is_chosen_as_any_other() {
    let stage = Stage::show(Screen::ChooseDocument(ChooseDocumentScreen {
        objective: None,
        progress: progress(),
        countries: vec!["GBR".to_owned()],
        country: Some("GBR".to_owned()),
        types: Vec::new(),
        document_type: None,
        can_continue: false,
        bring: Some(Bring {
            number: 1,
            title: Text::BranchBring.into(),
        }),
    }))
    .await;
    assert_eq!(stage.heading(), "Which document will you bring?");
    assert_eq!(stage.act("no-document").await, Event::NoDocumentPressed);
}

fn card(code: &str) -> BranchCard {
    BranchCard {
        code: code.to_owned(),
        name: "Lantern Row".to_owned(),
        address: "12 Lantern Row, London".to_owned(),
    }
}

#[wasm_bindgen_test]
async fn branches_are_found_and_chosen() {
    let mut search = Form::new(&[Field::PostCode]);
    let empty = FindBranchScreen {
        form: form(&search),
        ..FindBranchScreen::default()
    };
    let stage = Stage::show(show(BranchPart::Find(empty.clone()))).await;
    assert_eq!(stage.heading(), "Find a branch");
    stage
        .type_into("[data-field='search-post-code']", "EC3A 4AF")
        .await;
    let typed = Typed::new("EC3A 4AF".to_owned());
    let told = Event::Form(FormEvent::Typed(Field::PostCode, typed));
    assert_eq!(stage.events(), [told]);
    assert_eq!(stage.act("submit").await, Event::Form(FormEvent::Submitted));

    let found = FindBranchScreen {
        found: Some(vec![card("V000137"), card("V000274")]),
        ..empty.clone()
    };
    stage.change(show(BranchPart::Find(found.clone()))).await;
    assert!(stage.text("main").contains("2 branches found"));
    let events = stage.press("[data-branch='V000274']").await;
    let chosen = BranchEvent::BranchChosen("V000274".to_owned());
    assert_eq!(events, [Event::Branch(chosen)]);
    let go = stage.get("[data-action='continue']");
    assert!(go.has_attribute("disabled"));
    stage
        .change(show(BranchPart::Find(FindBranchScreen {
            chosen: Some("V000274".to_owned()),
            ..found
        })))
        .await;
    let radio: HtmlInputElement = stage.get("[data-branch='V000274'] input").unchecked_into();
    assert!(radio.checked() && !go.has_attribute("disabled"));
    assert_eq!(stage.primary().as_deref(), Some("continue"));
    assert_eq!(
        stage
            .get("[data-field='search-post-code']")
            .unchecked_into::<HtmlInputElement>()
            .value(),
        "EC3A 4AF",
        "what was typed stays"
    );

    stage
        .change(show(BranchPart::Find(FindBranchScreen {
            found: Some(Vec::new()),
            ..empty.clone()
        })))
        .await;
    assert!(
        stage
            .text("main")
            .contains("There is no branch near this postcode.")
    );
    search.check();
    stage
        .change(show(BranchPart::Find(FindBranchScreen {
            form: form(&search),
            ..empty
        })))
        .await;
    assert_eq!(
        stage.text("#vst-error-search-post-code"),
        "Enter a postcode."
    );
}

#[wasm_bindgen_test]
async fn a_form_is_filled_with_what_was_typed_before() {
    let typed = contact(["Ada", "Lovelace", "a@b.co", "", TICKED]);
    let stage = Stage::show(show(BranchPart::Contact(form(&typed)))).await;
    let value = |field: &str| {
        let input = stage.get(&format!("[data-field='{field}']"));
        input.unchecked_into::<HtmlInputElement>().value()
    };
    assert_eq!(value("first-name"), "Ada");
    assert_eq!(value("email"), "a@b.co");
    let tick: HtmlInputElement = stage.get("[data-field='agreement']").unchecked_into();
    assert!(tick.checked());
    let events = stage.press("[data-field='agreement']").await;
    let unticked = FormEvent::Typed(Field::Agreement, Typed::default());
    assert_eq!(events, [Event::Form(unticked)]);
    for (field, token) in [
        ("first-name", "given-name"),
        ("last-name", "family-name"),
        ("email", "email"),
    ] {
        let input = stage.get(&format!("[data-field='{field}']"));
        assert_eq!(
            input.get_attribute("autocomplete").as_deref(),
            Some(token),
            "{field}"
        );
        let label = stage.get(&format!("label[for='{}']", input.id()));
        assert!(!label.text_content().unwrap().is_empty(), "{field}");
    }
}

#[wasm_bindgen_test]
async fn the_focus_goes_to_the_first_wrong_field() {
    let mut typed = contact(["Ada", "", "a@b", "", ""]);
    let stage = Stage::show(show(BranchPart::Contact(form(&typed)))).await;
    typed.check();
    stage.change(show(BranchPart::Contact(form(&typed)))).await;
    stage.settle().await;
    let focused = document().active_element().unwrap();
    assert_eq!(
        focused.get_attribute("data-field").as_deref(),
        Some("last-name")
    );
    let first = stage.get("[data-field='first-name']");
    assert_eq!(first.get_attribute("aria-invalid"), None);
    assert_eq!(
        first.get_attribute("aria-describedby").as_deref(),
        Some("vst-hint-first-name")
    );
    assert_eq!(
        focused.get_attribute("aria-describedby").as_deref(),
        Some("vst-error-last-name")
    );
    assert_eq!(stage.text("#vst-error-last-name"), "Please fill this in.");

    // Typing elsewhere does not move it again.
    let email = stage.get("[data-field='email']");
    email.focus().unwrap();
    typed.put(Field::Email, &Typed::new("a@b.co".to_owned()));
    stage.change(show(BranchPart::Contact(form(&typed)))).await;
    stage.settle().await;
    let focused = document().active_element().unwrap();
    assert_eq!(
        focused.get_attribute("data-field").as_deref(),
        Some("email")
    );
}

#[wasm_bindgen_test]
async fn a_form_on_its_way_can_not_be_sent_twice() {
    let typed = contact(["Ada", "Lovelace", "a@b.co", "a@b.co", TICKED]);
    let sending = FormScreen {
        is_sending: true,
        ..form(&typed)
    };
    let stage = Stage::show(show(BranchPart::Contact(sending))).await;
    assert_eq!(stage.press("[data-action='submit']").await, []);
    let tick: HtmlInputElement = stage.get("[data-field='agreement']").unchecked_into();
    assert_eq!(stage.press("[data-field='agreement']").await, []);
    assert!(tick.checked(), "it shows what is being sent");
    let stopped = FormScreen {
        problem: Some(problem()),
        ..form(&typed)
    };
    stage.change(show(BranchPart::Contact(stopped))).await;
    assert!(stage.text("[role='alert']").contains("no connection"));
    assert_eq!(stage.act("submit").await, Event::Form(FormEvent::Submitted));
}

fn letter() -> LetterScreen {
    LetterScreen {
        summary: Some(LetterSummary {
            documents: vec![
                Message::from(Text::BranchBrought)
                    .with_message("document", Text::DocumentPassport)
                    .with("country", Arg::Country("GBR".to_owned())),
            ],
            branch: card("V000137"),
            until: Message::from(Text::BranchDays).with_count(7),
            email: Some(Typed::new("ada@example.com".to_owned())),
        }),
        problem: None,
        saving: LetterState::NotYet,
        emailing: LetterState::NotYet,
    }
}

#[wasm_bindgen_test]
async fn the_letter_is_saved_and_sent() {
    let stage = Stage::show(show(BranchPart::Letter(letter()))).await;
    assert_eq!(stage.heading(), "Your letter for the branch");
    for words in ["passport (United Kingdom)", "Lantern Row", "Within 7 days"] {
        assert!(stage.text("dl").contains(words), "{words}");
    }
    let asked = |event: BranchEvent| Event::Branch(event);
    assert_eq!(
        stage.act("save-letter").await,
        asked(BranchEvent::SaveLetterPressed)
    );
    assert_eq!(
        stage.act("email-letter").await,
        asked(BranchEvent::EmailLetterPressed)
    );
    assert_eq!(stage.act("continue").await, Event::ContinuePressed);
    stage
        .change(show(BranchPart::Letter(LetterScreen {
            saving: LetterState::Failed(problem()),
            emailing: LetterState::Done,
            ..letter()
        })))
        .await;
    assert!(stage.text("main").contains("There is no connection"));
    assert_eq!(
        stage.text("[data-status='email']"),
        "The letter is on its way to ada@example.com."
    );
}

#[wasm_bindgen_test]
async fn a_letter_that_could_not_be_read_is_read_again() {
    let reading = LetterScreen {
        summary: None,
        ..letter()
    };
    let stage = Stage::show(show(BranchPart::Letter(reading.clone()))).await;
    assert!(stage.text("main").contains("Opening your letter"));
    stage
        .change(show(BranchPart::Letter(LetterScreen {
            problem: Some(problem()),
            ..reading
        })))
        .await;
    assert_eq!(stage.act("retry").await, Event::RetryPressed);
}

//! Country and document type.

use vestibule::domain::flow::{ChooseDocumentScreen, DocumentOption, Event, Screen};
use vestibule::domain::i18n::Text;
use vestibule::domain::session::config::DocumentType;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::HtmlInputElement;

use super::stage::{Stage, progress};

fn nothing_chosen() -> ChooseDocumentScreen {
    let countries = ["ZMB", "GBR", "CIV", "FRA", "ALA", "BIH", "ARE", "EGY"];
    ChooseDocumentScreen {
        progress: progress(),
        objective: None,
        countries: countries.map(str::to_owned).to_vec(),
        country: None,
        types: Vec::new(),
        document_type: None,
        can_continue: false,
        bring: None,
    }
}

fn country_chosen() -> ChooseDocumentScreen {
    let option = |document_type, name: Text, issued_from: Option<&str>| DocumentOption {
        document_type,
        name: name.into(),
        issued_from: issued_from.map(str::to_owned),
    };
    ChooseDocumentScreen {
        country: Some("GBR".to_owned()),
        types: vec![
            option(DocumentType::Passport, Text::DocumentPassport, None),
            option(
                DocumentType::DrivingLicence,
                Text::DocumentDrivingLicence,
                Some("2015-06-08"),
            ),
        ],
        ..nothing_chosen()
    }
}

fn names(stage: &Stage) -> Vec<String> {
    (1..=stage.count("[data-country]"))
        .map(|n| stage.text(&format!("li:nth-child({n}) > [data-country]")))
        .collect()
}

fn is_disabled(stage: &Stage, action: &str) -> bool {
    stage
        .get(&format!("[data-action='{action}']"))
        .has_attribute("disabled")
}

#[wasm_bindgen_test]
async fn countries_are_sorted_by_their_names_without_accents() {
    let stage = Stage::show(Screen::ChooseDocument(nothing_chosen())).await;
    assert_eq!(stage.heading(), "Which document do you have?");
    assert_eq!(
        names(&stage),
        [
            "Åland Islands",
            "Bosnia & Herzegovina",
            "Côte d’Ivoire",
            "France",
            "United Arab Emirates",
            "United Kingdom",
            "Zambia",
            "مِصر"
        ]
    );
    assert!(stage.get("fieldset").hidden(), "no types before a country");
    assert!(is_disabled(&stage, "continue"));
}

#[wasm_bindgen_test]
async fn a_country_is_found_by_name_word_code_or_initials() {
    let stage = Stage::show(Screen::ChooseDocument(nothing_chosen())).await;
    for (typed, found) in [
        ("cote", vec!["Côte d’Ivoire"]),
        ("COTE DIV", vec!["Côte d’Ivoire"]),
        ("ål", vec!["Åland Islands"]),
        ("herz", vec!["Bosnia & Herzegovina"]),
        ("gbr", vec!["United Kingdom"]),
        ("uk", vec!["United Kingdom"]),
        ("uae", vec!["United Arab Emirates"]),
        ("united", vec!["United Arab Emirates", "United Kingdom"]),
        ("مصر", vec!["مِصر"]),
        ("  ", names_of_all()),
        ("atlantis", vec![]),
    ] {
        stage.type_into("[data-country-search]", typed).await;
        assert_eq!(names(&stage), found, "{typed}");
    }
    assert!(stage.text("main").contains("No country with this name"));
}

fn names_of_all() -> Vec<&'static str> {
    vec![
        "Åland Islands",
        "Bosnia & Herzegovina",
        "Côte d’Ivoire",
        "France",
        "United Arab Emirates",
        "United Kingdom",
        "Zambia",
        "مِصر",
    ]
}

#[wasm_bindgen_test]
async fn choosing_a_country_closes_the_list_and_keeps_the_focus_near() {
    let stage = Stage::show(Screen::ChooseDocument(nothing_chosen())).await;
    let events = stage.press("[data-country='GBR']").await;
    assert_eq!(events, [Event::CountryChosen("GBR".to_owned())]);
    stage.change(Screen::ChooseDocument(country_chosen())).await;
    assert_eq!(stage.count("[data-country]"), 0);
    assert_eq!(stage.text("#vst-country-name"), "United Kingdom");
    let focused = leptos::prelude::document().active_element().unwrap();
    assert_eq!(
        focused.get_attribute("data-action").as_deref(),
        Some("change-country")
    );
    stage.press("[data-action='change-country']").await;
    assert_eq!(stage.count("[data-country]"), 8);
    assert_eq!(stage.text("[aria-current]"), "United Kingdom");
    let focused = leptos::prelude::document().active_element().unwrap();
    assert!(focused.has_attribute("data-country-search"));
}

#[wasm_bindgen_test]
async fn a_preset_country_is_one_line_and_takes_no_focus() {
    let stage = Stage::show(Screen::ChooseDocument(country_chosen())).await;
    assert_eq!(stage.text("#vst-country-name"), "United Kingdom");
    assert_eq!(stage.count("[data-country]"), 0);
    let focused = leptos::prelude::document().active_element();
    assert!(focused.is_none_or(|element| !element.has_attribute("data-action")));
}

#[wasm_bindgen_test]
async fn an_only_country_can_not_be_changed() {
    let facts = ChooseDocumentScreen {
        countries: vec!["GBR".to_owned()],
        ..country_chosen()
    };
    let stage = Stage::show(Screen::ChooseDocument(facts)).await;
    assert!(stage.find("[data-action='change-country']").is_none());
}

#[wasm_bindgen_test]
async fn few_countries_need_no_search() {
    let facts = ChooseDocumentScreen {
        countries: vec!["GBR".to_owned(), "FRA".to_owned()],
        ..nothing_chosen()
    };
    let stage = Stage::show(Screen::ChooseDocument(facts)).await;
    assert!(stage.find("[data-country-search]").is_none());
    assert_eq!(stage.count("[data-country]"), 2);
}

#[wasm_bindgen_test]
async fn a_type_is_chosen_and_then_the_way_is_free() {
    let stage = Stage::show(Screen::ChooseDocument(country_chosen())).await;
    assert_eq!(stage.text("[data-document-type='PASSPORT']"), "passport");
    assert_eq!(
        stage.text("[data-document-type='DRIVING_LICENCE']"),
        "driving licence, issued on or after 2015-06-08"
    );
    assert!(is_disabled(&stage, "continue"));
    let events = stage.press("[data-document-type='PASSPORT']").await;
    assert_eq!(events, [Event::DocumentTypeChosen(DocumentType::Passport)]);
    let facts = ChooseDocumentScreen {
        document_type: Some(DocumentType::Passport),
        can_continue: true,
        ..country_chosen()
    };
    stage.change(Screen::ChooseDocument(facts)).await;
    let radio: HtmlInputElement = stage
        .get("[data-document-type='PASSPORT'] input")
        .unchecked_into();
    assert!(radio.checked());
    assert_eq!(stage.primary().as_deref(), Some("continue"));
    assert_eq!(stage.act("continue").await, Event::ContinuePressed);
}

#[wasm_bindgen_test]
async fn having_none_of_them_is_a_real_choice() {
    let stage = Stage::show(Screen::ChooseDocument(nothing_chosen())).await;
    assert!(!is_disabled(&stage, "no-document"));
    assert_eq!(stage.act("no-document").await, Event::NoDocumentPressed);
    assert_eq!(stage.act("back").await, Event::BackPressed);
}

//! Looking through the applicant's profile.

use vestibule::domain::flow::{Event, FormEvent, FormScreen, ProblemScreen, ProfileScreen, Screen};
use vestibule::domain::form::{Field, Form, Typed};
use vestibule::domain::i18n::Text;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{HtmlInputElement, HtmlSelectElement};

use super::stage::{Stage, progress};

fn show(form: FormScreen) -> Screen {
    Screen::Profile(ProfileScreen {
        progress: progress(),
        form,
    })
}

fn known() -> FormScreen {
    let values = [
        (Field::FullName, "Ada Lovelace"),
        (Field::DateOfBirth, "1990-12-10"),
        (Field::BuildingNumber, "12"),
        (Field::AddressLine, "St James’s Square"),
        (Field::Town, "London"),
        (Field::PostalCode, "SW1Y 4JH"),
        (Field::Country, "GBR"),
    ];
    let mut form = Form::new(&values.map(|(field, _)| field));
    for (field, words) in values {
        form.put(field, &Typed::new(words.to_owned()));
    }
    FormScreen {
        entries: form.entries().to_vec(),
        ..FormScreen::default()
    }
}

#[wasm_bindgen_test]
async fn what_is_known_stands_in_the_fields_and_can_be_corrected() {
    let stage = Stage::show(show(known())).await;
    assert_eq!(stage.heading(), "Are your details right?");
    let value = |field: &str| {
        let input = stage.get(&format!("[data-field='{field}']"));
        input.unchecked_into::<HtmlInputElement>().value()
    };
    assert_eq!(value("full-name"), "Ada Lovelace");
    assert_eq!(value("date-of-birth"), "1990-12-10");
    let country: HtmlSelectElement = stage.get("[data-field='country']").unchecked_into();
    assert_eq!(country.value(), "GBR");
    country.set_value("FRA");
    let event = web_sys::Event::new("change").unwrap();
    country.dispatch_event(&event).unwrap();
    let typed = FormEvent::Typed(Field::Country, Typed::new("FRA".to_owned()));
    assert_eq!(stage.events(), [Event::Form(typed)]);
    assert_eq!(stage.act("submit").await, Event::Form(FormEvent::Submitted));
}

#[wasm_bindgen_test]
async fn the_country_that_is_being_sent_stays_on_the_screen() {
    let stage = Stage::show(show(FormScreen {
        is_sending: true,
        ..known()
    }))
    .await;
    let country: HtmlSelectElement = stage.get("[data-field='country']").unchecked_into();
    country.set_value("FRA");
    let event = web_sys::Event::new("change").unwrap();
    country.dispatch_event(&event).unwrap();
    assert_eq!(country.value(), "GBR");
    assert_eq!(stage.events(), []);
    assert!(!country.has_attribute("disabled"), "it keeps the focus");
}

#[wasm_bindgen_test]
async fn a_profile_that_could_not_be_read_is_read_again() {
    let stage = Stage::show(show(FormScreen::default())).await;
    assert!(stage.text("main").contains("Reading your details"));
    let stopped = FormScreen {
        problem: Some(ProblemScreen {
            title: Text::ProblemNetworkTitle.into(),
            body: Text::ProblemNetworkBody.into(),
        }),
        ..FormScreen::default()
    };
    stage.change(show(stopped)).await;
    assert!(stage.text("[role='alert']").contains("no connection"));
    assert_eq!(stage.act("retry").await, Event::RetryPressed);
}

//! What the browser knows about languages.

use vestibule::domain::i18n::{Catalogue, Text, embedded};
use vestibule::domain::i18n::{Formatter, Locale};
use vestibule::web::catalogue::{self, LoadError};
use vestibule::web::intl::IntlFormatter;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::{Stub, js};

#[wasm_bindgen_test]
fn english_counts_names_and_dates() {
    let english = IntlFormatter::new(Locale::EnGb);
    assert_eq!(english.plural_category(1), "one");
    assert_eq!(english.plural_category(2), "other");
    assert_eq!(english.number(1234), "1,234");
    assert_eq!(english.country("GBR"), "United Kingdom");
    assert_eq!(english.country("RKS"), "Kosovo");
    assert_eq!(english.country("EUE"), "European Union");
    assert_eq!(english.day("2019-03-01"), "1\u{a0}March\u{a0}2019");
}

#[wasm_bindgen_test]
fn arabic_has_six_plurals_and_its_own_names() {
    let arabic = IntlFormatter::new(Locale::Ar);
    let categories = [0, 1, 2, 3, 11, 100].map(|count| arabic.plural_category(count));
    assert_eq!(categories, ["zero", "one", "two", "few", "many", "other"]);
    // Which digits Arabic is written with is the browser's (CLDR's) choice.
    let own = js("new Intl.NumberFormat('ar').format(1234)")
        .as_string()
        .unwrap();
    assert_eq!(arabic.number(1234), own);
    assert!(own.chars().any(|c| !c.is_numeric()), "grouped: {own}");
    assert_eq!(arabic.country("EGY"), "مصر");
    assert!(
        arabic.day("2019-03-01").contains("مارس"),
        "{}",
        arabic.day("2019-03-01")
    );
}

#[wasm_bindgen_test]
fn what_has_no_name_is_shown_as_it_is() {
    let english = IntlFormatter::new(Locale::EnGb);
    for code in ["UTO", "GBD", "", "xyz"] {
        assert_eq!(english.country(code), code);
    }
    for day in [
        "",
        "soon",
        "2019-13-01",
        "2019-03-01T10:00:00",
        "01/03/2019",
    ] {
        assert_eq!(english.day(day), day);
    }
}

#[wasm_bindgen_test]
fn a_browser_without_intl_still_shows_text() {
    let _old = Stub::new("Intl", "{}");
    let formatter = IntlFormatter::new(Locale::EnGb);
    assert_eq!(formatter.plural_category(1), "one");
    assert_eq!(formatter.plural_category(5), "other");
    assert_eq!(formatter.number(12), "12");
    assert_eq!(formatter.country("GBR"), "GBR");
    assert_eq!(formatter.day("2019-03-01"), "2019-03-01");
}

/// A `fetch` that notes what was asked and answers the same to everything.
fn answering(status: u16, body: &str) -> Stub {
    js("globalThis.__asked = []");
    Stub::new(
        "fetch",
        &format!(
            "(address) => {{ __asked.push(address); return Promise.resolve(new Response('{body}', {{ status: {status} }})) }}"
        ),
    )
}

#[wasm_bindgen_test]
async fn another_language_is_fetched() {
    let _fetch = answering(200, r#"{"start.title": "مرحبا"}"#);
    let file = catalogue::load(Locale::Ar).await.unwrap();
    let arabic = Catalogue::parse(&file, embedded::ALL).unwrap();
    let formatter = IntlFormatter::new(Locale::Ar);
    assert_eq!(arabic.format(&Text::StartTitle.into(), &formatter), "مرحبا");
    assert_eq!(
        js("__asked.join()").as_string().as_deref(),
        Some("locales/ar.json")
    );
}

#[wasm_bindgen_test]
async fn a_language_that_can_not_be_had_is_told_apart() {
    let cases = [
        (404, "not found", LoadError::Unusable),
        (200, "<!doctype html>", LoadError::Unusable),
        (503, "", LoadError::Unreachable),
    ];
    for (status, body, error) in cases {
        let _fetch = answering(status, body);
        assert_eq!(
            catalogue::load(Locale::Ar).await.unwrap_err(),
            error,
            "{status} {body}"
        );
    }
    let _offline = Stub::new("fetch", "() => Promise.reject(new TypeError('offline'))");
    assert_eq!(
        catalogue::load(Locale::Ar).await.unwrap_err(),
        LoadError::Unreachable
    );
}

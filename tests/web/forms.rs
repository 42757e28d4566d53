//! The calls of a visit to a branch and of a profile, with `fetch` replaced by
//! one that takes notes; and saving a file.

use vestibule::domain::form::SubmitError;
use vestibule::domain::i18n::{Formatter, Locale};
use vestibule::domain::service::ServiceError;
use vestibule::domain::session::branch::{Branch, ContactProfile, Instructions};
use vestibule::domain::session::profile::ApplicantProfile;
use vestibule::domain::session::resource::ApiErrorCode;
use vestibule::web::download;
use vestibule::web::intl::IntlFormatter;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::Blob;

use crate::service::{BASE, answering, asked, assert_token_is_only_in_its_header, service};
use crate::support::{Stub, bytes, js};

fn instructions() -> Instructions {
    Instructions {
        contact_profile: ContactProfile {
            first_name: "Ada".to_owned(),
            last_name: "Lovelace".to_owned(),
            email: "ada@example.com".to_owned(),
        },
        documents: Vec::new(),
        branch: Branch {
            kind: "UK_POST_OFFICE".to_owned(),
            fad_code: "V000137".to_owned(),
            name: None,
            address: None,
            post_code: None,
            location: None,
        },
    }
}

#[wasm_bindgen_test]
async fn branches_are_looked_for_outside_the_session() {
    let _fetch = answering(
        200,
        r#"{"branches":[{"type":"UK_POST_OFFICE","fad_code":"V000137","name":"Lantern Row"}]}"#,
    );
    let found = service().find_branches("EC3A 4AF").await.unwrap();
    assert_eq!(found[0].name.as_deref(), Some("Lantern Row"));
    assert_eq!(
        asked(),
        format!("POST {BASE}/lookup/uk-post-office {{\"search_string\":\"EC3A 4AF\"}}")
    );
    assert_token_is_only_in_its_header();
}

#[wasm_bindgen_test]
async fn instructions_are_supplied_and_read() {
    let _fetch = answering(
        200,
        r#"{"contact_profile_exists":true,"documents":[],"branch":{"type":"UK_POST_OFFICE","fad_code":"V000137"}}"#,
    );
    service().send_instructions(&instructions()).await.unwrap();
    let supplied = service().instructions().await.unwrap();
    assert_eq!(supplied.branch.fad_code, "V000137");
    assert_eq!(
        asked(),
        format!(
            "PUT {BASE}/sessions/s%2F1/instructions {{\"contact_profile\":{{\"first_name\":\"Ada\",\
             \"last_name\":\"Lovelace\",\"email\":\"ada@example.com\"}},\"documents\":[],\
             \"branch\":{{\"type\":\"UK_POST_OFFICE\",\"fad_code\":\"V000137\"}}}}\n\
             GET {BASE}/sessions/s%2F1/instructions"
        )
    );
    assert_token_is_only_in_its_header();
}

#[wasm_bindgen_test]
async fn refused_fields_are_named_and_other_refusals_are_not() {
    let refused = r#"{"code":"PAYLOAD_VALIDATION","errors":[{"property":"full_name","message":"must not be empty"}]}"#;
    let cases = [
        (
            400,
            refused,
            SubmitError::Fields(vec!["full_name".to_owned()]),
        ),
        (
            409,
            r#"{"code":"PROFILE_UPDATES_EXHAUSTED"}"#,
            SubmitError::Service(ServiceError::Refused(ApiErrorCode::ProfileUpdatesExhausted)),
        ),
        (
            503,
            "<h1>Bad gateway</h1>",
            SubmitError::Service(ServiceError::Unavailable),
        ),
    ];
    for (status, body, error) in cases {
        let _fetch = answering(status, body);
        let result = service().send_profile(&ApplicantProfile::default()).await;
        assert_eq!(result, Err(error), "{status}");
    }
}

#[wasm_bindgen_test]
async fn a_profile_is_read_and_confirmed() {
    let _fetch = answering(200, r#"{"full_name":"Ada Lovelace"}"#);
    let profile = service().profile().await.unwrap();
    assert_eq!(profile.full_name, "Ada Lovelace");
    service().send_profile(&profile).await.unwrap();
    let address = format!("{BASE}/sessions/s%2F1/resources/applicant-profile");
    assert!(asked().starts_with(&format!(
        "GET {address}\nPUT {address} {{\"full_name\":\"Ada Lovelace\""
    )));
    assert_token_is_only_in_its_header();
}

#[wasm_bindgen_test]
async fn the_letter_is_bytes_once_it_is_there() {
    let _fetch = answering(200, "%PDF-1.7");
    let letter = service().letter().await.unwrap().unwrap();
    assert_eq!(bytes(&letter).await, b"%PDF-1.7");
    assert_eq!(
        asked(),
        format!("GET {BASE}/sessions/s%2F1/instructions/pdf")
    );
    assert_token_is_only_in_its_header();
    let _fetch = answering(204, "");
    assert!(service().letter().await.unwrap().is_none());
    let _fetch = answering(401, r#"{"code":"BAD_TOKEN"}"#);
    let refused = service().letter().await.unwrap_err();
    assert_eq!(refused, ServiceError::Unauthorised);
}

#[wasm_bindgen_test]
async fn the_letter_is_sent_by_e_mail() {
    let _fetch = answering(204, "");
    service().email_letter().await.unwrap();
    assert_eq!(
        asked(),
        format!("POST {BASE}/sessions/s%2F1/instructions/email")
    );
    assert_token_is_only_in_its_header();
}

#[wasm_bindgen_test]
fn a_file_is_saved_under_its_name() {
    js("globalThis.__saved = []");
    let _click = Stub::new(
        "HTMLAnchorElement.prototype.click",
        "function () { __saved.push(this.download, this.href.startsWith('blob:')) }",
    );
    let address = download::save(&Blob::new().unwrap(), "branch-letter.pdf").unwrap();
    assert!(address.as_str().starts_with("blob:"));
    assert_eq!(
        js("__saved.join()").as_string().as_deref(),
        Some("branch-letter.pdf,true")
    );
    assert_eq!(js("document.querySelectorAll('a[download]').length"), 0);
}

#[wasm_bindgen_test]
fn prices_are_written_as_the_language_writes_them() {
    let english = IntlFormatter::new(Locale::EnGb);
    assert_eq!(english.price("10.50", "GBP"), "£10.50");
    let own =
        js("new Intl.NumberFormat('ar', { style: 'currency', currency: 'GBP' }).format(10.5)")
            .as_string()
            .unwrap();
    // Kept together in what is written from right to left.
    assert_eq!(
        IntlFormatter::new(Locale::Ar).price("10.50", "GBP"),
        format!("\u{2066}{own}\u{2069}")
    );
    for (amount, currency) in [
        ("", "GBP"),
        ("ten", "GBP"),
        ("1.2.3", "GBP"),
        ("10", "pounds"),
        ("10", "G\"P"),
    ] {
        assert_eq!(
            english.price(amount, currency),
            format!("{amount} {currency}")
        );
    }
}

//! Continuing on another device: the link, what is kept, and the wire.

use vestibule::domain::flow::{FreshLink, Offered};
use vestibule::domain::launch::{ClientToken, Credentials, Handed, OneTime};
use vestibule::domain::service::ServiceError;
use vestibule::domain::session::handoff::{HandoffOutcome, HandoffState};
use vestibule::domain::session::resource::ApiErrorCode;
use vestibule::web::service::{Service, redeem_handoff};
use vestibule::web::storage::SessionStore;
use vestibule::web::{clipboard, navigation};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::address::{Address, href};
use crate::service::{answering, asked, assert_token_is_only_in_its_header};
use crate::support::{Stub, js};

const BASE: &str = "http://127.0.0.1:8700/idverify/v1";

fn credentials(session_id: &str, handoff_id: Option<&str>) -> Credentials {
    Credentials {
        session_id: session_id.to_owned(),
        token: ClientToken::new("secret".to_owned()),
        handoff_id: handoff_id.map(str::to_owned),
    }
}

fn service() -> Service {
    Service::new(BASE.to_owned(), credentials("s", None))
}

#[wasm_bindgen_test]
fn the_code_of_the_link_is_read_and_leaves_the_address() {
    let _address = Address::with("?handoff=a-b_c&locale=ar");
    let launch = navigation::read_launch(&SessionStore::in_memory());
    assert_eq!(
        launch.handed,
        Some(Handed::Over(OneTime::new("a-b_c".to_owned())))
    );
    assert_eq!(launch.session_token, None);
    navigation::hide_token();
    assert!(href().ends_with("?locale=ar"), "{}", href());
    navigation::name_session("s 9");
    assert!(href().ends_with("?locale=ar&sessionID=s+9"), "{}", href());
    let launch = navigation::read_launch(&SessionStore::in_memory());
    assert_eq!(launch.session_id.as_deref(), Some("s 9"));
    assert_eq!(launch.handed, None);
}

#[wasm_bindgen_test]
fn a_reload_of_the_other_device_knows_its_handoff() {
    let _address = Address::with("?sessionID=h1");
    let store = SessionStore::open();
    store.keep_token(&credentials("h1", Some("handoff")));
    let launch = navigation::read_launch(&SessionStore::open());
    assert_eq!(launch.handed, Some(Handed::Earlier("handoff".to_owned())));
    assert!(launch.session_token.is_some());
    store.forget("h1");
    assert_eq!(store.handoff("h1"), None);
}

#[wasm_bindgen_test]
fn a_link_with_a_token_begins_anew_whatever_was_here() {
    let _address = Address::with("?sessionID=h2&sessionToken=own");
    let store = SessionStore::in_memory();
    store.keep_token(&credentials("h2", Some("handoff")));
    assert_eq!(navigation::read_launch(&store).handed, None);
    store.keep_token(&credentials("h2", None));
    assert_eq!(store.handoff("h2"), None, "the first device keeps none");
}

#[wasm_bindgen_test]
fn a_phone_is_told_by_finger_and_screen() {
    for (matches, is_handheld) in [("true", true), ("false", false)] {
        let _media = Stub::new(
            "matchMedia",
            &format!(
                "(query) => ({{ matches: {matches} && query.includes('(pointer: coarse)') }})"
            ),
        );
        let launch = navigation::read_launch(&SessionStore::in_memory());
        assert_eq!(launch.is_handheld, is_handheld);
    }
}

#[wasm_bindgen_test]
async fn an_offer_makes_a_link_without_a_token() {
    let _fetch = answering(201, r#"{"id":"h","code":"a+b","code_expires_in_s":60}"#);
    let offered = service().offer_handoff().await.unwrap();
    let link = FreshLink {
        link: OneTime::new(format!("{BASE}/web/index.html?handoff=a%2Bb")),
        expires_in_s: 60,
    };
    let expected = Offered {
        id: "h".to_owned(),
        link: link.clone(),
    };
    assert_eq!(offered, expected);
    assert_eq!(asked(), format!("POST {BASE}/sessions/s/handoffs"));
    assert_token_is_only_in_its_header();

    let _fetch = answering(200, r#"{"code":"a+b","code_expires_in_s":60}"#);
    assert_eq!(service().rotate_handoff_code("h/1").await, Ok(link));
    assert_eq!(
        asked(),
        format!("POST {BASE}/sessions/s/handoffs/h%2F1/code")
    );
}

#[wasm_bindgen_test]
async fn a_code_is_redeemed_without_a_token() {
    let _fetch = answering(
        200,
        r#"{"session_id":"s","handoff_id":"h","client_session_token":"t","number":"07"}"#,
    );
    let code = OneTime::new("code".to_owned());
    let redeemed = redeem_handoff(BASE, &code).await.unwrap();
    assert_eq!(redeemed.number, "07");
    assert_eq!(
        asked(),
        format!(r#"POST {BASE}/handoffs/redeem {{"code":"code"}}"#)
    );
    assert_eq!(js("'x-yoti-auth-token' in __asked[0].headers"), false);

    let _fetch = answering(410, r#"{"code":"HANDOFF_CODE_SPENT","message":"m"}"#);
    assert_eq!(
        redeem_handoff(BASE, &code).await,
        Err(ServiceError::Refused(ApiErrorCode::HandoffCodeSpent))
    );
}

#[wasm_bindgen_test]
async fn both_devices_ask_how_far_it_is() {
    let _fetch = answering(
        200,
        r#"{"state":"ACTIVE","number":"42","n_required":3,"n_complete":1}"#,
    );
    let status = service().handoff_status("h").await.unwrap();
    assert_eq!(status.state, HandoffState::Active);
    assert_eq!((status.n_complete, status.n_required), (1, 3));
    assert_eq!(asked(), format!("GET {BASE}/sessions/s/handoffs/h"));
}

#[wasm_bindgen_test]
async fn confirming_ending_and_taking_back_have_their_own_calls() {
    let _fetch = answering(204, "");
    service().confirm_handoff("h").await.unwrap();
    service()
        .end_handoff("h", HandoffOutcome::GivenUp)
        .await
        .unwrap();
    service().take_back_handoff("h").await.unwrap();
    let base = format!("{BASE}/sessions/s/handoffs/h");
    assert_eq!(
        asked(),
        format!(
            "POST {base}/confirmation\nPOST {base}/outcome {{\"outcome\":\"GIVEN_UP\"}}\nDELETE {base}"
        )
    );
    assert_token_is_only_in_its_header();
}

#[wasm_bindgen_test]
async fn copying_says_whether_it_worked() {
    for (clipboard, works) in [
        (
            "{ writeText: (text) => { globalThis.__copied = text; return Promise.resolve(); } }",
            true,
        ),
        (
            "{ writeText: () => Promise.reject(new Error('refused')) }",
            false,
        ),
        ("undefined", false),
    ] {
        js(&format!(
            "Object.defineProperty(navigator, 'clipboard', {{ value: {clipboard}, configurable: true }})"
        ));
        assert_eq!(clipboard::copy("link").await, works, "{clipboard}");
        js("delete navigator.clipboard");
    }
    assert_eq!(js("__copied").as_string().as_deref(), Some("link"));
}

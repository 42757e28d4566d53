//! The link, the address bar and the browser's Back.

use vestibule::domain::i18n::Locale;
use vestibule::domain::launch::{ClientToken, Credentials};
use vestibule::domain::redirect::ReturnUrl;
use vestibule::web::history::BackButton;
use vestibule::web::navigation;
use vestibule::web::storage::SessionStore;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::{Notes, js, until};

/// Gives the test page another query and fragment, and its own back at the end.
pub(crate) struct Address(String);

impl Address {
    pub(crate) fn with(query_and_fragment: &str) -> Self {
        let own = href();
        js(&format!(
            "history.replaceState(null, '', location.pathname + '{query_and_fragment}')"
        ));
        Self(own)
    }
}

impl Drop for Address {
    fn drop(&mut self) {
        js(&format!("history.replaceState(null, '', '{}')", self.0));
    }
}

pub(crate) fn href() -> String {
    js("location.href").as_string().unwrap()
}

#[wasm_bindgen_test]
fn the_link_is_read_as_published() {
    let _address = Address::with("?sessionID=s%201&sessionToken=t%2B1&locale=ar&other=1");
    let launch = navigation::read_launch(&SessionStore::in_memory());
    assert_eq!(launch.session_id.as_deref(), Some("s 1"));
    assert_eq!(
        launch
            .session_token
            .map(|token| token.reveal().to_owned())
            .as_deref(),
        Some("t+1")
    );
    assert_eq!(launch.link_locale.as_deref(), Some("ar"));
    assert!(!launch.is_embedded, "the test page is on its own");
    assert!(
        !launch.browser_locales.is_empty(),
        "every browser has a language"
    );
}

#[wasm_bindgen_test]
fn other_spellings_and_empty_values_are_no_link() {
    for query in [
        "?sessionid=s&sessiontoken=t&Locale=ar",
        "?sessionID=&sessionToken=&locale=",
        "",
    ] {
        let _address = Address::with(query);
        let launch = navigation::read_launch(&SessionStore::in_memory());
        assert_eq!(launch.session_id, None, "{query}");
        assert_eq!(launch.session_token, None, "{query}");
        assert_eq!(launch.link_locale, None, "{query}");
    }
}

#[wasm_bindgen_test]
fn the_token_leaves_the_address_and_a_reload_still_works() {
    let _address = Address::with("?sessionID=s5&sessionToken=secret&locale=ar&other=1#part");
    let store = SessionStore::open();
    let launch = navigation::read_launch(&store);
    store.keep_token(&Credentials {
        session_id: launch.session_id.unwrap(),
        token: launch.session_token.unwrap(),
        handoff_id: None,
    });
    store.remember_locale("s5", Locale::EnGb);
    let length = js("history.length");
    navigation::hide_token();
    assert!(!href().contains("secret"), "{}", href());
    assert!(
        href().ends_with("?sessionID=s5&locale=ar&other=1#part"),
        "{}",
        href()
    );
    assert_eq!(
        js("history.length"),
        length,
        "the history must not keep it either"
    );

    let reloaded = navigation::read_launch(&SessionStore::open());
    assert_eq!(
        reloaded.session_token,
        Some(ClientToken::new("secret".to_owned()))
    );
    assert_eq!(reloaded.chosen_locale, Some(Locale::EnGb));
    store.forget("s5");
}

#[wasm_bindgen_test]
fn the_error_code_is_shown_in_the_address_once() {
    let _address = Address::with("?sessionID=s6&yotiErrorCode=1");
    navigation::show_code(4001);
    navigation::show_code(4001);
    assert!(
        href().ends_with("?sessionID=s6&yotiErrorCode=4001"),
        "{}",
        href()
    );
}

#[wasm_bindgen_test]
async fn leaving_opens_the_return_address() {
    let _address = Address::with("?x=1");
    // The same page with a fragment: the only place a test can leave for.
    let target = ReturnUrl::parse(&format!("{}#left", href())).unwrap();
    navigation::leave(&target);
    until("the browser is there", || href().ends_with("?x=1#left")).await;
    js("history.back()");
    until("the browser is back", || !href().contains("#left")).await;
}

#[wasm_bindgen_test]
async fn back_is_an_event_while_it_is_held_and_leaves_otherwise() {
    // The page before ours, as far as a test can have one.
    let _address = Address::with("?before");
    js("history.pushState(null, '', '?ours')");
    let pressed = Notes::new();
    let mut take = pressed.taker();
    let back = BackButton::new(move || take(()));
    assert!(!back.is_held());

    let length = js("history.length").as_f64().unwrap();
    back.hold();
    back.hold();
    assert!(back.is_held());
    assert!(
        js("history.length").as_f64().unwrap() <= length + 1.0,
        "one guard, not two"
    );

    js("history.back()");
    until("Back was heard", || pressed.len() == 1).await;
    assert!(!back.is_held());
    assert!(href().ends_with("?ours"), "the page stays: {}", href());

    // Held again by the flow, and a token hidden meanwhile must not loosen it.
    back.hold();
    navigation::show_code(1);
    assert!(back.is_held());

    back.go_back();
    until("the page before is there", || href().ends_with("?before")).await;
    assert_eq!(pressed.len(), 1, "leaving is not a Back to be handled");
}

#[wasm_bindgen_test]
async fn a_jump_within_the_page_is_no_back() {
    let _address = Address::with("?ours");
    let pressed = Notes::new();
    let mut take = pressed.taker();
    let back = BackButton::new(move || take(()));
    back.hold();
    js("location.hash = 'main'");
    until("the jump happened", || href().ends_with("#main")).await;
    js("history.back()");
    until("the guard is current", || back.is_held()).await;
    assert_eq!(pressed.len(), 0);
    js("history.back()");
    until("Back was heard", || pressed.len() == 1).await;
}

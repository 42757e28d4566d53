//! What is kept for a reload, and that it is forgotten.

use vestibule::domain::i18n::Locale;
use vestibule::domain::launch::{ClientToken, Credentials};
use vestibule::web::storage::SessionStore;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::{Stub, js};

fn credentials(session_id: &str, token: &str) -> Credentials {
    Credentials {
        session_id: session_id.to_owned(),
        token: ClientToken::new(token.to_owned()),
        handoff_id: None,
    }
}

fn token(store: &SessionStore, session_id: &str) -> Option<String> {
    store
        .token(session_id)
        .map(|token| token.reveal().to_owned())
}

#[wasm_bindgen_test]
fn a_reload_finds_the_token_and_the_language_of_its_session() {
    let before = SessionStore::open();
    before.keep_token(&credentials("s1", "t1"));
    before.remember_locale("s1", Locale::Ar);
    let after = SessionStore::open();
    assert_eq!(token(&after, "s1").as_deref(), Some("t1"));
    assert_eq!(after.locale("s1"), Some(Locale::Ar));
    assert_eq!(token(&after, "s2"), None, "another session has nothing");
    after.forget("s1");
}

#[wasm_bindgen_test]
fn forgetting_leaves_nothing_of_this_session_and_all_of_others() {
    let store = SessionStore::open();
    store.keep_token(&credentials("gone", "t-gone"));
    store.remember_locale("gone", Locale::EnGb);
    store.keep_token(&credentials("gone:kept", "t-kept"));
    store.forget("gone");
    let left = js("JSON.stringify(Object.entries(sessionStorage))")
        .as_string()
        .unwrap();
    assert!(!left.contains("t-gone"), "{left}");
    assert!(!left.contains("vestibule:gone:locale"), "{left}");
    assert_eq!(token(&store, "gone"), None);
    assert_eq!(store.locale("gone"), None);
    assert_eq!(token(&store, "gone:kept").as_deref(), Some("t-kept"));
    store.forget("gone:kept");
}

#[wasm_bindgen_test]
fn a_full_or_refused_storage_is_replaced_by_memory() {
    let _refused = Stub::new(
        "Storage.prototype.setItem",
        "() => { throw new DOMException('', 'QuotaExceededError') }",
    );
    let store = SessionStore::open();
    store.keep_token(&credentials("s3", "t3"));
    assert_eq!(token(&store, "s3").as_deref(), Some("t3"));
    assert_eq!(
        token(&SessionStore::open(), "s3"),
        None,
        "memory does not outlive the page"
    );
    store.forget("s3");
    assert_eq!(token(&store, "s3"), None);
}

#[wasm_bindgen_test]
fn storage_that_may_not_even_be_looked_at_is_replaced_by_memory() {
    let blocked = "Object.defineProperty(window, 'sessionStorage', \
        { configurable: true, get() { throw new DOMException('', 'SecurityError') } })";
    let original = js("Object.getOwnPropertyDescriptor(window, 'sessionStorage') ?? null");
    js(blocked);
    let store = SessionStore::open();
    store.keep_token(&credentials("s4", "t4"));
    let kept = token(&store, "s4");
    js("delete window.sessionStorage");
    if original.is_object() {
        let define: js_sys::Function = wasm_bindgen::JsCast::unchecked_into(js(
            "(own) => Object.defineProperty(window, 'sessionStorage', own)",
        ));
        define
            .call1(&wasm_bindgen::JsValue::NULL, &original)
            .unwrap();
    }
    assert_eq!(kept.as_deref(), Some("t4"));
}

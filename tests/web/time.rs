//! Listeners, timers, ids and object addresses: what must end with its owner.

use std::cell::RefCell;
use std::rc::Rc;

use vestibule::web::clock::{Timer, now_ms, within};
use vestibule::web::ids::new_id;
use vestibule::web::listener::Listener;
use vestibule::web::object_url::ObjectUrl;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{Blob, Event, EventTarget};

use crate::support::{Notes, Stub, dispatch, js, js_async, until};

fn ring(target: &EventTarget) {
    target.dispatch_event(&Event::new("ring").unwrap()).unwrap();
}

#[wasm_bindgen_test]
fn a_listener_hears_until_it_is_dropped() {
    let target = EventTarget::new().unwrap();
    let heard = Notes::new();
    let mut take = heard.taker();
    let listener = Listener::new(&target, "ring", move |event| take(event.type_()));
    ring(&target);
    assert_eq!(heard.all(), ["ring"]);
    drop(listener);
    ring(&target);
    assert_eq!(heard.len(), 1, "a dropped listener must hear nothing");
}

#[wasm_bindgen_test]
fn a_listener_may_be_dropped_from_its_own_handler() {
    let target = EventTarget::new().unwrap();
    let slot: Rc<RefCell<Option<Listener>>> = Rc::default();
    let heard = Notes::new();
    let (own, mut take) = (Rc::clone(&slot), heard.taker());
    slot.replace(Some(Listener::new(&target, "ring", move |_| {
        own.take();
        take(());
    })));
    ring(&target);
    ring(&target);
    assert_eq!(heard.len(), 1);
}

#[wasm_bindgen_test]
async fn a_timer_fires_once_and_not_early() {
    let fired = Notes::new();
    let mut take = fired.taker();
    let started = now_ms();
    let _timer = Timer::after(40, move || take(now_ms()));
    until("the timer fired", || fired.len() > 0).await;
    // Browsers round their clocks to a millisecond or less.
    assert!(
        fired.all()[0] - started >= 38.0,
        "after {} ms",
        fired.all()[0] - started
    );
}

#[wasm_bindgen_test]
async fn a_dropped_timer_never_fires() {
    let fired = Notes::new();
    let (mut early, mut late) = (fired.taker(), fired.taker());
    drop(Timer::after(5, move || early("dropped")));
    let _timer = Timer::after(60, move || late("kept"));
    until("the later timer fired", || fired.len() > 0).await;
    assert_eq!(fired.all(), ["kept"]);
}

#[wasm_bindgen_test]
async fn a_timer_of_weeks_does_not_fire_at_once() {
    let fired = Notes::new();
    let (mut weeks, mut soon) = (fired.taker(), fired.taker());
    // setTimeout itself takes this for no time at all.
    let _weeks = Timer::after(u64::from(u32::MAX) + 1, move || weeks("weeks"));
    let _soon = Timer::after(60, move || soon("soon"));
    until("the short timer fired", || fired.len() > 0).await;
    assert_eq!(fired.all(), ["soon"]);
}

#[wasm_bindgen_test]
fn a_timer_that_was_slept_through_fires_when_the_page_is_back() {
    let fired = Notes::new();
    let mut take = fired.taker();
    let _timer = Timer::after(60_000, move || take(()));
    dispatch("document.dispatchEvent(new Event('visibilitychange'))");
    assert_eq!(fired.len(), 0, "it is not time yet");
    let _an_hour_later = Stub::new("Date.now", "((now) => () => now() + 3600e3)(Date.now)");
    dispatch("document.dispatchEvent(new Event('visibilitychange'))");
    assert_eq!(fired.len(), 1);
}

#[wasm_bindgen_test]
async fn waiting_has_a_limit() {
    assert_eq!(within(10_000, async { 7 }).await, Some(7));
    assert_eq!(within(10, std::future::pending::<()>()).await, None);
}

#[wasm_bindgen_test]
async fn an_object_address_works_until_it_is_dropped() {
    let blob = Blob::new_with_str_sequence(&js("['hello']")).unwrap();
    let address = ObjectUrl::new(&blob).unwrap();
    let fetched = format!(
        "fetch('{}').then((answer) => answer.text(), () => 'gone')",
        address.as_str()
    );
    assert_eq!(
        js_async(&fetched).await.as_string().as_deref(),
        Some("hello")
    );
    drop(address);
    assert_eq!(
        js_async(&fetched).await.as_string().as_deref(),
        Some("gone")
    );
}

fn assert_is_uuid(id: &str) {
    let shape: String = id
        .chars()
        .map(|c| if c == '-' { '-' } else { 'x' })
        .collect();
    assert_eq!(shape, "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx", "{id}");
    assert!(
        id.chars()
            .all(|c| c == '-' || matches!(c, '0'..='9' | 'a'..='f')),
        "{id}"
    );
    assert_eq!(id.as_bytes()[14], b'4', "version 4: {id}");
    assert!(
        matches!(id.as_bytes()[19], b'8' | b'9' | b'a' | b'b'),
        "variant: {id}"
    );
}

#[wasm_bindgen_test]
fn ids_are_uuids_and_differ() {
    let ids = [new_id(), new_id()];
    ids.iter().for_each(|id| assert_is_uuid(id));
    assert_ne!(ids[0], ids[1]);
}

#[wasm_bindgen_test]
fn older_browsers_get_ids_as_well() {
    let _old = Stub::new("crypto.randomUUID", "undefined");
    let ids = [new_id(), new_id()];
    ids.iter().for_each(|id| assert_is_uuid(id));
    assert_ne!(ids[0], ids[1]);
}

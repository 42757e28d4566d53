//! Messages to and from the embedding page; a frame plays that page.

use vestibule::domain::host::{HostMessageIn, HostMessageOut};
use vestibule::web::host_bridge::HostBridge;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::Window;

use crate::support::{Notes, js, until, window};

/// A window that is not ours, has our origin and notes what it is told.
struct Host(Window);

impl Host {
    fn new() -> Self {
        let frame = js("globalThis.__told = [];
             globalThis.__frame = document.body.appendChild(document.createElement('iframe'));
             __frame.contentWindow.addEventListener('message', (event) => __told.push(event.data));
             __frame.contentWindow");
        // Not `dyn_into`: the frame has its own `Window` class.
        Self(frame.unchecked_into())
    }

    fn told() -> String {
        js("JSON.stringify(__told)").as_string().unwrap()
    }
}

impl Drop for Host {
    fn drop(&mut self) {
        js("__frame.remove()");
    }
}

fn own_origin() -> String {
    window().location().origin().unwrap()
}

const INIT: &str = "{ eventType: 'INIT_SESSION', sessionID: 's', sessionToken: 't' }";

/// Our window receives a message; `source` is JavaScript.
fn receive(data: &str, origin: &str, source: &str) {
    js(&format!(
        "dispatchEvent(new MessageEvent('message', {{ data: {data}, origin: '{origin}', source: {source} }}))"
    ));
}

const HOST: &str = "__frame.contentWindow";

fn bridge(host: &Host, origin: Option<&str>, heard: &Notes<HostMessageIn>) -> HostBridge {
    HostBridge::between(
        &window(),
        host.0.clone(),
        origin.map(str::to_owned),
        heard.taker(),
    )
}

#[wasm_bindgen_test]
fn a_page_that_is_not_embedded_has_no_bridge() {
    assert!(HostBridge::new(|_| {}).is_none());
}

#[wasm_bindgen_test]
fn the_host_opens_the_session() {
    let (host, heard) = (Host::new(), Notes::new());
    let bridge = bridge(&host, Some("https://shop.example"), &heard);
    receive(INIT, "https://shop.example", HOST);
    let [HostMessageIn::InitSession(credentials)] = &heard.all()[..] else {
        panic!("not heard: {:?}", heard.all());
    };
    assert_eq!(credentials.session_id, "s");
    assert_eq!(credentials.token.reveal(), "t");
    drop(bridge);
    receive(INIT, "https://shop.example", HOST);
    assert_eq!(heard.len(), 1, "a dropped bridge hears nothing");
}

#[wasm_bindgen_test]
fn foreign_windows_and_foreign_origins_do_nothing() {
    let (host, heard) = (Host::new(), Notes::new());
    let _bridge = bridge(&host, Some("https://shop.example"), &heard);
    receive(INIT, "https://shop.example", "window");
    receive(INIT, "https://shop.example", "null");
    receive(INIT, "https://evil.example", HOST);
    receive(INIT, "https://shop.example.evil.example", HOST);
    receive(INIT, "null", HOST);
    assert_eq!(heard.len(), 0);
}

#[wasm_bindgen_test]
fn other_messages_do_nothing() {
    let (host, heard) = (Host::new(), Notes::new());
    let _bridge = bridge(&host, Some("https://shop.example"), &heard);
    for data in [
        "null",
        "undefined",
        "42",
        "'INIT_SESSION'",
        "10n",
        "(() => { const cycle = {}; cycle.self = cycle; return cycle })()",
        "{ get eventType() { throw new Error('trap') } }",
        "{ eventType: 'INIT_SESSION', sessionID: 's' }",
        "{ eventType: 'SUCCESS' }",
    ] {
        receive(data, "https://shop.example", HOST);
        assert_eq!(heard.len(), 0, "{data}");
    }
}

#[wasm_bindgen_test]
async fn an_unknown_host_becomes_known_by_its_first_init_session() {
    let (host, heard) = (Host::new(), Notes::new());
    let bridge = bridge(&host, None, &heard);
    bridge.tell(HostMessageOut::Started);
    // Not sent: it would tell anybody.
    bridge.tell(HostMessageOut::Success);
    receive("{ eventType: 'HELLO' }", "https://evil.example", HOST);
    receive(INIT, &own_origin(), HOST);
    receive(INIT, "https://evil.example", HOST);
    assert_eq!(heard.len(), 1, "the origin is fixed by then");
    bridge.tell(HostMessageOut::Error { event_code: 4001 });
    until("the host was told", || Host::told().contains("ERROR")).await;
    assert_eq!(
        Host::told(),
        r#"[{"eventType":"STARTED"},{"eventType":"ERROR","eventCode":4001}]"#
    );
}

#[wasm_bindgen_test]
async fn only_the_embedding_origin_is_told() {
    let (host, heard) = (Host::new(), Notes::new());
    let foreign = bridge(&host, Some("https://elsewhere.example"), &heard);
    foreign.tell(HostMessageOut::Error { event_code: 2000 });
    let own = bridge(&host, Some(&own_origin()), &heard);
    own.tell(HostMessageOut::Success);
    // Messages arrive in the order in which they were sent.
    until("the host was told", || Host::told() != "[]").await;
    assert_eq!(Host::told(), r#"[{"eventType":"SUCCESS"}]"#);
    assert_eq!(
        js("'eventCode' in __told[0]"),
        false,
        "absent on success, as published"
    );
}

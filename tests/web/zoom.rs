//! A liveness component that a deployment has plugged in.

use vestibule::domain::flow::ZoomEnd;
use vestibule::web::zoom::{Component, ZoomContext, is_plugged_in};
use wasm_bindgen_futures::spawn_local;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::{Stub, document, js, until};

fn about() -> ZoomContext {
    ZoomContext {
        resources_url: "/sessions/s/resources".to_owned(),
        requirement_id: "liveness-1".to_owned(),
        auth_token: "secret".to_owned(),
    }
}

/// A component that does this with its context.
fn plug_in(run: &str) -> Stub {
    Stub::new("VestibuleZoom", &format!("{{ run: {run} }}"))
}

#[wasm_bindgen_test]
async fn what_the_component_says_is_how_the_check_ended() {
    assert!(!is_plugged_in());
    let component = Component::new().unwrap();
    assert_eq!(component.run(&about()).await, ZoomEnd::Unsupported);
    for (run, end) in [
        ("async () => 'PASSED'", ZoomEnd::Passed),
        ("async () => 'EXHAUSTED'", ZoomEnd::Exhausted),
        ("async () => 'CANCELLED'", ZoomEnd::Cancelled),
        ("async () => 'UNSUPPORTED'", ZoomEnd::Unsupported),
        ("async () => 7", ZoomEnd::Failed),
        ("async () => { throw 'no' }", ZoomEnd::Failed),
        ("() => { throw 'no' }", ZoomEnd::Failed),
        (
            "async (context) => context.container instanceof HTMLDivElement
                && context.resourcesUrl === '/sessions/s/resources'
                && context.requirementId === 'liveness-1'
                && context.authToken === 'secret'
                && !context.signal.aborted ? 'PASSED' : 'FAILED'",
            ZoomEnd::Passed,
        ),
    ] {
        let _plugged_in = plug_in(run);
        assert!(is_plugged_in());
        assert_eq!(component.run(&about()).await, end, "{run}");
    }
}

#[wasm_bindgen_test]
async fn the_component_is_told_to_stop_and_its_frame_goes_away() {
    let _plugged_in = plug_in(
        "(context) => new Promise(() => {
            globalThis.zoomSignal = context.signal;
            context.signal.onabort = () => { globalThis.zoomStopped = true; };
        })",
    );
    let component = Component::new().unwrap();
    let body = document().body().unwrap();
    body.append_child(component.frame()).unwrap();
    let frame = component.frame().clone();
    let end = component.run(&about());
    spawn_local(async move {
        end.await;
    });
    until("the component runs", || {
        js("!!globalThis.zoomSignal") == true
    })
    .await;
    assert_eq!(js("zoomSignal.aborted"), false);
    assert!(frame.is_connected());

    drop(component);
    assert_eq!(js("zoomSignal.aborted && zoomStopped"), true);
    assert!(!frame.is_connected());
    js("delete globalThis.zoomSignal; delete globalThis.zoomStopped");
}

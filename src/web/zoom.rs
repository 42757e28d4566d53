//! The component that does liveness checks of type ZOOM, where a deployment has
//! plugged one in.
//!
//! Its interface is written down in `docs/zoom.md`.

use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, AbortSignal, HtmlElement};

use crate::domain::flow::ZoomEnd;

use super::window;

/// The name of the component on the window.
const NAME: &str = "VestibuleZoom";

#[wasm_bindgen]
extern "C" {
    type PluggedIn;
    #[wasm_bindgen(method, catch)]
    fn run(this: &PluggedIn, context: &Context) -> Result<js_sys::Promise, JsValue>;

    #[wasm_bindgen(extends = js_sys::Object)]
    type Context;
    #[wasm_bindgen(method, setter)]
    fn set_container(this: &Context, container: &HtmlElement);
    #[wasm_bindgen(method, setter, js_name = resourcesUrl)]
    fn set_resources_url(this: &Context, address: &str);
    #[wasm_bindgen(method, setter, js_name = requirementId)]
    fn set_requirement_id(this: &Context, id: &str);
    #[wasm_bindgen(method, setter, js_name = authToken)]
    fn set_auth_token(this: &Context, token: &str);
    #[wasm_bindgen(method, setter)]
    fn set_signal(this: &Context, signal: &AbortSignal);
}

/// What the component needs to know.
pub struct ZoomContext {
    /// Where the resources of the session are.
    pub resources_url: String,
    /// The requirement that it is to satisfy.
    pub requirement_id: String,
    /// The client session token.
    pub auth_token: String,
}

fn plugged_in() -> Option<PluggedIn> {
    let window = window::window()?;
    let found = js_sys::Reflect::get(&window, &NAME.into()).ok()?;
    let run = js_sys::Reflect::get(&found, &"run".into()).ok()?;
    run.is_function().then(|| found.unchecked_into())
}

/// Whether a component has been plugged in.
#[must_use]
pub fn is_plugged_in() -> bool {
    plugged_in().is_some()
}

/// The component at work; it is told to stop, and its element goes away, when
/// this is dropped.
pub struct Component {
    frame: HtmlElement,
    controller: AbortController,
}

impl Component {
    /// An element for the component to fill; nothing when the browser refuses.
    #[must_use]
    pub fn new() -> Option<Self> {
        let element = window::document()?.create_element("div").ok()?;
        element.set_class_name("vst-zoom__component");
        Some(Self {
            frame: element.dyn_into().ok()?,
            controller: AbortController::new().ok()?,
        })
    }

    /// The element that the component fills.
    #[must_use]
    pub fn frame(&self) -> &HtmlElement {
        &self.frame
    }

    /// Lets the component do its work once this is polled; how that ends.
    ///
    /// One that was told to stop may never say how it ended.
    pub fn run(&self, about: &ZoomContext) -> impl Future<Output = ZoomEnd> + use<> {
        let context: Context = js_sys::Object::new().unchecked_into();
        context.set_container(&self.frame);
        context.set_resources_url(&about.resources_url);
        context.set_requirement_id(&about.requirement_id);
        context.set_auth_token(&about.auth_token);
        context.set_signal(&self.controller.signal());
        async move {
            let Some(component) = plugged_in() else {
                return ZoomEnd::Unsupported;
            };
            let Ok(promise) = component.run(&context) else {
                return ZoomEnd::Failed;
            };
            let end = JsFuture::from(promise).await;
            match end.ok().and_then(|end| end.as_string()).as_deref() {
                Some("PASSED") => ZoomEnd::Passed,
                Some("EXHAUSTED") => ZoomEnd::Exhausted,
                Some("CANCELLED") => ZoomEnd::Cancelled,
                Some("UNSUPPORTED") => ZoomEnd::Unsupported,
                _ => ZoomEnd::Failed,
            }
        }
    }
}

impl Drop for Component {
    fn drop(&mut self) {
        self.controller.abort();
        self.frame.remove();
    }
}

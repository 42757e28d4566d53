//! Messages to and from the embedding page, with exact origins.
//!
//! Shapes and what they mean: [`crate::domain::host`].
//! Only the window that embeds this one is heard, and only from its origin.
//! Where the browser does not tell that origin (no `ancestorOrigins` in
//! Firefox, no referrer under a strict policy), the origin of the first
//! `INIT_SESSION` from the embedding window becomes it.

use std::cell::RefCell;
use std::rc::Rc;

use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{DomStringList, Location, MessageEvent, Window};

use crate::domain::host::{self, HostMessageIn, HostMessageOut};

use super::console;
use super::listener::Listener;
use super::window;

#[wasm_bindgen]
extern "C" {
    /// `Location` as browsers other than Firefox have it.
    #[wasm_bindgen(extends = Location)]
    type ListedLocation;

    #[wasm_bindgen(method, getter, js_name = ancestorOrigins)]
    fn ancestor_origins(this: &ListedLocation) -> Option<DomStringList>;
}

/// The line to the embedding page.
pub struct HostBridge {
    parent: Window,
    origin: Rc<RefCell<Option<String>>>,
    _listener: Listener,
}

impl HostBridge {
    /// Listens to the embedding page; nothing when there is none.
    #[must_use = "a dropped bridge hears nothing"]
    pub fn new(on_message: impl FnMut(HostMessageIn) + 'static) -> Option<Self> {
        if !window::is_embedded() {
            return None;
        }
        let own = window::window()?;
        let parent = own.parent().ok()??;
        Some(Self::between(&own, parent, embedding_origin(), on_message))
    }

    /// Listens in one window to another.
    ///
    /// `origin` is that of the other one, where it is known.
    #[must_use = "a dropped bridge hears nothing"]
    pub fn between(
        own: &Window,
        parent: Window,
        origin: Option<String>,
        mut on_message: impl FnMut(HostMessageIn) + 'static,
    ) -> Self {
        let origin = Rc::new(RefCell::new(origin));
        let listener = {
            let (parent, origin) = (parent.clone(), Rc::clone(&origin));
            Listener::new(own, "message", move |event| {
                let Some(event) = event.dyn_ref::<MessageEvent>() else {
                    return;
                };
                let is_from_parent = event
                    .source()
                    .is_some_and(|source| js_sys::Object::is(&source, &parent));
                if !is_from_parent {
                    return;
                }
                let sender = event.origin();
                let is_foreign = origin
                    .borrow()
                    .as_ref()
                    .is_some_and(|known| *known != sender);
                if is_foreign {
                    console::warn("a message from a foreign origin was ignored");
                    return;
                }
                let Some(message) = as_json(&event.data()).and_then(|json| host::parse(&json))
                else {
                    return;
                };
                // An opaque origin ("null") can't be answered, so it is not kept.
                if sender != "null" && !sender.is_empty() {
                    origin.borrow_mut().get_or_insert(sender);
                }
                on_message(message);
            })
        };
        Self {
            parent,
            origin,
            _listener: listener,
        }
    }

    /// Tells the embedding page.
    ///
    /// Before its origin is known, only what says nothing about a session goes
    /// out; the rest is dropped with a note.
    pub fn tell(&self, message: HostMessageOut) {
        let origin = self.origin.borrow().clone();
        let target = match &origin {
            Some(origin) => origin.as_str(),
            None if message.is_harmless() => "*",
            None => {
                console::warn("the embedding page is unknown, so it was not told");
                return;
            }
        };
        let object = serde_json::to_string(&message)
            .ok()
            .and_then(|json| js_sys::JSON::parse(&json).ok());
        let is_sent =
            object.is_some_and(|object| self.parent.post_message(&object, target).is_ok());
        if !is_sent {
            console::warn("the embedding page could not be told");
        }
    }
}

/// The text of a message, whose data is an object as published.
fn as_json(data: &JsValue) -> Option<String> {
    if let Some(text) = data.as_string() {
        return Some(text);
    }
    // Fails for what has no JSON (cycles, big integers); such a message is not ours.
    js_sys::JSON::stringify(data).ok()?.as_string()
}

fn embedding_origin() -> Option<String> {
    let ancestor = window::location()
        .and_then(|location| {
            location
                .unchecked_into::<ListedLocation>()
                .ancestor_origins()
        })
        .and_then(|origins| origins.get(0));
    let referrer = window::document()
        .map(|document| document.referrer())
        .unwrap_or_default();
    host::embedding_origin(ancestor.as_deref(), &referrer)
}

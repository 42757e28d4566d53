//! Event listeners that end with their owner.

use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::{Event, EventTarget};

use super::console;

/// A registered listener; unregistered when dropped.
///
/// It may be dropped from within its own handler.
pub struct Listener {
    target: EventTarget,
    name: &'static str,
    callback: Closure<dyn FnMut(Event)>,
}

impl Listener {
    /// Calls the handler for every event of this name, until dropped.
    #[must_use = "a dropped listener hears nothing"]
    pub fn new(
        target: &EventTarget,
        name: &'static str,
        handler: impl FnMut(Event) + 'static,
    ) -> Self {
        Self::register(target, name, Box::new(handler))
    }

    // Not generic, so that the program holds it once.
    fn register(target: &EventTarget, name: &'static str, handler: Box<dyn FnMut(Event)>) -> Self {
        let callback = Closure::wrap(handler);
        if target
            .add_event_listener_with_callback(name, callback.as_ref().unchecked_ref())
            .is_err()
        {
            console::warn("an event listener could not be registered");
        }
        Self {
            target: target.clone(),
            name,
            callback,
        }
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        let function = self.callback.as_ref().unchecked_ref();
        if self
            .target
            .remove_event_listener_with_callback(self.name, function)
            .is_err()
        {
            console::warn("an event listener could not be removed");
        }
    }
}

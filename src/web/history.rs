//! The browser's Back, as an event instead of a way out.
//!
//! The trick: the page's own entry in the history is marked as the base, and
//! while the flow wants Back for itself there is exactly one more entry on top
//! of it, the guard. Back then moves from the guard to the base, inside the
//! page, and the page hears `popstate`. The flow answers by holding Back again
//! or by letting go.
//!
//! Both entries have the same address. The marks survive a reload, so a reload
//! on the guard does not put a second one on top. Browsers skip entries that
//! were added before the person touched the page (Chrome, "history
//! manipulation intervention"), so Back on an untouched page leaves it.

use std::cell::Cell;
use std::rc::Rc;

use wasm_bindgen::JsValue;
use web_sys::History;

use super::console;
use super::listener::Listener;
use super::window;

const BASE: &str = "vestibule-base";
const GUARD: &str = "vestibule-guard";

/// Watches the browser's Back; see the module.
pub struct BackButton {
    // Where the page was before `popstate`, which only says where it is now.
    was_held: Rc<Cell<bool>>,
    _listener: Option<Listener>,
}

impl BackButton {
    /// Calls back whenever Back was pressed while it was held.
    #[must_use = "a dropped watch hears nothing"]
    pub fn new(mut on_back: impl FnMut() + 'static) -> Self {
        let was_held = Rc::new(Cell::new(is_on_guard()));
        if !was_held.get() {
            change(|history| history.replace_state(&JsValue::from_str(BASE), ""));
        }
        let held = Rc::clone(&was_held);
        let listener = window::window().map(|window| {
            Listener::new(&window, "popstate", move |_| match mark().as_deref() {
                Some(GUARD) => held.set(true),
                Some(BASE) => {
                    // Only a step down from the guard is a Back.
                    if held.replace(false) {
                        on_back();
                    }
                }
                // A link to a fragment made an entry of its own.
                Some(_) | None => {}
            })
        });
        Self {
            was_held,
            _listener: listener,
        }
    }

    /// Makes the next Back an event; holding twice is holding once.
    pub fn hold(&self) {
        if is_on_guard() || change(|history| history.push_state(&JsValue::from_str(GUARD), "")) {
            self.was_held.set(true);
        }
    }

    /// Whether the next Back is an event.
    #[must_use]
    pub fn is_held(&self) -> bool {
        is_on_guard()
    }

    /// Really goes back to where the person came from; does nothing when the
    /// page is the first one of its tab.
    pub fn go_back(&self) {
        // One step to the base, one more out of the page.
        let steps = if is_on_guard() { -2 } else { -1 };
        change(|history| history.go_with_delta(steps));
    }
}

fn is_on_guard() -> bool {
    mark().as_deref() == Some(GUARD)
}

fn mark() -> Option<String> {
    window::window()?.history().ok()?.state().ok()?.as_string()
}

fn change(action: impl FnOnce(&History) -> Result<(), JsValue>) -> bool {
    let history = window::window().and_then(|window| window.history().ok());
    let is_done = history.is_some_and(|history| action(&history).is_ok());
    if !is_done {
        console::warn("the browser's history could not be changed");
    }
    is_done
}

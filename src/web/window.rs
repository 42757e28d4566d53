//! The only door to the browser's globals.
//!
//! A page always has them; code that runs elsewhere (a worker) does not, and a
//! missing one means "that can't be done here", never a panic.

use web_sys::{Document, HtmlElement, Location, Navigator, Performance, Window};

/// The window.
#[must_use]
pub fn window() -> Option<Window> {
    web_sys::window()
}

/// The document.
#[must_use]
pub fn document() -> Option<Document> {
    window()?.document()
}

/// The root element, `<html>`.
#[must_use]
pub fn root() -> Option<HtmlElement> {
    use wasm_bindgen::JsCast;
    document()?.document_element()?.dyn_into().ok()
}

/// The address of the page.
#[must_use]
pub fn location() -> Option<Location> {
    Some(window()?.location())
}

/// What the browser says about itself.
#[must_use]
pub fn navigator() -> Option<Navigator> {
    Some(window()?.navigator())
}

/// The monotonic clock.
#[must_use]
pub fn performance() -> Option<Performance> {
    window()?.performance()
}

/// Whether the page is inside another one.
///
/// The parent of an outermost window is the window itself (HTML, "parent").
#[must_use]
pub fn is_embedded() -> bool {
    let Some(window) = window() else { return false };
    match window.parent() {
        Ok(Some(parent)) => !js_sys::Object::is(&parent, &window),
        Ok(None) | Err(_) => false,
    }
}

/// Whether a media query holds.
#[must_use]
pub fn matches_media(query: &str) -> bool {
    window()
        .and_then(|window| window.match_media(query).ok().flatten())
        .is_some_and(|list| list.matches())
}

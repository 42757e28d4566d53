//! Has the browser save bytes that it holds in memory.

use wasm_bindgen::JsCast;
use web_sys::{Blob, HtmlElement};

use super::object_url::ObjectUrl;
use super::{console, window};

/// Saves bytes under a name.
///
/// The browser reads them when it wants to (Safari asks first), so the address
/// has to be kept until something else is saved. Nothing when it refuses.
#[must_use]
pub fn save(blob: &Blob, name: &str) -> Option<ObjectUrl> {
    let address = ObjectUrl::new(blob)?;
    if click_link(address.as_str(), name).is_none() {
        console::warn("the file could not be saved");
        return None;
    }
    Some(address)
}

fn click_link(address: &str, name: &str) -> Option<()> {
    let document = window::document()?;
    let link: HtmlElement = document.create_element("a").ok()?.dyn_into().ok()?;
    link.set_attribute("href", address).ok()?;
    link.set_attribute("download", name).ok()?;
    // Firefox only follows a link that is on the page.
    document.body()?.append_child(&link).ok()?;
    link.click();
    link.remove();
    Some(())
}

//! The clipboard, to copy from the page.

use wasm_bindgen_futures::JsFuture;

use super::window;

/// Puts a text into the clipboard; whether that worked.
///
/// Browsers have none on pages without https, and refuse it in frames that the
/// page around them does not allow it to.
pub async fn copy(text: &str) -> bool {
    let Some(clipboard) = window::navigator().map(|navigator| navigator.clipboard()) else {
        return false;
    };
    if clipboard.is_undefined() {
        return false;
    }
    JsFuture::from(clipboard.write_text(text)).await.is_ok()
}

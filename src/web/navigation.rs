//! The page's own address: the link that opened it, and where it leads.
//!
//! The browser's Back is [`super::history`]'s business.

use wasm_bindgen::JsValue;
use web_sys::Url;

use crate::domain::launch::{ClientToken, Handed, Launch, OneTime};
use crate::domain::redirect::{ERROR_CODE_PARAMETER, ReturnUrl};

use super::console;
use super::storage::SessionStore;
use super::window;
use super::zoom;

// As published, letter by letter; contract §5.1.
const SESSION_ID: &str = "sessionID";
const SESSION_TOKEN: &str = "sessionToken";
const LOCALE: &str = "locale";

// Ours: docs/client-api.md.
const HANDOFF: &str = "handoff";

/// A phone: a finger, and a screen that is narrow one way or the other; a frame
/// inside a page may be narrow anywhere, so it is not asked.
const HANDHELD: &str = "(pointer: coarse) and (max-device-width: 599px), \
                        (pointer: coarse) and (max-device-height: 599px)";

/// Reads how the page was opened.
///
/// After a reload the token is no longer in the link and comes from storage.
#[must_use]
pub fn read_launch(store: &SessionStore) -> Launch {
    let address = own_address();
    let parameter = |name: &str| {
        address
            .as_ref()?
            .search_params()
            .get(name)
            .filter(|value| !value.is_empty())
    };
    let session_id = parameter(SESSION_ID);
    let stored = session_id.as_deref();
    let linked_token = parameter(SESSION_TOKEN);
    // A link with a token of its own begins anew, whatever was here before.
    let handed = match (parameter(HANDOFF), &linked_token) {
        (Some(code), _) => Some(Handed::Over(OneTime::new(code))),
        (None, None) => stored.and_then(|id| store.handoff(id)).map(Handed::Earlier),
        (None, Some(_)) => None,
    };
    let session_token = linked_token
        .map(ClientToken::new)
        .or_else(|| stored.and_then(|id| store.token(id)));
    Launch {
        handed,
        is_handheld: window::matches_media(HANDHELD),
        session_token,
        is_embedded: window::is_embedded(),
        link_locale: parameter(LOCALE),
        browser_locales: browser_locales(),
        chosen_locale: stored.and_then(|id| store.locale(id)),
        can_zoom: zoom::is_plugged_in(),
        session_id,
    }
}

/// Takes the token, or the code of a handoff, out of the address bar and the
/// history.
///
/// Everything else stays, so that a reload finds its session.
pub fn hide_token() {
    rewrite(|address| {
        address.search_params().delete(SESSION_TOKEN);
        address.search_params().delete(HANDOFF);
    });
}

/// Names the session in the page's own address, so that a reload finds it.
pub fn name_session(session_id: &str) {
    rewrite(|address| address.search_params().set(SESSION_ID, session_id));
}

/// Shows an error code in the page's own address, for support.
pub fn show_code(code: u16) {
    rewrite(|address| {
        address
            .search_params()
            .set(ERROR_CODE_PARAMETER, &code.to_string());
    });
}

/// Leaves for this address; inside a frame, the frame leaves.
pub fn leave(address: &ReturnUrl) {
    let is_leaving =
        window::location().is_some_and(|location| location.assign(address.as_str()).is_ok());
    if !is_leaving {
        console::warn("the browser would not open the return address");
    }
}

/// The address of the page, without its query and fragment.
#[must_use]
pub fn page_address() -> Option<String> {
    let address = own_address()?;
    Some(address.origin() + &address.pathname())
}

fn own_address() -> Option<Url> {
    Url::new(&window::location()?.href().ok()?).ok()
}

fn rewrite(change: impl FnOnce(&Url)) {
    let is_done = (|| {
        let address = own_address()?;
        change(&address);
        let history = window::window()?.history().ok()?;
        // The entry keeps its state, which says whether Back is held.
        let state = history.state().unwrap_or(JsValue::NULL);
        history
            .replace_state_with_url(&state, "", Some(&address.href()))
            .ok()
    })();
    if is_done.is_none() {
        console::warn("the address of the page could not be changed");
    }
}

fn browser_locales() -> Vec<String> {
    let Some(navigator) = window::navigator() else {
        return Vec::new();
    };
    let listed: Vec<String> = navigator
        .languages()
        .iter()
        .filter_map(|tag| tag.as_string())
        .collect();
    if listed.is_empty() {
        navigator.language().into_iter().collect()
    } else {
        listed
    }
}

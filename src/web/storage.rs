//! What survives a reload: the token and the chosen language, per session.
//!
//! `sessionStorage` ends with the tab and is not shared with others.
//! Browsers may refuse it (blocked cookies, third-party frames); then it all
//! lives in memory and a reload asks for the link again.

use std::cell::RefCell;

use web_sys::Storage;

use crate::domain::i18n::Locale;
use crate::domain::launch::{ClientToken, Credentials};

use super::window;

const TOKEN: &str = "token";
const LOCALE: &str = "locale";
const HANDOFF: &str = "handoff";

/// Everything that is kept under a session's id.
const NAMES: [&str; 3] = [TOKEN, LOCALE, HANDOFF];

/// The storage of the tab.
pub struct SessionStore {
    storage: Option<Storage>,
    // What the browser would not take.
    memory: RefCell<Vec<(String, String)>>,
}

impl SessionStore {
    /// Opens the tab's storage, or memory where the browser refuses it.
    #[must_use]
    pub fn open() -> Self {
        let storage = window::window().and_then(|window| window.session_storage().ok().flatten());
        Self::over(storage)
    }

    /// Keeps everything in memory.
    #[must_use]
    pub fn in_memory() -> Self {
        Self::over(None)
    }

    fn over(storage: Option<Storage>) -> Self {
        Self {
            storage,
            memory: RefCell::default(),
        }
    }

    /// Keeps the token of a session, and which handoff it came by.
    pub fn keep_token(&self, credentials: &Credentials) {
        let session_id = &credentials.session_id;
        self.write(session_id, TOKEN, credentials.token.reveal());
        match &credentials.handoff_id {
            Some(id) => self.write(session_id, HANDOFF, id),
            None => self.remove(session_id, HANDOFF),
        }
    }

    /// The handoff that a session came by.
    #[must_use]
    pub fn handoff(&self, session_id: &str) -> Option<String> {
        self.read(session_id, HANDOFF)
    }

    /// The token of a session.
    #[must_use]
    pub fn token(&self, session_id: &str) -> Option<ClientToken> {
        self.read(session_id, TOKEN).map(ClientToken::new)
    }

    /// Keeps the person's own choice of language.
    pub fn remember_locale(&self, session_id: &str, locale: Locale) {
        self.write(session_id, LOCALE, locale.tag());
    }

    /// The person's own choice of language.
    #[must_use]
    pub fn locale(&self, session_id: &str) -> Option<Locale> {
        self.read(session_id, LOCALE)
            .and_then(|tag| Locale::from_tag(&tag))
    }

    /// Forgets everything about a session.
    pub fn forget(&self, session_id: &str) {
        for name in NAMES {
            self.remove(session_id, name);
        }
    }

    fn remove(&self, session_id: &str, name: &str) {
        let key = key(session_id, name);
        if let Some(storage) = &self.storage {
            // Refused like everything before it: then nothing is there.
            let _refused = storage.remove_item(&key).is_err();
        }
        self.memory.borrow_mut().retain(|(kept, _)| *kept != key);
    }

    fn write(&self, session_id: &str, name: &str, value: &str) {
        let key = key(session_id, name);
        let is_stored = self
            .storage
            .as_ref()
            .is_some_and(|storage| storage.set_item(&key, value).is_ok());
        let mut memory = self.memory.borrow_mut();
        memory.retain(|(kept, _)| *kept != key);
        if !is_stored {
            memory.push((key, value.to_owned()));
        }
    }

    fn read(&self, session_id: &str, name: &str) -> Option<String> {
        let key = key(session_id, name);
        let in_memory = self
            .memory
            .borrow()
            .iter()
            .find(|(kept, _)| *kept == key)
            .map(|(_, value)| value.clone());
        in_memory.or_else(|| self.storage.as_ref()?.get_item(&key).ok().flatten())
    }
}

fn key(session_id: &str, name: &str) -> String {
    format!("vestibule:{session_id}:{name}")
}

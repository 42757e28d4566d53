//! How the client was opened.

use crate::domain::i18n::Locale;

/// Everything known when the page opens.
#[derive(Debug, Clone, PartialEq)]
pub struct Launch {
    /// Session id from the link (`sessionID`), if there was one.
    pub session_id: Option<String>,
    /// Client session token from the link (`sessionToken`) or, after a reload,
    /// from storage.
    pub session_token: Option<ClientToken>,
    /// Whether the page is inside another one.
    pub is_embedded: bool,
    /// A language named by the link (`locale`), if any.
    pub link_locale: Option<String>,
    /// The languages that the browser prefers, best first, as BCP 47 tags.
    pub browser_locales: Vec<String>,
    /// The language that the person chose in this session, after a reload.
    pub chosen_locale: Option<Locale>,
    /// Whether a component for liveness checks of type ZOOM has been plugged
    /// in (docs/zoom.md).
    pub can_zoom: bool,
    /// Whether the journey began on another device and was handed to this one.
    pub handed: Option<Handed>,
    /// Whether this is a phone: it need not be offered to go on on one.
    pub is_handheld: bool,
}

/// How a journey came to this device.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Handed {
    /// By a code in the link (`handoff`), which is not redeemed yet.
    Over(OneTime),
    /// Before a reload, by this handoff.
    Earlier(String),
}

/// A code that works once, or a link that holds one; never printed.
#[derive(Clone, PartialEq, Eq)]
pub struct OneTime(String);

impl OneTime {
    /// Wraps a code or link.
    #[must_use]
    pub fn new(text: String) -> Self {
        Self(text)
    }

    /// The code or link itself, for the service and the eyes of the person only.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for OneTime {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("OneTime(…)")
    }
}

/// What the service wants to see.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Credentials {
    /// The session.
    pub session_id: String,
    /// Its client session token.
    pub token: ClientToken,
    /// The handoff that the token came by, when it is that of the other device.
    pub handoff_id: Option<String>,
}

/// A client session token; never printed.
#[derive(Clone, PartialEq, Eq)]
pub struct ClientToken(String);

impl ClientToken {
    /// Wraps a token.
    #[must_use]
    pub fn new(text: String) -> Self {
        Self(text)
    }

    /// The token itself, for the request header and the session storage only.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for ClientToken {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("ClientToken(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_never_printed() {
        let token = ClientToken::new("secret".to_owned());
        assert!(
            !format!("{token:?}").contains("secret"),
            "the token must not be in logs"
        );
    }

    #[test]
    fn a_code_for_the_other_device_is_never_printed() {
        let handed = Handed::Over(OneTime::new("secret".to_owned()));
        assert!(
            !format!("{handed:?}").contains("secret"),
            "the code must not be in logs"
        );
    }
}

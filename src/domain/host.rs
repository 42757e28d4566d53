//! Messages to and from the embedding page, and whom they may come from.
//!
//! Shapes: contract §5.3.

use serde::Serialize;

use crate::domain::json::value;

use crate::domain::launch::{ClientToken, Credentials};

/// What the embedding page may say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HostMessageIn {
    /// `INIT_SESSION`: the session to open.
    InitSession(Credentials),
}

/// What the embedding page is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(tag = "eventType", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum HostMessageOut {
    /// The client waits for `INIT_SESSION`.
    Started,
    /// Everything was delivered.
    Success,
    /// The session ended otherwise.
    Error {
        /// A code of the registry in [`crate::domain::error`].
        #[serde(rename = "eventCode")]
        event_code: u16,
    },
}

impl HostMessageOut {
    /// Whether the message says nothing about a session, so that it may be
    /// sent before the origin of the embedding page is known.
    #[must_use]
    pub fn is_harmless(self) -> bool {
        match self {
            Self::Started => true,
            Self::Success | Self::Error { .. } => false,
        }
    }
}

/// Reads a message from the embedding page, given as JSON text.
///
/// Returns nothing for anything that is not exactly a published message:
/// pages send each other all sorts of things.
#[must_use]
pub fn parse(json: &str) -> Option<HostMessageIn> {
    let message = value::parse(json).ok()?;
    let text = |name: &str| message.as_object()?.get(name)?.as_text().map(str::to_owned);
    if text("eventType")? != "INIT_SESSION" {
        return None;
    }
    let session_id = text("sessionID").filter(|id| !id.is_empty())?;
    let token = text("sessionToken").filter(|token| !token.is_empty())?;
    Some(HostMessageIn::InitSession(Credentials {
        handoff_id: None,
        session_id,
        token: ClientToken::new(token),
    }))
}

/// The origin of the page that embeds this one.
///
/// `ancestor` is the first entry of `location.ancestorOrigins`, where the
/// browser has it; `referrer` is `document.referrer`.
#[must_use]
pub fn embedding_origin(ancestor: Option<&str>, referrer: &str) -> Option<String> {
    ancestor
        .filter(|origin| *origin != "null" && !origin.is_empty())
        .map(str::to_owned)
        .or_else(|| origin_of(referrer))
}

/// The origin of an absolute http(s) address: scheme, host and port.
#[must_use]
pub fn origin_of(address: &str) -> Option<String> {
    let (scheme, rest) = address.split_once("://")?;
    if scheme != "https" && scheme != "http" {
        return None;
    }
    let authority = rest
        .split(['/', '?', '#'])
        .next()
        .filter(|text| !text.is_empty())?;
    if authority.contains(['@', '\\']) {
        return None;
    }
    Some(format!("{scheme}://{authority}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_have_the_published_shape() {
        let json = |message| serde_json::to_string(&message).unwrap();
        assert_eq!(json(HostMessageOut::Started), r#"{"eventType":"STARTED"}"#);
        assert_eq!(json(HostMessageOut::Success), r#"{"eventType":"SUCCESS"}"#);
        assert_eq!(
            json(HostMessageOut::Error { event_code: 4001 }),
            r#"{"eventType":"ERROR","eventCode":4001}"#
        );
    }

    #[test]
    fn init_session_is_understood() {
        let message = parse(r#"{"eventType":"INIT_SESSION","sessionID":"s","sessionToken":"t"}"#);
        let Some(HostMessageIn::InitSession(credentials)) = message else {
            panic!("not understood: {message:?}");
        };
        assert_eq!(credentials.session_id, "s");
        assert_eq!(credentials.token.reveal(), "t");
    }

    #[test]
    fn anything_else_is_not_a_message() {
        for text in [
            "",
            "null",
            "[]",
            r#""INIT_SESSION""#,
            r#"{"eventType":"SUCCESS"}"#,
            r#"{"eventType":"INIT_SESSION"}"#,
            r#"{"eventType":"INIT_SESSION","sessionID":"","sessionToken":"t"}"#,
            r#"{"eventType":"INIT_SESSION","sessionID":1,"sessionToken":"t"}"#,
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
    }

    #[test]
    fn the_embedding_origin_comes_from_the_browser_first() {
        assert_eq!(
            embedding_origin(Some("https://shop.example"), "https://other.example/a"),
            Some("https://shop.example".to_owned())
        );
        assert_eq!(
            embedding_origin(None, "https://shop.example:8443/a?b#c"),
            Some("https://shop.example:8443".to_owned())
        );
        assert_eq!(embedding_origin(Some("null"), ""), None);
        assert_eq!(embedding_origin(None, "file:///tmp/x.html"), None);
    }
}

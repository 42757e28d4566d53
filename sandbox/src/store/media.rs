//! Stored pictures and documents.

use bytes::Bytes;
use jiff::Timestamp;
use serde_json::{Value, json};

use crate::clock::rfc3339;

/// The published kinds of media.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum MediaKind {
    Image,
    Json,
    /// A file that is no picture.
    Binary,
}

impl MediaKind {
    /// The protocol's spelling.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Image => "IMAGE",
            Self::Json => "JSON",
            Self::Binary => "BINARY",
        }
    }
}

/// A stored thing; its record outlives its content.
#[derive(Debug, Clone)]
pub(crate) struct Media {
    pub(crate) id: String,
    pub(crate) kind: MediaKind,
    pub(crate) content_type: String,
    pub(crate) created: Timestamp,
    /// `None` once deleted.
    pub(crate) content: Option<Bytes>,
    /// When the content is dropped.
    pub(crate) kept_until: Timestamp,
}

impl Media {
    /// The content, unless it is gone at `now`.
    pub(crate) fn content(&self, now: Timestamp) -> Option<&Bytes> {
        self.content.as_ref().filter(|_| now < self.kept_until)
    }

    /// The published shape of a reference to media.
    pub(crate) fn reference(&self) -> Value {
        json!({
            "id": self.id,
            "type": self.kind.as_str(),
            "created": rfc3339(self.created),
            "last_updated": rfc3339(self.created),
        })
    }
}

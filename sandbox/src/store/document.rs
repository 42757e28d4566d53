//! An identity document that is being delivered.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::Timestamp;
use uuid::Uuid;
use vestibule::domain::session::config::DocumentType;
use vestibule::domain::session::resource::{
    AttemptCategory, CaptureMethod, Recommendation, RecommendationValue, TaskState,
};

use crate::picture::Picture;

/// One attempt at a document: its pages and what became of it.
#[derive(Debug, Clone)]
pub(crate) struct IdDocument {
    pub(crate) id: String,
    pub(crate) requirement_id: String,
    pub(crate) kind: DocumentType,
    pub(crate) country: String,
    pub(crate) created: Timestamp,
    pub(crate) updated: Timestamp,
    /// By page number, from 1.
    pub(crate) pages: BTreeMap<u32, Page>,
    /// Media ids that answered uploads, by page and idempotency key.
    pub(crate) answered: BTreeMap<(u32, Uuid), String>,
    pub(crate) extraction: Option<Extraction>,
    /// Media of what was read, when the outcome was scripted.
    pub(crate) fields_media: Option<String>,
    pub(crate) photo_media: Option<String>,
}

/// A side of a document.
#[derive(Debug, Clone)]
pub(crate) struct Page {
    pub(crate) capture_method: CaptureMethod,
    pub(crate) media_id: String,
    /// What the judge looks at: shared, because judging is done without the
    /// lock, and dropped once judged, because it is large.
    pub(crate) picture: Option<Arc<Picture>>,
}

/// The text-extraction task of a document.
#[derive(Debug, Clone)]
pub(crate) struct Extraction {
    pub(crate) id: String,
    pub(crate) created: Timestamp,
    pub(crate) updated: Timestamp,
    pub(crate) outcome: Option<Recommendation>,
}

/// Everything that the end of an extraction brings.
#[derive(Debug, Clone)]
pub(crate) struct Outcome {
    pub(crate) recommendation: Recommendation,
    pub(crate) fields: Option<serde_json::Value>,
    pub(crate) photo: Option<(String, bytes::Bytes)>,
}

impl Extraction {
    /// The state that follows from the outcome.
    pub(crate) fn state(&self) -> TaskState {
        match &self.outcome {
            None => TaskState::Pending,
            Some(it) if it.value == RecommendationValue::MustTryAgain => TaskState::Failed,
            Some(_) => TaskState::Done,
        }
    }
}

impl IdDocument {
    /// Whether it satisfies its requirement.
    pub(crate) fn is_usable(&self) -> bool {
        self.extraction
            .as_ref()
            .is_some_and(|it| it.state() == TaskState::Done)
    }

    /// Whether it satisfies its requirement and nothing better is wanted.
    pub(crate) fn is_final(&self) -> bool {
        self.recommendation()
            .is_some_and(|it| it.value == RecommendationValue::Progress)
    }

    /// What the service recommended, once it has.
    pub(crate) fn recommendation(&self) -> Option<&Recommendation> {
        self.extraction.as_ref()?.outcome.as_ref()
    }

    /// Whether it has been handed over but not been judged.
    pub(crate) fn is_pending(&self) -> bool {
        self.extraction
            .as_ref()
            .is_some_and(|it| it.outcome.is_none())
    }
}

/// The category that an outcome is counted in, if it costs an attempt.
pub(super) fn cost(recommendation: &Recommendation) -> Option<AttemptCategory> {
    (recommendation.value != RecommendationValue::Progress).then(|| {
        recommendation
            .category
            .clone()
            .unwrap_or(AttemptCategory::Generic)
    })
}

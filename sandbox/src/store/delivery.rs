//! Something that the end user delivers and the service judges: an identity
//! document, a supplementary document, a liveness capture.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::Timestamp;
use uuid::Uuid;
use vestibule::domain::session::config::DocumentType;
use vestibule::domain::session::resource::{
    AttemptCategory, CaptureMethod, Recommendation, RecommendationValue, TaskState,
};
use vestibule::domain::sight::PixelPoint;

use crate::picture::Picture;

/// What is delivered, as the person describes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum What {
    IdDocument { kind: DocumentType, country: String },
    Supplementary { kind: String, country: String },
    Liveness,
}

/// [`What`] without the person's description.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sort {
    IdDocument,
    Supplementary,
    Liveness,
}

impl What {
    /// The sort of this.
    pub(crate) fn sort(&self) -> Sort {
        match self {
            Self::IdDocument { .. } => Sort::IdDocument,
            Self::Supplementary { .. } => Sort::Supplementary,
            Self::Liveness => Sort::Liveness,
        }
    }

    /// The type and the country of a document.
    pub(crate) fn document(&self) -> Option<(&str, &str)> {
        match self {
            Self::IdDocument { kind, country } => Some((kind.as_str(), country)),
            Self::Supplementary { kind, country } => Some((kind, country)),
            Self::Liveness => None,
        }
    }
}

/// One attempt: its pictures and what became of it.
#[derive(Debug, Clone)]
pub(crate) struct Delivery {
    pub(crate) id: String,
    pub(crate) requirement_id: String,
    pub(crate) what: What,
    pub(crate) created: Timestamp,
    pub(crate) updated: Timestamp,
    /// By page number, from 1; a liveness capture has one.
    pub(crate) pages: BTreeMap<u32, Page>,
    /// A PDF instead of pages.
    pub(crate) file: Option<Page>,
    /// Media ids that answered uploads, by page and idempotency key; the file
    /// is page 0.
    pub(crate) answered: BTreeMap<(u32, Uuid), String>,
    pub(crate) judging: Option<Judging>,
    /// Media of what was read, when the outcome was scripted.
    pub(crate) fields_media: Option<String>,
    pub(crate) photo_media: Option<String>,
}

/// Stored bytes of a delivery: a side, a page, a face, a file.
#[derive(Debug, Clone)]
pub(crate) struct Page {
    pub(crate) capture_method: CaptureMethod,
    pub(crate) media_id: String,
    /// Where the client saw the document in it.
    pub(crate) seen: Option<Outline>,
    /// Tells whether the very same bytes were sent for something else.
    pub(crate) sha256: [u8; 32],
    /// What the judge looks at: shared, because judging is done without the
    /// lock, and dropped once judged, because it is large.
    pub(crate) picture: Option<Arc<Picture>>,
}

/// Where a document is in a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Outline {
    /// Its corners in pixels, clockwise.
    pub(crate) corners: [PixelPoint; 4],
    /// The picture's width and height.
    pub(crate) size_px: (u32, u32),
}

/// The judging of a delivery: a text extraction, or a liveness check.
#[derive(Debug, Clone)]
pub(crate) struct Judging {
    pub(crate) id: String,
    pub(crate) created: Timestamp,
    pub(crate) updated: Timestamp,
    pub(crate) outcome: Option<Recommendation>,
}

/// Everything that the end of a judging brings.
#[derive(Debug, Clone)]
pub(crate) struct Outcome {
    pub(crate) recommendation: Recommendation,
    pub(crate) fields: Option<serde_json::Value>,
    pub(crate) photo: Option<(String, bytes::Bytes)>,
}

impl Judging {
    /// The state that follows from the outcome.
    pub(crate) fn state(&self) -> TaskState {
        match &self.outcome {
            None => TaskState::Pending,
            Some(it) if it.value == RecommendationValue::MustTryAgain => TaskState::Failed,
            Some(_) => TaskState::Done,
        }
    }
}

impl Delivery {
    /// Whether it satisfies its requirement.
    pub(crate) fn is_usable(&self) -> bool {
        self.judging
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
        self.judging.as_ref()?.outcome.as_ref()
    }

    /// Whether it has been handed over but not been judged.
    pub(crate) fn is_pending(&self) -> bool {
        self.judging.as_ref().is_some_and(|it| it.outcome.is_none())
    }

    /// Every stored picture and file, by page number; the file is page 0.
    pub(crate) fn stored(&self) -> impl Iterator<Item = (u32, &Page)> {
        let file = self.file.iter().map(|file| (0, file));
        file.chain(self.pages.iter().map(|(number, page)| (*number, page)))
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

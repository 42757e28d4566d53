//! From pictures to a recommendation.

use std::sync::Arc;

use vestibule::domain::session::config::DocumentType;
use vestibule::domain::session::resource::{
    AttemptCategory, Reason, ReasonValue, Recommendation, RecommendationValue,
};
use vestibule::domain::session::sides::sides;
use vestibule_vision::{Judge, Reason as Flaw};

use crate::picture::Picture;

/// What is known of a document's sides.
#[derive(Debug)]
pub(super) struct Sides {
    pub(super) kind: DocumentType,
    /// By page number, from 1.
    pub(super) pictures: Vec<(u32, Arc<Picture>)>,
    /// Whether the second side is the very same file as the first.
    pub(super) repeated: bool,
}

/// Judges all sides; the first thing to mend decides.
pub(super) fn judge(document: &Sides) -> Recommendation {
    let mut judge = Judge::default();
    for (page, picture) in &document.pictures {
        let Ok(luma) = picture.luma() else {
            return unreadable();
        };
        if let Some(flaw) = judge.judge(&luma).first_reason() {
            return try_again(ReasonValue::Quality, detail(flaw), Some(*page));
        }
    }
    let expected = u32::try_from(sides(&document.kind).len()).unwrap_or(u32::MAX);
    let missing = (1..=expected).find(|page| document.pictures.iter().all(|(it, _)| it != page));
    if let Some(page) = missing {
        return try_again(ReasonValue::UserError, "MISSING_DOCUMENT_SIDE", Some(page));
    }
    if expected > 1 && document.repeated {
        return try_again(ReasonValue::UserError, "MISSING_DOCUMENT_SIDE", Some(2));
    }
    Recommendation {
        value: RecommendationValue::Progress,
        reason: None,
        category: None,
        page: None,
        detected_document_type: None,
        detected_country: None,
    }
}

/// The recommendation for a picture that nothing can be said about.
pub(super) fn unreadable() -> Recommendation {
    try_again(ReasonValue::Quality, "NO_DOCUMENT", None)
}

/// The published names (contract §7.3).
fn detail(flaw: Flaw) -> &'static str {
    match flaw {
        Flaw::TooDark => "PHOTO_TOO_DARK",
        Flaw::TooBright => "PHOTO_OVEREXPOSED",
        Flaw::NoDetail => "NO_DOCUMENT",
        Flaw::TooSmall => "IMAGE_RESOLUTION_TOO_LOW",
        Flaw::Blurred => "PHOTO_TOO_BLURRY",
    }
}

fn try_again(value: ReasonValue, detail: &str, page: Option<u32>) -> Recommendation {
    Recommendation {
        value: RecommendationValue::MustTryAgain,
        reason: Some(Reason {
            value,
            detail: Some(detail.to_owned()),
        }),
        category: Some(AttemptCategory::Generic),
        page,
        detected_document_type: None,
        detected_country: None,
    }
}

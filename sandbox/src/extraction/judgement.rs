//! From pictures to a recommendation.

use std::sync::Arc;

use vestibule::domain::session::config::DocumentType;
use vestibule::domain::session::resource::{
    AttemptCategory, Reason, ReasonValue, Recommendation, RecommendationValue,
};
use vestibule::domain::session::sides::sides;
use vestibule_vision::{Judge, Reason as Flaw, Thresholds};

use crate::picture::Picture;
use crate::store::What;

/// What is known of a delivery.
#[derive(Debug)]
pub(super) struct Evidence {
    pub(super) what: What,
    /// By page number, from 1.
    pub(super) pictures: Vec<(u32, Arc<Picture>)>,
    /// Whether the second side is the very same file as the first.
    pub(super) repeated: bool,
    /// The page of a document whose very bytes were sent for another
    /// requirement; 0 is a file.
    pub(super) reused: Option<u32>,
}

/// Judges everything; the first thing to mend decides.
pub(super) fn judge(evidence: &Evidence) -> Recommendation {
    if let Some(page) = evidence.reused {
        return try_again(ReasonValue::UserError, "MISUSE", (page > 0).then_some(page));
    }
    match &evidence.what {
        What::IdDocument { kind, .. } => document(evidence, kind),
        What::Supplementary { .. } => pages(evidence).unwrap_or_else(progress),
        What::Liveness => face(evidence),
    }
}

fn document(evidence: &Evidence, kind: &DocumentType) -> Recommendation {
    if let Some(flawed) = pages(evidence) {
        return flawed;
    }
    let expected = u32::try_from(sides(kind).len()).unwrap_or(u32::MAX);
    let missing = (1..=expected).find(|page| evidence.pictures.iter().all(|(it, _)| it != page));
    if let Some(page) = missing {
        return try_again(ReasonValue::UserError, "MISSING_DOCUMENT_SIDE", Some(page));
    }
    if expected > 1 && evidence.repeated {
        return try_again(ReasonValue::UserError, "MISSING_DOCUMENT_SIDE", Some(2));
    }
    progress()
}

/// The first picture of a document that can't be used, if any.
fn pages(evidence: &Evidence) -> Option<Recommendation> {
    let mut judge = Judge::default();
    evidence.pictures.iter().find_map(|(page, picture)| {
        let Ok(luma) = picture.luma() else {
            return Some(unreadable());
        };
        let flaw = judge.judge(&luma).first_reason()?;
        Some(try_again(ReasonValue::Quality, detail(flaw), Some(*page)))
    })
}

/// The limits of a picture of a face, which has no small print.
fn face_thresholds() -> Thresholds {
    Thresholds {
        // Many webcams give no more than 640x480.
        short_side_min_px: 480,
        // A face in front of a bare wall: only eyes, mouth and hair have
        // detail.
        detail_min_share: 0.01,
        // An iris is 11.7 mm across. In a face of 240 mm that spans half of
        // the longer side it is 24 permille wide; blurred by an eighth of
        // that it still has an edge.
        blur_max_permille: 3.0,
        ..Thresholds::default()
    }
}

fn face(evidence: &Evidence) -> Recommendation {
    let mut judge = Judge::new(face_thresholds());
    let Some(luma) = evidence
        .pictures
        .first()
        .and_then(|(_, picture)| picture.luma().ok())
    else {
        return try_again(ReasonValue::Quality, "FACE_NOT_FOUND", None);
    };
    match judge.judge(&luma).first_reason() {
        None => progress(),
        Some(flaw) => try_again(ReasonValue::Quality, face_detail(flaw), None),
    }
}

fn progress() -> Recommendation {
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
        Flaw::NoDocument | Flaw::NoDetail => "NO_DOCUMENT",
        Flaw::CutOff => "PARTIAL_PHOTO",
        // What is held askew has too few pixels on its far side.
        Flaw::TooSmall | Flaw::Tilted => "IMAGE_RESOLUTION_TOO_LOW",
        Flaw::WrongShape => "INCORRECT_DOCUMENT_TYPE",
        Flaw::Glare => "GLARE_OBSTRUCTION",
        Flaw::Covered => "OBJECT_OBSTRUCTION",
        Flaw::Moved | Flaw::Blurred => "PHOTO_TOO_BLURRY",
    }
}

/// The published names for faces (contract §7.3).
fn face_detail(flaw: Flaw) -> &'static str {
    match flaw {
        Flaw::NoDocument | Flaw::NoDetail => "FACE_NOT_FOUND",
        Flaw::TooSmall => "FACE_PHOTO_LOW_RESOLUTION",
        _ => detail(flaw),
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

//! What was delivered, as the result shows it (contract §7.1).

use serde_json::{Map, Value, json};
use vestibule::domain::session::config::SourceKind;

use crate::branch::BranchDocument;
use crate::checks::text_data_check;
use crate::clock::rfc3339;
use crate::configuration::{ID_EXTRACTION, SUPPLEMENTARY_EXTRACTION};
use crate::store::{Delivery, FaceCapture, Page, Session, Sort, What};

/// `resources` of the result.
pub(crate) fn resources(session: &Session) -> Value {
    let of = |sort, shape: fn(&Session, &Delivery) -> Value| -> Vec<Value> {
        session
            .deliveries_of(sort)
            .map(|it| shape(session, it))
            .collect()
    };
    let faces: Vec<Value> = session
        .face_captures
        .iter()
        .map(|it| face(session, it))
        .collect();
    let mut value = json!({
        "id_documents": of(Sort::IdDocument, document),
        "supplementary_documents": of(Sort::Supplementary, document),
        "liveness_capture": of(Sort::Liveness, liveness),
        "face_capture": faces,
    });
    for brought in session.branch.documents.iter().flatten() {
        let list = match brought.sort {
            Sort::IdDocument => &mut value["id_documents"],
            Sort::Supplementary | Sort::Liveness => &mut value["supplementary_documents"],
        };
        if let Some(list) = list.as_array_mut() {
            list.push(brought_document(brought));
        }
    }
    let reviewed = session.review.confirmed.as_ref().map(|(_, media)| media);
    let profiles: Vec<Value> = [
        (SourceKind::RelyingBusiness, session.profile_media.as_ref()),
        (SourceKind::EndUser, reviewed),
    ]
    .into_iter()
    .filter_map(|(source, media)| {
        let media = media?;
        Some(json!({
            "id": media,
            "source": { "type": source.as_str() },
            "media": session.media_reference(media),
        }))
    })
    .collect();
    if !profiles.is_empty() {
        value["applicant_profiles"] = json!(profiles);
    }
    value
}

fn document(session: &Session, document: &Delivery) -> Value {
    let pages: Vec<Value> = document
        .pages
        .values()
        .map(|page| {
            json!({
                "capture_method": page.capture_method.as_str(),
                "media": session.media_reference(&page.media_id),
                "frames": [],
                "extraction_image_ids": [],
            })
        })
        .collect();
    let (kind, country) = document.what.document().unwrap_or_default();
    let mut value = json!({
        "id": document.id,
        "source": { "type": "END_USER" },
        "document_type": kind,
        "issuing_country": country,
        "created_at": rfc3339(document.created),
        "last_updated": rfc3339(document.updated),
        "pages": pages,
        "tasks": tasks(session, document),
    });
    let media = |id: &String| json!({ "media": session.media_reference(id) });
    if let Some(id) = &document.fields_media {
        value["document_fields"] = media(id);
    }
    if let Some(id) = &document.photo_media {
        value["document_id_photo"] = media(id);
    }
    if let Some(file) = &document.file {
        value["file"] = media(&file.media_id);
    }
    value
}

/// A document that a branch has looked at; its pictures stay there.
fn brought_document(document: &BranchDocument) -> Value {
    json!({
        "id": document.id,
        "source": { "type": "IBV" },
        "document_type": document.kind,
        "issuing_country": document.country,
        "created_at": rfc3339(document.created),
        "last_updated": rfc3339(document.created),
        "pages": [],
        "tasks": [],
    })
}

/// The task, if the business asked for it; the pictures are judged anyway.
fn tasks(session: &Session, document: &Delivery) -> Vec<Value> {
    let task = match document.what {
        What::IdDocument { .. } => session.spec.task(ID_EXTRACTION),
        What::Supplementary { .. } => session.spec.task(SUPPLEMENTARY_EXTRACTION),
        What::Liveness => None,
    };
    let (Some(task), Some(judging)) = (task, &document.judging) else {
        return Vec::new();
    };
    let generated_checks: Vec<Value> = session
        .checks
        .iter()
        .filter(|it| Some(it.kind.as_str()) == text_data_check(&task.kind))
        .filter(|it| it.resources_used.contains(&document.id))
        .map(|it| json!({ "id": it.id, "type": it.kind }))
        .collect();
    let generated_media: Vec<Value> = [&document.fields_media, &document.photo_media]
        .into_iter()
        .flatten()
        .filter_map(|id| session.media.get(id))
        .map(|media| json!({ "id": media.id, "type": media.kind.as_str() }))
        .collect();
    let mut value = json!({
        "type": task.kind,
        "id": judging.id,
        "state": judging.state().as_str(),
        "created": rfc3339(judging.created),
        "last_updated": rfc3339(judging.updated),
        "generated_checks": generated_checks,
        "generated_media": generated_media,
    });
    if let Some(outcome) = &judging.outcome {
        let mut recommendation = Map::new();
        recommendation.insert("value".to_owned(), json!(outcome.value));
        if let Some(reason) = &outcome.reason {
            recommendation.insert("reason".to_owned(), json!(reason));
        }
        value["recommendation"] = Value::Object(recommendation);
    }
    vec![value]
}

fn liveness(session: &Session, capture: &Delivery) -> Value {
    let mut value = json!({
        "id": capture.id,
        "liveness_type": "STATIC",
        "source": { "type": "END_USER" },
        "created_at": rfc3339(capture.created),
        "last_updated": rfc3339(capture.updated),
        "capture_type": "PHOTOGRAPH",
        "tasks": [],
    });
    let image = capture.pages.values().next();
    if let Some(Page { media_id, .. }) = image {
        value["image"] = json!({ "media": session.media_reference(media_id) });
    }
    value
}

fn face(session: &Session, face: &FaceCapture) -> Value {
    let mut value = json!({
        "id": face.id,
        "source": { "type": face.source.as_str() },
        "created_at": rfc3339(face.created),
        "tasks": [],
    });
    if let Some(media) = &face.media_id {
        value["image"] = json!({ "media": session.media_reference(media) });
    }
    value
}

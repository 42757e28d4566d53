//! The result of a session, in the published shape (contract §7.1).

use jiff::Timestamp;
use serde_json::{Map, Value, json};

use crate::branch::BranchDocument;
use crate::checks::TEXT_DATA_CHECK;
use crate::clock::{rfc3339, seconds_between};
use crate::configuration::ID_EXTRACTION;
use crate::store::{Check, FaceCapture, IdDocument, Session};

/// What `GET /sessions/{id}` answers at `now`.
pub(crate) fn result(session: &Session, now: Timestamp) -> Value {
    let mut value = json!({
        "session_id": session.id,
        "state": session.state(now).as_str(),
        "client_session_token_ttl": seconds_between(now, session.spec.token_expires),
        "resources": resources(session),
        "checks": session.checks.iter().map(|it| check(it, now)).collect::<Vec<_>>(),
    });
    if let Some(tracking_id) = &session.spec.user_tracking_id {
        value["user_tracking_id"] = json!(tracking_id);
    }
    if session.ended.is_none() {
        value["client_session_token"] = json!(session.token);
    }
    value
}

fn resources(session: &Session) -> Value {
    let mut value = json!({
        "id_documents": session.id_documents.iter().map(|it| document(session, it)).collect::<Vec<_>>(),
        "supplementary_documents": [],
        "liveness_capture": [],
        "face_capture": session.face_captures.iter().map(|it| face(session, it)).collect::<Vec<_>>(),
    });
    for brought in session.branch.documents.iter().flatten() {
        let list = if brought.is_id {
            &mut value["id_documents"]
        } else {
            &mut value["supplementary_documents"]
        };
        if let Some(list) = list.as_array_mut() {
            list.push(brought_document(brought));
        }
    }
    if let Some(media) = &session.profile_media {
        value["applicant_profiles"] = json!([{
            "id": media,
            "source": { "type": "RELYING_BUSINESS" },
            "media": session.media_reference(media),
        }]);
    }
    value
}

fn document(session: &Session, document: &IdDocument) -> Value {
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
    let mut value = json!({
        "id": document.id,
        "source": { "type": "END_USER" },
        "document_type": document.kind.as_str(),
        "issuing_country": document.country,
        "created_at": rfc3339(document.created),
        "last_updated": rfc3339(document.updated),
        "pages": pages,
        "tasks": tasks(session, document),
    });
    if let Some(media) = &document.fields_media {
        value["document_fields"] = json!({ "media": session.media_reference(media) });
    }
    if let Some(media) = &document.photo_media {
        value["document_id_photo"] = json!({ "media": session.media_reference(media) });
    }
    value
}

/// A document that a branch has looked at; its pictures stay there.
fn brought_document(document: &BranchDocument) -> Value {
    json!({
        "id": document.id,
        "source": { "type": "IBV" },
        "document_type": document.kind.as_str(),
        "issuing_country": document.country,
        "created_at": rfc3339(document.created),
        "last_updated": rfc3339(document.created),
        "pages": [],
        "tasks": [],
    })
}

/// The task, if the business asked for it; the pictures are judged anyway.
fn tasks(session: &Session, document: &IdDocument) -> Vec<Value> {
    let (Some(task), Some(extraction)) = (session.spec.task(ID_EXTRACTION), &document.extraction)
    else {
        return Vec::new();
    };
    let generated_checks: Vec<Value> = session
        .checks
        .iter()
        .filter(|it| it.kind == TEXT_DATA_CHECK && it.resources_used.contains(&document.id))
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
        "id": extraction.id,
        "state": extraction.state().as_str(),
        "created": rfc3339(extraction.created),
        "last_updated": rfc3339(extraction.updated),
        "generated_checks": generated_checks,
        "generated_media": generated_media,
    });
    if let Some(outcome) = &extraction.outcome {
        let mut recommendation = Map::new();
        recommendation.insert("value".to_owned(), json!(outcome.value));
        if let Some(reason) = &outcome.reason {
            recommendation.insert("reason".to_owned(), json!(reason));
        }
        value["recommendation"] = Value::Object(recommendation);
    }
    vec![value]
}

fn face(session: &Session, face: &FaceCapture) -> Value {
    let mut value = json!({
        "id": face.id,
        "source": { "type": "RELYING_BUSINESS" },
        "created_at": rfc3339(face.created),
        "tasks": [],
    });
    if let Some(media) = &face.media_id {
        value["image"] = json!({ "media": session.media_reference(media) });
    }
    value
}

fn check(check: &Check, now: Timestamp) -> Value {
    let done = check.ready <= now;
    let mut value = json!({
        "id": check.id,
        "type": check.kind,
        "state": if done { "DONE" } else { "PENDING" },
        "resources_used": check.resources_used,
        "generated_media": [],
        "created": rfc3339(check.created),
        "last_updated": rfc3339(if done { check.ready } else { check.created }),
    });
    if done {
        value["report"] = check.report.clone();
    }
    value
}

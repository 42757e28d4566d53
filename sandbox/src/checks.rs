//! The checks that run once the person has finished.
//!
//! The sandbox verifies nothing: every check approves, unless the session's
//! script says otherwise.

use jiff::Timestamp;
use serde_json::{Value, json};
use vestibule::domain::session::config::DocumentType;

use crate::clock::plus_s;
use crate::configuration::ID_EXTRACTION;
use crate::store::{Check, Session, new_id};

/// The check that a manual reading of a document generates.
pub(crate) const TEXT_DATA_CHECK: &str = "ID_DOCUMENT_TEXT_DATA_CHECK";

/// Checks that are made once per identity document.
const PER_DOCUMENT: &[&str] = &[
    "ID_DOCUMENT_AUTHENTICITY",
    "ID_DOCUMENT_FACE_MATCH",
    "IBV_VISUAL_REVIEW_CHECK",
    "DOCUMENT_SCHEME_VALIDITY_CHECK",
    "PROFILE_DOCUMENT_MATCH",
];

/// A document that is checked: its id, type and country.
type Judged<'a> = (&'a str, &'a DocumentType, &'a str);

/// The checks of a session that ends at `now`.
pub(crate) fn checks(session: &Session, now: Timestamp) -> Vec<Check> {
    let mut documents: Vec<Judged<'_>> = session
        .accepted_documents()
        .into_iter()
        .map(|it| (it.id.as_str(), &it.kind, it.country.as_str()))
        .collect();
    let in_branch = session.branch.documents.iter().flatten();
    documents.extend(
        in_branch
            .filter(|it| it.is_id)
            .map(|it| (it.id.as_str(), &it.kind, it.country.as_str())),
    );
    let faces = session.face_captures.iter().map(|it| it.id.clone());
    let everything: Vec<String> = documents
        .iter()
        .map(|(id, ..)| (*id).to_owned())
        .chain(faces)
        .collect();
    let mut kinds: Vec<&str> = session
        .spec
        .checks
        .iter()
        .map(|it| it.kind.as_str())
        .collect();
    let by_hand = session
        .spec
        .task(ID_EXTRACTION)
        .is_some_and(|task| task.manual_check.as_deref() == Some("ALWAYS"));
    if by_hand {
        kinds.insert(0, TEXT_DATA_CHECK);
    }
    let ready = plus_s(now, session.script.report_delay_s);
    let check = |kind: &str, resources_used, document: Option<Judged<'_>>| Check {
        id: new_id(),
        kind: kind.to_owned(),
        resources_used,
        created: now,
        ready,
        report: session
            .script
            .report(kind, document.map(|(_, kind, country)| (kind, country)))
            .unwrap_or_else(|| approval(kind)),
    };
    let mut found = Vec::new();
    for kind in kinds {
        if PER_DOCUMENT.contains(&kind) || kind == TEXT_DATA_CHECK {
            for document in &documents {
                let (id, ..) = *document;
                found.push(check(kind, vec![id.to_owned()], Some(*document)));
            }
        } else {
            found.push(check(kind, everything.clone(), None));
        }
    }
    found
}

fn approval(kind: &str) -> Value {
    let sub_checks: &[&str] = match kind {
        "ID_DOCUMENT_AUTHENTICITY" => &["no_sign_of_tampering", "no_signs_of_forgery"],
        TEXT_DATA_CHECK => &["text_data_readable"],
        "ID_DOCUMENT_FACE_MATCH" => &["ai_face_match"],
        "LIVENESS" => &["liveness_auth"],
        _ => &[],
    };
    let breakdown: Vec<Value> = sub_checks
        .iter()
        .map(|name| {
            json!({ "sub_check": name, "result": "PASS", "details": [], "process": "AUTOMATED" })
        })
        .collect();
    json!({ "recommendation": { "value": "APPROVE" }, "breakdown": breakdown })
}

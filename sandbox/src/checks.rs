//! The checks that run once the person has finished.
//!
//! The sandbox verifies nothing: every check approves, unless the session's
//! script says otherwise. Only the checks of liveness captures follow from
//! what was seen, because they were made while the person waited.

use jiff::Timestamp;
use serde_json::{Value, json};
use vestibule::domain::session::config::SourceKind;

use crate::clock::plus_s;
use crate::configuration::{ID_EXTRACTION, SUPPLEMENTARY_EXTRACTION};
use crate::store::{Check, Session, Sort, new_id};

const TEXT_DATA_CHECK: &str = "ID_DOCUMENT_TEXT_DATA_CHECK";
const SUPPLEMENTARY_CHECK: &str = "SUPPLEMENTARY_DOCUMENT_TEXT_DATA_CHECK";

/// Checks that are made once per identity document.
const PER_DOCUMENT: &[&str] = &[
    "ID_DOCUMENT_AUTHENTICITY",
    "ID_DOCUMENT_FACE_MATCH",
    "IBV_VISUAL_REVIEW_CHECK",
    "DOCUMENT_SCHEME_VALIDITY_CHECK",
    "PROFILE_DOCUMENT_MATCH",
];

/// The check that a manual reading by this task generates.
pub(crate) fn text_data_check(task: &str) -> Option<&'static str> {
    match task {
        ID_EXTRACTION => Some(TEXT_DATA_CHECK),
        SUPPLEMENTARY_EXTRACTION => Some(SUPPLEMENTARY_CHECK),
        _ => None,
    }
}

/// A document that is checked, delivered from home or in a branch.
struct Seen<'a> {
    id: &'a str,
    /// Its type and its country.
    described: Option<(&'a str, &'a str)>,
}

fn seen(session: &Session, sort: Sort) -> Vec<Seen<'_>> {
    let delivered = session.accepted(sort).into_iter().map(|it| Seen {
        id: &it.id,
        described: it.what.document(),
    });
    let brought = session.branch.documents.iter().flatten();
    let brought = brought.filter(|it| it.sort == sort).map(|it| Seen {
        id: &it.id,
        described: Some((&it.kind, &it.country)),
    });
    delivered.chain(brought).collect()
}

/// The checks of a session that ends at `now`.
pub(crate) fn checks(session: &Session, now: Timestamp) -> Vec<Check> {
    let documents = seen(session, Sort::IdDocument);
    let supplementary = seen(session, Sort::Supplementary);
    let ready = plus_s(now, session.script.report_delay_s);
    let check = |kind: &str, used: Vec<String>, document: Option<&Seen<'_>>| Check {
        id: new_id(),
        kind: kind.to_owned(),
        resources_used: used,
        created: now,
        ready,
        report: session
            .script
            .report(kind, document.and_then(|it| it.described))
            .unwrap_or_else(|| approved(session, kind)),
    };
    let faces = faces(session);
    let mut found = Vec::new();
    for (task, read) in [
        (ID_EXTRACTION, &documents),
        (SUPPLEMENTARY_EXTRACTION, &supplementary),
    ] {
        let by_hand = session
            .spec
            .task(task)
            .is_some_and(|task| task.manual_check.as_deref() == Some("ALWAYS"));
        if let Some(kind) = text_data_check(task).filter(|_| by_hand) {
            found.extend(
                read.iter()
                    .map(|it| check(kind, vec![it.id.to_owned()], Some(it))),
            );
        }
    }
    for requested in &session.spec.checks {
        let kind = requested.kind.as_str();
        let ids = documents.iter().map(|it| it.id.to_owned());
        match kind {
            "LIVENESS" => found.extend(liveness(session)),
            "ID_DOCUMENT_FACE_MATCH" => found.extend(documents.iter().map(|it| {
                let with_face = std::iter::once(it.id.to_owned()).chain(faces.clone());
                check(kind, with_face.collect(), Some(it))
            })),
            _ if PER_DOCUMENT.contains(&kind) => found.extend(
                documents
                    .iter()
                    .map(|it| check(kind, vec![it.id.to_owned()], Some(it))),
            ),
            "FACE_COMPARISON" => found.push(check(
                kind,
                references(session).chain(faces.clone()).collect(),
                None,
            )),
            "FAMILIAR_FACE_SEARCH" => found.push(check(kind, faces.clone(), None)),
            _ => found.push(check(kind, ids.collect(), None)),
        }
    }
    // An identity profile brings its own.
    if !session.spec.asks_check("LIVENESS") {
        found.extend(liveness(session));
    }
    found
}

/// The faces that the person delivered: the live one, or a plain still.
fn faces(session: &Session) -> Vec<String> {
    let live = session.accepted(Sort::Liveness).into_iter();
    let stills = session
        .face_captures
        .iter()
        .filter(|it| it.source == SourceKind::EndUser && it.media_id.is_some());
    live.map(|it| it.id.clone())
        .chain(stills.map(|it| it.id.clone()))
        .collect()
}

/// The faces that the business supplied.
fn references(session: &Session) -> impl Iterator<Item = String> {
    session
        .face_captures
        .iter()
        .filter(|it| it.source == SourceKind::RelyingBusiness && it.media_id.is_some())
        .map(|it| it.id.clone())
}

/// One check per judged capture, with the time at which it was judged.
fn liveness(session: &Session) -> Vec<Check> {
    let judged = session.deliveries_of(Sort::Liveness).filter_map(|capture| {
        let judging = capture.judging.as_ref()?;
        let outcome = judging.outcome.as_ref()?;
        let detail = outcome.reason.as_ref().and_then(|it| it.detail.as_deref());
        Some(Check {
            id: new_id(),
            kind: "LIVENESS".to_owned(),
            resources_used: vec![capture.id.clone()],
            created: judging.created,
            ready: judging.updated,
            report: if capture.is_usable() {
                let scripted = session.script.report("LIVENESS", None);
                scripted.unwrap_or_else(|| approval("LIVENESS"))
            } else {
                not_available(detail.unwrap_or("INVALID"))
            },
        })
    });
    judged.collect()
}

/// The report of a capture in which nobody could be seen alive.
fn not_available(reason: &str) -> Value {
    json!({
        "recommendation": { "value": "NOT_AVAILABLE", "reason": reason },
        "breakdown": [sub_check("face_processing", "FAIL")],
    })
}

/// The approval of a check, with what it searched for where it searches.
fn approved(session: &Session, kind: &str) -> Value {
    let mut report = approval(kind);
    let requested = session.spec.checks.iter().find(|it| it.kind == kind);
    if let Some(requested) = requested.filter(|_| kind.starts_with("WATCHLIST_")) {
        report["watchlist_summary"] = json!({
            "total_hits": 0,
            "associated_country_codes": [],
            "search_config": requested.config,
        });
    }
    report
}

fn approval(kind: &str) -> Value {
    let sub_checks: &[&str] = match kind {
        "ID_DOCUMENT_AUTHENTICITY" => &["no_sign_of_tampering", "no_signs_of_forgery"],
        TEXT_DATA_CHECK | SUPPLEMENTARY_CHECK => &["text_data_readable"],
        "ID_DOCUMENT_FACE_MATCH" => &["ai_face_match"],
        "LIVENESS" => &["liveness_auth", "face_processing"],
        _ => &[],
    };
    let breakdown: Vec<Value> = sub_checks
        .iter()
        .map(|name| sub_check(name, "PASS"))
        .collect();
    json!({ "recommendation": { "value": "APPROVE" }, "breakdown": breakdown })
}

fn sub_check(name: &str, result: &str) -> Value {
    json!({ "sub_check": name, "result": result, "details": [], "process": "AUTOMATED" })
}

//! The visit itself, which tests have happen.

use jiff::Timestamp;
use vestibule::domain::session::config::{RequirementState, SourceKind};

use super::email;
use crate::checks;
use crate::notify::{self, Topic};
use crate::store::{RequirementKind, Session, Sort, new_id};

/// A document that the branch has looked at.
#[derive(Debug, Clone)]
pub(crate) struct BranchDocument {
    pub(crate) id: String,
    pub(crate) sort: Sort,
    pub(crate) kind: String,
    pub(crate) country: String,
    pub(crate) created: Timestamp,
}

/// The person has brought everything; `false` when there is nothing to bring.
///
/// The checks of the session start, as after the end of one at home.
pub(crate) fn visit(session: &mut Session, now: Timestamp) -> bool {
    if session.spec.ibv.is_none() || !session.takes_deliveries(now) {
        return false;
    }
    notify::happened(session, Topic::FirstBranchVisit, now);
    let documents = brought(session, now);
    for document in &documents {
        notify::resource_updated(session, &document.id, now);
    }
    session.branch.documents = Some(documents);
    session.checks = checks::checks(session, now);
    session.ended = Some(now);
    if session.outbox.has(Topic::ThankYouEmailRequested) {
        notify::happened(session, Topic::ThankYouEmailRequested, now);
    } else {
        email(session, "Thank you for your visit", None, now);
    }
    true
}

/// What the instructions announce; where they say nothing, the first document
/// that is allowed.
fn brought(session: &Session, now: Timestamp) -> Vec<BranchDocument> {
    let announced = session.branch.instructions.as_ref();
    session
        .requirements
        .iter()
        .filter(|it| {
            it.sources.contains(&SourceKind::Ibv)
                && session.requirement_state(it) == RequirementState::Required
        })
        .filter_map(|requirement| {
            let announced = announced
                .and_then(|it| {
                    it.documents
                        .iter()
                        .find(|it| it.requirement_id == requirement.id)
                })
                .map(|it| {
                    let document = &it.document;
                    (
                        document.document_type.clone(),
                        document.country_code.clone(),
                    )
                });
            let (sort, allowed) = match &requirement.kind {
                RequirementKind::IdDocument { countries, .. } => {
                    let first = countries.first().and_then(|country| {
                        let document = country.supported_documents.first()?;
                        Some((document.kind.as_str().to_owned(), country.code.clone()))
                    });
                    (Sort::IdDocument, first)
                }
                RequirementKind::Supplementary {
                    document_types,
                    country_codes,
                    ..
                } => (
                    Sort::Supplementary,
                    document_types
                        .first()
                        .cloned()
                        .zip(country_codes.first().cloned()),
                ),
                _ => return None,
            };
            let (kind, country) = announced.or(allowed)?;
            Some(BranchDocument {
                id: new_id(),
                sort,
                kind,
                country,
                created: now,
            })
        })
        .collect()
}

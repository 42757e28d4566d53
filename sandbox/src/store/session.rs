//! A session and the rules that span its parts.

use std::collections::BTreeMap;

use bytes::Bytes;
use jiff::Timestamp;
use serde_json::Value;
use vestibule::domain::session::config::{
    CaptureMethods, DocumentType, RequirementState, SourceKind, SupportedCountry,
};
use vestibule::domain::session::resource::ApiErrorCode;

use super::document::cost;
use super::{Extraction, Handoff, IdDocument, Media, MediaKind, Outcome, new_id};
use crate::branch::BranchState;
use crate::clock::plus_s;
use crate::error::{ApiError, ApiResult};
use crate::notify::Outbox;
use crate::script::Script;
use crate::spec::SessionSpec;

/// Who a session is for; only to find it again in the portal.
#[derive(Debug, Clone)]
pub(crate) struct Person {
    pub(crate) name: String,
    pub(crate) email: String,
}

/// The published states.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum SessionState {
    Ongoing,
    Completed,
    Expired,
}

impl SessionState {
    /// The protocol's spelling.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Ongoing => "ONGOING",
            Self::Completed => "COMPLETED",
            Self::Expired => "EXPIRED",
        }
    }
}

/// Everything about one session.
#[derive(Debug)]
pub(crate) struct Session {
    pub(crate) id: String,
    pub(crate) token: String,
    pub(crate) created: Timestamp,
    pub(crate) spec: SessionSpec,
    pub(crate) person: Option<Person>,
    pub(crate) requirements: Vec<Requirement>,
    /// In the order of their creation.
    pub(crate) id_documents: Vec<IdDocument>,
    pub(crate) face_captures: Vec<FaceCapture>,
    pub(crate) media: BTreeMap<String, Media>,
    pub(crate) profile_media: Option<String>,
    pub(crate) checks: Vec<Check>,
    pub(crate) script: Script,
    /// Offers to continue on another device; at most the last one goes on.
    pub(crate) handoffs: Vec<Handoff>,
    pub(crate) outbox: Outbox,
    pub(crate) branch: BranchState,
    /// When the person finished.
    pub(crate) ended: Option<Timestamp>,
}

/// One thing that has to be delivered.
#[derive(Debug, Clone)]
pub(crate) struct Requirement {
    pub(crate) id: String,
    pub(crate) sources: Vec<SourceKind>,
    pub(crate) kind: RequirementKind,
}

/// What has to be delivered.
#[derive(Debug, Clone)]
pub(crate) enum RequirementKind {
    IdDocument {
        countries: Vec<SupportedCountry>,
        methods: CaptureMethods,
        attempts_remaining: BTreeMap<String, u32>,
    },
    Supplementary {
        objective: String,
        document_types: Vec<String>,
        country_codes: Vec<String>,
    },
    Liveness {
        liveness_type: String,
    },
    FaceCapture,
}

/// A still of the face.
#[derive(Debug, Clone)]
pub(crate) struct FaceCapture {
    pub(crate) id: String,
    pub(crate) requirement_id: String,
    pub(crate) created: Timestamp,
    pub(crate) media_id: Option<String>,
}

/// A check of the session.
#[derive(Debug, Clone)]
pub(crate) struct Check {
    pub(crate) id: String,
    pub(crate) kind: String,
    pub(crate) resources_used: Vec<String>,
    pub(crate) created: Timestamp,
    /// When its report is there.
    pub(crate) ready: Timestamp,
    pub(crate) report: Value,
}

impl Session {
    /// The state at `now`.
    pub(crate) fn state(&self, now: Timestamp) -> SessionState {
        match self.ended {
            Some(_) if self.checks.iter().all(|check| check.ready <= now) => {
                SessionState::Completed
            }
            None if now >= self.spec.token_expires => SessionState::Expired,
            Some(_) | None => SessionState::Ongoing,
        }
    }

    /// Whether this is the session's own token and works at `now`.
    pub(crate) fn is_opened_by(&self, token: &str, now: Timestamp) -> bool {
        self.takes_deliveries(now) && self.token == token
    }

    /// Whether tokens of this session work at `now`.
    pub(crate) fn takes_deliveries(&self, now: Timestamp) -> bool {
        self.ended.is_none() && now < self.spec.token_expires
    }

    /// A requirement by its id.
    pub(crate) fn requirement(&self, id: &str) -> Option<&Requirement> {
        self.requirements.iter().find(|it| it.id == id)
    }

    /// A document by its id.
    pub(crate) fn document(&self, id: &str) -> ApiResult<&IdDocument> {
        let found = self.id_documents.iter().find(|it| it.id == id);
        found.ok_or_else(|| ApiError::resource_not_found("document"))
    }

    /// A document by its id, to be changed.
    pub(crate) fn document_mut(&mut self, id: &str) -> ApiResult<&mut IdDocument> {
        let found = self.id_documents.iter_mut().find(|it| it.id == id);
        found.ok_or_else(|| ApiError::resource_not_found("document"))
    }

    /// Whether a requirement has been satisfied.
    pub(crate) fn requirement_state(&self, requirement: &Requirement) -> RequirementState {
        let complete = match requirement.kind {
            RequirementKind::IdDocument { .. } => {
                self.delivered(requirement).any(IdDocument::is_usable)
            }
            RequirementKind::FaceCapture => self
                .face_captures
                .iter()
                .any(|it| it.requirement_id == requirement.id && it.media_id.is_some()),
            RequirementKind::Supplementary { .. } | RequirementKind::Liveness { .. } => false,
        };
        let in_branch =
            self.branch.documents.is_some() && requirement.sources.contains(&SourceKind::Ibv);
        if complete || in_branch {
            RequirementState::Complete
        } else {
            RequirementState::Required
        }
    }

    /// The document that satisfies each requirement: the newest usable one.
    pub(crate) fn accepted_documents(&self) -> Vec<&IdDocument> {
        self.requirements
            .iter()
            .filter_map(|requirement| {
                self.delivered(requirement)
                    .filter(|it| it.is_usable())
                    .last()
            })
            .collect()
    }

    /// Whether something is still missing that the given source may deliver.
    pub(crate) fn awaits(&self, source: &SourceKind) -> bool {
        self.requirements.iter().any(|requirement| {
            requirement.sources.contains(source)
                && self.requirement_state(requirement) == RequirementState::Required
        })
    }

    fn delivered(&self, requirement: &Requirement) -> impl Iterator<Item = &IdDocument> {
        self.id_documents
            .iter()
            .filter(move |it| it.requirement_id == requirement.id)
    }

    /// Adds an empty document for a requirement.
    ///
    /// # Errors
    ///
    /// 400 with every wrong field; 409 when no attempt is left.
    pub(crate) fn create_document(
        &mut self,
        requirement_id: &str,
        kind: DocumentType,
        country: String,
        now: Timestamp,
    ) -> ApiResult<String> {
        let requirement = self.requirement(requirement_id).filter(|requirement| {
            requirement.sources.contains(&SourceKind::EndUser)
                && matches!(requirement.kind, RequirementKind::IdDocument { .. })
        });
        let Some((requirement, RequirementKind::IdDocument { countries, .. })) =
            requirement.map(|it| (it, &it.kind))
        else {
            return Err(ApiError::field(
                "requirement_id",
                "is not a document that the end user is asked for",
            ));
        };
        if self.delivered(requirement).any(IdDocument::is_final) {
            return Err(ApiError::field(
                "requirement_id",
                "has been satisfied already",
            ));
        }
        let Some(allowed) = countries.iter().find(|it| it.code == country) else {
            return Err(ApiError::field(
                "issuing_country",
                "is not allowed for this requirement",
            ));
        };
        if !allowed.supported_documents.iter().any(|it| it.kind == kind) {
            return Err(ApiError::field(
                "document_type",
                "is not allowed for this requirement from this country",
            ));
        }
        self.require_attempt(requirement_id)?;
        let document = IdDocument {
            id: new_id(),
            requirement_id: requirement_id.to_owned(),
            kind,
            country,
            created: now,
            updated: now,
            pages: BTreeMap::new(),
            answered: BTreeMap::new(),
            extraction: None,
            fields_media: None,
            photo_media: None,
        };
        let id = document.id.clone();
        self.id_documents.push(document);
        Ok(id)
    }

    /// Hands a document over to be judged.
    ///
    /// `true` when that is news, `false` when it had been handed over before.
    ///
    /// # Errors
    ///
    /// 400 without a page; 409 when every attempt left is already being used.
    pub(crate) fn hand_over(&mut self, document_id: &str, now: Timestamp) -> ApiResult<bool> {
        let document = self.document(document_id)?;
        if document.extraction.is_some() {
            return Ok(false);
        }
        if document.pages.is_empty() {
            return Err(ApiError::field("pages", "upload at least one page first"));
        }
        let requirement_id = document.requirement_id.clone();
        self.require_attempt(&requirement_id)?;
        self.document_mut(document_id)?.extraction = Some(Extraction {
            id: new_id(),
            created: now,
            updated: now,
            outcome: None,
        });
        Ok(true)
    }

    /// Attempts per category, of a requirement for an identity document.
    pub(crate) fn attempts_remaining(&self, requirement_id: &str) -> BTreeMap<String, u32> {
        match self.requirement(requirement_id).map(|it| &it.kind) {
            Some(RequirementKind::IdDocument {
                attempts_remaining, ..
            }) => attempts_remaining.clone(),
            _ => BTreeMap::new(),
        }
    }

    /// Refuses when a category has nothing left for one more document.
    ///
    /// What is being judged counts as used: otherwise two tabs that hand over
    /// at the same moment would both be judged on the last attempt.
    fn require_attempt(&self, requirement_id: &str) -> ApiResult<()> {
        let pending = self
            .id_documents
            .iter()
            .filter(|it| it.requirement_id == requirement_id && it.is_pending())
            .count();
        let left = self
            .attempts_remaining(requirement_id)
            .values()
            .copied()
            .min()
            .unwrap_or(0);
        if usize::try_from(left).is_ok_and(|left| left > pending) {
            Ok(())
        } else {
            Err(ApiError::conflict(
                ApiErrorCode::AttemptsExhausted,
                "No attempt is left",
            ))
        }
    }

    /// Records what became of a document and counts it.
    pub(crate) fn judged(&mut self, document_id: &str, outcome: Outcome, now: Timestamp) {
        let Ok(document) = self.document_mut(document_id) else {
            return;
        };
        let Some(extraction) = document
            .extraction
            .as_mut()
            .filter(|it| it.outcome.is_none())
        else {
            return;
        };
        let cost = cost(&outcome.recommendation);
        extraction.outcome = Some(outcome.recommendation);
        extraction.updated = now;
        document.updated = now;
        for page in document.pages.values_mut() {
            page.picture = None;
        }
        let requirement_id = document.requirement_id.clone();
        if let Some(category) = cost
            && let Some(requirement) = self
                .requirements
                .iter_mut()
                .find(|it| it.id == requirement_id)
            && let RequirementKind::IdDocument {
                attempts_remaining, ..
            } = &mut requirement.kind
            && let Some(left) = attempts_remaining.get_mut(category.as_str())
        {
            *left = left.saturating_sub(1);
        }
        let fields = outcome.fields.map(|fields| {
            let bytes = Bytes::from(fields.to_string());
            self.add_media(MediaKind::Json, "application/json", bytes, now)
        });
        let photo = outcome.photo.map(|(content_type, bytes)| {
            self.add_media(MediaKind::Image, &content_type, bytes, now)
        });
        if let Ok(document) = self.document_mut(document_id) {
            document.fields_media = fields;
            document.photo_media = photo;
        }
    }

    /// Stores bytes and returns the id of their media.
    pub(crate) fn add_media(
        &mut self,
        kind: MediaKind,
        content_type: &str,
        content: Bytes,
        now: Timestamp,
    ) -> String {
        let id = new_id();
        let media = Media {
            id: id.clone(),
            kind,
            content_type: content_type.to_owned(),
            created: now,
            content: Some(content),
            kept_until: plus_s(now, self.spec.resources_ttl_s),
        };
        self.media.insert(id.clone(), media);
        id
    }

    /// The published reference to stored media.
    pub(crate) fn media_reference(&self, id: &str) -> Value {
        self.media.get(id).map_or(Value::Null, Media::reference)
    }
}

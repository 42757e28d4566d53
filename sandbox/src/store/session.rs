//! A session and the rules that span its parts.

use std::collections::BTreeMap;

use bytes::Bytes;
use jiff::Timestamp;
use serde_json::Value;
use vestibule::domain::session::config::{
    CaptureMethods, RequirementState, SourceKind, SupportedCountry,
};

use super::{Consent, Delivery, Devices, Handoff, Media, MediaKind, Review, new_id};
use crate::branch::BranchState;
use crate::clock::plus_s;
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
    pub(crate) deliveries: Vec<Delivery>,
    pub(crate) face_captures: Vec<FaceCapture>,
    pub(crate) consent: Consent,
    pub(crate) devices: Devices,
    pub(crate) review: Review,
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
    /// By category; empty where attempts are not counted.
    pub(crate) attempts_remaining: BTreeMap<String, u32>,
    pub(crate) kind: RequirementKind,
}

/// What has to be delivered.
#[derive(Debug, Clone)]
pub(crate) enum RequirementKind {
    IdDocument {
        countries: Vec<SupportedCountry>,
        methods: CaptureMethods,
    },
    Supplementary {
        objective: String,
        methods: CaptureMethods,
        document_types: Vec<String>,
        country_codes: Vec<String>,
    },
    Liveness {
        liveness_type: String,
    },
    FaceCapture,
    ApplicantProfile,
}

/// A still of the face.
#[derive(Debug, Clone)]
pub(crate) struct FaceCapture {
    pub(crate) id: String,
    pub(crate) requirement_id: String,
    pub(crate) source: SourceKind,
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

    /// Whether a requirement has been satisfied.
    pub(crate) fn requirement_state(&self, requirement: &Requirement) -> RequirementState {
        let complete = match requirement.kind {
            RequirementKind::IdDocument { .. }
            | RequirementKind::Supplementary { .. }
            | RequirementKind::Liveness { .. } => {
                self.delivered(&requirement.id).any(Delivery::is_usable)
            }
            RequirementKind::ApplicantProfile => self.review.confirmed.is_some(),
            RequirementKind::FaceCapture => self
                .face_captures
                .iter()
                .any(|it| it.requirement_id == requirement.id && it.media_id.is_some()),
        };
        let in_branch =
            self.branch.documents.is_some() && requirement.sources.contains(&SourceKind::Ibv);
        if complete || in_branch {
            RequirementState::Complete
        } else {
            RequirementState::Required
        }
    }

    /// Whether something is still missing that the given source may deliver.
    pub(crate) fn awaits(&self, source: &SourceKind) -> bool {
        self.requirements.iter().any(|requirement| {
            requirement.sources.contains(source)
                && self.requirement_state(requirement) == RequirementState::Required
        })
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

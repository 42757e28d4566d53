//! A small service that counts and remembers as the real one does.

use std::collections::BTreeMap;

use serde_json::json;

use super::setup::Setup;
use crate::domain::flow::tests::script::extraction;
use crate::domain::flow::{
    Effect, Event, HandoffEvent, NewResource, ProfileEffect, ProfileEvent, ResourceKind, ZoomEnd,
};
use crate::domain::service::ServiceError;
use crate::domain::session::handoff::HandoffState;
use crate::domain::session::resource::{
    ApiErrorCode, ConsentDecision, RecommendationValue, TextExtraction,
};

pub(super) struct Service {
    requirements: Vec<Kept>,
    needs_consent: bool,
    has_consent: bool,
    is_finished: bool,
    /// Which requirement a resource is for, and what was said of it.
    resources: BTreeMap<String, (String, Option<TextExtraction>)>,
    /// Attempts left as the client has been told.
    said_left: BTreeMap<String, u32>,
}

/// How far a requirement is.
struct Kept {
    id: String,
    kind: &'static str,
    is_for_person: bool,
    attempts: Option<u32>,
    n_failed: u32,
    is_delivered: bool,
    /// Nothing better is taken any more.
    is_accepted: bool,
}

impl Kept {
    fn left(&self) -> Option<u32> {
        self.attempts
            .map(|attempts| attempts.saturating_sub(self.n_failed))
    }
}

pub(super) fn is_face(kind: ResourceKind) -> bool {
    match kind {
        ResourceKind::FaceCapture | ResourceKind::StaticLiveness => true,
        ResourceKind::IdDocument | ResourceKind::SupplementaryDocument => false,
    }
}

impl Service {
    pub(super) fn new(setup: &Setup) -> Self {
        let kept = |requirement: &super::setup::Requirement| Kept {
            id: requirement.id.clone(),
            kind: requirement.kind,
            is_for_person: requirement.is_for_person(),
            attempts: requirement.attempts,
            n_failed: 0,
            is_delivered: false,
            is_accepted: false,
        };
        Self {
            requirements: setup.requirements.iter().map(kept).collect(),
            needs_consent: setup.needs_consent(),
            has_consent: false,
            is_finished: false,
            resources: BTreeMap::new(),
            said_left: BTreeMap::new(),
        }
    }

    /// Whether faces may be captured.
    pub(super) fn is_agreed(&self) -> bool {
        !self.needs_consent || self.has_consent
    }

    /// Whether, for all that the client knows, there is an attempt left.
    pub(super) fn has_said_left(&self, id: &str) -> bool {
        self.said_left.get(id).is_none_or(|left| *left > 0)
    }

    /// What the person still has to deliver.
    pub(super) fn open_requirements(&self) -> Vec<&str> {
        let open = |kept: &&Kept| kept.is_for_person && !kept.is_delivered;
        let ids = self.requirements.iter().filter(open);
        ids.map(|kept| kept.id.as_str()).collect()
    }

    fn kept(&mut self, id: &str) -> &mut Kept {
        let found = self.requirements.iter_mut().find(|kept| kept.id == id);
        found.expect("only what is required is delivered")
    }

    /// The answer to what only the service can answer; `choice` says how well.
    pub(super) fn answer(
        &mut self,
        setup: &Setup,
        effect: &Effect,
        choice: usize,
        is_lost: bool,
    ) -> Option<Event> {
        let is_refused = choice >= 20;
        let error = if choice.is_multiple_of(2) {
            ServiceError::Unreachable
        } else {
            ServiceError::Unavailable
        };
        // What never arrives changes nothing.
        if is_refused && !is_lost {
            return failure(effect, error);
        }
        let done = self.does(setup, effect, choice)?;
        if is_lost {
            return failure(effect, ServiceError::Unreachable);
        }
        Some(done)
    }

    fn does(&mut self, setup: &Setup, effect: &Effect, choice: usize) -> Option<Event> {
        Some(match effect {
            Effect::LoadConfiguration(ticket) => {
                let config = self.configuration(setup);
                Event::ConfigurationLoaded(*ticket, Ok(Box::new(config)))
            }
            Effect::RecordConsent(ticket, decision) => {
                self.has_consent = *decision == ConsentDecision::Given;
                Event::ConsentRecorded(*ticket, Ok(()))
            }
            Effect::CreateResource(ticket, new) => {
                Event::ResourceCreated(*ticket, self.create(new))
            }
            Effect::Upload(ticket, upload) => {
                if upload.resource.kind == ResourceKind::FaceCapture {
                    let (id, _) = self.resources.get(&upload.resource.id)?.clone();
                    let kept = self.kept(&id);
                    kept.is_delivered = true;
                    kept.is_accepted = true;
                }
                Event::Uploaded(*ticket, Ok(()))
            }
            Effect::StartExtraction(ticket, resource) | Effect::ReadJudgement(ticket, resource) => {
                Event::JudgementRead(*ticket, Ok(self.judge(&resource.id, choice)))
            }
            Effect::RunZoom(ticket, id) if choice < 12 => {
                self.kept(id).is_delivered = true;
                Event::ZoomEnded(*ticket, ZoomEnd::Passed)
            }
            Effect::RunZoom(ticket, _) => Event::ZoomEnded(*ticket, ZoomEnd::Cancelled),
            Effect::Profile(ProfileEffect::Send(ticket, _)) => {
                // There is one person, so one profile.
                let is_profile = |kept: &&mut Kept| kept.kind == "APPLICANT_PROFILE";
                let profiles = self.requirements.iter_mut().filter(is_profile);
                profiles.for_each(|kept| kept.is_delivered = true);
                Event::Profile(ProfileEvent::Sent(*ticket, Ok(())))
            }
            Effect::FinishSession(ticket) if self.is_finished => {
                Event::SessionFinished(*ticket, Err(ServiceError::Unauthorised))
            }
            Effect::FinishSession(ticket) => {
                self.is_finished = true;
                Event::SessionFinished(*ticket, Ok(()))
            }
            _ => return None,
        })
    }

    fn configuration(&mut self, setup: &Setup) -> crate::domain::session::Configuration {
        let mut value = setup.configuration();
        if self.has_consent {
            value["capture"]["biometric_consent"] = "NOT_REQUIRED".into();
        }
        self.said_left.clear();
        for (index, kept) in self.requirements.iter().enumerate() {
            let resource = &mut value["capture"]["required_resources"][index];
            if kept.is_delivered {
                resource["state"] = "COMPLETE".into();
            }
            if let Some(left) = kept.left() {
                resource["attempts_remaining"] = json!({"GENERIC": left});
                self.said_left.insert(kept.id.clone(), left);
            }
        }
        serde_json::from_value(value).expect("a configuration")
    }

    fn create(&mut self, new: &NewResource) -> Result<String, ServiceError> {
        let requirement_id = new.requirement_id().to_owned();
        let kept = self.kept(&requirement_id);
        if kept.is_accepted {
            return Err(ServiceError::Refused(ApiErrorCode::PayloadValidation));
        }
        if kept.left() == Some(0) {
            return Err(ServiceError::AttemptsExhausted);
        }
        let id = format!("resource-{}", self.resources.len());
        self.resources.insert(id.clone(), (requirement_id, None));
        Ok(id)
    }

    fn judge(&mut self, resource_id: &str, choice: usize) -> TextExtraction {
        let (requirement_id, said) = self.resources[resource_id].clone();
        if let Some(said) = said {
            return said;
        }
        let (state, value) = match choice {
            0..12 => ("DONE", Some("PROGRESS")),
            12..15 => ("DONE", Some("SHOULD_TRY_AGAIN")),
            15..18 => ("FAILED", Some("MUST_TRY_AGAIN")),
            _ => ("PENDING", None),
        };
        let kept = self.kept(&requirement_id);
        if let Some(value) = value {
            if value != "PROGRESS" {
                assert!(kept.left() != Some(0), "judged too often");
                kept.n_failed += 1;
            }
            kept.is_delivered |= state == "DONE";
            kept.is_accepted |= value == "PROGRESS";
        }
        let left = kept.left();
        let said = extraction(json!({
            "id": "task", "state": state,
            "recommendation": value.map(|value| json!({"value": value, "category": "GENERIC"})),
            "attempts_remaining": left.map_or(json!({}), |left| json!({"GENERIC": left})),
        }));
        if value.is_some() {
            let entry = (requirement_id, Some(said.clone()));
            self.resources.insert(resource_id.to_owned(), entry);
        }
        said
    }

    /// What the other device did meanwhile.
    pub(super) fn hears(&mut self, event: &Event) {
        let Event::Handoff(HandoffEvent::StatusRead(_, Ok(status))) = event else {
            return;
        };
        if status.state == HandoffState::Done {
            self.has_consent = true;
            self.requirements
                .iter_mut()
                .filter(|kept| kept.is_for_person)
                .for_each(|kept| kept.is_delivered = true);
        }
    }

    /// The requirement of which the client has just heard that it is accepted;
    /// takes note of the attempts that it has heard of.
    pub(super) fn accepts(&mut self, effect: &Effect, event: &Event) -> Option<String> {
        match (effect, event) {
            (Effect::RunZoom(_, id), Event::ZoomEnded(_, ZoomEnd::Passed)) => Some(id.clone()),
            (Effect::Upload(_, upload), Event::Uploaded(_, Ok(())))
                if upload.resource.kind == ResourceKind::FaceCapture =>
            {
                Some(self.resources[&upload.resource.id].0.clone())
            }
            (
                Effect::StartExtraction(_, resource) | Effect::ReadJudgement(_, resource),
                Event::JudgementRead(_, Ok(said)),
            ) => {
                let id = self.resources[&resource.id].0.clone();
                if let Some(left) = said.attempts_remaining.get("GENERIC") {
                    self.said_left.insert(id.clone(), *left);
                }
                let value = &said.recommendation.as_ref()?.value;
                (*value == RecommendationValue::Progress).then_some(id)
            }
            _ => None,
        }
    }
}

/// The answer when the service could not be reached or could not answer.
fn failure(effect: &Effect, error: ServiceError) -> Option<Event> {
    Some(match effect {
        Effect::LoadConfiguration(ticket) => Event::ConfigurationLoaded(*ticket, Err(error)),
        Effect::RecordConsent(ticket, _) => Event::ConsentRecorded(*ticket, Err(error)),
        Effect::CreateResource(ticket, _) => Event::ResourceCreated(*ticket, Err(error)),
        Effect::Upload(ticket, _) => Event::Uploaded(*ticket, Err(error)),
        Effect::StartExtraction(ticket, _) | Effect::ReadJudgement(ticket, _) => {
            Event::JudgementRead(*ticket, Err(error))
        }
        Effect::Profile(ProfileEffect::Send(ticket, _)) => {
            Event::Profile(ProfileEvent::Sent(*ticket, Err(error.into())))
        }
        Effect::FinishSession(ticket) => Event::SessionFinished(*ticket, Err(error)),
        Effect::RunZoom(ticket, _) => Event::ZoomEnded(*ticket, ZoomEnd::Failed),
        _ => return None,
    })
}

//! What a session requires, and how the client is told.
//!
//! [`requirements`] derives it once, from what the business asked for;
//! [`configuration`] renders it as it stands now (contract §2).

use std::collections::BTreeMap;

use serde_json::{Value, json};
use vestibule::domain::session::config::{
    AllowedSource, BiometricConsent, Capture, CaptureMethods, Configuration, Objective,
    PendingResource, RequestedTask, RequiredResource, RequirementState, ResourceKind, SourceKind,
    SupportedCountry,
};
use vestibule::domain::session::resource::{AttemptCategory, FieldError};

use crate::branch;
use crate::clock::seconds_between;
use crate::documents;
use crate::spec::{DocumentFilter, RequiredDocument, SessionSpec};
use crate::store::{Delivery, Requirement, RequirementKind, Session, What, new_id};

/// The task that reads an identity document.
pub(crate) const ID_EXTRACTION: &str = "ID_DOCUMENT_TEXT_DATA_EXTRACTION";
/// The task that reads a supplementary document.
pub(crate) const SUPPLEMENTARY_EXTRACTION: &str = "SUPPLEMENTARY_DOCUMENT_TEXT_DATA_EXTRACTION";

/// Checks that can't be done without an identity document.
const NEED_DOCUMENT: &[&str] = &[
    "ID_DOCUMENT_AUTHENTICITY",
    "ID_DOCUMENT_FACE_MATCH",
    "ID_DOCUMENT_COMPARISON",
    "IBV_VISUAL_REVIEW_CHECK",
    "DOCUMENT_SCHEME_VALIDITY_CHECK",
    "PROFILE_DOCUMENT_MATCH",
];
/// Checks for which the person must agree to the use of their face.
const NEED_CONSENT: &[&str] = &[
    "LIVENESS",
    "ID_DOCUMENT_FACE_MATCH",
    "FACE_COMPARISON",
    "FAMILIAR_FACE_SEARCH",
];

/// Liveness captures of a session with an identity profile.
const PROFILE_CAPTURES: u64 = 3;
/// What may prove something else than an identity, unless the business says
/// (contract §3).
const SUPPLEMENTARY_TYPES: [&str; 4] = [
    "UTILITY_BILL",
    "COUNCIL_TAX_BILL",
    "PHONE_BILL",
    "BANK_STATEMENT",
];

/// Derives what has to be delivered.
///
/// # Errors
///
/// A filter that lets no supported document through.
pub(crate) fn requirements(spec: &SessionSpec) -> Result<Vec<Requirement>, Vec<FieldError>> {
    let user = SourceKind::EndUser;
    let methods = || {
        spec.sdk_config
            .allowed_capture_methods
            .clone()
            .unwrap_or(CaptureMethods::CameraAndUpload)
    };
    let id_document = |filter: &DocumentFilter| RequirementKind::IdDocument {
        countries: documents::allowed(filter),
        methods: methods(),
    };
    let new = |source: &SourceKind, kind| {
        let attempts_remaining = match &kind {
            RequirementKind::IdDocument { .. } => spec.attempts.clone(),
            RequirementKind::Supplementary { .. } => spec.supplementary_attempts.clone(),
            RequirementKind::Liveness { .. } => liveness_attempts(spec),
            RequirementKind::FaceCapture | RequirementKind::ApplicantProfile => BTreeMap::new(),
        };
        Requirement {
            id: new_id(),
            sources: vec![source.clone()],
            attempts_remaining,
            kind,
        }
    };
    let mut found = Vec::new();
    let mut errors = Vec::new();
    for (index, document) in spec.documents.iter().enumerate() {
        match document {
            RequiredDocument::Id(filter) => {
                let kind = id_document(filter);
                if matches!(&kind, RequirementKind::IdDocument { countries, .. } if countries.is_empty())
                {
                    errors.push(FieldError {
                        property: format!("required_documents[{index}].filter"),
                        message: "lets no supported document through".to_owned(),
                    });
                }
                found.push(new(&user, kind));
            }
            RequiredDocument::Supplementary {
                objective,
                document_types,
                country_codes,
            } => {
                let kind = RequirementKind::Supplementary {
                    objective: objective.clone(),
                    methods: methods(),
                    document_types: or_default(document_types, || {
                        SUPPLEMENTARY_TYPES.map(ToOwned::to_owned).to_vec()
                    }),
                    country_codes: or_default(country_codes, documents::countries),
                };
                found.push(new(&user, kind));
            }
        }
    }
    let any_id = spec
        .documents
        .iter()
        .any(|it| matches!(it, RequiredDocument::Id(_)));
    let needs_id = spec.identity_profile.is_some()
        || spec.task(ID_EXTRACTION).is_some()
        || NEED_DOCUMENT.iter().any(|kind| spec.asks_check(kind));
    if needs_id && !any_id {
        found.push(new(&user, id_document(&DocumentFilter::default())));
    }
    for check in spec.checks.iter().filter(|check| check.kind == "LIVENESS") {
        let liveness_type = check.config["liveness_type"]
            .as_str()
            .unwrap_or_default()
            .to_owned();
        found.push(new(
            &SourceKind::EndUser,
            RequirementKind::Liveness { liveness_type },
        ));
    }
    let with_profile = spec.profile_at_home().is_some();
    if with_profile && !spec.asks_check("LIVENESS") {
        let liveness_type = "STATIC".to_owned();
        found.push(new(&user, RequirementKind::Liveness { liveness_type }));
    } else if spec.asks_check("ID_DOCUMENT_FACE_MATCH") && !spec.asks_check("LIVENESS") {
        found.push(new(&SourceKind::EndUser, RequirementKind::FaceCapture));
    }
    if spec.asks_check("FACE_COMPARISON") {
        found.push(new(
            &SourceKind::RelyingBusiness,
            RequirementKind::FaceCapture,
        ));
    }
    if with_profile {
        found.push(new(&user, RequirementKind::ApplicantProfile));
    }
    branch::set_sources(spec, &mut found);
    if errors.is_empty() {
        Ok(found)
    } else {
        Err(errors)
    }
}

/// A person chooses from a list, so that an empty one stands for everything.
fn or_default(list: &[String], everything: impl FnOnce() -> Vec<String>) -> Vec<String> {
    if list.is_empty() {
        everything()
    } else {
        list.to_vec()
    }
}

/// `max_retries` is how many judged captures a session may have in all; the
/// SDKs' own default is one. Identity profiles ask for three by themselves.
fn liveness_attempts(spec: &SessionSpec) -> BTreeMap<String, u32> {
    let check = spec.checks.iter().find(|check| check.kind == "LIVENESS");
    let captures = check.map_or(PROFILE_CAPTURES, |check| {
        check.config["max_retries"].as_u64().unwrap_or(1)
    });
    let captures = u32::try_from(captures).unwrap_or(u32::MAX);
    BTreeMap::from([(AttemptCategory::Generic.as_str().to_owned(), captures)])
}

/// The configuration as it stands at `now`, in the published shape.
pub(crate) fn configuration(session: &Session, now: jiff::Timestamp) -> Value {
    let spec = &session.spec;
    let configuration = Configuration {
        session_id: session.id.clone(),
        client_session_token_ttl: seconds_between(now, spec.token_expires),
        requested_checks: spec.checks.iter().map(|check| check.kind.clone()).collect(),
        capture: Capture {
            biometric_consent: if session.awaits_consent() {
                BiometricConsent::Required
            } else {
                BiometricConsent::NotRequired
            },
            required_resources: session
                .requirements
                .iter()
                .map(|requirement| required_resource(session, requirement))
                .collect(),
        },
        sdk_config: spec.sdk_config.clone(),
        track_ip_address: None,
        in_branch: branch::in_branch(session),
        identity_profile: spec
            .identity_profile
            .as_ref()
            .map(|asked| asked.profile.clone()),
    };
    let mut value = serde_json::to_value(configuration).unwrap_or_default();
    branch::add_assessments(session, &mut value);
    if let Some(media) = &session.profile_media {
        value["applicant_profile"] = json!({ "media": session.media_reference(media) });
    }
    value
}

/// Whether the person must agree to the use of their face.
///
/// Where only a branch may deliver, no face is captured at home, and whoever
/// captures it asks.
pub(crate) fn requires_consent(spec: &SessionSpec) -> bool {
    if spec.ibv.as_ref().is_some_and(|ibv| ibv.is_mandatory) {
        return false;
    }
    let by_check = NEED_CONSENT.iter().any(|kind| spec.asks_check(kind));
    !spec.block_biometric_consent && (by_check || spec.profile_at_home().is_some())
}

fn required_resource(session: &Session, requirement: &Requirement) -> RequiredResource {
    let mut resource = RequiredResource {
        kind: ResourceKind::FaceCapture,
        id: requirement.id.clone(),
        state: session.requirement_state(requirement),
        allowed_sources: requirement
            .sources
            .iter()
            .map(|kind| AllowedSource { kind: kind.clone() })
            .collect(),
        supported_countries: Vec::new(),
        allowed_capture_methods: None,
        requested_tasks: Vec::new(),
        attempts_remaining: requirement.attempts_remaining.clone(),
        liveness_type: None,
        document_types: Vec::new(),
        country_codes: Vec::new(),
        objective: None,
        pending: session.pending(&requirement.id).map(pending),
    };
    match &requirement.kind {
        RequirementKind::IdDocument { countries, methods } => {
            resource.kind = ResourceKind::IdDocument;
            resource.supported_countries = still_offered(session, requirement, countries);
            resource.allowed_capture_methods = Some(methods.clone());
            resource.requested_tasks = requested_task(session, ID_EXTRACTION, &resource.state);
        }
        RequirementKind::Supplementary {
            objective,
            methods,
            document_types,
            country_codes,
        } => {
            resource.allowed_capture_methods = Some(methods.clone());
            resource.kind = ResourceKind::SupplementaryDocument;
            resource.objective = Some(Objective {
                kind: objective.clone(),
            });
            resource.document_types.clone_from(document_types);
            resource.country_codes.clone_from(country_codes);
            resource.requested_tasks =
                requested_task(session, SUPPLEMENTARY_EXTRACTION, &resource.state);
        }
        RequirementKind::Liveness { liveness_type } => {
            resource.kind = ResourceKind::Liveness;
            resource.liveness_type = Some(liveness_type.clone());
        }
        RequirementKind::FaceCapture => {}
        RequirementKind::ApplicantProfile => resource.kind = ResourceKind::ApplicantProfile,
    }
    resource
}

fn pending(delivery: &Delivery) -> PendingResource {
    let document = delivery.what.document();
    PendingResource {
        resource_id: delivery.id.clone(),
        document_type: document.map(|(kind, _)| kind.to_owned()),
        issuing_country: document.map(|(_, country)| country.to_owned()),
    }
}

/// What is not already used for another requirement.
fn still_offered(
    session: &Session,
    requirement: &Requirement,
    countries: &[SupportedCountry],
) -> Vec<SupportedCountry> {
    let mut offered = countries.to_vec();
    for country in &mut offered {
        let code = country.code.clone();
        country.supported_documents.retain(|document| {
            let what = What::IdDocument {
                kind: document.kind.clone(),
                country: code.clone(),
            };
            !session.is_taken(&what, &requirement.id)
        });
    }
    offered.retain(|country| !country.supported_documents.is_empty());
    offered
}

fn requested_task(session: &Session, kind: &str, state: &RequirementState) -> Vec<RequestedTask> {
    session
        .spec
        .task(kind)
        .map(|task| RequestedTask {
            kind: task.kind.clone(),
            state: state.as_str().to_owned(),
        })
        .into_iter()
        .collect()
}

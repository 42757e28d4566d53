//! What a session requires, and how the client is told.
//!
//! [`requirements`] derives it once, from what the business asked for;
//! [`configuration`] renders it as it stands now (contract §2).

use serde_json::{Value, json};
use vestibule::domain::session::config::{
    AllowedSource, BiometricConsent, Capture, CaptureMethods, Configuration, Objective,
    RequestedTask, RequiredResource, RequirementState, ResourceKind, SourceKind,
};
use vestibule::domain::session::resource::FieldError;

use crate::branch;
use crate::clock::seconds_between;
use crate::documents;
use crate::spec::{DocumentFilter, RequiredDocument, SessionSpec};
use crate::store::{Requirement, RequirementKind, Session, new_id};

/// The task that reads an identity document.
pub(crate) const ID_EXTRACTION: &str = "ID_DOCUMENT_TEXT_DATA_EXTRACTION";
const SUPPLEMENTARY_EXTRACTION: &str = "SUPPLEMENTARY_DOCUMENT_TEXT_DATA_EXTRACTION";

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

/// Derives what has to be delivered.
///
/// # Errors
///
/// A filter that lets no supported document through.
pub(crate) fn requirements(spec: &SessionSpec) -> Result<Vec<Requirement>, Vec<FieldError>> {
    let user = SourceKind::EndUser;
    let new = |source: &SourceKind, kind| Requirement {
        id: new_id(),
        sources: vec![source.clone()],
        kind,
    };
    let mut found = Vec::new();
    let mut errors = Vec::new();
    for (index, document) in spec.documents.iter().enumerate() {
        match document {
            RequiredDocument::Id(filter) => {
                let kind = id_document(spec, filter);
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
                    document_types: document_types.clone(),
                    country_codes: country_codes.clone(),
                };
                found.push(new(&user, kind));
            }
        }
    }
    let any_id = spec
        .documents
        .iter()
        .any(|it| matches!(it, RequiredDocument::Id(_)));
    let needs_id = spec.task(ID_EXTRACTION).is_some()
        || NEED_DOCUMENT.iter().any(|kind| spec.asks_check(kind));
    if needs_id && !any_id {
        found.push(new(&user, id_document(spec, &DocumentFilter::default())));
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
    if spec.asks_check("ID_DOCUMENT_FACE_MATCH") && !spec.asks_check("LIVENESS") {
        found.push(new(&SourceKind::EndUser, RequirementKind::FaceCapture));
    }
    if spec.asks_check("FACE_COMPARISON") {
        found.push(new(
            &SourceKind::RelyingBusiness,
            RequirementKind::FaceCapture,
        ));
    }
    branch::set_sources(spec, &mut found);
    if errors.is_empty() {
        Ok(found)
    } else {
        Err(errors)
    }
}

fn id_document(spec: &SessionSpec, filter: &DocumentFilter) -> RequirementKind {
    RequirementKind::IdDocument {
        countries: documents::allowed(filter),
        methods: spec
            .sdk_config
            .allowed_capture_methods
            .clone()
            .unwrap_or(CaptureMethods::CameraAndUpload),
        attempts_remaining: spec.attempts.clone(),
    }
}

/// The configuration as it stands at `now`, in the published shape.
pub(crate) fn configuration(session: &Session, now: jiff::Timestamp) -> Value {
    let spec = &session.spec;
    let configuration = Configuration {
        session_id: session.id.clone(),
        client_session_token_ttl: seconds_between(now, spec.token_expires),
        requested_checks: spec.checks.iter().map(|check| check.kind.clone()).collect(),
        capture: Capture {
            biometric_consent: consent(spec),
            required_resources: session
                .requirements
                .iter()
                .map(|requirement| required_resource(session, requirement))
                .collect(),
        },
        sdk_config: spec.sdk_config.clone(),
        track_ip_address: None,
        in_branch: branch::in_branch(session),
        identity_profile: None,
    };
    let mut value = serde_json::to_value(configuration).unwrap_or_default();
    branch::add_assessments(session, &mut value);
    if let Some(media) = &session.profile_media {
        value["applicant_profile"] = json!({ "media": session.media_reference(media) });
    }
    value
}

fn consent(spec: &SessionSpec) -> BiometricConsent {
    if !spec.block_biometric_consent && NEED_CONSENT.iter().any(|kind| spec.asks_check(kind)) {
        BiometricConsent::Required
    } else {
        BiometricConsent::NotRequired
    }
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
        attempts_remaining: std::collections::BTreeMap::new(),
        liveness_type: None,
        document_types: Vec::new(),
        country_codes: Vec::new(),
        objective: None,
        pending: None,
    };
    match &requirement.kind {
        RequirementKind::IdDocument {
            countries,
            methods,
            attempts_remaining,
        } => {
            resource.kind = ResourceKind::IdDocument;
            resource.supported_countries.clone_from(countries);
            resource.allowed_capture_methods = Some(methods.clone());
            resource.attempts_remaining.clone_from(attempts_remaining);
            resource.requested_tasks = requested_task(session, ID_EXTRACTION, &resource.state);
        }
        RequirementKind::Supplementary {
            objective,
            document_types,
            country_codes,
        } => {
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
    }
    resource
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

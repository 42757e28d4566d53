//! From a configuration to what the person has to do, in order.

mod supplementary;

use crate::domain::attempts::Attempts;
use crate::domain::error::ErrorCode;
use crate::domain::redirect::ReturnUrl;

use super::branch_plan::{BranchTask, branch_task};
use super::config::{
    BiometricConsent, CaptureMethods, Configuration, DocumentType, PendingResource,
    RequiredResource, RequirementState, ResourceKind, SourceKind, SupportedCountry,
    SupportedDocument,
};

pub use supplementary::{SupplementaryObjective, SupplementaryTask};

/// A session as the flow goes through it.
#[derive(Debug, Clone, PartialEq)]
pub struct Plan {
    /// What is still to be delivered, in order.
    pub tasks: Vec<Task>,
    /// When the person is asked to agree to the use of their face, if they are.
    pub consent: Option<ConsentMoment>,
    /// Screens that the business does not want.
    pub suppressed: Suppressed,
    /// Whether the person may go on on another device.
    pub can_hand_off: bool,
    /// Whether the session is to establish an identity profile.
    pub has_identity_profile: bool,
    /// Whole minutes until the token ends, where that is so soon that the person
    /// should know before they start.
    pub minutes_left: Option<u32>,
    /// Where to go when everything was delivered.
    pub success_url: Option<ReturnUrl>,
    /// Where to go when the session ended otherwise.
    pub error_url: Option<ReturnUrl>,
    /// The business's own privacy policy.
    pub privacy_policy: Option<ReturnUrl>,
    /// Whether the brand mark is hidden.
    pub hides_logo: bool,
}

/// The token's time below which the start screen says how much is left
/// (contract §1.1: "less than 10 minutes").
const SHORT_TIME_S: u64 = 600;

/// When consent is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ConsentMoment {
    /// Before anything is captured.
    Early,
    /// Before the first face.
    JustInTime,
}

/// `suppressed_screens`: the published values, contract §6.2.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[expect(
    clippy::struct_excessive_bools,
    missing_docs,
    reason = "one per published value, under its name"
)]
pub struct Suppressed {
    pub id_document_education: bool,
    pub id_document_requirements: bool,
    pub supplementary_document_education: bool,
    pub zoom_liveness_education: bool,
    pub static_liveness_education: bool,
    pub face_capture_education: bool,
    pub flow_completion: bool,
}

impl Suppressed {
    fn from_names(names: &[String]) -> Self {
        let mut suppressed = Self::default();
        for name in names {
            let screen = match name.as_str() {
                "ID_DOCUMENT_EDUCATION" => &mut suppressed.id_document_education,
                "ID_DOCUMENT_REQUIREMENTS" => &mut suppressed.id_document_requirements,
                "SUPPLEMENTARY_DOCUMENT_EDUCATION" => {
                    &mut suppressed.supplementary_document_education
                }
                "ZOOM_LIVENESS_EDUCATION" => &mut suppressed.zoom_liveness_education,
                "STATIC_LIVENESS_EDUCATION" => &mut suppressed.static_liveness_education,
                "FACE_CAPTURE_EDUCATION" => &mut suppressed.face_capture_education,
                "FLOW_COMPLETION" => &mut suppressed.flow_completion,
                // A screen of the future: it is shown, or not there at all.
                _ => continue,
            };
            *screen = true;
        }
        suppressed
    }
}

/// One thing to deliver.
#[derive(Debug, Clone, PartialEq)]
pub enum Task {
    /// An identity document.
    Document(DocumentTask),
    /// A supplementary document.
    Supplementary(SupplementaryTask),
    /// A face.
    Face(FaceTask),
    /// A liveness check by a component that is not ours.
    Zoom(ZoomTask),
    /// Looking through what the business knows of the person.
    Profile,
    /// Preparing a visit to a branch.
    Branch(BranchTask),
}

impl Task {
    /// Whether it shows the person's face.
    #[must_use]
    pub fn is_of_a_face(&self) -> bool {
        match self {
            Self::Document(_) | Self::Supplementary(_) | Self::Profile | Self::Branch(_) => false,
            Self::Face(_) | Self::Zoom(_) => true,
        }
    }

    /// Whether it was delivered before and is only shown again.
    #[must_use]
    pub fn is_delivered(&self) -> bool {
        matches!(self, Self::Branch(task) if task.is_prepared)
    }
}

/// A face to capture.
#[derive(Debug, Clone, PartialEq)]
pub struct FaceTask {
    /// The requirement id.
    pub requirement_id: String,
    /// What it is for.
    pub purpose: FacePurpose,
    /// What is left now; empty where nothing is judged.
    pub attempts: Attempts,
    /// A capture that is still being judged.
    pub pending: Option<PendingResource>,
}

/// What a face is captured for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FacePurpose {
    /// To be compared with a document.
    Capture,
    /// To see that the person is there (`STATIC`).
    Liveness,
}

/// A liveness check of type `ZOOM`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ZoomTask {
    /// The requirement id.
    pub requirement_id: String,
}

/// One identity document to capture.
#[derive(Debug, Clone, PartialEq)]
pub struct DocumentTask {
    /// The requirement id.
    pub requirement_id: String,
    /// Countries and document types that can be chosen; never empty.
    pub countries: Vec<SupportedCountry>,
    /// The country that is preselected.
    pub preset_country: Option<String>,
    /// Whether a file may be uploaded.
    pub can_upload: bool,
    /// What is left now.
    pub attempts: Attempts,
    /// A document that is still being judged.
    pub pending: Option<PendingResource>,
}

/// Why no plan can be made; the addresses to leave by are kept where they are
/// trustworthy.
#[derive(Debug, Clone, PartialEq)]
pub struct PlanError {
    /// How the session ends.
    pub code: ErrorCode,
    /// Where to go with the code.
    pub error_url: Option<ReturnUrl>,
}

impl Plan {
    /// Whether the person is asked for their consent before this, the next task
    /// (none when all are delivered).
    #[must_use]
    pub fn is_consent_due(&self, task: Option<&Task>) -> bool {
        match self.consent {
            None => false,
            Some(ConsentMoment::Early) => true,
            Some(ConsentMoment::JustInTime) => task.is_none_or(Task::is_of_a_face),
        }
    }

    /// Makes the plan of a configuration.
    ///
    /// # Errors
    ///
    /// [`ErrorCode::UnsupportedConfiguration`] when the session asks for
    /// something that this client does not do or names an address that must not
    /// be followed; [`ErrorCode::LivenessUnsupported`] when it needs a liveness
    /// component and none is plugged in; the code of the requirement when one
    /// has no attempt left.
    pub fn from_configuration(config: &Configuration, can_zoom: bool) -> Result<Self, PlanError> {
        let sdk = &config.sdk_config;
        let unsupported = |error_url| PlanError {
            code: ErrorCode::UnsupportedConfiguration,
            error_url,
        };
        let address = |value: &Option<String>| {
            value
                .as_deref()
                .filter(|text| !text.is_empty())
                .map(ReturnUrl::parse)
                .transpose()
        };
        let error_url = address(&sdk.error_url).map_err(|_refused| unsupported(None))?;
        let fail = |code| PlanError {
            code,
            error_url: error_url.clone(),
        };
        let refused = |_| fail(ErrorCode::UnsupportedConfiguration);
        let success_url = address(&sdk.success_url).map_err(refused)?;
        // A privacy link that can't be followed is left out: it leads nowhere
        // by itself, so it need not stop anybody.
        let privacy_policy = address(&sdk.privacy_policy_url).unwrap_or(None);

        let has_identity_profile = config.identity_profile.is_some();
        let mut tasks = Vec::new();
        for resource in &config.capture.required_resources {
            if is_for_person(resource) {
                tasks.push(task(resource, config, can_zoom).map_err(fail)?);
            }
        }
        if let Some(in_branch) = &config.in_branch {
            // Last: the letter is where the person stops.
            tasks.push(Task::Branch(branch_task(in_branch, config).map_err(fail)?));
        }
        Ok(Self {
            consent: consent(config, &tasks),
            tasks,
            suppressed: Suppressed::from_names(&sdk.suppressed_screens),
            can_hand_off: sdk.allow_handoff.unwrap_or(false),
            has_identity_profile,
            minutes_left: Some(config.client_session_token_ttl)
                .filter(|left_s| *left_s < SHORT_TIME_S)
                .and_then(|left_s| u32::try_from(left_s.div_ceil(60)).ok()),
            success_url,
            error_url,
            privacy_policy,
            hides_logo: sdk.hide_logo.unwrap_or(false),
        })
    }
}

fn task(
    resource: &RequiredResource,
    config: &Configuration,
    can_zoom: bool,
) -> Result<Task, ErrorCode> {
    match &resource.kind {
        ResourceKind::IdDocument => document_task(resource, config).map(Task::Document),
        ResourceKind::FaceCapture => Ok(Task::Face(FaceTask {
            requirement_id: resource.id.clone(),
            purpose: FacePurpose::Capture,
            attempts: Attempts::default(),
            pending: None,
        })),
        ResourceKind::Liveness => liveness_task(resource, config, can_zoom),
        ResourceKind::SupplementaryDocument => {
            supplementary::task(resource, config).map(Task::Supplementary)
        }
        ResourceKind::ApplicantProfile => Ok(Task::Profile),
        ResourceKind::Other(_) => Err(ErrorCode::UnsupportedConfiguration),
    }
}

/// The only country, or the wished one where it can be chosen.
pub(super) fn preset_country(
    countries: &[SupportedCountry],
    wished: Option<&str>,
) -> Option<String> {
    let preset = match countries {
        [only] => Some(only),
        _ => countries
            .iter()
            .find(|country| Some(country.code.as_str()) == wished),
    };
    preset.map(|country| country.code.clone())
}

fn liveness_task(
    resource: &RequiredResource,
    config: &Configuration,
    can_zoom: bool,
) -> Result<Task, ErrorCode> {
    let attempts = Attempts::new(resource.attempts_remaining.clone());
    if attempts.is_exhausted() {
        return Err(match config.identity_profile {
            Some(_) => ErrorCode::ProfileLivenessExhausted,
            None => ErrorCode::LivenessExhausted,
        });
    }
    match resource.liveness_type.as_deref() {
        Some("STATIC") => Ok(Task::Face(FaceTask {
            requirement_id: resource.id.clone(),
            purpose: FacePurpose::Liveness,
            attempts,
            pending: resource.pending.clone(),
        })),
        Some("ZOOM") if can_zoom => Ok(Task::Zoom(ZoomTask {
            requirement_id: resource.id.clone(),
        })),
        Some("ZOOM") => Err(ErrorCode::LivenessUnsupported),
        _ => Err(ErrorCode::UnsupportedConfiguration),
    }
}

/// When the person is asked to agree, if they are.
///
/// Where no face will be captured there is no later moment, and a flow of which
/// we do not know the name is better asked early than not.
fn consent(config: &Configuration, tasks: &[Task]) -> Option<ConsentMoment> {
    if config.capture.biometric_consent == BiometricConsent::NotRequired {
        return None;
    }
    let is_just_in_time = matches!(
        config.sdk_config.biometric_consent_flow.as_deref(),
        None | Some("JUST_IN_TIME")
    );
    if is_just_in_time && tasks.iter().any(Task::is_of_a_face) {
        Some(ConsentMoment::JustInTime)
    } else {
        Some(ConsentMoment::Early)
    }
}

/// Whether the person still has to deliver this through the client.
///
/// A requirement that names no source is everybody's, so theirs too.
fn is_for_person(resource: &RequiredResource) -> bool {
    resource.state == RequirementState::Required
        && (resource.allowed_sources.is_empty()
            || resource
                .allowed_sources
                .iter()
                .any(|source| source.kind == SourceKind::EndUser))
}

fn document_task(
    resource: &RequiredResource,
    config: &Configuration,
) -> Result<DocumentTask, ErrorCode> {
    let attempts = Attempts::new(resource.attempts_remaining.clone());
    if attempts.is_exhausted() {
        return Err(ErrorCode::AttemptsExhausted);
    }
    let countries: Vec<SupportedCountry> = resource
        .supported_countries
        .iter()
        .filter(|country| !country.supported_documents.is_empty())
        .cloned()
        .collect();
    if countries.is_empty() {
        return Err(ErrorCode::UnsupportedConfiguration);
    }
    let methods = resource
        .allowed_capture_methods
        .as_ref()
        .or(config.sdk_config.allowed_capture_methods.as_ref());
    let preset_country = preset_country(
        &countries,
        config.sdk_config.preset_issuing_country.as_deref(),
    );
    Ok(DocumentTask {
        requirement_id: resource.id.clone(),
        // A method we do not know may forbid files, so they stay forbidden.
        can_upload: methods == Some(&CaptureMethods::CameraAndUpload),
        countries,
        preset_country,
        attempts,
        pending: resource.pending.clone(),
    })
}

/// The documents that can be chosen for a country.
pub(super) fn documents_of<'a>(
    countries: &'a [SupportedCountry],
    country: &str,
) -> &'a [SupportedDocument] {
    countries
        .iter()
        .find(|candidate| candidate.code == country)
        .map_or(&[], |country| &country.supported_documents)
}

/// The one document of the one country, if there is no choice.
pub(super) fn only_document(countries: &[SupportedCountry]) -> Option<(&str, &SupportedDocument)> {
    match countries {
        [country] => match country.supported_documents.as_slice() {
            [only] => Some((&country.code, only)),
            _ => None,
        },
        _ => None,
    }
}

impl Plan {
    /// Takes a document that was delivered out of the tasks from `next` on: one
    /// document never stands for two requirements (contract §1.5).
    ///
    /// A requirement that would have nothing left keeps what it had; the service
    /// then says what is wrong.
    pub fn take_out(&mut self, next: usize, country: &str, kind: &DocumentType) {
        for task in self.tasks.iter_mut().skip(next) {
            if let Task::Document(task) = task {
                task.take_out(country, kind);
            }
        }
    }
}

impl DocumentTask {
    fn take_out(&mut self, code: &str, kind: &DocumentType) {
        let mut left = self.countries.clone();
        for country in left.iter_mut().filter(|country| country.code == code) {
            country
                .supported_documents
                .retain(|document| document.kind != *kind);
        }
        left.retain(|country| !country.supported_documents.is_empty());
        if !left.is_empty() {
            self.preset_country = preset_country(&left, self.preset_country.as_deref());
            self.countries = left;
        }
    }

    /// The documents that can be chosen for a country.
    #[must_use]
    pub fn documents(&self, country: &str) -> &[SupportedDocument] {
        documents_of(&self.countries, country)
    }

    /// The one document that is allowed, if there is no choice.
    #[must_use]
    pub fn only_document(&self) -> Option<&SupportedDocument> {
        only_document(&self.countries).map(|(_, document)| document)
    }

    /// Whether a document type of a country can be chosen.
    #[must_use]
    pub fn allows(&self, country: &str, document_type: &DocumentType) -> bool {
        self.documents(country)
            .iter()
            .any(|document| document.kind == *document_type)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn configuration(change: impl FnOnce(&mut serde_json::Value)) -> Configuration {
        let mut value = json!({
            "session_id": "s", "client_session_token_ttl": 600, "requested_checks": [],
            "capture": {"biometric_consent": "NOT_REQUIRED", "required_resources": [{
                "type": "ID_DOCUMENT", "id": "r", "state": "REQUIRED",
                "allowed_sources": [{"type": "END_USER"}],
                "allowed_capture_methods": "CAMERA_AND_UPLOAD",
                "requested_tasks": [{"type": "ID_DOCUMENT_TEXT_DATA_EXTRACTION", "state": "REQUIRED"}],
                "attempts_remaining": {"GENERIC": 2, "RECLASSIFICATION": 2},
                "supported_countries": [
                    {"code": "GBR", "supported_documents": [{"type": "PASSPORT"}, {"type": "DRIVING_LICENCE"}]},
                    {"code": "FRA", "supported_documents": [{"type": "NATIONAL_ID"}]},
                ],
            }]},
            "sdk_config": {}, "a_field_of_the_future": {"x": 1},
        });
        change(&mut value);
        serde_json::from_value(value).unwrap()
    }

    fn plan(change: impl FnOnce(&mut serde_json::Value)) -> Result<Plan, PlanError> {
        Plan::from_configuration(&configuration(change), false)
    }

    #[test]
    fn a_delivery_that_leaves_one_country_presets_it() {
        let mut plan = plan(|_| {}).unwrap();
        plan.take_out(0, "FRA", &DocumentType::NationalId);
        assert_eq!(document(&plan).preset_country.as_deref(), Some("GBR"));
        assert_eq!(document(&plan).only_document(), None);
        plan.take_out(0, "GBR", &DocumentType::Passport);
        let only = document(&plan).only_document().unwrap();
        assert_eq!(only.kind, DocumentType::DrivingLicence);
        // It stays, rather than leave nothing.
        plan.take_out(0, "GBR", &DocumentType::DrivingLicence);
        assert_eq!(document(&plan).preset_country.as_deref(), Some("GBR"));
    }

    fn document(plan: &Plan) -> &DocumentTask {
        match plan.tasks.as_slice() {
            [Task::Document(task)] => task,
            other => panic!("not one document: {other:?}"),
        }
    }

    fn resource(value: &mut serde_json::Value) -> &mut serde_json::Value {
        &mut value["capture"]["required_resources"][0]
    }

    #[test]
    fn the_published_shape_becomes_one_document() {
        let plan = plan(|_| {}).unwrap();
        let document = document(&plan);
        assert!(document.can_upload);
        assert_eq!(document.preset_country, None);
        assert!(document.allows("GBR", &DocumentType::Passport));
        assert!(!document.allows("FRA", &DocumentType::Passport));
    }

    #[test]
    fn the_preset_country_counts_only_when_it_can_be_chosen() {
        let preset = |code: &str| {
            let plan = plan(|value| value["sdk_config"]["preset_issuing_country"] = code.into());
            document(&plan.unwrap()).preset_country.clone()
        };
        assert_eq!(preset("FRA"), Some("FRA".to_owned()));
        assert_eq!(preset("USA"), None);
    }

    #[test]
    fn a_single_country_is_preselected() {
        let plan = plan(|value| {
            resource(value)["supported_countries"]
                .as_array_mut()
                .unwrap()
                .truncate(1);
        });
        assert_eq!(
            document(&plan.unwrap()).preset_country,
            Some("GBR".to_owned())
        );
    }

    #[test]
    fn camera_only_and_unknown_methods_forbid_files() {
        for method in ["CAMERA", "SATELLITE"] {
            let plan = plan(|value| resource(value)["allowed_capture_methods"] = method.into());
            assert!(!document(&plan.unwrap()).can_upload, "{method}");
        }
    }

    #[test]
    fn what_is_not_for_the_person_is_left_out() {
        let plan = plan(|value| resource(value)["allowed_sources"] = json!([{"type": "IBV"}]));
        assert!(plan.unwrap().tasks.is_empty());
    }

    #[test]
    fn what_was_delivered_is_not_asked_again() {
        assert!(
            plan(|value| resource(value)["state"] = "COMPLETE".into())
                .unwrap()
                .tasks
                .is_empty()
        );
    }

    #[test]
    fn a_resource_this_client_does_not_capture_ends_clearly() {
        for kind in ["HOLOGRAM", "LIVENESS"] {
            let error = plan(|value| {
                resource(value)["type"] = kind.into();
                value["sdk_config"]["error_url"] = "https://shop.example/error".into();
            })
            .unwrap_err();
            assert_eq!(error.code, ErrorCode::UnsupportedConfiguration, "{kind}");
            assert_eq!(
                error.error_url.unwrap().as_str(),
                "https://shop.example/error"
            );
        }
    }

    fn face(value: &mut serde_json::Value, kind: &str) {
        let face = json!({
            "type": kind, "id": "f", "state": "REQUIRED", "liveness_type": "STATIC",
            "allowed_sources": [{"type": "END_USER"}], "attempts_remaining": {"GENERIC": 2},
        });
        value["capture"]["required_resources"]
            .as_array_mut()
            .unwrap()
            .push(face);
    }

    #[test]
    fn faces_come_after_documents_with_their_purpose() {
        for (kind, purpose) in [
            ("LIVENESS", FacePurpose::Liveness),
            ("FACE_CAPTURE", FacePurpose::Capture),
        ] {
            let plan = plan(|value| face(value, kind)).unwrap();
            let [Task::Document(_), Task::Face(face)] = plan.tasks.as_slice() else {
                panic!("{:?}", plan.tasks);
            };
            assert_eq!(face.purpose, purpose);
        }
    }

    #[test]
    fn a_check_that_is_not_ours_needs_its_component() {
        let config = configuration(|value| {
            face(value, "LIVENESS");
            value["capture"]["required_resources"][1]["liveness_type"] = "ZOOM".into();
        });
        let error = Plan::from_configuration(&config, false).unwrap_err();
        assert_eq!(error.code, ErrorCode::LivenessUnsupported);
        let plan = Plan::from_configuration(&config, true).unwrap();
        assert!(matches!(plan.tasks[1], Task::Zoom(_)));
    }

    #[test]
    fn no_liveness_attempt_left_has_a_code_of_its_own() {
        let none_left = |value: &mut serde_json::Value| {
            face(value, "LIVENESS");
            value["capture"]["required_resources"][1]["attempts_remaining"]["GENERIC"] = 0.into();
        };
        assert_eq!(
            plan(none_left).unwrap_err().code,
            ErrorCode::LivenessExhausted
        );
        let error = plan(|value| {
            none_left(value);
            value["identity_profile"] = json!({"trust_framework": "UK_TFIDA", "scheme": "DBS"});
        });
        assert_eq!(error.unwrap_err().code, ErrorCode::ProfileLivenessExhausted);
    }

    #[test]
    fn consent_is_asked_when_the_session_says_so() {
        let moment = |flow: &str, has_face: bool, is_required: &str| {
            plan(|value| {
                value["capture"]["biometric_consent"] = is_required.into();
                value["sdk_config"]["biometric_consent_flow"] = flow.into();
                if has_face {
                    face(value, "LIVENESS");
                }
            })
            .unwrap()
            .consent
        };
        assert_eq!(moment("EARLY", true, "NOT_REQUIRED"), None);
        assert_eq!(
            moment("EARLY", true, "REQUIRED"),
            Some(ConsentMoment::Early)
        );
        assert_eq!(
            moment("JUST_IN_TIME", true, "REQUIRED"),
            Some(ConsentMoment::JustInTime)
        );
        assert_eq!(
            moment("JUST_IN_TIME", false, "REQUIRED"),
            Some(ConsentMoment::Early),
            "there is no later moment"
        );
        assert_eq!(
            moment("WHENEVER", true, "A_WORD_OF_THE_FUTURE"),
            Some(ConsentMoment::Early),
            "consent is never assumed"
        );
    }

    #[test]
    fn all_seven_screens_can_be_suppressed_and_others_are_ignored() {
        let all = [
            "ID_DOCUMENT_EDUCATION",
            "ID_DOCUMENT_REQUIREMENTS",
            "SUPPLEMENTARY_DOCUMENT_EDUCATION",
            "ZOOM_LIVENESS_EDUCATION",
            "STATIC_LIVENESS_EDUCATION",
            "FACE_CAPTURE_EDUCATION",
            "FLOW_COMPLETION",
            "A_SCREEN_OF_THE_FUTURE",
        ];
        let plan = plan(|value| value["sdk_config"]["suppressed_screens"] = json!(all)).unwrap();
        let everything = Suppressed {
            id_document_education: true,
            id_document_requirements: true,
            supplementary_document_education: true,
            zoom_liveness_education: true,
            static_liveness_education: true,
            face_capture_education: true,
            flow_completion: true,
        };
        assert_eq!(plan.suppressed, everything);
    }

    #[test]
    fn a_short_time_is_said_in_whole_minutes() {
        let left = |ttl_s: u64| {
            plan(|value| value["client_session_token_ttl"] = ttl_s.into())
                .unwrap()
                .minutes_left
        };
        assert_eq!(left(900), None);
        assert_eq!(left(599), Some(10));
        assert_eq!(left(61), Some(2));
    }

    #[test]
    fn an_address_that_must_not_be_followed_is_an_unsupported_configuration() {
        for field in ["success_url", "error_url"] {
            let error = plan(|value| value["sdk_config"][field] = "javascript:alert(1)".into())
                .unwrap_err();
            assert_eq!(
                error,
                PlanError {
                    code: ErrorCode::UnsupportedConfiguration,
                    error_url: None
                },
                "{field}"
            );
        }
    }

    #[test]
    fn a_privacy_link_that_must_not_be_followed_is_left_out() {
        let plan =
            plan(|value| value["sdk_config"]["privacy_policy_url"] = "javascript:alert(1)".into());
        assert_eq!(plan.unwrap().privacy_policy, None);
    }

    #[test]
    fn no_attempt_left_is_known_before_anything_is_photographed() {
        let error =
            plan(|value| resource(value)["attempts_remaining"]["GENERIC"] = 0.into()).unwrap_err();
        assert_eq!(error.code, ErrorCode::AttemptsExhausted);
    }

    #[test]
    fn a_session_without_any_supported_document_is_unsupported() {
        let error = plan(|value| resource(value)["supported_countries"] = json!([])).unwrap_err();
        assert_eq!(error.code, ErrorCode::UnsupportedConfiguration);
    }
}

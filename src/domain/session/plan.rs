//! From a configuration to what the person has to do, in order.

use crate::domain::attempts::Attempts;
use crate::domain::error::ErrorCode;
use crate::domain::redirect::ReturnUrl;

use super::config::{
    BiometricConsent, CaptureMethods, Configuration, DocumentType, RequiredResource,
    RequirementState, ResourceKind, SourceKind, SupportedCountry, SupportedDocument,
};

/// A session as the flow goes through it.
#[derive(Debug, Clone, PartialEq)]
pub struct Plan {
    /// What is still to be delivered, in order.
    pub tasks: Vec<DocumentTask>,
    /// Where to go when everything was delivered.
    pub success_url: Option<ReturnUrl>,
    /// Where to go when the session ended otherwise.
    pub error_url: Option<ReturnUrl>,
    /// The business's own privacy policy.
    pub privacy_policy: Option<ReturnUrl>,
    /// Whether the brand mark is hidden.
    pub hides_logo: bool,
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
    /// Makes the plan of a configuration.
    ///
    /// # Errors
    ///
    /// [`ErrorCode::UnsupportedConfiguration`] when the session asks for
    /// something that this client does not do or names an address that must not
    /// be followed; [`ErrorCode::AttemptsExhausted`] when a requirement has no
    /// attempt left.
    pub fn from_configuration(config: &Configuration) -> Result<Self, PlanError> {
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

        let mut tasks = Vec::new();
        for resource in &config.capture.required_resources {
            if !is_for_person(resource) {
                continue;
            }
            match &resource.kind {
                ResourceKind::IdDocument => {
                    tasks.push(document_task(resource, config).map_err(fail)?);
                }
                ResourceKind::SupplementaryDocument
                | ResourceKind::Liveness
                | ResourceKind::FaceCapture
                | ResourceKind::ApplicantProfile
                | ResourceKind::Other(_) => return Err(fail(ErrorCode::UnsupportedConfiguration)),
            }
        }
        // Consent that is not asked for must never be assumed.
        let needs_consent = config.capture.biometric_consent == BiometricConsent::Required;
        if needs_consent && !tasks.is_empty() {
            return Err(fail(ErrorCode::UnsupportedConfiguration));
        }
        Ok(Self {
            tasks,
            success_url,
            error_url,
            privacy_policy,
            hides_logo: sdk.hide_logo.unwrap_or(false),
        })
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
    let is_supported = |code: &str| countries.iter().any(|country| country.code == code);
    let preset_country = match countries.as_slice() {
        [only] => Some(only.code.clone()),
        _ => config
            .sdk_config
            .preset_issuing_country
            .clone()
            .filter(|code| is_supported(code)),
    };
    Ok(DocumentTask {
        requirement_id: resource.id.clone(),
        // A method we do not know may forbid files, so they stay forbidden.
        can_upload: methods == Some(&CaptureMethods::CameraAndUpload),
        countries,
        preset_country,
        attempts,
    })
}

impl DocumentTask {
    /// The documents that can be chosen for a country.
    #[must_use]
    pub fn documents(&self, country: &str) -> &[SupportedDocument] {
        self.countries
            .iter()
            .find(|candidate| candidate.code == country)
            .map_or(&[], |country| &country.supported_documents)
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
        Plan::from_configuration(&configuration(change))
    }

    fn resource(value: &mut serde_json::Value) -> &mut serde_json::Value {
        &mut value["capture"]["required_resources"][0]
    }

    #[test]
    fn the_published_shape_becomes_one_document() {
        let plan = plan(|_| {}).unwrap();
        assert_eq!(plan.tasks.len(), 1);
        assert!(plan.tasks[0].can_upload);
        assert_eq!(plan.tasks[0].preset_country, None);
        assert!(plan.tasks[0].allows("GBR", &DocumentType::Passport));
        assert!(!plan.tasks[0].allows("FRA", &DocumentType::Passport));
    }

    #[test]
    fn the_preset_country_counts_only_when_it_can_be_chosen() {
        let preset = |code: &str| {
            plan(|value| value["sdk_config"]["preset_issuing_country"] = code.into())
                .unwrap()
                .tasks[0]
                .preset_country
                .clone()
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
            plan.unwrap().tasks[0].preset_country,
            Some("GBR".to_owned())
        );
    }

    #[test]
    fn camera_only_and_unknown_methods_forbid_files() {
        for method in ["CAMERA", "SATELLITE"] {
            let plan = plan(|value| resource(value)["allowed_capture_methods"] = method.into());
            assert!(!plan.unwrap().tasks[0].can_upload, "{method}");
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
        for kind in ["LIVENESS", "SUPPLEMENTARY_DOCUMENT", "HOLOGRAM"] {
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

    #[test]
    fn consent_is_never_assumed() {
        let error =
            plan(|value| value["capture"]["biometric_consent"] = "REQUIRED".into()).unwrap_err();
        assert_eq!(error.code, ErrorCode::UnsupportedConfiguration);
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

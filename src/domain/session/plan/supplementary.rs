//! A supplementary document: what is asked for and what can be chosen.

use crate::domain::attempts::Attempts;
use crate::domain::error::ErrorCode;
use crate::domain::i18n::countries;
use crate::domain::session::config::{
    CaptureMethods, Configuration, DocumentType, PendingResource, RequiredResource,
};

/// A supplementary document to photograph or to upload.
#[derive(Debug, Clone, PartialEq)]
pub struct SupplementaryTask {
    /// The requirement id.
    pub requirement_id: String,
    /// What the document is for.
    pub objective: SupplementaryObjective,
    /// Document types that can be chosen; never empty.
    pub document_types: Vec<DocumentType>,
    /// Countries that can be chosen, ISO 3166-1 alpha-3; empty means all.
    pub countries: Vec<String>,
    /// The country that is preselected.
    pub preset_country: Option<String>,
    /// Whether files may be uploaded.
    pub can_upload: bool,
    /// What is left now.
    pub attempts: Attempts,
    /// A document that is still being judged.
    pub pending: Option<PendingResource>,
}

impl SupplementaryTask {
    /// Whether a country can be chosen.
    #[must_use]
    pub fn allows_country(&self, code: &str) -> bool {
        if self.countries.is_empty() {
            countries::alpha2(code).is_some()
        } else {
            self.countries.iter().any(|country| country == code)
        }
    }

    /// The one document type that is allowed, if there is no choice.
    #[must_use]
    pub fn only_type(&self) -> Option<&DocumentType> {
        match self.document_types.as_slice() {
            [only] => Some(only),
            _ => None,
        }
    }
}

/// What a supplementary document is for (contract §2.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SupplementaryObjective {
    /// To show where the person lives.
    ProofOfAddress,
    /// For a criminal record check in the United Kingdom.
    UkDbs,
    /// Something that we do not know or that was not said.
    Unknown,
}

/// The task of a requirement.
pub(super) fn task(
    resource: &RequiredResource,
    config: &Configuration,
) -> Result<SupplementaryTask, ErrorCode> {
    let attempts = Attempts::new(resource.attempts_remaining.clone());
    if attempts.is_exhausted() {
        return Err(ErrorCode::AttemptsExhausted);
    }
    if resource.document_types.is_empty() {
        return Err(ErrorCode::UnsupportedConfiguration);
    }
    let objective = resource.objective.as_ref();
    let mut task = SupplementaryTask {
        requirement_id: resource.id.clone(),
        objective: match objective.map_or("", |objective| objective.kind.as_str()) {
            "PROOF_OF_ADDRESS" => SupplementaryObjective::ProofOfAddress,
            "UK_DBS" => SupplementaryObjective::UkDbs,
            _ => SupplementaryObjective::Unknown,
        },
        document_types: resource
            .document_types
            .iter()
            .map(|name| DocumentType::from(name.as_str()))
            .collect(),
        countries: resource.country_codes.clone(),
        preset_country: None,
        // Absent, both are allowed; a method we do not know may forbid files.
        can_upload: matches!(
            &resource.allowed_capture_methods,
            None | Some(CaptureMethods::CameraAndUpload)
        ),
        attempts,
        pending: resource.pending.clone(),
    };
    task.preset_country = match task.countries.as_slice() {
        [only] => Some(only.clone()),
        _ => config
            .sdk_config
            .preset_issuing_country
            .clone()
            .filter(|code| task.allows_country(code)),
    };
    Ok(task)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::domain::session::plan::{Plan, PlanError, Task};

    fn plan(change: impl FnOnce(&mut serde_json::Value)) -> Result<Plan, PlanError> {
        let mut bill = json!({
            "type": "SUPPLEMENTARY_DOCUMENT", "id": "b", "state": "REQUIRED",
            "allowed_sources": [{"type": "END_USER"}],
            "objective": {"type": "PROOF_OF_ADDRESS"},
            "document_types": ["UTILITY_BILL", "BANK_STATEMENT"],
            "country_codes": ["GBR", "IRL"], "attempts_remaining": {"GENERIC": 2},
        });
        change(&mut bill);
        let config = json!({
            "session_id": "s", "client_session_token_ttl": 600,
            "capture": {"biometric_consent": "NOT_REQUIRED", "required_resources": [bill]},
            "sdk_config": {"preset_issuing_country": "IRL"},
        });
        Plan::from_configuration(&serde_json::from_value(config).unwrap(), false)
    }

    fn bill(change: impl FnOnce(&mut serde_json::Value)) -> SupplementaryTask {
        match plan(change).unwrap().tasks.as_slice() {
            [Task::Supplementary(task)] => task.clone(),
            other => panic!("not one supplementary document: {other:?}"),
        }
    }

    #[test]
    fn a_supplementary_document_has_its_types_countries_and_objective() {
        let task = bill(|_| {});
        assert_eq!(task.objective, SupplementaryObjective::ProofOfAddress);
        assert_eq!(
            task.document_types,
            [
                DocumentType::from("UTILITY_BILL"),
                DocumentType::from("BANK_STATEMENT")
            ]
        );
        assert_eq!(task.preset_country.as_deref(), Some("IRL"));
        assert!(task.allows_country("GBR") && !task.allows_country("FRA"));
        assert_eq!(task.only_type(), None);
        assert!(task.can_upload, "both ways unless something else is said");
        assert!(
            !bill(|value| value["allowed_capture_methods"] = "CAMERA".into()).can_upload,
            "camera only"
        );
    }

    #[test]
    fn objectives_that_nobody_told_us_of_are_captured_all_the_same() {
        for (kind, objective) in [
            ("UK_DBS", SupplementaryObjective::UkDbs),
            ("PROOF_OF_LIFE", SupplementaryObjective::Unknown),
        ] {
            let task = bill(|value| value["objective"]["type"] = kind.into());
            assert_eq!(task.objective, objective, "{kind}");
        }
        let task = bill(|value| value["objective"] = serde_json::Value::Null);
        assert_eq!(task.objective, SupplementaryObjective::Unknown);
    }

    #[test]
    fn no_country_named_means_any_country_there_is() {
        let task = bill(|value| value["country_codes"] = json!([]));
        assert!(task.allows_country("FRA") && !task.allows_country("XXX"));
        assert_eq!(task.preset_country.as_deref(), Some("IRL"));
    }

    #[test]
    fn a_supplementary_document_of_no_type_or_without_attempts_ends_clearly() {
        let code = |change: fn(&mut serde_json::Value)| plan(change).unwrap_err().code;
        assert_eq!(
            code(|value| value["document_types"] = json!([])),
            ErrorCode::UnsupportedConfiguration
        );
        assert_eq!(
            code(|value| value["attempts_remaining"]["GENERIC"] = 0.into()),
            ErrorCode::AttemptsExhausted
        );
    }
}

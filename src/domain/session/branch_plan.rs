//! From a configuration to what the person prepares before a visit to a branch.

use crate::domain::error::ErrorCode;
use crate::domain::i18n::countries;
use crate::domain::redirect::ReturnUrl;

use super::config::{
    Configuration, InBranch, Price, RequiredResource, RequirementState, ResourceKind, SourceKind,
    SupportedCountry, SupportedDocument,
};
use super::plan::{documents_of, only_document, preset_country};

/// A visit to prepare.
#[derive(Debug, Clone, PartialEq)]
pub struct BranchTask {
    /// What has to be brought, in order.
    pub requirements: Vec<BranchRequirement>,
    /// Where the business explains the visit.
    pub guidance: Option<ReturnUrl>,
    /// What the person pays in the branch.
    pub price: Option<Price>,
    /// Whole days in which the visit is possible; 0 when it is less than one.
    pub days_left: u32,
    /// Whether the instructions have been supplied: only the letter is left.
    pub is_prepared: bool,
}

/// A document to bring.
#[derive(Debug, Clone, PartialEq)]
pub struct BranchRequirement {
    /// The requirement id.
    pub requirement_id: String,
    /// What kind of document it is.
    pub kind: BroughtAs,
    /// Countries and document types that can be chosen; never empty.
    pub countries: Vec<SupportedCountry>,
    /// The country that is preselected.
    pub preset_country: Option<String>,
}

/// What a document that is brought counts as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BroughtAs {
    /// An identity document.
    Identity,
    /// A bill, statement or letter.
    Supplementary,
}

impl BroughtAs {
    /// The name in the published instructions.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Identity => "ID_DOCUMENT",
            Self::Supplementary => "SUPPLEMENTARY_DOCUMENT",
        }
    }
}

impl BranchRequirement {
    /// The document types that can be chosen of a country.
    #[must_use]
    pub fn documents(&self, country: &str) -> &[SupportedDocument] {
        documents_of(&self.countries, country)
    }

    /// The one document that can be chosen, where there is only one.
    #[must_use]
    pub fn only_document(&self) -> Option<(&str, &SupportedDocument)> {
        only_document(&self.countries)
    }
}

/// Seconds in a day.
const DAY_S: u64 = 86_400;

pub(super) fn branch_task(
    in_branch: &InBranch,
    config: &Configuration,
) -> Result<BranchTask, ErrorCode> {
    let is_prepared = in_branch.instructions == RequirementState::Complete;
    let mut requirements: Vec<BranchRequirement> = Vec::new();
    // Once it is prepared, nothing is chosen any more.
    for resource in config
        .capture
        .required_resources
        .iter()
        .filter(|_| !is_prepared)
    {
        if let Some(requirement) = requirement(resource, config)? {
            let is_same = |earlier: &BranchRequirement| {
                requirement.kind == BroughtAs::Identity
                    && earlier.kind == BroughtAs::Identity
                    && requirement.only_document().is_some()
                    && requirement.only_document().map(name) == earlier.only_document().map(name)
            };
            // One document never satisfies two requirements.
            if requirements.iter().any(is_same) {
                return Err(ErrorCode::UnsupportedConfiguration);
            }
            requirements.push(requirement);
        }
    }
    Ok(BranchTask {
        requirements,
        guidance: in_branch
            .guidance_url
            .as_deref()
            // A link that can't be followed is left out, as the privacy policy's.
            .and_then(|address| ReturnUrl::parse(address).ok()),
        price: in_branch.user_price.clone(),
        days_left: days_left(config.client_session_token_ttl),
        is_prepared,
    })
}

/// The last day counts in full: the letter names only the day.
fn days_left(left_s: u64) -> u32 {
    if left_s < DAY_S {
        return 0;
    }
    u32::try_from(left_s.div_ceil(DAY_S)).unwrap_or(u32::MAX)
}

fn name<'a>((country, document): (&'a str, &'a SupportedDocument)) -> (&'a str, &'a str) {
    (country, document.kind.as_str())
}

/// What has to be brought for a resource, if anything.
fn requirement(
    resource: &RequiredResource,
    config: &Configuration,
) -> Result<Option<BranchRequirement>, ErrorCode> {
    let has_source = |kind: SourceKind| {
        resource
            .allowed_sources
            .iter()
            .any(|source| source.kind == kind)
    };
    // What the person may deliver themselves is a task of its own.
    let is_brought = resource.state == RequirementState::Required
        && has_source(SourceKind::Ibv)
        && !has_source(SourceKind::EndUser);
    if !is_brought {
        return Ok(None);
    }
    let (kind, mut countries) = match resource.kind {
        ResourceKind::IdDocument => (BroughtAs::Identity, resource.supported_countries.clone()),
        ResourceKind::SupplementaryDocument => (BroughtAs::Supplementary, everywhere(resource)),
        // Faces are photographed in the branch; nothing is brought for them.
        _ => return Ok(None),
    };
    countries.retain(|country| !country.supported_documents.is_empty());
    if countries.is_empty() {
        return Err(ErrorCode::UnsupportedConfiguration);
    }
    Ok(Some(BranchRequirement {
        requirement_id: resource.id.clone(),
        kind,
        preset_country: preset_country(
            &countries,
            config.sdk_config.preset_issuing_country.as_deref(),
        ),
        countries,
    }))
}

/// Supplementary documents are the same ones from every country.
fn everywhere(resource: &RequiredResource) -> Vec<SupportedCountry> {
    let document = |kind: &String| SupportedDocument {
        kind: kind.as_str().into(),
        is_strictly_latin: None,
        requirements: None,
    };
    // No country named means any country there is, as for what is sent from home.
    let codes = if resource.country_codes.is_empty() {
        countries::all().map(str::to_owned).collect()
    } else {
        resource.country_codes.clone()
    };
    codes
        .into_iter()
        .map(|code| SupportedCountry {
            code,
            supported_documents: resource.document_types.iter().map(document).collect(),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::super::plan::{Plan, Task};
    use super::*;

    fn plan(change: impl FnOnce(&mut Value)) -> Result<Plan, ErrorCode> {
        let mut value = json!({
            "session_id": "s", "client_session_token_ttl": 604_800,
            "capture": {"biometric_consent": "NOT_REQUIRED", "required_resources": [
                {"type": "ID_DOCUMENT", "id": "id", "state": "REQUIRED",
                 "allowed_sources": [{"type": "IBV"}],
                 "supported_countries": [{"code": "GBR", "supported_documents": [{"type": "PASSPORT"}]}]},
                {"type": "SUPPLEMENTARY_DOCUMENT", "id": "bill", "state": "REQUIRED",
                 "allowed_sources": [{"type": "IBV"}],
                 "document_types": ["BANK_STATEMENT", "UTILITY_BILL"], "country_codes": ["GBR", "IRL"]},
                {"type": "FACE_CAPTURE", "id": "face", "state": "REQUIRED",
                 "allowed_sources": [{"type": "IBV"}]},
            ]},
            "in_branch": {"instructions": "REQUIRED", "guidance_url": "https://shop.example/visit"},
        });
        change(&mut value);
        let config: Configuration = serde_json::from_value(value).unwrap();
        Plan::from_configuration(&config, false).map_err(|error| error.code)
    }

    fn visit(plan: Plan) -> BranchTask {
        match plan.tasks.into_iter().last() {
            Some(Task::Branch(task)) => task,
            other => panic!("no visit last, but {other:?}"),
        }
    }

    #[test]
    fn documents_are_brought_and_faces_are_not() {
        let task = visit(plan(|_| {}).unwrap());
        let ids: Vec<&str> = task
            .requirements
            .iter()
            .map(|it| it.requirement_id.as_str())
            .collect();
        assert_eq!(ids, ["id", "bill"]);
        assert_eq!(task.requirements[0].preset_country.as_deref(), Some("GBR"));
        assert_eq!(task.requirements[1].preset_country, None);
        assert_eq!(task.requirements[1].documents("IRL").len(), 2);
        assert_eq!(task.requirements[1].documents("FRA").len(), 0);
        assert_eq!(task.days_left, 7);
        assert_eq!(
            task.guidance.unwrap().as_str(),
            "https://shop.example/visit"
        );
    }

    #[test]
    fn what_the_person_delivers_at_home_comes_first_and_is_not_brought() {
        let plan = plan(|value| {
            let sources = json!([{"type": "END_USER"}, {"type": "IBV"}]);
            value["capture"]["required_resources"][0]["allowed_sources"] = sources;
        })
        .unwrap();
        assert!(matches!(plan.tasks[0], Task::Document(_)));
        assert_eq!(visit(plan).requirements.len(), 1);
    }

    #[test]
    fn a_guidance_link_that_must_not_be_followed_is_left_out() {
        let task = plan(|value| value["in_branch"]["guidance_url"] = "javascript:alert(1)".into());
        assert_eq!(visit(task.unwrap()).guidance, None);
    }

    #[test]
    fn days_are_counted_as_the_letter_counts_them() {
        for (left_s, days) in [
            (0, 0),
            (86_399, 0),
            (86_400, 1),
            (604_700, 7),
            (u64::MAX, u32::MAX),
        ] {
            assert_eq!(days_left(left_s), days, "{left_s}");
        }
    }

    #[test]
    fn a_prepared_visit_asks_for_nothing_more() {
        let task = visit(
            plan(|value| {
                value["in_branch"]["instructions"] = "COMPLETE".into();
                value["capture"]["required_resources"][0]["supported_countries"] = json!([]);
            })
            .unwrap(),
        );
        assert!(task.is_prepared && task.requirements.is_empty());
    }

    #[test]
    fn a_bill_without_named_countries_may_be_from_any_country() {
        let task = visit(
            plan(|value| {
                value["capture"]["required_resources"][1]["country_codes"] = json!([]);
            })
            .unwrap(),
        );
        let bill = &task.requirements[1];
        assert_eq!(bill.documents("FRA").len(), 2);
        assert_eq!(bill.documents("XXX").len(), 0);
        assert_eq!(bill.preset_country, None);
    }

    #[test]
    fn a_document_that_can_not_be_chosen_is_unsupported() {
        let changes: [fn(&mut Value); 3] = [
            |value| value["capture"]["required_resources"][0]["supported_countries"] = json!([]),
            |value| value["capture"]["required_resources"][1]["document_types"] = json!([]),
            // The same only document twice.
            |value| {
                let mut twin = value["capture"]["required_resources"][0].clone();
                twin["id"] = "twin".into();
                value["capture"]["required_resources"][2] = twin;
            },
        ];
        for change in changes {
            assert_eq!(
                plan(change).unwrap_err(),
                ErrorCode::UnsupportedConfiguration
            );
        }
    }
}

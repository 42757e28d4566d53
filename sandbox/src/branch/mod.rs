//! Sessions that are completed in a branch (contract §8).
//!
//! At home the person prepares the visit: [`instructions`] checks what they
//! supply, [`offices`] finds a branch, [`letter`] is what they take along.

mod areas;
mod instructions;
mod letter;
mod offices;
mod visit;

use jiff::Timestamp;
use serde_json::{Value, json};
use vestibule::domain::session::branch::Instructions;
use vestibule::domain::session::config::{InBranch, RequirementState, SourceKind};

pub(crate) use instructions::parse as parse_instructions;
pub(crate) use letter::letter;
pub(crate) use offices::nearest;
pub(crate) use visit::{BranchDocument, visit};

use crate::notify::{self, Topic};
use crate::spec::SessionSpec;
use crate::store::{Requirement, RequirementKind, Session};

/// The only type of branch that is published.
const UK_POST_OFFICE: &str = "UK_POST_OFFICE";

/// Checks that are made in a branch.
const ASSESSMENTS: &[&str] = &[
    "IBV_VISUAL_REVIEW_CHECK",
    "DOCUMENT_SCHEME_VALIDITY_CHECK",
    "PROFILE_DOCUMENT_MATCH",
];

/// What a session knows of its branch.
#[derive(Debug, Default)]
pub(crate) struct BranchState {
    pub(crate) instructions: Option<Instructions>,
    /// What the service would have sent to the person.
    pub(crate) emails: Vec<Email>,
    /// What the branch has delivered, once the person was there.
    pub(crate) documents: Option<Vec<BranchDocument>>,
}

/// An e-mail that a real service would have sent.
#[derive(Debug, Clone)]
pub(crate) struct Email {
    pub(crate) sent: Timestamp,
    pub(crate) to: String,
    pub(crate) subject: &'static str,
    /// The size of the letter that goes with it.
    pub(crate) attachment_bytes: Option<usize>,
}

/// Says who may deliver each requirement of a session with a branch.
pub(crate) fn set_sources(spec: &SessionSpec, requirements: &mut [Requirement]) {
    let Some(options) = &spec.ibv else {
        return;
    };
    for requirement in requirements {
        // Who they are the person knows at home as well as in a branch.
        let is_captured = !matches!(requirement.kind, RequirementKind::ApplicantProfile);
        if !requirement.sources.contains(&SourceKind::EndUser) {
            continue;
        }
        if options.is_mandatory {
            requirement.sources = vec![SourceKind::Ibv];
        } else if is_captured {
            requirement.sources.push(SourceKind::Ibv);
        }
    }
}

/// How far the preparation is, when only a branch can complete the session.
pub(crate) fn in_branch(session: &Session) -> Option<InBranch> {
    let options = session.spec.ibv.as_ref().filter(|it| it.is_mandatory)?;
    Some(InBranch {
        instructions: if session.branch.instructions.is_some() {
            RequirementState::Complete
        } else {
            RequirementState::Required
        },
        guidance_url: options.guidance_url.clone(),
        user_price: options.user_price.clone(),
    })
}

/// Adds `ibv_client_assessments`, which the wire type does not have because
/// the client has no use for them.
pub(crate) fn add_assessments(session: &Session, configuration: &mut Value) {
    if session.spec.ibv.is_none() {
        return;
    }
    let assessments: Vec<Value> = session
        .spec
        .checks
        .iter()
        .filter(|check| ASSESSMENTS.contains(&check.kind.as_str()))
        .map(|check| {
            let mut assessment = json!({ "type": check.kind, "state": "REQUIRED" });
            if check.config["scheme"].is_string() {
                assessment["scheme"] = check.config["scheme"].clone();
            }
            assessment
        })
        .collect();
    let resources = configuration.pointer_mut("/capture/required_resources");
    for resource in resources
        .and_then(Value::as_array_mut)
        .into_iter()
        .flatten()
    {
        if resource["type"] == "ID_DOCUMENT" {
            resource["ibv_client_assessments"] = Value::from(assessments.clone());
        } else if resource["type"] == "SUPPLEMENTARY_DOCUMENT" {
            resource["ibv_client_assessments"] = json!([]);
        }
    }
}

/// Sends the letter, or has the business send it when it wants to.
pub(crate) fn send_letter(session: &mut Session, now: Timestamp) {
    if session.outbox.has(Topic::InstructionsEmailRequested) {
        notify::happened(session, Topic::InstructionsEmailRequested, now);
        return;
    }
    let attachment_bytes = letter(session).map(|it| it.len());
    email(session, "Your visit to the branch", attachment_bytes, now);
}

fn email(
    session: &mut Session,
    subject: &'static str,
    attachment_bytes: Option<usize>,
    now: Timestamp,
) {
    let Some(instructions) = &session.branch.instructions else {
        return;
    };
    let email = Email {
        sent: now,
        to: instructions.contact_profile.email.clone(),
        subject,
        attachment_bytes,
    };
    session.branch.emails.push(email);
}

/// Whether this can be the code of a branch: seven letters or digits.
///
/// One published example has eight; the published error message says seven.
fn is_fad_code(text: &str) -> bool {
    text.len() == 7 && text.bytes().all(|b| b.is_ascii_alphanumeric())
}

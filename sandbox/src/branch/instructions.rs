//! What the person supplies before they go to the branch.

use serde_json::{Map, Value};
use vestibule::domain::session::branch::{
    Branch, BroughtDocument, BroughtKind, ContactProfile, Instructions, Location,
};
use vestibule::domain::session::config::{RequirementState, SourceKind};
use vestibule::domain::session::resource::FieldError;

use super::{UK_POST_OFFICE, is_fad_code};
use crate::json::{Checker, Obj, not_blank};
use crate::store::{Requirement, RequirementKind, Session};

/// Checks instructions against what the session requires.
///
/// # Errors
///
/// Every wrong field, with its path.
pub(crate) fn parse(
    session: &Session,
    payload: &Map<String, Value>,
) -> Result<Instructions, Vec<FieldError>> {
    let root = Obj::root(payload);
    let mut checker = Checker::default();
    for key in ["contact_profile", "documents", "branch"] {
        checker.require(&root, key);
    }
    let contact_profile = contact_profile(&mut checker, &root);
    let documents = documents(&mut checker, &root, session);
    let branch = branch(&mut checker, &root);
    if session.spec.ibv.is_none() {
        checker.wrong("branch", "this session has nothing to do with a branch");
    }
    checker.finish()?;
    Ok(Instructions {
        contact_profile,
        documents,
        branch,
    })
}

fn contact_profile(checker: &mut Checker, root: &Obj<'_>) -> ContactProfile {
    let profile = checker.object(root, "contact_profile");
    let mut text = |key, rule| {
        let profile = profile.as_ref()?;
        checker.require(profile, key);
        checker.text(profile, key, rule)
    };
    ContactProfile {
        first_name: text("first_name", name).unwrap_or_default(),
        last_name: text("last_name", name).unwrap_or_default(),
        email: text("email", email).unwrap_or_default(),
    }
}

/// One line of a letter.
fn name(text: &str) -> Option<&'static str> {
    if text.chars().any(char::is_control) {
        return Some("must be one line");
    }
    if text.chars().count() > 100 {
        return Some("must have at most 100 characters");
    }
    not_blank(text)
}

/// The form of an address; only a message shows whether it exists.
fn email(text: &str) -> Option<&'static str> {
    let right = text.len() <= 254
        && !text.chars().any(|c| c.is_whitespace() || c.is_control())
        && text.split_once('@').is_some_and(|(local, domain)| {
            let labels_right = domain.split('.').all(|label| !label.is_empty());
            !local.is_empty() && !domain.contains('@') && domain.contains('.') && labels_right
        });
    (!right).then_some("must be an e-mail address")
}

fn documents(checker: &mut Checker, root: &Obj<'_>, session: &Session) -> Vec<BroughtDocument> {
    let mut brought: Vec<BroughtDocument> = Vec::new();
    for item in checker.objects(root, "documents") {
        checker.require(&item, "requirement_id");
        checker.require(&item, "document");
        let requirement_id = checker.text(&item, "requirement_id", not_blank);
        let document = checker.object(&item, "document");
        let document = document.and_then(|it| document_kind(checker, &it));
        let Some(requirement_id) = requirement_id else {
            continue;
        };
        let Some(requirement) = session
            .requirement(&requirement_id)
            .filter(|it| is_brought(it))
        else {
            checker.wrong(
                item.at("requirement_id"),
                "is not a document that can be brought to a branch",
            );
            continue;
        };
        if brought.iter().any(|it| it.requirement_id == requirement_id) {
            checker.wrong(item.at("requirement_id"), "is there twice");
            continue;
        }
        if let Some(document) = document {
            if !is_allowed(requirement, &document) {
                checker.wrong(item.at("document"), "is not allowed for this requirement");
            }
            brought.push(BroughtDocument {
                requirement_id,
                document,
            });
        }
    }
    for requirement in session.requirements.iter().filter(|it| is_brought(it)) {
        let open = session.requirement_state(requirement) == RequirementState::Required;
        let named = root
            .get("documents")
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
            .any(|it| it["requirement_id"] == requirement.id.as_str());
        if open && !named && root.has("documents") {
            checker.wrong(
                "documents",
                format!("must have a document for requirement {}", requirement.id),
            );
        }
    }
    brought
}

fn document_kind(checker: &mut Checker, obj: &Obj<'_>) -> Option<BroughtKind> {
    for key in ["type", "country_code", "document_type"] {
        checker.require(obj, key);
    }
    let kind = checker.one_of(obj, "type", &["ID_DOCUMENT", "SUPPLEMENTARY_DOCUMENT"]);
    let country_code = checker.text(obj, "country_code", not_blank);
    let document_type = checker.text(obj, "document_type", not_blank);
    Some(BroughtKind {
        kind: kind?,
        country_code: country_code?,
        document_type: document_type?,
    })
}

/// Whether a requirement is satisfied by a document that is brought.
fn is_brought(requirement: &Requirement) -> bool {
    requirement.sources.contains(&SourceKind::Ibv)
        && matches!(
            requirement.kind,
            RequirementKind::IdDocument { .. } | RequirementKind::Supplementary { .. }
        )
}

fn is_allowed(requirement: &Requirement, document: &BroughtKind) -> bool {
    // An empty list of the specification restricts nothing.
    let listed = |list: &[String], value| list.is_empty() || list.iter().any(|it| it == value);
    match &requirement.kind {
        RequirementKind::IdDocument { countries, .. } => {
            document.kind == "ID_DOCUMENT"
                && countries.iter().any(|country| {
                    country.code == document.country_code
                        && country
                            .supported_documents
                            .iter()
                            .any(|it| it.kind.as_str() == document.document_type)
                })
        }
        RequirementKind::Supplementary {
            document_types,
            country_codes,
            ..
        } => {
            document.kind == "SUPPLEMENTARY_DOCUMENT"
                && listed(document_types, &document.document_type)
                && listed(country_codes, &document.country_code)
        }
        _ => false,
    }
}

fn branch(checker: &mut Checker, root: &Obj<'_>) -> Branch {
    let mut branch = Branch {
        kind: UK_POST_OFFICE.to_owned(),
        fad_code: String::new(),
        name: None,
        address: None,
        post_code: None,
        location: None,
    };
    let Some(obj) = checker.object(root, "branch") else {
        return branch;
    };
    checker.require(&obj, "type");
    checker.one_of(&obj, "type", &[UK_POST_OFFICE]);
    checker.require(&obj, "fad_code");
    branch.fad_code = checker
        .text(&obj, "fad_code", |text| {
            (!is_fad_code(text)).then_some("must have 7 letters or digits")
        })
        .unwrap_or_default();
    for (key, place) in [
        ("name", &mut branch.name),
        ("address", &mut branch.address),
        ("post_code", &mut branch.post_code),
    ] {
        *place = checker.text(&obj, key, |text| {
            (text.chars().count() > 300).then_some("must have at most 300 characters")
        });
    }
    branch.location = checker.object(&obj, "location").and_then(|location| {
        let mut degrees = |key: &str, most: f64| {
            checker.require(&location, key);
            let value = location.get(key)?;
            let degrees = value.as_f64().filter(|it| it.abs() <= most);
            if degrees.is_none() {
                checker.wrong(
                    location.at(key),
                    format!("must be a number from -{most} to {most}"),
                );
            }
            degrees
        };
        let (latitude, longitude) = (degrees("latitude", 90.0), degrees("longitude", 180.0));
        Some(Location {
            latitude: latitude?,
            longitude: longitude?,
        })
    });
    branch
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_e_mail_address_has_a_form() {
        for good in [
            "ada@example.com",
            "a.b+c@mail.example.co.uk",
            "ü@exämple.org",
        ] {
            assert_eq!(email(good), None, "{good}");
        }
        for bad in [
            "",
            "ada",
            "ada@",
            "@example.com",
            "ada@example",
            "ada@.com",
            "ada@example.",
            "a da@example.com",
            "a@b@example.com",
            "ada@example.com\n",
        ] {
            assert!(email(bad).is_some(), "{bad}");
        }
    }
}

//! Reads what a visit to a branch and the applicant's profile are answered with.

use super::value::Value;
use super::{Object, ReadError, objects, read};
use crate::domain::session::branch::{
    Branch, BranchList, BroughtDocument, BroughtKind, Location, SuppliedInstructions,
};
use crate::domain::session::profile::{ApplicantProfile, PostalAddress};

/// Reads a list of branches; one without a type or code is left out, because it
/// could not be named.
///
/// # Errors
///
/// When it is no JSON object.
pub fn branches(json: &str) -> Result<BranchList, ReadError> {
    read(json, |root| {
        Some(BranchList {
            branches: objects(root, "branches", branch),
        })
    })
}

/// Reads instructions that have been supplied.
///
/// # Errors
///
/// When it is no JSON object with a branch.
pub fn supplied_instructions(json: &str) -> Result<SuppliedInstructions, ReadError> {
    read(json, |root| {
        Some(SuppliedInstructions {
            documents: objects(root, "documents", |brought| {
                let document = brought.object("document")?;
                Some(BroughtDocument {
                    requirement_id: brought.text("requirement_id")?,
                    document: BroughtKind {
                        kind: document.text("type")?,
                        country_code: document.text("country_code")?,
                        document_type: document.text("document_type")?,
                    },
                })
            }),
            branch: root.object("branch").and_then(branch)?,
        })
    })
}

fn branch(object: Object<'_>) -> Option<Branch> {
    Some(Branch {
        kind: object.text("type")?,
        fad_code: object.text("fad_code")?,
        name: object.text("name"),
        address: object.text("address"),
        post_code: object.text("post_code"),
        location: object.object("location").and_then(|location| {
            Some(Location {
                latitude: location.0.get("latitude")?.as_float()?,
                longitude: location.0.get("longitude")?.as_float()?,
            })
        }),
    })
}

/// Reads an applicant profile; what is missing is empty, for the person to fill
/// in.
///
/// # Errors
///
/// When it is no JSON object.
pub fn applicant_profile(json: &str) -> Result<ApplicantProfile, ReadError> {
    read(json, |root| {
        let text = |object: Object<'_>, name| object.text(name).unwrap_or_default();
        let address = root.object("structured_postal_address");
        Some(ApplicantProfile {
            full_name: text(root, "full_name"),
            date_of_birth: text(root, "date_of_birth"),
            structured_postal_address: address.map_or_else(PostalAddress::default, |address| {
                PostalAddress {
                    address_format: address
                        .0
                        .get("address_format")
                        .and_then(Value::as_count)
                        .and_then(|format| u32::try_from(format).ok())
                        .unwrap_or(1),
                    building_number: text(address, "building_number"),
                    address_line1: text(address, "address_line1"),
                    town_city: text(address, "town_city"),
                    postal_code: text(address, "postal_code"),
                    country_iso: text(address, "country_iso"),
                    country: text(address, "country"),
                }
            }),
        })
    })
}

/// Reads which fields a refusal names; none when it is about something else.
#[must_use]
pub fn refused_fields(json: &str) -> Vec<String> {
    read(json, |root| {
        Some(objects(root, "errors", |error| error.text("property")))
    })
    .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use proptest::collection::vec;
    use proptest::option::of;
    use proptest::prelude::*;

    use super::*;

    fn any_branch() -> impl Strategy<Value = Branch> {
        let location = (-90.0..90.0, -180.0..180.0).prop_map(|(latitude, longitude)| Location {
            latitude,
            longitude,
        });
        let texts = vec(of(".{0,8}"), 3);
        (".{0,6}", ".{0,8}", texts, of(location)).prop_map(|(kind, fad_code, texts, location)| {
            Branch {
                kind,
                fad_code,
                name: texts[0].clone(),
                address: texts[1].clone(),
                post_code: texts[2].clone(),
                location,
            }
        })
    }

    proptest! {
        #[test]
        fn branches_are_read_as_serde_reads_them(branches in vec(any_branch(), 0..4)) {
            let written = BranchList { branches };
            let json = serde_json::to_string(&written).unwrap();
            prop_assert_eq!(serde_json::from_str::<BranchList>(&json).unwrap(), super::branches(&json).unwrap());
        }

        #[test]
        fn instructions_are_read_as_serde_reads_them(
            branch in any_branch(), documents in vec((".{0,6}", ".{0,6}", ".{0,3}", ".{0,6}"), 0..3),
        ) {
            let documents = documents
                .into_iter()
                .map(|(requirement_id, kind, country_code, document_type)| BroughtDocument {
                    requirement_id,
                    document: BroughtKind { kind, country_code, document_type },
                })
                .collect();
            let json = serde_json::to_string(&SuppliedInstructions { documents, branch }).unwrap();
            let read = serde_json::from_str::<SuppliedInstructions>(&json).unwrap();
            prop_assert_eq!(read, supplied_instructions(&json).unwrap());
        }

        #[test]
        fn a_profile_is_read_as_serde_reads_it(texts in vec(".{0,8}", 8), address_format: u32) {
            let text = |index: usize| texts[index].clone();
            let written = ApplicantProfile {
                full_name: text(0),
                date_of_birth: text(1),
                structured_postal_address: PostalAddress {
                    address_format,
                    building_number: text(2),
                    address_line1: text(3),
                    town_city: text(4),
                    postal_code: text(5),
                    country_iso: text(6),
                    country: text(7),
                },
            };
            let json = serde_json::to_string(&written).unwrap();
            prop_assert_eq!(serde_json::from_str::<ApplicantProfile>(&json).unwrap(), applicant_profile(&json).unwrap());
        }

        #[test]
        fn no_text_makes_a_reader_panic(text in ".{0,200}") {
            prop_assert!(branches(&text).is_err());
            prop_assert!(supplied_instructions(&text).is_err());
            prop_assert!(applicant_profile(&text).is_err());
            prop_assert!(refused_fields(&text).is_empty());
        }
    }

    #[test]
    fn what_is_missing_in_a_profile_is_empty() {
        assert_eq!(applicant_profile("{}"), Ok(ApplicantProfile::default()));
        let null = r#"{"full_name": null, "structured_postal_address": {"town_city": null}}"#;
        assert_eq!(applicant_profile(null), Ok(ApplicantProfile::default()));
    }

    #[test]
    fn refusals_name_their_fields() {
        let json = r#"{"code": "PAYLOAD_VALIDATION", "errors": [
            {"property": "contact_profile.email", "message": "must be an e-mail address"}, {"message": "?"}]}"#;
        assert_eq!(refused_fields(json), ["contact_profile.email"]);
        assert!(refused_fields(r#"{"code": "BAD_TOKEN"}"#).is_empty());
    }
}

//! Reads what comes as JSON, field by field.
//!
//! The wire types derive serde's traits for the service and for tests; the
//! client reads them here instead, because a derived reader is generated anew
//! for every type and every list of it, and this one only once.
//! What both read is the same: a property test compares them.
//!
//! As everywhere in the protocol, unknown fields are ignored, and a field of an
//! unexpected type counts as absent unless the type can't do without it.

mod handoff;
mod people;
pub(in crate::domain) mod value;

use std::collections::BTreeMap;

use super::session::config::{
    AllowedSource, Capture, Configuration, DocumentRequirements, IdentityProfile, InBranch,
    Objective, PendingResource, Price, RequestedTask, RequiredResource, SdkConfig,
    SupportedCountry, SupportedDocument,
};
use super::session::resource::{ApiErrorCode, Reason, Recommendation, TextExtraction};

use value::{Map, Value, parse};

pub use handoff::{handoff_code, handoff_status, new_handoff, redeemed_handoff};
pub use people::{applicant_profile, branches, refused_fields, supplied_instructions};

/// The text is not JSON, or lacks what its type can't do without.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the answer is not of the expected form")]
pub struct ReadError;

/// An object being read.
#[derive(Clone, Copy)]
struct Object<'a>(&'a Map);

impl<'a> Object<'a> {
    fn of(value: &'a Value) -> Option<Self> {
        value.as_object().map(Self)
    }

    fn object(self, name: &str) -> Option<Self> {
        self.0.get(name).and_then(Self::of)
    }

    fn text(self, name: &str) -> Option<String> {
        self.0.get(name)?.as_text().map(str::to_owned)
    }

    fn flag(self, name: &str) -> Option<bool> {
        self.0.get(name)?.as_flag()
    }

    fn values(self, name: &str) -> &'a [Value] {
        self.0
            .get(name)
            .and_then(Value::as_list)
            .unwrap_or_default()
    }

    fn texts(self, name: &str) -> Vec<String> {
        self.values(name)
            .iter()
            .filter_map(Value::as_text)
            .map(str::to_owned)
            .collect()
    }

    fn counts(self, name: &str) -> BTreeMap<String, u32> {
        let mut counts = BTreeMap::new();
        // One by one: collecting would sort first, and bring the code for that.
        for (key, value) in self.object(name).into_iter().flat_map(|object| object.0) {
            if let Some(count) = value.as_count().and_then(|count| u32::try_from(count).ok()) {
                counts.insert(key.clone(), count);
            }
        }
        counts
    }
}

/// Reads the object that a text holds with a reader of its fields.
fn read<T>(json: &str, fields: fn(Object<'_>) -> Option<T>) -> Result<T, ReadError> {
    Object::of(&parse(json)?).and_then(fields).ok_or(ReadError)
}

/// Reads a session configuration.
///
/// # Errors
///
/// When it is no JSON object or names no session, lifetime or capture.
pub fn configuration(json: &str) -> Result<Configuration, ReadError> {
    read(json, |root| {
        let capture = root.object("capture")?;
        let resources = capture.values("required_resources").iter();
        Some(Configuration {
            session_id: root.text("session_id")?,
            client_session_token_ttl: root.0.get("client_session_token_ttl")?.as_count()?,
            requested_checks: root.texts("requested_checks"),
            capture: Capture {
                biometric_consent: capture.text("biometric_consent")?.into(),
                // A requirement that can't be read must not be left out: the
                // person would be told that they are done.
                required_resources: resources
                    .map(|value| Object::of(value).and_then(resource))
                    .collect::<Option<_>>()?,
            },
            sdk_config: root
                .object("sdk_config")
                .map(sdk_config)
                .unwrap_or_default(),
            track_ip_address: root.flag("track_ip_address"),
            in_branch: root.object("in_branch").and_then(in_branch),
            identity_profile: root.object("identity_profile").and_then(|profile| {
                Some(IdentityProfile {
                    trust_framework: profile.text("trust_framework")?,
                    scheme: profile.text("scheme")?,
                })
            }),
        })
    })
}

fn in_branch(object: Object<'_>) -> Option<InBranch> {
    Some(InBranch {
        instructions: object.text("instructions")?.into(),
        guidance_url: object.text("guidance_url"),
        user_price: object.object("user_price").and_then(|price| {
            Some(Price {
                amount: price.text("amount")?,
                currency: price.text("currency")?,
            })
        }),
    })
}

fn resource(object: Object<'_>) -> Option<RequiredResource> {
    Some(RequiredResource {
        kind: object.text("type")?.into(),
        id: object.text("id")?,
        state: object.text("state")?.into(),
        allowed_sources: objects(object, "allowed_sources", |source| {
            Some(AllowedSource {
                kind: source.text("type")?.into(),
            })
        }),
        supported_countries: objects(object, "supported_countries", |country| {
            Some(SupportedCountry {
                code: country.text("code")?,
                supported_documents: objects(country, "supported_documents", document),
            })
        }),
        allowed_capture_methods: object.text("allowed_capture_methods").map(Into::into),
        requested_tasks: objects(object, "requested_tasks", |task| {
            Some(RequestedTask {
                kind: task.text("type")?,
                state: task.text("state")?,
            })
        }),
        attempts_remaining: object.counts("attempts_remaining"),
        liveness_type: object.text("liveness_type"),
        document_types: object.texts("document_types"),
        country_codes: object.texts("country_codes"),
        objective: object.object("objective").and_then(|objective| {
            Some(Objective {
                kind: objective.text("type")?,
            })
        }),
        pending: object.object("pending").and_then(|pending| {
            Some(PendingResource {
                resource_id: pending.text("resource_id")?,
                document_type: pending.text("document_type"),
                issuing_country: pending.text("issuing_country"),
            })
        }),
    })
}

fn document(object: Object<'_>) -> Option<SupportedDocument> {
    Some(SupportedDocument {
        kind: object.text("type")?.into(),
        is_strictly_latin: object.flag("is_strictly_latin"),
        requirements: object
            .object("requirements")
            .map(|limits| DocumentRequirements {
                date_from: limits.text("date_from"),
            }),
    })
}

fn objects<T>(object: Object<'_>, name: &str, fields: fn(Object<'_>) -> Option<T>) -> Vec<T> {
    object
        .values(name)
        .iter()
        .filter_map(|value| Object::of(value).and_then(fields))
        .collect()
}

fn sdk_config(object: Object<'_>) -> SdkConfig {
    SdkConfig {
        allowed_capture_methods: object.text("allowed_capture_methods").map(Into::into),
        primary_colour: object.text("primary_colour"),
        secondary_colour: object.text("secondary_colour"),
        font_colour: object.text("font_colour"),
        dark_mode: object.text("dark_mode").map(Into::into),
        primary_colour_dark_mode: object.text("primary_colour_dark_mode"),
        locale: object.text("locale"),
        preset_issuing_country: object.text("preset_issuing_country"),
        success_url: object.text("success_url"),
        error_url: object.text("error_url"),
        privacy_policy_url: object.text("privacy_policy_url"),
        allow_handoff: object.flag("allow_handoff"),
        biometric_consent_flow: object.text("biometric_consent_flow"),
        brand_id: object.text("brand_id"),
        suppressed_screens: object.texts("suppressed_screens"),
        hide_logo: object.flag("hide_logo"),
    }
}

/// Reads the id of something that was created.
///
/// # Errors
///
/// When it is no JSON object with an id.
pub fn created_id(json: &str) -> Result<String, ReadError> {
    read(json, |root| root.text("id"))
}

/// Reads the state of a text extraction.
///
/// # Errors
///
/// When it is no JSON object with an id and a state.
pub fn text_extraction(json: &str) -> Result<TextExtraction, ReadError> {
    read(json, |root| {
        Some(TextExtraction {
            id: root.text("id")?,
            state: root.text("state")?.into(),
            recommendation: root.object("recommendation").and_then(recommendation),
            attempts_remaining: root.counts("attempts_remaining"),
        })
    })
}

fn recommendation(object: Object<'_>) -> Option<Recommendation> {
    Some(Recommendation {
        value: object.text("value")?.into(),
        reason: object.object("reason").and_then(|reason| {
            Some(Reason {
                value: reason.text("value")?.into(),
                detail: reason.text("detail"),
            })
        }),
        category: object.text("category").map(Into::into),
        page: object
            .0
            .get("page")
            .and_then(Value::as_count)
            .and_then(|page| u32::try_from(page).ok()),
        detected_document_type: object.text("detected_document_type").map(Into::into),
        detected_country: object.text("detected_country"),
    })
}

/// Reads the code of a refusal; nothing when there is none.
#[must_use]
pub fn error_code(json: &str) -> Option<ApiErrorCode> {
    read(json, |root| root.text("code")).ok().map(Into::into)
}

/// Reads the texts of an object.
///
/// # Errors
///
/// When it is no JSON object, or holds anything but texts.
pub(in crate::domain) fn texts(json: &str) -> Result<Map, ReadError> {
    match parse(json)? {
        Value::Object(texts) if texts.values().all(|it| it.as_text().is_some()) => Ok(texts),
        _ => Err(ReadError),
    }
}

#[cfg(test)]
mod tests {
    use proptest::collection::{btree_map, vec};
    use proptest::option::of;
    use proptest::prelude::*;

    use super::*;
    use crate::domain::session::resource::{AttemptCategory, ErrorBody, TaskState};

    fn word() -> impl Strategy<Value = String> {
        prop_oneof![
            Just("REQUIRED".to_owned()),
            Just("ID_DOCUMENT".to_owned()),
            Just("PASSPORT".to_owned()),
            Just("CAMERA".to_owned()),
            "[A-Z_]{1,12}",
            ".{0,6}",
        ]
    }

    fn any_resource() -> impl Strategy<Value = RequiredResource> {
        let document =
            (word(), of(any::<bool>()), of(of(word()))).prop_map(|(kind, latin, date)| {
                SupportedDocument {
                    kind: kind.into(),
                    is_strictly_latin: latin,
                    requirements: date.map(|date_from| DocumentRequirements { date_from }),
                }
            });
        let country = (word(), vec(document, 0..3)).prop_map(|(code, supported_documents)| {
            SupportedCountry {
                code,
                supported_documents,
            }
        });
        (
            (
                word(),
                word(),
                word(),
                vec(word(), 0..3),
                vec(country, 0..3),
                of(word()),
            ),
            (
                vec((word(), word()), 0..2),
                btree_map(word(), any::<u32>(), 0..3),
                of(word()),
            ),
            (
                vec(word(), 0..2),
                vec(word(), 0..2),
                of(word()),
                of((word(), of(word()), of(word()))),
            ),
        )
            .prop_map(
                |(
                    (kind, id, state, sources, countries, methods),
                    (tasks, attempts, liveness),
                    (types, codes, objective, pending),
                )| {
                    RequiredResource {
                        kind: kind.into(),
                        id,
                        state: state.into(),
                        allowed_sources: sources
                            .into_iter()
                            .map(|kind| AllowedSource { kind: kind.into() })
                            .collect(),
                        supported_countries: countries,
                        allowed_capture_methods: methods.map(Into::into),
                        requested_tasks: tasks
                            .into_iter()
                            .map(|(kind, state)| RequestedTask { kind, state })
                            .collect(),
                        attempts_remaining: attempts,
                        liveness_type: liveness,
                        document_types: types,
                        country_codes: codes,
                        objective: objective.map(|kind| Objective { kind }),
                        pending: pending.map(|(resource_id, document_type, issuing_country)| {
                            PendingResource {
                                resource_id,
                                document_type,
                                issuing_country,
                            }
                        }),
                    }
                },
            )
    }

    fn any_sdk_config() -> impl Strategy<Value = SdkConfig> {
        (
            vec(of(word()), 12),
            vec(of(any::<bool>()), 2),
            vec(word(), 0..3),
        )
            .prop_map(|(texts, flags, screens)| {
                let text = |index: usize| texts[index].clone();
                SdkConfig {
                    allowed_capture_methods: text(0).map(Into::into),
                    primary_colour: text(1),
                    secondary_colour: text(2),
                    font_colour: text(3),
                    dark_mode: text(4).map(Into::into),
                    primary_colour_dark_mode: text(5),
                    locale: text(6),
                    preset_issuing_country: text(7),
                    success_url: text(8),
                    error_url: text(9),
                    privacy_policy_url: text(10),
                    allow_handoff: flags[0],
                    biometric_consent_flow: text(11),
                    brand_id: text(3),
                    suppressed_screens: screens,
                    hide_logo: flags[1],
                }
            })
    }

    proptest! {
        #[test]
        fn a_configuration_is_read_as_serde_reads_it(
            id in word(), ttl: u64, checks in vec(word(), 0..3), consent in word(),
            resources in vec(any_resource(), 0..3), sdk_config in any_sdk_config(), track in of(any::<bool>()),
            branch in of((word(), of(word()), of((word(), word())))), profile in of((word(), word())),
        ) {
            let written = Configuration {
                session_id: id,
                client_session_token_ttl: ttl,
                requested_checks: checks,
                capture: Capture { biometric_consent: consent.into(), required_resources: resources },
                sdk_config,
                track_ip_address: track,
                in_branch: branch.map(|(state, guidance_url, price)| InBranch {
                    instructions: state.into(),
                    guidance_url,
                    user_price: price.map(|(amount, currency)| Price { amount, currency }),
                }),
                identity_profile: profile.map(|(trust_framework, scheme)| IdentityProfile {
                    trust_framework,
                    scheme,
                }),
            };
            let json = serde_json::to_string(&written).unwrap();
            prop_assert_eq!(&serde_json::from_str::<Configuration>(&json).unwrap(), &written);
            prop_assert_eq!(configuration(&json), Ok(written));
        }

        #[test]
        fn an_extraction_is_read_as_serde_reads_it(
            id in word(), state in word(), value in of(word()), reason in of((word(), of(word()))),
            category in of(word()), page in of(any::<u32>()), kind in of(word()), country in of(word()),
            attempts in btree_map(word(), any::<u32>(), 0..3),
        ) {
            let written = TextExtraction {
                id,
                state: state.into(),
                recommendation: value.map(|value| Recommendation {
                    value: value.into(),
                    reason: reason.map(|(value, detail)| Reason { value: value.into(), detail }),
                    category: category.map(Into::into),
                    page,
                    detected_document_type: kind.map(Into::into),
                    detected_country: country,
                }),
                attempts_remaining: attempts,
            };
            let json = serde_json::to_string(&written).unwrap();
            prop_assert_eq!(text_extraction(&json), Ok(written));
        }

        #[test]
        fn no_text_makes_a_reader_panic(text in ".{0,200}") {
            prop_assert!(configuration(&text).is_err());
            prop_assert!(text_extraction(&text).is_err());
        }
    }

    #[test]
    fn what_a_type_cannot_do_without_is_missed() {
        for json in [
            "",
            "[]",
            "{}",
            r#"{"session_id": "s"}"#,
            r#"{"session_id": 1, "client_session_token_ttl": 1, "capture": {}}"#,
        ] {
            assert_eq!(configuration(json), Err(ReadError), "{json}");
        }
        // A requirement without an id can't be delivered, so the session can't.
        let json = r#"{"session_id": "s", "client_session_token_ttl": 1, "capture":
            {"biometric_consent": "NOT_REQUIRED", "required_resources": [{"type": "ID_DOCUMENT"}]}}"#;
        assert_eq!(configuration(json), Err(ReadError));
    }

    #[test]
    fn refusals_have_codes() {
        let body = ErrorBody {
            code: ApiErrorCode::BadToken,
            message: None,
            errors: Vec::new(),
        };
        let json = serde_json::to_string(&body).unwrap();
        assert_eq!(error_code(&json), Some(ApiErrorCode::BadToken));
        assert_eq!(error_code("<html>502</html>"), None);
    }

    #[test]
    fn a_small_extraction_is_enough() {
        let read =
            text_extraction(r#"{"id": "t", "state": "PENDING", "recommendation": null}"#).unwrap();
        assert_eq!(
            (read.state, read.recommendation),
            (TaskState::Pending, None)
        );
        assert_eq!(AttemptCategory::from("GENERIC"), AttemptCategory::Generic);
    }
}

//! The description of the API, `openapi.json`, kept as a file.

use axum::http::header::CONTENT_TYPE;
use axum::response::IntoResponse;

/// The committed description.
const OPENAPI: &str = include_str!("../openapi.json");

/// Serves the description.
pub(crate) async fn openapi() -> impl IntoResponse {
    ([(CONTENT_TYPE, "application/json")], OPENAPI)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use serde::Serialize;
    use serde::de::DeserializeOwned;
    use serde_json::Value;
    use vestibule::domain::session::Configuration;
    use vestibule::domain::session::branch::{
        BranchList, BranchSearch, ContactProfile, Instructions,
    };
    use vestibule::domain::session::handoff::{
        HandoffCode, HandoffEnd, HandoffStatus, NewHandoff, RedeemHandoff, RedeemedHandoff,
    };
    use vestibule::domain::session::profile::ApplicantProfile;
    use vestibule::domain::session::resource::{
        ApiErrorCode, ConsentRecord, CreatedResource, ErrorBody, NewFace, NewIdDocument,
        NewSupplementaryDocument, PageDescriptor, TextExtraction, UploadedPage,
    };

    use super::*;
    use crate::routes::ROUTES;

    fn document() -> Value {
        serde_json::from_str(OPENAPI).unwrap()
    }

    fn operations(document: &Value) -> BTreeSet<(String, String)> {
        document["paths"]
            .as_object()
            .unwrap()
            .iter()
            .flat_map(|(path, methods)| {
                let methods = methods.as_object().unwrap().keys();
                methods.map(move |method| (method.to_uppercase(), path.clone()))
            })
            .collect()
    }

    #[test]
    fn the_description_has_exactly_the_routes_of_the_service() {
        let served: BTreeSet<_> = ROUTES
            .iter()
            .map(|route| (route.method.to_string(), route.path.to_owned()))
            .collect();
        assert_eq!(served.len(), ROUTES.len(), "a route is there twice");
        assert_eq!(operations(&document()), served);
    }

    #[test]
    fn every_reference_leads_somewhere_and_every_part_is_used() {
        let document = document();
        let mut referred = BTreeSet::new();
        collect_references(&document, &mut referred);
        for reference in &referred {
            let pointer = reference.strip_prefix('#').unwrap();
            assert!(document.pointer(pointer).is_some(), "{reference}");
        }
        for part in ["schemas", "parameters"] {
            for name in document["components"][part].as_object().unwrap().keys() {
                let reference = format!("#/components/{part}/{name}");
                assert!(referred.contains(&reference), "{reference} is not used");
            }
        }
    }

    fn collect_references(value: &Value, found: &mut BTreeSet<String>) {
        match value {
            Value::Object(map) => {
                if let Some(reference) = map.get("$ref").and_then(Value::as_str) {
                    found.insert(reference.to_owned());
                }
                map.values()
                    .for_each(|value| collect_references(value, found));
            }
            Value::Array(values) => {
                values
                    .iter()
                    .for_each(|value| collect_references(value, found));
            }
            _ => {}
        }
    }

    #[test]
    fn path_parameters_are_declared() {
        for (path, methods) in document()["paths"].as_object().unwrap() {
            let in_path: BTreeSet<_> = path
                .split('/')
                .filter_map(|part| part.strip_prefix('{')?.strip_suffix('}'))
                .map(ToOwned::to_owned)
                .collect();
            for (method, operation) in methods.as_object().unwrap() {
                let declared: BTreeSet<_> = operation["parameters"]
                    .as_array()
                    .into_iter()
                    .flatten()
                    .filter_map(|it| match it["$ref"].as_str() {
                        Some(reference) => Some(reference.rsplit('/').next()?.to_owned()),
                        None if it["in"] == "path" => Some(it["name"].as_str()?.to_owned()),
                        None => None,
                    })
                    .collect();
                assert_eq!(declared, in_path, "{method} {path}");
            }
        }
    }

    /// What the wire type makes of an example.
    fn through<T: DeserializeOwned + Serialize>(example: &Value) -> Value {
        serde_json::to_value(serde_json::from_value::<T>(example.clone()).unwrap()).unwrap()
    }

    fn collect_examples(value: &Value, found: &mut Vec<(String, Value)>) {
        match value {
            Value::Object(map) => {
                let schema = map
                    .get("schema")
                    .and_then(|schema| schema["$ref"].as_str())
                    .and_then(|reference| reference.rsplit('/').next());
                if let (Some(schema), Some(example)) = (schema, map.get("example")) {
                    found.push((schema.to_owned(), example.clone()));
                }
                map.values()
                    .for_each(|value| collect_examples(value, found));
            }
            Value::Array(values) => values
                .iter()
                .for_each(|value| collect_examples(value, found)),
            _ => {}
        }
    }

    #[test]
    fn the_examples_are_what_the_wire_types_say() {
        type Trip = fn(&Value) -> Value;
        let document = document();
        let mut examples = Vec::new();
        collect_examples(&document["paths"], &mut examples);
        let descriptor = &document["components"]["schemas"]["PageDescriptor"]["example"];
        examples.push(("PageDescriptor".to_owned(), descriptor.clone()));
        let types: &[(&str, Trip)] = &[
            ("Configuration", through::<Configuration>),
            ("NewIdDocument", through::<NewIdDocument>),
            (
                "NewSupplementaryDocument",
                through::<NewSupplementaryDocument>,
            ),
            ("NewFace", through::<NewFace>),
            ("ApplicantProfile", through::<ApplicantProfile>),
            ("ConsentRecord", through::<ConsentRecord>),
            ("CreatedResource", through::<CreatedResource>),
            ("PageDescriptor", through::<PageDescriptor>),
            ("UploadedPage", through::<UploadedPage>),
            ("TextExtraction", through::<TextExtraction>),
            ("NewHandoff", through::<NewHandoff>),
            ("HandoffCode", through::<HandoffCode>),
            ("RedeemHandoff", through::<RedeemHandoff>),
            ("RedeemedHandoff", through::<RedeemedHandoff>),
            ("HandoffStatus", through::<HandoffStatus>),
            ("HandoffEnd", through::<HandoffEnd>),
            ("Instructions", through::<Instructions>),
            ("ContactProfile", through::<ContactProfile>),
            ("BranchSearch", through::<BranchSearch>),
            ("BranchList", through::<BranchList>),
            ("Error", through::<ErrorBody>),
        ];
        for (name, trip) in types {
            let of_type: Vec<_> = examples
                .iter()
                .filter(|(schema, _)| schema == name)
                .collect();
            assert!(!of_type.is_empty(), "{name} has no example");
            for (_, example) in of_type {
                assert_eq!(&trip(example), example, "{name}");
            }
        }
    }

    #[test]
    fn every_refusal_has_an_example_and_every_code_is_named() {
        let document = document();
        for (path, methods) in document["paths"].as_object().unwrap() {
            for operation in methods.as_object().unwrap().values() {
                for (status, response) in operation["responses"].as_object().unwrap() {
                    if status.starts_with('4') {
                        let example = &response["content"]["application/json"]["example"];
                        assert!(example["code"].is_string(), "{path} {status}");
                    }
                }
            }
        }
        let named: BTreeSet<_> = document
            .pointer("/components/schemas/Error/properties/code/examples")
            .and_then(Value::as_array)
            .unwrap()
            .iter()
            .map(|code| code.as_str().unwrap())
            .collect();
        let known: BTreeSet<_> = ApiErrorCode::KNOWN
            .iter()
            .map(ApiErrorCode::as_str)
            .collect();
        assert_eq!(named, known);
    }
}

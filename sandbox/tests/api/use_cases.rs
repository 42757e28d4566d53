//! What the example application of the official Node SDK asks for, use case by
//! use case: created, configured, delivered, reported, and read by the SDK.

use reqwest::Method;
use serde_json::{Value, json};

use super::node_sdk::sdk;
use super::support::{BACK, FRONT, PASSPORT, Service, Session, form};

const ID_TASK: &str = "ID_DOCUMENT_TEXT_DATA_EXTRACTION";
const BILL_TASK: &str = "SUPPLEMENTARY_DOCUMENT_TEXT_DATA_EXTRACTION";

fn by_fallback(kind: &str) -> Value {
    json!({ "type": kind, "config": { "manual_check": "FALLBACK" } })
}

fn never_by_hand(kind: &str) -> Value {
    json!({ "type": kind, "config": { "manual_check": "NEVER" } })
}

fn live_face() -> Value {
    json!({ "type": "LIVENESS",
            "config": { "max_retries": 1, "liveness_type": "STATIC", "manual_check": "NEVER" } })
}

/// Creates the session with the SDK; these replace its default payload.
async fn create(service: &Service, overrides: Value) -> Session {
    let created = sdk(service, &["create", &overrides.to_string()])
        .await
        .unwrap();
    let text = |key: &str| created[key].as_str().unwrap().to_owned();
    Session {
        id: text("id"),
        token: text("token"),
    }
}

/// Delivers whatever the configuration asks for.
async fn deliver_all(service: &Service, session: &Session) {
    let found = service.configuration(session).await;
    if found["capture"]["biometric_consent"] == "REQUIRED" {
        service.decide(session, "GIVEN").await.expect(204);
    }
    let mut licence_is_next = false;
    for requirement in found["capture"]["required_resources"].as_array().unwrap() {
        match requirement["type"].as_str().unwrap() {
            "ID_DOCUMENT" => {
                let only_licences = !offers(requirement, "PASSPORT");
                let licence = licence_is_next || only_licences;
                deliver_document(service, session, requirement, licence).await;
                licence_is_next = true;
            }
            "LIVENESS" => {
                service.deliver_face(session, &PASSPORT).await;
            }
            "SUPPLEMENTARY_DOCUMENT" => deliver_bill(service, session, requirement).await,
            "FACE_CAPTURE" => assert_eq!(requirement["state"], "COMPLETE"),
            other => panic!("{other}"),
        }
    }
    service.end(session).await.expect(204);
}

fn offers(requirement: &Value, kind: &str) -> bool {
    let countries = requirement["supported_countries"].as_array().unwrap();
    countries.iter().any(|country| {
        let documents = country["supported_documents"].as_array().unwrap();
        documents.iter().any(|document| document["type"] == kind)
    })
}

async fn deliver_document(
    service: &Service,
    session: &Session,
    requirement: &Value,
    licence: bool,
) {
    let (kind, sides): (&str, Vec<&[u8]>) = if licence {
        ("DRIVING_LICENCE", vec![&FRONT, &BACK])
    } else {
        ("PASSPORT", vec![&PASSPORT])
    };
    let body = json!({ "requirement_id": requirement["id"], "document_type": kind,
                       "issuing_country": "UTO" });
    let created = service.post_document(session, body).await.expect(201);
    let document = created["id"].as_str().unwrap();
    for (index, side) in sides.iter().enumerate() {
        service
            .put_page(session, document, &(index + 1).to_string(), side, None)
            .await
            .expect(200);
    }
    service.hand_over(session, document).await.expect(202);
    let found = service.recommendation(session, document).await;
    assert_eq!(found["state"], "DONE", "{found}");
}

async fn deliver_bill(service: &Service, session: &Session, requirement: &Value) {
    let body = json!({ "requirement_id": requirement["id"], "document_type": "UTILITY_BILL",
                       "issuing_country": "GBR" });
    let path = "/resources/supplementary-documents";
    let created = service
        .ask(Method::POST, session, path, body)
        .await
        .expect(201);
    let path = format!("{path}/{}", created["id"].as_str().unwrap());
    let page = super::support::another_passport();
    service
        .put(
            session,
            &format!("{path}/pages/1"),
            form("CAMERA", &page),
            None,
        )
        .await
        .expect(200);
    let path = format!("{path}/text-extraction");
    service
        .send(service.user(Method::PUT, session, &path))
        .await
        .expect(202);
    assert_eq!(service.judgement(session, &path).await["state"], "DONE");
}

/// The checks of the finished session as the SDK reads them.
async fn approved(service: &Service, session: &Session) -> Vec<String> {
    let result = sdk(service, &["result", &session.id]).await.unwrap();
    assert_eq!(result["state"], "COMPLETED");
    let checks = result["checks"].as_array().unwrap().iter();
    checks
        .map(|check| {
            assert_eq!(check["state"], "DONE");
            assert_eq!(check["recommendation"], "APPROVE");
            check["type"].as_str().unwrap().to_owned()
        })
        .collect()
}

#[tokio::test]
async fn expired_and_non_latin_documents_are_offered_when_allowed() {
    let service = Service::start().await;
    for (kind, flag) in [
        ("PASSPORT", "allow_expired_documents"),
        ("DRIVING_LICENCE", "allow_non_latin_documents"),
    ] {
        let filter = json!({ "type": "ORTHOGONAL_RESTRICTIONS", flag: true,
            "type_restriction": { "inclusion": "WHITELIST", "document_types": [kind] } });
        let session = create(
            &service,
            json!({
                "requested_checks": [], "requested_tasks": [by_fallback(ID_TASK)],
                "required_documents": [{ "type": "ID_DOCUMENT", "filter": filter }],
            }),
        )
        .await;
        let requirement = service.requirement(&session).await;
        let documents: Vec<Value> = requirement["supported_countries"]
            .as_array()
            .unwrap()
            .iter()
            .flat_map(|country| country["supported_documents"].as_array().unwrap().clone())
            .collect();
        assert!(documents.iter().all(|it| it["type"] == kind));
        let non_latin = documents.iter().any(|it| it["is_strictly_latin"] == false);
        assert_eq!(non_latin, flag == "allow_non_latin_documents");
        deliver_all(&service, &session).await;
        assert_eq!(approved(&service, &session).await, Vec::<String>::new());
    }
}

#[tokio::test]
async fn authenticity_and_identity_with_or_without_suppressed_screens() {
    let service = Service::start().await;
    let session = create(
        &service,
        json!({
            "requested_checks": [
                by_fallback("ID_DOCUMENT_AUTHENTICITY"),
                { "type": "THIRD_PARTY_IDENTITY", "config": {} },
            ],
            "requested_tasks": [{ "type": ID_TASK, "config": { "manual_check": "FALLBACK",
                "chip_data": "DESIRED", "create_expanded_document_fields": true } }],
            "required_documents": [{ "type": "ID_DOCUMENT" }],
            "sdk_config": { "allow_handoff": true, "suppressed_screens":
                ["ID_DOCUMENT_EDUCATION", "ID_DOCUMENT_REQUIREMENTS"] },
        }),
    )
    .await;
    let found = service.configuration(&session).await;
    assert_eq!(
        found["sdk_config"]["suppressed_screens"],
        json!(["ID_DOCUMENT_EDUCATION", "ID_DOCUMENT_REQUIREMENTS"])
    );
    deliver_all(&service, &session).await;
    assert_eq!(
        approved(&service, &session).await,
        ["ID_DOCUMENT_AUTHENTICITY", "THIRD_PARTY_IDENTITY"]
    );
}

#[tokio::test]
async fn two_documents_are_compared_and_a_bill_is_read() {
    let service = Service::start().await;
    let session = create(
        &service,
        json!({
            "requested_checks": [{ "type": "ID_DOCUMENT_COMPARISON", "config": {} }],
            "requested_tasks": [by_fallback(ID_TASK), by_fallback(BILL_TASK)],
            "required_documents": [
                { "type": "ID_DOCUMENT", "filter": { "type": "ORTHOGONAL_RESTRICTIONS",
                  "type_restriction": { "inclusion": "WHITELIST",
                                        "document_types": ["PASSPORT"] } } },
                { "type": "ID_DOCUMENT" },
                { "type": "SUPPLEMENTARY_DOCUMENT", "objective": { "type": "PROOF_OF_ADDRESS" } },
            ],
        }),
    )
    .await;
    // The SDK insists on the lists of a supplementary document.
    let found = sdk(&service, &["configuration", &session.id])
        .await
        .unwrap();
    assert_eq!(found["resources"][2]["type"], "SUPPLEMENTARY_DOCUMENT");
    deliver_all(&service, &session).await;
    assert_eq!(
        approved(&service, &session).await,
        ["ID_DOCUMENT_COMPARISON"]
    );
    let result = service.result(&session).await;
    let documents = &result["resources"]["id_documents"];
    assert_eq!(
        result["checks"][0]["resources_used"],
        json!([documents[0]["id"], documents[1]["id"]])
    );
}

#[tokio::test]
async fn a_live_face_is_compared_with_the_one_of_the_business() {
    let service = Service::start().await;
    let session = create(
        &service,
        json!({
            "requested_checks": [live_face(), never_by_hand("FACE_COMPARISON")],
            "requested_tasks": [], "required_documents": [],
            "sdk_config": { "biometric_consent_flow": "JUST_IN_TIME" },
        }),
    )
    .await;
    service
        .get(&session, "/configuration")
        .await
        .refused(409, "SESSION_NOT_READY");
    let folder = tempfile::tempdir().unwrap();
    let face = folder.path().join("face.jpg");
    std::fs::write(&face, &*PASSPORT).unwrap();
    sdk(&service, &["face", &session.id, face.to_str().unwrap()])
        .await
        .unwrap();
    deliver_all(&service, &session).await;
    assert_eq!(
        approved(&service, &session).await,
        ["LIVENESS", "FACE_COMPARISON"]
    );
    let result = service.result(&session).await;
    let resources = &result["resources"];
    assert_eq!(
        result["checks"][1]["resources_used"],
        json!([
            resources["face_capture"][0]["id"],
            resources["liveness_capture"][0]["id"],
        ])
    );
}

#[tokio::test]
async fn a_live_face_is_matched_with_the_document() {
    let service = Service::start().await;
    let session = create(
        &service,
        json!({
            "requested_checks": [live_face(), never_by_hand("ID_DOCUMENT_FACE_MATCH")],
            "requested_tasks": [], "required_documents": [{ "type": "ID_DOCUMENT" }],
            "sdk_config": { "biometric_consent_flow": "EARLY" },
        }),
    )
    .await;
    deliver_all(&service, &session).await;
    assert_eq!(
        approved(&service, &session).await,
        ["LIVENESS", "ID_DOCUMENT_FACE_MATCH"]
    );
    let result = service.result(&session).await;
    let resources = &result["resources"];
    assert_eq!(
        result["checks"][1]["resources_used"],
        json!([
            resources["id_documents"][0]["id"],
            resources["liveness_capture"][0]["id"],
        ])
    );
    let devices = sdk(&service, &["devices", &session.id]).await.unwrap();
    assert_eq!(
        devices["events"],
        json!([
            "CONFIG_FIRST_LOADED",
            "RESOURCE_CREATED",
            "RESOURCE_CREATED",
            "CLIENT_SESSION_TOKEN_DELETED",
        ])
    );
    assert_eq!(devices["addresses"], json!(["127.0.0.1"]));
    assert_eq!(devices["left"], 0);
}

#[tokio::test]
async fn the_watchlists_find_nobody() {
    let service = Service::start().await;
    let session = create(
        &service,
        json!({
            "requested_checks": [
                { "type": "WATCHLIST_SCREENING",
                  "config": { "categories": ["ADVERSE-MEDIA", "SANCTIONS"] } },
                { "type": "WATCHLIST_ADVANCED_CA", "config": { "type": "WITH_YOTI_ACCOUNT",
                  "remove_deceased": true, "share_url": true,
                  "sources": { "type": "PROFILE", "search_profile": "profile" },
                  "matching_strategy": { "type": "EXACT", "exact_match": true } } },
            ],
            "requested_tasks": [by_fallback(ID_TASK)],
            "required_documents": [{ "type": "ID_DOCUMENT" }],
        }),
    )
    .await;
    deliver_all(&service, &session).await;
    assert_eq!(
        approved(&service, &session).await,
        ["WATCHLIST_SCREENING", "WATCHLIST_ADVANCED_CA"]
    );
    let report = service.result(&session).await["checks"][0]["report"].clone();
    assert_eq!(
        report["watchlist_summary"],
        json!({ "total_hits": 0, "associated_country_codes": [],
                "search_config": { "categories": ["ADVERSE-MEDIA", "SANCTIONS"] } })
    );
}

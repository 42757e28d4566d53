//! One document never satisfies two requirements.

use reqwest::Method;
use serde_json::{Value, json};

use super::support::{Answer, BACK, FRONT, PASSPORT, Service, Session};

fn two_documents() -> Value {
    json!({
        "requested_tasks": [{ "type": "ID_DOCUMENT_TEXT_DATA_EXTRACTION", "config": {} }],
        "required_documents": [{ "type": "ID_DOCUMENT" }, { "type": "ID_DOCUMENT" },
            { "type": "SUPPLEMENTARY_DOCUMENT", "objective": { "type": "PROOF_OF_ADDRESS" } }],
        "sdk_config": { "attempts_configuration": {
            "ID_DOCUMENT_TEXT_DATA_EXTRACTION": { "GENERIC": 9 } } },
    })
}

async fn requirement(service: &Service, session: &Session, index: usize) -> Value {
    service.configuration(session).await["capture"]["required_resources"][index].clone()
}

async fn start(service: &Service, session: &Session, index: usize, kind: &str) -> Answer {
    let requirement = requirement(service, session, index).await;
    let body = json!({
        "requirement_id": requirement["id"], "document_type": kind, "issuing_country": "UTO",
    });
    service.post_document(session, body).await
}

/// Creates a document of a requirement and uploads its sides.
async fn fill(
    service: &Service,
    session: &Session,
    index: usize,
    kind: &str,
    sides: &[&[u8]],
) -> String {
    let created = start(service, session, index, kind).await.expect(201);
    let document = created["id"].as_str().unwrap().to_owned();
    for (side, bytes) in sides.iter().enumerate() {
        service
            .put_page(session, &document, &(side + 1).to_string(), bytes, None)
            .await
            .expect(200);
    }
    document
}

async fn deliver(
    service: &Service,
    session: &Session,
    index: usize,
    kind: &str,
    sides: &[&[u8]],
) -> Value {
    let document = fill(service, session, index, kind, sides).await;
    service.hand_over(session, &document).await.expect(202);
    service.recommendation(session, &document).await
}

fn offers(requirement: &Value, kind: &str) -> bool {
    requirement["supported_countries"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|country| country["code"] == "UTO")
        .flat_map(|country| country["supported_documents"].as_array().unwrap())
        .any(|document| document["type"] == kind)
}

fn misuse(page: u32) -> Value {
    json!({ "value": "MUST_TRY_AGAIN", "category": "GENERIC", "page": page,
            "reason": { "value": "USER_ERROR", "detail": "MISUSE" } })
}

#[tokio::test]
async fn a_delivered_document_is_offered_only_for_its_own_requirement() {
    let service = Service::start().await;
    let session = service.create(two_documents()).await;
    assert!(offers(
        &requirement(&service, &session, 1).await,
        "PASSPORT"
    ));
    let found = deliver(&service, &session, 0, "PASSPORT", &[&PASSPORT]).await;
    assert_eq!(found["state"], "DONE");
    let other = requirement(&service, &session, 1).await;
    assert!(!offers(&other, "PASSPORT"));
    assert!(offers(&other, "DRIVING_LICENCE"));
    let own = requirement(&service, &session, 0).await;
    assert!(offers(&own, "PASSPORT"));
    let again = start(&service, &session, 1, "PASSPORT").await;
    assert_eq!(again.wrong_fields(), ["document_type"]);
    let found = deliver(&service, &session, 1, "DRIVING_LICENCE", &[&FRONT, &BACK]).await;
    assert_eq!(found["recommendation"], json!({ "value": "PROGRESS" }));
}

#[tokio::test]
async fn the_same_file_does_not_stand_for_a_second_document() {
    let service = Service::start().await;
    let session = service.create(two_documents()).await;
    deliver(&service, &session, 0, "DRIVING_LICENCE", &[&FRONT, &BACK]).await;
    let found = deliver(&service, &session, 1, "NATIONAL_ID", &[&PASSPORT, &BACK]).await;
    assert_eq!(found["recommendation"], misuse(2));
    assert_eq!(found["attempts_remaining"]["GENERIC"], 8);
    let bill = requirement(&service, &session, 2).await;
    let body = json!({ "requirement_id": bill["id"], "document_type": "UTILITY_BILL",
                       "issuing_country": "UTO" });
    let created = service
        .ask(
            Method::POST,
            &session,
            "/resources/supplementary-documents",
            body,
        )
        .await
        .expect(201);
    let path = format!(
        "/resources/supplementary-documents/{}",
        created["id"].as_str().unwrap()
    );
    service
        .put(
            &session,
            &format!("{path}/pages/1"),
            super::support::form("UPLOAD", &FRONT),
            None,
        )
        .await
        .expect(200);
    let path = format!("{path}/text-extraction");
    service
        .send(service.user(Method::PUT, &session, &path))
        .await
        .expect(202);
    let found = service.judgement(&session, &path).await;
    assert_eq!(found["recommendation"], misuse(1));
}

#[tokio::test]
async fn two_tabs_that_hand_over_the_same_document_at_once_satisfy_one_requirement() {
    let service = Service::start().await;
    let session = service.create(two_documents()).await;
    // Not the same bytes: a second photograph of the same passport.
    let another = super::support::another_passport();
    let first = fill(&service, &session, 0, "PASSPORT", &[&PASSPORT]).await;
    let second = fill(&service, &session, 1, "PASSPORT", &[&another]).await;
    let handed = tokio::join!(
        service.hand_over(&session, &first),
        service.hand_over(&session, &second),
    );
    handed.0.expect(202);
    handed.1.expect(202);
    let mut states = Vec::new();
    for document in [&first, &second] {
        let found = service.recommendation(&session, document).await;
        states.push(found["state"].as_str().unwrap().to_owned());
    }
    states.sort();
    assert_eq!(states, ["DONE", "FAILED"]);
}

#[tokio::test]
async fn a_file_that_failed_elsewhere_may_be_used() {
    let service = Service::start().await;
    let session = service.create(two_documents()).await;
    // The front alone is not enough for a licence.
    let found = deliver(&service, &session, 0, "DRIVING_LICENCE", &[&FRONT]).await;
    assert_eq!(found["state"], "FAILED");
    let found = deliver(&service, &session, 1, "DRIVING_LICENCE", &[&FRONT, &BACK]).await;
    assert_eq!(found["recommendation"], json!({ "value": "PROGRESS" }));
}

#[tokio::test]
async fn a_reload_waits_for_a_document_that_is_being_judged() {
    let service = Service::start().await;
    let session = service.create(two_documents()).await;
    let document = fill(&service, &session, 0, "PASSPORT", &[&PASSPORT]).await;
    let before = requirement(&service, &session, 0).await;
    assert!(before.get("pending").is_none());
    service.hand_over(&session, &document).await.expect(202);
    let during = requirement(&service, &session, 0).await;
    // The judge may have been quicker than the question.
    if during["state"] == "REQUIRED" {
        assert_eq!(
            during["pending"],
            json!({ "resource_id": document, "document_type": "PASSPORT",
                    "issuing_country": "UTO" })
        );
    }
    service.recommendation(&session, &document).await;
    let after = requirement(&service, &session, 0).await;
    assert!(after.get("pending").is_none());
    assert_eq!(after["state"], "COMPLETE");
}

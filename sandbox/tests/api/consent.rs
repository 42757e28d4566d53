//! Consent to the use of the face: when it is asked, and what it keeps shut.

use reqwest::Method;
use serde_json::{Value, json};

use super::support::{PASSPORT, Service, one_document, one_face};

#[tokio::test]
async fn nothing_is_done_with_a_face_before_the_person_agreed() {
    let service = Service::start().await;
    let session = service.create(one_face(3)).await;
    let asked = service.configuration(&session).await;
    assert_eq!(asked["capture"]["biometric_consent"], "REQUIRED");
    service
        .start_liveness(&session)
        .await
        .refused(409, "CONSENT_REQUIRED");
    service
        .end(&session)
        .await
        .refused(409, "REQUIREMENTS_NOT_MET");

    service.decide(&session, "REFUSED").await.expect(204);
    service
        .start_liveness(&session)
        .await
        .refused(409, "CONSENT_REQUIRED");
    let result = service.result(&session).await;
    assert_eq!(result["biometric_consent"], Value::Null);

    service.decide(&session, "GIVEN").await.expect(204);
    let after = service.configuration(&session).await;
    assert_eq!(after["capture"]["biometric_consent"], "NOT_REQUIRED");
    let found = service.deliver_face(&session, &PASSPORT).await;
    assert_eq!(found["state"], "DONE");
    service.end(&session).await.expect(204);
    let given: jiff::Timestamp = service.result(&session).await["biometric_consent"]
        .as_str()
        .unwrap()
        .parse()
        .unwrap();
    assert!(given.duration_until(jiff::Timestamp::now()).as_secs() < 60);
}

#[tokio::test]
async fn the_last_decision_counts_even_after_the_face_was_delivered() {
    let service = Service::start().await;
    let session = service.create(one_face(3)).await;
    service.decide(&session, "GIVEN").await.expect(204);
    let started = service.start_liveness(&session).await.expect(201);
    service.decide(&session, "REFUSED").await.expect(204);
    let path = format!(
        "/resources/liveness/static/{}/image",
        started["id"].as_str().unwrap()
    );
    let upload = || super::support::form("CAMERA", &PASSPORT);
    service
        .put(&session, &path, upload(), None)
        .await
        .refused(409, "CONSENT_REQUIRED");
    service.decide(&session, "GIVEN").await.expect(204);
    service
        .put(&session, &path, upload(), None)
        .await
        .expect(200);
    let check = path.replace("/image", "/check");
    assert_eq!(service.judgement(&session, &check).await["state"], "DONE");
    service.decide(&session, "REFUSED").await.expect(204);
    service
        .end(&session)
        .await
        .refused(409, "REQUIREMENTS_NOT_MET");
    service.decide(&session, "GIVEN").await.expect(204);
    service.end(&session).await.expect(204);
}

#[tokio::test]
async fn a_blocked_consent_is_not_asked_and_not_missed() {
    let service = Service::start().await;
    let mut payload = one_face(1);
    payload["block_biometric_consent"] = json!(true);
    let session = service.create(payload).await;
    let found = service.configuration(&session).await;
    assert_eq!(found["capture"]["biometric_consent"], "NOT_REQUIRED");
    service.deliver_face(&session, &PASSPORT).await;
    service.end(&session).await.expect(204);
    let result = service.result(&session).await;
    assert!(result.get("biometric_consent").is_none());
}

#[tokio::test]
async fn a_session_without_a_face_still_ends_only_with_the_consent_it_needs() {
    let service = Service::start().await;
    let mut payload = one_document();
    payload["requested_checks"] = json!([
        { "type": "ID_DOCUMENT_FACE_MATCH", "config": { "manual_check": "NEVER" } },
    ]);
    let session = service.create(payload).await;
    service.deliver(&session, "PASSPORT", &[&PASSPORT]).await;
    service
        .end(&session)
        .await
        .refused(409, "REQUIREMENTS_NOT_MET");
}

#[tokio::test]
async fn a_decision_is_one_of_two_words_of_somebody_with_a_token() {
    let service = Service::start().await;
    let session = service.create(one_face(1)).await;
    for body in [
        json!({}),
        json!({ "decision": "MAYBE" }),
        json!({ "decision": 1 }),
    ] {
        let refused = service
            .ask(Method::PUT, &session, "/biometric-consent", body)
            .await;
        assert_eq!(refused.wrong_fields(), ["decision"]);
    }
    let path = format!("/sessions/{}/biometric-consent", session.id);
    let body = json!({ "decision": "GIVEN" });
    let foreign = service.request(Method::PUT, &path).json(&body);
    service.send(foreign).await.refused(401, "BAD_TOKEN");
    assert_eq!(
        service.configuration(&session).await["capture"]["biometric_consent"],
        "REQUIRED"
    );
}

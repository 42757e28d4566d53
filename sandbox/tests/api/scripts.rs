//! Scripted outcomes, in the shape of the published sandbox SDKs.

use reqwest::Method;
use serde_json::{Value, json};

use super::support::{BACK, FRONT, PASSPORT, Service, one_document, with_attempts};

fn outcome(value: &str) -> Value {
    json!({ "result": { "recommendation": { "value": value,
        "reason": { "value": "QUALITY", "detail": "GLARE_OBSTRUCTION" } } } })
}

fn script(outcomes: &[Value]) -> Value {
    json!({ "task_results": { "ID_DOCUMENT_TEXT_DATA_EXTRACTION": outcomes } })
}

#[tokio::test]
async fn outcomes_are_used_up_in_order_then_pictures_are_judged() {
    let service = Service::start().await;
    let session = service.create(with_attempts(5, 5)).await;
    let path = format!("/sessions/{}/response-config", session.id);
    let config = script(&[outcome("MUST_TRY_AGAIN"), outcome("MUST_TRY_AGAIN")]);
    service.signed(Method::PUT, &path, config).await.expect(200);
    for left in [4, 3] {
        let found = service.deliver(&session, "PASSPORT", &[&PASSPORT]).await;
        assert_eq!(
            found["recommendation"]["reason"]["detail"],
            "GLARE_OBSTRUCTION"
        );
        assert_eq!(found["recommendation"]["category"], "GENERIC");
        assert_eq!(found["attempts_remaining"]["GENERIC"], left);
    }
    let found = service.deliver(&session, "PASSPORT", &[&PASSPORT]).await;
    assert_eq!(found["recommendation"], json!({ "value": "PROGRESS" }));
}

#[tokio::test]
async fn another_document_than_chosen_costs_a_reclassification() {
    let service = Service::start().await;
    let session = service.create(with_attempts(5, 1)).await;
    let config = script(&[json!({ "result": {
        "detected_country": "UTO", "detected_document_type": "DRIVING_LICENCE",
        "recommendation": { "value": "MUST_TRY_AGAIN", "page": 1,
            "reason": { "value": "USER_ERROR", "detail": "INCORRECT_DOCUMENT_TYPE" } } } })]);
    service
        .sandbox
        .script_session(&session.id, &config)
        .unwrap();
    let found = service.deliver(&session, "PASSPORT", &[&PASSPORT]).await;
    assert_eq!(
        found["recommendation"],
        json!({
            "value": "MUST_TRY_AGAIN", "category": "RECLASSIFICATION", "page": 1,
            "reason": { "value": "USER_ERROR", "detail": "INCORRECT_DOCUMENT_TYPE" },
            "detected_document_type": "DRIVING_LICENCE", "detected_country": "UTO",
        })
    );
    assert_eq!(
        found["attempts_remaining"],
        json!({ "GENERIC": 5, "RECLASSIFICATION": 0 })
    );
    service
        .start_document(&session, "PASSPORT")
        .await
        .refused(409, "ATTEMPTS_EXHAUSTED");
}

#[tokio::test]
async fn a_document_that_should_be_better_is_usable_and_may_be_improved() {
    let service = Service::start().await;
    let session = service.create(with_attempts(3, 3)).await;
    let config = script(&[outcome("SHOULD_TRY_AGAIN"), outcome("MUST_TRY_AGAIN")]);
    service
        .sandbox
        .script_session(&session.id, &config)
        .unwrap();
    let usable = service.deliver(&session, "PASSPORT", &[&PASSPORT]).await;
    assert_eq!(usable["state"], "DONE");
    assert_eq!(usable["attempts_remaining"]["GENERIC"], 2);
    assert_eq!(service.requirement(&session).await["state"], "COMPLETE");
    let worse = service.deliver(&session, "PASSPORT", &[&PASSPORT]).await;
    assert_eq!(worse["state"], "FAILED");
    assert_eq!(service.requirement(&session).await["state"], "COMPLETE");
    service.end(&session).await.expect(204);
    let result = service.result(&session).await;
    // The newest usable document is the one that is checked.
    let used = &result["checks"][0]["resources_used"];
    assert_eq!(used, &json!([result["resources"]["id_documents"][0]["id"]]));
}

#[tokio::test]
async fn a_filter_chooses_the_documents_of_an_outcome() {
    let service = Service::start().await;
    let session = service.create(with_attempts(5, 5)).await;
    let mut licences = outcome("MUST_TRY_AGAIN");
    licences["document_filter"] =
        json!({ "document_types": ["DRIVING_LICENCE"], "country_codes": ["UTO"] });
    service
        .sandbox
        .script_session(&session.id, &script(&[licences]))
        .unwrap();
    let licence = service
        .deliver(&session, "DRIVING_LICENCE", &[&FRONT, &BACK])
        .await;
    assert_eq!(
        licence["recommendation"]["reason"]["detail"],
        "GLARE_OBSTRUCTION"
    );
    let passport = service.deliver(&session, "PASSPORT", &[&PASSPORT]).await;
    assert_eq!(passport["recommendation"]["value"], "PROGRESS");
}

#[tokio::test]
async fn fields_and_reports_of_the_script_are_in_the_result() {
    let service = Service::start().await;
    let mut payload = one_document();
    payload["requested_tasks"][0]["config"]["manual_check"] = json!("ALWAYS");
    let session = service.create(payload).await;
    let config = json!({
        "task_results": { "ID_DOCUMENT_TEXT_DATA_EXTRACTION": [{ "result": {
            "document_fields": { "full_name": "Anna Maria Eriksson" },
            "document_id_photo": { "content_type": "image/jpeg", "data": "/9j/" } } }] },
        "check_reports": {
            "ID_DOCUMENT_AUTHENTICITY": [{ "result": { "report": {
                "recommendation": { "value": "REJECT", "reason": "COUNTERFEIT" },
                "breakdown": [{ "sub_check": "security_features", "result": "FAIL",
                                "details": [{ "name": "some", "value": "detail" }] }] } } }],
            "async_report_delay": 30,
        },
    });
    service
        .sandbox
        .script_session(&session.id, &config)
        .unwrap();
    service.deliver(&session, "PASSPORT", &[&PASSPORT]).await;
    service.end(&session).await.expect(204);

    let result = service.result(&session).await;
    assert_eq!(result["state"], "ONGOING");
    assert!(
        result["checks"]
            .as_array()
            .unwrap()
            .iter()
            .all(|it| it["state"] == "PENDING")
    );
    assert!(result["checks"][0].get("report").is_none());
    service.advance(31);
    let result = service.result(&session).await;
    assert_eq!(result["state"], "COMPLETED");
    let checks = result["checks"].as_array().unwrap();
    let check = |kind: &str| checks.iter().find(|it| it["type"] == kind).unwrap();
    let authenticity = &check("ID_DOCUMENT_AUTHENTICITY")["report"]["recommendation"];
    assert_eq!(
        authenticity,
        &json!({ "value": "REJECT", "reason": "COUNTERFEIT" })
    );
    let manual = check("ID_DOCUMENT_TEXT_DATA_CHECK");
    assert_eq!(manual["report"]["recommendation"]["value"], "APPROVE");

    let document = &result["resources"]["id_documents"][0];
    assert_eq!(
        document["tasks"][0]["generated_checks"][0]["id"],
        manual["id"]
    );
    assert_eq!(
        document["tasks"][0]["generated_media"]
            .as_array()
            .unwrap()
            .len(),
        2
    );
    let media = document["document_fields"]["media"]["id"].as_str().unwrap();
    let fields = service.sandbox.media_content(&session.id, media).unwrap();
    assert_eq!(
        serde_json::from_slice::<Value>(&fields).unwrap(),
        json!({ "full_name": "Anna Maria Eriksson" })
    );
    let photo = document["document_id_photo"]["media"]["id"]
        .as_str()
        .unwrap();
    assert_eq!(
        service.sandbox.media_content(&session.id, photo).unwrap()[..],
        [0xFF, 0xD8, 0xFF]
    );
}

#[tokio::test]
async fn an_application_may_be_scripted_for_all_sessions_to_come() {
    let service = Service::start().await;
    let path = format!("/apps/{}/response-config", service.sandbox.sdk_id());
    // The published SDKs name the application in the path only.
    let query = service.query();
    let (_, query) = query.split_once('&').unwrap();
    let body = script(&[outcome("MUST_TRY_AGAIN")]).to_string();
    let target = format!("{path}?{query}");
    let digest = service.signature(&Method::PUT, &target, body.as_bytes());
    let request = service
        .request(Method::PUT, &target)
        .header("X-Yoti-Auth-Digest", digest)
        .body(body);
    service.send(request).await.expect(200);
    let session = service.create(one_document()).await;
    assert_eq!(
        service.deliver(&session, "PASSPORT", &[&PASSPORT]).await["state"],
        "FAILED"
    );
    let other = service
        .signed(Method::PUT, "/apps/other/response-config", json!({}))
        .await;
    other.refused(401, "BAD_TOKEN");
}

#[tokio::test]
async fn mistakes_in_a_script_are_named() {
    let service = Service::start().await;
    let session = service.create(one_document()).await;
    let path = format!("/sessions/{}/response-config", session.id);
    let config = json!({
        "task_results": { "ID_DOCUMENT_TEXT_DATA_EXTRACTION": [
            {}, { "result": { "recommendation": { "value": "TRY_AGAIN", "reason": {} } } },
        ], "LIVENESS": [
            { "result": { "recommendation": { "value": "SHOULD_TRY_AGAIN" } } },
        ] },
        "check_reports": { "LIVENESS": [{ "result": { "report": {
            "recommendation": { "value": "MAYBE" } } } }], "async_report_delay": -1 },
    });
    let fields = service
        .signed(Method::PUT, &path, config)
        .await
        .wrong_fields();
    let task = "task_results.ID_DOCUMENT_TEXT_DATA_EXTRACTION";
    assert_eq!(
        fields,
        [
            "check_reports.LIVENESS[0].result.report.recommendation.value".to_owned(),
            "check_reports.async_report_delay".to_owned(),
            format!("{task}[0].result"),
            format!("{task}[1].result.recommendation.reason.value"),
            format!("{task}[1].result.recommendation.value"),
            "task_results.LIVENESS[0].result.recommendation.value".to_owned(),
        ]
    );
    let unknown = service
        .signed(Method::PUT, "/sessions/x/response-config", json!({}))
        .await;
    unknown.refused(404, "SESSION_NOT_FOUND");
}

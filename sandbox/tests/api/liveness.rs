//! Static liveness: one picture per attempt, judged while the person waits.

use reqwest::Method;
use serde_json::{Value, json};
use uuid::Uuid;

use super::support::{Answer, BLURRED, PASSPORT, Service, Session, form, one_face, plain};

async fn ready(service: &Service, max_retries: u32) -> Session {
    let session = service.create(one_face(max_retries)).await;
    service.decide(&session, "GIVEN").await.expect(204);
    session
}

async fn start(service: &Service, session: &Session) -> String {
    let created = service.start_liveness(session).await.expect(201);
    created["id"].as_str().unwrap().to_owned()
}

async fn put(
    service: &Service,
    session: &Session,
    capture: &str,
    face: &[u8],
    key: Option<Uuid>,
) -> Answer {
    let path = format!("/resources/liveness/static/{capture}/image");
    service.put(session, &path, form("CAMERA", face), key).await
}

async fn judged(service: &Service, session: &Session, capture: &str) -> Value {
    let path = format!("/resources/liveness/static/{capture}/check");
    service.judgement(session, &path).await
}

#[tokio::test]
async fn a_good_picture_satisfies_the_requirement_and_is_in_the_result() {
    let service = Service::start().await;
    let session = ready(&service, 3).await;
    let before = service.requirement_of(&session, "LIVENESS").await;
    assert_eq!(before["liveness_type"], "STATIC");
    assert_eq!(before["attempts_remaining"], json!({ "GENERIC": 3 }));
    let found = service.deliver_face(&session, &PASSPORT).await;
    assert_eq!(found["state"], "DONE");
    assert_eq!(found["recommendation"], json!({ "value": "PROGRESS" }));
    let after = service.requirement_of(&session, "LIVENESS").await;
    assert_eq!(after["state"], "COMPLETE");
    assert!(after.get("pending").is_none());
    let again = service.start_liveness(&session).await;
    assert_eq!(again.wrong_fields(), ["requirement_id"]);

    service.end(&session).await.expect(204);
    let result = service.result(&session).await;
    let capture = &result["resources"]["liveness_capture"][0];
    assert_eq!(capture["liveness_type"], "STATIC");
    assert_eq!(capture["capture_type"], "PHOTOGRAPH");
    assert_eq!(capture["image"]["media"]["type"], "IMAGE");
    let media = capture["image"]["media"]["id"].as_str().unwrap();
    let bytes = service.sandbox.media_content(&session.id, media).unwrap();
    assert!(bytes == PASSPORT.as_slice());
    let check = &result["checks"][0];
    assert_eq!(check["type"], "LIVENESS");
    assert_eq!(check["state"], "DONE");
    assert_eq!(check["resources_used"], json!([capture["id"]]));
    assert_eq!(check["report"]["recommendation"]["value"], "APPROVE");
}

#[tokio::test]
async fn each_attempt_has_its_reason_and_its_check() {
    let service = Service::start().await;
    let session = ready(&service, 9).await;
    let (dark, bright, grey) = (plain(2), plain(255), plain(128));
    let flawed = [
        (&dark, "PHOTO_TOO_DARK"),
        (&bright, "PHOTO_OVEREXPOSED"),
        (&grey, "FACE_NOT_FOUND"),
        (&*BLURRED, "PHOTO_TOO_BLURRY"),
    ];
    for (left, (picture, detail)) in (5..9).rev().zip(flawed) {
        let found = service.deliver_face(&session, picture).await;
        assert_eq!(found["state"], "FAILED", "{detail}");
        assert_eq!(
            found["recommendation"],
            json!({ "value": "MUST_TRY_AGAIN", "category": "GENERIC",
                    "reason": { "value": "QUALITY", "detail": detail } })
        );
        assert_eq!(found["attempts_remaining"], json!({ "GENERIC": left }));
    }
    service.deliver_face(&session, &PASSPORT).await;
    service.end(&session).await.expect(204);
    let result = service.result(&session).await;
    let reports: Vec<_> = result["checks"]
        .as_array()
        .unwrap()
        .iter()
        .map(|check| {
            assert_eq!(check["type"], "LIVENESS");
            let it = &check["report"]["recommendation"];
            (it["value"].as_str().unwrap(), it["reason"].as_str())
        })
        .collect();
    assert_eq!(
        reports,
        [
            ("NOT_AVAILABLE", Some("PHOTO_TOO_DARK")),
            ("NOT_AVAILABLE", Some("PHOTO_OVEREXPOSED")),
            ("NOT_AVAILABLE", Some("FACE_NOT_FOUND")),
            ("NOT_AVAILABLE", Some("PHOTO_TOO_BLURRY")),
            ("APPROVE", None),
        ]
    );
    let captures = &result["resources"]["liveness_capture"];
    assert_eq!(captures.as_array().unwrap().len(), 5);
}

#[tokio::test]
async fn a_repeated_upload_is_no_further_attempt() {
    let service = Service::start().await;
    let session = ready(&service, 2).await;
    let capture = start(&service, &session).await;
    let key = Some(Uuid::new_v4());
    let dark = plain(2);
    let (one, two, three) = tokio::join!(
        put(&service, &session, &capture, &dark, key),
        put(&service, &session, &capture, &dark, key),
        put(&service, &session, &capture, &dark, key),
    );
    let first = one.expect(200);
    assert_eq!(two.expect(200), first);
    assert_eq!(three.expect(200), first);
    let found = judged(&service, &session, &capture).await;
    assert_eq!(found["attempts_remaining"], json!({ "GENERIC": 1 }));
    assert_eq!(
        put(&service, &session, &capture, &dark, key)
            .await
            .expect(200),
        first
    );
    for other in [None, Some(Uuid::new_v4())] {
        put(&service, &session, &capture, &PASSPORT, other)
            .await
            .refused(409, "RESOURCE_LOCKED");
    }
    let requirement = service.requirement_of(&session, "LIVENESS").await;
    assert_eq!(requirement["attempts_remaining"], json!({ "GENERIC": 1 }));
}

#[tokio::test]
async fn tabs_reloads_and_captures_that_were_never_sent_share_the_attempts() {
    let service = Service::start().await;
    let session = ready(&service, 2).await;
    let mut captures = Vec::new();
    // What is created and never uploaded costs nothing.
    for _ in 0..5 {
        captures.push(start(&service, &session).await);
    }
    let dark = plain(2);
    let sent = tokio::join!(
        put(&service, &session, &captures[0], &dark, None),
        put(&service, &session, &captures[1], &dark, None),
        put(&service, &session, &captures[2], &dark, None),
        put(&service, &session, &captures[3], &dark, None),
    );
    let statuses = [sent.0.status, sent.1.status, sent.2.status, sent.3.status];
    let with = |status| statuses.iter().filter(|&&it| it == status).count();
    assert_eq!((with(200), with(409)), (2, 2), "{statuses:?}");
    for (capture, status) in captures.iter().zip(statuses) {
        if status == 200 {
            assert_eq!(judged(&service, &session, capture).await["state"], "FAILED");
        }
    }
    let requirement = service.requirement_of(&session, "LIVENESS").await;
    assert_eq!(requirement["attempts_remaining"], json!({ "GENERIC": 0 }));
    assert_eq!(requirement["state"], "REQUIRED");
    service
        .start_liveness(&session)
        .await
        .refused(409, "ATTEMPTS_EXHAUSTED");
    put(&service, &session, &captures[4], &PASSPORT, None)
        .await
        .refused(409, "ATTEMPTS_EXHAUSTED");
    service
        .end(&session)
        .await
        .refused(409, "REQUIREMENTS_NOT_MET");
}

#[tokio::test]
async fn only_one_capture_of_a_session_succeeds() {
    let service = Service::start().await;
    let session = ready(&service, 5).await;
    let other_tab = start(&service, &session).await;
    service.deliver_face(&session, &PASSPORT).await;
    put(&service, &session, &other_tab, &PASSPORT, None)
        .await
        .refused(409, "RESOURCE_LOCKED");
}

#[tokio::test]
async fn a_reload_waits_for_what_is_being_judged() {
    let service = Service::start().await;
    let session = ready(&service, 3).await;
    let capture = start(&service, &session).await;
    put(&service, &session, &capture, &PASSPORT, None)
        .await
        .expect(200);
    let requirement = service.requirement_of(&session, "LIVENESS").await;
    // The judge may have been quicker than the question.
    if requirement["state"] == "REQUIRED" {
        assert_eq!(requirement["pending"], json!({ "resource_id": capture }));
    }
    judged(&service, &session, &capture).await;
    let requirement = service.requirement_of(&session, "LIVENESS").await;
    assert!(requirement.get("pending").is_none());
    assert_eq!(requirement["state"], "COMPLETE");
}

#[tokio::test]
async fn a_script_prescribes_what_becomes_of_captures() {
    let service = Service::start().await;
    let session = ready(&service, 3).await;
    let script = json!({
        "task_results": { "LIVENESS": [{ "result": { "recommendation": {
            "value": "MUST_TRY_AGAIN",
            "reason": { "value": "QUALITY", "detail": "GLARE_OBSTRUCTION" } } } }] },
        "check_reports": { "LIVENESS": [{ "result": { "report": { "recommendation": {
            "value": "REJECT", "reason": "PHOTO_OF_PHOTO" }, "breakdown": [] } } }] },
    });
    service
        .sandbox
        .script_session(&session.id, &script)
        .unwrap();
    let found = service.deliver_face(&session, &PASSPORT).await;
    assert_eq!(
        found["recommendation"],
        json!({ "value": "MUST_TRY_AGAIN", "category": "GENERIC",
                "reason": { "value": "QUALITY", "detail": "GLARE_OBSTRUCTION" } })
    );
    assert_eq!(found["attempts_remaining"], json!({ "GENERIC": 2 }));
    let found = service.deliver_face(&session, &PASSPORT).await;
    assert_eq!(found["state"], "DONE");
    service.end(&session).await.expect(204);
    let result = service.result(&session).await;
    let report = |index: usize| result["checks"][index]["report"]["recommendation"].clone();
    assert_eq!(
        report(0),
        json!({ "value": "NOT_AVAILABLE", "reason": "GLARE_OBSTRUCTION" })
    );
    assert_eq!(
        report(1),
        json!({ "value": "REJECT", "reason": "PHOTO_OF_PHOTO" })
    );
}

#[tokio::test]
async fn what_is_no_live_picture_is_refused_and_costs_nothing() {
    let service = Service::start().await;
    let session = ready(&service, 1).await;
    let capture = start(&service, &session).await;
    let path = format!("/resources/liveness/static/{capture}/image");
    let file = service
        .put(&session, &path, form("UPLOAD", &PASSPORT), None)
        .await;
    assert_eq!(file.wrong_fields(), ["descriptor.capture_method"]);
    put(&service, &session, &capture, b"GIF89a", None)
        .await
        .refused(415, "UNSUPPORTED_MEDIA");
    let check = format!("/resources/liveness/static/{capture}/check");
    service
        .get(&session, &check)
        .await
        .refused(404, "RESOURCE_NOT_FOUND");
    let body = json!({ "requirement_id": "another" });
    let unknown = service
        .ask(Method::POST, &session, "/resources/liveness/static", body)
        .await;
    assert_eq!(unknown.wrong_fields(), ["requirement_id"]);
    assert_eq!(
        service.requirement_of(&session, "LIVENESS").await["attempts_remaining"],
        json!({ "GENERIC": 1 })
    );
}

#[tokio::test]
async fn zoom_is_asked_for_but_not_delivered_here() {
    let service = Service::start().await;
    let mut payload = one_face(1);
    payload["requested_checks"][0]["config"]["liveness_type"] = json!("ZOOM");
    let session = service.create(payload).await;
    service.decide(&session, "GIVEN").await.expect(204);
    let requirement = service.requirement_of(&session, "LIVENESS").await;
    assert_eq!(requirement["liveness_type"], "ZOOM");
    assert_eq!(
        service.start_liveness(&session).await.wrong_fields(),
        ["requirement_id"]
    );
}

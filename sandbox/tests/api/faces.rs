//! A still of the face, from the end user.

use reqwest::Method;
use serde_json::{Value, json};

use super::support::{Answer, PASSPORT, Service, Session, form};

const FACES: &str = "/resources/face-capture";

fn face_match() -> Value {
    json!({
        "requested_checks": [
            { "type": "ID_DOCUMENT_FACE_MATCH", "config": { "manual_check": "NEVER" } },
        ],
        "required_documents": [{ "type": "ID_DOCUMENT" }],
    })
}

async fn start(service: &Service, session: &Session) -> Answer {
    let requirement = service.requirement_of(session, "FACE_CAPTURE").await;
    let body = json!({ "requirement_id": requirement["id"] });
    service.ask(Method::POST, session, FACES, body).await
}

#[tokio::test]
async fn the_person_delivers_a_face_after_they_agreed() {
    let service = Service::start().await;
    let session = service.create(face_match()).await;
    start(&service, &session)
        .await
        .refused(409, "CONSENT_REQUIRED");
    service.decide(&session, "GIVEN").await.expect(204);
    let created = start(&service, &session).await.expect(201);
    assert_eq!(created["frames"], 1);
    let image = format!("{FACES}/{}/image", created["id"].as_str().unwrap());
    let put = |bytes: &[u8]| {
        let form = form("CAMERA", bytes);
        service.put(&session, &image, form, None)
    };
    put(b"not a picture")
        .await
        .refused(415, "UNSUPPORTED_MEDIA");
    assert_eq!(
        service.requirement_of(&session, "FACE_CAPTURE").await["state"],
        "REQUIRED"
    );
    put(&PASSPORT).await.expect(200);
    // The answer may have been lost; sending it again does no harm.
    put(&PASSPORT).await.expect(200);
    assert_eq!(
        service.requirement_of(&session, "FACE_CAPTURE").await["state"],
        "COMPLETE"
    );
    assert_eq!(
        start(&service, &session).await.wrong_fields(),
        ["requirement_id"]
    );

    service.deliver(&session, "PASSPORT", &[&PASSPORT]).await;
    service.end(&session).await.expect(204);
    let result = service.result(&session).await;
    let face = &result["resources"]["face_capture"][0];
    assert_eq!(face["source"], json!({ "type": "END_USER" }));
    assert_eq!(face["image"]["media"]["type"], "IMAGE");
    let document = &result["resources"]["id_documents"][0];
    assert_eq!(
        result["checks"][0]["resources_used"],
        json!([document["id"], face["id"]])
    );
}

#[tokio::test]
async fn nobody_delivers_the_face_that_the_other_one_is_asked_for() {
    let service = Service::start().await;
    let session = service
        .create(json!({ "requested_checks":
            [{ "type": "FACE_COMPARISON", "config": { "manual_check": "NEVER" } }] }))
        .await;
    let path = format!("/sessions/{}", session.id);
    let configuration = service
        .signed(Method::GET, &format!("{path}/configuration"), Value::Null)
        .await
        .expect(200);
    let reference = json!({
        "requirement_id": configuration["capture"]["required_resources"][0]["id"],
    });
    service.decide(&session, "GIVEN").await.expect(204);
    let refused = service
        .ask(Method::POST, &session, FACES, reference.clone())
        .await;
    assert_eq!(refused.wrong_fields(), ["requirement_id"]);
    let created = service
        .signed(Method::POST, &format!("{path}{FACES}"), reference)
        .await
        .expect(201);
    let image = format!("{FACES}/{}/image", created["id"].as_str().unwrap());
    service
        .put(&session, &image, form("CAMERA", &PASSPORT), None)
        .await
        .refused(404, "RESOURCE_NOT_FOUND");

    let session = service.create(face_match()).await;
    let requirement = service.requirement_of(&session, "FACE_CAPTURE").await;
    let body = json!({ "requirement_id": requirement["id"] });
    let path = format!("/sessions/{}{FACES}", session.id);
    let refused = service.signed(Method::POST, &path, body.clone()).await;
    assert_eq!(refused.wrong_fields(), ["requirement_id"]);
    let without = service.request(Method::POST, &path).json(&body);
    service.send(without).await.refused(401, "BAD_TOKEN");
}

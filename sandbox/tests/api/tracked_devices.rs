//! Tracked devices: what the business learns of the end user's browsers.

use reqwest::{Method, RequestBuilder};
use serde_json::{Value, json};

use super::support::{PASSPORT, Service, one_document};

const PHONE: &str = "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 \
                     (KHTML, like Gecko) Chrome/126.0.0.0 Mobile Safari/537.36";

fn by_phone(request: RequestBuilder) -> RequestBuilder {
    request
        .header("User-Agent", PHONE)
        .header("Accept-Language", "de-DE,de;q=0.9,en;q=0.8")
        .header("X-Client-Version", "0.1.0")
}

#[tokio::test]
async fn what_the_end_users_devices_did_is_told_and_forgotten() {
    let service = Service::start().await;
    let session = service.create(one_document()).await;
    let path = format!("/sessions/{}/tracked-devices", session.id);
    let seen = || service.signed(Method::GET, &path, Value::Null);
    // The business reading the configuration is no device of the person.
    let configuration = format!("/sessions/{}/configuration", session.id);
    service
        .signed(Method::GET, &configuration, Value::Null)
        .await
        .expect(200);
    assert_eq!(seen().await.expect(200), json!([]));

    let read = || by_phone(service.user(Method::GET, &session, "/configuration"));
    let requirement =
        service.send(read()).await.expect(200)["capture"]["required_resources"][0]["id"].clone();
    service.send(read()).await.expect(200);
    let body = json!({ "requirement_id": requirement, "document_type": "PASSPORT",
                       "issuing_country": "UTO" });
    let create = by_phone(service.user(Method::POST, &session, "/resources/id-documents"));
    let document = service.send(create.json(&body)).await.expect(201)["id"].clone();
    let found = seen().await.expect(200);
    let phone = json!({
        "ip_address": "127.0.0.1", "model_name": "Pixel 8", "os_name": "Android",
        "os_version": "14", "browser_name": "Chrome", "browser_version": "126.0.0.0",
        "locale": "de-DE", "client_version": "0.1.0",
    });
    let events = |found: &Value| -> Vec<String> {
        let all = found.as_array().unwrap().iter();
        all.map(|it| it["event"].as_str().unwrap().to_owned())
            .collect()
    };
    assert_eq!(events(&found), ["CONFIG_FIRST_LOADED", "RESOURCE_CREATED"]);
    assert_eq!(found[0]["device"], phone);
    assert!(found[0].get("resource_id").is_none());
    assert_eq!(found[1]["device"], phone);
    assert_eq!(found[1]["resource_id"], document);
    let created: jiff::Timestamp = found[1]["created"].as_str().unwrap().parse().unwrap();
    assert!(created.duration_until(jiff::Timestamp::now()).as_secs() < 60);

    service
        .signed(Method::DELETE, &path, Value::Null)
        .await
        .expect(204);
    assert_eq!(seen().await.expect(200), json!([]));
    // The first time does not come again.
    service.send(read()).await.expect(200);
    service.deliver(&session, "PASSPORT", &[&PASSPORT]).await;
    service.end(&session).await.expect(204);
    assert_eq!(
        events(&seen().await.expect(200)),
        ["RESOURCE_CREATED", "CLIENT_SESSION_TOKEN_DELETED"]
    );
}

#[tokio::test]
async fn what_is_refused_is_not_tracked_and_the_person_can_not_look() {
    let service = Service::start().await;
    let session = service.create(one_document()).await;
    let body = json!({ "requirement_id": "another", "document_type": "PASSPORT",
                       "issuing_country": "UTO" });
    service
        .post_document(&session, body)
        .await
        .refused(400, "PAYLOAD_VALIDATION");
    service
        .end(&session)
        .await
        .refused(409, "REQUIREMENTS_NOT_MET");
    let path = format!("/sessions/{}/tracked-devices", session.id);
    let found = service.signed(Method::GET, &path, Value::Null).await;
    assert_eq!(found.expect(200), json!([]));
    for method in [Method::GET, Method::DELETE] {
        let unsigned = service.user(method, &session, "/tracked-devices");
        service.send(unsigned).await.refused(401, "BAD_TOKEN");
    }
    let unknown = service
        .signed(
            Method::GET,
            "/sessions/nothing/tracked-devices",
            Value::Null,
        )
        .await;
    unknown.refused(404, "SESSION_NOT_FOUND");
}

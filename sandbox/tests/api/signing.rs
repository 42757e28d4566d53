//! Signed requests: who may ask as a business.

use reqwest::Method;
use serde_json::{Value, json};
use uuid::Uuid;

use super::support::{Answer, Service, one_document};

async fn with_query(service: &Service, query: &str) -> Answer {
    let target = format!("/sessions/{}?{query}", Uuid::new_v4());
    let digest = service.signature(&Method::GET, &target, b"");
    let request = service
        .request(Method::GET, &target)
        .header("X-Yoti-Auth-Digest", digest);
    service.send(request).await
}

#[tokio::test]
async fn a_signed_request_passes_and_its_replay_does_not() {
    let service = Service::start().await;
    let body = one_document().to_string();
    let target = format!("/sessions?{}", service.query());
    let digest = service.signature(&Method::POST, &target, body.as_bytes());
    let send = || {
        let request = service
            .request(Method::POST, &target)
            .header("X-Yoti-Auth-Digest", &digest)
            .body(body.clone());
        service.send(request)
    };
    send().await.expect(201);
    let refusal = send().await.refused(401, "BAD_TOKEN");
    assert!(refusal["message"].as_str().unwrap().contains("nonce"));
}

#[tokio::test]
async fn a_changed_body_does_not_fit_its_signature_and_leaves_the_nonce_alone() {
    let service = Service::start().await;
    let body = one_document().to_string();
    let target = format!("/sessions?{}", service.query());
    let digest = service.signature(&Method::POST, &target, body.as_bytes());
    let send = |body: String| {
        let request = service
            .request(Method::POST, &target)
            .header("X-Yoti-Auth-Digest", &digest)
            .body(body);
        service.send(request)
    };
    send(format!("{body} ")).await.refused(401, "BAD_TOKEN");
    send(body.clone()).await.expect(201);
}

#[tokio::test]
async fn what_identifies_the_caller_is_required() {
    let service = Service::start().await;
    let sdk_id = service.sandbox.sdk_id();
    let nonce = Uuid::new_v4();
    let now_ms = jiff::Timestamp::now().as_millisecond();
    for query in [
        format!("nonce={nonce}&timestamp={now_ms}"),
        format!("sdkId={}&nonce={nonce}&timestamp={now_ms}", Uuid::new_v4()),
        format!("sdkId={sdk_id}&timestamp={now_ms}"),
        format!("sdkId={sdk_id}&nonce=1&timestamp={now_ms}"),
        format!("sdkId={sdk_id}&nonce={nonce}"),
        format!("sdkId={sdk_id}&nonce={nonce}&timestamp=yesterday"),
    ] {
        with_query(&service, &query).await.refused(401, "BAD_TOKEN");
    }
    let unsigned = service.request(Method::GET, &format!("/sessions/x?{}", service.query()));
    service.send(unsigned).await.refused(401, "BAD_TOKEN");
}

#[tokio::test]
async fn an_old_timestamp_is_refused_in_every_unit() {
    let service = Service::start().await;
    let sdk_id = service.sandbox.sdk_id();
    let now_s = jiff::Timestamp::now().as_second();
    for factor in [1, 1_000, 1_000_000] {
        let query = |seconds: i64| {
            format!(
                "sdkId={sdk_id}&nonce={}&timestamp={}",
                Uuid::new_v4(),
                seconds * factor
            )
        };
        with_query(&service, &query(now_s))
            .await
            .refused(404, "SESSION_NOT_FOUND");
        with_query(&service, &query(now_s - 400))
            .await
            .refused(401, "BAD_TOKEN");
        with_query(&service, &query(now_s + 400))
            .await
            .refused(401, "BAD_TOKEN");
    }
}

#[tokio::test]
async fn the_counter_that_the_java_sdk_sends_as_timestamp_is_accepted() {
    let service = Service::start().await;
    let sdk_id = service.sandbox.sdk_id();
    let target = format!(
        "/sessions/x?sdkId={sdk_id}&nonce={}&timestamp=4242",
        Uuid::new_v4()
    );
    let digest = service.signature(&Method::GET, &target, b"");
    let request = service
        .request(Method::GET, &target)
        .header("X-Yoti-Auth-Digest", digest)
        .header("X-Yoti-SDK", "Java");
    service
        .send(request)
        .await
        .refused(404, "SESSION_NOT_FOUND");
}

#[tokio::test]
async fn a_client_token_is_no_signature() {
    let service = Service::start().await;
    let session = service.create(one_document()).await;
    service.get(&session, "").await.refused(401, "BAD_TOKEN");
    let create = service
        .request(Method::POST, "/sessions")
        .header("X-Yoti-Auth-Token", &session.token)
        .json(&json!({}));
    service.send(create).await.refused(401, "BAD_TOKEN");
}

#[tokio::test]
async fn supported_documents_are_open_to_everybody() {
    let service = Service::start().await;
    let count = async |query: &str| {
        let path = format!("/supported-documents{query}");
        let table = service
            .send(service.request(Method::GET, &path))
            .await
            .expect(200);
        let countries = table["supported_countries"].as_array().unwrap().clone();
        countries
            .iter()
            .map(|it| it["supported_documents"].as_array().unwrap().len())
            .sum::<usize>()
    };
    let latin = count("").await;
    assert_eq!(count("?includeNonLatin=false").await, latin);
    assert!(count("?includeNonLatin=true").await > latin);
    let bad = service.request(Method::GET, "/supported-documents?includeNonLatin=maybe");
    service.send(bad).await.refused(400, "PAYLOAD_VALIDATION");
}

#[tokio::test]
async fn the_description_is_served() {
    let service = Service::start().await;
    let found: Value = service
        .send(service.request(Method::GET, "/openapi.json"))
        .await
        .expect(200);
    assert_eq!(found["openapi"], "3.1.0");
}

//! Media contents, for the business.

use reqwest::Method;
use serde_json::Value;

use super::support::{PASSPORT, Service, Session, one_document};

async fn delivered(service: &Service) -> (Session, String) {
    let session = service.create(one_document()).await;
    service.deliver(&session, "PASSPORT", &[&PASSPORT]).await;
    let result = service.result(&session).await;
    let media = &result["resources"]["id_documents"][0]["pages"][0]["media"]["id"];
    let path = format!(
        "/sessions/{}/media/{}/content",
        session.id,
        media.as_str().unwrap()
    );
    (session, path)
}

#[tokio::test]
async fn the_business_gets_the_very_bytes_and_may_drop_them_after_the_end() {
    let service = Service::start().await;
    let (session, path) = delivered(&service).await;
    let found = service.signed(Method::GET, &path, Value::Null).await;
    assert_eq!(found.status, 200);
    assert_eq!(found.headers["content-type"], "image/jpeg");
    assert!(found.body == *PASSPORT, "other bytes than uploaded");

    let drop = || service.signed(Method::DELETE, &path, Value::Null);
    drop().await.refused(409, "RESOURCE_LOCKED");
    service.end(&session).await.expect(204);
    drop().await.expect(204);
    drop().await.expect(204);
    let gone = service.signed(Method::GET, &path, Value::Null).await;
    assert_eq!((gone.status, gone.body.len()), (204, 0));
}

#[tokio::test]
async fn the_end_user_can_not_read_media() {
    let service = Service::start().await;
    let (session, path) = delivered(&service).await;
    let with_token = service
        .request(Method::GET, &path)
        .header("X-Yoti-Auth-Token", &session.token);
    service.send(with_token).await.refused(401, "BAD_TOKEN");
}

#[tokio::test]
async fn contents_are_dropped_when_their_time_is_over() {
    let service = Service::start().await;
    let (_, path) = delivered(&service).await;
    service.advance(86_400);
    assert_eq!(
        service.signed(Method::GET, &path, Value::Null).await.status,
        200
    );
    service.advance(601);
    assert_eq!(
        service.signed(Method::GET, &path, Value::Null).await.status,
        204
    );
}

#[tokio::test]
async fn unknown_media_is_not_found() {
    let service = Service::start().await;
    let (session, _) = delivered(&service).await;
    let path = format!("/sessions/{}/media/{}/content", session.id, session.id);
    for method in [Method::GET, Method::DELETE] {
        service
            .signed(method, &path, Value::Null)
            .await
            .refused(404, "RESOURCE_NOT_FOUND");
    }
}

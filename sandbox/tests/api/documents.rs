//! Creating a document and uploading its pages.

use reqwest::Method;
use reqwest::multipart::{Form, Part};
use serde_json::json;
use uuid::Uuid;

use super::support::{BACK, FRONT, PASSPORT, Service, Session, form, one_document};

#[tokio::test]
async fn only_what_the_requirement_allows_can_be_started() {
    let service = Service::start().await;
    let session = service
        .create(
            json!({ "required_documents": [{ "type": "ID_DOCUMENT", "filter": {
            "type": "DOCUMENT_RESTRICTIONS", "inclusion": "WHITELIST",
            "documents": [{ "country_codes": ["GBR"], "document_types": ["PASSPORT"] },
                          { "country_codes": ["FRA"], "document_types": ["NATIONAL_ID"] }] } }] }),
        )
        .await;
    let requirement = service.requirement(&session).await["id"].clone();
    let wrong = async |requirement: &serde_json::Value, kind: &str, country: &str| {
        let body = json!({ "requirement_id": requirement, "document_type": kind,
                           "issuing_country": country });
        service.post_document(&session, body).await.wrong_fields()
    };
    assert_eq!(
        wrong(&json!("another"), "PASSPORT", "GBR").await,
        ["requirement_id"]
    );
    assert_eq!(
        wrong(&requirement, "PASSPORT", "DEU").await,
        ["issuing_country"]
    );
    assert_eq!(
        wrong(&requirement, "NATIONAL_ID", "GBR").await,
        ["document_type"]
    );
    let nothing = service
        .post_document(&session, json!({}))
        .await
        .wrong_fields();
    assert_eq!(
        nothing,
        ["document_type", "issuing_country", "requirement_id"]
    );
    let body = json!({ "requirement_id": requirement, "document_type": "PASSPORT",
                       "issuing_country": "GBR" });
    service.post_document(&session, body).await.expect(201);
    let request = service
        .user(Method::POST, &session, "/resources/id-documents")
        .body("{");
    service
        .send(request)
        .await
        .refused(400, "MALFORMED_REQUEST");
}

#[tokio::test]
async fn pages_are_stored_byte_by_byte_and_replaced() {
    let service = Service::start().await;
    let session = service.create(one_document()).await;
    let document = service.new_document(&session, "DRIVING_LICENCE").await;
    service
        .put_page(&session, &document, "1", &PASSPORT, None)
        .await
        .expect(200);
    service
        .put_page(&session, &document, "2", &BACK, None)
        .await
        .expect(200);
    let replaced = service
        .put_page(&session, &document, "1", &FRONT, None)
        .await
        .expect(200);
    let result = service.result(&session).await;
    let pages = result["resources"]["id_documents"][0]["pages"]
        .as_array()
        .unwrap()
        .clone();
    assert_eq!(pages.len(), 2);
    assert_eq!(pages[0]["media"]["id"], replaced["media"]["id"]);
    assert_eq!(pages[0]["capture_method"], "UPLOAD");
    let stored = |page: usize| {
        let id = pages[page]["media"]["id"].as_str().unwrap();
        service.sandbox.media_content(&session.id, id).unwrap()
    };
    assert!(stored(0) == FRONT.as_slice() && stored(1) == BACK.as_slice());
}

#[tokio::test]
async fn a_repeated_upload_answers_as_the_first_did() {
    let service = Service::start().await;
    let session = service.create(one_document()).await;
    let document = service.new_document(&session, "PASSPORT").await;
    let key = Some(Uuid::new_v4());
    let first = service
        .put_page(&session, &document, "1", &PASSPORT, key)
        .await
        .expect(200);
    let again = service
        .put_page(&session, &document, "1", &FRONT, key)
        .await
        .expect(200);
    assert_eq!(first, again);
    // The same key belongs to its page only.
    let other = service
        .put_page(&session, &document, "2", &BACK, key)
        .await
        .expect(200);
    assert_ne!(first, other);
    service.hand_over(&session, &document).await.expect(202);
    // The answer got lost, the document has moved on: still the same answer.
    let late = service
        .put_page(&session, &document, "1", &PASSPORT, key)
        .await
        .expect(200);
    assert_eq!(first, late);
    service
        .put_page(&session, &document, "1", &FRONT, Some(Uuid::new_v4()))
        .await
        .refused(409, "RESOURCE_LOCKED");
    service
        .put_page(&session, &document, "1", &FRONT, None)
        .await
        .refused(409, "RESOURCE_LOCKED");
}

#[tokio::test]
async fn what_is_not_a_picture_by_its_bytes_is_refused() {
    let service = Service::start().await;
    let session = service.create(one_document()).await;
    let document = service.new_document(&session, "PASSPORT").await;
    for bytes in [
        &b"%PDF-1.7 not a picture"[..],
        b"GIF89a",
        b"",
        &PASSPORT[..100],
    ] {
        service
            .put_page(&session, &document, "1", bytes, None)
            .await
            .refused(415, "UNSUPPORTED_MEDIA");
    }
    let result = service.result(&session).await;
    assert_eq!(result["resources"]["id_documents"][0]["pages"], json!([]));
}

#[tokio::test]
async fn the_name_and_type_of_a_file_do_not_matter_but_a_name_is_needed() {
    let service = Service::start().await;
    let session = service.create(one_document()).await;
    let document = service.new_document(&session, "PASSPORT").await;
    let descriptor = || Part::text(r#"{"capture_method":"CAMERA"}"#);
    let odd = Part::bytes(PASSPORT.clone())
        .file_name("../x.exe")
        .mime_str("text/html")
        .unwrap();
    let odd = Form::new()
        .part("descriptor", descriptor())
        .part("binary-content", odd);
    let stored = service
        .put_form(&session, &document, "1", odd, None)
        .await
        .expect(200);
    let id = stored["media"]["id"].as_str().unwrap().to_owned();
    let path = format!("/sessions/{}/media/{id}/content", session.id);
    let media = service
        .signed(Method::GET, &path, serde_json::Value::Null)
        .await;
    assert_eq!(media.headers["content-type"], "image/jpeg");

    let nameless = Form::new()
        .part("descriptor", descriptor())
        .part("binary-content", Part::bytes(PASSPORT.clone()));
    let refused = service
        .put_form(&session, &document, "1", nameless, None)
        .await;
    assert_eq!(refused.wrong_fields(), ["binary-content"]);
}

#[tokio::test]
async fn both_parts_of_an_upload_are_needed() {
    let service = Service::start().await;
    let session = service.create(one_document()).await;
    let document = service.new_document(&session, "PASSPORT").await;
    let descriptor = |text: &'static str| Form::new().part("descriptor", Part::text(text));
    let picture = || Part::bytes(PASSPORT.clone()).file_name("a.jpg");
    for (form, field) in [
        (Form::new().part("binary-content", picture()), "descriptor"),
        (
            descriptor(r#"{"capture_method":"CAMERA"}"#),
            "binary-content",
        ),
        (
            descriptor("{}").part("binary-content", picture()),
            "descriptor.capture_method",
        ),
        (
            descriptor(r#"{"capture_method":"SCAN"}"#).part("binary-content", picture()),
            "descriptor.capture_method",
        ),
    ] {
        let refused = service.put_form(&session, &document, "1", form, None).await;
        assert_eq!(refused.wrong_fields(), [field]);
    }
    let path = format!("/resources/id-documents/{document}/pages/1");
    let bare = service
        .user(Method::PUT, &session, &path)
        .body(PASSPORT.clone());
    service.send(bare).await.refused(400, "MALFORMED_REQUEST");
    let bad_key = service
        .user(Method::PUT, &session, &path)
        .header("Idempotency-Key", "1")
        .multipart(form("CAMERA", &PASSPORT));
    service
        .send(bad_key)
        .await
        .refused(400, "MALFORMED_REQUEST");
}

#[tokio::test]
async fn pages_are_numbered_from_one_to_four() {
    let service = Service::start().await;
    let session = service.create(one_document()).await;
    let document = service.new_document(&session, "PASSPORT").await;
    for page in ["0", "5", "-1", "front"] {
        let refused = service
            .put_page(&session, &document, page, &PASSPORT, None)
            .await;
        assert_eq!(refused.wrong_fields(), ["page"]);
    }
    service
        .put_page(&session, &document, "4", &PASSPORT, None)
        .await
        .expect(200);
}

#[tokio::test]
async fn a_picture_has_a_size_limit_and_the_refusal_arrives() {
    let service = Service::start().await;
    let session = service.create(one_document()).await;
    let document = service.new_document(&session, "PASSPORT").await;
    // Bytes after the end of a JPEG are ignored, so this is a picture.
    let padded = |length: usize| {
        let mut bytes = PASSPORT.clone();
        bytes.resize(length, 0);
        bytes
    };
    service
        .put_page(&session, &document, "1", &padded(10_000_001), None)
        .await
        .refused(413, "PAYLOAD_TOO_LARGE");
    service
        .put_page(&session, &document, "1", &padded(25_000_000), None)
        .await
        .refused(413, "PAYLOAD_TOO_LARGE");
    service
        .put_page(&session, &document, "1", &padded(10_000_000), None)
        .await
        .expect(200);
    // A stranger's large body gets an answer too.
    let stranger = Session {
        token: "wrong".to_owned(),
        ..session.clone()
    };
    service
        .put_page(&stranger, &document, "1", &padded(10_000_000), None)
        .await
        .refused(401, "BAD_TOKEN");
    let large = "x".repeat(2_000_000);
    let request = service
        .user(Method::POST, &session, "/resources/id-documents")
        .body(large);
    service
        .send(request)
        .await
        .refused(413, "PAYLOAD_TOO_LARGE");
}

#[tokio::test]
async fn camera_only_means_no_upload() {
    let service = Service::start().await;
    let mut payload = one_document();
    payload["sdk_config"] = json!({ "allowed_capture_methods": "CAMERA" });
    let session = service.create(payload).await;
    let document = service.new_document(&session, "PASSPORT").await;
    let upload = service
        .put_page(&session, &document, "1", &PASSPORT, None)
        .await;
    assert_eq!(upload.wrong_fields(), ["descriptor.capture_method"]);
    service
        .put_form(&session, &document, "1", form("CAMERA", &PASSPORT), None)
        .await
        .expect(200);
}

#[tokio::test]
async fn a_document_belongs_to_its_session() {
    let service = Service::start().await;
    let mine = service.create(one_document()).await;
    let other = service.create(one_document()).await;
    let document = service.new_document(&mine, "PASSPORT").await;
    service
        .put_page(&other, &document, "1", &PASSPORT, None)
        .await
        .refused(404, "RESOURCE_NOT_FOUND");
    service
        .hand_over(&other, &document)
        .await
        .refused(404, "RESOURCE_NOT_FOUND");
    let path = format!("/resources/id-documents/{document}/text-extraction");
    service
        .get(&other, &path)
        .await
        .refused(404, "RESOURCE_NOT_FOUND");
    service
        .get(&mine, &path)
        .await
        .refused(404, "RESOURCE_NOT_FOUND");
}

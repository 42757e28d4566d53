//! Judging and counting: the service decides, whatever clients do.

use reqwest::Method;
use serde_json::json;

use super::support::{BACK, BLURRED, FRONT, PASSPORT, Service, form, one_document, with_attempts};

#[tokio::test]
async fn a_good_document_goes_on_and_costs_nothing() {
    let service = Service::start().await;
    let session = service.create(one_document()).await;
    let found = service.deliver(&session, "PASSPORT", &[&PASSPORT]).await;
    assert_eq!(found["state"], "DONE");
    assert_eq!(found["recommendation"], json!({ "value": "PROGRESS" }));
    assert_eq!(
        found["attempts_remaining"],
        json!({ "GENERIC": 2, "RECLASSIFICATION": 2 })
    );
    let requirement = service.requirement(&session).await;
    assert_eq!(requirement["state"], "COMPLETE");
    // A reload asks for nothing that has been delivered, and cannot redo it.
    let again = service.start_document(&session, "PASSPORT").await;
    assert_eq!(again.wrong_fields(), ["requirement_id"]);
}

#[tokio::test]
async fn both_sides_of_a_card_are_needed() {
    let service = Service::start().await;
    let session = service.create(with_attempts(5, 1)).await;
    let missing = json!({ "value": "MUST_TRY_AGAIN", "category": "GENERIC", "page": 2,
        "reason": { "value": "USER_ERROR", "detail": "MISSING_DOCUMENT_SIDE" } });
    let front_only = service
        .deliver(&session, "DRIVING_LICENCE", &[&FRONT])
        .await;
    assert_eq!(front_only["state"], "FAILED");
    assert_eq!(front_only["recommendation"], missing);
    let twice = service
        .deliver(&session, "DRIVING_LICENCE", &[&FRONT, &FRONT])
        .await;
    assert_eq!(twice["recommendation"], missing);
    let both = service
        .deliver(&session, "DRIVING_LICENCE", &[&FRONT, &BACK])
        .await;
    assert_eq!(both["recommendation"]["value"], "PROGRESS");
}

#[tokio::test]
async fn a_bad_picture_must_be_taken_again_with_the_reason_and_the_page() {
    let service = Service::start().await;
    let session = service.create(with_attempts(9, 1)).await;
    let black = encoded(1280, 960, 2);
    let white = encoded(1280, 960, 255);
    let grey = encoded(1280, 960, 128);
    for (kind, sides, detail, page) in [
        ("PASSPORT", vec![BLURRED.as_slice()], "PHOTO_TOO_BLURRY", 1),
        ("PASSPORT", vec![&black], "PHOTO_TOO_DARK", 1),
        ("PASSPORT", vec![&white], "PHOTO_OVEREXPOSED", 1),
        ("PASSPORT", vec![&grey], "NO_DOCUMENT", 1),
        ("DRIVING_LICENCE", vec![&FRONT, &black], "PHOTO_TOO_DARK", 2),
    ] {
        let found = service.deliver(&session, kind, &sides).await;
        assert_eq!(found["state"], "FAILED", "{detail}");
        assert_eq!(
            found["recommendation"],
            json!({
                "value": "MUST_TRY_AGAIN", "category": "GENERIC", "page": page,
                "reason": { "value": "QUALITY", "detail": detail },
            })
        );
    }
    let small = small_passport();
    let found = service.deliver(&session, "PASSPORT", &[&small]).await;
    assert_eq!(
        found["recommendation"]["reason"]["detail"],
        "IMAGE_RESOLUTION_TOO_LOW"
    );
}

fn encoded(width_px: u32, height_px: u32, level: u8) -> Vec<u8> {
    let picture = image::RgbImage::from_pixel(width_px, height_px, image::Rgb([level; 3]));
    vestibule_sandbox::specimen::png(&picture)
}

fn small_passport() -> Vec<u8> {
    use vestibule_sandbox::specimen::{Defect, Document, jpeg, scene};
    jpeg(&scene(Document::Passport, 480, 360, Defect::None), 95)
}

#[tokio::test]
async fn attempts_are_counted_by_the_service_across_reloads_tabs_and_repeated_requests() {
    let service = Service::start().await;
    let session = service.create(with_attempts(2, 2)).await;
    let first = service.new_document(&session, "PASSPORT").await;
    // A second tab starts its own document.
    let second_tab = service.new_document(&session, "PASSPORT").await;
    service
        .put_page(&session, &first, "1", &BLURRED, None)
        .await
        .expect(200);
    service.hand_over(&session, &first).await.expect(202);
    let judged = service.recommendation(&session, &first).await;
    assert_eq!(
        judged["attempts_remaining"],
        json!({ "GENERIC": 1, "RECLASSIFICATION": 2 })
    );
    // Repeating costs nothing and starts nothing.
    for _ in 0..3 {
        let again = service.hand_over(&session, &first).await.expect(202);
        assert_eq!(again, judged);
    }
    // A reload sees what is left now.
    let requirement = service.requirement(&session).await;
    assert_eq!(
        requirement["attempts_remaining"],
        judged["attempts_remaining"]
    );
    assert_eq!(requirement["state"], "REQUIRED");

    service
        .put_page(&session, &second_tab, "1", &BLURRED, None)
        .await
        .expect(200);
    service.hand_over(&session, &second_tab).await.expect(202);
    let judged = service.recommendation(&session, &second_tab).await;
    assert_eq!(judged["attempts_remaining"]["GENERIC"], 0);
    service
        .start_document(&session, "PASSPORT")
        .await
        .refused(409, "ATTEMPTS_EXHAUSTED");
    service
        .end(&session)
        .await
        .refused(409, "REQUIREMENTS_NOT_MET");
    // Earlier attempts stay in the result.
    let documents = service.result(&session).await["resources"]["id_documents"].clone();
    assert_eq!(documents.as_array().unwrap().len(), 2);
    assert_eq!(documents[0]["tasks"][0]["state"], "FAILED");
}

#[tokio::test]
async fn a_document_started_before_the_last_attempt_went_is_not_judged_after_it() {
    let service = Service::start().await;
    let session = service.create(with_attempts(1, 1)).await;
    let kept = service.new_document(&session, "PASSPORT").await;
    service
        .put_page(&session, &kept, "1", &PASSPORT, None)
        .await
        .expect(200);
    service.deliver(&session, "PASSPORT", &[&BLURRED]).await;
    service
        .hand_over(&session, &kept)
        .await
        .refused(409, "ATTEMPTS_EXHAUSTED");
}

#[tokio::test]
async fn two_tabs_can_not_share_the_last_attempt() {
    let service = Service::start().await;
    let session = service.create(with_attempts(1, 1)).await;
    let mut documents = Vec::new();
    for _ in 0..4 {
        let document = service.new_document(&session, "PASSPORT").await;
        service
            .put_page(&session, &document, "1", &BLURRED, None)
            .await
            .expect(200);
        documents.push(document);
    }
    let [a, b, c, d] = &documents[..] else {
        panic!("four documents")
    };
    let answers = tokio::join!(
        service.hand_over(&session, a),
        service.hand_over(&session, b),
        service.hand_over(&session, c),
        service.hand_over(&session, d),
    );
    let statuses = [
        answers.0.status,
        answers.1.status,
        answers.2.status,
        answers.3.status,
    ];
    assert_eq!(
        statuses.iter().filter(|&&it| it == 202).count(),
        1,
        "{statuses:?}"
    );
    assert_eq!(
        statuses.iter().filter(|&&it| it == 409).count(),
        3,
        "{statuses:?}"
    );
}

#[tokio::test]
async fn handing_over_needs_a_page() {
    let service = Service::start().await;
    let session = service.create(one_document()).await;
    let document = service.new_document(&session, "PASSPORT").await;
    assert_eq!(
        service.hand_over(&session, &document).await.wrong_fields(),
        ["pages"]
    );
    service
        .put_page(&session, &document, "1", &PASSPORT, None)
        .await
        .expect(200);
    let path = format!("/resources/id-documents/{document}/text-extraction");
    let malformed = service.user(Method::PUT, &session, &path).body("[]");
    service
        .send(malformed)
        .await
        .refused(400, "MALFORMED_REQUEST");
    let with_object = service.user(Method::PUT, &session, &path).body("{}");
    service.send(with_object).await.expect(202);
}

#[tokio::test]
async fn a_document_is_judged_also_when_no_extraction_was_asked_for() {
    let service = Service::start().await;
    let session = service
        .create(json!({ "required_documents": [{ "type": "ID_DOCUMENT" }] }))
        .await;
    let requirement = service.requirement(&session).await;
    assert!(requirement.get("requested_tasks").is_none());
    assert_eq!(
        service.deliver(&session, "PASSPORT", &[&BLURRED]).await["state"],
        "FAILED"
    );
    assert_eq!(
        service.deliver(&session, "PASSPORT", &[&PASSPORT]).await["state"],
        "DONE"
    );
    let documents = service.result(&session).await["resources"]["id_documents"].clone();
    assert_eq!(documents[1]["tasks"], json!([]));
}

#[tokio::test]
async fn png_and_webp_are_judged_as_well() {
    let service = Service::start().await;
    let passport = image::load_from_memory(&PASSPORT).unwrap();
    for format in [image::ImageFormat::Png, image::ImageFormat::WebP] {
        let mut bytes = std::io::Cursor::new(Vec::new());
        passport.write_to(&mut bytes, format).unwrap();
        let session = service.create(one_document()).await;
        let document = service.new_document(&session, "PASSPORT").await;
        let upload = form("CAMERA", bytes.get_ref());
        service
            .put_form(&session, &document, "1", upload, None)
            .await
            .expect(200);
        service.hand_over(&session, &document).await.expect(202);
        let found = service.recommendation(&session, &document).await;
        assert_eq!(found["recommendation"]["value"], "PROGRESS", "{format:?}");
    }
}

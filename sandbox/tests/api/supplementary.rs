//! Supplementary documents: pages or one PDF.

use lopdf::{Document as Pdf, EncryptionState, EncryptionVersion, Object, Permissions, dictionary};
use reqwest::Method;
use reqwest::multipart::{Form, Part};
use serde_json::{Value, json};
use uuid::Uuid;

use super::support::{Answer, BLURRED, FRONT, PASSPORT, Service, Session, form, plain};

const DOCUMENTS: &str = "/resources/supplementary-documents";
const TASK: &str = "SUPPLEMENTARY_DOCUMENT_TEXT_DATA_EXTRACTION";

fn bill(generic: u32) -> Value {
    json!({
        "requested_tasks": [{ "type": TASK, "config": { "manual_check": "NEVER" } }],
        "required_documents": [{ "type": "SUPPLEMENTARY_DOCUMENT",
            "objective": { "type": "PROOF_OF_ADDRESS" },
            "document_types": ["UTILITY_BILL", "BANK_STATEMENT"], "country_codes": ["GBR"] }],
        "sdk_config": { "attempts_configuration": { TASK: { "GENERIC": generic } } },
    })
}

async fn start(service: &Service, session: &Session, kind: &str, country: &str) -> Answer {
    let requirement = service.requirement(session).await;
    let body = json!({
        "requirement_id": requirement["id"], "document_type": kind, "issuing_country": country,
    });
    service.ask(Method::POST, session, DOCUMENTS, body).await
}

async fn new(service: &Service, session: &Session) -> String {
    let created = start(service, session, "UTILITY_BILL", "GBR")
        .await
        .expect(201);
    format!("{DOCUMENTS}/{}", created["id"].as_str().unwrap())
}

async fn put_page(
    service: &Service,
    session: &Session,
    document: &str,
    page: &str,
    bytes: &[u8],
) -> Answer {
    let path = format!("{document}/pages/{page}");
    service
        .put(session, &path, form("UPLOAD", bytes), None)
        .await
}

async fn put_file(service: &Service, session: &Session, document: &str, bytes: &[u8]) -> Answer {
    let path = format!("{document}/file");
    service.put(session, &path, pdf_form(bytes), None).await
}

fn pdf_form(bytes: &[u8]) -> Form {
    let part = Part::bytes(bytes.to_vec())
        .file_name("bill.pdf")
        .mime_str("application/pdf")
        .unwrap();
    let descriptor = Part::text(json!({ "capture_method": "UPLOAD" }).to_string())
        .mime_str("application/json")
        .unwrap();
    Form::new()
        .part("descriptor", descriptor)
        .part("binary-content", part)
}

async fn hand_over(service: &Service, session: &Session, document: &str) -> Answer {
    let path = format!("{document}/text-extraction");
    service
        .send(service.user(Method::PUT, session, &path))
        .await
}

async fn judged(service: &Service, session: &Session, document: &str) -> Value {
    let path = format!("{document}/text-extraction");
    service.judgement(session, &path).await
}

/// Sends these pages and waits for the judgement.
async fn deliver(service: &Service, session: &Session, pages: &[&[u8]]) -> Value {
    let document = new(service, session).await;
    for (index, bytes) in pages.iter().enumerate() {
        put_page(service, session, &document, &(index + 1).to_string(), bytes)
            .await
            .expect(200);
    }
    hand_over(service, session, &document).await.expect(202);
    judged(service, session, &document).await
}

/// A PDF with so many empty pages.
fn pdf(pages: usize) -> Pdf {
    let mut document = Pdf::with_version("1.5");
    let tree = document.new_object_id();
    let kids: Vec<Object> = (0..pages)
        .map(|_| {
            let page = dictionary! {
                "Type" => "Page", "Parent" => tree,
                "MediaBox" => vec![0.into(), 0.into(), 595.into(), 842.into()],
            };
            document.add_object(page).into()
        })
        .collect();
    let count = i64::try_from(pages).unwrap();
    let node = dictionary! { "Type" => "Pages", "Kids" => kids, "Count" => count };
    document.objects.insert(tree, Object::Dictionary(node));
    let catalogue = document.add_object(dictionary! { "Type" => "Catalog", "Pages" => tree });
    document.trailer.set("Root", catalogue);
    document
}

fn bytes(mut document: Pdf) -> Vec<u8> {
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).unwrap();
    bytes
}

fn encrypted(user_password: &str) -> Vec<u8> {
    let mut document = pdf(1);
    let id = Object::string_literal("an id");
    document.trailer.set("ID", vec![id.clone(), id]);
    let version = EncryptionVersion::V2 {
        document: &document,
        owner_password: "owner",
        user_password,
        key_length: 128,
        permissions: Permissions::all(),
    };
    let state = EncryptionState::try_from(version).unwrap();
    document.encrypt(&state).unwrap();
    bytes(document)
}

#[tokio::test]
async fn pages_are_judged_and_shown_in_the_result() {
    let service = Service::start().await;
    let session = service.create(bill(2)).await;
    let requirement = service.requirement(&session).await;
    assert_eq!(requirement["type"], "SUPPLEMENTARY_DOCUMENT");
    assert_eq!(requirement["allowed_capture_methods"], "CAMERA_AND_UPLOAD");
    assert_eq!(requirement["attempts_remaining"], json!({ "GENERIC": 2 }));
    assert_eq!(
        requirement["objective"],
        json!({ "type": "PROOF_OF_ADDRESS" })
    );
    let found = deliver(&service, &session, &[&PASSPORT, &FRONT]).await;
    assert_eq!(found["state"], "DONE");
    assert_eq!(found["recommendation"], json!({ "value": "PROGRESS" }));
    assert_eq!(service.requirement(&session).await["state"], "COMPLETE");
    let again = start(&service, &session, "UTILITY_BILL", "GBR").await;
    assert_eq!(again.wrong_fields(), ["requirement_id"]);

    service.end(&session).await.expect(204);
    let document =
        service.result(&session).await["resources"]["supplementary_documents"][0].clone();
    assert_eq!(document["document_type"], "UTILITY_BILL");
    assert_eq!(document["issuing_country"], "GBR");
    assert_eq!(document["source"], json!({ "type": "END_USER" }));
    assert!(document.get("file").is_none());
    assert_eq!(document["tasks"][0]["type"], TASK);
    assert_eq!(document["tasks"][0]["state"], "DONE");
    for (page, sent) in [(0, &*PASSPORT), (1, &*FRONT)] {
        let media = &document["pages"][page]["media"];
        assert_eq!(media["type"], "IMAGE");
        let id = media["id"].as_str().unwrap();
        let kept = service.sandbox.media_content(&session.id, id).unwrap();
        assert!(kept == sent.as_slice(), "page {page}");
    }
}

#[tokio::test]
async fn a_pdf_stands_for_all_pages() {
    let service = Service::start().await;
    let session = service.create(bill(2)).await;
    let document = new(&service, &session).await;
    let file = bytes(pdf(20));
    let key = Some(Uuid::new_v4());
    let path = format!("{document}/file");
    let mut answers = Vec::new();
    for _ in 0..2 {
        let answer = service.put(&session, &path, pdf_form(&file), key).await;
        answers.push(answer.expect(200));
    }
    assert_eq!(answers[0], answers[1]);
    put_page(&service, &session, &document, "1", &PASSPORT)
        .await
        .refused(409, "RESOURCE_LOCKED");
    hand_over(&service, &session, &document).await.expect(202);
    let found = judged(&service, &session, &document).await;
    assert_eq!(found["recommendation"]["value"], "PROGRESS");
    put_file(&service, &session, &document, &file)
        .await
        .refused(409, "RESOURCE_LOCKED");
    service.end(&session).await.expect(204);
    let result = service.result(&session).await;
    let found = &result["resources"]["supplementary_documents"][0];
    assert_eq!(found["pages"], json!([]));
    let media = found["file"]["media"]["id"].as_str().unwrap();
    let path = format!("/sessions/{}/media/{media}/content", session.id);
    let content = service.signed(Method::GET, &path, Value::Null).await;
    assert_eq!(content.headers["content-type"], "application/pdf");
    assert!(content.body == file, "other bytes than were sent");
}

#[tokio::test]
async fn pdfs_that_nobody_can_read_are_refused_with_the_reason() {
    let service = Service::start().await;
    let session = service.create(bill(2)).await;
    let document = new(&service, &session).await;
    let whole = bytes(pdf(3));
    let cases = [
        (encrypted("secret"), "FILE_ENCRYPTED"),
        (bytes(pdf(21)), "FILE_UNREADABLE"),
        (bytes(pdf(0)), "FILE_UNREADABLE"),
        (b"%PDF-1.7\nnothing follows".to_vec(), "FILE_UNREADABLE"),
        (PASSPORT.clone(), "UNSUPPORTED_MEDIA"),
    ];
    for (file, code) in cases {
        put_file(&service, &session, &document, &file)
            .await
            .refused(415, code);
    }
    let large = [whole.as_slice(), &vec![b' '; 10_000_000]].concat();
    put_file(&service, &session, &document, &large)
        .await
        .refused(413, "PAYLOAD_TOO_LARGE");
    let camera = service
        .put(
            &session,
            &format!("{document}/file"),
            form("CAMERA", &whole),
            None,
        )
        .await;
    assert_eq!(camera.wrong_fields(), ["descriptor.capture_method"]);
    // An owner's password only restricts what readers do with the file.
    put_file(&service, &session, &document, &encrypted(""))
        .await
        .expect(200);
}

#[tokio::test]
async fn a_document_has_either_pages_without_a_gap_or_a_file() {
    let service = Service::start().await;
    let session = service.create(bill(2)).await;
    let document = new(&service, &session).await;
    let nothing = hand_over(&service, &session, &document).await;
    assert_eq!(nothing.wrong_fields(), ["pages"]);
    for page in ["0", "11", "x"] {
        let refused = put_page(&service, &session, &document, page, &PASSPORT).await;
        assert_eq!(refused.wrong_fields(), ["page"]);
    }
    put_page(&service, &session, &document, "2", &PASSPORT)
        .await
        .expect(200);
    put_file(&service, &session, &document, &bytes(pdf(1)))
        .await
        .refused(409, "RESOURCE_LOCKED");
    let gap = hand_over(&service, &session, &document).await;
    assert_eq!(gap.wrong_fields(), ["pages"]);
    put_page(&service, &session, &document, "1", &FRONT)
        .await
        .expect(200);
    hand_over(&service, &session, &document).await.expect(202);
    assert_eq!(judged(&service, &session, &document).await["state"], "DONE");
}

#[tokio::test]
async fn a_bad_page_must_be_sent_again_and_attempts_are_counted_here() {
    let service = Service::start().await;
    let session = service.create(bill(2)).await;
    let dark = plain(2);
    let other_tab = new(&service, &session).await;
    put_page(&service, &session, &other_tab, "1", &PASSPORT)
        .await
        .expect(200);
    let found = deliver(&service, &session, &[&PASSPORT, &dark]).await;
    assert_eq!(
        found["recommendation"],
        json!({ "value": "MUST_TRY_AGAIN", "category": "GENERIC", "page": 2,
                "reason": { "value": "QUALITY", "detail": "PHOTO_TOO_DARK" } })
    );
    assert_eq!(found["attempts_remaining"], json!({ "GENERIC": 1 }));
    let requirement = service.requirement(&session).await;
    assert_eq!(requirement["attempts_remaining"], json!({ "GENERIC": 1 }));
    let found = deliver(&service, &session, &[&BLURRED]).await;
    assert_eq!(
        found["recommendation"]["reason"]["detail"],
        "PHOTO_TOO_BLURRY"
    );
    start(&service, &session, "BANK_STATEMENT", "GBR")
        .await
        .refused(409, "ATTEMPTS_EXHAUSTED");
    hand_over(&service, &session, &other_tab)
        .await
        .refused(409, "ATTEMPTS_EXHAUSTED");
    service
        .end(&session)
        .await
        .refused(409, "REQUIREMENTS_NOT_MET");
}

#[tokio::test]
async fn two_tabs_can_not_share_the_last_attempt() {
    let service = Service::start().await;
    let session = service.create(bill(1)).await;
    let dark = plain(2);
    let mut documents = Vec::new();
    for _ in 0..3 {
        let document = new(&service, &session).await;
        put_page(&service, &session, &document, "1", &dark)
            .await
            .expect(200);
        documents.push(document);
    }
    let answers = tokio::join!(
        hand_over(&service, &session, &documents[0]),
        hand_over(&service, &session, &documents[1]),
        hand_over(&service, &session, &documents[2]),
    );
    let mut statuses = [answers.0.status, answers.1.status, answers.2.status];
    let winner = statuses.iter().position(|&it| it == 202).unwrap();
    // Repeating what was accepted starts nothing and is answered as before.
    hand_over(&service, &session, &documents[winner])
        .await
        .expect(202);
    statuses.sort_unstable();
    assert_eq!(statuses, [202, 409, 409]);
    judged(&service, &session, &documents[winner]).await;
    assert_eq!(
        service.requirement(&session).await["attempts_remaining"],
        json!({ "GENERIC": 0 })
    );
}

#[tokio::test]
async fn only_what_was_asked_for_may_be_started() {
    let service = Service::start().await;
    let session = service.create(bill(2)).await;
    let other = start(&service, &session, "PASSPORT", "GBR").await;
    assert_eq!(other.wrong_fields(), ["document_type"]);
    let abroad = start(&service, &session, "UTILITY_BILL", "FRA").await;
    assert_eq!(abroad.wrong_fields(), ["issuing_country"]);
    let mut open = bill(2);
    open["required_documents"][0]["document_types"] = Value::Null;
    open["required_documents"][0]["country_codes"] = Value::Null;
    open["sdk_config"]["allowed_capture_methods"] = json!("CAMERA");
    let session = service.create(open).await;
    // A person chooses from a list, so nothing named means everything.
    let requirement = service.requirement(&session).await;
    let kinds = requirement["document_types"].as_array().unwrap();
    assert!(kinds.contains(&json!("BANK_STATEMENT")), "{kinds:?}");
    let countries = requirement["country_codes"].as_array().unwrap();
    assert!(countries.len() > 190);
    let other = start(&service, &session, "PASSPORT", "FRA").await;
    assert_eq!(other.wrong_fields(), ["document_type"]);
    let created = start(&service, &session, "PHONE_BILL", "FRA")
        .await
        .expect(201);
    let document = format!("{DOCUMENTS}/{}", created["id"].as_str().unwrap());
    let upload = put_page(&service, &session, &document, "1", &PASSPORT).await;
    assert_eq!(upload.wrong_fields(), ["descriptor.capture_method"]);
}

#[tokio::test]
async fn a_script_prescribes_the_outcome_and_what_was_read() {
    let service = Service::start().await;
    let mut payload = bill(5);
    payload["requested_tasks"][0]["config"]["manual_check"] = json!("ALWAYS");
    let session = service.create(payload).await;
    let script = json!({ "task_results": { TASK: [
        { "document_filter": { "document_types": ["BANK_STATEMENT"] },
          "result": { "recommendation": { "value": "MUST_TRY_AGAIN" } } },
        { "result": { "recommendation": { "value": "SHOULD_TRY_AGAIN",
            "reason": { "value": "QUALITY", "detail": "GLARE_OBSTRUCTION" } },
          "document_fields": { "full_name": "Anna Maria Eriksson" } } },
    ] } });
    service
        .sandbox
        .script_session(&session.id, &script)
        .unwrap();
    let found = deliver(&service, &session, &[&PASSPORT]).await;
    assert_eq!(found["state"], "DONE");
    assert_eq!(found["recommendation"]["value"], "SHOULD_TRY_AGAIN");
    assert_eq!(found["attempts_remaining"], json!({ "GENERIC": 4 }));
    service.end(&session).await.expect(204);
    let result = service.result(&session).await;
    let document = &result["resources"]["supplementary_documents"][0];
    let media = document["document_fields"]["media"]["id"].as_str().unwrap();
    let fields = service.sandbox.media_content(&session.id, media).unwrap();
    assert_eq!(
        serde_json::from_slice::<Value>(&fields).unwrap(),
        json!({ "full_name": "Anna Maria Eriksson" })
    );
    let check = &result["checks"][0];
    assert_eq!(check["type"], "SUPPLEMENTARY_DOCUMENT_TEXT_DATA_CHECK");
    assert_eq!(
        document["tasks"][0]["generated_checks"][0]["id"],
        check["id"]
    );
}

//! The applicant's profile, reviewed by the person in identity-profile
//! sessions.

use reqwest::Method;
use serde_json::{Value, json};

use super::node_sdk::sdk;
use super::support::{Answer, PASSPORT, Service, Session, one_document};

const PROFILE: &str = "/resources/applicant-profile";

fn person() -> Value {
    json!({
        "full_name": "Anna Maria Eriksson", "date_of_birth": "1974-08-12",
        "structured_postal_address": {
            "address_format": 1, "building_number": "1", "address_line1": "High Street",
            "town_city": "London", "postal_code": "EC3A 4AF", "country_iso": "GBR",
            "country": "United Kingdom" },
    })
}

fn identity_profile() -> Value {
    json!({
        "identity_profile_requirements":
            { "trust_framework": "UK_TFIDA", "scheme": { "type": "DBS", "objective": "BASIC" } },
        "subject": { "subject_id": "someone" },
        "resources": { "applicant_profile": person() },
    })
}

async fn put(service: &Service, session: &Session, profile: &Value) -> Answer {
    service
        .ask(Method::PUT, session, PROFILE, profile.clone())
        .await
}

/// The person with one field changed.
fn with(pointer: &str, value: Value) -> Value {
    let mut profile = person();
    *profile.pointer_mut(pointer).unwrap() = value;
    profile
}

#[tokio::test]
async fn an_identity_profile_needs_a_document_a_live_face_a_review_and_consent() {
    let service = Service::start().await;
    let session = service.create(identity_profile()).await;
    let found = service.configuration(&session).await;
    assert_eq!(
        found["identity_profile"],
        json!({ "trust_framework": "UK_TFIDA", "scheme": "DBS" })
    );
    assert_eq!(found["capture"]["biometric_consent"], "REQUIRED");
    let resources = found["capture"]["required_resources"].as_array().unwrap();
    let kinds: Vec<_> = resources
        .iter()
        .map(|it| {
            assert_eq!(it["allowed_sources"], json!([{ "type": "END_USER" }]));
            it["type"].as_str().unwrap()
        })
        .collect();
    assert_eq!(kinds, ["ID_DOCUMENT", "LIVENESS", "APPLICANT_PROFILE"]);
    assert_eq!(resources[1]["liveness_type"], "STATIC");
    assert_eq!(resources[1]["attempts_remaining"], json!({ "GENERIC": 3 }));

    service.decide(&session, "GIVEN").await.expect(204);
    service.deliver(&session, "PASSPORT", &[&PASSPORT]).await;
    service.deliver_face(&session, &PASSPORT).await;
    service
        .end(&session)
        .await
        .refused(409, "REQUIREMENTS_NOT_MET");
    assert_eq!(service.get(&session, PROFILE).await.expect(200), person());
    let corrected = with("/full_name", json!("Anna Eriksson"));
    assert_eq!(
        put(&service, &session, &corrected).await.expect(200),
        corrected
    );
    assert_eq!(service.get(&session, PROFILE).await.expect(200), corrected);
    let reviewed = service.requirement_of(&session, "APPLICANT_PROFILE").await;
    assert_eq!(reviewed["state"], "COMPLETE");
    // A lost answer and a second thought leave one reviewed profile.
    put(&service, &session, &corrected).await.expect(200);

    service.end(&session).await.expect(204);
    let result = service.result(&session).await;
    assert_eq!(result["state"], "COMPLETED");
    assert_eq!(result["identity_profile"]["result"], "DONE");
    assert_eq!(result["identity_profile"]["subject_id"], "someone");
    assert_eq!(result["checks"][0]["type"], "LIVENESS");
    let read = sdk(&service, &["result", &session.id]).await.unwrap();
    assert_eq!(read["state"], "COMPLETED");
    let profiles = result["resources"]["applicant_profiles"]
        .as_array()
        .unwrap();
    assert_eq!(profiles.len(), 2);
    let expected = [("RELYING_BUSINESS", person()), ("END_USER", corrected)];
    for (found, (source, content)) in profiles.iter().zip(expected) {
        assert_eq!(found["source"]["type"], source);
        let media = found["media"]["id"].as_str().unwrap();
        let bytes = service.sandbox.media_content(&session.id, media).unwrap();
        assert_eq!(serde_json::from_slice::<Value>(&bytes).unwrap(), content);
    }
}

#[tokio::test]
async fn the_third_wrong_update_is_the_last() {
    let service = Service::start().await;
    let session = service.create(identity_profile()).await;
    let wrong = with("/full_name", json!(" "));
    // What can't be read at all is a fault of the program, not of the person.
    let malformed = service.user(Method::PUT, &session, PROFILE).body("[]");
    service
        .send(malformed)
        .await
        .refused(400, "MALFORMED_REQUEST");
    for _ in 0..2 {
        let refused = put(&service, &session, &wrong).await;
        assert_eq!(refused.wrong_fields(), ["full_name"]);
        service.configuration(&session).await;
    }
    put(&service, &session, &wrong)
        .await
        .refused(409, "PROFILE_UPDATES_EXHAUSTED");
    put(&service, &session, &person())
        .await
        .refused(409, "PROFILE_UPDATES_EXHAUSTED");
    service
        .end(&session)
        .await
        .refused(409, "REQUIREMENTS_NOT_MET");
}

#[tokio::test]
async fn updates_that_are_sent_at_once_are_all_counted() {
    let service = Service::start().await;
    let session = service.create(identity_profile()).await;
    let wrong = with("/date_of_birth", json!("yesterday"));
    let sent = tokio::join!(
        put(&service, &session, &wrong),
        put(&service, &session, &wrong),
        put(&service, &session, &wrong),
        put(&service, &session, &wrong),
    );
    let statuses = [sent.0.status, sent.1.status, sent.2.status, sent.3.status];
    let with = |status| statuses.iter().filter(|&&it| it == status).count();
    assert_eq!((with(400), with(409)), (2, 2), "{statuses:?}");
}

#[tokio::test]
async fn each_wrong_field_is_named() {
    let service = Service::start().await;
    let today = jiff::Timestamp::now().to_string();
    let today = &today[..10];
    let address = "structured_postal_address";
    for (pointer, value, field) in [
        ("/full_name", json!(""), "full_name".to_owned()),
        ("/full_name", Value::Null, "full_name".to_owned()),
        (
            "/date_of_birth",
            json!("1974-02-30"),
            "date_of_birth".to_owned(),
        ),
        (
            "/date_of_birth",
            json!("12.08.1974"),
            "date_of_birth".to_owned(),
        ),
        ("/date_of_birth", json!(today), "date_of_birth".to_owned()),
        (
            "/structured_postal_address",
            Value::Null,
            address.to_owned(),
        ),
        (
            "/structured_postal_address/postal_code",
            json!(""),
            format!("{address}.postal_code"),
        ),
        (
            "/structured_postal_address/postal_code",
            json!("75001"),
            format!("{address}.postal_code"),
        ),
        (
            "/structured_postal_address/country_iso",
            json!("GB"),
            format!("{address}.country_iso"),
        ),
    ] {
        let session = service.create(identity_profile()).await;
        let refused = put(&service, &session, &with(pointer, value)).await;
        assert_eq!(refused.wrong_fields(), [field]);
    }
    let session = service.create(identity_profile()).await;
    let mut abroad = with("/structured_postal_address/postal_code", json!("75001"));
    abroad["structured_postal_address"]["country_iso"] = json!("FRA");
    put(&service, &session, &abroad).await.expect(200);
    let nothing = put(&service, &session, &json!({})).await;
    assert_eq!(
        nothing.wrong_fields(),
        ["date_of_birth", "full_name", address]
    );
}

#[tokio::test]
async fn the_advanced_form_asks_for_the_same_and_the_business_need_not_know_anything() {
    let service = Service::start().await;
    let session = service
        .create(
            json!({ "advanced_identity_profile_requirements": { "profiles": [
            { "trust_framework": "YOTI_GLOBAL",
              "schemes": [{ "type": "IDENTITY", "objective": "AL_L1", "label": "l" }] }] } }),
        )
        .await;
    let found = service.configuration(&session).await;
    assert_eq!(
        found["identity_profile"],
        json!({ "trust_framework": "YOTI_GLOBAL", "scheme": "IDENTITY" })
    );
    let empty = service.get(&session, PROFILE).await.expect(200);
    assert_eq!(empty["full_name"], "");
    assert_eq!(empty["structured_postal_address"]["postal_code"], "");
    put(&service, &session, &person()).await.expect(200);
    let reviewed = service.requirement_of(&session, "APPLICANT_PROFILE").await;
    assert_eq!(reviewed["state"], "COMPLETE");
}

#[tokio::test]
async fn what_sdks_leave_unset_does_not_hide_the_rest() {
    let service = Service::start().await;
    let mut payload = identity_profile();
    let profile = &mut payload["resources"]["applicant_profile"];
    profile["structured_postal_address"]["building_number"] = Value::Null;
    let session = service.create(payload).await;
    let found = service.get(&session, PROFILE).await.expect(200);
    assert_eq!(found["full_name"], "Anna Maria Eriksson");
    assert_eq!(found["structured_postal_address"]["town_city"], "London");
    assert_eq!(found["structured_postal_address"]["building_number"], "");
}

#[tokio::test]
async fn a_profile_without_an_identity_profile_asks_nothing_of_the_person() {
    let service = Service::start().await;
    let mut payload = one_document();
    payload["resources"] = json!({ "applicant_profile": person() });
    let session = service.create(payload).await;
    let found = service.configuration(&session).await;
    assert!(found.get("identity_profile").is_none());
    let resources = found["capture"]["required_resources"].as_array().unwrap();
    assert_eq!(resources.len(), 1);
    service
        .get(&session, PROFILE)
        .await
        .refused(404, "RESOURCE_NOT_FOUND");
    put(&service, &session, &person())
        .await
        .refused(404, "RESOURCE_NOT_FOUND");
    service.deliver(&session, "PASSPORT", &[&PASSPORT]).await;
    service.end(&session).await.expect(204);
}

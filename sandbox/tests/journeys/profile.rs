//! Looking through the applicant's profile in an identity-profile session.

use serde_json::{Value, json};
use vestibule_sandbox::NewSession;

use crate::accessibility::is_accessible;
use crate::person::Person;
use crate::world::{Camera, Device, World};

/// A session of the published identity-profile form, with what the business
/// knows of the person.
fn identity_profile(world: &World, sdk_config: Value) -> NewSession {
    let payload = json!({
        "identity_profile_requirements":
            {"trust_framework": "UK_TFIDA", "scheme": {"type": "DBS", "objective": "BASIC"}},
        "subject": {"subject_id": "someone"},
        "resources": {"applicant_profile": {
            "full_name": "Anna Maria Eriksson", "date_of_birth": "1974-08-12",
            "structured_postal_address": {
                "address_format": 1, "building_number": "1", "address_line1": "High Street",
                "town_city": "London", "postal_code": "EC3A 4AF", "country_iso": "GBR",
                "country": "United Kingdom"},
        }},
    });
    world.session_of(payload, sdk_config)
}

/// Everything that comes before the profile: document, consent, face.
async fn gets_to_the_profile(person: &Person) {
    person.chooses("PASSPORT").await;
    person.uploads("passport.jpg").await;
    person.presses("use").await;
    person.sees("consent").await;
    person.presses("agree").await;
    person.sees("face-guidance").await;
    person.photographs().await;
    person.presses("use").await;
    person.sees("profile").await;
}

/// A correction that the service refuses, then one that it takes.
async fn details_are_corrected(device: Device, sdk_config: Value) {
    let world = World::on(device, Camera::Face).await;
    let session = identity_profile(&world, sdk_config);
    let person = world.person();
    person.opens(&session.link).await;
    gets_to_the_profile(&person).await;
    person
        .reads("[data-field=\"country\"] [value=\"GBR\"]:checked")
        .await;
    is_accessible(&person, "profile").await;
    person.types("full-name", " ").await;
    person.presses("submit").await;
    person.is_led_to("full-name").await;
    person.types("full-name", "Anna Eriksson").await;
    person.types("postal-code", "12345").await;
    person.presses("submit").await;
    person.is_led_to("postal-code").await;
    is_accessible(&person, "profile with an error").await;
    person.sees("profile").await;
    person.types("postal-code", "EC3A 4AF").await;
    person.presses("submit").await;
    person.sees("done").await;
    person.presses("leave").await;
    person.arrives_at(&world.page("/outcome/success")).await;
    assert_eq!(world.result(&session)["state"], "COMPLETED");
    world.close().await;
}

#[tokio::test]
async fn details_are_corrected_on_a_desktop() {
    details_are_corrected(Device::Desktop, json!({"dark_mode": "OFF"})).await;
}

#[tokio::test]
async fn details_are_corrected_from_right_to_left_on_a_phone() {
    details_are_corrected(Device::Phone, json!({"dark_mode": "ON", "locale": "ar"})).await;
}

#[tokio::test]
async fn the_third_wrong_correction_ends_the_session() {
    let world = World::on(Device::Phone, Camera::Face).await;
    let session = identity_profile(&world, json!({}));
    let person = world.person();
    person.opens(&session.link).await;
    gets_to_the_profile(&person).await;
    for wrong in ["12345", "67890"] {
        person.types("postal-code", wrong).await;
        person.presses("submit").await;
        person.is_led_to("postal-code").await;
    }
    person.types("postal-code", "00000").await;
    person.presses("submit").await;
    person.sees("ended").await;
    assert!(person.reads("[data-error-code]").await.contains("7001"));
    world.close().await;
}

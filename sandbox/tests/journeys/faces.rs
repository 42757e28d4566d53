//! Consent and faces, as the session asks for them.

use serde_json::{Value, json};
use vestibule_sandbox::NewSession;

use crate::accessibility::is_accessible;
use crate::person::Person;
use crate::world::{Camera, Device, World};

/// A session with a liveness check of this type and consent at this moment.
fn liveness(world: &World, kind: &str, flow: &str) -> NewSession {
    world.session_of(
        json!({"requested_checks": [
            {"type": "LIVENESS", "config": {"liveness_type": kind, "max_retries": 2}},
        ]}),
        json!({"biometric_consent_flow": flow}),
    )
}

/// From the guidance to the picture.
async fn takes_a_selfie(person: &Person) {
    person.sees("face-guidance").await;
    person.photographs().await;
    person.presses("use").await;
}

async fn agrees(person: &Person) {
    person.sees("consent").await;
    person.presses("agree").await;
}

fn capture(result: &Value) -> &Value {
    &result["resources"]["liveness_capture"][0]
}

#[tokio::test]
async fn a_face_is_captured_on_a_phone_after_consent() {
    let world = World::on(Device::Phone, Camera::Face).await;
    let session = liveness(&world, "STATIC", "EARLY");
    let person = world.person();
    person.opens(&session.link).await;
    person.sees("start").await;
    person.presses("continue").await;
    agrees(&person).await;
    takes_a_selfie(&person).await;
    person.sees("done").await;
    person.presses("leave").await;
    person.arrives_at(&world.page("/outcome/success")).await;

    let result = world.result(&session);
    assert_eq!(result["state"], "COMPLETED");
    assert_eq!(capture(&result)["liveness_type"], "STATIC");
    assert!(result["biometric_consent"].is_string(), "{result}");
    world.close().await;
}

#[tokio::test]
async fn the_preview_of_a_face_is_mirrored_and_its_picture_is_not() {
    let world = World::new(Camera::Face).await;
    let session = liveness(&world, "STATIC", "EARLY");
    let person = world.person();
    person.opens(&session.link).await;
    person.presses("continue").await;
    agrees(&person).await;
    person.sees("face-guidance").await;
    person.presses("use-camera").await;
    person
        .reads("[data-action=\"shutter\"]:not([aria-disabled])")
        .await;
    let mirrored = ".vst-camera__slot--mirrored video";
    assert!(person.has(mirrored).await);
    person.presses("shutter").await;
    person.sees("review").await;
    world.close().await;
}

#[tokio::test]
async fn a_picture_that_failed_is_tried_again_until_none_is_left() {
    let world = World::on(Device::Phone, Camera::Face).await;
    let session = liveness(&world, "STATIC", "JUST_IN_TIME");
    let again = json!({
        "result": {"recommendation": {"value": "MUST_TRY_AGAIN", "reason": {"value": "QUALITY", "detail": "FACE_NOT_FOUND"}}},
    });
    world
        .sandbox
        .script_session(
            &session.id,
            &json!({"task_results": {"LIVENESS": [again.clone(), again]}}),
        )
        .expect("the script is valid");
    let person = world.person();
    person.opens(&session.link).await;
    person.presses("continue").await;
    agrees(&person).await;
    takes_a_selfie(&person).await;
    person.sees("try-again").await;
    assert!(
        person
            .reads("[data-attempts-left]")
            .await
            .contains("1 more try")
    );
    // A reload wins nobody an attempt, and what was agreed is not asked again.
    person.reloads().await;
    person.sees("start").await;
    person.presses("continue").await;
    takes_a_selfie(&person).await;
    person.sees("ended").await;
    person.presses("leave").await;
    person
        .arrives_at(&world.page("/outcome/error?order=7&yotiErrorCode=5002"))
        .await;
    world.close().await;
}

#[tokio::test]
async fn who_does_not_agree_may_stop_and_think_better_of_it() {
    let world = World::new(Camera::Face).await;
    let session = liveness(&world, "STATIC", "EARLY");
    let person = world.person();
    person.opens(&session.link).await;
    person.presses("continue").await;
    person.sees("consent").await;
    person.presses("refuse").await;
    person.sees_heading("Stop here?").await;
    person.presses("refuse").await;
    person.sees("ended").await;
    assert!(person.reads("[data-error-code]").await.contains("1000"));
    assert!(world.result(&session)["biometric_consent"].is_null());

    person.opens(&session.link).await;
    person.presses("continue").await;
    agrees(&person).await;
    takes_a_selfie(&person).await;
    person.sees("done").await;
    world.close().await;
}

#[tokio::test]
async fn a_face_to_compare_with_the_document_is_captured_after_it() {
    let world = World::on(Device::Phone, Camera::Face).await;
    let session = world.session_of(
        json!({
            "requested_checks": [{"type": "ID_DOCUMENT_FACE_MATCH", "config": {"manual_check": "NEVER"}}],
            "required_documents": [{"type": "ID_DOCUMENT"}],
        }),
        json!({}),
    );
    let person = world.person();
    person.opens(&session.link).await;
    person.chooses("PASSPORT").await;
    person.uploads("passport.jpg").await;
    person.presses("use").await;
    agrees(&person).await;
    takes_a_selfie(&person).await;
    person.sees("done").await;
    let result = world.result(&session);
    let face = &result["resources"]["face_capture"][0];
    assert!(face["image"]["media"]["id"].is_string(), "{result}");
    world.close().await;
}

#[tokio::test]
async fn a_check_without_its_component_ends_before_anything_is_captured() {
    let world = World::new(Camera::Face).await;
    let session = liveness(&world, "ZOOM", "EARLY");
    let person = world.person();
    person.opens(&session.link).await;
    person.sees("ended").await;
    assert!(person.reads("[data-error-code]").await.contains("5001"));
    world.close().await;
}

/// The browser under test finds no faces by itself and our own finder is put
/// out of its way, so a detector is plugged in that first sees nobody and then
/// somebody in the right place.
const DETECTOR: &str = "document.querySelector('meta[name=vestibule-faces]')?.remove(); \
    let looks = 0; window.FaceDetector = class { \
    async detect(video) { looks += 1; \
      const [width, height] = [video.videoWidth, video.videoHeight]; \
      const face = {x: width * 0.4, y: height * 0.25, width: width * 0.2, height: height * 0.5}; \
      return looks < 8 ? [] : [{boundingBox: DOMRectReadOnly.fromRect(face)}]; } };";

#[tokio::test]
async fn where_the_browser_sees_faces_the_picture_is_taken_by_itself() {
    let world = World::on(Device::Phone, Camera::Face).await;
    let session = liveness(&world, "STATIC", "EARLY");
    let person = world.person();
    person.opens(&session.link).await;
    person.presses("continue").await;
    agrees(&person).await;
    person.sees("face-guidance").await;
    person.runs(DETECTOR).await;
    person.presses("use-camera").await;
    // Nobody presses anything.
    person.sees("review").await;
    world.close().await;
}

async fn every_screen_of_a_face_is_accessible(device: Device, sdk_config: Value) {
    let world = World::on(device, Camera::Face).await;
    let session = world.session_of(
        json!({"requested_checks": [
            {"type": "LIVENESS", "config": {"liveness_type": "STATIC", "max_retries": 2}},
        ]}),
        sdk_config,
    );
    let again = json!({
        "result": {"recommendation": {"value": "MUST_TRY_AGAIN", "reason": {"value": "QUALITY", "detail": "PHOTO_TOO_DARK"}}},
    });
    world
        .sandbox
        .script_session(&session.id, &json!({"task_results": {"LIVENESS": [again]}}))
        .expect("the script is valid");
    let person = world.person();
    person.opens(&session.link).await;
    person.presses("continue").await;
    person.sees("consent").await;
    is_accessible(&person, "consent").await;
    person.presses("refuse").await;
    person.reads("[data-action=\"agree\"]").await;
    is_accessible(&person, "refusing").await;
    person.presses("agree").await;
    person.sees("face-guidance").await;
    is_accessible(&person, "guidance").await;
    person.presses("use-camera").await;
    person
        .reads("[data-action=\"shutter\"]:not([aria-disabled])")
        .await;
    is_accessible(&person, "camera").await;
    person.presses("shutter").await;
    person.sees("review").await;
    is_accessible(&person, "review").await;
    person.presses("use").await;
    person.sees("try-again").await;
    is_accessible(&person, "try again").await;
    world.close().await;
}

#[tokio::test]
async fn every_screen_of_a_face_is_accessible_in_light_on_a_desktop() {
    let config = json!({"dark_mode": "OFF", "primary_colour": "#ffff00"});
    every_screen_of_a_face_is_accessible(Device::Desktop, config).await;
}

#[tokio::test]
async fn every_screen_of_a_face_is_accessible_from_right_to_left_on_a_phone() {
    let config = json!({"dark_mode": "ON", "locale": "ar"});
    every_screen_of_a_face_is_accessible(Device::Phone, config).await;
}

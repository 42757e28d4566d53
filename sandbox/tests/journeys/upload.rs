//! By file: good ones, bad ones, and what the service says of them.

use serde_json::json;

use crate::person::Person;
use crate::world::{Camera, World};

#[tokio::test]
async fn a_card_where_a_passport_was_chosen_is_asked_about_and_can_be_sent() {
    let world = World::new(Camera::Missing).await;
    let session = world.session(json!({}));
    let person = world.person();
    person.opens(&session.link).await;
    person.chooses("PASSPORT").await;
    person.uploads("zone-of-card.jpg").await;
    person
        .waits_for(
            "return document.querySelector('.vst-alert')?.textContent.includes('right document?')",
        )
        .await;
    person.presses("use").await;
    person.sees("done").await;
    world.close().await;
}

#[tokio::test]
async fn both_sides_of_a_licence_are_uploaded() {
    let world = World::new(Camera::Missing).await;
    let session = world.session(json!({}));
    let person = world.person();
    person.opens(&session.link).await;
    person.chooses("DRIVING_LICENCE").await;
    person.uploads("licence-front.jpg").await;
    person.presses("use").await;
    person.sees("guidance").await;
    person.uploads("licence-back.jpg").await;
    person.presses("use").await;
    person.sees("done").await;
    person.presses("leave").await;
    person.arrives_at(&world.page("/outcome/success")).await;

    let result = world.result(&session);
    let pages = result["resources"]["id_documents"][0]["pages"]
        .as_array()
        .expect("pages");
    assert_eq!(pages.len(), 2);
    assert!(pages.iter().all(|page| page["capture_method"] == "UPLOAD"));

    // The business sees where the client saw the documents.
    let page = world.page(&format!("/sessions/{}", session.id));
    person.opens(&page).await;
    person
        .waits_for("return document.querySelectorAll('figure polygon').length === 2")
        .await;
    person.keeps_a_picture_of("portal").await;
    world.close().await;
}

async fn uploads_and_uses(person: &Person, name: &str) {
    person.uploads(name).await;
    person.presses("use").await;
}

#[tokio::test]
async fn a_blurred_picture_is_explained_and_a_good_one_succeeds() {
    let world = World::new(Camera::Missing).await;
    let session = world.session(json!({}));
    let person = world.person();
    person.opens(&session.link).await;
    person.chooses("PASSPORT").await;
    person.uploads("passport-blurred.jpg").await;
    // Seen before it is sent; the person decides.
    let doubt = person.reads(".vst-alert").await;
    assert!(doubt.contains("The picture is blurred"), "{doubt}");
    person.presses("use").await;
    person.sees("try-again").await;
    assert_eq!(person.reads("h1").await, "The picture is blurred");
    assert_eq!(
        person.reads("[data-attempts-left]").await,
        "You have 1 more try."
    );
    person.presses("retake").await;
    person.sees("guidance").await;
    person.uploads("passport.jpg").await;
    assert!(!person.has(".vst-alert").await, "nothing is wrong with it");
    person.presses("use").await;
    person.sees("done").await;

    let result = world.result(&session);
    let documents = result["resources"]["id_documents"]
        .as_array()
        .expect("documents");
    let states: Vec<_> = documents
        .iter()
        .map(|document| document["tasks"][0]["state"].clone())
        .collect();
    assert_eq!(
        states,
        [json!("FAILED"), json!("DONE")],
        "the earlier attempt stays"
    );
    assert_eq!(
        documents[0]["tasks"][0]["recommendation"]["reason"]["detail"],
        "PHOTO_TOO_BLURRY"
    );
    world.close().await;
}

#[tokio::test]
async fn the_last_attempt_ends_at_the_error_address() {
    let world = World::new(Camera::Missing).await;
    let session = world.session(json!({
        "attempts_configuration": {"ID_DOCUMENT_TEXT_DATA_EXTRACTION": {"GENERIC": 2, "RECLASSIFICATION": 1}},
    }));
    let person = world.person();
    person.opens(&session.link).await;
    person.chooses("PASSPORT").await;
    uploads_and_uses(&person, "passport-dark.jpg").await;
    person.sees("try-again").await;
    assert_eq!(person.reads("h1").await, "The picture is too dark");

    // A reload wins nothing.
    person.reloads().await;
    person.chooses("PASSPORT").await;
    uploads_and_uses(&person, "passport-blurred.jpg").await;
    person.sees("ended").await;
    assert!(person.reads("[data-error-code]").await.contains("4001"));
    person.presses("leave").await;
    person
        .arrives_at(&world.page("/outcome/error?order=7&yotiErrorCode=4001"))
        .await;
    world.close().await;
}

#[tokio::test]
async fn a_file_that_is_no_picture_says_why_and_loses_nothing() {
    let world = World::new(Camera::Missing).await;
    let session = world.session(json!({}));
    let person = world.person();
    person.opens(&session.link).await;
    person.chooses("PASSPORT").await;
    person.presses("upload").await;
    person.sees("upload").await;
    person.picks("letter.pdf").await;
    let alert = person.reads("[role=\"alert\"]").await;
    assert!(alert.contains("PDF"), "{alert}");
    person.picks("passport.jpg").await;
    person.sees("review").await;
    world.close().await;
}

#[tokio::test]
async fn browser_back_goes_one_screen_back_and_keeps_the_picture() {
    let world = World::new(Camera::Missing).await;
    let session = world.session(json!({}));
    let person = world.person();
    person.opens(&world.page("/")).await;
    person.opens(&session.link).await;
    person.chooses("DRIVING_LICENCE").await;
    person.uploads("licence-front.jpg").await;
    person.presses("use").await;
    person.sees("guidance").await;
    for screen in ["review", "guidance", "choose-document", "start"] {
        person.presses_browser_back().await;
        person.sees(screen).await;
    }
    // Nothing lies before the start but the page that the person came from.
    person.presses_browser_back().await;
    person.arrives_at(&world.page("/")).await;
    world.close().await;
}

#[tokio::test]
async fn a_reload_in_the_middle_continues_the_session() {
    let world = World::new(Camera::Missing).await;
    let session = world.session(json!({}));
    let person = world.person();
    person.opens(&session.link).await;
    person.chooses("PASSPORT").await;
    let address = person.address().await;
    assert!(
        !address.contains("sessionToken") && !address.contains(&session.token),
        "{address}"
    );
    person.uploads("passport.jpg").await;
    person.reloads().await;
    person.chooses("PASSPORT").await;
    uploads_and_uses(&person, "passport.jpg").await;
    person.sees("done").await;
    world.close().await;
}

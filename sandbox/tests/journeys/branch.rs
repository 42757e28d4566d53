//! Preparing a visit to a branch, from the business's payload to the letter.

use std::time::Duration;

use serde_json::{Value, json};
use tokio::time::{Instant, interval};
use vestibule_sandbox::NewSession;

use crate::accessibility::is_accessible;
use crate::person::Person;
use crate::world::{Camera, Device, GLANCE, PATIENCE, World};

/// The published example of a session in a branch, with addresses of ours.
fn in_branch(world: &World, change: impl FnOnce(&mut Value)) -> NewSession {
    let mut payload: Value =
        serde_json::from_str(include_str!("../api/published-in-branch-session.json"))
            .expect("the example is JSON");
    payload["ibv_options"]["user_price"] = json!({"amount": "10.50", "currency": "GBP"});
    payload["block_biometric_consent"] = true.into();
    let config = &mut payload["sdk_config"];
    config["success_url"] = world.page("/outcome/success").into();
    config["error_url"] = world.page("/outcome/error").into();
    // What people read is compared with the British texts.
    config["locale"] = "en-GB".into();
    config["preset_issuing_country"] = "GBR".into();
    change(&mut payload);
    if let Some(map) = payload.as_object_mut() {
        // Nobody listens there.
        map.remove("notifications");
    }
    world
        .sandbox
        .create_session(&payload)
        .expect("the payload is valid")
}

impl Person {
    /// Types into a field of a form.
    pub(crate) async fn types(&self, field: &str, words: &str) {
        let selector = format!("[data-field=\"{field}\"]");
        self.reads(&selector).await;
        let control = self
            .driver
            .find(thirtyfour::By::Css(selector.as_str()))
            .await
            .expect("the field is there");
        control.clear().await.expect("the field is emptied");
        control.send_keys(words).await.expect("words are typed");
    }

    /// The field that has the focus, once one has.
    pub(crate) async fn is_led_to(&self, field: &str) {
        self.reads(&format!("[data-field=\"{field}\"]:focus")).await;
    }

    /// From the start to the search for a branch.
    async fn chooses_what_to_bring(&self) {
        self.sees("start").await;
        self.presses("continue").await;
        self.sees("branch-intro").await;
        self.presses("continue").await;
        self.sees("choose-document").await;
        self.presses("continue").await;
        self.reads("[data-document-type=\"BANK_STATEMENT\"]").await;
        self.sees("choose-document").await;
        self.presses("continue").await;
        self.sees("branch-find").await;
    }

    async fn finds_a_branch(&self) {
        self.types("search-post-code", "EC3A 4AF").await;
        self.presses("submit").await;
        self.clicks("[data-branch=\"V000137\"]").await;
        self.sees("branch-find").await;
        self.presses("continue").await;
        self.sees("branch-contact").await;
    }

    async fn says_who_comes(&self) {
        self.types("first-name", "Ada").await;
        self.types("last-name", "Lovelace").await;
        self.types("email", "ada@example.com").await;
        self.types("email-again", "ada@example.com").await;
        self.clicks(".vst-choice--tick").await;
        self.presses("submit").await;
        self.sees("branch-letter").await;
    }

    /// Waits until the status of the letter is said.
    async fn hears(&self, status: &str, words: &str) {
        let give_up_at = Instant::now() + PATIENCE;
        let mut glances = interval(GLANCE);
        loop {
            glances.tick().await;
            let said = self.reads(&format!("[data-status=\"{status}\"]")).await;
            if said == words {
                return;
            }
            assert!(Instant::now() < give_up_at, "heard only {said:?}");
        }
    }
}

/// The whole preparation; every wrong turn on the way is taken once.
async fn a_visit_is_prepared(device: Device) {
    let world = World::on(device, Camera::Missing).await;
    let session = in_branch(&world, |_| {});
    let person = world.person();
    // What the browser is given to save, without a dialogue that nobody answers.
    person.opens(&session.link).await;
    person
        .runs(
            "window.saved = []; \
             const make = URL.createObjectURL; \
             URL.createObjectURL = (blob) => { \
               blob.slice(0, 5).text().then((text) => saved.push(text)); return make(blob); }; \
             HTMLAnchorElement.prototype.click = function () { saved.push(this.download); };",
        )
        .await;
    person.chooses_what_to_bring().await;
    person.types("search-post-code", "nowhere").await;
    person.presses("submit").await;
    person.is_led_to("search-post-code").await;
    assert!(
        person
            .reads("#vst-error-search-post-code")
            .await
            .contains("We don’t know this postcode")
    );
    person.finds_a_branch().await;
    person.presses("submit").await;
    person.is_led_to("first-name").await;
    person.sees("branch-contact").await;
    person.says_who_comes().await;
    person.presses("save-letter").await;
    person
        .hears("save", "The letter should now be among your downloads.")
        .await;
    person.presses("email-letter").await;
    person
        .hears("email", "The letter is on its way to ada@example.com.")
        .await;
    person.sees("branch-letter").await;
    let saved = person.runs("return window.saved.sort()").await;
    assert_eq!(saved, json!(["%PDF-", "branch-letter.pdf"]));

    person.reloads().await;
    person.sees("branch-letter").await;
    let page = person.page_text().await;
    assert!(page.contains("Lantern Row"), "{page}");
    person.presses("continue").await;
    person.sees("done").await;
    person.presses("leave").await;
    person.arrives_at(&world.page("/outcome/success")).await;
    // Recorded at the service.
    person
        .opens(&world.page(&format!("/sessions/{}", session.id)))
        .await;
    let portal = person.page_text().await;
    assert!(portal.contains("ada@example.com"), "{portal}");
    world.close().await;
}

#[tokio::test]
async fn a_visit_to_a_branch_is_prepared_on_a_desktop() {
    a_visit_is_prepared(Device::Desktop).await;
}

#[tokio::test]
async fn a_visit_to_a_branch_is_prepared_on_a_phone() {
    a_visit_is_prepared(Device::Phone).await;
}

#[tokio::test]
async fn a_visit_that_is_prepared_too_late_ends_with_its_code() {
    let world = World::new(Camera::Missing).await;
    let session = in_branch(&world, |payload| {
        payload["client_session_token_ttl"] = 3_600.into();
    });
    let person = world.person();
    person.opens(&session.link).await;
    person.chooses_what_to_bring().await;
    person.finds_a_branch().await;
    world.clock.advance(Duration::from_secs(3_601));
    person.types("first-name", "Ada").await;
    person.types("last-name", "Lovelace").await;
    person.types("email", "ada@example.com").await;
    person.types("email-again", "ada@example.com").await;
    person.clicks(".vst-choice--tick").await;
    person.presses("submit").await;
    person.sees("ended").await;
    assert!(person.reads("[data-error-code]").await.contains("2002"));
    world.close().await;
}

/// Every screen of the preparation, with and without errors.
async fn every_form_is_accessible(device: Device, sdk_config: Value) {
    let world = World::on(device, Camera::Missing).await;
    let session = in_branch(&world, |payload| {
        if let (Some(config), Value::Object(changes)) =
            (payload["sdk_config"].as_object_mut(), sdk_config)
        {
            config.extend(changes);
        }
    });
    let person = world.person();
    person.opens(&session.link).await;
    person.sees("start").await;
    person.presses("continue").await;
    person.sees("branch-intro").await;
    is_accessible(&person, "introduction").await;
    person.presses("continue").await;
    person.sees("choose-document").await;
    is_accessible(&person, "document to bring").await;
    person.presses("continue").await;
    person
        .reads("[data-document-type=\"BANK_STATEMENT\"]")
        .await;
    person.presses("continue").await;
    person.sees("branch-find").await;
    is_accessible(&person, "search").await;
    person.presses("submit").await;
    person.is_led_to("search-post-code").await;
    is_accessible(&person, "search with an error").await;
    person.types("search-post-code", "EC3A 4AF").await;
    person.presses("submit").await;
    person.clicks("[data-branch=\"V000137\"]").await;
    person.sees("branch-find").await;
    is_accessible(&person, "branches").await;
    person.presses("continue").await;
    person.sees("branch-contact").await;
    person.presses("submit").await;
    person.is_led_to("first-name").await;
    is_accessible(&person, "contact with errors").await;
    person.sees("branch-contact").await;
    person.says_who_comes().await;
    is_accessible(&person, "letter").await;
    world.close().await;
}

#[tokio::test]
async fn every_form_of_a_visit_is_accessible_in_light_on_a_desktop() {
    every_form_is_accessible(Device::Desktop, json!({"dark_mode": "OFF"})).await;
}

#[tokio::test]
async fn every_form_of_a_visit_is_accessible_from_right_to_left_on_a_phone() {
    every_form_is_accessible(Device::Phone, json!({"dark_mode": "ON", "locale": "ar"})).await;
}

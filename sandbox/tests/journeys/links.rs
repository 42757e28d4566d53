//! Links that do not open, and sessions whose time is over.

use std::time::Duration;

use serde_json::json;

use crate::world::{Camera, World};

#[tokio::test]
async fn a_link_that_does_not_open_says_why() {
    let world = World::new(Camera::Missing).await;
    let person = world.person();
    let session = world.session(json!({}));
    let other = world.session(json!({}));
    let late = world.session(json!({}));
    let base = format!("{}/web/index.html", world.sandbox.base_url());
    let unknown = "00000000-0000-4000-8000-000000000000";
    let cases = [
        (
            format!("{base}?sessionID={}&sessionToken=wrong", session.id),
            "2000",
        ),
        (
            format!(
                "{base}?sessionID={}&sessionToken={}",
                session.id, other.token
            ),
            "2000",
        ),
        (
            format!("{base}?sessionID={unknown}&sessionToken={}", session.token),
            "2001",
        ),
        (format!("{base}?sessionToken={}", session.token), "2004"),
        (base.clone(), "2004"),
    ];
    for (link, code) in cases {
        person.opens(&link).await;
        person.sees("ended").await;
        assert!(
            person.reads("[data-error-code]").await.contains(code),
            "{link}"
        );
        let address = person.address().await;
        assert!(
            address.contains(&format!("yotiErrorCode={code}")),
            "{address}"
        );
        assert!(!address.contains("sessionToken"), "{address}");
    }

    // A tab of its own: the one above has no token for this session.
    person.opens(&format!("{base}?sessionID={}", late.id)).await;
    person.sees("ended").await;
    assert!(person.reads("[data-error-code]").await.contains("2003"));

    world.clock.advance(Duration::from_secs(601));
    person.opens(&late.link).await;
    person.sees("ended").await;
    assert!(
        person.reads("[data-error-code]").await.contains("2000"),
        "expired before it was opened"
    );
    world.close().await;
}

#[tokio::test]
async fn a_session_that_runs_out_on_the_way_ends_with_its_code() {
    let world = World::new(Camera::Missing).await;
    let session = world.session(json!({}));
    let person = world.person();
    person.opens(&session.link).await;
    person.chooses("PASSPORT").await;
    person.uploads("passport.jpg").await;
    world.clock.advance(Duration::from_secs(601));
    person.presses("use").await;
    person.sees("ended").await;
    assert!(person.reads("[data-error-code]").await.contains("2002"));
    person.presses("leave").await;
    person
        .arrives_at(&world.page("/outcome/error?order=7&yotiErrorCode=2002"))
        .await;
    world.close().await;
}

#[tokio::test]
async fn having_none_of_the_documents_is_told_to_the_business() {
    let world = World::new(Camera::Missing).await;
    let session = world.session(json!({}));
    let person = world.person();
    person.opens(&session.link).await;
    person.sees("start").await;
    person.presses("continue").await;
    person.presses("no-document").await;
    person.sees("ended").await;
    person.presses("leave").await;
    person
        .arrives_at(&world.page("/outcome/error?order=7&yotiErrorCode=7000"))
        .await;
    world.close().await;
}

#[tokio::test]
async fn the_configured_language_and_colours_are_used_and_the_person_can_change_the_language() {
    let world = World::new(Camera::Missing).await;
    let session = world.session(json!({
        "locale": "ar", "primary_colour": "#0b5fff", "dark_mode": "OFF",
        "privacy_policy_url": "https://shop.example/privacy",
    }));
    let person = world.person();
    person.opens(&session.link).await;
    person.sees("start").await;
    // The texts of another language arrive a moment later.
    person.reads("html[lang=\"ar\"][dir=\"rtl\"]").await;
    let style =
        "return getComputedStyle(document.querySelector('[data-action=continue]')).backgroundColor";
    assert_eq!(person.runs(style).await, json!("rgb(11, 95, 255)"));
    assert!(
        person.has("a[href=\"https://shop.example/privacy\"]").await,
        "the business's privacy policy is linked"
    );

    person.presses("continue").await;
    person.sees("choose-document").await;
    person
        .clicks("[data-action=\"language\"] option[value=\"en-GB\"]")
        .await;
    person.reads("html[lang=\"en-GB\"][dir=\"ltr\"]").await;
    person.sees("choose-document").await;
    assert_eq!(person.reads("h1").await, "Which document do you have?");
    // The choice is remembered for the session.
    person.reloads().await;
    person.sees("start").await;
    person.reads("html[lang=\"en-GB\"]").await;
    world.close().await;
}

//! People who open their link when little of its time is left.

use std::time::Duration;

use jiff::SignedDuration;
use serde_json::json;

use crate::world::{Camera, World};

#[tokio::test]
async fn a_link_that_is_opened_late_says_how_long_it_still_works() {
    let world = World::new(Camera::Missing).await;
    let session = world.session(json!({}));
    // The link works for ten minutes.
    world.clock.advance(Duration::from_mins(5));
    let person = world.person();
    person.opens(&session.link).await;
    person.sees("start").await;
    assert_eq!(
        person.reads("[data-minutes-left]").await,
        "This link works for 5 more minutes."
    );
    world.close().await;
}

#[tokio::test]
async fn a_link_with_a_deadline_says_so_only_when_the_deadline_is_near() {
    let world = World::new(Camera::Missing).await;
    let deadline = world.clock.now() + SignedDuration::from_hours(1);
    let session = world.session_of(
        json!({
            "session_deadline": deadline.to_string(),
            "required_documents": [{"type": "ID_DOCUMENT"}],
        }),
        json!({ "privacy_policy_url": "https://shop.example/privacy" }),
    );
    let person = world.person();
    person.opens(&session.link).await;
    person.sees("start").await;
    // The configuration has been read once its link is there.
    person
        .reads("a[href=\"https://shop.example/privacy\"]")
        .await;
    assert!(
        !person.has("[data-minutes-left]").await,
        "an hour is time enough"
    );

    world.clock.advance(Duration::from_mins(56));
    person.reloads().await;
    person.sees("start").await;
    assert_eq!(
        person.reads("[data-minutes-left]").await,
        "This link works for 4 more minutes."
    );
    world.close().await;
}

//! Inside a business's page.

use serde_json::json;
use thirtyfour::prelude::*;

use crate::person::Person;
use crate::world::{Camera, GLANCE, PATIENCE, World};

/// The host page under another origin than the client's: the sandbox answers
/// to both names of the loopback interface.
fn host_page(world: &World, session_id: &str, launch: &str) -> String {
    world
        .page(&format!("/host?session={session_id}&launch={launch}"))
        .replace("127.0.0.1", "localhost")
}

async fn enters_frame(person: &Person) {
    let frame = person
        .driver
        .query(By::Css("#client"))
        .wait(PATIENCE, GLANCE)
        .first()
        .await
        .expect("a frame");
    frame.enter_frame().await.expect("the frame can be entered");
}

async fn leaves_frame(person: &Person) {
    person
        .driver
        .enter_default_frame()
        .await
        .expect("the page can be entered");
}

/// Waits until the host page has heard exactly these messages.
async fn hears(person: &Person, messages: &[&str]) {
    leaves_frame(person).await;
    person
        .reads(&format!("#log li:nth-child({})", messages.len()))
        .await;
    let mut heard = Vec::new();
    for item in person
        .driver
        .find_all(By::Css("#log li"))
        .await
        .expect("a log")
    {
        heard.push(item.text().await.expect("a text"));
    }
    assert_eq!(heard, messages);
}

#[tokio::test]
async fn the_host_page_names_the_session_and_hears_of_success() {
    let world = World::new(Camera::Passport).await;
    let session = world.session(json!({"success_url": null, "error_url": null}));
    let person = world.person();
    person
        .opens(&host_page(&world, &session.id, "message"))
        .await;
    enters_frame(&person).await;
    person.chooses("PASSPORT").await;
    person.photographs().await;
    person.presses("use").await;
    person.sees("done").await;
    assert!(
        !person.has("[data-action=\"leave\"]").await,
        "there is nowhere to go"
    );
    hears(&person, &["STARTED", "INIT_SESSION sent", "SUCCESS"]).await;
    assert_eq!(world.result(&session)["state"], "COMPLETED");
    world.close().await;
}

#[tokio::test]
async fn the_host_page_hears_of_an_error_with_its_code() {
    let world = World::new(Camera::Missing).await;
    let session = world.session(json!({"success_url": null, "error_url": null}));
    let person = world.person();
    person.opens(&host_page(&world, &session.id, "link")).await;
    enters_frame(&person).await;
    person.sees("start").await;
    person.presses("continue").await;
    person.presses("no-document").await;
    person.sees("ended").await;
    hears(&person, &["ERROR 7000"]).await;
    world.close().await;
}

#[tokio::test]
async fn with_addresses_the_frame_returns_there_and_the_host_hears_nothing() {
    let world = World::new(Camera::Missing).await;
    let session = world.session(json!({}));
    let person = world.person();
    person.opens(&host_page(&world, &session.id, "link")).await;
    enters_frame(&person).await;
    person.chooses("PASSPORT").await;
    person.uploads("passport.jpg").await;
    person.presses("use").await;
    person.sees("done").await;
    person.presses("leave").await;
    person.sees_heading("The business's success page").await;
    leaves_frame(&person).await;
    assert!(!person.has("#log li").await, "no message was sent");
    world.close().await;
}

#[tokio::test]
async fn without_a_passed_on_camera_the_person_is_told_and_uploads() {
    let world = World::new(Camera::Passport).await;
    let session = world.session(json!({}));
    let person = world.person();
    person.opens(&host_page(&world, &session.id, "link")).await;
    // The host forgets allow="camera".
    person
        .runs("const frame = document.getElementById('client'); frame.allow = ''; frame.src = frame.src;")
        .await;
    enters_frame(&person).await;
    person.chooses("PASSPORT").await;
    person.presses("use-camera").await;
    assert_eq!(
        person.reads("[data-camera=\"blocked\"] h1").await,
        "This page can’t use the camera"
    );
    person.presses("upload").await;
    person.sees("upload").await;
    world.close().await;
}

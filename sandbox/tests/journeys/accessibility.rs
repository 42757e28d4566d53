//! Every screen of the journey, looked at by axe-core; and a journey without a
//! mouse.

use std::fs;
use std::path::Path;

use serde_json::{Value, json};
use thirtyfour::prelude::*;

use crate::person::Person;
use crate::world::{Camera, Device, World};

/// Asserts that axe-core finds no violation on the page as it is.
pub(crate) async fn is_accessible(person: &Person, what: &str) {
    let file =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/a11y/node_modules/axe-core/axe.min.js");
    let axe = fs::read_to_string(&file).unwrap_or_else(|_| {
        panic!("axe-core is not installed: run `npm ci --prefix sandbox/tests/a11y`")
    });
    person
        .driver
        .execute(&axe, Vec::new())
        .await
        .expect("axe loads");
    let run = "const done = arguments[arguments.length - 1]; \
               axe.run(document, {resultTypes: ['violations']}) \
                 .then((found) => done(found.violations.map((it) => [it.id, it.nodes.map((node) => node.html)])), \
                       (error) => done([String(error)]));";
    let violations = person
        .driver
        .execute_async(run, Vec::new())
        .await
        .expect("axe runs")
        .json()
        .clone();
    assert_eq!(violations, json!([]), "{what}");
}

/// The journey with one failed attempt, checked on every screen.
async fn every_screen_is_accessible(device: Device, sdk_config: Value) {
    let world = World::on(device, Camera::Passport).await;
    let session = world.session(sdk_config);
    let person = world.person();
    person.opens(&session.link).await;
    person.sees("start").await;
    is_accessible(&person, "start").await;
    person.presses("continue").await;
    person.sees("choose-document").await;
    is_accessible(&person, "choose document").await;
    person.presses("change-country").await;
    is_accessible(&person, "choose country").await;
    person.clicks("[data-country=\"GBR\"]").await;
    person.clicks("[data-document-type=\"PASSPORT\"]").await;
    person.presses("continue").await;
    person.sees("guidance").await;
    is_accessible(&person, "guidance").await;
    person.presses("upload").await;
    person.sees("upload").await;
    is_accessible(&person, "upload").await;
    person.picks("letter.pdf").await;
    person.reads("[role=\"alert\"]").await;
    is_accessible(&person, "upload with an error").await;
    person.picks("passport-blurred.jpg").await;
    person.sees("review").await;
    is_accessible(&person, "review").await;
    person.presses("use").await;
    person.sees("try-again").await;
    is_accessible(&person, "try again").await;
    person.presses("retake").await;
    person.sees("guidance").await;
    person.presses("use-camera").await;
    person.sees("camera").await;
    person.reads("video").await;
    is_accessible(&person, "camera").await;
    person.shoots().await;
    person.sees("review").await;
    person.presses("use").await;
    person.sees("done").await;
    is_accessible(&person, "done").await;
    person.opens(&session.link).await;
    person.sees("ended").await;
    is_accessible(&person, "ended").await;
    world.close().await;
}

#[tokio::test]
async fn every_screen_is_accessible_in_light_on_a_desktop() {
    every_screen_is_accessible(
        Device::Desktop,
        json!({"dark_mode": "OFF", "primary_colour": "#ffff00"}),
    )
    .await;
}

#[tokio::test]
async fn every_screen_is_accessible_in_dark_on_a_phone() {
    every_screen_is_accessible(
        Device::Phone,
        json!({"dark_mode": "ON", "primary_colour": "#000000"}),
    )
    .await;
}

#[tokio::test]
async fn every_screen_is_accessible_from_right_to_left_on_a_phone() {
    every_screen_is_accessible(Device::Phone, json!({"dark_mode": "OFF", "locale": "ar"})).await;
}

/// Presses a key wherever the focus is.
async fn presses_key(person: &Person, key: Key) {
    person
        .driver
        .active_element()
        .await
        .expect("a focus")
        .send_keys(key + "")
        .await
        .expect("a key");
}

/// Walks by Tab until the focus is on what this selects.
async fn tabs_to(person: &Person, selector: &str) {
    walks_to(person, selector, Key::Tab).await;
}

/// Walks by a key until the focus is on what this selects.
async fn walks_to(person: &Person, selector: &str, key: Key) {
    for _ in 0..60 {
        let is_there = person
            .runs(&format!(
                "return document.activeElement?.matches({selector:?}) ?? false"
            ))
            .await;
        if is_there == json!(true) {
            return;
        }
        let body = person.driver.find(By::Tag("body")).await.expect("a body");
        let focused = person.driver.active_element().await.unwrap_or(body);
        focused.send_keys(key.clone() + "").await.expect("a step");
    }
    panic!("{key:?} never reached {selector}");
}

async fn uses_key_on(person: &Person, selector: &str, key: Key) {
    tabs_to(person, selector).await;
    presses_key(person, key).await;
}

#[tokio::test]
async fn the_journey_works_without_a_mouse_and_the_focus_follows() {
    let world = World::new(Camera::Passport).await;
    let session = world.session(json!({}));
    let person = world.person();
    let has_focus = "return document.activeElement?.hasAttribute('data-screen-heading') ?? false";
    let lands_on = async |screen: &str| {
        person.sees(screen).await;
        person.reads("h1[data-screen-heading]:focus").await;
        assert_eq!(
            person.runs(has_focus).await,
            json!(true),
            "{screen}: the focus is on the heading"
        );
    };
    person.opens(&session.link).await;
    lands_on("start").await;
    uses_key_on(&person, "[data-action=continue]", Key::Enter).await;
    lands_on("choose-document").await;
    // Tab enters the group of radio buttons, the arrow keys choose within it.
    tabs_to(&person, "[data-document-type] input").await;
    let passport = "[data-document-type=PASSPORT] input";
    walks_to(&person, passport, Key::Down).await;
    presses_key(&person, Key::Space).await;
    person.reads(&format!("{passport}:checked")).await;
    uses_key_on(&person, "[data-action=continue]", Key::Enter).await;
    lands_on("guidance").await;
    uses_key_on(&person, "[data-action=use-camera]", Key::Enter).await;
    lands_on("camera").await;
    person
        .reads("[data-action=shutter]:not([aria-disabled])")
        .await;
    uses_key_on(&person, "[data-action=shutter]", Key::Enter).await;
    lands_on("review").await;
    uses_key_on(&person, "[data-action=use]", Key::Enter).await;
    person.sees("done").await;
    uses_key_on(&person, "[data-action=leave]", Key::Enter).await;
    person.arrives_at(&world.page("/outcome/success")).await;
    world.close().await;
}

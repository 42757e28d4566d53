//! Every screen of the journey, looked at by axe-core.

use std::fs;
use std::path::Path;

use serde_json::{Value, json};

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

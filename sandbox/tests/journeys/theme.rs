//! A business tries its colours in the portal.

use thirtyfour::prelude::*;

use crate::accessibility::is_accessible;
use crate::person::Person;
use crate::world::{Camera, World};

async fn types(person: &Person, selector: &str, words: &str) {
    let field = person.driver.find(By::Css(selector)).await;
    let field = field.expect("the field is there");
    field.send_keys(words).await.expect("it takes words");
}

/// The first frame of the preview that is shown.
const FRAME: &str = "document.querySelector('.screen:not([hidden]) iframe')";

/// In that frame, or in the client itself.
async fn sees_buttons_in(person: &Person, colour: &str) {
    let button =
        format!("({FRAME}?.contentDocument ?? document).querySelector('.vst-button--primary')");
    let shown = format!("getComputedStyle(button).backgroundColor === '{colour}'");
    let script = format!("const button = {button}; return Boolean(button) && {shown}");
    person.waits_for(&script).await;
}

#[tokio::test]
async fn a_business_sees_its_colours_everywhere_and_creates_a_session_with_them() {
    let world = World::new(Camera::Missing).await;
    let person = world.person();
    person.opens(&world.page("/theme")).await;
    sees_buttons_in(&person, "rgb(45, 159, 255)").await;
    is_accessible(&person, "preview").await;

    person
        .runs(&format!("{FRAME}.contentWindow.kept = true"))
        .await;
    types(&person, "#primary_colour", "#00aa66").await;
    sees_buttons_in(&person, "rgb(0, 170, 102)").await;
    person.clicks("#locale option[value=ar]").await;
    let is_turned = format!("return {FRAME}.contentDocument.documentElement.dir === 'rtl'");
    person.waits_for(&is_turned).await;
    // It was not loaded again.
    let is_kept = format!("return {FRAME}.contentWindow.kept === true");
    assert_eq!(person.runs(&is_kept).await, true);

    types(&person, "#font_colour", "#ffffff").await;
    let told = person.reads(".note--changed").await;
    let expected = "Your font colour #ffffff can’t be read on the primary colour #00aa66";
    assert!(told.starts_with(expected), "{told}");
    is_accessible(&person, "preview with a note").await;
    let config = person.runs("return document.querySelector('#sdk-config').value");
    assert!(config.await.to_string().contains("#00aa66"));

    // The address keeps what was chosen.
    person.reloads().await;
    sees_buttons_in(&person, "rgb(0, 170, 102)").await;
    person.clicks("#try").await;
    person.sees_heading("Sessions").await;
    types(&person, "#name", "Anna Eriksson").await;
    types(&person, "#email", "anna@example.com").await;
    person.clicks("form[action='/sessions'] > button").await;
    person.sees_heading("Anna Eriksson").await;
    let link = person.runs("return document.querySelector('#link').value");
    let link = link.await;
    person.opens(link.as_str().expect("a link")).await;
    person.sees("start").await;
    sees_buttons_in(&person, "rgb(0, 170, 102)").await;
    let direction = person.runs("return document.documentElement.dir").await;
    assert_eq!(direction, "rtl");
    world.close().await;
}

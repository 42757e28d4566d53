//! Every language on a small screen: is it there, and does it fit?

use serde_json::{Value, json};
use vestibule::domain::i18n::Locale;

use crate::person::Person;
use crate::world::{Camera, Device, World};

/// What is wider than the screen, or than the box that it is in, in words.
///
/// A box that scrolls may hold more than it shows; what only screen readers get,
/// and drawings, may be anywhere.
pub(crate) const OVERFLOWING: &str = r#"
const width = document.documentElement.clientWidth;
const named = (it, why) => `${why}: <${it.localName} class="${it.className}"> ${it.textContent.trim().slice(0, 60)}`;
const found = [];
if (document.documentElement.scrollWidth > width) found.push("the page scrolls sideways");
for (const it of document.querySelectorAll("body *")) {
  if (it.closest(".vst-visually-hidden, [hidden], svg, option, select, [aria-hidden=true]")) continue;
  const box = it.getBoundingClientRect();
  if (box.width === 0 || box.height === 0) continue;
  const style = getComputedStyle(it);
  // Only for screen readers, as the camera's heading.
  if (style.clipPath !== "none") continue;
  const scrolls = /auto|scroll/.test(style.overflowX + style.overflowY);
  if (box.left < -0.5 || box.right > width + 0.5) found.push(named(it, "beyond the screen"));
  else if (!it.textContent.trim()) continue;
  else if (!scrolls && style.display !== "inline" && it.scrollWidth > it.clientWidth + 1) found.push(named(it, "too wide"));
  else if (/hidden|clip/.test(style.overflowY) && it.scrollHeight > it.clientHeight + 1) found.push(named(it, "cut off"));
}
return found;
"#;

/// Speaks a language: by the menu, which is there even where it is not shown.
async fn speaks(person: &Person, locale: Locale) {
    let tag = locale.tag();
    person
        .runs(&format!(
            "const menu = document.querySelector('[data-action=language]'); \
             menu.value = {tag:?}; menu.dispatchEvent(new Event('change'))"
        ))
        .await;
    // The page's language is set once the texts are there and shown.
    person
        .waits_for(&format!(
            "return document.documentElement.lang === {tag:?} \
             && document.querySelector('[data-action=language]').dataset.spoken === {tag:?}"
        ))
        .await;
}

/// Asserts that a screen fits in every language.
async fn fits_in_every_language(person: &Person, screen: &str) {
    person.sees(screen).await;
    let mut wrong = Vec::new();
    for locale in Locale::ALL {
        speaks(person, *locale).await;
        person
            .keeps_a_picture_of(&format!("{screen}-{}", locale.tag()))
            .await;
        if let Value::Array(found) = person.runs(OVERFLOWING).await {
            wrong.extend(
                found
                    .into_iter()
                    .map(|it| format!("{}: {it}", locale.tag())),
            );
        }
    }
    speaks(person, Locale::EnGb).await;
    person.sees(screen).await;
    assert!(wrong.is_empty(), "{screen}: {wrong:#?}");
}

#[tokio::test]
async fn the_screens_of_a_document_fit_in_every_language() {
    let world = World::on(Device::SmallPhone, Camera::Missing).await;
    let session = world.session(json!({}));
    let person = world.person();
    person.opens(&session.link).await;
    fits_in_every_language(&person, "start").await;
    person.presses("continue").await;
    fits_in_every_language(&person, "choose-document").await;
    person.presses("change-country").await;
    fits_in_every_language(&person, "choose-document").await;
    person.clicks("[data-country=\"GBR\"]").await;
    person.clicks("[data-document-type=\"PASSPORT\"]").await;
    person.presses("continue").await;
    fits_in_every_language(&person, "guidance").await;
    person.presses("upload").await;
    person.sees("upload").await;
    person.picks("letter.pdf").await;
    person.reads("[role=\"alert\"]").await;
    fits_in_every_language(&person, "upload").await;
    person.picks("passport-blurred.jpg").await;
    fits_in_every_language(&person, "review").await;
    person.presses("use").await;
    fits_in_every_language(&person, "try-again").await;
    person.presses("retake").await;
    person.sees("guidance").await;
    person.uploads("passport.jpg").await;
    person.presses("use").await;
    fits_in_every_language(&person, "done").await;
    person.opens(&session.link).await;
    fits_in_every_language(&person, "ended").await;
    world.close().await;
}

#[tokio::test]
async fn the_camera_fits_in_every_language() {
    // With a document before it, it would take its picture in the middle of this.
    let world = World::on(Device::SmallPhone, Camera::EmptyDesk).await;
    let session = world.session(json!({}));
    let person = world.person();
    person.opens(&session.link).await;
    person.chooses("PASSPORT").await;
    person.presses("use-camera").await;
    person.sees("camera").await;
    person.reads("[data-action=automatic]").await;
    fits_in_every_language(&person, "camera").await;
    world.close().await;
}

#[tokio::test]
async fn the_screens_of_a_face_fit_in_every_language() {
    let world = World::on(Device::SmallPhone, Camera::Face).await;
    let session = world.session_of(
        json!({"requested_checks": [
            {"type": "LIVENESS", "config": {"liveness_type": "STATIC", "max_retries": 2}},
        ]}),
        json!({"biometric_consent_flow": "EARLY"}),
    );
    let person = world.person();
    person.opens(&session.link).await;
    person.sees("start").await;
    person.presses("continue").await;
    fits_in_every_language(&person, "consent").await;
    person.presses("agree").await;
    fits_in_every_language(&person, "face-guidance").await;
    world.close().await;
}

#[tokio::test]
async fn the_screens_of_a_bill_fit_in_every_language() {
    let world = World::on(Device::SmallPhone, Camera::Passport).await;
    let session = crate::supplementary::bill(&world, json!({"preset_issuing_country": "GBR"}));
    let person = world.person();
    person.opens(&session.link).await;
    person.sees("start").await;
    person.presses("continue").await;
    fits_in_every_language(&person, "choose-document").await;
    person.clicks("[data-document-type=\"UTILITY_BILL\"]").await;
    person.presses("continue").await;
    fits_in_every_language(&person, "supplementary-guidance").await;
    person.presses("continue").await;
    fits_in_every_language(&person, "pages").await;
    world.close().await;
}

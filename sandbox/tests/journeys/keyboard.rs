//! Journeys by keyboard alone: everything is reached, the focus follows and is
//! seen, and nothing keeps it.

use std::time::Duration;

use serde::Deserialize;
use serde_json::json;
use thirtyfour::action_chain::ActionChain;
use thirtyfour::prelude::*;

use crate::person::Person;
use crate::world::{Camera, Device, World};

/// More than there are to anything on a screen.
const MOST_STEPS: usize = 100;

/// Somebody who has no mouse.
#[derive(Clone, Copy)]
pub(crate) struct Typist<'a> {
    person: &'a Person,
}

impl<'a> Typist<'a> {
    pub(crate) fn new(person: &'a Person) -> Self {
        Self { person }
    }

    fn keyboard(&self) -> ActionChain {
        let at_once = Some(Duration::ZERO);
        self.person.driver.action_chain_with_delay(at_once, at_once)
    }

    /// Presses a key, wherever the focus is.
    async fn presses(&self, key: Key) {
        self.types(key + "").await;
    }

    async fn types(&self, words: impl Into<TypingData>) {
        self.keyboard()
            .send_keys(words.into())
            .perform()
            .await
            .expect("a keyboard");
    }

    async fn tabs_back(&self) {
        self.keyboard()
            .key_down(Key::Shift)
            .send_keys(Key::Tab + "")
            .key_up(Key::Shift)
            .perform()
            .await
            .expect("a keyboard");
    }

    /// Walks by a key until the focus is on what this selects.
    async fn walks_to(&self, selector: &str, key: Key) {
        let is_there = format!("return document.activeElement?.matches({selector:?}) ?? false");
        for _ in 0..MOST_STEPS {
            if self.person.runs(&is_there).await == json!(true) {
                return;
            }
            self.presses(key.clone()).await;
        }
        panic!("{key:?} never reached {selector}");
    }

    async fn tabs_to(&self, selector: &str) {
        self.walks_to(selector, Key::Tab).await;
    }

    /// Reaches a control by its action, and presses a key on it.
    async fn uses(&self, action: &str, key: Key) {
        self.tabs_to(&format!("[data-action={action:?}]")).await;
        self.presses(key).await;
    }

    /// Waits for something, which has the focus without a further key.
    async fn has_focus_on(&self, selector: &str) {
        self.person.reads(&format!("{selector}:focus")).await;
    }

    /// Waits for a screen, whose heading has the focus.
    async fn lands_on(&self, screen: &str) {
        self.person.sees(screen).await;
        let heading = format!("[data-screen={screen:?}] h1[data-screen-heading]");
        self.has_focus_on(&heading).await;
    }

    /// Walks by Tab from the beginning through everything that can be reached and
    /// out at the end, and the same way back; all of it is seen.
    pub(crate) async fn walks_through(&self, screen: &str) {
        self.person.runs(BEFORE_THE_WALK).await;
        let mut way: Vec<Stop> = Vec::new();
        for _ in 0..MOST_STEPS {
            self.presses(Key::Tab).await;
            match self.looks_at_focus(screen).await {
                // A date has several parts.
                Some(stop) if way.last() == Some(&stop) => {}
                Some(stop) => way.push(stop),
                None => break,
            }
        }
        assert_eq!(
            self.looks_at_focus(screen).await,
            None,
            "{screen}: caught in {way:#?}"
        );
        let missed = self.person.runs(NEVER_REACHED).await;
        assert_eq!(missed, json!([]), "{screen}: {way:#?}");

        let mut back: Vec<Stop> = Vec::new();
        for _ in 0..MOST_STEPS {
            if back.len() == way.len() {
                break;
            }
            self.tabs_back().await;
            match self.looks_at_focus(screen).await {
                Some(stop) if back.last() == Some(&stop) => {}
                Some(stop) => back.push(stop),
                None => break,
            }
        }
        back.reverse();
        assert_eq!(back, way, "{screen}: the same way back");
    }

    /// Where the focus is, unless it is on the page itself.
    async fn looks_at_focus(&self, screen: &str) -> Option<Stop> {
        let stop = self.person.runs(AT_A_STOP).await;
        let stop: Option<Stop> = serde_json::from_value(stop).expect("a stop or none");
        if let Some(Stop {
            name, complaint, ..
        }) = &stop
        {
            assert_eq!(*complaint, None, "{screen}: {name}");
        }
        stop
    }
}

/// Where the focus is on a walk.
#[derive(Debug, PartialEq, Deserialize)]
struct Stop {
    /// In the order of the page; a group of radio buttons is one.
    place: u32,
    /// How it begins.
    name: String,
    /// Why it is not seen.
    complaint: Option<String>,
}

/// Lists what can be reached and keeps how everything looks without the focus.
const BEFORE_THE_WALK: &str = r#"
// The page itself takes the focus, so that Tab begins at its beginning.
document.body.tabIndex = -1;
document.body.focus();
document.body.removeAttribute("tabindex");
// Controls that let fingers through for a moment do so no more.
for (const it of document.getAnimations()) if (it.effect.getComputedTiming().endTime !== Infinity) it.finish();
const reachable = "a[href], button, input, select, textarea, summary, iframe, [tabindex]";
const places = new Map();
window.walk = { places, reached: new Set(), resting: new WeakMap() };
// Of radio buttons with one name, Tab knows only one.
walk.key = (it) => it.type === "radio" ? it.name : it;
walk.ring = (it) => {
  const { boxShadow, opacity, outlineColor, outlineStyle, outlineWidth } = getComputedStyle(it);
  if (opacity === "0") return "none none";
  const isDrawn = outlineStyle !== "none" && outlineWidth !== "0px" && !/, 0\)$/.test(outlineColor);
  return `${boxShadow} ${isDrawn ? outlineColor + outlineWidth : "none"}`;
};
for (const it of document.querySelectorAll("body, body *")) {
  walk.resting.set(it, walk.ring(it));
  const isThere = it.checkVisibility({ visibilityProperty: true }) && !it.disabled && it.tabIndex >= 0;
  if (isThere && it.matches(reachable) && !places.has(walk.key(it))) places.set(walk.key(it), places.size);
}
"#;

/// What has the focus, and whether it can be seen: that it is focused (WCAG 2.2,
/// 2.4.7), and that nothing lies over it (2.4.11).
const AT_A_STOP: &str = r#"
const it = document.activeElement;
if (!it || it === document.body) return null;
const place = walk.places.get(walk.key(it)) ?? -1;
walk.reached.add(place);
// A control that lies invisibly over its button shows its focus by that.
const around = [it, it.parentElement, it.parentElement.parentElement];
const ringed = around.find((it) => walk.ring(it) !== "none none" && walk.ring(it) !== walk.resting.get(it));
const { x, y, width, height } = (ringed ?? it).getBoundingClientRect();
const hit = document.elementFromPoint(x + width / 2, y + height / 2);
let complaint = null;
if (place < 0) complaint = "is no control that was there";
// The button inside of a date field is the browser's own, and so is its ring.
else if (!ringed && it.matches(":focus")) complaint = "does not show the focus";
else if (!hit) complaint = "is outside of the window";
else if (!(ringed ?? it).contains(hit)) complaint = `lies under ${hit.outerHTML.slice(0, 200)}`;
const name = it.type === "radio" ? it.name : it.outerHTML.slice(0, 200);
return { place: Math.max(place, 0), name, complaint };
"#;

/// What Tab went past.
const NEVER_REACHED: &str = r#"
return [...walk.places].filter(([, place]) => !walk.reached.has(place)).map(([it]) => it.outerHTML ?? it);
"#;

/// From the start to the guidance for a British passport, which is found among
/// all countries.
async fn chooses_a_passport(typist: Typist<'_>) {
    let Typist { person } = typist;
    typist.lands_on("start").await;
    typist.walks_through("start").await;
    typist.uses("continue", Key::Enter).await;
    typist.lands_on("choose-document").await;

    typist.tabs_to("[data-country-search]").await;
    typist.types("united").await;
    person
        .waits_for("return document.querySelectorAll('[data-country]').length < 10")
        .await;
    typist.walks_through("the countries that were found").await;
    typist.tabs_to("[data-country-search]").await;
    typist.walks_to("[data-country=GBR]", Key::Down).await;
    typist.presses(Key::Enter).await;
    typist.has_focus_on("[data-action=change-country]").await;
    // Looked at again, and left as it is.
    typist.presses(Key::Enter).await;
    typist.has_focus_on("[data-country-search]").await;
    typist.presses(Key::Escape).await;
    typist.has_focus_on("[data-action=change-country]").await;
    assert_eq!(person.reads("#vst-country-name").await, "United Kingdom");

    chooses_a_passport_of_that_country(typist).await;
    typist.walks_through("the document was chosen").await;
    typist.uses("continue", Key::Enter).await;
    typist.lands_on("guidance").await;
}

/// Tab enters the group of radio buttons, the arrow keys choose within it.
async fn chooses_a_passport_of_that_country(typist: Typist<'_>) {
    let Typist { person } = typist;
    let passport = "[data-document-type=PASSPORT] input";
    typist.tabs_to("[data-document-type] input").await;
    typist.walks_to(passport, Key::Down).await;
    typist.presses(Key::Space).await;
    person.reads(&format!("{passport}:checked")).await;
}

/// From the guidance to the control that takes files.
async fn goes_to_upload(typist: Typist<'_>) {
    typist.uses("upload", Key::Enter).await;
    typist.lands_on("upload").await;
    typist.tabs_to("[data-file-input]").await;
}

/// From the review of a good picture to the business.
async fn uses_the_picture_and_leaves(typist: Typist<'_>, world: &World) {
    typist.uses("use", Key::Enter).await;
    typist.lands_on("done").await;
    typist.walks_through("done").await;
    typist.uses("leave", Key::Enter).await;
    let success = world.page("/outcome/success");
    typist.person.arrives_at(&success).await;
}

#[tokio::test]
async fn a_file_is_sent_without_a_mouse() {
    let world = World::on(Device::Phone, Camera::Missing).await;
    let session = world.session(json!({"preset_issuing_country": null}));
    let person = world.person();
    let typist = Typist::new(&person);
    person.opens(&session.link).await;
    chooses_a_passport(typist).await;
    typist.walks_through("guidance").await;

    goes_to_upload(typist).await;
    person.picks("letter.pdf").await;
    let alert = person.reads("[role=alert] p").await;
    assert!(alert.contains("PDF"), "{alert}");
    typist.has_focus_on("[data-file-input]").await;
    typist.walks_through("upload after an error").await;
    typist.tabs_to("[data-file-input]").await;
    person.picks("passport.jpg").await;

    typist.lands_on("review").await;
    typist.walks_through("review").await;
    typist.uses("zoom", Key::Enter).await;
    typist
        .has_focus_on(".vst-zoom--in [data-action=zoom]")
        .await;
    typist.walks_through("review of an enlarged picture").await;
    typist.tabs_to(".vst-zoom__frame").await;
    let height = "return document.querySelector('.vst-zoom__frame').scrollTop";
    let before = person.runs(height).await;
    typist.presses(Key::Down).await;
    person.waits_for(&format!("{height} > {before}")).await;
    typist.uses("zoom", Key::Space).await;
    typist
        .has_focus_on(".vst-zoom:not(.vst-zoom--in) [data-action=zoom]")
        .await;
    uses_the_picture_and_leaves(typist, &world).await;
    world.close().await;
}

#[tokio::test]
async fn a_refused_picture_is_replaced_without_a_mouse() {
    let world = World::on(Device::SmallPhone, Camera::Missing).await;
    let session = world.session(json!({"preset_issuing_country": null}));
    let person = world.person();
    let typist = Typist::new(&person);
    person.opens(&session.link).await;
    chooses_a_passport(typist).await;
    goes_to_upload(typist).await;
    person.picks("passport-blurred.jpg").await;
    typist.lands_on("review").await;
    let doubt = person.reads(".vst-alert").await;
    assert!(doubt.contains("The picture is blurred"), "{doubt}");
    typist.walks_through("review with a warning").await;
    typist.uses("use", Key::Enter).await;
    typist.lands_on("try-again").await;
    typist.walks_through("try-again").await;
    typist.uses("retake", Key::Enter).await;
    typist.lands_on("guidance").await;
    goes_to_upload(typist).await;
    person.picks("passport.jpg").await;
    typist.lands_on("review").await;
    uses_the_picture_and_leaves(typist, &world).await;
    world.close().await;
}

/// Holds a hand before the lens until it is taken away.
const COVERED: &str = "
window.isCovered = true;
const { getUserMedia } = MediaDevices.prototype;
MediaDevices.prototype.getUserMedia = async function (...wishes) {
  const video = document.createElement('video');
  video.muted = true;
  video.srcObject = await getUserMedia.apply(this, wishes);
  await video.play();
  const canvas = document.createElement('canvas');
  canvas.width = video.videoWidth;
  canvas.height = video.videoHeight;
  const context = canvas.getContext('2d');
  setInterval(() => {
    context.fillRect(0, 0, canvas.width, canvas.height);
    if (!isCovered) context.drawImage(video, 0, 0);
  }, 100);
  return canvas.captureStream();
};";

#[tokio::test]
async fn a_passport_is_photographed_without_a_mouse() {
    let world = World::new(Camera::Passport).await;
    let session = world.session(json!({}));
    let person = world.person();
    let typist = Typist::new(&person);
    person.opens(&session.link).await;
    typist.lands_on("start").await;
    // A picture that takes itself would be faster than any key.
    person.runs(COVERED).await;
    typist.uses("continue", Key::Enter).await;
    typist.lands_on("choose-document").await;
    chooses_a_passport_of_that_country(typist).await;
    typist.uses("continue", Key::Enter).await;
    typist.lands_on("guidance").await;
    typist.uses("use-camera", Key::Enter).await;
    typist.lands_on("camera").await;

    let switch = |is_on: bool| format!("[data-action=automatic][aria-checked={is_on:?}]");
    let (on, off) = (switch(true), switch(false));
    person.reads(&on).await;
    typist.walks_through("camera").await;
    typist.uses("automatic", Key::Space).await;
    typist.has_focus_on(&off).await;
    typist.presses(Key::Space).await;
    typist.has_focus_on(&on).await;
    typist.presses(Key::Space).await;
    typist.has_focus_on(&off).await;
    typist.uses("back", Key::Enter).await;
    typist.lands_on("guidance").await;
    typist.uses("use-camera", Key::Enter).await;
    typist.lands_on("camera").await;
    person.reads(&off).await;

    // A good document that nobody asked to be photographed.
    person.runs("window.isCovered = false").await;
    person.reads(".vst-outline--good").await;
    typist.uses("shutter", Key::Space).await;
    typist.lands_on("review").await;
    typist.walks_through("review").await;
    typist.uses("retake", Key::Enter).await;
    typist.lands_on("camera").await;
    person.reads(&off).await;
    typist.uses("automatic", Key::Space).await;
    typist.lands_on("review").await;
    uses_the_picture_and_leaves(typist, &world).await;
    let page = &world.result(&session)["resources"]["id_documents"][0]["pages"][0];
    assert_eq!(page["capture_method"], "CAMERA");
    world.close().await;
}

#[tokio::test]
async fn the_language_is_changed_without_a_mouse_and_nothing_is_lost() {
    let world = World::new(Camera::Missing).await;
    let session = world.session(json!({}));
    let person = world.person();
    let typist = Typist::new(&person);
    person.opens(&session.link).await;
    typist.lands_on("start").await;
    typist.uses("continue", Key::Enter).await;
    typist.lands_on("choose-document").await;
    chooses_a_passport_of_that_country(typist).await;
    let title = person.reads("h1").await;
    typist.tabs_to("[data-action=language]").await;
    // The first and the last of a menu that stays closed.
    for (key, tag, country) in [
        (Key::End, "ja", "イギリス"),
        (Key::Home, "en-GB", "United Kingdom"),
    ] {
        typist.presses(key).await;
        let menu = format!("[data-action=language][data-spoken={tag:?}]");
        typist.has_focus_on(&menu).await;
        person
            .waits_for(&format!("return document.documentElement.lang === {tag:?}"))
            .await;
        assert_eq!(person.reads("#vst-country-name").await, country);
        assert!(person.has("[data-document-type=PASSPORT] :checked").await);
        assert_eq!(person.reads("h1").await == title, tag == "en-GB");
    }
    typist.uses("continue", Key::Enter).await;
    typist.lands_on("guidance").await;
    world.close().await;
}

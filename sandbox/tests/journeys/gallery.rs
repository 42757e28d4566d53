//! Every screen in every state, as `cargo xtask gallery` makes them: can they be
//! used by everyone, do they fit, and are all their words translated?
//!
//! With `VESTIBULE_PICTURES=DIR`, each is kept there as a picture.

use std::path::PathBuf;

use serde_json::Value;
use vestibule::domain::i18n::Locale;

use crate::accessibility::is_accessible;
use crate::keyboard::Typist;
use crate::languages::OVERFLOWING;
use crate::person::Person;
use crate::world::{self, Camera, Device, PATIENCE, World};

/// Where the gallery is.
pub(crate) fn folder() -> PathBuf {
    let folder = world::gallery();
    assert!(
        folder.join("screen.html").is_file(),
        "there is no gallery: run `cargo xtask gallery`"
    );
    folder.canonicalize().expect("it is there")
}

/// How the screens are shown.
#[derive(Clone, Copy)]
pub(crate) struct Variant {
    locale: Locale,
    scheme: &'static str,
    brand: &'static str,
}

impl Variant {
    pub(crate) fn new(locale: Locale, scheme: &'static str, brand: &'static str) -> Self {
        Self {
            locale,
            scheme,
            brand,
        }
    }
}

/// Opens the page that shows a screen.
pub(crate) async fn opens_the_gallery(person: &Person) {
    let page = folder().join("screen.html");
    person.opens(&format!("file://{}", page.display())).await;
    person
        .waits_for("return 'shown' in document.body.dataset")
        .await;
}

impl Variant {
    /// Has one screen shown.
    pub(crate) async fn shows(self, name: &str, person: &Person) {
        let Self {
            locale,
            scheme,
            brand,
        } = self;
        let tag = locale.tag();
        let colours = format!("scheme={scheme}&primary_colour=%23{brand}");
        let wanted = format!("#screen={name}&locale={tag}&{colours}");
        person.runs(&format!("location.hash = {wanted:?}")).await;
        person
            .waits_for(&format!(
                "return document.body.dataset.shown === {wanted:?}"
            ))
            .await;
    }
}

/// What a script finds on each screen in a language, in words.
///
/// The page goes through the screens by itself: asking the browser for each
/// would take most of the time, and there are thousands.
async fn finds_on_every_screen(person: &Person, locale: Locale, look: &str) -> Vec<String> {
    let names: Vec<String> = vestibule_gallery::entries()
        .into_iter()
        .map(|(name, _)| name)
        .collect();
    let tag = locale.tag();
    let walk = format!(
        r##"
const done = arguments[arguments.length - 1];
const look = () => {{ {look} }};
// Nothing is painted for a script that only measures.
window.requestAnimationFrame = (run) => setTimeout(run);
const moment = () => new Promise((run) => setTimeout(run));
const walk = async () => {{
  const found = [];
  for (const name of {names:?}) {{
    const wanted = `#screen=${{name}}&locale={tag}&scheme=light`;
    location.hash = wanted;
    const asked = performance.now();
    while (document.body.dataset.shown !== wanted) {{
      if (performance.now() - asked > {patience}) throw new Error(`never showed ${{wanted}}`);
      await moment();
    }}
    // A picture has its size once it is there.
    await Promise.all([...document.images].map((it) => it.decode()));
    found.push(...look().map((it) => `{tag} ${{name}}: ${{it}}`));
  }}
  return found;
}};
walk().then(done, (error) => done([String(error)]));
"##,
        patience = PATIENCE.as_millis()
    );
    let found = person.runs_to_its_end(&walk).await;
    serde_json::from_value(found).expect("a list of words")
}

/// Shows one screen after the other and has each looked at.
async fn looks_at_every_screen(
    person: &Person,
    variant: Variant,
    look: impl AsyncFn(&Person, &str),
) {
    opens_the_gallery(person).await;
    for (name, _) in vestibule_gallery::entries() {
        variant.shows(&name, person).await;
        let told = format!("{name} {} {}", variant.locale.tag(), variant.scheme);
        person
            .keeps_a_picture_of(&told.replace([' ', '/'], "-"))
            .await;
        look(person, &told).await;
    }
}

async fn every_screen_is_accessible(device: Device, variant: Variant) {
    let world = World::on(device, Camera::Missing).await;
    let person = world.person();
    looks_at_every_screen(&person, variant, is_accessible).await;
    world.close().await;
}

#[tokio::test]
async fn every_screen_is_accessible_in_light_on_a_desktop() {
    let variant = Variant::new(Locale::EnGb, "light", "ffff00");
    every_screen_is_accessible(Device::Desktop, variant).await;
}

#[tokio::test]
async fn every_screen_is_accessible_in_dark_on_a_phone() {
    let variant = Variant::new(Locale::EnGb, "dark", "000000");
    every_screen_is_accessible(Device::Phone, variant).await;
}

#[tokio::test]
async fn every_screen_is_accessible_from_right_to_left_on_a_phone() {
    let variant = Variant::new(Locale::Ar, "light", "2d9fff");
    every_screen_is_accessible(Device::Phone, variant).await;
}

/// In the colours that a person has chosen for everything.
#[tokio::test]
async fn controls_are_seen_in_forced_colours() {
    let world = World::on(Device::Phone, Camera::Missing).await;
    let person = world.person();
    person.forces_colours().await;
    let variant = Variant::new(Locale::EnGb, "dark", "2d9fff");
    looks_at_every_screen(&person, variant, async |person, told| {
        let is_forced = "return matchMedia('(forced-colors: active)').matches";
        assert_eq!(person.runs(is_forced).await, true);
        // Fills are gone, so a line has to be there.
        let bare = "return [...document.querySelectorAll('.vst-button, .vst-round, .vst-choice')] \
             .filter((it) => it.getClientRects().length && !it.matches('.vst-button--quiet')) \
             .filter((it) => getComputedStyle(it).borderTopWidth === '0px') \
             .map((it) => it.outerHTML)";
        assert_eq!(person.runs(bare).await, Value::Array(Vec::new()), "{told}");
        // What is not chosen or done has no tick, whatever its colour.
        let ticked = "return [...document.querySelectorAll('.vst-choice, .vst-stages__stage')] \
             .filter((it) => !it.matches(':has(:checked), .vst-stages__stage--done')) \
             .map((it) => it.querySelector('.vst-choice__mark svg, .vst-stages__mark svg')) \
             .filter((it) => it && getComputedStyle(it).visibility !== 'hidden').length";
        assert_eq!(person.runs(ticked).await, 0, "{told}");
    })
    .await;
    world.close().await;
}

/// What a finger has to hit and is smaller than 44 pixels, in words; a field within
/// a card is hit by the whole card.
const SMALL: &str = r#"
const controls = document.querySelectorAll("a[href], button, input, select");
const seen = [...controls].filter((it) => it.getClientRects().length && getComputedStyle(it).clipPath === "none");
return seen
  .map((it) => [it, (it.closest("label, .vst-pick") ?? it).getBoundingClientRect()])
  .filter(([, box]) => box.width < 44 || box.height < 44)
  .map(([it, box]) => `${Math.round(box.width)} × ${Math.round(box.height)}: ${it.outerHTML.slice(0, 120)}`);
"#;

/// WCAG 2.2 asks for 24 pixels (2.5.8), and for 44 at its highest level (2.5.5).
#[tokio::test]
async fn every_target_is_large_enough_for_a_finger() {
    let world = World::on(Device::SmallPhone, Camera::Missing).await;
    let person = world.person();
    opens_the_gallery(&person).await;
    let found = finds_on_every_screen(&person, Locale::EnGb, SMALL).await;
    assert!(found.is_empty(), "{found:#?}");
    // It would have found some.
    let careless = "document.querySelector('button').style.cssText = \
         'min-block-size: 0; block-size: 20px'";
    person.runs(careless).await;
    let found = person.runs(SMALL).await;
    assert!(found.as_array().is_some_and(|it| !it.is_empty()), "{found}");
    world.close().await;
}

/// On a phone, where actions stay at the bottom and could hide what is focused.
#[tokio::test]
async fn every_screen_is_walked_through_by_keyboard() {
    let world = World::on(Device::Phone, Camera::Missing).await;
    let person = world.person();
    let variant = Variant::new(Locale::EnGb, "light", "2d9fff");
    looks_at_every_screen(&person, variant, async |person, told| {
        Typist::new(person).walks_through(told).await;
    })
    .await;
    world.close().await;
}

/// With the distances between lines, letters and words that people with dyslexia
/// may set (WCAG 2.2, 1.4.12).
#[tokio::test]
async fn every_screen_fits_with_wider_text_spacing() {
    let world = World::on(Device::Phone, Camera::Missing).await;
    let person = world.person();
    opens_the_gallery(&person).await;
    let widened = "const style = document.createElement('style'); \
         style.textContent = '* { line-height: 1.5 !important; \
           letter-spacing: 0.12em !important; word-spacing: 0.16em !important; } \
           p { margin-block-end: 2em !important; }'; \
         document.head.append(style)";
    person.runs(widened).await;
    let found = finds_on_every_screen(&person, Locale::EnGb, OVERFLOWING).await;
    assert!(found.is_empty(), "{found:#?}");
    world.close().await;
}

#[tokio::test]
async fn every_screen_fits_a_small_phone_in_every_language() {
    let world = World::on(Device::SmallPhone, Camera::Missing).await;
    let person = world.person();
    opens_the_gallery(&person).await;
    let mut found = Vec::new();
    for locale in Locale::ALL {
        found.extend(finds_on_every_screen(&person, *locale, OVERFLOWING).await);
    }
    assert!(found.is_empty(), "{found:#?}");
    // It would have found some.
    let careless = "document.querySelector('h1').textContent = 'word'.repeat(40); \
         document.querySelector('h1').style.overflowWrap = 'normal'";
    person.runs(careless).await;
    let found = person.runs(OVERFLOWING).await;
    assert!(found.as_array().is_some_and(|it| !it.is_empty()), "{found}");
    world.close().await;
}

/// Puts brackets around every text of a language and around all that the browser
/// writes in it, and leaves out what is filled in: that is bracketed by itself.
fn bracketing(locale: Locale) -> String {
    let tag = locale.tag();
    format!(
        r#"
const bracketed = (words) => `⟦${{words}}⟧`;
const texts = JSON.parse(vestibuleLocales[{tag:?}]);
for (const key in texts) {{
  const parts = texts[key].split(/(\{{\w+\}})/);
  texts[key] = parts.map((part, i) => part && i % 2 === 0 ? bracketed(part) : part).join("");
}}
window.vestibuleLocales = {{ [{tag:?}]: JSON.stringify(texts) }};
const {{ of }} = Intl.DisplayNames.prototype;
Intl.DisplayNames.prototype.of = function (code) {{ return bracketed(of.call(this, code)); }};
for (const {{ prototype }} of [Intl.NumberFormat, Intl.DateTimeFormat]) {{
  const {{ get }} = Object.getOwnPropertyDescriptor(prototype, "format");
  Object.defineProperty(prototype, "format", {{
    get() {{ const format = get.call(this); return (it) => bracketed(format(it)); }},
  }});
}}
"#
    )
}

/// What is said outside of brackets, to eyes or to ears.
const UNTRANSLATED: &str = r#"
const SAYING = ["alt", "aria-description", "aria-label", "aria-roledescription", "aria-valuetext", "label", "placeholder", "title"];
// What files are called and a branch, where it is, and a person's address: as they
// are, in every language (gallery/src).
const NAMES = [
  "water-bill-october.pdf",
  "a-letter-with-a-long-name.docx",
  "12 Lantern Row, London, EC3A 4AF",
  "Lantern Row",
  "ada@example.org",
];
// Each language is named in its own words (WCAG 2.2, 3.1.2).
const LANGUAGES = ".vst-language__menu option";
const found = [];
const listen = (it, how, words) => {
  let left = words.replace(/⟦[^⟦⟧]*⟧/g, " ");
  for (const name of NAMES) left = left.replaceAll(name, " ");
  if (/\p{L}/u.test(left)) found.push(`<${it.localName} class="${it.className}"> ${how}: ${words}`);
};
for (const it of document.querySelectorAll("body, body :not(script, style)")) {
  if (it.matches(LANGUAGES)) continue;
  for (const node of it.childNodes) if (node.nodeType === Node.TEXT_NODE) listen(it, "text", node.data);
  for (const name of SAYING) if (it.hasAttribute(name)) listen(it, name, it.getAttribute(name));
  for (const part of ["::before", "::after"]) {
    // Words are in quotes; what is not counts or shows nothing.
    for (const words of getComputedStyle(it, part).content.match(/"[^"]*"/g) ?? []) listen(it, part, words);
  }
}
return found;
"#;

/// The brackets of [`bracketing`] are missing around words that do not come from
/// a locale file, whatever they say.
#[tokio::test]
async fn every_word_on_every_screen_is_translated() {
    let world = World::new(Camera::Missing).await;
    let person = world.person();
    opens_the_gallery(&person).await;
    person.runs(&bracketing(Locale::Fr)).await;
    let found = finds_on_every_screen(&person, Locale::Fr, UNTRANSLATED).await;
    assert!(found.is_empty(), "{found:#?}");
    // It would have found some.
    let careless = "document.querySelector('main').innerHTML = '<p title=\"Word\">⟦Mot⟧ word</p>'";
    person.runs(careless).await;
    let found = person.runs(UNTRANSLATED).await;
    assert_eq!(found.as_array().map(Vec::len), Some(2), "{found}");
    world.close().await;
}

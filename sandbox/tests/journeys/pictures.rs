//! The gallery as pictures: a part of it beside what it looked like when somebody
//! last looked, and all of it for people to look at.
//!
//! The pictures that count are in `gallery/baselines`, half as wide and high as on
//! the screen. They are drawn in fonts of their own, so that they look the
//! same on every machine; what remains are the edges of letters, which a small
//! picture and the limits below forgive.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use image::codecs::png::{CompressionType, FilterType as PngFilter, PngEncoder};
use image::imageops::{FilterType, resize};
use image::{GenericImage as _, Rgb, RgbImage};
use tokio::time::Instant;
use vestibule::domain::i18n::Locale;

use crate::gallery::{Variant, folder, opens_the_gallery};
use crate::person::Person;
use crate::world::{Camera, Companion, Device, PATIENCE};

/// Two levels of a colour, 0 to 255, that are further apart than this differ; the
/// edges of letters are drawn a little otherwise by each version of a browser.
const LEVELS: u8 = 64;

/// So many pixels may differ: fewer than a short word has.
const MOST_PIXELS: usize = 12;

/// Squares of so many pixels are compared as a whole as well: what is faint, as a
/// tint or a thin line, differs little in each pixel.
const SQUARE: u32 = 8;

/// How far apart the means of two squares may be.
const MEAN_LEVELS: u8 = 10;

/// Each kind of screen, and what changes its shape, on a phone in light.
const EVERYTHING: &[&str] = &[
    "opening",
    "opening-failed",
    "start",
    "start/everything",
    "handoff/code",
    "handoff/number",
    "choose-document/country",
    "choose-document/chosen",
    "guidance/data-page",
    "guidance/back",
    "camera/starting",
    "camera",
    "camera/hint-hold",
    "camera/still-failed",
    "camera/denied",
    "upload",
    "upload/heic",
    "review",
    "review/doubt-country",
    "consent",
    "face-guidance/capture",
    "face-camera",
    "face-review",
    "paper-guidance/address",
    "pages",
    "pages/marked",
    "pages/refused",
    "sending",
    "sending/checking",
    "try-again",
    "try-again/confirm",
    "branch/intro",
    "branch/found",
    "branch/contact-wrong",
    "branch/letter",
    "done",
];

/// What differs where there is more room, in the dark, and with a hard brand.
const ELSEWHERE: &[&str] = &[
    "start/everything",
    "choose-document/chosen",
    "guidance/front",
    "camera/hint-glare",
    "face-camera/closer",
    "review/blurred",
    "pages",
    "done",
];

/// What turns round.
const FROM_RIGHT_TO_LEFT: &[&str] = &[
    "start",
    "choose-document/chosen",
    "guidance/data-page",
    "camera",
    "review",
    "pages",
    "sending/checking",
    "branch/found",
];

fn baselines() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../gallery/baselines")
}

/// A browser that shows the gallery and has all that is in it.
async fn before_the_gallery(device: Device) -> Companion {
    let browser = Companion::new(device, Camera::Missing).await;
    let person = browser.person();
    if device == Device::Desktop {
        person.has_a_page_of(1280, 800).await;
    }
    opens_the_gallery(&person).await;
    has_the_pictures(&person).await;
    browser
}

/// Has the page use the fonts of the tests, and nothing move.
async fn holds_still(person: &Person) {
    let fonts = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fonts/node_modules");
    let address = |family: &str, script: &str| {
        let file = fonts.join(format!(
            "@fontsource-variable/{family}/files/{family}-{script}-wght-normal.woff2"
        ));
        let file = file.canonicalize().unwrap_or_else(|_| {
            panic!("the fonts are not installed: run `npm ci --prefix sandbox/tests/fonts`")
        });
        format!("file://{}", file.display())
    };
    let latin = address("noto-sans", "latin");
    let arabic = address("noto-sans-arabic", "arabic");
    let style = format!(
        "@font-face {{ font-family: Pictures; font-weight: 100 900; src: url('{latin}'); }} \
         @font-face {{ font-family: Pictures; font-weight: 100 900; src: url('{arabic}'); \
           unicode-range: U+600-6FF, U+750-77F, U+FB50-FDFF, U+FE70-FEFC; }} \
         :root {{ --vst-font: Pictures; scrollbar-width: none; }} \
         * {{ scrollbar-width: none !important; caret-color: transparent !important; }} \
         *, *::before, *::after {{ animation: none !important; transition: none !important; }}"
    );
    person
        .runs(&format!(
            "const style = document.createElement('style'); style.textContent = {style:?}; \
             document.head.append(style); \
             Promise.all(['400', '700'].flatMap((weight) => ['a', 'ا'].map((text) => \
               document.fonts.load(`${{weight}} 16px Pictures`, text)))) \
               .then((loaded) => {{ window.areFontsHere = loaded.every((it) => it.length > 0); }})"
        ))
        .await;
    person
        .waits_for("return window.areFontsHere === true")
        .await;
}

/// Has the browser hold all drawings before one is shown: nothing tells when a
/// preview has got its own.
async fn has_the_pictures(person: &Person) {
    let here = fs::read_dir(folder().join("pictures")).expect("the gallery's drawings");
    let names: Vec<String> = here
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .collect();
    person
        .runs(&format!(
            "window.held = {names:?}.map((name) => \
               Object.assign(new Image(), {{ src: `pictures/${{name}}` }})); \
             Promise.all(held.map((it) => it.decode())).then(() => {{ window.areHeld = true; }})"
        ))
        .await;
    person.waits_for("return window.areHeld === true").await;
}

/// A picture of the page, once it is the same twice in a row.
async fn seen(person: &Person) -> Vec<u8> {
    let give_up_at = Instant::now() + PATIENCE;
    let mut last = Vec::new();
    loop {
        let picture = person.driver.screenshot_as_png().await.expect("a picture");
        if picture == last {
            return picture;
        }
        assert!(Instant::now() < give_up_at, "it never holds still");
        last = picture;
    }
}

/// What is seen now, with half of the CSS pixels each way, and in fewer colours,
/// so that its file is small.
async fn seen_small(person: &Person) -> RgbImage {
    let picture = image::load_from_memory(&seen(person).await)
        .expect("a PNG")
        .into_rgb8();
    let width = person.runs("return innerWidth").await;
    let width = width.as_u64().and_then(|it| u32::try_from(it).ok());
    let width = width.expect("a width in pixels") / 2;
    let height = picture.height() * width / picture.width();
    let mut small = resize(&picture, width, height, FilterType::Triangle);
    for level in small.iter_mut() {
        // Four bits, spread so that white stays white.
        *level = *level >> 4 | *level & 0xf0;
    }
    small
}

/// Which pixels differ by more than so many levels.
fn apart(then: &RgbImage, now: &RgbImage, levels: u8) -> Vec<(u32, u32)> {
    let is_same = |x: u32, y: u32| {
        let pairs = now
            .get_pixel(x, y)
            .0
            .into_iter()
            .zip(then.get_pixel(x, y).0);
        pairs.into_iter().all(|(a, b)| a.abs_diff(b) <= levels)
    };
    let places = now.enumerate_pixels().map(|(x, y, _)| (x, y));
    places.filter(|(x, y)| !is_same(*x, *y)).collect()
}

/// Which pixels say that something looks different; none where nothing does, and
/// all where the sizes differ.
fn differences(then: &RgbImage, now: &RgbImage) -> Vec<(u32, u32)> {
    let (width, height) = now.dimensions();
    if then.dimensions() != now.dimensions() {
        return now.enumerate_pixels().map(|(x, y, _)| (x, y)).collect();
    }
    let mut places = apart(then, now, LEVELS);
    if places.len() <= MOST_PIXELS {
        places.clear();
    }
    let means = |picture: &RgbImage| {
        let (width, height) = (width.div_ceil(SQUARE), height.div_ceil(SQUARE));
        resize(picture, width, height, FilterType::Triangle)
    };
    for (left, top) in apart(&means(then), &means(now), MEAN_LEVELS) {
        let of_square = |from: u32, end: u32| from * SQUARE..end.min((from + 1) * SQUARE);
        for y in of_square(top, height) {
            places.extend(of_square(left, width).map(|x| (x, y)));
        }
    }
    places
}

/// Before, now, and now in grey with what differs in red, side by side.
fn side_by_side(then: &RgbImage, now: &RgbImage, places: &[(u32, u32)]) -> RgbImage {
    const GAP: u32 = 8;
    let mut marked = RgbImage::from_fn(now.width(), now.height(), |x, y| {
        let [r, g, b] = now.get_pixel(x, y).0.map(u16::from);
        let grey = u8::try_from((r + g + b) / 6 + 127).unwrap_or(u8::MAX);
        Rgb([grey; 3])
    });
    for (x, y) in places {
        marked.put_pixel(*x, *y, Rgb([220, 0, 0]));
    }
    let width = then.width() + 2 * (now.width() + GAP);
    let height = then.height().max(now.height());
    let mut all = RgbImage::from_pixel(width, height, Rgb([255, 0, 255]));
    let mut left = 0;
    for picture in [then, now, &marked] {
        all.copy_from(picture, left, 0).expect("there is room");
        left += picture.width() + GAP;
    }
    all
}

/// What is wrong with how a screen looks now, if anything.
fn compared(name: &str, screen: &str, now: &RgbImage) -> Option<String> {
    let file = file_of(screen);
    let Ok(then) = image::open(baselines().join(name).join(&file)) else {
        return Some(format!("{screen}: there is no picture of it"));
    };
    let then = then.into_rgb8();
    let places = differences(&then, now);
    if places.is_empty() {
        return None;
    }
    let told = folder().join("differences");
    fs::create_dir_all(&told).expect("a folder for what differs");
    let picture = told.join(format!("{name}-{file}"));
    side_by_side(&then, now, &places)
        .save(&picture)
        .expect("what differs is drawn");
    let rows = || places.iter().map(|(_, y)| y * 100 / now.height());
    Some(format!(
        "{screen}: {} of {} pixels, from {} to {} % of its height; see {}",
        places.len(),
        now.width() * now.height(),
        rows().min().unwrap_or_default(),
        rows().max().unwrap_or_default(),
        picture.display()
    ))
}

/// In as few bytes as a PNG has.
fn keep(picture: &RgbImage, file: &Path) {
    let mut bytes = Vec::new();
    let quality = (CompressionType::Best, PngFilter::NoFilter);
    picture
        .write_with_encoder(PngEncoder::new_with_quality(
            &mut bytes, quality.0, quality.1,
        ))
        .expect("a PNG");
    fs::write(file, bytes).expect("the picture is kept");
}

fn file_of(screen: &str) -> String {
    format!("{}.png", screen.replace('/', "-"))
}

/// Compares screens with what they looked like; with `VESTIBULE_ACCEPT=1`, what
/// they look like now is what they should.
async fn look_as_before(device: Device, name: &str, variant: Variant, screens: &[&str]) {
    let browser = before_the_gallery(device).await;
    let person = browser.person();
    let kept = baselines().join(name);
    let accepts = env::var_os("VESTIBULE_ACCEPT").is_some();
    if accepts {
        // What is not compared any more goes.
        fs::remove_dir_all(&kept).unwrap_or_default();
        fs::create_dir_all(&kept).expect("a folder for the pictures");
    }
    holds_still(&person).await;
    let mut wrong = Vec::new();
    for screen in screens {
        variant.shows(screen, &person).await;
        let now = seen_small(&person).await;
        if accepts {
            keep(&now, &kept.join(file_of(screen)));
        } else {
            wrong.extend(compared(name, screen, &now));
        }
    }
    assert!(
        wrong.is_empty(),
        "These look different on {name}; the pictures show them before and now, and in red \
         what differs:\n{}\nIs that wanted? Then `cargo xtask gallery --accept`, look at what \
         it wrote, and commit it.",
        wrong.join("\n")
    );
}

#[tokio::test]
async fn screens_look_as_before_on_a_phone() {
    let variant = Variant::new(Locale::EnGb, "light", "2d9fff");
    look_as_before(Device::Phone, "phone", variant, EVERYTHING).await;
}

#[tokio::test]
async fn screens_look_as_before_on_a_desktop_in_the_dark() {
    let variant = Variant::new(Locale::De, "dark", "ffff00");
    look_as_before(Device::Desktop, "desktop-dark", variant, ELSEWHERE).await;
}

#[tokio::test]
async fn screens_look_as_before_on_a_small_phone_from_right_to_left() {
    let variant = Variant::new(Locale::Ar, "light", "b00040");
    look_as_before(
        Device::SmallPhone,
        "small-phone-ar",
        variant,
        FROM_RIGHT_TO_LEFT,
    )
    .await;
}

/// `cargo xtask gallery --pictures` runs this too, and says how and where.
#[tokio::test]
async fn every_screen_can_be_drawn() {
    let asked = |name: &str| env::var(name).ok();
    let locale = asked("VESTIBULE_PICTURES_LOCALE");
    let locale = locale.map_or(Some(Locale::EnGb), |tag| Locale::matching(&tag));
    let scheme = match asked("VESTIBULE_PICTURES_SCHEME").as_deref() {
        Some("dark") => "dark",
        _ => "light",
    };
    let device = match asked("VESTIBULE_PICTURES_SIZE").as_deref() {
        Some("desktop") => Device::Desktop,
        Some("small-phone") => Device::SmallPhone,
        _ => Device::Phone,
    };
    let here = Path::new(env!("CARGO_TARGET_TMPDIR")).join("drawn");
    let folder = asked("VESTIBULE_PICTURES_IN").map_or(here, PathBuf::from);
    fs::create_dir_all(&folder).expect("a folder for the pictures");
    let browser = before_the_gallery(device).await;
    let person = browser.person();
    let variant = Variant::new(locale.expect("a language"), scheme, "2d9fff");
    for (screen, _) in vestibule_gallery::entries() {
        variant.shows(&screen, &person).await;
        let picture = person.driver.screenshot_as_png().await.expect("a picture");
        let drawn = image::load_from_memory(&picture)
            .expect("a PNG")
            .into_rgb8();
        let first = drawn.get_pixel(0, 0);
        assert!(drawn.pixels().any(|it| it != first), "{screen} is empty");
        fs::write(folder.join(file_of(&screen)), picture).expect("the picture is kept");
    }
}

#[test]
fn a_change_of_a_word_or_a_tint_is_told_and_a_softer_edge_is_not() {
    let mut then = RgbImage::from_pixel(64, 24, Rgb([255; 3]));
    for x in 5..30 {
        then.put_pixel(x, 10, Rgb([16; 3]));
    }
    let (mut softer, mut moved, mut tinted) = (then.clone(), then.clone(), then.clone());
    for x in 5..30 {
        softer.put_pixel(x, 10, Rgb([64; 3]));
        moved.put_pixel(x, 10, Rgb([255; 3]));
        moved.put_pixel(x, 12, Rgb([16; 3]));
    }
    for x in 40..56 {
        for y in 0..24 {
            tinted.put_pixel(x, y, Rgb([255, 230, 255]));
        }
    }
    assert_eq!(differences(&then, &softer), []);
    let places = differences(&then, &moved);
    assert!(places.contains(&(5, 10)) && places.contains(&(29, 12)));
    let places = differences(&then, &tinted);
    assert!(places.contains(&(48, 12)) && !places.contains(&(8, 12)));
    let taller = RgbImage::from_pixel(64, 25, Rgb([255; 3]));
    assert_eq!(differences(&then, &taller).len(), 64 * 25);
    let drawn = side_by_side(&then, &moved, &[(5, 12)]);
    assert_eq!(drawn.dimensions(), (64 * 3 + 16, 24));
    assert_eq!(drawn.get_pixel(64 * 2 + 16 + 5, 12), &Rgb([220, 0, 0]));
}

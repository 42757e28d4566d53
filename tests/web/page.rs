//! Language, brand, focus and visibility of the page.

use vestibule::domain::i18n::Locale;
use vestibule::domain::session::config::{DarkMode, SdkConfig};
use vestibule::domain::theme::{DARK_PAGE, Theme};
use vestibule::web::page::{self, NetworkWatch, UnloadGuard, Visibility, VisibilityWatch};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::{Notes, dispatch, document, js};

fn root_attribute(name: &str) -> Option<String> {
    document().document_element().unwrap().get_attribute(name)
}

#[wasm_bindgen_test]
fn the_page_says_its_language_and_direction() {
    page::set_language(Locale::Ar);
    assert_eq!(root_attribute("lang").as_deref(), Some("ar"));
    assert_eq!(root_attribute("dir").as_deref(), Some("rtl"));
    page::set_language(Locale::EnGb);
    assert_eq!(root_attribute("lang").as_deref(), Some("en-GB"));
    assert_eq!(root_attribute("dir").as_deref(), Some("ltr"));
    let title = document().title();
    page::set_title("Identity check");
    assert_eq!(document().title(), "Identity check");
    page::set_title(&title);
}

#[wasm_bindgen_test]
fn the_brand_becomes_properties_of_the_root() {
    js(
        "document.head.insertAdjacentHTML('beforeend', '<meta name=\"theme-color\" content=\"#000\">')",
    );
    let theme = Theme::from_config(&SdkConfig {
        primary_colour: Some("#0b5fff".to_owned()),
        dark_mode: Some(DarkMode::On),
        ..SdkConfig::default()
    });
    page::apply_theme(&theme);
    assert_eq!(root_attribute("data-scheme").as_deref(), Some("dark"));
    for (scheme, palette) in [("light", &theme.light), ("dark", &theme.dark)] {
        for (token, colour) in palette.tokens() {
            let code = format!(
                "getComputedStyle(document.documentElement).getPropertyValue('--vst-{scheme}-{token}')"
            );
            assert_eq!(
                js(&code).as_string().unwrap().trim(),
                colour.to_string(),
                "{scheme} {token}"
            );
        }
    }
    let bar = js("document.querySelector('meta[name=theme-color]').content").as_string();
    assert_eq!(bar, Some(DARK_PAGE.to_string()));
    js("document.querySelector('meta[name=theme-color]').remove()");
}

#[wasm_bindgen_test]
fn the_heading_of_the_screen_takes_the_focus() {
    js("document.body.insertAdjacentHTML('afterbegin', \
        '<h1 id=\"heading\" data-screen-heading tabindex=\"-1\">Start</h1>')");
    page::focus_heading();
    assert_eq!(
        js("document.activeElement.id").as_string().as_deref(),
        Some("heading")
    );
    js("document.getElementById('heading').remove()");
    // Without a heading nothing happens.
    page::focus_heading();
}

#[wasm_bindgen_test]
fn visibility_is_told_once_per_change() {
    let seen = Notes::new();
    let watch = VisibilityWatch::new(seen.taker());
    dispatch("document.dispatchEvent(new Event('visibilitychange'))");
    dispatch("window.dispatchEvent(new Event('focus'))");
    assert_eq!(seen.len(), 0, "nothing changed");
    dispatch("window.dispatchEvent(new Event('pagehide'))");
    dispatch("window.dispatchEvent(new Event('pagehide'))");
    dispatch("window.dispatchEvent(new Event('pageshow'))");
    dispatch("window.dispatchEvent(new Event('focus'))");
    assert_eq!(seen.all(), [Visibility::Hidden, Visibility::Shown]);
    drop(watch);
    dispatch("window.dispatchEvent(new Event('pagehide'))");
    assert_eq!(seen.len(), 2, "a dropped watch sees nothing");
}

#[wasm_bindgen_test]
fn the_network_coming_and_going_is_told() {
    let seen = Notes::new();
    let take = std::cell::RefCell::new(seen.taker());
    let watch = NetworkWatch::new(move |is_online| take.borrow_mut()(is_online));
    dispatch("window.dispatchEvent(new Event('offline'))");
    dispatch("window.dispatchEvent(new Event('online'))");
    assert_eq!(seen.all(), [false, true]);
    drop(watch);
    dispatch("window.dispatchEvent(new Event('offline'))");
    assert_eq!(seen.len(), 2);
}

#[wasm_bindgen_test]
fn leaving_with_unsent_pictures_is_asked_about() {
    let is_asked =
        || js("window.dispatchEvent(new Event('beforeunload', { cancelable: true }))") == false;
    let guard = UnloadGuard::new();
    assert!(is_asked());
    drop(guard);
    assert!(!is_asked());
}

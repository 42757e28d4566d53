//! A page that shows the screen that its address names.
//!
//! The part of the address behind `#` says what: `screen`, a name of
//! [`entries`]; `scheme`, `light` or `dark`, what the device prefers; and, as
//! `sdk_config` has them, the colours, `dark_mode`, `locale`, `brand_id` and
//! `hide_logo`. It may change at any time; `data-shown` on the body says what is
//! shown now.

use std::cell::RefCell;
use std::rc::Rc;

use leptos::mount::mount_to;
use leptos::prelude::*;
use vestibule::domain::flow::{CameraState, Event, Screen, ScreenKind};
use vestibule::domain::i18n::{Catalogue, Locale, embedded};
use vestibule::domain::image::{FileId, ImageId};
use vestibule::domain::session::config::SdkConfig;
use vestibule::domain::theme::{Scheme, Theme};
use vestibule::ui::context::{Port, Speaker, Ui};
use vestibule::ui::dom::El;
use vestibule::ui::screens::{later, rest};
use vestibule::ui::shell::shell;
use vestibule::web::intl::IntlFormatter;
use vestibule::web::page;
use vestibule_gallery::{entries, pictures};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{File, HtmlElement, UrlSearchParams};

/// The locale files as texts, by tag; `locales.js` sets it.
const LOCALES: &str = "vestibuleLocales";

/// Answers nothing: only what is shown matters here.
struct Still;

impl Port for Still {
    fn dispatch(&self, _event: Event) {}

    fn image_url(&self, image: ImageId) -> Option<String> {
        Some(pictures::photograph(image).to_owned())
    }

    fn hold_file(&self, _file: File) -> FileId {
        FileId(0)
    }

    fn later_screen(&self, ui: Ui, kind: ScreenKind) -> Option<El> {
        Some(rest::screen(ui, kind).unwrap_or_else(|| later::screen(ui, kind)))
    }

    fn offer_preview_slot(&self, slot: HtmlElement) {
        // A camera's; the other slot is for a component that is not ours.
        if slot.has_attribute("data-preview-slot") {
            let is_face = slot.class_list().contains("vst-camera__slot--face");
            let seen = pictures::preview(is_face, is_upright());
            slot.set_inner_html(&["<video muted poster=\"", seen, "\"></video>"].concat());
        }
    }
}

/// Whether the screen is held as phones are.
fn is_upright() -> bool {
    let query = window().match_media("(orientation: portrait)");
    query.ok().flatten().is_some_and(|query| query.matches())
}

/// The screen as it is with a camera that is held like this screen.
fn held(mut screen: Screen) -> Screen {
    if let Screen::Camera(camera) = &mut screen
        && let CameraState::Live { facts, .. } = &mut camera.state
        && is_upright() != (facts.height_px > facts.width_px)
    {
        std::mem::swap(&mut facts.width_px, &mut facts.height_px);
    }
    screen
}

/// What the address asks for.
struct Wanted {
    address: String,
    name: String,
    screen: Screen,
    locale: Locale,
    theme: Theme,
    shows_logo: bool,
}

impl Wanted {
    fn read() -> Self {
        let address = window().location().hash().unwrap_or_default();
        let named = UrlSearchParams::new_with_str(address.trim_start_matches('#')).ok();
        let asked = |name: &str| named.as_ref().and_then(|named| named.get(name));
        let name = asked("screen").unwrap_or_default();
        let screen = entries().into_iter().find(|(known, _)| *known == name);
        let mut theme = Theme::from_config(&SdkConfig {
            primary_colour: asked("primary_colour"),
            secondary_colour: asked("secondary_colour"),
            font_colour: asked("font_colour"),
            primary_colour_dark_mode: asked("primary_colour_dark_mode"),
            dark_mode: asked("dark_mode").map(Into::into),
            brand_id: asked("brand_id"),
            ..SdkConfig::default()
        });
        if theme.scheme == Scheme::Auto {
            theme.scheme = match asked("scheme").as_deref() {
                Some("dark") => Scheme::Dark,
                Some("light") => Scheme::Light,
                _ => Scheme::Auto,
            };
        }
        Self {
            address,
            name,
            screen: screen.map_or(Screen::Opening, |(_, screen)| held(screen)),
            locale: asked("locale")
                .and_then(|tag| Locale::matching(&tag))
                .unwrap_or(Locale::EnGb),
            theme,
            shows_logo: asked("hide_logo").is_none_or(|it| it != "true"),
        }
    }
}

fn speaker(locale: Locale) -> Speaker {
    let english = Catalogue::english(embedded::ALL);
    let texts = js_sys::Reflect::get(&window(), &LOCALES.into())
        .and_then(|all| js_sys::Reflect::get(&all, &locale.tag().into()))
        .ok()
        .and_then(|text: JsValue| text.as_string());
    let spoken = texts.and_then(|json| Catalogue::parse(&json, embedded::ALL).ok());
    Speaker {
        locale,
        catalogue: Rc::new(match spoken {
            Some(catalogue) if locale != Locale::EnGb => catalogue.or(&english),
            _ => english,
        }),
        formatter: Rc::new(IntlFormatter::new(locale)),
    }
}

/// Paints the brand, and forgets the name of the last one.
fn paint(theme: &Theme) {
    let root = document().document_element();
    if root.is_some_and(|root| root.remove_attribute("data-brand").is_err()) {
        leptos::logging::warn!("the last brand keeps its name");
    }
    page::apply_theme(theme);
}

/// Shows what the address names, now and whenever it changes.
pub(crate) fn mount() {
    let Some(point) = document().get_element_by_id("app") else {
        return;
    };
    let point: HtmlElement = point.unchecked_into();
    let inside = point.clone();
    mount_to(point, move || {
        let screen = RwSignal::new(Screen::Opening);
        let (spoken, speak) = signal_local(speaker(Locale::EnGb));
        let shows_logo = RwSignal::new(true);
        let ui = Ui::new(
            screen.read_only(),
            spoken,
            RwSignal::new(String::new()).read_only(),
            RwSignal::new(None).read_only(),
            shows_logo.read_only(),
            Rc::new(Still),
        );
        let last = RefCell::new(None);
        let show = move || {
            let wanted = Wanted::read();
            paint(&wanted.theme);
            shows_logo.set(wanted.shows_logo);
            let now = Some((wanted.name, wanted.locale, is_upright()));
            let is_new = last.replace(now.clone()) != now;
            if is_new {
                page::set_language(wanted.locale);
                speak.set(speaker(wanted.locale));
                // Through another one, so that nothing of the last is kept.
                screen.set(Screen::Opening);
            }
            request_animation_frame(move || {
                if is_new {
                    screen.set(wanted.screen);
                }
                request_animation_frame(move || {
                    if let Some(body) = document().body()
                        && body.dataset().set("shown", &wanted.address).is_err()
                    {
                        leptos::logging::warn!("the page can't say what it shows");
                    }
                });
            });
        };
        show();
        let show = Rc::new(show);
        let again = Rc::clone(&show);
        window_event_listener(leptos::ev::hashchange, move |_| show());
        window_event_listener(leptos::ev::resize, move |_| again());
        shell(ui).put_into(&inside);
    })
    .forget();
}

//! A page that shows the screen that its address names.
//!
//! The part of the address behind `#` says what: `screen`, a name of
//! [`entries`]; `locale`, a BCP 47 tag; `scheme`, `light` or `dark`; `brand`, a
//! colour. It may change at any time; `data-shown` on the body says what is
//! shown now.

use std::rc::Rc;

use leptos::mount::mount_to;
use leptos::prelude::*;
use vestibule::domain::flow::{Event, Screen, ScreenKind};
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
use vestibule_gallery::entries;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{File, HtmlElement, UrlSearchParams};

/// The locale files as texts, by tag; `locales.js` sets it.
const LOCALES: &str = "vestibuleLocales";

/// What stands for every picture and preview: a card on a desk.
const PICTURE: &str = "data:image/svg+xml,\
    <svg xmlns='http://www.w3.org/2000/svg' width='400' height='300' viewBox='0 0 400 300'>\
    <rect width='400' height='300' fill='%237a6a58'/>\
    <rect x='50' y='50' width='300' height='200' rx='12' fill='%23e9edf2'/>\
    <rect x='74' y='90' width='76' height='96' rx='6' fill='%2390a4bd'/>\
    <path d='M176 100h140M176 128h110M176 156h126M74 216h252' stroke='%23566170' stroke-width='10'/>\
    </svg>";

/// Answers nothing: only what is shown matters here.
struct Still;

impl Port for Still {
    fn dispatch(&self, _event: Event) {}

    fn image_url(&self, _image: ImageId) -> Option<String> {
        Some(PICTURE.to_owned())
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
            slot.set_inner_html(&["<video muted poster=\"", PICTURE, "\"></video>"].concat());
        }
    }
}

/// What the address asks for.
struct Wanted {
    address: String,
    screen: Screen,
    locale: Locale,
    theme: Theme,
}

impl Wanted {
    fn read() -> Self {
        let address = window().location().hash().unwrap_or_default();
        let named = UrlSearchParams::new_with_str(address.trim_start_matches('#')).ok();
        let asked = |name: &str| named.as_ref().and_then(|named| named.get(name));
        let screen = asked("screen").and_then(|name| {
            let found = entries().into_iter().find(|(known, _)| *known == name);
            found.map(|(_, screen)| screen)
        });
        let mut theme = Theme::from_config(&SdkConfig {
            primary_colour: asked("brand"),
            ..SdkConfig::default()
        });
        match asked("scheme").as_deref() {
            Some("dark") => theme.scheme = Scheme::Dark,
            Some("light") => theme.scheme = Scheme::Light,
            _ => {}
        }
        Self {
            address,
            screen: screen.unwrap_or(Screen::Opening),
            locale: asked("locale")
                .and_then(|tag| Locale::matching(&tag))
                .unwrap_or(Locale::EnGb),
            theme,
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
        let ui = Ui::new(
            screen.read_only(),
            spoken,
            RwSignal::new(String::new()).read_only(),
            RwSignal::new(None).read_only(),
            RwSignal::new(true).read_only(),
            Rc::new(Still),
        );
        let show = move || {
            let wanted = Wanted::read();
            page::set_language(wanted.locale);
            page::apply_theme(&wanted.theme);
            speak.set(speaker(wanted.locale));
            // Through another one, so that nothing of the last is kept.
            screen.set(Screen::Opening);
            request_animation_frame(move || {
                screen.set(wanted.screen);
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
        window_event_listener(leptos::ev::hashchange, move |_| show());
        shell(ui).put_into(&inside);
    })
    .forget();
}

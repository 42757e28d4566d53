//! The page itself: language, brand, focus, and whether it can be seen.

use std::cell::Cell;
use std::rc::Rc;

use wasm_bindgen::JsCast;
use web_sys::{
    BeforeUnloadEvent, Element, EventTarget, FocusOptions, HtmlElement, VisibilityState,
};

use crate::domain::i18n::Locale;
use crate::domain::theme::{self, Colour, Scheme, Theme};

use super::console;
use super::listener::Listener;
use super::window;

/// Says which language the page speaks, for screen readers and hyphenation,
/// and turns it round for languages written from right to left.
pub fn set_language(locale: Locale) {
    let Some(root) = window::root() else { return };
    set_attribute(&root, "lang", locale.tag());
    set_attribute(&root, "dir", locale.direction().attribute());
}

/// The title of the page.
pub fn set_title(title: &str) {
    if let Some(document) = window::document() {
        document.set_title(title);
    }
}

/// Paints the brand: custom properties on the root element, which a strict
/// content security policy allows where a style sheet is refused.
pub fn apply_theme(theme: &Theme) {
    let Some(root) = window::root() else { return };
    set_attribute(&root, "data-scheme", theme.scheme.attribute());
    if let Some(brand_id) = &theme.brand_id {
        // For a style sheet of the deployment's own (docs/embedding.md).
        set_attribute(&root, "data-brand", brand_id);
    }
    let style = root.style();
    for (scheme, palette) in [("light", &theme.light), ("dark", &theme.dark)] {
        for (token, colour) in palette.tokens() {
            if style
                .set_property(&format!("--vst-{scheme}-{token}"), &colour.to_string())
                .is_err()
            {
                console::warn("a colour of the brand could not be set");
            }
        }
    }
    tint_browser(theme.scheme);
}

/// Colours the browser's own bars like the page, where the page asks for it.
fn tint_browser(scheme: Scheme) {
    let Some(document) = window::document() else {
        return;
    };
    let Ok(tags) = document.query_selector_all("meta[name='theme-color']") else {
        return;
    };
    for index in 0..tags.length() {
        let Some(tag) = tags
            .item(index)
            .and_then(|node| node.dyn_into::<Element>().ok())
        else {
            continue;
        };
        let is_for_dark = tag
            .get_attribute("media")
            .is_some_and(|media| media.contains("dark"));
        set_attribute(
            &tag,
            "content",
            &page_colour(scheme, is_for_dark).to_string(),
        );
    }
}

fn page_colour(scheme: Scheme, is_for_dark: bool) -> Colour {
    match scheme {
        Scheme::Dark => theme::DARK_PAGE,
        Scheme::Auto if is_for_dark => theme::DARK_PAGE,
        Scheme::Light | Scheme::Auto => theme::LIGHT_PAGE,
    }
}

fn set_attribute(element: &Element, name: &str, value: &str) {
    if element.set_attribute(name, value).is_err() {
        console::warn("an attribute of the page could not be set");
    }
}

/// Moves focus to the heading of the screen and shows its top, so that a
/// screen reader starts where a reader does.
///
/// The heading carries `data-screen-heading` and `tabindex="-1"`.
pub fn focus_heading() {
    if let Some(window) = window::window() {
        window.scroll_to_with_x_and_y(0.0, 0.0);
    }
    let heading = window::document()
        .and_then(|document| {
            document
                .query_selector("[data-screen-heading]")
                .ok()
                .flatten()
        })
        .and_then(|element| element.dyn_into::<HtmlElement>().ok());
    let options = FocusOptions::new();
    options.set_prevent_scroll(false);
    if heading.is_some_and(|heading| heading.focus_with_options(&options).is_err()) {
        console::warn("the heading could not take the focus");
    }
}

/// Whether the person can see the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Visibility {
    /// It is in front.
    Shown,
    /// It is behind another tab, a lock screen or another program.
    Hidden,
}

/// Watches whether the page can be seen.
///
/// No single event tells it in every browser: Safari on iOS leaves out
/// `visibilitychange` when it opens another program, the page cache speaks
/// only by `pagehide` and `pageshow`.
pub struct VisibilityWatch {
    _listeners: Vec<Listener>,
}

impl VisibilityWatch {
    /// Calls back whenever it changes.
    #[must_use = "a dropped watch hears nothing"]
    pub fn new(on_change: impl FnMut(Visibility) + 'static) -> Self {
        let tell = Rc::new(std::cell::RefCell::new(on_change));
        let last = Rc::new(Cell::new(current_visibility()));
        let mut listeners = Vec::new();
        let mut watch =
            |target: Option<EventTarget>, name: &'static str, now: fn() -> Visibility| {
                let (tell, last) = (Rc::clone(&tell), Rc::clone(&last));
                listeners.extend(target.map(|target| {
                    Listener::new(&target, name, move |_| {
                        let now = now();
                        if last.replace(now) != now
                            && let Ok(mut tell) = tell.try_borrow_mut()
                        {
                            tell(now);
                        }
                    })
                }));
            };
        let page = || window::window().map(EventTarget::from);
        watch(
            window::document().map(EventTarget::from),
            "visibilitychange",
            current_visibility,
        );
        watch(page(), "pageshow", current_visibility);
        watch(page(), "focus", current_visibility);
        watch(page(), "pagehide", || Visibility::Hidden);
        Self {
            _listeners: listeners,
        }
    }
}

fn current_visibility() -> Visibility {
    match window::document().map(|document| document.visibility_state()) {
        Some(VisibilityState::Hidden) => Visibility::Hidden,
        Some(_) | None => Visibility::Shown,
    }
}

/// Watches whether the device is on a network.
pub struct NetworkWatch {
    _listeners: Vec<Listener>,
}

impl NetworkWatch {
    /// Calls back with `true` when the network came back and with `false` when
    /// it went away.
    #[must_use = "a dropped watch hears nothing"]
    pub fn new(on_change: impl Fn(bool) + 'static) -> Self {
        let tell = Rc::new(on_change);
        let watch = |name: &'static str, is_online: bool| {
            let tell = Rc::clone(&tell);
            window::window().map(|window| Listener::new(&window, name, move |_| tell(is_online)))
        };
        Self {
            _listeners: [watch("online", true), watch("offline", false)]
                .into_iter()
                .flatten()
                .collect(),
        }
    }
}

/// Has the browser ask before the page is left, while pictures are unsent.
pub struct UnloadGuard {
    _listener: Option<Listener>,
}

impl UnloadGuard {
    /// Guards until dropped; drop it before leaving on purpose.
    #[must_use = "a dropped guard guards nothing"]
    pub fn new() -> Self {
        let listener = window::window().map(|window| {
            Listener::new(&window, "beforeunload", |event| {
                event.prevent_default();
                // Older browsers ask only for this; the words are their own.
                if let Some(event) = event.dyn_ref::<BeforeUnloadEvent>() {
                    event.set_return_value("unsent");
                }
            })
        });
        Self {
            _listener: listener,
        }
    }
}

impl Default for UnloadGuard {
    fn default() -> Self {
        Self::new()
    }
}

//! Puts the parts together and on the page.

use std::rc::Rc;

use leptos::mount::mount_to;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use crate::domain::flow::Event;
use crate::domain::i18n::embedded::EARLY;
use crate::domain::i18n::{Catalogue, Locale};
use crate::ui::context::{Port, Speaker, Ui};
use crate::ui::shell::shell;
use crate::web::intl::IntlFormatter;
use crate::web::{console, window};

use super::store::{Signals, Store};

/// The element of index.html that the program takes over.
const MOUNT_POINT: &str = "app";

/// Starts the client on this page.
pub fn mount() {
    let point = window::document()
        .and_then(|document| document.get_element_by_id(MOUNT_POINT))
        .and_then(|element| element.dyn_into::<HtmlElement>().ok());
    let Some(point) = point else {
        console::warn("the page has no place for the program");
        return;
    };
    // The opening screen of the page itself makes room for the same one here.
    point.set_text_content(None);
    let page = point.clone();
    mount_to(point, move || {
        let english = Speaker {
            locale: Locale::EnGb,
            catalogue: Rc::new(Catalogue::english(EARLY)),
            formatter: Rc::new(IntlFormatter::new(Locale::EnGb)),
        };
        let signals = Signals::new(english);
        let store = Store::new(signals);
        let ui = Ui::new(
            signals.screen.read_only(),
            signals.speaker.read_only(),
            signals.announcement.read_only(),
            signals.notice.read_only(),
            signals.shows_logo.read_only(),
            Rc::<Store>::clone(&store),
        );
        store.dispatch(Event::Launched(store.launch()));
        shell(ui).put_into(&page);
    })
    .forget();
}

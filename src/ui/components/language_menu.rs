//! The language menu.

use wasm_bindgen::JsCast;
use web_sys::HtmlSelectElement;

use crate::domain::flow::Event;
use crate::domain::i18n::{Locale, Text};
use crate::ui::context::Ui;
use crate::ui::dom::{El, el};

use super::icon::{Icon, icon};

/// A native menu of all languages, each in its own words.
#[must_use]
pub fn language_menu(ui: Ui) -> El {
    let options = Locale::ALL.iter().map(|locale| {
        el("option", "")
            .attr("value", locale.tag())
            .attr("lang", locale.tag())
            .text(locale.own_name())
    });
    let menu = el("select", "vst-language__menu")
        .attr("data-action", "language")
        .children(options);
    let select: HtmlSelectElement = menu.element().clone().unchecked_into();
    let menu = menu.on("change", {
        let select = select.clone();
        move |_| {
            if let Some(locale) = Locale::from_tag(&select.value()) {
                ui.dispatch(Event::LanguageChosen(locale));
            }
        }
    });
    // The attribute tells style sheets and tests; the property is what counts.
    let menu = menu.attr_with("data-spoken", move || {
        let tag = ui.locale().tag();
        select.set_value(tag);
        Some(tag.to_owned())
    });
    el("label", "vst-language")
        .child(icon(Icon::Globe))
        .child(el("span", "vst-visually-hidden").words(move || ui.say(Text::LanguageLabel)))
        .child(menu)
        .child(icon(Icon::ChevronDown))
}

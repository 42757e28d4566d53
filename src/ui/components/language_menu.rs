//! The language menu.

use leptos::prelude::*;

use super::icon::{Icon, IconView};
use crate::domain::flow::Event;
use crate::domain::i18n::{Locale, Text};
use crate::ui::context::use_ui;

/// A native menu of all languages, each in its own words.
#[component]
pub fn LanguageMenu() -> AnyView {
    let ui = use_ui();
    let spoken = move || ui.speaker.with(|speaker| speaker.locale);
    let choose = move |event: leptos::ev::Event| {
        if let Some(locale) = Locale::from_tag(&event_target_value(&event)) {
            ui.dispatch(Event::LanguageChosen(locale));
        }
    };
    let options = Locale::ALL
        .iter()
        .map(|locale| {
            view! {
                <option
                    value=locale.tag()
                    lang=locale.tag()
                    prop:selected=move || spoken() == *locale
                >
                    {locale.own_name()}
                </option>
            }
        })
        .collect_view();
    view! {
        <label class="vst-language">
            <IconView icon=Icon::Globe />
            <span class="vst-visually-hidden">{move || ui.say(Text::LanguageLabel)}</span>
            <select class="vst-language__menu" data-action="language" on:change=choose>
                {options}
            </select>
            <IconView icon=Icon::ChevronDown />
        </label>
    }
    .into_any()
}

//! The choice between document types.

use leptos::prelude::*;

use super::icon::{Icon, IconView};
use crate::domain::flow::{DocumentOption, Event};
use crate::domain::i18n::{Arg, Message, Text};
use crate::domain::session::config::DocumentType;
use crate::ui::context::{Ui, use_ui};

/// One large radio button per document type.
#[component]
pub fn TypePicker(
    /// What can be chosen.
    options: Signal<Vec<DocumentOption>>,
    /// What has been chosen.
    chosen: Signal<Option<DocumentType>>,
) -> AnyView {
    let ui = use_ui();
    let cards = move || {
        options
            .get()
            .into_iter()
            .map(|option| card(ui, option, chosen))
            .collect_view()
    };
    view! {
        <fieldset class="vst-types" hidden=move || options.with(Vec::is_empty)>
            <legend class="vst-label">{move || ui.say(Text::ChooseType)}</legend>
            <div class="vst-types__cards">{cards}</div>
        </fieldset>
    }
    .into_any()
}

fn card(ui: Ui, option: DocumentOption, chosen: Signal<Option<DocumentType>>) -> AnyView {
    let DocumentOption {
        document_type,
        name,
        issued_from,
    } = option;
    let icon = icon_of(&document_type);
    let code = document_type.as_str().to_owned();
    let value = code.clone();
    let name = match issued_from {
        Some(day) => Message::from(Text::ChooseTypeFrom)
            .with_message("document", name)
            .with("day", Arg::Day(day)),
        None => name,
    };
    let words = ui.say(name);
    let is_chosen = {
        let document_type = document_type.clone();
        move || chosen.with(|chosen| chosen.as_ref() == Some(&document_type))
    };
    view! {
        <label class="vst-choice" data-document-type=code>
            <input
                class="vst-choice__input"
                type="radio"
                name="document-type"
                value=value
                prop:checked=is_chosen
                on:change=move |_| ui.dispatch(Event::DocumentTypeChosen(document_type.clone()))
            />
            <span class="vst-choice__icon"><IconView icon /></span>
            <span class="vst-choice__name">{words}</span>
            <span class="vst-choice__mark"><IconView icon=Icon::Check /></span>
        </label>
    }
    .into_any()
}

fn icon_of(document_type: &DocumentType) -> Icon {
    match document_type {
        DocumentType::Passport | DocumentType::TravelDocument => Icon::Passport,
        DocumentType::DrivingLicence => Icon::Car,
        DocumentType::ResidencePermit => Icon::House,
        DocumentType::NationalId | DocumentType::StateId | DocumentType::Other(_) => Icon::Card,
    }
}

//! The choice between document types.

use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;

use crate::domain::flow::{DocumentOption, Event};
use crate::domain::i18n::{Arg, Message, Text};
use crate::domain::session::config::DocumentType;
use crate::ui::context::Ui;
use crate::ui::dom::{El, el};

use super::icon::{Icon, icon};

/// One large radio button per document type.
#[must_use]
pub fn type_picker(
    ui: Ui,
    options: impl Fn() -> Vec<DocumentOption> + Copy + 'static,
    chosen: impl Fn() -> Option<DocumentType> + Copy + 'static,
) -> El {
    // Whatever makes another list; the words of the same list follow by themselves.
    let key = move || {
        options()
            .iter()
            .flat_map(|option| {
                [
                    option.document_type.as_str(),
                    option.issued_from.as_deref().unwrap_or("-"),
                ]
            })
            .collect::<Vec<_>>()
            .join(" ")
    };
    let cards = move |_: &str| {
        options()
            .into_iter()
            .map(|option| card(ui, option, Box::new(chosen)))
            .collect()
    };
    el("fieldset", "vst-types")
        .flag("hidden", move || options().is_empty())
        .child(el("legend", "vst-label").words(move || ui.say(Text::ChooseType)))
        .child(el("div", "vst-types__cards").region(key, cards))
}

fn card(ui: Ui, option: DocumentOption, chosen: Box<dyn Fn() -> Option<DocumentType>>) -> El {
    let DocumentOption {
        document_type,
        name,
        issued_from,
    } = option;
    let name = match issued_from {
        Some(day) => Message::from(Text::ChooseTypeFrom)
            .with_message("document", name)
            .with("day", Arg::Day(day)),
        None => name,
    };
    let input = el("input", "vst-choice__input")
        .attr("type", "radio")
        .attr("name", "document-type")
        .attr("value", document_type.as_str());
    let radio: HtmlInputElement = input.element().clone().unchecked_into();
    let label = el("label", "vst-choice")
        .attr("data-document-type", document_type.as_str())
        // The property is what counts; the attribute says the same to tests.
        .attr_with("data-chosen", {
            let document_type = document_type.clone();
            move || {
                let is_chosen = chosen().as_ref() == Some(&document_type);
                radio.set_checked(is_chosen);
                is_chosen.then(String::new)
            }
        });
    let picture = icon(icon_of(&document_type));
    label
        .child(input.on("change", move |_| {
            ui.dispatch(Event::DocumentTypeChosen(document_type.clone()));
        }))
        .child(el("span", "vst-choice__icon").child(picture))
        .child(el("span", "vst-choice__name").words(move || ui.say(name.clone())))
        .child(el("span", "vst-choice__mark").child(icon(Icon::Check)))
}

fn icon_of(document_type: &DocumentType) -> Icon {
    match document_type {
        DocumentType::Passport | DocumentType::TravelDocument => Icon::Passport,
        DocumentType::DrivingLicence => Icon::Car,
        DocumentType::ResidencePermit => Icon::House,
        DocumentType::NationalId | DocumentType::StateId => Icon::Card,
        DocumentType::Other(_) => Icon::Sheet,
    }
}

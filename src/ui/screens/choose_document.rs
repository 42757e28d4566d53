//! Country and document type.

use super::{Facts, go_on};
use crate::domain::flow::{ChooseDocumentScreen, Event, Screen};
use crate::domain::i18n::Text;
use crate::ui::components::button::{Emphasis, back_button, button};
use crate::ui::components::country_picker::country_picker;
use crate::ui::components::heading::heading;
use crate::ui::components::type_picker::type_picker;
use crate::ui::context::Ui;
use crate::ui::dom::{El, el};

fn facts(ui: Ui) -> Facts<ChooseDocumentScreen> {
    Facts::new(ui, |screen| match screen {
        Screen::ChooseDocument(facts) => Some(facts),
        _ => None,
    })
}

/// Which document the person has.
#[must_use]
pub fn choose_document(ui: Ui) -> El {
    let facts = facts(ui);
    let types = type_picker(
        ui,
        move || facts.read(|facts| facts.types.clone()),
        move || facts.read(|facts| facts.document_type.clone()),
    );
    let objective = move || {
        facts.read(|facts| {
            let objective = facts.objective.clone();
            objective.map_or_else(String::new, |words| ui.say(words))
        })
    };
    let go = go_on(ui).flag("disabled", move || !facts.read(|facts| facts.can_continue));
    let none = button(ui, Emphasis::Quiet, Text::ChooseNone, "no-document", || {
        Event::NoDocumentPressed
    });
    el("section", "vst-screen")
        .attr("data-screen", "choose-document")
        .child(back_button(ui))
        .child(heading(move || {
            facts.read(|facts| match &facts.bring {
                Some(bring) => ui.say(bring.title.clone()),
                None => ui.say(Text::ChooseTitle),
            })
        }))
        .region(objective, |words| vec![el("p", "vst-lead").text(words)])
        .child(country_picker(
            ui,
            |ui| self::facts(ui).read(|facts| facts.countries.clone()),
            |ui| self::facts(ui).read(|facts| facts.country.clone()),
        ))
        .child(types)
        .child(el("div", "vst-actions").child(go).child(none))
}

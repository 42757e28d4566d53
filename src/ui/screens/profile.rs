//! Looking through what the business knows of the person.

use super::Facts;
use crate::domain::flow::{FormScreen, ProfileScreen, Screen};
use crate::domain::form::Field;
use crate::domain::i18n::Text;
use crate::ui::components::button::{Emphasis, back_button};
use crate::ui::components::form::FormView;
use crate::ui::components::heading::{heading, lead};
use crate::ui::components::icon::{Icon, icon};
use crate::ui::context::Ui;
use crate::ui::dom::{El, el};

const FIELDS: [Field; 7] = [
    Field::FullName,
    Field::DateOfBirth,
    Field::BuildingNumber,
    Field::AddressLine,
    Field::Town,
    Field::PostalCode,
    Field::Country,
];

fn facts(ui: Ui) -> Facts<ProfileScreen> {
    Facts::new(ui, |screen| match screen {
        Screen::Profile(facts) => Some(facts),
        _ => None,
    })
}

fn form_facts(ui: Ui, look: &mut dyn FnMut(&FormScreen)) {
    facts(ui).read(|facts| look(&facts.form));
}

/// The details, to be corrected and confirmed.
#[must_use]
pub fn profile(ui: Ui) -> El {
    let form = FormView::new(ui, form_facts);
    let state = move || {
        let is_known = facts(ui).read(|facts| !facts.form.entries.is_empty());
        if is_known { "known" } else { "reading" }.to_owned()
    };
    el("section", "vst-screen")
        .attr("data-screen", "profile")
        .child(back_button(ui))
        .child(heading(move || ui.say(Text::ProfileTitle)))
        .child(lead(move || ui.say(Text::ProfileIntro)))
        .region(state, move |state| match state {
            "known" => vec![
                form.build(
                    &FIELDS,
                    || Emphasis::Primary,
                    Text::ProfileConfirm,
                    Text::FormSending,
                ),
                el("p", "vst-note")
                    .child(icon(Icon::Lock))
                    .child(el("span", "").words(move || ui.say(Text::FormPrivacy))),
            ],
            _ => vec![form.reading(Text::ProfileReading)],
        })
}

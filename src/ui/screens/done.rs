//! Everything was delivered.

use super::{Facts, way_out};
use crate::domain::flow::{DoneScreen, Screen};
use crate::domain::i18n::Text;
use crate::ui::components::heading::{heading, lead};
use crate::ui::components::illustration::{Picture, illustration};
use crate::ui::context::Ui;
use crate::ui::dom::{El, el};

/// Thanks, and the way back.
#[must_use]
pub fn done(ui: Ui) -> El {
    let facts: Facts<DoneScreen> = Facts::new(ui, |screen| match screen {
        Screen::Done(facts) => Some(facts),
        _ => None,
    });
    let can_leave = facts.once(|facts| facts.can_leave).unwrap_or_default();
    let (title, body) = facts
        .once(|facts| (facts.title, facts.body))
        .unwrap_or((Text::DoneTitle, Text::DoneBody));
    el("section", "vst-screen vst-screen--centred")
        .attr("data-screen", "done")
        .child(illustration(Picture::Success))
        .child(heading(move || ui.say(title)))
        .child(lead(move || ui.say(body)))
        .child(way_out(ui, can_leave, Text::DoneClose))
}

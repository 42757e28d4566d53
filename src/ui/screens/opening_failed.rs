//! The configuration could not be read for now.

use super::{Facts, give_up};
use crate::domain::flow::{Event, ProblemScreen, Screen};
use crate::domain::i18n::Text;
use crate::ui::components::button::{Emphasis, button};
use crate::ui::components::heading::{heading, lead};
use crate::ui::components::illustration::{Picture, illustration};
use crate::ui::context::Ui;
use crate::ui::dom::{El, el};

/// What happened, and trying again.
#[must_use]
pub fn opening_failed(ui: Ui) -> El {
    let facts: Facts<ProblemScreen> = Facts::new(ui, |screen| match screen {
        Screen::OpeningFailed(facts) => Some(facts),
        _ => None,
    });
    let retry = button(ui, Emphasis::Primary, Text::ActionRetry, "retry", || {
        Event::RetryPressed
    });
    el("section", "vst-screen vst-screen--centred")
        .attr("data-screen", "opening-failed")
        .child(illustration(Picture::Warning))
        .child(heading(move || {
            facts.read(|facts| ui.say(facts.title.clone()))
        }))
        .child(lead(move || facts.read(|facts| ui.say(facts.body.clone()))))
        .child(el("div", "vst-actions").child(retry).child(give_up(ui)))
}

//! Which pages a supplementary document must show.

use super::{Facts, go_on};
use crate::domain::flow::{Screen, SupplementaryGuidanceScreen};
use crate::domain::i18n::{Message, Text};
use crate::domain::session::plan::SupplementaryObjective;
use crate::ui::components::button::back_button;
use crate::ui::components::heading::{heading, lead};
use crate::ui::components::icon::Icon;
use crate::ui::components::illustration::{Picture, illustration};
use crate::ui::components::tips::tips;
use crate::ui::context::Ui;
use crate::ui::dom::{El, el};

/// What proves an address.
const OF_ADDRESS: [(Icon, Text); 3] = [
    (Icon::Corners, Text::PaperTipWhole),
    (Icon::House, Text::PaperTipAddress),
    (Icon::Clock, Text::PaperTipRecent),
];

/// What everything else needs.
const OF_ANYTHING: [(Icon, Text); 3] = [
    (Icon::Corners, Text::PaperTipWhole),
    (Icon::Search, Text::PaperTipReadable),
    (Icon::Sheet, Text::PaperTipAll),
];

/// What is accepted, before the first page is added.
#[must_use]
pub fn supplementary_guidance(ui: Ui) -> El {
    let facts: Facts<SupplementaryGuidanceScreen> = Facts::new(ui, |screen| match screen {
        Screen::SupplementaryGuidance(facts) => Some(facts),
        _ => None,
    });
    let title = move || {
        facts.read(|facts| {
            let name = facts.document_name.clone();
            ui.say(Message::from(Text::PaperGuidanceTitle).with_message("document", name))
        })
    };
    let how = move || {
        facts.read(|facts| {
            let text = if facts.can_upload {
                Text::PaperGuidanceHow
            } else {
                Text::PaperGuidancePhotos
            };
            ui.say(Message::from(text).with_count(facts.most_pages))
        })
    };
    let chosen = match facts.once(|facts| facts.objective) {
        Some(SupplementaryObjective::ProofOfAddress) => OF_ADDRESS,
        Some(SupplementaryObjective::UkDbs | SupplementaryObjective::Unknown) | None => OF_ANYTHING,
    };
    let go = go_on(ui);
    el("section", "vst-screen")
        .attr("data-screen", "supplementary-guidance")
        .child(back_button(ui))
        .child(illustration(Picture::Paper))
        .child(heading(title))
        .child(lead(how))
        .child(tips(ui, &chosen))
        .child(el("div", "vst-actions").child(go))
}

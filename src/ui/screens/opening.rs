//! Being opened.
//!
//! `index.html` shows the same markup before this program runs, so that nothing
//! moves when the program takes over: change both together.

use crate::domain::i18n::Text;
use crate::ui::components::heading::heading;
use crate::ui::context::Ui;
use crate::ui::dom::{El, el};

/// A moment of waiting.
#[must_use]
pub fn opening(ui: Ui) -> El {
    el("section", "vst-screen vst-opening")
        .attr("data-screen", "opening")
        .child(el("span", "vst-spinner vst-spinner--large").attr("aria-hidden", "true"))
        .child(heading(move || ui.say(Text::OpeningTitle)))
}

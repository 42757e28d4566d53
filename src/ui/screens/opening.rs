//! Being opened.
//!
//! `index.html` shows the same markup before this program runs, so that nothing
//! moves when the program takes over: change both together.

use leptos::prelude::*;

use crate::domain::i18n::Text;
use crate::ui::components::heading::Heading;
use crate::ui::context::use_ui;

/// A moment of waiting.
#[component]
pub fn Opening() -> AnyView {
    let ui = use_ui();
    view! {
        <section class="vst-screen vst-opening" data-screen="opening">
            <span class="vst-spinner vst-spinner--large" aria-hidden="true"></span>
            <Heading text=Signal::derive(move || ui.say(Text::OpeningTitle)) />
        </section>
    }
    .into_any()
}

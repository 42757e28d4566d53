//! The way back, at the top of a screen.

use leptos::prelude::*;

use super::icon::{Icon, IconView};
use crate::domain::flow::Event;
use crate::domain::i18n::Text;
use crate::ui::context::use_ui;

/// "Back", with an arrow against the line of reading.
#[component]
pub fn BackButton() -> AnyView {
    let ui = use_ui();
    view! {
        <button
            type="button"
            class="vst-back"
            data-action="back"
            on:click=move |_| ui.dispatch(Event::BackPressed)
        >
            <IconView icon=Icon::ArrowBack />
            <span>{move || ui.say(Text::ActionBack)}</span>
        </button>
    }
    .into_any()
}

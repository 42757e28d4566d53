//! The configuration could not be read for now.

use leptos::prelude::*;

use super::Facts;
use crate::domain::flow::{Event, ProblemScreen, Screen};
use crate::domain::i18n::Text;
use crate::ui::components::button::{Button, Emphasis};
use crate::ui::components::heading::Heading;
use crate::ui::components::illustration::{Illustration, Picture};
use crate::ui::context::use_ui;

/// What happened, and trying again.
#[component]
pub fn OpeningFailed() -> AnyView {
    let ui = use_ui();
    let facts: Facts<ProblemScreen> = Facts::new(|screen| match screen {
        Screen::OpeningFailed(facts) => Some(facts),
        _ => None,
    });
    view! {
        <section class="vst-screen vst-screen--centred" data-screen="opening-failed">
            <Illustration picture=Picture::Warning />
            <Heading text=Signal::derive(move || facts.read(|facts| ui.say(facts.title.clone()))) />
            <p class="vst-lead">{move || facts.read(|facts| ui.say(facts.body.clone()))}</p>
            <div class="vst-actions">
                <Button
                    emphasis=Emphasis::Primary
                    text=Text::ActionRetry
                    action="retry"
                    event=Event::RetryPressed
                />
            </div>
        </section>
    }
    .into_any()
}

//! Everything was delivered.

use leptos::prelude::*;

use super::Facts;
use crate::domain::flow::{DoneScreen, Event, Screen};
use crate::domain::i18n::Text;
use crate::ui::components::button::{Button, Emphasis};
use crate::ui::components::heading::Heading;
use crate::ui::components::illustration::{Illustration, Picture};
use crate::ui::context::use_ui;

/// Thanks, and the way back.
#[component]
pub fn Done() -> AnyView {
    let ui = use_ui();
    let facts: Facts<DoneScreen> = Facts::new(|screen| match screen {
        Screen::Done(facts) => Some(facts),
        _ => None,
    });
    let next = move || {
        if facts.read(|facts| facts.can_leave) {
            view! {
                <div class="vst-actions">
                    <Button
                        emphasis=Emphasis::Primary
                        text=Text::ActionLeave
                        action="leave"
                        event=Event::LeavePressed
                    />
                </div>
            }
            .into_any()
        } else {
            view! { <p class="vst-hint">{ui.say(Text::DoneClose)}</p> }.into_any()
        }
    };
    view! {
        <section class="vst-screen vst-screen--centred" data-screen="done">
            <Illustration picture=Picture::Success />
            <Heading text=Signal::derive(move || ui.say(Text::DoneTitle)) />
            <p class="vst-lead">{move || ui.say(Text::DoneBody)}</p>
            {next}
        </section>
    }
    .into_any()
}

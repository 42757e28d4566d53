//! The session ended without everything having been delivered.

use leptos::prelude::*;

use super::Facts;
use crate::domain::flow::{EndedScreen, Event, Screen};
use crate::domain::i18n::{Arg, Message, Text};
use crate::ui::components::button::{Button, Emphasis};
use crate::ui::components::heading::Heading;
use crate::ui::components::illustration::{Illustration, Picture};
use crate::ui::context::use_ui;

/// What happened, the code for support, and the way back.
#[component]
pub fn Ended() -> AnyView {
    let ui = use_ui();
    let facts: Facts<EndedScreen> = Facts::new(|screen| match screen {
        Screen::Ended(facts) => Some(facts),
        _ => None,
    });
    let code = move || {
        facts.read(|facts| {
            // Not a count: a code is the same in all digits of the world.
            let code = Arg::Verbatim(facts.code.code().to_string());
            ui.say(Message::from(Text::EndedCode).with("code", code))
        })
    };
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
            view! { <p class="vst-hint">{ui.say(Text::EndedClose)}</p> }.into_any()
        }
    };
    view! {
        <section class="vst-screen vst-screen--centred" data-screen="ended">
            <Illustration picture=Picture::Ended />
            <Heading text=Signal::derive(move || facts.read(|facts| ui.say(facts.title.clone()))) />
            <p class="vst-lead">{move || facts.read(|facts| ui.say(facts.body.clone()))}</p>
            {next}
            <p class="vst-code" data-error-code="">{code}</p>
        </section>
    }
    .into_any()
}

//! What will happen in this session.

use leptos::prelude::*;

use super::Facts;
use crate::domain::flow::{Event, Screen, StartScreen};
use crate::domain::i18n::{Message, Text};
use crate::ui::components::button::{Button, Emphasis};
use crate::ui::components::heading::Heading;
use crate::ui::components::icon::{Icon, IconView};
use crate::ui::components::illustration::{Illustration, Picture};
use crate::ui::context::use_ui;

/// The steps, how long they take, and "Start".
#[component]
pub fn Start() -> AnyView {
    let ui = use_ui();
    let facts: Facts<StartScreen> = Facts::new(|screen| match screen {
        Screen::Start(facts) => Some(facts),
        _ => None,
    });
    let steps = move || {
        facts.read(|facts| {
            facts
                .steps
                .iter()
                .map(|step| view! { <li class="vst-steps__step">{ui.say(step.clone())}</li> })
                .collect_view()
        })
    };
    let minutes = move || {
        facts.read(|facts| ui.say(Message::from(Text::StartMinutes).with_count(facts.minutes)))
    };
    let privacy = move || {
        facts.read(|facts| {
            facts.privacy_policy.as_ref().map(|address| {
                view! {
                    <a
                        class="vst-link"
                        href=address.as_str().to_owned()
                        target="_blank"
                        rel="noopener noreferrer"
                        data-action="privacy"
                    >
                        {ui.say(Text::PrivacyLink)}
                    </a>
                }
            })
        })
    };
    view! {
        <section class="vst-screen" data-screen="start">
            <Illustration picture=Picture::Phone />
            <Heading text=Signal::derive(move || ui.say(Text::StartTitle)) />
            <p class="vst-lead">{move || ui.say(Text::StartIntro)}</p>
            <h2 class="vst-label vst-visually-hidden" id="vst-steps">
                {move || ui.say(Text::StartSteps)}
            </h2>
            <ol class="vst-steps" aria-labelledby="vst-steps">
                {steps}
            </ol>
            <p class="vst-note">
                <IconView icon=Icon::Clock />
                <span>{minutes}</span>
            </p>
            <p class="vst-note">
                <IconView icon=Icon::Lock />
                <span>{move || ui.say(Text::StartPrivacy)} " " {privacy}</span>
            </p>
            <div class="vst-actions">
                <Button
                    emphasis=Emphasis::Primary
                    text=Text::ActionStart
                    action="continue"
                    event=Event::ContinuePressed
                />
            </div>
        </section>
    }
    .into_any()
}

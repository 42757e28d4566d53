//! The service wants another picture or another document.

use leptos::prelude::*;

use super::{Facts, side_name};
use crate::domain::flow::{Event, Screen, TryAgainScreen};
use crate::domain::i18n::{Message, Text};
use crate::ui::components::button::{Button, Emphasis};
use crate::ui::components::heading::Heading;
use crate::ui::components::icon::{Icon, IconView};
use crate::ui::components::illustration::{Illustration, Picture};
use crate::ui::context::use_ui;

/// What is wrong, on which picture, and what to do about it.
#[component]
pub fn TryAgain() -> AnyView {
    let ui = use_ui();
    let facts: Facts<TryAgainScreen> = Facts::new(|screen| match screen {
        Screen::TryAgain(facts) => Some(facts),
        _ => None,
    });
    let say_side = move |text: Text| {
        facts.read(|facts| {
            facts
                .side
                .map(|side| ui.say(Message::from(text).with_message("side", side_name(side))))
        })
    };
    let picture = move || {
        let address = facts
            .read(|facts| facts.image)
            .and_then(|image| ui.image_url(image));
        match address {
            Some(address) => view! {
                <figure class="vst-verdict">
                    <img
                        class="vst-verdict__picture"
                        src=address
                        alt=move || say_side(Text::TryAgainImage).unwrap_or_default()
                    />
                    <span class="vst-verdict__badge"><IconView icon=Icon::Warning /></span>
                </figure>
            }
            .into_any(),
            None => view! { <Illustration picture=Picture::Warning /> }.into_any(),
        }
    };
    let side =
        move || say_side(Text::TryAgainSide).map(|words| view! { <p class="vst-tag">{words}</p> });
    let attempts = move || {
        facts.read(|facts| facts.attempts_left.clone()).map(|left| {
            view! { <p class="vst-attempts" data-attempts-left="">{ui.say(left)}</p> }
        })
    };
    let actions = move || {
        let (is_wrong_document, can_keep) =
            facts.read(|facts| (facts.is_wrong_document, facts.can_keep));
        let retake = |emphasis| {
            view! {
                <Button emphasis text=Text::TryAgainRetake action="retake" event=Event::RetakePressed />
            }
        };
        let change = |emphasis| {
            view! {
                <Button
                    emphasis
                    text=Text::TryAgainChange
                    action="change-document"
                    event=Event::ChangeDocumentPressed
                />
            }
        };
        let mut actions = if is_wrong_document {
            vec![change(Emphasis::Primary), retake(Emphasis::Secondary)]
        } else {
            vec![retake(Emphasis::Primary), change(Emphasis::Quiet)]
        };
        if can_keep {
            actions.insert(
                1,
                view! {
                    <Button
                        emphasis=Emphasis::Secondary
                        text=Text::TryAgainKeep
                        action="keep"
                        event=Event::KeepPressed
                    />
                },
            );
        }
        actions
    };
    view! {
        <section class="vst-screen" data-screen="try-again">
            {picture}
            {side}
            <Heading text=Signal::derive(move || facts.read(|facts| ui.say(facts.title.clone()))) />
            <p class="vst-lead">{move || facts.read(|facts| ui.say(facts.advice.clone()))}</p>
            {attempts}
            <div class="vst-actions">{actions}</div>
        </section>
    }
    .into_any()
}

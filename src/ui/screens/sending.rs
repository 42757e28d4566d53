//! Pictures are on their way, or being looked at.

use leptos::prelude::*;

use super::Facts;
use crate::domain::flow::{Event, ProblemScreen, Screen, SendingScreen, SendingState};
use crate::domain::i18n::{Message, Text};
use crate::ui::components::button::{Button, Emphasis};
use crate::ui::components::heading::Heading;
use crate::ui::components::icon::{Icon, IconView};
use crate::ui::components::illustration::{Illustration, Picture};
use crate::ui::context::{Ui, use_ui};

/// What happens after another, in the order of the list.
const STAGES: [Text; 3] = [
    Text::SendingTitle,
    Text::SendingChecking,
    Text::SendingFinishing,
];

/// Which of [`STAGES`] it is; nothing when it stopped.
fn stage_of(state: &SendingState) -> Option<usize> {
    match state {
        SendingState::Uploading { .. } => Some(0),
        SendingState::Checking => Some(1),
        SendingState::Finishing => Some(2),
        SendingState::Stopped(_) => None,
    }
}

/// How sending goes.
#[component]
pub fn Sending() -> AnyView {
    let ui = use_ui();
    let facts: Facts<SendingScreen> = Facts::new(|screen| match screen {
        Screen::Sending(facts) => Some(facts),
        _ => None,
    });
    let is_stopped = Memo::new(move |before: Option<&bool>| {
        facts
            .read(|facts| Some(matches!(facts.state, SendingState::Stopped(_))))
            .unwrap_or_else(|| before.copied().unwrap_or_default())
    });
    view! {
        <section class="vst-screen" data-screen="sending">
            {move || if is_stopped.get() { stopped(ui, facts) } else { running(ui, facts) }}
        </section>
    }
    .into_any()
}

fn running(ui: Ui, facts: Facts<SendingScreen>) -> AnyView {
    let stage = move || {
        facts
            .read(|facts| stage_of(&facts.state))
            .unwrap_or_default()
    };
    let percent = move || {
        facts.read(|facts| match facts.state {
            SendingState::Uploading { percent } => Some(percent.min(100)),
            _ => None,
        })
    };
    let sent = move || {
        percent()
            .map(|percent| ui.say(Message::from(Text::SendingPercent).with_count(percent.into())))
    };
    let detail = move || match percent() {
        Some(_) => sent(),
        None => (stage() == 1).then(|| ui.say(Text::SendingCheckingHint)),
    };
    let stages = (0..STAGES.len())
        .map(|index| {
            let class = move || match index.cmp(&stage()) {
                std::cmp::Ordering::Less => "vst-stages__stage vst-stages__stage--done",
                std::cmp::Ordering::Equal => "vst-stages__stage vst-stages__stage--now",
                std::cmp::Ordering::Greater => "vst-stages__stage",
            };
            view! {
                <li class=class aria-current=move || (index == stage()).then_some("step")>
                    <span class="vst-stages__mark"><IconView icon=Icon::Check /></span>
                    <span>{move || ui.say(STAGES[index])}</span>
                </li>
            }
        })
        .collect_view();
    let cancel = move || {
        percent().is_some().then(|| {
            view! {
                <Button
                    emphasis=Emphasis::Secondary
                    text=Text::ActionCancel
                    action="cancel"
                    event=Event::CancelPressed
                />
            }
        })
    };
    view! {
        <div class="vst-screen__content">
            <Heading text=Signal::derive(move || ui.say(STAGES[stage()])) />
            <p class="vst-lead">{move || ui.say(Text::SendingKeepOpen)}</p>
            <div
                class="vst-bar"
                class:vst-bar--endless=move || percent().is_none()
                role="progressbar"
                aria-label=move || ui.say(STAGES[stage()])
                aria-valuemin="0"
                aria-valuemax="100"
                aria-valuenow=move || percent().map(|percent| percent.to_string())
                aria-valuetext=sent
            >
                <div
                    class="vst-bar__fill"
                    style:inline-size=move || percent().map(|percent| [&percent.to_string(), "%"].concat())
                ></div>
            </div>
            <p class="vst-bar__detail">{detail}</p>
            <ol class="vst-stages">{stages}</ol>
            <div class="vst-actions">{cancel}</div>
        </div>
    }
    .into_any()
}

fn stopped(ui: Ui, facts: Facts<SendingScreen>) -> AnyView {
    let say = move |of: fn(&ProblemScreen) -> &Message| {
        facts.read(|facts| match &facts.state {
            SendingState::Stopped(problem) => ui.say(of(problem).clone()),
            _ => String::new(),
        })
    };
    view! {
        <div class="vst-screen__content vst-screen--centred" data-sending="stopped">
            <Illustration picture=Picture::Warning />
            <Heading text=Signal::derive(move || say(|problem| &problem.title)) />
            <p class="vst-lead">{move || say(|problem| &problem.body)}</p>
            <div class="vst-actions">
                <Button
                    emphasis=Emphasis::Primary
                    text=Text::ActionRetry
                    action="retry"
                    event=Event::RetryPressed
                />
                <Button
                    emphasis=Emphasis::Secondary
                    text=Text::ActionCancel
                    action="cancel"
                    event=Event::CancelPressed
                />
            </div>
        </div>
    }
    .into_any()
}

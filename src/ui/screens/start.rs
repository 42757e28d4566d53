//! What will happen in this session.

use super::{Facts, privacy_link};
use crate::domain::flow::{Event, HandoffEvent, Screen, StartScreen};
use crate::domain::i18n::{Message, Text};
use crate::ui::components::button::{Emphasis, button};
use crate::ui::components::heading::{heading, lead};
use crate::ui::components::icon::{Icon, icon};
use crate::ui::components::illustration::{Picture, illustration};
use crate::ui::context::Ui;
use crate::ui::dom::{El, el};

/// The steps, how long they take, and "Start".
#[must_use]
pub fn start(ui: Ui) -> El {
    let facts: Facts<StartScreen> = Facts::new(ui, |screen| match screen {
        Screen::Start(facts) => Some(facts),
        _ => None,
    });
    let steps = move || {
        let say = |step: &Message| ui.say(step.clone());
        facts.read(|facts| facts.steps.iter().map(say).collect::<Vec<_>>().join("\n"))
    };
    let minutes = move || {
        facts.read(|facts| ui.say(Message::from(Text::StartMinutes).with_count(facts.minutes)))
    };
    let policy = move || {
        facts.read(|facts| {
            facts
                .privacy_policy
                .as_ref()
                .map_or_else(String::new, |url| url.as_str().to_owned())
        })
    };
    let left = move || {
        let minutes = facts.read(|facts| facts.minutes_left);
        minutes.map_or_else(String::new, |minutes| {
            ui.say(Message::from(Text::StartMinutesLeft).with_count(minutes))
        })
    };
    let intro = facts.once(|facts| facts.intro).unwrap_or(Text::StartIntro);
    let privacy = facts
        .once(|facts| facts.privacy)
        .unwrap_or(Text::StartPrivacy);
    let go = button(ui, Emphasis::Primary, Text::ActionStart, "continue", || {
        Event::ContinuePressed
    });
    let phone = move || {
        button(
            ui,
            Emphasis::Secondary,
            Text::StartHandoff,
            "handoff",
            || Event::Handoff(HandoffEvent::Chosen),
        )
    };
    el("section", "vst-screen")
        .attr("data-screen", "start")
        .child(illustration(Picture::Photographed))
        .child(heading(move || ui.say(Text::StartTitle)))
        .child(lead(move || ui.say(intro)))
        .child(
            el("h2", "vst-visually-hidden")
                .attr("id", "vst-steps")
                .words(move || ui.say(Text::StartSteps)),
        )
        .child(
            el("ol", "vst-steps")
                .attr("aria-labelledby", "vst-steps")
                .region(steps, |steps| {
                    steps
                        .lines()
                        .map(|step| el("li", "vst-steps__step").text(step))
                        .collect()
                }),
        )
        .child(note(
            Icon::Clock,
            el("span", "vst-note__words")
                .child(el("span", "").words(minutes))
                .region(left, |words| {
                    let words = el("span", "").attr("data-minutes-left", "").text(words);
                    vec![space(), words]
                }),
        ))
        .child(note(
            Icon::Lock,
            el("span", "vst-note__words")
                .child(el("span", "").words(move || ui.say(privacy)))
                .region(policy, move |address| {
                    std::iter::once(space())
                        .chain(privacy_link(ui, address))
                        .collect()
                }),
        ))
        .child(
            el("div", "vst-actions")
                .child(go)
                .when(move || facts.read(|facts| facts.can_hand_off), phone),
        )
}

/// Between two sentences of a note.
fn space() -> El {
    el("span", "").text(" ")
}

fn note(picture: Icon, words: El) -> El {
    el("p", "vst-note").child(icon(picture)).child(words)
}

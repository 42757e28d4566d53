//! Whether the person agrees to the use of their face.
//!
//! Both answers are buttons of the same size: a choice that is made hard to
//! refuse is none.

use super::{Facts, give_up, privacy_link};
use crate::domain::flow::{ConsentScreen, ConsentState, Event, Screen};
use crate::domain::i18n::Text;
use crate::ui::components::alert::alert;
use crate::ui::components::button::{Emphasis, back_button, button};
use crate::ui::components::form::waiting;
use crate::ui::components::heading::{heading, lead};
use crate::ui::components::icon::Icon;
use crate::ui::components::illustration::{Picture, illustration};
use crate::ui::components::tips::tip;
use crate::ui::context::Ui;
use crate::ui::dom::{El, el};

/// The question, what follows from it, and both answers.
#[must_use]
pub fn consent(ui: Ui) -> El {
    let facts: Facts<ConsentScreen> = Facts::new(ui, |screen| match screen {
        Screen::Consent(facts) => Some(facts),
        _ => None,
    });
    let state = move || {
        facts.read(|facts| {
            match facts.state {
                ConsentState::Asking => "asking",
                ConsentState::Refusing => "refusing",
                ConsentState::Recording => "recording",
                ConsentState::Stopped(_) => "stopped",
            }
            .to_owned()
        })
    };
    let problem = move || {
        facts.read(|facts| match &facts.state {
            ConsentState::Stopped(problem) => {
                let title = ui.say(problem.title.clone());
                [title, ui.say(problem.body.clone())].join("\n")
            }
            ConsentState::Asking | ConsentState::Refusing | ConsentState::Recording => {
                String::new()
            }
        })
    };
    let policy = move || {
        facts.read(|facts| {
            facts
                .privacy_policy
                .as_ref()
                .map_or_else(String::new, |url| url.as_str().to_owned())
        })
    };
    let is_refusing = move || state() == "refusing";
    let title = move || {
        ui.say(if is_refusing() {
            Text::ConsentRefusingTitle
        } else {
            Text::ConsentTitle
        })
    };
    let intro = move || {
        ui.say(if is_refusing() {
            Text::ConsentRefusingBody
        } else {
            Text::ConsentIntro
        })
    };
    let points = move || {
        el("ul", "vst-tips")
            .child(tip(ui, Icon::Shield, Text::ConsentUse))
            // Only what can be looked up.
            .when(
                move || !policy().is_empty(),
                move || tip(ui, Icon::Clock, Text::ConsentKeep),
            )
            .child(tip(ui, Icon::Person, Text::ConsentFree))
    };
    el("section", "vst-screen")
        .attr("data-screen", "consent")
        .when(
            move || matches!(state().as_str(), "asking" | "refusing"),
            move || back_button(ui),
        )
        .child(illustration(Picture::Face))
        .child(heading(title))
        .child(lead(intro))
        .when(move || !is_refusing(), points)
        .child(el("p", "vst-note").region(policy, move |address| privacy_link(ui, address)))
        // With the actions, which cover what is above them on a small screen.
        .child(
            el("div", "vst-actions")
                .child(alert(problem))
                .region(state, move |state| actions(ui, state)),
        )
}

fn actions(ui: Ui, state: &str) -> Vec<El> {
    let agree = |emphasis| {
        button(ui, emphasis, Text::ConsentAgree, "agree", || {
            Event::ConsentGiven
        })
    };
    let refuse = |text| {
        button(ui, Emphasis::Secondary, text, "refuse", || {
            Event::ConsentRefused
        })
    };
    match state {
        "asking" => vec![agree(Emphasis::Primary), refuse(Text::ConsentRefuse)],
        // Neither is pushed.
        "refusing" => vec![
            refuse(Text::ConsentRefuseAnyway),
            agree(Emphasis::Secondary),
        ],
        "recording" => vec![waiting(ui, Text::ConsentRecording)],
        _ => vec![
            button(ui, Emphasis::Primary, Text::ActionRetry, "retry", || {
                Event::RetryPressed
            }),
            give_up(ui),
        ],
    }
}

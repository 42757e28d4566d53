//! Pictures are on their way, or being looked at.

use std::cmp::Ordering;

use wasm_bindgen::UnwrapThrowExt;

use super::{Facts, give_up};
use crate::domain::flow::{Event, ProblemScreen, Screen, SendingScreen, SendingState};
use crate::domain::i18n::{Message, Text};
use crate::ui::components::button::{Emphasis, button};
use crate::ui::components::heading::{heading, lead};
use crate::ui::components::icon::{Icon, icon};
use crate::ui::components::illustration::{Picture, illustration};
use crate::ui::context::Ui;
use crate::ui::dom::{El, el};

/// What happens after another, in the order of the list.
const STAGES: [Text; 3] = [
    Text::SendingTitle,
    Text::SendingChecking,
    Text::SendingFinishing,
];

/// Which of [`STAGES`] it is; the first when it stopped.
fn stage_of(state: &SendingState) -> usize {
    match state {
        SendingState::Uploading { .. } | SendingState::Stopped(_) => 0,
        SendingState::Checking => 1,
        SendingState::Finishing => 2,
    }
}

/// How sending goes.
#[must_use]
pub fn sending(ui: Ui) -> El {
    let facts: Facts<SendingScreen> = Facts::new(ui, |screen| match screen {
        Screen::Sending(facts) => Some(facts),
        _ => None,
    });
    let state = move || {
        facts.read(|facts| match facts.state {
            SendingState::Stopped(_) => "stopped".to_owned(),
            _ => "running".to_owned(),
        })
    };
    el("section", "vst-screen")
        .attr("data-screen", "sending")
        .region(state, move |state| {
            vec![if state == "stopped" {
                stopped(ui, facts)
            } else {
                running(ui, facts)
            }]
        })
}

fn running(ui: Ui, facts: Facts<SendingScreen>) -> El {
    let stage = move || facts.read(|facts| stage_of(&facts.state));
    let percent = move || {
        facts.read(|facts| match facts.state {
            SendingState::Uploading { percent } => Some(percent.min(100)),
            _ => None,
        })
    };
    let title = move || ui.say(STAGES[stage()]);
    let sent = move || {
        let message = |percent: u8| Message::from(Text::SendingPercent).with_count(percent.into());
        percent().map(|percent| ui.say(message(percent)))
    };
    let detail = move || match sent() {
        Some(sent) => sent,
        None if stage() == 1 => ui.say(Text::SendingCheckingHint),
        None => String::new(),
    };
    let stages = (0..STAGES.len()).map(|index| {
        el("li", "")
            .attr_with("class", move || {
                let class = match index.cmp(&stage()) {
                    Ordering::Less => "vst-stages__stage vst-stages__stage--done",
                    Ordering::Equal => "vst-stages__stage vst-stages__stage--now",
                    Ordering::Greater => "vst-stages__stage",
                };
                Some(class.to_owned())
            })
            .attr_with("aria-current", move || {
                (index == stage()).then(|| "step".to_owned())
            })
            .child(el("span", "vst-stages__mark").child(icon(Icon::Check)))
            .child(el("span", "").words(move || ui.say(STAGES[index])))
    });
    let cancel = move || {
        button(
            ui,
            Emphasis::Secondary,
            Text::ActionCancel,
            "cancel",
            || Event::CancelPressed,
        )
    };
    el("div", "vst-screen__content")
        .child(heading(title))
        .child(lead(move || ui.say(Text::SendingKeepOpen)))
        .child(
            el("div", "vst-bar")
                .class_when("vst-bar--endless", move || percent().is_none())
                .attr("role", "progressbar")
                .attr("aria-valuemin", "0")
                .attr("aria-valuemax", "100")
                .attr_with("aria-label", move || Some(title()))
                .attr_with("aria-valuenow", move || {
                    percent().map(|percent| percent.to_string())
                })
                .attr_with("aria-valuetext", sent)
                .child(fill(percent)),
        )
        .child(el("p", "vst-bar__detail").words(detail))
        .child(el("ol", "vst-stages").children(stages))
        .child(el("div", "vst-actions").when(move || percent().is_some(), cancel))
}

/// The filled part of the bar, sized through the style object: an attribute
/// would fall to the content security policy.
fn fill(percent: impl Fn() -> Option<u8> + 'static) -> El {
    let fill = el("div", "vst-bar__fill");
    let style = fill.html().style();
    fill.attr_with("data-percent", move || {
        let percent = percent().map(|percent| percent.to_string());
        let size = percent
            .as_ref()
            .map_or_else(String::new, |percent| [percent, "%"].concat());
        style.set_property("inline-size", &size).unwrap_throw();
        percent
    })
}

fn stopped(ui: Ui, facts: Facts<SendingScreen>) -> El {
    let say = move |of: fn(&ProblemScreen) -> &Message| {
        facts.read(|facts| match &facts.state {
            SendingState::Stopped(problem) => ui.say(of(problem).clone()),
            _ => String::new(),
        })
    };
    let retry = button(ui, Emphasis::Primary, Text::ActionRetry, "retry", || {
        Event::RetryPressed
    });
    let cancel = button(
        ui,
        Emphasis::Secondary,
        Text::ActionCancel,
        "cancel",
        || Event::CancelPressed,
    );
    el("div", "vst-screen__content vst-screen--centred")
        .attr("data-sending", "stopped")
        .child(illustration(Picture::Warning))
        .child(heading(move || say(|problem| &problem.title)))
        .child(lead(move || say(|problem| &problem.body)))
        .child(
            el("div", "vst-actions")
                .child(retry)
                .child(cancel)
                .child(give_up(ui)),
        )
}

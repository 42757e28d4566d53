//! Continuing on another device, on either of the two.

use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;

use super::{Facts, go_on};
use crate::domain::flow::{Away, Event, HandoffEvent, HandoffKind, HandoffScreen, Screen};
use crate::domain::i18n::{Arg, Message, Text};
use crate::domain::qr::QrPicture;
use crate::ui::components::alert::alert;
use crate::ui::components::button::{Emphasis, back_button, button};
use crate::ui::components::form::waiting;
use crate::ui::components::heading::{heading, lead};
use crate::ui::components::icon::{Icon, icon};
use crate::ui::components::illustration::{Picture, illustration};
use crate::ui::context::Ui;
use crate::ui::dom::{El, el, svg};

/// Builds the screen of this kind.
#[must_use]
pub fn handoff(ui: Ui, kind: HandoffKind) -> El {
    let facts: Facts<HandoffScreen> = Facts::new(ui, |screen| match screen {
        Screen::Handoff(facts) => Some(facts),
        _ => None,
    });
    let section = |class| el("section", class).attr("data-screen", kind.name());
    let centred = || section("vst-screen vst-screen--centred");
    match kind {
        HandoffKind::Preparing => preparing(ui, section("vst-screen vst-opening")),
        HandoffKind::Problem => problem(ui, facts, centred()),
        HandoffKind::Code => code(ui, facts, section("vst-screen")),
        HandoffKind::Number => number(ui, facts, centred()),
        HandoffKind::Progress => progress(ui, facts, centred()),
        HandoffKind::PhoneStopped => phone_stopped(ui, facts, centred()),
        HandoffKind::Compare => compare(ui, facts, centred()),
        HandoffKind::Lobby => lobby(ui, centred()),
        HandoffKind::Away => away(ui, facts, centred()),
    }
}

fn preparing(ui: Ui, screen: El) -> El {
    screen
        .child(el("span", "vst-spinner vst-spinner--large").attr("aria-hidden", "true"))
        .child(heading(move || ui.say(Text::HandoffPreparing)))
}

fn continue_here(ui: Ui, emphasis: Emphasis, text: Text) -> El {
    let event = || Event::Handoff(HandoffEvent::ContinueHerePressed);
    button(ui, emphasis, text, "continue-here", event)
}

fn retry(ui: Ui) -> El {
    let event = || Event::RetryPressed;
    button(ui, Emphasis::Primary, Text::ActionRetry, "retry", event)
}

fn problem(ui: Ui, facts: Facts<HandoffScreen>, screen: El) -> El {
    let say = move |title: bool| {
        facts.read(|facts| match facts {
            HandoffScreen::Problem { problem, .. } if title => ui.say(problem.title.clone()),
            HandoffScreen::Problem { problem, .. } => ui.say(problem.body.clone()),
            _ => String::new(),
        })
    };
    let can_continue_here = move || {
        facts.read(|facts| {
            matches!(
                facts,
                HandoffScreen::Problem {
                    can_continue_here: true,
                    ..
                }
            )
        })
    };
    let here = move || continue_here(ui, Emphasis::Secondary, Text::HandoffContinueHere);
    screen
        .child(illustration(Picture::Warning))
        .child(heading(move || say(true)))
        .child(lead(move || say(false)))
        .child(
            el("div", "vst-actions")
                .child(retry(ui))
                .when(can_continue_here, here),
        )
}

fn code(ui: Ui, facts: Facts<HandoffScreen>, screen: El) -> El {
    let link = move || {
        facts.read(|facts| match facts {
            HandoffScreen::Code {
                link: Some(link), ..
            } => link.reveal().to_owned(),
            _ => String::new(),
        })
    };
    let mismatch = move || {
        let is_after_mismatch = facts.read(|facts| {
            matches!(
                facts,
                HandoffScreen::Code {
                    is_after_mismatch: true,
                    ..
                }
            )
        });
        if is_after_mismatch {
            ui.say(Text::HandoffMismatch)
        } else {
            String::new()
        }
    };
    let copied = move || {
        let was_copied = facts.read(|facts| match facts {
            HandoffScreen::Code { was_copied, .. } => *was_copied,
            _ => None,
        });
        match was_copied {
            None => String::new(),
            Some(true) => ui.say(Text::HandoffCopied),
            Some(false) => ui.say(Text::HandoffNotCopied),
        }
    };
    let field = el("input", "vst-link-field__input")
        .attr("id", "vst-handoff-link")
        .attr("type", "text")
        .attr("readonly", "")
        .attr("dir", "ltr")
        .attr("data-handoff-link", "")
        .attr_with("value", move || Some(link()))
        .on("focus", |event| {
            let field = event
                .target()
                .and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
            if let Some(field) = field {
                field.select();
            }
        });
    let copy = button(
        ui,
        Emphasis::Secondary,
        Text::HandoffCopy,
        "copy-link",
        || Event::Handoff(HandoffEvent::CopyPressed),
    );
    screen
        .child(back_button(ui))
        .child(heading(move || ui.say(Text::HandoffCodeTitle)))
        .child(alert(mismatch))
        .child(lead(move || ui.say(Text::HandoffCodeIntro)))
        .child(el("div", "vst-qr").region(link, move |link| qr(ui, link)))
        .child(note(ui, Icon::Shield, Text::HandoffCodeSafety))
        .child(
            el("div", "vst-link-field")
                .child(
                    el("label", "vst-link-field__label")
                        .attr("for", "vst-handoff-link")
                        .words(move || ui.say(Text::HandoffLinkLabel)),
                )
                .child(field)
                .child(copy)
                .child(el("p", "vst-hint").attr("data-copied", "").words(copied)),
        )
        .child(el("div", "vst-actions").child(continue_here(
            ui,
            Emphasis::Quiet,
            Text::HandoffContinueHere,
        )))
}

/// The link as a picture; it says the same in words, whichever link it is, so
/// that a new one is no news to a screen reader.
fn qr(ui: Ui, link: &str) -> Vec<El> {
    let Some(picture) = QrPicture::new(link) else {
        return Vec::new();
    };
    let size = picture.size.to_string();
    let code = svg("svg", "vst-qr__code")
        .attr("viewBox", &["0 0 ", &size, " ", &size].concat())
        .attr("shape-rendering", "crispEdges")
        .attr("role", "img")
        .attr_with("aria-label", move || Some(ui.say(Text::HandoffCodePicture)))
        .child(
            svg("rect", "vst-qr__light")
                .attr("width", &size)
                .attr("height", &size),
        )
        .child(svg("path", "vst-qr__dark").attr("d", &picture.path));
    vec![code]
}

fn note(ui: Ui, picture: Icon, text: Text) -> El {
    el("p", "vst-note")
        .child(icon(picture))
        .child(el("span", "").words(move || ui.say(text)))
}

/// The two digits, the same on both devices whatever language each speaks.
fn digits(facts: Facts<HandoffScreen>) -> El {
    let digits = move || {
        facts.read(|facts| match facts {
            HandoffScreen::Number { number, .. } | HandoffScreen::Compare { number } => {
                number.clone()
            }
            _ => String::new(),
        })
    };
    el("p", "vst-number")
        .attr("dir", "ltr")
        .attr("data-handoff-number", "")
        .words(digits)
}

fn number(ui: Ui, facts: Facts<HandoffScreen>, screen: El) -> El {
    let is_sending = move || {
        facts.read(|facts| {
            matches!(
                facts,
                HandoffScreen::Number {
                    is_sending: true,
                    ..
                }
            )
        })
    };
    let failed = move || {
        let has_failed = facts.read(|facts| {
            matches!(
                facts,
                HandoffScreen::Number {
                    has_failed: true,
                    ..
                }
            )
        });
        if has_failed {
            ui.say(Text::HandoffNumberFailed)
        } else {
            String::new()
        }
    };
    let state = move || if is_sending() { "sending" } else { "open" }.to_owned();
    let answers = move |state: &str| {
        if state == "sending" {
            return vec![waiting(ui, Text::HandoffNumberSending)];
        }
        let answer = |emphasis, text, action, event: fn() -> HandoffEvent| {
            button(ui, emphasis, text, action, move || Event::Handoff(event()))
        };
        vec![
            answer(Emphasis::Primary, Text::HandoffNumberYes, "match", || {
                HandoffEvent::MatchConfirmed
            }),
            answer(
                Emphasis::Secondary,
                Text::HandoffNumberNo,
                "no-match",
                || HandoffEvent::MatchRefused,
            ),
        ]
    };
    screen
        .child(back_button(ui))
        .child(heading(move || ui.say(Text::HandoffNumberTitle)))
        .child(lead(move || ui.say(Text::HandoffNumberIntro)))
        .child(digits(facts))
        .child(alert(failed))
        .child(el("div", "vst-actions").region(state, answers))
}

fn progress(ui: Ui, facts: Facts<HandoffScreen>, screen: El) -> El {
    let count = move || {
        facts.read(|facts| match facts {
            HandoffScreen::Progress {
                n_complete,
                n_required,
            } => ui.say(
                Message::from(Text::HandoffProgressCount)
                    .with("done", Arg::Count(*n_complete))
                    .with("total", Arg::Count(*n_required)),
            ),
            _ => String::new(),
        })
    };
    screen
        .child(illustration(Picture::Phone))
        .child(heading(move || ui.say(Text::HandoffProgressTitle)))
        .child(lead(move || ui.say(Text::HandoffProgressIntro)))
        .child(
            el("p", "vst-handoff-count")
                .attr("role", "status")
                .attr("data-handoff-count", "")
                .words(count),
        )
        .child(el("div", "vst-actions").child(continue_here(
            ui,
            Emphasis::Secondary,
            Text::HandoffContinueHere,
        )))
}

fn phone_stopped(ui: Ui, facts: Facts<HandoffScreen>, screen: El) -> El {
    let is_given_up =
        facts.once(|facts| matches!(facts, HandoffScreen::PhoneStopped { is_given_up: true }));
    let (title, body) = if is_given_up.unwrap_or_default() {
        (Text::HandoffStoppedTitle, Text::HandoffStoppedBody)
    } else {
        (Text::HandoffLostTitle, Text::HandoffLostBody)
    };
    screen
        .child(illustration(Picture::Phone))
        .child(heading(move || ui.say(title)))
        .child(lead(move || ui.say(body)))
        .child(el("div", "vst-actions").child(continue_here(
            ui,
            Emphasis::Primary,
            Text::HandoffContinueHere,
        )))
}

fn compare(ui: Ui, facts: Facts<HandoffScreen>, screen: El) -> El {
    screen
        .child(heading(move || ui.say(Text::HandoffCompareTitle)))
        .child(digits(facts))
        .child(lead(move || ui.say(Text::HandoffCompareIntro)))
        .child(note(ui, Icon::Warning, Text::HandoffCompareWarning))
}

fn lobby(ui: Ui, screen: El) -> El {
    let go = go_on(ui);
    let stop = button(
        ui,
        Emphasis::Secondary,
        Text::HandoffStopHere,
        "stop-here",
        || Event::Handoff(HandoffEvent::StopPressed),
    );
    screen
        .child(illustration(Picture::Phone))
        .child(heading(move || ui.say(Text::HandoffLobbyTitle)))
        .child(lead(move || ui.say(Text::HandoffLobbyIntro)))
        .child(el("div", "vst-actions").child(go).child(stop))
}

fn away(ui: Ui, facts: Facts<HandoffScreen>, screen: El) -> El {
    let why = facts.once(|facts| match facts {
        HandoffScreen::Away(why) => *why,
        _ => Away::TakenBack,
    });
    let (name, picture, title, body) = match why.unwrap_or(Away::TakenBack) {
        Away::Done => (
            "done",
            Picture::Success,
            Text::HandoffDoneTitle,
            Text::HandoffDoneBody,
        ),
        Away::Stopped => (
            "stopped",
            Picture::Ended,
            Text::HandoffAwayStoppedTitle,
            Text::HandoffAwayStoppedBody,
        ),
        Away::TakenBack => (
            "taken-back",
            Picture::Phone,
            Text::HandoffTakenBackTitle,
            Text::HandoffTakenBackBody,
        ),
        Away::Spent => (
            "spent",
            Picture::Ended,
            Text::HandoffSpentTitle,
            Text::HandoffSpentBody,
        ),
    };
    screen
        .attr("data-away", name)
        .child(illustration(picture))
        .child(heading(move || ui.say(title)))
        .child(lead(move || ui.say(body)))
}

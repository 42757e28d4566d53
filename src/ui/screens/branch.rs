//! Preparing a visit to a branch: what happens, which branch, who comes, and
//! the letter.

use super::{Facts, go_on};
use crate::domain::flow::{
    BranchEvent, BranchKind, BranchPart, BranchScreen, Event, FindBranchScreen, FormScreen,
    LetterScreen, LetterState, LetterSummary, ProblemScreen, Screen,
};
use crate::domain::form::Field;
use crate::domain::i18n::{Arg, Locale, Message, Text};
use crate::ui::components::alert::alert;
use crate::ui::components::button::{Emphasis, back_button, button, pressable};
use crate::ui::components::form::{FormView, radio_card, retry, waiting};
use crate::ui::components::heading::{heading, lead};
use crate::ui::components::icon::{Icon, icon};
use crate::ui::components::illustration::{Picture, illustration};
use crate::ui::components::tips::tips;
use crate::ui::context::Ui;
use crate::ui::dom::{El, el};

/// What happens where, in the order in which it happens.
const POINTS: [(Icon, Text); 3] = [
    (Icon::House, Text::BranchPointChoose),
    (Icon::Sheet, Text::BranchPointLetter),
    (Icon::Person, Text::BranchPointVisit),
];

/// A screen of preparing a visit; the choice of documents is a screen of its
/// own.
#[must_use]
pub fn branch(ui: Ui, kind: BranchKind) -> El {
    match kind {
        BranchKind::Intro | BranchKind::Choose(_) => intro(ui),
        BranchKind::Find => find(ui),
        BranchKind::Contact => contact(ui),
        BranchKind::Letter => letter(ui),
    }
}

fn screen(name: &str) -> El {
    el("section", "vst-screen").attr("data-screen", name)
}

fn intro(ui: Ui) -> El {
    let facts: Facts<BranchScreen> = Facts::new(ui, |screen| match screen {
        Screen::Branch(facts) => Some(facts),
        _ => None,
    });
    let price = move || {
        facts.read(|facts| match &facts.part {
            BranchPart::Intro {
                price: Some(price), ..
            } => ui.say(price.clone()),
            _ => String::new(),
        })
    };
    let guidance = move || {
        facts.read(|facts| match &facts.part {
            BranchPart::Intro {
                guidance: Some(guidance),
                ..
            } => guidance.as_str().to_owned(),
            _ => String::new(),
        })
    };
    let go = go_on(ui);
    screen("branch-intro")
        .child(back_button(ui))
        .child(illustration(Picture::Branch))
        .child(heading(move || ui.say(Text::BranchTitle)))
        .child(lead(move || ui.say(Text::BranchIntro)))
        .region(price, |words| {
            vec![el("p", "vst-tag").attr("data-price", "").text(words)]
        })
        .child(tips(ui, &POINTS))
        .region(guidance, move |address| {
            let link = el("a", "vst-link")
                .attr("href", address)
                .attr("target", "_blank")
                .attr("rel", "noopener noreferrer")
                .attr("data-action", "guidance")
                .words(move || ui.say(Text::BranchGuidance));
            vec![el("p", "").child(link)]
        })
        .child(el("div", "vst-actions").child(go))
}

fn find_facts(ui: Ui) -> Facts<FindBranchScreen> {
    Facts::new(ui, |screen| match screen {
        Screen::Branch(BranchScreen {
            part: BranchPart::Find(facts),
            ..
        }) => Some(facts),
        _ => None,
    })
}

fn search_form(ui: Ui, look: &mut dyn FnMut(&FormScreen)) {
    find_facts(ui).read(|facts| look(&facts.form));
}

fn find(ui: Ui) -> El {
    let facts = find_facts(ui);
    let form = FormView::new(ui, search_form);
    // Whatever makes another list; a choice in it does not.
    let key = move || {
        facts.read(|facts| {
            facts.found.as_ref().map_or_else(String::new, |found| {
                found
                    .iter()
                    .fold("found".to_owned(), |key, card| key + " " + &card.code)
            })
        })
    };
    let count = move || {
        facts.read(|facts| {
            let n_found = facts.found.as_ref().map(Vec::len);
            n_found.map_or_else(String::new, |n_found| {
                match u32::try_from(n_found).unwrap_or(u32::MAX) {
                    0 => ui.say(Text::BranchNone),
                    count => ui.say(Message::from(Text::BranchFound).with_count(count)),
                }
            })
        })
    };
    let has_found =
        move || facts.read(|facts| facts.found.as_ref().is_some_and(|it| !it.is_empty()));
    let go = move || {
        let go = go_on(ui);
        let is_open = move || facts.read(|facts| facts.chosen.is_none());
        el("div", "vst-actions").child(go.flag("disabled", is_open))
    };
    screen("branch-find")
        .child(back_button(ui))
        .child(heading(move || ui.say(Text::BranchFind)))
        .child(form.build(
            &[Field::PostCode],
            // First, until there is something to go on with.
            move || {
                if has_found() {
                    Emphasis::Secondary
                } else {
                    Emphasis::Primary
                }
            },
            Text::BranchSearch,
            Text::BranchSearching,
        ))
        .child(el("p", "vst-hint").attr("role", "status").words(count))
        .region(key, move |_| vec![branches(ui)])
        .when(has_found, go)
}

fn branches(ui: Ui) -> El {
    let facts = find_facts(ui);
    let cards = facts
        .once(|facts| facts.found.clone())
        .flatten()
        .unwrap_or_default();
    let is_empty = cards.is_empty();
    let cards = cards.into_iter().map(|card| {
        let code = card.code.clone();
        radio_card(
            ui,
            "branch",
            &card.code,
            &card.name,
            &card.address,
            move || facts.read(|facts| facts.chosen.as_ref() == Some(&code)),
            {
                let code = card.code.clone();
                move || Event::Branch(BranchEvent::BranchChosen(code.clone()))
            },
        )
    });
    el("fieldset", "vst-types")
        .flag("hidden", move || is_empty)
        .child(el("legend", "vst-label").words(move || ui.say(Text::BranchChoose)))
        .child(el("div", "vst-types__cards").children(cards))
}

fn contact_form(ui: Ui, look: &mut dyn FnMut(&FormScreen)) {
    let facts: Facts<FormScreen> = Facts::new(ui, |screen| match screen {
        Screen::Branch(BranchScreen {
            part: BranchPart::Contact(facts),
            ..
        }) => Some(facts),
        _ => None,
    });
    facts.read(look);
}

fn contact(ui: Ui) -> El {
    // In the order in which a name is said.
    let (first, second) = match ui.locale() {
        Locale::Ja => (Field::LastName, Field::FirstName),
        _ => (Field::FirstName, Field::LastName),
    };
    let fields = [
        first,
        second,
        Field::Email,
        Field::EmailAgain,
        Field::Agreement,
    ];
    let form = FormView::new(ui, contact_form);
    screen("branch-contact")
        .child(back_button(ui))
        .child(heading(move || ui.say(Text::BranchContact)))
        .child(lead(move || ui.say(Text::BranchContactHint)))
        .child(form.build(
            &fields,
            || Emphasis::Primary,
            Text::BranchMakeLetter,
            Text::FormSending,
        ))
        .child(
            el("p", "vst-note")
                .child(icon(Icon::Lock))
                .child(el("span", "").words(move || ui.say(Text::FormPrivacy))),
        )
}

fn letter_facts(ui: Ui) -> Facts<LetterScreen> {
    Facts::new(ui, |screen| match screen {
        Screen::Branch(BranchScreen {
            part: BranchPart::Letter(facts),
            ..
        }) => Some(facts),
        _ => None,
    })
}

fn letter(ui: Ui) -> El {
    let facts = letter_facts(ui);
    let state = move || {
        facts.read(|facts| {
            match (&facts.summary, &facts.problem) {
                (Some(_), _) => "ready",
                (None, Some(_)) => "stopped",
                (None, None) => "reading",
            }
            .to_owned()
        })
    };
    screen("branch-letter")
        .child(back_button(ui))
        .child(heading(move || ui.say(Text::BranchLetter)))
        .child(alert(move || {
            facts.read(|facts| {
                facts
                    .problem
                    .as_ref()
                    .map_or_else(String::new, |it| say(ui, it))
            })
        }))
        .region(state, move |state| match state {
            "ready" => ready(ui),
            "stopped" => vec![el("div", "vst-actions").child(retry(ui))],
            _ => vec![waiting(ui, Text::BranchLetterReading)],
        })
}

fn say(ui: Ui, problem: &ProblemScreen) -> String {
    let title = ui.say(problem.title.clone());
    [title, ui.say(problem.body.clone())].join("\n")
}

/// What the letter says, and how to get it.
fn ready(ui: Ui) -> Vec<El> {
    let facts = letter_facts(ui);
    let is_busy = move |of: fn(&LetterScreen) -> &LetterState| {
        move || facts.read(|facts| *of(facts) == LetterState::Waiting)
    };
    let save = asking(
        ui,
        (Icon::Download, Text::BranchSave, "save-letter"),
        "vst-button vst-button--primary",
        is_busy(|facts| &facts.saving),
        BranchEvent::SaveLetterPressed,
    );
    let email = asking(
        ui,
        (Icon::Mail, Text::BranchEmail, "email-letter"),
        "vst-button vst-button--secondary",
        is_busy(|facts| &facts.emailing),
        BranchEvent::EmailLetterPressed,
    );
    let finish = button(
        ui,
        Emphasis::Secondary,
        Text::BranchFinish,
        "continue",
        || Event::ContinuePressed,
    );
    let saving = move || {
        facts.read(|facts| match facts.saving {
            LetterState::Waiting => ui.say(Text::BranchSaving),
            LetterState::Done => ui.say(Text::BranchSaved),
            LetterState::NotYet | LetterState::Failed(_) => String::new(),
        })
    };
    let emailing = move || {
        facts.read(|facts| match facts.emailing {
            LetterState::Waiting => ui.say(Text::FormSending),
            LetterState::Done => {
                let summary = facts.summary.as_ref();
                match summary.and_then(|summary| summary.email.as_ref()) {
                    Some(email) => {
                        let email = Arg::Verbatim(email.reveal().to_owned());
                        ui.say(Message::from(Text::BranchEmailed).with("email", email))
                    }
                    None => ui.say(Text::BranchEmailedToThem),
                }
            }
            LetterState::NotYet | LetterState::Failed(_) => String::new(),
        })
    };
    let trouble = move |of: fn(&LetterScreen) -> &LetterState| {
        move || {
            facts.read(|facts| match of(facts) {
                LetterState::Failed(problem) => say(ui, problem),
                _ => String::new(),
            })
        }
    };
    let status = |name: &str, words: Box<dyn Fn() -> String>| {
        el("p", "vst-hint")
            .attr("role", "status")
            .attr("data-status", name)
            .words(words)
    };
    vec![
        lead(move || ui.say(Text::BranchLetterHint)),
        summary(ui),
        el("div", "vst-form__actions")
            .child(save)
            .child(status("save", Box::new(saving)))
            .child(alert(trouble(|facts| &facts.saving)))
            .child(email)
            .child(status("email", Box::new(emailing)))
            .child(alert(trouble(|facts| &facts.emailing))),
        el("div", "vst-actions").child(finish),
    ]
}

/// A button that asks for the letter; it can't be pressed twice.
fn asking(
    ui: Ui,
    (picture, text, action): (Icon, Text, &str),
    class: &str,
    is_busy: impl Fn() -> bool + 'static,
    event: BranchEvent,
) -> El {
    pressable(ui, class, action, move || Event::Branch(event.clone()))
        .attr_with("aria-disabled", move || {
            is_busy().then(|| "true".to_owned())
        })
        .child(icon(picture))
        .child(el("span", "vst-button__text").words(move || ui.say(text)))
}

fn summary(ui: Ui) -> El {
    let facts = letter_facts(ui);
    let read = move |part: fn(Ui, &LetterSummary) -> String| {
        move || {
            facts.read(|facts| {
                let summary = facts.summary.as_ref();
                summary.map_or_else(String::new, |summary| part(ui, summary))
            })
        }
    };
    let row = |picture: Icon, term: Text, details: El| {
        el("div", "vst-summary__row")
            .child(icon(picture))
            .child(el("dt", "vst-summary__term").words(move || ui.say(term)))
            .child(details)
    };
    let documents = read(|ui, summary| {
        let lines = summary.documents.iter().map(|line| ui.say(line.clone()));
        lines.collect::<Vec<_>>().join("\n")
    });
    let documents = el("dd", "").region(documents, |lines| {
        let line = |line: &str| el("span", "vst-summary__line").text(line);
        lines.lines().map(line).collect()
    });
    // Names and addresses keep their own direction.
    let place = |class: &str, part: fn(Ui, &LetterSummary) -> String| {
        el("span", class).child(el("bdi", "").words(read(part)))
    };
    let branch = el("dd", "")
        .child(place("vst-summary__line", |_, it| it.branch.name.clone()))
        .child(place("vst-summary__line vst-hint", |_, it| {
            it.branch.address.clone()
        }));
    let until = el("dd", "").words(read(|ui, summary| ui.say(summary.until.clone())));
    el("dl", "vst-summary")
        .child(row(Icon::Passport, Text::BranchDocuments, documents))
        .child(row(Icon::House, Text::BranchWhere, branch))
        .child(row(Icon::Clock, Text::BranchWhen, until))
}

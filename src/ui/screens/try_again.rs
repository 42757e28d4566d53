//! The service wants another picture or another document.

use super::{Facts, shot_name};
use crate::domain::flow::{Event, Screen, TryAgainScreen, TryAgainWays};
use crate::domain::i18n::{Message, Text};
use crate::domain::image::ImageId;
use crate::ui::components::button::{Emphasis, button, pressable};
use crate::ui::components::heading::{heading, lead};
use crate::ui::components::icon::{Icon, icon};
use crate::ui::components::illustration::{Picture, illustration};
use crate::ui::context::Ui;
use crate::ui::dom::{El, el};

/// What is wrong, on which picture, and what to do about it.
#[must_use]
pub fn try_again(ui: Ui) -> El {
    let facts: Facts<TryAgainScreen> = Facts::new(ui, |screen| match screen {
        Screen::TryAgain(facts) => Some(facts),
        _ => None,
    });
    let say_side = move |text: Text| {
        facts.read(|facts| {
            facts.shot.map_or_else(String::new, |shot| {
                ui.say(Message::from(text).with_message("side", shot_name(shot)))
            })
        })
    };
    let image = move || {
        facts.read(|facts| {
            facts
                .image
                .map_or("none".to_owned(), |image| image.0.to_string())
        })
    };
    let picture = move |image: &str| {
        let address = image.parse().ok().and_then(|id| ui.image_url(ImageId(id)));
        vec![match address {
            Some(address) => el("figure", "vst-verdict")
                .child(
                    el("img", "vst-verdict__picture")
                        .attr("src", &address)
                        .attr_with("alt", move || Some(say_side(Text::TryAgainImage))),
                )
                .child(el("span", "vst-verdict__badge").child(icon(Icon::Warning))),
            // Only faces leave nothing but to take them again.
            None if facts.read(|facts| facts.ways == TryAgainWays::RetakeOnly) => {
                illustration(Picture::Face)
            }
            None => illustration(Picture::Warning),
        }]
    };
    let side = move || {
        if facts.read(|facts| facts.has_other_sides) {
            say_side(Text::TryAgainSide)
        } else {
            String::new()
        }
    };
    let attempts = move || {
        facts.read(|facts| {
            facts
                .attempts_left
                .as_ref()
                .map_or_else(String::new, |left| ui.say(left.clone()))
        })
    };
    let ways = move || {
        facts.read(|facts| {
            match (&facts.ways, facts.can_keep) {
                (TryAgainWays::RetakeOnly, _) => "retake-first",
                (TryAgainWays::Confirm(_), _) => "confirm change-next",
                (TryAgainWays::Change, true) => "change-first keep retake",
                (TryAgainWays::Change, false) => "change-first retake",
                (TryAgainWays::Retake, true) => "retake-first keep change",
                (TryAgainWays::Retake, false) => "retake-first change",
            }
            .to_owned()
        })
    };
    let actions = move |ways: &str| ways.split(' ').map(|way| action(ui, facts, way)).collect();
    el("section", "vst-screen")
        .attr("data-screen", "try-again")
        .region(image, picture)
        .region(side, |words| vec![el("p", "vst-tag").text(words)])
        .child(heading(move || {
            facts.read(|facts| ui.say(facts.title.clone()))
        }))
        .child(lead(move || {
            facts.read(|facts| ui.say(facts.advice.clone()))
        }))
        .region(attempts, |words| {
            vec![
                el("p", "vst-attempts")
                    .attr("data-attempts-left", "")
                    .text(words),
            ]
        })
        .child(el("div", "vst-actions").region(ways, actions))
}

fn action(ui: Ui, facts: Facts<TryAgainScreen>, way: &str) -> El {
    let retake = |emphasis| {
        button(ui, emphasis, Text::TryAgainRetake, "retake", || {
            Event::RetakePressed
        })
    };
    let change = |emphasis| {
        button(
            ui,
            emphasis,
            Text::TryAgainChange,
            "change-document",
            || Event::ChangeDocumentPressed,
        )
    };
    match way {
        "retake-first" => retake(Emphasis::Primary),
        "retake" => retake(Emphasis::Secondary),
        "change-first" => change(Emphasis::Primary),
        "change" => change(Emphasis::Quiet),
        "change-next" => change(Emphasis::Secondary),
        "confirm" => {
            let words = move || {
                facts.read(|facts| match &facts.ways {
                    TryAgainWays::Confirm(document) => ui.say(
                        Message::from(Text::TryAgainConfirm)
                            .with_message("document", document.clone()),
                    ),
                    TryAgainWays::RetakeOnly | TryAgainWays::Retake | TryAgainWays::Change => {
                        String::new()
                    }
                })
            };
            let class = "vst-button vst-button--primary";
            pressable(ui, class, "confirm", || Event::DetectedConfirmed)
                .child(el("span", "vst-button__text").words(words))
        }
        _ => button(ui, Emphasis::Secondary, Text::TryAgainKeep, "keep", || {
            Event::KeepPressed
        }),
    }
}

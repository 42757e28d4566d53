//! The pages of a supplementary document: added, turned, moved, removed.
//!
//! Rows belong to places, not to pages: what changes places is the picture, so
//! that nobody's focus is thrown away; who moves a page moves along with it.

use leptos::prelude::*;
use web_sys::{Element, File};

use super::Facts;
use crate::domain::flow::{ChosenFile, Event, PageFact, PagesScreen, Screen, SupplementaryEvent};
use crate::domain::i18n::{Arg, Message, Text};
use crate::domain::image::ImageId;
use crate::ui::components::alert::alert;
use crate::ui::components::button::{Emphasis, back_button, button, pressable};
use crate::ui::components::file_picker::{Choice, file_picker, take_drops_and_pastes};
use crate::ui::components::heading::{heading, lead};
use crate::ui::components::icon::{Icon, icon};
use crate::ui::context::Ui;
use crate::ui::dom::{El, el, focus};

/// Photos or the one PDF.
const FILES: Choice = Choice {
    accept: "image/jpeg,image/png,image/webp,image/heic,image/heif,application/pdf",
    is_multiple: true,
    described_by: "vst-pages-hint",
    emphasis: Emphasis::Secondary,
};

/// What is pressed on a page, by its place from 0.
type OnPage = fn(usize) -> SupplementaryEvent;

/// Gathering the pages.
#[must_use]
pub fn pages(ui: Ui) -> El {
    let facts: Facts<PagesScreen> = Facts::new(ui, |screen| match screen {
        Screen::Pages(facts) => Some(facts),
        _ => None,
    });
    let title = move || {
        facts.read(|facts| {
            let name = facts.document_name.clone();
            ui.say(Message::from(Text::PagesTitle).with_message("document", name))
        })
    };
    let hint = move || {
        facts.read(|facts| {
            let text = if facts.can_upload {
                Text::PagesHint
            } else {
                Text::PagesHintPhotos
            };
            ui.say(Message::from(text).with_count(facts.most_pages))
        })
    };
    let problems = move || {
        facts.read(|facts| {
            let say = |problem: &Message| ui.say(problem.clone());
            facts
                .problems
                .iter()
                .map(say)
                .collect::<Vec<_>>()
                .join("\n")
        })
    };
    let has_something = move || facts.read(|facts| !facts.pages.is_empty() || facts.pdf.is_some());
    let send = move || {
        button(ui, Emphasis::Primary, Text::PagesSend, "continue", || {
            Event::ContinuePressed
        })
        .flag("disabled", move || !facts.read(|facts| facts.can_continue))
    };
    el("section", "vst-screen")
        .attr("data-screen", "pages")
        .child(back_button(ui))
        .child(heading(title))
        .child(lead(hint).attr("id", "vst-pages-hint"))
        .child(alert(problems))
        .child(gathered(ui, facts))
        .child(ways_to_add(ui, facts))
        .child(el("div", "vst-actions").when(has_something, send))
}

/// What has been added so far, under a heading that says how much that is.
fn gathered(ui: Ui, facts: Facts<PagesScreen>) -> El {
    let count = move || {
        facts.read(|facts| {
            if facts.pdf.is_some() {
                return ui.say(Text::PagesPdf);
            }
            let n_pages = u32::try_from(facts.pages.len()).unwrap_or(u32::MAX);
            ui.say(
                Message::from(Text::PagesCount)
                    .with_count(n_pages)
                    .with("total", Arg::Count(facts.most_pages)),
            )
        })
    };
    let heading = el("h2", "vst-label")
        .attr("tabindex", "-1")
        .attr("data-pages-heading", "")
        .words(count);
    let list = el("ol", "vst-pages");
    let rows = List {
        ui,
        facts,
        heading: heading.element().clone(),
        list: list.element().clone(),
    };
    let most_pages = facts.once(|facts| facts.most_pages).unwrap_or_default();
    let mut list = list.flag("hidden", move || facts.read(|facts| facts.pages.is_empty()));
    for index in (0..most_pages).filter_map(|index| usize::try_from(index).ok()) {
        let rows = rows.clone();
        let is_there = move || facts.read(|facts| facts.pages.len() > index);
        list = list.when(is_there, move || rows.row(index));
    }
    let has_pdf = move || facts.read(|facts| facts.pdf.is_some());
    el("div", "vst-gathered")
        .child(heading)
        .child(list)
        .when(has_pdf, move || rows.pdf())
}

/// The list of pages and what its rows have in common.
#[derive(Clone)]
struct List {
    ui: Ui,
    facts: Facts<PagesScreen>,
    heading: Element,
    list: Element,
}

impl List {
    /// The page at a place.
    fn row(&self, index: usize) -> El {
        let (ui, facts) = (self.ui, self.facts);
        let page = move || facts.read(|facts| facts.pages.get(index).copied());
        let is = move |what: fn(&PageFact) -> bool| page().as_ref().is_some_and(what);
        let say = move |text| ui.say(Message::from(text).with_count(number(index)));
        let image = move || page().map_or_else(String::new, |page| page.image.0.to_string());
        let picture = move |image: &str| {
            let address = image.parse().ok().and_then(|id| ui.image_url(ImageId(id)));
            vec![
                el("img", "vst-page__picture")
                    .attr("src", &address.unwrap_or_default())
                    .attr_with("alt", move || Some(say(Text::PagesPicture))),
            ]
        };
        let spinner = || el("span", "vst-spinner").attr("aria-hidden", "true");
        let is_first = move || index == 0;
        let is_last = move || facts.read(|facts| index + 1 == facts.pages.len());
        let controls = el("div", "vst-page__controls")
            .child(self.control(
                index,
                (Icon::Turn, Text::PagesTurn, "turn"),
                SupplementaryEvent::TurnPressed,
                || false,
                Some(index),
            ))
            .child(self.control(
                index,
                (Icon::ArrowUp, Text::PagesEarlier, "move-up"),
                SupplementaryEvent::MoveEarlierPressed,
                is_first,
                index.checked_sub(1),
            ))
            .child(self.control(
                index,
                (Icon::ArrowDown, Text::PagesLater, "move-down"),
                SupplementaryEvent::MoveLaterPressed,
                is_last,
                Some(index + 1),
            ))
            .child(self.control(
                index,
                (Icon::Trash, Text::PagesRemove, "remove"),
                SupplementaryEvent::RemovePressed,
                || false,
                None,
            ));
        let retake = move || {
            let event = move || Event::Supplementary(SupplementaryEvent::RetakePressed(index));
            pressable(ui, "vst-page__retake", "retake", event)
                .child(icon(Icon::Camera))
                .child(el("span", "").words(move || say(Text::PagesRetake)))
        };
        let marked = move || {
            el("div", "vst-page__mark")
                .child(el("p", "").words(move || ui.say(Text::PagesMarked)))
                .child(retake())
        };
        el("li", "vst-page")
            .attr("data-page", &number(index).to_string())
            .class_when("vst-page--marked", move || is(|page| page.is_marked))
            .attr_with("aria-busy", move || {
                is(|page| page.is_turning).then(|| "true".to_owned())
            })
            .child(
                el("div", "vst-page__frame")
                    .region(image, picture)
                    .when(move || is(|page| page.is_turning), spinner),
            )
            .child(
                el("div", "vst-page__side")
                    .child(el("p", "vst-page__name").words(move || say(Text::PagesPage)))
                    .child(controls),
            )
            .when(move || is(|page| page.is_marked), marked)
    }

    /// A control of the page at a place; afterwards the focus is on the same
    /// control of the place `then`, or on the heading.
    fn control(
        &self,
        index: usize,
        (picture, text, action): (Icon, Text, &'static str),
        event: OnPage,
        is_off: impl Fn() -> bool + Copy + 'static,
        then: Option<usize>,
    ) -> El {
        let ui = self.ui;
        let (heading, list) = (self.heading.clone(), self.list.clone());
        let words = move || Some(ui.say(Message::from(text).with_count(number(index))));
        el("button", "vst-page__control")
            .attr("type", "button")
            .attr("data-action", action)
            .attr_with("aria-label", words)
            .attr_with("title", words)
            // Not `disabled`: that would throw the keyboard's focus away when a
            // page arrives at the top.
            .attr_with("aria-disabled", move || is_off().then(|| "true".to_owned()))
            .child(icon(picture))
            .on("click", move |_| {
                if untrack(is_off) {
                    return;
                }
                ui.dispatch(Event::Supplementary(event(index)));
                let next = then.and_then(|place| {
                    let number = number(place);
                    let same = format!("[data-page='{number}'] [data-action='{action}']");
                    list.query_selector(&same).ok().flatten()
                });
                focus(next.as_ref().unwrap_or(&heading));
            })
    }

    /// The one file that is sent instead of pages.
    fn pdf(&self) -> El {
        let (ui, facts) = (self.ui, self.facts);
        let size = move || {
            facts.read(|facts| {
                let pdf = facts.pdf.as_ref();
                pdf.map_or_else(String::new, |pdf| ui.say(pdf.size.clone()))
            })
        };
        let name = move || {
            facts.read(|facts| {
                let pdf = facts.pdf.as_ref();
                pdf.map_or_else(String::new, |pdf| pdf.name.clone())
            })
        };
        let is_refused =
            move || facts.read(|facts| facts.pdf.as_ref().is_some_and(|pdf| pdf.is_refused));
        let heading = self.heading.clone();
        let words = move || Some(ui.say(Text::PagesPdfRemove));
        let remove = el("button", "vst-page__control")
            .attr("type", "button")
            .attr("data-action", "remove-pdf")
            .attr_with("aria-label", words)
            .attr_with("title", words)
            .child(icon(Icon::Trash))
            .on("click", move |_| {
                ui.dispatch(Event::Supplementary(SupplementaryEvent::RemovePdfPressed));
                focus(&heading);
            });
        el("div", "vst-page vst-page--file")
            .attr("data-pdf", "")
            .class_when("vst-page--marked", is_refused)
            .child(el("span", "vst-page__icon").child(icon(Icon::Sheet)))
            .child(
                el("div", "vst-page__side")
                    // A name is written in its own direction.
                    .child(el("p", "vst-page__name").child(el("bdi", "").words(name)))
                    .child(el("p", "vst-hint").words(size)),
            )
            .child(remove)
    }
}

/// The number of the page at a place.
fn number(index: usize) -> u32 {
    u32::try_from(index + 1).unwrap_or(u32::MAX)
}

/// By camera, by file, by dropping or pasting; or that there is no room.
fn ways_to_add(ui: Ui, facts: Facts<PagesScreen>) -> El {
    let is_dragged_over = RwSignal::new(false);
    let can_upload = facts.once(|facts| facts.can_upload) == Some(true);
    if can_upload {
        take_drops_and_pastes(ui, is_dragged_over, choose);
    }
    let is_reading = move || facts.read(|facts| facts.is_reading);
    let ways = move || {
        facts.read(|facts| {
            match (facts.pdf.is_some(), facts.has_room) {
                (true, _) => "",
                (false, false) => "full",
                (false, true) => "open",
            }
            .to_owned()
        })
    };
    // The first page is the main thing; afterwards it is going on. The buttons
    // stay the same, so that the focus does.
    let is_first = move || facts.read(|facts| facts.pages.is_empty());
    let camera = move || {
        pressable(ui, "vst-button", "use-camera", || Event::CameraChosen)
            .class_when("vst-button--primary", is_first)
            .class_when("vst-button--secondary", move || !is_first())
            .attr_with("aria-disabled", move || {
                is_reading().then(|| "true".to_owned())
            })
            .child(icon(Icon::Camera))
            .child(el("span", "vst-button__text").words(move || ui.say(Text::PagesTakePhoto)))
    };
    let files = move || {
        let words = move || {
            ui.say(if is_reading() {
                Text::PagesReading
            } else {
                Text::PagesPick
            })
        };
        el("div", "vst-drop vst-drop--low")
            .class_when("vst-drop--over", move || is_dragged_over.get())
            .attr_with("aria-busy", move || is_reading().then(|| "true".to_owned()))
            .when(is_reading, || {
                el("span", "vst-spinner").attr("aria-hidden", "true")
            })
            .child(el("p", "vst-drop__hint").words(move || ui.say(Text::PagesDrop)))
            .child(file_picker(ui, FILES, words, is_reading, choose))
    };
    el("div", "vst-pages-ways").region(ways, move |ways| {
        if ways == "full" {
            return vec![el("p", "vst-hint").words(move || ui.say(Text::PagesFull))];
        }
        let mut found = vec![camera()];
        found.extend(can_upload.then(files));
        found
    })
}

/// Hands over all files that were chosen, in their order.
fn choose(ui: Ui, files: Vec<File>) {
    let chosen = |file: File| ChosenFile {
        name: file.name(),
        id: ui.hold_file(file),
    };
    let files = files.into_iter().map(chosen).collect();
    ui.dispatch(Event::Supplementary(SupplementaryEvent::FilesChosen(files)));
}

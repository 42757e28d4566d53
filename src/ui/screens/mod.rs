//! One view per variant of [`Screen`].
//!
//! A view reads its facts through `Facts` as they change; it is built once
//! per [`ScreenKind`](crate::domain::flow::ScreenKind) and not rebuilt when
//! only facts change, so that focus, scrolling and the preview stay.

use leptos::prelude::*;

use crate::domain::flow::{Event, Screen, Shot, Subject};
use crate::domain::i18n::{Message, Text};
use crate::domain::session::sides::Side;
use crate::ui::components::button::{Emphasis, button};
use crate::ui::components::illustration::Picture;
use crate::ui::context::Ui;
use crate::ui::dom::{El, el};

pub mod branch;
pub mod camera;
pub mod choose_document;
pub mod consent;
pub mod done;
pub mod ended;
pub mod face;
pub mod guidance;
pub mod handoff;
pub mod later;
pub mod opening;
pub mod opening_failed;
pub mod pages;
pub mod profile;
pub mod rest;
pub mod review;
pub mod sending;
pub mod start;
pub mod supplementary_guidance;
pub mod try_again;
pub mod upload;

/// The facts of one kind of screen.
struct Facts<T: 'static> {
    screen: ReadSignal<Screen>,
    of: fn(&Screen) -> Option<&T>,
}

impl<T> Clone for Facts<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Facts<T> {}

impl<T> Facts<T> {
    /// The facts that `of` finds on the screen.
    fn new(ui: Ui, of: fn(&Screen) -> Option<&T>) -> Self {
        Self {
            screen: ui.screen,
            of,
        }
    }

    /// Reads something of them; reactive.
    ///
    /// Nothing (the default) in the moment in which the flow has moved on and
    /// this view is not gone yet.
    fn read<R: Default>(self, read: impl FnOnce(&T) -> R) -> R {
        self.find(with_screen, read).unwrap_or_default()
    }

    /// Reads what does not change while this view is shown.
    fn once<R>(self, read: impl FnOnce(&T) -> R) -> Option<R> {
        self.find(with_screen_untracked, read)
    }

    fn find<R>(self, look: Look, read: impl FnOnce(&T) -> R) -> Option<R> {
        let mut read = Some(read);
        let mut found = None;
        look(self.screen, &mut |screen| {
            if let (Some(facts), Some(read)) = ((self.of)(screen), read.take()) {
                found = Some(read(facts));
            }
        });
        found
    }
}

/// Shows the screen to a function.
type Look = fn(ReadSignal<Screen>, &mut dyn FnMut(&Screen));

// One copy of the signal's machinery for all readers, not one for each.
fn with_screen(screen: ReadSignal<Screen>, look: &mut dyn FnMut(&Screen)) {
    screen.with(look);
}

fn with_screen_untracked(screen: ReadSignal<Screen>, look: &mut dyn FnMut(&Screen)) {
    screen.with_untracked(look);
}

/// The name of a side.
fn side_name(side: Side) -> Text {
    match side {
        Side::DataPage => Text::SideDataPage,
        Side::Front => Text::SideFront,
        Side::Back => Text::SideBack,
    }
}

/// The name of what is in a picture.
fn shot_name(shot: Shot) -> Message {
    match shot {
        Shot::Side(side) => side_name(side).into(),
        Shot::Page(number) => Message::from(Text::PagesPage).with_count(number),
        Shot::Face => Text::FaceName.into(),
    }
}

/// What a side looks like.
fn side_picture(side: Side) -> Picture {
    match side {
        Side::DataPage => Picture::DataPage,
        Side::Front => Picture::Front,
        Side::Back => Picture::Back,
    }
}

/// A text about a side of a document, in the language being spoken.
fn say_of_side(ui: Ui, text: Text, side: Side, document_name: &Message) -> String {
    ui.say(
        Message::from(text)
            .with_message("side", side_name(side))
            .with_message("document", document_name.clone()),
    )
}

/// The text for what is in the picture, in the language being spoken.
fn say_of_shot(ui: Ui, of_side: Text, of_page: Text, of_face: Text, subject: &Subject) -> String {
    match subject.shot {
        Shot::Side(side) => say_of_side(ui, of_side, side, &subject.name),
        Shot::Page(number) => ui.say(
            Message::from(of_page)
                .with_count(number)
                .with_message("document", subject.name.clone()),
        ),
        Shot::Face => ui.say(of_face),
    }
}

/// A link to the privacy policy of the business, or nothing.
fn privacy_link(ui: Ui, address: &str) -> Vec<El> {
    if address.is_empty() {
        return Vec::new();
    }
    vec![
        el("a", "vst-link")
            .attr("href", address)
            .attr("target", "_blank")
            .attr("rel", "noopener noreferrer")
            .attr("data-action", "privacy")
            .words(move || ui.say(Text::PrivacyLink)),
    ]
}

/// "Continue", where that is what the screen is for.
fn go_on(ui: Ui) -> El {
    button(
        ui,
        Emphasis::Primary,
        Text::ActionContinue,
        "continue",
        || Event::ContinuePressed,
    )
}

/// The way out of trouble that trying again does not end.
fn give_up(ui: Ui) -> El {
    button(ui, Emphasis::Quiet, Text::ActionGiveUp, "give-up", || {
        Event::GiveUpPressed
    })
}

/// At the end of the journey: the button that leads back, or words that there
/// is nothing left to do.
fn way_out(ui: Ui, can_leave: bool, otherwise: Text) -> El {
    if can_leave {
        let leave = button(ui, Emphasis::Primary, Text::ActionLeave, "leave", || {
            Event::LeavePressed
        });
        el("div", "vst-actions").child(leave)
    } else {
        el("p", "vst-hint").words(move || ui.say(otherwise))
    }
}

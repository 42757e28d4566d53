//! The frame around every screen: brand and progress, the screen, the language
//! menu, and the region that screen readers listen to.

use leptos::prelude::*;

use super::components::icon::{Icon, icon};
use super::components::language_menu::language_menu;
use super::components::progress::progress;
use super::context::Ui;
use super::dom::{El, el};
use super::screens::{
    ended::ended, opening::opening, opening_failed::opening_failed, start::start,
};
use crate::domain::flow::{CameraState, Progress, Screen, ScreenKind};
use crate::domain::i18n::Text;
use crate::domain::session::sides::Side;

/// The whole page; it lives as long as the owner in which it is built.
#[must_use]
pub fn shell(ui: Ui) -> El {
    let brand = move || {
        el("p", "vst-brand")
            .child(icon(Icon::Shield))
            .child(el("span", "").words(move || ui.say(Text::AppName)))
    };
    let bare = move || ui.screen.with(is_bare);
    let progress = progress(ui, move || ui.screen.with(progress_of));
    el("div", "vst-shell")
        .child(
            el("header", "vst-header")
                .flag("hidden", bare)
                .when(move || ui.shows_logo.get(), brand)
                .child(progress),
        )
        .child(el("main", "vst-main").region(
            move || kind_key(ui.screen.with(Screen::kind)),
            move |_| vec![screen(ui)],
        ))
        .child(
            el("footer", "vst-footer")
                .flag("hidden", bare)
                .child(language_menu(ui)),
        )
        .child(
            el("p", "vst-visually-hidden")
                .attr("role", "status")
                .attr("data-announcement", "")
                .words(move || ui.announcement.get()),
        )
}

fn screen(ui: Ui) -> El {
    match untrack(|| ui.screen.with(Screen::kind)) {
        ScreenKind::Opening => opening(ui),
        ScreenKind::OpeningFailed => opening_failed(ui),
        ScreenKind::Start => start(ui),
        ScreenKind::Ended => ended(ui),
        kind @ (ScreenKind::ChooseDocument
        | ScreenKind::Guidance(_)
        | ScreenKind::Camera(_)
        | ScreenKind::Upload(_)
        | ScreenKind::Review(_)
        | ScreenKind::Sending
        | ScreenKind::TryAgain
        | ScreenKind::Done) => {
            // The flow waits for that part before it goes on.
            ui.later_screen(kind).unwrap_or_else(|| opening(ui))
        }
    }
}

/// A word per kind of screen; a screen is built anew when it changes.
fn kind_key(kind: ScreenKind) -> String {
    let (name, side) = match kind {
        ScreenKind::Opening => ("opening", None),
        ScreenKind::OpeningFailed => ("opening-failed", None),
        ScreenKind::Start => ("start", None),
        ScreenKind::ChooseDocument => ("choose-document", None),
        ScreenKind::Guidance(side) => ("guidance", Some(side)),
        ScreenKind::Camera(side) => ("camera", Some(side)),
        ScreenKind::Upload(side) => ("upload", Some(side)),
        ScreenKind::Review(side) => ("review", Some(side)),
        ScreenKind::Sending => ("sending", None),
        ScreenKind::TryAgain => ("try-again", None),
        ScreenKind::Done => ("done", None),
        ScreenKind::Ended => ("ended", None),
    };
    let side = match side {
        None => "",
        Some(Side::DataPage) => " data page",
        Some(Side::Front) => " front",
        Some(Side::Back) => " back",
    };
    [name, side].concat()
}

/// Whether the screen stands alone: the opening one, which the page shows
/// before this program runs, and the camera, which takes the whole screen.
fn is_bare(screen: &Screen) -> bool {
    match screen {
        Screen::Opening => true,
        Screen::Camera(camera) => !matches!(camera.state, CameraState::Blocked { .. }),
        _ => false,
    }
}

fn progress_of(screen: &Screen) -> Option<Progress> {
    match screen {
        Screen::ChooseDocument(screen) => Some(screen.progress),
        Screen::Guidance(screen) => Some(screen.side.progress),
        Screen::Camera(screen) => Some(screen.side.progress),
        Screen::Upload(screen) => Some(screen.side.progress),
        Screen::Review(screen) => Some(screen.side.progress),
        Screen::Sending(screen) => Some(screen.progress),
        Screen::TryAgain(screen) => Some(screen.progress),
        Screen::Opening
        | Screen::OpeningFailed(_)
        | Screen::Start(_)
        | Screen::Done(_)
        | Screen::Ended(_) => None,
    }
}

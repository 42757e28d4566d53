//! The frame around every screen: brand and progress, the screen, the language
//! menu, and the region that screen readers listen to.

use leptos::prelude::*;

use super::components::button::pressable;
use super::components::icon::{Icon, icon};
use super::components::language_menu::language_menu;
use super::components::progress::progress;
use super::context::Ui;
use super::dom::{El, el};
use super::screens::{
    ended::ended, opening::opening, opening_failed::opening_failed, start::start,
};
use crate::domain::flow::{BranchKind, CameraState, Event, Screen, ScreenKind, Shot};
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
    let progress = progress(ui, move || ui.screen.with(Screen::progress));
    el("div", "vst-shell")
        .child(
            el("header", "vst-header")
                .flag("hidden", bare)
                .when(move || ui.shows_logo.get(), brand)
                .child(progress),
        )
        .region(
            move || ui.notice.with(|notice| notice.is_some().to_string()),
            move |is_there| notice(ui, is_there),
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

/// What the person should know on whatever screen they are; it was spoken when
/// it came, so it is no live region.
fn notice(ui: Ui, is_there: &str) -> Vec<El> {
    if is_there != "true" {
        return Vec::new();
    }
    let words = move || {
        ui.notice
            .with(|notice| notice.clone().map_or_else(String::new, |it| ui.say(it)))
    };
    let close = pressable(ui, "vst-notice__close", "dismiss", || {
        Event::NoticeDismissed
    })
    .attr_with("aria-label", move || Some(ui.say(Text::ExpiryDismiss)))
    .child(icon(Icon::Close));
    vec![
        el("aside", "vst-notice")
            .attr("data-notice", "")
            .child(icon(Icon::Clock))
            .child(el("p", "vst-notice__words").words(words))
            .child(close),
    ]
}

fn screen(ui: Ui) -> El {
    match untrack(|| ui.screen.with(Screen::kind)) {
        ScreenKind::Opening => opening(ui),
        ScreenKind::OpeningFailed => opening_failed(ui),
        ScreenKind::Start => start(ui),
        ScreenKind::Ended => ended(ui),
        kind @ (ScreenKind::Consent
        | ScreenKind::ConsentRefusing
        | ScreenKind::Handoff(_)
        | ScreenKind::ChooseDocument
        | ScreenKind::Guidance(_)
        | ScreenKind::FaceGuidance
        | ScreenKind::Zoom
        | ScreenKind::Camera(_)
        | ScreenKind::SupplementaryGuidance
        | ScreenKind::Pages
        | ScreenKind::Upload(_)
        | ScreenKind::Review(_)
        | ScreenKind::Sending
        | ScreenKind::TryAgain
        | ScreenKind::Branch(_)
        | ScreenKind::Profile
        | ScreenKind::Done) => {
            // The flow waits for that part before it goes on.
            ui.later_screen(kind).unwrap_or_else(|| opening(ui))
        }
    }
}

/// A word per kind of screen; a screen is built anew when it changes.
fn kind_key(kind: ScreenKind) -> String {
    match kind {
        ScreenKind::Opening => "opening".to_owned(),
        ScreenKind::OpeningFailed => "opening-failed".to_owned(),
        ScreenKind::Start => "start".to_owned(),
        ScreenKind::Consent => "consent".to_owned(),
        ScreenKind::ConsentRefusing => "consent-refusing".to_owned(),
        ScreenKind::Handoff(kind) => kind.name().to_owned(),
        ScreenKind::ChooseDocument => "choose-document".to_owned(),
        ScreenKind::Guidance(side) => ["guidance ", shot_key(Shot::Side(side)).as_str()].concat(),
        ScreenKind::FaceGuidance => "face-guidance".to_owned(),
        ScreenKind::Zoom => "zoom".to_owned(),
        ScreenKind::Camera(shot) => ["camera ", shot_key(shot).as_str()].concat(),
        ScreenKind::SupplementaryGuidance => "supplementary-guidance".to_owned(),
        ScreenKind::Pages => "pages".to_owned(),
        ScreenKind::Upload(shot) => ["upload ", shot_key(shot).as_str()].concat(),
        ScreenKind::Review(shot) => ["review ", shot_key(shot).as_str()].concat(),
        ScreenKind::Sending => "sending".to_owned(),
        ScreenKind::TryAgain => "try-again".to_owned(),
        ScreenKind::Branch(kind) => branch_key(kind),
        ScreenKind::Profile => "profile".to_owned(),
        ScreenKind::Done => "done".to_owned(),
        ScreenKind::Ended => "ended".to_owned(),
    }
}

fn branch_key(kind: BranchKind) -> String {
    match kind {
        BranchKind::Intro => "branch-intro".to_owned(),
        BranchKind::Choose(number) => ["bring ", &number.to_string()].concat(),
        BranchKind::Find => "branch-find".to_owned(),
        BranchKind::Contact => "branch-contact".to_owned(),
        BranchKind::Letter => "branch-letter".to_owned(),
    }
}

fn shot_key(shot: Shot) -> String {
    match shot {
        Shot::Side(Side::DataPage) => "data page".to_owned(),
        Shot::Side(Side::Front) => "front".to_owned(),
        Shot::Side(Side::Back) => "back".to_owned(),
        Shot::Page(number) => number.to_string(),
        Shot::Face => "face".to_owned(),
    }
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

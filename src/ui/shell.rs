//! The frame around every screen: brand and progress, the screen, the language
//! menu, and the region that screen readers listen to.

use leptos::prelude::*;

use super::components::icon::{Icon, IconView};
use super::components::language_menu::LanguageMenu;
use super::components::progress::Progress;
use super::context::use_ui;
use super::screens::{
    camera::Camera, choose_document::ChooseDocument, done::Done, ended::Ended, guidance::Guidance,
    opening::Opening, opening_failed::OpeningFailed, review::Review, sending::Sending,
    start::Start, try_again::TryAgain, upload::Upload,
};
use crate::domain::flow::{self, CameraState, Screen, ScreenKind};
use crate::domain::i18n::Text;

/// The whole page.
#[component]
pub fn Shell() -> AnyView {
    let ui = use_ui();
    let kind = Memo::new(move |_| ui.screen.with(Screen::kind));
    let is_bare = move || ui.screen.with(is_bare);
    let progress = Signal::derive(move || ui.screen.with(progress_of));
    let brand = move || {
        ui.shows_logo.get().then(|| {
            view! {
                <p class="vst-brand">
                    <IconView icon=Icon::Shield />
                    <span>{move || ui.say(Text::AppName)}</span>
                </p>
            }
        })
    };
    view! {
        <div class="vst-shell">
            <header class="vst-header" hidden=is_bare>
                {brand}
                <Progress progress />
            </header>
            <main class="vst-main">{move || screen(kind.get())}</main>
            <footer class="vst-footer" hidden=is_bare>
                <LanguageMenu />
            </footer>
            <p class="vst-visually-hidden" role="status" data-announcement="">
                {move || ui.announcement.get()}
            </p>
        </div>
    }
    .into_any()
}

fn screen(kind: ScreenKind) -> AnyView {
    match kind {
        ScreenKind::Opening => view! { <Opening /> },
        ScreenKind::OpeningFailed => view! { <OpeningFailed /> },
        ScreenKind::Start => view! { <Start /> },
        ScreenKind::ChooseDocument => view! { <ChooseDocument /> },
        ScreenKind::Guidance(_) => view! { <Guidance /> },
        ScreenKind::Camera(_) => view! { <Camera /> },
        ScreenKind::Upload(_) => view! { <Upload /> },
        ScreenKind::Review(_) => view! { <Review /> },
        ScreenKind::Sending => view! { <Sending /> },
        ScreenKind::TryAgain => view! { <TryAgain /> },
        ScreenKind::Done => view! { <Done /> },
        ScreenKind::Ended => view! { <Ended /> },
    }
    .into_any()
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

fn progress_of(screen: &Screen) -> Option<flow::Progress> {
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

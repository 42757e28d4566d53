//! The screens after the start that every session with an identity document
//! may need.
//!
//! Release builds keep them in a second module of the program, which is fetched
//! while the start screen is being read; nothing but this function may name
//! them. The others are in [`rest`](super::rest).

use super::camera::camera;
use super::choose_document::choose_document;
use super::done::done;
use super::guidance::guidance;
use super::opening::opening;
use super::review::review;
use super::sending::sending;
use super::try_again::try_again;
use super::upload::upload;
use crate::domain::flow::ScreenKind;
use crate::ui::context::Ui;
use crate::ui::dom::El;

/// Builds a screen.
#[must_use]
pub fn screen(ui: Ui, kind: ScreenKind) -> El {
    match kind {
        ScreenKind::ChooseDocument => choose_document(ui),
        ScreenKind::Guidance(_) => guidance(ui),
        ScreenKind::Camera(_) => camera(ui),
        ScreenKind::Upload(_) => upload(ui),
        ScreenKind::Review(_) => review(ui),
        ScreenKind::Sending => sending(ui),
        ScreenKind::TryAgain => try_again(ui),
        ScreenKind::Done => done(ui),
        // The shell shows these itself.
        ScreenKind::Opening | ScreenKind::OpeningFailed | ScreenKind::Start | ScreenKind::Ended
        // The flow waits for the part that has these.
        | ScreenKind::Consent
        | ScreenKind::ConsentRefusing
        | ScreenKind::Handoff(_)
        | ScreenKind::Branch(_)
        | ScreenKind::Profile
        | ScreenKind::FaceGuidance
        | ScreenKind::Zoom
        | ScreenKind::SupplementaryGuidance
        | ScreenKind::Pages => opening(ui),
    }
}

//! The screens after the start.
//!
//! Release builds keep them in a second module of the program, which is fetched
//! while the start screen is being read; nothing but this function may name
//! them.

use super::branch::branch;
use super::camera::camera;
use super::choose_document::choose_document;
use super::consent::consent;
use super::done::done;
use super::face::{face_guidance, zoom};
use super::guidance::guidance;
use super::handoff::handoff;
use super::opening::opening;
use super::pages::pages;
use super::profile::profile;
use super::review::review;
use super::sending::sending;
use super::supplementary_guidance::supplementary_guidance;
use super::try_again::try_again;
use super::upload::upload;
use crate::domain::flow::{BranchKind, ScreenKind};
use crate::ui::context::Ui;
use crate::ui::dom::El;

/// Builds a screen.
#[must_use]
pub fn screen(ui: Ui, kind: ScreenKind) -> El {
    match kind {
        ScreenKind::Consent | ScreenKind::ConsentRefusing => consent(ui),
        ScreenKind::Handoff(kind) => handoff(ui, kind),
        ScreenKind::ChooseDocument | ScreenKind::Branch(BranchKind::Choose(_)) => {
            choose_document(ui)
        }
        ScreenKind::Branch(kind) => branch(ui, kind),
        ScreenKind::Profile => profile(ui),
        ScreenKind::Guidance(_) => guidance(ui),
        ScreenKind::FaceGuidance => face_guidance(ui),
        ScreenKind::Zoom => zoom(ui),
        ScreenKind::Camera(_) => camera(ui),
        ScreenKind::SupplementaryGuidance => supplementary_guidance(ui),
        ScreenKind::Pages => pages(ui),
        ScreenKind::Upload(_) => upload(ui),
        ScreenKind::Review(_) => review(ui),
        ScreenKind::Sending => sending(ui),
        ScreenKind::TryAgain => try_again(ui),
        ScreenKind::Done => done(ui),
        // The shell shows these itself.
        ScreenKind::Opening | ScreenKind::OpeningFailed | ScreenKind::Start | ScreenKind::Ended => {
            opening(ui)
        }
    }
}

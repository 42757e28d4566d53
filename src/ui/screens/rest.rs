//! The screens after the start that most sessions do not need.
//!
//! Release builds keep them in a third module of the program, which is fetched
//! before the first of them is due; nothing but this function may name them.

use super::branch::branch;
use super::choose_document::choose_document;
use super::consent::consent;
use super::face::{face_guidance, zoom};
use super::handoff::handoff;
use super::pages::pages;
use super::profile::profile;
use super::supplementary_guidance::supplementary_guidance;
use crate::domain::flow::{BranchKind, ScreenKind};
use crate::ui::context::Ui;
use crate::ui::dom::El;

/// Builds a screen, if it is one of these.
#[must_use]
pub fn screen(ui: Ui, kind: ScreenKind) -> Option<El> {
    Some(match kind {
        ScreenKind::Consent | ScreenKind::ConsentRefusing => consent(ui),
        ScreenKind::Handoff(kind) => handoff(ui, kind),
        ScreenKind::Branch(BranchKind::Choose(_)) => choose_document(ui),
        ScreenKind::Branch(kind) => branch(ui, kind),
        ScreenKind::Profile => profile(ui),
        ScreenKind::FaceGuidance => face_guidance(ui),
        ScreenKind::Zoom => zoom(ui),
        ScreenKind::SupplementaryGuidance => supplementary_guidance(ui),
        ScreenKind::Pages => pages(ui),
        ScreenKind::Opening
        | ScreenKind::OpeningFailed
        | ScreenKind::Start
        | ScreenKind::ChooseDocument
        | ScreenKind::Guidance(_)
        | ScreenKind::Camera(_)
        | ScreenKind::Upload(_)
        | ScreenKind::Review(_)
        | ScreenKind::Sending
        | ScreenKind::TryAgain
        | ScreenKind::Done
        | ScreenKind::Ended => return None,
    })
}

//! The session ended without everything having been delivered.

use super::{Facts, way_out};
use crate::domain::error::ErrorCode;
use crate::domain::flow::{EndedScreen, Screen};
use crate::domain::i18n::{Arg, Message, Text};
use crate::ui::components::heading::{heading, lead};
use crate::ui::components::illustration::{Picture, illustration};
use crate::ui::context::Ui;
use crate::ui::dom::{El, el};

/// What happened, the code for support, and the way back.
#[must_use]
pub fn ended(ui: Ui) -> El {
    let facts: Facts<EndedScreen> = Facts::new(ui, |screen| match screen {
        Screen::Ended(facts) => Some(facts),
        _ => None,
    });
    let code = move || {
        facts.read(|facts| {
            // Not a count: a code is the same in all digits of the world.
            let code = Arg::Verbatim(facts.code.code().to_string());
            ui.say(Message::from(Text::EndedCode).with("code", code))
        })
    };
    let picture = facts.once(|facts| match facts.code {
        ErrorCode::ServiceDown | ErrorCode::NoNetwork => Picture::Warning,
        ErrorCode::CameraDenied
        | ErrorCode::NoCamera
        | ErrorCode::NotSafari
        | ErrorCode::CameraFailed
        | ErrorCode::CameraTooCoarse => Picture::NoCamera,
        _ => Picture::Ended,
    });
    let can_leave = facts.once(|facts| facts.can_leave).unwrap_or_default();
    el("section", "vst-screen vst-screen--centred")
        .attr("data-screen", "ended")
        .child(illustration(picture.unwrap_or(Picture::Ended)))
        .child(heading(move || {
            facts.read(|facts| ui.say(facts.title.clone()))
        }))
        .child(lead(move || facts.read(|facts| ui.say(facts.body.clone()))))
        .child(el("p", "vst-code").attr("data-error-code", "").words(code))
        .child(way_out(ui, can_leave, Text::EndedClose))
}

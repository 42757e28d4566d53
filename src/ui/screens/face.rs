//! What the picture of the face is for, how to take it, and the place for a
//! component that does it instead.

use leptos::prelude::queue_microtask;

use super::Facts;
use crate::domain::flow::{Event, FaceGuidanceScreen, Screen};
use crate::domain::i18n::Text;
use crate::domain::session::plan::FacePurpose;
use crate::ui::components::button::{Emphasis, back_button, button_with_icon};
use crate::ui::components::heading::{heading, lead};
use crate::ui::components::icon::Icon;
use crate::ui::components::illustration::{Picture, illustration};
use crate::ui::components::tips::tips;
use crate::ui::context::Ui;
use crate::ui::dom::{El, el};

/// What makes a good picture, in the order in which people do it.
const TIPS: [(Icon, Text); 3] = [
    (Icon::Sun, Text::FaceTipLight),
    (Icon::Camera, Text::FaceTipLevel),
    (Icon::Person, Text::FaceTipBare),
];

/// What it is for and how to take it.
#[must_use]
pub fn face_guidance(ui: Ui) -> El {
    let facts: Facts<FaceGuidanceScreen> = Facts::new(ui, |screen| match screen {
        Screen::FaceGuidance(facts) => Some(facts),
        _ => None,
    });
    let purpose = facts.once(|facts| facts.purpose);
    let why = move || {
        ui.say(match purpose {
            Some(FacePurpose::Liveness) => Text::FaceGuidanceLiveness,
            Some(FacePurpose::Capture) | None => Text::FaceGuidanceCapture,
        })
    };
    let open = button_with_icon(
        ui,
        Emphasis::Primary,
        Icon::Camera,
        Text::ActionUseCamera,
        "use-camera",
        || Event::CameraChosen,
    );
    el("section", "vst-screen")
        .attr("data-screen", "face-guidance")
        .child(back_button(ui))
        .child(illustration(Picture::Face))
        .child(heading(move || ui.say(Text::FaceGuidanceTitle)))
        .child(lead(why))
        .child(tips(ui, &TIPS))
        .child(el("p", "vst-hint").words(move || ui.say(Text::FaceTipAutomatic)))
        // EN 301 549, 5.3: biometrics are not the only way.
        .child(el("p", "vst-hint").words(move || ui.say(Text::FaceOtherWay)))
        .child(el("div", "vst-actions").child(open))
}

/// The place for the component; what it shows is its own.
#[must_use]
pub fn zoom(ui: Ui) -> El {
    let slot = el("div", "vst-component__slot").attr("data-zoom-slot", "");
    let offered = slot.html();
    queue_microtask(move || ui.offer_preview_slot(offered));
    el("section", "vst-screen vst-component")
        .attr("data-screen", "zoom")
        .child(heading(move || ui.say(Text::ZoomTitle)))
        .child(slot)
}

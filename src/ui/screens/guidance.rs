//! What to photograph and how.

use super::{Facts, say_of_side, side_picture};
use crate::domain::flow::{Event, GuidanceScreen, Screen};
use crate::domain::i18n::Text;
use crate::domain::session::sides::Side;
use crate::ui::components::button::{Emphasis, back_button, button, button_with_icon};
use crate::ui::components::example::Example;
use crate::ui::components::heading::{heading, lead};
use crate::ui::components::icon::Icon;
use crate::ui::components::illustration::illustration;
use crate::ui::components::tips::examples;
use crate::ui::context::Ui;
use crate::ui::dom::{El, el};

/// What makes a good picture, in the order in which people do it.
const TIPS: [(Example, Text); 3] = [
    (Example::Good, Text::GuidanceTipFlat),
    (Example::Glare, Text::GuidanceTipLight),
    (Example::CutOff, Text::GuidanceTipWhole),
];

/// What to photograph, and the ways to do it.
#[must_use]
pub fn guidance(ui: Ui) -> El {
    let facts: Facts<GuidanceScreen> = Facts::new(ui, |screen| match screen {
        Screen::Guidance(facts) => Some(facts),
        _ => None,
    });
    let title = move || {
        facts.read(|facts| {
            let text = match facts.side {
                Side::DataPage => Text::GuidanceDataPageTitle,
                Side::Front => Text::GuidanceFrontTitle,
                Side::Back => Text::GuidanceBackTitle,
            };
            say_of_side(ui, text, facts.side, &facts.document_name)
        })
    };
    let how = move || {
        facts.read(|facts| {
            ui.say(match facts.side {
                Side::DataPage => Text::GuidanceDataPage,
                Side::Front => Text::GuidanceFront,
                Side::Back => Text::GuidanceBack,
            })
        })
    };
    // A screen is about one side: another side is another screen.
    let picture = facts.once(|facts| illustration(side_picture(facts.side)));
    let open = button_with_icon(
        ui,
        Emphasis::Primary,
        Icon::Camera,
        Text::ActionUseCamera,
        "use-camera",
        || Event::CameraChosen,
    );
    let upload = move || {
        button(
            ui,
            Emphasis::Secondary,
            Text::ActionUploadInstead,
            "upload",
            || Event::UploadChosen,
        )
    };
    el("section", "vst-screen")
        .attr("data-screen", "guidance")
        .child(back_button(ui))
        .children(picture)
        .child(heading(title))
        .child(lead(how))
        .child(examples(ui, &TIPS))
        .child(
            el("div", "vst-actions")
                .child(el("p", "vst-actions__hint").words(move || ui.say(Text::GuidanceCameraNext)))
                .child(open)
                .when(move || facts.read(|facts| facts.can_upload), upload),
        )
}

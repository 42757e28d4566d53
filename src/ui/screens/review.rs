//! The picture as it will be sent.

use super::{Facts, say_of_shot};
use crate::domain::flow::{Event, ReviewScreen, Screen, Shot};
use crate::domain::i18n::Text;
use crate::ui::components::alert::alert;
use crate::ui::components::button::{Emphasis, back_button, button};
use crate::ui::components::heading::{heading, lead};
use crate::ui::components::zoom_picture::zoom_picture;
use crate::ui::context::Ui;
use crate::ui::dom::{El, el};

/// The picture, and the choice to use it or not.
#[must_use]
pub fn review(ui: Ui) -> El {
    let facts: Facts<ReviewScreen> = Facts::new(ui, |screen| match screen {
        Screen::Review(facts) => Some(facts),
        _ => None,
    });
    let alt = move || {
        facts.read(|facts| {
            let (side, page, face) = (Text::ReviewImage, Text::ReviewPage, Text::FaceReviewAlt);
            say_of_shot(ui, side, page, face, &facts.subject)
        })
    };
    let is_face = facts.once(|facts| facts.subject.shot) == Some(Shot::Face);
    let (title, hint) = if is_face {
        (Text::FaceReviewTitle, Text::FaceReviewHint)
    } else {
        (Text::ReviewTitle, Text::ReviewHint)
    };
    // Another picture of the same side is shown after a retake.
    let shown = move || facts.read(|facts| facts.image.0.to_string());
    let picture = move |_: &str| {
        let picture = facts.once(|facts| {
            let size_px = (facts.width_px, facts.height_px);
            zoom_picture(ui, ui.image_url(facts.image), size_px, alt)
        });
        picture.into_iter().collect()
    };
    // A friendly warning: whether the picture is used is the person's choice.
    let objection = move || {
        facts.read(|facts| match facts.objection {
            Some((what, advice)) => [ui.say(what), ui.say(advice)].join("\n"),
            None => String::new(),
        })
    };
    let source =
        move || facts.read(|facts| if facts.from_file { "file" } else { "camera" }.to_owned());
    let retake = move |source: &str| {
        let text = if source == "file" {
            Text::ReviewChooseAnother
        } else {
            Text::ReviewRetake
        };
        vec![button(ui, Emphasis::Secondary, text, "retake", || {
            Event::RetakePressed
        })]
    };
    let take = button(ui, Emphasis::Primary, Text::ReviewUse, "use", || {
        Event::UsePressed
    });
    el("section", "vst-screen")
        .attr("data-screen", "review")
        .child(back_button(ui))
        .child(heading(move || ui.say(title)))
        .child(lead(move || ui.say(hint)))
        .child(alert(objection))
        .region(shown, picture)
        .child(el("div", "vst-actions").child(take).region(source, retake))
}

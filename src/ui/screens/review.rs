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
            // The advice is about taking it; what is chosen next is another file.
            Some((what, _)) if facts.from_file && facts.is_flawed => ui.say(what),
            Some((what, advice)) => [ui.say(what), ui.say(advice)].join("\n"),
            None => String::new(),
        })
    };
    let hint = move || {
        if facts.read(|facts| facts.objection.is_some()) {
            // That says what to look for, and better.
            String::new()
        } else {
            ui.say(hint)
        }
    };
    // As above: the next picture may be a better one.
    let state =
        move || facts.read(|facts| if facts.is_flawed { "flawed" } else { "good" }.to_owned());
    let actions = move |state: &str| {
        let retake = if facts.once(|facts| facts.from_file) == Some(true) {
            Text::ReviewChooseAnother
        } else {
            Text::ReviewRetake
        };
        let retake = |emphasis| button(ui, emphasis, retake, "retake", || Event::RetakePressed);
        let take = |emphasis| button(ui, emphasis, Text::ReviewUse, "use", || Event::UsePressed);
        if state == "good" {
            vec![take(Emphasis::Primary), retake(Emphasis::Secondary)]
        } else {
            vec![retake(Emphasis::Primary), take(Emphasis::Secondary)]
        }
    };
    el("section", "vst-screen")
        .attr("data-screen", "review")
        .child(back_button(ui))
        .child(heading(move || ui.say(title)))
        .child(lead(hint))
        .child(alert(objection))
        .region(shown, picture)
        .child(el("div", "vst-actions").region(state, actions))
}

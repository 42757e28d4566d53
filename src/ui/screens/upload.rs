//! The file picker; the whole window takes dropped and pasted files.

use leptos::prelude::*;
use web_sys::File;

use super::{Facts, say_of_side};
use crate::domain::flow::{Event, Screen, Shot, UploadScreen};
use crate::domain::i18n::Text;
use crate::domain::session::sides::Side;
use crate::ui::components::alert::alert;
use crate::ui::components::button::{Emphasis, back_button, button_with_icon};
use crate::ui::components::file_picker::{Choice, PHOTOS, file_picker, take_drops_and_pastes};
use crate::ui::components::heading::{heading, lead};
use crate::ui::components::icon::{Icon, icon};
use crate::ui::context::Ui;
use crate::ui::dom::{El, el};

/// The one photo of a side.
const PHOTO: Choice = Choice {
    accept: PHOTOS,
    is_multiple: false,
    described_by: "vst-upload-hint",
    emphasis: Emphasis::Primary,
};

/// Picking, dropping or pasting a photo.
#[must_use]
pub fn upload(ui: Ui) -> El {
    let facts: Facts<UploadScreen> = Facts::new(ui, |screen| match screen {
        Screen::Upload(facts) => Some(facts),
        _ => None,
    });
    let is_dragged_over = RwSignal::new(false);
    take_drops_and_pastes(ui, is_dragged_over, choose_first);

    let error = move || {
        facts.read(|facts| {
            facts
                .error
                .map(|error| ui.say(error.text()))
                .unwrap_or_default()
        })
    };
    let is_reading = move || facts.read(|facts| facts.is_reading);
    let words = move || {
        ui.say(if is_reading() {
            Text::UploadReading
        } else {
            Text::UploadPick
        })
    };
    let symbol = move || if is_reading() { "reading" } else { "ready" }.to_owned();
    let pick = file_picker(ui, PHOTO, words, is_reading, choose_first);
    let drop_area = el("div", "vst-drop")
        .class_when("vst-drop--over", move || is_dragged_over.get())
        .attr_with("aria-busy", move || is_reading().then(|| "true".to_owned()))
        .child(el("span", "vst-drop__icon").region(symbol, |symbol| {
            vec![if symbol == "reading" {
                el("span", "vst-spinner").attr("aria-hidden", "true")
            } else {
                icon(Icon::Upload)
            }]
        }))
        .child(el("p", "vst-drop__hint").words(move || ui.say(Text::UploadDrop)))
        .child(pick);
    let camera = button_with_icon(
        ui,
        Emphasis::Secondary,
        Icon::Camera,
        Text::ActionUseCamera,
        "use-camera",
        Event::CameraChosen,
    );
    el("section", "vst-screen")
        .attr("data-screen", "upload")
        .child(back_button(ui))
        .child(heading(move || {
            facts.read(|facts| {
                let Shot::Side(side) = facts.subject.shot else {
                    // Pages have a screen of their own, and a face is live.
                    return String::new();
                };
                let title = match side {
                    Side::DataPage => Text::UploadDataPageTitle,
                    Side::Front => Text::UploadFrontTitle,
                    Side::Back => Text::UploadBackTitle,
                };
                say_of_side(ui, title, side, &facts.subject.name)
            })
        }))
        .child(lead(move || ui.say(Text::UploadHint)).attr("id", "vst-upload-hint"))
        .child(alert(error))
        .child(drop_area)
        .child(el("div", "vst-actions").child(camera))
}

/// A side has one picture.
fn choose_first(ui: Ui, files: Vec<File>) {
    if let Some(file) = files.into_iter().next() {
        ui.choose_file(file);
    }
}

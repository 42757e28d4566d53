//! The file picker; the whole window takes dropped and pasted files.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{ClipboardEvent, DragEvent, FileList, HtmlInputElement};

use super::{Facts, say_of_side};
use crate::domain::flow::{Event, Screen, Shot, UploadScreen};
use crate::domain::i18n::Text;
use crate::domain::image::FileError;
use crate::domain::session::sides::Side;
use crate::ui::components::alert::alert;
use crate::ui::components::button::{Emphasis, back_button, button_with_icon};
use crate::ui::components::heading::{heading, lead};
use crate::ui::components::icon::{Icon, icon};
use crate::ui::context::Ui;
use crate::ui::dom::{El, el, listen_to_window};

/// What the picker offers; what a file really is, its bytes decide.
const ACCEPT: &str = "image/jpeg,image/png,image/webp,image/heic,image/heif";

/// Picking, dropping or pasting a photo.
#[must_use]
pub fn upload(ui: Ui) -> El {
    let facts: Facts<UploadScreen> = Facts::new(ui, |screen| match screen {
        Screen::Upload(facts) => Some(facts),
        _ => None,
    });
    let is_dragged_over = RwSignal::new(false);
    take_drops_and_pastes(ui, is_dragged_over);

    let error = move || {
        facts.read(|facts| {
            facts
                .error
                .map(|error| ui.say(explanation(error)))
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
    // The label is the button; the input lies over it, invisible, so that
    // touch, keyboard and tests meet the real control.
    let pick = el("div", "vst-pick vst-button vst-button--primary")
        .attr("data-action", "pick-file")
        .child(
            el("span", "vst-button__text")
                .attr("aria-hidden", "true")
                .words(words),
        )
        .child(
            file_input(ui)
                .attr_with("aria-label", move || Some(words()))
                .flag("disabled", is_reading),
        );
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

fn file_input(ui: Ui) -> El {
    let input = el("input", "vst-pick__input")
        .attr("type", "file")
        .attr("accept", ACCEPT)
        .attr("data-file-input", "")
        .attr("aria-describedby", "vst-upload-hint");
    let field: HtmlInputElement = input.element().clone().unchecked_into();
    input.on("change", move |_| {
        choose_first(ui, field.files());
        // So that choosing the same file again counts as a change.
        field.set_value("");
    })
}

/// Listens on the window while this screen is shown: a file that misses the
/// marked area would otherwise replace the page.
fn take_drops_and_pastes(ui: Ui, is_dragged_over: RwSignal<bool>) {
    listen_to_window("dragover", move |event| {
        event.prevent_default();
        is_dragged_over.set(true);
    });
    listen_to_window("dragleave", move |_| is_dragged_over.set(false));
    listen_to_window("drop", move |event| {
        event.prevent_default();
        is_dragged_over.set(false);
        let event: DragEvent = event.unchecked_into();
        choose_first(ui, event.data_transfer().and_then(|data| data.files()));
    });
    listen_to_window("paste", move |event| {
        let event: ClipboardEvent = event.unchecked_into();
        choose_first(ui, event.clipboard_data().and_then(|data| data.files()));
    });
}

fn choose_first(ui: Ui, files: Option<FileList>) {
    if let Some(file) = files.and_then(|files| files.get(0)) {
        ui.choose_file(file);
    }
}

fn explanation(error: FileError) -> Text {
    match error {
        FileError::NotAnImage => Text::UploadNotAnImage,
        FileError::Pdf => Text::UploadPdf,
        FileError::HeicUnsupported => Text::UploadHeic,
        FileError::Damaged => Text::UploadDamaged,
        FileError::TooLarge => Text::UploadTooLarge,
        FileError::TooSmall => Text::UploadTooSmall,
        FileError::Empty => Text::UploadEmpty,
        FileError::Unreadable => Text::UploadUnreadable,
    }
}

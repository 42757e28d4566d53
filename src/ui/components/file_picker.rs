//! Choosing files: by a button, by dropping, by pasting.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{ClipboardEvent, DragEvent, File, FileList, HtmlInputElement};

use super::button::Emphasis;
use crate::ui::context::Ui;
use crate::ui::dom::{El, el, listen_to_window};

/// What the picker offers for a photo; what a file really is, its bytes decide.
pub const PHOTOS: &str = "image/jpeg,image/png,image/webp,image/heic,image/heif";

/// What becomes of the files that were chosen; never called without one.
pub type Take = fn(Ui, Vec<File>);

/// Which files can be chosen.
#[derive(Debug, Clone, Copy)]
pub struct Choice {
    /// The types that the browser's picker offers.
    pub accept: &'static str,
    /// Whether several may be chosen at once.
    pub is_multiple: bool,
    /// The id of the element that says more about them.
    pub described_by: &'static str,
    /// How much the button stands out.
    pub emphasis: Emphasis,
}

/// The button that opens the browser's own picker.
#[must_use]
pub fn file_picker(
    ui: Ui,
    choice: Choice,
    words: impl Fn() -> String + Copy + 'static,
    is_off: impl Fn() -> bool + Copy + 'static,
    take: Take,
) -> El {
    let input = el("input", "vst-pick__input")
        .attr("type", "file")
        .attr("accept", choice.accept)
        .attr("data-file-input", "")
        .attr("aria-describedby", choice.described_by)
        .attr_with("aria-label", move || Some(words()))
        // Not `disabled`: that would throw the keyboard's focus away while a
        // file is being read.
        .attr_with("aria-disabled", move || is_off().then(|| "true".to_owned()))
        .on("click", move |event| {
            if untrack(is_off) {
                event.prevent_default();
            }
        });
    let field: HtmlInputElement = input.element().clone().unchecked_into();
    field.set_multiple(choice.is_multiple);
    let input = input.on("change", move |_| {
        hand_over(ui, field.files(), take);
        // So that choosing the same file again counts as a change.
        field.set_value("");
    });
    // The label is the button; the input lies over it, invisible, so that
    // touch, keyboard and tests meet the real control.
    el("div", &["vst-pick ", choice.emphasis.class()].concat())
        .attr("data-action", "pick-file")
        .child(
            el("span", "vst-button__text")
                .attr("aria-hidden", "true")
                .words(words),
        )
        .child(input)
}

/// Takes files that are dropped or pasted anywhere on the window while the
/// screen is shown: one that misses the marked area would otherwise replace the
/// page.
pub fn take_drops_and_pastes(ui: Ui, is_dragged_over: RwSignal<bool>, take: Take) {
    listen_to_window("dragover", move |event| {
        event.prevent_default();
        is_dragged_over.set(true);
    });
    listen_to_window("dragleave", move |_| is_dragged_over.set(false));
    listen_to_window("drop", move |event| {
        event.prevent_default();
        is_dragged_over.set(false);
        let event: DragEvent = event.unchecked_into();
        hand_over(
            ui,
            event.data_transfer().and_then(|data| data.files()),
            take,
        );
    });
    listen_to_window("paste", move |event| {
        let event: ClipboardEvent = event.unchecked_into();
        hand_over(
            ui,
            event.clipboard_data().and_then(|data| data.files()),
            take,
        );
    });
}

fn hand_over(ui: Ui, files: Option<FileList>, take: Take) {
    let Some(list) = files else { return };
    let files: Vec<File> = (0..list.length()).filter_map(|i| list.get(i)).collect();
    // Pasted words come without a file.
    if !files.is_empty() {
        take(ui, files);
    }
}

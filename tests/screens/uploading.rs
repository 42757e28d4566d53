//! The file picker, dropping and pasting.

use vestibule::domain::flow::{Event, Screen, UploadScreen};
use vestibule::domain::image::{FileError, FileId};
use vestibule::domain::session::sides::Side;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{FileList, HtmlElement, HtmlInputElement};

use super::stage::{Stage, side};

fn upload(is_reading: bool, error: Option<FileError>) -> Screen {
    Screen::Upload(UploadScreen {
        subject: side(Side::Front),
        is_reading,
        error,
    })
}

#[wasm_bindgen(inline_js = r#"
    // Several names are separated by commas.
    const withFile = (names) => {
        const data = new DataTransfer();
        for (const name of names.split(",")) data.items.add(new File(["bytes"], name));
        return data;
    };
    export const files = (name) => withFile(name).files;
    export const drop_on = (target, name) => {
        const init = { bubbles: true, cancelable: true, dataTransfer: withFile(name) };
        return !target.dispatchEvent(new DragEvent("drop", init));
    };
    export const paste_on = (target, name) => {
        const init = { bubbles: true, cancelable: true, clipboardData: withFile(name) };
        target.dispatchEvent(new ClipboardEvent("paste", init));
    };
    export const opens = (input) =>
        input.dispatchEvent(new Event("click", { cancelable: true }));
"#)]
extern "C" {
    /// A list of files; their names are separated by commas.
    pub(crate) fn files(names: &str) -> FileList;
    /// Drops a file; whether the browser's own handling was prevented.
    pub(crate) fn drop_on(target: &HtmlElement, name: &str) -> bool;
    /// Pastes a file.
    pub(crate) fn paste_on(target: &HtmlElement, name: &str);
    /// Whether a click on a picker would open it.
    fn opens(input: &HtmlElement) -> bool;
}

#[wasm_bindgen_test]
async fn a_picked_file_is_handed_over() {
    let stage = Stage::show(upload(false, None)).await;
    assert_eq!(stage.heading(), "Upload the front of your driving licence");
    let input: HtmlInputElement = stage.get("[data-file-input]").unchecked_into();
    assert_eq!(
        input.accept(),
        "image/jpeg,image/png,image/webp,image/heic,image/heif"
    );
    assert!(!input.has_attribute("aria-disabled"));
    input.set_files(Some(&files("front.jpg")));
    input
        .dispatch_event(&web_sys::Event::new("change").unwrap())
        .unwrap();
    assert_eq!(stage.events(), [Event::FileChosen(FileId(7))]);
    assert_eq!(stage.files(), ["front.jpg"]);
    assert_eq!(input.value(), "", "the same file can be chosen again");
}

#[wasm_bindgen_test]
async fn a_file_may_be_dropped_or_pasted_anywhere_while_the_screen_is_shown() {
    let stage = Stage::show(upload(false, None)).await;
    let body = leptos::prelude::document().body().unwrap();
    assert!(
        drop_on(&body, "dropped.png"),
        "the file must not replace the page"
    );
    paste_on(&body, "pasted.png");
    assert_eq!(stage.files(), ["dropped.png", "pasted.png"]);
    stage.change(Screen::Opening).await;
    drop_on(&body, "late.png");
    assert_eq!(stage.files(), ["dropped.png", "pasted.png"]);
}

#[wasm_bindgen_test]
async fn while_a_file_is_read_no_other_is_taken_from_the_picker() {
    let stage = Stage::show(upload(true, None)).await;
    let input = stage.get("[data-file-input]");
    assert_eq!(
        input.get_attribute("aria-disabled").as_deref(),
        Some("true")
    );
    assert!(!opens(&input), "the browser's own picker stays closed");
    assert!(stage.text("main").contains("Reading the photo"));
    input.focus().unwrap();
    stage.change(upload(false, None)).await;
    let focused = leptos::prelude::document().active_element();
    assert_eq!(focused.as_ref(), Some(input.as_ref()), "it kept the focus");
}

#[wasm_bindgen_test]
async fn a_file_that_cannot_be_used_is_explained() {
    let stage = Stage::show(upload(false, None)).await;
    assert_eq!(stage.text("[role='alert']"), "");
    for (error, words) in [
        (FileError::NotAnImage, "not a photo"),
        (FileError::Pdf, "PDF"),
        (FileError::HeicUnsupported, "HEIC"),
        (FileError::Damaged, "damaged"),
        (FileError::TooLarge, "too large"),
        (FileError::TooSmall, "too small"),
        (FileError::Empty, "empty"),
        (FileError::Unreadable, "could not read"),
    ] {
        stage.change(upload(false, Some(error))).await;
        assert!(stage.text("[role='alert']").contains(words), "{error:?}");
    }
}

#[wasm_bindgen_test]
async fn the_camera_stays_within_reach() {
    let stage = Stage::show(upload(false, None)).await;
    assert_eq!(stage.act("use-camera").await, Event::CameraChosen);
    assert_eq!(stage.act("back").await, Event::BackPressed);
}

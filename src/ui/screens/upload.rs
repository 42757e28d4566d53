//! The file picker; the whole window takes dropped and pasted files.

use leptos::ev;
use leptos::html;
use leptos::prelude::*;
use web_sys::{DragEvent, FileList};

use super::{Facts, say_of_side};
use crate::domain::flow::{Event, Screen, UploadScreen};
use crate::domain::i18n::Text;
use crate::domain::image::FileError;
use crate::ui::components::alert::Alert;
use crate::ui::components::back_button::BackButton;
use crate::ui::components::button::{Button, Emphasis};
use crate::ui::components::heading::Heading;
use crate::ui::components::icon::{Icon, IconView};
use crate::ui::context::{Ui, use_ui};

/// What the picker offers; what a file really is, its bytes decide.
const ACCEPT: &str = "image/jpeg,image/png,image/webp,image/heic,image/heif";

/// Picking, dropping or pasting a photo.
#[component]
pub fn Upload() -> AnyView {
    let ui = use_ui();
    let facts: Facts<UploadScreen> = Facts::new(|screen| match screen {
        Screen::Upload(facts) => Some(facts),
        _ => None,
    });
    let is_dragged_over = RwSignal::new(false);
    take_drops_and_pastes(ui, is_dragged_over);

    let title =
        Signal::derive(move || facts.read(|facts| say_of_side(ui, Text::UploadTitle, &facts.side)));
    let error = Signal::derive(move || {
        facts.read(|facts| {
            facts
                .error
                .map(|error| ui.say(explanation(error)))
                .unwrap_or_default()
        })
    });
    let is_reading = move || facts.read(|facts| facts.is_reading);
    let input = NodeRef::<html::Input>::new();
    let pick = move |_| {
        let Some(input) = input.get_untracked() else {
            return;
        };
        choose_first(ui, input.files());
        // So that choosing the same file again counts as a change.
        input.set_value("");
    };
    let pick_words = move || {
        ui.say(if is_reading() {
            Text::UploadReading
        } else {
            Text::UploadPick
        })
    };
    view! {
        <section class="vst-screen" data-screen="upload">
            <BackButton />
            <Heading text=title />
            <p class="vst-lead" id="vst-upload-hint">{move || ui.say(Text::UploadHint)}</p>
            <Alert text=error />
            <div
                class="vst-drop"
                class:vst-drop--over=move || is_dragged_over.get()
                aria-busy=move || is_reading().then_some("true")
            >
                <span class="vst-drop__icon">
                    <Show
                        when=is_reading
                        fallback=|| view! { <IconView icon=Icon::Upload /> }
                    >
                        <span class="vst-spinner" aria-hidden="true"></span>
                    </Show>
                </span>
                <p class="vst-drop__hint">{move || ui.say(Text::UploadDrop)}</p>
                // The label is the button; the input lies over it, invisible,
                // so that touch, keyboard and tests meet the real control.
                <div class="vst-pick vst-button vst-button--primary" data-action="pick-file">
                    <span class="vst-button__text" aria-hidden="true">{pick_words}</span>
                    <input
                        class="vst-pick__input"
                        type="file"
                        accept=ACCEPT
                        data-file-input=""
                        node_ref=input
                        aria-label=pick_words
                        aria-describedby="vst-upload-hint"
                        disabled=is_reading
                        on:change=pick
                    />
                </div>
            </div>
            <div class="vst-actions">
                <Button
                    emphasis=Emphasis::Secondary
                    text=Text::ActionUseCamera
                    icon=Icon::Camera
                    action="use-camera"
                    event=Event::CameraChosen
                />
            </div>
        </section>
    }
    .into_any()
}

/// Listens on the window while this screen is shown: a file that misses the
/// marked area would otherwise replace the page.
fn take_drops_and_pastes(ui: Ui, is_dragged_over: RwSignal<bool>) {
    let over = window_event_listener(ev::dragover, move |event: DragEvent| {
        event.prevent_default();
        is_dragged_over.set(true);
    });
    let leave = window_event_listener(ev::dragleave, move |_| is_dragged_over.set(false));
    let drop = window_event_listener(ev::drop, move |event: DragEvent| {
        event.prevent_default();
        is_dragged_over.set(false);
        choose_first(ui, event.data_transfer().and_then(|data| data.files()));
    });
    let paste = window_event_listener(ev::paste, move |event| {
        choose_first(ui, event.clipboard_data().and_then(|data| data.files()));
    });
    on_cleanup(move || {
        for listener in [over, leave, drop, paste] {
            listener.remove();
        }
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

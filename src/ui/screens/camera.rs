//! The live preview, or why there is none.
//!
//! The preview itself is not drawn here: this view makes an empty slot and
//! offers it, and the runtime puts the `<video>` into it. A `<video>` that is
//! cloned from a template, as views are, stays black on iOS.

use leptos::html;
use leptos::prelude::*;

use super::{Facts, say_of_side};
use crate::domain::camera::CameraError;
use crate::domain::flow::{CameraScreen, CameraState, Event, Screen};
use crate::domain::i18n::Text;
use crate::domain::session::sides::Side;
use crate::ui::components::alert::Alert;
use crate::ui::components::back_button::BackButton;
use crate::ui::components::button::{Button, Emphasis};
use crate::ui::components::heading::Heading;
use crate::ui::components::icon::{Icon, IconView};
use crate::ui::components::illustration::{Illustration, Picture};
use crate::ui::context::{Ui, use_ui};

/// The camera.
#[component]
pub fn Camera() -> AnyView {
    let ui = use_ui();
    let facts: Facts<CameraScreen> = Facts::new(|screen| match screen {
        Screen::Camera(facts) => Some(facts),
        _ => None,
    });
    // Keeps its answer while this view goes away: a stage built in that moment
    // would offer a slot that is gone at once.
    let is_blocked = Memo::new(move |before: Option<&bool>| {
        facts
            .read(|facts| Some(matches!(facts.state, CameraState::Blocked { .. })))
            .unwrap_or_else(|| before.copied().unwrap_or_default())
    });
    view! {
        <section class="vst-screen" data-screen="camera">
            {move || if is_blocked.get() { blocked(ui, facts) } else { stage(ui, facts) }}
        </section>
    }
    .into_any()
}

/// What the preview is doing, as far as controls depend on it.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
struct Live {
    is_live: bool,
    is_taking: bool,
    torch: Option<bool>,
    can_switch: bool,
    is_mirrored: bool,
    still_failed: bool,
}

impl Live {
    fn of(facts: &CameraScreen) -> Self {
        match facts.state {
            CameraState::Live {
                facts,
                torch_on,
                is_taking,
                still_failed,
            } => Self {
                is_live: true,
                is_taking,
                torch: facts.has_torch.then_some(torch_on),
                can_switch: facts.n_cameras > 1,
                is_mirrored: facts.is_mirrored,
                still_failed,
            },
            CameraState::Starting | CameraState::Blocked { .. } => Self::default(),
        }
    }
}

fn stage(ui: Ui, facts: Facts<CameraScreen>) -> AnyView {
    let slot = NodeRef::<html::Div>::new();
    slot.on_load(move |slot| ui.offer_preview_slot(slot.into()));

    let live = move || facts.read(Live::of);
    let title =
        Signal::derive(move || facts.read(|facts| say_of_side(ui, Text::CameraTitle, &facts.side)));
    let instruction = move || {
        facts.read(|facts| {
            ui.say(match facts.side.side {
                Side::DataPage => Text::CameraFrameDataPage,
                Side::Front => Text::CameraFrameFront,
                Side::Back => Text::CameraFrameBack,
            })
        })
    };
    let is_page = move || facts.read(|facts| facts.side.side == Side::DataPage);
    let waiting = move || {
        (!live().is_live).then(|| {
            view! {
                <div class="vst-camera__waiting">
                    <span class="vst-spinner" aria-hidden="true"></span>
                    <p class="vst-camera__waiting-title">{ui.say(Text::CameraStarting)}</p>
                    <p>{ui.say(Text::CameraAllow)}</p>
                </div>
            }
        })
    };
    let failure = Signal::derive(move || {
        if live().still_failed {
            ui.say(Text::CameraStillFailed)
        } else {
            String::new()
        }
    });
    let torch = move || {
        live().torch.map(|is_on| {
            let text = if is_on {
                Text::CameraTorchOff
            } else {
                Text::CameraTorchOn
            };
            round(ui, Icon::Bolt, text, "torch", Event::TorchPressed, is_on)
        })
    };
    let switch = move || {
        live().can_switch.then(|| {
            round(
                ui,
                Icon::Flip,
                Text::CameraSwitch,
                "switch-camera",
                Event::SwitchCameraPressed,
                false,
            )
        })
    };
    let upload = move || {
        facts.read(|facts| facts.can_upload).then(|| {
            view! {
                <button
                    type="button"
                    class="vst-camera__upload"
                    data-action="upload"
                    on:click=move |_| ui.dispatch(Event::UploadChosen)
                >
                    <IconView icon=Icon::Upload />
                    <span>{ui.say(Text::ActionUploadInstead)}</span>
                </button>
            }
        })
    };
    // Not `disabled`: that would throw the keyboard's focus away while a
    // picture is being taken.
    let cannot_shoot = move || {
        let live = live();
        !live.is_live || live.is_taking
    };
    let shoot = move |_| {
        if !untrack(cannot_shoot) {
            ui.dispatch(Event::ShutterPressed);
        }
    };
    let shutter_label = move || {
        ui.say(if live().is_taking {
            Text::CameraTaking
        } else {
            Text::CameraShutter
        })
    };
    view! {
        <div class="vst-camera">
            <Heading text=title />
            <div class="vst-camera__bar">
                {round(ui, Icon::Close, Text::CameraClose, "back", Event::BackPressed, false)}
                <p class="vst-camera__instruction">{instruction}</p>
                <div class="vst-camera__corner">{torch}</div>
            </div>
            <div class="vst-camera__view">
                <div
                    class="vst-camera__slot"
                    class:vst-camera__slot--mirrored=move || live().is_mirrored
                    data-preview-slot=""
                    node_ref=slot
                ></div>
                {waiting}
                <div
                    class="vst-camera__frame"
                    class:vst-camera__frame--page=is_page
                    class:vst-camera__frame--live=move || live().is_live
                    aria-hidden="true"
                ></div>
                <Alert text=failure />
            </div>
            <div class="vst-camera__controls">
                <div class="vst-camera__start">{upload}</div>
                <button
                    type="button"
                    class="vst-shutter"
                    class:vst-shutter--busy=move || live().is_taking
                    data-action="shutter"
                    aria-label=shutter_label
                    aria-disabled=move || cannot_shoot().then_some("true")
                    on:click=shoot
                >
                    <span class="vst-shutter__disc"></span>
                </button>
                <div class="vst-camera__end">{switch}</div>
            </div>
        </div>
    }
    .into_any()
}

/// A round button over the stage, named for screen readers and by its tooltip.
fn round(
    ui: Ui,
    icon: Icon,
    text: Text,
    action: &'static str,
    event: Event,
    is_on: bool,
) -> AnyView {
    view! {
        <button
            type="button"
            class="vst-round"
            class:vst-round--on=is_on
            data-action=action
            aria-label=move || ui.say(text)
            title=move || ui.say(text)
            on:click=move |_| ui.dispatch(event.clone())
        >
            <IconView icon />
        </button>
    }
    .into_any()
}

fn blocked(ui: Ui, facts: Facts<CameraScreen>) -> AnyView {
    let why = move || {
        facts.read(|facts| match facts.state {
            CameraState::Blocked { error, is_embedded } => Some((error, is_embedded)),
            CameraState::Starting | CameraState::Live { .. } => None,
        })
    };
    let say = move |choose: fn(CameraError) -> (Text, Text), take_body: bool| {
        why().map(|(error, is_embedded)| {
            let is_kept_out = is_embedded && error == CameraError::Denied;
            let (title, body) = choose(if is_kept_out {
                CameraError::NotDelegated
            } else {
                error
            });
            ui.say(if take_body { body } else { title })
        })
    };
    let title = Signal::derive(move || say(explanation, false).unwrap_or_default());
    let actions = move || {
        let can_retry = why().is_some_and(|(error, _)| error.can_retry());
        let can_upload = facts.read(|facts| facts.can_upload);
        let retry = |emphasis| {
            view! { <Button emphasis text=Text::ActionRetry action="retry" event=Event::RetryPressed /> }
        };
        let give_up = |emphasis| {
            view! { <Button emphasis text=Text::ActionGiveUp action="give-up" event=Event::GiveUpPressed /> }
        };
        let upload = || {
            view! {
                <Button
                    emphasis=Emphasis::Primary
                    text=Text::ActionUploadInstead
                    icon=Icon::Upload
                    action="upload"
                    event=Event::UploadChosen
                />
            }
        };
        match (can_upload, can_retry) {
            (true, true) => vec![upload(), retry(Emphasis::Secondary)],
            (true, false) => vec![upload()],
            (false, true) => vec![retry(Emphasis::Primary), give_up(Emphasis::Quiet)],
            (false, false) => vec![give_up(Emphasis::Primary)],
        }
    };
    view! {
        <div class="vst-screen__content vst-screen--centred" data-camera="blocked">
            <BackButton />
            <Illustration picture=Picture::NoCamera />
            <Heading text=title />
            <p class="vst-lead">{move || say(explanation, true)}</p>
            <div class="vst-actions">{actions}</div>
        </div>
    }
    .into_any()
}

/// What happened and what can be done, in words.
fn explanation(error: CameraError) -> (Text, Text) {
    match error {
        CameraError::Denied => (Text::CameraDeniedTitle, Text::CameraDeniedBody),
        CameraError::NotDelegated => (Text::CameraNotDelegatedTitle, Text::CameraNotDelegatedBody),
        CameraError::NotFound => (Text::CameraNotFoundTitle, Text::CameraNotFoundBody),
        CameraError::Busy | CameraError::NoPicture => (Text::CameraBusyTitle, Text::CameraBusyBody),
        CameraError::Insecure | CameraError::Unsupported => {
            (Text::CameraUnsupportedTitle, Text::CameraUnsupportedBody)
        }
    }
}

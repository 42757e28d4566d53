//! The live preview, or why there is none.
//!
//! The preview itself is not made here: this view makes an empty slot and
//! offers it, and the runtime puts the `<video>` into it.

use leptos::prelude::*;

use super::{Facts, say_of_shot};
use crate::domain::camera::CameraError;
use crate::domain::flow::{CameraScreen, CameraState, Event, Hint, Screen, Shot};
use crate::domain::i18n::Text;
use crate::domain::session::sides::Side;
use crate::ui::components::alert::alert;
use crate::ui::components::button::{Emphasis, back_button, button, button_with_icon, pressable};
use crate::ui::components::heading::{heading, lead};
use crate::ui::components::icon::{Icon, icon};
use crate::ui::components::illustration::{Picture, illustration};
use crate::ui::context::Ui;
use crate::ui::dom::{El, el};

/// The camera.
#[must_use]
pub fn camera(ui: Ui) -> El {
    let facts: Facts<CameraScreen> = Facts::new(ui, |screen| match screen {
        Screen::Camera(facts) => Some(facts),
        _ => None,
    });
    // Nothing while this view goes away: a stage built in that moment would
    // offer a slot that is gone at once.
    let state = move || {
        facts.read(|facts| match facts.state {
            CameraState::Blocked { .. } => "blocked".to_owned(),
            CameraState::Starting | CameraState::Live { .. } => "stage".to_owned(),
        })
    };
    el("section", "vst-screen")
        .attr("data-screen", "camera")
        .region(state, move |state| {
            vec![if state == "blocked" {
                blocked(ui, facts)
            } else {
                stage(ui, facts)
            }]
        })
}

/// What the preview is doing, as far as controls depend on it.
#[derive(Clone, Copy, Default)]
struct Live {
    is_live: bool,
    is_taking: bool,
    torch: Option<bool>,
    can_switch: bool,
    is_mirrored: bool,
    is_wide: bool,
    is_tall: bool,
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
                is_wide: facts.width_px > facts.height_px,
                is_tall: facts.width_px < facts.height_px,
                still_failed,
            },
            CameraState::Starting | CameraState::Blocked { .. } => Self::default(),
        }
    }
}

fn stage(ui: Ui, facts: Facts<CameraScreen>) -> El {
    let live = move || facts.read(Live::of);
    let slot = el("div", "vst-camera__slot")
        .attr("data-preview-slot", "")
        .class_when("vst-camera__slot--mirrored", move || live().is_mirrored)
        .class_when("vst-camera__slot--wide", move || live().is_wide)
        .class_when("vst-camera__slot--tall", move || live().is_tall)
        .class_when("vst-camera__slot--face", move || is_shot(facts, Shot::Face));
    let offered = slot.html();
    // Once it is on the page: a preview that starts outside of it may not play.
    queue_microtask(move || ui.offer_preview_slot(offered));

    let instruction = move || {
        facts.read(|facts| {
            let hint = facts.hint.and_then(Hint::text);
            let taking = Live::of(facts).is_taking.then_some(Text::CameraTaking);
            ui.say(taking.or(hint).unwrap_or(match facts.subject.shot {
                Shot::Side(Side::DataPage) => Text::CameraFrameDataPage,
                Shot::Side(Side::Front) => Text::CameraFrameFront,
                Shot::Side(Side::Back) => Text::CameraFrameBack,
                Shot::Page(_) => Text::CameraFramePage,
                Shot::Face => Text::FaceFrame,
            }))
        })
    };
    let waiting = move || {
        el("div", "vst-camera__waiting")
            .child(el("span", "vst-spinner").attr("aria-hidden", "true"))
            .child(el("p", "vst-camera__waiting-title").words(move || ui.say(Text::CameraStarting)))
            .child(el("p", "").words(move || ui.say(Text::CameraAllow)))
    };
    let failure = move || {
        if live().still_failed {
            ui.say(Text::CameraStillFailed)
        } else {
            String::new()
        }
    };
    let torch = move || {
        round(
            ui,
            Icon::Bolt,
            "torch",
            || Event::TorchPressed,
            move || {
                if live().torch == Some(true) {
                    Text::CameraTorchOff
                } else {
                    Text::CameraTorchOn
                }
            },
        )
        .class_when("vst-round--on", move || live().torch == Some(true))
    };
    let watched = move || live().is_live && facts.read(|facts| facts.automatic.is_some());
    let bar = el("div", "vst-camera__bar")
        .child(round(
            ui,
            Icon::Close,
            "back",
            || Event::BackPressed,
            || Text::CameraClose,
        ))
        .when(watched, move || sounds(ui, facts))
        .child(el("div", "vst-camera__corner").when(move || live().torch.is_some(), torch));
    let view = el("div", "vst-camera__view")
        .child(slot)
        .child(el("p", "vst-camera__instruction").words(instruction))
        .when(move || !live().is_live, waiting)
        .child(
            el("div", "vst-camera__frame")
                .attr("aria-hidden", "true")
                .class_when("vst-camera__frame--page", move || {
                    is_shot(facts, Shot::Side(Side::DataPage))
                })
                .class_when("vst-camera__frame--sheet", move || {
                    facts.read(|facts| matches!(facts.subject.shot, Shot::Page(_)))
                })
                .class_when("vst-camera__frame--face", move || {
                    is_shot(facts, Shot::Face)
                })
                .class_when("vst-camera__frame--good", move || {
                    facts.read(|facts| facts.hint.is_some_and(Hint::is_good))
                }),
        )
        .child(alert(failure))
        .when(watched, move || automatic(ui, facts));
    el("div", "vst-camera")
        .child(heading(move || {
            facts.read(|facts| {
                let (side, page, face) = (
                    Text::CameraTitle,
                    Text::CameraTitlePage,
                    Text::FaceCameraTitle,
                );
                say_of_shot(ui, side, page, face, &facts.subject)
            })
        }))
        .child(bar)
        .child(view)
        .child(controls(ui, facts))
}

/// Whether tones say how right it is.
fn sounds(ui: Ui, facts: Facts<CameraScreen>) -> El {
    let is_on = move || facts.read(|facts| facts.sounds);
    let round = round(
        ui,
        Icon::Sound,
        "sounds",
        || Event::SoundsPressed,
        || Text::LookSounds,
    );
    switch(round, is_on).class_when("vst-round--on", is_on)
}

/// Who presses the shutter.
fn automatic(ui: Ui, facts: Facts<CameraScreen>) -> El {
    let pressable = pressable(ui, "vst-switch", "automatic", || Event::AutomaticPressed);
    switch(pressable, move || {
        facts.read(|facts| facts.automatic == Some(true))
    })
    .child(el("span", "vst-switch__track").attr("aria-hidden", "true"))
    .child(el("span", "").words(move || ui.say(Text::LookAutomatic)))
}

/// Something that is on or off.
fn switch(button: El, is_on: impl Fn() -> bool + 'static) -> El {
    button
        .attr("role", "switch")
        .attr_with("aria-checked", move || {
            Some(if is_on() { "true" } else { "false" }.to_owned())
        })
}

fn is_shot(facts: Facts<CameraScreen>, shot: Shot) -> bool {
    facts.read(|facts| facts.subject.shot == shot)
}

fn controls(ui: Ui, facts: Facts<CameraScreen>) -> El {
    let live = move || facts.read(Live::of);
    // Not `disabled`: that would throw the keyboard's focus away while a
    // picture is being taken.
    let can_shoot = move || {
        let live = live();
        live.is_live && !live.is_taking
    };
    let words = move || {
        Some(ui.say(if live().is_taking {
            Text::CameraTaking
        } else if is_shot(facts, Shot::Face) {
            Text::FaceReady
        } else {
            Text::CameraShutter
        }))
    };
    let shutter = el("button", "vst-shutter")
        .attr("type", "button")
        .attr("data-action", "shutter")
        .class_when("vst-shutter--busy", move || live().is_taking)
        .attr_with("aria-label", words)
        .attr_with("aria-disabled", move || {
            (!can_shoot()).then(|| "true".to_owned())
        })
        .child(el("span", "vst-shutter__disc"))
        .on("click", move |_| {
            if untrack(can_shoot) {
                ui.dispatch(Event::ShutterPressed);
            }
        });
    let upload = move || {
        pressable(ui, "vst-camera__upload", "upload", || Event::UploadChosen)
            .child(icon(Icon::Upload))
            .child(el("span", "").words(move || ui.say(Text::ActionUploadInstead)))
    };
    let switch = move || {
        round(
            ui,
            Icon::Flip,
            "switch-camera",
            || Event::SwitchCameraPressed,
            || Text::CameraSwitch,
        )
    };
    el("div", "vst-camera__controls")
        .child(
            el("div", "vst-camera__start")
                .when(move || facts.read(|facts| facts.can_upload), upload),
        )
        .child(shutter)
        .child(el("div", "vst-camera__end").when(move || live().can_switch, switch))
}

/// A round button over the stage, named for screen readers and by its tooltip.
fn round(
    ui: Ui,
    picture: Icon,
    action: &str,
    event: impl Fn() -> Event + 'static,
    text: impl Fn() -> Text + Copy + 'static,
) -> El {
    let words = move || Some(ui.say(text()));
    pressable(ui, "vst-round", action, event)
        .attr_with("aria-label", words)
        .attr_with("title", words)
        .child(icon(picture))
}

fn blocked(ui: Ui, facts: Facts<CameraScreen>) -> El {
    let why = move || {
        facts.read(|facts| match facts.state {
            CameraState::Blocked {
                error: CameraError::Denied,
                is_embedded: true,
            } => Some(CameraError::NotDelegated),
            CameraState::Blocked { error, .. } => Some(error),
            CameraState::Starting | CameraState::Live { .. } => None,
        })
    };
    let title = move || why().map_or_else(String::new, |error| ui.say(explanation(error).0));
    let body = move || why().map_or_else(String::new, |error| ui.say(explanation(error).1));
    let ways = move || {
        facts.read(|facts| match facts.state {
            CameraState::Blocked { error, .. } => match (facts.can_upload, error.can_retry()) {
                (true, true) => "upload retry",
                (true, false) => "upload",
                (false, true) => "retry give-up",
                (false, false) => "give-up",
            }
            .to_owned(),
            CameraState::Starting | CameraState::Live { .. } => String::new(),
        })
    };
    let actions = move |ways: &str| {
        let way = |(index, way): (usize, &str)| match (way, index) {
            ("upload", _) => button_with_icon(
                ui,
                Emphasis::Primary,
                Icon::Upload,
                Text::ActionUploadInstead,
                "upload",
                || Event::UploadChosen,
            ),
            ("retry", index) => {
                let emphasis = if index == 0 {
                    Emphasis::Primary
                } else {
                    Emphasis::Secondary
                };
                button(ui, emphasis, Text::ActionRetry, "retry", || {
                    Event::RetryPressed
                })
            }
            (_, index) => {
                let emphasis = if index == 0 {
                    Emphasis::Primary
                } else {
                    Emphasis::Quiet
                };
                button(ui, emphasis, Text::ActionGiveUp, "give-up", || {
                    Event::GiveUpPressed
                })
            }
        };
        ways.split(' ').enumerate().map(way).collect()
    };
    el("div", "vst-screen__content vst-screen--centred")
        .attr("data-camera", "blocked")
        .child(back_button(ui))
        .child(illustration(Picture::NoCamera))
        .child(heading(title))
        .child(lead(body))
        .child(el("div", "vst-actions").region(ways, actions))
}

/// What happened and what can be done, in words.
fn explanation(error: CameraError) -> (Text, Text) {
    match error {
        CameraError::Denied => (Text::CameraDeniedTitle, Text::CameraDeniedBody),
        CameraError::NotDelegated => (Text::CameraNotDelegatedTitle, Text::CameraNotDelegatedBody),
        CameraError::NotFound => (Text::CameraNotFoundTitle, Text::CameraNotFoundBody),
        CameraError::Busy | CameraError::NoPicture => (Text::CameraBusyTitle, Text::CameraBusyBody),
        CameraError::NotSafari => (Text::CameraNotSafariTitle, Text::CameraNotSafariBody),
        CameraError::LowResolution => (Text::CameraTooCoarseTitle, Text::CameraTooCoarseBody),
        CameraError::Insecure | CameraError::Unsupported => {
            (Text::CameraUnsupportedTitle, Text::CameraUnsupportedBody)
        }
    }
}

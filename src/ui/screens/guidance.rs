//! What to photograph and how.

use leptos::prelude::*;

use super::{Facts, say_of_side, side_picture};
use crate::domain::flow::{Event, GuidanceScreen, Screen};
use crate::domain::i18n::Text;
use crate::domain::session::sides::Side;
use crate::ui::components::back_button::BackButton;
use crate::ui::components::button::{Button, Emphasis};
use crate::ui::components::heading::Heading;
use crate::ui::components::icon::{Icon, IconView};
use crate::ui::components::illustration::Illustration;
use crate::ui::context::use_ui;

/// What makes a good picture, in the order in which people do it.
const TIPS: [(Icon, Text); 3] = [
    (Icon::Surface, Text::GuidanceTipFlat),
    (Icon::Sun, Text::GuidanceTipLight),
    (Icon::Corners, Text::GuidanceTipWhole),
];

/// What to photograph, and the ways to do it.
#[component]
pub fn Guidance() -> AnyView {
    let ui = use_ui();
    let facts: Facts<GuidanceScreen> = Facts::new(|screen| match screen {
        Screen::Guidance(facts) => Some(facts),
        _ => None,
    });
    let title = Signal::derive(move || {
        facts.read(|facts| {
            let text = match facts.side.side {
                Side::DataPage => Text::GuidanceDataPageTitle,
                Side::Front => Text::GuidanceFrontTitle,
                Side::Back => Text::GuidanceBackTitle,
            };
            say_of_side(ui, text, &facts.side)
        })
    });
    let how = move || {
        facts.read(|facts| {
            ui.say(match facts.side.side {
                Side::DataPage => Text::GuidanceDataPage,
                Side::Front => Text::GuidanceFront,
                Side::Back => Text::GuidanceBack,
            })
        })
    };
    let picture = move || {
        facts.read(|facts| Some(view! { <Illustration picture=side_picture(facts.side.side) /> }))
    };
    let tips = TIPS
        .into_iter()
        .map(|(icon, text)| {
            view! {
                <li class="vst-tips__tip">
                    <span class="vst-tips__icon"><IconView icon /></span>
                    <span>{move || ui.say(text)}</span>
                </li>
            }
        })
        .collect_view();
    let upload = move || {
        facts.read(|facts| facts.can_upload).then(|| {
            view! {
                <Button
                    emphasis=Emphasis::Secondary
                    text=Text::ActionUploadInstead
                    action="upload"
                    event=Event::UploadChosen
                />
            }
        })
    };
    view! {
        <section class="vst-screen" data-screen="guidance">
            <BackButton />
            {picture}
            <Heading text=title />
            <p class="vst-lead">{how}</p>
            <ul class="vst-tips">{tips}</ul>
            <div class="vst-actions">
                <p class="vst-actions__hint">{move || ui.say(Text::GuidanceCameraNext)}</p>
                <Button
                    emphasis=Emphasis::Primary
                    text=Text::ActionUseCamera
                    icon=Icon::Camera
                    action="use-camera"
                    event=Event::CameraChosen
                />
                {upload}
            </div>
        </section>
    }
    .into_any()
}

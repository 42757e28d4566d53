//! The picture as it will be sent.

use leptos::prelude::*;

use super::{Facts, say_of_side};
use crate::domain::flow::{Event, ReviewScreen, Screen};
use crate::domain::i18n::Text;
use crate::ui::components::back_button::BackButton;
use crate::ui::components::button::{Button, Emphasis};
use crate::ui::components::heading::Heading;
use crate::ui::components::zoom_picture::ZoomPicture;
use crate::ui::context::use_ui;

/// The picture, and the choice to use it or not.
#[component]
pub fn Review() -> AnyView {
    let ui = use_ui();
    let facts: Facts<ReviewScreen> = Facts::new(|screen| match screen {
        Screen::Review(facts) => Some(facts),
        _ => None,
    });
    let alt =
        Signal::derive(move || facts.read(|facts| say_of_side(ui, Text::ReviewImage, &facts.side)));
    let shown = Memo::new(move |before: Option<&Option<_>>| {
        facts
            .read(|facts| Some((facts.image, (facts.width_px, facts.height_px))))
            .or_else(|| before.copied().flatten())
    });
    let picture = move || {
        shown.get().map(|(image, size_px)| {
            view! { <ZoomPicture address=ui.image_url(image) size_px alt /> }
        })
    };
    let retake = move || {
        let text = if facts.read(|facts| facts.from_file) {
            Text::ReviewChooseAnother
        } else {
            Text::ReviewRetake
        };
        view! {
            <Button emphasis=Emphasis::Secondary text action="retake" event=Event::RetakePressed />
        }
    };
    view! {
        <section class="vst-screen" data-screen="review">
            <BackButton />
            <Heading text=Signal::derive(move || ui.say(Text::ReviewTitle)) />
            <p class="vst-lead">{move || ui.say(Text::ReviewHint)}</p>
            {picture}
            <div class="vst-actions">
                <Button
                    emphasis=Emphasis::Primary
                    text=Text::ReviewUse
                    action="use"
                    event=Event::UsePressed
                />
                {retake}
            </div>
        </section>
    }
    .into_any()
}

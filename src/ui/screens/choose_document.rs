//! Country and document type.

use leptos::prelude::*;

use super::Facts;
use crate::domain::flow::{ChooseDocumentScreen, Event, Screen};
use crate::domain::i18n::Text;
use crate::ui::components::back_button::BackButton;
use crate::ui::components::button::{Button, Emphasis};
use crate::ui::components::country_picker::CountryPicker;
use crate::ui::components::heading::Heading;
use crate::ui::components::type_picker::TypePicker;
use crate::ui::context::use_ui;

/// Which document the person has.
#[component]
pub fn ChooseDocument() -> AnyView {
    let ui = use_ui();
    let facts: Facts<ChooseDocumentScreen> = Facts::new(|screen| match screen {
        Screen::ChooseDocument(facts) => Some(facts),
        _ => None,
    });
    view! {
        <section class="vst-screen" data-screen="choose-document">
            <BackButton />
            <Heading text=Signal::derive(move || ui.say(Text::ChooseTitle)) />
            <CountryPicker
                codes=Signal::derive(move || facts.read(|facts| facts.countries.clone()))
                chosen=Signal::derive(move || facts.read(|facts| facts.country.clone()))
            />
            <TypePicker
                options=Signal::derive(move || facts.read(|facts| facts.types.clone()))
                chosen=Signal::derive(move || facts.read(|facts| facts.document_type.clone()))
            />
            <div class="vst-actions">
                <Button
                    emphasis=Emphasis::Primary
                    text=Text::ActionContinue
                    action="continue"
                    event=Event::ContinuePressed
                    disabled=Signal::derive(move || !facts.read(|facts| facts.can_continue))
                />
                <Button
                    emphasis=Emphasis::Quiet
                    text=Text::ChooseNone
                    action="no-document"
                    event=Event::NoDocumentPressed
                />
            </div>
        </section>
    }
    .into_any()
}

//! The button: everything that is pressed and sends an event.

use leptos::prelude::*;

use super::icon::{Icon, IconView};
use crate::domain::flow::Event;
use crate::domain::i18n::Text;
use crate::ui::context::use_ui;

/// How much a button stands out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Emphasis {
    /// What most people want next; one per screen.
    Primary,
    /// The other way.
    Secondary,
    /// A way out, shown like a link.
    Quiet,
}

impl Emphasis {
    fn class(self) -> &'static str {
        match self {
            Self::Primary => "vst-button vst-button--primary",
            Self::Secondary => "vst-button vst-button--secondary",
            Self::Quiet => "vst-button vst-button--quiet",
        }
    }
}

/// A button that sends an event.
#[component]
pub fn Button(
    /// How much it stands out.
    emphasis: Emphasis,
    /// What it says.
    text: Text,
    /// A stable name by which tests find it.
    action: &'static str,
    /// What it sends.
    event: Event,
    /// A picture before the words.
    #[prop(optional)]
    icon: Option<Icon>,
    /// Whether it can't be pressed for now.
    #[prop(optional)]
    disabled: Option<Signal<bool>>,
) -> AnyView {
    let ui = use_ui();
    view! {
        <button
            type="button"
            class=emphasis.class()
            data-action=action
            disabled=move || disabled.is_some_and(|disabled| disabled.get())
            on:click=move |_| ui.dispatch(event.clone())
        >
            {icon.map(|icon| view! { <IconView icon /> })}
            <span class="vst-button__text">{move || ui.say(text)}</span>
        </button>
    }
    .into_any()
}

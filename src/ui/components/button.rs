//! The button: everything that is pressed and sends an event.

use crate::domain::flow::Event;
use crate::domain::i18n::Text;
use crate::ui::context::Ui;
use crate::ui::dom::{El, el};

use super::icon::{Icon, icon};

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
    pub(super) fn class(self) -> &'static str {
        match self {
            Self::Primary => "vst-button vst-button--primary",
            Self::Secondary => "vst-button vst-button--secondary",
            Self::Quiet => "vst-button vst-button--quiet",
        }
    }
}

/// A button that sends an event; `action` is the stable name by which tests
/// find it.
#[must_use]
pub fn button(
    ui: Ui,
    emphasis: Emphasis,
    text: Text,
    action: &str,
    event: impl Fn() -> Event + 'static,
) -> El {
    pressable(ui, emphasis.class(), action, event)
        .child(el("span", "vst-button__text").words(move || ui.say(text)))
}

/// A button with a picture before its words.
#[must_use]
pub fn button_with_icon(
    ui: Ui,
    emphasis: Emphasis,
    picture: Icon,
    text: Text,
    action: &str,
    event: impl Fn() -> Event + 'static,
) -> El {
    pressable(ui, emphasis.class(), action, event)
        .child(icon(picture))
        .child(el("span", "vst-button__text").words(move || ui.say(text)))
}

/// The way back, at the top of a screen, with an arrow against the line of
/// reading.
#[must_use]
pub fn back_button(ui: Ui) -> El {
    pressable(ui, "vst-back", "back", || Event::BackPressed)
        .child(icon(Icon::ArrowBack))
        .child(el("span", "").words(move || ui.say(Text::ActionBack)))
}

/// An empty button that sends an event.
///
/// The event is made anew for each press: copying one means code for all.
#[must_use]
pub fn pressable(ui: Ui, class: &str, action: &str, event: impl Fn() -> Event + 'static) -> El {
    el("button", class)
        .attr("type", "button")
        .attr("data-action", action)
        .on("click", move |_| ui.dispatch(event()))
}

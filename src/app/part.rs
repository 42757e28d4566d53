//! The part of the program that captures: everything after the start screen.
//!
//! Release builds put it into a module of its own (feature `split`), which is
//! fetched while the person reads the start screen.
//! Whatever must not be in the first module is reached only through [`Part`]:
//! one direct call from elsewhere would pull it back in.

use web_sys::HtmlElement;

use crate::domain::flow::{Effect, Event, Flow, Screen, ScreenKind};
use crate::domain::i18n::Catalogue;
use crate::ui::context::Ui;
use crate::ui::dom::El;
use crate::ui::screens::later;

use super::capture;
use super::runtime::Runtime;

/// What the first module calls in the second.
pub(super) struct Part {
    /// [`Flow::on`], with the stages after the start.
    pub(super) on: fn(Flow, Event) -> (Flow, Vec<Effect>),
    /// [`Flow::screen`], with the screens after the start.
    pub(super) look: fn(&Flow) -> Screen,
    /// Does what capturing asks for.
    pub(super) perform: fn(&Runtime, Effect),
    /// Shows the camera's preview there.
    pub(super) offer_preview_slot: fn(&Runtime, HtmlElement),
    /// All texts of a language, given its file, or of English.
    pub(super) texts: fn(Option<&str>) -> Catalogue,
    /// Builds the screens after the start.
    pub(super) screen: fn(Ui, ScreenKind) -> El,
}

static PART: Part = Part {
    on: Flow::on,
    look: Flow::screen,
    perform: capture::perform,
    offer_preview_slot: capture::offer_preview_slot,
    texts: |json| {
        let english = Catalogue::english();
        match json.map(Catalogue::parse) {
            Some(Ok(catalogue)) => catalogue.or(&english),
            Some(Err(_)) | None => english,
        }
    },
    screen: later::screen,
};

/// The second module could not be fetched.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the part that captures could not be loaded")]
pub(super) struct PartError;

#[cfg(feature = "split")]
mod split {
    use wasm_split_helpers::{SplitLoaderError, wasm_split};

    use super::{PART, Part, PartError};

    impl From<SplitLoaderError> for PartError {
        fn from(_: SplitLoaderError) -> Self {
            Self
        }
    }

    #[wasm_split(capture, fallible)]
    pub(super) fn part() -> Result<&'static Part, PartError> {
        Ok(&PART)
    }
}

/// Loads the part; at once where it is not a module of its own.
///
/// # Errors
///
/// When its module could not be fetched; asking again tries again.
pub(super) async fn load() -> Result<&'static Part, PartError> {
    #[cfg(feature = "split")]
    return split::part().await;
    #[cfg(not(feature = "split"))]
    Ok(&PART)
}

//! The parts of the program that come after the start screen.
//!
//! Release builds put each into a module of its own (feature `split`): what
//! identity documents need is fetched while the person reads the start screen,
//! the rest before it is due.
//! Whatever must not be in the first module is reached only through [`Code`]:
//! one direct call from elsewhere would pull it back in.

use web_sys::HtmlElement;

use crate::domain::flow::{Effect, Event, Flow, Part, Screen, ScreenKind};
use crate::domain::i18n::embedded::{self, Texts};
use crate::ui::context::Ui;
use crate::ui::dom::El;
use crate::ui::screens::{later, rest as rest_screens};

use super::runtime::Runtime;
use super::{capture, rest};

/// What the first module calls in the others.
pub(super) struct Code {
    /// [`Flow::on`], with the stages that are here.
    pub(super) on: fn(Flow, Event) -> (Flow, Vec<Effect>),
    /// [`Flow::screen`], with the screens that are here.
    pub(super) look: fn(&Flow) -> Screen,
    /// Does what the runtime does not do itself.
    pub(super) perform: fn(&Runtime, Effect),
    /// Shows the camera's preview there.
    pub(super) offer_preview_slot: fn(&Runtime, HtmlElement),
    /// All texts that are here.
    pub(super) texts: &'static [&'static Texts],
    /// Builds the screens after the start.
    pub(super) screen: fn(Ui, ScreenKind) -> El,
}

static CAPTURE: Code = Code {
    on: Flow::on_before_rest,
    look: Flow::screen_before_rest,
    perform: capture::perform,
    offer_preview_slot: capture::offer_preview_slot,
    texts: embedded::BEFORE_REST,
    screen: later::screen,
};

/// Everything: it takes the place of [`CAPTURE`].
static REST: Code = Code {
    on: Flow::on,
    look: Flow::screen,
    perform: rest::perform,
    offer_preview_slot: rest::offer_preview_slot,
    texts: embedded::ALL,
    // By the table, so that nothing is in the second module only: the splitter
    // then makes one file of it instead of two.
    screen: |ui, kind| rest_screens::screen(ui, kind).unwrap_or_else(|| (CAPTURE.screen)(ui, kind)),
};

/// A module could not be fetched.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a part of the program could not be loaded")]
pub(super) struct PartError;

#[cfg(feature = "split")]
mod split {
    use wasm_split_helpers::{SplitLoaderError, wasm_split};

    use super::{CAPTURE, Code, PartError, REST};

    impl From<SplitLoaderError> for PartError {
        fn from(_: SplitLoaderError) -> Self {
            Self
        }
    }

    #[wasm_split(capture, fallible)]
    pub(super) fn capture() -> Result<&'static Code, PartError> {
        Ok(&CAPTURE)
    }

    #[wasm_split(rest, fallible)]
    pub(super) fn rest() -> Result<&'static Code, PartError> {
        Ok(&REST)
    }
}

/// Loads a part; at once where it is not a module of its own.
///
/// # Errors
///
/// When its module could not be fetched; asking again tries again.
pub(super) async fn load(part: Part) -> Result<&'static Code, PartError> {
    #[cfg(feature = "split")]
    return match part {
        Part::Capture => split::capture().await,
        Part::Rest => split::rest().await,
    };
    #[cfg(not(feature = "split"))]
    Ok(match part {
        Part::Capture => &CAPTURE,
        Part::Rest => &REST,
    })
}

//! Moves the focus to the new screen's heading, and nothing else does.
//!
//! WCAG 2.2, 2.4.3 and 4.1.3: who does not see the screen change hears where
//! they are now.

use leptos::prelude::request_animation_frame;

use crate::domain::flow::ScreenKind;
use crate::web::page;

/// Follows from one screen to the next; one whose facts alone changed keeps the
/// focus where it is.
pub(super) fn follow(before: ScreenKind, now: ScreenKind) {
    if before != now {
        // The new heading is there once the views have been built.
        request_animation_frame(page::focus_heading);
    }
}

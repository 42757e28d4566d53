//! The words that a screen begins with.

use crate::ui::dom::{El, el};

/// The screen's heading; `app` moves the focus here when the screen changes.
#[must_use]
pub fn heading(words: impl Fn() -> String + 'static) -> El {
    el("h1", "vst-heading")
        .attr("tabindex", "-1")
        .attr("data-screen-heading", "")
        .words(words)
}

/// What the screen says below its heading.
#[must_use]
pub fn lead(words: impl Fn() -> String + 'static) -> El {
    el("p", "vst-lead").words(words)
}

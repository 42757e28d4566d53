//! A notice that something needs the person's attention.

use crate::ui::dom::{El, el};

use super::icon::{Icon, icon};

/// A notice; read out at once, because it appears where nobody may look.
/// Nothing is shown while the words are empty.
#[must_use]
pub fn alert(words: impl Fn() -> String + 'static) -> El {
    // The region has to exist before its content for screen readers to notice.
    el("div", "vst-alert-region")
        .attr("role", "alert")
        .region(words, |words| {
            let notice = el("div", "vst-alert")
                .child(icon(Icon::Warning))
                .child(el("p", "vst-alert__text").text(words));
            vec![notice]
        })
}

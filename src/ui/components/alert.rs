//! A notice that something needs the person's attention.

use crate::ui::dom::{El, el};

use super::icon::{Icon, icon};

/// A notice; read out at once, because it appears where nobody may look. Each
/// line of the words is a paragraph; nothing is shown while they are empty.
#[must_use]
pub fn alert(words: impl Fn() -> String + 'static) -> El {
    // The region has to exist before its content for screen readers to notice.
    el("div", "vst-alert-region")
        .attr("role", "alert")
        .region(words, |words| {
            let lines = words.split('\n').map(|line| el("p", "").text(line));
            let notice = el("div", "vst-alert")
                .child(icon(Icon::Warning))
                .child(el("div", "vst-alert__text").children(lines));
            vec![notice]
        })
}

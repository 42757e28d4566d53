//! How far the journey is.

use crate::domain::flow::Progress;
use crate::domain::i18n::{Arg, Message, Text};
use crate::ui::context::Ui;
use crate::ui::dom::{El, el};

/// "Step 2 of 4", in words and as a bar; nothing without progress.
#[must_use]
pub fn progress(ui: Ui, progress: impl Fn() -> Option<Progress> + Copy + 'static) -> El {
    let words = move || {
        progress().map_or_else(String::new, |progress| {
            ui.say(
                Message::from(Text::ProgressStep)
                    .with_count(progress.step)
                    .with("total", Arg::Count(progress.n_steps)),
            )
        })
    };
    // One letter per step: reached or not.
    let steps = move || {
        progress().map_or_else(String::new, |progress| {
            (1..=progress.n_steps)
                .map(|n| if n <= progress.step { 'x' } else { '-' })
                .collect()
        })
    };
    el("div", "vst-progress")
        .child(el("p", "vst-progress__words").words(words))
        .region(steps, |steps| {
            let bar = el("div", "vst-progress__bar").attr("aria-hidden", "true");
            vec![bar.children(steps.chars().map(|step| {
                el(
                    "span",
                    match step {
                        'x' => "vst-progress__step vst-progress__step--reached",
                        _ => "vst-progress__step",
                    },
                )
            }))]
        })
}

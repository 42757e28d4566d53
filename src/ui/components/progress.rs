//! How far the journey is.

use leptos::prelude::*;

use crate::domain::flow;
use crate::domain::i18n::{Arg, Message, Text};
use crate::ui::context::use_ui;

/// "Step 2 of 4", in words and as a bar.
#[component]
pub fn Progress(
    /// How far; nothing is shown without it.
    progress: Signal<Option<flow::Progress>>,
) -> AnyView {
    let ui = use_ui();
    let words = move || {
        progress.get().map(|progress| {
            let message = Message::from(Text::ProgressStep)
                .with_count(progress.step)
                .with("total", Arg::Count(progress.n_steps));
            view! { <p class="vst-progress__words">{ui.say(message)}</p> }
        })
    };
    let bar = move || {
        progress.get().map(|progress| {
            let steps = (1..=progress.n_steps)
                .map(|step| {
                    let is_reached = step <= progress.step;
                    view! { <span class="vst-progress__step" class:vst-progress__step--reached=is_reached></span> }
                })
                .collect_view();
            view! { <div class="vst-progress__bar" aria-hidden="true">{steps}</div> }
        })
    };
    view! { <div class="vst-progress">{words} {bar}</div> }.into_any()
}

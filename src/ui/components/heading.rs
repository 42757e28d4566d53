//! The heading that a screen begins with.

use leptos::prelude::*;

/// The screen's heading; `app` moves the focus here when the screen changes.
#[component]
pub fn Heading(
    /// What it says.
    text: Signal<String>,
) -> AnyView {
    view! {
        <h1 class="vst-heading" tabindex="-1" data-screen-heading="">
            {move || text.get()}
        </h1>
    }
    .into_any()
}

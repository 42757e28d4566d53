//! A notice that something needs the person's attention.

use leptos::prelude::*;

use super::icon::{Icon, IconView};

/// A notice; read out at once, because it appears where nobody may look.
#[component]
pub fn Alert(
    /// What it says; nothing is shown while it is empty.
    text: Signal<String>,
) -> AnyView {
    // The region has to exist before its content for screen readers to notice.
    view! {
        <div class="vst-alert-region" role="alert">
            {move || {
                let text = text.get();
                (!text.is_empty())
                    .then(|| {
                        view! {
                            <div class="vst-alert">
                                <IconView icon=Icon::Warning />
                                <p class="vst-alert__text">{text}</p>
                            </div>
                        }
                    })
            }}
        </div>
    }
    .into_any()
}

//! A picture that can be looked at closely.

use leptos::html;
use leptos::prelude::*;

use super::icon::{Icon, IconView};
use crate::domain::i18n::Text;
use crate::ui::context::use_ui;

/// A picture in a frame; pressing enlarges it, and then it can be moved about
/// by touch, wheel or arrow keys.
#[component]
pub fn ZoomPicture(
    /// Its address.
    address: Option<String>,
    /// Its width and height, so that nothing jumps while it loads.
    size_px: (u32, u32),
    /// What it shows.
    alt: Signal<String>,
) -> AnyView {
    let ui = use_ui();
    let is_zoomed = RwSignal::new(false);
    let frame = NodeRef::<html::Div>::new();
    let toggle = move |_| {
        is_zoomed.update(|is_zoomed| *is_zoomed = !*is_zoomed);
        if let Some(frame) = frame.get_untracked() {
            // The middle of the picture, where the text is; after the layout.
            request_animation_frame(move || {
                frame.set_scroll_top((frame.scroll_height() - frame.client_height()) / 2);
                let beyond = (frame.scroll_width() - frame.client_width()) / 2;
                // In a right-to-left page scrolling starts at the right edge
                // and goes into the negative.
                let is_rtl = document().dir() == "rtl";
                frame.set_scroll_left(if is_rtl { -beyond } else { beyond });
            });
        }
    };
    let icon = move || {
        if is_zoomed.get() {
            view! { <IconView icon=Icon::ZoomOut /> }
        } else {
            view! { <IconView icon=Icon::ZoomIn /> }
        }
    };
    let words = move || {
        ui.say(if is_zoomed.get() {
            Text::ReviewZoomOut
        } else {
            Text::ReviewZoomIn
        })
    };
    view! {
        <div class="vst-zoom" class:vst-zoom--in=move || is_zoomed.get()>
            // Only something that scrolls needs to be reached by keyboard.
            <div
                class="vst-zoom__frame"
                node_ref=frame
                role="group"
                aria-label=move || alt.get()
                tabindex=move || if is_zoomed.get() { "0" } else { "-1" }
            >
                <img
                    class="vst-zoom__picture"
                    src=address
                    alt=move || alt.get()
                    width=size_px.0
                    height=size_px.1
                    on:click=toggle
                />
            </div>
            <button type="button" class="vst-zoom__toggle" data-action="zoom" on:click=toggle>
                {icon}
                <span>{words}</span>
            </button>
        </div>
    }
    .into_any()
}

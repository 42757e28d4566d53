//! A picture that can be looked at closely.

use leptos::prelude::*;

use crate::domain::i18n::Text;
use crate::ui::context::Ui;
use crate::ui::dom::{El, el};

use super::icon::{Icon, icon};

/// A picture in a frame; pressing enlarges it, and then it can be moved about
/// by touch, wheel or arrow keys.
///
/// Its size keeps the page from jumping while it loads.
#[must_use]
pub fn zoom_picture(
    ui: Ui,
    address: Option<String>,
    size_px: (u32, u32),
    alt: impl Fn() -> String + Copy + 'static,
) -> El {
    let is_zoomed = RwSignal::new(false);
    let frame = el("div", "vst-zoom__frame")
        .attr("role", "group")
        .attr_with("aria-label", move || Some(alt()))
        // Only something that scrolls needs to be reached by keyboard.
        .attr_with("tabindex", move || {
            Some(if is_zoomed.get() { "0" } else { "-1" }.to_owned())
        });
    let scrolled = frame.element().clone();
    let toggle = move |_| {
        is_zoomed.update(|is_zoomed| *is_zoomed = !*is_zoomed);
        let frame = scrolled.clone();
        // The middle of the picture, where the text is; after the layout.
        request_animation_frame(move || {
            frame.set_scroll_top((frame.scroll_height() - frame.client_height()) / 2);
            let beyond = (frame.scroll_width() - frame.client_width()) / 2;
            // In a right-to-left page scrolling starts at the right edge
            // and goes into the negative.
            let is_rtl = document().dir() == "rtl";
            frame.set_scroll_left(if is_rtl { -beyond } else { beyond });
        });
    };
    let picture = el("img", "vst-zoom__picture")
        .attr_with("src", move || address.clone())
        .attr_with("alt", move || Some(alt()))
        .attr("width", &size_px.0.to_string())
        .attr("height", &size_px.1.to_string())
        .on("click", toggle.clone());
    let words = move || {
        ui.say(if is_zoomed.get() {
            Text::ReviewZoomOut
        } else {
            Text::ReviewZoomIn
        })
    };
    let lens = move || if is_zoomed.get() { "out" } else { "in" }.to_owned();
    let button = el("button", "vst-zoom__toggle")
        .attr("type", "button")
        .attr("data-action", "zoom")
        .region(lens, |lens| {
            vec![icon(if lens == "out" {
                Icon::ZoomOut
            } else {
                Icon::ZoomIn
            })]
        })
        .child(el("span", "").words(words))
        .on("click", toggle);
    el("div", "vst-zoom")
        .class_when("vst-zoom--in", move || is_zoomed.get())
        .child(frame.child(picture))
        .child(button)
}

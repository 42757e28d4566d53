//! The line around the document in the preview.
//!
//! It lies over the video in the same slot and is mirrored with it; how it looks
//! is up to the style sheet. Decoration: the hints say the same in words.

use web_sys::{Element, HtmlVideoElement};

use crate::domain::sight::Corners;

use super::window;

const EMPTY: &str = "vst-outline";
const FOUND: &str = "vst-outline vst-outline--found";
const GOOD: &str = "vst-outline vst-outline--found vst-outline--good";

const SVG: &str = "http://www.w3.org/2000/svg";

/// The line; it leaves the page when dropped.
pub struct Outline {
    drawing: Element,
    line: Element,
}

impl Outline {
    /// A line around nothing.
    #[must_use]
    pub fn new() -> Option<Self> {
        let document = window::document()?;
        let drawing = document.create_element_ns(Some(SVG), "svg").ok()?;
        let line = document.create_element_ns(Some(SVG), "path").ok()?;
        drawing.set_attribute("aria-hidden", "true").ok()?;
        drawing.append_child(&line).ok()?;
        let outline = Self { drawing, line };
        outline.set_class(EMPTY);
        Some(outline)
    }

    /// What has to be put over the video.
    #[must_use]
    pub fn element(&self) -> &Element {
        &self.drawing
    }

    /// Draws around the document in the video's frame, or around nothing.
    pub fn draw(&self, shares: Option<&[f64; 8]>, video: &HtmlVideoElement, is_good: bool) {
        let Some(shares) = shares else {
            return self.set_class(EMPTY);
        };
        let (width_px, height_px) = (video.video_width(), video.video_height());
        let Corners([a, b, c, d]) = Corners::from_shares(shares, width_px, height_px);
        let path = format!(
            "M{} {}L{} {}L{} {}L{} {}Z",
            a.x, a.y, b.x, b.y, c.x, c.y, d.x, d.y
        );
        // As the style sheet fits the video into its place: a view that lies
        // the other way shows all of it.
        let is_view_tall = video.client_height() >= video.client_width();
        let fit = if is_view_tall == (height_px >= width_px) {
            "xMidYMid slice"
        } else {
            "xMidYMid meet"
        };
        let size = format!("0 0 {width_px} {height_px}");
        for (element, name, value) in [
            (&self.drawing, "viewBox", size.as_str()),
            (&self.drawing, "preserveAspectRatio", fit),
            (&self.line, "d", path.as_str()),
        ] {
            // Fails for names that are none.
            let _is_set = element.set_attribute(name, value).is_ok();
        }
        self.set_class(if is_good { GOOD } else { FOUND });
    }

    fn set_class(&self, class: &str) {
        let _is_set = self.drawing.set_attribute("class", class).is_ok();
    }
}

impl Drop for Outline {
    fn drop(&mut self) {
        self.drawing.remove();
    }
}

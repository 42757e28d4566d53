//! Small photographs, good and bad, on a canvas of 72 × 48.
//!
//! They are decoration: the words beside them say what to do.

use crate::ui::dom::{El, svg};

/// Which photograph.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Example {
    /// All of a card on a plain, dark desk.
    Good,
    /// A lamp is reflected where the print was.
    Glare,
    /// A corner is outside, and a thumb covers an edge.
    CutOff,
}

const CARD: &str = "M14 8h44a3 3 0 0 1 3 3v26a3 3 0 0 1-3 3H14a3 3 0 0 1-3-3V11a3 3 0 0 1 3-3z";
const PORTRAIT: &str = "M17 16h13v16H17z";
const PRINT: &str = "M36 18h19M36 25h14M36 32h17";
const LAMP: &str = "M24 24a14 14 0 1 0 28 0 14 14 0 1 0-28 0z";
const THUMB: &str = "M30 48l5-21a6 6 0 0 1 12 2l-3 19z";
const BADGE: &str = "M53 37a9 9 0 1 0 18 0 9 9 0 1 0-18 0z";
const TICK: &str = "M58 37.5l3 3 5-6";
const CROSS: &str = "M59 34l6 6M65 34l-6 6";

/// Draws it, with a mark that says whether it is good.
#[must_use]
pub fn example(example: Example) -> El {
    let path = |class: &str, path: &str| svg("path", class).attr("d", path);
    let (class, fault, mark) = match example {
        Example::Good => ("vst-example", "", TICK),
        Example::Glare => ("vst-example vst-example--bad", LAMP, CROSS),
        Example::CutOff => (
            "vst-example vst-example--bad vst-example--cut",
            THUMB,
            CROSS,
        ),
    };
    svg("svg", class)
        .attr("viewBox", "0 0 72 48")
        .attr("aria-hidden", "true")
        .child(path("vst-example__card", CARD))
        .child(path("vst-example__portrait", PORTRAIT))
        .child(path("vst-example__print", PRINT))
        .child(path("vst-example__fault", fault))
        .child(path("vst-example__badge", BADGE))
        .child(path("vst-art__tick", mark))
}

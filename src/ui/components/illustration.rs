//! Pictures that show what is meant, on a canvas of 240 × 160.
//!
//! Each is a pile of paths; a path names its role and the style sheet gives the
//! role its colours, so that pictures follow the theme.
//! They are decoration: the words beside them say the same.

use crate::ui::dom::{El, svg};

/// Which picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Picture {
    /// The side of a card with the portrait.
    Front,
    /// The other side of a card.
    Back,
    /// A booklet, open at its data page.
    DataPage,
    /// A sheet of paper that is easy to read.
    Paper,
    /// A phone photographing a card.
    Phone,
    /// A face in an oval.
    Face,
    /// It worked.
    Success,
    /// Something is wrong with a document or its picture.
    Warning,
    /// There is no camera to be used.
    NoCamera,
    /// It is over.
    Ended,
}

/// A role and the path that plays it.
type Layer = (&'static str, &'static str);

impl Picture {
    fn layers(self) -> &'static [Layer] {
        match self {
            Self::Front => &[
                (
                    "vst-art__tint",
                    "M44 80a76 76 0 1 0 152 0 76 76 0 1 0-152 0z",
                ),
                (
                    "vst-art__sheet",
                    "M52 34h136a12 12 0 0 1 12 12v76a12 12 0 0 1-12 12h-136a12 12 0 0 1-12-12v-76a12 12 0 0 1 12-12z",
                ),
                (
                    "vst-art__band",
                    "M40 54v-8a12 12 0 0 1 12-12h136a12 12 0 0 1 12 12v8z",
                ),
                (
                    "vst-art__tint",
                    "M60 66h32a6 6 0 0 1 6 6v42a6 6 0 0 1-6 6h-32a6 6 0 0 1-6-6v-42a6 6 0 0 1 6-6z",
                ),
                (
                    "vst-art__accent",
                    "M62 120c0-9 6-15 14-15s14 6 14 15zM67 90a9 9 0 1 0 18 0 9 9 0 1 0-18 0z",
                ),
                (
                    "vst-art__line",
                    "M115 68h64a3 3 0 0 1 3 3v0a3 3 0 0 1-3 3h-64a3 3 0 0 1-3-3v-0a3 3 0 0 1 3-3zM115 82h44a3 3 0 0 1 3 3v0a3 3 0 0 1-3 3h-44a3 3 0 0 1-3-3v-0a3 3 0 0 1 3-3zM115 96h56a3 3 0 0 1 3 3v0a3 3 0 0 1-3 3h-56a3 3 0 0 1-3-3v-0a3 3 0 0 1 3-3zM115 110h30a3 3 0 0 1 3 3v0a3 3 0 0 1-3 3h-30a3 3 0 0 1-3-3v-0a3 3 0 0 1 3-3z",
                ),
            ],
            Self::Face => &[
                (
                    "vst-art__tint",
                    "M44 80a76 76 0 1 0 152 0 76 76 0 1 0-152 0z",
                ),
                (
                    "vst-art__sheet",
                    "M120 22c27 0 44 21 44 53 0 36-20 65-44 65s-44-29-44-65c0-32 17-53 44-53z",
                ),
                (
                    "vst-art__accent",
                    "M96 70c0-17 9-28 24-28s24 11 24 28v8c0 17-11 30-24 30s-24-13-24-30zM79 122c7-9 16-14 27-16 4 4 9 6 14 6s10-2 14-6c11 2 20 7 27 16-10 11-24 18-41 18s-31-7-41-18z",
                ),
                (
                    "vst-art__line",
                    "M106 72a3.500 3.500 0 1 0 7 0 3.500 3.500 0 1 0-7 0zM127 72a3.500 3.500 0 1 0 7 0 3.500 3.500 0 1 0-7 0zM110 90c6 5 14 5 20 0 1-1 4 2 2 4-7 6-17 6-24 0-2-2 1-5 2-4z",
                ),
            ],
            Self::Back => &[
                (
                    "vst-art__tint",
                    "M44 80a76 76 0 1 0 152 0 76 76 0 1 0-152 0z",
                ),
                (
                    "vst-art__sheet",
                    "M52 34h136a12 12 0 0 1 12 12v76a12 12 0 0 1-12 12h-136a12 12 0 0 1-12-12v-76a12 12 0 0 1 12-12z",
                ),
                ("vst-art__band", "M40 48h160v16H40z"),
                (
                    "vst-art__line",
                    "M57 74h52a3 3 0 0 1 3 3v0a3 3 0 0 1-3 3h-52a3 3 0 0 1-3-3v-0a3 3 0 0 1 3-3zM57 87h34a3 3 0 0 1 3 3v0a3 3 0 0 1-3 3h-34a3 3 0 0 1-3-3v-0a3 3 0 0 1 3-3z",
                ),
                (
                    "vst-art__tint",
                    "M155 72h26a5 5 0 0 1 5 5v14a5 5 0 0 1-5 5h-26a5 5 0 0 1-5-5v-14a5 5 0 0 1 5-5z",
                ),
                (
                    "vst-art__mrz",
                    "M55 108h7M65 108h7M75 108h7M85 108h7M95 108h7M105 108h7M115 108h7M125 108h7M135 108h7M145 108h7M155 108h7M165 108h7M175 108h7M55 120h7M65 120h7M75 120h7M85 120h7M95 120h7M105 120h7M115 120h7M125 120h7M135 120h7M145 120h7M155 120h7M165 120h7M175 120h7",
                ),
            ],
            Self::DataPage => &[
                (
                    "vst-art__tint",
                    "M44 80a76 76 0 1 0 152 0 76 76 0 1 0-152 0z",
                ),
                (
                    "vst-art__sheet",
                    "M66 6h108a10 10 0 0 1 10 10v54a10 10 0 0 1-10 10h-108a10 10 0 0 1-10-10v-54a10 10 0 0 1 10-10z",
                ),
                (
                    "vst-art__line",
                    "M74.5 24h55a2.5 2.5 0 0 1 2.5 2.5v0a2.5 2.5 0 0 1-2.5 2.5h-55a2.5 2.5 0 0 1-2.5-2.5v-0a2.5 2.5 0 0 1 2.5-2.5zM74.5 37h79a2.5 2.5 0 0 1 2.5 2.5v0a2.5 2.5 0 0 1-2.5 2.5h-79a2.5 2.5 0 0 1-2.5-2.5v-0a2.5 2.5 0 0 1 2.5-2.5zM74.5 50h67a2.5 2.5 0 0 1 2.5 2.5v0a2.5 2.5 0 0 1-2.5 2.5h-67a2.5 2.5 0 0 1-2.5-2.5v-0a2.5 2.5 0 0 1 2.5-2.5z",
                ),
                (
                    "vst-art__sheet",
                    "M66 80h108a10 10 0 0 1 10 10v56a10 10 0 0 1-10 10h-108a10 10 0 0 1-10-10v-56a10 10 0 0 1 10-10z",
                ),
                (
                    "vst-art__tint",
                    "M73 92h22a5 5 0 0 1 5 5v28a5 5 0 0 1-5 5h-22a5 5 0 0 1-5-5v-28a5 5 0 0 1 5-5z",
                ),
                (
                    "vst-art__accent",
                    "M73 130c0-7 5-12 11-12s11 5 11 12zM77 107a7 7 0 1 0 14 0 7 7 0 1 0-14 0z",
                ),
                (
                    "vst-art__line",
                    "M114.5 94h53a2.5 2.5 0 0 1 2.5 2.5v0a2.5 2.5 0 0 1-2.5 2.5h-53a2.5 2.5 0 0 1-2.5-2.5v-0a2.5 2.5 0 0 1 2.5-2.5zM114.5 106h37a2.5 2.5 0 0 1 2.5 2.5v0a2.5 2.5 0 0 1-2.5 2.5h-37a2.5 2.5 0 0 1-2.5-2.5v-0a2.5 2.5 0 0 1 2.5-2.5zM114.5 118h45a2.5 2.5 0 0 1 2.5 2.5v0a2.5 2.5 0 0 1-2.5 2.5h-45a2.5 2.5 0 0 1-2.5-2.5v-0a2.5 2.5 0 0 1 2.5-2.5z",
                ),
                (
                    "vst-art__mrz",
                    "M70 140h7M80 140h7M90 140h7M100 140h7M110 140h7M120 140h7M130 140h7M140 140h7M150 140h7M160 140h7M70 148h7M80 148h7M90 148h7M100 148h7M110 148h7M120 148h7M130 148h7M140 148h7M150 148h7M160 148h7",
                ),
            ],
            Self::Paper => &[
                (
                    "vst-art__tint",
                    "M44 80a76 76 0 1 0 152 0 76 76 0 1 0-152 0z",
                ),
                (
                    "vst-art__sheet",
                    "M84 16h72a12 12 0 0 1 12 12v104a12 12 0 0 1-12 12h-72a12 12 0 0 1-12-12v-104a12 12 0 0 1 12-12z",
                ),
                (
                    "vst-art__accent",
                    "M94 32h22a4 4 0 0 1 4 4v10a4 4 0 0 1-4 4h-22a4 4 0 0 1-4-4v-10a4 4 0 0 1 4-4z",
                ),
                (
                    "vst-art__line",
                    "M93 62h54a3 3 0 0 1 0 6h-54a3 3 0 0 1 0-6zM93 78h38a3 3 0 0 1 0 6h-38a3 3 0 0 1 0-6zM93 94h46a3 3 0 0 1 0 6h-46a3 3 0 0 1 0-6zM93 110h30a3 3 0 0 1 0 6h-30a3 3 0 0 1 0-6z",
                ),
                (
                    "vst-art__badge",
                    "M147 122a19 19 0 1 0 38 0 19 19 0 1 0-38 0z",
                ),
                ("vst-art__tick", "M157 122.5l6.5 6.5 12-13"),
            ],
            Self::Phone => &[
                (
                    "vst-art__tint",
                    "M44 80a76 76 0 1 0 152 0 76 76 0 1 0-152 0z",
                ),
                (
                    "vst-art__sheet",
                    "M98 4h44a16 16 0 0 1 16 16v120a16 16 0 0 1-16 16h-44a16 16 0 0 1-16-16v-120a16 16 0 0 1 16-16z",
                ),
                (
                    "vst-art__tint",
                    "M99 14h42a9 9 0 0 1 9 9v114a9 9 0 0 1-9 9h-42a9 9 0 0 1-9-9v-114a9 9 0 0 1 9-9z",
                ),
                (
                    "vst-art__line",
                    "M109.5 8h21a1.5 1.5 0 0 1 1.5 1.5v0a1.5 1.5 0 0 1-1.5 1.5h-21a1.5 1.5 0 0 1-1.5-1.5v-0a1.5 1.5 0 0 1 1.5-1.5z",
                ),
                (
                    "vst-art__sheet",
                    "M101 56h38a4 4 0 0 1 4 4v22a4 4 0 0 1-4 4h-38a4 4 0 0 1-4-4v-22a4 4 0 0 1 4-4z",
                ),
                (
                    "vst-art__band",
                    "M97 64v-4a4 4 0 0 1 4-4h38a4 4 0 0 1 4 4v4z",
                ),
                (
                    "vst-art__line",
                    "M117.5 68h17a1.5 1.5 0 0 1 1.5 1.5v0a1.5 1.5 0 0 1-1.5 1.5h-17a1.5 1.5 0 0 1-1.5-1.5v-0a1.5 1.5 0 0 1 1.5-1.5zM117.5 74h11a1.5 1.5 0 0 1 1.5 1.5v0a1.5 1.5 0 0 1-1.5 1.5h-11a1.5 1.5 0 0 1-1.5-1.5v-0a1.5 1.5 0 0 1 1.5-1.5zM117.5 80h14a1.5 1.5 0 0 1 1.5 1.5v0a1.5 1.5 0 0 1-1.5 1.5h-14a1.5 1.5 0 0 1-1.5-1.5v-0a1.5 1.5 0 0 1 1.5-1.5z",
                ),
                (
                    "vst-art__accent",
                    "M101 83c0-4 2-6 5-6s5 2 5 6zM103 72a3 3 0 1 0 6 0 3 3 0 1 0-6 0z",
                ),
                (
                    "vst-art__stroke",
                    "M92 60v-6a6 6 0 0 1 6-6h6M136 48h6a6 6 0 0 1 6 6v6M148 82v6a6 6 0 0 1-6 6h-6M104 94h-6a6 6 0 0 1-6-6v-6",
                ),
                (
                    "vst-art__ring",
                    "M110 124a10 10 0 1 0 20 0 10 10 0 1 0-20 0z",
                ),
                (
                    "vst-art__badge",
                    "M145 44a19 19 0 1 0 38 0 19 19 0 1 0-38 0z",
                ),
                ("vst-art__tick", "M155 44.5l6.5 6.5 12-13"),
            ],
            Self::Success => &[
                (
                    "vst-art__positive-tint",
                    "M44 80a76 76 0 1 0 152 0 76 76 0 1 0-152 0z",
                ),
                (
                    "vst-art__positive-tint",
                    "M64 80a56 56 0 1 0 112 0 56 56 0 1 0-112 0z",
                ),
                (
                    "vst-art__positive",
                    "M82 80a38 38 0 1 0 76 0 38 38 0 1 0-76 0z",
                ),
                ("vst-art__tick-large", "M102 81l13 13 24-27"),
            ],
            Self::Warning => &[
                (
                    "vst-art__tint",
                    "M44 80a76 76 0 1 0 152 0 76 76 0 1 0-152 0z",
                ),
                (
                    "vst-art__sheet",
                    "M59 38h110a11 11 0 0 1 11 11v64a11 11 0 0 1-11 11h-110a11 11 0 0 1-11-11v-64a11 11 0 0 1 11-11z",
                ),
                (
                    "vst-art__tint",
                    "M65 56h28a5 5 0 0 1 5 5v38a5 5 0 0 1-5 5h-28a5 5 0 0 1-5-5v-38a5 5 0 0 1 5-5z",
                ),
                (
                    "vst-art__muted",
                    "M66 104c0-8 5-13 13-13s13 5 13 13zM71 77a8 8 0 1 0 16 0 8 8 0 1 0-16 0z",
                ),
                (
                    "vst-art__line",
                    "M113 58h48a3 3 0 0 1 3 3v0a3 3 0 0 1-3 3h-48a3 3 0 0 1-3-3v-0a3 3 0 0 1 3-3zM113 72h34a3 3 0 0 1 3 3v0a3 3 0 0 1-3 3h-34a3 3 0 0 1-3-3v-0a3 3 0 0 1 3-3zM113 86h42a3 3 0 0 1 3 3v0a3 3 0 0 1-3 3h-42a3 3 0 0 1-3-3v-0a3 3 0 0 1 3-3z",
                ),
                (
                    "vst-art__warning",
                    "M153 116a23 23 0 1 0 46 0 23 23 0 1 0-46 0z",
                ),
                ("vst-art__tick", "M176 105v13M176 126.2v.1"),
            ],
            Self::NoCamera => &[
                (
                    "vst-art__tint",
                    "M44 80a76 76 0 1 0 152 0 76 76 0 1 0-152 0z",
                ),
                (
                    "vst-art__sheet",
                    "M58 60a10 10 0 0 1 10-10h22l9-13a6 6 0 0 1 5-3h32a6 6 0 0 1 5 3l9 13h22a10 10 0 0 1 10 10v58a10 10 0 0 1-10 10H68a10 10 0 0 1-10-10z",
                ),
                ("vst-art__tint", "M96 88a24 24 0 1 0 48 0 24 24 0 1 0-48 0z"),
                ("vst-art__lens", "M96 88a24 24 0 1 0 48 0 24 24 0 1 0-48 0z"),
                (
                    "vst-art__lens",
                    "M109 88a11 11 0 1 0 22 0 11 11 0 1 0-22 0z",
                ),
                ("vst-art__slash-back", "M62 24l116 116"),
                ("vst-art__slash", "M62 24l116 116"),
            ],
            Self::Ended => &[
                (
                    "vst-art__tint",
                    "M44 80a76 76 0 1 0 152 0 76 76 0 1 0-152 0z",
                ),
                (
                    "vst-art__sheet",
                    "M84 16h72a12 12 0 0 1 12 12v104a12 12 0 0 1-12 12h-72a12 12 0 0 1-12-12v-104a12 12 0 0 1 12-12z",
                ),
                (
                    "vst-art__line",
                    "M93 38h54a3 3 0 0 1 3 3v0a3 3 0 0 1-3 3h-54a3 3 0 0 1-3-3v-0a3 3 0 0 1 3-3zM93 54h38a3 3 0 0 1 3 3v0a3 3 0 0 1-3 3h-38a3 3 0 0 1-3-3v-0a3 3 0 0 1 3-3zM93 70h46a3 3 0 0 1 3 3v0a3 3 0 0 1-3 3h-46a3 3 0 0 1-3-3v-0a3 3 0 0 1 3-3zM93 86h30a3 3 0 0 1 3 3v0a3 3 0 0 1-3 3h-30a3 3 0 0 1-3-3v-0a3 3 0 0 1 3-3z",
                ),
                (
                    "vst-art__tint",
                    "M95 106h24a5 5 0 0 1 5 5v10a5 5 0 0 1-5 5h-24a5 5 0 0 1-5-5v-10a5 5 0 0 1 5-5z",
                ),
                (
                    "vst-art__neutral",
                    "M143 118a23 23 0 1 0 46 0 23 23 0 1 0-46 0z",
                ),
                ("vst-art__tick", "M158 110l16 16M174 110l-16 16"),
            ],
        }
    }
}

/// Draws a picture.
#[must_use]
pub fn illustration(picture: Picture) -> El {
    svg("svg", "vst-art")
        .attr("viewBox", "0 0 240 160")
        .attr("aria-hidden", "true")
        .children(
            picture
                .layers()
                .iter()
                .map(|(class, path)| svg("path", class).attr("d", path)),
        )
}

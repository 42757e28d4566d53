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
    /// The same, and it worked.
    Photographed,
    /// Somebody who looks into the camera.
    Face,
    /// The front of a shop, where people go.
    Branch,
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

/// The last two are the mark.
const PHONE: &[Layer] = &[
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
    ("vst-art__fine", "M109.5 9.5h21"),
    (
        "vst-art__sheet",
        "M101 56h38a4 4 0 0 1 4 4v22a4 4 0 0 1-4 4h-38a4 4 0 0 1-4-4v-22a4 4 0 0 1 4-4z",
    ),
    (
        "vst-art__band",
        "M97 64v-4a4 4 0 0 1 4-4h38a4 4 0 0 1 4 4v4z",
    ),
    (
        "vst-art__fine",
        "M117.5 69.5h17M117.5 75.5h11M117.5 81.5h14",
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
];

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
                ("vst-art__line", "M115 71h64M115 85h44M115 99h56M115 113h30"),
            ],
            Self::Face => &[
                (
                    "vst-art__tint",
                    "M44 80a76 76 0 1 0 152 0 76 76 0 1 0-152 0z",
                ),
                (
                    "vst-art__accent",
                    "M69 136c4-19 20-27 51-27s47 8 51 27a76 76 0 0 1-102 0z",
                ),
                ("vst-art__skin", "M107 92v21a13 13 0 0 0 26 0V92z"),
                ("vst-art__skin", "M92 65a28 34 0 1 0 56 0 28 34 0 1 0-56 0z"),
                (
                    "vst-art__hair",
                    "M90 70c-6-33 9-48 30-48s36 15 30 48c-2-11-5-18-10-23-14 3-28 1-37-5-6 6-11 15-13 28z",
                ),
                ("vst-art__face", "M109 68v1M131 68v1M110 82c5 5 15 5 20 0"),
            ],
            Self::Branch => &[
                (
                    "vst-art__tint",
                    "M44 80a76 76 0 1 0 152 0 76 76 0 1 0-152 0z",
                ),
                ("vst-art__sheet", "M68 64h104v68H68z"),
                ("vst-art__tint", "M82 88h34v24H82zM130 88h28v44h-28z"),
                (
                    "vst-art__accent",
                    "M66 36h108l10 28a11 11 0 0 1-21 4 11 11 0 0 1-22 0 11 11 0 0 1-21 0 11 11 0 0 1-22 0 11 11 0 0 1-22 0 11 11 0 0 1-21-4z",
                ),
                ("vst-art__line", "M46 132h148"),
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
                ("vst-art__line", "M57 77h52M57 90h34"),
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
                ("vst-art__line", "M74.5 26.5h55M74.5 39.5h79M74.5 52.5h67"),
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
                    "M114.5 96.5h53M114.5 108.5h37M114.5 120.5h45",
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
                ("vst-art__line", "M93 65h54M93 81h38M93 97h46M93 113h30"),
                (
                    "vst-art__badge",
                    "M147 122a19 19 0 1 0 38 0 19 19 0 1 0-38 0z",
                ),
                ("vst-art__tick", "M157 122.5l6.5 6.5 12-13"),
            ],
            Self::Phone => PHONE
                .split_last_chunk::<2>()
                .map_or(PHONE, |(phone, _)| phone),
            Self::Photographed => PHONE,
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
                ("vst-art__line", "M113 61h48M113 75h34M113 89h42"),
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
                ("vst-art__line", "M93 41h54M93 57h38M93 73h46M93 89h30"),
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

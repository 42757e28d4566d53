//! Line icons on a grid of 24, each drawn as one path.
//!
//! They are decoration: a control always says in words what it does.

use crate::ui::dom::{El, svg};

/// Which picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "each name says what is drawn")]
pub enum Icon {
    ArrowBack,
    ArrowDown,
    ArrowUp,
    ChevronDown,
    Bolt,
    Camera,
    Car,
    Card,
    Check,
    Clock,
    Close,
    Corners,
    Download,
    Flip,
    Globe,
    House,
    Lock,
    Mail,
    Passport,
    Person,
    Search,
    Shield,
    Sound,
    Sun,
    Sheet,
    Trash,
    Turn,
    Upload,
    Warning,
    ZoomIn,
    ZoomOut,
}

impl Icon {
    fn path(self) -> &'static str {
        match self {
            Self::ArrowBack => "M19 12H5M11 6l-6 6 6 6",
            Self::ArrowDown => "M12 5v14M6 13l6 6 6-6",
            Self::ArrowUp => "M12 19V5M6 11l6-6 6 6",
            Self::ChevronDown => "M6 9.5l6 6 6-6",
            Self::Bolt => "M13 3 5.5 13.5H11L10 21l7.5-10.5H12z",
            Self::Camera => {
                "M4 8.5A1.5 1.5 0 0 1 5.5 7H8l1.4-2.1a1 1 0 0 1 .8-.4h3.6a1 1 0 0 1 .8.4L16 7h2.5A1.5 1.5 0 0 1 20 8.5v9a1.5 1.5 0 0 1-1.5 1.5h-13A1.5 1.5 0 0 1 4 17.5zM12 9.5a3.25 3.25 0 1 0 0 6.5 3.25 3.25 0 1 0 0-6.5z"
            }
            Self::Car => {
                "M5 12l1.6-4.6A2 2 0 0 1 8.5 6h7a2 2 0 0 1 1.9 1.4L19 12M4.5 12h15A1.5 1.5 0 0 1 21 13.5V18h-2.5v-1.5h-13V18H3v-4.5A1.5 1.5 0 0 1 4.5 12zM7 14.3h.01M17 14.3h.01"
            }
            Self::Card => {
                "M4.5 5h15A1.5 1.5 0 0 1 21 6.5v11a1.5 1.5 0 0 1-1.5 1.5h-15A1.5 1.5 0 0 1 3 17.5v-11A1.5 1.5 0 0 1 4.5 5zM8.5 8.5a2 2 0 1 0 0 4 2 2 0 1 0 0-4zM5.8 15.8c.4-1.3 1.4-2 2.7-2s2.3.7 2.7 2M14 9.5h4M14 12.5h4M14 15.5h2.5"
            }
            Self::Check => "M5 12.5l4.5 4.5L19 7.5",
            Self::Clock => "M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 1 0 0-17zM12 7.5V12l3 2",
            Self::Close => "M6 6l12 12M18 6 6 18",
            Self::Corners => {
                "M4 8.5V6a2 2 0 0 1 2-2h2.5M15.5 4H18a2 2 0 0 1 2 2v2.5M20 15.5V18a2 2 0 0 1-2 2h-2.5M8.5 20H6a2 2 0 0 1-2-2v-2.5"
            }
            Self::Download => {
                "M12 4.5v11M7.5 11 12 15.5 16.5 11M4.5 15.5V18A1.5 1.5 0 0 0 6 19.5h12a1.5 1.5 0 0 0 1.5-1.5v-2.5"
            }
            Self::Flip => {
                "M20 11a8 8 0 0 0-14.3-4L4 8.7M4 4.5v4.2h4.2M4 13a8 8 0 0 0 14.3 4l1.7-1.7M20 19.5v-4.2h-4.2"
            }
            Self::Globe => {
                "M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 1 0 0-17zM3.5 12h17M12 3.5c2.3 2.4 3.4 5.3 3.4 8.5s-1.1 6.1-3.4 8.5c-2.3-2.4-3.4-5.3-3.4-8.5s1.1-6.1 3.4-8.5z"
            }
            Self::House => {
                "M4 11l8-6.5 8 6.5M6 9.5V19a1 1 0 0 0 1 1h10a1 1 0 0 0 1-1V9.5M10 20v-5.5h4V20"
            }
            Self::Lock => {
                "M7 10.5V8a5 5 0 0 1 10 0v2.5M6 10.5h12a1 1 0 0 1 1 1v8a1 1 0 0 1-1 1H6a1 1 0 0 1-1-1v-8a1 1 0 0 1 1-1zM12 14.5V17"
            }
            Self::Mail => {
                "M4.5 5.5h15A1.5 1.5 0 0 1 21 7v10a1.5 1.5 0 0 1-1.5 1.5h-15A1.5 1.5 0 0 1 3 17V7a1.5 1.5 0 0 1 1.5-1.5zM3.5 7.5l8.5 5.5 8.5-5.5"
            }
            Self::Passport => {
                "M6.5 3h11A1.5 1.5 0 0 1 19 4.5v15a1.5 1.5 0 0 1-1.5 1.5h-11A1.5 1.5 0 0 1 5 19.5v-15A1.5 1.5 0 0 1 6.5 3zM12 7a3.5 3.5 0 1 0 0 7 3.5 3.5 0 1 0 0-7zM8.5 10.5h7M9 17.5h6"
            }
            Self::Person => {
                "M12 4a4 4 0 1 0 0 8 4 4 0 1 0 0-8zM4.5 20.5c.6-3.9 3.5-6 7.5-6s6.9 2.1 7.5 6"
            }
            Self::Search => "M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 1 0 0-13zM15.3 15.3 20 20",
            Self::Shield => {
                "M12 3l7 2.5V11c0 4.6-2.9 8-7 10-4.1-2-7-5.4-7-10V5.5zM8.7 12l2.4 2.4 4.3-4.8"
            }
            Self::Sound => {
                "M4 9.5v5h3.5L12 19V5L7.5 9.5zM15.5 8.5a5 5 0 0 1 0 7M18 6a8.5 8.5 0 0 1 0 12"
            }
            Self::Sun => {
                "M12 8a4 4 0 1 0 0 8 4 4 0 1 0 0-8zM12 2.5v2M12 19.5v2M2.5 12h2M19.5 12h2M5.3 5.3l1.4 1.4M17.3 17.3l1.4 1.4M18.7 5.3l-1.4 1.4M6.7 17.3l-1.4 1.4"
            }
            Self::Sheet => {
                "M7 3.5h7.5L19 8v11a1.5 1.5 0 0 1-1.5 1.5h-10.5A1.5 1.5 0 0 1 5.5 19V5A1.5 1.5 0 0 1 7 3.5zM14.5 3.5V8H19M9 12.5h6.5M9 16h6.5"
            }
            Self::Trash => {
                "M4.5 7h15M9.5 7V4.5h5V7M6.5 7l.9 11.6a1.5 1.5 0 0 0 1.5 1.4h6.2a1.5 1.5 0 0 0 1.5-1.4L17.5 7M10 10.5v6M14 10.5v6"
            }
            Self::Turn => "M19.5 12a7.5 7.5 0 1 1-2.2-5.3l2.2 2.2M19.5 4.5v4.4h-4.4",
            Self::Upload => {
                "M12 15.5v-11M7.5 9 12 4.5 16.5 9M4.5 15.5V18A1.5 1.5 0 0 0 6 19.5h12a1.5 1.5 0 0 0 1.5-1.5v-2.5"
            }
            Self::Warning => {
                "M12 9v4.5M12 16.8v.2M10.7 4.3 2.9 17.8A1.5 1.5 0 0 0 4.2 20h15.6a1.5 1.5 0 0 0 1.3-2.2L13.3 4.3a1.5 1.5 0 0 0-2.6 0z"
            }
            Self::ZoomIn => {
                "M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 1 0 0-13zM15.3 15.3 20 20M10.5 8v5M8 10.5h5"
            }
            Self::ZoomOut => {
                "M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 1 0 0-13zM15.3 15.3 20 20M8 10.5h5"
            }
        }
    }

    /// Whether it points along the line of reading and turns round with it.
    fn is_directional(self) -> bool {
        matches!(self, Self::ArrowBack)
    }
}

/// Draws an icon in the colour of the text around it.
#[must_use]
pub fn icon(icon: Icon) -> El {
    let class = if icon.is_directional() {
        "vst-icon vst-icon--directional"
    } else {
        "vst-icon"
    };
    svg("svg", class)
        .attr("viewBox", "0 0 24 24")
        .attr("aria-hidden", "true")
        .child(svg("path", "").attr("d", icon.path()))
}

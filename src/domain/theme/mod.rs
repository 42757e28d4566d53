//! The brand: from the colours of `sdk_config` to tokens with readable contrast.
//!
//! A business gives any colour; the palette is that colour moved just far
//! enough along its own lightness to meet WCAG 2.2 contrast where it is used.
//! [`colour`] is the maths, this module the policy.

pub mod colour;

pub use colour::Colour;

use crate::domain::session::config::{DarkMode, SdkConfig};

/// Which colour scheme is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scheme {
    /// Always light.
    Light,
    /// Always dark.
    Dark,
    /// As the device prefers.
    Auto,
}

impl Scheme {
    /// The value of `data-scheme` on the root element.
    #[must_use]
    pub fn attribute(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::Dark => "dark",
            Self::Auto => "auto",
        }
    }
}

/// The brand as the style sheets use it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Theme {
    /// Which scheme is shown.
    pub scheme: Scheme,
    /// Colours on light surfaces.
    pub light: Palette,
    /// Colours on dark surfaces.
    pub dark: Palette,
    /// `brand_id`, where it can be a name in a style sheet.
    pub brand_id: Option<String>,
}

/// The brand colours of one scheme.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Palette {
    /// Fill of the primary button: the brand's own colour wherever possible.
    pub brand: Colour,
    /// Outline of that fill, and whatever has to stand out without words.
    pub brand_edge: Colour,
    /// The same under the pointer.
    pub brand_hover: Colour,
    /// The same while pressed.
    pub brand_pressed: Colour,
    /// Text on the fills above.
    pub on_brand: Colour,
    /// Links and marks on the page.
    pub accent: Colour,
}

impl Palette {
    /// Token name (without the scheme's prefix) and value of each colour.
    #[must_use]
    pub fn tokens(&self) -> [(&'static str, Colour); 6] {
        [
            ("brand", self.brand),
            ("brand-edge", self.brand_edge),
            ("brand-hover", self.brand_hover),
            ("brand-pressed", self.brand_pressed),
            ("on-brand", self.on_brand),
            ("accent", self.accent),
        ]
    }
}

/// The default brand colour (contract §1.2).
pub const DEFAULT_PRIMARY: Colour = Colour::rgb(0x2d, 0x9f, 0xff);

/// The lightest surface of the light scheme; `style/tokens.css` says the same.
pub const LIGHT_SURFACE: Colour = Colour::rgb(0xff, 0xff, 0xff);

/// The page behind cards in the light scheme; `style/tokens.css` says the same.
pub const LIGHT_PAGE: Colour = Colour::rgb(0xf4, 0xf6, 0xf9);

/// The lightest surface of the dark scheme; `style/tokens.css` says the same.
pub const DARK_SURFACE: Colour = Colour::rgb(0x1c, 0x20, 0x27);

/// The page behind cards in the dark scheme; `style/tokens.css` says the same.
pub const DARK_PAGE: Colour = Colour::rgb(0x12, 0x15, 0x1a);

/// Contrast of text (WCAG 2.2, 1.4.3).
pub const TEXT_CONTRAST: f64 = 4.5;

/// Contrast of a control against what it lies on (WCAG 2.2, 1.4.11).
pub const CONTROL_CONTRAST: f64 = 3.0;

impl Theme {
    /// The theme of a configuration; a colour that can't be read counts as
    /// absent, because a wrong colour must not stop anybody.
    #[must_use]
    pub fn from_config(config: &SdkConfig) -> Self {
        let read = |value: &Option<String>| value.as_deref().and_then(Colour::parse);
        let primary = read(&config.primary_colour).unwrap_or(DEFAULT_PRIMARY);
        let primary_dark = read(&config.primary_colour_dark_mode).unwrap_or(primary);
        let secondary = read(&config.secondary_colour);
        let font = read(&config.font_colour);
        let scheme = match config.dark_mode {
            Some(DarkMode::On) => Scheme::Dark,
            Some(DarkMode::Off) => Scheme::Light,
            // What the person prefers, unless the business decided.
            Some(DarkMode::Auto | DarkMode::Other(_)) | None => Scheme::Auto,
        };
        Self {
            scheme,
            light: palette(primary, secondary, font, &[LIGHT_SURFACE, LIGHT_PAGE]),
            dark: palette(primary_dark, secondary, font, &[DARK_SURFACE, DARK_PAGE]),
            brand_id: config.brand_id.clone().filter(|name| is_a_name(name)),
        }
    }
}

/// Whether this can be told to style sheets: letters, digits, `-` and `_`.
fn is_a_name(text: &str) -> bool {
    let is_allowed = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_');
    !text.is_empty() && text.len() <= 64 && text.chars().all(is_allowed)
}

impl Default for Theme {
    fn default() -> Self {
        Self::from_config(&SdkConfig::default())
    }
}

/// Derives all shades from the configured colours.
///
/// The fill stays as given: its words make it a button, and its outline is what
/// stands out from the page (WCAG 2.2, 1.4.11).
/// `secondary_colour` is "used on the button": it becomes the fill under the
/// pointer. `font_colour` is kept when it can be read on the fill.
fn palette(
    primary: Colour,
    secondary: Option<Colour>,
    font: Option<Colour>,
    surfaces: &[Colour],
) -> Palette {
    let brand = visible(primary, surfaces);
    let on_brand = match font {
        Some(font) if font.contrast(brand) >= TEXT_CONTRAST => font,
        _ => Colour::most_readable_on(brand),
    };
    // Away from the text colour, so that contrast can only grow.
    let deeper = |amount: f64| brand.mix(on_brand.opposite(), amount);
    let is_readable = |fill: &Colour| on_brand.contrast(*fill) >= TEXT_CONTRAST;
    Palette {
        brand,
        brand_edge: brand.away_from(surfaces, CONTROL_CONTRAST),
        brand_hover: secondary
            .filter(is_readable)
            .unwrap_or_else(|| deeper(0.12)),
        brand_pressed: deeper(0.22),
        on_brand,
        accent: brand.away_from(surfaces, TEXT_CONTRAST),
    }
}

/// A grey that would sink into the page turns into its opposite: a black brand
/// is a white one in the dark. A hue is the brand's own and stays.
fn visible(primary: Colour, surfaces: &[Colour]) -> Colour {
    let sinks = surfaces
        .iter()
        .any(|surface| primary.contrast(*surface) < CONTROL_CONTRAST);
    match surfaces.first() {
        Some(surface) if sinks && primary.is_grey() => primary.mix(surface.opposite(), 0.9),
        _ => primary,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn config(primary: &str) -> SdkConfig {
        SdkConfig {
            primary_colour: Some(primary.to_owned()),
            ..SdkConfig::default()
        }
    }

    fn assert_readable(palette: &Palette, surfaces: &[Colour]) {
        for fill in [palette.brand, palette.brand_hover, palette.brand_pressed] {
            assert!(
                palette.on_brand.contrast(fill) >= TEXT_CONTRAST,
                "text on {fill} in {palette:?}"
            );
        }
        for surface in surfaces {
            assert!(
                palette.brand_edge.contrast(*surface) >= CONTROL_CONTRAST,
                "outline on {surface}"
            );
            assert!(
                palette.accent.contrast(*surface) >= TEXT_CONTRAST,
                "accent on {surface}"
            );
        }
    }

    fn assert_theme_readable(theme: &Theme) {
        assert_readable(&theme.light, &[LIGHT_SURFACE, LIGHT_PAGE]);
        assert_readable(&theme.dark, &[DARK_SURFACE, DARK_PAGE]);
    }

    #[test]
    fn a_brand_is_named_only_by_what_can_be_a_name() {
        let brand = |name: &str| {
            let config = SdkConfig {
                brand_id: Some(name.to_owned()),
                ..SdkConfig::default()
            };
            Theme::from_config(&config).brand_id
        };
        assert_eq!(brand("shop-7_b").as_deref(), Some("shop-7_b"));
        for odd in ["", "a b", "\"]{}", &"x".repeat(65)] {
            assert_eq!(brand(odd), None, "{odd}");
        }
    }

    #[test]
    fn hard_colours_stay_readable() {
        for primary in [
            "#ffff00", "#000000", "#ffffff", "#777777", "#2d9fff", "#f00", "#0000ff",
        ] {
            assert_theme_readable(&Theme::from_config(&config(primary)));
        }
    }

    #[test]
    fn a_good_colour_is_kept_as_it_is() {
        let theme = Theme::from_config(&config("#0b5fff"));
        assert_eq!(theme.light.brand, Colour::rgb(0x0b, 0x5f, 0xff));
    }

    #[test]
    fn a_light_brand_keeps_its_fill_and_gets_a_darker_outline() {
        let light = Theme::from_config(&config("#ffff00")).light;
        assert_eq!(light.brand, Colour::rgb(0xff, 0xff, 0));
        assert_ne!(light.brand_edge, light.brand);
    }

    #[test]
    fn a_black_brand_is_a_light_one_in_the_dark() {
        let theme = Theme::from_config(&config("#000000"));
        assert_eq!(theme.light.brand, Colour::rgb(0, 0, 0));
        assert!(theme.dark.brand.luminance() > 0.7, "{}", theme.dark.brand);
    }

    #[test]
    fn an_unreadable_colour_counts_as_absent() {
        assert_eq!(
            Theme::from_config(&config("blue; --x: url(evil)")),
            Theme::default()
        );
    }

    #[test]
    fn dark_mode_follows_the_business_and_else_the_device() {
        let scheme = |mode: Option<DarkMode>| {
            Theme::from_config(&SdkConfig {
                dark_mode: mode,
                ..SdkConfig::default()
            })
            .scheme
        };
        assert_eq!(scheme(Some(DarkMode::On)), Scheme::Dark);
        assert_eq!(scheme(Some(DarkMode::Off)), Scheme::Light);
        assert_eq!(scheme(Some(DarkMode::Auto)), Scheme::Auto);
        assert_eq!(scheme(None), Scheme::Auto);
    }

    #[test]
    fn the_dark_scheme_has_a_brand_colour_of_its_own() {
        let config = SdkConfig {
            primary_colour_dark_mode: Some("#ffcc00".to_owned()),
            ..config("#0b5fff")
        };
        assert_eq!(
            Theme::from_config(&config).dark.brand,
            Colour::rgb(0xff, 0xcc, 0)
        );
    }

    #[test]
    fn the_configured_font_colour_is_used_when_it_can_be_read() {
        let with_font = |font: &str| {
            let config = SdkConfig {
                font_colour: Some(font.to_owned()),
                ..config("#003366")
            };
            Theme::from_config(&config).light.on_brand
        };
        assert_eq!(with_font("#ffeeaa"), Colour::rgb(0xff, 0xee, 0xaa));
        assert_eq!(with_font("#003300"), Colour::rgb(0xff, 0xff, 0xff));
    }

    proptest! {
        #[test]
        fn any_brand_colour_is_readable_everywhere(
            primary: [u8; 3], secondary: Option<[u8; 3]>, font: Option<[u8; 3]>, dark: Option<[u8; 3]>,
        ) {
            let hex = |[r, g, b]: [u8; 3]| format!("#{r:02x}{g:02x}{b:02x}");
            let config = SdkConfig {
                secondary_colour: secondary.map(hex),
                font_colour: font.map(hex),
                primary_colour_dark_mode: dark.map(hex),
                ..config(&hex(primary))
            };
            assert_theme_readable(&Theme::from_config(&config));
        }
    }
}

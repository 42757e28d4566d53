//! What people will see of a business's colours, where it is not what was set.

use vestibule::domain::session::config::{DarkMode, SdkConfig};
use vestibule::domain::theme::{
    CONTROL_CONTRAST, Colour, DARK_PAGE, DARK_SURFACE, LIGHT_PAGE, LIGHT_SURFACE, Palette,
    TEXT_CONTRAST, Theme,
};

/// What people see of the colours in light or in dark.
#[derive(Debug)]
pub(super) struct Seen {
    /// `Light` or `Dark`.
    pub(super) scheme: &'static str,
    /// The surface behind.
    pub(super) surface: Colour,
    /// What is shown.
    pub(super) palette: Palette,
    /// What was set and is not shown, in words.
    pub(super) changes: Vec<String>,
    /// What is derived, in words.
    pub(super) additions: Vec<String>,
}

/// What is seen in each scheme that can be seen.
pub(super) fn seen(config: &SdkConfig) -> Vec<Seen> {
    let theme = Theme::from_config(config);
    let default = Theme::default();
    let read = |value: &Option<String>| value.as_deref().and_then(Colour::parse);
    let primary = read(&config.primary_colour);
    let primary_dark = read(&config.primary_colour_dark_mode).or(primary);
    let wish = |primary: Option<Colour>, default: Colour| Wish {
        primary: primary.unwrap_or(default),
        secondary: read(&config.secondary_colour),
        font: read(&config.font_colour),
    };
    let mut all = Vec::new();
    if config.dark_mode != Some(DarkMode::On) {
        let wish = wish(primary, default.light.brand);
        all.push(wish.as_seen("Light", &[LIGHT_SURFACE, LIGHT_PAGE], theme.light));
    }
    if config.dark_mode != Some(DarkMode::Off) {
        let wish = wish(primary_dark, default.dark.brand);
        all.push(wish.as_seen("Dark", &[DARK_SURFACE, DARK_PAGE], theme.dark));
    }
    all
}

/// What was set and is not shown, once where it is the same in light and dark.
pub(super) fn changes(seen: &[Seen]) -> Vec<String> {
    let mut told: Vec<String> = Vec::new();
    for it in seen {
        for change in &it.changes {
            let is_everywhere = seen.iter().all(|other| other.changes.contains(change));
            let words = if is_everywhere {
                change.clone()
            } else {
                format!("{}: {change}", it.scheme)
            };
            if !told.contains(&words) {
                told.push(words);
            }
        }
    }
    told
}

/// What a business wants in a scheme.
#[derive(Debug)]
struct Wish {
    primary: Colour,
    secondary: Option<Colour>,
    font: Option<Colour>,
}

impl Wish {
    fn as_seen(&self, scheme: &'static str, surfaces: &[Colour], palette: Palette) -> Seen {
        let mut changes = Vec::new();
        let mut additions = Vec::new();
        let Palette {
            brand,
            on_brand,
            brand_hover,
            brand_edge,
            accent,
            ..
        } = palette;
        if brand != self.primary {
            changes.push(format!(
                "Your primary colour {} would be lost on the page (contrast {}; {} is needed), so \
                 buttons are {brand}.",
                self.primary,
                least(self.primary, surfaces),
                ratio(CONTROL_CONTRAST),
            ));
        }
        if let Some(font) = self.font.filter(|font| *font != on_brand) {
            changes.push(format!(
                "Your font colour {font} can’t be read on the primary colour {brand} \
                 (contrast {}; {} is needed), so the words are {on_brand} ({}).",
                ratio(font.contrast(brand)),
                ratio(TEXT_CONTRAST),
                ratio(on_brand.contrast(brand)),
            ));
        }
        if let Some(secondary) = self.secondary.filter(|it| *it != brand_hover) {
            changes.push(format!(
                "The words {on_brand} can’t be read on your secondary colour {secondary} \
                 (contrast {}; {} is needed), so a button under the pointer is {brand_hover} ({}).",
                ratio(on_brand.contrast(secondary)),
                ratio(TEXT_CONTRAST),
                ratio(on_brand.contrast(brand_hover)),
            ));
        }
        if brand_edge != brand {
            additions.push(format!(
                "{brand} hardly stands out from the page (contrast {}; {} is needed), so buttons \
                 get an outline in {brand_edge}.",
                least(brand, surfaces),
                ratio(CONTROL_CONTRAST),
            ));
        }
        if accent != brand {
            additions.push(format!(
                "{brand} is too faint for words on the page (contrast {}; {} is needed), so links \
                 and marks are {accent}.",
                least(brand, surfaces),
                ratio(TEXT_CONTRAST),
            ));
        }
        Seen {
            scheme,
            surface: surfaces.first().copied().unwrap_or(brand),
            palette,
            changes,
            additions,
        }
    }
}

/// The contrast where it is smallest.
fn least(colour: Colour, surfaces: &[Colour]) -> String {
    let contrasts = surfaces.iter().map(|surface| colour.contrast(*surface));
    ratio(contrasts.fold(f64::INFINITY, f64::min))
}

/// `4.5:1`; rounded down, so that what just misses a bound does not seem to
/// reach it.
fn ratio(contrast: f64) -> String {
    format!("{}:1", (contrast * 10.0).floor() / 10.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn config(primary: &str, secondary: Option<&str>, font: Option<&str>) -> SdkConfig {
        SdkConfig {
            primary_colour: Some(primary.to_owned()),
            secondary_colour: secondary.map(str::to_owned),
            font_colour: font.map(str::to_owned),
            dark_mode: Some(DarkMode::Off),
            ..SdkConfig::default()
        }
    }

    fn changes_of(config: &SdkConfig) -> Vec<String> {
        changes(&seen(config))
    }

    #[test]
    fn a_font_colour_that_cannot_be_read_is_told_with_what_is_shown_instead() {
        let told = changes_of(&config("#ffff00", None, Some("#ffffff")));
        assert_eq!(
            told,
            [
                "Your font colour #ffffff can’t be read on the primary colour #ffff00 \
                 (contrast 1:1; 4.5:1 is needed), so the words are #000000 (19.5:1)."
            ]
        );
    }

    #[test]
    fn a_secondary_colour_that_words_cannot_lie_on_is_told() {
        let told = changes_of(&config("#0b5fff", Some("#ffffff"), Some("#ffffff")));
        assert!(told[0].contains("your secondary colour #ffffff (contrast 1:1;"));
        assert_eq!(told.len(), 1);
    }

    #[test]
    fn a_black_brand_is_told_to_be_a_light_one_in_the_dark() {
        let dark = SdkConfig {
            dark_mode: Some(DarkMode::On),
            ..config("#000000", None, None)
        };
        let told = changes_of(&dark);
        assert!(told[0].starts_with("Your primary colour #000000 would be lost on the page"));
        assert_eq!(changes_of(&config("#000000", None, None)), [""; 0]);
    }

    #[test]
    fn what_is_the_same_in_light_and_dark_is_told_once() {
        let both = SdkConfig {
            dark_mode: None,
            primary_colour_dark_mode: Some("#000000".to_owned()),
            ..config("#ffff00", Some("#ffff00"), Some("#ffffff"))
        };
        let told = changes_of(&both);
        let starts: Vec<_> = told.iter().filter_map(|it| it.get(..18)).collect();
        assert_eq!(
            starts,
            [
                "Light: Your font c",
                "Dark: Your primary",
                "Dark: Your font co"
            ]
        );
        let same = SdkConfig {
            primary_colour_dark_mode: None,
            ..both
        };
        assert_eq!(changes_of(&same).len(), 1);
    }

    #[test]
    fn colours_that_can_be_read_are_not_spoken_of() {
        let told = seen(&config("#0b5fff", Some("#0047cc"), Some("#ffffff")));
        assert!(told.iter().all(|it| it.changes.is_empty()), "{told:?}");
        assert!(told.iter().all(|it| it.additions.is_empty()), "{told:?}");
    }

    #[test]
    fn only_what_can_be_seen_is_told_of() {
        let schemes = |dark_mode| {
            let config = SdkConfig {
                dark_mode,
                ..SdkConfig::default()
            };
            let schemes = seen(&config).into_iter().map(|it| it.scheme);
            schemes.collect::<Vec<_>>()
        };
        assert_eq!(schemes(None), ["Light", "Dark"]);
        assert_eq!(schemes(Some(DarkMode::Auto)), ["Light", "Dark"]);
        assert_eq!(schemes(Some(DarkMode::On)), ["Dark"]);
        assert_eq!(schemes(Some(DarkMode::Off)), ["Light"]);
    }

    #[test]
    fn a_contrast_that_just_misses_does_not_seem_to_reach() {
        assert_eq!(ratio(4.499), "4.4:1");
        assert_eq!(ratio(21.0), "21:1");
    }
}

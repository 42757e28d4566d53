//! What the address of the preview asks for.

use std::collections::BTreeMap;

use vestibule::domain::i18n::Locale;
use vestibule::domain::session::config::SdkConfig;
use vestibule::domain::theme::Colour;

use crate::portal::create::OPTIONS;

/// The colours, by their names in `sdk_config`.
pub(super) const COLOURS: [&str; 4] = [
    "primary_colour",
    "primary_colour_dark_mode",
    "secondary_colour",
    "font_colour",
];

/// Value and label of every size of screen; the style sheet knows them too.
pub(super) const SIZES: &[(&str, &str)] = &[
    ("phone", "Phone, 390 × 844"),
    ("small-phone", "Small phone, 320 × 568"),
    ("desktop", "Desktop, 1280 × 800"),
];

/// What a device may prefer.
pub(super) const SCHEMES: &[(&str, &str)] = &[("light", "Light"), ("dark", "Dark")];

/// What is to be shown, as it was typed.
#[derive(Debug, Default)]
pub(super) struct Look(BTreeMap<String, String>);

impl Look {
    pub(super) fn new(values: BTreeMap<String, String>) -> Self {
        Self(values)
    }

    /// What stands in a field.
    pub(super) fn typed(&self, name: &str) -> &str {
        self.0.get(name).map(|it| it.trim()).unwrap_or_default()
    }

    /// One of several values; the first, unless another one is named.
    fn one_of(&self, name: &str, known: &[(&'static str, &str)]) -> &'static str {
        let typed = self.typed(name);
        let found = known.iter().find(|(value, _)| *value == typed);
        found.or(known.first()).map_or("", |(value, _)| value)
    }

    /// How large the screens are.
    pub(super) fn size(&self) -> &'static str {
        self.one_of("size", SIZES)
    }

    /// Whether every state is shown, not one of each kind.
    pub(super) fn shows_every_state(&self) -> bool {
        !self.typed("every").is_empty()
    }

    /// Whether light and dark are the business's choice, not the device's.
    pub(super) fn decides_scheme(&self) -> bool {
        matches!(self.typed("dark_mode"), "ON" | "OFF")
    }

    /// The names of fields with something that is no colour.
    pub(super) fn no_colours(&self) -> Vec<&'static str> {
        let is_wrong = |name: &&str| {
            let typed = self.typed(name);
            !typed.is_empty() && Colour::parse(typed).is_none()
        };
        COLOURS.into_iter().filter(is_wrong).collect()
    }

    /// What a business writes to get this; what can't be used is left out.
    pub(super) fn config(&self) -> SdkConfig {
        let set = |name: &str| Some(self.typed(name)).filter(|it| !it.is_empty());
        let colour = |name: &str| {
            set(name)
                .filter(|it| Colour::parse(it).is_some())
                .map(str::to_owned)
        };
        let is_spoken = |tag: &&str| Locale::ALL.iter().any(|locale| locale.tag() == *tag);
        SdkConfig {
            primary_colour: colour("primary_colour"),
            primary_colour_dark_mode: colour("primary_colour_dark_mode"),
            secondary_colour: colour("secondary_colour"),
            font_colour: colour("font_colour"),
            dark_mode: set("dark_mode")
                .filter(|it| matches!(*it, "ON" | "OFF" | "AUTO"))
                .map(Into::into),
            locale: set("locale").filter(is_spoken).map(str::to_owned),
            ..SdkConfig::default()
        }
    }

    /// The same as pairs of name and value.
    fn settings(&self) -> Vec<(&'static str, String)> {
        let config = self.config();
        [
            ("primary_colour", config.primary_colour),
            ("primary_colour_dark_mode", config.primary_colour_dark_mode),
            ("secondary_colour", config.secondary_colour),
            ("font_colour", config.font_colour),
            ("dark_mode", config.dark_mode.map(Into::into)),
            ("locale", config.locale),
        ]
        .into_iter()
        .filter_map(|(name, value)| Some((name, value?)))
        .collect()
    }

    /// Where the gallery shows a screen so.
    pub(super) fn address_of(&self, screen: &str) -> String {
        let scheme = self.one_of("scheme", SCHEMES);
        let mut address = format!("/gallery/screen.html#screen={screen}&scheme={scheme}");
        for (name, value) in self.settings() {
            address += &format!("&{name}={}", escaped(&value));
        }
        address
    }

    /// The portal's first page with its form filled in so.
    pub(super) fn address_of_form(&self) -> String {
        let pair = |(name, value): (&str, String)| {
            let path = format!("sdk_config.{name}");
            let field = OPTIONS.iter().find(|field| field.path == path)?;
            Some(format!("{}={}", field.name, escaped(&value)))
        };
        let pairs: Vec<_> = self.settings().into_iter().filter_map(pair).collect();
        format!("/?{}", pairs.join("&"))
    }
}

/// Of what may stand in a setting only this has a meaning in an address.
fn escaped(value: &str) -> String {
    value.replace('#', "%23")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn look(values: &[(&str, &str)]) -> Look {
        let owned = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
        Look::new(values.iter().map(owned).collect())
    }

    #[test]
    fn what_cannot_be_used_is_left_out_and_colours_are_named() {
        let look = look(&[
            ("primary_colour", " #123456 "),
            ("font_colour", "blue"),
            ("dark_mode", "MAYBE"),
            ("locale", "tlh"),
        ]);
        let expected = SdkConfig {
            primary_colour: Some("#123456".to_owned()),
            ..SdkConfig::default()
        };
        assert_eq!(look.config(), expected);
        assert_eq!(look.no_colours(), ["font_colour"]);
    }

    #[test]
    fn a_screen_is_addressed_with_all_that_is_set() {
        let look = look(&[
            ("primary_colour", "#fa0"),
            ("dark_mode", "AUTO"),
            ("locale", "es-419"),
            ("scheme", "dark"),
        ]);
        assert_eq!(
            look.address_of("camera/hint-dark"),
            "/gallery/screen.html#screen=camera/hint-dark&scheme=dark\
             &primary_colour=%23fa0&dark_mode=AUTO&locale=es-419"
        );
    }

    #[test]
    fn the_portals_form_has_a_field_for_every_setting() {
        let look = look(&[
            ("primary_colour", "#111"),
            ("primary_colour_dark_mode", "#222"),
            ("secondary_colour", "#333"),
            ("font_colour", "#444"),
            ("dark_mode", "ON"),
            ("locale", "ar"),
        ]);
        assert_eq!(
            look.address_of_form(),
            "/?primary=%23111&primary_dark=%23222&secondary=%23333&font=%23444&dark=ON&locale=ar"
        );
    }

    #[test]
    fn an_empty_address_shows_the_clients_own_colours_on_a_light_phone() {
        let look = Look::default();
        assert_eq!(look.config(), SdkConfig::default());
        assert_eq!(look.size(), "phone");
        assert_eq!(
            look.address_of("start"),
            "/gallery/screen.html#screen=start&scheme=light"
        );
    }
}

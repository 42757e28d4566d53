//! Holds `style/tokens.css` and the theme of `domain` together: the colours
//! before the program has read a configuration are those of a configuration
//! without colours. And holds the colours of every brand against a library that
//! knows nothing of ours.
#![cfg(not(target_arch = "wasm32"))]
#![expect(
    clippy::unwrap_used,
    reason = "tests; clippy.toml's exception only knows #[test]"
)]

use std::fs;
use std::path::Path;

use palette::Srgb;
use palette::color_difference::Wcag21RelativeContrast;
use proptest::prelude::*;
use vestibule::domain::session::config::SdkConfig;
use vestibule::domain::theme::{
    CONTROL_CONTRAST, Colour, DARK_PAGE, DARK_SURFACE, LIGHT_PAGE, LIGHT_SURFACE, Palette,
    TEXT_CONTRAST, Theme,
};

fn tokens() -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("style/tokens.css")).unwrap()
}

#[test]
fn the_brand_before_the_configuration_is_the_default_theme() {
    let tokens = tokens();
    let theme = Theme::default();
    let expected: Vec<String> = [("light", theme.light), ("dark", theme.dark)]
        .iter()
        .flat_map(|(scheme, palette)| {
            palette
                .tokens()
                .map(|(name, colour)| format!("--vst-{scheme}-{name}: {colour};"))
        })
        .collect();
    let missing: Vec<&String> = expected
        .iter()
        .filter(|line| !tokens.contains(*line))
        .collect();
    assert!(missing.is_empty(), "style/tokens.css lacks {missing:#?}");
}

#[test]
fn the_surfaces_that_contrast_is_measured_against_are_the_real_ones() {
    let tokens = tokens().to_lowercase();
    for (name, colour) in [
        ("light surface", LIGHT_SURFACE),
        ("light page", LIGHT_PAGE),
        ("dark surface", DARK_SURFACE),
        ("dark page", DARK_PAGE),
    ] {
        // A style sheet may write white in three digits.
        let is_white = colour == LIGHT_SURFACE && tokens.contains("#fff;");
        let is_there = is_white || tokens.contains(&colour.to_string());
        assert!(is_there, "style/tokens.css has no {name} {colour}");
    }
}

/// The share by which two right contrasts may differ: WCAG rounds the weights of
/// red, green and blue to four digits, the library has all of them.
const AGREEMENT: f64 = 5e-4;

/// A colour as the library has it, by way of what style sheets are told.
fn foreign(colour: Colour) -> Srgb<f64> {
    let colour: Srgb<u8> = colour.to_string().parse().unwrap();
    colour.into_format()
}

/// The library's contrast of two colours.
fn contrast(a: Colour, b: Colour) -> f64 {
    foreign(a).relative_contrast(foreign(b))
}

/// Colours over the whole cube, its corners among them; `step` divides 255.
fn lattice(step: usize) -> impl Iterator<Item = Colour> {
    let shades = move || (0..=255u8).step_by(step);
    shades()
        .flat_map(move |r| shades().flat_map(move |g| shades().map(move |b| Colour::rgb(r, g, b))))
}

#[test]
fn our_contrast_is_the_librarys() {
    for a in lattice(51) {
        for b in lattice(51) {
            let (ours, theirs) = (a.contrast(b), contrast(a, b));
            assert!(
                (ours / theirs - 1.0).abs() < AGREEMENT,
                "{a} on {b}: {ours} and {theirs}"
            );
        }
    }
}

/// Asserts by the library alone that a brand can be read.
fn assert_readable(theme: &Theme) {
    let is_enough = |a, b, wanted: f64| contrast(a, b) >= wanted * (1.0 - AGREEMENT);
    let assert_palette = |palette: &Palette, surfaces: [Colour; 2]| {
        for fill in [palette.brand, palette.brand_hover, palette.brand_pressed] {
            assert!(
                is_enough(palette.on_brand, fill, TEXT_CONTRAST),
                "text on {fill} in {palette:?}"
            );
        }
        for surface in surfaces {
            assert!(
                is_enough(palette.brand_edge, surface, CONTROL_CONTRAST),
                "edge on {surface} in {palette:?}"
            );
            assert!(
                is_enough(palette.accent, surface, TEXT_CONTRAST),
                "accent on {surface} in {palette:?}"
            );
        }
    };
    assert_palette(&theme.light, [LIGHT_SURFACE, LIGHT_PAGE]);
    assert_palette(&theme.dark, [DARK_SURFACE, DARK_PAGE]);
}

fn brand(primary: &str) -> SdkConfig {
    SdkConfig {
        primary_colour: Some(primary.to_owned()),
        ..SdkConfig::default()
    }
}

#[test]
fn the_hardest_brands_are_readable() {
    for primary in ["#ffff00", "#000000", "#ffffff", "#777777"] {
        assert_readable(&Theme::from_config(&brand(primary)));
    }
}

#[test]
fn brands_over_the_whole_colour_cube_are_readable() {
    for primary in lattice(15) {
        assert_readable(&Theme::from_config(&brand(&primary.to_string())));
    }
}

proptest! {
    #[test]
    fn any_four_colours_of_a_brand_are_readable(
        primary: [u8; 3], secondary: Option<[u8; 3]>, font: Option<[u8; 3]>, dark: Option<[u8; 3]>,
    ) {
        let hex = |[r, g, b]: [u8; 3]| Colour::rgb(r, g, b).to_string();
        assert_readable(&Theme::from_config(&SdkConfig {
            secondary_colour: secondary.map(hex),
            font_colour: font.map(hex),
            primary_colour_dark_mode: dark.map(hex),
            ..brand(&hex(primary))
        }));
    }
}

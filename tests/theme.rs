//! Holds `style/tokens.css` and the theme of `domain` together: the colours
//! before the program has read a configuration are those of a configuration
//! without colours.
#![cfg(not(target_arch = "wasm32"))]
#![expect(
    clippy::unwrap_used,
    reason = "tests; clippy.toml's exception only knows #[test]"
)]

use std::fs;
use std::path::Path;

use vestibule::domain::theme::{DARK_PAGE, DARK_SURFACE, LIGHT_PAGE, LIGHT_SURFACE, Theme};

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

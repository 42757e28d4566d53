//! `sdk_config`: how the client looks, speaks and leaves (contract §1.2).

use std::collections::BTreeMap;

use vestibule::domain::session::config::SdkConfig;

use super::rules;
use crate::json::{Checker, Obj, not_blank};

/// One extra attempt, in both published categories.
const DEFAULT_ATTEMPTS: u32 = 2;
const CATEGORIES: [&str; 2] = ["GENERIC", "RECLASSIFICATION"];
const EXTRACTION: &str = "ID_DOCUMENT_TEXT_DATA_EXTRACTION";
const SUPPLEMENTARY: &str = "SUPPLEMENTARY_DOCUMENT_TEXT_DATA_EXTRACTION";

/// Attempts per category.
type Attempts = BTreeMap<String, u32>;

/// The configuration and the attempts at identity and supplementary documents.
pub(super) fn sdk_config(checker: &mut Checker, root: &Obj<'_>) -> (SdkConfig, Attempts, Attempts) {
    let both = CATEGORIES
        .iter()
        .map(|&name| (name.to_owned(), DEFAULT_ATTEMPTS));
    let mut attempts: Attempts = both.collect();
    // Nobody tells one bill from another, so nothing is reclassified.
    let mut supplementary = Attempts::from([(CATEGORIES[0].to_owned(), DEFAULT_ATTEMPTS)]);
    let Some(config) = checker.object(root, "sdk_config") else {
        return (SdkConfig::default(), attempts, supplementary);
    };
    let colour = |checker: &mut Checker, key| checker.text(&config, key, rules::colour);
    let url = |checker: &mut Checker, key| checker.text(&config, key, rules::return_url);
    let parsed = SdkConfig {
        allowed_capture_methods: checker
            .one_of(
                &config,
                "allowed_capture_methods",
                &["CAMERA", "CAMERA_AND_UPLOAD"],
            )
            .map(Into::into),
        primary_colour: colour(checker, "primary_colour"),
        secondary_colour: colour(checker, "secondary_colour"),
        font_colour: colour(checker, "font_colour"),
        dark_mode: checker
            .one_of(&config, "dark_mode", &["ON", "OFF", "AUTO"])
            .map(Into::into),
        primary_colour_dark_mode: colour(checker, "primary_colour_dark_mode"),
        locale: checker.text(&config, "locale", rules::locale),
        preset_issuing_country: checker.text(&config, "preset_issuing_country", rules::country),
        success_url: url(checker, "success_url"),
        error_url: url(checker, "error_url"),
        privacy_policy_url: url(checker, "privacy_policy_url"),
        allow_handoff: checker.boolean(&config, "allow_handoff"),
        biometric_consent_flow: checker.one_of(
            &config,
            "biometric_consent_flow",
            &["EARLY", "JUST_IN_TIME"],
        ),
        brand_id: checker.text(&config, "brand_id", not_blank),
        suppressed_screens: checker
            .texts(&config, "suppressed_screens", rules::constant)
            .unwrap_or_default(),
        hide_logo: checker.boolean(&config, "hide_logo"),
    };
    attempts_configuration(checker, &config, &mut attempts, &mut supplementary);
    (parsed, attempts, supplementary)
}

/// SDKs accept free names of tasks and categories, and so do we; only those
/// of the two extractions are acted on.
fn attempts_configuration(
    checker: &mut Checker,
    config: &Obj<'_>,
    attempts: &mut Attempts,
    supplementary: &mut Attempts,
) {
    let Some(tasks) = checker.object(config, "attempts_configuration") else {
        return;
    };
    for task in tasks.keys() {
        let Some(categories) = checker.object(&tasks, task) else {
            continue;
        };
        for category in categories.keys() {
            let Some(number) = checker.integer(&categories, category, 1) else {
                continue;
            };
            match u32::try_from(number) {
                Ok(number) if task == EXTRACTION => {
                    attempts.insert(category.to_owned(), number);
                }
                Ok(number) if task == SUPPLEMENTARY => {
                    supplementary.insert(category.to_owned(), number);
                }
                Ok(_) => {}
                Err(_) => checker.wrong(categories.at(category), "is too large"),
            }
        }
    }
}

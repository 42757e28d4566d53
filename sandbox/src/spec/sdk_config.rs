//! `sdk_config`: how the client looks, speaks and leaves (contract §1.2).

use std::collections::BTreeMap;

use vestibule::domain::session::config::SdkConfig;

use super::rules;
use crate::json::{Checker, Obj, not_blank};

/// One extra attempt, in both published categories.
const DEFAULT_ATTEMPTS: u32 = 2;
const CATEGORIES: [&str; 2] = ["GENERIC", "RECLASSIFICATION"];
const EXTRACTION: &str = "ID_DOCUMENT_TEXT_DATA_EXTRACTION";

/// The configuration and the attempts per category.
pub(super) fn sdk_config(
    checker: &mut Checker,
    root: &Obj<'_>,
) -> (SdkConfig, BTreeMap<String, u32>) {
    let mut attempts: BTreeMap<String, u32> = CATEGORIES
        .iter()
        .map(|&name| (name.to_owned(), DEFAULT_ATTEMPTS))
        .collect();
    let Some(config) = checker.object(root, "sdk_config") else {
        return (SdkConfig::default(), attempts);
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
    attempts_configuration(checker, &config, &mut attempts);
    (parsed, attempts)
}

/// SDKs accept free names of tasks and categories, and so do we; only those
/// of the document extraction are acted on.
fn attempts_configuration(
    checker: &mut Checker,
    config: &Obj<'_>,
    attempts: &mut BTreeMap<String, u32>,
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
                Ok(_) => {}
                Err(_) => checker.wrong(categories.at(category), "is too large"),
            }
        }
    }
}

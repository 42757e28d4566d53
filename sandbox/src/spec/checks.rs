//! `requested_checks` and `requested_tasks` (contract §1.3 and §1.4).

use serde_json::Value;

use super::rules;
use crate::json::{Checker, Obj, anything, not_blank};

/// A check that the business asked for.
#[derive(Debug, Clone)]
pub(crate) struct RequestedCheck {
    pub(crate) kind: String,
    pub(crate) config: Value,
}

/// A task that the business asked for.
#[derive(Debug, Clone)]
pub(crate) struct RequestedTask {
    pub(crate) kind: String,
    /// `ALWAYS`, `FALLBACK` or `NEVER`.
    pub(crate) manual_check: Option<String>,
}

const CHECKS: &[&str] = &[
    "LIVENESS",
    "ID_DOCUMENT_AUTHENTICITY",
    "ID_DOCUMENT_FACE_MATCH",
    "FACE_COMPARISON",
    "ID_DOCUMENT_COMPARISON",
    "THIRD_PARTY_IDENTITY",
    "WATCHLIST_SCREENING",
    "WATCHLIST_ADVANCED_CA",
    "IBV_VISUAL_REVIEW_CHECK",
    "PROFILE_DOCUMENT_MATCH",
    "DOCUMENT_SCHEME_VALIDITY_CHECK",
    "FAMILIAR_FACE_SEARCH",
];
const TASKS: &[&str] = &[
    "ID_DOCUMENT_TEXT_DATA_EXTRACTION",
    "SUPPLEMENTARY_DOCUMENT_TEXT_DATA_EXTRACTION",
];
const MANUAL: &[&str] = &["ALWAYS", "FALLBACK", "NEVER"];

pub(super) fn checks(checker: &mut Checker, root: &Obj<'_>) -> Vec<RequestedCheck> {
    let mut found = Vec::new();
    for item in checker.objects(root, "requested_checks") {
        checker.require(&item, "type");
        let kind = checker.one_of(&item, "type", CHECKS);
        let config = checker.object(&item, "config");
        let Some(kind) = kind else { continue };
        if kind == "LIVENESS" && !item.has("config") {
            checker.require(&item, "config");
        }
        if let Some(config) = &config {
            check_config(checker, &kind, config);
        }
        let config = config.map_or(Value::Null, |config| config.to_value());
        found.push(RequestedCheck { kind, config });
    }
    found
}

fn check_config(checker: &mut Checker, kind: &str, config: &Obj<'_>) {
    match kind {
        "LIVENESS" => {
            checker.require(config, "liveness_type");
            checker.one_of(config, "liveness_type", &["ZOOM", "STATIC"]);
            checker.integer(config, "max_retries", 1);
            checker.one_of(config, "manual_check", &["NEVER"]);
        }
        "ID_DOCUMENT_AUTHENTICITY" => {
            checker.one_of(config, "manual_check", MANUAL);
            if let Some(sub_check) = checker.object(config, "issuing_authority_sub_check") {
                checker.boolean(&sub_check, "requested");
                if let Some(filter) = checker.object(&sub_check, "filter") {
                    super::documents::filter(checker, &filter);
                }
            }
        }
        "FACE_COMPARISON" => {
            checker.one_of(config, "manual_check", &["NEVER"]);
        }
        "WATCHLIST_SCREENING" => {
            checker.texts(config, "categories", |category| {
                let known = matches!(category, "ADVERSE-MEDIA" | "SANCTIONS");
                (!known).then_some("must be one of ADVERSE-MEDIA, SANCTIONS")
            });
        }
        "WATCHLIST_ADVANCED_CA" => watchlist_advanced_ca(checker, config),
        "IBV_VISUAL_REVIEW_CHECK" | "PROFILE_DOCUMENT_MATCH" | "DOCUMENT_SCHEME_VALIDITY_CHECK" => {
            checker.one_of(config, "manual_check", &["IBV"]);
            checker.text(config, "scheme", rules::constant);
        }
        "FAMILIAR_FACE_SEARCH" => {
            checker.text(config, "pool_id", not_blank);
            checker.one_of(config, "approval_criteria", &["MATCH", "NO_MATCH"]);
        }
        _ => {
            checker.one_of(config, "manual_check", MANUAL);
        }
    }
}

fn watchlist_advanced_ca(checker: &mut Checker, config: &Obj<'_>) {
    checker.require(config, "type");
    checker.one_of(
        config,
        "type",
        &["WITH_YOTI_ACCOUNT", "WITH_CUSTOM_ACCOUNT"],
    );
    for flag in ["remove_deceased", "share_url", "monitoring"] {
        checker.boolean(config, flag);
    }
    for text in ["api_key", "client_ref"] {
        checker.text(config, text, anything);
    }
    if let Some(sources) = checker.object(config, "sources") {
        checker.require(&sources, "type");
        checker.one_of(&sources, "type", &["TYPE_LIST", "PROFILE"]);
        checker.texts(&sources, "types", not_blank);
        checker.text(&sources, "search_profile", not_blank);
    }
    if let Some(strategy) = checker.object(config, "matching_strategy") {
        checker.require(&strategy, "type");
        checker.one_of(&strategy, "type", &["EXACT", "FUZZY"]);
        checker.boolean(&strategy, "exact_match");
        if let Some(fuzziness) = strategy.get("fuzziness")
            && !fuzziness
                .as_f64()
                .is_some_and(|value| (0.0..=1.0).contains(&value))
        {
            checker.wrong(strategy.at("fuzziness"), "must be a number from 0 to 1");
        }
    }
}

pub(super) fn tasks(checker: &mut Checker, root: &Obj<'_>) -> Vec<RequestedTask> {
    let mut found = Vec::new();
    for item in checker.objects(root, "requested_tasks") {
        checker.require(&item, "type");
        let kind = checker.one_of(&item, "type", TASKS);
        let mut manual_check = None;
        if let Some(config) = checker.object(&item, "config") {
            manual_check = checker.one_of(&config, "manual_check", MANUAL);
            checker.one_of(&config, "chip_data", &["DESIRED", "IGNORE"]);
            checker.boolean(&config, "create_expanded_document_fields");
        }
        if let Some(kind) = kind {
            found.push(RequestedTask { kind, manual_check });
        }
    }
    found
}

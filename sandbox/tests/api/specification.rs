//! `POST /sessions`: what is accepted and what is refused, field by field.

use reqwest::Method;
use serde_json::{Value, json};

use super::support::{Service, one_document};

#[tokio::test]
async fn a_payload_with_every_published_field_is_accepted() {
    let service = Service::start().await;
    let payload = json!({
        "client_session_token_ttl": 900,
        "resources_ttl": 90_000,
        "user_tracking_id": "tracking-1",
        "notifications": {
            "endpoint": "https://example.com/hook", "auth_token": "a:b", "auth_type": "BEARER",
            "topics": ["SESSION_COMPLETION", "resource_update", "client_session_token_deleted"],
        },
        "requested_checks": [
            { "type": "LIVENESS",
              "config": { "liveness_type": "STATIC", "max_retries": 3, "manual_check": "NEVER" } },
            { "type": "ID_DOCUMENT_AUTHENTICITY", "config": { "manual_check": "FALLBACK",
              "issuing_authority_sub_check": { "requested": true, "filter": {
                "type": "DOCUMENT_RESTRICTIONS", "inclusion": "WHITELIST",
                "documents": [{ "country_codes": ["GBR"], "document_types": ["DRIVING_LICENCE"] }] } } } },
            { "type": "ID_DOCUMENT_FACE_MATCH", "config": { "manual_check": "NEVER" } },
            { "type": "ID_DOCUMENT_COMPARISON", "config": {} },
            { "type": "THIRD_PARTY_IDENTITY", "config": {} },
            { "type": "WATCHLIST_SCREENING", "config": { "categories": ["ADVERSE-MEDIA", "SANCTIONS"] } },
            { "type": "WATCHLIST_ADVANCED_CA", "config": { "type": "WITH_CUSTOM_ACCOUNT",
              "remove_deceased": true, "share_url": false, "api_key": "k", "monitoring": true,
              "client_ref": "r", "tags": { "a": "b" },
              "sources": { "type": "TYPE_LIST", "types": ["pep"] },
              "matching_strategy": { "type": "FUZZY", "fuzziness": 0.6 } } },
        ],
        "requested_tasks": [
            { "type": "ID_DOCUMENT_TEXT_DATA_EXTRACTION", "config": { "manual_check": "ALWAYS",
              "chip_data": "DESIRED", "create_expanded_document_fields": true } },
            { "type": "SUPPLEMENTARY_DOCUMENT_TEXT_DATA_EXTRACTION",
              "config": { "manual_check": "NEVER" } },
        ],
        "required_documents": [
            { "type": "ID_DOCUMENT", "filter": { "type": "ORTHOGONAL_RESTRICTIONS",
              "allow_expired_documents": true, "allow_non_latin_documents": true,
              "country_restriction": { "inclusion": "WHITELIST", "country_codes": ["GBR", "FRA"] },
              "type_restriction": { "inclusion": "BLACKLIST", "document_types": ["NATIONAL_ID"] } } },
            { "type": "ID_DOCUMENT", "filter": { "type": "DOCUMENT_RESTRICTIONS",
              "inclusion": "INCLUDE",
              "documents": [{ "country_codes": ["GBR"], "document_types": ["PASSPORT"] }] } },
            { "type": "SUPPLEMENTARY_DOCUMENT", "objective": { "type": "PROOF_OF_ADDRESS" },
              "document_types": ["UTILITY_BILL"], "country_codes": ["GBR"] },
        ],
        "sdk_config": {
            "allowed_capture_methods": "CAMERA", "primary_colour": "#2d9fff",
            "secondary_colour": "#FFF", "font_colour": "#000000", "dark_mode": "AUTO",
            "primary_colour_dark_mode": "#123456", "locale": "es-419",
            "preset_issuing_country": "GBR", "success_url": "https://example.com/ok?a=b",
            "error_url": "http://localhost:3000/error",
            "privacy_policy_url": "https://example.com/privacy", "allow_handoff": true,
            "attempts_configuration": { "ID_DOCUMENT_TEXT_DATA_EXTRACTION":
                { "GENERIC": 3, "RECLASSIFICATION": 1, "CUSTOM": 5 } },
            "biometric_consent_flow": "JUST_IN_TIME", "brand_id": "brand",
            "suppressed_screens": ["ID_DOCUMENT_EDUCATION", "FLOW_COMPLETION"],
        },
        "block_biometric_consent": true,
        "ibv_options": { "support": "NOT_ALLOWED", "guidance_url": "https://example.com/guide",
                         "user_price": { "amount": "5.00", "currency": "GBP" } },
        "identity_profile_requirements":
            { "trust_framework": "UK_TFIDA", "scheme": { "type": "DBS", "objective": "BASIC" } },
        "advanced_identity_profile_requirements": { "profiles": [
            { "trust_framework": "YOTI_GLOBAL",
              "schemes": [{ "type": "IDENTITY", "objective": "AL_L1", "label": "l", "config": {} }] }] },
        "create_identity_profile_preview": true,
        "subject": { "subject_id": "someone" },
        "resources": { "applicant_profile": { "full_name": "A B", "date_of_birth": "1990-01-31",
            "structured_postal_address": { "address_format": 1, "building_number": "1",
              "address_line1": "A Road", "town_city": "T", "postal_code": "P",
              "country_iso": "GBR", "country": "United Kingdom" } } },
        "import_token": { "ttl": 100 },
        "ephemeral_media": false,
        "a_field_of_the_future": { "ignored": true },
    });
    service.create(payload).await;
}

#[tokio::test]
async fn what_has_not_been_set_may_be_null() {
    let service = Service::start().await;
    let mut payload = one_document();
    for key in [
        "client_session_token_ttl",
        "session_deadline",
        "notifications",
        "sdk_config",
        "resources_ttl",
        "subject",
        "ibv_options",
    ] {
        payload[key] = Value::Null;
    }
    service.create(payload).await;
}

#[tokio::test]
async fn all_wrong_fields_are_named_at_once_with_their_paths() {
    let service = Service::start().await;
    let payload = json!({
        "client_session_token_ttl": 300,
        "resources_ttl": "long",
        "notifications": { "endpoint": "http://example.com", "auth_type": "MAGIC",
                           "topics": ["SESSION_COMPLETION", "NEWS"] },
        "requested_checks": [
            { "type": "LIVENESS", "config": { "liveness_type": "STATIC", "max_retries": 0 } },
            { "type": "TELEPATHY", "config": {} },
            "LIVENESS",
            { "config": {} },
        ],
        "requested_tasks": { "type": "ID_DOCUMENT_TEXT_DATA_EXTRACTION" },
        "required_documents": [{ "type": "ID_DOCUMENT", "filter": {
            "type": "ORTHOGONAL_RESTRICTIONS",
            "country_restriction": { "inclusion": "GREYLIST", "country_codes": ["gb"] } } }],
        "sdk_config": { "primary_colour": "blue", "success_url": "http://example.com/",
                        "dark_mode": true },
        "block_biometric_consent": "no",
    });
    let fields = service
        .signed(Method::POST, "/sessions", payload)
        .await
        .wrong_fields();
    assert_eq!(
        fields,
        [
            "block_biometric_consent",
            "client_session_token_ttl",
            "notifications.auth_type",
            "notifications.endpoint",
            "notifications.topics[1]",
            "requested_checks[0].config.max_retries",
            "requested_checks[1].type",
            "requested_checks[2]",
            "requested_checks[3].type",
            "requested_tasks",
            "required_documents[0].filter.country_restriction.country_codes[0]",
            "required_documents[0].filter.country_restriction.inclusion",
            "resources_ttl",
            "sdk_config.dark_mode",
            "sdk_config.primary_colour",
            "sdk_config.success_url",
        ]
    );
}

#[tokio::test]
async fn single_mistakes_are_found_wherever_they_are() {
    let service = Service::start().await;
    for (field, payload) in [
        (
            "session_deadline",
            json!({ "session_deadline": "tomorrow" }),
        ),
        (
            "session_deadline",
            json!({ "session_deadline": "2020-01-01T00:00:00Z" }),
        ),
        (
            "session_deadline",
            json!({ "session_deadline": "2999-01-01T00:00:00Z", "client_session_token_ttl": 600 }),
        ),
        (
            "client_session_token_ttl",
            json!({ "client_session_token_ttl": 600.5 }),
        ),
        (
            "client_session_token_ttl",
            json!({ "client_session_token_ttl": -600 }),
        ),
        ("resources_ttl", json!({ "resources_ttl": 86_699 })),
        (
            "resources_ttl",
            json!({ "client_session_token_ttl": 1000, "resources_ttl": 87_000 }),
        ),
        ("user_tracking_id", json!({ "user_tracking_id": 7 })),
        (
            "requested_checks[0].config",
            json!({ "requested_checks": [{ "type": "LIVENESS" }] }),
        ),
        (
            "requested_checks[0].config.liveness_type",
            json!({ "requested_checks": [{ "type": "LIVENESS", "config": { "max_retries": 1 } }] }),
        ),
        (
            "requested_checks[0].config.manual_check",
            json!({ "requested_checks":
                [{ "type": "FACE_COMPARISON", "config": { "manual_check": "ALWAYS" } }] }),
        ),
        (
            "requested_checks[0].config.categories[0]",
            json!({ "requested_checks":
                [{ "type": "WATCHLIST_SCREENING", "config": { "categories": ["GOSSIP"] } }] }),
        ),
        (
            "requested_checks[0].config.matching_strategy.fuzziness",
            json!({ "requested_checks": [{ "type": "WATCHLIST_ADVANCED_CA", "config": {
                "type": "WITH_YOTI_ACCOUNT",
                "matching_strategy": { "type": "FUZZY", "fuzziness": 2 } } }] }),
        ),
        (
            "requested_tasks[0].config.chip_data",
            json!({ "requested_tasks": [{ "type": "ID_DOCUMENT_TEXT_DATA_EXTRACTION",
                                          "config": { "chip_data": "MAYBE" } }] }),
        ),
        (
            "required_documents[0].objective",
            json!({ "required_documents": [{ "type": "SUPPLEMENTARY_DOCUMENT" }] }),
        ),
        (
            "required_documents[0].filter",
            json!({ "required_documents": [{ "type": "ID_DOCUMENT", "filter": {
                "type": "DOCUMENT_RESTRICTIONS", "inclusion": "WHITELIST",
                "documents": [{ "country_codes": ["XXX"] }] } }] }),
        ),
        (
            "required_documents[0].filter.documents[0]",
            json!({ "required_documents": [{ "type": "ID_DOCUMENT", "filter": {
                "type": "DOCUMENT_RESTRICTIONS", "inclusion": "BLACKLIST", "documents": [{}] } }] }),
        ),
        (
            "sdk_config.attempts_configuration.ID_DOCUMENT_TEXT_DATA_EXTRACTION.GENERIC",
            json!({ "sdk_config": { "attempts_configuration":
                { "ID_DOCUMENT_TEXT_DATA_EXTRACTION": { "GENERIC": 0 } } } }),
        ),
        (
            "sdk_config.locale",
            json!({ "sdk_config": { "locale": "English" } }),
        ),
        (
            "sdk_config.error_url",
            json!({ "sdk_config": { "error_url": "javascript:alert(1)" } }),
        ),
        (
            "sdk_config.suppressed_screens",
            json!({ "sdk_config": { "suppressed_screens": "ALL" } }),
        ),
        ("sdk_config", json!({ "sdk_config": [] })),
        ("ibv_options.support", json!({ "ibv_options": {} })),
        (
            "ibv_options.user_price.currency",
            json!({ "ibv_options": { "support": "MANDATORY",
                                     "user_price": { "amount": "1", "currency": "USD" } } }),
        ),
        (
            "identity_profile_requirements.scheme",
            json!({ "identity_profile_requirements": { "trust_framework": "UK_TFIDA" } }),
        ),
        (
            "advanced_identity_profile_requirements.profiles[0].schemes[0].type",
            json!({ "advanced_identity_profile_requirements": { "profiles":
                [{ "trust_framework": "YOTI_GLOBAL", "schemes": [{ "label": "x" }] }] } }),
        ),
        (
            "resources.applicant_profile.date_of_birth",
            json!({ "resources": { "applicant_profile": { "date_of_birth": "31/01/1990" } } }),
        ),
        ("import_token.ttl", json!({ "import_token": { "ttl": 0 } })),
    ] {
        let fields = service
            .signed(Method::POST, "/sessions", payload.clone())
            .await
            .wrong_fields();
        assert_eq!(fields, [field], "{payload}");
    }
}

#[tokio::test]
async fn what_is_not_a_json_object_is_malformed() {
    let service = Service::start().await;
    service
        .signed(Method::POST, "/sessions", json!([]))
        .await
        .refused(400, "MALFORMED_REQUEST");
    service
        .signed(Method::POST, "/sessions", json!("text"))
        .await
        .refused(400, "MALFORMED_REQUEST");
}

#[tokio::test]
async fn the_token_lives_as_long_as_asked_for_or_ten_minutes() {
    let service = Service::start().await;
    let ttl = async |payload: Value| {
        let created = service
            .signed(Method::POST, "/sessions", payload)
            .await
            .expect(201);
        created["client_session_token_ttl"].as_u64().unwrap()
    };
    assert!((590..=600).contains(&ttl(json!({})).await));
    assert!((890..=900).contains(&ttl(json!({ "client_session_token_ttl": 900 })).await));
    let deadline = jiff::Timestamp::now() + jiff::SignedDuration::from_hours(2);
    let with_offset = deadline.to_string().replace('Z', "+00:00");
    assert!((7180..=7200).contains(&ttl(json!({ "session_deadline": with_offset })).await));
}

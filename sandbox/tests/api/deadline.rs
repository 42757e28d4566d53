//! `session_deadline`, the alternative to a lifetime of the token.

use jiff::{SignedDuration, Timestamp};
use reqwest::Method;
use serde_json::{Value, json};

use super::support::{Service, one_document};

const DAY_S: u64 = 86_400;

fn in_seconds(seconds: u64) -> String {
    let seconds = i64::try_from(seconds).unwrap();
    (Timestamp::now() + SignedDuration::from_secs(seconds)).to_string()
}

fn until(payload: Value, seconds: u64) -> Value {
    let mut payload = payload;
    payload["session_deadline"] = json!(in_seconds(seconds));
    payload
}

fn in_branch() -> Value {
    json!({
        "ibv_options": { "support": "MANDATORY" },
        "required_documents": [{ "type": "ID_DOCUMENT" }],
    })
}

#[tokio::test]
async fn token_configuration_and_state_follow_the_deadline() {
    let service = Service::start().await;
    let session = service.create(until(one_document(), 3 * 3600)).await;
    let left = async || {
        let configuration = service.configuration(&session).await;
        configuration["client_session_token_ttl"].as_u64().unwrap()
    };
    let ttl = left().await;
    assert!((3 * 3600 - 10..=3 * 3600).contains(&ttl), "{ttl}");
    // Longer than a token lives by default.
    service.advance(2 * 3600);
    let ttl = left().await;
    assert!((3600 - 60..=3600).contains(&ttl), "{ttl}");
    let result = service.result(&session).await;
    assert_eq!(result["state"], "ONGOING");
    assert!(result["client_session_token_ttl"].as_u64().unwrap() <= 3600);

    service.advance(3601);
    service
        .get(&session, "/configuration")
        .await
        .refused(401, "BAD_TOKEN");
    let result = service.result(&session).await;
    assert_eq!(result["state"], "EXPIRED");
    assert_eq!(result["client_session_token_ttl"], 0);
}

#[tokio::test]
async fn a_visit_to_a_branch_gets_seven_days_at_least() {
    let service = Service::start().await;
    let soon = service
        .signed(Method::POST, "/sessions", until(in_branch(), 6 * DAY_S))
        .await;
    assert_eq!(soon.wrong_fields(), ["session_deadline"]);
    // Where the person may also deliver at home, sooner is soon enough.
    let mut either = until(in_branch(), 6 * DAY_S);
    either["ibv_options"]["support"] = json!("NOT_ALLOWED");
    service.create(either).await;

    let session = service.create(until(in_branch(), 7 * DAY_S)).await;
    service.advance(7 * DAY_S - 3600);
    let ttl = service.configuration(&session).await["client_session_token_ttl"].clone();
    assert!((1..=3600).contains(&ttl.as_u64().unwrap()), "{ttl}");
    service.advance(3600);
    assert_eq!(service.result(&session).await["state"], "EXPIRED");
}

#[tokio::test]
async fn what_is_stored_outlives_the_deadline_by_a_day() {
    let service = Service::start().await;
    let mut payload = until(in_branch(), 8 * DAY_S);
    payload["resources_ttl"] = json!(8 * DAY_S);
    let short = service
        .signed(Method::POST, "/sessions", payload.clone())
        .await;
    assert_eq!(short.wrong_fields(), ["resources_ttl"]);
    payload["resources_ttl"] = json!(9 * DAY_S);
    service.create(payload).await;
}

//! The result of a session, in the published shape (contract §7.1).

use jiff::Timestamp;
use serde_json::{Value, json};

use crate::clock::{rfc3339, seconds_between};
use crate::resources::resources;
use crate::store::{Check, Session, SessionState};

/// What `GET /sessions/{id}` answers at `now`.
pub(crate) fn result(session: &Session, now: Timestamp) -> Value {
    let mut value = json!({
        "session_id": session.id,
        "state": session.state(now).as_str(),
        "client_session_token_ttl": seconds_between(now, session.spec.token_expires),
        "resources": resources(session),
        "checks": session.checks.iter().map(|it| check(it, now)).collect::<Vec<_>>(),
    });
    if let Some(tracking_id) = &session.spec.user_tracking_id {
        value["user_tracking_id"] = json!(tracking_id);
    }
    if let Some(time) = session.consent.given {
        value["biometric_consent"] = json!(rfc3339(time));
    }
    if let Some(asked) = &session.spec.identity_profile
        && session.state(now) == SessionState::Completed
    {
        let outcome = &mut value[asked.result_name];
        outcome["result"] = json!("DONE");
        if let Some(subject_id) = &session.spec.subject_id {
            outcome["subject_id"] = json!(subject_id);
        }
    }
    if session.ended.is_none() {
        value["client_session_token"] = json!(session.token);
    }
    value
}

fn check(check: &Check, now: Timestamp) -> Value {
    let done = check.ready <= now;
    let mut value = json!({
        "id": check.id,
        "type": check.kind,
        "state": if done { "DONE" } else { "PENDING" },
        "resources_used": check.resources_used,
        "generated_media": [],
        "created": rfc3339(check.created),
        "last_updated": rfc3339(if done { check.ready } else { check.created }),
    });
    if done {
        value["report"] = check.report.clone();
    }
    value
}

//! The devices that were seen in a session, for the business.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::auth::Signed;
use crate::clock::rfc3339;
use crate::error::ApiResult;
use crate::state::App;
use crate::store::Sighting;

/// Everything that was seen, in its order.
pub(super) async fn get(
    State(app): State<App>,
    Path(session_id): Path<String>,
    _: Signed,
) -> ApiResult<Json<Vec<Value>>> {
    app.with_session(&session_id, |session| {
        Ok(Json(session.devices.seen.iter().map(shape).collect()))
    })
}

/// Forgets what was seen.
pub(super) async fn delete(
    State(app): State<App>,
    Path(session_id): Path<String>,
    _: Signed,
) -> ApiResult<StatusCode> {
    app.with_session(&session_id, |session| {
        session.devices.seen.clear();
        Ok(StatusCode::NO_CONTENT)
    })
}

fn shape(sighting: &Sighting) -> Value {
    let mut value = json!({
        "event": sighting.event.as_str(),
        "created": rfc3339(sighting.created),
        "device": sighting.device,
    });
    if let Some(id) = &sighting.resource_id {
        value["resource_id"] = json!(id);
    }
    value
}

//! Scripting outcomes, as the published sandbox SDKs do.

use axum::extract::{Path, State};
use axum::http::StatusCode;

use super::body;
use crate::auth::Signed;
use crate::error::{ApiError, ApiResult};
use crate::script::Script;
use crate::state::App;

fn script(bytes: &[u8]) -> ApiResult<Script> {
    Script::parse(&body::json_object(bytes)?).map_err(ApiError::validation)
}

/// Scripts one session; an earlier script is replaced.
pub(super) async fn of_session(
    State(app): State<App>,
    Path(session_id): Path<String>,
    Signed(bytes): Signed,
) -> ApiResult<StatusCode> {
    let script = script(&bytes)?;
    app.with_session(&session_id, |session| {
        session.script = script;
        Ok(StatusCode::OK)
    })
}

/// Scripts every session that is created from now on.
pub(super) async fn of_app(
    State(app): State<App>,
    Path(sdk_id): Path<String>,
    Signed(bytes): Signed,
) -> ApiResult<StatusCode> {
    if sdk_id != app.keys().sdk_id() {
        return Err(ApiError::bad_token(
            "The SDK id in the path is not the one of this sandbox",
        ));
    }
    app.store().default_script = script(&bytes)?;
    Ok(StatusCode::OK)
}

//! What a business's back end asks for, signed.

use axum::Json;
use axum::extract::{Path, RawQuery, State};
use axum::http::StatusCode;
use serde_json::{Value, json};
use vestibule::domain::session::resource::ApiErrorCode;

use super::body;
use crate::auth::Signed;
use crate::clock::seconds_between;
use crate::documents::{self, SupportedDocuments};
use crate::error::{ApiError, ApiResult};
use crate::result::result;
use crate::sessions;
use crate::state::App;
use crate::store::SessionState;

/// Creates a session.
pub(super) async fn create_session(
    State(app): State<App>,
    Signed(bytes): Signed,
) -> ApiResult<(StatusCode, Json<Value>)> {
    let payload = body::json_object(&bytes)?;
    let id = sessions::create(&app, &payload, None).map_err(ApiError::validation)?;
    let now = app.now();
    let created = app.with_session(&id, |session| {
        Ok(json!({
            "session_id": session.id,
            "client_session_token": session.token,
            "client_session_token_ttl": seconds_between(now, session.spec.token_expires),
        }))
    })?;
    Ok((StatusCode::CREATED, Json(created)))
}

/// The result of a session so far.
pub(super) async fn get_session(
    State(app): State<App>,
    Path(session_id): Path<String>,
    _: Signed,
) -> ApiResult<Json<Value>> {
    let now = app.now();
    app.with_session(&session_id, |session| Ok(Json(result(session, now))))
}

/// Forgets a session and everything in it, once it is over.
pub(super) async fn delete_session(
    State(app): State<App>,
    Path(session_id): Path<String>,
    _: Signed,
) -> ApiResult<StatusCode> {
    let now = app.now();
    app.with_session(&session_id, |session| match session.state(now) {
        SessionState::Ongoing => Err(ApiError::conflict(
            ApiErrorCode::Other("SESSION_ONGOING".to_owned()),
            "The session is still going on",
        )),
        SessionState::Completed | SessionState::Expired => Ok(()),
    })?;
    app.store().remove(&session_id);
    Ok(StatusCode::NO_CONTENT)
}

/// The supported documents; open to everybody, a signature is not looked at.
pub(super) async fn supported_documents(
    RawQuery(query): RawQuery,
) -> ApiResult<Json<SupportedDocuments>> {
    let query = query.unwrap_or_default();
    let include = query
        .split('&')
        .find_map(|pair| pair.strip_prefix("includeNonLatin="));
    match include {
        None | Some("false") => Ok(Json(documents::supported(false))),
        Some("true") => Ok(Json(documents::supported(true))),
        Some(_) => Err(ApiError::field(
            "query.includeNonLatin",
            "must be true or false",
        )),
    }
}

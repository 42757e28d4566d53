//! Stored media, for the business.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use vestibule::domain::session::resource::ApiErrorCode;

use crate::auth::Signed;
use crate::error::{ApiError, ApiResult};
use crate::state::App;
use crate::store::SessionState;

/// The very bytes that were uploaded; 204 when there are none any more.
pub(super) async fn content(
    State(app): State<App>,
    Path((session_id, media_id)): Path<(String, String)>,
    _: Signed,
) -> ApiResult<Response> {
    let now = app.now();
    app.with_session(&session_id, |session| {
        let media = session
            .media
            .get(&media_id)
            .ok_or_else(|| ApiError::resource_not_found("media"))?;
        Ok(match media.content(now) {
            Some(bytes) => {
                ([(CONTENT_TYPE, media.content_type.clone())], bytes.clone()).into_response()
            }
            None => StatusCode::NO_CONTENT.into_response(),
        })
    })
}

/// Drops the content of media; the record stays.
pub(super) async fn delete(
    State(app): State<App>,
    Path((session_id, media_id)): Path<(String, String)>,
    _: Signed,
) -> ApiResult<StatusCode> {
    let now = app.now();
    app.with_session(&session_id, |session| {
        let ongoing = session.state(now) == SessionState::Ongoing;
        let media = session
            .media
            .get_mut(&media_id)
            .ok_or_else(|| ApiError::resource_not_found("media"))?;
        if ongoing {
            return Err(ApiError::conflict(
                ApiErrorCode::ResourceLocked,
                "The session is still going on and may need this",
            ));
        }
        media.content = None;
        Ok(StatusCode::NO_CONTENT)
    })
}

//! The applicant's profile, reviewed by the person.

use axum::Json;
use axum::extract::{Path, Request, State};
use axum::http::HeaderMap;
use vestibule::domain::session::profile::ApplicantProfile;

use super::body;
use crate::auth::bearer_token;
use crate::error::ApiResult;
use crate::profile;
use crate::state::App;

/// What is known of the person.
pub(super) async fn get(
    State(app): State<App>,
    Path(session_id): Path<String>,
    headers: HeaderMap,
) -> ApiResult<Json<ApplicantProfile>> {
    app.with_token(&session_id, bearer_token(&headers), |session| {
        session.require_review()?;
        Ok(Json(session.profile()))
    })
}

/// Confirms the profile, corrected or not.
pub(super) async fn put(
    State(app): State<App>,
    Path(session_id): Path<String>,
    request: Request,
) -> ApiResult<Json<ApplicantProfile>> {
    let (headers, bytes) = body::authorised(&app, &session_id, request).await?;
    let payload = body::json_object(&bytes)?;
    let now = app.now();
    app.with_token(&session_id, bearer_token(&headers), |session| {
        session.require_review()?;
        let update = profile::parse(&payload, now);
        Ok(Json(session.update_profile(update, now)?))
    })
}

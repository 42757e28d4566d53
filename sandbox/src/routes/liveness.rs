//! Liveness captures of type `STATIC`: one picture, judged as it arrives.

use axum::Json;
use axum::extract::{Path, Request, State};
use axum::http::{HeaderMap, StatusCode};
use vestibule::domain::session::resource::{CreatedResource, TextExtraction, UploadedPage};

use super::upload::{self, Slot};
use super::{body, judging};
use crate::auth::bearer_token;
use crate::error::ApiResult;
use crate::state::App;
use crate::store::Sort;

/// Creates an empty capture.
pub(super) async fn create(
    State(app): State<App>,
    Path(session_id): Path<String>,
    request: Request,
) -> ApiResult<(StatusCode, Json<CreatedResource>)> {
    let (headers, bytes) = body::authorised(&app, &session_id, request).await?;
    let [requirement_id] = body::texts(&bytes, ["requirement_id"])?;
    let now = app.now();
    let id = app.with_token(&session_id, bearer_token(&headers), |session| {
        let id = session.create_liveness(&requirement_id, now)?;
        session.saw_resource(&id, &headers, now);
        Ok(id)
    })?;
    Ok((StatusCode::CREATED, Json(CreatedResource { id })))
}

/// Takes the picture, which is an attempt.
pub(super) async fn put_image(
    State(app): State<App>,
    Path((session_id, resource_id)): Path<(String, String)>,
    request: Request,
) -> ApiResult<Json<UploadedPage>> {
    let slot = Slot {
        session_id,
        sort: Sort::Liveness,
        resource_id,
        page: 1,
    };
    upload::store(&app, &slot, request).await
}

/// What the judge says, once it has spoken.
pub(super) async fn check(
    State(app): State<App>,
    Path((session_id, resource_id)): Path<(String, String)>,
    headers: HeaderMap,
) -> ApiResult<Json<TextExtraction>> {
    judging::answer(&app, &session_id, Sort::Liveness, &resource_id, &headers)
}

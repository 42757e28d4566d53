//! Continuing on another device: `docs/client-api.md`.

use axum::Json;
use axum::extract::{Path, Request, State};
use axum::http::{HeaderMap, StatusCode};
use vestibule::domain::session::handoff::{
    HandoffCode, HandoffOutcome, HandoffStatus, NewHandoff, RedeemedHandoff,
};

use super::body;
use crate::auth::bearer_token;
use crate::error::{ApiError, ApiResult};
use crate::json::{Checker, Obj, not_blank};
use crate::state::App;

/// Offers the session to another device.
pub(super) async fn offer(
    State(app): State<App>,
    Path(session_id): Path<String>,
    headers: HeaderMap,
) -> ApiResult<(StatusCode, Json<NewHandoff>)> {
    let now = app.now();
    let offered = app.with_device(&session_id, bearer_token(&headers), |session, device| {
        device.must_be_first()?;
        session.offer_handoff(now)
    })?;
    Ok((StatusCode::CREATED, Json(offered)))
}

/// Replaces the code of an offer.
pub(super) async fn rotate(
    State(app): State<App>,
    Path((session_id, handoff_id)): Path<(String, String)>,
    headers: HeaderMap,
) -> ApiResult<Json<HandoffCode>> {
    let now = app.now();
    app.with_device(&session_id, bearer_token(&headers), |session, device| {
        device.must_be_first()?;
        session.rotate_handoff_code(&handoff_id, now).map(Json)
    })
}

/// Gives the session to the device that has the code.
pub(super) async fn redeem(
    State(app): State<App>,
    request: Request,
) -> ApiResult<Json<RedeemedHandoff>> {
    let bytes = body::read(request.into_body(), body::JSON_LIMIT_BYTES).await?;
    let payload = body::json_object(&bytes)?;
    let root = Obj::root(&payload);
    let mut checker = Checker::default();
    checker.require(&root, "code");
    let code = checker.text(&root, "code", not_blank).unwrap_or_default();
    checker.finish().map_err(ApiError::validation)?;
    let now = app.now();
    app.store().redeem_handoff(&code, now).map(Json)
}

/// The numbers match.
pub(super) async fn confirm(
    State(app): State<App>,
    Path((session_id, handoff_id)): Path<(String, String)>,
    headers: HeaderMap,
) -> ApiResult<StatusCode> {
    app.with_device(&session_id, bearer_token(&headers), |session, device| {
        device.must_be_first()?;
        session.confirm_handoff(&handoff_id)
    })?;
    Ok(StatusCode::NO_CONTENT)
}

/// How far a handoff is, for both devices.
pub(super) async fn status(
    State(app): State<App>,
    Path((session_id, handoff_id)): Path<(String, String)>,
    headers: HeaderMap,
) -> ApiResult<Json<HandoffStatus>> {
    app.with_device(&session_id, bearer_token(&headers), |session, device| {
        if !device.belongs_to(&handoff_id) {
            device.must_be_confirmed()?;
        }
        session.handoff_status(&handoff_id).map(Json)
    })
}

/// The other device has finished.
pub(super) async fn end(
    State(app): State<App>,
    Path((session_id, handoff_id)): Path<(String, String)>,
    request: Request,
) -> ApiResult<StatusCode> {
    let (parts, stream) = request.into_parts();
    let token = bearer_token(&parts.headers);
    let bytes = match app.with_device(&session_id, token, |_, _| Ok(())) {
        Ok(()) => body::read(stream, body::JSON_LIMIT_BYTES).await?,
        Err(refusal) => return body::refuse(stream, refusal).await,
    };
    let payload = body::json_object(&bytes)?;
    let root = Obj::root(&payload);
    let mut checker = Checker::default();
    checker.require(&root, "outcome");
    let outcome = checker.one_of(&root, "outcome", &["DONE", "GIVEN_UP"]);
    checker.finish().map_err(ApiError::validation)?;
    let outcome = HandoffOutcome::from(outcome.unwrap_or_default());
    app.with_device(&session_id, token, |session, device| {
        session.end_handoff(&handoff_id, &device, &outcome)
    })?;
    Ok(StatusCode::NO_CONTENT)
}

/// The person goes on where the journey began.
pub(super) async fn take_back(
    State(app): State<App>,
    Path((session_id, handoff_id)): Path<(String, String)>,
    headers: HeaderMap,
) -> ApiResult<StatusCode> {
    app.with_device(&session_id, bearer_token(&headers), |session, device| {
        device.must_be_first()?;
        session.take_back_handoff(&handoff_id)
    })?;
    Ok(StatusCode::NO_CONTENT)
}

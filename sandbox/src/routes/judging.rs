//! Handing something over, and what the judge says: the same for every sort.

use axum::Json;
use axum::extract::Request;
use axum::http::{HeaderMap, StatusCode};
use vestibule::domain::session::resource::TextExtraction;

use super::body;
use crate::auth::bearer_token;
use crate::error::{ApiError, ApiResult};
use crate::extraction;
use crate::state::App;
use crate::store::{Session, Sort};

/// Hands something over; repeating it starts nothing new.
pub(super) async fn hand_over(
    app: &App,
    session_id: &str,
    sort: Sort,
    resource_id: &str,
    request: Request,
) -> ApiResult<(StatusCode, Json<TextExtraction>)> {
    let (headers, bytes) = body::authorised(app, session_id, request).await?;
    body::json_object(&bytes)?;
    let now = app.now();
    app.with_token(session_id, bearer_token(&headers), |session| {
        if session.hand_over(sort, resource_id, now)? {
            extraction::start(app, session, resource_id);
        }
        let state = state(session, sort, resource_id)?;
        Ok((StatusCode::ACCEPTED, Json(state)))
    })
}

/// What the judge says, once it has spoken.
pub(super) fn answer(
    app: &App,
    session_id: &str,
    sort: Sort,
    resource_id: &str,
    headers: &HeaderMap,
) -> ApiResult<Json<TextExtraction>> {
    app.with_token(session_id, bearer_token(headers), |session| {
        Ok(Json(state(session, sort, resource_id)?))
    })
}

fn state(session: &Session, sort: Sort, resource_id: &str) -> ApiResult<TextExtraction> {
    let delivery = session.delivery(sort, resource_id)?;
    let task = match sort {
        Sort::IdDocument | Sort::Supplementary => "text extraction",
        Sort::Liveness => "check",
    };
    let judging = delivery
        .judging
        .as_ref()
        .ok_or_else(|| ApiError::resource_not_found(task))?;
    Ok(TextExtraction {
        id: judging.id.clone(),
        state: judging.state(),
        recommendation: judging.outcome.clone(),
        attempts_remaining: session.attempts_remaining(&delivery.requirement_id),
    })
}

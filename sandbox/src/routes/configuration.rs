//! The session configuration, for the business or for the end user.

use axum::Json;
use axum::extract::{Path, Request, State};
use serde_json::Value;
use vestibule::domain::session::config::SourceKind;
use vestibule::domain::session::resource::ApiErrorCode;

use crate::auth::{SignedRequest, bearer_token};
use crate::configuration;
use crate::error::{ApiError, ApiResult};
use crate::state::App;

/// The configuration: signed at any time, with the token while it works.
pub(super) async fn configuration(
    State(app): State<App>,
    Path(session_id): Path<String>,
    request: Request,
) -> ApiResult<Json<Value>> {
    let now = app.now();
    if SignedRequest::is_claimed(request.headers()) {
        SignedRequest::read(request).await?.verify(&app)?;
        return app.with_session(&session_id, |session| {
            Ok(Json(configuration::configuration(session, now)))
        });
    }
    let headers = request.into_parts().0.headers;
    app.with_token(&session_id, bearer_token(&headers), |session| {
        if session.awaits(&SourceKind::RelyingBusiness) {
            return Err(ApiError::conflict(
                ApiErrorCode::SessionNotReady,
                "The business has to supply the reference face first",
            ));
        }
        session.saw_configuration(&headers, now);
        Ok(Json(configuration::configuration(session, now)))
    })
}

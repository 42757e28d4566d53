//! Whether the person agrees to the use of their face.

use axum::extract::{Path, Request, State};
use axum::http::StatusCode;
use vestibule::domain::session::resource::ConsentDecision;

use super::body;
use crate::auth::bearer_token;
use crate::error::{ApiError, ApiResult};
use crate::json::{Checker, Obj};
use crate::state::App;

/// Records the decision; the last one counts.
pub(super) async fn put(
    State(app): State<App>,
    Path(session_id): Path<String>,
    request: Request,
) -> ApiResult<StatusCode> {
    let (headers, bytes) = body::authorised(&app, &session_id, request).await?;
    let payload = body::json_object(&bytes)?;
    let root = Obj::root(&payload);
    let mut checker = Checker::default();
    checker.require(&root, "decision");
    let decision = checker.one_of(&root, "decision", &["GIVEN", "REFUSED"]);
    checker.finish().map_err(ApiError::validation)?;
    let now = app.now();
    app.with_token(&session_id, bearer_token(&headers), |session| {
        let given = decision.map(ConsentDecision::from) == Some(ConsentDecision::Given);
        session.consent.given = given.then_some(now);
        Ok(StatusCode::NO_CONTENT)
    })
}

//! Preparing a visit to a branch: the published endpoints (contract §8), for
//! the business by its signature or for the end user by the token.

use axum::Json;
use axum::body::Bytes;
use axum::extract::{FromRequest, Path, Request, State};
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};
use vestibule::domain::session::branch::{BranchList, ContactProfile, Instructions};
use vestibule::domain::session::resource::ApiErrorCode;

use super::body;
use crate::auth::{Signed, SignedRequest, bearer_token};
use crate::branch;
use crate::error::{ApiError, ApiResult};
use crate::json::{Checker, Obj, not_blank};
use crate::notify::{self, Topic};
use crate::state::App;
use crate::store::{Session, SessionState};

/// Who asks.
#[derive(Debug)]
enum Caller {
    Business,
    EndUser { token: Option<String> },
}

impl Caller {
    /// Checks the signature, or keeps the token for [`Self::with_session`].
    async fn of(app: &App, request: Request) -> ApiResult<(Self, Bytes)> {
        if SignedRequest::is_claimed(request.headers()) {
            let Signed(bytes) = Signed::from_request(request, app).await?;
            return Ok((Self::Business, bytes));
        }
        let token = bearer_token(request.headers()).map(ToOwned::to_owned);
        let bytes = body::read(request.into_body(), body::JSON_LIMIT_BYTES).await?;
        Ok((Self::EndUser { token }, bytes))
    }

    fn with_session<T>(
        &self,
        app: &App,
        session_id: &str,
        work: impl FnOnce(&mut Session) -> ApiResult<T>,
    ) -> ApiResult<T> {
        match self {
            Self::Business => app.with_session(session_id, work),
            Self::EndUser { token } => app.with_token(session_id, token.as_deref(), work),
        }
    }
}

/// Stores what the person supplies.
pub(super) async fn put(
    State(app): State<App>,
    Path(session_id): Path<String>,
    request: Request,
) -> ApiResult<StatusCode> {
    let (caller, bytes) = Caller::of(&app, request).await?;
    let now = app.now();
    caller.with_session(&app, &session_id, |session| {
        must_go_on(session, now)?;
        let payload = body::json_object(&bytes)?;
        let instructions =
            branch::parse_instructions(session, &payload).map_err(ApiError::validation)?;
        session.branch.instructions = Some(instructions);
        Ok(StatusCode::OK)
    })
}

/// What has been supplied, but for whom.
pub(super) async fn get(
    State(app): State<App>,
    Path(session_id): Path<String>,
    request: Request,
) -> ApiResult<Json<Value>> {
    let (caller, _) = Caller::of(&app, request).await?;
    caller.with_session(&app, &session_id, |session| {
        let instructions = supplied(session)?;
        Ok(Json(json!({
            "contact_profile_exists": true,
            "documents": instructions.documents,
            "branch": instructions.branch,
        })))
    })
}

/// For whom; only the business may ask.
pub(super) async fn contact_profile(
    State(app): State<App>,
    Path(session_id): Path<String>,
    _: Signed,
) -> ApiResult<Json<ContactProfile>> {
    app.with_session(&session_id, |session| {
        Ok(Json(supplied(session)?.contact_profile.clone()))
    })
}

/// The letter; 204 while there is none.
pub(super) async fn pdf(
    State(app): State<App>,
    Path(session_id): Path<String>,
    request: Request,
) -> ApiResult<Response> {
    let (caller, _) = Caller::of(&app, request).await?;
    let now = app.now();
    caller.with_session(&app, &session_id, |session| {
        let Some(letter) = branch::letter(session) else {
            return Ok(StatusCode::NO_CONTENT.into_response());
        };
        if matches!(caller, Caller::EndUser { .. }) {
            notify::happened(session, Topic::NewPdfSupplied, now);
        }
        Ok(([(CONTENT_TYPE, "application/pdf")], letter).into_response())
    })
}

/// Has the letter sent.
pub(super) async fn send_email(
    State(app): State<App>,
    Path(session_id): Path<String>,
    request: Request,
) -> ApiResult<StatusCode> {
    let (caller, _) = Caller::of(&app, request).await?;
    let now = app.now();
    caller.with_session(&app, &session_id, |session| {
        must_go_on(session, now)?;
        if session.branch.instructions.is_none() {
            return Err(ApiError::conflict(
                ApiErrorCode::RequirementsNotMet,
                "There are no instructions to send",
            ));
        }
        branch::send_letter(session, now);
        Ok(StatusCode::NO_CONTENT)
    })
}

/// The branches nearest to a post code.
pub(super) async fn look_up(
    State(app): State<App>,
    request: Request,
) -> ApiResult<Json<BranchList>> {
    let (caller, bytes) = Caller::of(&app, request).await?;
    if let Caller::EndUser { token } = &caller {
        app.must_know_token(token.as_deref())?;
    }
    let payload = body::json_object(&bytes)?;
    let root = Obj::root(&payload);
    let mut checker = Checker::default();
    checker.require(&root, "search_string");
    let text = checker.text(&root, "search_string", not_blank);
    checker.finish().map_err(ApiError::validation)?;
    let branches = branch::nearest(&text.unwrap_or_default())
        .ok_or_else(|| ApiError::field("search_string", "is not a UK post code"))?;
    Ok(Json(BranchList { branches }))
}

fn supplied(session: &Session) -> ApiResult<&Instructions> {
    let instructions = session.branch.instructions.as_ref();
    instructions.ok_or_else(|| ApiError::resource_not_found("set of instructions"))
}

fn must_go_on(session: &Session, now: jiff::Timestamp) -> ApiResult<()> {
    if session.state(now) == SessionState::Ongoing && session.ended.is_none() {
        return Ok(());
    }
    Err(ApiError::conflict(
        ApiErrorCode::SessionExpired,
        "The session is over",
    ))
}

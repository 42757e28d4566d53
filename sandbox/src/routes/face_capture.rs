//! A still of the face (contract §4.1): from the business, signed, or from the
//! end user, by the client session token.

use axum::Json;
use axum::body::Bytes;
use axum::extract::{Path, Request, State};
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, StatusCode};
use serde_json::{Value, json};
use vestibule::domain::session::config::{RequirementState, SourceKind};

use super::body;
use crate::auth::{SignedRequest, bearer_token};
use crate::error::{ApiError, ApiResult};
use crate::notify;
use crate::state::App;
use crate::store::{FaceCapture, MediaKind, RequirementKind, Session, new_id};

/// A request of either caller, read to its end.
struct Caller {
    source: SourceKind,
    headers: HeaderMap,
    body: Bytes,
}

impl Caller {
    async fn read(
        app: &App,
        session_id: &str,
        request: Request,
        limit_bytes: usize,
    ) -> ApiResult<Self> {
        let headers = request.headers().clone();
        if SignedRequest::is_claimed(&headers) {
            let signed = SignedRequest::read(request).await?;
            signed.verify(app)?;
            return Ok(Self {
                source: SourceKind::RelyingBusiness,
                headers,
                body: signed.into_body(),
            });
        }
        let stream = request.into_body();
        match app.with_token(session_id, bearer_token(&headers), |_| Ok(())) {
            Ok(()) => Ok(Self {
                source: SourceKind::EndUser,
                headers,
                body: body::read(stream, limit_bytes).await?,
            }),
            Err(refusal) => body::refuse(stream, refusal).await,
        }
    }

    /// Works on the session on behalf of this caller.
    fn work<T>(
        &self,
        app: &App,
        session_id: &str,
        work: impl FnOnce(&mut Session) -> ApiResult<T>,
    ) -> ApiResult<T> {
        if self.source == SourceKind::EndUser {
            app.with_token(session_id, bearer_token(&self.headers), work)
        } else {
            app.with_session(session_id, work)
        }
    }
}

/// Creates an empty face capture.
pub(super) async fn create(
    State(app): State<App>,
    Path(session_id): Path<String>,
    request: Request,
) -> ApiResult<(StatusCode, Json<Value>)> {
    let caller = Caller::read(&app, &session_id, request, body::JSON_LIMIT_BYTES).await?;
    let [requirement_id] = body::texts(&caller.body, ["requirement_id"])?;
    let now = app.now();
    caller.work(&app, &session_id, |session| {
        let asked = session
            .requirement(&requirement_id)
            .filter(|it| matches!(it.kind, RequirementKind::FaceCapture))
            .filter(|it| it.sources.contains(&caller.source));
        let Some(requirement) = asked else {
            return Err(ApiError::field(
                "requirement_id",
                "is not a face capture that you are asked for",
            ));
        };
        if caller.source == SourceKind::EndUser {
            if session.requirement_state(requirement) == RequirementState::Complete {
                return Err(ApiError::field(
                    "requirement_id",
                    "has been satisfied already",
                ));
            }
            session.require_consent()?;
        }
        let id = new_id();
        let capture = FaceCapture {
            id: id.clone(),
            requirement_id,
            source: caller.source.clone(),
            created: now,
            media_id: None,
        };
        session.face_captures.push(capture);
        if caller.source == SourceKind::EndUser {
            session.saw_resource(&id, &caller.headers, now);
        }
        Ok((StatusCode::CREATED, Json(json!({ "id": id, "frames": 1 }))))
    })
}

/// Stores the picture of a face capture.
pub(super) async fn upload(
    State(app): State<App>,
    Path((session_id, resource_id)): Path<(String, String)>,
    request: Request,
) -> ApiResult<StatusCode> {
    let caller = Caller::read(&app, &session_id, request, body::UPLOAD_LIMIT_BYTES).await?;
    let upload = body::upload(caller.headers.get(CONTENT_TYPE), caller.body.clone()).await?;
    let content = upload
        .content
        .ok_or_else(|| ApiError::field("binary-content", "is required"))?;
    let picture = body::picture(&content).await?;
    if picture.content_type == "image/webp" {
        return Err(ApiError::unsupported_media(
            "A face must be a JPEG or PNG picture",
        ));
    }
    let now = app.now();
    caller.work(&app, &session_id, |session| {
        let position = session
            .face_captures
            .iter()
            .position(|it| it.id == resource_id && it.source == caller.source)
            .ok_or_else(|| ApiError::resource_not_found("face capture"))?;
        if caller.source == SourceKind::EndUser {
            session.require_consent()?;
        }
        let media_id = session.add_media(MediaKind::Image, picture.content_type, content, now);
        if let Some(capture) = session.face_captures.get_mut(position)
            && let Some(replaced) = capture.media_id.replace(media_id)
        {
            session.media.remove(&replaced);
        }
        notify::resource_updated(session, &resource_id, now);
        Ok(StatusCode::OK)
    })
}

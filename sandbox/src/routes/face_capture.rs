//! The reference face that a business supplies (contract §4.1).

use axum::Json;
use axum::extract::{Path, State};
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, StatusCode};
use serde_json::{Value, json};
use vestibule::domain::session::config::SourceKind;

use super::body;
use crate::auth::Signed;
use crate::error::{ApiError, ApiResult};
use crate::json::{Checker, Obj, not_blank};
use crate::notify;
use crate::state::App;
use crate::store::{FaceCapture, MediaKind, RequirementKind, new_id};

/// Creates an empty face capture.
pub(super) async fn create(
    State(app): State<App>,
    Path(session_id): Path<String>,
    Signed(bytes): Signed,
) -> ApiResult<(StatusCode, Json<Value>)> {
    let payload = body::json_object(&bytes)?;
    let root = Obj::root(&payload);
    let mut checker = Checker::default();
    checker.require(&root, "requirement_id");
    let requirement_id = checker
        .text(&root, "requirement_id", not_blank)
        .unwrap_or_default();
    checker.finish().map_err(ApiError::validation)?;
    let now = app.now();
    app.with_session(&session_id, |session| {
        let asked = session.requirement(&requirement_id).is_some_and(|it| {
            matches!(it.kind, RequirementKind::FaceCapture)
                && it.sources.contains(&SourceKind::RelyingBusiness)
        });
        if !asked {
            return Err(ApiError::field(
                "requirement_id",
                "is not a face capture that the business is asked for",
            ));
        }
        let id = new_id();
        let capture = FaceCapture {
            id: id.clone(),
            requirement_id,
            created: now,
            media_id: None,
        };
        session.face_captures.push(capture);
        Ok((StatusCode::CREATED, Json(json!({ "id": id, "frames": 1 }))))
    })
}

/// Stores the picture of a face capture.
pub(super) async fn upload(
    State(app): State<App>,
    Path((session_id, resource_id)): Path<(String, String)>,
    headers: HeaderMap,
    Signed(bytes): Signed,
) -> ApiResult<StatusCode> {
    let upload = body::upload(headers.get(CONTENT_TYPE), bytes).await?;
    let content = upload
        .picture
        .ok_or_else(|| ApiError::field("binary-content", "is required"))?;
    let picture = body::picture(&content).await?;
    if picture.content_type == "image/webp" {
        return Err(ApiError::unsupported_media(
            "A face must be a JPEG or PNG picture",
        ));
    }
    let now = app.now();
    app.with_session(&session_id, |session| {
        let position = session
            .face_captures
            .iter()
            .position(|it| it.id == resource_id)
            .ok_or_else(|| ApiError::resource_not_found("face capture"))?;
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

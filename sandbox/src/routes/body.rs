//! Reading bodies: with limits, to their end, and with our own refusals.

use axum::body::{Body, Bytes};
use axum::extract::{DefaultBodyLimit, FromRequest, Multipart, Request};
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, HeaderValue};
use serde_json::{Map, Value};

use crate::auth::bearer_token;
use crate::error::{ApiError, ApiResult};
use crate::json::{Checker, Obj, not_blank};
use crate::picture::{PICTURE_LIMIT_BYTES, Picture, PictureError};
use crate::state::App;

/// What multipart adds to a picture or a file: boundaries, headers, the descriptor.
const MULTIPART_EXTRA_BYTES: usize = 64 * 1024;
/// The largest body that carries a picture.
pub(super) const UPLOAD_LIMIT_BYTES: usize = PICTURE_LIMIT_BYTES + MULTIPART_EXTRA_BYTES;
/// The largest JSON body.
pub(super) const JSON_LIMIT_BYTES: usize = 1024 * 1024;
/// So much is read and thrown away before a refusal.
const DRAIN_LIMIT_BYTES: usize = 64 * 1024 * 1024;

/// Reads a body to its end and keeps it when it is within the limit.
///
/// A body that is refused is read all the same: a browser that is still
/// sending when the connection closes reports a network error instead of our
/// answer.
pub(super) async fn read(body: Body, limit_bytes: usize) -> ApiResult<Bytes> {
    let all = axum::body::to_bytes(body, DRAIN_LIMIT_BYTES)
        .await
        .map_err(|_too_long| ApiError::too_large("The body is too large"))?;
    if all.len() > limit_bytes {
        return Err(ApiError::too_large(format!(
            "The body has more than {limit_bytes} bytes"
        )));
    }
    Ok(all)
}

/// Reads a body that nobody wants, then passes the refusal on.
pub(super) async fn refuse<T>(body: Body, refusal: ApiError) -> ApiResult<T> {
    match axum::body::to_bytes(body, DRAIN_LIMIT_BYTES).await {
        Ok(_) | Err(_) => Err(refusal),
    }
}

/// A JSON object; an empty body is an empty object.
pub(super) fn json_object(bytes: &[u8]) -> ApiResult<Map<String, Value>> {
    if bytes.is_empty() {
        return Ok(Map::new());
    }
    match serde_json::from_slice(bytes) {
        Ok(Value::Object(map)) => Ok(map),
        Ok(_) => Err(ApiError::malformed("The body must be a JSON object")),
        Err(error) => Err(ApiError::malformed(format!(
            "The body is not JSON: {error}"
        ))),
    }
}

/// Checks the token, then reads a small body.
pub(super) async fn authorised(
    app: &App,
    session_id: &str,
    request: Request,
) -> ApiResult<(HeaderMap, Bytes)> {
    let (parts, stream) = request.into_parts();
    match app.with_token(session_id, bearer_token(&parts.headers), |_| Ok(())) {
        Ok(()) => Ok((parts.headers, read(stream, JSON_LIMIT_BYTES).await?)),
        Err(refusal) => refuse(stream, refusal).await,
    }
}

/// The texts of a JSON object, each of which must be there.
pub(super) fn texts<const N: usize>(bytes: &[u8], keys: [&str; N]) -> ApiResult<[String; N]> {
    let payload = json_object(bytes)?;
    let root = Obj::root(&payload);
    let mut checker = Checker::default();
    let found = keys.map(|key| {
        checker.require(&root, key);
        checker.text(&root, key, not_blank).unwrap_or_default()
    });
    checker.finish().map_err(ApiError::validation)?;
    Ok(found)
}

/// The parts of an upload.
#[derive(Debug, Default)]
pub(super) struct Upload {
    pub(super) descriptor: Option<Bytes>,
    pub(super) content: Option<Bytes>,
}

/// Takes a multipart body apart.
pub(super) async fn upload(content_type: Option<&HeaderValue>, body: Bytes) -> ApiResult<Upload> {
    let mut request = Request::new(Body::from(body));
    if let Some(value) = content_type {
        request.headers_mut().insert(CONTENT_TYPE, value.clone());
    }
    // The limit has been applied already, when the body was read.
    DefaultBodyLimit::disable().apply(&mut request);
    let unreadable = |error: &dyn std::fmt::Display| {
        ApiError::malformed(format!("The body is not multipart/form-data: {error}"))
    };
    let mut multipart = Multipart::from_request(request, &())
        .await
        .map_err(|error| unreadable(&error))?;
    let mut upload = Upload::default();
    loop {
        let field = multipart
            .next_field()
            .await
            .map_err(|error| unreadable(&error))?;
        let Some(field) = field else {
            return Ok(upload);
        };
        let name = field.name().map(ToOwned::to_owned);
        let has_file_name = field.file_name().is_some_and(|name| !name.is_empty());
        let bytes = field.bytes().await.map_err(|error| unreadable(&error))?;
        match name.as_deref() {
            Some("descriptor") => upload.descriptor = Some(bytes),
            Some("binary-content") if !has_file_name => {
                return Err(ApiError::field("binary-content", "must have a file name"));
            }
            Some("binary-content") => upload.content = Some(bytes),
            _ => {}
        }
    }
}

/// Refuses a picture or a file that is too large.
pub(super) fn within_limit(bytes: &Bytes) -> ApiResult<()> {
    if bytes.len() > PICTURE_LIMIT_BYTES {
        return Err(ApiError::too_large(format!(
            "The content has more than {PICTURE_LIMIT_BYTES} bytes"
        )));
    }
    Ok(())
}

/// Decodes an uploaded picture on a thread that may block.
pub(super) async fn picture(bytes: &Bytes) -> ApiResult<Picture> {
    within_limit(bytes)?;
    let bytes = bytes.clone();
    let decoded = tokio::task::spawn_blocking(move || Picture::decode(&bytes)).await;
    match decoded {
        Ok(Ok(picture)) => Ok(picture),
        Ok(Err(error @ PictureError::TooManyPixels)) => Err(ApiError::too_large(error.to_string())),
        Ok(Err(error)) => Err(ApiError::unsupported_media(error.to_string())),
        Err(_panic) => Err(ApiError::unsupported_media("The picture is damaged")),
    }
}

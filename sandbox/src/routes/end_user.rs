//! What the end user's client asks for: `docs/client-api.md`.

use std::sync::Arc;

use axum::Json;
use axum::body::Bytes;
use axum::extract::{Path, Request, State};
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, StatusCode};
use uuid::Uuid;
use vestibule::domain::session::config::{CaptureMethods, DocumentType};
use vestibule::domain::session::resource::{
    ApiErrorCode, CaptureMethod, CreatedResource, MediaId, TextExtraction, UploadedPage,
};

use super::body;
use crate::auth::bearer_token;
use crate::error::{ApiError, ApiResult};
use crate::extraction;
use crate::json::{Checker, Obj, not_blank};
use crate::notify::{self, Topic};
use crate::sessions;
use crate::state::App;
use crate::store::{IdDocument, MediaKind, Page, RequirementKind, Session};

const LAST_PAGE: u32 = 4;

/// Creates an empty document for a requirement.
pub(super) async fn create_document(
    State(app): State<App>,
    Path(session_id): Path<String>,
    request: Request,
) -> ApiResult<(StatusCode, Json<CreatedResource>)> {
    let (headers, bytes) = authorised(&app, &session_id, request).await?;
    let payload = body::json_object(&bytes)?;
    let root = Obj::root(&payload);
    let mut checker = Checker::default();
    let mut text = |key| {
        checker.require(&root, key);
        checker.text(&root, key, not_blank).unwrap_or_default()
    };
    let (requirement_id, kind, country) = (
        text("requirement_id"),
        text("document_type"),
        text("issuing_country"),
    );
    checker.finish().map_err(ApiError::validation)?;
    let now = app.now();
    let id = app.with_token(&session_id, bearer_token(&headers), |session| {
        session.create_document(&requirement_id, DocumentType::from(kind), country, now)
    })?;
    Ok((StatusCode::CREATED, Json(CreatedResource { id })))
}

/// Stores or replaces one side of a document.
pub(super) async fn put_page(
    State(app): State<App>,
    Path((session_id, resource_id, page)): Path<(String, String, String)>,
    request: Request,
) -> ApiResult<Json<UploadedPage>> {
    let (parts, stream) = request.into_parts();
    let headers = parts.headers;
    // Everything that can be refused without the picture is refused before it.
    let early = app.with_token(&session_id, bearer_token(&headers), |session| {
        let page = page_number(&page)?;
        let key = idempotency_key(&headers)?;
        let document = session.document(&resource_id)?;
        let answered = key.and_then(|key| document.answered.get(&(page, key)).cloned());
        if answered.is_none() {
            must_be_open(document)?;
        }
        Ok((page, key, answered))
    });
    let (page, key, answered) = match early {
        Ok(found) => found,
        Err(refusal) => return body::refuse(stream, refusal).await,
    };
    let bytes = body::read(stream, body::UPLOAD_LIMIT_BYTES).await?;
    if let Some(media_id) = answered {
        return Ok(Json(UploadedPage {
            media: MediaId { id: media_id },
        }));
    }
    let upload = body::upload(headers.get(CONTENT_TYPE), bytes).await?;
    let capture_method = capture_method(upload.descriptor.as_deref())?;
    let content = upload
        .picture
        .ok_or_else(|| ApiError::field("binary-content", "is required"))?;
    let picture = body::picture(&content).await?;
    let now = app.now();
    app.with_token(&session_id, bearer_token(&headers), |session| {
        // The same request may have been sent twice at once.
        let document = session.document(&resource_id)?;
        if let Some(media_id) = key.and_then(|key| document.answered.get(&(page, key)).cloned()) {
            return Ok(Json(UploadedPage {
                media: MediaId { id: media_id },
            }));
        }
        must_be_open(document)?;
        must_be_allowed(session, document, &capture_method)?;
        let media_id = session.add_media(MediaKind::Image, picture.content_type, content, now);
        let stored = Page {
            capture_method,
            media_id: media_id.clone(),
            picture: Some(Arc::new(picture)),
        };
        let document = session.document_mut(&resource_id)?;
        document.updated = now;
        if let Some(key) = key {
            document.answered.insert((page, key), media_id.clone());
        }
        if let Some(replaced) = document.pages.insert(page, stored) {
            session.media.remove(&replaced.media_id);
        }
        notify::resource_updated(session, &resource_id, now);
        Ok(Json(UploadedPage {
            media: MediaId { id: media_id },
        }))
    })
}

/// Hands a document over to be judged.
pub(super) async fn start_extraction(
    State(app): State<App>,
    Path((session_id, resource_id)): Path<(String, String)>,
    request: Request,
) -> ApiResult<(StatusCode, Json<TextExtraction>)> {
    let (headers, bytes) = authorised(&app, &session_id, request).await?;
    body::json_object(&bytes)?;
    let now = app.now();
    app.with_token(&session_id, bearer_token(&headers), |session| {
        if session.hand_over(&resource_id, now)? {
            extraction::start(&app, session, &resource_id);
        }
        Ok((
            StatusCode::ACCEPTED,
            Json(text_extraction(session, &resource_id)?),
        ))
    })
}

/// What the judge says, once it has spoken.
pub(super) async fn get_extraction(
    State(app): State<App>,
    Path((session_id, resource_id)): Path<(String, String)>,
    headers: HeaderMap,
) -> ApiResult<Json<TextExtraction>> {
    app.with_token(&session_id, bearer_token(&headers), |session| {
        Ok(Json(text_extraction(session, &resource_id)?))
    })
}

/// The person has finished.
pub(super) async fn end_session(
    State(app): State<App>,
    Path(session_id): Path<String>,
    headers: HeaderMap,
) -> ApiResult<StatusCode> {
    let now = app.now();
    app.with_device(&session_id, bearer_token(&headers), |session, device| {
        device.must_be_first()?;
        sessions::end(session, now)?;
        notify::happened(session, Topic::ClientSessionTokenDeleted, now);
        notify::checks_started(&app, session);
        Ok(())
    })?;
    Ok(StatusCode::NO_CONTENT)
}

/// Checks the token, then reads a small body.
async fn authorised(
    app: &App,
    session_id: &str,
    request: Request,
) -> ApiResult<(HeaderMap, Bytes)> {
    let (parts, stream) = request.into_parts();
    match app.with_token(session_id, bearer_token(&parts.headers), |_| Ok(())) {
        Ok(()) => Ok((
            parts.headers,
            body::read(stream, body::JSON_LIMIT_BYTES).await?,
        )),
        Err(refusal) => body::refuse(stream, refusal).await,
    }
}

fn page_number(text: &str) -> ApiResult<u32> {
    match text.parse() {
        Ok(page @ 1..=LAST_PAGE) => Ok(page),
        _ => Err(ApiError::field(
            "page",
            format!("must be a number from 1 to {LAST_PAGE}"),
        )),
    }
}

fn idempotency_key(headers: &HeaderMap) -> ApiResult<Option<Uuid>> {
    let Some(value) = headers.get("idempotency-key") else {
        return Ok(None);
    };
    value
        .to_str()
        .ok()
        .and_then(|text| Uuid::parse_str(text).ok())
        .map(Some)
        .ok_or_else(|| ApiError::malformed("header Idempotency-Key must be a UUID"))
}

fn must_be_open(document: &IdDocument) -> ApiResult<()> {
    if document.extraction.is_some() {
        return Err(ApiError::conflict(
            ApiErrorCode::ResourceLocked,
            "The document has been handed over already",
        ));
    }
    Ok(())
}

fn must_be_allowed(
    session: &Session,
    document: &IdDocument,
    method: &CaptureMethod,
) -> ApiResult<()> {
    let camera_only = matches!(
        session
            .requirement(&document.requirement_id)
            .map(|it| &it.kind),
        Some(RequirementKind::IdDocument {
            methods: CaptureMethods::Camera,
            ..
        })
    );
    if camera_only && *method == CaptureMethod::Upload {
        return Err(ApiError::field(
            "descriptor.capture_method",
            "this requirement allows CAMERA only",
        ));
    }
    Ok(())
}

fn capture_method(descriptor: Option<&[u8]>) -> ApiResult<CaptureMethod> {
    let Some(bytes) = descriptor else {
        return Err(ApiError::field("descriptor", "is required"));
    };
    let payload = body::json_object(bytes)?;
    let root = Obj::root(&payload);
    let mut checker = Checker::default();
    checker.require(&root, "capture_method");
    let method = checker.one_of(&root, "capture_method", &["CAMERA", "UPLOAD"]);
    checker.finish().map_err(|mut errors| {
        for error in &mut errors {
            error.property = format!("descriptor.{}", error.property);
        }
        ApiError::validation(errors)
    })?;
    Ok(CaptureMethod::from(method.unwrap_or_default()))
}

fn text_extraction(session: &Session, resource_id: &str) -> ApiResult<TextExtraction> {
    let document = session.document(resource_id)?;
    let extraction = document
        .extraction
        .as_ref()
        .ok_or_else(|| ApiError::resource_not_found("text extraction"))?;
    Ok(TextExtraction {
        id: extraction.id.clone(),
        state: extraction.state(),
        recommendation: extraction.outcome.clone(),
        attempts_remaining: session.attempts_remaining(&document.requirement_id),
    })
}

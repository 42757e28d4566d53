//! Taking in pictures and files: the same for every sort of delivery.

use std::sync::Arc;

use axum::Json;
use axum::body::Bytes;
use axum::extract::Request;
use axum::http::HeaderMap;
use axum::http::header::CONTENT_TYPE;
use rsa::sha2::{Digest, Sha256};
use serde::Deserialize;
use serde_json::Value;
use uuid::Uuid;
use vestibule::domain::session::config::CaptureMethods;
use vestibule::domain::session::resource::{
    ApiErrorCode, CaptureMethod, MediaId, Region, UploadedPage,
};
use vestibule::domain::sight::PixelPoint;

use super::body;
use crate::auth::bearer_token;
use crate::error::{ApiError, ApiResult};
use crate::extraction;
use crate::json::{Checker, Obj};
use crate::notify;
use crate::pdf;
use crate::picture::Picture;
use crate::state::App;
use crate::store::{MediaKind, Outline, Page, RequirementKind, Session, Sort};

/// The page number under which a file is kept.
pub(super) const FILE: u32 = 0;

/// Where an upload goes.
pub(super) struct Slot {
    pub(super) session_id: String,
    pub(super) sort: Sort,
    pub(super) resource_id: String,
    /// From 1, or [`FILE`].
    pub(super) page: u32,
}

/// What an upload turned out to be.
enum Content {
    Picture(Arc<Picture>),
    Pdf,
}

/// The number of a page.
pub(super) fn page_number(text: &str, last: u32) -> ApiResult<u32> {
    match text.parse() {
        Ok(page) if (1..=last).contains(&page) => Ok(page),
        _ => Err(ApiError::field(
            "page",
            format!("must be a number from 1 to {last}"),
        )),
    }
}

/// Refuses a page after the token has been looked at.
pub(super) async fn refuse_page<T>(
    app: &App,
    session_id: &str,
    request: Request,
    refusal: ApiError,
) -> ApiResult<T> {
    let (parts, stream) = request.into_parts();
    let opened = app.with_token(session_id, bearer_token(&parts.headers), |_| Ok(()));
    body::refuse(stream, opened.err().unwrap_or(refusal)).await
}

/// Stores or replaces a picture or a file; a face is judged at once.
pub(super) async fn store(
    app: &App,
    slot: &Slot,
    request: Request,
) -> ApiResult<Json<UploadedPage>> {
    let (parts, stream) = request.into_parts();
    let headers = parts.headers;
    let token = bearer_token(&headers);
    // Everything that can be refused without the picture is refused before it.
    let early = app.with_token(&slot.session_id, token, |session| {
        let key = idempotency_key(&headers)?;
        let answered = answered(session, slot, key)?;
        if answered.is_none() {
            must_fit(session, slot)?;
        }
        Ok((key, answered))
    });
    let (key, answer) = match early {
        Ok(found) => found,
        Err(refusal) => return body::refuse(stream, refusal).await,
    };
    let bytes = body::read(stream, body::UPLOAD_LIMIT_BYTES).await?;
    if let Some(answer) = answer {
        return Ok(Json(answer));
    }
    let upload = body::upload(headers.get(CONTENT_TYPE), bytes).await?;
    let descriptor = descriptor(upload.descriptor.as_deref())?;
    let capture_method = descriptor.capture_method;
    let bytes = upload
        .content
        .ok_or_else(|| ApiError::field("binary-content", "is required"))?;
    let content = read(slot, &bytes).await?;
    let now = app.now();
    app.with_token(&slot.session_id, token, |session| {
        // The same request may have been sent twice at once.
        if let Some(answer) = answered(session, slot, key)? {
            return Ok(Json(answer));
        }
        must_fit(session, slot)?;
        must_be_allowed(session, slot, &capture_method)?;
        let sha256 = Sha256::digest(&bytes).into();
        let (kind, content_type, picture) = match content {
            Content::Picture(it) => (MediaKind::Image, it.content_type, Some(it)),
            Content::Pdf => (MediaKind::Binary, pdf::CONTENT_TYPE, None),
        };
        let seen = picture.as_ref().zip(descriptor.corners);
        let media_id = session.add_media(kind, content_type, bytes, now);
        let stored = Page {
            capture_method,
            media_id: media_id.clone(),
            seen: seen.map(|(picture, corners)| Outline {
                corners,
                size_px: picture.size_px(),
            }),
            sha256,
            picture,
        };
        let delivery = session.delivery_mut(slot.sort, &slot.resource_id)?;
        delivery.updated = now;
        if let Some(key) = key {
            delivery.answered.insert((slot.page, key), media_id.clone());
        }
        let replaced = if slot.page == FILE {
            delivery.file.replace(stored)
        } else {
            delivery.pages.insert(slot.page, stored)
        };
        if let Some(replaced) = replaced {
            session.media.remove(&replaced.media_id);
        }
        notify::resource_updated(session, &slot.resource_id, now);
        if slot.sort == Sort::Liveness && session.hand_over(slot.sort, &slot.resource_id, now)? {
            extraction::start(app, session, &slot.resource_id);
        }
        Ok(Json(uploaded(media_id)))
    })
}

fn uploaded(id: String) -> UploadedPage {
    UploadedPage {
        media: MediaId { id },
    }
}

/// What the same request was answered before, if it was.
fn answered(session: &Session, slot: &Slot, key: Option<Uuid>) -> ApiResult<Option<UploadedPage>> {
    let delivery = session.delivery(slot.sort, &slot.resource_id)?;
    let media_id = key.and_then(|key| delivery.answered.get(&(slot.page, key)));
    Ok(media_id.cloned().map(uploaded))
}

fn must_fit(session: &Session, slot: &Slot) -> ApiResult<()> {
    session.require_open(slot.sort, &slot.resource_id)?;
    let delivery = session.delivery(slot.sort, &slot.resource_id)?;
    let otherwise = if slot.page == FILE {
        !delivery.pages.is_empty()
    } else {
        delivery.file.is_some()
    };
    if otherwise {
        return Err(ApiError::conflict(
            ApiErrorCode::ResourceLocked,
            "A document has either pages or a file",
        ));
    }
    Ok(())
}

fn must_be_allowed(session: &Session, slot: &Slot, method: &CaptureMethod) -> ApiResult<()> {
    let delivery = session.delivery(slot.sort, &slot.resource_id)?;
    let requirement = session.requirement(&delivery.requirement_id);
    let camera_only = match requirement.map(|it| &it.kind) {
        Some(
            RequirementKind::IdDocument { methods, .. }
            | RequirementKind::Supplementary { methods, .. },
        ) => *methods == CaptureMethods::Camera,
        // A liveness capture that comes from a file shows nobody alive.
        Some(RequirementKind::Liveness { .. }) => true,
        Some(RequirementKind::FaceCapture | RequirementKind::ApplicantProfile) | None => false,
    };
    let refused = |message: &str| Err(ApiError::field("descriptor.capture_method", message));
    match method {
        CaptureMethod::Upload if camera_only => refused("this requirement allows CAMERA only"),
        CaptureMethod::Camera if slot.page == FILE => refused("a file is an UPLOAD"),
        _ => Ok(()),
    }
}

async fn read(slot: &Slot, bytes: &Bytes) -> ApiResult<Content> {
    if slot.page != FILE {
        return Ok(Content::Picture(Arc::new(body::picture(bytes).await?)));
    }
    body::within_limit(bytes)?;
    let bytes = bytes.clone();
    let checked = tokio::task::spawn_blocking(move || pdf::check(&bytes)).await;
    // A reader that panics has met a file that it can't read.
    match checked.unwrap_or(Err(pdf::PdfError::Unreadable)) {
        Ok(()) => Ok(Content::Pdf),
        Err(error) => Err(error.refusal()),
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

/// What the client says of a picture.
struct Described {
    capture_method: CaptureMethod,
    /// Where the document is, clockwise from top left.
    corners: Option<[PixelPoint; 4]>,
}

fn descriptor(descriptor: Option<&[u8]>) -> ApiResult<Described> {
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
    Ok(Described {
        capture_method: CaptureMethod::from(method.unwrap_or_default()),
        corners: root.get("regions").and_then(corners),
    })
}

/// The corners of the first region; a help, so that what can't be read is not
/// there.
fn corners(regions: &Value) -> Option<[PixelPoint; 4]> {
    let region = Region::deserialize(regions.get(0)?).ok()?;
    let at = region.coordinates;
    Some([at.top_left, at.top_right, at.bottom_right, at.bottom_left])
}

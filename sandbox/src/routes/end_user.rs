//! What the end user's client asks for: `docs/client-api.md`.

use axum::Json;
use axum::extract::{Path, Request, State};
use axum::http::{HeaderMap, StatusCode};
use vestibule::domain::session::config::DocumentType;
use vestibule::domain::session::resource::{CreatedResource, TextExtraction, UploadedPage};

use super::upload::{self, Slot};
use super::{body, judging};
use crate::auth::bearer_token;
use crate::error::ApiResult;
use crate::notify::{self, Topic};
use crate::sessions;
use crate::state::App;
use crate::store::Sort;

const LAST_PAGE: u32 = 4;

/// Creates an empty document for a requirement.
pub(super) async fn create_document(
    State(app): State<App>,
    Path(session_id): Path<String>,
    request: Request,
) -> ApiResult<(StatusCode, Json<CreatedResource>)> {
    let (headers, bytes) = body::authorised(&app, &session_id, request).await?;
    let [requirement_id, kind, country] = body::texts(
        &bytes,
        ["requirement_id", "document_type", "issuing_country"],
    )?;
    let now = app.now();
    let id = app.with_token(&session_id, bearer_token(&headers), |session| {
        let kind = DocumentType::from(kind);
        let id = session.create_id_document(&requirement_id, kind, country, now)?;
        session.saw_resource(&id, &headers, now);
        Ok(id)
    })?;
    Ok((StatusCode::CREATED, Json(CreatedResource { id })))
}

/// Stores or replaces one side of a document.
pub(super) async fn put_page(
    State(app): State<App>,
    Path((session_id, resource_id, page)): Path<(String, String, String)>,
    request: Request,
) -> ApiResult<Json<UploadedPage>> {
    let slot = match upload::page_number(&page, LAST_PAGE) {
        Ok(page) => Slot {
            session_id,
            sort: Sort::IdDocument,
            resource_id,
            page,
        },
        Err(refusal) => {
            return upload::refuse_page(&app, &session_id, request, refusal).await;
        }
    };
    upload::store(&app, &slot, request).await
}

/// Hands a document over to be judged.
pub(super) async fn start_extraction(
    State(app): State<App>,
    Path((session_id, resource_id)): Path<(String, String)>,
    request: Request,
) -> ApiResult<(StatusCode, Json<TextExtraction>)> {
    judging::hand_over(&app, &session_id, Sort::IdDocument, &resource_id, request).await
}

/// What the judge says, once it has spoken.
pub(super) async fn get_extraction(
    State(app): State<App>,
    Path((session_id, resource_id)): Path<(String, String)>,
    headers: HeaderMap,
) -> ApiResult<Json<TextExtraction>> {
    judging::answer(&app, &session_id, Sort::IdDocument, &resource_id, &headers)
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
        session.saw_end(&headers, now);
        notify::happened(session, Topic::ClientSessionTokenDeleted, now);
        notify::checks_started(&app, session);
        Ok(())
    })?;
    Ok(StatusCode::NO_CONTENT)
}

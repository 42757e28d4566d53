//! Supplementary documents: pages or one PDF.

use axum::Json;
use axum::extract::{Path, Request, State};
use axum::http::{HeaderMap, StatusCode};
use vestibule::domain::session::resource::{CreatedResource, TextExtraction, UploadedPage};

use super::upload::{self, FILE, Slot};
use super::{body, judging};
use crate::auth::bearer_token;
use crate::error::ApiResult;
use crate::state::App;
use crate::store::Sort;

const LAST_PAGE: u32 = 10;

/// Creates an empty document for a requirement.
pub(super) async fn create(
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
        let id = session.create_supplementary(&requirement_id, kind, country, now)?;
        session.saw_resource(&id, &headers, now);
        Ok(id)
    })?;
    Ok((StatusCode::CREATED, Json(CreatedResource { id })))
}

/// Stores or replaces a page.
pub(super) async fn put_page(
    State(app): State<App>,
    Path((session_id, resource_id, page)): Path<(String, String, String)>,
    request: Request,
) -> ApiResult<Json<UploadedPage>> {
    match upload::page_number(&page, LAST_PAGE) {
        Ok(page) => upload::store(&app, &slot(session_id, resource_id, page), request).await,
        Err(refusal) => upload::refuse_page(&app, &session_id, request, refusal).await,
    }
}

/// Stores or replaces the file.
pub(super) async fn put_file(
    State(app): State<App>,
    Path((session_id, resource_id)): Path<(String, String)>,
    request: Request,
) -> ApiResult<Json<UploadedPage>> {
    upload::store(&app, &slot(session_id, resource_id, FILE), request).await
}

/// Hands a document over to be judged.
pub(super) async fn start_extraction(
    State(app): State<App>,
    Path((session_id, resource_id)): Path<(String, String)>,
    request: Request,
) -> ApiResult<(StatusCode, Json<TextExtraction>)> {
    judging::hand_over(
        &app,
        &session_id,
        Sort::Supplementary,
        &resource_id,
        request,
    )
    .await
}

/// What the judge says, once it has spoken.
pub(super) async fn get_extraction(
    State(app): State<App>,
    Path((session_id, resource_id)): Path<(String, String)>,
    headers: HeaderMap,
) -> ApiResult<Json<TextExtraction>> {
    judging::answer(
        &app,
        &session_id,
        Sort::Supplementary,
        &resource_id,
        &headers,
    )
}

fn slot(session_id: String, resource_id: String, page: u32) -> Slot {
    Slot {
        session_id,
        sort: Sort::Supplementary,
        resource_id,
        page,
    }
}

//! Files of the portal: style, scripts and specimen pictures.

use std::sync::OnceLock;

use axum::extract::Path;
use axum::http::StatusCode;
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;

use super::layout;
use crate::specimen_files::{PICTURES, picture};

const PICTURE_COUNT: usize = PICTURES.len();

/// Drawn when first asked for: drawing one takes a moment.
static DRAWN: [OnceLock<Bytes>; PICTURE_COUNT] = [const { OnceLock::new() }; PICTURE_COUNT];

/// The style sheet.
pub(super) async fn css() -> Response {
    file("text/css; charset=utf-8", include_str!("assets/portal.css"))
}

/// The icon of the browser's tab.
pub(super) async fn icon() -> Response {
    file("image/svg+xml", include_str!("assets/icon.svg"))
}

/// What the preview of colours does.
pub(super) async fn theme_script() -> Response {
    file(
        "text/javascript; charset=utf-8",
        include_str!("assets/theme.js"),
    )
}

/// What the copy button does.
pub(super) async fn copy_script() -> Response {
    file(
        "text/javascript; charset=utf-8",
        include_str!("assets/copy.js"),
    )
}

/// What the demo host page does.
pub(super) async fn host_script() -> Response {
    file(
        "text/javascript; charset=utf-8",
        include_str!("assets/host.js"),
    )
}

fn file(content_type: &'static str, text: &'static str) -> Response {
    (
        [(CONTENT_TYPE, content_type), (CACHE_CONTROL, "no-cache")],
        text,
    )
        .into_response()
}

/// A picture of an invented document, to be saved and uploaded.
pub(super) async fn specimen(Path(name): Path<String>) -> Response {
    let Some(index) = PICTURES.iter().position(|it| it.0 == name) else {
        return layout::not_found().await.into_response();
    };
    let drawn = tokio::task::spawn_blocking(move || {
        let (_, _, document, defect) = PICTURES.get(index).copied()?;
        let cell = DRAWN.get(index)?;
        Some(
            cell.get_or_init(|| Bytes::from(picture(document, defect)))
                .clone(),
        )
    });
    match drawn.await {
        Ok(Some(bytes)) => (
            [
                (CONTENT_TYPE, "image/jpeg".to_owned()),
                (
                    CONTENT_DISPOSITION,
                    format!("attachment; filename=\"{name}\""),
                ),
            ],
            bytes,
        )
            .into_response(),
        Ok(None) | Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

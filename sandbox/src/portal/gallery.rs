//! Every screen of the client, for the preview of colours.

use axum::Router;
use axum::extract::Request;
use axum::http::HeaderValue;
use axum::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY};
use axum::middleware::{self, Next};
use axum::response::Response;
use tower_http::services::ServeDir;

use crate::state::App;

/// Colours are set on the elements' styles by script, which no `unsafe-inline` is
/// needed for. Only our own pages show it.
const CONTENT_SECURITY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; \
     style-src 'self'; img-src 'self'; frame-src 'self'; form-action 'none'; \
     base-uri 'none'; frame-ancestors 'self'";

/// The folder that `cargo xtask gallery` makes.
pub(super) fn files(app: &App) -> Router {
    Router::new()
        .fallback_service(ServeDir::new(app.gallery()))
        .layer(middleware::from_fn(dress))
}

async fn dress(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    response.headers_mut().extend([
        (
            CONTENT_SECURITY_POLICY,
            HeaderValue::from_static(CONTENT_SECURITY),
        ),
        // Asked for again, so that a new gallery is seen at once, and sent again
        // only then: every frame of the preview loads it.
        (CACHE_CONTROL, HeaderValue::from_static("no-cache")),
    ]);
    response
}

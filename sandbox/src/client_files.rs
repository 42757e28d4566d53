//! The built client, served as the real service serves it.
//!
//! Compressed twins (`.br`, `.gz`) are used when the browser accepts them,
//! names with a hash are cached for ever, everything else is asked for again.

use axum::Router;
use axum::extract::{Request, State};
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, HeaderName, REFERRER_POLICY, VARY,
    X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderValue, StatusCode};
use axum::middleware::{self, Next};
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum::routing::get;
use tower_http::services::ServeDir;

use crate::routes::BASE_PATH;
use crate::state::App;

/// What the client's page may do.
///
/// `frame-ancestors *`: any business embeds the client in its own page, as it
/// does with the real service; the client tells nobody but its embedder.
/// `require-trusted-types-for` is left out: wasm-bindgen and Leptos have not
/// been shown to work under it.
const CONTENT_SECURITY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; \
     style-src 'self'; img-src 'self' blob:; media-src 'self' blob:; connect-src 'self'; \
     worker-src 'self'; font-src 'self'; manifest-src 'self'; form-action 'none'; \
     base-uri 'none'; frame-ancestors *";

/// `self` is the client's own origin, so this holds in a tab, and in a foreign
/// iframe as soon as the embedder writes `allow="camera"`.
const PERMISSIONS: &str =
    "camera=(self), microphone=(), geolocation=(), display-capture=(), usb=()";

const NO_CLIENT: &str = "<!doctype html><html lang=\"en\"><title>The client is not built</title>\
     <h1>The client is not built</h1>\
     <p>Run <code>cargo xtask build</code>, then load this page again.</p></html>";

/// The client under `{base}/web`.
pub(crate) fn router(app: &App) -> Router<App> {
    let files = ServeDir::new(app.dist())
        .precompressed_br()
        .precompressed_gzip()
        .append_index_html_on_directories(true);
    Router::new()
        .nest_service(&format!("{BASE_PATH}/web/"), files)
        .route(
            &format!("{BASE_PATH}/web"),
            get(|| async { Redirect::temporary("web/index.html") }),
        )
        .layer(middleware::from_fn_with_state(app.clone(), dress))
}

async fn dress(State(app): State<App>, request: Request, next: Next) -> Response {
    let path = request.uri().path().to_owned();
    let is_page = path.ends_with('/') || path.ends_with("/index.html");
    let mut response = if is_page && !app.dist().join("index.html").is_file() {
        (StatusCode::SERVICE_UNAVAILABLE, Html(NO_CLIENT)).into_response()
    } else {
        next.run(request).await
    };
    let cache = if response.status().is_success() && has_hash(&path) {
        "public, max-age=31536000, immutable"
    } else {
        "no-cache"
    };
    response.headers_mut().extend([
        (CACHE_CONTROL, HeaderValue::from_static(cache)),
        (VARY, HeaderValue::from_static("accept-encoding")),
        (X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
        (REFERRER_POLICY, HeaderValue::from_static("no-referrer")),
        (
            CONTENT_SECURITY_POLICY,
            HeaderValue::from_static(CONTENT_SECURITY),
        ),
        (
            HeaderName::from_static("permissions-policy"),
            HeaderValue::from_static(PERMISSIONS),
        ),
    ]);
    response
}

/// Whether the name contains a content hash, as in `main-0123456789abcdef.css`.
fn has_hash(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or_default();
    name.split(['-', '_', '.'])
        .any(|part| part.len() >= 12 && part.bytes().all(|b| b.is_ascii_hexdigit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hashed_names_are_told_from_plain_ones() {
        assert!(has_hash("/web/vestibule-0123456789abcdef.js"));
        assert!(has_hash("/web/vestibule-0123456789abcdef_bg.wasm"));
        assert!(!has_hash("/web/index.html"));
        assert!(!has_hash("/web/locales/en-GB.json"));
        assert!(!has_hash("/0123456789abcdef/web/face.css"));
    }
}

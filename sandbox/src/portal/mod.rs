//! The portal: pages for people who create sessions and look at them.
//!
//! Rendered on the server, with three small scripts (copying, the demo host
//! page, the preview of colours). Names and e-mail addresses stay in memory.
//! Only pages whose address is this machine's own are answered, so that a
//! foreign site cannot read them through a name that it points here.

mod assets;
mod create;
mod details;
mod gallery;
mod host;
mod layout;
mod list;
mod sent;
mod theme;

use axum::Router;
use axum::extract::{Request, State};
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, HOST, ORIGIN, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderValue, Method, StatusCode};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};

use crate::state::App;

/// For every page that does not set its own.
const CONTENT_SECURITY: &str = "default-src 'none'; style-src 'self'; img-src 'self'; \
     script-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// The portal at the root of the host.
pub(crate) fn router(app: &App) -> Router<App> {
    Router::new()
        .route("/", get(list::index))
        .route("/sessions", post(create::create))
        .route("/sessions/{session_id}", get(details::details))
        .route(
            "/sessions/{session_id}/media/{media_id}",
            get(details::media),
        )
        .route("/theme", get(theme::theme))
        .nest_service("/gallery/", gallery::files(app))
        .route("/host", get(host::host))
        .route("/outcome/success", get(host::success))
        .route("/outcome/error", get(host::error))
        .route("/specimens/{name}", get(assets::specimen))
        .route("/assets/portal.css", get(assets::css))
        .route("/assets/icon.svg", get(assets::icon))
        .route("/assets/copy.js", get(assets::copy_script))
        .route("/assets/host.js", get(assets::host_script))
        .route("/assets/theme.js", get(assets::theme_script))
        .fallback(layout::not_found)
        .layer(middleware::from_fn_with_state(app.clone(), guard))
}

async fn guard(State(app): State<App>, request: Request, next: Next) -> Response {
    if let Some(message) = refused(&app, &request) {
        return (StatusCode::FORBIDDEN, message).into_response();
    }
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    // Not `no-referrer`: with it browsers send `Origin: null` with our forms.
    headers.insert(REFERRER_POLICY, HeaderValue::from_static("same-origin"));
    headers
        .entry(CONTENT_SECURITY_POLICY)
        .or_insert(HeaderValue::from_static(CONTENT_SECURITY));
    headers
        .entry(CACHE_CONTROL)
        .or_insert(HeaderValue::from_static("no-store"));
    response
}

/// Why a request is not the portal's business, if it is not.
fn refused(app: &App, request: &Request) -> Option<&'static str> {
    let port = app.port();
    let hosts = [format!("127.0.0.1:{port}"), format!("localhost:{port}")];
    let header = |name| {
        request
            .headers()
            .get(name)
            .and_then(|value| value.to_str().ok())
    };
    if !header(HOST).is_some_and(|host| hosts.iter().any(|own| own == host)) {
        return Some("The portal answers to 127.0.0.1 and localhost only.");
    }
    let own = || {
        header(ORIGIN)
            .and_then(|origin| origin.strip_prefix("http://"))
            .is_some_and(|host| hosts.iter().any(|own| own == host))
    };
    (request.method() == Method::POST && !own()).then_some("This form was not sent by the portal.")
}

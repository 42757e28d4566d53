//! The API, as one table: the router is built from it and `openapi.json` is
//! held against it.

mod applicant_profile;
mod back_end;
mod body;
mod configuration;
mod consent;
mod end_user;
mod face_capture;
mod handoffs;
mod instructions;
mod judging;
mod liveness;
mod media;
mod response_config;
mod supplementary;
mod tracked_devices;
mod upload;

use axum::Router;
use axum::extract::Request;
use axum::http::header::{CACHE_CONTROL, HeaderName, X_CONTENT_TYPE_OPTIONS};
use axum::http::{HeaderValue, Method, StatusCode};
use axum::middleware::{self, Next};
use axum::response::Response;
use axum::routing::{MethodFilter, MethodRouter, on};
use vestibule::domain::session::resource::ApiErrorCode;

use crate::error::ApiError;
use crate::openapi;
use crate::state::App;

/// Where the API lives on the host; signatures count paths from here.
pub(crate) const BASE_PATH: &str = "/idverify/v1";

/// One operation of the API.
pub(crate) struct Route {
    /// The method.
    pub(crate) method: Method,
    /// The path from [`BASE_PATH`], its parameters in braces.
    pub(crate) path: &'static str,
    handler: fn(MethodFilter) -> MethodRouter<App>,
}

/// Every operation.
pub(crate) static ROUTES: &[Route] = &[
    // The business's back end, signed.
    route(Method::POST, "/sessions", |it| {
        on(it, back_end::create_session)
    }),
    route(Method::GET, "/sessions/{session_id}", |it| {
        on(it, back_end::get_session)
    }),
    route(Method::DELETE, "/sessions/{session_id}", |it| {
        on(it, back_end::delete_session)
    }),
    route(
        Method::GET,
        "/sessions/{session_id}/media/{media_id}/content",
        |it| on(it, media::content),
    ),
    route(
        Method::DELETE,
        "/sessions/{session_id}/media/{media_id}/content",
        |it| on(it, media::delete),
    ),
    route(
        Method::PUT,
        "/sessions/{session_id}/response-config",
        |it| on(it, response_config::of_session),
    ),
    route(Method::PUT, "/apps/{sdk_id}/response-config", |it| {
        on(it, response_config::of_app)
    }),
    route(
        Method::GET,
        "/sessions/{session_id}/tracked-devices",
        |it| on(it, tracked_devices::get),
    ),
    route(
        Method::DELETE,
        "/sessions/{session_id}/tracked-devices",
        |it| on(it, tracked_devices::delete),
    ),
    // The business or the end user.
    route(Method::GET, "/sessions/{session_id}/configuration", |it| {
        on(it, configuration::configuration)
    }),
    route(
        Method::POST,
        "/sessions/{session_id}/resources/face-capture",
        |it| on(it, face_capture::create),
    ),
    route(
        Method::PUT,
        "/sessions/{session_id}/resources/face-capture/{resource_id}/image",
        |it| on(it, face_capture::upload),
    ),
    route(Method::PUT, "/sessions/{session_id}/instructions", |it| {
        on(it, instructions::put)
    }),
    route(Method::GET, "/sessions/{session_id}/instructions", |it| {
        on(it, instructions::get)
    }),
    route(
        Method::GET,
        "/sessions/{session_id}/instructions/pdf",
        |it| on(it, instructions::pdf),
    ),
    route(
        Method::GET,
        "/sessions/{session_id}/instructions/contact-profile",
        |it| on(it, instructions::contact_profile),
    ),
    route(
        Method::POST,
        "/sessions/{session_id}/instructions/email",
        |it| on(it, instructions::send_email),
    ),
    route(Method::POST, "/lookup/uk-post-office", |it| {
        on(it, instructions::look_up)
    }),
    // Anybody.
    route(Method::GET, "/supported-documents", |it| {
        on(it, back_end::supported_documents)
    }),
    route(Method::GET, "/openapi.json", |it| on(it, openapi::openapi)),
    // Continuing on another device, by the token of the one or the other.
    route(Method::POST, "/sessions/{session_id}/handoffs", |it| {
        on(it, handoffs::offer)
    }),
    route(
        Method::POST,
        "/sessions/{session_id}/handoffs/{handoff_id}/code",
        |it| on(it, handoffs::rotate),
    ),
    route(Method::POST, "/handoffs/redeem", |it| {
        on(it, handoffs::redeem)
    }),
    route(
        Method::POST,
        "/sessions/{session_id}/handoffs/{handoff_id}/confirmation",
        |it| on(it, handoffs::confirm),
    ),
    route(
        Method::GET,
        "/sessions/{session_id}/handoffs/{handoff_id}",
        |it| on(it, handoffs::status),
    ),
    route(
        Method::DELETE,
        "/sessions/{session_id}/handoffs/{handoff_id}",
        |it| on(it, handoffs::take_back),
    ),
    route(
        Method::POST,
        "/sessions/{session_id}/handoffs/{handoff_id}/outcome",
        |it| on(it, handoffs::end),
    ),
    // The end user, by the client session token.
    route(
        Method::POST,
        "/sessions/{session_id}/resources/id-documents",
        |it| on(it, end_user::create_document),
    ),
    route(
        Method::PUT,
        "/sessions/{session_id}/resources/id-documents/{resource_id}/pages/{page}",
        |it| on(it, end_user::put_page),
    ),
    route(
        Method::PUT,
        "/sessions/{session_id}/resources/id-documents/{resource_id}/text-extraction",
        |it| on(it, end_user::start_extraction),
    ),
    route(
        Method::GET,
        "/sessions/{session_id}/resources/id-documents/{resource_id}/text-extraction",
        |it| on(it, end_user::get_extraction),
    ),
    route(
        Method::PUT,
        "/sessions/{session_id}/biometric-consent",
        |it| on(it, consent::put),
    ),
    route(
        Method::POST,
        "/sessions/{session_id}/resources/liveness/static",
        |it| on(it, liveness::create),
    ),
    route(
        Method::PUT,
        "/sessions/{session_id}/resources/liveness/static/{resource_id}/image",
        |it| on(it, liveness::put_image),
    ),
    route(
        Method::GET,
        "/sessions/{session_id}/resources/liveness/static/{resource_id}/check",
        |it| on(it, liveness::check),
    ),
    route(
        Method::POST,
        "/sessions/{session_id}/resources/supplementary-documents",
        |it| on(it, supplementary::create),
    ),
    route(
        Method::PUT,
        "/sessions/{session_id}/resources/supplementary-documents/{resource_id}/pages/{page}",
        |it| on(it, supplementary::put_page),
    ),
    route(
        Method::PUT,
        "/sessions/{session_id}/resources/supplementary-documents/{resource_id}/file",
        |it| on(it, supplementary::put_file),
    ),
    route(
        Method::PUT,
        "/sessions/{session_id}/resources/supplementary-documents/{resource_id}/text-extraction",
        |it| on(it, supplementary::start_extraction),
    ),
    route(
        Method::GET,
        "/sessions/{session_id}/resources/supplementary-documents/{resource_id}/text-extraction",
        |it| on(it, supplementary::get_extraction),
    ),
    route(
        Method::GET,
        "/sessions/{session_id}/resources/applicant-profile",
        |it| on(it, applicant_profile::get),
    ),
    route(
        Method::PUT,
        "/sessions/{session_id}/resources/applicant-profile",
        |it| on(it, applicant_profile::put),
    ),
    route(
        Method::DELETE,
        "/sessions/{session_id}/client-session-token",
        |it| on(it, end_user::end_session),
    ),
];

const fn route(
    method: Method,
    path: &'static str,
    handler: fn(MethodFilter) -> MethodRouter<App>,
) -> Route {
    Route {
        method,
        path,
        handler,
    }
}

/// The API under [`BASE_PATH`].
pub(crate) fn router() -> Router<App> {
    let mut api = Router::new();
    for route in ROUTES {
        // Only methods outside of HTTP's own have no filter.
        if let Ok(filter) = MethodFilter::try_from(route.method.clone()) {
            api = api.route(route.path, (route.handler)(filter));
        }
    }
    api.fallback(unknown_path)
        .method_not_allowed_fallback(wrong_method)
        .layer(middleware::from_fn(keep_private))
}

async fn unknown_path() -> ApiError {
    ApiError::new(
        StatusCode::NOT_FOUND,
        ApiErrorCode::ResourceNotFound,
        "There is no such operation; see openapi.json",
    )
}

async fn wrong_method() -> ApiError {
    ApiError::new(
        StatusCode::METHOD_NOT_ALLOWED,
        ApiErrorCode::MalformedRequest,
        "There is no such operation on this path; see openapi.json",
    )
}

/// Nothing of a session belongs in a cache, and nothing is what it is not.
async fn keep_private(request: Request, next: Next) -> Response {
    const HEADERS: [(HeaderName, HeaderValue); 2] = [
        (CACHE_CONTROL, HeaderValue::from_static("no-store")),
        (X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
    ];
    let mut response = next.run(request).await;
    response.headers_mut().extend(HEADERS);
    response
}

//! Refusals, and how they look on the wire.

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use vestibule::domain::session::resource::{ApiErrorCode, ErrorBody, FieldError};

/// A refusal of the API: a status and the published error body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ApiError {
    status: StatusCode,
    body: ErrorBody,
}

/// What a handler answers.
pub(crate) type ApiResult<T> = Result<T, ApiError>;

impl ApiError {
    /// A refusal without field errors.
    pub(crate) fn new(status: StatusCode, code: ApiErrorCode, message: impl Into<String>) -> Self {
        Self {
            status,
            body: ErrorBody {
                code,
                message: Some(message.into()),
                errors: Vec::new(),
            },
        }
    }

    /// 400 with every wrong field.
    pub(crate) fn validation(errors: Vec<FieldError>) -> Self {
        let mut refusal = Self::new(
            StatusCode::BAD_REQUEST,
            ApiErrorCode::PayloadValidation,
            "The payload has errors",
        );
        refusal.body.errors = errors;
        refusal
    }

    /// 400 with one wrong field.
    pub(crate) fn field(property: &str, message: impl Into<String>) -> Self {
        Self::validation(vec![FieldError {
            property: property.to_owned(),
            message: message.into(),
        }])
    }

    /// 400: the request can't be read.
    pub(crate) fn malformed(message: impl Into<String>) -> Self {
        Self::new(
            StatusCode::BAD_REQUEST,
            ApiErrorCode::MalformedRequest,
            message,
        )
    }

    /// 401: the token or the signature does not open this.
    pub(crate) fn bad_token(message: impl Into<String>) -> Self {
        Self::new(StatusCode::UNAUTHORIZED, ApiErrorCode::BadToken, message)
    }

    /// 404: no such session.
    pub(crate) fn session_not_found() -> Self {
        Self::new(
            StatusCode::NOT_FOUND,
            ApiErrorCode::SessionNotFound,
            "There is no such session",
        )
    }

    /// 404: no such resource or media in this session.
    pub(crate) fn resource_not_found(what: &str) -> Self {
        Self::new(
            StatusCode::NOT_FOUND,
            ApiErrorCode::ResourceNotFound,
            format!("There is no such {what} in this session"),
        )
    }

    /// 410: the code of a handoff does not work, or no longer.
    pub(crate) fn handoff_code_spent() -> Self {
        Self::new(
            StatusCode::GONE,
            ApiErrorCode::HandoffCodeSpent,
            "The code is unknown, used or over",
        )
    }

    /// 409 with a code.
    pub(crate) fn conflict(code: ApiErrorCode, message: impl Into<String>) -> Self {
        Self::new(StatusCode::CONFLICT, code, message)
    }

    /// 413: too many bytes or too many pixels.
    pub(crate) fn too_large(message: impl Into<String>) -> Self {
        Self::new(
            StatusCode::PAYLOAD_TOO_LARGE,
            ApiErrorCode::PayloadTooLarge,
            message,
        )
    }

    /// 415: not a picture that we accept.
    pub(crate) fn unsupported_media(message: impl Into<String>) -> Self {
        Self::new(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            ApiErrorCode::UnsupportedMedia,
            message,
        )
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        (self.status, Json(self.body)).into_response()
    }
}

//! The client session token, as the end user's client sends it.

use axum::http::HeaderMap;

/// The header that carries the token; it never travels in a query.
pub(crate) const TOKEN_HEADER: &str = "x-yoti-auth-token";

/// The token of a request, if it carries one.
pub(crate) fn bearer_token(headers: &HeaderMap) -> Option<&str> {
    headers.get(TOKEN_HEADER)?.to_str().ok()
}

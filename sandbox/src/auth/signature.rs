//! Signed requests of back ends.
//!
//! A back end signs `METHOD&path?query[&base64(body)]`, the path counted from
//! the base address, and sends the signature as `X-Yoti-Auth-Digest`
//! (contract §1).
//! The query is taken as it came: SDKs order its parameters differently.

use axum::body::Bytes;
use axum::extract::{FromRequest, OriginalUri, Request};
use axum::http::{HeaderMap, Method};
use axum::{RequestExt, body};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use jiff::Timestamp;
use uuid::Uuid;

use crate::error::{ApiError, ApiResult};
use crate::routes::BASE_PATH;
use crate::state::App;

/// The header that carries the signature.
pub(crate) const DIGEST_HEADER: &str = "x-yoti-auth-digest";

/// How far a caller's clock may be off.
const SKEW_S: u64 = 300;

/// The largest signed body: a picture and what surrounds it.
const BODY_LIMIT_BYTES: usize = 11_000_000;

/// A request that is signed by a known back end, with its body.
#[derive(Debug)]
pub(crate) struct Signed(pub(crate) Bytes);

impl FromRequest<App> for Signed {
    type Rejection = ApiError;

    async fn from_request(request: Request, app: &App) -> Result<Self, ApiError> {
        let signed = SignedRequest::read(request).await?;
        signed.verify(app)?;
        Ok(Self(signed.body))
    }
}

/// What a signature is about.
#[derive(Debug)]
pub(crate) struct SignedRequest {
    method: Method,
    path: String,
    query: String,
    headers: HeaderMap,
    body: Bytes,
}

impl SignedRequest {
    /// Whether the request claims to be signed.
    pub(crate) fn is_claimed(headers: &HeaderMap) -> bool {
        headers.contains_key(DIGEST_HEADER)
    }

    /// Reads a request to its end.
    pub(crate) async fn read(mut request: Request) -> ApiResult<Self> {
        let OriginalUri(uri) = request
            .extract_parts::<OriginalUri>()
            .await
            .map_err(|impossible| match impossible {})?;
        let (parts, stream) = request.into_parts();
        let body = body::to_bytes(stream, BODY_LIMIT_BYTES)
            .await
            .map_err(|_too_long| ApiError::too_large("The body is too large"))?;
        Ok(Self {
            method: parts.method,
            path: uri.path().to_owned(),
            query: uri.query().unwrap_or_default().to_owned(),
            headers: parts.headers,
            body,
        })
    }

    /// The body, once it is no longer needed for the signature.
    pub(crate) fn into_body(self) -> Bytes {
        self.body
    }

    /// Checks the signature, the caller, the time and the nonce.
    ///
    /// # Errors
    ///
    /// 401 `BAD_TOKEN` with what is wrong. The nonce is used up only by a
    /// request whose signature is right, so nobody else can burn it.
    pub(crate) fn verify(&self, app: &App) -> ApiResult<()> {
        let digest = self
            .headers
            .get(DIGEST_HEADER)
            .and_then(|value| value.to_str().ok())
            .ok_or_else(|| ApiError::bad_token("header X-Yoti-Auth-Digest is missing"))?;
        if let Some(sdk_id) = self.parameter("sdkId") {
            if sdk_id != app.keys().sdk_id() {
                return Err(ApiError::bad_token("sdkId is not the one of this sandbox"));
            }
        } else if !self.may_omit_sdk_id() {
            return Err(ApiError::bad_token("query parameter sdkId is missing"));
        }
        let nonce = self
            .parameter("nonce")
            .and_then(|text| Uuid::parse_str(text).ok())
            .ok_or_else(|| ApiError::bad_token("query parameter nonce must be a UUID"))?;
        self.verify_timestamp()?;
        let signature = STANDARD
            .decode(digest)
            .map_err(|_not_base64| ApiError::bad_token("the digest is not base64"))?;
        if !app.keys().verifies(self.message().as_bytes(), &signature) {
            return Err(ApiError::bad_token(
                "the digest does not fit the request and the key",
            ));
        }
        if app.use_up_nonce(nonce) {
            Ok(())
        } else {
            Err(ApiError::bad_token("the nonce has been used before"))
        }
    }

    /// The published sandbox SDKs name the application in the path instead.
    fn may_omit_sdk_id(&self) -> bool {
        self.path.starts_with(&format!("{BASE_PATH}/apps/"))
    }

    fn verify_timestamp(&self) -> ApiResult<()> {
        let stamp: i64 = self
            .parameter("timestamp")
            .and_then(|text| text.parse().ok())
            .ok_or_else(|| ApiError::bad_token("query parameter timestamp must be a number"))?;
        // The official Java SDK sends a monotonic counter instead of the
        // time, so there is nothing to compare; the nonce alone protects it.
        let counts = self
            .headers
            .get("x-yoti-sdk")
            .is_some_and(|sdk| sdk.as_bytes() == b"Java");
        if counts {
            return Ok(());
        }
        let now_s = Timestamp::now().as_second();
        if now_s.abs_diff(epoch_seconds(stamp)) <= SKEW_S {
            Ok(())
        } else {
            Err(ApiError::bad_token(format!(
                "the timestamp is more than {SKEW_S} s away from the time of the service"
            )))
        }
    }

    fn message(&self) -> String {
        let path = self.path.strip_prefix(BASE_PATH).unwrap_or(&self.path);
        let mut message = format!("{}&{path}?{}", self.method, self.query);
        if !self.body.is_empty() {
            message.push('&');
            message.push_str(&STANDARD.encode(&self.body));
        }
        message
    }

    fn parameter(&self, name: &str) -> Option<&str> {
        self.query.split('&').find_map(|pair| {
            let (key, value) = pair.split_once('=')?;
            (key == name).then_some(value)
        })
    }
}

/// SDKs send seconds, milliseconds or microseconds; all three are far apart.
fn epoch_seconds(stamp: i64) -> i64 {
    match stamp {
        i64::MIN..100_000_000_000 => stamp,
        100_000_000_000..100_000_000_000_000 => stamp / 1_000,
        _ => stamp / 1_000_000,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_timestamp_is_read_in_any_of_the_units_that_sdks_use() {
        for stamp in [1_790_000_000, 1_790_000_000_000, 1_790_000_000_000_000] {
            assert_eq!(epoch_seconds(stamp), 1_790_000_000);
        }
    }
}

//! Small requests by `fetch`, with a time limit.
//!
//! Uploads need progress and go through [`super::upload`].

use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    AbortController, Blob, Headers, ReferrerPolicy, RequestCache, RequestCredentials, RequestInit,
    RequestRedirect, Response,
};

use super::clock;
use super::window;

/// A request.
pub struct Request<'a> {
    /// `GET`, `POST`, `PUT` or `DELETE`.
    pub method: &'a str,
    /// The address; a relative one counts from the document's base.
    pub address: &'a str,
    /// Names and values.
    pub headers: &'a [(&'a str, &'a str)],
    /// What is sent, if anything.
    pub body: Option<&'a str>,
    /// Whether the browser may answer from what it kept.
    pub is_cacheable: bool,
    /// How long to wait for the whole answer.
    pub limit_ms: u64,
}

/// An answer, whatever its status.
pub struct Answer {
    /// The status.
    pub status: u16,
    /// The body.
    pub body: String,
}

/// No answer came: no network, no server, or not in time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("no answer came")]
pub struct NoAnswer;

/// Stops the request when dropped, which does nothing once it is complete.
struct AbortOnDrop(AbortController);

impl Drop for AbortOnDrop {
    fn drop(&mut self) {
        self.0.abort();
    }
}

/// Sends a request and reads its whole answer; dropping the future stops it.
///
/// # Errors
///
/// When no complete answer came in time.
pub async fn send(request: Request<'_>) -> Result<Answer, NoAnswer> {
    exchange(request, false).await.map(|(answer, _)| answer)
}

/// The same for a file: what succeeded is bytes, what was refused is text.
///
/// # Errors
///
/// When no complete answer came in time.
pub async fn send_for_bytes(request: Request<'_>) -> Result<(Answer, Option<Blob>), NoAnswer> {
    exchange(request, true).await
}

async fn exchange(
    request: Request<'_>,
    wants_bytes: bool,
) -> Result<(Answer, Option<Blob>), NoAnswer> {
    let controller = AbortOnDrop(AbortController::new().ok().ok_or(NoAnswer)?);
    let init = prepare(&request, &controller.0).ok_or(NoAnswer)?;
    let window = window::window().ok_or(NoAnswer)?;
    let promise = window.fetch_with_str_and_init(request.address, &init);
    let exchange = async {
        let response: Response = JsFuture::from(promise).await.ok()?.dyn_into().ok()?;
        let status = response.status();
        if wants_bytes && response.ok() {
            let blob = JsFuture::from(response.blob().ok()?).await.ok()?;
            let body = String::new();
            return Some((Answer { status, body }, blob.dyn_into().ok()));
        }
        let body = JsFuture::from(response.text().ok()?).await.ok()?;
        let body = body.as_string()?;
        Some((Answer { status, body }, None))
    };
    clock::within(request.limit_ms, exchange)
        .await
        .flatten()
        .ok_or(NoAnswer)
}

fn prepare(request: &Request<'_>, controller: &AbortController) -> Option<RequestInit> {
    let init = RequestInit::new();
    init.set_method(request.method);
    init.set_signal(Some(&controller.signal()));
    init.set_credentials(RequestCredentials::Omit);
    init.set_referrer_policy(ReferrerPolicy::NoReferrer);
    // A redirect would carry our headers to wherever it points.
    init.set_redirect(RequestRedirect::Error);
    init.set_cache(if request.is_cacheable {
        RequestCache::Default
    } else {
        RequestCache::NoStore
    });
    let headers = Headers::new().ok()?;
    for (name, value) in request.headers {
        headers.append(name, value).ok()?;
    }
    init.set_headers_headers(&headers);
    init.set_body_opt_str(request.body);
    Some(init)
}

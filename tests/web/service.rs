//! The wire, with `fetch` and `XMLHttpRequest` replaced by ones that take notes.

use std::rc::Rc;

use vestibule::domain::flow::{NewResource, ResourceKind, ResourceRef, UploadPart, UploadProgress};
use vestibule::domain::launch::{ClientToken, Credentials};
use vestibule::domain::service::ServiceError;
use vestibule::domain::session::config::DocumentType;
use vestibule::domain::session::resource::{
    ApiErrorCode, CaptureMethod, NewIdDocument, RecommendationValue, TaskState,
};
use vestibule::web::fetch::NoAnswer;
use vestibule::web::service::{Part, Service, base_of};
use vestibule::web::upload::{FormRequest, Upload};
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{Blob, FormData};

use crate::support::{Notes, Stub, js, js_async, until};

pub(crate) const BASE: &str = "http://127.0.0.1:8700/idverify/v1";

pub(crate) fn service() -> Service {
    Service::new(
        BASE.to_owned(),
        Credentials {
            session_id: "s/1".to_owned(),
            token: ClientToken::new("secret".to_owned()),
            handoff_id: None,
        },
    )
}

/// A `fetch` that notes every request and answers all of them the same.
pub(crate) fn answering(status: u16, body: &str) -> Stub {
    js("globalThis.__asked = []");
    let body = if body.is_empty() {
        "null".to_owned()
    } else {
        format!("`{body}`")
    };
    Stub::new(
        "fetch",
        &format!(
            "(address, init) => {{
               __asked.push({{ address, method: init.method, body: init.body ?? null,
                 headers: Object.fromEntries(init.headers), credentials: init.credentials, cache: init.cache,
                 referrerPolicy: init.referrerPolicy, redirect: init.redirect }});
               return Promise.resolve(new Response({body}, {{ status: {status} }}));
             }}"
        ),
    )
}

pub(crate) fn asked() -> String {
    js("__asked.map((one) => `${one.method} ${one.address} ${one.body ?? ''}`.trim()).join('\\n')")
        .as_string()
        .unwrap()
}

pub(crate) fn assert_token_is_only_in_its_header() {
    assert_eq!(
        js("__asked.every((one) => one.headers['x-yoti-auth-token'] === 'secret')"),
        true
    );
    assert_eq!(
        js("__asked.some((one) => `${one.address}${one.body}`.includes('secret'))"),
        false
    );
}

#[wasm_bindgen_test]
fn the_base_is_everything_before_web() {
    let cases = [
        ("http://127.0.0.1:8700/idverify/v1/web/index.html", BASE),
        (
            "https://api.example/idverify/v1/web/",
            "https://api.example/idverify/v1",
        ),
        (
            "https://api.example/web/v1/web/index.html",
            "https://api.example/web/v1",
        ),
        ("http://127.0.0.1:8080/index.html", "http://127.0.0.1:8080"),
        ("http://127.0.0.1:8080/", "http://127.0.0.1:8080"),
    ];
    for (address, base) in cases {
        assert_eq!(base_of(address), base, "{address}");
    }
}

#[wasm_bindgen_test]
async fn the_configuration_is_read_with_the_token_in_its_header() {
    let _fetch = answering(
        200,
        r#"{"session_id":"s/1","client_session_token_ttl":599,"capture":{"biometric_consent":"NOT_REQUIRED"}}"#,
    );
    let configuration = service().configuration().await.unwrap();
    assert_eq!(configuration.client_session_token_ttl, 599);
    assert_eq!(asked(), format!("GET {BASE}/sessions/s%2F1/configuration"));
    assert_token_is_only_in_its_header();
    let policy = "((one) => [one.credentials, one.cache, one.referrerPolicy, one.redirect].join())(__asked[0])";
    assert_eq!(
        js(policy).as_string().as_deref(),
        Some("omit,no-store,no-referrer,error")
    );
}

#[wasm_bindgen_test]
async fn a_document_is_created() {
    let _fetch = answering(201, r#"{"id":"d1"}"#);
    let document = NewIdDocument {
        requirement_id: "r1".to_owned(),
        document_type: DocumentType::Passport,
        issuing_country: "GBR".to_owned(),
    };
    assert_eq!(
        service()
            .create(&NewResource::IdDocument(document))
            .await
            .unwrap(),
        "d1"
    );
    assert_eq!(
        asked(),
        format!(
            "POST {BASE}/sessions/s%2F1/resources/id-documents \
             {{\"requirement_id\":\"r1\",\"document_type\":\"PASSPORT\",\"issuing_country\":\"GBR\"}}"
        )
    );
    assert_eq!(
        js("__asked[0].headers['content-type']")
            .as_string()
            .as_deref(),
        Some("application/json")
    );
    assert_token_is_only_in_its_header();
}

#[wasm_bindgen_test]
async fn extraction_is_asked_for_and_read() {
    let _fetch = answering(
        200,
        r#"{"id":"t1","state":"FAILED","recommendation":{"value":"MUST_TRY_AGAIN"},"attempts_remaining":{"GENERIC":1}}"#,
    );
    let state = service().start_judging(&document()).await.unwrap();
    assert_eq!(state.state, TaskState::Failed);
    assert_eq!(
        state.recommendation.unwrap().value,
        RecommendationValue::MustTryAgain
    );
    service().read_judgement(&document()).await.unwrap();
    let address = format!("{BASE}/sessions/s%2F1/resources/id-documents/d%2F1/text-extraction");
    assert_eq!(asked(), format!("PUT {address}\nGET {address}"));
    assert_token_is_only_in_its_header();
}

#[wasm_bindgen_test]
async fn the_end_deletes_the_token() {
    let _fetch = answering(204, "");
    service().finish().await.unwrap();
    assert_eq!(
        asked(),
        format!("DELETE {BASE}/sessions/s%2F1/client-session-token")
    );
    assert_token_is_only_in_its_header();
}

#[wasm_bindgen_test]
async fn refusals_become_what_can_be_done() {
    let cases = [
        (401, r#"{"code":"BAD_TOKEN"}"#, ServiceError::Unauthorised),
        (
            404,
            r#"{"code":"SESSION_NOT_FOUND"}"#,
            ServiceError::SessionNotFound,
        ),
        (
            404,
            r#"{"code":"RESOURCE_NOT_FOUND"}"#,
            ServiceError::Refused(ApiErrorCode::ResourceNotFound),
        ),
        (
            409,
            r#"{"code":"SESSION_EXPIRED"}"#,
            ServiceError::SessionExpired,
        ),
        (
            409,
            r#"{"code":"ATTEMPTS_EXHAUSTED","message":"no"}"#,
            ServiceError::AttemptsExhausted,
        ),
        (413, "<h1>Too large</h1>", ServiceError::PictureRefused),
        (503, "<h1>Bad gateway</h1>", ServiceError::Unavailable),
        (502, "", ServiceError::Unavailable),
        (200, "<!doctype html>", ServiceError::Malformed),
        (200, r#"{"id":1}"#, ServiceError::Malformed),
    ];
    for (status, body, error) in cases {
        let _fetch = answering(status, body);
        assert_eq!(
            service().configuration().await.unwrap_err(),
            error,
            "{status} {body}"
        );
    }
}

#[wasm_bindgen_test]
async fn no_network_is_unreachable() {
    let _offline = Stub::new(
        "fetch",
        "() => Promise.reject(new TypeError('Failed to fetch'))",
    );
    assert_eq!(
        service().configuration().await.unwrap_err(),
        ServiceError::Unreachable
    );
}

#[wasm_bindgen_test]
async fn a_call_that_nobody_waits_for_is_stopped() {
    js("globalThis.__stopped = false");
    let _endless = Stub::new(
        "fetch",
        "(address, init) => {
           init.signal.addEventListener('abort', () => { __stopped = true });
           return new Promise(() => {});
         }",
    );
    let service = service();
    let mut call = Box::pin(service.configuration());
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    assert!(call.as_mut().poll(&mut context).is_pending());
    drop(call);
    assert_eq!(js("__stopped"), true);
}

/// An `XMLHttpRequest` that does what `__request` is told to.
fn requests() -> Stub {
    Stub::new(
        "XMLHttpRequest",
        "class extends EventTarget {
           constructor() { super(); this.upload = new EventTarget(); this.headers = {}; this.status = 0; globalThis.__request = this }
           open(method, address) { this.method = method; this.address = address }
           setRequestHeader(name, value) { this.headers[name] = value }
           send(form) { this.form = form }
           abort() { this.isAborted = true }
           progress(loaded, total) { this.upload.dispatchEvent(new ProgressEvent('progress', { loaded, total, lengthComputable: true })) }
           answer(status, text) { this.status = status; this.responseText = text; this.dispatchEvent(new Event('load')) }
         }",
    )
}

fn document() -> ResourceRef {
    ResourceRef {
        kind: ResourceKind::IdDocument,
        id: "d/1".to_owned(),
    }
}

fn picture() -> Blob {
    Blob::new_with_str_sequence(&js("['picture bytes']")).unwrap()
}

fn upload(
    picture: &Blob,
    progress: &Notes<UploadProgress>,
) -> (
    vestibule::web::upload::Stop,
    impl Future<Output = Result<(), ServiceError>> + use<>,
) {
    let part = Part {
        resource: &document(),
        part: UploadPart::Page(2),
        content: picture,
        capture_method: &CaptureMethod::Camera,
        corners: None,
        idempotency_key: "key-1",
    };
    service().upload(part, Box::new(progress.taker()))
}

/// Polls a future in the background; its outcome.
fn outcome<T: Clone + 'static>(future: impl Future<Output = T> + 'static) -> Rc<Notes<T>> {
    let notes = Rc::new(Notes::new());
    let mut take = notes.taker();
    wasm_bindgen_futures::spawn_local(async move { take(future.await) });
    notes
}

#[wasm_bindgen_test]
async fn a_page_is_sent_as_written_down() {
    let _requests = requests();
    let progress = Notes::new();
    let (_stop, future) = upload(&picture(), &progress);
    assert_eq!(
        js("`${__request.method} ${__request.address}`")
            .as_string()
            .unwrap(),
        format!("PUT {BASE}/sessions/s%2F1/resources/id-documents/d%2F1/pages/2")
    );
    assert_eq!(
        js("JSON.stringify(__request.headers)")
            .as_string()
            .as_deref(),
        Some(
            r#"{"X-Yoti-Auth-Token":"secret","X-Client-Version":"0.1.0","Idempotency-Key":"key-1"}"#
        )
    );
    let parts = js_async(
        "Promise.all([...__request.form].map(async ([name, part]) => \
           [name, part.type, part.name, await part.text()].join('|'))).then((parts) => parts.join('\\n'))",
    )
    .await;
    assert_eq!(
        parts.as_string().as_deref(),
        Some(
            "descriptor|application/json|blob|{\"capture_method\":\"CAMERA\"}\n\
             binary-content||page-2.jpg|picture bytes"
        )
    );
    js("__request.progress(5, 13)");
    js("__request.progress(13, 13)");
    assert_eq!(
        progress.all(),
        [(5, 13), (13, 13)].map(|(sent_bytes, total_bytes)| UploadProgress {
            sent_bytes,
            total_bytes
        })
    );
    js(r#"__request.answer(200, '{"media":{"id":"m1"}}')"#);
    assert_eq!(future.await, Ok(()));
}

#[wasm_bindgen_test]
async fn a_refused_page_says_why() {
    for (status, body, error) in [
        (401, r#"{"code":"BAD_TOKEN"}"#, ServiceError::Unauthorised),
        (413, "", ServiceError::PictureRefused),
        (
            415,
            r#"{"code":"UNSUPPORTED_MEDIA"}"#,
            ServiceError::PictureRefused,
        ),
        (503, "<h1>", ServiceError::Unavailable),
    ] {
        let _requests = requests();
        let (_stop, future) = upload(&picture(), &Notes::new());
        js(&format!("__request.answer({status}, '{body}')"));
        assert_eq!(future.await, Err(error), "{status}");
    }
}

#[wasm_bindgen_test]
async fn an_interrupted_upload_is_unreachable() {
    let _requests = requests();
    let (_stop, future) = upload(&picture(), &Notes::new());
    js("__request.dispatchEvent(new Event('error'))");
    assert_eq!(future.await, Err(ServiceError::Unreachable));
}

#[wasm_bindgen_test]
async fn a_stopped_upload_ends() {
    let _requests = requests();
    let (stop, future) = upload(&picture(), &Notes::new());
    let outcome = outcome(future);
    stop.stop();
    assert_eq!(js("__request.isAborted"), true);
    until("the upload ended", || outcome.len() > 0).await;
    assert_eq!(outcome.all(), [Err(ServiceError::Unreachable)]);
    // Stopping again, or after the end, does nothing.
    stop.stop();
}

#[wasm_bindgen_test]
fn an_upload_that_nobody_waits_for_is_stopped() {
    let _requests = requests();
    let progress = Notes::new();
    let (_stop, future) = upload(&picture(), &progress);
    drop(future);
    assert_eq!(js("__request.isAborted"), true);
    js("__request.progress(1, 2)");
    assert_eq!(progress.len(), 0, "and it is silent");
}

#[wasm_bindgen_test]
async fn an_upload_that_stands_still_is_given_up_but_a_slow_one_is_not() {
    let _requests = requests();
    let form = FormData::new().unwrap();
    let request = FormRequest {
        method: "PUT",
        address: "/x",
        headers: &[],
        form: &form,
        stall_limit_ms: 300,
    };
    let upload = Upload::start(&request, Box::new(|_| {})).unwrap();
    let outcome = outcome(async move { upload.await.map(|answer| answer.status) });
    let started = js_sys::Date::now();
    until("it was slow for longer than the limit", || {
        js("__request.progress(1, 2)");
        js_sys::Date::now() - started > 600.0
    })
    .await;
    assert_eq!(outcome.len(), 0, "something moved all the time");
    until("it was given up", || outcome.len() > 0).await;
    assert_eq!(outcome.all(), [Err(NoAnswer)]);
    assert_eq!(js("__request.isAborted"), true);
}

#[wasm_bindgen_test]
async fn a_real_request_that_nobody_answers_is_unreachable() {
    // Port 9 is blocked by every browser.
    let service = Service::new(
        "http://127.0.0.1:9".to_owned(),
        Credentials {
            session_id: "s".to_owned(),
            token: ClientToken::new("t".to_owned()),
            handoff_id: None,
        },
    );
    assert_eq!(
        service.configuration().await.unwrap_err(),
        ServiceError::Unreachable
    );
    let part = Part {
        resource: &document(),
        part: UploadPart::Page(1),
        content: &picture(),
        capture_method: &CaptureMethod::Upload,
        corners: None,
        idempotency_key: "k",
    };
    let (_stop, future) = service.upload(part, Box::new(|_| {}));
    assert_eq!(future.await, Err(ServiceError::Unreachable));
}

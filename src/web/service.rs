//! The service's wire: the only file of the client that knows it.
//!
//! What is asked and answered is written down in `docs/client-api.md`.
//! The token goes out in a header and nowhere else.

use std::future::Future;

use serde::Serialize;
use web_sys::{Blob, BlobPropertyBag, FormData};

use crate::domain::flow::UploadProgress;
use crate::domain::json::{self, ReadError};
use crate::domain::launch::Credentials;
use crate::domain::service::ServiceError;
use crate::domain::session::Configuration;
use crate::domain::session::resource::{
    CaptureMethod, NewIdDocument, PageDescriptor, TextExtraction,
};

use super::fetch::{self, Answer, NoAnswer, Request};
use super::navigation;
use super::upload::{FormRequest, Stop, Upload};

const TOKEN_HEADER: &str = "X-Yoti-Auth-Token";
const IDEMPOTENCY_HEADER: &str = "Idempotency-Key";

/// How long a small answer may take.
const ANSWER_LIMIT_MS: u64 = 20_000;

/// How long an upload may stand still.
const STALL_LIMIT_MS: u64 = 30_000;

impl From<NoAnswer> for ServiceError {
    fn from(_: NoAnswer) -> Self {
        Self::Unreachable
    }
}

/// The service, as one session sees it.
#[derive(Clone)]
pub struct Service {
    base: String,
    credentials: Credentials,
}

/// One page to send.
#[derive(Clone, Copy)]
pub struct Page<'a> {
    /// The document it belongs to.
    pub document_id: &'a str,
    /// Counted from 1.
    pub number: u32,
    /// The picture.
    pub picture: &'a Blob,
    /// How it was made.
    pub capture_method: &'a CaptureMethod,
    /// The same for every attempt to send this picture.
    pub idempotency_key: &'a str,
}

/// The base of the service that serves this page: everything before `/web/`.
#[must_use]
pub fn own_base() -> Option<String> {
    navigation::page_address().map(|address| base_of(&address))
}

/// The base that a page of the service belongs to.
///
/// A page that is served from elsewhere (a development server) asks its root.
#[must_use]
pub fn base_of(page_address: &str) -> String {
    if let Some((base, _)) = page_address.rsplit_once("/web/") {
        return base.to_owned();
    }
    let (scheme, rest) = page_address.split_once("://").unwrap_or(("", page_address));
    let host = rest.split('/').next().unwrap_or(rest);
    if scheme.is_empty() {
        String::new()
    } else {
        format!("{scheme}://{host}")
    }
}

impl Service {
    /// The service at this base, for this session.
    #[must_use]
    pub fn new(base: String, credentials: Credentials) -> Self {
        Self { base, credentials }
    }

    /// What the session requires.
    ///
    /// # Errors
    ///
    /// When the service does not answer, refuses, or says what can't be read.
    pub async fn configuration(&self) -> Result<Configuration, ServiceError> {
        read(
            &self.call("GET", "configuration", None).await?,
            json::configuration,
        )
    }

    /// Creates a document; its id.
    ///
    /// # Errors
    ///
    /// As [`Self::configuration`].
    pub async fn create_document(&self, document: &NewIdDocument) -> Result<String, ServiceError> {
        let body = to_json(document)?;
        let answer = self
            .call("POST", "resources/id-documents", Some(&body))
            .await?;
        read(&answer, json::created_id)
    }

    /// Sends one page.
    ///
    /// The future is the outcome; dropping it stops the upload, and so does
    /// the handle, after which the outcome is [`ServiceError::Unreachable`].
    pub fn upload_page(
        &self,
        page: Page<'_>,
        on_progress: Box<dyn FnMut(UploadProgress)>,
    ) -> (Stop, impl Future<Output = Result<(), ServiceError>> + use<>) {
        let upload = self.start_upload(page, on_progress);
        let stop = upload.as_ref().map(Upload::stop_handle).unwrap_or_default();
        (stop, async move { accept(&upload?.await?) })
    }

    fn start_upload(
        &self,
        page: Page<'_>,
        on_progress: Box<dyn FnMut(UploadProgress)>,
    ) -> Result<Upload, ServiceError> {
        let form = page_form(page).ok_or(NoAnswer)?;
        let path = format!(
            "resources/id-documents/{}/pages/{}",
            encode(page.document_id),
            page.number
        );
        let request = FormRequest {
            method: "PUT",
            address: &self.address(&path),
            headers: &[
                (TOKEN_HEADER, self.credentials.token.reveal()),
                (IDEMPOTENCY_HEADER, page.idempotency_key),
            ],
            form: &form,
            stall_limit_ms: STALL_LIMIT_MS,
        };
        Ok(Upload::start(&request, on_progress)?)
    }

    /// Asks for text extraction of a document.
    ///
    /// # Errors
    ///
    /// As [`Self::configuration`].
    pub async fn start_extraction(
        &self,
        document_id: &str,
    ) -> Result<TextExtraction, ServiceError> {
        self.extraction("PUT", document_id).await
    }

    /// The state of the text extraction of a document.
    ///
    /// # Errors
    ///
    /// As [`Self::configuration`].
    pub async fn read_extraction(&self, document_id: &str) -> Result<TextExtraction, ServiceError> {
        self.extraction("GET", document_id).await
    }

    async fn extraction(
        &self,
        method: &str,
        document_id: &str,
    ) -> Result<TextExtraction, ServiceError> {
        let path = format!(
            "resources/id-documents/{}/text-extraction",
            encode(document_id)
        );
        read(
            &self.call(method, &path, None).await?,
            json::text_extraction,
        )
    }

    /// Ends the session: everything has been delivered.
    ///
    /// # Errors
    ///
    /// As [`Self::configuration`].
    pub async fn finish(&self) -> Result<(), ServiceError> {
        accept(&self.call("DELETE", "client-session-token", None).await?)
    }

    async fn call(
        &self,
        method: &str,
        path: &str,
        body: Option<&str>,
    ) -> Result<Answer, ServiceError> {
        let token = (TOKEN_HEADER, self.credentials.token.reveal());
        let with_body = [token, ("Content-Type", "application/json")];
        let request = Request {
            method,
            address: &self.address(path),
            headers: if body.is_some() {
                &with_body
            } else {
                &with_body[..1]
            },
            body,
            is_cacheable: false,
            limit_ms: ANSWER_LIMIT_MS,
        };
        Ok(fetch::send(request).await?)
    }

    fn address(&self, path: &str) -> String {
        format!(
            "{}/sessions/{}/{path}",
            self.base,
            encode(&self.credentials.session_id)
        )
    }
}

/// One segment of a path.
fn encode(segment: &str) -> String {
    js_sys::encode_uri_component(segment).into()
}

fn to_json(value: &impl Serialize) -> Result<String, ServiceError> {
    // Our own types always have a JSON form.
    serde_json::to_string(value)
        .ok()
        .ok_or(ServiceError::Malformed)
}

fn page_form(page: Page<'_>) -> Option<FormData> {
    let form = FormData::new().ok()?;
    let descriptor = PageDescriptor {
        capture_method: page.capture_method.clone(),
    };
    let json = serde_json::to_string(&descriptor).ok()?;
    let kind = BlobPropertyBag::new();
    kind.set_type("application/json");
    let parts = js_sys::Array::of1(&json.into());
    let descriptor = Blob::new_with_str_sequence_and_options(&parts, &kind).ok()?;
    form.append_with_blob("descriptor", &descriptor).ok()?;
    let name = format!("page-{}.jpg", page.number);
    form.append_with_blob_and_filename("binary-content", page.picture, &name)
        .ok()?;
    Some(form)
}

fn accept(answer: &Answer) -> Result<(), ServiceError> {
    if (200..300).contains(&answer.status) {
        return Ok(());
    }
    // A gateway's error page is no JSON; the status then has to do.
    Err(ServiceError::from_answer(
        answer.status,
        json::error_code(&answer.body),
    ))
}

fn read<T>(answer: &Answer, reader: fn(&str) -> Result<T, ReadError>) -> Result<T, ServiceError> {
    accept(answer)?;
    reader(&answer.body).ok().ok_or(ServiceError::Malformed)
}

//! The service's wire: this file and those below it are the only ones of the
//! client that know it.
//!
//! What is asked and answered is written down in `docs/client-api.md`.
//! The token goes out in a header and nowhere else, except that a component for
//! liveness that a business plugs in is given it (`docs/zoom.md`).

mod forms;
mod handoff;

use std::future::Future;

use serde::Serialize;
use web_sys::{Blob, BlobPropertyBag, FormData};

use crate::domain::flow::{NewResource, ResourceKind, ResourceRef, UploadPart, UploadProgress};
use crate::domain::json::{self, ReadError};
use crate::domain::launch::Credentials;
use crate::domain::service::ServiceError;
use crate::domain::session::Configuration;
use crate::domain::session::resource::{
    CaptureMethod, ConsentDecision, ConsentRecord, PageDescriptor, TextExtraction,
};
use crate::domain::sight::Corners;

use super::fetch::{self, Answer, NoAnswer, Request};
use super::navigation;
use super::upload::{FormRequest, Stop, Upload};
use super::zoom::ZoomContext;

pub use handoff::redeem as redeem_handoff;

const TOKEN_HEADER: &str = "X-Yoti-Auth-Token";
const VERSION_HEADER: (&str, &str) = ("X-Client-Version", env!("CARGO_PKG_VERSION"));
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

/// One part of a resource to send.
#[derive(Clone, Copy)]
pub struct Part<'a> {
    /// The resource it belongs to.
    pub resource: &'a ResourceRef,
    /// Which part.
    pub part: UploadPart,
    /// The picture or file.
    pub content: &'a Blob,
    /// How it was made.
    pub capture_method: &'a CaptureMethod,
    /// Where the document is in it.
    pub corners: Option<Corners>,
    /// The same for every attempt to send this content.
    pub idempotency_key: &'a str,
}

/// Where resources of a kind are.
fn collection(kind: ResourceKind) -> &'static str {
    match kind {
        ResourceKind::IdDocument => "resources/id-documents",
        ResourceKind::SupplementaryDocument => "resources/supplementary-documents",
        ResourceKind::FaceCapture => "resources/face-capture",
        ResourceKind::StaticLiveness => "resources/liveness/static",
    }
}

fn path_of(resource: &ResourceRef, rest: &str) -> String {
    let id = encode(&resource.id);
    [collection(resource.kind), "/", &id, "/", rest].concat()
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

    /// Creates a resource; its id.
    ///
    /// # Errors
    ///
    /// As [`Self::configuration`].
    pub async fn create(&self, resource: &NewResource) -> Result<String, ServiceError> {
        let body = match resource {
            NewResource::IdDocument(new) => to_json(new),
            NewResource::SupplementaryDocument(new) => to_json(new),
            NewResource::FaceCapture(new) | NewResource::StaticLiveness(new) => to_json(new),
        }?;
        let path = collection(resource.kind());
        let answer = self.call("POST", path, Some(&body)).await?;
        read(&answer, json::created_id)
    }

    /// Sends one part of a resource.
    ///
    /// The future is the outcome; dropping it stops the upload, and so does
    /// the handle, after which the outcome is [`ServiceError::Unreachable`].
    pub fn upload(
        &self,
        part: Part<'_>,
        on_progress: Box<dyn FnMut(UploadProgress)>,
    ) -> (Stop, impl Future<Output = Result<(), ServiceError>> + use<>) {
        let upload = self.start_upload(part, on_progress);
        let stop = upload.as_ref().map(Upload::stop_handle).unwrap_or_default();
        (stop, async move { accept(&upload?.await?) })
    }

    fn start_upload(
        &self,
        part: Part<'_>,
        on_progress: Box<dyn FnMut(UploadProgress)>,
    ) -> Result<Upload, ServiceError> {
        let form = form(part).ok_or(NoAnswer)?;
        let rest = match part.part {
            UploadPart::Page(number) => format!("pages/{number}"),
            UploadPart::File => "file".to_owned(),
            UploadPart::Image => "image".to_owned(),
        };
        let request = FormRequest {
            method: "PUT",
            address: &self.address(&path_of(part.resource, &rest)),
            headers: &[
                (TOKEN_HEADER, self.credentials.token.reveal()),
                VERSION_HEADER,
                (IDEMPOTENCY_HEADER, part.idempotency_key),
            ],
            form: &form,
            stall_limit_ms: STALL_LIMIT_MS,
        };
        Ok(Upload::start(&request, on_progress)?)
    }

    /// Asks for a document to be judged.
    ///
    /// # Errors
    ///
    /// As [`Self::configuration`].
    pub async fn start_judging(
        &self,
        resource: &ResourceRef,
    ) -> Result<TextExtraction, ServiceError> {
        self.judgement("PUT", resource).await
    }

    /// What the service says of a resource so far.
    ///
    /// # Errors
    ///
    /// As [`Self::configuration`].
    pub async fn read_judgement(
        &self,
        resource: &ResourceRef,
    ) -> Result<TextExtraction, ServiceError> {
        self.judgement("GET", resource).await
    }

    async fn judgement(
        &self,
        method: &str,
        resource: &ResourceRef,
    ) -> Result<TextExtraction, ServiceError> {
        let rest = match resource.kind {
            ResourceKind::StaticLiveness => "check",
            ResourceKind::IdDocument
            | ResourceKind::SupplementaryDocument
            | ResourceKind::FaceCapture => "text-extraction",
        };
        read(
            &self.call(method, &path_of(resource, rest), None).await?,
            json::text_extraction,
        )
    }

    /// What a liveness component needs to know for a requirement.
    #[must_use]
    pub fn zoom_context(&self, requirement_id: &str) -> ZoomContext {
        ZoomContext {
            resources_url: self.address("resources"),
            requirement_id: requirement_id.to_owned(),
            auth_token: self.credentials.token.reveal().to_owned(),
        }
    }

    /// Records what the person decided about the use of their face.
    ///
    /// # Errors
    ///
    /// As [`Self::configuration`].
    pub async fn record_consent(&self, decision: ConsentDecision) -> Result<(), ServiceError> {
        let body = to_json(&ConsentRecord { decision })?;
        accept(&self.call("PUT", "biometric-consent", Some(&body)).await?)
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
        self.call_at(method, &self.address(path), body).await
    }

    async fn call_at(
        &self,
        method: &str,
        address: &str,
        body: Option<&str>,
    ) -> Result<Answer, ServiceError> {
        let token = (TOKEN_HEADER, self.credentials.token.reveal());
        let with_body = [token, VERSION_HEADER, ("Content-Type", "application/json")];
        let request = Request {
            method,
            address,
            headers: if body.is_some() {
                &with_body
            } else {
                &with_body[..2]
            },
            body,
            is_cacheable: false,
            limit_ms: ANSWER_LIMIT_MS,
        };
        Ok(fetch::send(request).await?)
    }

    /// Reads a file; nothing is kept of it in the text of the answer.
    async fn call_for_bytes(&self, path: &str) -> Result<(Answer, Option<Blob>), ServiceError> {
        let request = Request {
            method: "GET",
            address: &self.address(path),
            headers: &[
                (TOKEN_HEADER, self.credentials.token.reveal()),
                VERSION_HEADER,
            ],
            body: None,
            is_cacheable: false,
            limit_ms: ANSWER_LIMIT_MS,
        };
        Ok(fetch::send_for_bytes(request).await?)
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

fn form(part: Part<'_>) -> Option<FormData> {
    let form = FormData::new().ok()?;
    // The published upload of a face has no descriptor.
    if part.resource.kind != ResourceKind::FaceCapture {
        let descriptor = PageDescriptor {
            capture_method: part.capture_method.clone(),
            regions: part.corners.map(|corners| [corners.into()]),
        };
        let json = serde_json::to_string(&descriptor).ok()?;
        let kind = BlobPropertyBag::new();
        kind.set_type("application/json");
        let parts = js_sys::Array::of1(&json.into());
        let descriptor = Blob::new_with_str_sequence_and_options(&parts, &kind).ok()?;
        form.append_with_blob("descriptor", &descriptor).ok()?;
    }
    let name = match part.part {
        UploadPart::Page(number) => format!("page-{number}.jpg"),
        UploadPart::File => "document.pdf".to_owned(),
        UploadPart::Image => "face.jpg".to_owned(),
    };
    form.append_with_blob_and_filename("binary-content", part.content, &name)
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

//! A back end and an end user to test with.

use std::path::PathBuf;
use std::sync::LazyLock;
use std::time::{Duration, Instant};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use reqwest::header::HeaderMap;
use reqwest::multipart::{Form, Part};
use reqwest::{Method, RequestBuilder};
use rsa::RsaPrivateKey;
use rsa::pkcs1::DecodeRsaPrivateKey;
use rsa::pkcs1v15::SigningKey;
use rsa::sha2::Sha256;
use rsa::signature::{SignatureEncoding, Signer};
use serde_json::{Value, json};
use uuid::Uuid;
use vestibule_sandbox::specimen::{Defect, Document, jpeg, scene};
use vestibule_sandbox::{Clock, Options, Sandbox};

/// Longer than any judging takes, even on a busy machine.
const PATIENCE: Duration = Duration::from_secs(60);

pub(crate) static PASSPORT: LazyLock<Vec<u8>> =
    LazyLock::new(|| drawn(Document::Passport, Defect::None));
pub(crate) static BLURRED: LazyLock<Vec<u8>> =
    LazyLock::new(|| drawn(Document::Passport, Defect::Blurred));
pub(crate) static FRONT: LazyLock<Vec<u8>> =
    LazyLock::new(|| drawn(Document::LicenceFront, Defect::None));
pub(crate) static BACK: LazyLock<Vec<u8>> =
    LazyLock::new(|| drawn(Document::LicenceBack, Defect::None));

fn drawn(document: Document, defect: Defect) -> Vec<u8> {
    jpeg(&scene(document, 1280, 960, defect), 90)
}

static OPENAPI: LazyLock<Value> =
    LazyLock::new(|| serde_json::from_str(include_str!("../../openapi.json")).unwrap());

/// The keys are kept between runs: making them is slow.
pub(crate) fn data_folder() -> PathBuf {
    PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("sandbox-data")
}

/// What the service answered.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Vec<u8>,
}

impl Answer {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|error| {
            panic!(
                "{error}: {} {}",
                self.status,
                String::from_utf8_lossy(&self.body)
            )
        })
    }

    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// The JSON of an answer that must have this status.
    #[track_caller]
    pub(crate) fn expect(self, status: u16) -> Value {
        assert_eq!(self.status, status, "{}", self.text());
        if self.body.is_empty() {
            Value::Null
        } else {
            self.json()
        }
    }

    /// Checks the status and code of a refusal.
    #[track_caller]
    pub(crate) fn refused(self, status: u16, code: &str) -> Value {
        let body = self.expect(status);
        assert_eq!(body["code"], code, "{body}");
        body
    }

    /// The wrong fields of a 400, sorted.
    #[track_caller]
    pub(crate) fn wrong_fields(self) -> Vec<String> {
        let body = self.refused(400, "PAYLOAD_VALIDATION");
        let mut fields: Vec<String> = body["errors"]
            .as_array()
            .unwrap()
            .iter()
            .map(|error| {
                assert!(!error["message"].as_str().unwrap().is_empty());
                error["property"].as_str().unwrap().to_owned()
            })
            .collect();
        fields.sort();
        fields
    }
}

/// A session and its token.
#[derive(Debug, Clone)]
pub(crate) struct Session {
    pub(crate) id: String,
    pub(crate) token: String,
}

/// The service, a back end's key, an HTTP client.
pub(crate) struct Service {
    pub(crate) sandbox: Sandbox,
    pub(crate) http: reqwest::Client,
    key: SigningKey<Sha256>,
}

impl Service {
    pub(crate) async fn start() -> Self {
        Self::start_with(PathBuf::from("no-such-dist")).await
    }

    pub(crate) async fn start_with(dist: PathBuf) -> Self {
        Self::start_in(dist, PathBuf::from("no-such-gallery")).await
    }

    pub(crate) async fn start_with_gallery(gallery: PathBuf) -> Self {
        Self::start_in(PathBuf::from("no-such-dist"), gallery).await
    }

    async fn start_in(dist: PathBuf, gallery: PathBuf) -> Self {
        let options = Options {
            port: 0,
            dist,
            gallery,
            data: data_folder(),
            clock: Clock::new(),
        };
        let sandbox = Sandbox::start(options).await.unwrap();
        let pem = std::fs::read_to_string(sandbox.key_file()).unwrap();
        let key = SigningKey::new(RsaPrivateKey::from_pkcs1_pem(&pem).unwrap());
        let http = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .build()
            .unwrap();
        Self { sandbox, http, key }
    }

    pub(crate) fn advance(&self, seconds: u64) {
        self.sandbox.clock().advance(Duration::from_secs(seconds));
    }

    /// `METHOD&path?query[&base64(body)]`, signed.
    pub(crate) fn signature(&self, method: &Method, path_and_query: &str, body: &[u8]) -> String {
        let mut message = format!("{method}&{path_and_query}");
        if !body.is_empty() {
            message = format!("{message}&{}", STANDARD.encode(body));
        }
        STANDARD.encode(self.key.sign(message.as_bytes()).to_bytes())
    }

    /// The usual query of a signed request.
    pub(crate) fn query(&self) -> String {
        let now_ms = jiff::Timestamp::now().as_millisecond();
        format!(
            "sdkId={}&nonce={}&timestamp={now_ms}",
            self.sandbox.sdk_id(),
            Uuid::new_v4()
        )
    }

    pub(crate) fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.http
            .request(method, format!("{}{path}", self.sandbox.base_url()))
    }

    /// Sends a request of the API and holds the answer against its description.
    pub(crate) async fn send(&self, request: RequestBuilder) -> Answer {
        let request = request.build().unwrap();
        let (method, path) = (request.method().clone(), request.url().path().to_owned());
        let answer = answer(self.http.execute(request).await.unwrap()).await;
        let path = path.strip_prefix("/idverify/v1").unwrap();
        assert!(
            is_documented(&method, path, answer.status),
            "{method} {path}: {} is not in openapi.json: {}",
            answer.status,
            answer.text()
        );
        answer
    }

    /// A signed request with a JSON body, or none when `Null`.
    pub(crate) async fn signed(&self, method: Method, path: &str, body: Value) -> Answer {
        let bytes = if body.is_null() {
            Vec::new()
        } else {
            body.to_string().into_bytes()
        };
        let path_and_query = format!("{path}?{}", self.query());
        let digest = self.signature(&method, &path_and_query, &bytes);
        let request = self
            .request(method, &path_and_query)
            .header("X-Yoti-Auth-Digest", digest)
            .header("Content-Type", "application/json")
            .body(bytes);
        self.send(request).await
    }

    /// Creates a session, signed.
    pub(crate) async fn create(&self, payload: Value) -> Session {
        let created = self
            .signed(Method::POST, "/sessions", payload)
            .await
            .expect(201);
        let text = |key: &str| created[key].as_str().unwrap().to_owned();
        Session {
            id: text("session_id"),
            token: text("client_session_token"),
        }
    }

    /// The result, as the back end sees it.
    pub(crate) async fn result(&self, session: &Session) -> Value {
        self.signed(
            Method::GET,
            &format!("/sessions/{}", session.id),
            Value::Null,
        )
        .await
        .expect(200)
    }

    /// A request of the end user, the path from the session on.
    pub(crate) fn user(&self, method: Method, session: &Session, path: &str) -> RequestBuilder {
        self.request(method, &format!("/sessions/{}{path}", session.id))
            .header("X-Yoti-Auth-Token", &session.token)
    }

    pub(crate) async fn get(&self, session: &Session, path: &str) -> Answer {
        self.send(self.user(Method::GET, session, path)).await
    }

    pub(crate) async fn configuration(&self, session: &Session) -> Value {
        self.get(session, "/configuration").await.expect(200)
    }

    /// A request of the end user with a JSON body.
    pub(crate) async fn ask(
        &self,
        method: Method,
        session: &Session,
        path: &str,
        body: Value,
    ) -> Answer {
        self.send(self.user(method, session, path).json(&body))
            .await
    }

    /// An upload of the end user.
    pub(crate) async fn put(
        &self,
        session: &Session,
        path: &str,
        form: Form,
        key: Option<Uuid>,
    ) -> Answer {
        let mut request = self.user(Method::PUT, session, path).multipart(form);
        if let Some(key) = key {
            request = request.header("Idempotency-Key", key.to_string());
        }
        self.send(request).await
    }

    /// Says whether the face may be used.
    pub(crate) async fn decide(&self, session: &Session, decision: &str) -> Answer {
        let body = json!({ "decision": decision });
        self.ask(Method::PUT, session, "/biometric-consent", body)
            .await
    }

    /// The requirement of this kind, as the configuration shows it.
    pub(crate) async fn requirement_of(&self, session: &Session, kind: &str) -> Value {
        self.configuration(session).await["capture"]["required_resources"]
            .as_array()
            .unwrap()
            .iter()
            .find(|it| it["type"] == kind)
            .unwrap()
            .clone()
    }

    /// Creates a liveness capture.
    pub(crate) async fn start_liveness(&self, session: &Session) -> Answer {
        let requirement = self.requirement_of(session, "LIVENESS").await;
        let body = json!({ "requirement_id": requirement["id"] });
        self.ask(Method::POST, session, "/resources/liveness/static", body)
            .await
    }

    /// Sends a face and waits for the judgement.
    pub(crate) async fn deliver_face(&self, session: &Session, face: &[u8]) -> Value {
        let created = self.start_liveness(session).await.expect(201);
        let path = format!(
            "/resources/liveness/static/{}",
            created["id"].as_str().unwrap()
        );
        self.put(
            session,
            &format!("{path}/image"),
            form("CAMERA", face),
            None,
        )
        .await
        .expect(200);
        self.judgement(session, &format!("{path}/check")).await
    }

    /// The first requirement, as the configuration shows it.
    pub(crate) async fn requirement(&self, session: &Session) -> Value {
        self.configuration(session).await["capture"]["required_resources"][0].clone()
    }

    pub(crate) async fn post_document(&self, session: &Session, body: Value) -> Answer {
        let request = self
            .user(Method::POST, session, "/resources/id-documents")
            .json(&body);
        self.send(request).await
    }

    /// Starts a document for the first requirement.
    pub(crate) async fn start_document(&self, session: &Session, kind: &str) -> Answer {
        let requirement = self.requirement(session).await;
        let body = json!({
            "requirement_id": requirement["id"], "document_type": kind, "issuing_country": "UTO",
        });
        self.post_document(session, body).await
    }

    /// The id of a document that has just been started.
    pub(crate) async fn new_document(&self, session: &Session, kind: &str) -> String {
        let created = self.start_document(session, kind).await.expect(201);
        created["id"].as_str().unwrap().to_owned()
    }

    /// Uploads one side.
    pub(crate) async fn put_page(
        &self,
        session: &Session,
        document: &str,
        page: &str,
        bytes: &[u8],
        key: Option<Uuid>,
    ) -> Answer {
        self.put_form(session, document, page, form("UPLOAD", bytes), key)
            .await
    }

    pub(crate) async fn put_form(
        &self,
        session: &Session,
        document: &str,
        page: &str,
        form: Form,
        key: Option<Uuid>,
    ) -> Answer {
        let path = format!("/resources/id-documents/{document}/pages/{page}");
        self.put(session, &path, form, key).await
    }

    pub(crate) async fn hand_over(&self, session: &Session, document: &str) -> Answer {
        let path = format!("/resources/id-documents/{document}/text-extraction");
        self.send(self.user(Method::PUT, session, &path)).await
    }

    /// Asks until the document has been judged.
    pub(crate) async fn recommendation(&self, session: &Session, document: &str) -> Value {
        let path = format!("/resources/id-documents/{document}/text-extraction");
        self.judgement(session, &path).await
    }

    /// Asks at this path until something has been judged.
    pub(crate) async fn judgement(&self, session: &Session, path: &str) -> Value {
        let start = Instant::now();
        loop {
            let answer = self.get(session, path).await.expect(200);
            if answer["state"] != "PENDING" {
                return answer;
            }
            assert!(start.elapsed() < PATIENCE, "still pending");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    /// Delivers a document with these sides and waits for the judgement.
    pub(crate) async fn deliver(&self, session: &Session, kind: &str, sides: &[&[u8]]) -> Value {
        let document = self.new_document(session, kind).await;
        for (index, bytes) in sides.iter().enumerate() {
            let page = (index + 1).to_string();
            self.put_page(session, &document, &page, bytes, None)
                .await
                .expect(200);
        }
        self.hand_over(session, &document).await.expect(202);
        self.recommendation(session, &document).await
    }

    /// The person has finished.
    pub(crate) async fn end(&self, session: &Session) -> Answer {
        self.send(self.user(Method::DELETE, session, "/client-session-token"))
            .await
    }

    /// A page of the portal.
    pub(crate) async fn page(&self, path: &str) -> Answer {
        let address = format!("{}{path}", self.sandbox.portal_url().trim_end_matches('/'));
        answer(self.http.get(address).send().await.unwrap()).await
    }
}

/// The parts of an upload.
pub(crate) fn form(method: &str, bytes: &[u8]) -> Form {
    described(&json!({ "capture_method": method }), bytes)
}

/// The parts of an upload of which the client says more.
pub(crate) fn described(descriptor: &Value, bytes: &[u8]) -> Form {
    let descriptor = Part::text(descriptor.to_string())
        .mime_str("application/json")
        .unwrap();
    let picture = Part::bytes(bytes.to_vec())
        .file_name("page.jpg")
        .mime_str("image/jpeg")
        .unwrap();
    Form::new()
        .part("descriptor", descriptor)
        .part("binary-content", picture)
}

/// A session that asks for one identity document.
pub(crate) fn one_document() -> Value {
    json!({
        "requested_checks": [{ "type": "ID_DOCUMENT_AUTHENTICITY", "config": {} }],
        "requested_tasks": [{ "type": "ID_DOCUMENT_TEXT_DATA_EXTRACTION", "config": {} }],
        "required_documents": [{ "type": "ID_DOCUMENT" }],
    })
}

/// A session that asks for a live face.
pub(crate) fn one_face(max_retries: u32) -> Value {
    json!({ "requested_checks": [{ "type": "LIVENESS",
        "config": { "liveness_type": "STATIC", "max_retries": max_retries } }] })
}

/// Another photograph of the passport.
pub(crate) fn another_passport() -> Vec<u8> {
    jpeg(&scene(Document::Passport, 1600, 1200, Defect::None), 92)
}

/// A picture of one colour.
pub(crate) fn plain(level: u8) -> Vec<u8> {
    let picture = image::RgbImage::from_pixel(1280, 960, image::Rgb([level; 3]));
    vestibule_sandbox::specimen::png(&picture)
}

/// The same with other attempts.
pub(crate) fn with_attempts(generic: u32, reclassification: u32) -> Value {
    let mut payload = one_document();
    payload["sdk_config"] = json!({ "attempts_configuration": {
        "ID_DOCUMENT_TEXT_DATA_EXTRACTION":
            { "GENERIC": generic, "RECLASSIFICATION": reclassification },
    }});
    payload
}

pub(crate) async fn answer(response: reqwest::Response) -> Answer {
    Answer {
        status: response.status().as_u16(),
        headers: response.headers().clone(),
        body: response.bytes().await.unwrap().to_vec(),
    }
}

fn is_documented(method: &Method, path: &str, status: u16) -> bool {
    let found = OPENAPI["paths"]
        .as_object()
        .unwrap()
        .iter()
        .find(|(template, _)| {
            let (template, path): (Vec<_>, Vec<_>) =
                (template.split('/').collect(), path.split('/').collect());
            template.len() == path.len()
                && template
                    .iter()
                    .zip(&path)
                    .all(|(it, part)| it.starts_with('{') || it == part)
        });
    let Some((_, operations)) = found else {
        return false;
    };
    operations[method.as_str().to_lowercase()]["responses"][status.to_string()].is_object()
}

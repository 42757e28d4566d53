//! Notifications of the business: what it hears, how it is asked again, and in
//! which order.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::post;
use jiff::Timestamp;
use reqwest::Method;
use serde_json::{Value, json};
use tokio::io::AsyncReadExt;
use tokio::net::TcpListener;
use vestibule_sandbox::Clock;

use super::support::{PASSPORT, Service, Session, one_document};

/// Longer than any delivery takes, even on a busy machine.
const PATIENCE: Duration = Duration::from_secs(60);

/// A notification as it arrived, by the sandbox's clock.
#[derive(Debug, Clone)]
struct Arrival {
    body: Value,
    authorization: Option<String>,
    at: Timestamp,
}

/// A business's endpoint.
#[derive(Clone)]
struct Endpoint {
    address: String,
    arrivals: Arc<Mutex<Vec<Arrival>>>,
    /// What it answers first; afterwards it takes everything.
    answers: Arc<Mutex<VecDeque<u16>>>,
    clock: Clock,
}

impl Endpoint {
    async fn start(service: &Service, answers: &[u16]) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let endpoint = Self {
            address: format!("http://{}/hook", listener.local_addr().unwrap()),
            arrivals: Arc::default(),
            answers: Arc::new(Mutex::new(answers.iter().copied().collect())),
            clock: service.sandbox.clock().clone(),
        };
        let router = Router::new()
            .route("/hook", post(hook))
            .with_state(endpoint.clone());
        tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        endpoint
    }

    fn arrivals(&self) -> Vec<Arrival> {
        self.arrivals.lock().unwrap().clone()
    }

    fn topics(&self) -> Vec<String> {
        let topic = |it: &Arrival| it.body["topic"].as_str().unwrap().to_owned();
        self.arrivals().iter().map(topic).collect()
    }

    /// Waits for so many arrivals.
    async fn wait_for(&self, count: usize) -> Vec<Arrival> {
        until(|| self.arrivals().len() >= count).await;
        self.arrivals()
    }

    /// Waits for so many arrivals and moves the clock on meanwhile.
    async fn wait_and_advance(&self, count: usize) -> Vec<Arrival> {
        until(|| {
            self.clock.advance(Duration::from_millis(100));
            self.arrivals().len() >= count
        })
        .await;
        self.arrivals()
    }
}

async fn hook(State(endpoint): State<Endpoint>, headers: HeaderMap, body: Bytes) -> Response {
    let text = |name: &str| Some(headers.get(name)?.to_str().unwrap().to_owned());
    assert_eq!(text("content-type").as_deref(), Some("application/json"));
    let arrival = Arrival {
        body: serde_json::from_slice(&body).unwrap(),
        authorization: text("authorization"),
        at: endpoint.clock.now(),
    };
    endpoint.arrivals.lock().unwrap().push(arrival);
    match endpoint.answers.lock().unwrap().pop_front() {
        Some(307) => Redirect::temporary("/hook").into_response(),
        Some(status) => StatusCode::from_u16(status).unwrap().into_response(),
        None => StatusCode::OK.into_response(),
    }
}

async fn until(mut done: impl FnMut() -> bool) {
    let start = Instant::now();
    while !done() {
        assert!(start.elapsed() < PATIENCE, "nothing happened");
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}

/// A session that asks for one document and tells the endpoint these topics.
fn telling(endpoint: &Endpoint, topics: &[&str]) -> Value {
    let mut payload = one_document();
    payload["notifications"] = json!({ "endpoint": endpoint.address, "topics": topics });
    payload
}

/// Has the service say something: the end of a session with nothing to do.
async fn ended(service: &Service, endpoint: &Endpoint) -> Session {
    let payload = json!({ "notifications":
        { "endpoint": endpoint.address, "topics": ["CLIENT_SESSION_TOKEN_DELETED"] } });
    let session = service.create(payload).await;
    service.end(&session).await.expect(204);
    session
}

/// Waits until the session's page in the portal says this.
async fn portal_says(service: &Service, session: &Session, words: &str) {
    let path = format!("/sessions/{}", session.id);
    let start = Instant::now();
    while !service.page(&path).await.text().contains(words) {
        assert!(start.elapsed() < PATIENCE, "{words} is not in the portal");
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}

#[tokio::test]
async fn the_business_hears_of_a_whole_session_in_its_order() {
    let service = Service::start().await;
    let endpoint = Endpoint::start(&service, &[]).await;
    let topics = [
        "RESOURCE_UPDATE",
        "task_completion",
        "CHECK_COMPLETION",
        "session_completion",
        "CLIENT_SESSION_TOKEN_DELETED",
    ];
    let session = service.create(telling(&endpoint, &topics)).await;
    service.deliver(&session, "PASSPORT", &[&PASSPORT]).await;
    service.end(&session).await.expect(204);

    let arrivals = endpoint.wait_for(5).await;
    let result = service.result(&session).await;
    let document = &result["resources"]["id_documents"][0];
    let expected = [
        json!({ "topic": "RESOURCE_UPDATE", "resource_id": document["id"] }),
        json!({ "topic": "TASK_COMPLETION", "task_id": document["tasks"][0]["id"] }),
        json!({ "topic": "CLIENT_SESSION_TOKEN_DELETED" }),
        json!({ "topic": "CHECK_COMPLETION", "check_id": result["checks"][0]["id"] }),
        json!({ "topic": "SESSION_COMPLETION" }),
    ];
    assert_eq!(arrivals.len(), expected.len());
    for (arrival, mut expected) in arrivals.into_iter().zip(expected) {
        expected["session_id"] = json!(session.id);
        assert_eq!(arrival.body, expected);
        assert_eq!(arrival.authorization, None);
    }
    portal_says(&service, &session, "Session completion").await;
}

#[tokio::test]
async fn only_what_was_subscribed_to_is_sent() {
    let service = Service::start().await;
    let endpoint = Endpoint::start(&service, &[]).await;
    let session = service
        .create(telling(&endpoint, &["SESSION_COMPLETION"]))
        .await;
    service.deliver(&session, "PASSPORT", &[&PASSPORT]).await;
    service.end(&session).await.expect(204);
    endpoint.wait_for(1).await;
    // The last notification of a session: nothing came before it.
    assert_eq!(endpoint.topics(), ["SESSION_COMPLETION"]);
}

#[tokio::test]
async fn the_token_of_the_business_is_sent_as_it_asked() {
    let service = Service::start().await;
    for (kind, expected) in [
        (Value::Null, "Basic abc"),
        (json!("BASIC"), "Basic abc"),
        (json!("BEARER"), "Bearer abc"),
    ] {
        let endpoint = Endpoint::start(&service, &[]).await;
        let mut payload = telling(&endpoint, &["RESOURCE_UPDATE"]);
        payload["notifications"]["auth_token"] = json!("abc");
        payload["notifications"]["auth_type"] = kind;
        let session = service.create(payload).await;
        let document = service.new_document(&session, "PASSPORT").await;
        service
            .put_page(&session, &document, "1", &PASSPORT, None)
            .await
            .expect(200);
        let arrivals = endpoint.wait_for(1).await;
        assert_eq!(arrivals[0].authorization.as_deref(), Some(expected));
    }
}

#[tokio::test]
async fn a_notification_is_tried_five_times_with_doubling_pauses() {
    let service = Service::start().await;
    let endpoint = Endpoint::start(&service, &[500, 503, 404, 307, 500]).await;
    let session = ended(&service, &endpoint).await;
    let arrivals = endpoint.wait_and_advance(5).await;
    portal_says(&service, &session, "5 tries").await;
    portal_says(&service, &session, "Failed").await;
    for (pair, least_s) in arrivals.windows(2).zip([1, 2, 4, 8]) {
        let pause_ms = pair[1].at.duration_since(pair[0].at).as_millis();
        assert!(pause_ms >= least_s * 1000, "{pause_ms} ms, not {least_s} s");
        assert_eq!(pair[0].body, pair[1].body);
    }
}

#[tokio::test]
async fn a_notification_that_was_taken_is_not_sent_again() {
    let service = Service::start().await;
    let endpoint = Endpoint::start(&service, &[500]).await;
    let session = ended(&service, &endpoint).await;
    endpoint.wait_and_advance(2).await;
    portal_says(&service, &session, "2 tries").await;
    portal_says(&service, &session, "Delivered").await;
    service.advance(3600);
    assert_eq!(endpoint.arrivals().len(), 2);
}

#[tokio::test]
async fn later_notifications_wait_for_the_one_before_but_nobody_else_does() {
    let service = Service::start().await;
    let endpoint = Endpoint::start(&service, &[500]).await;
    let topics = ["RESOURCE_UPDATE", "TASK_COMPLETION"];
    let session = service.create(telling(&endpoint, &topics)).await;
    // The person goes on while the endpoint is down.
    service.deliver(&session, "PASSPORT", &[&PASSPORT]).await;
    endpoint.wait_and_advance(3).await;
    assert_eq!(
        endpoint.topics(),
        ["RESOURCE_UPDATE", "RESOURCE_UPDATE", "TASK_COMPLETION"]
    );
}

#[tokio::test]
async fn an_endpoint_that_is_not_there_is_tried_and_given_up() {
    let service = Service::start().await;
    // A port that was free a moment ago.
    let free = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let address = format!("http://{}/hook", free.local_addr().unwrap());
    drop(free);
    let session = service
        .create(json!({ "notifications":
            { "endpoint": address, "topics": ["CLIENT_SESSION_TOKEN_DELETED"] } }))
        .await;
    service.end(&session).await.expect(204);
    for tries in ["1 try", "2 tries", "3 tries", "4 tries", "5 tries"] {
        portal_says(&service, &session, tries).await;
        service.advance(8);
    }
    portal_says(&service, &session, "Failed").await;
}

#[tokio::test]
async fn an_https_endpoint_is_greeted_with_tls() {
    const HANDSHAKE: u8 = 0x16;
    let service = Service::start().await;
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let address = format!("https://{}/hook", listener.local_addr().unwrap());
    let session = service
        .create(json!({ "notifications": { "endpoint": address,
            "topics": ["CLIENT_SESSION_TOKEN_DELETED"], "auth_token": "secret" } }))
        .await;
    service.end(&session).await.expect(204);
    let (mut connection, _) = listener.accept().await.unwrap();
    assert_eq!(connection.read_u8().await.unwrap(), HANDSHAKE);
    // Nobody who can't prove their name gets the token.
    drop(connection);
    portal_says(&service, &session, "1 try").await;
}

#[tokio::test]
async fn checks_that_take_their_time_are_reported_when_they_are_done() {
    let service = Service::start().await;
    let endpoint = Endpoint::start(&service, &[]).await;
    let topics = [
        "CLIENT_SESSION_TOKEN_DELETED",
        "CHECK_COMPLETION",
        "SESSION_COMPLETION",
    ];
    let session = service.create(telling(&endpoint, &topics)).await;
    let script = json!({ "check_reports": { "async_report_delay": 600 } });
    service
        .sandbox
        .script_session(&session.id, &script)
        .unwrap();
    service.deliver(&session, "PASSPORT", &[&PASSPORT]).await;
    service.end(&session).await.expect(204);
    let before = endpoint.wait_for(1).await.len();
    assert_eq!(before, 1, "the checks are not done");
    service.advance(600);
    let arrivals = endpoint.wait_for(3).await;
    assert_eq!(arrivals[2].body["topic"], "SESSION_COMPLETION");
    let waited = arrivals[1].at.duration_since(arrivals[0].at);
    assert!(waited.as_secs() >= 599, "{waited:?}");
}

#[tokio::test]
async fn the_business_sends_the_letter_when_it_wants_to_and_hears_of_the_visit() {
    let service = Service::start().await;
    let endpoint = Endpoint::start(&service, &[]).await;
    let session = service
        .create(json!({
            "ibv_options": { "support": "MANDATORY" },
            "required_documents": [{ "type": "ID_DOCUMENT" }],
            "notifications": { "endpoint": endpoint.address, "topics": [
                "NEW_PDF_SUPPLIED", "INSTRUCTIONS_EMAIL_REQUESTED",
                "FIRST_BRANCH_VISIT", "THANK_YOU_EMAIL_REQUESTED", "SESSION_COMPLETION",
            ] },
        }))
        .await;
    let requirement = service.requirement(&session).await;
    let request = service
        .user(Method::PUT, &session, "/instructions")
        .json(&json!({
            "contact_profile":
                { "first_name": "Ada", "last_name": "Lovelace", "email": "ada@example.com" },
            "documents": [{ "requirement_id": requirement["id"], "document":
                { "type": "ID_DOCUMENT", "country_code": "GBR", "document_type": "PASSPORT" } }],
            "branch": { "type": "UK_POST_OFFICE", "fad_code": "1234567" },
        }));
    service.send(request).await.expect(200);

    // The business's own download is no news to it.
    let path = format!("/sessions/{}/instructions/pdf", session.id);
    let letter = service.signed(Method::GET, &path, Value::Null).await;
    assert_eq!(letter.status, 200);
    assert_eq!(service.get(&session, "/instructions/pdf").await.status, 200);
    let email = service.user(Method::POST, &session, "/instructions/email");
    service.send(email).await.expect(204);
    assert!(service.sandbox.complete_branch_visit(&session.id));
    endpoint.wait_for(5).await;
    assert_eq!(
        endpoint.topics(),
        [
            "NEW_PDF_SUPPLIED",
            "INSTRUCTIONS_EMAIL_REQUESTED",
            "FIRST_BRANCH_VISIT",
            "THANK_YOU_EMAIL_REQUESTED",
            "SESSION_COMPLETION",
        ]
    );
    let page = service.page(&format!("/sessions/{}", session.id)).await;
    assert!(!page.text().contains("E-mails"), "nothing was sent");
}

#[tokio::test]
async fn endpoints_are_https_or_on_this_machine() {
    let service = Service::start().await;
    let create = |endpoint: &str| {
        let payload = json!({ "notifications": { "endpoint": endpoint } });
        service.signed(Method::POST, "/sessions", payload)
    };
    create("https://example.com/hook").await.expect(201);
    create("http://localhost:3000/hook").await.expect(201);
    for wrong in [
        "http://example.com/hook",
        "http://localhost:80@example.com/",
    ] {
        let fields = create(wrong).await.wrong_fields();
        assert_eq!(fields, ["notifications.endpoint"], "{wrong}");
    }
}

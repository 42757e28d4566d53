//! Sending notifications, and trying again.
//!
//! Each session has one task that sends one notification after the other, so
//! they arrive in their order: a notification that fails holds up those after
//! it until it has been delivered or given up.

use std::time::Duration;

use reqwest::header::{AUTHORIZATION, CONTENT_TYPE};
use serde_json::{Map, Value};
use tokio::runtime::Handle;
use tokio::sync::mpsc::UnboundedReceiver;

use super::{Log, Notification, Status};
use crate::clock::{Clock, plus_s};
use crate::spec::Subscription;

/// So often a notification is tried.
const TRIES: u32 = 5;
/// The pause after the first try; it doubles after each further one.
const FIRST_PAUSE_S: u64 = 1;
/// How long an endpoint may take to answer.
const ANSWER_TIMEOUT: Duration = Duration::from_secs(10);

/// Sends notifications in the background; clones are the same.
#[derive(Debug, Clone)]
pub(crate) struct Notifier {
    client: reqwest::Client,
    clock: Clock,
    runtime: Handle,
}

impl Notifier {
    /// A notifier that pauses by `clock`.
    ///
    /// # Errors
    ///
    /// When TLS can't be set up.
    pub(crate) fn new(clock: Clock, runtime: Handle) -> reqwest::Result<Self> {
        let client = reqwest::Client::builder()
            // Whoever redirects us is not who the business named.
            .redirect(reqwest::redirect::Policy::none())
            // A proxy would be asked for addresses of this machine.
            .no_proxy()
            .timeout(ANSWER_TIMEOUT)
            .user_agent(concat!("vestibule-sandbox/", env!("CARGO_PKG_VERSION")))
            .build()?;
        Ok(Self {
            client,
            clock,
            runtime,
        })
    }

    /// Runs something in the background, wherever the caller is.
    pub(super) fn spawn(&self, work: impl Future<Output = ()> + Send + 'static) {
        self.runtime.spawn(work);
    }

    /// Delivers what is queued until nothing more can come.
    pub(super) fn deliver(
        &self,
        session_id: String,
        subscription: Subscription,
        log: Log,
        mut queued: UnboundedReceiver<usize>,
    ) {
        let own = self.clone();
        self.spawn(async move {
            while let Some(index) = queued.recv().await {
                let Some(notification) = log.get(index) else {
                    continue;
                };
                let body = body(&session_id, &notification);
                own.try_until_delivered(&subscription, &body, |tries, status| {
                    log.update(index, tries, status);
                })
                .await;
            }
        });
    }

    async fn try_until_delivered(
        &self,
        subscription: &Subscription,
        body: &str,
        mut report: impl FnMut(u32, Status),
    ) {
        let mut pause_s = FIRST_PAUSE_S;
        for tries in 1..=TRIES {
            if self.is_taken(subscription, body).await {
                return report(tries, Status::Delivered);
            }
            if tries == TRIES {
                return report(tries, Status::Failed);
            }
            // Counted before anybody can see that it waits.
            let resume = plus_s(self.clock.now(), pause_s);
            report(tries, Status::Waiting);
            self.clock.reached(resume).await;
            pause_s *= 2;
        }
    }

    /// Whether the endpoint said yes.
    async fn is_taken(&self, subscription: &Subscription, body: &str) -> bool {
        let mut request = self
            .client
            .post(subscription.endpoint.clone())
            .header(CONTENT_TYPE, "application/json")
            .body(body.to_owned());
        if let Some(authorization) = &subscription.authorization {
            request = request.header(AUTHORIZATION, authorization.clone());
        }
        request
            .send()
            .await
            .is_ok_and(|answer| answer.status().is_success())
    }
}

/// `{session_id, topic, task_id?|resource_id?|check_id?}`.
fn body(session_id: &str, notification: &Notification) -> String {
    let mut body = Map::new();
    body.insert("session_id".to_owned(), Value::from(session_id));
    body.insert("topic".to_owned(), Value::from(notification.topic.as_str()));
    if let Some((key, id)) = &notification.about {
        body.insert((*key).to_owned(), Value::from(id.as_str()));
    }
    Value::Object(body).to_string()
}

//! Notifications of the business (contract §1.1).
//!
//! Whoever changes a session says so with one of the functions here; whether
//! anybody hears of it is up to what the business subscribed to.
//! Saying so never waits: each session has a queue, and [`delivery`] sends what
//! is in it, one after the other.

mod delivery;

use std::sync::{Arc, Mutex, PoisonError};

use jiff::Timestamp;
use tokio::sync::mpsc::{UnboundedSender, unbounded_channel};

pub(crate) use delivery::Notifier;

use crate::configuration::{ID_EXTRACTION, SUPPLEMENTARY_EXTRACTION};
use crate::spec::Subscription;
use crate::state::App;
use crate::store::{Session, Sort};

/// The published topics.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Topic {
    ResourceUpdate,
    TaskCompletion,
    CheckCompletion,
    SessionCompletion,
    ClientSessionTokenDeleted,
    NewPdfSupplied,
    InstructionsEmailRequested,
    ThankYouEmailRequested,
    FirstBranchVisit,
}

impl Topic {
    pub(crate) const ALL: [Self; 9] = [
        Self::ResourceUpdate,
        Self::TaskCompletion,
        Self::CheckCompletion,
        Self::SessionCompletion,
        Self::ClientSessionTokenDeleted,
        Self::NewPdfSupplied,
        Self::InstructionsEmailRequested,
        Self::ThankYouEmailRequested,
        Self::FirstBranchVisit,
    ];

    /// The protocol's spelling.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::ResourceUpdate => "RESOURCE_UPDATE",
            Self::TaskCompletion => "TASK_COMPLETION",
            Self::CheckCompletion => "CHECK_COMPLETION",
            Self::SessionCompletion => "SESSION_COMPLETION",
            Self::ClientSessionTokenDeleted => "CLIENT_SESSION_TOKEN_DELETED",
            Self::NewPdfSupplied => "NEW_PDF_SUPPLIED",
            Self::InstructionsEmailRequested => "INSTRUCTIONS_EMAIL_REQUESTED",
            Self::ThankYouEmailRequested => "THANK_YOU_EMAIL_REQUESTED",
            Self::FirstBranchVisit => "FIRST_BRANCH_VISIT",
        }
    }

    /// The topic of this name; both cases of the letters are published.
    pub(crate) fn parse(name: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|it| it.as_str().eq_ignore_ascii_case(name))
    }
}

/// A notification and what became of it, for the portal.
#[derive(Debug, Clone)]
pub(crate) struct Notification {
    pub(crate) topic: Topic,
    /// `resource_id`, `task_id` or `check_id`, and the id.
    pub(crate) about: Option<(&'static str, String)>,
    pub(crate) created: Timestamp,
    pub(crate) tries: u32,
    pub(crate) status: Status,
}

/// How far a notification is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Status {
    /// It will be tried, or tried again.
    Waiting,
    /// The endpoint took it.
    Delivered,
    /// Every try failed.
    Failed,
}

/// Every notification of a session; shared with whoever delivers them.
#[derive(Debug, Clone, Default)]
pub(crate) struct Log(Arc<Mutex<Vec<Notification>>>);

impl Log {
    /// As they stand now, the oldest first.
    pub(crate) fn all(&self) -> Vec<Notification> {
        self.lock().clone()
    }

    fn push(&self, notification: Notification) -> usize {
        let mut log = self.lock();
        log.push(notification);
        log.len() - 1
    }

    fn get(&self, index: usize) -> Option<Notification> {
        self.lock().get(index).cloned()
    }

    fn update(&self, index: usize, tries: u32, status: Status) {
        if let Some(notification) = self.lock().get_mut(index) {
            notification.tries = tries;
            notification.status = status;
        }
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Vec<Notification>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Where a session leaves its notifications.
#[derive(Debug, Default)]
pub(crate) struct Outbox {
    topics: Vec<Topic>,
    queue: Option<UnboundedSender<usize>>,
    pub(crate) log: Log,
}

impl Outbox {
    /// The outbox of a new session; deliveries end when it is dropped.
    pub(crate) fn open(
        notifier: &Notifier,
        session_id: &str,
        subscription: Option<Subscription>,
    ) -> Self {
        let Some(subscription) = subscription else {
            return Self::default();
        };
        let log = Log::default();
        let topics = subscription.topics.clone();
        let (queue, queued) = unbounded_channel();
        notifier.deliver(session_id.to_owned(), subscription, log.clone(), queued);
        Self {
            topics,
            queue: Some(queue),
            log,
        }
    }

    /// Whether the business wants to hear of this.
    pub(crate) fn has(&self, topic: Topic) -> bool {
        self.queue.is_some() && self.topics.contains(&topic)
    }

    /// Tells the business, if it wants to hear of it.
    pub(crate) fn post(&self, topic: Topic, about: Option<(&'static str, String)>, now: Timestamp) {
        let Some(queue) = self.queue.as_ref().filter(|_| self.has(topic)) else {
            return;
        };
        let index = self.log.push(Notification {
            topic,
            about,
            created: now,
            tries: 0,
            status: Status::Waiting,
        });
        // Only a service that is stopping has nobody at the other end.
        queue.send(index).unwrap_or_default();
    }
}

/// Something about a session that concerns all of it.
pub(crate) fn happened(session: &Session, topic: Topic, now: Timestamp) {
    session.outbox.post(topic, None, now);
}

/// A resource got content.
pub(crate) fn resource_updated(session: &Session, resource_id: &str, now: Timestamp) {
    let about = ("resource_id", resource_id.to_owned());
    session.outbox.post(Topic::ResourceUpdate, Some(about), now);
}

/// The task of a document is done or has failed.
///
/// Silent when the business did not ask for `task`: the pictures are judged
/// all the same, but the result names no task.
fn task_completed(session: &Session, task: &str, task_id: &str, now: Timestamp) {
    if session.spec.task(task).is_some() {
        let about = ("task_id", task_id.to_owned());
        session.outbox.post(Topic::TaskCompletion, Some(about), now);
    }
}

/// What was handed over has been judged.
pub(crate) fn judged(session: &Session, delivery_id: &str, now: Timestamp) {
    let delivery = session.deliveries.iter().find(|it| it.id == delivery_id);
    let Some((delivery, judging)) = delivery.and_then(|it| Some((it, it.judging.as_ref()?))) else {
        return;
    };
    match delivery.what.sort() {
        Sort::IdDocument => task_completed(session, ID_EXTRACTION, &judging.id, now),
        Sort::Supplementary => task_completed(session, SUPPLEMENTARY_EXTRACTION, &judging.id, now),
        // Its check gets its id, and is reported, with the others at the end.
        Sort::Liveness => {}
    }
}

/// A check has its report.
fn check_completed(session: &Session, check_id: &str, now: Timestamp) {
    let about = ("check_id", check_id.to_owned());
    session
        .outbox
        .post(Topic::CheckCompletion, Some(about), now);
}

/// The checks of a session have been started: says so as each has its report,
/// and then that the session is completed.
pub(crate) fn checks_started(app: &App, session: &Session) {
    let mut awaited: Vec<_> = session
        .checks
        .iter()
        .map(|check| (check.ready, check.id.clone()))
        .collect();
    awaited.sort_by_key(|(ready, _)| *ready);
    let (app, session_id) = (app.clone(), session.id.clone());
    app.notifier().clone().spawn(async move {
        for (ready, check_id) in awaited {
            app.clock().reached(ready).await;
            // The session may have been deleted meanwhile.
            if let Some(session) = app.store().get(&session_id) {
                check_completed(session, &check_id, app.now());
            }
        }
        if let Some(session) = app.store().get(&session_id) {
            happened(session, Topic::SessionCompletion, app.now());
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn topics_are_known_in_either_case() {
        for topic in Topic::ALL {
            assert_eq!(Topic::parse(topic.as_str()), Some(topic));
            assert_eq!(Topic::parse(&topic.as_str().to_lowercase()), Some(topic));
        }
        assert_eq!(Topic::parse("RESOURCE"), None);
    }
}

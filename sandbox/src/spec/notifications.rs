//! `notifications`: what the business wants to hear of, and where
//! (contract §1.1).

use reqwest::Url;
use reqwest::header::HeaderValue;

use super::rules;
use crate::json::{Checker, Obj};
use crate::notify::Topic;

/// Where notifications go, and which.
#[derive(Clone)]
pub(crate) struct Subscription {
    pub(crate) endpoint: Url,
    pub(crate) topics: Vec<Topic>,
    /// `Basic <auth_token>` or `Bearer <auth_token>`.
    pub(crate) authorization: Option<HeaderValue>,
}

impl std::fmt::Debug for Subscription {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // The business's token is never printed.
        f.debug_struct("Subscription")
            .field("topics", &self.topics)
            .finish_non_exhaustive()
    }
}

/// The subscription; `None` without an endpoint.
pub(super) fn notifications(checker: &mut Checker, root: &Obj<'_>) -> Option<Subscription> {
    let config = checker.object(root, "notifications")?;
    let endpoint = checker.text(&config, "endpoint", rules::endpoint);
    let token = checker.text(&config, "auth_token", |text| {
        HeaderValue::from_str(text)
            .is_err()
            .then_some("must fit into a header")
    });
    let scheme = checker.one_of(&config, "auth_type", &["BASIC", "BEARER"]);
    let topics = checker.texts(&config, "topics", |topic| {
        Topic::parse(topic)
            .is_none()
            .then_some("is not a notification topic")
    });
    let scheme = match scheme.as_deref() {
        Some("BEARER") => "Bearer",
        _ => "Basic",
    };
    let authorization = token
        .and_then(|token| HeaderValue::from_str(&format!("{scheme} {token}")).ok())
        .map(|mut value| {
            value.set_sensitive(true);
            value
        });
    Some(Subscription {
        endpoint: Url::parse(&endpoint?).ok()?,
        topics: topics
            .unwrap_or_default()
            .iter()
            .filter_map(|name| Topic::parse(name))
            .collect(),
        authorization,
    })
}

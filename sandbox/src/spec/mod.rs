//! The session specification: what a back end sends to create a session.
//!
//! [`SessionSpec::parse`] checks the whole published payload (contract §1.1 to
//! §1.5), reports every wrong field, and keeps what the sandbox acts on.

mod checks;
mod documents;
mod notifications;
mod profiles;
pub(crate) mod rules;
mod sdk_config;

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde_json::{Map, Value};
use vestibule::domain::session::config::SdkConfig;
use vestibule::domain::session::resource::FieldError;

pub(crate) use checks::{RequestedCheck, RequestedTask};
pub(crate) use documents::{DocumentFilter, Inclusion, RequiredDocument, Restriction};
pub(crate) use notifications::Subscription;
use profiles::AskedProfile;
pub(crate) use profiles::IbvOptions;

use crate::clock::{plus_s, seconds_between};
use crate::json::{Checker, Obj, anything};

const DEFAULT_TOKEN_TTL_S: u64 = 600;
/// "Must be greater than 300".
const MIN_TOKEN_TTL_S: u64 = 301;
const DAY_S: u64 = 86_400;
const MIN_RESOURCES_TTL_S: u64 = 86_700;
/// "At least 7 days", less a minute for the way that the request takes.
const IN_BRANCH_LEAST_S: u64 = 7 * DAY_S - 60;

/// A specification that has been found right.
#[derive(Debug, Clone)]
pub(crate) struct SessionSpec {
    pub(crate) token_expires: Timestamp,
    pub(crate) resources_ttl_s: u64,
    pub(crate) user_tracking_id: Option<String>,
    pub(crate) subscription: Option<Subscription>,
    pub(crate) checks: Vec<RequestedCheck>,
    pub(crate) tasks: Vec<RequestedTask>,
    pub(crate) documents: Vec<RequiredDocument>,
    pub(crate) sdk_config: SdkConfig,
    /// Attempts per category, of an identity document.
    pub(crate) attempts: BTreeMap<String, u32>,
    /// Attempts per category, of a supplementary document.
    pub(crate) supplementary_attempts: BTreeMap<String, u32>,
    pub(crate) block_biometric_consent: bool,
    pub(crate) ibv: Option<IbvOptions>,
    pub(crate) applicant_profile: Option<Value>,
    pub(crate) identity_profile: Option<AskedProfile>,
    pub(crate) subject_id: Option<String>,
}

impl SessionSpec {
    /// Checks a payload as it stands at `now`.
    ///
    /// # Errors
    ///
    /// Every wrong field, with its path.
    pub(crate) fn parse(
        payload: &Map<String, Value>,
        now: Timestamp,
    ) -> Result<Self, Vec<FieldError>> {
        let root = Obj::root(payload);
        let mut checker = Checker::default();
        let ibv = profiles::ibv_options(&mut checker, &root);
        let in_branch = ibv.as_ref().is_some_and(|it| it.is_mandatory);
        let token_expires = token_expires(&mut checker, &root, in_branch, now);
        let resources_ttl_s =
            resources_ttl(&mut checker, &root, seconds_between(now, token_expires));
        let user_tracking_id = checker.text(&root, "user_tracking_id", anything);
        let subscription = notifications::notifications(&mut checker, &root);
        let checks = checks::checks(&mut checker, &root);
        let tasks = checks::tasks(&mut checker, &root);
        let documents = documents::documents(&mut checker, &root);
        let (sdk_config, attempts, supplementary_attempts) =
            sdk_config::sdk_config(&mut checker, &root);
        let block_biometric_consent = checker
            .boolean(&root, "block_biometric_consent")
            .unwrap_or(false);
        let identity_profile = profiles::identity_profile(&mut checker, &root);
        let applicant_profile = profiles::applicant_profile(&mut checker, &root);
        for flag in ["create_identity_profile_preview", "ephemeral_media"] {
            checker.boolean(&root, flag);
        }
        let subject_id = checker
            .object(&root, "subject")
            .and_then(|subject| checker.text(&subject, "subject_id", anything));
        if let Some(import) = checker.object(&root, "import_token") {
            checker.integer(&import, "ttl", 1);
        }
        checker.finish()?;
        Ok(Self {
            token_expires,
            resources_ttl_s,
            user_tracking_id,
            subscription,
            checks,
            tasks,
            documents,
            sdk_config,
            attempts,
            supplementary_attempts,
            block_biometric_consent,
            ibv,
            applicant_profile,
            identity_profile,
            subject_id,
        })
    }

    /// The identity profile that the end user has to deliver for; in a branch
    /// somebody else does.
    pub(crate) fn profile_at_home(&self) -> Option<&AskedProfile> {
        self.identity_profile
            .as_ref()
            .filter(|_| !self.ibv.as_ref().is_some_and(|it| it.is_mandatory))
    }

    /// Whether a check of this type was asked for.
    pub(crate) fn asks_check(&self, kind: &str) -> bool {
        self.checks.iter().any(|check| check.kind == kind)
    }

    /// The task of this type, if it was asked for.
    pub(crate) fn task(&self, kind: &str) -> Option<&RequestedTask> {
        self.tasks.iter().find(|task| task.kind == kind)
    }
}

fn token_expires(
    checker: &mut Checker,
    root: &Obj<'_>,
    in_branch: bool,
    now: Timestamp,
) -> Timestamp {
    let ttl_s = checker.integer(root, "client_session_token_ttl", MIN_TOKEN_TTL_S);
    let deadline = checker.text(root, "session_deadline", anything);
    if root.has("client_session_token_ttl") && root.has("session_deadline") {
        checker.wrong("session_deadline", "excludes client_session_token_ttl");
    }
    if let Some(text) = deadline {
        match text.parse::<Timestamp>() {
            Err(_) => checker.wrong("session_deadline", "must be an RFC 3339 date and time"),
            Ok(time) if time <= now => checker.wrong("session_deadline", "must be in the future"),
            Ok(time) if in_branch && time < plus_s(now, IN_BRANCH_LEAST_S) => {
                checker.wrong("session_deadline", "must be at least 7 days ahead");
            }
            Ok(time) => return time,
        }
    }
    plus_s(now, ttl_s.unwrap_or(DEFAULT_TOKEN_TTL_S))
}

/// The two published minima say the same: a day more than the token lives.
fn resources_ttl(checker: &mut Checker, root: &Obj<'_>, token_ttl_s: u64) -> u64 {
    let least = token_ttl_s.saturating_add(DAY_S);
    let Some(ttl_s) = checker.integer(root, "resources_ttl", MIN_RESOURCES_TTL_S) else {
        return least;
    };
    if ttl_s < least {
        checker.wrong(
            "resources_ttl",
            "must be at least 24 h more than the token lives",
        );
    }
    ttl_s
}

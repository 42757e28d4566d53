//! From the link to the first screen.

use crate::domain::error::ErrorCode;
use crate::domain::host::{HostMessageIn, HostMessageOut};
use crate::domain::i18n::Locale;
use crate::domain::launch::{Credentials, Handed, Launch};
use crate::domain::service::ServiceError;
use crate::domain::session::Configuration;
use crate::domain::session::plan::{Plan, PlanError, Task};
use crate::domain::theme::Theme;

use super::{Effect, Effects, Event, Flow, Handled, Role, Stage, ending_of, late_or_ignored};

impl Flow {
    pub(super) fn on_opening(&mut self, event: Event, effects: &mut Effects) -> Handled {
        match (&self.stage, event) {
            (Stage::Fresh, Event::Launched(launch)) => self.launched(launch, effects),
            (Stage::AwaitingHost, Event::HostSpoke(HostMessageIn::InitSession(credentials))) => {
                self.open(credentials, effects);
            }
            (Stage::Loading(ticket), Event::ConfigurationLoaded(answered, result)) => {
                if *ticket != answered {
                    return Handled::Late;
                }
                match result {
                    Ok(configuration) => self.configured(&configuration, effects),
                    Err(error) if error.can_retry() => self.stage = Stage::LoadFailed(error),
                    // It was taken back meanwhile.
                    Err(ServiceError::Unauthorised) if self.role.handoff_id().is_some() => {
                        self.role = Role::Gone;
                        self.prepare(effects);
                    }
                    // It is read again after a handoff.
                    Err(error) if self.plan.is_some() => self.end(ending_of(&error), effects),
                    Err(error) => self.end(ending_before_start(&error), effects),
                }
            }
            (Stage::LoadFailed(_), Event::RetryPressed) => self.load(effects),
            (Stage::LoadFailed(error), Event::GiveUpPressed) => {
                let code = ending_of(error);
                self.end(code, effects);
            }
            (_, other) => return late_or_ignored(&other),
        }
        Handled::Yes
    }

    fn launched(&mut self, launch: Launch, effects: &mut Effects) {
        let session_id = launch.session_id.clone();
        let token = launch.session_token.clone();
        let handed = launch.handed.clone();
        let is_embedded = launch.is_embedded;
        effects.push(Effect::ApplyLocale(negotiate(&launch, None)));
        self.launch = Some(launch);
        let handoff_id = match handed {
            // A page around it could cover the warning not to follow somebody
            // else's code.
            Some(Handed::Over(_)) if is_embedded => {
                return self.end(ErrorCode::UnsupportedConfiguration, effects);
            }
            Some(Handed::Over(code)) => {
                self.role = Role::Invited(code);
                return self.prepare(effects);
            }
            Some(Handed::Earlier(id)) => Some(id),
            None => None,
        };
        match (session_id, token) {
            (Some(session_id), Some(token)) => {
                let credentials = Credentials {
                    session_id,
                    token,
                    handoff_id: handoff_id.clone(),
                };
                match handoff_id {
                    None => self.open(credentials, effects),
                    Some(id) => {
                        effects.push(Effect::KeepCredentials(credentials));
                        self.role = Role::Joining(id);
                        self.prepare(effects);
                    }
                }
            }
            (None, None) if is_embedded => {
                effects.push(Effect::TellHost(HostMessageOut::Started));
                self.stage = Stage::AwaitingHost;
            }
            (None, _) => self.end(ErrorCode::NoSessionId, effects),
            (Some(_), None) => self.end(ErrorCode::NoToken, effects),
        }
    }

    fn open(&mut self, credentials: Credentials, effects: &mut Effects) {
        effects.push(Effect::KeepCredentials(credentials));
        self.load(effects);
    }

    pub(super) fn load(&mut self, effects: &mut Effects) {
        let ticket = self.ticket();
        self.stage = Stage::Loading(ticket);
        effects.push(Effect::LoadConfiguration(ticket));
    }

    fn configured(&mut self, configuration: &Configuration, effects: &mut Effects) {
        let sdk_config = &configuration.sdk_config;
        effects.push(Effect::ApplyTheme(Box::new(Theme::from_config(sdk_config))));
        if let Some(launch) = &self.launch {
            effects.push(Effect::ApplyLocale(negotiate(
                launch,
                sdk_config.locale.as_deref(),
            )));
        }
        let can_zoom = self.launch.as_ref().is_some_and(|launch| launch.can_zoom);
        match Plan::from_configuration(configuration, can_zoom) {
            Err(PlanError { code, error_url }) => self.end_towards(code, error_url, effects),
            Ok(plan) => {
                let is_everything_delivered =
                    plan.tasks.iter().all(Task::is_delivered) && plan.consent.is_none();
                self.plan = Some(plan);
                self.next_task = 0;
                self.is_plan_old = false;
                self.watch_expiry(configuration.client_session_token_ttl, effects);
                // On the other device the person has started already.
                if is_everything_delivered || self.role.handoff_id().is_some() {
                    self.prepare(effects);
                } else {
                    self.stage = Stage::Start;
                    self.want_parts(effects);
                }
            }
        }
    }
}

fn negotiate(launch: &Launch, configured: Option<&str>) -> Locale {
    Locale::negotiate(
        launch.chosen_locale,
        configured,
        launch.link_locale.as_deref(),
        &launch.browser_locales,
    )
}

/// How a session ends that could not even be opened.
fn ending_before_start(error: &ServiceError) -> ErrorCode {
    match error {
        // Unlike later: the token has never worked here.
        ServiceError::Unauthorised => ErrorCode::Unauthorised,
        // No picture has been sent yet, so an answer that makes no sense is
        // about the configuration.
        ServiceError::Unreachable
        | ServiceError::Unavailable
        | ServiceError::SessionNotFound
        | ServiceError::SessionExpired
        | ServiceError::SessionNotReady
        | ServiceError::AttemptsExhausted
        | ServiceError::PictureRefused
        | ServiceError::FileEncrypted
        | ServiceError::FileUnreadable
        | ServiceError::Refused(_)
        | ServiceError::Malformed => ending_of(error),
    }
}

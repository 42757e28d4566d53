//! The flow: a pure state machine from session link to ending.
//!
//! [`Flow::on`] takes what happened and returns what must be done;
//! [`Flow::screen`] tells what the person sees.
//! Where to start: [`Event`] in, [`Effect`] out, [`Screen`] on top; the stages
//! are in `opening`, `capture` and `sending`, and `view` turns them into
//! screens.
//!
//! Three things follow from comparing the state before and after an event
//! instead of being said in every transition, so that none can forget them:
//! the camera is closed when no stage holds it, a picture is dropped when no
//! stage holds it, and an upload is aborted when no stage waits for it.

mod capture;
mod effect;
mod event;
mod opening;
mod screen;
mod sending;
mod view;

#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

pub use effect::{Effect, PageUpload};
pub use event::{Event, UploadProgress};
pub use screen::*;

use capture::Capturing;

use crate::domain::error::ErrorCode;
use crate::domain::host::HostMessageOut;
use crate::domain::i18n::{Locale, Text};
use crate::domain::image::{ImageId, PreparedImage};
use crate::domain::launch::Launch;
use crate::domain::redirect::ReturnUrl;
use crate::domain::service::ServiceError;
use crate::domain::session::plan::Plan;

/// Names one asynchronous request, so that a late answer can be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Ticket(pub u32);

/// A session as the person goes through it.
#[derive(Debug, Clone, PartialEq)]
pub struct Flow {
    stage: Stage,
    launch: Option<Launch>,
    plan: Option<Plan>,
    expiry: Option<Ticket>,
    capture_part: CapturePart,
    next_ticket: u32,
    holds_back: bool,
}

/// What the person is doing; exactly one variant is live.
#[derive(Debug, Clone, PartialEq)]
enum Stage {
    /// Nothing has happened yet.
    Fresh,
    /// Opened without a link, inside a page that will name the session.
    AwaitingHost,
    /// The configuration is being read.
    Loading(Ticket),
    /// The configuration could not be read for now.
    LoadFailed(ServiceError),
    /// Reading what will happen.
    Start,
    /// Waiting for the part of the program that captures; why it did not come,
    /// if it did not.
    Preparing(Option<ServiceError>),
    /// Capturing one of the required documents.
    Capturing(Box<Capturing>),
    /// Everything is delivered; the session is being closed.
    Finishing(Finishing),
    /// Everything was delivered and the session is closed.
    Done,
    /// The session ended otherwise.
    Ended {
        code: ErrorCode,
        /// Known even when no plan could be made.
        error_url: Option<ReturnUrl>,
    },
}

impl Stage {
    /// The document being captured, in the one stage that has one.
    fn capturing(&self) -> Option<&Capturing> {
        match self {
            Self::Capturing(capturing) => Some(capturing),
            Self::Fresh
            | Self::AwaitingHost
            | Self::Loading(_)
            | Self::LoadFailed(_)
            | Self::Start
            | Self::Preparing(_)
            | Self::Finishing(_)
            | Self::Done
            | Self::Ended { .. } => None,
        }
    }
}

/// Whether the part of the program that captures is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum CapturePart {
    Missing,
    Coming(Ticket),
    Here,
}

/// Closing the session.
#[derive(Debug, Clone, PartialEq)]
struct Finishing {
    ticket: Ticket,
    /// Why it did not work, until it is tried again.
    problem: Option<ServiceError>,
    /// An earlier try may have reached the service although no answer came.
    was_tried: bool,
}

/// What must be done, in order, and the code that captures.
struct Effects {
    list: Vec<Effect>,
    capture: &'static Capture,
}

impl Effects {
    fn push(&mut self, effect: Effect) {
        self.list.push(effect);
    }

    fn push_first(&mut self, effect: Effect) {
        self.list.insert(0, effect);
    }

    fn extend(&mut self, effects: impl IntoIterator<Item = Effect>) {
        self.list.extend(effects);
    }
}

/// The code of the stages after the start.
///
/// A table, so that who has no use for it yet need not have it.
struct Capture {
    begin: fn(&mut Flow, usize, &mut Effects),
    on_capturing: fn(&mut Flow, Event, &mut Effects) -> Handled,
    on_finishing: fn(&mut Flow, Event, &mut Effects) -> Handled,
}

impl Capture {
    const HERE: Self = Self {
        begin: Flow::begin_task,
        on_capturing: Flow::on_capturing,
        on_finishing: Flow::on_finishing,
    };

    /// Never asked: these stages begin only once the part is loaded.
    const MISSING: Self = Self {
        begin: |_, _, _| {},
        on_capturing: |_, _, _| Handled::Ignored,
        on_finishing: |_, _, _| Handled::Ignored,
    };
}

/// What became of an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Handled {
    /// It was meant for the stage.
    Yes,
    /// It makes no sense here and changes nothing.
    Ignored,
    /// A late answer to a request that nobody waits for any more.
    Late,
}

impl Default for Flow {
    fn default() -> Self {
        Self {
            stage: Stage::Fresh,
            launch: None,
            plan: None,
            expiry: None,
            capture_part: CapturePart::Missing,
            next_ticket: 1,
            holds_back: false,
        }
    }
}

impl Flow {
    /// Takes what happened; returns the new flow and what must be done, in
    /// order.
    ///
    /// An event that makes no sense in the current stage changes nothing.
    #[must_use]
    pub fn on(self, event: Event) -> (Self, Vec<Effect>) {
        self.step(event, &Capture::HERE)
    }

    /// The same as [`Self::on`] until capturing begins, without the code for
    /// capturing: the first module of the client has only this.
    #[must_use]
    pub fn on_before_capture(self, event: Event) -> (Self, Vec<Effect>) {
        self.step(event, &Capture::MISSING)
    }

    fn step(mut self, event: Event, capture: &'static Capture) -> (Self, Vec<Effect>) {
        let before = Holdings::of(&self);
        let answered_upload = match &event {
            Event::PageUploaded(ticket, _) => Some(*ticket),
            _ => None,
        };
        let arrived = match &event {
            Event::StillTaken(_, Ok(image)) | Event::FilePrepared(_, Ok(image)) => Some(image.id),
            _ => None,
        };
        let mut effects = Effects {
            list: Vec::new(),
            capture,
        };
        let handled = self.handle(event, &mut effects);
        if handled == Handled::Ignored {
            effects.push(Effect::Log("an event made no sense here and was ignored"));
        }
        self.release(&before, arrived, answered_upload, &mut effects);
        self.hold_back_if_wanted(&mut effects);
        (self, effects.list)
    }

    /// Whether the brand mark is shown.
    #[must_use]
    pub fn shows_logo(&self) -> bool {
        self.plan.as_ref().is_none_or(|plan| !plan.hides_logo)
    }

    /// Whether pictures would be lost by leaving the page now.
    #[must_use]
    pub fn has_unsent_pictures(&self) -> bool {
        self.stage
            .capturing()
            .is_some_and(|capturing| !capturing.images().is_empty())
    }

    fn handle(&mut self, event: Event, effects: &mut Effects) -> Handled {
        match event {
            // What is the same in every stage.
            Event::LanguageChosen(locale) => self.choose_language(locale, effects),
            Event::TokenExpired(ticket) => self.expire(ticket, effects),
            Event::HistoryWentBack => self.history_went_back(effects),
            Event::CaptureLoaded(ticket, result) => self.capture_loaded(ticket, result, effects),
            Event::WentOffline => {
                effects.push(Effect::Announce(Text::NetworkOffline.into()));
                Handled::Yes
            }
            Event::WentOnline => {
                effects.push(Effect::Announce(Text::NetworkOnline.into()));
                self.resume_after_offline(effects);
                Handled::Yes
            }
            event => self.handle_in_stage(event, effects),
        }
    }

    fn handle_in_stage(&mut self, event: Event, effects: &mut Effects) -> Handled {
        match &self.stage {
            Stage::Fresh | Stage::AwaitingHost | Stage::Loading(_) | Stage::LoadFailed(_) => {
                self.on_opening(event, effects)
            }
            Stage::Start => match event {
                Event::ContinuePressed => {
                    self.prepare(effects);
                    Handled::Yes
                }
                other => late_or_ignored(&other),
            },
            Stage::Preparing(problem) => match event {
                Event::RetryPressed if problem.is_some() => {
                    self.prepare(effects);
                    Handled::Yes
                }
                other => late_or_ignored(&other),
            },
            Stage::Capturing(_) => (effects.capture.on_capturing)(self, event, effects),
            Stage::Finishing(_) => (effects.capture.on_finishing)(self, event, effects),
            Stage::Done | Stage::Ended { .. } => match event {
                Event::LeavePressed => self.leave(effects),
                other => late_or_ignored(&other),
            },
        }
    }

    /// The ticket that the next request will carry.
    fn upcoming_ticket(&self) -> Ticket {
        Ticket(self.next_ticket)
    }

    fn ticket(&mut self) -> Ticket {
        let ticket = self.upcoming_ticket();
        self.next_ticket = self.next_ticket.wrapping_add(1);
        ticket
    }

    fn choose_language(&mut self, locale: Locale, effects: &mut Effects) -> Handled {
        let Some(launch) = &mut self.launch else {
            return Handled::Ignored;
        };
        launch.chosen_locale = Some(locale);
        effects.extend([Effect::ApplyLocale(locale), Effect::RememberLocale(locale)]);
        Handled::Yes
    }

    fn expire(&mut self, ticket: Ticket, effects: &mut Effects) -> Handled {
        if self.expiry != Some(ticket) {
            return Handled::Late;
        }
        match &self.stage {
            // What has ended can't end again.
            Stage::Done | Stage::Ended { .. } => Handled::Late,
            Stage::Fresh
            | Stage::AwaitingHost
            | Stage::Loading(_)
            | Stage::LoadFailed(_)
            | Stage::Start
            | Stage::Preparing(_)
            | Stage::Capturing(_)
            | Stage::Finishing(_) => {
                self.end(ErrorCode::SessionExpired, effects);
                Handled::Yes
            }
        }
    }

    /// Asks for the part that captures, unless it is here or on its way.
    fn want_capture(&mut self, effects: &mut Effects) {
        if self.capture_part == CapturePart::Missing {
            let ticket = self.ticket();
            self.capture_part = CapturePart::Coming(ticket);
            effects.push(Effect::LoadCapture(ticket));
        }
    }

    /// Goes on as soon as the part that captures is here.
    fn prepare(&mut self, effects: &mut Effects) {
        if self.capture_part == CapturePart::Here {
            (effects.capture.begin)(self, 0, effects);
        } else {
            self.stage = Stage::Preparing(None);
            self.want_capture(effects);
        }
    }

    fn capture_loaded(
        &mut self,
        ticket: Ticket,
        result: Result<(), ServiceError>,
        effects: &mut Effects,
    ) -> Handled {
        if self.capture_part != CapturePart::Coming(ticket) {
            return Handled::Late;
        }
        let is_waited_for = matches!(&self.stage, Stage::Preparing(_));
        match result {
            Ok(()) => {
                self.capture_part = CapturePart::Here;
                if is_waited_for {
                    self.prepare(effects);
                }
            }
            Err(error) => {
                self.capture_part = CapturePart::Missing;
                if is_waited_for {
                    self.stage = Stage::Preparing(Some(error));
                }
            }
        }
        Handled::Yes
    }

    /// Ends the session early: tells whoever has to know.
    fn end(&mut self, code: ErrorCode, effects: &mut Effects) {
        let error_url = self.plan.as_ref().and_then(|plan| plan.error_url.clone());
        self.end_towards(code, error_url, effects);
    }

    fn end_towards(
        &mut self,
        code: ErrorCode,
        error_url: Option<ReturnUrl>,
        effects: &mut Effects,
    ) {
        use crate::domain::error::Retry;

        // As published: messages and the code in our own address are for
        // businesses that gave no address to return to.
        if error_url.is_none() {
            effects.push(Effect::ShowCodeInAddress(code.code()));
            if self.is_embedded() {
                effects.push(Effect::TellHost(HostMessageOut::Error {
                    event_code: code.code(),
                }));
            }
        }
        match code.retry() {
            Retry::SameLink => {}
            Retry::NewSession | Retry::Never => effects.push(Effect::ForgetCredentials),
        }
        self.stage = Stage::Ended { code, error_url };
    }

    /// Everything is delivered: close the session.
    fn finish(&mut self, effects: &mut Effects) {
        let ticket = self.ticket();
        self.stage = Stage::Finishing(Finishing {
            ticket,
            problem: None,
            was_tried: false,
        });
        effects.push(Effect::FinishSession(ticket));
    }

    fn on_finishing(&mut self, event: Event, effects: &mut Effects) -> Handled {
        let Stage::Finishing(finishing) = &self.stage else {
            return Handled::Ignored;
        };
        let finishing = finishing.clone();
        match event {
            Event::SessionFinished(ticket, _) if ticket != finishing.ticket => Handled::Late,
            Event::SessionFinished(_, result) => {
                match result {
                    Ok(()) => self.succeed(effects),
                    // The first request did its work and only its answer was lost.
                    Err(ServiceError::Unauthorised) if finishing.was_tried => self.succeed(effects),
                    Err(error) if error.can_retry() => {
                        self.stage = Stage::Finishing(Finishing {
                            problem: Some(error),
                            ..finishing
                        });
                    }
                    Err(error) => self.end(ending_of(&error), effects),
                }
                Handled::Yes
            }
            Event::RetryPressed if finishing.problem.is_some() => {
                self.retry_finishing(effects);
                Handled::Yes
            }
            other => late_or_ignored(&other),
        }
    }

    fn retry_finishing(&mut self, effects: &mut Effects) {
        let ticket = self.ticket();
        self.stage = Stage::Finishing(Finishing {
            ticket,
            problem: None,
            was_tried: true,
        });
        effects.push(Effect::FinishSession(ticket));
    }

    fn succeed(&mut self, effects: &mut Effects) {
        let has_address = self
            .plan
            .as_ref()
            .is_some_and(|plan| plan.success_url.is_some());
        if !has_address && self.is_embedded() {
            effects.push(Effect::TellHost(HostMessageOut::Success));
        }
        effects.push(Effect::ForgetCredentials);
        self.stage = Stage::Done;
    }

    fn leave(&self, effects: &mut Effects) -> Handled {
        match self.return_address() {
            Some(address) => {
                effects.push(Effect::Leave(address));
                Handled::Yes
            }
            None => Handled::Ignored,
        }
    }

    /// Where the button at the end leads.
    fn return_address(&self) -> Option<ReturnUrl> {
        match &self.stage {
            Stage::Done => self.plan.as_ref()?.success_url.clone(),
            Stage::Ended { code, error_url } => {
                Some(error_url.as_ref()?.with_error_code(code.code()))
            }
            Stage::Fresh
            | Stage::AwaitingHost
            | Stage::Loading(_)
            | Stage::LoadFailed(_)
            | Stage::Start
            | Stage::Preparing(_)
            | Stage::Capturing(_)
            | Stage::Finishing(_) => None,
        }
    }

    fn is_embedded(&self) -> bool {
        self.launch
            .as_ref()
            .is_some_and(|launch| launch.is_embedded)
    }

    fn history_went_back(&mut self, effects: &mut Effects) -> Handled {
        self.holds_back = false;
        if self.wants_back() {
            // Whether or not there is a way back from here, the page stays.
            (effects.capture.on_capturing)(self, Event::BackPressed, effects);
        } else {
            effects.push(Effect::GoBack);
        }
        Handled::Yes
    }

    /// Whether Back should come to the flow instead of leaving the page.
    fn wants_back(&self) -> bool {
        self.stage.capturing().is_some()
    }

    fn hold_back_if_wanted(&mut self, effects: &mut Effects) {
        if self.wants_back() && !self.holds_back {
            self.holds_back = true;
            effects.push(Effect::HoldBack);
        }
    }

    fn resume_after_offline(&mut self, effects: &mut Effects) {
        match &self.stage {
            Stage::LoadFailed(ServiceError::Unreachable) => self.load(effects),
            Stage::Preparing(Some(_)) => self.prepare(effects),
            Stage::Finishing(Finishing {
                problem: Some(ServiceError::Unreachable),
                ..
            }) => {
                (effects.capture.on_finishing)(self, Event::RetryPressed, effects);
            }
            Stage::Capturing(capturing) if capturing.waits_for_network() => {
                (effects.capture.on_capturing)(self, Event::RetryPressed, effects);
            }
            Stage::Fresh
            | Stage::AwaitingHost
            | Stage::Loading(_)
            | Stage::LoadFailed(_)
            | Stage::Start
            | Stage::Preparing(_)
            | Stage::Capturing(_)
            | Stage::Finishing(_)
            | Stage::Done
            | Stage::Ended { .. } => {}
        }
    }

    /// Lets go of whatever no stage holds any more.
    fn release(
        &self,
        before: &Holdings,
        arrived: Option<ImageId>,
        answered_upload: Option<Ticket>,
        effects: &mut Effects,
    ) {
        let after = Holdings::of(self);
        if before.has_camera && !after.has_camera {
            effects.push_first(Effect::CloseCamera);
        }
        if before.upload.is_some()
            && before.upload != after.upload
            && before.upload != answered_upload
        {
            effects.push_first(Effect::AbortUpload);
        }
        let held_before = before.images.iter().copied().chain(arrived);
        let gone: BTreeSet<ImageId> = held_before
            .filter(|image| !after.images.contains(image))
            .collect();
        effects.extend(gone.into_iter().map(Effect::DropImage));
    }
}

/// What a stage keeps alive in the browser.
struct Holdings {
    has_camera: bool,
    images: BTreeSet<ImageId>,
    upload: Option<Ticket>,
}

impl Holdings {
    fn of(flow: &Flow) -> Self {
        let capturing = flow.stage.capturing();
        let images = capturing.map(Capturing::images).unwrap_or_default();
        Self {
            has_camera: capturing.is_some_and(Capturing::has_camera),
            images: images
                .iter()
                .map(|image: &&PreparedImage| image.id)
                .collect(),
            upload: capturing.and_then(Capturing::upload_in_flight),
        }
    }
}

/// How a session ends that was already open when the service refused.
fn ending_of(error: &ServiceError) -> ErrorCode {
    match error {
        ServiceError::Unreachable => ErrorCode::NoNetwork,
        ServiceError::Unavailable => ErrorCode::ServiceDown,
        // The token worked before, so its time is over.
        ServiceError::Unauthorised | ServiceError::SessionExpired => ErrorCode::SessionExpired,
        ServiceError::SessionNotFound => ErrorCode::SessionNotFound,
        ServiceError::SessionNotReady => ErrorCode::UnsupportedConfiguration,
        ServiceError::AttemptsExhausted => ErrorCode::AttemptsExhausted,
        ServiceError::PictureRefused | ServiceError::Refused(_) | ServiceError::Malformed => {
            ErrorCode::Internal
        }
    }
}

/// An answer that nobody waits for is late; anything else is out of place.
fn late_or_ignored(event: &Event) -> Handled {
    match event {
        Event::ConfigurationLoaded(..)
        | Event::CaptureLoaded(..)
        | Event::CameraOpened(..)
        | Event::CameraFailed(..)
        | Event::CameraLost(..)
        | Event::StillTaken(..)
        | Event::FilePrepared(..)
        | Event::DocumentCreated(..)
        | Event::UploadProgressed(..)
        | Event::PageUploaded(..)
        | Event::ExtractionRead(..)
        | Event::SessionFinished(..)
        | Event::TimeElapsed(_)
        // These are told to every stage, whether it cares or not.
        | Event::PageHidden
        | Event::PageShown => Handled::Late,
        _ => Handled::Ignored,
    }
}

//! The flow: a pure state machine from session link to ending.
//!
//! [`Flow::on`] takes what happened and returns what must be done;
//! [`Flow::screen`] tells what the person sees.
//! Where to start: [`Event`] in, [`Effect`] out, [`Screen`] on top.
//! `opening` leads to the start screen; `later` holds one machine for each thing
//! a session can ask for (`document`, `supplementary`, `face`, …), which share
//! `camera` and `sending`; `view` turns all of it into screens.
//!
//! Three things follow from comparing the state before and after an event
//! instead of being said in every transition, so that none can forget them:
//! the camera is closed when no stage holds it, a picture is dropped when no
//! stage holds it, and an upload is aborted when no stage waits for it.

mod branch;
mod branch_view;
mod camera;
mod consent;
mod document;
mod effect;
mod event;
mod face;
mod finishing;
mod handoff;
mod later;
mod lookout;
mod opening;
mod profile;
mod request;
mod screen;
mod sending;
mod supplementary;
mod turn;
mod view;
mod zoom;

#[cfg(test)]
mod tests;

pub use effect::{
    BranchEffect, Effect, NewResource, ProfileEffect, ResourceKind, ResourceRef, Upload, UploadPart,
};
pub use event::{BranchEvent, Event, FormEvent, LetterFile, ProfileEvent, UploadProgress};
pub use handoff::{
    Away, FreshLink, HandoffEffect, HandoffEvent, HandoffKind, HandoffScreen, Offered,
};
pub use screen::*;
pub use supplementary::{
    ChosenFile, PageFact, PageProblem, PagesScreen, PdfFact, PreparedPdf, SupplementaryContent,
    SupplementaryEffect, SupplementaryEvent, SupplementaryGuidanceScreen,
};
pub use zoom::ZoomEnd;

use handoff::Role;
use later::Later;
use turn::{Tickets, Turn};

use crate::domain::error::ErrorCode;
use crate::domain::host::HostMessageOut;
use crate::domain::i18n::{Locale, Message, Text};
use crate::domain::image::ImageId;
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
    /// The first of the plan's tasks that is not delivered; an index.
    next_task: usize,
    /// What this device has to do with handoffs.
    role: Role,
    expiry: Option<Expiry>,
    /// Whole minutes until the end, while the person is told of it.
    warning: Option<u32>,
    capture_part: CapturePart,
    tickets: Tickets,
    holds_back: bool,
    has_pictures: bool,
    /// Something was handed over since the plan was made.
    is_plan_old: bool,
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
    /// Delivering what the session requires.
    Later(Box<Later>),
    /// Everything was delivered and the session is closed.
    Done,
    /// The session ended otherwise.
    Ended {
        code: ErrorCode,
        /// Known even when no plan could be made.
        error_url: Option<ReturnUrl>,
    },
}

/// Whether the part of the program that captures is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum CapturePart {
    Missing,
    Coming(Ticket),
    Here,
}

/// When the token ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Expiry {
    ticket: Ticket,
    /// What is left when the watch ends, if that is before the end.
    then_left_s: Option<u64>,
}

/// How long before the end the person is told, in seconds.
///
/// Long enough to finish what was begun: comparable services name two minutes
/// for a document. A session that is opened later than that is told at the last
/// minute.
const WARN_BEFORE_S: u64 = 300;
const WARN_LATE_S: u64 = 60;

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
    begin: fn(&mut Flow, &mut Effects),
    on_later: fn(&mut Flow, Event, &mut Effects) -> Handled,
    holdings: fn(&Later) -> Holdings,
}

impl Capture {
    const HERE: Self = Self {
        begin: Flow::begin,
        on_later: Flow::on_later,
        holdings: Later::holdings,
    };

    /// Never asked: these stages begin only once the part is loaded.
    const MISSING: Self = Self {
        begin: |_, _| {},
        on_later: |_, _, _| Handled::Ignored,
        holdings: |_| Holdings::default(),
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
            next_task: 0,
            role: Role::default(),
            expiry: None,
            warning: None,
            capture_part: CapturePart::Missing,
            tickets: Tickets::default(),
            holds_back: false,
            has_pictures: false,
            is_plan_old: false,
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
        let before = self.holdings(capture);
        let answered_upload = match &event {
            Event::Uploaded(ticket, _) => Some(*ticket),
            _ => None,
        };
        let arrived = match &event {
            Event::StillTaken(_, Ok(image)) | Event::FilePrepared(_, Ok(image)) => Some(image.id),
            Event::Supplementary(event) => event.arrived(),
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
        self.has_pictures
    }

    /// What the person should know on whatever screen they are.
    #[must_use]
    pub fn notice(&self) -> Option<Message> {
        let minutes = self.warning?;
        Some(Message::from(Text::ExpiryWarning).with_count(minutes))
    }

    fn handle(&mut self, event: Event, effects: &mut Effects) -> Handled {
        match event {
            // What is the same in every stage.
            Event::LanguageChosen(locale) => self.choose_language(locale, effects),
            Event::ExpiryReached(ticket) => self.expiry_reached(ticket, effects),
            Event::NoticeDismissed => match self.warning.take() {
                Some(_) => Handled::Yes,
                None => Handled::Ignored,
            },
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
                Event::Handoff(HandoffEvent::Chosen) if self.can_hand_off() => {
                    self.role = Role::Offering;
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
                Event::GiveUpPressed if problem.is_some() => {
                    let code = problem.as_ref().map_or(ErrorCode::Internal, ending_of);
                    self.end(code, effects);
                    Handled::Yes
                }
                other => late_or_ignored(&other),
            },
            Stage::Later(_) => (effects.capture.on_later)(self, event, effects),
            Stage::Done | Stage::Ended { .. } => match event {
                Event::LeavePressed => self.leave(effects),
                other => late_or_ignored(&other),
            },
        }
    }

    fn ticket(&mut self) -> Ticket {
        self.tickets.next()
    }

    fn choose_language(&mut self, locale: Locale, effects: &mut Effects) -> Handled {
        let Some(launch) = &mut self.launch else {
            return Handled::Ignored;
        };
        launch.chosen_locale = Some(locale);
        effects.extend([Effect::ApplyLocale(locale), Effect::RememberLocale(locale)]);
        Handled::Yes
    }

    /// Watches the time that the token has left.
    fn watch_expiry(&mut self, left_s: u64, effects: &mut Effects) {
        let warn_s = if left_s > WARN_BEFORE_S {
            WARN_BEFORE_S
        } else {
            WARN_LATE_S
        };
        let then_left_s = (left_s > warn_s).then_some(warn_s);
        self.watch(left_s - then_left_s.unwrap_or(0), then_left_s, effects);
    }

    fn watch(&mut self, after_s: u64, then_left_s: Option<u64>, effects: &mut Effects) {
        let ticket = self.ticket();
        self.expiry = Some(Expiry {
            ticket,
            then_left_s,
        });
        effects.push(Effect::WatchExpiry {
            ticket,
            after_ms: after_s.saturating_mul(1000),
        });
    }

    fn expiry_reached(&mut self, ticket: Ticket, effects: &mut Effects) -> Handled {
        let Some(expiry) = self.expiry.filter(|expiry| expiry.ticket == ticket) else {
            return Handled::Late;
        };
        match &self.stage {
            // What has ended can't end again.
            Stage::Done | Stage::Ended { .. } => return Handled::Late,
            Stage::Fresh
            | Stage::AwaitingHost
            | Stage::Loading(_)
            | Stage::LoadFailed(_)
            | Stage::Start
            | Stage::Preparing(_)
            | Stage::Later(_) => {}
        }
        match expiry.then_left_s {
            Some(left_s) => {
                self.warning = u32::try_from(left_s.div_ceil(60)).ok();
                self.watch(left_s, None, effects);
                if let Some(notice) = self.notice() {
                    effects.push(Effect::Announce(notice));
                }
            }
            None => self.end(ErrorCode::SessionExpired, effects),
        }
        Handled::Yes
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
            (effects.capture.begin)(self, effects);
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

        // The journey goes on where it began, and is not over there.
        if self.role.is_other_device() {
            if let Some(handoff_id) = self.role.handoff_id() {
                let report = HandoffEffect::ReportGivenUp(handoff_id.to_owned());
                effects.push(Effect::Handoff(report));
            }
            effects.push(Effect::ForgetCredentials);
            self.warning = None;
            self.stage = Stage::Ended {
                code,
                error_url: None,
            };
            return;
        }
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
        self.warning = None;
        self.stage = Stage::Ended { code, error_url };
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
        self.warning = None;
        self.stage = Stage::Done;
        let skips_completion = self
            .plan
            .as_ref()
            .is_some_and(|plan| plan.suppressed.flow_completion);
        if skips_completion {
            // Without an address there is nowhere to go, and the screen stays.
            self.leave(effects);
        }
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
            | Stage::Later(_) => None,
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
            (effects.capture.on_later)(self, Event::BackPressed, effects);
        } else {
            effects.push(Effect::GoBack);
        }
        Handled::Yes
    }

    /// Whether Back should come to the flow instead of leaving the page.
    fn wants_back(&self) -> bool {
        matches!(&self.stage, Stage::Later(later)
            if !matches!(**later, Later::Finishing(_) | Later::Guest(_)))
    }

    /// Whether the person may go on on their phone; on a phone they already are.
    fn can_hand_off(&self) -> bool {
        let is_allowed = self.plan.as_ref().is_some_and(|plan| plan.can_hand_off);
        is_allowed && self.launch.as_ref().is_some_and(|it| !it.is_handheld)
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
            Stage::Later(later) if (effects.capture.holdings)(later).waits_for_network => {
                (effects.capture.on_later)(self, Event::RetryPressed, effects);
            }
            Stage::Fresh
            | Stage::AwaitingHost
            | Stage::Loading(_)
            | Stage::LoadFailed(_)
            | Stage::Start
            | Stage::Preparing(_)
            | Stage::Later(_)
            | Stage::Done
            | Stage::Ended { .. } => {}
        }
    }

    fn holdings(&self, capture: &Capture) -> Holdings {
        match &self.stage {
            Stage::Later(later) => (capture.holdings)(later),
            Stage::Fresh
            | Stage::AwaitingHost
            | Stage::Loading(_)
            | Stage::LoadFailed(_)
            | Stage::Start
            | Stage::Preparing(_)
            | Stage::Done
            | Stage::Ended { .. } => Holdings::default(),
        }
    }

    /// Lets go of whatever no stage holds any more.
    fn release(
        &mut self,
        before: &Holdings,
        arrived: Option<ImageId>,
        answered_upload: Option<Ticket>,
        effects: &mut Effects,
    ) {
        let after = self.holdings(effects.capture);
        self.has_pictures = !after.images.is_empty();
        if before.has_camera && !after.has_camera {
            effects.push_first(Effect::CloseCamera);
        }
        if before.has_component && !after.has_component {
            effects.push_first(Effect::StopZoom);
        }
        if before.upload.is_some()
            && before.upload != after.upload
            && before.upload != answered_upload
        {
            effects.push_first(Effect::AbortUpload);
        }
        let held_before = before.images.iter().copied().chain(arrived);
        let mut gone = Vec::new();
        for image in held_before {
            if !after.images.contains(&image) && !gone.contains(&image) {
                gone.push(image);
            }
        }
        effects.extend(gone.into_iter().map(Effect::DropImage));
    }
}

/// What a stage keeps alive in the browser.
#[derive(Default)]
struct Holdings {
    has_camera: bool,
    /// A liveness component is at work.
    has_component: bool,
    // A handful at most, so a list is as quick as a set and smaller.
    images: Vec<ImageId>,
    upload: Option<Ticket>,
    /// Not held but waited for: it goes on by itself when the network is back.
    waits_for_network: bool,
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
        ServiceError::PictureRefused
        | ServiceError::FileEncrypted
        | ServiceError::FileUnreadable
        | ServiceError::Refused(_)
        | ServiceError::Malformed => ErrorCode::Internal,
    }
}

/// An answer that nobody waits for is late; anything else is out of place.
fn late_or_ignored(event: &Event) -> Handled {
    match Turn::unused(event) {
        Turn::Late => Handled::Late,
        _ => Handled::Ignored,
    }
}

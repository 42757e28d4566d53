//! Capturing one document: choose, photograph every side, review, send.

use crate::domain::attempts::Attempts;
use crate::domain::camera::{CameraError, CameraFacts, CameraWish};
use crate::domain::error::ErrorCode;
use crate::domain::i18n::{Message, Text};
use crate::domain::image::{FileError, PreparedImage};
use crate::domain::service::ServiceError;
use crate::domain::session::config::DocumentType;
use crate::domain::session::plan::DocumentTask;
use crate::domain::session::resource::Recommendation;
use crate::domain::session::sides::{Side, sides};

use super::sending::Sending;
use super::{Effect, Effects, Event, Flow, Handled, Stage, Ticket, late_or_ignored};

/// One document being captured.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Capturing {
    /// Which of the plan's tasks.
    pub(super) task: usize,
    pub(super) country: Option<String>,
    pub(super) document_type: Option<DocumentType>,
    /// One per side of the chosen document, in order.
    pub(super) pages: Vec<Page>,
    /// The side being photographed; an index into `pages`.
    pub(super) side: usize,
    /// How the person photographs: kept for the next side and for retakes.
    pub(super) route: Route,
    pub(super) attempts: Attempts,
    pub(super) step: Step,
}

/// A side's picture, once there is one.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Page {
    pub(super) image: Option<PreparedImage>,
    /// The person looked at it and said "use it".
    pub(super) is_confirmed: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Route {
    Camera,
    Upload,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Step {
    Choose,
    Guidance,
    Camera(CameraStep),
    Upload {
        reading: Option<Ticket>,
        error: Option<FileError>,
    },
    Review,
    Sending(Sending),
    TryAgain {
        recommendation: Recommendation,
        can_keep: bool,
    },
}

#[derive(Debug, Clone, PartialEq)]
pub(super) enum CameraStep {
    Starting(Ticket),
    Live {
        ticket: Ticket,
        facts: CameraFacts,
        torch_on: bool,
        taking: Option<Ticket>,
        still_failed: bool,
    },
    /// The page is hidden; the camera opens again when it is shown.
    Paused,
    Blocked(CameraError),
}

impl Capturing {
    pub(super) fn has_camera(&self) -> bool {
        matches!(
            &self.step,
            Step::Camera(CameraStep::Starting(_) | CameraStep::Live { .. })
        )
    }

    pub(super) fn images(&self) -> Vec<&PreparedImage> {
        self.pages
            .iter()
            .filter_map(|page| page.image.as_ref())
            .collect()
    }

    pub(super) fn upload_in_flight(&self) -> Option<Ticket> {
        match &self.step {
            Step::Sending(sending) => sending.upload_in_flight(),
            Step::Choose
            | Step::Guidance
            | Step::Camera(_)
            | Step::Upload { .. }
            | Step::Review
            | Step::TryAgain { .. } => None,
        }
    }

    pub(super) fn waits_for_network(&self) -> bool {
        matches!(&self.step, Step::Sending(sending) if sending.is_stopped_by(&ServiceError::Unreachable))
    }

    pub(super) fn current_side(&self) -> Side {
        let document_sides = self.document_type.as_ref().map_or(&[][..], sides);
        document_sides
            .get(self.side)
            .copied()
            .unwrap_or(Side::DataPage)
    }

    fn set_image(&mut self, image: PreparedImage) {
        if let Some(page) = self.pages.get_mut(self.side) {
            *page = Page {
                image: Some(image),
                is_confirmed: false,
            };
        }
        self.step = Step::Review;
    }

    /// The first side that still needs a picture or a look.
    fn next_open_side(&self) -> Option<usize> {
        self.pages.iter().position(|page| !page.is_confirmed)
    }

    /// Throws away the pictures that were not good enough.
    fn clear_pages(&mut self, page: Option<u32>) {
        let concerned = page.and_then(|number| usize::try_from(number).ok()?.checked_sub(1));
        match concerned.filter(|index| *index < self.pages.len()) {
            Some(index) => {
                self.side = index;
                if let Some(page) = self.pages.get_mut(index) {
                    *page = Page::default();
                }
            }
            None => {
                self.side = 0;
                self.pages
                    .iter_mut()
                    .for_each(|page| *page = Page::default());
            }
        }
    }

    fn choose_type(&mut self, document_type: DocumentType) {
        self.pages = vec![Page::default(); sides(&document_type).len()];
        self.side = 0;
        self.document_type = Some(document_type);
    }
}

impl Flow {
    /// Starts with one of the plan's documents, or closes the session after the
    /// last.
    pub(super) fn begin_task(&mut self, index: usize, effects: &mut Effects) {
        let Some(task) = self.plan.as_ref().and_then(|plan| plan.tasks.get(index)) else {
            self.finish(effects);
            return;
        };
        let mut capturing = Capturing {
            task: index,
            country: task.preset_country.clone(),
            document_type: None,
            pages: Vec::new(),
            side: 0,
            route: Route::Camera,
            attempts: task.attempts.clone(),
            step: Step::Choose,
        };
        preselect_type(&mut capturing, task);
        self.stage = Stage::Capturing(Box::new(capturing));
    }

    pub(super) fn on_capturing(&mut self, event: Event, effects: &mut Effects) -> Handled {
        let Stage::Capturing(capturing) = &self.stage else {
            return Handled::Ignored;
        };
        match &capturing.step {
            Step::Choose => self.on_choose(event, effects),
            Step::Guidance => self.on_guidance(event, effects),
            Step::Camera(_) => self.on_camera(event, effects),
            Step::Upload { .. } => self.on_upload(event, effects),
            Step::Review => self.on_review(event, effects),
            Step::Sending(_) => self.on_sending(event, effects),
            Step::TryAgain { .. } => self.on_try_again(event, effects),
        }
    }

    /// The document being captured and its task; only called while capturing.
    pub(super) fn capturing(&mut self) -> Option<(&mut Capturing, &DocumentTask)> {
        let Stage::Capturing(capturing) = &mut self.stage else {
            return None;
        };
        let task = self.plan.as_ref()?.tasks.get(capturing.task)?;
        Some((capturing, task))
    }

    fn on_choose(&mut self, event: Event, effects: &mut Effects) -> Handled {
        let Some((capturing, task)) = self.capturing() else {
            return Handled::Ignored;
        };
        match event {
            Event::CountryChosen(code) if !task.documents(&code).is_empty() => {
                if capturing.country.as_deref() != Some(&code) {
                    capturing.country = Some(code);
                    let is_still_offered = capturing.document_type.as_ref().is_some_and(|kind| {
                        capturing
                            .country
                            .as_deref()
                            .is_some_and(|code| task.allows(code, kind))
                    });
                    if !is_still_offered {
                        capturing.document_type = None;
                        capturing.pages = Vec::new();
                        preselect_type(capturing, task);
                    }
                }
            }
            Event::DocumentTypeChosen(kind)
                if capturing
                    .country
                    .as_deref()
                    .is_some_and(|code| task.allows(code, &kind)) =>
            {
                // Choosing the same again keeps the pictures already taken.
                if capturing.document_type.as_ref() != Some(&kind) {
                    capturing.choose_type(kind);
                }
            }
            Event::ContinuePressed
                if capturing.country.is_some() && capturing.document_type.is_some() =>
            {
                capturing.side = 0;
                capturing.step = Step::Guidance;
            }
            Event::NoDocumentPressed => self.end(ErrorCode::NoDocument, effects),
            Event::BackPressed => self.stage = Stage::Start,
            other => return late_or_ignored(&other),
        }
        Handled::Yes
    }

    fn on_guidance(&mut self, event: Event, effects: &mut Effects) -> Handled {
        let Some((capturing, task)) = self.capturing() else {
            return Handled::Ignored;
        };
        match event {
            Event::CameraChosen => self.open_camera(CameraWish::Environment, effects),
            Event::UploadChosen if task.can_upload => open_upload(capturing),
            Event::BackPressed => match capturing.side.checked_sub(1) {
                Some(previous) => {
                    capturing.side = previous;
                    let has_image = capturing
                        .pages
                        .get(previous)
                        .is_some_and(|page| page.image.is_some());
                    capturing.step = if has_image {
                        Step::Review
                    } else {
                        Step::Guidance
                    };
                }
                None => capturing.step = Step::Choose,
            },
            other => return late_or_ignored(&other),
        }
        Handled::Yes
    }

    fn open_camera(&mut self, wish: CameraWish, effects: &mut Effects) {
        let ticket = self.ticket();
        if let Some((capturing, _)) = self.capturing() {
            capturing.route = Route::Camera;
            capturing.step = Step::Camera(CameraStep::Starting(ticket));
            effects.push(Effect::OpenCamera(ticket, wish));
        }
    }

    fn on_camera(&mut self, event: Event, effects: &mut Effects) -> Handled {
        let new_ticket = self.upcoming_ticket();
        let Some((capturing, task)) = self.capturing() else {
            return Handled::Ignored;
        };
        let can_upload = task.can_upload;
        let Step::Camera(camera) = &mut capturing.step else {
            return Handled::Ignored;
        };
        match (camera, event) {
            (_, Event::BackPressed) => capturing.step = Step::Guidance,
            (_, Event::UploadChosen) if can_upload => open_upload(capturing),
            (CameraStep::Starting(ticket), Event::CameraOpened(answered, facts))
                if *ticket == answered =>
            {
                capturing.step = Step::Camera(CameraStep::Live {
                    ticket: answered,
                    facts,
                    torch_on: false,
                    taking: None,
                    still_failed: false,
                });
                effects.push(Effect::Announce(Text::CameraReady.into()));
            }
            (CameraStep::Starting(ticket), Event::CameraFailed(answered, error))
                if *ticket == answered =>
            {
                match ending_without_camera(error) {
                    Some(code) if !can_upload => self.end(code, effects),
                    _ => capturing.step = Step::Camera(CameraStep::Blocked(error)),
                }
            }
            (CameraStep::Live { ticket, .. }, Event::CameraLost(lost, _)) if *ticket == lost => {
                self.open_camera(CameraWish::Environment, effects);
            }
            // Browsers stop or freeze the camera of a hidden page, each in its
            // own way; closing it ourselves makes them all the same.
            (CameraStep::Live { .. }, Event::PageHidden) => {
                capturing.step = Step::Camera(CameraStep::Paused);
            }
            (CameraStep::Paused, Event::PageShown) => {
                self.open_camera(CameraWish::Environment, effects);
            }
            (
                CameraStep::Live {
                    taking: taking @ None,
                    still_failed,
                    ..
                },
                Event::ShutterPressed,
            ) => {
                *taking = Some(new_ticket);
                *still_failed = false;
                effects.push(Effect::TakeStill(new_ticket));
                effects.push(Effect::Announce(Text::CameraTaking.into()));
                self.ticket();
            }
            (
                CameraStep::Live {
                    taking,
                    still_failed,
                    ..
                },
                Event::StillTaken(answered, result),
            ) if *taking == Some(answered) => match result {
                Ok(image) => capturing.set_image(image),
                Err(_) => {
                    *taking = None;
                    *still_failed = true;
                    effects.push(Effect::Announce(Text::CameraStillFailed.into()));
                }
            },
            (
                CameraStep::Live {
                    facts, torch_on, ..
                },
                Event::TorchPressed,
            ) if facts.has_torch => {
                *torch_on = !*torch_on;
                effects.push(Effect::SetTorch(*torch_on));
            }
            (CameraStep::Live { facts, .. }, Event::SwitchCameraPressed) if facts.n_cameras > 1 => {
                self.open_camera(CameraWish::Next, effects);
            }
            (CameraStep::Blocked(error), Event::RetryPressed) if error.can_retry() => {
                self.open_camera(CameraWish::Environment, effects);
            }
            (CameraStep::Blocked(error), Event::GiveUpPressed) if !can_upload => {
                let code = ending_when_given_up(*error);
                self.end(code, effects);
            }
            (_, other) => return late_or_ignored(&other),
        }
        Handled::Yes
    }

    fn on_upload(&mut self, event: Event, effects: &mut Effects) -> Handled {
        let new_ticket = self.upcoming_ticket();
        let Some((capturing, _)) = self.capturing() else {
            return Handled::Ignored;
        };
        let Step::Upload { reading, error } = &mut capturing.step else {
            return Handled::Ignored;
        };
        match event {
            // A second file while the first is being read replaces it.
            Event::FileChosen(file) => {
                *reading = Some(new_ticket);
                *error = None;
                effects.push(Effect::PrepareFile(new_ticket, file));
                self.ticket();
            }
            Event::FilePrepared(ticket, result) if *reading == Some(ticket) => match result {
                Ok(image) => capturing.set_image(image),
                Err(why) => {
                    *reading = None;
                    *error = Some(why);
                }
            },
            Event::CameraChosen => self.open_camera(CameraWish::Environment, effects),
            Event::BackPressed => capturing.step = Step::Guidance,
            other => return late_or_ignored(&other),
        }
        Handled::Yes
    }

    fn on_review(&mut self, event: Event, effects: &mut Effects) -> Handled {
        let Some((capturing, _)) = self.capturing() else {
            return Handled::Ignored;
        };
        match event {
            Event::UsePressed => {
                if let Some(page) = capturing.pages.get_mut(capturing.side) {
                    page.is_confirmed = true;
                }
                match capturing.next_open_side() {
                    Some(next) => {
                        capturing.side = next;
                        let has_image = capturing
                            .pages
                            .get(next)
                            .is_some_and(|page| page.image.is_some());
                        capturing.step = if has_image {
                            Step::Review
                        } else {
                            Step::Guidance
                        };
                    }
                    None => self.send(effects),
                }
            }
            Event::RetakePressed => match capturing.route {
                Route::Camera => self.open_camera(CameraWish::Environment, effects),
                Route::Upload => open_upload(capturing),
            },
            Event::BackPressed => capturing.step = Step::Guidance,
            other => return late_or_ignored(&other),
        }
        Handled::Yes
    }

    fn on_try_again(&mut self, event: Event, effects: &mut Effects) -> Handled {
        let Some((capturing, task)) = self.capturing() else {
            return Handled::Ignored;
        };
        let Step::TryAgain {
            recommendation,
            can_keep,
        } = &capturing.step
        else {
            return Handled::Ignored;
        };
        match event {
            Event::RetakePressed => {
                let page = recommendation.page;
                capturing.clear_pages(page);
                capturing.step = Step::Guidance;
            }
            Event::ChangeDocumentPressed => {
                capturing.clear_pages(None);
                capturing.document_type = None;
                capturing.pages = Vec::new();
                preselect_type(capturing, task);
                capturing.step = Step::Choose;
            }
            Event::KeepPressed if *can_keep => {
                let next = capturing.task + 1;
                self.begin_task(next, effects);
            }
            other => return late_or_ignored(&other),
        }
        Handled::Yes
    }
}

/// The name of a document, as a phrase in the middle of a sentence.
pub(super) fn document_name(kind: &DocumentType) -> Message {
    let text = match kind {
        DocumentType::Passport => Text::DocumentPassport,
        DocumentType::DrivingLicence => Text::DocumentDrivingLicence,
        DocumentType::NationalId => Text::DocumentNationalId,
        DocumentType::ResidencePermit => Text::DocumentResidencePermit,
        DocumentType::TravelDocument => Text::DocumentTravelDocument,
        DocumentType::StateId => Text::DocumentStateId,
        DocumentType::Other(name) => {
            let words = name.to_ascii_lowercase().replace('_', " ");
            return Message::from(Text::DocumentOther)
                .with("name", crate::domain::i18n::Arg::Verbatim(words));
        }
    };
    text.into()
}

/// Chooses the document type where there is only one.
fn preselect_type(capturing: &mut Capturing, task: &DocumentTask) {
    let only = capturing
        .country
        .as_deref()
        .and_then(|code| match task.documents(code) {
            [only] => Some(only.kind.clone()),
            _ => None,
        });
    if let Some(only) = only {
        capturing.choose_type(only);
    }
}

fn open_upload(capturing: &mut Capturing) {
    capturing.route = Route::Upload;
    capturing.step = Step::Upload {
        reading: None,
        error: None,
    };
}

/// How the session ends at once when only the camera is allowed and it can't
/// work on this device or page; nothing where trying again may help.
fn ending_without_camera(error: CameraError) -> Option<ErrorCode> {
    match error {
        CameraError::NotFound => Some(ErrorCode::NoCamera),
        CameraError::NotDelegated | CameraError::Insecure | CameraError::Unsupported => {
            Some(ErrorCode::CameraFailed)
        }
        CameraError::Denied | CameraError::Busy | CameraError::NoPicture => None,
    }
}

/// How the session ends when the person gives up on the camera.
fn ending_when_given_up(error: CameraError) -> ErrorCode {
    match error {
        CameraError::Denied => ErrorCode::CameraDenied,
        CameraError::NotFound => ErrorCode::NoCamera,
        CameraError::NotDelegated
        | CameraError::Busy
        | CameraError::Insecure
        | CameraError::Unsupported
        | CameraError::NoPicture => ErrorCode::CameraFailed,
    }
}

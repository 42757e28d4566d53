//! Delivering one supplementary document: choose it, gather its pages or one
//! PDF, send.

mod facts;
pub(super) mod pages;

pub use facts::{
    ChosenFile, PageFact, PageProblem, PagesScreen, PdfFact, PreparedPdf, SupplementaryContent,
    SupplementaryEffect, SupplementaryEvent, SupplementaryGuidanceScreen,
};

use crate::domain::attempts::Attempts;
use crate::domain::camera::CameraWish;
use crate::domain::error::ErrorCode;
use crate::domain::image::{ImageId, PreparedImage};
use crate::domain::session::config::DocumentType;
use crate::domain::session::plan::{Plan, SupplementaryTask, Suppressed};
use crate::domain::session::resource::{NewSupplementaryDocument, Recommendation, TextExtraction};
use crate::domain::sight::DocumentShape;

use super::camera::{CameraStep, CameraUse};
use super::lookout::{Lookout, LookoutTurn};
use super::sending::{Delivery, Sending, SendingTurn};
use super::turn::{Captures, Desk, Retry, Turn, verdict};
use super::{Effect, Event, NewResource, ResourceKind, ResourceRef, ending_of};
use pages::Pages;

/// One document being delivered.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Supplementary {
    pub(super) country: Option<String>,
    pub(super) document_type: Option<DocumentType>,
    pub(super) pages: Pages,
    pub(super) attempts: Attempts,
    /// Sending was stopped once, perhaps too late.
    was_cancelled: bool,
    pub(super) lookout: Lookout,
    pub(super) step: Step,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Step {
    Choose,
    Guidance,
    Pages,
    Camera { camera: CameraStep, place: Place },
    Review { image: PreparedImage, place: Place },
    Sending(Sending),
    TryAgain(Retry),
}

/// Where a photograph goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// Behind the last page.
    End,
    /// Where another one was.
    Of(usize),
}

/// What stays the same while a document is delivered.
#[derive(Clone, Copy)]
pub(super) struct SupplementaryContext<'a> {
    task: &'a SupplementaryTask,
    suppressed: Suppressed,
}

impl<'a> SupplementaryContext<'a> {
    pub(super) fn of(plan: &Plan, task: &'a SupplementaryTask) -> Self {
        Self {
            task,
            suppressed: plan.suppressed,
        }
    }

    fn camera_use(self) -> CameraUse {
        CameraUse {
            wish: CameraWish::Environment,
            has_other_way: self.task.can_upload,
            is_for_liveness: false,
        }
    }
}

impl Captures for Supplementary {
    fn camera(&self) -> Option<&CameraStep> {
        match &self.step {
            Step::Camera { camera, .. } => Some(camera),
            Step::Choose
            | Step::Guidance
            | Step::Pages
            | Step::Review { .. }
            | Step::Sending(_)
            | Step::TryAgain(_) => None,
        }
    }

    fn sending(&self) -> Option<&Sending> {
        match &self.step {
            Step::Sending(sending) => Some(sending),
            Step::Choose
            | Step::Guidance
            | Step::Pages
            | Step::Camera { .. }
            | Step::Review { .. }
            | Step::TryAgain(_) => None,
        }
    }

    fn images(&self) -> Vec<ImageId> {
        let looked_at = match &self.step {
            Step::Review { image, .. } => Some(image.id),
            Step::Choose
            | Step::Guidance
            | Step::Pages
            | Step::Camera { .. }
            | Step::Sending(_)
            | Step::TryAgain(_) => None,
        };
        self.pages.images().chain(looked_at).collect()
    }
}

impl Supplementary {
    pub(super) fn begin(context: SupplementaryContext<'_>, desk: &mut Desk<'_>) -> Self {
        let task = context.task;
        let mut document = Self {
            country: task.preset_country.clone(),
            document_type: task.only_type().cloned(),
            pages: Pages::default(),
            attempts: task.attempts.clone(),
            was_cancelled: false,
            lookout: Lookout::default(),
            step: Step::Choose,
        };
        if let Some(pending) = &task.pending {
            document.country.clone_from(&pending.issuing_country);
            document.document_type = pending.document_type.as_deref().map(DocumentType::from);
            let resource = ResourceRef {
                kind: ResourceKind::SupplementaryDocument,
                id: pending.resource_id.clone(),
            };
            document.step = Step::Sending(Sending::resume(resource, desk));
        } else {
            desk.push(Effect::WakeEyes);
        }
        document
    }

    /// The number of the page that a photograph will be, from 1.
    pub(super) fn page_number(&self, place: Place) -> u32 {
        pages::number(match place {
            Place::End => self.pages.list().len(),
            Place::Of(index) => index,
        })
    }

    /// Whether a photograph can be added now: never while files are being
    /// read, so that both don't meet in the last place.
    pub(super) fn can_photograph(&self) -> bool {
        self.pages.has_room() && !self.pages.is_reading()
    }

    fn is_chosen(&self) -> bool {
        self.country.is_some() && self.document_type.is_some()
    }

    fn open_camera(
        &mut self,
        place: Place,
        context: SupplementaryContext<'_>,
        desk: &mut Desk<'_>,
    ) {
        let camera = CameraStep::open(context.camera_use().wish, desk);
        self.step = Step::Camera { camera, place };
    }

    pub(super) fn on(
        &mut self,
        event: Event,
        context: SupplementaryContext<'_>,
        desk: &mut Desk<'_>,
    ) -> Turn {
        match event {
            // Whoever goes one screen back while files are read finds them
            // when they return.
            Event::Supplementary(SupplementaryEvent::FileRead(ticket, result)) => {
                self.pages.file_read(ticket, result, desk)
            }
            Event::Supplementary(SupplementaryEvent::PictureTurned(ticket, result)) => {
                self.pages.picture_turned(ticket, result, desk)
            }
            event => match &self.step {
                Step::Choose => self.on_choose(event, context, desk),
                Step::Guidance => self.on_guidance(&event),
                Step::Pages => self.on_pages(event, context, desk),
                Step::Camera { .. } => self.on_camera(event, context, desk),
                Step::Review { .. } => self.on_review(event, context, desk),
                Step::Sending(_) => self.on_sending(event, desk),
                Step::TryAgain(_) => self.on_try_again(&event, context),
            },
        }
    }

    fn on_choose(
        &mut self,
        event: Event,
        context: SupplementaryContext<'_>,
        desk: &mut Desk<'_>,
    ) -> Turn {
        let task = context.task;
        match event {
            Event::CountryChosen(code) if task.allows_country(&code) => self.country = Some(code),
            Event::DocumentTypeChosen(kind) if task.document_types.contains(&kind) => {
                self.document_type = Some(kind);
            }
            Event::ContinuePressed if self.is_chosen() => {
                self.step = if context.suppressed.supplementary_document_education {
                    Step::Pages
                } else {
                    Step::Guidance
                };
            }
            Event::NoDocumentPressed => return Turn::End(ErrorCode::NoDocument),
            Event::BackPressed => {
                self.pages.forget_files(desk);
                return Turn::Leave;
            }
            other => return Turn::unused(&other),
        }
        Turn::Stay
    }

    fn on_guidance(&mut self, event: &Event) -> Turn {
        match event {
            Event::ContinuePressed => self.step = Step::Pages,
            Event::BackPressed => self.step = Step::Choose,
            other => return Turn::unused(other),
        }
        Turn::Stay
    }

    fn on_pages(
        &mut self,
        event: Event,
        context: SupplementaryContext<'_>,
        desk: &mut Desk<'_>,
    ) -> Turn {
        match event {
            Event::CameraChosen if self.can_photograph() => {
                self.open_camera(Place::End, context, desk);
            }
            Event::Supplementary(event) => return self.on_list(event, context, desk),
            Event::ContinuePressed if self.pages.is_ready() => self.send(context.task, desk),
            Event::BackPressed if context.suppressed.supplementary_document_education => {
                self.step = Step::Choose;
            }
            Event::BackPressed => self.step = Step::Guidance,
            other => return Turn::unused(&other),
        }
        Turn::Stay
    }

    fn on_list(
        &mut self,
        event: SupplementaryEvent,
        context: SupplementaryContext<'_>,
        desk: &mut Desk<'_>,
    ) -> Turn {
        match event {
            SupplementaryEvent::FilesChosen(files)
                if context.task.can_upload && !files.is_empty() =>
            {
                self.pages.choose(files, desk);
                Turn::Stay
            }
            SupplementaryEvent::RetakePressed(index)
                if index < self.pages.list().len() && !self.pages.is_reading() =>
            {
                self.open_camera(Place::Of(index), context, desk);
                Turn::Stay
            }
            SupplementaryEvent::TurnPressed(index) => self.pages.turn(index, desk),
            SupplementaryEvent::MoveEarlierPressed(index) => match index.checked_sub(1) {
                Some(before) => self.pages.swap(before, index, desk),
                None => Turn::Ignored,
            },
            SupplementaryEvent::MoveLaterPressed(index) => self.pages.swap(index, index, desk),
            SupplementaryEvent::RemovePressed(index) => self.pages.remove(index, desk),
            SupplementaryEvent::RemovePdfPressed => self.pages.remove_pdf(desk),
            SupplementaryEvent::FilesChosen(_)
            | SupplementaryEvent::RetakePressed(_)
            | SupplementaryEvent::FileRead(..)
            | SupplementaryEvent::PictureTurned(..) => Turn::Ignored,
        }
    }

    fn on_camera(
        &mut self,
        event: Event,
        context: SupplementaryContext<'_>,
        desk: &mut Desk<'_>,
    ) -> Turn {
        let Step::Camera { camera, place } = &mut self.step else {
            return Turn::Ignored;
        };
        let place = *place;
        match event {
            Event::BackPressed => self.step = Step::Pages,
            Event::UploadChosen if context.task.can_upload => self.step = Step::Pages,
            event => match self.lookout.on(
                event,
                camera,
                context.camera_use(),
                DocumentShape::Paper,
                desk,
            ) {
                LookoutTurn::Turn(turn) => return turn,
                LookoutTurn::Taken(image) => self.step = Step::Review { image, place },
            },
        }
        Turn::Stay
    }

    fn on_review(
        &mut self,
        event: Event,
        context: SupplementaryContext<'_>,
        desk: &mut Desk<'_>,
    ) -> Turn {
        let Step::Review { image, place } = &self.step else {
            return Turn::Ignored;
        };
        match (event, *place) {
            (Event::UsePressed, Place::End) => {
                self.pages.add(image.clone(), desk);
                self.step = Step::Pages;
            }
            (Event::UsePressed, Place::Of(index)) => {
                self.pages.replace(index, image.clone(), desk);
                self.step = Step::Pages;
            }
            (Event::RetakePressed, place) => self.open_camera(place, context, desk),
            (Event::BackPressed, _) => self.step = Step::Pages,
            (other, _) => return Turn::unused(&other),
        }
        Turn::Stay
    }

    fn send(&mut self, task: &SupplementaryTask, desk: &mut Desk<'_>) {
        let (Some(kind), Some(country)) = (&self.document_type, &self.country) else {
            return;
        };
        let delivery = Delivery {
            resource: NewResource::SupplementaryDocument(NewSupplementaryDocument {
                requirement_id: task.requirement_id.clone(),
                document_type: kind.as_str().to_owned(),
                issuing_country: country.clone(),
            }),
            parts: self.pages.parts(),
        };
        self.step = Step::Sending(Sending::start(delivery, self.was_cancelled, desk));
    }

    fn on_sending(&mut self, event: Event, desk: &mut Desk<'_>) -> Turn {
        let Step::Sending(sending) = &mut self.step else {
            return Turn::Ignored;
        };
        match sending.on(event, desk) {
            SendingTurn::Stay => {}
            SendingTurn::Judged(judgement) => return self.judged(&judgement),
            SendingTurn::Delivered => return Turn::Done,
            SendingTurn::Cancelled => {
                self.was_cancelled = true;
                self.step = Step::Pages;
            }
            SendingTurn::Reread => return Turn::Reread,
            SendingTurn::Refused(index, error) => {
                self.pages.refused(index, &error);
                self.step = Step::Pages;
            }
            SendingTurn::Failed(error) => return Turn::End(ending_of(&error)),
            SendingTurn::Unused(other) => return Turn::unused(&other),
        }
        Turn::Stay
    }

    fn judged(&mut self, judgement: &TextExtraction) -> Turn {
        match verdict(&mut self.attempts, judgement, ErrorCode::AttemptsExhausted) {
            Ok(retry) => {
                self.step = Step::TryAgain(retry);
                Turn::Stay
            }
            Err(turn) => turn,
        }
    }

    fn on_try_again(&mut self, event: &Event, context: SupplementaryContext<'_>) -> Turn {
        let Step::TryAgain(Retry {
            recommendation,
            can_keep,
        }) = &self.step
        else {
            return Turn::Ignored;
        };
        match event {
            // A reload may have lost what was chosen.
            Event::RetakePressed if !self.is_chosen() => self.step = Step::Choose,
            Event::RetakePressed => {
                if let Some(index) = page_index(recommendation) {
                    self.pages.mark(index);
                }
                self.step = Step::Pages;
            }
            Event::ChangeDocumentPressed => {
                self.pages = Pages::default();
                self.document_type = context.task.only_type().cloned();
                self.step = Step::Choose;
            }
            Event::KeepPressed if *can_keep => return Turn::Done,
            other => return Turn::unused(other),
        }
        Turn::Stay
    }
}

/// The place of the page that a recommendation is about.
pub(super) fn page_index(recommendation: &Recommendation) -> Option<usize> {
    usize::try_from(recommendation.page?).ok()?.checked_sub(1)
}

//! The stages after the start screen: one machine each, and what they hold.
//!
//! Nothing here is in the first module of a release build; it is reached
//! through the table [`Capture`](super::Capture) only.

use std::collections::BTreeSet;

use crate::domain::image::{ImageId, PreparedImage};
use crate::domain::session::plan::{ConsentMoment, Plan, Task};

use super::branch::Visit;
use super::camera::CameraStep;
use super::consent::Consent;
use super::document::{Document, DocumentContext};
use super::face::{Face, FaceContext};
use super::finishing::Finishing;
use super::profile::Profile;
use super::sending::Sending;
use super::turn::{Desk, Turn};
use super::zoom::Zoom;
use super::{Effects, Event, Flow, Handled, Holdings, Stage};

/// What the person is doing after the start screen.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Later {
    /// Agreeing to the use of the face.
    Consent(Consent),
    /// Capturing an identity document.
    Document(Document),
    /// Capturing a face.
    Face(Face),
    /// In the hands of a component that checks liveness.
    Zoom(Zoom),
    /// Looking through the applicant's profile.
    Profile(Profile),
    /// Preparing a visit to a branch.
    Branch(Visit),
    /// Everything is delivered; the session is being closed.
    Finishing(Finishing),
}

impl Later {
    /// What begins now, for the first task that is not delivered.
    fn begin(plan: &Plan, next_task: usize, desk: &mut Desk<'_>) -> Self {
        let task = plan.tasks.get(next_task);
        let is_consent_due = match plan.consent {
            None => false,
            Some(ConsentMoment::Early) => true,
            Some(ConsentMoment::JustInTime) => task.is_none_or(Task::is_of_a_face),
        };
        if is_consent_due {
            return Self::Consent(Consent::default());
        }
        match task {
            None => Self::Finishing(Finishing::begin(desk)),
            Some(Task::Document(task)) => {
                Self::Document(Document::begin(document_context(plan, task), desk))
            }
            Some(Task::Face(task)) => Self::Face(Face::begin(face_context(plan, task), desk)),
            Some(Task::Zoom(task)) => Self::Zoom(Zoom::begin(task, plan.suppressed, desk)),
            Some(Task::Profile) => Self::Profile(Profile::begin(desk)),
            Some(Task::Branch(task)) => Self::Branch(Visit::begin(task, desk)),
        }
    }

    fn on(&mut self, event: Event, plan: &Plan, task: Option<&Task>, desk: &mut Desk<'_>) -> Turn {
        match (self, task) {
            (Self::Consent(consent), _) => consent.on(event, desk),
            (Self::Finishing(finishing), _) => finishing.on(event, desk),
            (Self::Profile(profile), _) => profile.on(event, desk),
            (Self::Branch(visit), Some(Task::Branch(task))) => visit.on(event, task, desk),
            (Self::Document(document), Some(Task::Document(task))) => {
                document.on(event, document_context(plan, task), desk)
            }
            (Self::Face(face), Some(Task::Face(task))) => {
                face.on(event, face_context(plan, task), desk)
            }
            (Self::Zoom(zoom), Some(Task::Zoom(task))) => zoom.on(event, task, desk),
            // A machine is only begun for a task of its kind.
            (Self::Document(_) | Self::Face(_) | Self::Zoom(_) | Self::Branch(_), _) => {
                Turn::Ignored
            }
        }
    }

    fn camera(&self) -> Option<&CameraStep> {
        match self {
            Self::Document(document) => document.camera(),
            Self::Face(face) => face.camera(),
            Self::Consent(_)
            | Self::Zoom(_)
            | Self::Profile(_)
            | Self::Branch(_)
            | Self::Finishing(_) => None,
        }
    }

    fn sending(&self) -> Option<&Sending> {
        match self {
            Self::Document(document) => document.sending(),
            Self::Face(face) => face.sending(),
            Self::Consent(_)
            | Self::Zoom(_)
            | Self::Profile(_)
            | Self::Branch(_)
            | Self::Finishing(_) => None,
        }
    }

    fn images(&self) -> BTreeSet<ImageId> {
        let id = |image: &PreparedImage| image.id;
        match self {
            Self::Document(document) => document.images().map(id).collect(),
            Self::Face(face) => face.image.iter().map(id).collect(),
            Self::Consent(_)
            | Self::Zoom(_)
            | Self::Profile(_)
            | Self::Branch(_)
            | Self::Finishing(_) => BTreeSet::new(),
        }
    }

    fn waits_for_network(&self) -> bool {
        match self {
            Self::Consent(consent) => consent.waits_for_network(),
            Self::Finishing(finishing) => finishing.problem.is_some(),
            Self::Profile(profile) => profile.request.waits_for_network(),
            Self::Branch(visit) => visit.waits_for_network(),
            Self::Document(_) | Self::Face(_) | Self::Zoom(_) => {
                self.sending().is_some_and(Sending::waits_for_network)
            }
        }
    }

    /// What it keeps alive in the browser.
    pub(super) fn holdings(&self) -> Holdings {
        Holdings {
            has_camera: self.camera().is_some_and(CameraStep::is_open),
            images: self.images(),
            upload: self.sending().and_then(Sending::upload_in_flight),
            waits_for_network: self.waits_for_network(),
        }
    }
}

fn document_context<'a>(
    plan: &Plan,
    task: &'a crate::domain::session::plan::DocumentTask,
) -> DocumentContext<'a> {
    DocumentContext {
        task,
        suppressed: plan.suppressed,
    }
}

fn face_context<'a>(
    plan: &Plan,
    task: &'a crate::domain::session::plan::FaceTask,
) -> FaceContext<'a> {
    FaceContext {
        task,
        suppressed: plan.suppressed,
        has_identity_profile: plan.has_identity_profile,
    }
}

impl Flow {
    /// Goes on with the first task that is not delivered.
    pub(super) fn begin(&mut self, effects: &mut Effects) {
        let Some(plan) = &self.plan else {
            return;
        };
        let mut desk = Desk {
            tickets: &mut self.tickets,
            effects,
        };
        let later = Later::begin(plan, self.next_task, &mut desk);
        self.stage = Stage::Later(Box::new(later));
    }

    pub(super) fn on_later(&mut self, event: Event, effects: &mut Effects) -> Handled {
        let (Stage::Later(later), Some(plan)) = (&mut self.stage, &self.plan) else {
            return Handled::Ignored;
        };
        let mut desk = Desk {
            tickets: &mut self.tickets,
            effects,
        };
        let turn = later.on(event, plan, plan.tasks.get(self.next_task), &mut desk);
        match turn {
            Turn::Stay => {}
            Turn::Ignored => return Handled::Ignored,
            Turn::Late => return Handled::Late,
            Turn::Done => self.later_is_done(effects),
            Turn::Leave => self.stage = Stage::Start,
            Turn::End(code) => self.end(code, effects),
        }
        Handled::Yes
    }

    fn later_is_done(&mut self, effects: &mut Effects) {
        let Stage::Later(later) = &self.stage else {
            return;
        };
        match **later {
            // A visit leaves the session open: it is completed in the branch.
            Later::Finishing(_) | Later::Branch(_) => {
                self.succeed(effects);
                return;
            }
            Later::Consent(_) => {
                if let Some(plan) = &mut self.plan {
                    plan.consent = None;
                }
            }
            Later::Document(_) | Later::Face(_) | Later::Zoom(_) | Later::Profile(_) => {
                self.next_task += 1;
            }
        }
        self.begin(effects);
    }
}

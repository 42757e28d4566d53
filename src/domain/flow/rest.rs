//! The stages after the start screen that most sessions do not need: faces
//! and the consent to them, bills and letters, forms, other devices.
//!
//! Nothing here is in the first two modules of a release build; it is reached
//! through the table [`Rest`](super::parts::Rest) only.

use crate::domain::session::plan::{FaceTask, Plan, Task};

use super::branch::Visit;
use super::consent::Consent;
use super::face::{Face, FaceContext, exhausted};
use super::handoff::{Away, Guest, Offer, Role};
use super::later::Later;
use super::profile::Profile;
use super::supplementary::{Supplementary, SupplementaryContext};
use super::turn::{Desk, Turn};
use super::zoom::Zoom;
use super::{Effects, Event, Flow, Holdings, Stage};

impl Later {
    /// What begins now for a task, if its machine is here.
    fn begin_rest(plan: &Plan, task: &Task, desk: &mut Desk<'_>) -> Option<Self> {
        Some(match task {
            Task::Document(_) => return None,
            Task::Supplementary(task) => {
                let context = SupplementaryContext::of(plan, task);
                Self::Supplementary(Supplementary::begin(context, desk))
            }
            Task::Face(task) => Self::Face(Face::begin(face_context(plan, task), desk)),
            Task::Zoom(task) => Self::Zoom(Zoom::begin(task, plan.suppressed, desk)),
            Task::Profile => Self::Profile(Profile::begin(desk)),
            Task::Branch(task) => Self::Branch(Visit::begin(task, desk)),
        })
    }

    pub(super) fn on_rest(
        &mut self,
        event: Event,
        plan: Option<&Plan>,
        task: Option<&Task>,
        desk: &mut Desk<'_>,
    ) -> Turn {
        match (self, plan, task) {
            // The other device has no plan before it may go on.
            (Self::Guest(guest), ..) => guest.on(event, desk),
            (Self::Consent(consent), ..) => consent.on(event, desk),
            (Self::Offer(offer), ..) => offer.on(event, desk),
            (Self::Profile(profile), ..) => profile.on(event, desk),
            (Self::Branch(visit), _, Some(Task::Branch(task))) => visit.on(event, task, desk),
            (Self::Supplementary(document), Some(plan), Some(Task::Supplementary(task))) => {
                document.on(event, SupplementaryContext::of(plan, task), desk)
            }
            (Self::Face(face), Some(plan), Some(Task::Face(task))) => {
                face.on(event, face_context(plan, task), desk)
            }
            (Self::Zoom(zoom), Some(plan), Some(Task::Zoom(task))) => {
                zoom.on(event, task, exhausted(plan.has_identity_profile), desk)
            }
            // A machine is only begun for a task of its kind.
            (
                Self::Supplementary(_)
                | Self::Face(_)
                | Self::Zoom(_)
                | Self::Branch(_)
                | Self::Document(_)
                | Self::Finishing(_),
                ..,
            ) => Turn::Ignored,
        }
    }

    /// What it keeps alive in the browser.
    pub(super) fn holdings_of_rest(&self) -> Holdings {
        match self {
            Self::Supplementary(document) => Holdings::of(document),
            Self::Face(face) => Holdings::of(face),
            Self::Zoom(zoom) => Holdings {
                has_component: matches!(zoom, Zoom::Running(_)),
                ..Holdings::default()
            },
            Self::Offer(offer) => Holdings::waiting(offer.waits_for_network()),
            Self::Guest(guest) => Holdings::waiting(guest.waits_for_network()),
            Self::Profile(profile) => Holdings::waiting(profile.request.waits_for_network()),
            Self::Branch(visit) => Holdings::waiting(visit.waits_for_network()),
            Self::Consent(consent) => Holdings::waiting(consent.waits_for_network()),
            Self::Document(_) | Self::Finishing(_) => Holdings::default(),
        }
    }
}

fn face_context<'a>(plan: &Plan, task: &'a FaceTask) -> FaceContext<'a> {
    FaceContext {
        task,
        suppressed: plan.suppressed,
        has_identity_profile: plan.has_identity_profile,
    }
}

impl Flow {
    /// [`Self::begin`] for what is here.
    pub(super) fn begin_rest(&mut self, effects: &mut Effects) {
        let mut desk = Desk {
            tickets: &mut self.tickets,
            effects,
        };
        let later = match (&self.role, &self.plan) {
            (Role::Offering, _) => Some(Later::Offer(Offer::begin(&mut desk))),
            (Role::Invited(code), _) => Some(Later::Guest(Guest::redeem(code.clone(), &mut desk))),
            (Role::Joining(id), _) => Some(Later::Guest(Guest::resume(id.clone(), &mut desk))),
            (Role::Gone, _) => return self.go_away(Away::TakenBack, effects),
            (Role::Own | Role::Guest(_), plan) => plan.as_ref().and_then(|plan| {
                let task = plan.tasks.get(self.next_task);
                if plan.is_consent_due(task) {
                    return Some(Later::Consent(Consent::default()));
                }
                Later::begin_rest(plan, task?, &mut desk)
            }),
        };
        if let Some(later) = later {
            self.stage = Stage::Later(Box::new(later));
        }
    }
}

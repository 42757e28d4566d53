//! The stages after the start screen: one machine each, and what they hold.
//!
//! Nothing here is in the first module of a release build; it is reached
//! through the table [`Capture`](super::Capture) only.

use crate::domain::error::ErrorCode;
use crate::domain::service::ServiceError;
use crate::domain::session::plan::{ConsentMoment, Plan, Task};

use super::branch::Visit;
use super::camera::CameraStep;
use super::consent::Consent;
use super::document::{Document, DocumentContext};
use super::face::{Face, FaceContext, exhausted};
use super::finishing::Finishing;
use super::handoff::{Away, Guest, Offer, Role};
use super::profile::Profile;
use super::sending::Sending;
use super::supplementary::{Supplementary, SupplementaryContext};
use super::turn::{Captures, Desk, Turn};
use super::zoom::Zoom;
use super::{Effect, Effects, Event, Flow, Handled, Holdings, Stage};

/// What the person is doing after the start screen.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Later {
    /// Agreeing to the use of the face.
    Consent(Consent),
    /// Capturing an identity document.
    Document(Document),
    /// Gathering the pages of a supplementary document.
    Supplementary(Supplementary),
    /// Capturing a face.
    Face(Face),
    /// In the hands of a component that checks liveness.
    Zoom(Zoom),
    /// Offering the session to another device, and following it there.
    Offer(Offer),
    /// Being that other device, outside the tasks.
    Guest(Guest),
    /// Looking through the applicant's profile.
    Profile(Profile),
    /// Preparing a visit to a branch.
    Branch(Visit),
    /// Everything is delivered; the session is being closed.
    Finishing(Finishing),
}

impl Later {
    /// What begins now, for the first task that is not delivered.
    fn begin(plan: &Plan, next_task: usize, role: &Role, desk: &mut Desk<'_>) -> Self {
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
            None => {
                let handoff_id = role.handoff_id().map(str::to_owned);
                Self::Finishing(Finishing::begin(handoff_id, desk))
            }
            Some(Task::Document(task)) => {
                Self::Document(Document::begin(document_context(plan, task), desk))
            }
            Some(Task::Supplementary(task)) => {
                let context = SupplementaryContext::of(plan, task);
                Self::Supplementary(Supplementary::begin(context, desk))
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
            (Self::Offer(offer), _) => offer.on(event, desk),
            (Self::Guest(guest), _) => guest.on(event, desk),
            (Self::Profile(profile), _) => profile.on(event, desk),
            (Self::Branch(visit), Some(Task::Branch(task))) => visit.on(event, task, desk),
            (Self::Document(document), Some(Task::Document(task))) => {
                document.on(event, document_context(plan, task), desk)
            }
            (Self::Supplementary(document), Some(Task::Supplementary(task))) => {
                document.on(event, SupplementaryContext::of(plan, task), desk)
            }
            (Self::Face(face), Some(Task::Face(task))) => {
                face.on(event, face_context(plan, task), desk)
            }
            (Self::Zoom(zoom), Some(Task::Zoom(task))) => {
                zoom.on(event, task, exhausted(plan.has_identity_profile), desk)
            }
            // A machine is only begun for a task of its kind.
            (
                Self::Document(_)
                | Self::Supplementary(_)
                | Self::Face(_)
                | Self::Zoom(_)
                | Self::Branch(_),
                _,
            ) => Turn::Ignored,
        }
    }

    /// The machine, if it is one that captures.
    fn captures(&self) -> Option<&dyn Captures> {
        match self {
            Self::Document(document) => Some(document),
            Self::Supplementary(document) => Some(document),
            Self::Face(face) => Some(face),
            Self::Consent(_)
            | Self::Zoom(_)
            | Self::Offer(_)
            | Self::Guest(_)
            | Self::Profile(_)
            | Self::Branch(_)
            | Self::Finishing(_) => None,
        }
    }

    fn sending(&self) -> Option<&Sending> {
        self.captures()?.sending()
    }

    fn waits_for_network(&self) -> bool {
        match self {
            Self::Consent(consent) => consent.waits_for_network(),
            Self::Finishing(finishing) => finishing.problem == Some(ServiceError::Unreachable),
            Self::Offer(offer) => offer.waits_for_network(),
            Self::Guest(guest) => guest.waits_for_network(),
            Self::Profile(profile) => profile.request.waits_for_network(),
            Self::Branch(visit) => visit.waits_for_network(),
            Self::Document(_) | Self::Supplementary(_) | Self::Face(_) | Self::Zoom(_) => {
                self.sending().is_some_and(Sending::waits_for_network)
            }
        }
    }

    /// What it keeps alive in the browser.
    pub(super) fn holdings(&self) -> Holdings {
        let captures = self.captures();
        Holdings {
            has_camera: captures
                .and_then(Captures::camera)
                .is_some_and(CameraStep::is_open),
            has_component: matches!(self, Self::Zoom(Zoom::Running(_))),
            images: captures.map(Captures::images).unwrap_or_default(),
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
    /// Goes on with the first task that is not delivered, or with what has to be
    /// done about another device before that.
    pub(super) fn begin(&mut self, effects: &mut Effects) {
        let mut desk = Desk {
            tickets: &mut self.tickets,
            effects,
        };
        let later = match (&self.role, &self.plan) {
            (Role::Offering, _) => Later::Offer(Offer::begin(&mut desk)),
            (Role::Invited(code), _) => Later::Guest(Guest::redeem(code.clone(), &mut desk)),
            (Role::Joining(id), _) => Later::Guest(Guest::resume(id.clone(), &mut desk)),
            (Role::Gone, _) => return self.go_away(Away::TakenBack, effects),
            (Role::Own | Role::Guest(_), Some(plan)) => {
                Later::begin(plan, self.next_task, &self.role, &mut desk)
            }
            (Role::Own | Role::Guest(_), None) => return,
        };
        self.stage = Stage::Later(Box::new(later));
    }

    pub(super) fn on_later(&mut self, event: Event, effects: &mut Effects) -> Handled {
        let Stage::Later(later) = &mut self.stage else {
            return Handled::Ignored;
        };
        let mut desk = Desk {
            tickets: &mut self.tickets,
            effects,
        };
        let turn = match (&mut **later, &self.plan) {
            // The other device has no plan before it may go on.
            (Later::Guest(guest), _) => guest.on(event, &mut desk),
            (later, Some(plan)) => later.on(event, plan, plan.tasks.get(self.next_task), &mut desk),
            (_, None) => return Handled::Ignored,
        };
        self.is_plan_old |= effects.list.iter().any(Effect::hands_over);
        match turn {
            Turn::Stay => {}
            Turn::Ignored => return Handled::Ignored,
            Turn::Late => return Handled::Late,
            Turn::Done => self.later_is_done(effects),
            Turn::Leave => self.leave_task(effects),
            Turn::Reread => self.load(effects),
            Turn::Away(away) => self.go_away(away, effects),
            // The token of the other device ends when the session is taken back.
            Turn::End(ErrorCode::SessionExpired) if self.role.handoff_id().is_some() => {
                self.go_away(Away::TakenBack, effects);
            }
            Turn::End(code) => self.end(code, effects),
        }
        Handled::Yes
    }

    /// Goes back to before the tasks.
    ///
    /// What the service has taken since the plan was made is in none of its
    /// tasks, so they are then read anew.
    fn leave_task(&mut self, effects: &mut Effects) {
        match &self.role {
            Role::Guest(id) => {
                let lobby = Later::Guest(Guest::Lobby(id.clone()));
                self.stage = Stage::Later(Box::new(lobby));
            }
            Role::Own | Role::Offering | Role::Invited(_) | Role::Joining(_) | Role::Gone => {
                self.role = Role::Own;
                if self.is_plan_old {
                    self.load(effects);
                } else {
                    self.stage = Stage::Start;
                }
            }
        }
    }

    /// Nothing more is done on this device, which is not the first one.
    fn go_away(&mut self, away: Away, effects: &mut Effects) {
        effects.push(Effect::ForgetCredentials);
        self.role = Role::Gone;
        self.expiry = None;
        self.warning = None;
        self.stage = Stage::Later(Box::new(Later::Guest(Guest::Away(away))));
    }

    fn later_is_done(&mut self, effects: &mut Effects) {
        let Stage::Later(later) = &self.stage else {
            return;
        };
        match &**later {
            // The journey is over where it began, which has to hear of it.
            Later::Branch(_) if self.role.handoff_id().is_some() => {
                let handoff_id = self.role.handoff_id().map(str::to_owned);
                let mut desk = Desk {
                    tickets: &mut self.tickets,
                    effects,
                };
                let finishing = Finishing::begin(handoff_id, &mut desk);
                self.stage = Stage::Later(Box::new(Later::Finishing(finishing)));
                return;
            }
            // A visit leaves the session open: it is completed in the branch.
            Later::Finishing(_) | Later::Branch(_) => {
                match &self.role {
                    Role::Guest(_) => self.go_away(Away::Done, effects),
                    Role::Own
                    | Role::Offering
                    | Role::Invited(_)
                    | Role::Joining(_)
                    | Role::Gone => self.succeed(effects),
                }
                return;
            }
            // Whatever the phone delivered is not asked for again.
            Later::Offer(_) => {
                self.role = Role::Own;
                self.load(effects);
                return;
            }
            Later::Guest(Guest::Comparing(comparing)) => {
                self.role = Role::Guest(comparing.handoff_id().to_owned());
                self.load(effects);
                return;
            }
            Later::Guest(Guest::Lobby(_)) if self.is_plan_old => {
                self.load(effects);
                return;
            }
            Later::Guest(Guest::Redeeming { .. } | Guest::Lobby(_) | Guest::Away(_)) => {}
            Later::Consent(_) => {
                if let Some(plan) = &mut self.plan {
                    plan.consent = None;
                }
            }
            Later::Document(document) => {
                self.next_task += 1;
                if let (Some(plan), Some(country), Some(kind)) =
                    (&mut self.plan, &document.country, &document.document_type)
                {
                    plan.take_out(self.next_task, country, kind);
                }
            }
            Later::Supplementary(_) | Later::Face(_) | Later::Zoom(_) | Later::Profile(_) => {
                self.next_task += 1;
            }
        }
        self.begin(effects);
    }
}

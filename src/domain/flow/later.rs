//! The stages after the start screen: one machine each, and what they hold.
//!
//! Nothing here is in the first module of a release build; it is reached
//! through the table [`Capture`](super::parts::Capture) only.
//! What most sessions do not need is in `rest` and in the third.

use crate::domain::error::ErrorCode;
use crate::domain::service::ServiceError;
use crate::domain::session::plan::{DocumentTask, Plan, Task};

use super::branch::Visit;
use super::camera::CameraStep;
use super::consent::Consent;
use super::document::{Document, DocumentContext};
use super::face::Face;
use super::finishing::Finishing;
use super::handoff::{Away, Guest, Offer, Role};
use super::parts::Rest;
use super::profile::Profile;
use super::sending::Sending;
use super::supplementary::Supplementary;
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
    fn on(
        &mut self,
        event: Event,
        plan: Option<&Plan>,
        task: Option<&Task>,
        desk: &mut Desk<'_>,
    ) -> Turn {
        match (self, plan, task) {
            (Self::Finishing(finishing), ..) => finishing.on(event, desk),
            (Self::Document(document), Some(plan), Some(Task::Document(task))) => {
                document.on(event, document_context(plan, task), desk)
            }
            // A machine is only begun for a task of its kind.
            (Self::Document(_), ..) => Turn::Ignored,
            (later, plan, task) => (desk.effects.capture.rest.on)(later, event, plan, task, desk),
        }
    }

    /// What it keeps alive in the browser.
    pub(super) fn holdings(&self, rest: &'static Rest) -> Holdings {
        match self {
            Self::Document(document) => Holdings::of(document),
            Self::Finishing(finishing) => {
                Holdings::waiting(finishing.problem == Some(ServiceError::Unreachable))
            }
            Self::Consent(_)
            | Self::Supplementary(_)
            | Self::Face(_)
            | Self::Zoom(_)
            | Self::Offer(_)
            | Self::Guest(_)
            | Self::Profile(_)
            | Self::Branch(_) => (rest.holdings)(self),
        }
    }
}

impl Holdings {
    /// Of a machine that captures.
    pub(super) fn of(machine: &dyn Captures) -> Self {
        let sending = machine.sending();
        Self {
            has_camera: machine.camera().is_some_and(CameraStep::is_open),
            has_component: false,
            images: machine.images(),
            upload: sending.and_then(Sending::upload_in_flight),
            waits_for_network: sending.is_some_and(Sending::waits_for_network),
        }
    }

    /// Of a machine that holds nothing.
    pub(super) fn waiting(for_network: bool) -> Self {
        Self {
            waits_for_network: for_network,
            ..Self::default()
        }
    }
}

fn document_context<'a>(plan: &Plan, task: &'a DocumentTask) -> DocumentContext<'a> {
    DocumentContext {
        task,
        suppressed: plan.suppressed,
    }
}

impl Flow {
    /// Goes on with the first task that is not delivered, or with what has to be
    /// done about another device before that.
    pub(super) fn begin(&mut self, effects: &mut Effects) {
        if self.begins_in_rest() {
            return (effects.capture.rest.begin)(self, effects);
        }
        let Some(plan) = &self.plan else { return };
        let mut desk = Desk {
            tickets: &mut self.tickets,
            effects,
        };
        let later = match plan.tasks.get(self.next_task) {
            Some(Task::Document(task)) => {
                Later::Document(Document::begin(document_context(plan, task), &mut desk))
            }
            Some(_) | None => {
                let handoff_id = self.role.handoff_id().map(str::to_owned);
                Later::Finishing(Finishing::begin(handoff_id, &mut desk))
            }
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
        // The other device has no plan before it may go on.
        let plan = self.plan.as_ref();
        let task = plan.and_then(|plan| plan.tasks.get(self.next_task));
        let turn = later.on(event, plan, task, &mut desk);
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
    pub(super) fn go_away(&mut self, away: Away, effects: &mut Effects) {
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
        self.prepare(effects);
    }
}

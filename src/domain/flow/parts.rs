//! The parts of the program that come later than the first: which there are,
//! what needs them, and what happens until they are here.
//!
//! How a part is fetched is not for here; `src/app/part.rs` knows.

use crate::domain::error::ErrorCode;
use crate::domain::service::ServiceError;
use crate::domain::session::plan::{Plan, Task};

use super::later::Later;
use super::turn::{Desk, Turn};
use super::{
    Effect, Effects, Event, Flow, Handled, Holdings, Role, Stage, Ticket, ending_of,
    late_or_ignored,
};

/// A part of the program that is fetched when it is needed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Part {
    /// What identity documents need, and what every session ends with.
    Capture,
    /// Everything else: faces and the consent to them, letters and bills, forms, other devices.
    Rest,
}

/// Which parts are here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Parts {
    capture: PartState,
    rest: PartState,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum PartState {
    #[default]
    Missing,
    Coming(Ticket),
    Here,
}

impl Parts {
    fn state(&mut self, part: Part) -> &mut PartState {
        match part {
            Part::Capture => &mut self.capture,
            Part::Rest => &mut self.rest,
        }
    }

    /// The part that comes under this ticket.
    fn coming(&mut self, ticket: Ticket) -> Option<&mut PartState> {
        [&mut self.capture, &mut self.rest]
            .into_iter()
            .find(|state| **state == PartState::Coming(ticket))
    }
}

/// The code of the stages after the start.
///
/// A table, so that who has no use for it yet need not have it.
pub(super) struct Capture {
    pub(super) begin: fn(&mut Flow, &mut Effects),
    pub(super) on_later: fn(&mut Flow, Event, &mut Effects) -> Handled,
    pub(super) holdings: fn(&Later, &'static Rest) -> Holdings,
    pub(super) rest: &'static Rest,
}

/// The code of the machines that are in [`Part::Rest`].
pub(super) struct Rest {
    pub(super) begin: fn(&mut Flow, &mut Effects),
    pub(super) on: fn(&mut Later, Event, Option<&Plan>, Option<&Task>, &mut Desk<'_>) -> Turn,
    pub(super) holdings: fn(&Later) -> Holdings,
}

impl Capture {
    pub(super) const HERE: Self = Self {
        rest: &Rest::HERE,
        ..Self::WITHOUT_REST
    };

    pub(super) const WITHOUT_REST: Self = Self {
        begin: Flow::begin,
        on_later: Flow::on_later,
        holdings: Later::holdings,
        rest: &Rest::MISSING,
    };

    /// Never asked: these stages begin only once the part is loaded.
    pub(super) const MISSING: Self = Self {
        begin: |_, _| {},
        on_later: |_, _, _| Handled::Ignored,
        holdings: |_, _| Holdings::default(),
        rest: &Rest::MISSING,
    };
}

impl Rest {
    const HERE: Self = Self {
        begin: Flow::begin_rest,
        on: Later::on_rest,
        holdings: Later::holdings_of_rest,
    };

    /// Never asked: these machines begin only once the part is loaded.
    const MISSING: Self = Self {
        begin: |_, _| {},
        on: |_, _, _, _, _| Turn::Ignored,
        holdings: |_| Holdings::default(),
    };
}

impl Task {
    /// Whether its machine is in [`Part::Rest`].
    fn is_in_rest(&self) -> bool {
        !matches!(self, Self::Document(_))
    }
}

impl Flow {
    /// Whether what begins now is in [`Part::Rest`].
    pub(super) fn begins_in_rest(&self) -> bool {
        match (&self.role, &self.plan) {
            (Role::Own | Role::Guest(_), Some(plan)) => {
                let task = plan.tasks.get(self.next_task);
                plan.is_consent_due(task) || task.is_some_and(Task::is_in_rest)
            }
            (Role::Own | Role::Guest(_), None) => false,
            (Role::Offering | Role::Invited(_) | Role::Joining(_) | Role::Gone, _) => true,
        }
    }

    /// Asks for the parts that what comes first needs, as far as they are not
    /// here.
    pub(super) fn want_parts(&mut self, effects: &mut Effects) {
        if self.begins_in_rest() {
            self.want(Part::Rest, effects);
        }
        self.want(Part::Capture, effects);
    }

    /// Asks for what a later task needs: once there is a picture the network has
    /// nothing better to do, and nobody has to wait when that task begins.
    pub(super) fn want_rest_soon(&mut self, effects: &mut Effects) {
        let later = self
            .plan
            .as_ref()
            .and_then(|plan| plan.tasks.get(self.next_task..));
        if later.is_some_and(|tasks| tasks.iter().any(Task::is_in_rest)) {
            self.want(Part::Rest, effects);
        }
    }

    fn want(&mut self, part: Part, effects: &mut Effects) {
        if *self.parts.state(part) == PartState::Missing {
            let ticket = self.ticket();
            *self.parts.state(part) = PartState::Coming(ticket);
            effects.push(Effect::LoadPart(ticket, part));
        }
    }

    /// Goes on as soon as the parts are here that what comes next needs.
    pub(super) fn prepare(&mut self, effects: &mut Effects) {
        let is_capture_here = self.parts.capture == PartState::Here;
        let is_rest_here = self.parts.rest == PartState::Here;
        if is_capture_here && (is_rest_here || !self.begins_in_rest()) {
            (effects.capture.begin)(self, effects);
        } else {
            self.stage = Stage::Preparing(None);
            self.want_parts(effects);
        }
    }

    pub(super) fn on_preparing(&mut self, event: Event, effects: &mut Effects) -> Handled {
        let Stage::Preparing(problem) = &self.stage else {
            return Handled::Ignored;
        };
        match event {
            Event::RetryPressed if problem.is_some() => self.prepare(effects),
            Event::GiveUpPressed if problem.is_some() => {
                let code = problem.as_ref().map_or(ErrorCode::Internal, ending_of);
                self.end(code, effects);
            }
            other => return late_or_ignored(&other),
        }
        Handled::Yes
    }

    pub(super) fn part_loaded(
        &mut self,
        ticket: Ticket,
        result: Result<(), ServiceError>,
        effects: &mut Effects,
    ) -> Handled {
        let Some(state) = self.parts.coming(ticket) else {
            return Handled::Late;
        };
        *state = match &result {
            Ok(()) => PartState::Here,
            Err(_) => PartState::Missing,
        };
        if let Stage::Preparing(problem) = &mut self.stage {
            match result {
                // What did not come is asked for again by the person only.
                Ok(()) if problem.is_none() => self.prepare(effects),
                Ok(()) => {}
                Err(error) => *problem = Some(error),
            }
        }
        Handled::Yes
    }
}

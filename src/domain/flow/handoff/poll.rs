//! Asking how far a handoff is, again and again.

use crate::domain::service::ServiceError;
use crate::domain::session::handoff::HandoffStatus;

use super::super::turn::Desk;
use super::super::{Effect, Event, Ticket};
use super::{HandoffEffect, HandoffEvent, is_over};

/// The first pause between two questions, and the longest.
const FIRST_PAUSE_MS: u32 = 1_000;
const LONGEST_PAUSE_MS: u32 = 3_000;

/// How many questions in a row may stay without an answer before the person is
/// told: half a minute at least, which a phone in a lift does not reach.
const N_QUIET_FAILURES: u32 = 10;

/// Asks how far a handoff is.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Poll {
    pub(super) handoff_id: String,
    /// The question or the pause that is waited for.
    ticket: Ticket,
    is_asking: bool,
    pause_ms: u32,
    n_failures: u32,
    /// Why asking stopped, until it is tried again.
    pub(super) problem: Option<ServiceError>,
}

/// What became of an event.
pub(super) enum Polled {
    /// Nothing to be seen.
    Nothing,
    /// The event was not for the poll.
    Unused(Event),
    /// An answer.
    Status(HandoffStatus),
    /// There will be no answer any more.
    Over(ServiceError),
}

impl Poll {
    /// Asks after the first pause.
    pub(super) fn begin(handoff_id: String, desk: &mut Desk<'_>) -> Self {
        Self {
            handoff_id,
            ticket: wait(FIRST_PAUSE_MS, desk),
            is_asking: false,
            pause_ms: FIRST_PAUSE_MS,
            n_failures: 0,
            problem: None,
        }
    }

    /// Asks now, and often at first.
    pub(super) fn ask_now(&mut self, desk: &mut Desk<'_>) {
        self.pause_ms = FIRST_PAUSE_MS;
        self.n_failures = 0;
        self.problem = None;
        self.ask(desk);
    }

    fn ask(&mut self, desk: &mut Desk<'_>) {
        let id = self.handoff_id.clone();
        let ask = |ticket| Effect::Handoff(HandoffEffect::ReadStatus(ticket, id));
        self.ticket = desk.ask(ask);
        self.is_asking = true;
    }

    fn rest(&mut self, desk: &mut Desk<'_>) {
        self.ticket = wait(self.pause_ms, desk);
        self.is_asking = false;
        self.pause_ms = (self.pause_ms + self.pause_ms / 2).min(LONGEST_PAUSE_MS);
    }

    pub(super) fn on(&mut self, event: Event, desk: &mut Desk<'_>) -> Polled {
        match event {
            Event::TimeElapsed(ticket) if ticket == self.ticket && !self.is_asking => {
                self.ask(desk);
            }
            // Timers sleep while the page can't be seen.
            Event::PageShown if self.problem.is_none() && !self.is_asking => self.ask_now(desk),
            Event::RetryPressed if self.problem.is_some() => self.ask_now(desk),
            Event::Handoff(HandoffEvent::StatusRead(ticket, result)) if ticket == self.ticket => {
                match result {
                    Ok(status) => {
                        self.n_failures = 0;
                        self.rest(desk);
                        return Polled::Status(status);
                    }
                    Err(error) if is_over(&error) => return Polled::Over(error),
                    Err(error) => self.failed(error, desk),
                }
            }
            other => return Polled::Unused(other),
        }
        Polled::Nothing
    }

    fn failed(&mut self, error: ServiceError, desk: &mut Desk<'_>) {
        self.n_failures += 1;
        if self.n_failures < N_QUIET_FAILURES {
            self.rest(desk);
        } else {
            self.is_asking = false;
            self.problem = Some(error);
        }
    }
}

fn wait(after_ms: u32, desk: &mut Desk<'_>) -> Ticket {
    desk.ask(|ticket| Effect::Wait { ticket, after_ms })
}

//! What the machines of the stages have in common: what they work with and what
//! they want to happen next.

use crate::domain::attempts::{Attempts, Outcome};
use crate::domain::error::ErrorCode;
use crate::domain::image::ImageId;
use crate::domain::session::resource::{Recommendation, TextExtraction};

use super::camera::CameraStep;
use super::sending::Sending;
use super::{Away, Effect, Effects, Event, Ticket};

/// Hands out tickets, each once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Tickets(u32);

impl Default for Tickets {
    fn default() -> Self {
        Self(1)
    }
}

impl Tickets {
    pub(super) fn next(&mut self) -> Ticket {
        let ticket = Ticket(self.0);
        self.0 = self.0.wrapping_add(1);
        ticket
    }
}

/// Where a machine gets tickets and puts its effects.
pub(super) struct Desk<'a> {
    pub(super) tickets: &'a mut Tickets,
    pub(super) effects: &'a mut Effects,
}

impl Desk<'_> {
    pub(super) fn ticket(&mut self) -> Ticket {
        self.tickets.next()
    }

    pub(super) fn push(&mut self, effect: Effect) {
        self.effects.push(effect);
    }

    /// Asks for something under a new ticket.
    pub(super) fn ask(&mut self, effect: impl FnOnce(Ticket) -> Effect) -> Ticket {
        let ticket = self.ticket();
        self.push(effect(ticket));
        ticket
    }
}

/// What follows from an event, for the flow that holds the machine.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Turn {
    /// The event was taken; the machine goes on.
    Stay,
    /// The event makes no sense here and changed nothing.
    Ignored,
    /// A late answer to a request that nobody waits for any more.
    Late,
    /// What the machine was for is done.
    Done,
    /// The person goes back to the start screen.
    Leave,
    /// There is nothing more to do on this device, which is not the first one.
    Away(Away),
    /// The service has gone on without us knowing: what it requires is read
    /// again.
    Reread,
    /// The session ends.
    End(ErrorCode),
}

impl Turn {
    /// For an event that a machine has no use for: an answer that nobody waits
    /// for is late; anything else is out of place.
    pub(super) fn unused(event: &Event) -> Self {
        if event.is_answer() {
            Self::Late
        } else {
            Self::Ignored
        }
    }
}

/// A machine that takes pictures and sends them: what it holds while it does.
pub(super) trait Captures {
    /// The camera, on the screens that have one.
    fn camera(&self) -> Option<&CameraStep>;
    /// What is on its way.
    fn sending(&self) -> Option<&Sending>;
    /// Every picture and file that must be kept.
    fn images(&self) -> Vec<ImageId>;
}

/// Another try, as the service recommends it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Retry {
    pub(super) recommendation: Recommendation,
    /// Whether the person may go on with what was sent.
    pub(super) can_keep: bool,
}

/// What a judgement leads to: another try, or what it means for the flow.
pub(super) fn verdict(
    attempts: &mut Attempts,
    judgement: &TextExtraction,
    exhausted: ErrorCode,
) -> Result<Retry, Turn> {
    match attempts.judge(judgement) {
        Outcome::TryAgain {
            recommendation,
            can_keep,
        } => Ok(Retry {
            recommendation,
            can_keep,
        }),
        Outcome::Pending => Err(Turn::Stay),
        Outcome::Accepted => Err(Turn::Done),
        Outcome::Exhausted => Err(Turn::End(exhausted)),
    }
}

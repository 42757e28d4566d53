//! Asking whether the person agrees to the use of their face.
//!
//! Agreeing and refusing are both recorded with the service; refusing ends the
//! session for now, and the link may be opened again.

use crate::domain::error::ErrorCode;
use crate::domain::service::ServiceError;
use crate::domain::session::resource::ConsentDecision;

use super::turn::{Desk, Turn};
use super::{Effect, Event, Ticket, ending_of};

/// The question, and what became of the answer.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Consent {
    pub(super) step: Step,
}

#[derive(Debug, Clone, Default, PartialEq)]
pub(super) enum Step {
    #[default]
    Asking,
    /// "I don't agree" was pressed; it ends the session, so it is asked once
    /// more.
    Refusing,
    Recording {
        ticket: Ticket,
        decision: ConsentDecision,
        /// Why it could not be recorded, until it is tried again.
        problem: Option<ServiceError>,
    },
}

impl Consent {
    pub(super) fn waits_for_network(&self) -> bool {
        matches!(
            &self.step,
            Step::Recording {
                problem: Some(ServiceError::Unreachable),
                ..
            }
        )
    }

    fn record(&mut self, decision: ConsentDecision, desk: &mut Desk<'_>) {
        let ticket = desk.ask(|ticket| Effect::RecordConsent(ticket, decision.clone()));
        self.step = Step::Recording {
            ticket,
            decision,
            problem: None,
        };
    }

    pub(super) fn on(&mut self, event: Event, desk: &mut Desk<'_>) -> Turn {
        match (&mut self.step, event) {
            (Step::Asking | Step::Refusing, Event::ConsentGiven) => {
                self.record(ConsentDecision::Given, desk);
            }
            (Step::Asking, Event::ConsentRefused) => self.step = Step::Refusing,
            (Step::Asking, Event::BackPressed) => return Turn::Leave,
            (Step::Refusing, Event::BackPressed) => self.step = Step::Asking,
            (Step::Refusing, Event::ConsentRefused) => self.record(ConsentDecision::Refused, desk),
            (
                Step::Recording {
                    ticket,
                    decision,
                    problem,
                },
                Event::ConsentRecorded(answered, result),
            ) if *ticket == answered => match (result, &decision) {
                (Ok(()), ConsentDecision::Given) => return Turn::Done,
                (Ok(()), _) => return Turn::End(ErrorCode::Cancelled),
                (Err(error), _) if error.can_retry() => *problem = Some(error),
                (Err(error), _) => return Turn::End(ending_of(&error)),
            },
            (
                Step::Recording {
                    decision,
                    problem: Some(_),
                    ..
                },
                Event::RetryPressed,
            ) => {
                let decision = decision.clone();
                self.record(decision, desk);
            }
            (
                Step::Recording {
                    problem: Some(problem),
                    ..
                },
                Event::GiveUpPressed,
            ) => return Turn::End(ending_of(problem)),
            (_, other) => return Turn::unused(&other),
        }
        Turn::Stay
    }
}

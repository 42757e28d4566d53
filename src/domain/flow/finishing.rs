//! Closing the session once everything is delivered.

use crate::domain::error::ErrorCode;
use crate::domain::service::ServiceError;
use crate::domain::session::resource::ApiErrorCode;

use super::turn::{Desk, Turn};
use super::{Effect, Event, HandoffEffect, Ticket, ending_of};

/// Closing the session.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Finishing {
    /// The handoff that brought the session to this device, which then only
    /// says that it is done: the session is closed where the journey began.
    handoff_id: Option<String>,
    ticket: Ticket,
    /// Why it did not work, until it is tried again.
    pub(super) problem: Option<ServiceError>,
    /// An earlier try may have reached the service although no answer came.
    was_tried: bool,
}

impl Finishing {
    pub(super) fn begin(handoff_id: Option<String>, desk: &mut Desk<'_>) -> Self {
        Self {
            ticket: match handoff_id.clone() {
                None => desk.ask(Effect::FinishSession),
                Some(id) => {
                    desk.ask(|ticket| Effect::Handoff(HandoffEffect::ReportDone(ticket, id)))
                }
            },
            handoff_id,
            problem: None,
            was_tried: false,
        }
    }

    pub(super) fn on(&mut self, event: Event, desk: &mut Desk<'_>) -> Turn {
        match event {
            Event::SessionFinished(ticket, _) if ticket != self.ticket => return Turn::Late,
            Event::SessionFinished(_, result) => match result {
                Ok(()) => return Turn::Done,
                // The first request did its work and only its answer was lost.
                Err(ServiceError::Unauthorised) if self.was_tried => return Turn::Done,
                Err(error) if error.can_retry() => self.problem = Some(error),
                // Something sent from another tab is still being judged.
                Err(ServiceError::Refused(ApiErrorCode::RequirementsNotMet)) => {
                    self.problem = Some(ServiceError::Unavailable);
                }
                Err(error) => return Turn::End(ending_of(&error)),
            },
            Event::RetryPressed if self.problem.is_some() => {
                *self = Self {
                    was_tried: true,
                    ..Self::begin(self.handoff_id.take(), desk)
                };
            }
            Event::GiveUpPressed if self.problem.is_some() => {
                let code = self.problem.as_ref().map_or(ErrorCode::Internal, ending_of);
                return Turn::End(code);
            }
            other => return Turn::unused(&other),
        }
        Turn::Stay
    }
}

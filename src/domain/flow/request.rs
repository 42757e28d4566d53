//! One question to the service that may be asked again: a form's, a letter's.

use crate::domain::service::ServiceError;

use super::Ticket;

/// How far it is.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) enum Request {
    /// Not asked, or answered.
    #[default]
    Idle,
    /// Asked.
    Waiting(Ticket),
    /// It did not work; asking again may help.
    Failed(ServiceError),
}

impl Request {
    /// Whether this is the answer that is waited for.
    pub(super) fn awaits(&self, ticket: Ticket) -> bool {
        *self == Self::Waiting(ticket)
    }

    pub(super) fn is_waiting(&self) -> bool {
        matches!(self, Self::Waiting(_))
    }

    /// Why it did not work.
    pub(super) fn problem(&self) -> Option<&ServiceError> {
        match self {
            Self::Failed(error) => Some(error),
            Self::Idle | Self::Waiting(_) => None,
        }
    }

    pub(super) fn waits_for_network(&self) -> bool {
        self.problem() == Some(&ServiceError::Unreachable)
    }
}

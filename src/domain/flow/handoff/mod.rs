//! Continuing on another device: the offer on the computer, the guest on the
//! phone.
//!
//! The protocol is in `docs/client-api.md`, the reasons in `docs/handoff.md`.
//! `offer` is what the computer goes through, `guest` what the phone does before
//! and after its tasks, `poll` how both hear of each other.

mod guest;
mod offer;
mod poll;
mod screen;

pub(super) use guest::Guest;
pub(super) use offer::Offer;
pub use screen::{Away, HandoffKind, HandoffScreen};

use crate::domain::launch::OneTime;
use crate::domain::service::ServiceError;
use crate::domain::session::handoff::{HandoffStatus, RedeemedHandoff};

use super::Ticket;

/// Something that happened about a handoff.
#[derive(Debug, Clone, PartialEq)]
pub enum HandoffEvent {
    /// "Continue on your phone" on the start screen.
    Chosen,
    /// "Continue here instead".
    ContinueHerePressed,
    /// "Yes, it is the same number".
    MatchConfirmed,
    /// "No, it is another number".
    MatchRefused,
    /// "Copy the link".
    CopyPressed,
    /// "Stop on this phone".
    StopPressed,
    /// Answer to [`Offer`](HandoffEffect::Offer).
    Offered(Ticket, Result<Offered, ServiceError>),
    /// Answer to [`RotateCode`](HandoffEffect::RotateCode).
    CodeRotated(Ticket, Result<FreshLink, ServiceError>),
    /// Answer to [`Redeem`](HandoffEffect::Redeem).
    Redeemed(Ticket, Result<RedeemedHandoff, ServiceError>),
    /// Answer to [`Confirm`](HandoffEffect::Confirm).
    Confirmed(Ticket, Result<(), ServiceError>),
    /// Answer to [`ReadStatus`](HandoffEffect::ReadStatus).
    StatusRead(Ticket, Result<HandoffStatus, ServiceError>),
    /// Answer to [`TakeBack`](HandoffEffect::TakeBack).
    TakenBack(Ticket, Result<(), ServiceError>),
    /// Answer to [`CopyLink`](HandoffEffect::CopyLink): whether it was copied.
    LinkCopied(bool),
}

impl HandoffEvent {
    /// Whether this answers a request.
    pub(super) fn is_answer(&self) -> bool {
        match self {
            Self::Offered(..)
            | Self::CodeRotated(..)
            | Self::Redeemed(..)
            | Self::Confirmed(..)
            | Self::StatusRead(..)
            | Self::TakenBack(..)
            | Self::LinkCopied(_) => true,
            Self::Chosen
            | Self::ContinueHerePressed
            | Self::MatchConfirmed
            | Self::MatchRefused
            | Self::CopyPressed
            | Self::StopPressed => false,
        }
    }
}

/// Something that the runtime must now do about a handoff.
///
/// The texts are ids of handoffs.
#[derive(Debug, Clone, PartialEq)]
pub enum HandoffEffect {
    /// Offer the session to another device; earlier offers end.
    Offer(Ticket),
    /// Replace the code of an offer.
    RotateCode(Ticket, String),
    /// Send [`Event::TimeElapsed`](super::Event::TimeElapsed) after this time;
    /// beside the wait between two questions.
    WatchCode {
        /// Names this watch.
        ticket: Ticket,
        /// Milliseconds from now.
        after_ms: u32,
    },
    /// Put the link into the clipboard.
    CopyLink(OneTime),
    /// Redeem the code that opened this page.
    Redeem(Ticket, OneTime),
    /// Say that both devices show the same number.
    Confirm(Ticket, String),
    /// Ask how far the handoff is.
    ReadStatus(Ticket, String),
    /// End the handoff: the journey goes on where it began.
    TakeBack(Ticket, String),
    /// Say that everything was delivered here; answered as
    /// [`FinishSession`](super::Effect::FinishSession) is.
    ReportDone(Ticket, String),
    /// Say that this device stops; nobody waits for the answer.
    ReportGivenUp(String),
}

impl HandoffEffect {
    /// The ticket of a request that gets an answer.
    #[cfg(test)]
    pub(super) fn ticket(&self) -> Option<Ticket> {
        match self {
            Self::Offer(ticket)
            | Self::RotateCode(ticket, _)
            | Self::WatchCode { ticket, .. }
            | Self::Redeem(ticket, _)
            | Self::Confirm(ticket, _)
            | Self::ReadStatus(ticket, _)
            | Self::TakeBack(ticket, _)
            | Self::ReportDone(ticket, _) => Some(*ticket),
            Self::CopyLink(_) | Self::ReportGivenUp(_) => None,
        }
    }
}

/// An offer to continue on another device.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offered {
    /// The handoff.
    pub id: String,
    /// What the other device opens.
    pub link: FreshLink,
}

/// A link that has just been made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FreshLink {
    /// The link.
    pub link: OneTime,
    /// Seconds until it stops working.
    pub expires_in_s: u32,
}

/// What this device has to do with handoffs.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) enum Role {
    /// Nothing: the journey began here and goes on here.
    #[default]
    Own,
    /// The person wants to go on on another device.
    Offering,
    /// This is the other device, with a code that is not redeemed.
    Invited(OneTime),
    /// This is the other device, and it has yet to hear whether it may go on.
    Joining(String),
    /// This is the other device, and it may go on.
    Guest(String),
    /// This was the other device.
    Gone,
}

impl Role {
    /// Whether the journey began on another device.
    pub(super) fn is_other_device(&self) -> bool {
        match self {
            Self::Own | Self::Offering => false,
            Self::Invited(_) | Self::Joining(_) | Self::Guest(_) | Self::Gone => true,
        }
    }

    /// The handoff that brought the session to this device.
    pub(super) fn handoff_id(&self) -> Option<&str> {
        match self {
            Self::Guest(id) => Some(id),
            Self::Own | Self::Offering | Self::Invited(_) | Self::Joining(_) | Self::Gone => None,
        }
    }
}

/// Whether nothing can be had from the session any more with this token.
fn is_over(error: &ServiceError) -> bool {
    matches!(
        error,
        ServiceError::Unauthorised | ServiceError::SessionExpired | ServiceError::SessionNotFound
    )
}

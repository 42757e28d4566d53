//! The phone: it redeems the code, waits for the computer's word, and says
//! where to go when there is nothing more to do.

use crate::domain::launch::{ClientToken, Credentials, OneTime};
use crate::domain::service::ServiceError;
use crate::domain::session::handoff::{HandoffState, HandoffStatus, RedeemedHandoff};

use super::super::turn::{Desk, Turn};
use super::super::view::problem;
use super::super::{Effect, Event, Ticket};
use super::poll::{Poll, Polled};
use super::{Away, HandoffEffect, HandoffEvent, HandoffScreen};

/// A device that the session was handed to, outside its tasks.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::domain::flow) enum Guest {
    /// The code is being redeemed.
    Redeeming {
        code: OneTime,
        ticket: Ticket,
        /// Why it did not work, until it is tried again.
        problem: Option<ServiceError>,
    },
    /// The person compares the numbers.
    Comparing(Comparing),
    /// Before the first task, when the person went back to there.
    Lobby(String),
    /// There is nothing more to do here.
    Away(Away),
}

#[derive(Debug, Clone, PartialEq)]
pub(in crate::domain::flow) struct Comparing {
    poll: Poll,
    /// Not known after a reload, until the service has answered.
    number: Option<String>,
}

impl Comparing {
    pub(in crate::domain::flow) fn handoff_id(&self) -> &str {
        &self.poll.handoff_id
    }
}

impl Guest {
    pub(in crate::domain::flow) fn redeem(code: OneTime, desk: &mut Desk<'_>) -> Self {
        let sent = code.clone();
        Self::Redeeming {
            code,
            ticket: desk.ask(|ticket| Effect::Handoff(HandoffEffect::Redeem(ticket, sent))),
            problem: None,
        }
    }

    /// After a reload: asks at once how far the handoff is.
    pub(in crate::domain::flow) fn resume(handoff_id: String, desk: &mut Desk<'_>) -> Self {
        let mut poll = Poll::begin(handoff_id, desk);
        poll.ask_now(desk);
        Self::Comparing(Comparing { poll, number: None })
    }

    pub(in crate::domain::flow) fn waits_for_network(&self) -> bool {
        match self {
            Self::Redeeming { problem, .. } => problem.is_some(),
            Self::Comparing(comparing) => comparing.poll.problem.is_some(),
            Self::Lobby(_) | Self::Away(_) => false,
        }
    }

    pub(in crate::domain::flow) fn on(&mut self, event: Event, desk: &mut Desk<'_>) -> Turn {
        match (&mut *self, event) {
            (
                Self::Redeeming {
                    ticket, problem, ..
                },
                Event::Handoff(HandoffEvent::Redeemed(answered, result)),
            ) if *ticket == answered => match result {
                Ok(redeemed) => *self = Self::compare(redeemed, desk),
                Err(error) if error.can_retry() => *problem = Some(error),
                Err(_) => return Turn::Away(Away::Spent),
            },
            (
                Self::Redeeming {
                    code,
                    problem: Some(_),
                    ..
                },
                Event::RetryPressed,
            ) => *self = Self::redeem(code.clone(), desk),
            (Self::Comparing(comparing), event) => match comparing.poll.on(event, desk) {
                Polled::Nothing => {}
                Polled::Unused(event) => return Turn::unused(&event),
                Polled::Over(_) => return Turn::Away(Away::TakenBack),
                Polled::Status(status) => return comparing.heard(status),
            },
            (Self::Lobby(_), Event::ContinuePressed) => return Turn::Done,
            (Self::Lobby(id), Event::Handoff(HandoffEvent::StopPressed)) => {
                desk.push(Effect::Handoff(HandoffEffect::ReportGivenUp(id.clone())));
                return Turn::Away(Away::Stopped);
            }
            (_, other) => return Turn::unused(&other),
        }
        Turn::Stay
    }

    fn compare(redeemed: RedeemedHandoff, desk: &mut Desk<'_>) -> Self {
        desk.push(Effect::KeepCredentials(Credentials {
            session_id: redeemed.session_id,
            token: ClientToken::new(redeemed.client_session_token),
            handoff_id: Some(redeemed.handoff_id.clone()),
        }));
        Self::Comparing(Comparing {
            poll: Poll::begin(redeemed.handoff_id, desk),
            number: Some(redeemed.number),
        })
    }

    pub(in crate::domain::flow) fn screen(&self) -> HandoffScreen {
        let stopped = |error: &ServiceError| HandoffScreen::Problem {
            problem: problem(error),
            can_continue_here: false,
        };
        match self {
            Self::Redeeming {
                problem: Some(error),
                ..
            } => stopped(error),
            Self::Redeeming { problem: None, .. } => HandoffScreen::Preparing,
            Self::Comparing(Comparing { poll, number }) => match (&poll.problem, number) {
                (Some(error), _) => stopped(error),
                (None, Some(number)) => HandoffScreen::Compare {
                    number: number.clone(),
                },
                (None, None) => HandoffScreen::Preparing,
            },
            Self::Lobby(_) => HandoffScreen::Lobby,
            Self::Away(away) => HandoffScreen::Away(*away),
        }
    }
}

impl Comparing {
    fn heard(&mut self, status: HandoffStatus) -> Turn {
        match status.state {
            HandoffState::Active => return Turn::Done,
            HandoffState::Done | HandoffState::GivenUp | HandoffState::Ended => {
                return Turn::Away(Away::TakenBack);
            }
            HandoffState::Waiting | HandoffState::Scanned | HandoffState::Other(_) => {
                if status.number.is_some() {
                    self.number = status.number;
                }
            }
        }
        Turn::Stay
    }
}

//! The computer: it shows a code, compares numbers and follows the phone.

use crate::domain::i18n::Text;
use crate::domain::launch::OneTime;
use crate::domain::service::ServiceError;
use crate::domain::session::handoff::{HandoffState, HandoffStatus};

use super::super::turn::{Desk, Turn};
use super::super::view::problem;
use super::super::{Effect, Event, Ticket, ending_of};
use super::poll::{Poll, Polled};
use super::{FreshLink, HandoffEffect, HandoffEvent, HandoffScreen, Offered, is_over};

/// How long before its end a code is replaced: whoever scans it after that is
/// too late anyway, because their page has yet to load.
const ROTATE_BEFORE_S: u32 = 3;

/// An offer to continue on another device.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::domain::flow) struct Offer {
    step: Step,
}

#[derive(Debug, Clone, PartialEq)]
enum Step {
    Creating {
        ticket: Ticket,
        is_after_mismatch: bool,
        /// Why it did not work, until it is tried again.
        problem: Option<ServiceError>,
    },
    Running {
        poll: Poll,
        phase: Phase,
    },
    TakingBack {
        ticket: Ticket,
        handoff_id: String,
        problem: Option<ServiceError>,
    },
    /// The phone does not go on, and the person is told.
    PhoneStopped {
        is_given_up: bool,
    },
}

#[derive(Debug, Clone, PartialEq)]
enum Phase {
    Waiting(Code),
    Scanned { number: String, answer: Answer },
    Active { n_complete: u32, n_required: u32 },
}

/// The code that is shown, and its next replacement.
#[derive(Debug, Clone, PartialEq)]
struct Code {
    /// Nothing when it ended before there was another one.
    link: Option<OneTime>,
    rotation: Rotation,
    was_copied: Option<bool>,
    is_after_mismatch: bool,
}

#[derive(Debug, Clone, PartialEq)]
enum Rotation {
    /// The code works until this watch ends.
    At(Ticket),
    Asked(Ticket),
    /// It did not work; the next answer of the service gives another try.
    Due,
}

/// The answer to the question whether the numbers are the same.
#[derive(Debug, Clone, PartialEq)]
enum Answer {
    Open,
    Sending(Ticket),
    Failed,
}

impl Offer {
    pub(in crate::domain::flow) fn begin(desk: &mut Desk<'_>) -> Self {
        Self {
            step: Step::create(false, desk),
        }
    }

    pub(in crate::domain::flow) fn waits_for_network(&self) -> bool {
        match &self.step {
            Step::Creating { problem, .. } | Step::TakingBack { problem, .. } => problem.is_some(),
            Step::Running { poll, .. } => poll.problem.is_some(),
            Step::PhoneStopped { .. } => false,
        }
    }

    pub(in crate::domain::flow) fn on(&mut self, event: Event, desk: &mut Desk<'_>) -> Turn {
        match (&mut self.step, event) {
            (
                Step::Creating {
                    ticket,
                    is_after_mismatch,
                    problem,
                },
                Event::Handoff(HandoffEvent::Offered(answered, result)),
            ) if *ticket == answered => match result {
                Ok(offered) => self.step = Step::run(offered, *is_after_mismatch, desk),
                Err(error) if is_over(&error) => return Turn::End(ending_of(&error)),
                Err(error) => *problem = Some(error),
            },
            (
                Step::Creating {
                    problem: Some(_),
                    is_after_mismatch,
                    ..
                },
                Event::RetryPressed,
            ) => {
                self.step = Step::create(*is_after_mismatch, desk);
            }
            // What nobody has seen need not be taken back.
            (Step::Creating { .. }, event) if is_way_back(&event) => return Turn::Leave,
            (Step::Running { poll, .. }, event) if is_way_back(&event) => {
                self.step = Step::take_back(poll.handoff_id.clone(), desk);
            }
            (Step::Running { poll, phase }, event) => match phase.on(event, poll, desk) {
                Next::Turn(turn) => return turn,
                Next::Anew => self.step = Step::create(true, desk),
                Next::PhoneStopped { is_given_up } => {
                    self.step = Step::PhoneStopped { is_given_up };
                }
            },
            (
                Step::TakingBack {
                    ticket, problem, ..
                },
                Event::Handoff(HandoffEvent::TakenBack(answered, result)),
            ) if *ticket == answered => match result {
                Err(error) if is_over(&error) => return Turn::End(ending_of(&error)),
                Err(error) if error.can_retry() => *problem = Some(error),
                // What is not there any more need not be taken back.
                Ok(()) | Err(_) => return Turn::Done,
            },
            (
                Step::TakingBack {
                    problem: Some(_),
                    handoff_id,
                    ..
                },
                Event::RetryPressed,
            ) => {
                self.step = Step::take_back(handoff_id.clone(), desk);
            }
            (Step::PhoneStopped { .. }, event) if is_way_back(&event) => return Turn::Done,
            (_, other) => return Turn::unused(&other),
        }
        Turn::Stay
    }

    pub(in crate::domain::flow) fn screen(&self) -> HandoffScreen {
        let stopped = |error: &ServiceError, can_continue_here| HandoffScreen::Problem {
            problem: problem(error),
            can_continue_here,
        };
        match &self.step {
            Step::Creating {
                problem: Some(error),
                ..
            } => stopped(error, true),
            Step::TakingBack {
                problem: Some(error),
                ..
            } => stopped(error, false),
            Step::Creating { problem: None, .. } | Step::TakingBack { problem: None, .. } => {
                HandoffScreen::Preparing
            }
            Step::Running { poll, phase } => match &poll.problem {
                Some(error) => stopped(error, true),
                None => phase.screen(),
            },
            Step::PhoneStopped { is_given_up } => HandoffScreen::PhoneStopped {
                is_given_up: *is_given_up,
            },
        }
    }
}

fn is_way_back(event: &Event) -> bool {
    matches!(
        event,
        Event::BackPressed | Event::Handoff(HandoffEvent::ContinueHerePressed)
    )
}

impl Step {
    fn create(is_after_mismatch: bool, desk: &mut Desk<'_>) -> Self {
        Self::Creating {
            ticket: desk.ask(|ticket| Effect::Handoff(HandoffEffect::Offer(ticket))),
            is_after_mismatch,
            problem: None,
        }
    }

    fn run(offered: Offered, is_after_mismatch: bool, desk: &mut Desk<'_>) -> Self {
        Self::Running {
            phase: Phase::Waiting(Code::new(offered.link, is_after_mismatch, desk)),
            poll: Poll::begin(offered.id, desk),
        }
    }

    fn take_back(handoff_id: String, desk: &mut Desk<'_>) -> Self {
        let id = handoff_id.clone();
        Self::TakingBack {
            ticket: desk.ask(|ticket| Effect::Handoff(HandoffEffect::TakeBack(ticket, id))),
            handoff_id,
            problem: None,
        }
    }
}

impl Code {
    fn new(fresh: FreshLink, is_after_mismatch: bool, desk: &mut Desk<'_>) -> Self {
        let after_s = fresh.expires_in_s.saturating_sub(ROTATE_BEFORE_S).max(1);
        let after_ms = after_s.saturating_mul(1000);
        let watch = |ticket| Effect::Handoff(HandoffEffect::WatchCode { ticket, after_ms });
        Self {
            link: Some(fresh.link),
            rotation: Rotation::At(desk.ask(watch)),
            was_copied: None,
            is_after_mismatch,
        }
    }

    fn rotate(&mut self, handoff_id: &str, desk: &mut Desk<'_>) {
        let id = handoff_id.to_owned();
        let ask = |ticket| Effect::Handoff(HandoffEffect::RotateCode(ticket, id));
        self.rotation = Rotation::Asked(desk.ask(ask));
    }
}

/// What follows for the offer.
enum Next {
    Turn(Turn),
    /// A new offer, because the numbers were not the same.
    Anew,
    PhoneStopped {
        is_given_up: bool,
    },
}

impl Phase {
    fn on(&mut self, event: Event, poll: &mut Poll, desk: &mut Desk<'_>) -> Next {
        match (&mut *self, event) {
            (Self::Waiting(code), Event::TimeElapsed(ticket))
                if code.rotation == Rotation::At(ticket) =>
            {
                code.rotate(&poll.handoff_id, desk);
            }
            (Self::Waiting(code), Event::Handoff(HandoffEvent::CodeRotated(ticket, result)))
                if code.rotation == Rotation::Asked(ticket) =>
            {
                match result {
                    Ok(fresh) => *code = Code::new(fresh, code.is_after_mismatch, desk),
                    Err(error) if is_over(&error) => {
                        return Next::Turn(Turn::End(ending_of(&error)));
                    }
                    // Nobody can use the old one any more, so nobody sees it.
                    Err(error) => {
                        code.link = None;
                        code.rotation = Rotation::Due;
                        if !error.can_retry() {
                            // It has been redeemed meanwhile.
                            poll.ask_now(desk);
                        }
                    }
                }
            }
            (Self::Waiting(code), Event::Handoff(HandoffEvent::CopyPressed)) => {
                let Some(link) = &code.link else {
                    return Next::Turn(Turn::Ignored);
                };
                desk.push(Effect::Handoff(HandoffEffect::CopyLink(link.clone())));
            }
            (Self::Waiting(code), Event::Handoff(HandoffEvent::LinkCopied(is_copied))) => {
                code.was_copied = Some(is_copied);
                desk.push(Effect::Announce(copied_text(is_copied).into()));
            }
            (Self::Scanned { answer, .. }, Event::Handoff(HandoffEvent::MatchConfirmed))
                if !matches!(answer, Answer::Sending(_)) =>
            {
                let id = poll.handoff_id.clone();
                let confirm = |ticket| Effect::Handoff(HandoffEffect::Confirm(ticket, id));
                *answer = Answer::Sending(desk.ask(confirm));
            }
            (Self::Scanned { answer, .. }, Event::Handoff(HandoffEvent::MatchRefused))
                if !matches!(answer, Answer::Sending(_)) =>
            {
                return Next::Anew;
            }
            (
                Self::Scanned { answer, .. },
                Event::Handoff(HandoffEvent::Confirmed(ticket, result)),
            ) if *answer == Answer::Sending(ticket) => match result {
                // The next answer shows what the phone does.
                Ok(()) => poll.ask_now(desk),
                Err(error) if is_over(&error) => return Next::Turn(Turn::End(ending_of(&error))),
                Err(error) => {
                    *answer = Answer::Failed;
                    if !error.can_retry() {
                        poll.ask_now(desk);
                    }
                }
            },
            (_, other) => match poll.on(other, desk) {
                Polled::Nothing => {}
                Polled::Unused(event) => return Next::Turn(Turn::unused(&event)),
                Polled::Over(error) => return Next::Turn(Turn::End(ending_of(&error))),
                Polled::Status(status) => return self.heard(status, &poll.handoff_id, desk),
            },
        }
        Next::Turn(Turn::Stay)
    }

    fn heard(&mut self, status: HandoffStatus, handoff_id: &str, desk: &mut Desk<'_>) -> Next {
        match (&mut *self, status.state) {
            (Self::Waiting(code), HandoffState::Waiting) => {
                if code.rotation == Rotation::Due {
                    code.rotate(handoff_id, desk);
                }
            }
            (Self::Waiting(_), HandoffState::Scanned) => {
                *self = Self::Scanned {
                    number: status.number.unwrap_or_default(),
                    answer: Answer::Open,
                };
            }
            (_, HandoffState::Active) => {
                *self = Self::Active {
                    n_complete: status.n_complete,
                    n_required: status.n_required,
                };
            }
            (_, HandoffState::Done) => return Next::Turn(Turn::Done),
            (_, HandoffState::GivenUp) => return Next::PhoneStopped { is_given_up: true },
            (_, HandoffState::Ended) => return Next::PhoneStopped { is_given_up: false },
            // As before, or of the future.
            (_, HandoffState::Waiting | HandoffState::Scanned | HandoffState::Other(_)) => {}
        }
        Next::Turn(Turn::Stay)
    }

    fn screen(&self) -> HandoffScreen {
        match self {
            Self::Waiting(code) => HandoffScreen::Code {
                link: code.link.clone(),
                was_copied: code.was_copied,
                is_after_mismatch: code.is_after_mismatch,
            },
            Self::Scanned { number, answer } => HandoffScreen::Number {
                number: number.clone(),
                is_sending: matches!(answer, Answer::Sending(_)),
                has_failed: *answer == Answer::Failed,
            },
            Self::Active {
                n_complete,
                n_required,
            } => HandoffScreen::Progress {
                n_complete: *n_complete,
                n_required: *n_required,
            },
        }
    }
}

fn copied_text(is_copied: bool) -> Text {
    if is_copied {
        Text::HandoffCopied
    } else {
        Text::HandoffNotCopied
    }
}

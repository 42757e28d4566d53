//! A camera that a stage holds: opened, running, lost, opened again.
//!
//! The same machine for documents, pages and faces; what differs is in
//! [`CameraUse`].

use crate::domain::camera::{CameraError, CameraFacts, CameraWish};
use crate::domain::error::ErrorCode;
use crate::domain::i18n::Text;
use crate::domain::image::PreparedImage;

use super::turn::Desk;
use super::{CameraState, Effect, Event, Ticket};

/// What the camera is doing.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum CameraStep {
    Starting(Ticket),
    Live {
        ticket: Ticket,
        facts: CameraFacts,
        torch_on: bool,
        taking: Option<Ticket>,
        still_failed: bool,
    },
    /// The page is hidden; the camera opens again when it is shown.
    Paused,
    Blocked(CameraError),
}

/// What the camera is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct CameraUse {
    /// Which camera is opened first.
    pub(super) wish: CameraWish,
    /// Whether there is a way without a camera, so that a camera that can't
    /// work does not end the session.
    pub(super) has_other_way: bool,
    /// Whether it is for a liveness check, whose endings have codes of their
    /// own.
    pub(super) is_for_liveness: bool,
}

/// What follows from an event.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum CameraTurn {
    Stay,
    /// There is a picture.
    Taken(PreparedImage),
    /// Nothing can be captured, so the session ends.
    End(ErrorCode),
    /// The camera has no use for it.
    Unused(Event),
}

impl CameraStep {
    /// Asks for the camera.
    pub(super) fn open(wish: CameraWish, desk: &mut Desk<'_>) -> Self {
        Self::Starting(desk.ask(|ticket| Effect::OpenCamera(ticket, wish)))
    }

    /// Whether the browser's camera is on, or about to be.
    pub(super) fn is_open(&self) -> bool {
        matches!(self, Self::Starting(_) | Self::Live { .. })
    }

    /// Whether the preview shows what is before the camera as a mirror does.
    pub(super) fn is_mirrored(&self) -> bool {
        matches!(self, Self::Live { facts, .. } if facts.is_mirrored)
    }

    /// Whether the preview runs.
    pub(super) fn is_running(&self) -> bool {
        matches!(self, Self::Live { .. })
    }

    /// The ticket under which the running camera was opened, unless a picture is
    /// being taken.
    pub(super) fn live(&self) -> Option<Ticket> {
        match self {
            Self::Live {
                ticket,
                taking: None,
                ..
            } => Some(*ticket),
            Self::Live { .. } | Self::Starting(_) | Self::Paused | Self::Blocked(_) => None,
        }
    }

    /// Takes a picture, if the preview runs and none is being taken.
    pub(super) fn shoot(&mut self, desk: &mut Desk<'_>) {
        if let Self::Live {
            taking: taking @ None,
            still_failed,
            ..
        } = self
        {
            *taking = Some(desk.ask(Effect::TakeStill));
            *still_failed = false;
            desk.push(Effect::Announce(Text::CameraTaking.into()));
        }
    }

    /// Goes on after a picture that nobody is shown.
    pub(super) fn go_on(&mut self) {
        if let Self::Live { taking, .. } = self {
            *taking = None;
        }
    }

    pub(super) fn on(
        &mut self,
        event: Event,
        purpose: CameraUse,
        desk: &mut Desk<'_>,
    ) -> CameraTurn {
        match (&mut *self, event) {
            (Self::Starting(ticket), Event::CameraOpened(answered, facts))
                if *ticket == answered =>
            {
                return self.opened(answered, facts, purpose, desk);
            }
            (Self::Starting(ticket), Event::CameraFailed(answered, error))
                if *ticket == answered =>
            {
                return self.failed(error, purpose);
            }
            (Self::Live { ticket, .. }, Event::CameraLost(lost, _)) if *ticket == lost => {
                *self = Self::open(purpose.wish, desk);
            }
            // Browsers stop or freeze the camera of a hidden page, each in its
            // own way; closing it ourselves makes them all the same.
            (Self::Live { .. }, Event::PageHidden) => *self = Self::Paused,
            (Self::Paused, Event::PageShown) => *self = Self::open(purpose.wish, desk),
            (Self::Live { taking: None, .. }, Event::ShutterPressed) => self.shoot(desk),
            (
                Self::Live {
                    taking,
                    still_failed,
                    ..
                },
                Event::StillTaken(answered, result),
            ) if *taking == Some(answered) => match result {
                Ok(image) => return CameraTurn::Taken(image),
                Err(_) => {
                    *taking = None;
                    *still_failed = true;
                    desk.push(Effect::Announce(Text::CameraStillFailed.into()));
                }
            },
            (
                Self::Live {
                    facts, torch_on, ..
                },
                Event::TorchPressed,
            ) if facts.has_torch => {
                *torch_on = !*torch_on;
                desk.push(Effect::SetTorch(*torch_on));
            }
            (
                Self::Live {
                    facts,
                    taking: None,
                    ..
                },
                Event::SwitchCameraPressed,
            ) if facts.n_cameras > 1 => {
                *self = Self::open(CameraWish::Next, desk);
            }
            (Self::Blocked(error), Event::RetryPressed) if error.can_retry() => {
                *self = Self::open(purpose.wish, desk);
            }
            (Self::Blocked(error), Event::GiveUpPressed) if !purpose.has_other_way => {
                return CameraTurn::End(ending(*error, purpose));
            }
            (_, other) => return CameraTurn::Unused(other),
        }
        CameraTurn::Stay
    }

    fn opened(
        &mut self,
        ticket: Ticket,
        facts: CameraFacts,
        purpose: CameraUse,
        desk: &mut Desk<'_>,
    ) -> CameraTurn {
        if !facts.is_sharp_enough() {
            return self.failed(CameraError::LowResolution, purpose);
        }
        *self = Self::Live {
            ticket,
            facts,
            torch_on: false,
            taking: None,
            still_failed: false,
        };
        desk.push(Effect::Announce(Text::CameraReady.into()));
        CameraTurn::Stay
    }

    fn failed(&mut self, error: CameraError, purpose: CameraUse) -> CameraTurn {
        if !purpose.has_other_way && is_final(error) {
            return CameraTurn::End(ending(error, purpose));
        }
        *self = Self::Blocked(error);
        CameraTurn::Stay
    }

    /// What a view may know of it.
    pub(super) fn state(&self, is_embedded: bool) -> CameraState {
        match self {
            Self::Starting(_) | Self::Paused => CameraState::Starting,
            Self::Live {
                facts,
                torch_on,
                taking,
                still_failed,
                ..
            } => CameraState::Live {
                facts: *facts,
                torch_on: *torch_on,
                is_taking: taking.is_some(),
                still_failed: *still_failed,
            },
            Self::Blocked(error) => CameraState::Blocked {
                error: *error,
                is_embedded: is_embedded && *error == CameraError::NotDelegated,
            },
        }
    }
}

/// Whether the camera can't work on this device or page; otherwise trying again
/// may help, and the person may want to read what to do.
fn is_final(error: CameraError) -> bool {
    match error {
        CameraError::NotFound
        | CameraError::NotDelegated
        | CameraError::Insecure
        | CameraError::Unsupported
        | CameraError::NotSafari
        | CameraError::LowResolution => true,
        CameraError::Denied | CameraError::Busy | CameraError::NoPicture => false,
    }
}

/// How the session ends without a camera (contract §5.6).
fn ending(error: CameraError, purpose: CameraUse) -> ErrorCode {
    match error {
        CameraError::Denied => ErrorCode::CameraDenied,
        CameraError::NotFound => ErrorCode::NoCamera,
        CameraError::NotSafari => ErrorCode::NotSafari,
        CameraError::LowResolution => ErrorCode::CameraTooCoarse,
        CameraError::Unsupported | CameraError::Insecure if purpose.is_for_liveness => {
            ErrorCode::LivenessUnsupported
        }
        CameraError::NotDelegated
        | CameraError::Busy
        | CameraError::Insecure
        | CameraError::Unsupported
        | CameraError::NoPicture => ErrorCode::CameraFailed,
    }
}

//! A liveness check of type ZOOM, which a component that is not ours does.
//!
//! The component's interface: `docs/zoom.md`.

use crate::domain::error::ErrorCode;
use crate::domain::session::plan::{Suppressed, ZoomTask};

use super::turn::{Desk, Turn};
use super::{Effect, Event, Ticket};

/// How the component's check ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ZoomEnd {
    /// The service accepted it.
    Passed,
    /// No attempt is left.
    Exhausted,
    /// The person closed it.
    Cancelled,
    /// This browser or device can't do it.
    Unsupported,
    /// Anything else.
    Failed,
}

/// A check by the component.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Zoom {
    Guidance,
    Running(Ticket),
}

impl Zoom {
    pub(super) fn begin(task: &ZoomTask, suppressed: Suppressed, desk: &mut Desk<'_>) -> Self {
        if suppressed.zoom_liveness_education {
            Self::run(task, desk)
        } else {
            Self::Guidance
        }
    }

    fn run(task: &ZoomTask, desk: &mut Desk<'_>) -> Self {
        let requirement_id = task.requirement_id.clone();
        Self::Running(desk.ask(|ticket| Effect::RunZoom(ticket, requirement_id)))
    }

    /// `exhausted` is how the session ends when no attempt is left.
    pub(super) fn on(
        &mut self,
        event: Event,
        task: &ZoomTask,
        exhausted: ErrorCode,
        desk: &mut Desk<'_>,
    ) -> Turn {
        match (&*self, event) {
            (Self::Guidance, Event::CameraChosen) => *self = Self::run(task, desk),
            (Self::Guidance, Event::BackPressed) => return Turn::Leave,
            (Self::Running(ticket), Event::ZoomEnded(answered, end)) if *ticket == answered => {
                match end {
                    ZoomEnd::Passed => return Turn::Done,
                    ZoomEnd::Cancelled => *self = Self::Guidance,
                    ZoomEnd::Exhausted => return Turn::End(exhausted),
                    ZoomEnd::Unsupported => return Turn::End(ErrorCode::LivenessUnsupported),
                    ZoomEnd::Failed => return Turn::End(ErrorCode::LivenessFailed),
                }
            }
            (_, other) => return Turn::unused(&other),
        }
        Turn::Stay
    }
}

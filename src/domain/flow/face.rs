//! Capturing a face: guidance, camera, review, send, and for a liveness check
//! what the service says of it.

use crate::domain::attempts::Attempts;
use crate::domain::camera::CameraWish;
use crate::domain::error::ErrorCode;
use crate::domain::face::{FaceHint, FaceTurn, FaceWatch};
use crate::domain::image::{ImageId, PreparedImage};
use crate::domain::service::ServiceError;
use crate::domain::session::plan::{FacePurpose, FaceTask, Suppressed};
use crate::domain::session::resource::{NewFace, Recommendation, TextExtraction};

use super::camera::{CameraStep, CameraTurn, CameraUse};
use super::sending::{Delivery, Part, Sending, SendingTurn, refused_picture};
use super::turn::{Captures, Desk, Retry, Turn, verdict};
use super::{Effect, Event, NewResource, ResourceKind, ResourceRef, UploadPart, ending_of};

/// One face being captured.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Face {
    pub(super) image: Option<PreparedImage>,
    pub(super) attempts: Attempts,
    /// Sending was stopped once, perhaps too late.
    was_cancelled: bool,
    pub(super) step: Step,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Step {
    Guidance,
    Camera {
        camera: CameraStep,
        watch: FaceWatch,
    },
    Review,
    Sending(Sending),
    TryAgain(Recommendation),
}

/// What stays the same while a face is captured.
#[derive(Clone, Copy)]
pub(super) struct FaceContext<'a> {
    pub(super) task: &'a FaceTask,
    pub(super) suppressed: Suppressed,
    /// Whether the session is to establish an identity profile; running out of
    /// attempts has a code of its own there.
    pub(super) has_identity_profile: bool,
}

impl FaceContext<'_> {
    fn camera_use(self) -> CameraUse {
        CameraUse {
            wish: CameraWish::User,
            has_other_way: false,
            is_for_liveness: self.is_liveness(),
        }
    }

    fn is_liveness(self) -> bool {
        self.task.purpose == FacePurpose::Liveness
    }

    fn skips_guidance(self) -> bool {
        match self.task.purpose {
            FacePurpose::Liveness => self.suppressed.static_liveness_education,
            FacePurpose::Capture => self.suppressed.face_capture_education,
        }
    }

    fn exhausted(self) -> ErrorCode {
        exhausted(self.has_identity_profile)
    }
}

/// How the session ends when no attempt at a liveness check is left.
pub(super) fn exhausted(has_identity_profile: bool) -> ErrorCode {
    if has_identity_profile {
        ErrorCode::ProfileLivenessExhausted
    } else {
        ErrorCode::LivenessExhausted
    }
}

impl Captures for Face {
    fn camera(&self) -> Option<&CameraStep> {
        match &self.step {
            Step::Camera { camera, .. } => Some(camera),
            Step::Guidance | Step::Review | Step::Sending(_) | Step::TryAgain(_) => None,
        }
    }

    fn sending(&self) -> Option<&Sending> {
        match &self.step {
            Step::Sending(sending) => Some(sending),
            Step::Guidance | Step::Camera { .. } | Step::Review | Step::TryAgain(_) => None,
        }
    }

    fn images(&self) -> Vec<ImageId> {
        self.image.iter().map(|image| image.id).collect()
    }
}

impl Face {
    pub(super) fn begin(context: FaceContext<'_>, desk: &mut Desk<'_>) -> Self {
        let mut face = Self {
            image: None,
            attempts: context.task.attempts.clone(),
            was_cancelled: false,
            step: Step::Guidance,
        };
        if let Some(pending) = &context.task.pending {
            let resource = ResourceRef {
                kind: ResourceKind::StaticLiveness,
                id: pending.resource_id.clone(),
            };
            face.step = Step::Sending(Sending::resume(resource, desk));
        } else if context.skips_guidance() {
            face.open_camera(context, desk);
        }
        face
    }

    /// The hint over the preview, where faces can be found.
    pub(super) fn hint(&self) -> Option<FaceHint> {
        match &self.step {
            Step::Camera { watch, .. } => watch.hint(),
            Step::Guidance | Step::Review | Step::Sending(_) | Step::TryAgain(_) => None,
        }
    }

    fn open_camera(&mut self, context: FaceContext<'_>, desk: &mut Desk<'_>) {
        self.step = Step::Camera {
            camera: CameraStep::open(context.camera_use().wish, desk),
            watch: FaceWatch::default(),
        };
    }

    fn back_from_picture(&mut self, context: FaceContext<'_>) -> Turn {
        if context.skips_guidance() {
            return Turn::Leave;
        }
        self.step = Step::Guidance;
        Turn::Stay
    }

    pub(super) fn on(
        &mut self,
        event: Event,
        context: FaceContext<'_>,
        desk: &mut Desk<'_>,
    ) -> Turn {
        match (&mut self.step, event) {
            (Step::Guidance, Event::CameraChosen) | (Step::Review, Event::RetakePressed) => {
                self.open_camera(context, desk);
            }
            (Step::Guidance, Event::BackPressed) => return Turn::Leave,
            (Step::Camera { .. }, event) => return self.on_camera(event, context, desk),
            (Step::Review, Event::UsePressed) => self.send(context.task, desk),
            (Step::Review, Event::BackPressed) => return self.back_from_picture(context),
            (Step::Sending(_), event) => return self.on_sending(event, context, desk),
            (Step::TryAgain(_), Event::RetakePressed) => {
                self.image = None;
                if context.skips_guidance() {
                    self.open_camera(context, desk);
                } else {
                    self.step = Step::Guidance;
                }
            }
            (_, other) => return Turn::unused(&other),
        }
        Turn::Stay
    }

    fn on_camera(&mut self, event: Event, context: FaceContext<'_>, desk: &mut Desk<'_>) -> Turn {
        let Step::Camera { camera, watch } = &mut self.step else {
            return Turn::Ignored;
        };
        match event {
            Event::BackPressed => return self.back_from_picture(context),
            Event::FacesSeen(ticket, faces) => {
                if camera.live() != Some(ticket) {
                    return Turn::Late;
                }
                match watch.look(&faces) {
                    FaceTurn::Same => {}
                    FaceTurn::Hint(hint) => desk.push(Effect::Announce(hint.text().into())),
                    FaceTurn::Take => camera.shoot(desk),
                }
            }
            event => {
                let was_running = camera.is_running();
                match camera.on(event, context.camera_use(), desk) {
                    CameraTurn::Stay => {
                        // Once per opening, not after a picture that failed.
                        if let Some(ticket) = camera.live().filter(|_| !was_running) {
                            desk.push(Effect::WatchFace(ticket));
                        }
                    }
                    CameraTurn::Taken(image) => {
                        self.image = Some(image);
                        self.step = Step::Review;
                    }
                    CameraTurn::End(code) => return Turn::End(code),
                    CameraTurn::Unused(other) => return Turn::unused(&other),
                }
            }
        }
        Turn::Stay
    }

    fn send(&mut self, task: &FaceTask, desk: &mut Desk<'_>) {
        let Some(image) = &self.image else {
            return;
        };
        let new = NewFace {
            requirement_id: task.requirement_id.clone(),
        };
        let delivery = Delivery {
            resource: match task.purpose {
                FacePurpose::Liveness => NewResource::StaticLiveness(new),
                FacePurpose::Capture => NewResource::FaceCapture(new),
            },
            parts: vec![Part::of(UploadPart::Image, image)],
        };
        self.step = Step::Sending(Sending::start(delivery, self.was_cancelled, desk));
    }

    fn on_sending(&mut self, event: Event, context: FaceContext<'_>, desk: &mut Desk<'_>) -> Turn {
        let Step::Sending(sending) = &mut self.step else {
            return Turn::Ignored;
        };
        match sending.on(event, desk) {
            SendingTurn::Stay => Turn::Stay,
            SendingTurn::Judged(judgement) => self.judged(&judgement, context),
            SendingTurn::Delivered => Turn::Done,
            SendingTurn::Reread => Turn::Reread,
            SendingTurn::Cancelled => {
                self.was_cancelled = true;
                self.step = Step::Review;
                Turn::Stay
            }
            SendingTurn::Refused(index, _) => {
                self.step = Step::TryAgain(refused_picture(index));
                Turn::Stay
            }
            SendingTurn::Failed(ServiceError::AttemptsExhausted) => Turn::End(context.exhausted()),
            SendingTurn::Failed(ServiceError::Refused(_) | ServiceError::Malformed)
                if context.is_liveness() =>
            {
                Turn::End(ErrorCode::LivenessFailed)
            }
            SendingTurn::Failed(error) => Turn::End(ending_of(&error)),
            SendingTurn::Unused(other) => Turn::unused(&other),
        }
    }

    fn judged(&mut self, judgement: &TextExtraction, context: FaceContext<'_>) -> Turn {
        match verdict(&mut self.attempts, judgement, context.exhausted()) {
            // A liveness check passes or does not; there is nothing in between
            // to pass over.
            Ok(Retry { can_keep: true, .. }) => Turn::Done,
            Ok(Retry { recommendation, .. }) => {
                self.step = Step::TryAgain(recommendation);
                Turn::Stay
            }
            Err(turn) => turn,
        }
    }
}

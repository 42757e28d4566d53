//! From the flow to the screen: the only place that decides what is shown.

use crate::domain::camera::CameraError;
use crate::domain::i18n::{Arg, Message, Text};
use crate::domain::service::ServiceError;
use crate::domain::session::plan::DocumentTask;
use crate::domain::session::resource::{AttemptCategory, Recommendation};
use crate::domain::session::sides::{Side, sides};

use super::capture::{CameraStep, Capturing, Step, document_name};
use super::sending::SendingFacts;
use super::{
    CameraScreen, CameraState, ChooseDocumentScreen, DocumentOption, DoneScreen, EndedScreen, Flow,
    GuidanceScreen, ProblemScreen, Progress, ReviewScreen, Screen, SendingScreen, SendingState,
    SideFacts, Stage, StartScreen, TryAgainScreen, UploadScreen,
};

/// Choose, photograph, check.
const STEPS_PER_DOCUMENT: u32 = 3;

/// Measured by nobody yet; what people are told by comparable services.
const MINUTES_PER_DOCUMENT: u32 = 2;

impl Flow {
    /// What the person sees.
    #[must_use]
    pub fn screen(&self) -> Screen {
        self.screen_with(Self::screen_after_start)
    }

    /// The same as [`Self::screen`] until capturing begins, without the code for
    /// the screens after that.
    #[must_use]
    pub fn screen_before_capture(&self) -> Screen {
        self.screen_with(|_| Screen::Opening)
    }

    fn screen_with(&self, after_start: fn(&Self) -> Screen) -> Screen {
        match &self.stage {
            Stage::Fresh | Stage::AwaitingHost | Stage::Loading(_) | Stage::Preparing(None) => {
                Screen::Opening
            }
            Stage::LoadFailed(error) | Stage::Preparing(Some(error)) => {
                Screen::OpeningFailed(problem(error))
            }
            Stage::Start => self.start_screen(),
            Stage::Capturing(_) | Stage::Finishing(_) | Stage::Done => after_start(self),
            Stage::Ended { code, .. } => Screen::Ended(EndedScreen {
                code: *code,
                title: code.title().into(),
                body: code.body().into(),
                can_leave: self.return_address().is_some(),
            }),
        }
    }

    fn screen_after_start(&self) -> Screen {
        match &self.stage {
            Stage::Capturing(capturing) => match self.task(capturing) {
                Some(task) => self.capturing_screen(capturing, task),
                None => Screen::Opening,
            },
            Stage::Finishing(finishing) => Screen::Sending(SendingScreen {
                progress: self.last_progress(),
                state: match &finishing.problem {
                    Some(error) => SendingState::Stopped(problem(error)),
                    None => SendingState::Finishing,
                },
            }),
            Stage::Done => Screen::Done(DoneScreen {
                can_leave: self.return_address().is_some(),
            }),
            Stage::Fresh
            | Stage::AwaitingHost
            | Stage::Loading(_)
            | Stage::LoadFailed(_)
            | Stage::Start
            | Stage::Preparing(_)
            | Stage::Ended { .. } => self.screen_before_capture(),
        }
    }

    fn task(&self, capturing: &Capturing) -> Option<&DocumentTask> {
        self.plan.as_ref()?.tasks.get(capturing.task)
    }

    fn n_tasks(&self) -> u32 {
        let n_tasks = self.plan.as_ref().map_or(0, |plan| plan.tasks.len());
        u32::try_from(n_tasks).unwrap_or(u32::MAX).max(1)
    }

    fn start_screen(&self) -> Screen {
        let n_tasks = self.n_tasks();
        let once: [Message; 3] = [
            Text::StepChoose.into(),
            Text::StepPhotograph.into(),
            Text::StepCheck.into(),
        ];
        let steps = (0..n_tasks).flat_map(|_| once.clone()).collect();
        Screen::Start(StartScreen {
            steps,
            minutes: n_tasks * MINUTES_PER_DOCUMENT,
            privacy_policy: self
                .plan
                .as_ref()
                .and_then(|plan| plan.privacy_policy.clone()),
        })
    }

    fn progress(&self, capturing: &Capturing, step: u32) -> Progress {
        let earlier = u32::try_from(capturing.task).unwrap_or(0) * STEPS_PER_DOCUMENT;
        Progress {
            step: earlier + step,
            n_steps: self.n_tasks() * STEPS_PER_DOCUMENT,
        }
    }

    fn last_progress(&self) -> Progress {
        let n_steps = self.n_tasks() * STEPS_PER_DOCUMENT;
        Progress {
            step: n_steps,
            n_steps,
        }
    }

    fn capturing_screen(&self, capturing: &Capturing, task: &DocumentTask) -> Screen {
        let side = || self.side_facts(capturing);
        match &capturing.step {
            Step::Choose => Screen::ChooseDocument(self.choose_screen(capturing, task)),
            Step::Guidance => Screen::Guidance(GuidanceScreen {
                side: side(),
                can_upload: task.can_upload,
            }),
            Step::Camera(camera) => Screen::Camera(CameraScreen {
                side: side(),
                can_upload: task.can_upload,
                state: self.camera_state(camera),
            }),
            Step::Upload { reading, error } => Screen::Upload(UploadScreen {
                side: side(),
                is_reading: reading.is_some(),
                error: *error,
            }),
            Step::Review => match capturing
                .pages
                .get(capturing.side)
                .and_then(|page| page.image.as_ref())
            {
                Some(image) => Screen::Review(ReviewScreen {
                    side: side(),
                    image: image.id,
                    width_px: image.width_px,
                    height_px: image.height_px,
                    from_file: image.capture_method
                        == crate::domain::session::resource::CaptureMethod::Upload,
                }),
                // Review is only entered with a picture.
                None => Screen::Guidance(GuidanceScreen {
                    side: side(),
                    can_upload: task.can_upload,
                }),
            },
            Step::Sending(sending) => Screen::Sending(SendingScreen {
                progress: self.progress(capturing, 3),
                state: match sending.facts(capturing) {
                    SendingFacts::Uploading { percent } => SendingState::Uploading { percent },
                    SendingFacts::Checking => SendingState::Checking,
                    SendingFacts::Stopped(error) => SendingState::Stopped(problem(error)),
                },
            }),
            Step::TryAgain {
                recommendation,
                can_keep,
            } => Screen::TryAgain(self.try_again_screen(capturing, recommendation, *can_keep)),
        }
    }

    fn side_facts(&self, capturing: &Capturing) -> SideFacts {
        let document_type = capturing
            .document_type
            .clone()
            .unwrap_or(crate::domain::session::config::DocumentType::Passport);
        SideFacts {
            document_name: document_name(&document_type),
            document_type,
            side: capturing.current_side(),
            progress: self.progress(capturing, 2),
        }
    }

    fn choose_screen(&self, capturing: &Capturing, task: &DocumentTask) -> ChooseDocumentScreen {
        let documents = capturing
            .country
            .as_deref()
            .map_or(&[][..], |code| task.documents(code));
        let option =
            |document: &crate::domain::session::config::SupportedDocument| DocumentOption {
                document_type: document.kind.clone(),
                name: document_name(&document.kind),
                issued_from: document
                    .requirements
                    .as_ref()
                    .and_then(|limits| limits.date_from.clone()),
            };
        ChooseDocumentScreen {
            progress: self.progress(capturing, 1),
            countries: task
                .countries
                .iter()
                .map(|country| country.code.clone())
                .collect(),
            country: capturing.country.clone(),
            types: documents.iter().map(option).collect(),
            document_type: capturing.document_type.clone(),
            can_continue: capturing.country.is_some() && capturing.document_type.is_some(),
        }
    }

    fn camera_state(&self, camera: &CameraStep) -> CameraState {
        match camera {
            CameraStep::Starting(_) | CameraStep::Paused => CameraState::Starting,
            CameraStep::Live {
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
            CameraStep::Blocked(error) => CameraState::Blocked {
                error: *error,
                is_embedded: self.is_embedded() && *error == CameraError::NotDelegated,
            },
        }
    }

    fn try_again_screen(
        &self,
        capturing: &Capturing,
        recommendation: &Recommendation,
        can_keep: bool,
    ) -> TryAgainScreen {
        let index = recommendation
            .page
            .and_then(|page| usize::try_from(page).ok()?.checked_sub(1));
        let document_sides = capturing.document_type.as_ref().map_or(&[][..], sides);
        let side: Option<Side> = index.and_then(|index| document_sides.get(index).copied());
        let image = index.and_then(|index| capturing.pages.get(index)?.image.as_ref());
        let (title, advice, is_wrong_document) = reason_texts(recommendation);
        let attempts_left = recommendation
            .category
            .as_ref()
            .and_then(|category| capturing.attempts.left(category))
            .map(|left| Message::from(Text::AttemptsLeft).with_count(left));
        TryAgainScreen {
            progress: self.progress(capturing, 3),
            title,
            advice,
            side,
            has_other_sides: document_sides.len() > 1,
            image: image.map(|image| image.id),
            attempts_left,
            can_keep,
            is_wrong_document,
        }
    }
}

fn problem(error: &ServiceError) -> ProblemScreen {
    let (title, body) = match error {
        ServiceError::Unreachable => (Text::ProblemNetworkTitle, Text::ProblemNetworkBody),
        _ => (Text::ProblemServiceTitle, Text::ProblemServiceBody),
    };
    ProblemScreen {
        title: title.into(),
        body: body.into(),
    }
}

/// What is wrong, what to do about it, and whether the document is the trouble.
///
/// Details are the published reason names (contract §7.3); one that we do not
/// know gets the general advice.
fn reason_texts(recommendation: &Recommendation) -> (Message, Message, bool) {
    let is_reclassified = recommendation.category == Some(AttemptCategory::Reclassification);
    if let (true, Some(detected)) = (is_reclassified, &recommendation.detected_document_type) {
        let title = Message::from(Text::ReasonDetectedTitle)
            .with_message("document", document_name(detected));
        return (title, Text::ReasonWrongTypeAdvice.into(), true);
    }
    let detail = recommendation
        .reason
        .as_ref()
        .and_then(|reason| reason.detail.as_deref());
    let (title, advice, is_wrong_document) = match detail.unwrap_or_default() {
        "PHOTO_TOO_BLURRY" => (Text::ReasonBlurredTitle, Text::ReasonBlurredAdvice, false),
        "PHOTO_TOO_DARK" => (Text::ReasonDarkTitle, Text::ReasonDarkAdvice, false),
        "PHOTO_OVEREXPOSED" => (Text::ReasonBrightTitle, Text::ReasonBrightAdvice, false),
        "GLARE_OBSTRUCTION" => (Text::ReasonGlareTitle, Text::ReasonGlareAdvice, false),
        "OBJECT_OBSTRUCTION" => (Text::ReasonCoveredTitle, Text::ReasonCoveredAdvice, false),
        "NO_DOCUMENT" => (
            Text::ReasonNoDocumentTitle,
            Text::ReasonNoDocumentAdvice,
            false,
        ),
        "PARTIAL_PHOTO" => (Text::ReasonPartialTitle, Text::ReasonPartialAdvice, false),
        "IMAGE_RESOLUTION_TOO_LOW" => (Text::ReasonSmallTitle, Text::ReasonSmallAdvice, false),
        "DOCUMENT_TOO_DAMAGED" => (Text::ReasonDamagedTitle, Text::ReasonDamagedAdvice, true),
        "MISSING_DOCUMENT_SIDE" => (
            Text::ReasonMissingSideTitle,
            Text::ReasonMissingSideAdvice,
            false,
        ),
        "BLACK_AND_WHITE_IMAGE" | "DOCUMENT_COPY" => {
            (Text::ReasonCopyTitle, Text::ReasonCopyAdvice, false)
        }
        "EXPIRED_DOCUMENT" => (Text::ReasonExpiredTitle, Text::ReasonExpiredAdvice, true),
        "INCORRECT_DOCUMENT_TYPE" => (
            Text::ReasonWrongTypeTitle,
            Text::ReasonWrongTypeAdvice,
            true,
        ),
        "COUNTRY_NOT_SUPPORTED" | "DOCUMENT_NOT_SUPPORTED" | "DOCUMENT_VERSION_NOT_SUPPORTED" => (
            Text::ReasonUnsupportedTitle,
            Text::ReasonUnsupportedAdvice,
            true,
        ),
        _ if is_reclassified => (
            Text::ReasonWrongTypeTitle,
            Text::ReasonWrongTypeAdvice,
            true,
        ),
        _ => (Text::ReasonUnknownTitle, Text::ReasonUnknownAdvice, false),
    };
    (title.into(), advice.into(), is_wrong_document)
}

/// "Step 2 of 4".
impl From<Progress> for Message {
    fn from(progress: Progress) -> Self {
        Self::from(Text::ProgressStep)
            .with_count(progress.step)
            .with("total", Arg::Count(progress.n_steps))
    }
}

//! From the flow to the screen: the only place that decides what is shown.

mod supplementary;

use crate::domain::i18n::{Arg, Message, Text};
use crate::domain::service::ServiceError;
use crate::domain::session::config::{DocumentType, SupportedDocument};
use crate::domain::session::plan::{
    DocumentTask, FacePurpose, FaceTask, Plan, SupplementaryObjective, Task,
};
use crate::domain::session::resource::{AttemptCategory, CaptureMethod, Recommendation};
use crate::domain::session::sides::{Side, sides};

use super::consent::{Consent, Step as ConsentStep};
use super::document::{Document, Step as DocumentStep, document_name};
use super::face::{Face, Step as FaceStep};
use super::later::Later;
use super::sending::{Sending, SendingFacts};
use super::turn::Retry;
use super::zoom::Zoom;
use super::{
    CameraScreen, ChooseDocumentScreen, ConsentScreen, ConsentState, DocumentOption, DoneScreen,
    EndedScreen, FaceGuidanceScreen, Flow, GuidanceScreen, Hint, ProblemScreen, Progress,
    ReviewScreen, Screen, SendingScreen, SendingState, Shot, Stage, StartScreen, Subject,
    TryAgainScreen, TryAgainWays, UploadScreen, ZoomScreen,
};

impl Task {
    /// How many steps of the journey it is: a document is chosen, photographed
    /// and checked.
    fn n_steps(&self) -> u32 {
        match self {
            Self::Document(_) => 3,
            // Chosen, then gathered.
            Self::Supplementary(_) => 2,
            Self::Face(_) | Self::Zoom(_) | Self::Profile => 1,
            Self::Branch(_) => 4,
        }
    }

    /// Minutes that people are told by comparable services; measured by nobody
    /// yet.
    fn minutes(&self) -> u32 {
        match self {
            Self::Document(_) | Self::Supplementary(_) => 2,
            Self::Face(_) | Self::Zoom(_) | Self::Profile => 1,
            Self::Branch(_) => 3,
        }
    }

    /// What it is, as one line of several.
    fn summary(&self) -> Text {
        match self {
            Self::Document(_) => Text::StepDocument,
            Self::Supplementary(task) => match task.objective {
                SupplementaryObjective::ProofOfAddress => Text::StepAddress,
                SupplementaryObjective::UkDbs | SupplementaryObjective::Unknown => {
                    Text::StepSupplementary
                }
            },
            Self::Face(_) | Self::Zoom(_) => Text::StepFace,
            Self::Profile => Text::ProfileStep,
            Self::Branch(_) => Text::BranchStep,
        }
    }
}

impl Flow {
    /// What the person sees.
    #[must_use]
    pub fn screen(&self) -> Screen {
        self.screen_with(|flow| flow.screen_after_start(Self::rest_screen))
    }

    /// The same as [`Self::screen`] until something begins that is in
    /// [`Part::Rest`](super::Part::Rest), without the code for its screens.
    #[must_use]
    pub fn screen_before_rest(&self) -> Screen {
        self.screen_with(|flow| flow.screen_after_start(|_, _| Screen::Opening))
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
            Stage::Later(_) | Stage::Done => after_start(self),
            Stage::Ended { code, .. } => Screen::Ended(EndedScreen {
                code: *code,
                title: code.title().into(),
                body: match self.role.handoff_id() {
                    None => code.body().into(),
                    Some(_) => Text::HandoffEndedBody.into(),
                },
                can_leave: self.return_address().is_some(),
            }),
        }
    }

    fn screen_after_start(&self, rest: fn(&Self, &Later) -> Screen) -> Screen {
        match &self.stage {
            Stage::Later(later) => self.later_screen(later, rest),
            Stage::Done => {
                let (title, body) = self.done_texts();
                Screen::Done(DoneScreen {
                    title,
                    body,
                    can_leave: self.return_address().is_some(),
                })
            }
            Stage::Fresh
            | Stage::AwaitingHost
            | Stage::Loading(_)
            | Stage::LoadFailed(_)
            | Stage::Start
            | Stage::Preparing(_)
            | Stage::Ended { .. } => self.screen_before_capture(),
        }
    }

    fn tasks(&self) -> &[Task] {
        self.plan.as_ref().map_or(&[], |plan| &plan.tasks)
    }

    fn task(&self) -> Option<&Task> {
        self.tasks().get(self.next_task)
    }

    fn start_screen(&self) -> Screen {
        let tasks = self.tasks();
        let steps = match tasks {
            [Task::Document(_)] => vec![
                Text::StepChoose.into(),
                Text::StepPhotograph.into(),
                Text::StepCheck.into(),
            ],
            several => summaries(several),
        };
        let plan = self.plan.as_ref();
        let needs_document = tasks.iter().any(|task| matches!(task, Task::Document(_)));
        let (intro, privacy) = match tasks {
            [Task::Branch(_)] | [Task::Profile, Task::Branch(_)] => {
                (Text::BranchStartIntro, Text::FormPrivacy)
            }
            [Task::Profile] => (Text::ProfileStartIntro, Text::FormPrivacy),
            _ if needs_document => (Text::StartIntro, Text::StartPrivacy),
            _ => (Text::StartIntroOther, Text::StartPrivacy),
        };
        Screen::Start(StartScreen {
            intro,
            privacy,
            steps,
            minutes: tasks.iter().map(Task::minutes).sum(),
            minutes_left: plan.and_then(|plan| plan.minutes_left),
            privacy_policy: plan.and_then(|plan| plan.privacy_policy.clone()),
            can_hand_off: self.can_hand_off(),
        })
    }

    /// What the last screen says.
    fn done_texts(&self) -> (Text, Text) {
        match self.tasks() {
            [.., Task::Branch(_)] => (Text::BranchDoneTitle, Text::BranchDone),
            [Task::Profile] => (Text::DoneTitle, Text::ProfileDone),
            _ => (Text::DoneTitle, Text::DoneBody),
        }
    }

    /// A step of the task at hand, counted from 1.
    pub(super) fn progress(&self, step: u32) -> Progress {
        let steps = |tasks: &[Task]| tasks.iter().map(Task::n_steps).sum::<u32>();
        let tasks = self.tasks();
        let n_steps = steps(tasks).max(1);
        let earlier = tasks.get(..self.next_task).map_or(n_steps, steps);
        Progress {
            step: (earlier + step).min(n_steps),
            n_steps,
        }
    }

    fn later_screen(&self, later: &Later, rest: fn(&Self, &Later) -> Screen) -> Screen {
        match (later, self.task()) {
            (Later::Finishing(finishing), _) => Screen::Sending(SendingScreen {
                progress: self.progress(1),
                state: match &finishing.problem {
                    Some(error) => SendingState::Stopped(problem(error)),
                    None => SendingState::Finishing,
                },
            }),
            (Later::Document(document), Some(Task::Document(task))) => {
                self.document_screen(document, task)
            }
            // A machine is only begun for a task of its kind.
            (Later::Document(_), _) => Screen::Opening,
            (later, _) => rest(self, later),
        }
    }

    /// What is shown of the machines in [`Part::Rest`](super::Part::Rest).
    fn rest_screen(&self, later: &Later) -> Screen {
        match (later, self.task()) {
            (Later::Offer(offer), _) => Screen::Handoff(offer.screen()),
            (Later::Guest(guest), _) => Screen::Handoff(guest.screen()),
            (Later::Consent(consent), _) => {
                Screen::Consent(consent_screen(consent, self.plan.as_ref()))
            }
            (Later::Supplementary(document), Some(Task::Supplementary(task))) => {
                self.supplementary_screen(document, task)
            }
            (Later::Face(face), Some(Task::Face(task))) => self.face_screen(face, task),
            (Later::Zoom(zoom), Some(Task::Zoom(_))) => self.zoom_screen(zoom),
            (Later::Profile(profile), _) => self.profile_screen(profile),
            (Later::Branch(visit), Some(Task::Branch(task))) => self.branch_screen(visit, task),
            // A machine is only begun for a task of its kind.
            (
                Later::Supplementary(_)
                | Later::Face(_)
                | Later::Zoom(_)
                | Later::Branch(_)
                | Later::Document(_)
                | Later::Finishing(_),
                _,
            ) => Screen::Opening,
        }
    }

    fn document_screen(&self, document: &Document, task: &DocumentTask) -> Screen {
        let subject = || self.side_subject(document);
        match &document.step {
            DocumentStep::Choose => Screen::ChooseDocument(self.choose_screen(document, task)),
            DocumentStep::Guidance => self.guidance_screen(document, task),
            DocumentStep::Camera(camera) => Screen::Camera(CameraScreen {
                subject: subject(),
                can_upload: task.can_upload,
                state: camera.state(self.is_embedded()),
                hint: document.lookout.hint().map(Hint::Document),
                automatic: document.lookout.is_automatic(),
                sounds: document.lookout.sounds(),
            }),
            DocumentStep::Upload { reading, error } => Screen::Upload(UploadScreen {
                subject: subject(),
                is_reading: reading.is_some(),
                error: *error,
            }),
            DocumentStep::Review => match document
                .pages
                .get(document.side)
                .and_then(|page| page.image.as_ref())
            {
                Some(image) => Screen::Review(ReviewScreen {
                    subject: subject(),
                    image: image.id,
                    width_px: image.width_px,
                    height_px: image.height_px,
                    from_file: image.capture_method == CaptureMethod::Upload,
                    objection: image.seen.objection(),
                    is_flawed: image.seen.is_flawed(),
                }),
                // Review is only entered with a picture.
                None => self.guidance_screen(document, task),
            },
            DocumentStep::Sending(sending) => self.sending_screen(sending, 3),
            DocumentStep::TryAgain(Retry {
                recommendation,
                can_keep,
            }) => {
                Screen::TryAgain(self.try_again_screen(document, task, recommendation, *can_keep))
            }
        }
    }

    fn sending_screen(&self, sending: &Sending, step: u32) -> Screen {
        Screen::Sending(SendingScreen {
            progress: self.progress(step),
            state: match sending.facts() {
                SendingFacts::Uploading { percent } => SendingState::Uploading { percent },
                SendingFacts::Checking => SendingState::Checking,
                SendingFacts::Stopped(error) => SendingState::Stopped(problem(error)),
            },
        })
    }

    fn guidance_screen(&self, document: &Document, task: &DocumentTask) -> Screen {
        let subject = self.side_subject(document);
        Screen::Guidance(GuidanceScreen {
            side: document.current_side(),
            document_name: subject.name,
            progress: subject.progress,
            can_upload: task.can_upload,
        })
    }

    fn side_subject(&self, document: &Document) -> Subject {
        let kind = document.document_type.as_ref();
        Subject {
            shot: Shot::Side(document.current_side()),
            name: document_name(kind.unwrap_or(&DocumentType::Passport)),
            progress: self.progress(2),
        }
    }

    fn choose_screen(&self, document: &Document, task: &DocumentTask) -> ChooseDocumentScreen {
        let documents = document
            .country
            .as_deref()
            .map_or(&[][..], |code| task.documents(code));
        ChooseDocumentScreen {
            progress: self.progress(1),
            objective: None,
            countries: task
                .countries
                .iter()
                .map(|country| country.code.clone())
                .collect(),
            country: document.country.clone(),
            types: documents.iter().map(document_option).collect(),
            document_type: document.document_type.clone(),
            can_continue: document.country.is_some() && document.document_type.is_some(),
            bring: None,
        }
    }

    fn try_again_screen(
        &self,
        document: &Document,
        task: &DocumentTask,
        recommendation: &Recommendation,
        can_keep: bool,
    ) -> TryAgainScreen {
        let index = recommendation
            .page
            .and_then(|page| usize::try_from(page).ok()?.checked_sub(1));
        let document_sides = document.document_type.as_ref().map_or(&[][..], sides);
        let side: Option<Side> = index.and_then(|index| document_sides.get(index).copied());
        let image = index.and_then(|index| document.pages.get(index)?.image.as_ref());
        let (title, advice, is_wrong_document) = reason_texts(recommendation);
        let ways = match document.detected(task) {
            Some((_, kind)) => TryAgainWays::Confirm(document_name(&kind)),
            None if is_wrong_document => TryAgainWays::Change,
            None => TryAgainWays::Retake,
        };
        let advice = match &ways {
            TryAgainWays::Confirm(_) => Text::TryAgainConfirmAdvice.into(),
            _ => advice,
        };
        let attempts_left = recommendation
            .category
            .as_ref()
            .and_then(|category| document.attempts.left(category));
        TryAgainScreen {
            progress: self.progress(3),
            title,
            advice,
            shot: side.map(Shot::Side),
            has_other_sides: document_sides.len() > 1,
            image: image.map(|image| image.id),
            attempts_left: attempts_left.map(attempts_in_words),
            can_keep,
            ways,
        }
    }

    fn face_screen(&self, face: &Face, task: &FaceTask) -> Screen {
        let subject = || Subject {
            shot: Shot::Face,
            name: Text::FaceName.into(),
            progress: self.progress(1),
        };
        let guidance = || self.face_guidance(task.purpose);
        match &face.step {
            FaceStep::Guidance => guidance(),
            FaceStep::Camera { camera, .. } => Screen::Camera(CameraScreen {
                subject: subject(),
                can_upload: false,
                state: camera.state(self.is_embedded()),
                hint: face.hint().map(Hint::Face),
                automatic: None,
                sounds: false,
            }),
            FaceStep::Review => match &face.image {
                Some(image) => Screen::Review(ReviewScreen {
                    subject: subject(),
                    image: image.id,
                    width_px: image.width_px,
                    height_px: image.height_px,
                    from_file: false,
                    objection: None,
                    is_flawed: false,
                }),
                // Review is only entered with a picture.
                None => guidance(),
            },
            FaceStep::Sending(sending) => self.sending_screen(sending, 1),
            FaceStep::TryAgain(recommendation) => {
                let (title, advice) = face_reason_texts(recommendation);
                let left = face.attempts.left(&AttemptCategory::Generic);
                Screen::TryAgain(TryAgainScreen {
                    progress: self.progress(1),
                    title: title.into(),
                    advice: advice.into(),
                    shot: None,
                    has_other_sides: false,
                    image: face.image.as_ref().map(|image| image.id),
                    attempts_left: left.map(attempts_in_words),
                    can_keep: false,
                    ways: TryAgainWays::RetakeOnly,
                })
            }
        }
    }

    fn face_guidance(&self, purpose: FacePurpose) -> Screen {
        Screen::FaceGuidance(FaceGuidanceScreen {
            progress: self.progress(1),
            purpose,
        })
    }

    fn zoom_screen(&self, zoom: &Zoom) -> Screen {
        match zoom {
            Zoom::Guidance => self.face_guidance(FacePurpose::Liveness),
            Zoom::Running(_) => Screen::Zoom(ZoomScreen {
                progress: self.progress(1),
            }),
        }
    }
}

/// One line per task, and the second of a kind says that it is another one.
fn summaries(tasks: &[Task]) -> Vec<Message> {
    let mut lines: Vec<Message> = Vec::new();
    for task in tasks {
        let line = Message::from(task.summary());
        let is_another = lines.contains(&line);
        lines.push(match task {
            Task::Document(_) if is_another => Text::StepOtherDocument.into(),
            Task::Supplementary(_) if is_another => Text::StepOtherSupplementary.into(),
            _ => line,
        });
    }
    lines
}

/// A document type as it is offered.
pub(super) fn document_option(supported: &SupportedDocument) -> DocumentOption {
    DocumentOption {
        document_type: supported.kind.clone(),
        name: document_name(&supported.kind),
        issued_from: supported
            .requirements
            .as_ref()
            .and_then(|limits| limits.date_from.clone()),
    }
}

fn attempts_in_words(left: u32) -> Message {
    Message::from(Text::AttemptsLeft).with_count(left)
}

fn consent_screen(consent: &Consent, plan: Option<&Plan>) -> ConsentScreen {
    ConsentScreen {
        privacy_policy: plan.and_then(|plan| plan.privacy_policy.clone()),
        state: match &consent.step {
            ConsentStep::Asking => ConsentState::Asking,
            ConsentStep::Refusing => ConsentState::Refusing,
            ConsentStep::Recording { problem: None, .. } => ConsentState::Recording,
            ConsentStep::Recording {
                problem: Some(error),
                ..
            } => ConsentState::Stopped(problem(error)),
        },
    }
}

/// What is wrong with the picture of a face, and what to do about it.
fn face_reason_texts(recommendation: &Recommendation) -> (Text, Text) {
    let detail = recommendation
        .reason
        .as_ref()
        .and_then(|reason| reason.detail.as_deref());
    match detail.unwrap_or_default() {
        "PHOTO_TOO_BLURRY" => (Text::ReasonBlurredTitle, Text::FaceReasonBlurredAdvice),
        "PHOTO_TOO_DARK" => (Text::ReasonDarkTitle, Text::FaceReasonDarkAdvice),
        "PHOTO_OVEREXPOSED" => (Text::ReasonBrightTitle, Text::FaceReasonBrightAdvice),
        "FACE_NOT_FOUND" | "PARTIAL_PHOTO" => {
            (Text::FaceReasonNoneTitle, Text::FaceReasonNoneAdvice)
        }
        "OBJECT_OBSTRUCTION" | "GLARE_OBSTRUCTION" => {
            (Text::FaceReasonCoveredTitle, Text::FaceReasonCoveredAdvice)
        }
        _ => (Text::FaceReasonUnknownTitle, Text::FaceReasonUnknownAdvice),
    }
}

pub(super) fn problem(error: &ServiceError) -> ProblemScreen {
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
    if let (true, Some(country)) = (is_reclassified, &recommendation.detected_country) {
        let title = Message::from(Text::ReasonDetectedCountryTitle)
            .with("country", Arg::Country(country.clone()));
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

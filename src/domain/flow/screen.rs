//! What a view may know: decided facts, nothing to decide.
//!
//! Views branch only on these.

pub use super::branch_view::*;
use crate::domain::camera::{CameraError, CameraFacts};
use crate::domain::error::ErrorCode;
use crate::domain::face::FaceHint;
use crate::domain::i18n::{Message, Text};
use crate::domain::image::{FileError, ImageId};
use crate::domain::redirect::ReturnUrl;
use crate::domain::session::config::DocumentType;
use crate::domain::session::plan::FacePurpose;
use crate::domain::session::sides::Side;
use crate::domain::sight::DocumentHint;

use super::handoff::{HandoffKind, HandoffScreen};
use super::{PagesScreen, SupplementaryGuidanceScreen};

/// What is on the screen; a function of the flow.
#[derive(Debug, Clone, PartialEq)]
pub enum Screen {
    /// Being opened.
    Opening,
    /// The configuration could not be read for now; trying again may help.
    OpeningFailed(ProblemScreen),
    /// What will happen in this session.
    Start(StartScreen),
    /// Whether the person agrees to the use of their face.
    Consent(ConsentScreen),
    /// Continuing on another device, on either of the two.
    Handoff(HandoffScreen),
    /// Which document the person has.
    ChooseDocument(ChooseDocumentScreen),
    /// What to photograph and how.
    Guidance(GuidanceScreen),
    /// What the picture of the face is for and how to take it.
    FaceGuidance(FaceGuidanceScreen),
    /// A component that is not ours checks liveness.
    Zoom(ZoomScreen),
    /// The live preview, or why there is none.
    Camera(CameraScreen),
    /// Which pages a supplementary document must show.
    SupplementaryGuidance(SupplementaryGuidanceScreen),
    /// The pages of a supplementary document.
    Pages(PagesScreen),
    /// The file picker.
    Upload(UploadScreen),
    /// The picture as it will be sent.
    Review(ReviewScreen),
    /// Pictures are on their way, or being looked at.
    Sending(SendingScreen),
    /// The service wants another picture or another document.
    TryAgain(TryAgainScreen),
    /// Preparing a visit to a branch.
    Branch(BranchScreen),
    /// Looking through what the business knows of the person.
    Profile(ProfileScreen),
    /// Everything was delivered.
    Done(DoneScreen),
    /// The session ended otherwise.
    Ended(EndedScreen),
}

/// Which screen it is, without its facts: focus moves when this changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "one name per variant of `Screen`")]
pub enum ScreenKind {
    Opening,
    OpeningFailed,
    Start,
    Consent,
    ConsentRefusing,
    Handoff(HandoffKind),
    ChooseDocument,
    Guidance(Side),
    FaceGuidance,
    Zoom,
    Camera(Shot),
    SupplementaryGuidance,
    Pages,
    Upload(Shot),
    Review(Shot),
    Sending,
    TryAgain,
    Branch(BranchKind),
    Profile,
    Done,
    Ended,
}

impl Screen {
    /// Which screen this is; a change means that the person is somewhere else.
    #[must_use]
    pub fn kind(&self) -> ScreenKind {
        match self {
            Self::Opening => ScreenKind::Opening,
            Self::OpeningFailed(_) => ScreenKind::OpeningFailed,
            Self::Start(_) => ScreenKind::Start,
            Self::Consent(screen) => match screen.state {
                ConsentState::Refusing => ScreenKind::ConsentRefusing,
                ConsentState::Asking | ConsentState::Recording | ConsentState::Stopped(_) => {
                    ScreenKind::Consent
                }
            },
            Self::Handoff(screen) => ScreenKind::Handoff(screen.kind()),
            Self::ChooseDocument(screen) => match &screen.bring {
                Some(bring) => ScreenKind::Branch(BranchKind::Choose(bring.number)),
                None => ScreenKind::ChooseDocument,
            },
            Self::Guidance(screen) => ScreenKind::Guidance(screen.side),
            Self::FaceGuidance(_) => ScreenKind::FaceGuidance,
            Self::Zoom(_) => ScreenKind::Zoom,
            Self::Camera(screen) => ScreenKind::Camera(screen.subject.shot),
            Self::SupplementaryGuidance(_) => ScreenKind::SupplementaryGuidance,
            Self::Pages(_) => ScreenKind::Pages,
            Self::Upload(screen) => ScreenKind::Upload(screen.subject.shot),
            Self::Review(screen) => ScreenKind::Review(screen.subject.shot),
            Self::Sending(_) => ScreenKind::Sending,
            Self::TryAgain(_) => ScreenKind::TryAgain,
            Self::Branch(screen) => ScreenKind::Branch(screen.part.kind()),
            Self::Profile(_) => ScreenKind::Profile,
            Self::Done(_) => ScreenKind::Done,
            Self::Ended(_) => ScreenKind::Ended,
        }
    }

    /// How far the journey is, on screens that are a step of it.
    #[must_use]
    pub fn progress(&self) -> Option<Progress> {
        match self {
            Self::ChooseDocument(screen) => Some(screen.progress),
            Self::Guidance(screen) => Some(screen.progress),
            Self::FaceGuidance(screen) => Some(screen.progress),
            Self::Zoom(screen) => Some(screen.progress),
            Self::Camera(screen) => Some(screen.subject.progress),
            Self::SupplementaryGuidance(screen) => Some(screen.progress),
            Self::Pages(screen) => Some(screen.progress),
            Self::Upload(screen) => Some(screen.subject.progress),
            Self::Review(screen) => Some(screen.subject.progress),
            Self::Sending(screen) => Some(screen.progress),
            Self::TryAgain(screen) => Some(screen.progress),
            Self::Branch(screen) => Some(screen.progress),
            Self::Profile(screen) => Some(screen.progress),
            Self::Opening
            | Self::OpeningFailed(_)
            | Self::Start(_)
            | Self::Consent(_)
            | Self::Handoff(_)
            | Self::Done(_)
            | Self::Ended(_) => None,
        }
    }
}

/// How far the journey is: shown as "Step 2 of 4".
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Counted from 1.
    pub step: u32,
    /// Steps in all.
    pub n_steps: u32,
}

/// The first screen.
#[derive(Debug, Clone, PartialEq)]
pub struct StartScreen {
    /// What to have ready.
    pub intro: Text,
    /// Where it goes.
    pub privacy: Text,
    /// The steps of this session, in order, as short phrases.
    pub steps: Vec<Message>,
    /// How long it takes, in whole minutes.
    pub minutes: u32,
    /// Whole minutes until the link stops working, where that is soon.
    pub minutes_left: Option<u32>,
    /// Where the business explains what it does with the data.
    pub privacy_policy: Option<ReturnUrl>,
    /// Whether the person may go on on their phone.
    pub can_hand_off: bool,
}

/// Whether the person agrees to the use of their face.
#[derive(Debug, Clone, PartialEq)]
pub struct ConsentScreen {
    /// Where the business explains what it does with the data.
    pub privacy_policy: Option<ReturnUrl>,
    /// How far the question is.
    pub state: ConsentState,
}

/// How far the question is.
#[derive(Debug, Clone, PartialEq)]
pub enum ConsentState {
    /// Both answers can be given.
    Asking,
    /// "No" was said; it ends the session, so it is asked once more.
    Refusing,
    /// The answer is being recorded.
    Recording,
    /// The answer could not be recorded; nothing is lost.
    Stopped(ProblemScreen),
}

/// What the picture of the face is for and how to take it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FaceGuidanceScreen {
    /// How far the journey is.
    pub progress: Progress,
    /// What it is for.
    pub purpose: FacePurpose,
}

/// A component that is not ours checks liveness.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ZoomScreen {
    /// How far the journey is.
    pub progress: Progress,
}

/// Country and document type.
#[derive(Debug, Clone, PartialEq)]
pub struct ChooseDocumentScreen {
    /// How far the journey is.
    pub progress: Progress,
    /// What the document is for, where that is not plain.
    pub objective: Option<Message>,
    /// Codes of all countries that can be chosen, ISO 3166-1 alpha-3; views
    /// sort them by their names in the person's language.
    pub countries: Vec<String>,
    /// The chosen country.
    pub country: Option<String>,
    /// The document types of the chosen country, in the service's order.
    pub types: Vec<DocumentOption>,
    /// The chosen type.
    pub document_type: Option<DocumentType>,
    /// Whether both are chosen.
    pub can_continue: bool,
    /// Set when the document is only chosen here, and brought to a branch.
    pub bring: Option<Bring>,
}

/// A document that is chosen to be brought to a branch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bring {
    /// Which of the documents it is, counted from 1.
    pub number: u32,
    /// Which document is asked for.
    pub title: Message,
}

/// A document type that can be chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocumentOption {
    /// The type.
    pub document_type: DocumentType,
    /// Its name, or a readable form of a name we do not know.
    pub name: Message,
    /// Only issues from this day on are accepted, `YYYY-MM-DD`.
    pub issued_from: Option<String>,
}

/// What is in the picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Shot {
    /// A side of an identity document.
    Side(Side),
    /// A page of a supplementary document, counted from 1.
    Page(u32),
    /// The person's face.
    Face,
}

/// What is being photographed, and when in the journey.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subject {
    /// What is in the picture.
    pub shot: Shot,
    /// The document's name, or the word for a face.
    pub name: Message,
    /// How far the journey is.
    pub progress: Progress,
}

/// What to photograph and how.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GuidanceScreen {
    /// Which side of the document.
    pub side: Side,
    /// The document's name.
    pub document_name: Message,
    /// How far the journey is.
    pub progress: Progress,
    /// Whether a file may be uploaded instead.
    pub can_upload: bool,
}

/// The camera.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CameraScreen {
    /// What is being photographed.
    pub subject: Subject,
    /// Whether a file may be uploaded instead.
    pub can_upload: bool,
    /// What the camera is doing.
    pub state: CameraState,
    /// What would make the picture right, where the preview is looked at.
    pub hint: Option<Hint>,
    /// Whether the picture is taken by itself when it is right; nothing where
    /// the person has no choice.
    pub automatic: Option<bool>,
    /// Whether tones say how right it is, where that is known.
    pub sounds: bool,
}

/// What would make the picture right.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Hint {
    /// Of a face.
    Face(FaceHint),
    /// Of a document.
    Document(DocumentHint),
}

impl Hint {
    /// The hint in words; nothing where the screen's own instruction says it.
    #[must_use]
    pub fn text(self) -> Option<Text> {
        match self {
            Self::Face(hint) => Some(hint.text()),
            Self::Document(hint) => hint.text(),
        }
    }

    /// Whether nothing has to be mended any more.
    #[must_use]
    pub fn is_good(self) -> bool {
        matches!(
            self,
            Self::Face(FaceHint::Hold) | Self::Document(DocumentHint::Hold)
        )
    }
}

/// What the camera is doing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CameraState {
    /// Being opened; the browser may be asking for permission.
    Starting,
    /// The preview runs.
    Live {
        /// What this camera can do.
        facts: CameraFacts,
        /// Whether the torch is on.
        torch_on: bool,
        /// Whether a picture is being taken right now.
        is_taking: bool,
        /// The last still failed; the person may press again.
        still_failed: bool,
    },
    /// There is no preview.
    Blocked {
        /// Why.
        error: CameraError,
        /// Whether the camera was refused because the embedding page does not
        /// let it through.
        is_embedded: bool,
    },
}

/// The file picker.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UploadScreen {
    /// What is in the picture.
    pub subject: Subject,
    /// A file is being read.
    pub is_reading: bool,
    /// Why the last file can't be used.
    pub error: Option<FileError>,
}

/// The picture as it will be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReviewScreen {
    /// What was photographed.
    pub subject: Subject,
    /// The picture.
    pub image: ImageId,
    /// Its width.
    pub width_px: u32,
    /// Its height.
    pub height_px: u32,
    /// Whether it came from a file: the button then says "choose another".
    pub from_file: bool,
    /// What seems to be wrong with it, and what to do about it.
    pub objection: Option<(Text, Text)>,
    /// Whether another picture would be better: that is then suggested first.
    pub is_flawed: bool,
}

/// Pictures are on their way.
#[derive(Debug, Clone, PartialEq)]
pub struct SendingScreen {
    /// How far the journey is.
    pub progress: Progress,
    /// What is happening.
    pub state: SendingState,
}

/// What is happening to the pictures.
#[derive(Debug, Clone, PartialEq)]
pub enum SendingState {
    /// Bytes are on their way.
    Uploading {
        /// 0 to 100, over all pages.
        percent: u8,
    },
    /// The service looks at the pictures.
    Checking,
    /// Everything was accepted and the session is being closed.
    Finishing,
    /// It stopped; nothing is lost.
    Stopped(ProblemScreen),
}

/// Something went wrong that trying again may mend.
#[derive(Debug, Clone, PartialEq)]
pub struct ProblemScreen {
    /// What happened.
    pub title: Message,
    /// What the person can do.
    pub body: Message,
}

/// The service wants another picture or another document.
#[derive(Debug, Clone, PartialEq)]
pub struct TryAgainScreen {
    /// How far the journey is.
    pub progress: Progress,
    /// What is wrong.
    pub title: Message,
    /// What to do about it.
    pub advice: Message,
    /// The side or page it concerns, when the service said so.
    pub shot: Option<Shot>,
    /// Whether there are other sides or pages that it could have been.
    pub has_other_sides: bool,
    /// The picture that was not good enough, when the service said which.
    pub image: Option<ImageId>,
    /// "2 attempts left", in words, when the service said so.
    pub attempts_left: Option<Message>,
    /// Whether the person may go on with what was sent.
    pub can_keep: bool,
    /// Which other ways there are.
    pub ways: TryAgainWays,
}

/// Which ways lead on from a recommendation, besides another picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TryAgainWays {
    /// Only another picture: a face.
    RetakeOnly,
    /// The picture is the trouble; another document is a way too.
    Retake,
    /// The document is the trouble; choosing another is the main action.
    Change,
    /// The service believes that it saw this; the person may say that it did.
    Confirm(Message),
}

/// Everything was delivered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DoneScreen {
    /// That this is done.
    pub title: Text,
    /// What has been done, or is left to do.
    pub body: Text,
    /// Whether there is somewhere to go back to.
    pub can_leave: bool,
}

/// The session ended without everything having been delivered.
#[derive(Debug, Clone, PartialEq)]
pub struct EndedScreen {
    /// The code that is told to the business.
    pub code: ErrorCode,
    /// What happened.
    pub title: Message,
    /// What the person can do.
    pub body: Message,
    /// Whether there is somewhere to go back to.
    pub can_leave: bool,
}

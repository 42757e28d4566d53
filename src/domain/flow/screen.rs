//! What a view may know: decided facts, nothing to decide.
//!
//! Views branch only on these.

use crate::domain::camera::{CameraError, CameraFacts};
use crate::domain::error::ErrorCode;
use crate::domain::i18n::Message;
use crate::domain::image::{FileError, ImageId};
use crate::domain::redirect::ReturnUrl;
use crate::domain::session::config::DocumentType;
use crate::domain::session::sides::Side;

/// What is on the screen; a function of the flow.
#[derive(Debug, Clone, PartialEq)]
pub enum Screen {
    /// Being opened.
    Opening,
    /// The configuration could not be read for now; trying again may help.
    OpeningFailed(ProblemScreen),
    /// What will happen in this session.
    Start(StartScreen),
    /// Which document the person has.
    ChooseDocument(ChooseDocumentScreen),
    /// What to photograph and how.
    Guidance(GuidanceScreen),
    /// The live preview, or why there is none.
    Camera(CameraScreen),
    /// The file picker.
    Upload(UploadScreen),
    /// The picture as it will be sent.
    Review(ReviewScreen),
    /// Pictures are on their way, or being looked at.
    Sending(SendingScreen),
    /// The service wants another picture or another document.
    TryAgain(TryAgainScreen),
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
    ChooseDocument,
    Guidance(Side),
    Camera(Side),
    Upload(Side),
    Review(Side),
    Sending,
    TryAgain,
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
            Self::ChooseDocument(_) => ScreenKind::ChooseDocument,
            Self::Guidance(screen) => ScreenKind::Guidance(screen.side.side),
            Self::Camera(screen) => ScreenKind::Camera(screen.side.side),
            Self::Upload(screen) => ScreenKind::Upload(screen.side.side),
            Self::Review(screen) => ScreenKind::Review(screen.side.side),
            Self::Sending(_) => ScreenKind::Sending,
            Self::TryAgain(_) => ScreenKind::TryAgain,
            Self::Done(_) => ScreenKind::Done,
            Self::Ended(_) => ScreenKind::Ended,
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
    /// The steps of this session, in order, as short phrases.
    pub steps: Vec<Message>,
    /// How long it takes, in whole minutes.
    pub minutes: u32,
    /// Where the business explains what it does with the data.
    pub privacy_policy: Option<ReturnUrl>,
}

/// Country and document type.
#[derive(Debug, Clone, PartialEq)]
pub struct ChooseDocumentScreen {
    /// How far the journey is.
    pub progress: Progress,
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

/// Which side of which document is being photographed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SideFacts {
    /// The document's type.
    pub document_type: DocumentType,
    /// The document's name.
    pub document_name: Message,
    /// The side.
    pub side: Side,
    /// How far the journey is.
    pub progress: Progress,
}

/// What to photograph and how.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GuidanceScreen {
    /// What is being photographed.
    pub side: SideFacts,
    /// Whether a file may be uploaded instead.
    pub can_upload: bool,
}

/// The camera.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CameraScreen {
    /// What is being photographed.
    pub side: SideFacts,
    /// Whether a file may be uploaded instead.
    pub can_upload: bool,
    /// What the camera is doing.
    pub state: CameraState,
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
    /// What is being photographed.
    pub side: SideFacts,
    /// A file is being read.
    pub is_reading: bool,
    /// Why the last file can't be used.
    pub error: Option<FileError>,
}

/// The picture as it will be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReviewScreen {
    /// What was photographed.
    pub side: SideFacts,
    /// The picture.
    pub image: ImageId,
    /// Its width.
    pub width_px: u32,
    /// Its height.
    pub height_px: u32,
    /// Whether it came from a file: the button then says "choose another".
    pub from_file: bool,
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
    /// The side it concerns, when the service said so.
    pub side: Option<Side>,
    /// Whether there are other sides that it could have been.
    pub has_other_sides: bool,
    /// The picture that was not good enough, when the service said which.
    pub image: Option<ImageId>,
    /// "2 attempts left", in words, when the service said so.
    pub attempts_left: Option<Message>,
    /// Whether the person may go on with what was sent.
    pub can_keep: bool,
    /// Whether the trouble is the document rather than the picture; "choose
    /// another document" is the main action then.
    pub is_wrong_document: bool,
}

/// Everything was delivered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DoneScreen {
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

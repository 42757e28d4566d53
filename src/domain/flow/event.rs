//! What can happen: everything the flow reacts to, in the past tense.

use crate::domain::camera::{CameraError, CameraFacts, CameraLoss, StillError};
use crate::domain::face::FaceBox;
use crate::domain::form::{Field, SubmitError, Typed};
use crate::domain::host::HostMessageIn;
use crate::domain::i18n::Locale;
use crate::domain::image::{FileError, FileId, PreparedImage};
use crate::domain::launch::Launch;
use crate::domain::service::ServiceError;
use crate::domain::session::Configuration;
use crate::domain::session::branch::{Branch, SuppliedInstructions};
use crate::domain::session::config::DocumentType;
use crate::domain::session::profile::ApplicantProfile;
use crate::domain::session::resource::TextExtraction;
use crate::domain::sight::{Doubt, Look};

use super::{HandoffEvent, SupplementaryEvent, Ticket, ZoomEnd};

/// Something that happened.
///
/// Answers to an effect carry the ticket that the effect carried; an answer
/// whose ticket is no longer awaited is dropped.
#[derive(Debug, Clone, PartialEq)]
pub enum Event {
    /// The page opened. Always the first event, and only once.
    Launched(Launch),
    /// The embedding page said something (its origin has been checked).
    HostSpoke(HostMessageIn),
    /// The page's own Back button was pressed.
    BackPressed,
    /// The browser's Back was used; the held history entry is gone.
    HistoryWentBack,

    /// Another language was chosen in the language menu.
    LanguageChosen(Locale),
    /// "Start" or "Continue" on the screen that is shown.
    ContinuePressed,
    /// An issuing country was chosen, ISO 3166-1 alpha-3.
    CountryChosen(String),
    /// A document type was chosen.
    DocumentTypeChosen(DocumentType),
    /// "I don't have any of these" was chosen.
    NoDocumentPressed,
    /// The person decided to use the camera.
    CameraChosen,
    /// The person decided to upload a file.
    UploadChosen,
    /// The shutter was pressed.
    ShutterPressed,
    /// The next camera was asked for.
    SwitchCameraPressed,
    /// The torch was switched on or off.
    TorchPressed,
    /// "Take it automatically" was switched on or off.
    AutomaticPressed,
    /// "Guide me with sounds" was switched on or off.
    SoundsPressed,
    /// A file was picked, dropped or pasted.
    FileChosen(FileId),
    /// "Take another" on the review screen.
    RetakePressed,
    /// "Use this picture" on the review screen.
    UsePressed,
    /// Sending was cancelled.
    CancelPressed,
    /// "Try again" after a problem.
    RetryPressed,
    /// "Send it as it is" after a recommendation that allows it.
    KeepPressed,
    /// "Choose another document" after a recommendation.
    ChangeDocumentPressed,
    /// "Yes, that is what it is" to what the service believes it saw.
    DetectedConfirmed,
    /// Something happened to the pages of a supplementary document.
    Supplementary(SupplementaryEvent),
    /// The person agreed to the use of their face.
    ConsentGiven,
    /// The person did not agree; asked once more, then it holds.
    ConsentRefused,
    /// The notice about the time that is left was put away.
    NoticeDismissed,
    /// The person gave up on a problem that has no way round it.
    GiveUpPressed,
    /// The button at the end of the journey.
    LeavePressed,

    /// Answer to [`LoadConfiguration`](super::Effect::LoadConfiguration).
    ConfigurationLoaded(Ticket, Result<Box<Configuration>, ServiceError>),
    /// Answer to [`LoadPart`](super::Effect::LoadPart).
    PartLoaded(Ticket, Result<(), ServiceError>),
    /// Answer to [`OpenCamera`](super::Effect::OpenCamera): the preview runs.
    CameraOpened(Ticket, CameraFacts),
    /// Answer to [`OpenCamera`](super::Effect::OpenCamera): it does not.
    CameraFailed(Ticket, CameraError),
    /// The running camera stopped by itself.
    CameraLost(Ticket, CameraLoss),
    /// The page was hidden; browsers stop or freeze the camera then.
    PageHidden,
    /// The page can be seen again.
    PageShown,
    /// Answer to [`TakeStill`](super::Effect::TakeStill).
    StillTaken(Ticket, Result<PreparedImage, StillError>),
    /// Answer to [`PrepareFile`](super::Effect::PrepareFile).
    FilePrepared(Ticket, Result<PreparedImage, FileError>),
    /// What the browser's detector sees in the preview
    /// ([`WatchFace`](super::Effect::WatchFace)).
    FacesSeen(Ticket, Vec<FaceBox>),
    /// A look at the preview
    /// ([`WatchDocument`](super::Effect::WatchDocument)).
    DocumentSeen(Ticket, Look),
    /// What does not fit in a picture
    /// ([`ReadDocument`](super::Effect::ReadDocument)).
    DocumentRead(Ticket, Doubt),
    /// Answer to [`RunZoom`](super::Effect::RunZoom).
    ZoomEnded(Ticket, ZoomEnd),
    /// Answer to [`RecordConsent`](super::Effect::RecordConsent).
    ConsentRecorded(Ticket, Result<(), ServiceError>),
    /// Answer to [`CreateResource`](super::Effect::CreateResource): its id.
    ResourceCreated(Ticket, Result<String, ServiceError>),
    /// Progress of an [`Upload`](super::Effect::Upload).
    UploadProgressed(Ticket, UploadProgress),
    /// Answer to [`Upload`](super::Effect::Upload).
    Uploaded(Ticket, Result<(), ServiceError>),
    /// Answer to [`StartExtraction`](super::Effect::StartExtraction) and
    /// [`ReadJudgement`](super::Effect::ReadJudgement).
    JudgementRead(Ticket, Result<TextExtraction, ServiceError>),
    /// Answer to [`FinishSession`](super::Effect::FinishSession).
    SessionFinished(Ticket, Result<(), ServiceError>),
    /// Answer to [`Wait`](super::Effect::Wait).
    TimeElapsed(Ticket),
    /// The time of a [`WatchExpiry`](super::Effect::WatchExpiry) is over.
    ExpiryReached(Ticket),
    /// Something about continuing on another device.
    Handoff(HandoffEvent),
    /// Something happened in a form.
    Form(FormEvent),
    /// Something happened while a visit to a branch is prepared.
    Branch(BranchEvent),
    /// Something happened to the applicant's profile.
    Profile(ProfileEvent),
    /// The network came back.
    WentOnline,
    /// The network went away.
    WentOffline,
}

impl Event {
    /// Whether this answers a request, or is told to every stage whether it
    /// cares or not; such an event may come when nobody waits for it any more.
    pub(super) fn is_answer(&self) -> bool {
        if let Self::Supplementary(event) = self {
            return event.is_answer();
        }
        if let Self::Handoff(event) = self {
            return event.is_answer();
        }
        matches!(
            self,
            Self::ConfigurationLoaded(..)
                | Self::PartLoaded(..)
                | Self::CameraOpened(..)
                | Self::CameraFailed(..)
                | Self::CameraLost(..)
                | Self::StillTaken(..)
                | Self::FilePrepared(..)
                | Self::FacesSeen(..)
                | Self::DocumentSeen(..)
                | Self::DocumentRead(..)
                | Self::ZoomEnded(..)
                | Self::ConsentRecorded(..)
                | Self::ResourceCreated(..)
                | Self::UploadProgressed(..)
                | Self::Uploaded(..)
                | Self::JudgementRead(..)
                | Self::SessionFinished(..)
                | Self::Branch(
                    BranchEvent::BranchesFound(..)
                        | BranchEvent::InstructionsSent(..)
                        | BranchEvent::InstructionsRead(..)
                        | BranchEvent::LetterSaved(..)
                        | BranchEvent::LetterEmailed(..)
                )
                | Self::Profile(_)
                | Self::TimeElapsed(_)
                | Self::PageHidden
                | Self::PageShown
        )
    }
}

/// What happens in a form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FormEvent {
    /// A field now holds this.
    Typed(Field, Typed),
    /// The form's button was pressed.
    Submitted,
}

/// What happens while a visit to a branch is prepared.
#[derive(Debug, Clone, PartialEq)]
pub enum BranchEvent {
    /// A branch of the list was chosen, by its code.
    BranchChosen(String),
    /// The letter was asked for.
    SaveLetterPressed,
    /// The letter was asked for by e-mail.
    EmailLetterPressed,
    /// Answer to [`FindBranches`](super::BranchEffect::FindBranches).
    BranchesFound(Ticket, Result<Vec<Branch>, SubmitError>),
    /// Answer to [`SendInstructions`](super::BranchEffect::SendInstructions).
    InstructionsSent(Ticket, Result<(), SubmitError>),
    /// Answer to [`ReadInstructions`](super::BranchEffect::ReadInstructions).
    InstructionsRead(Ticket, Result<SuppliedInstructions, ServiceError>),
    /// Answer to [`SaveLetter`](super::BranchEffect::SaveLetter).
    LetterSaved(Ticket, Result<LetterFile, ServiceError>),
    /// Answer to [`EmailLetter`](super::BranchEffect::EmailLetter).
    LetterEmailed(Ticket, Result<(), ServiceError>),
}

/// What became of the letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LetterFile {
    /// The browser has it and saves it.
    Saved,
    /// The browser did not take it.
    Refused,
    /// The service is still making it.
    NotReady,
}

/// What happens to the applicant's profile.
#[derive(Debug, Clone, PartialEq)]
pub enum ProfileEvent {
    /// Answer to [`Read`](super::ProfileEffect::Read).
    Read(Ticket, Result<Box<ApplicantProfile>, ServiceError>),
    /// Answer to [`Send`](super::ProfileEffect::Send).
    Sent(Ticket, Result<(), SubmitError>),
}

/// How far an upload is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct UploadProgress {
    /// Bytes sent so far.
    pub sent_bytes: u64,
    /// Bytes to send in all.
    pub total_bytes: u64,
}

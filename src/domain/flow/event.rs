//! What can happen: everything the flow reacts to, in the past tense.

use crate::domain::camera::{CameraError, CameraFacts, CameraLoss, StillError};
use crate::domain::host::HostMessageIn;
use crate::domain::i18n::Locale;
use crate::domain::image::{FileError, FileId, PreparedImage};
use crate::domain::launch::Launch;
use crate::domain::service::ServiceError;
use crate::domain::session::Configuration;
use crate::domain::session::config::DocumentType;
use crate::domain::session::resource::TextExtraction;

use super::Ticket;

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
    /// The person gave up on a problem that has no way round it.
    GiveUpPressed,
    /// The button at the end of the journey.
    LeavePressed,

    /// Answer to [`LoadConfiguration`](super::Effect::LoadConfiguration).
    ConfigurationLoaded(Ticket, Result<Box<Configuration>, ServiceError>),
    /// Answer to [`LoadCapture`](super::Effect::LoadCapture).
    CaptureLoaded(Ticket, Result<(), ServiceError>),
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
    /// Answer to [`CreateDocument`](super::Effect::CreateDocument): its id.
    DocumentCreated(Ticket, Result<String, ServiceError>),
    /// Progress of an [`UploadPage`](super::Effect::UploadPage).
    UploadProgressed(Ticket, UploadProgress),
    /// Answer to [`UploadPage`](super::Effect::UploadPage).
    PageUploaded(Ticket, Result<(), ServiceError>),
    /// Answer to [`StartExtraction`](super::Effect::StartExtraction) and
    /// [`ReadExtraction`](super::Effect::ReadExtraction).
    ExtractionRead(Ticket, Result<TextExtraction, ServiceError>),
    /// Answer to [`FinishSession`](super::Effect::FinishSession).
    SessionFinished(Ticket, Result<(), ServiceError>),
    /// Answer to [`Wait`](super::Effect::Wait).
    TimeElapsed(Ticket),
    /// The client session token ran out.
    TokenExpired(Ticket),
    /// The network came back.
    WentOnline,
    /// The network went away.
    WentOffline,
}

/// How far an upload is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct UploadProgress {
    /// Bytes sent so far.
    pub sent_bytes: u64,
    /// Bytes to send in all.
    pub total_bytes: u64,
}

//! What the browser must now do: requests as data, in the imperative.

use crate::domain::camera::CameraWish;
use crate::domain::form::Typed;
use crate::domain::host::HostMessageOut;
use crate::domain::i18n::{Locale, Message};
use crate::domain::image::{FileId, ImageId};
use crate::domain::launch::Credentials;
use crate::domain::redirect::ReturnUrl;
use crate::domain::session::branch::Instructions;
use crate::domain::session::profile::ApplicantProfile;
use crate::domain::session::resource::{
    CaptureMethod, ConsentDecision, NewFace, NewIdDocument, NewSupplementaryDocument,
};
use crate::domain::sight::{Claim, Corners, DocumentShape, Tone};
use crate::domain::theme::Theme;

use super::{HandoffEffect, Part, SupplementaryEffect, Ticket};

/// Something the runtime must now do.
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    /// Keep these for the calls to come and for a reload, and take them out of
    /// the address bar.
    KeepCredentials(Credentials),
    /// Forget the credentials and everything stored under the session's id.
    ForgetCredentials,
    /// Read the session configuration.
    LoadConfiguration(Ticket),
    /// Fetch a part of the program; the start screen needs none, so what comes
    /// after it comes while that is being read.
    LoadPart(Ticket, Part),
    /// Paint the brand.
    ApplyTheme(Box<Theme>),
    /// Speak this language from now on; English is embedded, others are fetched.
    ApplyLocale(Locale),
    /// Keep the person's own choice of language for a reload.
    RememberLocale(Locale),
    /// Send [`Event::ExpiryReached`](super::Event::ExpiryReached) after this time.
    WatchExpiry {
        /// Names this watch.
        ticket: Ticket,
        /// Milliseconds from now.
        after_ms: u64,
    },
    /// Make the browser's Back come to the flow instead of leaving the page.
    HoldBack,
    /// Let go: really go back in the history.
    GoBack,

    /// Start the camera's preview in the preview slot.
    OpenCamera(Ticket, CameraWish),
    /// Stop the camera and let go of it.
    CloseCamera,
    /// Take a picture from the running preview, ready to be sent.
    TakeStill(Ticket),
    /// Switch the torch of the running camera.
    SetTorch(bool),
    /// Read, check and re-encode a file, without its metadata, and look for a
    /// document of this shape in it.
    PrepareFile(Ticket, FileId, DocumentShape),
    /// Forget a picture.
    DropImage(ImageId),

    /// Look for faces in the running preview, where the browser can, and send
    /// [`Event::FacesSeen`](super::Event::FacesSeen) for each look until the
    /// camera is closed.
    WatchFace(Ticket),
    /// Start what looks for documents, so that it is there when the camera is.
    WakeEyes,
    /// Look for a document of this shape in the running preview, where that can
    /// be done, and send [`Event::DocumentSeen`](super::Event::DocumentSeen)
    /// for each look until the camera is closed.
    WatchDocument(Ticket, DocumentShape),
    /// Read what a document says of itself, where that can be done, and send
    /// [`Event::DocumentRead`](super::Event::DocumentRead) when something does
    /// not fit.
    ReadDocument(Ticket, Claim),
    /// Let the liveness component do its work for this requirement.
    RunZoom(Ticket, String),
    /// Tell the liveness component to stop.
    StopZoom,

    /// Do something for the pages of a supplementary document.
    Supplementary(SupplementaryEffect),
    /// Record what the person decided about the use of their face.
    RecordConsent(Ticket, ConsentDecision),
    /// Create a resource at the service.
    CreateResource(Ticket, NewResource),
    /// Send one part of a resource.
    Upload(Ticket, Upload),
    /// Stop sending.
    AbortUpload,
    /// Ask for text extraction of a document.
    StartExtraction(Ticket, ResourceRef),
    /// Read what the service says of a resource.
    ReadJudgement(Ticket, ResourceRef),
    /// Send [`Event::TimeElapsed`](super::Event::TimeElapsed) after this time.
    Wait {
        /// Names this wait.
        ticket: Ticket,
        /// Milliseconds from now.
        after_ms: u32,
    },
    /// End the session: everything has been delivered.
    FinishSession(Ticket),
    /// Prepare a visit to a branch.
    Branch(BranchEffect),
    /// Read or correct the applicant's profile.
    Profile(ProfileEffect),

    /// Something about continuing on another device.
    Handoff(HandoffEffect),

    /// Say this to the embedding page.
    TellHost(HostMessageOut),
    /// Show the error code in the page's own address, for support.
    ShowCodeInAddress(u16),
    /// Leave for this address.
    Leave(ReturnUrl),
    /// Have a screen reader say this, politely.
    Announce(Message),
    /// Have this heard, and felt where phones can be.
    Sound(Tone),
    /// Note for developers that something was ignored; holds nothing personal.
    Log(&'static str),
}

/// What a visit to a branch needs.
#[derive(Debug, Clone, PartialEq)]
pub enum BranchEffect {
    /// Find the branches nearest to a post code.
    FindBranches(Ticket, Typed),
    /// Supply the instructions, again if need be.
    SendInstructions(Ticket, Box<Instructions>),
    /// Read what was supplied before a reload.
    ReadInstructions(Ticket),
    /// Fetch the letter and have the browser save it.
    SaveLetter(Ticket),
    /// Have the letter sent by e-mail.
    EmailLetter(Ticket),
}

/// What the applicant's profile needs.
#[derive(Debug, Clone, PartialEq)]
pub enum ProfileEffect {
    /// Read it.
    Read(Ticket),
    /// Confirm it, corrected or not.
    Send(Ticket, Box<ApplicantProfile>),
}

impl Effect {
    /// Whether it gives the service something, so that what the session
    /// requires is no longer what it was.
    pub(super) fn hands_over(&self) -> bool {
        matches!(
            self,
            Self::CreateResource(..)
                | Self::ReadJudgement(..)
                | Self::RunZoom(..)
                | Self::Branch(BranchEffect::SendInstructions(..))
                | Self::Profile(ProfileEffect::Send(..))
        )
    }
}

/// What kind of thing is delivered; each has its own address at the service.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ResourceKind {
    /// An identity document.
    IdDocument,
    /// A supplementary document.
    SupplementaryDocument,
    /// A face.
    FaceCapture,
    /// A face whose liveness is checked.
    StaticLiveness,
}

/// Something to be created at the service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NewResource {
    /// An identity document.
    IdDocument(NewIdDocument),
    /// A supplementary document.
    SupplementaryDocument(NewSupplementaryDocument),
    /// A face.
    FaceCapture(NewFace),
    /// A face whose liveness is checked.
    StaticLiveness(NewFace),
}

impl NewResource {
    /// What kind of thing it is.
    #[must_use]
    pub fn kind(&self) -> ResourceKind {
        match self {
            Self::IdDocument(_) => ResourceKind::IdDocument,
            Self::SupplementaryDocument(_) => ResourceKind::SupplementaryDocument,
            Self::FaceCapture(_) => ResourceKind::FaceCapture,
            Self::StaticLiveness(_) => ResourceKind::StaticLiveness,
        }
    }

    /// The requirement that it is to satisfy.
    #[must_use]
    pub fn requirement_id(&self) -> &str {
        match self {
            Self::IdDocument(new) => &new.requirement_id,
            Self::SupplementaryDocument(new) => &new.requirement_id,
            Self::FaceCapture(new) | Self::StaticLiveness(new) => &new.requirement_id,
        }
    }
}

/// A resource at the service.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ResourceRef {
    /// What kind of thing it is.
    pub kind: ResourceKind,
    /// Its id.
    pub id: String,
}

/// Which part of a resource is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum UploadPart {
    /// A page or side, counted from 1.
    Page(u32),
    /// The one file that is the whole document.
    File,
    /// The one picture.
    Image,
}

/// One part to send.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Upload {
    /// The resource at the service.
    pub resource: ResourceRef,
    /// Which part of it.
    pub part: UploadPart,
    /// The picture or file.
    pub content: ImageId,
    /// How it was made.
    pub capture_method: CaptureMethod,
    /// Where the document is in it.
    pub corners: Option<Corners>,
}

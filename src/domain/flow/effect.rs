//! What the browser must now do: requests as data, in the imperative.

use crate::domain::camera::CameraWish;
use crate::domain::host::HostMessageOut;
use crate::domain::i18n::{Locale, Message};
use crate::domain::image::{FileId, ImageId};
use crate::domain::launch::Credentials;
use crate::domain::redirect::ReturnUrl;
use crate::domain::session::resource::{CaptureMethod, NewIdDocument};
use crate::domain::theme::Theme;

use super::Ticket;

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
    /// Fetch the part of the program that captures; the start screen does not
    /// need it, so it comes while that is being read.
    LoadCapture(Ticket),
    /// Paint the brand.
    ApplyTheme(Box<Theme>),
    /// Speak this language from now on; English is embedded, others are fetched.
    ApplyLocale(Locale),
    /// Keep the person's own choice of language for a reload.
    RememberLocale(Locale),
    /// Send [`Event::TokenExpired`](super::Event::TokenExpired) after this time.
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
    /// Read, check and re-encode a file, without its metadata.
    PrepareFile(Ticket, FileId),
    /// Forget a picture.
    DropImage(ImageId),

    /// Create the document at the service.
    CreateDocument(Ticket, NewIdDocument),
    /// Send one page.
    UploadPage(Ticket, PageUpload),
    /// Stop sending.
    AbortUpload,
    /// Ask for text extraction of a document.
    StartExtraction(Ticket, String),
    /// Read the state of the text extraction of a document.
    ReadExtraction(Ticket, String),
    /// Send [`Event::TimeElapsed`](super::Event::TimeElapsed) after this time.
    Wait {
        /// Names this wait.
        ticket: Ticket,
        /// Milliseconds from now.
        after_ms: u32,
    },
    /// End the session: everything has been delivered.
    FinishSession(Ticket),

    /// Say this to the embedding page.
    TellHost(HostMessageOut),
    /// Show the error code in the page's own address, for support.
    ShowCodeInAddress(u16),
    /// Leave for this address.
    Leave(ReturnUrl),
    /// Have a screen reader say this, politely.
    Announce(Message),
    /// Note for developers that something was ignored; holds nothing personal.
    Log(&'static str),
}

/// One page to send.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageUpload {
    /// The resource at the service.
    pub document_id: String,
    /// Counted from 1.
    pub page: u32,
    /// The picture.
    pub image: ImageId,
    /// How it was made.
    pub capture_method: CaptureMethod,
}

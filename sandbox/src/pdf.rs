//! Uploaded PDFs: whether they can be read, and whether they are too long.
//!
//! Parsing is slow; callers run it on a blocking thread.

use axum::http::StatusCode;
use lopdf::{Document, Error};
use thiserror::Error as ThisError;
use vestibule::domain::session::resource::ApiErrorCode;

use crate::error::ApiError;

/// The media type of a PDF.
pub(crate) const CONTENT_TYPE: &str = "application/pdf";

/// The most pages of a file: `docs/client-api.md`.
const PAGE_LIMIT: usize = 20;

/// Why a file is not accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ThisError)]
pub(crate) enum PdfError {
    /// The bytes are something else.
    #[error("The bytes are not a PDF")]
    NotPdf,
    /// It can't be opened without a password.
    #[error("The PDF needs a password")]
    Encrypted,
    /// It is damaged or empty.
    #[error("The PDF can't be read")]
    Unreadable,
    /// It has more pages than anybody reads.
    #[error("The PDF has more than 20 pages")]
    TooLong,
}

impl PdfError {
    /// How the client is told.
    pub(crate) fn refusal(self) -> ApiError {
        let code = match self {
            Self::NotPdf => ApiErrorCode::UnsupportedMedia,
            Self::Encrypted => ApiErrorCode::FileEncrypted,
            Self::Unreadable | Self::TooLong => ApiErrorCode::FileUnreadable,
        };
        ApiError::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, code, self.to_string())
    }
}

/// Checks that a PDF can be opened and is short enough.
///
/// # Errors
///
/// What is wrong with it.
pub(crate) fn check(bytes: &[u8]) -> Result<(), PdfError> {
    if !bytes.starts_with(b"%PDF-") {
        return Err(PdfError::NotPdf);
    }
    let document = Document::load_mem(bytes).map_err(|error| match error {
        Error::InvalidPassword | Error::Decryption(_) => PdfError::Encrypted,
        _ => PdfError::Unreadable,
    })?;
    // Without the right password the library hands out what is not encrypted.
    if document.is_encrypted() {
        return Err(PdfError::Encrypted);
    }
    match document.page_iter().take(PAGE_LIMIT + 1).count() {
        0 => Err(PdfError::Unreadable),
        1..=PAGE_LIMIT => Ok(()),
        _ => Err(PdfError::TooLong),
    }
}

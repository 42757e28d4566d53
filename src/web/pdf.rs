//! A PDF that the person chose: looked at, and kept as it is.

use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, BlobPropertyBag, File};

use crate::domain::image::{FileError, FileKind, SNIFF_BYTES};
use crate::domain::pdf::{
    MAX_PDF_BYTES, PdfError, STREAM_BYTES, TAIL_BYTES, Trailer, needs_password_at, trailer,
};

use super::file_bytes;
use super::picture;

/// A PDF that is ready to be sent.
#[derive(Debug, Clone)]
pub struct Pdf {
    /// The bytes.
    pub blob: Blob,
    /// How many they are.
    pub n_bytes: u64,
}

/// Whether a file is a PDF by its first bytes, whatever its name and type say.
pub async fn is_pdf(file: &File) -> bool {
    #[expect(clippy::cast_possible_truncation, reason = "a small constant")]
    let head = file_bytes::read(file, 0.0, SNIFF_BYTES as u32).await;
    head.is_some_and(|head| FileKind::sniff(&head) == FileKind::Pdf)
}

/// Checks a PDF and reads it into memory: the file may be moved before it is
/// sent.
///
/// # Errors
///
/// When it can't be sent, or the browser can't read the file.
pub async fn prepare<E: From<PdfError> + From<FileError>>(file: &File) -> Result<Pdf, E> {
    let n_bytes = picture::n_bytes(file);
    if n_bytes > MAX_PDF_BYTES {
        return Err(PdfError::TooLarge.into());
    }
    if needs_password(file).await.ok_or(FileError::Unreadable)? {
        return Err(PdfError::Encrypted.into());
    }
    let blob = in_memory(file).await.ok_or(FileError::Unreadable)?;
    Ok(Pdf { blob, n_bytes })
}

/// Whether its trailer says so; a PDF without one is left to the service.
async fn needs_password(file: &File) -> Option<bool> {
    let start = (file.size() - f64::from(TAIL_BYTES)).max(0.0);
    let tail = file_bytes::read(file, start, TAIL_BYTES).await?;
    match trailer(&tail) {
        Trailer::Known { needs_password } => Some(needs_password),
        Trailer::Missing => Some(false),
        Trailer::At(position) => {
            #[expect(clippy::cast_precision_loss, reason = "beyond every file")]
            let object = file_bytes::read(file, position as f64, STREAM_BYTES).await?;
            Some(needs_password_at(&object))
        }
    }
}

async fn in_memory(file: &File) -> Option<Blob> {
    let buffer = JsFuture::from(file.array_buffer()).await.ok()?;
    let kind = BlobPropertyBag::new();
    kind.set_type("application/pdf");
    Blob::new_with_buffer_source_sequence_and_options(&js_sys::Array::of1(&buffer), &kind).ok()
}

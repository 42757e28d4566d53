//! Pictures ready to be sent, and the files they are made from.
//!
//! The browser decodes (and turns the picture upright by its EXIF), we scale
//! and encode anew: no metadata leaves the device.

use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, File, HtmlImageElement, ImageBitmap};

use crate::domain::image::{
    FileError, FileKind, LONGEST_SIDE_PX, MAX_FILE_BYTES, SHORTEST_SIDE_PX, SNIFF_BYTES, fit,
};

use super::canvas;
use super::eyes::Eyes;
use super::file_bytes;
use super::object_url::ObjectUrl;
use super::window;

/// An upright JPEG without metadata.
#[derive(Debug, Clone)]
pub struct Picture {
    /// The bytes.
    pub blob: Blob,
    /// Its width.
    pub width_px: u32,
    /// Its height.
    pub height_px: u32,
}

impl Picture {
    /// Its size as it will be sent.
    #[must_use]
    pub fn n_bytes(&self) -> u64 {
        n_bytes(&self.blob)
    }
}

/// Reads, checks and re-encodes a file that the person chose; beside the page,
/// where the eyes are there to do it.
///
/// # Errors
///
/// When it is not a picture that can be used, by what can be done about it.
pub async fn prepare_file(file: &File, eyes: Option<&Eyes>) -> Result<Picture, FileError> {
    let n_bytes = n_bytes(file);
    if n_bytes == 0 {
        return Err(FileError::Empty);
    }
    if n_bytes > MAX_FILE_BYTES {
        return Err(FileError::TooLarge);
    }
    #[expect(clippy::cast_possible_truncation, reason = "a small constant")]
    let head = file_bytes::read(file, 0.0, SNIFF_BYTES as u32)
        .await
        .ok_or(FileError::Unreadable)?;
    let kind = FileKind::sniff(&head);
    let mime = match kind {
        FileKind::Jpeg => "image/jpeg",
        FileKind::Png => "image/png",
        FileKind::Webp => "image/webp",
        FileKind::Heic => "image/heic",
        FileKind::Pdf => return Err(FileError::Pdf),
        FileKind::Unknown => return Err(FileError::NotAnImage),
    };
    if !file_bytes::is_complete(file, kind).await {
        return Err(FileError::Damaged);
    }
    // The same bytes under their true type; the file's own may be anything.
    let typed = file
        .slice_with_f64_and_f64_and_content_type(0.0, file.size(), mime)
        .ok()
        .ok_or(FileError::Unreadable)?;
    if let Some((picture, shortest_px)) = beside(&typed, eyes).await {
        return large_enough(shortest_px).map(|()| picture);
    }
    let decoded = Decoded::from_blob(&typed).await.ok_or(match kind {
        FileKind::Heic => FileError::HeicUnsupported,
        _ => FileError::Damaged,
    })?;
    let (width_px, height_px) = decoded.size_px();
    large_enough(width_px.min(height_px))?;
    // Out of memory, or a browser that protects against canvas fingerprints.
    decoded.to_picture().await.ok_or(FileError::Unreadable)
}

fn large_enough(shortest_px: u32) -> Result<(), FileError> {
    if shortest_px < SHORTEST_SIDE_PX {
        return Err(FileError::TooSmall);
    }
    Ok(())
}

/// A photo as it will be sent; nothing when this browser can't decode it.
pub(super) async fn of_photo(photo: &Blob, eyes: Option<&Eyes>) -> Option<Picture> {
    if let Some((picture, _)) = beside(photo, eyes).await {
        return Some(picture);
    }
    Decoded::from_blob(photo).await?.to_picture().await
}

/// Made beside the page, where that can be done.
async fn beside(picture: &Blob, eyes: Option<&Eyes>) -> Option<(Picture, u32)> {
    eyes?.prepare(picture).await
}

/// A new picture: this one turned clockwise by so many quarters.
///
/// # Errors
///
/// When the browser has no memory for it.
pub async fn turn(picture: &Blob, quarter_turns: u8) -> Result<Picture, FileError> {
    let decoded = Decoded::from_blob(picture)
        .await
        .ok_or(FileError::Unreadable)?;
    let (width_px, height_px) = decoded.size_px();
    let blob = canvas::encode_turned(decoded.source(), width_px, height_px, quarter_turns)
        .await
        .ok_or(FileError::Unreadable)?;
    let (width_px, height_px) = if quarter_turns.is_multiple_of(2) {
        (width_px, height_px)
    } else {
        (height_px, width_px)
    };
    Ok(Picture {
        blob,
        width_px,
        height_px,
    })
}

pub(super) fn n_bytes(blob: &Blob) -> u64 {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a byte count; `as` saturates"
    )]
    let n_bytes = blob.size() as u64;
    n_bytes
}

/// A decoded, upright picture; its pixels are given back when it is dropped.
enum Decoded {
    Bitmap(ImageBitmap),
    Element {
        image: HtmlImageElement,
        _address: ObjectUrl,
    },
}

impl Decoded {
    /// Decodes; nothing when this browser can't.
    async fn from_blob(blob: &Blob) -> Option<Self> {
        match bitmap(blob).await {
            Some(bitmap) => Some(Self::Bitmap(bitmap)),
            // Safari decodes HEIC in an element only.
            None => element(blob).await,
        }
    }

    /// Its size, upright.
    fn size_px(&self) -> (u32, u32) {
        match self {
            Self::Bitmap(bitmap) => (bitmap.width(), bitmap.height()),
            Self::Element { image, .. } => (image.natural_width(), image.natural_height()),
        }
    }

    /// The picture as it will be sent.
    async fn to_picture(&self) -> Option<Picture> {
        let (width_px, height_px) = self.size_px();
        shrink(self.source(), width_px, height_px).await
    }

    fn source(&self) -> &JsValue {
        match self {
            Self::Bitmap(bitmap) => bitmap,
            Self::Element { image, .. } => image,
        }
    }
}

impl Drop for Decoded {
    fn drop(&mut self) {
        match self {
            Self::Bitmap(bitmap) => bitmap.close(),
            Self::Element { image, .. } => image.set_src(""),
        }
    }
}

/// Scales a source of this size to what is sent.
///
/// It is drawn before this function returns its future.
pub(super) fn shrink(
    source: &JsValue,
    width_px: u32,
    height_px: u32,
) -> impl Future<Output = Option<Picture>> + use<> {
    let (width_px, height_px) = fit(width_px, height_px, LONGEST_SIDE_PX);
    let encoding = canvas::encode(source, width_px, height_px);
    async move {
        Some(Picture {
            blob: encoding.await?,
            width_px,
            height_px,
        })
    }
}

async fn bitmap(blob: &Blob) -> Option<ImageBitmap> {
    let window = window::window()?;
    if !js_sys::Reflect::has(&window, &"createImageBitmap".into()).unwrap_or(false) {
        return None;
    }
    let promise = window.create_image_bitmap_with_blob(blob).ok()?;
    JsFuture::from(promise).await.ok()?.dyn_into().ok()
}

async fn element(blob: &Blob) -> Option<Decoded> {
    let image = HtmlImageElement::new().ok()?;
    let address = ObjectUrl::new(blob)?;
    image.set_src(address.as_str());
    JsFuture::from(image.decode()).await.ok()?;
    (image.natural_width() > 0).then_some(Decoded::Element {
        image,
        _address: address,
    })
}

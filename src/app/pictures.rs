//! Pictures and files, kept in memory only and under ids.

use std::cell::{Cell, RefCell};

use web_sys::{Blob, File};

use crate::domain::flow::PreparedPdf;
use crate::domain::image::{FileId, ImageId, PreparedImage};
use crate::domain::session::resource::CaptureMethod;
use crate::domain::sight::Seen;
use crate::web::object_url::ObjectUrl;
use crate::web::pdf::Pdf;
use crate::web::picture::Picture;

/// Everything that the flow names by an [`ImageId`] or a [`FileId`].
#[derive(Default)]
pub(super) struct Pictures {
    next_id: Cell<u32>,
    // A handful at most, so a list is as quick as a map and smaller.
    files: RefCell<Vec<(FileId, File)>>,
    images: RefCell<Vec<Kept>>,
}

struct Kept {
    id: ImageId,
    blob: Blob,
    /// What is shown instead: the document alone, as it is from the front.
    front: Option<Blob>,
    /// Made when the picture is first shown, revoked when it is dropped.
    url: Option<ObjectUrl>,
}

impl Pictures {
    fn next_id(&self) -> u32 {
        let id = self.next_id.get().wrapping_add(1);
        self.next_id.set(id);
        id
    }

    pub(super) fn hold_file(&self, file: File) -> FileId {
        let id = FileId(self.next_id());
        self.files.borrow_mut().push((id, file));
        id
    }

    /// The file, which is needed once.
    pub(super) fn take_file(&self, id: FileId) -> Option<File> {
        let mut files = self.files.borrow_mut();
        let place = files.iter().position(|(held, _)| *held == id)?;
        Some(files.swap_remove(place).1)
    }

    pub(super) fn keep(&self, picture: Picture, capture_method: CaptureMethod) -> PreparedImage {
        PreparedImage {
            width_px: picture.width_px,
            height_px: picture.height_px,
            n_bytes: picture.n_bytes(),
            capture_method,
            seen: Seen::default(),
            id: self.keep_blob(picture.blob),
        }
    }

    /// Has this shown instead of a picture that is kept.
    pub(super) fn show_as(&self, image: &mut PreparedImage, front: Picture) {
        (image.width_px, image.height_px) = (front.width_px, front.height_px);
        let mut images = self.images.borrow_mut();
        if let Some(kept) = images.iter_mut().find(|kept| kept.id == image.id) {
            kept.front = Some(front.blob);
        }
    }

    pub(super) fn keep_pdf(&self, pdf: Pdf) -> PreparedPdf {
        PreparedPdf {
            n_bytes: pdf.n_bytes,
            id: self.keep_blob(pdf.blob),
        }
    }

    fn keep_blob(&self, blob: Blob) -> ImageId {
        let id = ImageId(self.next_id());
        self.images.borrow_mut().push(Kept {
            id,
            blob,
            front: None,
            url: None,
        });
        id
    }

    pub(super) fn drop_image(&self, id: ImageId) {
        self.images.borrow_mut().retain(|kept| kept.id != id);
    }

    pub(super) fn blob(&self, id: ImageId) -> Option<Blob> {
        self.images
            .borrow()
            .iter()
            .find(|kept| kept.id == id)
            .map(|kept| kept.blob.clone())
    }

    pub(super) fn url(&self, id: ImageId) -> Option<String> {
        let mut images = self.images.borrow_mut();
        let kept = images.iter_mut().find(|kept| kept.id == id)?;
        if kept.url.is_none() {
            kept.url = ObjectUrl::new(kept.front.as_ref().unwrap_or(&kept.blob));
        }
        kept.url.as_ref().map(|url| url.as_str().to_owned())
    }
}

//! Does what capturing asks for: camera, files, uploads and what the service
//! says of them.
//!
//! This is in the second module of a release build; reach it through
//! [`Part`](super::part::Part).

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use web_sys::HtmlElement;

use crate::domain::camera::{CameraWish, StillError};
use crate::domain::flow::{Effect, Event, PageUpload, Ticket};
use crate::domain::image::{FileError, FileId};
use crate::domain::service::ServiceError;
use crate::domain::session::resource::CaptureMethod;
use crate::web::camera::Camera;
use crate::web::clock::Timer;
use crate::web::service::Page;
use crate::web::task::spawn;
use crate::web::upload::Stop;
use crate::web::{console, ids, picture};

use super::runtime::Runtime;

/// What capturing keeps between effects.
#[derive(Default)]
pub(super) struct Captures {
    camera: Rc<CameraSlot>,
    upload: RefCell<Option<Stop>>,
    /// One per picture and page, so that sending it again stores it once.
    upload_keys: RefCell<Vec<(PageUpload, String)>>,
    pause: RefCell<Option<Timer>>,
}

/// The camera, and the place where its preview is shown; both come and go
/// independently of each other.
#[derive(Default)]
struct CameraSlot {
    camera: RefCell<Option<Camera>>,
    slot: RefCell<Option<HtmlElement>>,
    /// Which request the camera belongs to; a camera that opens after it was
    /// closed again is dropped.
    current: Cell<Option<Ticket>>,
}

impl CameraSlot {
    fn show(&self) {
        if let (Some(camera), Some(slot)) = (&*self.camera.borrow(), &*self.slot.borrow())
            && slot.append_child(camera.video()).is_err()
        {
            console::warn("the preview could not be shown");
        }
    }
}

/// What capturing keeps for this runtime.
fn captures(runtime: &Runtime) -> Rc<Captures> {
    let mut held = runtime.captures.borrow_mut();
    let found = held
        .clone()
        .and_then(|held| held.downcast::<Captures>().ok());
    found.unwrap_or_else(|| {
        let fresh = Rc::new(Captures::default());
        *held = Some(Rc::<Captures>::clone(&fresh));
        fresh
    })
}

/// Shows the preview there, now or as soon as there is one.
pub(super) fn offer_preview_slot(runtime: &Runtime, slot: HtmlElement) {
    let captures = captures(runtime);
    captures.camera.slot.replace(Some(slot));
    captures.camera.show();
}

/// Does an effect of capturing; the runtime does all others itself.
pub(super) fn perform(runtime: &Runtime, effect: Effect) {
    let captures = captures(runtime);
    match effect {
        Effect::OpenCamera(ticket, wish) => open_camera(runtime, ticket, wish),
        Effect::CloseCamera => {
            captures.camera.current.set(None);
            captures.camera.camera.replace(None);
        }
        Effect::TakeStill(ticket) => take_still(runtime, ticket),
        Effect::SetTorch(is_on) => {
            if let Some(camera) = &*captures.camera.camera.borrow() {
                camera.set_torch(is_on);
            }
        }
        Effect::PrepareFile(ticket, file) => prepare_file(runtime, ticket, file),
        Effect::DropImage(image) => runtime.pictures.drop_image(image),
        Effect::CreateDocument(ticket, document) => {
            let service = runtime.service();
            runtime.answer(async move {
                let result = match service {
                    Some(service) => service.create_document(&document).await,
                    None => Err(ServiceError::Unauthorised),
                };
                Event::DocumentCreated(ticket, result)
            });
        }
        Effect::UploadPage(ticket, upload) => upload_page(runtime, ticket, &upload),
        Effect::AbortUpload => {
            if let Some(stop) = captures.upload.take() {
                stop.stop();
            }
        }
        Effect::StartExtraction(ticket, document_id) => {
            extract(runtime, ticket, document_id, true);
        }
        Effect::ReadExtraction(ticket, document_id) => {
            extract(runtime, ticket, document_id, false);
        }
        Effect::Wait { ticket, after_ms } => {
            let timer = runtime.timer(u64::from(after_ms), Event::TimeElapsed(ticket));
            captures.pause.replace(Some(timer));
        }
        Effect::FinishSession(ticket) => {
            let service = runtime.service();
            runtime.answer(async move {
                let result = match service {
                    Some(service) => service.finish().await,
                    None => Err(ServiceError::Unauthorised),
                };
                Event::SessionFinished(ticket, result)
            });
        }
        // The runtime's own; it hands on only what stands above.
        Effect::KeepCredentials(_)
        | Effect::ForgetCredentials
        | Effect::LoadConfiguration(_)
        | Effect::LoadCapture(_)
        | Effect::ApplyTheme(_)
        | Effect::ApplyLocale(_)
        | Effect::RememberLocale(_)
        | Effect::WatchExpiry { .. }
        | Effect::HoldBack
        | Effect::GoBack
        | Effect::TellHost(_)
        | Effect::ShowCodeInAddress(_)
        | Effect::Leave(_)
        | Effect::Announce(_)
        | Effect::Log(_) => console::warn("an effect went to the wrong part"),
    }
}

fn open_camera(runtime: &Runtime, ticket: Ticket, wish: CameraWish) {
    let holder = Rc::clone(&captures(runtime).camera);
    let dispatch = runtime.dispatch();
    holder.current.set(Some(ticket));
    let previous = holder.camera.take();
    spawn(async move {
        let opened = Camera::open(&wish, previous).await;
        if holder.current.get() != Some(ticket) {
            // Closed, or asked for again, while the browser was opening it.
            return;
        }
        let event = match opened {
            Ok(camera) => {
                let facts = camera.facts();
                let lost = Rc::clone(&dispatch);
                camera.on_lost(move |loss| lost(Event::CameraLost(ticket, loss)));
                holder.camera.replace(Some(camera));
                holder.show();
                Event::CameraOpened(ticket, facts)
            }
            Err(error) => Event::CameraFailed(ticket, error),
        };
        dispatch(event);
    });
}

fn take_still(runtime: &Runtime, ticket: Ticket) {
    let captures = captures(runtime);
    let still = captures
        .camera
        .camera
        .borrow()
        .as_ref()
        .map(Camera::take_still);
    let pictures = Rc::clone(&runtime.pictures);
    runtime.answer(async move {
        let taken = match still {
            Some(still) => still.await,
            None => Err(StillError::Failed),
        };
        let image = taken.map(|picture| pictures.keep(picture, CaptureMethod::Camera));
        Event::StillTaken(ticket, image)
    });
}

fn prepare_file(runtime: &Runtime, ticket: Ticket, file: FileId) {
    let file = runtime.pictures.take_file(file);
    let pictures = Rc::clone(&runtime.pictures);
    runtime.answer(async move {
        let prepared = match file {
            Some(file) => picture::prepare_file(&file).await,
            None => Err(FileError::Unreadable),
        };
        let image = prepared.map(|picture| pictures.keep(picture, CaptureMethod::Upload));
        Event::FilePrepared(ticket, image)
    });
}

fn upload_page(runtime: &Runtime, ticket: Ticket, upload: &PageUpload) {
    let Some((service, picture)) = runtime.service().zip(runtime.pictures.blob(upload.image))
    else {
        let refused = Event::PageUploaded(ticket, Err(ServiceError::Unauthorised));
        runtime.answer(async { refused });
        return;
    };
    let key = upload_key(runtime, upload);
    let page = Page {
        document_id: &upload.document_id,
        number: upload.page,
        picture: &picture,
        capture_method: &upload.capture_method,
        idempotency_key: &key,
    };
    let tell = runtime.dispatch();
    let on_progress = Box::new(move |progress| tell(Event::UploadProgressed(ticket, progress)));
    let (stop, outcome) = service.upload_page(page, on_progress);
    captures(runtime).upload.replace(Some(stop));
    runtime.answer(async move { Event::PageUploaded(ticket, outcome.await) });
}

fn upload_key(runtime: &Runtime, upload: &PageUpload) -> String {
    let captures = captures(runtime);
    let mut keys = captures.upload_keys.borrow_mut();
    if let Some((_, key)) = keys.iter().find(|(known, _)| known == upload) {
        return key.clone();
    }
    let key = ids::new_id();
    keys.push((upload.clone(), key.clone()));
    key
}

fn extract(runtime: &Runtime, ticket: Ticket, document_id: String, is_new: bool) {
    let service = runtime.service();
    runtime.answer(async move {
        let result = match service {
            Some(service) if is_new => service.start_extraction(&document_id).await,
            Some(service) => service.read_extraction(&document_id).await,
            None => Err(ServiceError::Unauthorised),
        };
        Event::ExtractionRead(ticket, result)
    });
}

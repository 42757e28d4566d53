//! Does what capturing asks for: camera, files, uploads and what the service
//! says of them.
//!
//! This is in the second module of a release build; reach it through
//! [`Code`](super::part::Code). What most sessions do not need is in
//! [`rest`](super::rest).

use std::any::Any;
use std::cell::{Cell, RefCell};
use std::rc::Rc;

use web_sys::{HtmlElement, HtmlVideoElement};

use crate::domain::camera::{CameraWish, StillError};
use crate::domain::flow::{Effect, Event, ResourceRef, Ticket, Upload};
use crate::domain::image::{FileError, FileId};
use crate::domain::service::ServiceError;
use crate::domain::session::resource::CaptureMethod;
use crate::domain::sight::{DocumentShape, Seen};
use crate::web::camera::Camera;
use crate::web::clock::Timer;
use crate::web::eyes::Eyes;
use crate::web::service::Part;
use crate::web::task::spawn;
use crate::web::tone::Speaker;
use crate::web::upload::Stop;
use crate::web::{console, ids, picture};

use super::runtime::Runtime;
use super::sight;

/// What capturing keeps between effects.
#[derive(Default)]
pub(super) struct Captures {
    pub(super) camera: Rc<CameraSlot>,
    upload: RefCell<Option<Stop>>,
    /// One per picture and part, so that sending it again stores it once.
    upload_keys: RefCell<Vec<(Upload, String)>>,
    pause: RefCell<Option<Timer>>,
    /// What [`rest`](super::rest) keeps; only it knows the type.
    pub(super) rest: RefCell<Option<Rc<dyn Any>>>,
    /// What looks at documents, once it was needed.
    pub(super) eyes: RefCell<Option<Rc<Eyes>>>,
    /// What the running camera looks at, if that is a document.
    pub(super) shape: Cell<Option<DocumentShape>>,
    /// A picture is being taken.
    pub(super) is_taking: Cell<bool>,
    speaker: RefCell<Speaker>,
}

/// The camera, and the place where it is shown; both come and go
/// independently of each other.
#[derive(Default)]
pub(super) struct CameraSlot {
    camera: RefCell<Option<Camera>>,
    pub(super) slot: RefCell<Option<HtmlElement>>,
    /// Which request the camera belongs to; a camera that opens after it was
    /// closed again is dropped.
    current: Cell<Option<Ticket>>,
}

impl CameraSlot {
    /// The preview of the camera that was opened under this ticket, while it
    /// runs.
    pub(super) fn video(&self, ticket: Ticket) -> Option<HtmlVideoElement> {
        let camera = self.camera.borrow();
        let camera = camera
            .as_ref()
            .filter(|_| self.current.get() == Some(ticket));
        camera.map(|camera| camera.video().clone())
    }

    fn show(&self) {
        if let (Some(camera), Some(slot)) = (&*self.camera.borrow(), &*self.slot.borrow())
            && slot.append_child(camera.video()).is_err()
        {
            console::warn("the preview could not be shown");
        }
    }
}

/// What capturing keeps for this runtime.
pub(super) fn captures(runtime: &Runtime) -> Rc<Captures> {
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
        Effect::PrepareFile(ticket, file, shape) => prepare_file(runtime, ticket, file, shape),
        Effect::DropImage(image) => runtime.pictures.drop_image(image),
        Effect::WakeEyes => sight::wake(runtime),
        Effect::Sound(tone) => captures.speaker.borrow_mut().sound(tone),
        Effect::WatchDocument(ticket, shape) => sight::watch_document(runtime, ticket, shape),
        Effect::ReadDocument(ticket, claim) => sight::read_document(runtime, ticket, &claim),
        Effect::CreateResource(ticket, resource) => {
            let service = runtime.service();
            runtime.answer(async move {
                let result = match service {
                    Some(service) => service.create(&resource).await,
                    None => Err(ServiceError::Unauthorised),
                };
                Event::ResourceCreated(ticket, result)
            });
        }
        Effect::Upload(ticket, part) => upload(runtime, ticket, &part),
        Effect::AbortUpload => {
            if let Some(stop) = captures.upload.take() {
                stop.stop();
            }
        }
        Effect::StartExtraction(ticket, resource) => judge(runtime, ticket, resource, true),
        Effect::ReadJudgement(ticket, resource) => judge(runtime, ticket, resource, false),
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
        // The runtime's own, or of the rest.
        Effect::KeepCredentials(_)
        | Effect::ForgetCredentials
        | Effect::LoadConfiguration(_)
        | Effect::LoadPart(..)
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
        | Effect::Log(_)
        | Effect::RecordConsent(..)
        | Effect::WatchFace(_)
        | Effect::RunZoom(..)
        | Effect::StopZoom
        | Effect::Supplementary(_)
        | Effect::Handoff(_)
        | Effect::Branch(_)
        | Effect::Profile(_) => console::warn("an effect went to the wrong part"),
    }
}

fn open_camera(runtime: &Runtime, ticket: Ticket, wish: CameraWish) {
    let holder = Rc::clone(&captures(runtime).camera);
    let dispatch = runtime.dispatch();
    holder.current.set(Some(ticket));
    captures(runtime).shape.set(None);
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
    let eyes = captures.eyes.borrow().clone().zip(captures.shape.get());
    let still = captures
        .camera
        .camera
        .borrow()
        .as_ref()
        .map(|camera| camera.take_still(eyes.clone()));
    let pictures = Rc::clone(&runtime.pictures);
    captures.is_taking.set(true);
    runtime.answer(async move {
        let taken = match still {
            Some(still) => still.await,
            None => Err(StillError::Failed),
        };
        let image = match taken {
            Ok((picture, seen)) => {
                Ok(sight::keep(&pictures, picture, CaptureMethod::Camera, seen, eyes).await)
            }
            Err(error) => Err(error),
        };
        captures.is_taking.set(false);
        Event::StillTaken(ticket, image)
    });
}

fn prepare_file(runtime: &Runtime, ticket: Ticket, file: FileId, shape: DocumentShape) {
    let file = runtime.pictures.take_file(file);
    let pictures = Rc::clone(&runtime.pictures);
    let eyes = captures(runtime).eyes.borrow().clone();
    runtime.answer(async move {
        let prepared = match file {
            Some(file) => picture::prepare_file(&file, eyes.as_deref()).await,
            None => Err(FileError::Unreadable),
        };
        let image = match prepared {
            Ok(picture) => {
                let seen = match &eyes {
                    Some(eyes) => eyes.judge(&picture, shape).await,
                    None => Seen::default(),
                };
                let eyes = eyes.map(|eyes| (eyes, shape));
                Ok(sight::keep(&pictures, picture, CaptureMethod::Upload, seen, eyes).await)
            }
            Err(error) => Err(error),
        };
        Event::FilePrepared(ticket, image)
    });
}

fn upload(runtime: &Runtime, ticket: Ticket, upload: &Upload) {
    let Some((service, content)) = runtime.service().zip(runtime.pictures.blob(upload.content))
    else {
        let refused = Event::Uploaded(ticket, Err(ServiceError::Unauthorised));
        runtime.answer(async { refused });
        return;
    };
    let key = upload_key(runtime, upload);
    let part = Part {
        resource: &upload.resource,
        part: upload.part,
        content: &content,
        capture_method: &upload.capture_method,
        corners: upload.corners,
        idempotency_key: &key,
    };
    let tell = runtime.dispatch();
    let on_progress = Box::new(move |progress| tell(Event::UploadProgressed(ticket, progress)));
    let (stop, outcome) = service.upload(part, on_progress);
    captures(runtime).upload.replace(Some(stop));
    runtime.answer(async move { Event::Uploaded(ticket, outcome.await) });
}

fn upload_key(runtime: &Runtime, upload: &Upload) -> String {
    let captures = captures(runtime);
    let mut keys = captures.upload_keys.borrow_mut();
    if let Some((_, key)) = keys.iter().find(|(known, _)| known == upload) {
        return key.clone();
    }
    let key = ids::new_id();
    keys.push((upload.clone(), key.clone()));
    key
}

fn judge(runtime: &Runtime, ticket: Ticket, resource: ResourceRef, is_new: bool) {
    let service = runtime.service();
    runtime.answer(async move {
        let result = match service {
            Some(service) if is_new => service.start_judging(&resource).await,
            Some(service) => service.read_judgement(&resource).await,
            None => Err(ServiceError::Unauthorised),
        };
        Event::JudgementRead(ticket, result)
    });
}

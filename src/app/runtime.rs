//! Does what the flow asks for: effects in, adapters called, answers out as
//! events.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::rc::Rc;

use leptos::prelude::Set;
use wasm_bindgen_futures::spawn_local;
use web_sys::HtmlElement;

use crate::domain::camera::{CameraWish, StillError};
use crate::domain::flow::{Effect, Event, PageUpload, Ticket};
use crate::domain::i18n::{Catalogue, Locale, Message};
use crate::domain::image::{FileError, FileId};
use crate::domain::launch::{Credentials, Launch};
use crate::domain::service::ServiceError;
use crate::domain::session::resource::CaptureMethod;
use crate::ui::context::Speaker;
use crate::web::camera::Camera;
use crate::web::clock::Timer;
use crate::web::history::BackButton;
use crate::web::host_bridge::HostBridge;
use crate::web::intl::IntlFormatter;
use crate::web::page::{self, NetworkWatch, UnloadGuard, Visibility, VisibilityWatch};
use crate::web::service::{self, Page, Service};
use crate::web::storage::SessionStore;
use crate::web::upload::Stop;
use crate::web::{catalogue, console, ids, navigation};

use super::pictures::Pictures;
use super::store::Signals;

/// Hands an event to the store.
pub(super) type Dispatch = Rc<dyn Fn(Event)>;

/// Everything that lives between effects.
pub(super) struct Runtime {
    dispatch: Dispatch,
    signals: Signals,
    pub(super) pictures: Rc<Pictures>,
    storage: SessionStore,
    session_id: RefCell<Option<String>>,
    service: RefCell<Option<Service>>,
    camera: Rc<CameraSlot>,
    upload: RefCell<Option<Stop>>,
    /// One per picture and page, so that sending it again stores it once.
    upload_keys: RefCell<HashMap<(String, u32, u32), String>>,
    expiry: RefCell<Option<Timer>>,
    pause: RefCell<Option<Timer>>,
    unload_guard: RefCell<Option<UnloadGuard>>,
    /// The language asked for last; an earlier file that comes late is dropped.
    locale: Rc<Cell<Locale>>,
    back: BackButton,
    host: Option<HostBridge>,
    _visibility: VisibilityWatch,
    _network: NetworkWatch,
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

impl Runtime {
    pub(super) fn new(signals: Signals, dispatch: Dispatch) -> Self {
        let tell = Rc::clone(&dispatch);
        let host = HostBridge::new(move |message| tell(Event::HostSpoke(message)));
        let tell = Rc::clone(&dispatch);
        let back = BackButton::new(move || tell(Event::HistoryWentBack));
        let tell = Rc::clone(&dispatch);
        let visibility = VisibilityWatch::new(move |visibility| {
            tell(match visibility {
                Visibility::Shown => Event::PageShown,
                Visibility::Hidden => Event::PageHidden,
            });
        });
        let tell = Rc::clone(&dispatch);
        let network = NetworkWatch::new(move |is_online| {
            tell(if is_online {
                Event::WentOnline
            } else {
                Event::WentOffline
            });
        });
        Self {
            dispatch,
            signals,
            pictures: Rc::default(),
            storage: SessionStore::open(),
            session_id: RefCell::default(),
            service: RefCell::default(),
            camera: Rc::default(),
            upload: RefCell::default(),
            upload_keys: RefCell::default(),
            expiry: RefCell::default(),
            pause: RefCell::default(),
            unload_guard: RefCell::default(),
            locale: Rc::new(Cell::new(Locale::EnGb)),
            back,
            host,
            _visibility: visibility,
            _network: network,
        }
    }

    pub(super) fn launch(&self) -> Launch {
        navigation::read_launch(&self.storage)
    }

    pub(super) fn offer_preview_slot(&self, slot: HtmlElement) {
        self.camera.slot.replace(Some(slot));
        self.camera.show();
    }

    pub(super) fn guard_unload(&self, is_needed: bool) {
        let mut guard = self.unload_guard.borrow_mut();
        if guard.is_some() != is_needed {
            *guard = is_needed.then(UnloadGuard::new);
        }
    }

    pub(super) fn perform(&self, effect: Effect) {
        match effect {
            Effect::KeepCredentials(credentials) => self.keep_credentials(credentials),
            Effect::ForgetCredentials => self.forget_credentials(),
            Effect::LoadConfiguration(ticket) => self.ask(
                |service| async move { service.configuration().await.map(Box::new) },
                move |result| Event::ConfigurationLoaded(ticket, result),
            ),
            Effect::ApplyTheme(theme) => page::apply_theme(&theme),
            Effect::ApplyLocale(locale) => self.apply_locale(locale),
            Effect::RememberLocale(locale) => {
                if let Some(session_id) = &*self.session_id.borrow() {
                    self.storage.remember_locale(session_id, locale);
                }
            }
            Effect::WatchExpiry { ticket, after_ms } => {
                self.expiry
                    .replace(Some(self.timer(after_ms, Event::TokenExpired(ticket))));
            }
            Effect::Wait { ticket, after_ms } => {
                let timer = self.timer(u64::from(after_ms), Event::TimeElapsed(ticket));
                self.pause.replace(Some(timer));
            }
            Effect::HoldBack => self.back.hold(),
            Effect::GoBack => self.back.go_back(),
            Effect::OpenCamera(ticket, wish) => self.open_camera(ticket, wish),
            Effect::CloseCamera => self.close_camera(),
            Effect::TakeStill(ticket) => self.take_still(ticket),
            Effect::SetTorch(is_on) => {
                if let Some(camera) = &*self.camera.camera.borrow() {
                    camera.set_torch(is_on);
                }
            }
            Effect::PrepareFile(ticket, file) => self.prepare_file(ticket, file),
            Effect::DropImage(image) => self.pictures.drop_image(image),
            Effect::CreateDocument(ticket, document) => self.ask(
                move |service| async move { service.create_document(&document).await },
                move |result| Event::DocumentCreated(ticket, result),
            ),
            Effect::UploadPage(ticket, upload) => self.upload_page(ticket, &upload),
            Effect::AbortUpload => {
                if let Some(stop) = self.upload.take() {
                    stop.stop();
                }
            }
            Effect::StartExtraction(ticket, document_id) => self.ask(
                move |service| async move { service.start_extraction(&document_id).await },
                move |result| Event::ExtractionRead(ticket, result),
            ),
            Effect::ReadExtraction(ticket, document_id) => self.ask(
                move |service| async move { service.read_extraction(&document_id).await },
                move |result| Event::ExtractionRead(ticket, result),
            ),
            Effect::FinishSession(ticket) => self.ask(
                |service| async move { service.finish().await },
                move |result| Event::SessionFinished(ticket, result),
            ),
            Effect::TellHost(message) => {
                if let Some(host) = &self.host {
                    host.tell(message);
                }
            }
            Effect::ShowCodeInAddress(code) => navigation::show_code(code),
            Effect::Leave(address) => navigation::leave(&address),
            Effect::Announce(message) => self.announce(&message),
            Effect::Log(text) => console::log(text),
        }
    }

    fn keep_credentials(&self, credentials: Credentials) {
        self.storage.keep_token(&credentials);
        navigation::hide_token();
        self.session_id
            .replace(Some(credentials.session_id.clone()));
        let service = service::own_base().map(|base| Service::new(base, credentials));
        self.service.replace(service);
    }

    fn forget_credentials(&self) {
        if let Some(session_id) = &*self.session_id.borrow() {
            self.storage.forget(session_id);
        }
        navigation::hide_token();
        self.service.replace(None);
        self.expiry.replace(None);
    }

    fn timer(&self, after_ms: u64, event: Event) -> Timer {
        let dispatch = Rc::clone(&self.dispatch);
        Timer::after(after_ms, move || dispatch(event))
    }

    /// Calls the service and hands over its answer.
    fn ask<T, F>(
        &self,
        call: impl FnOnce(Service) -> F + 'static,
        answer: impl FnOnce(Result<T, ServiceError>) -> Event + 'static,
    ) where
        F: Future<Output = Result<T, ServiceError>> + 'static,
        T: 'static,
    {
        let dispatch = Rc::clone(&self.dispatch);
        let service = self.service.borrow().clone();
        spawn_local(async move {
            let result = match service {
                Some(service) => call(service).await,
                None => Err(ServiceError::Unauthorised),
            };
            dispatch(answer(result));
        });
    }

    fn apply_locale(&self, locale: Locale) {
        if self.locale.replace(locale) == locale && locale == Locale::EnGb {
            page::set_language(locale);
            return;
        }
        let speaker = self.signals.speaker;
        let wanted = Rc::clone(&self.locale);
        let speak = move |catalogue: Catalogue| {
            page::set_language(locale);
            speaker.set(Speaker {
                locale,
                catalogue: Rc::new(catalogue),
                formatter: Rc::new(IntlFormatter::new(locale)),
            });
        };
        if locale == Locale::EnGb {
            speak(Catalogue::english());
            return;
        }
        spawn_local(async move {
            match catalogue::load(locale).await {
                Ok(catalogue) if wanted.get() == locale => speak(catalogue),
                Ok(_) => {}
                // The person reads what was there before: better than nothing.
                Err(_) => console::warn("the texts of this language could not be loaded"),
            }
        });
    }

    fn announce(&self, message: &Message) {
        use leptos::prelude::{GetUntracked, WithUntracked};

        let mut text = self
            .signals
            .speaker
            .with_untracked(|speaker| speaker.say(message));
        // A region that does not change is not read again; an invisible
        // difference makes the same words news.
        if self.signals.announcement.get_untracked() == text {
            text.push('\u{a0}');
        }
        self.signals.announcement.set(text);
    }

    fn open_camera(&self, ticket: Ticket, wish: CameraWish) {
        let holder = Rc::clone(&self.camera);
        let dispatch = Rc::clone(&self.dispatch);
        holder.current.set(Some(ticket));
        let previous = holder.camera.take();
        spawn_local(async move {
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

    fn close_camera(&self) {
        self.camera.current.set(None);
        self.camera.camera.replace(None);
    }

    fn take_still(&self, ticket: Ticket) {
        let still = self.camera.camera.borrow().as_ref().map(Camera::take_still);
        let dispatch = Rc::clone(&self.dispatch);
        let pictures = Rc::clone(&self.pictures);
        spawn_local(async move {
            let taken = match still {
                Some(still) => still.await,
                None => Err(StillError::Failed),
            };
            let image = taken.map(|picture| pictures.keep(picture, CaptureMethod::Camera));
            dispatch(Event::StillTaken(ticket, image));
        });
    }

    fn prepare_file(&self, ticket: Ticket, file: FileId) {
        let file = self.pictures.take_file(file);
        let dispatch = Rc::clone(&self.dispatch);
        let pictures = Rc::clone(&self.pictures);
        spawn_local(async move {
            let prepared = match file {
                Some(file) => crate::web::picture::prepare_file(&file).await,
                None => Err(FileError::Unreadable),
            };
            let image = prepared.map(|picture| pictures.keep(picture, CaptureMethod::Upload));
            dispatch(Event::FilePrepared(ticket, image));
        });
    }

    fn upload_page(&self, ticket: Ticket, upload: &PageUpload) {
        let dispatch = Rc::clone(&self.dispatch);
        let service = self.service.borrow().clone();
        let (Some(service), Some(picture)) = (service, self.pictures.blob(upload.image)) else {
            dispatch(Event::PageUploaded(ticket, Err(ServiceError::Unauthorised)));
            return;
        };
        let key = self
            .upload_keys
            .borrow_mut()
            .entry((upload.document_id.clone(), upload.page, upload.image.0))
            .or_insert_with(ids::new_id)
            .clone();
        let page = Page {
            document_id: &upload.document_id,
            number: upload.page,
            picture: &picture,
            capture_method: &upload.capture_method,
            idempotency_key: &key,
        };
        let tell = Rc::clone(&dispatch);
        let on_progress = Box::new(move |progress| tell(Event::UploadProgressed(ticket, progress)));
        let (stop, outcome) = service.upload_page(page, on_progress);
        self.upload.replace(Some(stop));
        spawn_local(async move {
            dispatch(Event::PageUploaded(ticket, outcome.await));
        });
    }
}

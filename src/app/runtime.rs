//! Does what the flow asks for: effects in, adapters called, answers out as
//! events.

use std::any::Any;
use std::cell::{Cell, RefCell};
use std::rc::Rc;

use leptos::prelude::{GetUntracked, Set};

use crate::domain::flow::{Effect, Event, Part, Ticket};
use crate::domain::i18n::{Catalogue, Locale, Message, Text, embedded};
use crate::domain::launch::{Credentials, Handed, Launch};
use crate::domain::service::ServiceError;
use crate::ui::context::Speaker;
use crate::web::clock::Timer;
use crate::web::history::BackButton;
use crate::web::host_bridge::HostBridge;
use crate::web::intl::IntlFormatter;
use crate::web::page::{self, NetworkWatch, UnloadGuard, Visibility, VisibilityWatch};
use crate::web::service::{self, Service};
use crate::web::storage::SessionStore;
use crate::web::task::spawn;
use crate::web::{catalogue, console, navigation};

use super::part::{self, Code};
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
    part: Rc<Cell<Option<&'static Code>>>,
    /// What [`super::capture`] keeps; only it knows the type, so that the first
    /// module need not.
    pub(super) captures: RefCell<Option<Rc<dyn Any>>>,
    expiry: RefCell<Option<Timer>>,
    unload_guard: RefCell<Option<UnloadGuard>>,
    /// The language asked for last; an earlier file that comes late is dropped.
    locale: Rc<Cell<Locale>>,
    words: Words,
    back: BackButton,
    host: Option<HostBridge>,
    _visibility: VisibilityWatch,
    _network: NetworkWatch,
}

/// The file of the language being spoken; none for English.
#[derive(Clone, Default)]
struct Words(Rc<RefCell<Option<String>>>);

impl Words {
    /// Speaks the language, with all texts that are there: each module has only
    /// its own.
    fn speaker(&self, locale: Locale, part: Option<&'static Code>) -> Speaker {
        let json = self.0.borrow();
        let texts = part.map_or(embedded::EARLY, |part| part.texts);
        let english = Catalogue::english(texts);
        // Read once before it was kept, so this does not fail.
        let catalogue = match json.as_deref().map(|json| Catalogue::parse(json, texts)) {
            Some(Ok(catalogue)) => catalogue.or(&english),
            Some(Err(_)) | None => english,
        };
        Speaker {
            locale,
            catalogue: Rc::new(catalogue),
            formatter: Rc::new(IntlFormatter::new(locale)),
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
            part: Rc::default(),
            captures: RefCell::default(),
            expiry: RefCell::default(),
            unload_guard: RefCell::default(),
            locale: Rc::new(Cell::new(Locale::EnGb)),
            words: Words::default(),
            back,
            host,
            _visibility: visibility,
            _network: network,
        }
    }

    pub(super) fn launch(&self) -> Launch {
        let launch = navigation::read_launch(&self.storage);
        if let Some(Handed::Over(_)) = &launch.handed {
            // At once: it must not be seen, bookmarked or sent on.
            navigation::hide_token();
        }
        launch
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
            Effect::LoadConfiguration(ticket) => self.load_configuration(ticket),
            Effect::LoadPart(ticket, part) => self.load_part(ticket, part),
            Effect::ApplyTheme(theme) => page::apply_theme(&theme),
            Effect::ApplyLocale(locale) => self.apply_locale(locale),
            Effect::RememberLocale(locale) => {
                if let Some(session_id) = &*self.session_id.borrow() {
                    self.storage.remember_locale(session_id, locale);
                }
            }
            Effect::WatchExpiry { ticket, after_ms } => {
                let timer = self.timer(after_ms, Event::ExpiryReached(ticket));
                self.expiry.replace(Some(timer));
            }
            Effect::HoldBack => self.back.hold(),
            Effect::GoBack => self.back.go_back(),
            Effect::TellHost(message) => {
                if let Some(host) = &self.host {
                    host.tell(message);
                }
            }
            Effect::ShowCodeInAddress(code) => navigation::show_code(code),
            Effect::Leave(address) => navigation::leave(&address),
            Effect::Announce(message) => self.announce(&message),
            Effect::Log(text) => console::log(text),
            effect @ (Effect::OpenCamera(..)
            | Effect::CloseCamera
            | Effect::TakeStill(_)
            | Effect::SetTorch(_)
            | Effect::PrepareFile(..)
            | Effect::DropImage(_)
            | Effect::WatchFace(_)
            | Effect::WakeEyes
            | Effect::WatchDocument(..)
            | Effect::Sound(_)
            | Effect::ReadDocument(..)
            | Effect::RunZoom(..)
            | Effect::StopZoom
            | Effect::RecordConsent(..)
            | Effect::Supplementary(_)
            | Effect::CreateResource(..)
            | Effect::Upload(..)
            | Effect::AbortUpload
            | Effect::StartExtraction(..)
            | Effect::ReadJudgement(..)
            | Effect::Wait { .. }
            | Effect::Handoff(_)
            | Effect::FinishSession(_)
            | Effect::Branch(_)
            | Effect::Profile(_)) => match self.part.get() {
                Some(part) => (part.perform)(self, effect),
                // The flow waits for the part before it captures.
                None => console::warn("capturing was asked for before it was loaded"),
            },
        }
    }

    /// The code of the parts that are here.
    pub(super) fn part(&self) -> Option<&'static Code> {
        self.part.get()
    }

    /// Hands events to the store.
    pub(super) fn dispatch(&self) -> Dispatch {
        Rc::clone(&self.dispatch)
    }

    /// The service, while there is a session.
    pub(super) fn service(&self) -> Option<Service> {
        self.service.borrow().clone()
    }

    /// Has work done and hands over the event that it ends with.
    pub(super) fn answer(&self, work: impl Future<Output = Event> + 'static) {
        let dispatch = self.dispatch();
        spawn(async move { dispatch(work.await) });
    }

    fn load_configuration(&self, ticket: Ticket) {
        let service = self.service();
        self.answer(async move {
            let result = match service {
                Some(service) => service.configuration().await.map(Box::new),
                None => Err(ServiceError::Unauthorised),
            };
            Event::ConfigurationLoaded(ticket, result)
        });
    }

    fn load_part(&self, ticket: Ticket, part: Part) {
        let kept = Rc::clone(&self.part);
        let words = self.words.clone();
        let speaker = self.signals.speaker;
        self.answer(async move {
            let result = match part::load(part).await {
                Ok(code) => {
                    // The rest, which may be here before, has this part too.
                    if part == Part::Rest || kept.get().is_none() {
                        kept.set(Some(code));
                        let now = speaker.get_untracked();
                        speaker.set(words.speaker(now.locale, Some(code)));
                    }
                    Ok(())
                }
                Err(_) => Err(ServiceError::Unreachable),
            };
            Event::PartLoaded(ticket, result)
        });
    }

    fn keep_credentials(&self, credentials: Credentials) {
        self.storage.keep_token(&credentials);
        navigation::hide_token();
        if credentials.handoff_id.is_some() {
            navigation::name_session(&credentials.session_id);
        }
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

    /// Sends an event after a time, unless it is dropped before.
    pub(super) fn timer(&self, after_ms: u64, event: Event) -> Timer {
        let dispatch = Rc::clone(&self.dispatch);
        Timer::after(after_ms, move || dispatch(event))
    }

    fn apply_locale(&self, locale: Locale) {
        if self.locale.replace(locale) == locale && locale == Locale::EnGb {
            page::set_language(locale);
            return;
        }
        let speaker = self.signals.speaker;
        let wanted = Rc::clone(&self.locale);
        let part = Rc::clone(&self.part);
        let words = self.words.clone();
        let speak = move |json: Option<String>| {
            words.0.replace(json);
            page::set_language(locale);
            let next = words.speaker(locale, part.get());
            page::set_title(&next.say(&Text::AppName.into()));
            speaker.set(next);
        };
        if locale == Locale::EnGb {
            speak(None);
            return;
        }
        spawn(async move {
            match catalogue::load(locale).await {
                Ok(json) if wanted.get() == locale => speak(Some(json)),
                Ok(_) => {}
                // The person reads what was there before: better than nothing.
                Err(_) => console::warn("the texts of this language could not be loaded"),
            }
        });
    }

    fn announce(&self, message: &Message) {
        use leptos::prelude::WithUntracked;

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
}

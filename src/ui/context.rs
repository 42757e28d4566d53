//! What views need from outside: declared here, supplied by `app`.

use std::rc::Rc;

use leptos::prelude::*;
use web_sys::{File, HtmlElement};

use super::dom::El;
use crate::domain::flow::{Event, Screen, ScreenKind};
use crate::domain::i18n::{Catalogue, Formatter, Locale, Message};
use crate::domain::image::{FileId, ImageId};

/// What views ask of the rest of the program.
///
/// Implemented by `app`'s store, and by a recording double in the mount tests.
pub trait Port {
    /// Hands an event to the flow.
    fn dispatch(&self, event: Event);
    /// An address under which the browser shows a picture, while it is kept.
    fn image_url(&self, image: ImageId) -> Option<String>;
    /// Keeps a file that was picked, dropped or pasted.
    fn hold_file(&self, file: File) -> FileId;
    /// Builds a screen after the start
    /// ([`screens::later`](super::screens::later)), once that part of the
    /// program is there.
    fn later_screen(&self, ui: Ui, kind: ScreenKind) -> Option<El>;
    /// Offers the element that the camera's preview is put into.
    fn offer_preview_slot(&self, slot: HtmlElement);
}

/// A language being spoken.
#[derive(Clone)]
pub struct Speaker {
    /// Which language.
    pub locale: Locale,
    /// Its texts.
    pub catalogue: Rc<Catalogue>,
    /// Its numbers, plurals and names.
    pub formatter: Rc<dyn Formatter>,
}

impl Speaker {
    /// A message in this language.
    #[must_use]
    pub fn say(&self, message: &Message) -> String {
        self.catalogue.format(message, self.formatter.as_ref())
    }
}

/// Everything a view may use; handed from view to view.
#[derive(Clone, Copy)]
pub struct Ui {
    /// What is on the screen.
    pub screen: ReadSignal<Screen>,
    /// The language being spoken.
    pub speaker: ReadSignal<Speaker, LocalStorage>,
    /// The last polite announcement, for the live region.
    pub announcement: ReadSignal<String>,
    /// What the person should know on whatever screen they are.
    pub notice: ReadSignal<Option<Message>>,
    /// The brand's name shown at the top, unless `hide_logo`.
    pub shows_logo: ReadSignal<bool>,
    port: StoredValue<Rc<dyn Port>, LocalStorage>,
}

impl Ui {
    /// Brings the parts together.
    #[must_use]
    pub fn new(
        screen: ReadSignal<Screen>,
        speaker: ReadSignal<Speaker, LocalStorage>,
        announcement: ReadSignal<String>,
        notice: ReadSignal<Option<Message>>,
        shows_logo: ReadSignal<bool>,
        port: Rc<dyn Port>,
    ) -> Self {
        Self {
            screen,
            speaker,
            announcement,
            notice,
            shows_logo,
            port: StoredValue::new_local(port),
        }
    }

    /// Hands an event to the flow.
    pub fn dispatch(self, event: Event) {
        self.port.with_value(Rc::clone).dispatch(event);
    }

    /// A message in the language being spoken; reactive.
    pub fn say(self, message: impl Into<Message>) -> String {
        self.say_message(&message.into())
    }

    fn say_message(self, message: &Message) -> String {
        self.speaker.with(|speaker| speaker.say(message))
    }

    /// The name of a country, ISO 3166-1 alpha-3; reactive.
    #[must_use]
    pub fn country(self, code: &str) -> String {
        self.speaker.with(|speaker| speaker.formatter.country(code))
    }

    /// Which language is being spoken; reactive.
    #[must_use]
    pub fn locale(self) -> Locale {
        self.speaker.with(|speaker| speaker.locale)
    }

    /// An address under which the browser shows a picture, while it is kept.
    #[must_use]
    pub fn image_url(self, image: ImageId) -> Option<String> {
        self.port.with_value(|port| port.image_url(image))
    }

    /// Keeps a file under an id.
    #[must_use]
    pub fn hold_file(self, file: File) -> FileId {
        self.port.with_value(|port| port.hold_file(file))
    }

    /// Keeps a file and tells the flow that it was chosen.
    pub fn choose_file(self, file: File) {
        let id = self.hold_file(file);
        self.dispatch(Event::FileChosen(id));
    }

    /// Builds a screen after the start, once that part of the program is there.
    #[must_use]
    pub fn later_screen(self, kind: ScreenKind) -> Option<El> {
        self.port.with_value(|port| port.later_screen(self, kind))
    }

    /// Offers the element that the camera's preview is put into.
    pub fn offer_preview_slot(self, slot: HtmlElement) {
        self.port.with_value(|port| port.offer_preview_slot(slot));
    }
}

//! Mounts the shell with a given screen and a port that records.

use std::any::Any;
use std::cell::RefCell;
use std::rc::Rc;

use js_sys::Promise;
use leptos::mount::mount_to;
use leptos::prelude::*;
use vestibule::domain::flow::{Event, Progress, Screen, ScreenKind, Shot, Subject};
use vestibule::domain::i18n::{Catalogue, Formatter, Locale, Message, Text, embedded};
use vestibule::domain::image::{FileId, ImageId};
use vestibule::domain::session::sides::Side;
use vestibule::ui::context::{Port, Speaker, Ui};
use vestibule::ui::dom::El;
use vestibule::ui::screens::{later, rest};
use vestibule::ui::shell::shell;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{File, HtmlElement, HtmlInputElement};

/// What the screens asked for.
#[derive(Default)]
struct Recorder {
    events: RefCell<Vec<Event>>,
    slots: RefCell<Vec<HtmlElement>>,
    files: RefCell<Vec<File>>,
}

impl Port for Recorder {
    fn dispatch(&self, event: Event) {
        self.events.borrow_mut().push(event);
    }

    fn image_url(&self, image: ImageId) -> Option<String> {
        Some(format!("blob:picture-{}", image.0))
    }

    fn hold_file(&self, file: File) -> FileId {
        self.files.borrow_mut().push(file);
        FileId(7)
    }

    fn later_screen(&self, ui: Ui, kind: ScreenKind) -> Option<El> {
        Some(rest::screen(ui, kind).unwrap_or_else(|| later::screen(ui, kind)))
    }

    fn offer_preview_slot(&self, slot: HtmlElement) {
        self.slots.borrow_mut().push(slot);
    }
}

/// English without the browser: what screens show is under test, not `Intl`.
struct Plain;

impl Formatter for Plain {
    fn plural_category(&self, count: u32) -> String {
        if count == 1 { "one" } else { "other" }.to_owned()
    }

    fn number(&self, count: u32) -> String {
        count.to_string()
    }

    fn country(&self, code: &str) -> String {
        match code {
            "GBR" => "United Kingdom",
            "CIV" => "Côte d’Ivoire",
            "FRA" => "France",
            "ALA" => "Åland Islands",
            "ZMB" => "Zambia",
            "BIH" => "Bosnia & Herzegovina",
            "ARE" => "United Arab Emirates",
            "EGY" => "مِصر",
            other => other,
        }
        .to_owned()
    }

    fn day(&self, iso: &str) -> String {
        iso.to_owned()
    }

    fn price(&self, amount: &str, currency: &str) -> String {
        format!("{amount} {currency}")
    }
}

/// A mounted shell; gone when dropped.
pub(crate) struct Stage {
    root: HtmlElement,
    recorder: Rc<Recorder>,
    screen: RwSignal<Screen>,
    speaker: WriteSignal<Speaker, LocalStorage>,
    announcement: RwSignal<String>,
    notice: RwSignal<Option<Message>>,
    shows_logo: RwSignal<bool>,
    _mounted: Box<dyn Any>,
}

impl Drop for Stage {
    fn drop(&mut self) {
        self.root.remove();
    }
}

fn speaker(locale: Locale) -> Speaker {
    let catalogue = match locale {
        Locale::EnGb => Catalogue::english(embedded::ALL),
        _ => Catalogue::parse(r#"{"action.start": "ابدأ"}"#, embedded::ALL)
            .unwrap()
            .or(&Catalogue::english(embedded::ALL)),
    };
    Speaker {
        locale,
        catalogue: Rc::new(catalogue),
        formatter: Rc::new(Plain),
    }
}

impl Stage {
    /// Shows a notice over whatever screen there is.
    pub(crate) async fn notify(&self, notice: Option<Message>) {
        self.notice.set(notice);
        self.settle().await;
    }

    /// Shows a screen, and waits until it is there.
    pub(crate) async fn show(screen: Screen) -> Self {
        let root: HtmlElement = document().create_element("div").unwrap().unchecked_into();
        document().body().unwrap().append_child(&root).unwrap();
        let recorder = Rc::new(Recorder::default());
        let handles = Rc::new(RefCell::new(None));
        let (port, given) = (Rc::<Recorder>::clone(&recorder), Rc::clone(&handles));
        let page = root.clone();
        let mounted = mount_to(root.clone(), move || {
            let screen = RwSignal::new(screen);
            let announcement = RwSignal::new(String::new());
            let notice = RwSignal::new(None);
            let shows_logo = RwSignal::new(true);
            let (spoken, speak) = signal_local(speaker(Locale::EnGb));
            let ui = Ui::new(
                screen.read_only(),
                spoken,
                announcement.read_only(),
                notice.read_only(),
                shows_logo.read_only(),
                port,
            );
            *given.borrow_mut() = Some((screen, speak, announcement, notice, shows_logo));
            shell(ui).put_into(&page);
        });
        let (screen, speaker, announcement, notice, shows_logo) = handles.take().unwrap();
        let stage = Self {
            root,
            recorder,
            screen,
            speaker,
            announcement,
            notice,
            shows_logo,
            _mounted: Box::new(mounted),
        };
        stage.settle().await;
        stage
    }

    /// Lets effects run; they are scheduled as microtasks of the same task.
    pub(crate) async fn settle(&self) {
        let frame = Promise::new(&mut |resolve, _| {
            window().request_animation_frame(&resolve).unwrap();
        });
        JsFuture::from(frame).await.unwrap();
    }

    pub(crate) async fn change(&self, screen: Screen) {
        self.screen.set(screen);
        self.settle().await;
    }

    pub(crate) async fn speak(&self, locale: Locale) {
        self.speaker.set(speaker(locale));
        self.settle().await;
    }

    pub(crate) async fn announce(&self, words: &str) {
        self.announcement.set(words.to_owned());
        self.settle().await;
    }

    pub(crate) async fn hide_logo(&self) {
        self.shows_logo.set(false);
        self.settle().await;
    }

    /// The first element that matches.
    pub(crate) fn find(&self, selector: &str) -> Option<HtmlElement> {
        self.root
            .query_selector(selector)
            .unwrap()
            .map(JsCast::unchecked_into)
    }

    /// The first element that matches; the test fails without one.
    pub(crate) fn get(&self, selector: &str) -> HtmlElement {
        self.find(selector)
            .unwrap_or_else(|| panic!("nothing matches {selector} in {}", self.root.inner_html()))
    }

    /// How many elements match.
    pub(crate) fn count(&self, selector: &str) -> u32 {
        self.root.query_selector_all(selector).unwrap().length()
    }

    /// The words of an element.
    pub(crate) fn text(&self, selector: &str) -> String {
        self.get(selector).text_content().unwrap().trim().to_owned()
    }

    /// The words of the heading, of which there is exactly one.
    pub(crate) fn heading(&self) -> String {
        assert_eq!(
            self.count("h1[data-screen-heading][tabindex='-1']"),
            1,
            "one heading"
        );
        self.text("h1")
    }

    /// The names of the actions that are offered, in the order of the screen.
    pub(crate) fn actions(&self) -> Vec<String> {
        let found = self
            .root
            .query_selector_all("main button[data-action]")
            .unwrap();
        (0..found.length())
            .map(|index| {
                let button: HtmlElement = found.item(index).unwrap().unchecked_into();
                button.get_attribute("data-action").unwrap()
            })
            .collect()
    }

    /// The action of the primary button, of which there is at most one.
    pub(crate) fn primary(&self) -> Option<String> {
        assert!(
            self.count(".vst-button--primary") <= 1,
            "one primary action per screen"
        );
        self.find(".vst-button--primary")?
            .get_attribute("data-action")
    }

    /// Presses something and returns the events it sent.
    pub(crate) async fn press(&self, selector: &str) -> Vec<Event> {
        self.recorder.events.borrow_mut().clear();
        self.get(selector).click();
        self.settle().await;
        self.events()
    }

    /// Presses an action and returns the one event it sent.
    pub(crate) async fn act(&self, action: &str) -> Event {
        let mut events = self.press(&format!("[data-action='{action}']")).await;
        assert_eq!(events.len(), 1, "{action} sends one event: {events:?}");
        events.remove(0)
    }

    /// Types into a field.
    pub(crate) async fn type_into(&self, selector: &str, words: &str) {
        let field: HtmlInputElement = self.get(selector).unchecked_into();
        field.set_value(words);
        let event = web_sys::Event::new("input").unwrap();
        field.dispatch_event(&event).unwrap();
        self.settle().await;
    }

    /// The events sent since the last press.
    pub(crate) fn events(&self) -> Vec<Event> {
        self.recorder.events.borrow().clone()
    }

    /// The slots that were offered for the preview.
    pub(crate) fn slots(&self) -> Vec<HtmlElement> {
        self.recorder.slots.borrow().clone()
    }

    /// The names of the files that were handed over.
    pub(crate) fn files(&self) -> Vec<String> {
        self.recorder
            .files
            .borrow()
            .iter()
            .map(File::name)
            .collect()
    }
}

pub(crate) fn progress() -> Progress {
    Progress {
        step: 2,
        n_steps: 4,
    }
}

pub(crate) fn side(side: Side) -> Subject {
    let name = match side {
        Side::DataPage => Text::DocumentPassport,
        Side::Front | Side::Back => Text::DocumentDrivingLicence,
    };
    Subject {
        shot: Shot::Side(side),
        name: name.into(),
        progress: progress(),
    }
}

pub(crate) fn face() -> Subject {
    Subject {
        shot: Shot::Face,
        name: Text::FaceName.into(),
        progress: progress(),
    }
}

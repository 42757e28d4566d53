//! Owns the flow: takes events one at a time, has their effects done and shows
//! the new screen.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::Rc;

use leptos::prelude::*;
use web_sys::{File, HtmlElement};

use crate::domain::flow::{Event, Flow, Screen, ScreenKind};
use crate::domain::i18n::Message;
use crate::domain::image::{FileId, ImageId};
use crate::domain::launch::Launch;
use crate::ui::context::{Port, Speaker, Ui};
use crate::ui::dom::El;

use super::focus;
use super::runtime::Runtime;

/// What the views follow.
#[derive(Clone, Copy)]
pub(super) struct Signals {
    pub(super) screen: RwSignal<Screen>,
    pub(super) shows_logo: RwSignal<bool>,
    pub(super) speaker: RwSignal<Speaker, LocalStorage>,
    pub(super) announcement: RwSignal<String>,
    pub(super) notice: RwSignal<Option<Message>>,
}

impl Signals {
    pub(super) fn new(speaker: Speaker) -> Self {
        let flow = Flow::default();
        Self {
            screen: RwSignal::new(flow.screen_before_capture()),
            shows_logo: RwSignal::new(flow.shows_logo()),
            speaker: RwSignal::new_local(speaker),
            announcement: RwSignal::new(String::new()),
            notice: RwSignal::new(None),
        }
    }
}

/// The flow, and what carries out its effects.
pub(super) struct Store {
    flow: RefCell<Flow>,
    // An effect may cause an event while another is being handled.
    waiting: RefCell<VecDeque<Event>>,
    is_busy: Cell<bool>,
    signals: Signals,
    runtime: Runtime,
}

impl Store {
    pub(super) fn new(signals: Signals) -> Rc<Self> {
        Rc::new_cyclic(|store: &std::rc::Weak<Self>| {
            let store = store.clone();
            let dispatch = Rc::new(move |event| {
                if let Some(store) = store.upgrade() {
                    store.dispatch(event);
                }
            });
            Self {
                flow: RefCell::default(),
                waiting: RefCell::default(),
                is_busy: Cell::new(false),
                signals,
                runtime: Runtime::new(signals, dispatch),
            }
        })
    }

    /// How the page was opened.
    pub(super) fn launch(&self) -> Launch {
        self.runtime.launch()
    }

    fn handle(&self, event: Event) {
        let flow = self.flow.take();
        let part = self.runtime.part();
        let (flow, effects) = match part {
            Some(part) => (part.on)(flow, event),
            None => flow.on_before_capture(event),
        };
        let screen = match part {
            Some(part) => (part.look)(&flow),
            None => flow.screen_before_capture(),
        };
        let shows_logo = flow.shows_logo();
        let kind_before = self.signals.screen.with_untracked(Screen::kind);
        if kind_before != screen.kind() {
            // What was said of the last screen is not about this one.
            self.signals.announcement.set(String::new());
        }
        self.runtime.guard_unload(flow.has_unsent_pictures());
        let notice = flow.notice();
        if self.signals.notice.with_untracked(|shown| *shown != notice) {
            self.signals.notice.set(notice);
        }
        self.flow.replace(flow);
        for effect in effects {
            self.runtime.perform(effect);
        }
        // After the effects: a view may ask for what they brought.
        self.show(screen, kind_before, shows_logo);
    }

    fn show(&self, screen: Screen, kind_before: ScreenKind, shows_logo: bool) {
        if self.signals.shows_logo.get_untracked() != shows_logo {
            self.signals.shows_logo.set(shows_logo);
        }
        if self.signals.screen.with_untracked(|shown| *shown != screen) {
            let kind = screen.kind();
            self.signals.screen.set(screen);
            focus::follow(kind_before, kind);
        }
    }
}

impl Port for Store {
    fn dispatch(&self, event: Event) {
        self.waiting.borrow_mut().push_back(event);
        if self.is_busy.replace(true) {
            return;
        }
        loop {
            let next = self.waiting.borrow_mut().pop_front();
            match next {
                Some(event) => self.handle(event),
                None => break,
            }
        }
        self.is_busy.set(false);
    }

    fn later_screen(&self, ui: Ui, kind: ScreenKind) -> Option<El> {
        self.runtime.part().map(|part| (part.screen)(ui, kind))
    }

    fn image_url(&self, image: ImageId) -> Option<String> {
        self.runtime.pictures.url(image)
    }

    fn hold_file(&self, file: File) -> FileId {
        self.runtime.pictures.hold_file(file)
    }

    fn offer_preview_slot(&self, slot: HtmlElement) {
        if let Some(part) = self.runtime.part() {
            (part.offer_preview_slot)(&self.runtime, slot);
        }
    }
}

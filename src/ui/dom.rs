//! Makes elements, and keeps them as the signals say.
//!
//! A view is a function that returns an [`El`]. This stands in for Leptos'
//! `view!`, which gives every element and every closure in it a type of its
//! own: the code for those types was the largest part of the program. Here each
//! thing that can be done to an element is one function, whatever it is done
//! with. The reactive system is Leptos' own, and so is the clean-up: effects
//! and listeners live as long as the owner in which they were made.

use std::cell::RefCell;

use leptos::prelude::*;
use leptos::reactive::effect::RenderEffect;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, UnwrapThrowExt};
use web_sys::{Element, Event, EventTarget, HtmlElement};

/// An element that is being built.
#[derive(Clone)]
pub struct El(Element);

/// Builds the content of a region for a key.
type Build = Box<dyn Fn(&str) -> Vec<El>>;

/// A new element of HTML.
#[must_use]
pub fn el(tag: &str, class: &str) -> El {
    // Throws only for a malformed name, and ours are literals.
    El(document().create_element(tag).unwrap_throw()).class(class)
}

/// A new element of SVG.
#[must_use]
pub fn svg(tag: &str, class: &str) -> El {
    const NAMESPACE: &str = "http://www.w3.org/2000/svg";
    El(document()
        .create_element_ns(Some(NAMESPACE), tag)
        .unwrap_throw())
    .class(class)
}

/// Runs something now, and again whenever a signal changes that it has read.
fn effect(mut run: Box<dyn FnMut()>) {
    let effect = RenderEffect::new(move |_| run());
    // Ends with the owner in which it was made.
    StoredValue::new_local(effect);
}

/// Listens on the window until the owner in which this was called is gone.
pub fn listen_to_window(event: &'static str, run: impl FnMut(Event) + 'static) {
    listen_boxed(&window(), event, Box::new(run));
}

/// Moves the focus.
///
/// It is a courtesy: where the browser refuses it, nothing is lost.
pub fn focus(element: &Element) {
    if let Some(element) = element.dyn_ref::<HtmlElement>() {
        drop(element.focus());
    }
}

fn listen_boxed(target: &EventTarget, event: &'static str, run: Box<dyn FnMut(Event)>) {
    let listener = Listener {
        target: target.clone(),
        event,
        closure: Closure::wrap(run),
    };
    let callback = listener.closure.as_ref().unchecked_ref();
    target
        .add_event_listener_with_callback(event, callback)
        .unwrap_throw();
    StoredValue::new_local(listener);
}

struct Listener {
    target: EventTarget,
    event: &'static str,
    closure: Closure<dyn FnMut(Event)>,
}

impl Drop for Listener {
    fn drop(&mut self) {
        let callback = self.closure.as_ref().unchecked_ref();
        self.target
            .remove_event_listener_with_callback(self.event, callback)
            .unwrap_throw();
    }
}

impl El {
    fn class(self, class: &str) -> Self {
        if !class.is_empty() {
            self.set("class", class);
        }
        self
    }

    fn set(&self, name: &str, value: &str) {
        self.0.set_attribute(name, value).unwrap_throw();
    }

    /// The element itself.
    #[must_use]
    pub fn element(&self) -> &Element {
        &self.0
    }

    /// Puts the element at the end of one that is on the page.
    pub fn put_into(self, parent: &Element) {
        parent.append_child(&self.0).unwrap_throw();
    }

    /// The element itself, as one of HTML.
    #[must_use]
    pub fn html(&self) -> HtmlElement {
        self.0.clone().unchecked_into()
    }

    /// An attribute that stays as it is.
    #[must_use]
    pub fn attr(self, name: &str, value: &str) -> Self {
        self.set(name, value);
        self
    }

    /// An attribute that follows signals; absent while there is no value.
    #[must_use]
    pub fn attr_with(
        self,
        name: &'static str,
        value: impl Fn() -> Option<String> + 'static,
    ) -> Self {
        self.attr_boxed(name, Box::new(value))
    }

    fn attr_boxed(self, name: &'static str, value: Box<dyn Fn() -> Option<String>>) -> Self {
        let el = self.clone();
        effect(Box::new(move || match value() {
            Some(value) => el.set(name, &value),
            None => el.0.remove_attribute(name).unwrap_throw(),
        }));
        self
    }

    /// An attribute that is there or not, as signals say.
    #[must_use]
    pub fn flag(self, name: &'static str, is_on: impl Fn() -> bool + 'static) -> Self {
        self.attr_with(name, move || is_on().then(String::new))
    }

    /// A class that is there or not, as signals say.
    #[must_use]
    pub fn class_when(self, class: &'static str, is_on: impl Fn() -> bool + 'static) -> Self {
        self.class_boxed(class, Box::new(is_on))
    }

    fn class_boxed(self, class: &'static str, is_on: Box<dyn Fn() -> bool>) -> Self {
        let list = self.0.class_list();
        effect(Box::new(move || {
            list.toggle_with_force(class, is_on()).unwrap_throw();
        }));
        self
    }

    /// Words that stay as they are.
    #[must_use]
    pub fn text(self, words: &str) -> Self {
        self.0.set_text_content(Some(words));
        self
    }

    /// Words that follow signals, the language being spoken above all.
    #[must_use]
    pub fn words(self, words: impl Fn() -> String + 'static) -> Self {
        self.words_boxed(Box::new(words))
    }

    fn words_boxed(self, words: Box<dyn Fn() -> String>) -> Self {
        let el = self.0.clone();
        let shown = RefCell::new(None);
        effect(Box::new(move || {
            let now = Some(words());
            // Live regions repeat what is set again.
            if *shown.borrow() != now {
                el.set_text_content(now.as_deref());
                shown.replace(now);
            }
        }));
        self
    }

    /// What happens on an event.
    #[must_use]
    pub fn on(self, event: &'static str, run: impl FnMut(Event) + 'static) -> Self {
        listen_boxed(&self.0, event, Box::new(run));
        self
    }

    /// Another element inside, after those that are there.
    #[must_use]
    #[expect(
        clippy::needless_pass_by_value,
        reason = "an element has one place only"
    )]
    pub fn child(self, child: Self) -> Self {
        self.0.append_child(&child.0).unwrap_throw();
        self
    }

    /// More elements inside, after those that are there.
    #[must_use]
    pub fn children(self, children: impl IntoIterator<Item = Self>) -> Self {
        children.into_iter().fold(self, Self::child)
    }

    /// A place whose content follows signals.
    ///
    /// Built anew only when the key changes, so that focus and everything that
    /// a person is doing in there stays; an empty key shows nothing.
    #[must_use]
    pub fn region(
        self,
        key: impl Fn() -> String + 'static,
        build: impl Fn(&str) -> Vec<Self> + 'static,
    ) -> Self {
        self.region_boxed(Box::new(key), Box::new(build))
    }

    fn region_boxed(self, key: Box<dyn Fn() -> String>, build: Build) -> Self {
        // Marks the place while it is empty; selectors do not see comments.
        let place = document().create_comment("");
        self.0.append_child(&place).unwrap_throw();
        let outer = Owner::current();
        let mut shown: (String, Vec<Self>, Option<Owner>) = Default::default();
        effect(Box::new(move || {
            let key = key();
            if key == shown.0 {
                return;
            }
            for el in shown.1.drain(..) {
                el.0.remove();
            }
            if let Some(owner) = shown.2.take() {
                owner.cleanup();
            }
            if !key.is_empty() {
                // Not an owner of this effect: its next run would clean it up.
                let owner = outer.as_ref().map_or_else(Owner::new, Owner::child);
                shown.1 = untrack(|| owner.with(|| build(&key)));
                let parent = place.parent_node();
                for el in &shown.1 {
                    if let Some(parent) = &parent {
                        parent.insert_before(&el.0, Some(&place)).unwrap_throw();
                    }
                }
                shown.2 = Some(owner);
            }
            shown.0 = key;
        }));
        self
    }

    /// Content that is there or not, as signals say.
    #[must_use]
    pub fn when(
        self,
        is_there: impl Fn() -> bool + 'static,
        build: impl Fn() -> Self + 'static,
    ) -> Self {
        self.region(
            move || if is_there() { "1" } else { "" }.to_owned(),
            move |_| vec![build()],
        )
    }
}

//! The choice of the issuing country.
//!
//! A chosen country is one line with "Change"; otherwise a search field over a
//! list of buttons. Buttons, not options of a combobox: they work the same with
//! every screen reader, and a phone's keyboard may cover half of the list.

use std::cell::RefCell;
use std::rc::Rc;

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event as DomEvent, HtmlElement, HtmlInputElement, KeyboardEvent};

use crate::domain::flow::Event;
use crate::domain::i18n::{Locale, Message, Text};
use crate::ui::context::Ui;
use crate::ui::dom::{El, el, focus};

use super::icon::{Icon, icon};

/// So few countries are found faster by eye than by typing.
const SEARCHED_FROM: usize = 7;

/// A country as it is listed and found.
struct Country {
    /// ISO 3166-1 alpha-3.
    code: String,
    /// Its name in the language being spoken.
    name: String,
    /// The name as it is compared: no accents, no capitals, single spaces.
    key: String,
}

impl Country {
    fn new(ui: Ui, code: String) -> Self {
        let name = ui.country(&code);
        Self {
            key: folded(&name),
            code,
            name,
        }
    }

    /// Whether the words typed so far can mean this country: the start of its
    /// name or of a word in it, its code, or its initials ("uk").
    fn matches(&self, wanted: &str) -> bool {
        self.key.starts_with(wanted)
            || self.key.contains(&[" ", wanted].concat())
            || self.code.to_ascii_lowercase().starts_with(wanted)
            || self
                .key
                .split(' ')
                .filter_map(|word| word.chars().next())
                .eq(wanted.chars())
    }
}

/// A name without accents, capitals and punctuation, so that "cote divoire"
/// finds "Côte d’Ivoire".
fn folded(name: &str) -> String {
    // Decomposed, an accent is a character of its own. The browser has the
    // tables for that and for small letters; ours would be 15 kB.
    let decomposed = js_sys::JsString::from(name)
        .normalize("NFD")
        .to_lower_case()
        .as_string()
        .unwrap_or_else(|| name.to_owned());
    let plain: String = decomposed
        .chars()
        .filter(|c| !is_mark(*c) && !matches!(c, '\'' | '’' | '‘' | '.'))
        .map(|c| if parts_words(c) { ' ' } else { c })
        .collect();
    let words: Vec<&str> = plain.split(' ').filter(|word| !word.is_empty()).collect();
    words.join(" ")
}

/// Spaces and punctuation: of ASCII, of all languages (General Punctuation), and
/// those of Latin and Arabic that country names have.
fn parts_words(c: char) -> bool {
    c.is_ascii() && !c.is_ascii_alphanumeric()
        || matches!(c, '\u{a0}' | '\u{60c}' | '\u{2000}'..='\u{206f}')
}

/// Combining marks of Latin and Arabic, and Arabic's lengthening stroke.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{640}' | '\u{64b}'..='\u{65f}' | '\u{670}')
}

/// What the picker follows, and what it remembers.
#[derive(Clone, Copy)]
struct Picker {
    ui: Ui,
    /// Codes of all countries that can be chosen, ISO 3166-1 alpha-3.
    codes: fn(Ui) -> Vec<String>,
    /// The chosen one.
    chosen: fn(Ui) -> Option<String>,
    is_open: RwSignal<bool>,
    /// Focus follows the person's own opening and closing, never the first sight.
    takes_focus: StoredValue<bool>,
    typed: RwSignal<String>,
}

/// The issuing country: a line when it is chosen, else a searchable list.
#[must_use]
pub fn country_picker(
    ui: Ui,
    codes: fn(Ui) -> Vec<String>,
    chosen: fn(Ui) -> Option<String>,
) -> El {
    let picker = Picker {
        ui,
        codes,
        chosen,
        is_open: RwSignal::new(untrack(|| chosen(ui)).is_none()),
        takes_focus: StoredValue::new(false),
        typed: RwSignal::new(String::new()),
    };
    let state = move || {
        if picker.is_open.get() {
            "open"
        } else {
            "chosen"
        }
        .to_owned()
    };
    el("div", "vst-country").region(state, move |state| {
        if state == "open" {
            picker.list()
        } else {
            picker.line()
        }
    })
}

impl Picker {
    fn toggle(self, open: bool) {
        self.takes_focus.set_value(true);
        self.typed.set(String::new());
        self.is_open.set(open);
    }

    fn choose(self, code: String) {
        self.ui.dispatch(Event::CountryChosen(code));
        self.toggle(false);
    }

    fn focus_once_there(self, el: &El) {
        if self.takes_focus.get_value() {
            let element = el.html();
            queue_microtask(move || focus(&element));
        }
    }

    /// The chosen country and "Change".
    fn line(self) -> Vec<El> {
        let ui = self.ui;
        let name = move || (self.chosen)(ui).map_or_else(String::new, |code| ui.country(&code));
        let change = move || {
            let change = el("button", "vst-country__change")
                .attr("type", "button")
                .attr("data-action", "change-country")
                .attr("aria-describedby", "vst-country-name")
                .words(move || ui.say(Text::ChooseCountryChange))
                .on("click", move |_| self.toggle(true));
            self.focus_once_there(&change);
            change
        };
        vec![
            el("p", "vst-label").words(move || ui.say(Text::ChooseCountry)),
            el("div", "vst-country__chosen")
                .child(icon(Icon::Globe))
                .child(
                    el("span", "vst-country__name")
                        .attr("id", "vst-country-name")
                        .words(name),
                )
                .when(move || (self.codes)(ui).len() > 1, change),
        ]
    }

    /// All countries by their names; sorted once per language, not on every key.
    fn sorted(self, cache: &RefCell<Sorted>) -> Rc<[Country]> {
        let codes = (self.codes)(self.ui);
        let made_for = (self.ui.locale(), codes);
        let mut cache = cache.borrow_mut();
        if cache.made_for.as_ref() != Some(&made_for) {
            // Each into its place: a few hundred at most, and the library's
            // sorting would be 5 kB more of program.
            let mut countries: Vec<Country> = Vec::new();
            for code in &made_for.1 {
                let country = Country::new(self.ui, code.clone());
                let place = countries.partition_point(|other| other.key <= country.key);
                countries.insert(place, country);
            }
            *cache = Sorted {
                made_for: Some(made_for),
                countries: countries.into(),
            };
        }
        Rc::clone(&cache.countries)
    }

    /// The countries that the typed words can mean: names that start with them
    /// first, and each part by the alphabet.
    fn found(self, cache: &RefCell<Sorted>) -> Vec<(String, String)> {
        let wanted = folded(&self.typed.get());
        let countries = self.sorted(cache);
        let (first, then): (Vec<&Country>, Vec<&Country>) = countries
            .iter()
            .filter(|country| country.matches(&wanted))
            .partition(|country| country.key.starts_with(&wanted));
        let pair = |country: &Country| (country.code.clone(), country.name.clone());
        first.into_iter().chain(then).map(pair).collect()
    }

    /// The search field and the countries found.
    fn list(self) -> Vec<El> {
        let ui = self.ui;
        let cache: Rc<RefCell<Sorted>> = Rc::default();
        let found = move || self.found(&cache);
        let key = {
            let found = found.clone();
            // The chosen one looks different, so it belongs to the key.
            move || {
                let chosen = (self.chosen)(ui).unwrap_or_default();
                found()
                    .iter()
                    .fold(chosen, |key, (code, name)| key + " " + code + name)
            }
        };
        let items = {
            let found = found.clone();
            move |_: &str| {
                let chosen = (self.chosen)(ui);
                let is_chosen = |code: &str| chosen.as_deref() == Some(code);
                found()
                    .iter()
                    .map(|(code, name)| item(code, name, is_chosen(code)))
                    .collect()
            }
        };
        let n_found = {
            let found = found.clone();
            move || found().len()
        };
        let status = {
            let n_found = n_found.clone();
            move || match u32::try_from(n_found()).unwrap_or(u32::MAX) {
                0 => ui.say(Text::ChooseCountryNone),
                n => ui.say(Message::from(Text::ChooseCountryResults).with_count(n)),
            }
        };
        let is_empty = move || n_found() == 0;
        let list = el("ul", "vst-country__list")
            .attr("aria-labelledby", "vst-country-label")
            .flag("hidden", is_empty.clone())
            .on("click", move |event| {
                let code = closest(&event, "[data-country]")
                    .and_then(|button| button.get_attribute("data-country"));
                if let Some(code) = code {
                    self.choose(code);
                }
            })
            .on("keydown", |event| move_in_list(event.unchecked_ref()))
            .region(key, items);
        let items = list.element().clone();
        let on_key = move |event: &KeyboardEvent| match event.key().as_str() {
            "ArrowDown" => {
                event.prevent_default();
                focus_button_in(items.first_element_child());
            }
            "Enter" => {
                event.prevent_default();
                // An empty field would choose whatever the alphabet has first.
                let is_search = !untrack(|| self.typed.get()).trim().is_empty();
                let first = untrack(&found).into_iter().next().filter(|_| is_search);
                if let Some((code, _)) = first {
                    self.choose(code);
                }
            }
            "Escape" if untrack(|| (self.chosen)(ui)).is_some() => self.toggle(false),
            _ => {}
        };
        let is_searched = untrack(|| (self.codes)(ui)).len() >= SEARCHED_FROM;
        let search = is_searched.then(|| self.search(on_key));
        let label = el("p", "vst-label")
            .attr("id", "vst-country-label")
            .words(move || ui.say(Text::ChooseCountry));
        let hint = el("p", "vst-hint")
            .attr("id", "vst-country-hint")
            .words(move || ui.say(Text::ChooseCountryHint));
        let status = el("p", "vst-country__status")
            .class_when("vst-country__status--none", is_empty)
            .attr("role", "status")
            .words(status);
        [label, hint]
            .into_iter()
            .chain(search)
            .chain([list, status])
            .collect()
    }

    fn search(self, on_key: impl Fn(&KeyboardEvent) + 'static) -> El {
        let ui = self.ui;
        let words = move || Some(ui.say(Text::ChooseCountrySearch));
        let input = el("input", "vst-search__input")
            .attr("type", "search")
            .attr("data-country-search", "")
            .attr("autocomplete", "off")
            .attr("autocapitalize", "none")
            .attr("spellcheck", "false")
            .attr("enterkeyhint", "search")
            .attr("aria-describedby", "vst-country-hint")
            .attr_with("aria-label", words)
            .attr_with("placeholder", words);
        let field: HtmlInputElement = input.element().clone().unchecked_into();
        let input = input
            .on("input", move |_| self.typed.set(field.value()))
            .on("keydown", move |event| on_key(event.unchecked_ref()));
        self.focus_once_there(&input);
        el("div", "vst-search")
            .child(icon(Icon::Search))
            .child(input)
    }
}

/// Countries in the order of their names, and what the order was made for.
#[derive(Default)]
struct Sorted {
    made_for: Option<(Locale, Vec<String>)>,
    countries: Rc<[Country]>,
}

fn item(code: &str, name: &str, is_chosen: bool) -> El {
    let button = el("button", "vst-country__option")
        .attr("type", "button")
        .attr("data-country", code)
        .text(name);
    el("li", "").child(if is_chosen {
        button.attr("aria-current", "true")
    } else {
        button
    })
}

/// Arrow keys, Home and End go from country to country.
fn move_in_list(event: &KeyboardEvent) {
    let Some(item) = closest(event, "li") else {
        return;
    };
    let next = match event.key().as_str() {
        "ArrowDown" => item.next_element_sibling(),
        "ArrowUp" => item.previous_element_sibling(),
        "Home" => item
            .parent_element()
            .and_then(|list| list.first_element_child()),
        "End" => item
            .parent_element()
            .and_then(|list| list.last_element_child()),
        _ => return,
    };
    event.prevent_default();
    focus_button_in(next);
}

fn closest(event: &DomEvent, selector: &str) -> Option<Element> {
    let target: Element = event.target()?.dyn_into().ok()?;
    // Fails only for a malformed selector, and ours are literals.
    target.closest(selector).ok().flatten()
}

fn focus_button_in(item: Option<Element>) {
    let button = item.and_then(|item| item.first_element_child());
    if let Some(button) = button.and_then(|button| button.dyn_into::<HtmlElement>().ok()) {
        focus(&button);
    }
}

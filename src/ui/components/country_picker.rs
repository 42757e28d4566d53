//! The choice of the issuing country.
//!
//! A chosen country is one line with "Change"; otherwise a search field over a
//! list of buttons. Buttons, not options of a combobox: they work the same with
//! every screen reader, and a phone's keyboard may cover half of the list.

use leptos::ev;
use leptos::html;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

use super::icon::{Icon, IconView};
use crate::domain::flow::Event;
use crate::domain::i18n::{Message, Text};
use crate::ui::context::{Ui, use_ui};

/// So few countries are found faster by eye than by typing.
const SEARCHED_FROM: usize = 7;

/// A country as it is listed and found.
#[derive(Clone, PartialEq)]
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
        let name = ui.speaker.with(|speaker| speaker.formatter.country(&code));
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
            || self.code.to_lowercase().starts_with(wanted)
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
    // Decomposed, an accent is a character of its own. Without the browser's
    // tables the name is compared as it is written.
    let decomposed = js_sys::JsString::from(name)
        .normalize("NFD")
        .as_string()
        .unwrap_or_else(|| name.to_owned());
    let plain: String = decomposed
        .chars()
        .filter(|c| !is_mark(*c) && !matches!(c, '\'' | '’' | '‘' | '.'))
        .map(|c| if c.is_alphanumeric() { c } else { ' ' })
        .flat_map(char::to_lowercase)
        .collect();
    let words: Vec<&str> = plain.split_whitespace().collect();
    words.join(" ")
}

/// Combining marks of Latin and Arabic, and Arabic's lengthening stroke.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{640}' | '\u{64b}'..='\u{65f}' | '\u{670}')
}

/// The issuing country: a line when it is chosen, else a searchable list.
#[component]
pub fn CountryPicker(
    /// Codes of all countries that can be chosen, ISO 3166-1 alpha-3.
    codes: Signal<Vec<String>>,
    /// The chosen one.
    chosen: Signal<Option<String>>,
) -> AnyView {
    let ui = use_ui();
    let is_open = RwSignal::new(chosen.with_untracked(Option::is_none));
    // Focus follows the person's own opening and closing, never the first sight.
    let was_toggled = StoredValue::new(false);
    let toggle = Callback::new(move |open: bool| {
        was_toggled.set_value(true);
        is_open.set(open);
    });
    let content = move || {
        if is_open.get() {
            open_list(ui, codes, chosen, was_toggled.get_value(), toggle)
        } else {
            chosen_line(ui, codes, chosen, was_toggled.get_value(), toggle)
        }
    };
    view! { <div class="vst-country">{content}</div> }.into_any()
}

/// The chosen country and "Change".
fn chosen_line(
    ui: Ui,
    codes: Signal<Vec<String>>,
    chosen: Signal<Option<String>>,
    takes_focus: bool,
    toggle: Callback<bool>,
) -> AnyView {
    let name = move || {
        chosen
            .get()
            .map(|code| ui.speaker.with(|speaker| speaker.formatter.country(&code)))
    };
    let change = move || {
        (codes.with(Vec::len) > 1).then(|| {
            let button = NodeRef::<html::Button>::new();
            if takes_focus {
                button.on_load(|button| focus(&button));
            }
            view! {
                <button
                    type="button"
                    class="vst-country__change"
                    data-action="change-country"
                    node_ref=button
                    aria-describedby="vst-country-name"
                    on:click=move |_| toggle.run(true)
                >
                    {move || ui.say(Text::ChooseCountryChange)}
                </button>
            }
        })
    };
    view! {
        <p class="vst-label">{move || ui.say(Text::ChooseCountry)}</p>
        <div class="vst-country__chosen">
            <IconView icon=Icon::Globe />
            <span class="vst-country__name" id="vst-country-name">{name}</span>
            {change}
        </div>
    }
    .into_any()
}

/// The search field and the countries found.
fn open_list(
    ui: Ui,
    codes: Signal<Vec<String>>,
    chosen: Signal<Option<String>>,
    takes_focus: bool,
    toggle: Callback<bool>,
) -> AnyView {
    let countries = Memo::new(move |_| {
        let mut countries: Vec<Country> = codes
            .get()
            .into_iter()
            .map(|code| Country::new(ui, code))
            .collect();
        countries.sort_unstable_by(|a, b| a.key.cmp(&b.key));
        countries
    });
    let typed = RwSignal::new(String::new());
    let found = Memo::new(move |_| {
        let wanted = folded(&typed.get());
        let mut found: Vec<Country> = countries.with(|all| {
            all.iter()
                .filter(|country| country.matches(&wanted))
                .cloned()
                .collect()
        });
        // A stable sort: whole names first, each part by the alphabet.
        found.sort_by_key(|country| !country.key.starts_with(&wanted));
        found
    });
    let choose = move |code: String| {
        ui.dispatch(Event::CountryChosen(code));
        toggle.run(false);
    };
    let list = NodeRef::<html::Ul>::new();
    let on_search_key = move |event: ev::KeyboardEvent| match event.key().as_str() {
        "ArrowDown" => {
            event.prevent_default();
            if let Some(first) = list
                .get_untracked()
                .and_then(|list| list.first_element_child())
            {
                focus_button_in(&first);
            }
        }
        "Enter" => {
            event.prevent_default();
            // An empty field would choose whatever the alphabet has first.
            let is_search = typed.with_untracked(|typed| !typed.trim().is_empty());
            let first =
                found.with_untracked(|found| found.first().map(|country| country.code.clone()));
            if let Some(code) = first.filter(|_| is_search) {
                choose(code);
            }
        }
        "Escape" if chosen.with_untracked(Option::is_some) => toggle.run(false),
        _ => {}
    };
    let on_list_key = move |event: ev::KeyboardEvent| {
        let Some(item) = target_element(&event).and_then(|target| closest(&target, "li")) else {
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
        if let Some(next) = next {
            focus_button_in(&next);
        }
    };
    let on_list_click = move |event: ev::MouseEvent| {
        let code = target_element(&event)
            .and_then(|target| closest(&target, "[data-country]"))
            .and_then(|button| button.get_attribute("data-country"));
        if let Some(code) = code {
            choose(code);
        }
    };
    let items = move || {
        let chosen = chosen.get();
        found.with(|found| {
            found
                .iter()
                .map(|country| item(country, chosen.as_deref()))
                .collect_view()
        })
    };
    let n_found = move || u32::try_from(found.with(Vec::len)).unwrap_or(u32::MAX);
    let status = move || match n_found() {
        0 => ui.say(Text::ChooseCountryNone),
        n => ui.say(Message::from(Text::ChooseCountryResults).with_count(n)),
    };
    let search = move || {
        (codes.with(Vec::len) >= SEARCHED_FROM).then(|| {
            let input = NodeRef::<html::Input>::new();
            if takes_focus {
                input.on_load(|input| focus(&input));
            }
            view! {
                <div class="vst-search">
                    <IconView icon=Icon::Search />
                    <input
                        class="vst-search__input"
                        type="search"
                        data-country-search=""
                        node_ref=input
                        autocomplete="off"
                        autocapitalize="none"
                        spellcheck="false"
                        enterkeyhint="search"
                        aria-label=move || ui.say(Text::ChooseCountrySearch)
                        placeholder=move || ui.say(Text::ChooseCountrySearch)
                        aria-describedby="vst-country-hint"
                        on:input=move |event| typed.set(event_target_value(&event))
                        on:keydown=on_search_key
                    />
                </div>
            }
        })
    };
    view! {
        <p class="vst-label" id="vst-country-label">{move || ui.say(Text::ChooseCountry)}</p>
        <p class="vst-hint" id="vst-country-hint">{move || ui.say(Text::ChooseCountryHint)}</p>
        {search}
        <ul
            class="vst-country__list"
            node_ref=list
            aria-labelledby="vst-country-label"
            hidden=move || n_found() == 0
            on:click=on_list_click
            on:keydown=on_list_key
        >
            {items}
        </ul>
        <p class="vst-country__status" class:vst-country__status--none=move || n_found() == 0 role="status">
            {status}
        </p>
    }
    .into_any()
}

fn item(country: &Country, chosen: Option<&str>) -> impl IntoView + use<> {
    let is_chosen = chosen == Some(country.code.as_str());
    view! {
        <li>
            <button
                type="button"
                class="vst-country__option"
                data-country=country.code.clone()
                aria-current=is_chosen.then_some("true")
            >
                {country.name.clone()}
            </button>
        </li>
    }
}

fn target_element(event: &ev::Event) -> Option<Element> {
    event.target()?.dyn_into().ok()
}

fn closest(element: &Element, selector: &str) -> Option<Element> {
    // Fails only for a malformed selector, and ours are literals.
    element.closest(selector).ok().flatten()
}

fn focus_button_in(item: &Element) {
    if let Some(button) = item
        .first_element_child()
        .and_then(|child| child.dyn_into::<HtmlElement>().ok())
    {
        focus(&button);
    }
}

/// Focus is a courtesy here: where the browser refuses it, nothing is lost.
fn focus(element: &HtmlElement) {
    drop(element.focus());
}

//! Forms: fields with a label, a hint and what is wrong with them.
//!
//! What was typed goes to the flow at once, which keeps it; a field is only
//! filled in from there when it is built.

use std::cell::Cell;

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, HtmlInputElement, HtmlSelectElement};

use crate::domain::flow::{Event, FormEvent, FormScreen};
use crate::domain::form::{Field, TICKED, Typed};
use crate::domain::i18n::{Text, countries};
use crate::ui::context::Ui;
use crate::ui::dom::{El, el};

use super::alert::alert;
use super::button::{Emphasis, button};
use super::icon::{Icon, icon};

/// Finds the facts of the form on the screen; reactive.
pub type FormFacts = fn(Ui, &mut dyn FnMut(&FormScreen));

/// A form as it is built.
#[derive(Clone, Copy)]
pub struct FormView {
    ui: Ui,
    facts: FormFacts,
}

/// How a text field looks and what browsers fill in.
struct Look {
    label: Text,
    hint: Option<Text>,
    kind: &'static str,
    autocomplete: &'static str,
    /// Latin letters and addresses read from left to right in every language.
    is_left_to_right: bool,
}

fn look(field: Field) -> Look {
    let (label, hint, kind, autocomplete) = match field {
        Field::PostCode => (
            Text::FormPostCode,
            Some(Text::FormPostCodeHint),
            "text",
            "postal-code",
        ),
        Field::FirstName => (
            Text::FormFirstName,
            Some(Text::FormNameHint),
            "text",
            "given-name",
        ),
        Field::LastName => (Text::FormLastName, None, "text", "family-name"),
        Field::Email => (Text::FormEmail, None, "email", "email"),
        Field::EmailAgain => (Text::FormEmailAgain, None, "email", "email"),
        Field::Agreement => (Text::BranchAgree, None, "checkbox", "off"),
        Field::FullName => (Text::FormFullName, None, "text", "name"),
        Field::DateOfBirth => (Text::FormDateOfBirth, None, "date", "bday"),
        Field::BuildingNumber => (Text::FormBuildingNumber, None, "text", "off"),
        Field::AddressLine => (Text::FormAddressLine, None, "text", "address-line1"),
        Field::Town => (Text::FormTown, None, "text", "address-level2"),
        Field::PostalCode => (Text::FormPostCode, None, "text", "postal-code"),
        Field::Country => (Text::FormCountry, None, "select", "country"),
    };
    Look {
        label,
        hint,
        kind,
        autocomplete,
        is_left_to_right: matches!(
            field,
            Field::PostCode | Field::PostalCode | Field::Email | Field::EmailAgain
        ),
    }
}

/// The stable name of a field, for tests and for the elements that belong to it.
fn name(field: Field) -> &'static str {
    match field {
        Field::PostCode => "search-post-code",
        Field::FirstName => "first-name",
        Field::LastName => "last-name",
        Field::Email => "email",
        Field::EmailAgain => "email-again",
        Field::Agreement => "agreement",
        Field::FullName => "full-name",
        Field::DateOfBirth => "date-of-birth",
        Field::BuildingNumber => "building-number",
        Field::AddressLine => "address-line",
        Field::Town => "town",
        Field::PostalCode => "postal-code",
        Field::Country => "country",
    }
}

fn id(field: Field, part: &str) -> String {
    ["vst-", part, "-", name(field)].concat()
}

impl FormView {
    /// The form whose facts are found so.
    #[must_use]
    pub fn new(ui: Ui, facts: FormFacts) -> Self {
        Self { ui, facts }
    }

    fn read<R: Default>(self, read: impl Fn(&FormScreen) -> R) -> R {
        let mut found = R::default();
        (self.facts)(self.ui, &mut |facts| found = read(facts));
        found
    }

    fn is_sending(self) -> bool {
        self.read(|facts| facts.is_sending)
    }

    fn error(self, field: Field) -> Option<Text> {
        self.read(|facts| {
            let entry = facts.entries.iter().find(|entry| entry.field == field)?;
            entry.error
        })
    }

    /// The form with these fields and its button; why it could not be sent
    /// stands above the button.
    #[must_use]
    pub fn build(
        self,
        fields: &[Field],
        emphasis: impl Fn() -> Emphasis + 'static,
        submit: Text,
        sending: Text,
    ) -> El {
        let ui = self.ui;
        let form = el("form", "vst-form")
            // Our own messages, in the language being spoken.
            .attr("novalidate", "")
            .on("submit", move |event| {
                event.prevent_default();
                if !untrack(|| self.is_sending()) {
                    ui.dispatch(Event::Form(FormEvent::Submitted));
                }
            })
            .children(fields.iter().map(|field| self.field(*field)));
        let element = form.element().clone();
        let seen = Cell::new(untrack(|| self.read(|facts| facts.n_refusals)));
        let form = form.attr_with("data-refusals", move || {
            let n_refusals = self.read(|facts| facts.n_refusals);
            // Once each time: typing must not move the focus.
            if seen.replace(n_refusals) != n_refusals {
                let form = element.clone();
                // The fields say first that they are wrong.
                request_animation_frame(move || focus_first_wrong(&form));
            }
            Some(n_refusals.to_string())
        });
        let go = el("button", "")
            .attr_with("class", move || Some(emphasis().class().to_owned()))
            .attr("type", "submit")
            .attr("data-action", "submit")
            .attr_with("aria-disabled", move || {
                self.is_sending().then(|| "true".to_owned())
            })
            .child(
                el("span", "vst-button__text")
                    .words(move || ui.say(if self.is_sending() { sending } else { submit })),
            );
        form.child(self.problem())
            .child(el("div", "vst-form__actions").child(go))
            .child(
                el("p", "vst-visually-hidden")
                    .attr("role", "status")
                    .words(move || {
                        if self.is_sending() {
                            ui.say(sending)
                        } else {
                            String::new()
                        }
                    }),
            )
    }

    /// Why the form did not arrive or could not be read; the button below it
    /// tries again.
    fn problem(self) -> El {
        let ui = self.ui;
        let words = move || {
            self.read(|facts| {
                facts.problem.as_ref().map_or_else(String::new, |problem| {
                    let title = ui.say(problem.title.clone());
                    [title, ui.say(problem.body.clone())].join("\n")
                })
            })
        };
        alert(words)
    }

    fn field(self, field: Field) -> El {
        match field {
            Field::Agreement => self.checkbox(field),
            Field::Country => self.country(field),
            _ => self.text_field(field),
        }
    }

    /// Marks a control as wrong or busy, and says what belongs to it.
    fn mark(self, control: El, field: Field, has_hint: bool) -> El {
        control
            .attr("id", &id(field, "field"))
            .attr("data-field", name(field))
            .attr_with("aria-invalid", move || {
                self.error(field).map(|_| "true".to_owned())
            })
            .attr_with("aria-describedby", move || {
                let hint = has_hint.then(|| id(field, "hint"));
                let error = self.error(field).map(|_| id(field, "error"));
                let parts: Vec<String> = error.into_iter().chain(hint).collect();
                (!parts.is_empty()).then(|| parts.join(" "))
            })
    }

    fn message(self, field: Field) -> El {
        let ui = self.ui;
        let words = move || {
            self.error(field)
                .map_or_else(String::new, |text| ui.say(text))
        };
        el("p", "vst-field__error")
            .attr("id", &id(field, "error"))
            .region(words, |words| {
                vec![icon(Icon::Warning), el("span", "").text(words)]
            })
    }

    fn tell(self, field: Field, words: String) {
        let typed = Typed::new(words);
        self.ui
            .dispatch(Event::Form(FormEvent::Typed(field, typed)));
    }

    /// What the flow has for a field: it stands there when the field is built,
    /// and is what is sent.
    fn kept(self, field: Field) -> String {
        untrack(|| {
            self.read(|facts| {
                let entry = facts.entries.iter().find(|entry| entry.field == field);
                entry.map_or_else(String::new, |entry| entry.typed.reveal().to_owned())
            })
        })
    }

    fn text_field(self, field: Field) -> El {
        let ui = self.ui;
        let Look {
            label,
            hint,
            kind,
            autocomplete,
            is_left_to_right,
        } = look(field);
        let input = el("input", "vst-field__input")
            .attr("type", kind)
            .attr("name", name(field))
            .attr("autocomplete", autocomplete)
            .attr("autocapitalize", capitals(field))
            .attr("spellcheck", "false")
            .flag("readonly", move || self.is_sending());
        let input = if is_left_to_right {
            input.attr("dir", "ltr")
        } else {
            input
        };
        let control: HtmlInputElement = input.element().clone().unchecked_into();
        control.set_value(&self.kept(field));
        let input = self
            .mark(input, field, hint.is_some())
            .on("input", move |_| self.tell(field, control.value()));
        let hint = hint.map(|text| {
            el("p", "vst-hint")
                .attr("id", &id(field, "hint"))
                .words(move || ui.say(text))
        });
        el("div", "vst-field")
            .child(
                el("label", "vst-label")
                    .attr("for", &id(field, "field"))
                    .words(move || ui.say(label)),
            )
            .children(hint)
            .child(self.message(field))
            .child(input)
    }

    fn checkbox(self, field: Field) -> El {
        let ui = self.ui;
        let label = look(field).label;
        let input = el("input", "vst-choice__input")
            .attr("type", "checkbox")
            .attr("name", name(field));
        let control: HtmlInputElement = input.element().clone().unchecked_into();
        control.set_checked(self.kept(field) == TICKED);
        let input = self.mark(input, field, false).on("change", move |_| {
            if untrack(|| self.is_sending()) {
                // A box has no `readonly`; it shows what is being sent.
                control.set_checked(self.kept(field) == TICKED);
                return;
            }
            let words = if control.checked() { TICKED } else { "" };
            self.tell(field, words.to_owned());
        });
        el("div", "vst-field").child(self.message(field)).child(
            el("label", "vst-choice vst-choice--tick")
                .child(input)
                .child(el("span", "vst-choice__mark").child(icon(Icon::Check)))
                .child(el("span", "vst-choice__words").words(move || ui.say(label))),
        )
    }

    /// A native menu of all countries, by their names.
    fn country(self, field: Field) -> El {
        let ui = self.ui;
        let select = el("select", "vst-field__input");
        let control: HtmlSelectElement = select.element().clone().unchecked_into();
        let select = select
            .attr("name", name(field))
            .attr("autocomplete", look(field).autocomplete)
            .region(
                move || ui.locale().tag().to_owned(),
                move |_| options(ui, &self.kept(field)),
            );
        let told = control.clone();
        let select = self.mark(select, field, false).on("change", move |_| {
            if untrack(|| self.is_sending()) {
                // A menu has no `readonly`; it shows what is being sent.
                told.set_value(&self.kept(field));
                return;
            }
            self.tell(field, told.value());
        });
        el("div", "vst-field")
            .child(
                el("label", "vst-label")
                    .attr("for", &id(field, "field"))
                    .words(move || ui.say(Text::FormCountry)),
            )
            .child(self.message(field))
            .child(select)
    }

    /// "Try again" for what was read before there is a form.
    #[must_use]
    pub fn reading(self, words: Text) -> El {
        let ui = self.ui;
        let has_problem = move || self.read(|facts| facts.problem.is_some());
        el("div", "vst-form")
            .child(self.problem())
            .when(move || !has_problem(), move || waiting(ui, words))
            .when(has_problem, move || retry(ui))
    }
}

/// Something is on its way.
#[must_use]
pub fn waiting(ui: Ui, words: Text) -> El {
    el("p", "vst-waiting")
        .attr("role", "status")
        .child(el("span", "vst-spinner").attr("aria-hidden", "true"))
        .child(el("span", "").words(move || ui.say(words)))
}

/// "Try again".
#[must_use]
pub fn retry(ui: Ui) -> El {
    button(ui, Emphasis::Primary, Text::ActionRetry, "retry", || {
        Event::RetryPressed
    })
}

/// A large radio button with a name and a line below it.
#[must_use]
pub fn radio_card(
    ui: Ui,
    group: &str,
    value: &str,
    title: &str,
    line: &str,
    is_chosen: impl Fn() -> bool + 'static,
    event: impl Fn() -> Event + 'static,
) -> El {
    let input = el("input", "vst-choice__input")
        .attr("type", "radio")
        .attr("name", group)
        .attr("value", value);
    let radio: HtmlInputElement = input.element().clone().unchecked_into();
    el("label", "vst-choice")
        .attr(&["data-", group].concat(), value)
        // The property is what counts; the attribute says the same to tests.
        .attr_with("data-chosen", move || {
            let is_chosen = is_chosen();
            radio.set_checked(is_chosen);
            is_chosen.then(String::new)
        })
        .child(input.on("change", move |_| ui.dispatch(event())))
        .child(
            el("span", "vst-choice__words")
                // Names and addresses keep their own direction.
                .child(el("span", "vst-choice__name").child(el("bdi", "").text(title)))
                .child(el("span", "vst-hint").child(el("bdi", "").text(line))),
        )
        .child(el("span", "vst-choice__mark").child(icon(Icon::Check)))
}

fn capitals(field: Field) -> &'static str {
    match field {
        Field::PostCode | Field::PostalCode => "characters",
        Field::Email | Field::EmailAgain => "none",
        _ => "words",
    }
}

/// All countries in the order of their names, and an empty line for "not said".
fn options(ui: Ui, chosen: &str) -> Vec<El> {
    // As the countries of documents are, each into its place.
    let mut named: Vec<(String, &str)> = Vec::new();
    for code in countries::all() {
        let name = ui.country(code);
        let place = named.partition_point(|(other, _)| *other <= name);
        named.insert(place, (name, code));
    }
    // What the business wrote is kept, even if it is no country that we know.
    let unknown = (!chosen.is_empty() && countries::alpha2(chosen).is_none())
        .then(|| (chosen.to_owned(), chosen));
    let option = |(name, code): (String, &str)| {
        let option = el("option", "").attr("value", code).text(&name);
        if code == chosen {
            option.attr("selected", "")
        } else {
            option
        }
    };
    let none = (String::new(), "");
    std::iter::once(none)
        .chain(unknown)
        .chain(named)
        .map(option)
        .collect()
}

/// The focus goes to what has to be mended first.
fn focus_first_wrong(form: &Element) {
    let wrong = form.query_selector("[aria-invalid]").ok().flatten();
    if let Some(control) = wrong.and_then(|control| control.dyn_into::<HtmlElement>().ok()) {
        // Focus is a courtesy: where the browser refuses it, nothing is lost.
        drop(control.focus());
    }
}

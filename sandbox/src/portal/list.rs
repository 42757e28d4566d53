//! The first page: creating a session, finding one again.

use std::collections::BTreeMap;

use axum::extract::{Query, State};
use axum::response::Html;
use maud::{Markup, html};
use vestibule::domain::i18n::Locale;

use super::create::{Choices, Field, OPTIONS, REQUIRED};
use super::layout::{page, state_chip, time};
use crate::specimen_files::PICTURES;
use crate::state::App;
use crate::store::{Session, SessionState};

/// More than anybody reads; searching finds the others.
const SHOWN: usize = 100;

/// What has been typed and what is wrong with it, by field name.
#[derive(Debug, Default)]
pub(super) struct Draft {
    pub(super) values: BTreeMap<String, String>,
    pub(super) errors: BTreeMap<String, String>,
}

struct Row {
    id: String,
    name: String,
    email: String,
    created: jiff::Timestamp,
    state: SessionState,
}

/// The first page. Its address may search, and fill in the form.
pub(super) async fn index(
    State(app): State<App>,
    Query(mut values): Query<BTreeMap<String, String>>,
) -> Html<String> {
    let search = values.remove("q").unwrap_or_default();
    let draft = Draft {
        values,
        ..Draft::default()
    };
    render(&app, &search, &draft)
}

/// The first page with what has been typed.
pub(super) fn render(app: &App, search: &str, draft: &Draft) -> Html<String> {
    let rows = rows(app, search);
    let content = html! {
        h1 { "Sessions" }
        div class="columns" {
            section class="card" aria-labelledby="create" {
                h2 id="create" { "Create a session" }
                (form(draft))
            }
            section aria-labelledby="list" {
                h2 id="list" { "Find a session" }
                form class="search" role="search" method="get" action="/" {
                    label class="visually-hidden" for="q" { "Name, e-mail or session ID" }
                    input id="q" type="search" name="q" value=(search) placeholder="Name, e-mail or session ID";
                    button class="button button--quiet" { "Search" }
                }
                (table(&rows, search))
                (specimens())
            }
        }
    };
    page("Sessions", &[], &content)
}

fn rows(app: &App, query: &str) -> Vec<Row> {
    let now = app.now();
    let query = query.trim().to_lowercase();
    app.store()
        .newest_first()
        .filter(|session| matches(session, &query))
        .take(SHOWN)
        .map(|session| {
            let person = session.person.as_ref();
            Row {
                id: session.id.clone(),
                name: person.map(|it| it.name.clone()).unwrap_or_default(),
                email: person.map(|it| it.email.clone()).unwrap_or_default(),
                created: session.created,
                state: session.state(now),
            }
        })
        .collect()
}

fn matches(session: &Session, query: &str) -> bool {
    let person = session.person.as_ref();
    let texts = [
        Some(session.id.as_str()),
        person.map(|it| it.name.as_str()),
        person.map(|it| it.email.as_str()),
        session.spec.user_tracking_id.as_deref(),
    ];
    texts
        .into_iter()
        .flatten()
        .any(|text| text.to_lowercase().contains(query))
}

fn table(rows: &[Row], query: &str) -> Markup {
    html! {
        @if rows.is_empty() {
            p class="empty" {
                @if query.is_empty() { "No sessions yet. The first one is a name and an e-mail away." }
                @else { "No session matches." }
            }
        } @else {
            ul class="sessions" {
                @for row in rows {
                    li {
                        a class="session" href={ "/sessions/" (row.id) } {
                            span class="session__who" {
                                @if row.name.is_empty() { "Created by a back end" } @else { (row.name) }
                            }
                            (state_chip(row.state))
                            span class="session__about" {
                                @if row.email.is_empty() { code { (row.id) } } @else { (row.email) }
                            }
                            span class="session__when" { (time(row.created)) }
                        }
                    }
                }
            }
        }
    }
}

fn form(draft: &Draft) -> Markup {
    let touched = OPTIONS.iter().any(|field| {
        let is_set = draft.values.get(field.name);
        draft.errors.contains_key(field.name) || is_set.is_some_and(|it| it != field.first())
    });
    html! {
        @if let Some(error) = draft.errors.get("") {
            p class="error" role="alert" { (error) }
        }
        form method="post" action="/sessions" {
            @for field in REQUIRED { (input(field, draft)) }
            p class="hint" { "Not verified and not sent anywhere: they help you find the session again." }
            details open[touched] {
                summary { "Options" }
                div class="options" {
                    p { a href="/theme" { "Preview your colours" } " on every screen before you set them." }
                    @for field in OPTIONS { (input(field, draft)) }
                }
            }
            button class="button" { "Create session" }
        }
    }
}

fn input(field: &Field, draft: &Draft) -> Markup {
    let value = draft
        .values
        .get(field.name)
        .map_or(field.first(), String::as_str);
    let error = draft.errors.get(field.name);
    let error_id = format!("{}-error", field.name);
    html! {
        div class="field" {
            label for=(field.name) { (field.label) }
            @if let Choices::None = field.choices {
                input id=(field.name) name=(field.name) type=(field.kind) value=(value)
                    placeholder=(field.placeholder) required[field.required]
                    autocomplete="off" aria-invalid[error.is_some()]
                    aria-describedby=[error.map(|_| error_id.as_str())];
            } @else {
                select id=(field.name) name=(field.name) {
                    (options(&field.choices, value))
                }
            }
            @if let Some(error) = error {
                p class="error" id=(error_id) { (error) }
            }
        }
    }
}

/// What can be chosen, with what has been chosen.
pub(super) fn options(choices: &Choices, chosen: &str) -> Markup {
    let option = |(value, label): (&str, &str)| {
        html! { option value=(value) selected[value == chosen] { (label) } }
    };
    match choices {
        Choices::None => html! {},
        Choices::These(these) => html! { @for it in *these { (option(*it)) } },
        Choices::Languages => html! {
            (option(("", "As the browser prefers")))
            @for locale in Locale::ALL {
                option value=(locale.tag()) lang=(locale.tag()) selected[locale.tag() == chosen] {
                    (locale.own_name()) " · " (locale.tag())
                }
            }
        },
    }
}

fn specimens() -> Markup {
    html! {
        aside class="card card--quiet" aria-labelledby="specimens" {
            h2 id="specimens" { "No document at hand?" }
            p { "Use a picture of an invented one. It is issued by Utopia (UTO), a country for specimens." }
            ul class="downloads" {
                @for (file, label, ..) in PICTURES {
                    li { a href={ "/specimens/" (file) } download=(file) { (label) } }
                }
            }
        }
    }
}

//! The first page: creating a session, finding one again.

use std::collections::BTreeMap;

use axum::extract::{Query, State};
use axum::response::Html;
use maud::{Markup, html};
use serde::Deserialize;

use super::create::{Field, OPTIONS, REQUIRED};
use super::layout::{page, state_chip, time};
use crate::specimen_files::PICTURES;
use crate::state::App;
use crate::store::{Session, SessionState};

/// More than anybody reads; searching finds the others.
const SHOWN: usize = 100;

/// The search field.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Search {
    #[serde(default)]
    q: String,
}

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

/// The first page.
pub(super) async fn index(State(app): State<App>, Query(search): Query<Search>) -> Html<String> {
    render(&app, &search, &Draft::default())
}

/// The first page with what has been typed.
pub(super) fn render(app: &App, search: &Search, draft: &Draft) -> Html<String> {
    let rows = rows(app, &search.q);
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
                    input id="q" type="search" name="q" value=(search.q) placeholder="Name, e-mail or session ID";
                    button class="button button--quiet" { "Search" }
                }
                (table(&rows, &search.q))
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
    let optional_errors = OPTIONS
        .iter()
        .any(|field| draft.errors.contains_key(field.name));
    html! {
        @if let Some(error) = draft.errors.get("") {
            p class="error" role="alert" { (error) }
        }
        form method="post" action="/sessions" {
            @for field in REQUIRED { (input(field, draft)) }
            p class="hint" { "Not verified and not sent anywhere: they help you find the session again." }
            details open[optional_errors] {
                summary { "Options" }
                div class="options" {
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
        .map_or(field.initial, String::as_str);
    let error = draft.errors.get(field.name);
    let error_id = format!("{}-error", field.name);
    html! {
        div class="field" {
            label for=(field.name) { (field.label) }
            @if field.choices.is_empty() {
                input id=(field.name) name=(field.name) type=(field.kind) value=(value)
                    placeholder=(field.placeholder) required[field.required]
                    autocomplete="off" aria-invalid[error.is_some()]
                    aria-describedby=[error.map(|_| error_id.as_str())];
            } @else {
                select id=(field.name) name=(field.name) {
                    @for (choice, label) in field.choices {
                        option value=(choice) selected[*choice == value] { (label) }
                    }
                }
            }
            @if let Some(error) = error {
                p class="error" id=(error_id) { (error) }
            }
        }
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

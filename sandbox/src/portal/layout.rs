//! What all pages of the portal share.

use axum::http::StatusCode;
use axum::response::Html;
use maud::{DOCTYPE, Markup, html};

use crate::store::SessionState;

/// A page with the portal's head and foot.
pub(super) fn page(title: &str, scripts: &[&str], content: &Markup) -> Html<String> {
    let markup = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (title) " · Vestibule sandbox" }
                link rel="icon" href="/assets/icon.svg" type="image/svg+xml";
                link rel="stylesheet" href="/assets/portal.css";
                @for script in scripts {
                    script src=(script) defer {}
                }
            }
            body {
                header class="bar" {
                    a class="bar__home" href="/" { "Vestibule " span { "sandbox" } }
                    span class="bar__note" { "Local test service. Nobody is verified here." }
                    nav class="bar__pages" aria-label="Portal" {
                        a href="/" { "Sessions" }
                        a href="/theme" { "Preview your colours" }
                    }
                }
                main { (content) }
            }
        }
    };
    Html(markup.into_string())
}

/// The page for addresses that lead nowhere.
pub(super) async fn not_found() -> (StatusCode, Html<String>) {
    let content = html! {
        h1 { "Not found" }
        p { "There is nothing here. Sessions are forgotten when the sandbox stops." }
        p { a href="/" { "All sessions" } }
    };
    (StatusCode::NOT_FOUND, page("Not found", &[], &content))
}

/// A session's state in a word.
pub(super) fn state_chip(state: SessionState) -> Markup {
    let (class, word) = match state {
        SessionState::Ongoing => ("chip chip--ongoing", "Ongoing"),
        SessionState::Completed => ("chip chip--good", "Completed"),
        SessionState::Expired => ("chip chip--bad", "Expired"),
    };
    html! { span class=(class) { (word) } }
}

/// A protocol constant as words: `DRIVING_LICENCE` is "Driving licence".
pub(super) fn words(constant: &str) -> String {
    let lower = constant.replace('_', " ").to_lowercase();
    if let Some(rest) = lower.strip_prefix("id ") {
        return format!("ID {rest}");
    }
    let mut letters = lower.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => lower,
    }
}

/// `2026-01-31 12:00 UTC`.
pub(super) fn time(time: jiff::Timestamp) -> Markup {
    let machine = crate::clock::rfc3339(time);
    html! { time datetime=(machine) { (time.strftime("%Y-%m-%d %H:%M UTC")) } }
}

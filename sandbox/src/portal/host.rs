//! The pages around the client: a demo host page that embeds it, and the
//! pages that it returns to.

use axum::extract::{Query, State};
use axum::http::header::CONTENT_SECURITY_POLICY;
use axum::response::{Html, IntoResponse, Response};
use maud::html;
use serde::Deserialize;

use super::layout::{not_found, page};
use crate::state::App;

/// What the demo host page is to show.
#[derive(Debug, Deserialize)]
pub(super) struct Embedding {
    #[serde(default)]
    session: String,
    /// `message`: the session is named by message instead of by the link.
    #[serde(default)]
    launch: String,
}

/// A page of a business that embeds the client.
pub(super) async fn host(State(app): State<App>, Query(query): Query<Embedding>) -> Response {
    let found = app.store().get(&query.session).map(|session| {
        (
            session.id.clone(),
            session.token.clone(),
            app.session_link(session),
        )
    });
    let Some((id, token, link)) = found else {
        return not_found().await.into_response();
    };
    let by_message = query.launch == "message";
    let source = if by_message {
        format!("{}/web/index.html", app.base_url())
    } else {
        link
    };
    let content = html! {
        h1 { "A host page" }
        p class="hint" {
            "The client runs in an iframe with " code { "allow=\"camera\"" } ". "
            @if by_message { "It was opened without a session and is told by message." }
            @else { "Its address names the session." }
        }
        div class="host" {
            iframe id="client" class="host__frame" title="Identity capture" allow="camera; clipboard-write"
                src=(source) data-origin=(app.origin())
                data-session=[by_message.then_some(&id)] data-token=[by_message.then_some(&token)] {}
            section aria-labelledby="messages" {
                h2 id="messages" { "Messages" }
                ol id="log" class="log" aria-live="polite" {}
                p { a href={ (app.origin()) "/sessions/" (id) } { "Session details" } }
            }
        }
    };
    let policy = format!(
        "default-src 'none'; style-src 'self'; img-src 'self'; script-src 'self'; frame-src {}; \
         base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
        app.origin()
    );
    let html = page("Host page", &["/assets/host.js"], &content);
    ([(CONTENT_SECURITY_POLICY, policy)], html).into_response()
}

/// Where the client returns to after success.
pub(super) async fn success() -> Response {
    outcome(&page(
        "Success",
        &[],
        &html! {
            h1 { "The business's success page" }
            p { "The person has finished and the client has returned here (" code { "success_url" } ")." }
            p { a href="/" target="_top" { "All sessions" } }
        },
    ))
}

/// What the client appends to the error address.
#[derive(Debug, Deserialize)]
pub(super) struct Failure {
    #[serde(rename = "yotiErrorCode", default)]
    code: String,
}

/// Where the client returns to after a failure.
pub(super) async fn error(Query(failure): Query<Failure>) -> Response {
    outcome(&page(
        "Error",
        &[],
        &html! {
            h1 { "The business's error page" }
            p { "The client could not finish and has returned here (" code { "error_url" } ")." }
            p {
                "Error code: "
                @if failure.code.is_empty() { "none" }
                @else { strong { code { (failure.code) } } }
            }
            p { a href="/" target="_top" { "All sessions" } }
        },
    ))
}

/// These pages say nothing private, and the client may be in an iframe when it
/// returns to them.
fn outcome(page: &Html<String>) -> Response {
    const POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors *";
    ([(CONTENT_SECURITY_POLICY, POLICY)], page.clone()).into_response()
}

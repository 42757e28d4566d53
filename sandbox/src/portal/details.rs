//! One session: its link, state, resources with their pictures, and checks.

use axum::extract::{Path, State};
use axum::http::header::CONTENT_TYPE;
use axum::response::{Html, IntoResponse, Response};
use maud::{Markup, html};
use serde_json::Value;
use vestibule::domain::session::config::{RequirementState, SourceKind};
use vestibule::domain::session::resource::{Recommendation, TaskState};

use super::layout::{not_found, page, state_chip, time, words};
use super::sent;
use crate::clock::seconds_between;
use crate::state::App;
use crate::store::{
    Check, Delivery, Judging, Outline, Requirement, RequirementKind, Session, What,
};

/// The page of a session.
pub(super) async fn details(State(app): State<App>, Path(id): Path<String>) -> Response {
    let rendered = app.store().get(&id).map(|session| render(&app, session));
    match rendered {
        Some(html) => html.into_response(),
        None => not_found().await.into_response(),
    }
}

/// A stored picture, for the page of its session.
pub(super) async fn media(
    State(app): State<App>,
    Path((session_id, media_id)): Path<(String, String)>,
) -> Response {
    let now = app.now();
    let found = app.store().get(&session_id).and_then(|session| {
        let media = session.media.get(&media_id)?;
        Some((media.content_type.clone(), media.content(now)?.clone()))
    });
    match found {
        Some((content_type, bytes)) => ([(CONTENT_TYPE, content_type)], bytes).into_response(),
        None => not_found().await.into_response(),
    }
}

fn render(app: &App, session: &Session) -> Html<String> {
    let now = app.now();
    let name = session
        .person
        .as_ref()
        .map_or("Session", |it| it.name.as_str());
    let content = html! {
        nav { a class="back" href="/" { "All sessions" } }
        div class="title" {
            h1 { (name) }
            (state_chip(session.state(now)))
        }
        (link(app, session, now))
        dl class="facts" {
            @if let Some(person) = &session.person { (fact("E-mail", &html! { (person.email) })) }
            (fact("Session ID", &html! { code { (session.id) } }))
            @if let Some(id) = &session.spec.user_tracking_id { (fact("Tracking ID", &html! { (id) })) }
            (fact("Created", &time(session.created)))
            @if let Some(ended) = session.ended { (fact("Finished", &time(ended))) }
            @else { (fact("Link works until", &time(session.spec.token_expires))) }
        }
        section {
            h2 { "Required" }
            ul class="requirements" {
                @for requirement in &session.requirements { (requirement_row(session, requirement)) }
                @if session.requirements.is_empty() { li { "Nothing." } }
            }
        }
        section {
            h2 { "Resources" }
            @if session.deliveries.is_empty() && session.face_captures.is_empty() {
                p class="empty" { "Nothing has been sent yet." }
            }
            @for delivery in &session.deliveries { (delivery_card(session, delivery)) }
            @for face in &session.face_captures {
                article class="card" {
                    h3 {
                        @if face.source == SourceKind::EndUser { "Face" } @else { "Face, from the business" }
                    }
                    @if let Some(media) = &face.media_id { (picture(session, media, "Face", None)) }
                }
            }
        }
        section {
            h2 { "Checks" }
            @if session.checks.is_empty() {
                p class="empty" { "Checks start when the person has finished." }
            }
            @for check in &session.checks { (check_card(check, now)) }
        }
        (sent::sections(session))
    };
    page(name, &["/assets/copy.js"], &content)
}

fn fact(name: &str, value: &Markup) -> Markup {
    html! { div { dt { (name) } dd { (value) } } }
}

fn link(app: &App, session: &Session, now: jiff::Timestamp) -> Markup {
    if session.ended.is_some() {
        return html! { p class="hint" { "The person has finished; the link no longer works." } };
    }
    if seconds_between(now, session.spec.token_expires) == 0 {
        return html! { p class="hint" { "The time of this session is over. Create a new one." } };
    }
    let link = app.session_link(session);
    // Another name of this machine is another origin: a real foreign iframe.
    let host = format!(
        "http://localhost:{}/host?session={}",
        app.port(),
        session.id
    );
    html! {
        section class="card link" aria-label="Session link" {
            label class="visually-hidden" for="link" { "Session link" }
            input id="link" class="link__text" readonly value=(link);
            div class="actions" {
                button class="button" type="button" data-copy="link" { "Copy session link" }
                a class="button button--quiet" href=(link) target="_blank" rel="noopener" { "Open" }
            }
            p class="hint" {
                "Send the link to the person, or see it "
                a href=(host) { "inside a host page" } " ("
                a href={ (host) "&launch=message" } { "launched by message" } ")."
            }
            p class="hint" role="status" data-copied {}
        }
    }
}

fn requirement_row(session: &Session, requirement: &Requirement) -> Markup {
    let done = session.requirement_state(requirement) == RequirementState::Complete;
    let name = match &requirement.kind {
        RequirementKind::IdDocument { .. } => "Identity document",
        RequirementKind::Supplementary { .. } => "Supplementary document",
        RequirementKind::Liveness { .. } => "Liveness",
        RequirementKind::FaceCapture => "Face",
        RequirementKind::ApplicantProfile => "Applicant profile",
    };
    let left: Vec<String> = session
        .attempts_remaining(&requirement.id)
        .iter()
        .map(|(category, left)| format!("{} {left}", words(category)))
        .collect();
    html! {
        li {
            span { (name) }
            @if done { span class="chip chip--good" { "Delivered" } }
            @else { span class="chip" { "Awaited" } }
            @if !left.is_empty() { span class="hint" { "Attempts left: " (left.join(", ")) } }
        }
    }
}

fn delivery_card(session: &Session, delivery: &Delivery) -> Markup {
    let title = match &delivery.what {
        What::Liveness => "Liveness".to_owned(),
        What::IdDocument { .. } | What::Supplementary { .. } => {
            let (kind, country) = delivery.what.document().unwrap_or_default();
            format!("{}, {country}", words(kind))
        }
    };
    html! {
        article class="card" {
            div class="title" {
                h3 { (title) }
                (task_chip(delivery))
            }
            p class="hint" { "Started " (time(delivery.created)) }
            div class="pictures" {
                @for (number, page) in &delivery.pages {
                    @let alt = format!("Page {number}, {}", words(page.capture_method.as_str()).to_lowercase());
                    (picture(session, &page.media_id, &alt, page.seen.as_ref()))
                }
                @if let Some(media) = &delivery.photo_media { (picture(session, media, "Portrait", None)) }
            }
            @if let Some(file) = &delivery.file {
                p { a href={ "/sessions/" (session.id) "/media/" (file.media_id) } { "PDF file" } }
            }
            @if let Some(recommendation) = delivery.recommendation() { (advice(recommendation)) }
        }
    }
}

fn task_chip(delivery: &Delivery) -> Markup {
    let (class, word) = match delivery.judging.as_ref().map(Judging::state) {
        None => ("chip", "Not handed over"),
        Some(TaskState::Done) => ("chip chip--good", "Done"),
        Some(TaskState::Failed) => ("chip chip--bad", "Failed"),
        Some(TaskState::Pending | TaskState::Other(_)) => ("chip chip--ongoing", "Pending"),
    };
    html! { span class=(class) { (word) } }
}

fn picture(session: &Session, media_id: &str, alt: &str, seen: Option<&Outline>) -> Markup {
    let address = format!("/sessions/{}/media/{media_id}", session.id);
    let kept = session
        .media
        .get(media_id)
        .is_some_and(|media| media.content.is_some());
    html! {
        figure {
            @if kept {
                a class="picture" href=(address) {
                    img src=(address) alt=(alt) loading="lazy";
                    @if let Some(seen) = seen { (outline(seen)) }
                }
            }
            figcaption {
                (alt)
                @if seen.is_some() { "; outlined where the client saw the document" }
                @if !kept { " (deleted)" }
            }
        }
    }
}

/// Where the client saw the document, over its picture.
fn outline(seen: &Outline) -> Markup {
    let (width_px, height_px) = seen.size_px;
    let corners = seen.corners.map(|at| format!("{},{}", at.x, at.y));
    html! {
        svg viewBox={ "0 0 " (width_px) " " (height_px) } aria-hidden="true" {
            polygon points=(corners.join(" ")) {}
        }
    }
}

fn advice(recommendation: &Recommendation) -> Markup {
    let page = recommendation.page.map(|page| format!("page {page}"));
    let category = recommendation
        .category
        .as_ref()
        .map(|it| words(it.as_str()).to_lowercase());
    let reason = recommendation.reason.as_ref();
    let parts: Vec<String> = [
        reason.map(|it| words(it.value.as_str()).to_lowercase()),
        reason
            .and_then(|it| it.detail.as_deref())
            .map(|it| words(it).to_lowercase()),
        page,
        category.map(|it| format!("counted as {it}")),
        recommendation
            .detected_document_type
            .as_ref()
            .map(|it| format!("looks like {it}")),
        recommendation
            .detected_country
            .as_ref()
            .map(|it| format!("from {it}")),
    ]
    .into_iter()
    .flatten()
    .collect();
    html! {
        p class="advice" {
            strong { (words(recommendation.value.as_str())) }
            @if !parts.is_empty() { ": " (parts.join(", ")) }
        }
    }
}

fn check_card(check: &Check, now: jiff::Timestamp) -> Markup {
    let done = check.ready <= now;
    let value = check.report["recommendation"]["value"]
        .as_str()
        .unwrap_or_default();
    let class = match value {
        "APPROVE" => "chip chip--good",
        "REJECT" => "chip chip--bad",
        _ => "chip",
    };
    html! {
        details class="card check" {
            summary {
                span { (words(&check.kind)) }
                @if done { span class=(class) { (words(value)) } }
                @else { span class="chip chip--ongoing" { "Pending" } }
            }
            @if done { (report(&check.report)) }
        }
    }
}

fn report(report: &Value) -> Markup {
    let text = |value: &Value| words(value.as_str().unwrap_or_default());
    let recommendation = &report["recommendation"];
    let breakdown = report["breakdown"].as_array().cloned().unwrap_or_default();
    html! {
        @for key in ["reason", "recovery_suggestion"] {
            @if recommendation[key].is_string() {
                p { (words(key)) ": " (text(&recommendation[key])) }
            }
        }
        @if breakdown.is_empty() {
            p class="hint" { "No sub-checks." }
        } @else {
            table {
                thead { tr { th scope="col" { "Sub-check" } th scope="col" { "Result" } th scope="col" { "Process" } } }
                tbody {
                    @for row in &breakdown {
                        tr {
                            td { (text(&row["sub_check"])) }
                            td { (text(&row["result"])) }
                            td { (text(&row["process"])) }
                        }
                    }
                }
            }
        }
    }
}

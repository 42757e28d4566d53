//! The preview of a business's colours, on every screen of the client.
//!
//! The page's address says everything, and all of it is worked out here, with the
//! client's own arithmetic; the script asks again when the form has changed and
//! takes over what is new, so that the frames need not be loaded again.

mod look;
mod seen;

use std::collections::BTreeMap;

use axum::extract::{Query, State};
use axum::http::header::CONTENT_SECURITY_POLICY;
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use serde::Serialize;
use vestibule::domain::session::config::SdkConfig;
use vestibule::domain::theme::{Colour, Palette, Theme};

use self::look::{COLOURS, Look, SCHEMES, SIZES};
use self::seen::{Seen, changes, seen};
use super::create::{Choices, Field, OPTIONS};
use super::layout::{page, words};
use super::list::options;
use crate::state::App;

/// Frames show the gallery, and the script asks for this page again.
const CONTENT_SECURITY: &str = "default-src 'none'; style-src 'self'; img-src 'self'; \
     script-src 'self'; connect-src 'self'; frame-src 'self'; form-action 'self'; \
     base-uri 'none'; frame-ancestors 'none'";

/// One screen of each kind, those that say most about the colours. The gallery
/// has the order in which people meet them.
const MAIN: [&str; 25] = [
    "start/everything",
    "handoff/code",
    "handoff/compare",
    "choose-document/chosen",
    "guidance/data-page",
    "camera",
    "upload",
    "review",
    "review/blurred",
    "consent",
    "face-guidance/liveness",
    "face-camera",
    "face-review",
    "paper-guidance/address",
    "pages",
    "sending",
    "sending/checking",
    "try-again",
    "branch/intro",
    "branch/found",
    "branch/contact-wrong",
    "branch/letter",
    "profile",
    "done",
    "ended/2002",
];

/// The page.
pub(super) async fn theme(
    State(app): State<App>,
    Query(values): Query<BTreeMap<String, String>>,
) -> Response {
    let look = Look::new(values);
    let config = look.config();
    let content = html! {
        div class="theme" {
            div class="theme__panel" {
                h1 { "Preview your colours" }
                (form(&look, &config))
                (what_people_see(&look, &config))
                (to_be_set(&look, &config))
            }
            section class="theme__screens" aria-labelledby="screens" {
                h2 id="screens" class="visually-hidden" { "Screens" }
                @if app.gallery().join("screen.html").is_file() { (screens(&look)) }
                @else { (no_gallery()) }
            }
        }
    };
    let scripts = ["/assets/copy.js", "/assets/theme.js"];
    let html = page("Preview your colours", &scripts, &content);
    ([(CONTENT_SECURITY_POLICY, CONTENT_SECURITY)], html).into_response()
}

/// The field of the portal's other form for a setting.
fn field(name: &str) -> Option<&'static Field> {
    OPTIONS
        .iter()
        .find(|field| field.path.strip_prefix("sdk_config.") == Some(name))
}

fn form(look: &Look, config: &SdkConfig) -> Markup {
    html! {
        form id="theme" class="card theme__form" action="/theme" autocomplete="off" {
            @for (name, stand_in) in COLOURS.into_iter().zip(stand_ins(config)) {
                @if let Some(field) = field(name) { (colour(look, name, field, stand_in)) }
            }
            @for name in ["locale", "dark_mode"] {
                @if let Some(field) = field(name) { (choice(look, name, field.label, &field.choices)) }
            }
            (choice(look, "scheme", "The device prefers", &Choices::These(SCHEMES)))
            (choice(look, "size", "Screen", &Choices::These(SIZES)))
            label class="theme__every" {
                input type="checkbox" name="every" value="1" checked[look.shows_every_state()];
                "Show every state"
            }
            a href="/theme" { "Start over" }
            p id="trouble" class="error" role="alert" {}
        }
    }
}

/// What stands in for each colour while it is not set.
fn stand_ins(config: &SdkConfig) -> [Colour; COLOURS.len()] {
    let Theme { light, dark, .. } = Theme::from_config(config);
    [light.brand, dark.brand, light.brand_hover, light.on_brand]
}

/// A field to type into, as colours are published, with the browser's picker,
/// which can't be empty.
fn colour(look: &Look, name: &str, field: &Field, stand_in: Colour) -> Markup {
    let typed = look.typed(name);
    let picked = Colour::parse(typed).unwrap_or(stand_in);
    html! {
        div class="colour" {
            label for=(name) { (field.label) }
            div class="colour__pair" {
                input type="color" id={ (name) "-picker" } data-live data-picks=(name)
                    aria-label={ (field.label) ", picker" } value=(picked);
                input id=(name) name=(name) value=(typed) placeholder="Not set" maxlength="7"
                    pattern="#([A-Fa-f0-9]{6}|[A-Fa-f0-9]{3})" title="#RRGGBB or #RGB"
                    spellcheck="false" autocapitalize="off";
            }
        }
    }
}

fn choice(look: &Look, name: &str, label: &str, choices: &Choices) -> Markup {
    let is_long = matches!(name, "locale" | "size");
    // The device is not asked where the business has decided.
    let is_off = name == "scheme" && look.decides_scheme();
    html! {
        div class=[is_long.then_some("theme__long")] {
            label for=(name) { (label) }
            select id=(name) name=(name) disabled[is_off] {
                (options(choices, look.typed(name)))
            }
        }
    }
}

fn what_people_see(look: &Look, config: &SdkConfig) -> Markup {
    let seen = seen(config);
    let is_changed = seen.iter().any(|it| !it.changes.is_empty());
    let is_set = COLOURS.iter().any(|name| !look.typed(name).is_empty());
    let wrong = look.no_colours();
    html! {
        section class="card seen" aria-labelledby="seen" {
            h2 id="seen" { "What people will see" }
            p id="verdict" role="status" data-live {
                @if !wrong.is_empty() { (not_colours(look, &wrong)) }
                @else if is_changed { "Not all of it can be read as you set it, so some of it is changed." }
                @else if is_set { "Your colours, as you set them." }
                @else { "The client’s own colours: none is set." }
            }
            div id="samples" data-live {
                @for told in changes(&seen) { p class="note note--changed" { (told) } }
                @for it in &seen { (sample(it)) }
            }
            details {
                summary { "Every shade" }
                div id="shades" data-live {
                    @for it in &seen { (shades(it)) }
                }
            }
        }
    }
}

fn not_colours(look: &Look, names: &[&str]) -> Markup {
    html! {
        @for name in names {
            "“" (look.typed(name)) "” is not #RRGGBB or #RGB, so it counts as not set. "
        }
    }
}

/// What buttons and links look like.
fn sample(seen: &Seen) -> Markup {
    let Palette {
        brand,
        brand_edge,
        brand_hover,
        brand_pressed,
        on_brand,
        accent,
    } = seen.palette;
    let button = |x: u32, fill: Colour, words: &str| {
        html! {
            rect x=(x) y="12" width="92" height="36" rx="8" fill=(fill) stroke=(brand_edge) {}
            text x=(x + 46) y="35" fill=(on_brand) text-anchor="middle" { (words) }
        }
    };
    html! {
        section class="palette" {
            h3 { (seen.scheme) }
            svg class="palette__sample" viewBox="0 0 360 60" aria-hidden="true" {
                rect width="360" height="60" fill=(seen.surface) {}
                (button(12, brand, "Button"))
                (button(112, brand_hover, "Pointer"))
                (button(212, brand_pressed, "Pressed"))
                text x="331" y="35" fill=(accent) text-anchor="middle" text-decoration="underline" { "Link" }
            }
        }
    }
}

/// All colours by name, and why some are derived.
fn shades(seen: &Seen) -> Markup {
    let palette = seen.palette;
    let named = [
        ("Button", palette.brand),
        ("Words on it", palette.on_brand),
        ("Under the pointer", palette.brand_hover),
        ("While pressed", palette.brand_pressed),
        ("Outline", palette.brand_edge),
        ("Links and marks", palette.accent),
    ];
    html! {
        section class="palette" {
            h3 { (seen.scheme) }
            dl class="palette__colours" {
                @for (name, colour) in named {
                    div {
                        dt { (name) }
                        dd {
                            svg viewBox="0 0 16 16" aria-hidden="true" { rect width="16" height="16" fill=(colour) {} }
                            code { (colour) }
                        }
                    }
                }
            }
            @for told in &seen.additions { p class="note" { (told) } }
        }
    }
}

/// As it stands in a session specification.
#[derive(Serialize)]
struct Written<'a> {
    sdk_config: &'a SdkConfig,
}

/// What the business writes, and the way to try it.
fn to_be_set(look: &Look, config: &SdkConfig) -> Markup {
    // Only what can't be written as JSON fails, and this can.
    let json = serde_json::to_string_pretty(&Written { sdk_config: config }).unwrap_or_default();
    html! {
        section class="card to-be-set" aria-labelledby="to-be-set" {
            h2 id="to-be-set" { "What you set" }
            label class="visually-hidden" for="sdk-config" { "sdk_config" }
            textarea id="sdk-config" data-live readonly rows="6" spellcheck="false" { (json) }
            div class="actions" {
                a id="try" data-live class="button" href=(look.address_of_form()) { "Create a session with these" }
                button class="button button--quiet" type="button" data-copy="sdk-config" { "Copy JSON" }
            }
            p class="hint" role="status" data-copied {}
        }
    }
}

fn screens(look: &Look) -> Markup {
    let every = look.shows_every_state();
    html! {
        div id="frames" class="screens" data-live data-size=(look.size()) {
            @for (name, _) in vestibule_gallery::entries() {
                @let address = look.address_of(&name);
                @let title = title(&name);
                figure class="screen" hidden[!every && !MAIN.contains(&name.as_str())] {
                    div class="screen__stage" {
                        // By the keyboard people get to the screen by the link below, and past all of them.
                        iframe title=(title) src=(address) loading="lazy" tabindex="-1" {}
                    }
                    figcaption { a href=(address) target="_blank" { (title) } }
                }
            }
        }
    }
}

/// `camera/hint-dark` is "Camera · hint dark".
fn title(name: &str) -> String {
    let (kind, state) = name.split_once('/').unwrap_or((name, ""));
    let kind = words(&kind.replace('-', "_"));
    if state.is_empty() {
        kind
    } else {
        format!("{kind} · {}", state.replace('-', " "))
    }
}

fn no_gallery() -> Markup {
    html! {
        div class="card" {
            h3 { "The screens are not there yet" }
            p {
                "Run " code { "cargo xtask gallery" } " (or " code { "cargo xtask demo" }
                ", which makes them too), then load this page again."
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_main_screen_is_one_of_the_gallery_in_its_order() {
        let entries = vestibule_gallery::entries().into_iter();
        let main = entries.filter_map(|(name, _)| MAIN.into_iter().find(|it| *it == name));
        assert_eq!(main.collect::<Vec<_>>(), MAIN);
    }

    #[test]
    fn screens_are_called_in_words() {
        assert_eq!(title("camera/hint-dark"), "Camera · hint dark");
        assert_eq!(title("opening-failed"), "Opening failed");
        assert_eq!(title("ended/2002"), "Ended · 2002");
    }
}

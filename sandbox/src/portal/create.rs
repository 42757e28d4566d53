//! Creating a session from the portal's form.

use std::collections::BTreeMap;

use axum::Form;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use serde_json::{Map, Value, json};

use super::list::{self, Draft};
use crate::sessions;
use crate::state::App;
use crate::store::Person;

/// A field of the form.
pub(super) struct Field {
    pub(super) name: &'static str,
    pub(super) label: &'static str,
    pub(super) kind: &'static str,
    pub(super) placeholder: &'static str,
    pub(super) initial: &'static str,
    pub(super) required: bool,
    pub(super) choices: Choices,
    /// The path of the field in the session specification.
    pub(super) path: &'static str,
}

impl Field {
    /// What it says before anybody has touched it.
    pub(super) fn first(&self) -> &'static str {
        match self.choices {
            Choices::These([(first, _), ..]) => first,
            _ => self.initial,
        }
    }
}

/// What a field offers.
pub(super) enum Choices {
    /// Nothing: it is typed into.
    None,
    /// Value and label of each.
    These(&'static [(&'static str, &'static str)]),
    /// Every language that the client speaks.
    Languages,
}

const fn text(
    name: &'static str,
    label: &'static str,
    placeholder: &'static str,
    path: &'static str,
) -> Field {
    Field {
        name,
        label,
        kind: "text",
        placeholder,
        initial: "",
        required: false,
        choices: Choices::None,
        path,
    }
}

const fn number(
    name: &'static str,
    label: &'static str,
    initial: &'static str,
    path: &'static str,
) -> Field {
    Field {
        name,
        label,
        kind: "number",
        placeholder: "",
        initial,
        required: false,
        choices: Choices::None,
        path,
    }
}

const fn choice(
    name: &'static str,
    label: &'static str,
    choices: &'static [(&'static str, &'static str)],
    path: &'static str,
) -> Field {
    Field {
        name,
        label,
        kind: "",
        placeholder: "",
        initial: "",
        required: false,
        choices: Choices::These(choices),
        path,
    }
}

/// What a session can't be found again without.
pub(super) const REQUIRED: &[Field] = &[
    Field {
        name: "name",
        label: "Name",
        kind: "text",
        placeholder: "",
        initial: "",
        required: true,
        choices: Choices::None,
        path: "",
    },
    Field {
        name: "email",
        label: "E-mail",
        kind: "email",
        placeholder: "",
        initial: "",
        required: true,
        choices: Choices::None,
        path: "",
    },
];

/// What may be left as it is.
pub(super) const OPTIONS: &[Field] = &[
    choice(
        "capture",
        "How documents are captured",
        &[
            ("CAMERA_AND_UPLOAD", "Camera or upload"),
            ("CAMERA", "Camera only"),
        ],
        "sdk_config.allowed_capture_methods",
    ),
    text(
        "country",
        "Preselected country",
        "GBR",
        "sdk_config.preset_issuing_country",
    ),
    number(
        "generic",
        "Attempts, unusable picture",
        "2",
        "sdk_config.attempts_configuration.ID_DOCUMENT_TEXT_DATA_EXTRACTION.GENERIC",
    ),
    number(
        "reclassification",
        "Attempts, wrong document",
        "2",
        "sdk_config.attempts_configuration.ID_DOCUMENT_TEXT_DATA_EXTRACTION.RECLASSIFICATION",
    ),
    Field {
        choices: Choices::Languages,
        ..choice("locale", "Language", &[], "sdk_config.locale")
    },
    choice(
        "dark",
        "Dark mode",
        &[
            ("", "Not set"),
            ("AUTO", "As the device prefers"),
            ("ON", "Always"),
            ("OFF", "Never"),
        ],
        "sdk_config.dark_mode",
    ),
    text(
        "primary",
        "Primary colour",
        "#2d9fff",
        "sdk_config.primary_colour",
    ),
    text(
        "primary_dark",
        "Primary colour, dark",
        "#7cc4ff",
        "sdk_config.primary_colour_dark_mode",
    ),
    text(
        "secondary",
        "Secondary colour",
        "#ffffff",
        "sdk_config.secondary_colour",
    ),
    text("font", "Font colour", "#ffffff", "sdk_config.font_colour"),
    text(
        "privacy",
        "Privacy policy",
        "https://…",
        "sdk_config.privacy_policy_url",
    ),
    choice(
        "return",
        "At the end",
        &[
            ("yes", "Return to a page of the sandbox"),
            ("no", "Stay on the client's last screen"),
        ],
        "",
    ),
    number(
        "ttl",
        "Link works for (seconds)",
        "3600",
        "client_session_token_ttl",
    ),
];

/// Creates the session and shows it.
pub(super) async fn create(
    State(app): State<App>,
    Form(values): Form<BTreeMap<String, String>>,
) -> Response {
    let value = |name: &str| values.get(name).map(|it| it.trim()).unwrap_or_default();
    let mut errors = BTreeMap::new();
    if value("name").is_empty() {
        errors.insert("name".to_owned(), "Enter a name.".to_owned());
    }
    if !value("email").contains('@') {
        errors.insert("email".to_owned(), "Enter an e-mail address.".to_owned());
    }
    let payload = payload(&app, &values);
    if errors.is_empty() {
        let person = Person {
            name: value("name").to_owned(),
            email: value("email").to_owned(),
        };
        match sessions::create(&app, &payload, Some(person)) {
            Ok(id) => return Redirect::to(&format!("/sessions/{id}")).into_response(),
            Err(wrong) => {
                for error in wrong {
                    let field = OPTIONS.iter().find(|it| it.path == error.property);
                    match field {
                        Some(field) => errors.insert(field.name.to_owned(), error.message),
                        None => errors.insert(
                            String::new(),
                            format!("{} {}", error.property, error.message),
                        ),
                    };
                }
            }
        }
    }
    let draft = Draft { values, errors };
    (
        StatusCode::UNPROCESSABLE_ENTITY,
        list::render(&app, "", &draft),
    )
        .into_response()
}

/// The session specification that the form describes.
fn payload(app: &App, values: &BTreeMap<String, String>) -> Map<String, Value> {
    let mut spec = json!({
        "requested_checks": [{ "type": "ID_DOCUMENT_AUTHENTICITY", "config": {} }],
        "requested_tasks": [{ "type": "ID_DOCUMENT_TEXT_DATA_EXTRACTION", "config": {} }],
        "required_documents": [{ "type": "ID_DOCUMENT" }],
        "sdk_config": {},
    });
    for field in OPTIONS.iter().filter(|field| !field.path.is_empty()) {
        let text = values
            .get(field.name)
            .map(|it| it.trim())
            .unwrap_or_default();
        if text.is_empty() {
            continue;
        }
        let pointer = format!("/{}", field.path.replace('.', "/"));
        let value = match text.parse::<u64>() {
            Ok(number) if field.kind == "number" => json!(number),
            _ => json!(text),
        };
        set(&mut spec, &pointer, value);
    }
    if values.get("return").is_none_or(|it| it != "no") {
        let origin = app.origin();
        set(
            &mut spec,
            "/sdk_config/success_url",
            json!(format!("{origin}/outcome/success")),
        );
        set(
            &mut spec,
            "/sdk_config/error_url",
            json!(format!("{origin}/outcome/error")),
        );
    }
    match spec {
        Value::Object(map) => map,
        _ => Map::new(),
    }
}

/// Sets a value, making the objects on the way.
fn set(target: &mut Value, pointer: &str, value: Value) {
    let mut place = target;
    for key in pointer.split('/').skip(1) {
        if !place.is_object() {
            *place = json!({});
        }
        let Some(map) = place.as_object_mut() else {
            return;
        };
        place = map.entry(key).or_insert(Value::Null);
    }
    *place = value;
}

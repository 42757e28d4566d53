//! Sessions of every kind.

use proptest::prelude::*;
use serde_json::{Value, json};

use crate::domain::flow::tests::script::launch;
use crate::domain::launch::Launch;

/// A session as the business orders it, and how it is opened.
#[derive(Debug, Clone)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a choice of the business or of the person's device"
)]
pub(super) struct Setup {
    pub(super) requirements: Vec<Requirement>,
    consent: &'static str,
    consent_flow: Option<&'static str>,
    suppressed: Vec<&'static str>,
    allow_handoff: bool,
    /// How far the preparation of the visit is, where there is one.
    in_branch: Option<&'static str>,
    has_identity_profile: bool,
    success: Option<Address>,
    error: Option<Address>,
    pub(super) is_embedded: bool,
    /// Whether the link names the session; else the embedding page does.
    pub(super) has_link: bool,
    can_zoom: bool,
    ttl_s: u64,
}

#[derive(Debug, Clone)]
pub(super) struct Requirement {
    pub(super) id: String,
    pub(super) kind: &'static str,
    liveness_type: &'static str,
    sources: &'static [&'static str],
    methods: &'static str,
    /// Nothing where attempts are not counted.
    pub(super) attempts: Option<u32>,
}

#[derive(Debug, Clone, Copy)]
enum Address {
    Plain,
    WithQuery,
    Refused,
}

impl Address {
    fn text(self) -> &'static str {
        match self {
            Self::Plain => "https://shop.example/back",
            Self::WithQuery => "https://shop.example/back?order=7",
            Self::Refused => "javascript:alert(1)",
        }
    }
}

fn requirement() -> impl Strategy<Value = Requirement> {
    let kind = prop_oneof![
        12 => Just("ID_DOCUMENT"), 10 => Just("SUPPLEMENTARY_DOCUMENT"), 12 => Just("LIVENESS"),
        8 => Just("FACE_CAPTURE"), 6 => Just("APPLICANT_PROFILE"), 1 => Just("FUTURE"),
    ];
    let sources = prop_oneof![
        8 => Just(&["END_USER"][..]), 2 => Just(&["IBV"][..]), 1 => Just(&["RELYING_BUSINESS"][..]),
        2 => Just(&[][..]), 1 => Just(&["END_USER", "IBV"][..]),
    ];
    let attempts = prop_oneof![
        2 => Just(None), 1 => Just(Some(0)), 24 => (1..4_u32).prop_map(Some),
    ];
    let liveness_type = prop_oneof![18 => Just("STATIC"), 8 => Just("ZOOM"), 1 => Just("FUTURE")];
    let methods = prop_oneof![Just("CAMERA"), Just("CAMERA_AND_UPLOAD")];
    (kind, liveness_type, sources, methods, attempts).prop_map(
        |(kind, liveness_type, sources, methods, attempts)| Requirement {
            id: String::new(),
            kind,
            liveness_type,
            sources,
            methods,
            attempts: attempts.filter(|_| !matches!(kind, "FACE_CAPTURE" | "APPLICANT_PROFILE")),
        },
    )
}

const SCREENS: [&str; 8] = [
    "ID_DOCUMENT_EDUCATION",
    "ID_DOCUMENT_REQUIREMENTS",
    "SUPPLEMENTARY_DOCUMENT_EDUCATION",
    "ZOOM_LIVENESS_EDUCATION",
    "STATIC_LIVENESS_EDUCATION",
    "FACE_CAPTURE_EDUCATION",
    "FLOW_COMPLETION",
    "FUTURE",
];

pub(super) fn setup() -> impl Strategy<Value = Setup> {
    let address = || {
        proptest::option::of(prop_oneof![
            12 => Just(Address::Plain), 12 => Just(Address::WithQuery), 1 => Just(Address::Refused),
        ])
    };
    let consent = (
        prop_oneof![Just("REQUIRED"), Just("NOT_REQUIRED"), Just("FUTURE")],
        prop_oneof![
            Just(None),
            Just(Some("EARLY")),
            Just(Some("JUST_IN_TIME")),
            Just(Some("FUTURE"))
        ],
    );
    let order = (
        proptest::collection::vec(requirement(), 0..5),
        consent,
        proptest::sample::subsequence(SCREENS.to_vec(), 0..SCREENS.len()),
        prop_oneof![5 => Just(None), 1 => Just(Some("REQUIRED")), 1 => Just(Some("COMPLETE"))],
        (address(), address()),
        prop_oneof![Just(30), Just(200), Just(600), Just(604_800_u64)],
    );
    // Handoff, identity profile, embedded, link, component.
    let bits = any::<[bool; 5]>();
    (order, bits).prop_map(|(order, bits)| {
        let (mut requirements, consent, suppressed, in_branch, addresses, ttl_s) = order;
        for (number, requirement) in (1..).zip(&mut requirements) {
            requirement.id = format!("requirement-{number}");
        }
        let [
            allow_handoff,
            has_identity_profile,
            is_embedded,
            has_link,
            can_zoom,
        ] = bits;
        Setup {
            requirements,
            consent: consent.0,
            consent_flow: consent.1,
            suppressed,
            allow_handoff,
            in_branch,
            has_identity_profile,
            success: addresses.0,
            error: addresses.1,
            is_embedded,
            has_link: has_link || !is_embedded,
            can_zoom,
            ttl_s,
        }
    })
}

impl Setup {
    pub(super) fn launch(&self) -> Launch {
        let link = launch();
        Launch {
            session_id: link.session_id.clone().filter(|_| self.has_link),
            session_token: link.session_token.clone().filter(|_| self.has_link),
            is_embedded: self.is_embedded,
            can_zoom: self.can_zoom,
            ..link
        }
    }

    pub(super) fn needs_consent(&self) -> bool {
        self.consent != "NOT_REQUIRED"
    }

    /// Whether nothing at all may be captured before the person agreed.
    pub(super) fn asks_early(&self) -> bool {
        self.needs_consent() && matches!(self.consent_flow, Some("EARLY" | "FUTURE"))
    }

    pub(super) fn is_in_branch(&self) -> bool {
        self.in_branch.is_some()
    }

    pub(super) fn success_address(&self) -> Option<String> {
        let address = self.success?;
        Some(address.text().to_owned())
    }

    pub(super) fn error_address(&self, code: u16) -> Option<String> {
        Some(match self.error? {
            Address::Plain => format!("https://shop.example/back?yotiErrorCode={code}"),
            Address::WithQuery => {
                format!("https://shop.example/back?order=7&yotiErrorCode={code}")
            }
            Address::Refused => return None,
        })
    }

    /// The configuration; the service adds how far everything is.
    pub(super) fn configuration(&self) -> Value {
        let resources: Vec<Value> = self.requirements.iter().map(Requirement::json).collect();
        let mut sdk_config = json!({
            "allow_handoff": self.allow_handoff, "suppressed_screens": self.suppressed,
        });
        if let Some(flow) = self.consent_flow {
            sdk_config["biometric_consent_flow"] = flow.into();
        }
        if let Some(address) = self.success {
            sdk_config["success_url"] = address.text().into();
        }
        if let Some(address) = self.error {
            sdk_config["error_url"] = address.text().into();
        }
        let mut value = json!({
            "session_id": "session", "client_session_token_ttl": self.ttl_s,
            "capture": {"biometric_consent": self.consent, "required_resources": resources},
            "sdk_config": sdk_config,
        });
        if let Some(instructions) = self.in_branch {
            value["in_branch"] = json!({"instructions": instructions});
        }
        if self.has_identity_profile {
            value["identity_profile"] = json!({"trust_framework": "UK_TFIDA", "scheme": "DBS"});
        }
        value
    }
}

impl Requirement {
    /// Whether the person delivers it here.
    pub(super) fn is_for_person(&self) -> bool {
        self.sources.is_empty() || self.sources.contains(&"END_USER")
    }

    fn json(&self) -> Value {
        let sources: Vec<Value> = self
            .sources
            .iter()
            .map(|kind| json!({"type": kind}))
            .collect();
        let mut value = json!({
            "type": self.kind, "id": self.id, "state": "REQUIRED", "allowed_sources": sources,
        });
        match self.kind {
            "ID_DOCUMENT" => {
                value["allowed_capture_methods"] = self.methods.into();
                value["supported_countries"] = json!([
                    {"code": "GBR", "supported_documents": [{"type": "PASSPORT"}, {"type": "DRIVING_LICENCE"}]},
                    {"code": "FRA", "supported_documents": [{"type": "NATIONAL_ID"}, {"type": "PASSPORT"}]},
                ]);
            }
            "SUPPLEMENTARY_DOCUMENT" => {
                value["allowed_capture_methods"] = self.methods.into();
                value["document_types"] = json!(["UTILITY_BILL", "BANK_STATEMENT"]);
                value["country_codes"] = json!(["GBR"]);
            }
            "LIVENESS" => value["liveness_type"] = self.liveness_type.into(),
            _ => {}
        }
        value
    }
}

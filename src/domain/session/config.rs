//! The session configuration as the service sends it.
//!
//! Field names and values are those of the published contract
//! (`GET {base}/sessions/{sessionId}/configuration`).
//! Unknown fields are ignored and unknown values kept (`open_enum.rs`).

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::open_enum::open_enum;

/// Everything the client learns about its session.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Configuration {
    /// The session this configuration belongs to.
    pub session_id: String,
    /// Seconds until the client session token stops working.
    pub client_session_token_ttl: u64,
    /// Types of the checks that the business asked for.
    #[serde(default)]
    pub requested_checks: Vec<String>,
    /// What has to be captured.
    pub capture: Capture,
    /// How the client looks, speaks and leaves.
    #[serde(default)]
    pub sdk_config: SdkConfig,
    /// Whether the service records the address of the device.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub track_ip_address: Option<bool>,
    /// Ours: the session is completed in a branch and prepared at home.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub in_branch: Option<InBranch>,
    /// Ours: the identity profile that the session is to establish.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub identity_profile: Option<IdentityProfile>,
}

/// How far the preparation of a visit to a branch is (docs/client-api.md).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InBranch {
    /// Whether the instructions have been supplied.
    pub instructions: RequirementState,
    /// Where the business explains the visit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub guidance_url: Option<String>,
    /// What the person pays in the branch.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user_price: Option<Price>,
}

/// An amount of money.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Price {
    /// A decimal number, for example `10.50`.
    pub amount: String,
    /// ISO 4217, for example `GBP`.
    pub currency: String,
}

/// The identity profile of a session (docs/client-api.md).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IdentityProfile {
    /// For example `UK_TFIDA`.
    pub trust_framework: String,
    /// For example `DBS`.
    pub scheme: String,
}

/// The resources of a session and whether consent is needed for them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Capture {
    /// Whether biometric consent must be asked for.
    pub biometric_consent: BiometricConsent,
    /// What has to be captured, in this order.
    #[serde(default)]
    pub required_resources: Vec<RequiredResource>,
}

open_enum! {
    /// Whether the person must agree to the use of their face.
    BiometricConsent {
        /// The consent screen must be shown.
        Required = "REQUIRED",
        /// No consent is asked for.
        NotRequired = "NOT_REQUIRED",
    }
}

/// One thing that the session requires.
///
/// The published shape is one object whose fields depend on `type`;
/// fields that do not belong to a type are simply absent.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RequiredResource {
    /// What kind of resource this is.
    #[serde(rename = "type")]
    pub kind: ResourceKind,
    /// The requirement id, named when the resource is created.
    pub id: String,
    /// Whether it still has to be delivered.
    pub state: RequirementState,
    /// Who may deliver it.
    #[serde(default)]
    pub allowed_sources: Vec<AllowedSource>,
    /// `ID_DOCUMENT`: countries and the document types accepted from each.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub supported_countries: Vec<SupportedCountry>,
    /// `ID_DOCUMENT` and, ours, `SUPPLEMENTARY_DOCUMENT`: whether a file may be
    /// uploaded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub allowed_capture_methods: Option<CaptureMethods>,
    /// Tasks that the service runs on the resource.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub requested_tasks: Vec<RequestedTask>,
    /// Attempts left per category; published for `ID_DOCUMENT`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub attempts_remaining: BTreeMap<String, u32>,
    /// `LIVENESS`: the kind of liveness capture.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub liveness_type: Option<String>,
    /// `SUPPLEMENTARY_DOCUMENT`: accepted document types.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub document_types: Vec<String>,
    /// `SUPPLEMENTARY_DOCUMENT`: accepted countries, ISO 3166-1 alpha-3.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub country_codes: Vec<String>,
    /// `SUPPLEMENTARY_DOCUMENT`: what the document has to prove.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub objective: Option<Objective>,
    /// Ours: what has been handed over and is still being judged.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pending: Option<PendingResource>,
}

/// A resource that has been handed over and is still being judged.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PendingResource {
    /// The resource.
    pub resource_id: String,
    /// The type that the person chose, of a document.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub document_type: Option<String>,
    /// The country that the person chose, of a document, ISO 3166-1 alpha-3.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub issuing_country: Option<String>,
}

open_enum! {
    /// Kinds of resources.
    ResourceKind {
        /// A passport, card or licence.
        IdDocument = "ID_DOCUMENT",
        /// A bill, statement or letter.
        SupplementaryDocument = "SUPPLEMENTARY_DOCUMENT",
        /// A liveness capture.
        Liveness = "LIVENESS",
        /// A still of the face.
        FaceCapture = "FACE_CAPTURE",
        /// What the business knows of the person.
        ApplicantProfile = "APPLICANT_PROFILE",
    }
}

open_enum! {
    /// Whether a requirement is still open.
    ///
    /// Only `REQUIRED` is published; `COMPLETE` is ours (docs/client-api.md).
    RequirementState {
        /// Still to be delivered.
        Required = "REQUIRED",
        /// Delivered and accepted.
        Complete = "COMPLETE",
    }
}

/// Who may deliver a resource.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AllowedSource {
    /// The source.
    #[serde(rename = "type")]
    pub kind: SourceKind,
}

open_enum! {
    /// Sources of resources.
    SourceKind {
        /// The person, through this client.
        EndUser = "END_USER",
        /// The business, through its back end.
        RelyingBusiness = "RELYING_BUSINESS",
        /// A branch (in-branch verification).
        Ibv = "IBV",
    }
}

/// A country and the documents accepted from it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SupportedCountry {
    /// ISO 3166-1 alpha-3.
    pub code: String,
    /// Accepted documents.
    #[serde(default)]
    pub supported_documents: Vec<SupportedDocument>,
}

/// A document type of a country.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SupportedDocument {
    /// The document type.
    #[serde(rename = "type")]
    pub kind: DocumentType,
    /// Whether the document is printed in Latin letters only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub is_strictly_latin: Option<bool>,
    /// Limits on which issues are accepted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub requirements: Option<DocumentRequirements>,
}

/// Limits on which issues of a document are accepted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DocumentRequirements {
    /// Earliest accepted date of issue, `YYYY-MM-DD`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date_from: Option<String>,
}

open_enum! {
    /// Types of identity documents.
    DocumentType {
        /// A passport booklet.
        Passport = "PASSPORT",
        /// A driving licence card.
        DrivingLicence = "DRIVING_LICENCE",
        /// A national identity card.
        NationalId = "NATIONAL_ID",
        /// A residence permit card.
        ResidencePermit = "RESIDENCE_PERMIT",
        /// A refugee or alien's travel document booklet.
        TravelDocument = "TRAVEL_DOCUMENT",
        /// An identity card of a state of a federation.
        StateId = "STATE_ID",
    }
}

open_enum! {
    /// How an identity document may be captured.
    CaptureMethods {
        /// By live camera only.
        Camera = "CAMERA",
        /// By live camera or by uploading a file.
        CameraAndUpload = "CAMERA_AND_UPLOAD",
    }
}

/// A task that the service runs on a resource.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RequestedTask {
    /// The task, for example `ID_DOCUMENT_TEXT_DATA_EXTRACTION`.
    #[serde(rename = "type")]
    pub kind: String,
    /// `REQUIRED` in every published example.
    pub state: String,
}

/// What a supplementary document has to prove.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Objective {
    /// For example `PROOF_OF_ADDRESS`.
    #[serde(rename = "type")]
    pub kind: String,
}

/// `sdk_config`: how the client looks, speaks and leaves.
///
/// Every field is as received; nothing here has been checked yet.
/// Colours go through [`crate::domain::theme`], addresses through
/// [`crate::domain::redirect`].
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
#[expect(
    missing_docs,
    reason = "the names are the published contract's; see contract §1.2"
)]
pub struct SdkConfig {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub allowed_capture_methods: Option<CaptureMethods>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub primary_colour: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub secondary_colour: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub font_colour: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dark_mode: Option<DarkMode>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub primary_colour_dark_mode: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub locale: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub preset_issuing_country: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub success_url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error_url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub privacy_policy_url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub allow_handoff: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub biometric_consent_flow: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub brand_id: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub suppressed_screens: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hide_logo: Option<bool>,
}

open_enum! {
    /// Which colour scheme the client uses.
    DarkMode {
        /// Always dark.
        On = "ON",
        /// Always light.
        Off = "OFF",
        /// As the device prefers.
        Auto = "AUTO",
    }
}

//! What the client sends for documents, faces and consent, and what it hears
//! back.
//!
//! Paths, status codes and examples: `docs/client-api.md`.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::config::DocumentType;
use super::open_enum::open_enum;
use crate::domain::sight::{Corners, PixelPoint};

/// `POST …/resources/id-documents`, the body.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewIdDocument {
    /// The requirement that this document is to satisfy.
    pub requirement_id: String,
    /// What the person says the document is.
    pub document_type: DocumentType,
    /// The issuing country, ISO 3166-1 alpha-3.
    pub issuing_country: String,
}

/// `POST …/resources/supplementary-documents`, the body.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewSupplementaryDocument {
    /// The requirement that this document is to satisfy.
    pub requirement_id: String,
    /// What the person says the document is, for example `UTILITY_BILL`.
    pub document_type: String,
    /// The issuing country, ISO 3166-1 alpha-3.
    pub issuing_country: String,
}

/// `POST …/resources/face-capture` and `POST …/resources/liveness/static`, the
/// body.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewFace {
    /// The requirement that this face is to satisfy.
    pub requirement_id: String,
}

/// `PUT …/biometric-consent`, the body.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConsentRecord {
    /// What the person decided.
    pub decision: ConsentDecision,
}

open_enum! {
    /// Whether the person agreed to the use of their face.
    ConsentDecision {
        /// They agreed.
        Given = "GIVEN",
        /// They did not.
        Refused = "REFUSED",
    }
}

/// The answer to the creation of a resource.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CreatedResource {
    /// The resource id.
    pub id: String,
}

/// `PUT …/pages/{n}`, the part named `descriptor`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PageDescriptor {
    /// How the picture was made.
    pub capture_method: CaptureMethod,
    /// What is where in it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub regions: Option<[Region; 1]>,
}

/// A part of a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Region {
    /// What it is.
    #[serde(rename = "type")]
    pub kind: RegionKind,
    /// Where it is.
    pub coordinates: Coordinates,
}

/// What a part of a picture is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum RegionKind {
    /// The whole document.
    #[serde(rename = "FULL_DOCUMENT")]
    FullDocument,
}

/// The corners of a part of a picture, in its pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Coordinates {
    /// The one that is top left in the picture.
    pub top_left: PixelPoint,
    /// Its top right.
    pub top_right: PixelPoint,
    /// Its bottom left.
    pub bottom_left: PixelPoint,
    /// Its bottom right.
    pub bottom_right: PixelPoint,
}

impl From<Corners> for Region {
    fn from(Corners([top_left, top_right, bottom_right, bottom_left]): Corners) -> Self {
        Self {
            kind: RegionKind::FullDocument,
            coordinates: Coordinates {
                top_left,
                top_right,
                bottom_left,
                bottom_right,
            },
        }
    }
}

open_enum! {
    /// How a picture was made.
    CaptureMethod {
        /// With the live camera.
        Camera = "CAMERA",
        /// From a file.
        Upload = "UPLOAD",
    }
}

/// The answer to an uploaded page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UploadedPage {
    /// The stored picture.
    pub media: MediaId,
}

/// Points to stored media.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MediaId {
    /// The media id.
    pub id: String,
}

/// The state of the text extraction of a document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TextExtraction {
    /// The task id.
    pub id: String,
    /// Whether there is a recommendation yet.
    pub state: TaskState,
    /// What to do next; present once `state` is `DONE` or `FAILED`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recommendation: Option<Recommendation>,
    /// Attempts left per category after this one.
    #[serde(default)]
    pub attempts_remaining: BTreeMap<String, u32>,
}

open_enum! {
    /// States of a task.
    TaskState {
        /// Still running.
        Pending = "PENDING",
        /// Finished and the document can be used.
        Done = "DONE",
        /// Finished and the document can't be used.
        Failed = "FAILED",
    }
}

/// What the service recommends after looking at a document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recommendation {
    /// Whether to go on.
    pub value: RecommendationValue,
    /// Why not, when not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Reason>,
    /// The attempts category that this outcome was counted in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub category: Option<AttemptCategory>,
    /// The page it concerns, counted from 1; absent when it concerns all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page: Option<u32>,
    /// The type that the service believes it saw.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detected_document_type: Option<DocumentType>,
    /// The country that the service believes it saw, ISO 3166-1 alpha-3.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detected_country: Option<String>,
}

open_enum! {
    /// Values of a recommendation.
    RecommendationValue {
        /// Go on.
        Progress = "PROGRESS",
        /// Another picture would help; going on is allowed.
        ShouldTryAgain = "SHOULD_TRY_AGAIN",
        /// The document can't be used as it is.
        MustTryAgain = "MUST_TRY_AGAIN",
    }
}

/// Why another attempt is recommended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reason {
    /// The kind of reason.
    pub value: ReasonValue,
    /// A reason name of contract §7.3, for example `PHOTO_TOO_BLURRY`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
}

open_enum! {
    /// Kinds of reasons.
    ReasonValue {
        /// The picture is not good enough.
        Quality = "QUALITY",
        /// The person chose or did something else than was asked.
        UserError = "USER_ERROR",
    }
}

open_enum! {
    /// Attempts are counted per category.
    AttemptCategory {
        /// The picture could not be processed.
        Generic = "GENERIC",
        /// The document is not what the person said it is.
        Reclassification = "RECLASSIFICATION",
    }
}

/// The body of every refusal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ErrorBody {
    /// What went wrong, for programs.
    pub code: ApiErrorCode,
    /// What went wrong, for developers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
    /// Which fields were refused.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<FieldError>,
}

/// A refused field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldError {
    /// The path of the field, for example `sdk_config.primary_colour`.
    pub property: String,
    /// What is wrong with it.
    pub message: String,
}

open_enum! {
    /// Codes of refusals.
    ///
    /// The first group is published; the second is ours (docs/client-api.md).
    ApiErrorCode {
        /// 400: a field is wrong.
        PayloadValidation = "PAYLOAD_VALIDATION",
        /// 400: the request can't be read.
        MalformedRequest = "MALFORMED_REQUEST",
        /// 401: the token or the signature is wrong, foreign or late.
        BadToken = "BAD_TOKEN",
        /// 404: no such session.
        SessionNotFound = "SESSION_NOT_FOUND",
        /// 409: the business has not yet supplied what it must.
        SessionNotReady = "SESSION_NOT_READY",
        /// 409: the session is over.
        SessionExpired = "SESSION_EXPIRED",
        /// 404: no such resource or media in this session.
        ResourceNotFound = "RESOURCE_NOT_FOUND",
        /// 409: no attempt is left.
        AttemptsExhausted = "ATTEMPTS_EXHAUSTED",
        /// 409: the resource can't be changed any more.
        ResourceLocked = "RESOURCE_LOCKED",
        /// 409: something required has not been delivered.
        RequirementsNotMet = "REQUIREMENTS_NOT_MET",
        /// 409: a face was sent before the person agreed to its use.
        ConsentRequired = "CONSENT_REQUIRED",
        /// 409: nobody has said that the numbers of the handoff match.
        HandoffNotConfirmed = "HANDOFF_NOT_CONFIRMED",
        /// 410: the code of the handoff is unknown, used or over.
        HandoffCodeSpent = "HANDOFF_CODE_SPENT",
        /// 409: the profile was corrected wrongly too often.
        ProfileUpdatesExhausted = "PROFILE_UPDATES_EXHAUSTED",
        /// 413: the body is too large.
        PayloadTooLarge = "PAYLOAD_TOO_LARGE",
        /// 415: the bytes are not of an accepted kind.
        UnsupportedMedia = "UNSUPPORTED_MEDIA",
        /// 415: a PDF that needs a password.
        FileEncrypted = "FILE_ENCRYPTED",
        /// 415: a PDF that can't be read.
        FileUnreadable = "FILE_UNREADABLE",
        /// 5xx: the service can't answer now.
        ServiceUnavailable = "SERVICE_UNAVAILABLE",
    }
}

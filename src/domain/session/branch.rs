//! Preparing a visit to a branch: the published instructions of a session.
//!
//! Shapes: contract §8; paths: `docs/client-api.md`.

use serde::{Deserialize, Serialize};

/// `PUT …/instructions`, the body.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Instructions {
    /// Who comes, and where the letter goes.
    pub contact_profile: ContactProfile,
    /// Which document the person brings for each requirement.
    pub documents: Vec<BroughtDocument>,
    /// Where the person goes.
    pub branch: Branch,
}

/// `GET …/instructions`: what has been supplied, but for whom.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SuppliedInstructions {
    /// Which document the person brings for each requirement.
    #[serde(default)]
    pub documents: Vec<BroughtDocument>,
    /// Where the person goes.
    pub branch: Branch,
}

/// Who comes to the branch.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContactProfile {
    /// Given name.
    pub first_name: String,
    /// Family name.
    pub last_name: String,
    /// Where the letter goes.
    pub email: String,
}

impl std::fmt::Debug for ContactProfile {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // Nothing personal in logs.
        f.write_str("ContactProfile(…)")
    }
}

/// The document that the person brings for a requirement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BroughtDocument {
    /// The requirement.
    pub requirement_id: String,
    /// The document.
    pub document: BroughtKind,
}

/// What kind of document the person brings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BroughtKind {
    /// `ID_DOCUMENT` or `SUPPLEMENTARY_DOCUMENT`.
    #[serde(rename = "type")]
    pub kind: String,
    /// ISO 3166-1 alpha-3.
    pub country_code: String,
    /// For example `PASSPORT`.
    pub document_type: String,
}

/// A branch; the type and the code say which.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Branch {
    /// Only `UK_POST_OFFICE` is published.
    #[serde(rename = "type")]
    pub kind: String,
    /// The branch's code: seven letters or digits.
    pub fad_code: String,
    /// Its name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Its address, without the post code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// Its post code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub post_code: Option<String>,
    /// Where it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub location: Option<Location>,
}

/// A place on the earth, in degrees (WGS 84).
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Location {
    /// North is positive.
    pub latitude: f64,
    /// East is positive.
    pub longitude: f64,
}

/// `POST /lookup/uk-post-office`, the body.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BranchSearch {
    /// A post code.
    pub search_string: String,
}

/// `POST /lookup/uk-post-office`, the answer.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct BranchList {
    /// The nearest first.
    #[serde(default)]
    pub branches: Vec<Branch>,
}

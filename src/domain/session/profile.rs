//! What the business knows of the person: the published applicant profile.
//!
//! Shape: contract §1.1, `resources.applicant_profile`; paths:
//! `docs/client-api.md`.

use serde::{Deserialize, Serialize};

/// A person as the business knows them.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ApplicantProfile {
    /// All names, in the order in which they are written.
    #[serde(default)]
    pub full_name: String,
    /// `YYYY-MM-DD`.
    #[serde(default)]
    pub date_of_birth: String,
    /// Where they live.
    #[serde(default)]
    pub structured_postal_address: PostalAddress,
}

impl std::fmt::Debug for ApplicantProfile {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // Nothing personal in logs.
        f.write_str("ApplicantProfile(…)")
    }
}

/// A postal address of format 1: a building number in front of a street.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[expect(missing_docs, reason = "the names are the published contract's")]
pub struct PostalAddress {
    pub address_format: u32,
    pub building_number: String,
    pub address_line1: String,
    pub town_city: String,
    pub postal_code: String,
    /// ISO 3166-1 alpha-3.
    pub country_iso: String,
    /// The country's name.
    pub country: String,
}

impl std::fmt::Debug for PostalAddress {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("PostalAddress(…)")
    }
}

impl Default for PostalAddress {
    fn default() -> Self {
        Self {
            address_format: 1,
            building_number: String::new(),
            address_line1: String::new(),
            town_city: String::new(),
            postal_code: String::new(),
            country_iso: String::new(),
            country: String::new(),
        }
    }
}

//! The calls of a visit to a branch and of the applicant's profile.

use web_sys::Blob;

use super::{Answer, Service, accept, read, to_json};
use crate::domain::form::SubmitError;
use crate::domain::json;
use crate::domain::service::ServiceError;
use crate::domain::session::branch::{Branch, BranchSearch, Instructions, SuppliedInstructions};
use crate::domain::session::profile::ApplicantProfile;

impl Service {
    /// The branches nearest to a post code.
    ///
    /// # Errors
    ///
    /// [`SubmitError::Fields`] when it is no post code; otherwise as
    /// [`Self::configuration`].
    pub async fn find_branches(&self, words: &str) -> Result<Vec<Branch>, SubmitError> {
        let search = BranchSearch {
            search_string: words.to_owned(),
        };
        let address = [&self.base, "/lookup/uk-post-office"].concat();
        let answer = self
            .call_at("POST", &address, Some(&to_json(&search)?))
            .await?;
        take(&answer)?;
        Ok(read(&answer, json::branches)?.branches)
    }

    /// Supplies the instructions, again if need be.
    ///
    /// # Errors
    ///
    /// [`SubmitError::Fields`] when fields are refused; otherwise as
    /// [`Self::configuration`].
    pub async fn send_instructions(&self, instructions: &Instructions) -> Result<(), SubmitError> {
        let body = to_json(instructions)?;
        take(&self.call("PUT", "instructions", Some(&body)).await?)
    }

    /// The instructions that have been supplied.
    ///
    /// # Errors
    ///
    /// As [`Self::configuration`].
    pub async fn instructions(&self) -> Result<SuppliedInstructions, ServiceError> {
        let answer = self.call("GET", "instructions", None).await?;
        read(&answer, json::supplied_instructions)
    }

    /// The letter; nothing while it is being made.
    ///
    /// # Errors
    ///
    /// As [`Self::configuration`].
    pub async fn letter(&self) -> Result<Option<Blob>, ServiceError> {
        let (answer, blob) = self.call_for_bytes("instructions/pdf").await?;
        accept(&answer)?;
        Ok(blob.filter(|_| answer.status != NO_CONTENT))
    }

    /// Has the letter sent by e-mail.
    ///
    /// # Errors
    ///
    /// As [`Self::configuration`].
    pub async fn email_letter(&self) -> Result<(), ServiceError> {
        accept(&self.call("POST", "instructions/email", None).await?)
    }

    /// What the business knows of the person.
    ///
    /// # Errors
    ///
    /// As [`Self::configuration`].
    pub async fn profile(&self) -> Result<ApplicantProfile, ServiceError> {
        let answer = self.call("GET", PROFILE, None).await?;
        read(&answer, json::applicant_profile)
    }

    /// Confirms the profile, corrected or not.
    ///
    /// # Errors
    ///
    /// [`SubmitError::Fields`] when fields are refused; otherwise as
    /// [`Self::configuration`].
    pub async fn send_profile(&self, profile: &ApplicantProfile) -> Result<(), SubmitError> {
        let body = to_json(profile)?;
        take(&self.call("PUT", PROFILE, Some(&body)).await?)
    }
}

const PROFILE: &str = "resources/applicant-profile";

/// The status of an answer without anything in it.
const NO_CONTENT: u16 = 204;

/// The status of a refusal that names fields.
const BAD_REQUEST: u16 = 400;

/// Takes an answer to a form.
fn take(answer: &Answer) -> Result<(), SubmitError> {
    let fields = json::refused_fields(&answer.body);
    if answer.status == BAD_REQUEST && !fields.is_empty() {
        return Err(SubmitError::Fields(fields));
    }
    Ok(accept(answer)?)
}

//! The review of the applicant's profile by the person themselves.

use bytes::Bytes;
use jiff::Timestamp;
use serde_json::Value;
use vestibule::domain::session::config::SourceKind;
use vestibule::domain::session::profile::ApplicantProfile;
use vestibule::domain::session::resource::{ApiErrorCode, FieldError};

use super::{MediaKind, RequirementKind, Session};
use crate::error::{ApiError, ApiResult};

/// The third wrong update is one too many (contract §5.6, 7001).
const UPDATES: u32 = 3;

/// How far the review is.
#[derive(Debug, Clone, Default)]
pub(crate) struct Review {
    /// What the person confirmed, and its media.
    pub(crate) confirmed: Option<(ApplicantProfile, String)>,
    refused: u32,
}

impl Session {
    /// Refuses unless the person is asked to review the profile.
    ///
    /// # Errors
    ///
    /// 404 otherwise.
    pub(crate) fn require_review(&self) -> ApiResult<()> {
        let asked = self.requirements.iter().any(|it| {
            matches!(it.kind, RequirementKind::ApplicantProfile)
                && it.sources.contains(&SourceKind::EndUser)
        });
        if asked {
            Ok(())
        } else {
            Err(ApiError::resource_not_found("applicant profile"))
        }
    }

    /// The profile as it is known now; empty when nobody said anything.
    pub(crate) fn profile(&self) -> ApplicantProfile {
        if let Some((confirmed, _)) = &self.review.confirmed {
            return confirmed.clone();
        }
        let supplied = self.spec.applicant_profile.clone().map(without_nulls);
        supplied
            .and_then(|value| serde_json::from_value(value).ok())
            .unwrap_or_default()
    }

    /// Takes an update in, or counts it as refused.
    ///
    /// # Errors
    ///
    /// 400 with every wrong field; 409 from the third wrong update on, also
    /// for one that is right.
    pub(crate) fn update_profile(
        &mut self,
        update: Result<ApplicantProfile, Vec<FieldError>>,
        now: Timestamp,
    ) -> ApiResult<ApplicantProfile> {
        let exhausted = || {
            ApiError::conflict(
                ApiErrorCode::ProfileUpdatesExhausted,
                "The profile was corrected wrongly too often",
            )
        };
        if self.review.refused >= UPDATES {
            return Err(exhausted());
        }
        match update {
            Err(errors) => {
                self.review.refused += 1;
                Err(if self.review.refused >= UPDATES {
                    exhausted()
                } else {
                    ApiError::validation(errors)
                })
            }
            Ok(profile) => {
                let content = serde_json::to_vec(&profile).unwrap_or_default();
                let content = Bytes::from(content);
                let media = self.add_media(MediaKind::Json, "application/json", content, now);
                let confirmed = self.review.confirmed.replace((profile.clone(), media));
                if let Some((_, replaced)) = confirmed {
                    self.media.remove(&replaced);
                }
                Ok(profile)
            }
        }
    }
}

/// SDKs serialise what has not been set as `null`.
fn without_nulls(value: Value) -> Value {
    match value {
        Value::Object(map) => map
            .into_iter()
            .filter(|(_, value)| !value.is_null())
            .map(|(key, value)| (key, without_nulls(value)))
            .collect(),
        other => other,
    }
}

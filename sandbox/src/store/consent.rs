//! Whether the person agreed to the use of their face.

use jiff::Timestamp;
use vestibule::domain::session::resource::ApiErrorCode;

use super::Session;
use crate::error::{ApiError, ApiResult};

/// What is known of the consent to a session.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Consent {
    /// Whether the session needs it.
    pub(crate) required: bool,
    /// When it was given; `None` when it was not, or was taken back.
    pub(crate) given: Option<Timestamp>,
}

impl Session {
    /// Whether consent is still to be asked for.
    pub(crate) fn awaits_consent(&self) -> bool {
        self.consent.required && self.consent.given.is_none()
    }

    /// Refuses what must not be done with a face before the person agreed.
    ///
    /// # Errors
    ///
    /// 409 `CONSENT_REQUIRED`.
    pub(crate) fn require_consent(&self) -> ApiResult<()> {
        if self.awaits_consent() {
            return Err(ApiError::conflict(
                ApiErrorCode::ConsentRequired,
                "The person has not agreed to the use of their face",
            ));
        }
        Ok(())
    }
}

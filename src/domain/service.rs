//! What can go wrong with the service, by what can be done about it.

use crate::domain::session::resource::ApiErrorCode;

/// Why a call to the service failed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ServiceError {
    /// The request did not reach the service; trying again may help.
    #[error("the service could not be reached")]
    Unreachable,
    /// The service can't answer now; trying again may help.
    #[error("the service is unavailable")]
    Unavailable,
    /// The token is wrong, foreign or late.
    #[error("the token was refused")]
    Unauthorised,
    /// There is no such session.
    #[error("the session was not found")]
    SessionNotFound,
    /// The session is over.
    #[error("the session is over")]
    SessionExpired,
    /// The business has to supply something first.
    #[error("the session is not ready")]
    SessionNotReady,
    /// No attempt is left.
    #[error("no attempt is left")]
    AttemptsExhausted,
    /// The picture was refused for its bytes or its size.
    #[error("the picture was refused")]
    PictureRefused,
    /// The PDF needs a password.
    #[error("the file is encrypted")]
    FileEncrypted,
    /// The PDF can't be read, or has too many pages.
    #[error("the file can't be read")]
    FileUnreadable,
    /// The service refused for a reason that only a developer can mend.
    #[error("the request was refused: {0}")]
    Refused(ApiErrorCode),
    /// The answer could not be understood.
    #[error("the answer could not be understood")]
    Malformed,
}

impl ServiceError {
    /// What an answer with this status and error code means.
    #[must_use]
    pub fn from_answer(status: u16, code: Option<ApiErrorCode>) -> Self {
        match (status, code) {
            (_, Some(ApiErrorCode::SessionExpired)) => Self::SessionExpired,
            (_, Some(ApiErrorCode::SessionNotReady)) => Self::SessionNotReady,
            (_, Some(ApiErrorCode::AttemptsExhausted)) => Self::AttemptsExhausted,
            (_, Some(ApiErrorCode::SessionNotFound)) | (404, None) => Self::SessionNotFound,
            (_, Some(ApiErrorCode::FileEncrypted)) => Self::FileEncrypted,
            (_, Some(ApiErrorCode::FileUnreadable)) => Self::FileUnreadable,
            (401 | 403, _) => Self::Unauthorised,
            (413 | 415, _) => Self::PictureRefused,
            (408 | 429 | 500..=599, _) => Self::Unavailable,
            (_, Some(code)) => Self::Refused(code),
            (_, None) => Self::Malformed,
        }
    }

    /// Whether another picture or file would be taken.
    #[must_use]
    pub fn is_about_content(&self) -> bool {
        matches!(
            self,
            Self::PictureRefused | Self::FileEncrypted | Self::FileUnreadable
        )
    }

    /// Whether the same request may succeed later.
    #[must_use]
    pub fn can_retry(&self) -> bool {
        matches!(self, Self::Unreachable | Self::Unavailable)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_become_what_can_be_done() {
        let cases = [
            (
                401,
                Some(ApiErrorCode::BadToken),
                ServiceError::Unauthorised,
            ),
            (
                404,
                Some(ApiErrorCode::SessionNotFound),
                ServiceError::SessionNotFound,
            ),
            (
                404,
                Some(ApiErrorCode::ResourceNotFound),
                ServiceError::Refused(ApiErrorCode::ResourceNotFound),
            ),
            (
                409,
                Some(ApiErrorCode::AttemptsExhausted),
                ServiceError::AttemptsExhausted,
            ),
            (
                409,
                Some(ApiErrorCode::SessionExpired),
                ServiceError::SessionExpired,
            ),
            (
                413,
                Some(ApiErrorCode::PayloadTooLarge),
                ServiceError::PictureRefused,
            ),
            (415, None, ServiceError::PictureRefused),
            (503, None, ServiceError::Unavailable),
            (400, None, ServiceError::Malformed),
        ];
        for (status, code, error) in cases {
            assert_eq!(
                ServiceError::from_answer(status, code.clone()),
                error,
                "{status} {code:?}"
            );
        }
    }

    #[test]
    fn only_passing_trouble_is_retried() {
        assert!(ServiceError::Unreachable.can_retry());
        assert!(ServiceError::Unavailable.can_retry());
        assert!(!ServiceError::Unauthorised.can_retry());
        assert!(!ServiceError::AttemptsExhausted.can_retry());
    }
}

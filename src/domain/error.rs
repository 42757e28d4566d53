//! The error registry: every code the client can end with.
//!
//! One table says what a code means, who can mend it, whether trying again
//! helps and whether it costs an attempt.
//! `docs/errors.md` is held against it by a test.
//! Codes and meanings: contract §5.6 (those marked W).

use crate::domain::i18n::Text;

/// Who can do something about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Remedy {
    /// The person, on this device.
    Person,
    /// The business: a new session or another configuration.
    Business,
    /// Nobody right now; time helps.
    Time,
}

/// How the person gets any further.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Retry {
    /// The same link works again.
    SameLink,
    /// The business has to send a new link.
    NewSession,
    /// Trying again does not help.
    Never,
}

macro_rules! registry {
    ($($(#[$doc:meta])* $variant:ident = $code:literal, $remedy:ident, $retry:ident, costs_attempt: $costs:literal, $title:ident, $body:ident;)+) => {
        /// A code that the business is told when a session ends early.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum ErrorCode {
            $($(#[$doc])* $variant,)+
        }

        impl ErrorCode {
            /// The whole registry, by ascending code.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The number that is told.
            #[must_use]
            pub const fn code(self) -> u16 {
                match self { $(Self::$variant => $code,)+ }
            }

            /// Who can do something about it.
            #[must_use]
            pub const fn remedy(self) -> Remedy {
                match self { $(Self::$variant => Remedy::$remedy,)+ }
            }

            /// Whether trying again helps.
            #[must_use]
            pub const fn retry(self) -> Retry {
                match self { $(Self::$variant => Retry::$retry,)+ }
            }

            /// Whether getting there cost the person an attempt.
            #[must_use]
            pub const fn costs_attempt(self) -> bool {
                match self { $(Self::$variant => $costs,)+ }
            }

            /// What happened, in words.
            #[must_use]
            pub const fn title(self) -> Text {
                match self { $(Self::$variant => Text::$title,)+ }
            }

            /// What the person can do, in words.
            #[must_use]
            pub const fn body(self) -> Text {
                match self { $(Self::$variant => Text::$body,)+ }
            }
        }
    };
}

registry! {
    /// The person stopped, for example by not agreeing to the use of their face.
    Cancelled = 1000, Person, SameLink, costs_attempt: false, ErrorCancelledTitle, ErrorCancelledBody;
    /// The token is wrong, or ran out before the client was opened.
    Unauthorised = 2000, Business, NewSession, costs_attempt: false, ErrorLinkTitle, ErrorLinkBody;
    /// The service does not know the session.
    SessionNotFound = 2001, Business, NewSession, costs_attempt: false, ErrorLinkTitle, ErrorLinkBody;
    /// The session ran out while the client was open.
    SessionExpired = 2002, Business, NewSession, costs_attempt: false, ErrorExpiredTitle, ErrorExpiredBody;
    /// The link has no token.
    NoToken = 2003, Business, NewSession, costs_attempt: false, ErrorIncompleteLinkTitle, ErrorIncompleteLinkBody;
    /// The link has no session id.
    NoSessionId = 2004, Business, NewSession, costs_attempt: false, ErrorIncompleteLinkTitle, ErrorIncompleteLinkBody;
    /// The service can't answer.
    ServiceDown = 3000, Time, SameLink, costs_attempt: false, ErrorServiceTitle, ErrorServiceBody;
    /// There is no network.
    NoNetwork = 3002, Person, SameLink, costs_attempt: false, ErrorNetworkTitle, ErrorNetworkBody;
    /// The camera was refused and nothing else is allowed.
    CameraDenied = 4000, Person, SameLink, costs_attempt: false, ErrorCameraDeniedTitle, ErrorCameraDeniedBody;
    /// No attempt is left.
    AttemptsExhausted = 4001, Business, NewSession, costs_attempt: true, ErrorAttemptsTitle, ErrorAttemptsBody;
    /// There is no camera and nothing else is allowed.
    NoCamera = 5000, Person, SameLink, costs_attempt: false, ErrorNoCameraTitle, ErrorNoCameraBody;
    /// This browser or device can't do the liveness check.
    LivenessUnsupported = 5001, Person, SameLink, costs_attempt: false, ErrorLivenessUnsupportedTitle, ErrorLivenessUnsupportedBody;
    /// No attempt at the liveness check is left.
    LivenessExhausted = 5002, Business, SameLink, costs_attempt: true, ErrorLivenessAttemptsTitle, ErrorLivenessAttemptsBody;
    /// Something that should never happen.
    Internal = 5004, Business, SameLink, costs_attempt: false, ErrorInternalTitle, ErrorInternalBody;
    /// The liveness check could not be done.
    LivenessFailed = 5006, Business, Never, costs_attempt: false, ErrorLivenessFailedTitle, ErrorLivenessFailedBody;
    /// A browser other than Safari on a system where only Safari has a camera.
    NotSafari = 5007, Person, SameLink, costs_attempt: false, ErrorNotSafariTitle, ErrorNotSafariBody;
    /// The session asks for something that this client does not do.
    UnsupportedConfiguration = 5008, Business, Never, costs_attempt: false, ErrorUnsupportedTitle, ErrorUnsupportedBody;
    /// The camera failed and nothing else is allowed.
    CameraFailed = 5010, Person, SameLink, costs_attempt: false, ErrorCameraFailedTitle, ErrorCameraFailedBody;
    /// The camera has too few pixels and nothing else is allowed.
    CameraTooCoarse = 5011, Person, SameLink, costs_attempt: false, ErrorCameraTooCoarseTitle, ErrorCameraTooCoarseBody;
    /// The person has none of the documents.
    NoDocument = 7000, Business, Never, costs_attempt: false, ErrorNoDocumentTitle, ErrorNoDocumentBody;
    /// The profile was corrected wrongly too often.
    ProfileUpdatesExhausted = 7001, Business, NewSession, costs_attempt: true, ErrorProfileUpdatesTitle, ErrorProfileUpdatesBody;
    /// No attempt at the liveness check is left, in a session with an identity
    /// profile.
    ProfileLivenessExhausted = 7002, Business, NewSession, costs_attempt: true, ErrorLivenessAttemptsTitle, ErrorLivenessAttemptsBody;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_unique_and_ascending() {
        let codes: Vec<u16> = ErrorCode::ALL.iter().map(|code| code.code()).collect();
        assert!(codes.windows(2).all(|pair| pair[0] < pair[1]), "{codes:?}");
    }
}

//! Continuing on another device: what the two devices and the service say.
//!
//! Paths, status codes and the reasons: `docs/client-api.md`.

use serde::{Deserialize, Serialize};

use super::open_enum::open_enum;

/// `POST …/handoffs`, the answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewHandoff {
    /// The handoff.
    pub id: String,
    /// The code that the other device redeems, once.
    pub code: String,
    /// Seconds until the code is over.
    pub code_expires_in_s: u32,
}

/// `POST …/handoffs/{id}/code`, the answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HandoffCode {
    /// The code that the other device redeems, once.
    pub code: String,
    /// Seconds until the code is over.
    pub code_expires_in_s: u32,
}

/// `POST /handoffs/redeem`, the body.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RedeemHandoff {
    /// The code of the link.
    pub code: String,
}

/// `POST /handoffs/redeem`, the answer.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RedeemedHandoff {
    /// The session that goes on here.
    pub session_id: String,
    /// The handoff.
    pub handoff_id: String,
    /// A token for this device alone.
    pub client_session_token: String,
    /// Two digits that the other device shows too.
    pub number: String,
}

/// `GET …/handoffs/{id}`, the answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HandoffStatus {
    /// How far it is.
    pub state: HandoffState,
    /// Two digits that both devices show, once the code has been redeemed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
    /// How much the person has to deliver in all.
    pub n_required: u32,
    /// How much of it has been delivered.
    pub n_complete: u32,
}

open_enum! {
    /// How far a handoff is.
    HandoffState {
        /// The code has not been redeemed.
        Waiting = "WAITING",
        /// It has, and the numbers have to be compared.
        Scanned = "SCANNED",
        /// The other device captures.
        Active = "ACTIVE",
        /// The other device has delivered everything.
        Done = "DONE",
        /// The person stopped on the other device.
        GivenUp = "GIVEN_UP",
        /// It was taken back, or replaced by another one.
        Ended = "ENDED",
    }
}

/// `POST …/handoffs/{id}/outcome`, the body.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HandoffEnd {
    /// How it ended on the other device.
    pub outcome: HandoffOutcome,
}

open_enum! {
    /// How a handoff ended on the other device.
    HandoffOutcome {
        /// Everything was delivered.
        Done = "DONE",
        /// The person stopped.
        GivenUp = "GIVEN_UP",
    }
}

impl std::fmt::Debug for RedeemedHandoff {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // The token is never printed.
        f.debug_struct("RedeemedHandoff")
            .field("session_id", &self.session_id)
            .field("handoff_id", &self.handoff_id)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_token_of_the_other_device_is_never_printed() {
        let redeemed = RedeemedHandoff {
            session_id: "s".to_owned(),
            handoff_id: "h".to_owned(),
            client_session_token: "secret".to_owned(),
            number: "42".to_owned(),
        };
        assert!(
            !format!("{redeemed:?}").contains("secret"),
            "the token must not be in logs"
        );
    }
}

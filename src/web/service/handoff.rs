//! The wire of continuing on another device.

use crate::domain::flow::{FreshLink, Offered};
use crate::domain::json;
use crate::domain::launch::OneTime;
use crate::domain::service::ServiceError;
use crate::domain::session::handoff::{
    HandoffEnd, HandoffOutcome, HandoffStatus, RedeemHandoff, RedeemedHandoff,
};

use super::{ANSWER_LIMIT_MS, Service, VERSION_HEADER, accept, encode, read, to_json};
use crate::web::fetch::{self, Request};

/// Redeems the code that opened this page; it has no token yet.
///
/// # Errors
///
/// When the service does not answer, refuses, or says what can't be read.
pub async fn redeem(base: &str, code: &OneTime) -> Result<RedeemedHandoff, ServiceError> {
    let body = to_json(&RedeemHandoff {
        code: code.reveal().to_owned(),
    })?;
    let request = Request {
        method: "POST",
        address: &[base, "/handoffs/redeem"].concat(),
        headers: &[VERSION_HEADER, ("Content-Type", "application/json")],
        body: Some(&body),
        is_cacheable: false,
        limit_ms: ANSWER_LIMIT_MS,
    };
    read(&fetch::send(request).await?, json::redeemed_handoff)
}

fn path(id: &str, rest: &str) -> String {
    ["handoffs/", &encode(id), rest].concat()
}

impl Service {
    /// What the other device opens: the code, and no token.
    fn link(&self, code: &str) -> OneTime {
        let link = [&self.base, "/web/index.html?handoff=", &encode(code)].concat();
        OneTime::new(link)
    }

    /// Offers the session to another device.
    ///
    /// # Errors
    ///
    /// As [`Self::configuration`].
    pub async fn offer_handoff(&self) -> Result<Offered, ServiceError> {
        let answer = self.call("POST", "handoffs", None).await?;
        let made = read(&answer, json::new_handoff)?;
        Ok(Offered {
            id: made.id,
            link: FreshLink {
                link: self.link(&made.code),
                expires_in_s: made.code_expires_in_s,
            },
        })
    }

    /// Replaces the code of an offer.
    ///
    /// # Errors
    ///
    /// As [`Self::configuration`].
    pub async fn rotate_handoff_code(&self, id: &str) -> Result<FreshLink, ServiceError> {
        let answer = self.call("POST", &path(id, "/code"), None).await?;
        let made = read(&answer, json::handoff_code)?;
        Ok(FreshLink {
            link: self.link(&made.code),
            expires_in_s: made.code_expires_in_s,
        })
    }

    /// Says that both devices show the same number.
    ///
    /// # Errors
    ///
    /// As [`Self::configuration`].
    pub async fn confirm_handoff(&self, id: &str) -> Result<(), ServiceError> {
        accept(&self.call("POST", &path(id, "/confirmation"), None).await?)
    }

    /// How far a handoff is.
    ///
    /// # Errors
    ///
    /// As [`Self::configuration`].
    pub async fn handoff_status(&self, id: &str) -> Result<HandoffStatus, ServiceError> {
        read(
            &self.call("GET", &path(id, ""), None).await?,
            json::handoff_status,
        )
    }

    /// Says how the handoff ended on this device.
    ///
    /// # Errors
    ///
    /// As [`Self::configuration`].
    pub async fn end_handoff(&self, id: &str, outcome: HandoffOutcome) -> Result<(), ServiceError> {
        let body = to_json(&HandoffEnd { outcome })?;
        accept(
            &self
                .call("POST", &path(id, "/outcome"), Some(&body))
                .await?,
        )
    }

    /// Takes the session back from the other device.
    ///
    /// # Errors
    ///
    /// As [`Self::configuration`].
    pub async fn take_back_handoff(&self, id: &str) -> Result<(), ServiceError> {
        accept(&self.call("DELETE", &path(id, ""), None).await?)
    }
}

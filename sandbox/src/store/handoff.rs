//! Continuing on another device: who may do what with which token.
//!
//! The protocol is in `docs/client-api.md`.
//! A code is kept as its digest only, and codes are found by their digest, so
//! that the time of an answer says nothing about how near a guess was.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::Timestamp;
use rsa::rand_core::{OsRng, RngCore};
use rsa::sha2::{Digest, Sha256};
use vestibule::domain::session::config::{RequirementState, SourceKind};
use vestibule::domain::session::handoff::{
    HandoffCode, HandoffOutcome, HandoffState, HandoffStatus, NewHandoff, RedeemedHandoff,
};
use vestibule::domain::session::resource::ApiErrorCode;

use super::{Session, Store, new_id};
use crate::branch::in_branch;
use crate::clock::plus_s;
use crate::error::{ApiError, ApiResult};

/// How long a code works.
const CODE_TTL_S: u32 = 60;
/// Nobody guesses 192 bits in a minute.
const CODE_BYTES: usize = 24;

/// One offer to continue on another device, and what became of it.
#[derive(Debug)]
pub(crate) struct Handoff {
    id: String,
    progress: Progress,
    /// Two digits that both devices show.
    number: Option<String>,
}

#[derive(Debug)]
enum Progress {
    /// Nobody has redeemed the code.
    Waiting {
        code: CodeDigest,
        expires: Timestamp,
    },
    /// The other device has a token that opens nothing yet.
    Scanned { token: String },
    /// The other device delivers.
    Active { token: String },
    /// Done, given up or ended.
    Over(HandoffState),
}

#[derive(Debug, PartialEq, Eq)]
struct CodeDigest([u8; 32]);

impl CodeDigest {
    fn of(code: &str) -> Self {
        Self(Sha256::digest(code.as_bytes()).into())
    }
}

/// Which device a token belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Device {
    /// The one that the journey began on.
    First,
    /// The one that it was handed to.
    Other {
        /// The handoff that gave it its token.
        handoff_id: String,
        /// Whether the person has said that the numbers match.
        confirmed: bool,
    },
}

impl Device {
    /// Refuses as long as the numbers have not been compared.
    pub(crate) fn must_be_confirmed(&self) -> ApiResult<()> {
        match self {
            Self::Other {
                confirmed: false, ..
            } => Err(not_confirmed()),
            Self::First | Self::Other { .. } => Ok(()),
        }
    }

    /// Whether its token is the one that this handoff gave.
    pub(crate) fn belongs_to(&self, id: &str) -> bool {
        matches!(self, Self::Other { handoff_id, .. } if handoff_id == id)
    }

    /// Refuses every device but the one that the journey began on.
    pub(crate) fn must_be_first(&self) -> ApiResult<()> {
        self.must_be_confirmed()?;
        match self {
            Self::First => Ok(()),
            Self::Other { .. } => Err(ApiError::bad_token(
                "This is up to the device that the journey began on",
            )),
        }
    }
}

fn not_confirmed() -> ApiError {
    ApiError::conflict(
        ApiErrorCode::HandoffNotConfirmed,
        "Nobody has said yet that the numbers match",
    )
}

fn over() -> ApiError {
    ApiError::conflict(ApiErrorCode::ResourceLocked, "The handoff has gone on")
}

impl Handoff {
    fn waiting(now: Timestamp) -> (Self, String) {
        let (progress, code) = Progress::waiting(now);
        let handoff = Self {
            id: new_id(),
            progress,
            number: None,
        };
        (handoff, code)
    }

    /// The token of the other device, as long as it has one.
    fn token(&self) -> Option<&str> {
        match &self.progress {
            Progress::Scanned { token } | Progress::Active { token } => Some(token),
            Progress::Waiting { .. } | Progress::Over(_) => None,
        }
    }

    fn state(&self) -> HandoffState {
        match &self.progress {
            Progress::Waiting { .. } => HandoffState::Waiting,
            Progress::Scanned { .. } => HandoffState::Scanned,
            Progress::Active { .. } => HandoffState::Active,
            Progress::Over(how) => how.clone(),
        }
    }

    /// What is over stays as it is.
    fn end(&mut self, how: HandoffState) {
        if !matches!(self.progress, Progress::Over(_)) {
            self.progress = Progress::Over(how);
        }
    }

    fn is_opened_by(&self, wanted: &CodeDigest, now: Timestamp) -> bool {
        matches!(&self.progress, Progress::Waiting { code, expires }
            if code == wanted && now < *expires)
    }
}

impl Progress {
    fn waiting(now: Timestamp) -> (Self, String) {
        let mut bytes = [0; CODE_BYTES];
        OsRng.fill_bytes(&mut bytes);
        let code = URL_SAFE_NO_PAD.encode(bytes);
        let waiting = Self::Waiting {
            code: CodeDigest::of(&code),
            expires: plus_s(now, u64::from(CODE_TTL_S)),
        };
        (waiting, code)
    }
}

impl Session {
    /// Whose token this is, if it works at `now`.
    pub(crate) fn device(&self, token: &str, now: Timestamp) -> Option<Device> {
        if self.is_opened_by(token, now) {
            return Some(Device::First);
        }
        if !self.takes_deliveries(now) {
            return None;
        }
        self.handoffs
            .iter()
            .find(|it| it.token() == Some(token))
            .map(|it| Device::Other {
                handoff_id: it.id.clone(),
                confirmed: matches!(it.progress, Progress::Active { .. }),
            })
    }

    /// Offers the session to another device; earlier offers end.
    ///
    /// # Errors
    ///
    /// 400 when the business does not allow it.
    pub(crate) fn offer_handoff(&mut self, now: Timestamp) -> ApiResult<NewHandoff> {
        if self.spec.sdk_config.allow_handoff == Some(false) {
            return Err(ApiError::field(
                "sdk_config.allow_handoff",
                "is false in this session",
            ));
        }
        for earlier in &mut self.handoffs {
            earlier.end(HandoffState::Ended);
        }
        let (handoff, code) = Handoff::waiting(now);
        let id = handoff.id.clone();
        self.handoffs.push(handoff);
        Ok(NewHandoff {
            id,
            code,
            code_expires_in_s: CODE_TTL_S,
        })
    }

    /// Replaces the code of an offer that nobody has taken yet.
    ///
    /// # Errors
    ///
    /// 404; 409 once a code has been redeemed.
    pub(crate) fn rotate_handoff_code(
        &mut self,
        id: &str,
        now: Timestamp,
    ) -> ApiResult<HandoffCode> {
        let handoff = self.handoff_mut(id)?;
        if !matches!(handoff.progress, Progress::Waiting { .. }) {
            return Err(over());
        }
        let (progress, code) = Progress::waiting(now);
        handoff.progress = progress;
        Ok(HandoffCode {
            code,
            code_expires_in_s: CODE_TTL_S,
        })
    }

    /// The person says that both devices show the same number.
    ///
    /// # Errors
    ///
    /// 404; 409 before the code has been redeemed and after the handoff.
    pub(crate) fn confirm_handoff(&mut self, id: &str) -> ApiResult<()> {
        let handoff = self.handoff_mut(id)?;
        match &handoff.progress {
            Progress::Waiting { .. } => Err(ApiError::conflict(
                ApiErrorCode::HandoffNotConfirmed,
                "Nobody has redeemed the code",
            )),
            Progress::Scanned { token } => {
                handoff.progress = Progress::Active {
                    token: token.clone(),
                };
                Ok(())
            }
            Progress::Active { .. } => Ok(()),
            Progress::Over(_) => Err(over()),
        }
    }

    /// How far a handoff is.
    ///
    /// # Errors
    ///
    /// 404.
    pub(crate) fn handoff_status(&self, id: &str) -> ApiResult<HandoffStatus> {
        let handoff = self
            .handoffs
            .iter()
            .find(|it| it.id == id)
            .ok_or_else(no_handoff)?;
        let mut status = HandoffStatus {
            state: handoff.state(),
            number: handoff.number.clone(),
            n_required: 0,
            n_complete: 0,
        };
        for requirement in &self.requirements {
            if requirement.sources.contains(&SourceKind::EndUser) {
                status.n_required += 1;
                if self.requirement_state(requirement) == RequirementState::Complete {
                    status.n_complete += 1;
                }
            }
        }
        // Where only a branch completes the session, what the person does is
        // to prepare the visit.
        if let Some(visit) = in_branch(self) {
            status.n_required += 1;
            if visit.instructions == RequirementState::Complete {
                status.n_complete += 1;
            }
        }
        Ok(status)
    }

    /// The other device has finished; its token stops working.
    ///
    /// # Errors
    ///
    /// 404; 401 for any device but the one that this handoff went to.
    pub(crate) fn end_handoff(
        &mut self,
        id: &str,
        device: &Device,
        outcome: &HandoffOutcome,
    ) -> ApiResult<()> {
        let handoff = self.handoff_mut(id)?;
        device.must_be_confirmed()?;
        if !device.belongs_to(id) {
            return Err(ApiError::bad_token(
                "This is up to the device that the handoff went to",
            ));
        }
        handoff.end(match outcome {
            HandoffOutcome::Done => HandoffState::Done,
            HandoffOutcome::GivenUp | HandoffOutcome::Other(_) => HandoffState::GivenUp,
        });
        Ok(())
    }

    /// Takes the session back: the code and the other device's token end.
    ///
    /// # Errors
    ///
    /// 404.
    pub(crate) fn take_back_handoff(&mut self, id: &str) -> ApiResult<()> {
        self.handoff_mut(id)?.end(HandoffState::Ended);
        Ok(())
    }

    fn handoff_mut(&mut self, id: &str) -> ApiResult<&mut Handoff> {
        let found = self.handoffs.iter_mut().find(|it| it.id == id);
        found.ok_or_else(no_handoff)
    }
}

fn no_handoff() -> ApiError {
    ApiError::resource_not_found("handoff")
}

impl Store {
    /// Gives the session of a code to another device.
    ///
    /// # Errors
    ///
    /// 410 when no code like this works at `now`.
    pub(crate) fn redeem_handoff(
        &mut self,
        code: &str,
        now: Timestamp,
    ) -> ApiResult<RedeemedHandoff> {
        let wanted = CodeDigest::of(code);
        self.sessions
            .values_mut()
            .filter(|session| session.takes_deliveries(now))
            .find_map(|session| {
                let handoff = session
                    .handoffs
                    .iter_mut()
                    .find(|it| it.is_opened_by(&wanted, now))?;
                let token = new_id();
                let number = two_digits();
                handoff.number = Some(number.clone());
                handoff.progress = Progress::Scanned {
                    token: token.clone(),
                };
                Some(RedeemedHandoff {
                    session_id: session.id.clone(),
                    handoff_id: handoff.id.clone(),
                    client_session_token: token,
                    number,
                })
            })
            .ok_or_else(ApiError::handoff_code_spent)
    }
}

fn two_digits() -> String {
    format!("{:02}", OsRng.next_u32() % 100)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_long_random_and_fit_for_a_link() {
        let (_, code) = Progress::waiting(Timestamp::UNIX_EPOCH);
        let (_, other) = Progress::waiting(Timestamp::UNIX_EPOCH);
        assert_ne!(code, other);
        assert_eq!(code.len(), 32, "192 bits in base64");
        assert!(
            code.bytes()
                .all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
        );
    }

    #[test]
    fn a_number_always_has_two_digits() {
        for _ in 0..200 {
            let number = two_digits();
            assert!(number.len() == 2 && number.bytes().all(|b| b.is_ascii_digit()));
        }
    }
}

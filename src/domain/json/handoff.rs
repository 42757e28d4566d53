//! Reads what the service says of handoffs.

use super::super::session::handoff::{HandoffCode, HandoffStatus, NewHandoff, RedeemedHandoff};
use super::value::Value;
use super::{Object, ReadError, read};

fn number(object: Object<'_>, name: &str) -> Option<u32> {
    let number = object.0.get(name).and_then(Value::as_count)?;
    u32::try_from(number).ok()
}

/// Reads an offer to continue on another device.
///
/// # Errors
///
/// When it lacks a field.
pub fn new_handoff(json: &str) -> Result<NewHandoff, ReadError> {
    read(json, |root| {
        Some(NewHandoff {
            id: root.text("id")?,
            code: root.text("code")?,
            code_expires_in_s: number(root, "code_expires_in_s")?,
        })
    })
}

/// Reads the code that replaces an earlier one.
///
/// # Errors
///
/// When it lacks a field.
pub fn handoff_code(json: &str) -> Result<HandoffCode, ReadError> {
    read(json, |root| {
        Some(HandoffCode {
            code: root.text("code")?,
            code_expires_in_s: number(root, "code_expires_in_s")?,
        })
    })
}

/// Reads what a redeemed code gives.
///
/// # Errors
///
/// When it lacks a field.
pub fn redeemed_handoff(json: &str) -> Result<RedeemedHandoff, ReadError> {
    read(json, |root| {
        Some(RedeemedHandoff {
            session_id: root.text("session_id")?,
            handoff_id: root.text("handoff_id")?,
            client_session_token: root.text("client_session_token")?,
            number: root.text("number")?,
        })
    })
}

/// Reads how far a handoff is.
///
/// # Errors
///
/// When it lacks a state or a count.
pub fn handoff_status(json: &str) -> Result<HandoffStatus, ReadError> {
    read(json, |root| {
        Some(HandoffStatus {
            state: root.text("state")?.into(),
            number: root.text("number"),
            n_required: number(root, "n_required")?,
            n_complete: number(root, "n_complete")?,
        })
    })
}

#[cfg(test)]
mod tests {
    use proptest::option::of;
    use proptest::prelude::*;
    use serde::Serialize;

    use super::*;

    fn written(value: &impl Serialize) -> String {
        serde_json::to_string(value).unwrap()
    }

    proptest! {
        #[test]
        fn what_was_written_is_read(
            id in ".{0,8}", code in ".{0,8}", token in ".{0,8}", state in "[A-Z_]{1,9}",
            digits in of("[0-9]{2}"), n_required: u32, n_complete: u32,
        ) {
            let offer = NewHandoff { id: id.clone(), code: code.clone(), code_expires_in_s: n_required };
            prop_assert_eq!(new_handoff(&written(&offer)), Ok(offer));
            let next = HandoffCode { code, code_expires_in_s: n_complete };
            prop_assert_eq!(handoff_code(&written(&next)), Ok(next));
            let redeemed = RedeemedHandoff {
                session_id: id.clone(),
                handoff_id: id,
                client_session_token: token,
                number: digits.clone().unwrap_or_default(),
            };
            prop_assert_eq!(redeemed_handoff(&written(&redeemed)), Ok(redeemed));
            let status = HandoffStatus { state: state.into(), number: digits, n_required, n_complete };
            prop_assert_eq!(handoff_status(&written(&status)), Ok(status));
        }
    }

    #[test]
    fn what_lacks_a_field_is_not_read() {
        for json in ["{}", "[]", "", r#"{"id": 1, "code": "c"}"#] {
            assert_eq!(new_handoff(json), Err(ReadError), "{json}");
            assert_eq!(handoff_code(json), Err(ReadError), "{json}");
            assert_eq!(redeemed_handoff(json), Err(ReadError), "{json}");
            assert_eq!(handoff_status(json), Err(ReadError), "{json}");
        }
    }
}

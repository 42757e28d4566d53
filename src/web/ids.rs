//! Ids that nobody else has.

use wasm_bindgen::JsValue;
use web_sys::Crypto;

use super::window;

/// A random UUID (RFC 9562, version 4).
///
/// `crypto.randomUUID` is missing before Safari 15.4 and Chrome 92, and on
/// pages that are not served securely.
#[must_use]
pub fn new_id() -> String {
    let crypto = window::window().and_then(|window| window.crypto().ok());
    let has_own = |crypto: &Crypto| {
        js_sys::Reflect::get(crypto, &JsValue::from_str("randomUUID"))
            .is_ok_and(|own| own.is_function())
    };
    if let Some(crypto) = crypto.as_ref().filter(|crypto| has_own(crypto)) {
        return crypto.random_uuid();
    }
    let mut bytes = [0; 16];
    let is_random =
        crypto.is_some_and(|crypto| crypto.get_random_values_with_u8_array(&mut bytes).is_ok());
    if !is_random {
        // Only told apart, never guessed against: this id is no secret.
        for byte in &mut bytes {
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "0 to 255"
            )]
            let random = (js_sys::Math::random() * 256.0) as u8;
            *byte = random;
        }
    }
    as_uuid(bytes)
}

fn as_uuid(mut bytes: [u8; 16]) -> String {
    bytes[6] = (bytes[6] & 0x0f) | 0x40;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    let mut text = String::with_capacity(36);
    for (index, byte) in bytes.into_iter().enumerate() {
        if matches!(index, 4 | 6 | 8 | 10) {
            text.push('-');
        }
        for nibble in [byte >> 4, byte & 0x0f] {
            text.extend(char::from_digit(u32::from(nibble), 16));
        }
    }
    text
}

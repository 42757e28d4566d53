//! Notes for developers.
//!
//! Only fixed sentences: nothing that a session, a person or a service said
//! can get into the console through here.

/// Notes something unexpected that was dealt with.
pub fn warn(text: &'static str) {
    web_sys::console::warn_1(&text.into());
}

/// Notes something.
pub fn log(text: &'static str) {
    web_sys::console::log_1(&text.into());
}

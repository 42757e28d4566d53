//! Addresses under which the browser shows bytes that it holds in memory.

use web_sys::{Blob, Url};

use super::console;

/// A `blob:` address; the browser lets go of the bytes when it is dropped.
pub struct ObjectUrl(String);

impl ObjectUrl {
    /// An address for these bytes; nothing when the browser refuses.
    #[must_use]
    pub fn new(blob: &Blob) -> Option<Self> {
        Url::create_object_url_with_blob(blob).ok().map(Self)
    }

    /// The address.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Drop for ObjectUrl {
    fn drop(&mut self) {
        if Url::revoke_object_url(&self.0).is_err() {
            console::warn("an object address could not be revoked");
        }
    }
}

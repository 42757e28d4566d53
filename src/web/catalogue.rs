//! The texts of a language: English is in the program, others are fetched.

use crate::domain::i18n::embedded::EARLY;
use crate::domain::i18n::{Catalogue, Locale};

use super::fetch::{self, NoAnswer, Request};

/// How long to wait for a file of texts.
const LIMIT_MS: u64 = 20_000;

/// Why the texts of a language are not there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum LoadError {
    /// The file did not arrive; trying again may help.
    #[error("the texts could not be fetched")]
    Unreachable,
    /// The file is missing or is no file of texts.
    #[error("there are no texts for this language")]
    Unusable,
}

impl From<NoAnswer> for LoadError {
    fn from(_: NoAnswer) -> Self {
        Self::Unreachable
    }
}

/// The file of a language.
///
/// # Errors
///
/// When it can't be had, or is no file of texts.
pub async fn load(locale: Locale) -> Result<String, LoadError> {
    let answer = fetch::send(Request {
        method: "GET",
        address: &format!("locales/{}.json", locale.tag()),
        headers: &[],
        body: None,
        is_cacheable: true,
        limit_ms: LIMIT_MS,
    })
    .await?;
    match (answer.status, Catalogue::parse(&answer.body, EARLY)) {
        (200, Ok(_)) => Ok(answer.body),
        (500..=599, _) => Err(LoadError::Unreachable),
        _ => Err(LoadError::Unusable),
    }
}

//! Who is asking: a back end by its signature, an end user by the token.

mod key;
mod nonces;
mod signature;
mod token;

pub(crate) use key::{KeyError, Keys};
pub(crate) use nonces::Nonces;
pub(crate) use signature::{Signed, SignedRequest};
pub(crate) use token::bearer_token;

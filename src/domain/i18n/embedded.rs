//! The texts that are in the program: English, and the keys under which other
//! languages have theirs.
//!
//! One part for each module of a release build; `build.rs` divides them.

/// The texts of one module; a line for every [`Text`](super::Text), in order,
/// which is empty for those of the other modules.
#[derive(Debug)]
pub struct Texts {
    /// The keys.
    pub(super) keys: &'static str,
    /// The English words; the forms of a text have tabs between them, and each
    /// begins with the number of its plural category.
    pub(super) words: &'static str,
}

macro_rules! texts {
    ($name:literal) => {
        Texts {
            keys: include_str!(concat!(env!("OUT_DIR"), "/", $name, ".keys")),
            words: include_str!(concat!(env!("OUT_DIR"), "/", $name, ".words")),
        }
    };
}

/// What the first module has.
pub static EARLY: &[&Texts] = &[&EARLY_TEXTS];
/// What the first two have.
pub static BEFORE_REST: &[&Texts] = &[&EARLY_TEXTS, &CAPTURE_TEXTS];
/// What all three have.
pub static ALL: &[&Texts] = &[&EARLY_TEXTS, &CAPTURE_TEXTS, &REST_TEXTS];

static EARLY_TEXTS: Texts = texts!("early");
static CAPTURE_TEXTS: Texts = texts!("capture");
static REST_TEXTS: Texts = texts!("rest");

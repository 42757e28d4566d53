//! Pictures of invented documents whose corners are known exactly.
//!
//! For tests and for `cargo xtask bench`: composites of a document on a
//! background as a camera sees them, the same backgrounds without a document,
//! short camera clips, machine-readable zones and one large photograph. The same seed gives the same pixels; nothing of it is committed.
//! Not for training: the detector is trained on pictures of other code with
//! other textures, layouts and letters, so that what is measured here is not
//! what it has learned by heart.
//!
//! Start at [`scene::composite`] and [`scene::empty`]; [`clip`], [`zone`]
//! and [`still`] are the other sets. [`canvas`], [`glyphs`] and
//! [`encode`] are what they, and the specimens of the sandbox, draw with.

pub mod canvas;
pub mod chance;
pub mod clip;
pub mod document;
pub mod encode;
pub mod glyphs;
pub mod lens;
pub mod object;
pub mod plane;
pub mod scene;
pub mod still;
pub mod surface;
pub mod zone;

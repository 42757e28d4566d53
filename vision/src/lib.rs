//! Image analysis for captured documents: is this picture good enough to send?
//!
//! For the browser client and the sandbox service, so that both give the same
//! answer to the same picture.
//! Not for decoding, drawing, files or the browser: the input is a borrowed
//! plane of luma bytes, the output is plain numbers, and nothing here blocks,
//! logs or panics on what is in a picture.
//!
//! Start at [`judge()`] for one picture, or at [`Judge`] for many: it keeps its
//! buffers, so that frames after the first allocate nothing.
//!
//! ```
//! use vestibule_vision::{Luma, Reason, Thresholds, judge};
//!
//! let black = vec![4_u8; 1280 * 720];
//! let verdict = judge(&Luma::new(1280, 720, &black)?, &Thresholds::default());
//! assert_eq!(verdict.first_reason(), Some(Reason::TooDark));
//! # Ok::<(), vestibule_vision::LumaError>(())
//! ```
//!
//! How a picture is judged as a whole:
//!
//! 1. [`luma`] turns RGB or RGBA bytes into luma, if they are not luma yet.
//! 2. [`scale`] shrinks it to a working size of 1000 pixels on the longer
//!    side, so that a blur in working pixels is a blur in permille of the
//!    frame, whatever the camera.
//! 3. [`exposure`] reads the histogram: how bright the paper is, how much of
//!    the picture is clipped.
//! 4. [`sharpness`] finds the detailed parts and measures how wide their
//!    edges are.
//! 5. [`judge`](mod@judge) compares with [`Thresholds`] and orders the findings by what
//!    the person can mend first: a [`Verdict`].
//!
//! Where the corners of the document are known, [`Judge::judge_document`]
//! looks at the document only, and at how it is held ([`pose`]), reflections
//! ([`glare`]) and fingers besides.
//! [`live`] makes one steady answer of many frames: where the document is,
//! what to tell the person, and when to take the picture.
//! [`mrz`] reads the machine-readable zone of a still, and [`rectify`] sees a
//! document from the front.

pub mod colour;
mod cover;
pub mod detect;
pub mod exposure;
pub mod face;
mod focus;
pub mod geometry;
pub mod glare;
pub mod judge;
pub mod live;
pub mod luma;
pub mod metadata;
pub mod mrz;
mod order;
pub mod pose;
pub mod rectify;
pub mod reduce;
pub mod scale;
pub mod shape;
pub mod sharpness;
pub mod thresholds;
pub mod verdict;

pub use colour::Colour;
pub use detect::{Detector, Found};
pub use exposure::Exposure;
pub use face::{Face, FaceFinder};
pub use geometry::{Perspective, Point, Quad};
pub use glare::Glare;
pub use judge::{Judge, judge};
pub use luma::{Luma, LumaBuffer, LumaError};
pub use pose::Pose;
pub use rectify::Rectified;
pub use shape::Shape;
pub use sharpness::Sharpness;
pub use thresholds::{DocumentThresholds, Thresholds};
pub use verdict::{DocumentMeasures, Finding, Measures, Reason, Unit, Verdict};

#[cfg(test)]
mod synthetic;

//! The few operations of a small convolutional network, for one core.
//!
//! Figures are `f32` in rows of pixels with the channels together, and every
//! inner loop runs over eight output channels of four pixels (`eight`).
//! Not for training, and not for any network but those of this crate: kernels
//! are square, padding keeps the size, and channels go in eights.

mod eight;
mod layer;
mod map;
mod weights;

pub use layer::{Convolution, Depthwise};
pub use map::Map;
pub use weights::{Shape, Weights};

//! The few operations of a small convolutional network, for one core.
//!
//! Figures are `f32` in rows of pixels with the channels together, and every
//! inner loop runs over eight output channels of four pixels, which compilers
//! turn into vector instructions by themselves: no `unsafe`, and the same code
//! where there are none.
//! Not for training, and not for any network but those of this crate: kernels
//! are square, padding keeps the size, and channels go in eights.

mod layer;
mod map;
mod weights;

pub(crate) use layer::{Convolution, Depthwise};
pub(crate) use map::Map;
pub(crate) use weights::{Shape, Weights};

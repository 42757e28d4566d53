//! The inner loops of looking: over pixels, over rows of figures, and of a small
//! convolutional network.
//!
//! Each has a twin that names the vector instructions of WebAssembly (`lanes`),
//! because there compilers don't find them by themselves. A crate of its own,
//! so that this alone is built for speed where bytes count.
//! Maps of networks are `f32` in rows of pixels with the channels together,
//! and their loops run over eight output channels of four pixels.
//! Not for training, and not for any network but those of this project: kernels
//! are square, padding keeps the size, and channels go in eights.

mod lanes;
mod layer;
mod map;
pub mod pixels;
pub mod rows;
mod weights;
mod whole;

pub use layer::{Convolution, Depthwise, Scratch};
pub use map::Map;
pub use weights::{Shape, Weights};

//! Every loop against its definition, written down as it is read.
//!
//! Natively these are the plain twins of `src/lanes.rs`; built for WebAssembly
//! with vectors, as `cargo xtask test` does, the wide ones.

#[cfg(target_arch = "wasm32")]
wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_dedicated_worker);

mod layers;
mod pixels;
mod rows;

//! What the modules of the worker are made of: pictures in, numbers out.
//!
//! Not for the browser: `worker.js` owns messages and pixels, and the programs
//! in `bin/` only export what is here.

pub mod answer;
pub mod barcode;
pub mod doubt;
pub mod eyes;
pub mod faces;
pub mod front;
pub mod picture;
pub mod reader;

#[cfg(target_arch = "wasm32")]
#[global_allocator]
static ALLOCATOR: talc::wasm::WasmDynamicTalc = talc::wasm::new_wasm_dynamic_allocator();

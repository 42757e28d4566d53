//! The module that looks for faces in the preview.
//!
//! Exports only; everything else is in [`vestibule_worker::faces`], where it
//! can be tested without a browser.

use wasm_bindgen::prelude::wasm_bindgen;

/// What finds faces.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Faces(vestibule_worker::faces::Faces);

#[wasm_bindgen]
impl Faces {
    /// Nothing when these are not the weights.
    #[must_use]
    pub fn open(weights: &[u8]) -> Option<Self> {
        vestibule_worker::faces::Faces::new(weights).map(Self)
    }

    /// Where the next picture goes: four bytes per pixel, red first.
    pub fn frame(&mut self, width_px: u32, height_px: u32) -> *mut u8 {
        self.0.frame(width_px, height_px).as_mut_ptr()
    }

    /// Looks at the picture; how many faces are told.
    pub fn look(&mut self) -> usize {
        self.0.look()
    }

    /// Where what is told of the faces is.
    #[must_use]
    pub fn numbers(&self) -> *const f32 {
        self.0.numbers().as_ptr()
    }
}

fn main() {}

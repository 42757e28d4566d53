//! The module that reads the bar code on the back of a driving licence.
//!
//! Exports only; everything else is in [`vestibule_worker::barcode`], where it
//! can be tested without a browser.

use wasm_bindgen::prelude::wasm_bindgen;

/// What reads bar codes.
#[wasm_bindgen]
#[derive(Debug, Default)]
pub struct Barcode(vestibule_worker::barcode::Barcode);

#[wasm_bindgen]
impl Barcode {
    /// A reader that has read nothing yet.
    #[wasm_bindgen(constructor)]
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Where the next picture goes: four bytes per pixel, red first.
    pub fn frame(&mut self, width_px: u32, height_px: u32) -> *mut u8 {
        self.0.frame(width_px, height_px).as_mut_ptr()
    }

    /// Reads the picture; how many bytes of text there are.
    pub fn read(&mut self) -> usize {
        self.0.read().len()
    }

    /// Where the text is, in UTF-8.
    #[must_use]
    pub fn text(&self) -> *const u8 {
        self.0.text().as_ptr()
    }
}

fn main() {}

//! The module that reads the machine-readable zone of a still.
//!
//! Exports only; everything else is in [`vestibule_worker::reader`], where it
//! can be tested without a browser.

use wasm_bindgen::prelude::wasm_bindgen;

/// What reads zones.
#[wasm_bindgen]
#[derive(Default)]
pub struct Reader(vestibule_worker::reader::Reader);

#[wasm_bindgen]
impl Reader {
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

    /// Where the text is, in UTF-8: lines with a line feed between them.
    #[must_use]
    pub fn text(&self) -> *const u8 {
        self.0.text().as_ptr()
    }
}

fn main() {}

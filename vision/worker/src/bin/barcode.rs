//! The module that reads the bar code on the back of a driving licence.
//!
//! Exports only; everything else is in [`vestibule_worker::barcode`], where it
//! can be tested without a browser.

use vestibule_worker::doubt::{Chosen, Doubt};
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

    /// What does not fit in what was read last: an index into
    /// [`DOUBTS`](vestibule_worker::doubt::DOUBTS); see [`Chosen::of_numbers`]
    /// for the numbers.
    #[must_use]
    pub fn doubt(&self, kind: u8, is_front: bool, country: u32, today: u32) -> u8 {
        let chosen = Chosen::of_numbers(kind, is_front, country, today);
        Doubt::number(self.0.doubt(&chosen))
    }

    /// Where the text is, in UTF-8.
    #[must_use]
    pub fn text(&self) -> *const u8 {
        self.0.text().as_ptr()
    }
}

fn main() {}

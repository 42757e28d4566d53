//! The module that looks at the preview and at stills.
//!
//! Exports only; everything else is in [`vestibule_worker::eyes`], where it can
//! be tested without a browser.

use vestibule_worker::answer::LENGTH;
use wasm_bindgen::prelude::wasm_bindgen;

/// The eyes, and where the page finds what they saw.
#[wasm_bindgen]
#[derive(Debug, Default)]
pub struct Eyes {
    eyes: vestibule_worker::eyes::Eyes,
    numbers: [f32; LENGTH],
}

#[wasm_bindgen]
impl Eyes {
    /// Eyes that have seen nothing yet.
    #[wasm_bindgen(constructor)]
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Where the next picture goes: four bytes per pixel, red first.
    pub fn frame(&mut self, width_px: u32, height_px: u32) -> *mut u8 {
        self.eyes.frame(width_px, height_px).as_mut_ptr()
    }

    /// Looks at the picture as one of a row; returns where the answer is.
    ///
    /// `aspect` is longer by shorter side, 0 when any will do.
    pub fn look(&mut self, at_ms: f64, aspect: f32, is_first: bool) -> *const f32 {
        let answer = self.eyes.look(at_ms, aspect, is_first);
        let (width_px, height_px) = self.eyes.size_px();
        answer.write(width_px, height_px, &mut self.numbers);
        self.numbers.as_ptr()
    }

    /// Judges the picture by itself; returns where the answer is.
    pub fn judge(&mut self, aspect: f32) -> *const f32 {
        let answer = self.eyes.judge(aspect);
        let (width_px, height_px) = self.eyes.size_px();
        answer.write(width_px, height_px, &mut self.numbers);
        self.numbers.as_ptr()
    }
}

fn main() {}

//! The module that reads the machine-readable zone of a still.
//!
//! Exports only; everything else is in [`vestibule_worker::reader`], where it
//! can be tested without a browser.

use vestibule_worker::doubt::{Chosen, Doubt};
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

    /// Makes the document as it is from the front; its size as width times
    /// 65,536 and height, or 0 where there is none. The corners are shares of
    /// the picture's size; see [`vestibule_worker::front::Front::make`].
    pub fn front(&mut self, corners: &[f32], aspect: f32, long_side_px: u32) -> u32 {
        let Ok(corners) = corners.try_into() else {
            return 0;
        };
        let made = self.0.front(corners, aspect, long_side_px);
        made.map_or(0, |made| made.width_px() << 16 | made.height_px())
    }

    /// Where that is.
    #[must_use]
    pub fn front_pixels(&self) -> *const u8 {
        self.0.made().pixels().as_ptr()
    }

    /// What does not fit in what was read last: an index into
    /// [`DOUBTS`](vestibule_worker::doubt::DOUBTS); see [`Chosen::of_numbers`]
    /// for the numbers.
    #[must_use]
    pub fn doubt(&self, kind: u8, is_front: bool, country: u32, today: u32) -> u8 {
        let chosen = Chosen::of_numbers(kind, is_front, country, today);
        Doubt::number(self.0.doubt(&chosen))
    }

    /// Where the text is, in UTF-8: lines with a line feed between them.
    #[must_use]
    pub fn text(&self) -> *const u8 {
        self.0.text().as_ptr()
    }
}

fn main() {}

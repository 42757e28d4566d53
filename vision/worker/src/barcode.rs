//! Reads the bar code on the back of a driving licence, for the page.
//!
//! Not for what the text means, but for the question whether it fits what was
//! chosen; and not for other bar codes.

use vestibule_barcode::aamva::Licence;

use crate::doubt::{Chosen, Doubt};
use crate::picture::Picture;

/// Reads bar codes; keeps its buffers from picture to picture.
#[derive(Debug, Default)]
pub struct Barcode {
    picture: Picture,
    text: String,
}

impl Barcode {
    /// The buffer for the next picture: four bytes per pixel, red first.
    pub fn frame(&mut self, width_px: u32, height_px: u32) -> &mut [u8] {
        self.picture.frame(width_px, height_px)
    }

    /// Reads the picture: the text of its bar code, or nothing.
    pub fn read(&mut self) -> &str {
        let luma = self.picture.luma();
        let text = luma.and_then(|luma| vestibule_barcode::read(&luma, None));
        self.text = text.unwrap_or_default();
        &self.text
    }

    /// What does not fit in what was read last.
    #[must_use]
    pub fn doubt(&self, chosen: &Chosen) -> Option<Doubt> {
        chosen.doubt_of_licence(&Licence::parse(&self.text)?)
    }

    /// What was read last.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn where_there_is_no_bar_code_nothing_is_read() {
        let mut barcode = Barcode::default();
        barcode.frame(640, 480).fill(180);
        assert_eq!(barcode.read(), "");
        barcode.frame(0, 0);
        assert_eq!(barcode.read(), "");
    }
}

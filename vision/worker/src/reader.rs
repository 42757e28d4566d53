//! Reads the machine-readable zone of a still, and shows its document from the
//! front, for the page.
//!
//! Not for what the lines mean: whoever gets them decides, but for the question
//! whether they fit what was chosen.

use vestibule_vision::Rectified;
use vestibule_vision::mrz::Reading;

use crate::doubt::{Chosen, Doubt};
use crate::front::Front;
use crate::picture::Picture;

/// Reads zones; keeps its buffers from picture to picture.
#[derive(Default)]
pub struct Reader {
    picture: Picture,
    reader: vestibule_vision::mrz::Reader,
    reading: Option<Reading>,
    text: String,
    front: Front,
}

impl Reader {
    /// The buffer for the next picture: four bytes per pixel, red first.
    pub fn frame(&mut self, width_px: u32, height_px: u32) -> &mut [u8] {
        self.picture.frame(width_px, height_px)
    }

    /// Reads the picture: the lines that can be relied on, one below the other,
    /// or nothing.
    pub fn read(&mut self) -> &str {
        self.text.clear();
        let luma = self.picture.luma();
        self.reading = luma.and_then(|luma| self.reader.read(&luma, None));
        if let Some(reading) = &self.reading {
            for line in reading.trusted_lines() {
                if !self.text.is_empty() {
                    self.text.push('\n');
                }
                self.text.push_str(line);
            }
        }
        &self.text
    }

    /// Makes the document as it is from the front; see [`Front::make`].
    pub fn front(
        &mut self,
        corners: &[f32; 8],
        aspect: f32,
        long_side_px: u32,
    ) -> Option<&Rectified> {
        self.front
            .make(&self.picture, corners, aspect, long_side_px)
    }

    /// What [`front`](Self::front) made last.
    #[must_use]
    pub fn made(&self) -> &Rectified {
        self.front.made()
    }

    /// What does not fit in what was read last.
    #[must_use]
    pub fn doubt(&self, chosen: &Chosen) -> Option<Doubt> {
        let reading = self.reading.as_ref().filter(|it| it.is_proven())?;
        let first = reading.lines.first()?.text.as_str();
        let is_named = reading.trusted_lines().next() == Some(first);
        chosen.doubt_of_zone(&reading.parsed()?, is_named)
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
    fn where_there_is_no_zone_nothing_is_read() {
        let mut reader = Reader::default();
        reader.frame(640, 480).fill(180);
        assert_eq!(reader.read(), "");
        reader.frame(0, 0);
        assert_eq!(reader.read(), "");
    }
}

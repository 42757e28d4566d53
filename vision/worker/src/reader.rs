//! Reads the machine-readable zone of a still, for the page.
//!
//! Not for what the lines mean: the page shows and sends them, and whoever gets
//! them decides.

use crate::picture::Picture;

/// Reads zones; keeps its buffers from picture to picture.
#[derive(Default)]
pub struct Reader {
    picture: Picture,
    reader: vestibule_vision::mrz::Reader,
    text: String,
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
        if let Some(reading) = luma.and_then(|luma| self.reader.read(&luma, None)) {
            for line in reading.trusted_lines() {
                if !self.text.is_empty() {
                    self.text.push('\n');
                }
                self.text.push_str(line);
            }
        }
        &self.text
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

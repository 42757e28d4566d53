//! Thresholds: what a good picture has to reach, each with where it comes from.
//!
//! Numbers only; they are compared in [`judge`](crate::judge).

use crate::shape::Shape;

/// The limits of a good picture.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Thresholds {
    /// Smallest shorter side in pixels.
    ///
    /// 600, between the two frames that cameras commonly give: 1280x720
    /// passes, 640x480 does not. A passport's data page (88 mm high, ICAO
    /// 9303-4) that fills 600 pixels has 6.8 pixels per millimetre, so the
    /// 2.5 mm characters of its machine-readable zone are 17 pixels high; OCR
    /// engines want about that much.
    pub short_side_min_px: u32,
    /// Least luma of the brightest twentieth of the picture.
    ///
    /// 85, a third of the scale. The paper of a document is its brightest
    /// large part, and automatic exposure puts paper at 150 to 230. At 85 it
    /// has about a tenth of the linear light of white (sRGB), where the noise
    /// of a telephone camera becomes as strong as light security print.
    pub highlight_min: u8,
    /// Largest share of pixels clipped to white, if the ink has faded too.
    ///
    /// 0.25: a document fills a third of a frame or more, so beyond a quarter
    /// most of its surface has gone. Below it, clipping is a reflection or a
    /// white table.
    pub clipped_bright_max_share: f32,
    /// Darkest ink that clipping is forgiven for.
    ///
    /// 60: a scan on white is clipped nearly everywhere and perfectly legible,
    /// because its ink is still black; over-exposure lifts the ink as well.
    pub faded_ink_min: u8,
    /// Smallest share of blocks with detail.
    ///
    /// 0.05: a card that is half as wide as the frame fills an eighth of it,
    /// and about half of a document's blocks hold print.
    pub detail_min_share: f32,
    /// Largest blur radius in permille of the longer side.
    ///
    /// 1.6: the strokes of OCR-B in the machine-readable zone are 0.35 mm (ISO
    /// 1073-2); a page of 125 mm that spans four fifths of the frame makes that
    /// 2.2 permille. A line of width `w` blurred by `s` keeps the share
    /// `erf(w / (2 √2 s))` of its contrast: one half at `s = 1.6` permille.
    /// That is 2 pixels at 1280, 3.2 at 2000, 6.5 at 4032. Derived, not yet
    /// tuned on photographs of documents.
    pub blur_max_permille: f32,
    /// The limits of what is measured on a document whose corners are known.
    pub document: DocumentThresholds,
}

impl Default for Thresholds {
    fn default() -> Self {
        Self {
            short_side_min_px: 600,
            highlight_min: 85,
            clipped_bright_max_share: 0.25,
            faded_ink_min: 60,
            detail_min_share: 0.05,
            blur_max_permille: 1.6,
            document: DocumentThresholds::default(),
        }
    }
}

/// The limits of a good picture of a document whose corners are known.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DocumentThresholds {
    /// Least distance of a corner from the frame's border, in permille of the
    /// frame's longer side.
    ///
    /// 6: corners are found to within about 3 permille (the learned detectors
    /// that we measured: 2.9 pixels of 224 at the median), and a corner that
    /// is cut off is placed at the border. Make it negative for scans, which
    /// end where the document ends.
    pub margin_min_permille: f32,
    /// Least length of the longest side in pixels.
    ///
    /// 480: a card of 85.6 mm then has 5.6 pixels per millimetre, and the
    /// 2.5 mm characters of its machine-readable zone are 14 pixels high. For
    /// live frames, where a still with more pixels is going to be taken;
    /// ask more of stills.
    pub long_side_min_px: f32,
    /// Least share of the frame's width or height that the document spans.
    ///
    /// 0.5: the still then has at least half of the camera's pixels along the
    /// document; a telephone's 12 megapixels make that 18 per millimetre of a
    /// card.
    pub span_min_share: f32,
    /// Largest deviation of the aspect from that of the shape asked for, as a
    /// share.
    ///
    /// 0.075: cards (1.586) and passports (1.420) are 11.7 % apart, and the
    /// aspect is known to 4 % up to 20 degrees of tilt (tests of
    /// [`pose`](crate::pose)).
    pub aspect_max_share: f32,
    /// Largest tilt in degrees.
    ///
    /// 25: the height of small print has shrunk by a tenth (cos 25° = 0.91),
    /// and a passport that spans the frame is a third larger at its near side
    /// than at its far one, near the end of a telephone's depth of field.
    pub tilt_max_deg: f32,
    /// Largest turn against the frame in degrees, from the nearest axis.
    ///
    /// 20: by then an upright rectangle around a card is twice as large as the
    /// card itself (at 20°, 1.7 times for 1.586 to 1), so half of the pixels
    /// that are sent are table.
    pub turn_max_deg: f32,
    /// Largest share of the document that glare covers.
    ///
    /// 0.006: a spot of 28 mm² on a card, which hides two characters of the
    /// machine-readable zone (2.54 mm apart, ISO 1073-2).
    pub glare_max_share: f32,
    /// Largest share of a side that is covered.
    ///
    /// 0.12: a fingertip is 14 to 18 mm wide, 0.16 of a card's longer side;
    /// below it a few samples are missing for other reasons.
    pub covered_max_share: f32,
    /// Largest blur radius in millimetres on the document, where its shape is
    /// known.
    ///
    /// 0.15: a line of OCR-B, 0.35 mm wide (ISO 1073-2), keeps
    /// `erf(w / (2 √2 s))` = 0.76 of its contrast, and one of half the width,
    /// as in small print, 0.44. Where the shape is not known, the document is
    /// taken for a passport's page (1.2 permille).
    pub blur_max_mm: f32,
    /// A blur radius in pixels that is always good enough.
    ///
    /// 1.2: cameras, their scaling and their noise reduction leave 0.5 to 1
    /// pixels in focus. It decides for sheets and for distant documents, whose
    /// small print the live frame cannot show.
    pub blur_free_px: f32,
    /// From which ratio of the blurs in the two directions a blur is movement.
    ///
    /// 2.2: defocus is the same in both directions, which print whose strokes
    /// differ by direction reads as up to 2.0 times (drawn cards of 576 to 960
    /// pixels, blurred by 1 to 8); a movement that doubles the blur in its
    /// direction reads as 2.1 to 3.
    pub smear_max: f32,
}

impl Default for DocumentThresholds {
    fn default() -> Self {
        Self {
            margin_min_permille: 6.0,
            long_side_min_px: 480.0,
            span_min_share: 0.5,
            aspect_max_share: 0.075,
            tilt_max_deg: 25.0,
            turn_max_deg: 20.0,
            glare_max_share: 0.006,
            covered_max_share: 0.12,
            blur_max_mm: 0.15,
            blur_free_px: 1.2,
            smear_max: 2.2,
        }
    }
}

impl DocumentThresholds {
    /// The largest blur radius in permille of the document's longest side,
    /// which has `long_side_px` pixels.
    #[must_use]
    pub fn blur_max_permille(&self, shape: Option<Shape>, long_side_px: f32) -> f32 {
        let long_mm = shape.unwrap_or(Shape::Id3).long_mm();
        let print = 1000.0 * self.blur_max_mm / long_mm;
        print.max(1000.0 * self.blur_free_px / long_side_px.max(1.0))
    }
}

//! Exposure: how bright a picture is, and how much of it is lost to clipping.
//!
//! Figures only; what is too dark or too bright is decided in
//! [`verdict`](crate::verdict).

/// At and above this, a pixel has lost its detail to white.
///
/// JPEG and camera pipelines leave a few levels of ringing below 255, so exact
/// equality would miss most clipped areas.
pub const CLIPPED_BRIGHT: u8 = 250;

/// At and below this, a pixel has lost its detail to black.
pub const CLIPPED_DARK: u8 = 5;

/// What the histogram of a picture says.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Exposure {
    /// Mean luma, 0 to 255.
    pub mean: f32,
    /// Luma that 5 % of the pixels do not exceed.
    pub shadow: u8,
    /// Luma that half of the pixels do not exceed.
    pub median: u8,
    /// Luma that 95 % of the pixels do not exceed: about the document's paper.
    pub highlight: u8,
    /// Share of pixels at or below [`CLIPPED_DARK`], 0 to 1.
    pub clipped_dark_share: f32,
    /// Share of pixels at or above [`CLIPPED_BRIGHT`], 0 to 1.
    pub clipped_bright_share: f32,
}

impl Exposure {
    /// Reads the exposure of `pixels`; all zero for none.
    #[must_use]
    pub fn of(pixels: &[u8]) -> Self {
        let mut histogram = [0_u32; 256];
        for pixel in pixels {
            histogram[usize::from(*pixel)] += 1;
        }
        Self::of_histogram(&histogram)
    }

    /// Reads the exposure of pixels that have been counted by their luma.
    pub(crate) fn of_histogram(histogram: &[u32; 256]) -> Self {
        let total: u64 = histogram.iter().map(|count| u64::from(*count)).sum();
        if total == 0 {
            return Self::default();
        }
        let weighted: u64 = (0_u64..)
            .zip(histogram)
            .map(|(v, n)| v * u64::from(*n))
            .sum();
        let share = |counts: &[u32]| {
            let count: u64 = counts.iter().map(|count| u64::from(*count)).sum();
            count as f32 / total as f32
        };
        Self {
            mean: weighted as f32 / total as f32,
            shadow: percentile(histogram, total, 5),
            median: percentile(histogram, total, 50),
            highlight: percentile(histogram, total, 95),
            clipped_dark_share: share(&histogram[..=usize::from(CLIPPED_DARK)]),
            clipped_bright_share: share(&histogram[usize::from(CLIPPED_BRIGHT)..]),
        }
    }

    /// Distance between shadow and highlight, in levels.
    #[must_use]
    pub fn range(&self) -> u8 {
        self.highlight.saturating_sub(self.shadow)
    }
}

/// The smallest value that `percent` of the `total` pixels do not exceed.
fn percentile(histogram: &[u32; 256], total: u64, percent: u64) -> u8 {
    let mut seen = 0_u64;
    for (value, count) in (0_u8..=255).zip(histogram) {
        seen += u64::from(*count);
        if seen * 100 >= total * percent {
            return value;
        }
    }
    255
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_has_no_exposure() {
        assert_eq!(Exposure::of(&[]), Exposure::default());
    }

    #[test]
    fn percentiles_stand_where_the_pixels_are() {
        let ramp: Vec<u8> = (0..100).collect();
        let exposure = Exposure::of(&ramp);
        assert_eq!(
            (exposure.shadow, exposure.median, exposure.highlight),
            (4, 49, 94)
        );
        assert_eq!(exposure.range(), 90);
        assert!((exposure.mean - 49.5).abs() < 1e-4);
    }

    #[test]
    fn clipping_is_counted_at_both_ends() {
        let exposure = Exposure::of(&[0, 5, 6, 249, 250, 255, 255, 255]);
        assert!((exposure.clipped_dark_share - 0.25).abs() < 1e-6);
        assert!((exposure.clipped_bright_share - 0.5).abs() < 1e-6);
    }
}

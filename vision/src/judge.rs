//! Judging: measures against thresholds.
//!
//! [`Judge::judge`] looks at a picture as a whole, which is what can be done
//! where nobody knows the corners; [`Judge::judge_document`] looks at the
//! document and not at what is behind it.

use std::ops::Range;

use crate::cover::covered_share;
use crate::exposure::Exposure;
use crate::geometry::Quad;
use crate::glare::Finder;
use crate::luma::Luma;
use crate::pose::Pose;
use crate::reduce::Reduced;
use crate::scale::Shrunk;
use crate::shape::Shape;
use crate::sharpness::{Meter, Sharpness, WORKING_LONG_SIDE_PX};
use crate::thresholds::Thresholds;
use crate::verdict::{DocumentMeasures, Measures, Reason, Unit, Verdict};

/// The longer side at which light is looked at, in pixels: a fingertip on a
/// card is still 40 of them wide.
const LIGHT_LONG_SIDE_PX: usize = 320;

/// How far towards the middle the corners are moved before the light and the
/// print are measured. Corners are a few permille wrong, cards are round and
/// throw shadows there.
const INSET_SHARE: f32 = 0.03;

/// Judges picture after picture with the same buffers.
#[derive(Clone, Debug, Default)]
pub struct Judge {
    thresholds: Thresholds,
    working: Shrunk,
    meter: Meter,
    reduced: Reduced,
    rows: Vec<Range<usize>>,
    glare: Finder,
}

impl Judge {
    /// A judge that holds pictures to `thresholds`.
    #[must_use]
    pub fn new(thresholds: Thresholds) -> Self {
        Self {
            thresholds,
            ..Self::default()
        }
    }

    /// Judges one picture as a whole.
    ///
    /// Allocates nothing after the first picture of a size.
    pub fn judge(&mut self, picture: &Luma<'_>) -> Verdict {
        self.working.fill(picture, WORKING_LONG_SIDE_PX);
        let exposure = Exposure::of(self.working.pixels());
        let sharpness = self.meter.measure(&self.working, exposure.range());
        whole_picture(
            Measures {
                short_side_px: picture.short_side_px(),
                exposure,
                sharpness,
                document: None,
            },
            &self.thresholds,
        )
    }

    /// Judges the document in a picture, whose corners are `quad` and whose
    /// shape should be `shape` if that is known.
    ///
    /// Without corners only the light is judged, and that there is no
    /// document. Luma has to use the full range (255 is white); the planes of
    /// video frames often end at 235. Allocates nothing after the first
    /// picture of a size.
    pub fn judge_document(
        &mut self,
        picture: &Luma<'_>,
        quad: Option<&Quad>,
        shape: Option<Shape>,
    ) -> Verdict {
        self.reduced.fill(picture, LIGHT_LONG_SIDE_PX);
        let mut measures = Measures {
            short_side_px: picture.short_side_px(),
            exposure: Exposure::of(self.reduced.pixels()),
            ..Measures::default()
        };
        let document = quad.map(|quad| self.measure(picture, &quad.ordered()));
        measures.document = document;
        let mut verdict = Verdict::on(measures);
        match &document {
            Some(document) => self.judge_measures(&mut verdict, document, shape),
            None => self.judge_emptiness(&mut verdict, &measures.exposure),
        }
        verdict
    }

    fn measure(&mut self, picture: &Luma<'_>, quad: &Quad) -> DocumentMeasures {
        let (width, height) = (picture.width_px() as f32, picture.height_px() as f32);
        let middle = quad.middle();
        let inner = Quad(quad.0.map(|corner| corner.towards(middle, INSET_SHARE)));
        self.reduced.rows_within(&inner, &mut self.rows);
        let mut histogram = [0_u32; 256];
        let rows = self
            .reduced
            .pixels()
            .chunks_exact(self.reduced.width_px().max(1));
        for (row, within) in rows.zip(&self.rows) {
            for pixel in &row[within.clone()] {
                histogram[usize::from(*pixel)] += 1;
            }
        }
        let exposure = Exposure::of_histogram(&histogram);
        let mut margin_px = f32::MAX;
        let (mut left, mut right, mut top, mut bottom) = (width, 0.0_f32, height, 0.0_f32);
        for corner in quad.0 {
            margin_px = margin_px
                .min(corner.x.min(width - corner.x))
                .min(corner.y.min(height - corner.y));
            (left, right) = (left.min(corner.x), right.max(corner.x));
            (top, bottom) = (top.min(corner.y), bottom.max(corner.y));
        }
        DocumentMeasures {
            quad: *quad,
            exposure,
            sharpness: self.meter.measure_within(picture, &inner, exposure.range()),
            glare: self.glare.find(&self.reduced, &inner, &self.rows),
            margin_permille: 1000.0 * margin_px / width.max(height),
            long_side_px: quad.sides().into_iter().fold(0.0, f32::max),
            span_share: ((right - left) / width).max((bottom - top) / height),
            pose: Pose::of(quad, width, height),
            covered_share: covered_share(picture, quad),
        }
    }

    fn judge_emptiness(&self, verdict: &mut Verdict, exposure: &Exposure) {
        let limits = &self.thresholds;
        let light = f32::from(exposure.highlight);
        let (dark, clipped) = (
            f32::from(limits.highlight_min),
            limits.clipped_bright_max_share,
        );
        if light < dark {
            verdict.add(Reason::TooDark, Unit::Level, light, dark);
        }
        // A white table is no fault; a frame in which nothing is left is.
        if exposure.shadow >= limits.faded_ink_min && exposure.clipped_bright_share > clipped {
            verdict.add(
                Reason::TooBright,
                Unit::Share,
                exposure.clipped_bright_share,
                clipped,
            );
        }
        verdict.add(
            Reason::NoDocument,
            Unit::Share,
            0.0,
            limits.document.span_min_share,
        );
    }

    fn judge_measures(
        &self,
        verdict: &mut Verdict,
        document: &DocumentMeasures,
        shape: Option<Shape>,
    ) {
        let limits = &self.thresholds.document;
        judge_light(
            verdict,
            &document.exposure,
            &document.sharpness,
            &self.thresholds,
        );
        let badly_lit = !verdict.is_good();
        let detail_share = document.sharpness.detail_share;
        let detail_min = self.thresholds.detail_min_share;
        if !badly_lit && detail_share < detail_min {
            verdict.add(Reason::NoDetail, Unit::Share, detail_share, detail_min);
        }
        if document.margin_permille < limits.margin_min_permille {
            verdict.add(
                Reason::CutOff,
                Unit::Permille,
                document.margin_permille,
                limits.margin_min_permille,
            );
        }
        if document.span_share < limits.span_min_share {
            verdict.add(
                Reason::TooSmall,
                Unit::Share,
                document.span_share,
                limits.span_min_share,
            );
        } else if document.long_side_px < limits.long_side_min_px {
            verdict.add(
                Reason::TooSmall,
                Unit::Pixel,
                document.long_side_px,
                limits.long_side_min_px,
            );
        }
        // What is cut off has another shape because it is cut off.
        let whole = document.margin_permille >= limits.margin_min_permille;
        self.judge_pose(verdict, document.pose.as_ref(), shape.filter(|_| whole));
        if document.glare.share > limits.glare_max_share {
            verdict.add(
                Reason::Glare,
                Unit::Share,
                document.glare.share,
                limits.glare_max_share,
            );
        }
        if document.covered_share > limits.covered_max_share {
            verdict.add(
                Reason::Covered,
                Unit::Share,
                document.covered_share,
                limits.covered_max_share,
            );
        }
        let blur_max = limits.blur_max_permille(shape, document.long_side_px);
        if let Some(blur) = document.sharpness.blur_permille
            && detail_share >= detail_min
            && blur > blur_max
        {
            let moved = document
                .sharpness
                .smear
                .is_some_and(|it| it > limits.smear_max);
            let reason = if moved {
                Reason::Moved
            } else {
                Reason::Blurred
            };
            verdict.add(reason, Unit::Permille, blur, blur_max);
        }
    }

    fn judge_pose(&self, verdict: &mut Verdict, pose: Option<&Pose>, shape: Option<Shape>) {
        let limits = &self.thresholds.document;
        let Some(pose) = pose else {
            verdict.add(Reason::Tilted, Unit::Degree, 90.0, limits.tilt_max_deg);
            return;
        };
        let tilted = pose.tilt_deg > limits.tilt_max_deg;
        if let Some(shape) = shape
            && !tilted
        {
            let wanted = shape.aspect();
            let wrong = (pose.aspect / wanted - 1.0).abs();
            if wrong > limits.aspect_max_share {
                verdict.add(Reason::WrongShape, Unit::Ratio, pose.aspect, wanted);
            }
        }
        if tilted {
            verdict.add(
                Reason::Tilted,
                Unit::Degree,
                pose.tilt_deg,
                limits.tilt_max_deg,
            );
        } else if pose.turn_deg.abs() > limits.turn_max_deg {
            verdict.add(
                Reason::Tilted,
                Unit::Degree,
                pose.turn_deg.abs(),
                limits.turn_max_deg,
            );
        }
    }
}

/// Judges a single picture as a whole; [`Judge`] is for many.
#[must_use]
pub fn judge(picture: &Luma<'_>, thresholds: &Thresholds) -> Verdict {
    Judge::new(*thresholds).judge(picture)
}

fn judge_light(
    verdict: &mut Verdict,
    exposure: &Exposure,
    sharpness: &Sharpness,
    thresholds: &Thresholds,
) {
    if exposure.highlight < thresholds.highlight_min {
        verdict.add(
            Reason::TooDark,
            Unit::Level,
            f32::from(exposure.highlight),
            f32::from(thresholds.highlight_min),
        );
    }
    let ink_faded = sharpness
        .ink
        .is_none_or(|ink| ink >= thresholds.faded_ink_min);
    if ink_faded && exposure.clipped_bright_share > thresholds.clipped_bright_max_share {
        verdict.add(
            Reason::TooBright,
            Unit::Share,
            exposure.clipped_bright_share,
            thresholds.clipped_bright_max_share,
        );
    }
}

fn whole_picture(measures: Measures, thresholds: &Thresholds) -> Verdict {
    let mut verdict = Verdict::on(measures);
    let sharpness = &measures.sharpness;
    judge_light(&mut verdict, &measures.exposure, sharpness, thresholds);
    // Without light there is no detail to miss; the light is what to mend.
    if verdict.is_good() && sharpness.detail_share < thresholds.detail_min_share {
        verdict.add(
            Reason::NoDetail,
            Unit::Share,
            sharpness.detail_share,
            thresholds.detail_min_share,
        );
    }
    if measures.short_side_px < thresholds.short_side_min_px {
        verdict.add(
            Reason::TooSmall,
            Unit::Pixel,
            measures.short_side_px as f32,
            thresholds.short_side_min_px as f32,
        );
    }
    if let Some(blur_permille) = sharpness.blur_permille
        && blur_permille > thresholds.blur_max_permille
        && sharpness.detail_share >= thresholds.detail_min_share
    {
        verdict.add(
            Reason::Blurred,
            Unit::Permille,
            blur_permille,
            thresholds.blur_max_permille,
        );
    }
    verdict
}

#[cfg(test)]
mod tests;

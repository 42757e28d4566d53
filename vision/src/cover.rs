//! Cover: whether something, mostly a finger, lies over a side of a document.
//!
//! Along a side that stands out from what is behind it, brightness steps at
//! the side; where a finger reaches into the document, it does not, neither
//! there nor a little further in. A side that hardly stands out says nothing,
//! nor does a finger that takes only the margin.
//! Only the figure; how much is too much is decided in [`judge`](mod@crate::judge).

use crate::geometry::{Point, Quad, floor};
use crate::luma::Luma;
use crate::order;

/// Where each side is looked at. The ends are left out: cards are round there.
const N_SAMPLES: usize = 32;
const ENDS_SHARE: f32 = 0.06;

/// Corners are a few pixels wrong, so a step may be this far off the line, as
/// a share of the longest side.
const OFF_LINE_SHARE: f32 = 0.012;

/// How far inside a fingertip may end, as a share of the longest side: 4 mm of
/// a card. The margins of documents are about that wide.
const DEPTH_SHARE: f32 = 0.045;

/// A side says something when at half of its places the step is at least this
/// many levels: more than noise and the texture of a table.
const STEP_MIN: f32 = 12.0;

/// A place is covered when its step is less than this share of the side's
/// usual one.
const FAINT_SHARE: f32 = 0.35;

/// The share of a side that one thing covers, for the side where it is most:
/// 0 to 1.
pub(crate) fn covered_share(picture: &Luma<'_>, quad: &Quad) -> f32 {
    let long_px = quad.sides().into_iter().fold(0.0, f32::max);
    // Twenty places of measurement from the line to the depth, at any size.
    let step_px = (long_px / 400.0).max(1.0);
    let mut most = 0.0_f32;
    for index in 0..4 {
        let side = Side {
            picture,
            from: quad.0[index],
            to: quad.0[(index + 1) % 4],
            step_px,
        };
        most = most.max(side.covered_share(long_px));
    }
    most
}

struct Side<'a> {
    picture: &'a Luma<'a>,
    from: Point,
    to: Point,
    step_px: f32,
}

impl Side<'_> {
    fn covered_share(&self, long_px: f32) -> f32 {
        let off_line = OFF_LINE_SHARE * long_px;
        let steps: [f32; N_SAMPLES] =
            std::array::from_fn(|sample| self.strongest(sample, -off_line, off_line));
        let mut sorted = steps;
        order::sort_figures(&mut sorted);
        // The sign that most have: the document is brighter or darker.
        let usual = sorted[N_SAMPLES / 2];
        let usual = if usual.abs() >= STEP_MIN {
            usual
        } else {
            return 0.0;
        };
        let (mut run, mut longest) = (0, 0_u8);
        for (sample, step) in steps.into_iter().enumerate() {
            let faint = step.abs() < FAINT_SHARE * usual.abs() && {
                let further_in = self.strongest(sample, off_line, DEPTH_SHARE * long_px);
                further_in * usual.signum() < FAINT_SHARE * usual.abs()
            };
            run = if faint { run + 1 } else { 0 };
            longest = longest.max(run);
        }
        f32::from(longest) / N_SAMPLES as f32 * (1.0 - 2.0 * ENDS_SHARE)
    }

    /// The largest rise or fall of brightness from outside to inside, between
    /// two distances from the line.
    fn strongest(&self, sample: usize, from_px: f32, to_px: f32) -> f32 {
        let share = (sample as f32 + 0.5) / N_SAMPLES as f32;
        let on_line = self
            .from
            .towards(self.to, ENDS_SHARE + share * (1.0 - 2.0 * ENDS_SHARE));
        let length = self.from.distance(self.to).max(f32::MIN_POSITIVE);
        // Clockwise corners have the document on the right of each side.
        let inward = Point::new(
            (self.from.y - self.to.y) / length,
            (self.to.x - self.from.x) / length,
        );
        let level = |distance: f32| {
            self.level(
                on_line.x + inward.x * distance,
                on_line.y + inward.y * distance,
            )
        };
        let mut strongest = 0.0_f32;
        let mut distance = from_px;
        while distance <= to_px {
            let outside = level(distance - self.step_px) + level(distance - 2.0 * self.step_px);
            let inside = level(distance + self.step_px) + level(distance + 2.0 * self.step_px);
            let step = (inside - outside) / 2.0;
            if step.abs() > strongest.abs() {
                strongest = step;
            }
            distance += self.step_px;
        }
        strongest
    }

    /// The luma of the pixel at a place; of the nearest one outside.
    fn level(&self, x: f32, y: f32) -> f32 {
        let width = self.picture.width_px() as usize;
        let column = floor(x).min(width - 1);
        let row = floor(y).min(self.picture.height_px() as usize - 1);
        f32::from(self.picture.pixels()[row * width + column])
    }
}

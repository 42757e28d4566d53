//! A drawing surface measured in millimetres, with anti-aliased shapes.
//!
//! Only what invented documents need: shapes given by their signed distance, pen
//! strokes, and families of wavy lines. Drawing outside the surface is cut off.

use image::RgbImage;

/// A place in millimetres from the top left.
pub type Point = (f32, f32);

/// A pen stroke from one place to another.
pub type Segment = (Point, Point);

/// Red, green and blue.
pub type Colour = [u8; 3];

/// A rectangle in millimetres: left, top, width, height.
#[derive(Clone, Copy, Debug)]
pub struct Area {
    /// Distance of the left side.
    pub left: f32,
    /// Distance of the upper side.
    pub top: f32,
    /// From side to side.
    pub width: f32,
    /// From top to bottom.
    pub height: f32,
}

impl Area {
    /// The rectangle with these sides.
    #[must_use]
    pub const fn new(left: f32, top: f32, width: f32, height: f32) -> Self {
        Self {
            left,
            top,
            width,
            height,
        }
    }

    /// How far a place lies outside of the rectangle with rounded corners;
    /// negative inside.
    #[must_use]
    pub fn distance(&self, (x, y): Point, corner: f32) -> f32 {
        let dx = (x - self.left - self.width / 2.0).abs() - self.width / 2.0 + corner;
        let dy = (y - self.top - self.height / 2.0).abs() - self.height / 2.0 + corner;
        let outside = (dx.max(0.0).powi(2) + dy.max(0.0).powi(2)).sqrt();
        outside + dx.max(dy).min(0.0) - corner
    }
}

/// A family of parallel wavy lines.
#[derive(Clone, Copy, Debug)]
pub struct Waves {
    /// From line to line.
    pub spacing_mm: f32,
    /// Width of a line.
    pub line_mm: f32,
    /// How far a line leaves its middle.
    pub amplitude_mm: f32,
    /// Length of the slower of two waves.
    pub wavelength_mm: f32,
    /// Where the wave begins.
    pub phase_rad: f32,
}

/// The surface.
#[derive(Debug)]
pub struct Canvas {
    width_px: usize,
    height_px: usize,
    px_per_mm: f32,
    pixels: Vec<u8>,
    mask: Vec<u8>,
}

/// A range of pixels: columns and rows.
type Window = (std::ops::Range<usize>, std::ops::Range<usize>);

impl Canvas {
    /// A surface of one colour.
    #[must_use]
    pub fn new(size_mm: (f32, f32), px_per_mm: f32, colour: Colour) -> Self {
        let width_px = index(size_mm.0 * px_per_mm).max(1);
        let height_px = index(size_mm.1 * px_per_mm).max(1);
        Self {
            width_px,
            height_px,
            px_per_mm,
            pixels: colour.repeat(width_px * height_px),
            mask: Vec::new(),
        }
    }

    /// What has been drawn.
    #[must_use]
    pub fn into_image(self) -> RgbImage {
        let size = |px: usize| u32::try_from(px).unwrap_or(0);
        RgbImage::from_raw(size(self.width_px), size(self.height_px), self.pixels)
            .unwrap_or_default()
    }

    /// Fills what has a negative distance (in millimetres) within `bounds`.
    pub fn fill(
        &mut self,
        bounds: Area,
        colour: Colour,
        alpha: f32,
        distance_mm: impl Fn(Point) -> f32,
    ) {
        let (columns, rows) = self.window(bounds);
        for y in rows {
            for x in columns.clone() {
                let place = (self.mm(x), self.mm(y));
                let cover = (0.5 - distance_mm(place) * self.px_per_mm).clamp(0.0, 1.0);
                if cover > 0.0 {
                    self.blend(y * self.width_px + x, colour, cover * alpha);
                }
            }
        }
    }

    /// Fills a rectangle with rounded corners.
    pub fn rectangle(&mut self, area: Area, corner_mm: f32, colour: Colour, alpha: f32) {
        self.fill(area, colour, alpha, |place| area.distance(place, corner_mm));
    }

    /// A vertical blend from `top` to `bottom`.
    pub fn gradient(&mut self, area: Area, top: Colour, bottom: Colour) {
        let (columns, rows) = self.window(area);
        for y in rows {
            let share = ((self.mm(y) - area.top) / area.height).clamp(0.0, 1.0);
            let colour = mixed(top, bottom, share);
            for x in columns.clone() {
                self.blend(y * self.width_px + x, colour, 1.0);
            }
        }
    }

    /// An ellipse, cut off at `within`.
    pub fn ellipse(&mut self, centre: Point, radii: Point, within: Area, colour: Colour) {
        let bounds = Area::new(
            centre.0 - radii.0 - 0.5,
            centre.1 - radii.1 - 0.5,
            2.0 * radii.0 + 1.0,
            2.0 * radii.1 + 1.0,
        );
        self.fill(bounds, colour, 1.0, |place| {
            let (x, y) = (
                (place.0 - centre.0) / radii.0,
                (place.1 - centre.1) / radii.1,
            );
            // Close enough to the true distance near the outline.
            let ellipse = ((x * x + y * y).sqrt() - 1.0) * radii.0.min(radii.1);
            ellipse.max(within.distance(place, 0.0))
        });
    }

    /// Draws strokes with a round pen; where they cross, ink does not add up.
    pub fn ink(&mut self, strokes: &[Segment], pen_mm: f32, colour: Colour, alpha: f32) {
        let radius_mm = pen_mm / 2.0;
        let Some(bounds) = bounds_of(strokes, radius_mm + 1.0 / self.px_per_mm) else {
            return;
        };
        let (columns, rows) = self.window(bounds);
        let (left, top, stride) = (columns.start, rows.start, columns.len());
        let mut mask = std::mem::take(&mut self.mask);
        mask.clear();
        mask.resize(stride * rows.len(), 0);
        for stroke in strokes {
            let around = bounds_of(&[*stroke], radius_mm + 1.0 / self.px_per_mm);
            let Some((columns, rows)) = around.map(|area| self.window(area)) else {
                continue;
            };
            for y in rows {
                for x in columns.clone() {
                    let distance_mm = to_segment((self.mm(x), self.mm(y)), *stroke) - radius_mm;
                    let cover = byte((0.5 - distance_mm * self.px_per_mm) * 255.0);
                    let kept = &mut mask[(y - top) * stride + x - left];
                    *kept = cover.max(*kept);
                }
            }
        }
        for (y, covers) in rows.zip(mask.chunks_exact(stride.max(1))) {
            for (x, cover) in columns.clone().zip(covers) {
                if *cover > 0 {
                    let cover = f32::from(*cover) / 255.0;
                    self.blend(y * self.width_px + x, colour, cover * alpha);
                }
            }
        }
        self.mask = mask;
    }

    /// Covers an area with wavy lines.
    pub fn waves(&mut self, area: Area, waves: Waves, colour: Colour, alpha: f32) {
        let (columns, rows) = self.window(area);
        let turn = std::f32::consts::TAU / waves.wavelength_mm;
        for x in columns {
            let angle = self.mm(x) * turn + waves.phase_rad;
            // Two tones, so that the lines crowd and part as on bank notes.
            let offset = waves.amplitude_mm * (angle.sin() + 0.4 * (2.3 * angle).sin());
            let slope = waves.amplitude_mm * turn * (angle.cos() + 0.92 * (2.3 * angle).cos());
            let upright = 1.0 / (1.0 + slope * slope).sqrt();
            for y in rows.clone() {
                let lines = (self.mm(y) - offset) / waves.spacing_mm;
                let off_mm = (lines - lines.round()).abs() * waves.spacing_mm * upright;
                let cover = 0.5 - (off_mm - waves.line_mm / 2.0) * self.px_per_mm;
                if cover > 0.0 {
                    self.blend(y * self.width_px + x, colour, cover.min(1.0) * alpha);
                }
            }
        }
    }

    /// Covers one pixel by a share of a colour; outside of the surface nothing
    /// happens.
    pub fn dot(&mut self, column: usize, row: usize, colour: Colour, alpha: f32) {
        if column < self.width_px && row < self.height_px {
            self.blend(row * self.width_px + column, colour, alpha);
        }
    }

    fn blend(&mut self, position: usize, colour: Colour, alpha: f32) {
        let pixel = &mut self.pixels[3 * position..3 * position + 3];
        let weight = i32::from(byte(alpha * 255.0));
        for (below, above) in pixel.iter_mut().zip(colour) {
            let step = (i32::from(above) - i32::from(*below)) * weight / 255;
            *below = u8::try_from(i32::from(*below) + step).unwrap_or(above);
        }
    }

    /// The middle of a pixel in millimetres.
    fn mm(&self, px: usize) -> f32 {
        (px as f32 + 0.5) / self.px_per_mm
    }

    fn window(&self, area: Area) -> Window {
        let span = |start: f32, length: f32, limit: usize| {
            let first = index((start * self.px_per_mm).floor()).min(limit);
            let end = index(((start + length) * self.px_per_mm).ceil()).min(limit);
            first..end.max(first)
        };
        (
            span(area.left, area.width, self.width_px),
            span(area.top, area.height, self.height_px),
        )
    }
}

/// A blend of two colours.
#[must_use]
pub fn mixed(from: Colour, to: Colour, share: f32) -> Colour {
    let mut colour = from;
    for (value, to) in colour.iter_mut().zip(to) {
        *value = byte(f32::from(*value) + (f32::from(to) - f32::from(*value)) * share);
    }
    colour
}

/// Rounds to a byte; what is beyond is cut off.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a float cast saturates, which is what is wanted"
)]
#[must_use]
pub fn byte(value: f32) -> u8 {
    (value + 0.5) as u8
}

/// Rounds to a whole number; negative ones become 0.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a float cast saturates, which is what is wanted"
)]
#[must_use]
pub fn index(value: f32) -> usize {
    (value + 0.5) as usize
}

fn bounds_of(strokes: &[Segment], margin_mm: f32) -> Option<Area> {
    let points = || strokes.iter().flat_map(|stroke| [stroke.0, stroke.1]);
    points().next()?;
    let left = points().map(|it| it.0).fold(f32::MAX, f32::min) - margin_mm;
    let right = points().map(|it| it.0).fold(f32::MIN, f32::max) + margin_mm;
    let top = points().map(|it| it.1).fold(f32::MAX, f32::min) - margin_mm;
    let bottom = points().map(|it| it.1).fold(f32::MIN, f32::max) + margin_mm;
    Some(Area::new(left, top, right - left, bottom - top))
}

fn to_segment((x, y): Point, (from, to): Segment) -> f32 {
    let (dx, dy) = (to.0 - from.0, to.1 - from.1);
    let length_squared = dx * dx + dy * dy;
    let share = if length_squared > 0.0 {
        (((x - from.0) * dx + (y - from.1) * dy) / length_squared).clamp(0.0, 1.0)
    } else {
        0.0
    };
    let (away_x, away_y) = (x - from.0 - share * dx, y - from.1 - share * dy);
    (away_x * away_x + away_y * away_y).sqrt()
}

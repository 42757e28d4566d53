//! A document on a background as a camera sees it, with its corners.
//!
//! Pictures of 0.92 megapixels: perspective, light, shadows, glare, fingers,
//! blur up to 1.8 pixels, motion, noise. Not encoded: the bin does that.

mod recipe;

use image::RgbImage;

use crate::canvas::{Area, Point, index};
use crate::chance::Chance;
use crate::document::Document;
use crate::lens::Light;
use crate::object::{Finger, Object};
use crate::plane::{Plane, Pose};
use crate::surface::Surface;

pub use recipe::{composite, empty};

/// A picture with what is true of it.
#[derive(Clone, Debug)]
pub struct Scene {
    /// What the camera sees.
    pub picture: RgbImage,
    /// The corners of the document in pixels, beginning with its own top left
    /// one, clockwise; nothing when there is no document.
    pub corners: Option<[Point; 4]>,
    /// What it is and what is hard about it.
    pub tags: Vec<&'static str>,
}

/// Light that isn't even.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Lamp {
    /// Exposure and colour of the light, per channel.
    pub(crate) gain: [f32; 3],
    /// Change from one side of the frame to the other.
    pub(crate) slope: Point,
    /// A shadow whose edge crosses the frame: a place on it, its direction, how
    /// soft it is (as shares of the frame) and how much light is left.
    pub(crate) shadow: Option<(Point, f32, f32, f32)>,
    /// A reflection on the document: place (share of the document), radii (as
    /// shares of the frame), strength in grey levels.
    pub(crate) glare: Option<(Point, Point, f32)>,
}

impl Lamp {
    pub(crate) const EVEN: Self = Self {
        gain: [1.0; 3],
        slope: (0.0, 0.0),
        shadow: None,
        glare: None,
    };
}

/// Everything before the lens.
#[derive(Debug)]
pub(crate) struct Stage<'a> {
    pub(crate) size_px: (usize, usize),
    pub(crate) surface: &'a Surface,
    pub(crate) objects: &'a [Object],
    /// The plane that all lies on.
    pub(crate) ground: Plane,
    /// The document and its own plane, which may lie elsewhere on the ground.
    pub(crate) document: Option<(&'a Document, Plane)>,
    pub(crate) fingers: &'a [Finger],
    pub(crate) lamp: Lamp,
}

impl Stage<'_> {
    /// The ground with what lies on it, without document, light or fingers.
    pub(crate) fn ground(&self) -> Light {
        let (width, height) = self.size_px;
        let mut light = Light::new(width, height);
        for (y, row) in light.values.chunks_exact_mut(width).enumerate() {
            let mut before = self.ground.mm((-0.5, y as f32 + 0.5));
            for (x, pixel) in row.iter_mut().enumerate() {
                let place = self.ground.mm((x as f32 + 0.5, y as f32 + 0.5));
                let pixel_mm = (place.0 - before.0).hypot(place.1 - before.1).max(1e-3);
                before = place;
                let mut colour = self.surface.colour(place);
                for object in self.objects {
                    if let Some(seen) = object.seen(place, pixel_mm) {
                        cast(&mut colour, seen.shade);
                        lay(&mut colour, seen.colour, seen.cover);
                    }
                }
                *pixel = colour;
            }
        }
        light
    }

    /// Puts document, fingers and light over the ground.
    pub(crate) fn lit(&self, light: &mut Light) {
        let (width, height) = self.size_px;
        let (wide, high) = (width as f32, height as f32);
        let glare = self.glare_px();
        for (y, row) in light.values.chunks_exact_mut(width).enumerate() {
            let down = y as f32 + 0.5;
            let mut before = self
                .document
                .map_or((0.0, 0.0), |(_, plane)| plane.mm((-0.5, down)));
            for (x, pixel) in row.iter_mut().enumerate() {
                let across = x as f32 + 0.5;
                let mut on_document = 0.0;
                if let Some((document, plane)) = &self.document {
                    let place = plane.mm((across, down));
                    let pixel_mm = (place.0 - before.0).hypot(place.1 - before.1).max(1e-3);
                    before = place;
                    on_document = put(pixel, document, place, pixel_mm);
                }
                for finger in self.fingers {
                    if let Some(seen) = finger.seen((across, down)) {
                        cast(pixel, seen.shade);
                        lay(pixel, seen.colour, seen.cover);
                        on_document *= 1.0 - seen.cover;
                    }
                }
                let (u, v) = (across / wide, down / high);
                let slope = self.lamp.slope.0 * (u - 0.5) + self.lamp.slope.1 * (v - 0.5);
                let mut bright = 1.0 + slope;
                if let Some((place, direction, soft, left)) = self.lamp.shadow {
                    let (sin, cos) = direction.sin_cos();
                    let past = ((u - place.0) * cos + (v - place.1) * sin) / soft;
                    let share = (past + 0.5).clamp(0.0, 1.0);
                    bright *= 1.0 - (1.0 - left) * share * share * (3.0 - 2.0 * share);
                }
                for (value, gain) in pixel.iter_mut().zip(self.lamp.gain) {
                    *value *= bright * gain;
                }
                if let Some((middle, radii, strength)) = glare
                    && on_document > 0.0
                {
                    let away = ((across - middle.0) / radii.0).powi(2)
                        + ((down - middle.1) / radii.1).powi(2);
                    let shine = strength * on_document * (-1.4 * away).exp();
                    for value in pixel {
                        *value += shine;
                    }
                }
            }
        }
    }

    fn glare_px(&self) -> Option<(Point, Point, f32)> {
        let ((u, v), radii, strength) = self.lamp.glare?;
        let (document, plane) = self.document.as_ref()?;
        let place = (
            (u - 0.5) * document.size_mm.0,
            (v - 0.5) * document.size_mm.1,
        );
        let (width, height) = self.size_px;
        let longer = width.max(height) as f32;
        Some((
            plane.px(place),
            (radii.0 * longer, radii.1 * longer),
            strength,
        ))
    }
}

/// Puts the document over a pixel, with its shadow; returns how much of the
/// pixel it covers.
fn put(pixel: &mut [f32; 3], document: &Document, place: Point, pixel_mm: f32) -> f32 {
    let (width, height) = document.size_mm;
    let outline = Area::new(-width / 2.0, -height / 2.0, width, height);
    let outside = outline.distance(place, document.corner_mm);
    if outside > 6.0 {
        return 0.0;
    }
    let cover = (0.5 - outside / pixel_mm).clamp(0.0, 1.0);
    if cover < 1.0 {
        // The shadow falls a little to one side.
        let near = outline.distance((place.0 - 0.7, place.1 - 1.1), document.corner_mm);
        cast(pixel, 0.42 * (1.0 - near.max(0.0) / 4.0).max(0.0).powi(2));
    }
    if cover > 0.0 {
        lay(pixel, sample(document, place), cover);
    }
    cover
}

/// The print at a place, between the pixels that it was drawn with.
fn sample(document: &Document, (x_mm, y_mm): Point) -> [f32; 3] {
    let picture = &document.picture;
    let (width, height) = picture.dimensions();
    let (wide, high) = (width as usize, height as usize);
    let at = |mm: f32, size_mm: f32, limit: usize| {
        ((mm + size_mm / 2.0) * document.px_per_mm - 0.5).clamp(0.0, limit as f32 - 1.001)
    };
    let x = at(x_mm, document.size_mm.0, wide);
    let y = at(y_mm, document.size_mm.1, high);
    let (column, row) = (index(x - 0.5), index(y - 0.5));
    let (column, row) = (
        if column as f32 > x {
            column.saturating_sub(1)
        } else {
            column
        },
        if row as f32 > y {
            row.saturating_sub(1)
        } else {
            row
        },
    );
    let (u, v) = (x - column as f32, y - row as f32);
    let raw = picture.as_raw();
    let first = 3 * (row * wide + column);
    let right = if column + 1 < wide { 3 } else { 0 };
    let below = if row + 1 < high { 3 * wide } else { 0 };
    let mut colour = [0.0; 3];
    for (channel, value) in colour.iter_mut().enumerate() {
        let of = |offset: usize| f32::from(raw[first + offset + channel]);
        let above = of(0) + (of(right) - of(0)) * u;
        let under = of(below) + (of(below + right) - of(below)) * u;
        *value = above + (under - above) * v;
    }
    colour
}

fn lay(pixel: &mut [f32; 3], colour: [f32; 3], cover: f32) {
    for (value, colour) in pixel.iter_mut().zip(colour) {
        *value += (colour - *value) * cover;
    }
}

fn cast(pixel: &mut [f32; 3], shade: f32) {
    for value in pixel {
        *value *= 1.0 - shade;
    }
}

/// The pose in which a thing of this size fills a share of the frame, and the
/// room that is left around its middle.
pub(crate) fn fitted(
    size_mm: Point,
    (width, height): (usize, usize),
    fill: f32,
    angles_rad: [f32; 3],
) -> (Pose, Area) {
    let [turn_rad, nod_rad, swing_rad] = angles_rad;
    let pose = |middle_px, px_per_mm: f32| Pose {
        middle_px,
        px_per_mm,
        turn_rad,
        nod_rad,
        swing_rad,
        // A telephone sees about 65 degrees; from where a document fills it.
        distance_px: 1.6 * size_mm.0.max(size_mm.1) * px_per_mm,
    };
    let corners = Plane::new(&pose((0.0, 0.0), 1.0)).corners(size_mm);
    let least = |of: fn(&Point) -> f32| corners.iter().map(of).fold(f32::MAX, f32::min);
    let most = |of: fn(&Point) -> f32| corners.iter().map(of).fold(f32::MIN, f32::max);
    let (left, right) = (least(|it| it.0), most(|it| it.0));
    let (top, bottom) = (least(|it| it.1), most(|it| it.1));
    let (wide, high) = (width as f32, height as f32);
    let scale = fill * (wide / (right - left)).min(high / (bottom - top));
    // Where the middle may be so that everything is seen.
    let room = Area::new(
        -left * scale,
        -top * scale,
        (wide - (right - left) * scale).max(0.0),
        (high - (bottom - top) * scale).max(0.0),
    );
    let centred = (room.left + room.width / 2.0, room.top + room.height / 2.0);
    (pose(centred, scale), room)
}

/// A plain way of looking at a document: even light, in the middle of the frame.
#[derive(Clone, Debug)]
pub struct Setting {
    /// Size of the picture.
    pub size_px: (usize, usize),
    /// What the document lies on.
    pub surface: Surface,
    /// Turned within the picture, clockwise.
    pub turn_rad: f32,
    /// Tilted about the horizontal axis.
    pub nod_rad: f32,
    /// Tilted about the vertical axis.
    pub swing_rad: f32,
    /// How much of the frame it fills, across or down.
    pub fill: f32,
    /// Deviation of the blur.
    pub blur_px: f32,
    /// Deviation of the noise, in grey levels.
    pub noise: f32,
}

impl Setting {
    /// How a document of this size lies.
    #[must_use]
    pub fn plane(&self, size_mm: Point) -> Plane {
        let angles = [self.turn_rad, self.nod_rad, self.swing_rad];
        Plane::new(&fitted(size_mm, self.size_px, self.fill, angles).0)
    }
}

/// A document seen in this setting.
#[must_use]
pub fn plainly(document: &Document, setting: &Setting, chance: &mut Chance) -> RgbImage {
    let plane = setting.plane(document.size_mm);
    let stage = Stage {
        size_px: setting.size_px,
        surface: &setting.surface,
        objects: &[],
        ground: plane,
        document: Some((document, plane)),
        fingers: &[],
        lamp: Lamp {
            slope: (chance.between(-0.12, 0.12), chance.between(-0.12, 0.12)),
            ..Lamp::EVEN
        },
    };
    let mut light = stage.ground();
    stage.lit(&mut light);
    light.blur(setting.blur_px);
    light.exposed(setting.noise, chance)
}

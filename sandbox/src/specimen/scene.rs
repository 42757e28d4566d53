//! A document on a desk, as a camera sees it, with one thing wrong or nothing.

use image::RgbImage;

use vestibule_scenes::canvas::{Area, Canvas, byte, index};

use super::document::Document;
use super::portrait;

/// What is wrong with a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Defect {
    /// Nothing: sharp, lit, whole.
    None,
    /// Out of focus.
    Blurred,
    /// Hardly any light.
    Dark,
    /// Far too much light.
    Overexposed,
    /// The desk alone.
    Empty,
}

impl Defect {
    /// Every defect there is, [`Defect::None`] first.
    pub const ALL: [Self; 5] = [
        Self::None,
        Self::Blurred,
        Self::Dark,
        Self::Overexposed,
        Self::Empty,
    ];
}

/// How much of the picture the document may take, across and down.
const FILL: f32 = 0.84;

/// Lies not quite straight, as put down by hand.
const TILT_RAD: f32 = -0.035;

/// Blur of [`Defect::Blurred`] as a share of the longer side: letters run
/// together, the layout can still be made out.
const BLUR_SHARE: f32 = 0.0045;

/// Draws `document` on the desk.
///
/// Any size works; below about 900 pixels the small print is lost.
#[must_use]
pub fn scene(document: Document, width_px: u32, height_px: u32, defect: Defect) -> RgbImage {
    let mut picture = RgbImage::new(width_px, height_px);
    if picture.is_empty() {
        return picture;
    }
    let view = View::of(document, width_px as f32, height_px as f32);
    paint(&mut picture, document, &view, defect != Defect::Empty);
    match defect {
        Defect::None | Defect::Empty => {}
        Defect::Blurred => {
            let radius_px = BLUR_SHARE * width_px.max(height_px) as f32;
            blur(&mut picture, radius_px);
        }
        Defect::Dark => expose(&mut picture, 0.16, 0.0),
        Defect::Overexposed => expose(&mut picture, 1.55, 42.0),
    }
    add_noise(&mut picture);
    picture
}

/// Draws the holder of the documents as a camera sees them that looks at them:
/// upright, in the middle, in front of a wall.
#[must_use]
pub fn selfie(width_px: u32, height_px: u32) -> RgbImage {
    let (wide, high) = (width_px as f32, height_px as f32);
    let mut canvas = Canvas::new((wide, high), 1.0, [0, 0, 0]);
    canvas.gradient(
        Area::new(0.0, 0.0, wide, high),
        [206, 212, 214],
        [172, 178, 184],
    );
    // The head is about half as high as the frame that it is drawn in.
    let across = high * 0.8;
    let frame = Area::new((wide - across) / 2.0, high * 0.02, across, high * 0.98);
    portrait::draw(&mut canvas, frame);
    let mut picture = canvas.into_image();
    add_noise(&mut picture);
    picture
}

/// Where the document lies in the picture.
struct View {
    centre_px: (f32, f32),
    px_per_mm: f32,
}

impl View {
    fn of(document: Document, width_px: f32, height_px: f32) -> Self {
        let (width_mm, height_mm) = document.size_mm();
        let (sin, cos) = TILT_RAD.abs().sin_cos();
        // The upright rectangle around the tilted document.
        let across_mm = width_mm * cos + height_mm * sin;
        let down_mm = width_mm * sin + height_mm * cos;
        Self {
            centre_px: (width_px / 2.0, height_px / 2.0),
            px_per_mm: FILL * (width_px / across_mm).min(height_px / down_mm),
        }
    }
}

fn paint(picture: &mut RgbImage, document: Document, view: &View, with_document: bool) {
    let (width_mm, height_mm) = document.size_mm();
    let page = with_document.then(|| document.draw(view.px_per_mm));
    let outline = Area::new(0.0, 0.0, width_mm, height_mm);
    let shadow = Area::new(0.8, 1.6, width_mm, height_mm);
    let (width_px, height_px) = picture.dimensions();
    let (wide, high) = (width_px as f32, height_px as f32);
    let desk = Desk::new(width_px as usize, height_px as usize);
    let (sin, cos) = TILT_RAD.sin_cos();
    let radius = 1.0 / (wide * wide + high * high);

    let stride = width_px as usize * 3;
    for (y, row) in picture.chunks_exact_mut(stride).enumerate() {
        let dy = y as f32 + 0.5 - view.centre_px.1;
        for (x, pixel) in row.chunks_exact_mut(3).enumerate() {
            let dx = x as f32 + 0.5 - view.centre_px.0;
            // Soft light from the upper left; exposed as cameras do it, which put
            // white paper at 230 and below.
            let (from_x, from_y) = (x as f32 - 0.3 * wide, y as f32 - 0.2 * high);
            let light = 0.93 - 0.27 * (from_x * from_x + from_y * from_y) * radius;
            let mut colour = desk.colour(x, y);
            if let Some(page) = &page {
                let place = (
                    (dx * cos + dy * sin) / view.px_per_mm + width_mm / 2.0,
                    (dy * cos - dx * sin) / view.px_per_mm + height_mm / 2.0,
                );
                let outside = outline.distance(place, document.corner_mm());
                let cover = (0.5 - outside * view.px_per_mm).clamp(0.0, 1.0);
                if cover < 1.0 {
                    let near = shadow.distance(place, document.corner_mm());
                    let shade = 0.42 * (1.0 - (near + 1.0) / 4.0).clamp(0.0, 1.0).powi(2);
                    for value in &mut colour {
                        *value *= 1.0 - shade;
                    }
                }
                if cover > 0.0 {
                    let at = (place.0 * view.px_per_mm, place.1 * view.px_per_mm);
                    for (value, print) in colour.iter_mut().zip(sample(page, at)) {
                        *value += (print - *value) * cover;
                    }
                }
            }
            for (value, channel) in pixel.iter_mut().zip(colour) {
                *value = byte((channel * light).min(247.0));
            }
        }
    }
}

/// Bilinear; the border is repeated.
fn sample(page: &RgbImage, (x, y): (f32, f32)) -> [f32; 3] {
    let (right, bottom) = (page.width() as usize - 1, page.height() as usize - 1);
    let (x, y) = (
        (x - 0.5).clamp(0.0, right as f32),
        (y - 0.5).clamp(0.0, bottom as f32),
    );
    let (left, top) = (index(x.floor()), index(y.floor()));
    let (share_x, share_y) = (x - left as f32, y - top as f32);
    let stride = (right + 1) * 3;
    let (next_x, next_y) = ((left + 1).min(right) * 3, (top + 1).min(bottom) * stride);
    let (left, top) = (left * 3, top * stride);
    let pixels: &[u8] = page.as_raw();
    let mut colour = [0.0; 3];
    for (channel, value) in colour.iter_mut().enumerate() {
        let at = |position: usize| f32::from(pixels[position + channel]);
        let above = at(top + left) + (at(top + next_x) - at(top + left)) * share_x;
        let below = at(next_y + left) + (at(next_y + next_x) - at(next_y + left)) * share_x;
        *value = above + (below - above) * share_y;
    }
    colour
}

/// A wooden desk: grain that runs across and wanders a little.
struct Desk {
    /// Brightness over the grain, longer than any row number that is asked for.
    grain: Vec<f32>,
    /// How far the grain has wandered at each column, in rows.
    wander: Vec<usize>,
}

impl Desk {
    fn new(width_px: usize, height_px: usize) -> Self {
        let scale = 720.0 / width_px.min(height_px) as f32;
        let wander: Vec<usize> = (0..width_px)
            .map(|x| {
                let x = x as f32 * scale;
                let drift = 40.0 + 22.0 * (x / 290.0).sin() + 7.0 * (x / 83.0 + 1.0).sin();
                index(drift / scale)
            })
            .collect();
        let reach = wander.iter().max().copied().unwrap_or(0);
        let grain = (0..height_px + reach + 1)
            .map(|y| {
                let y = y as f32 * scale;
                // Wide bands, rings in them, fine fibres in those.
                5.0 * wave(y / 61.0, 1) + 5.0 * wave(y / 17.0, 2) + 3.0 * wave(y / 5.0, 3)
            })
            .collect();
        Self { grain, wander }
    }

    fn colour(&self, x: usize, y: usize) -> [f32; 3] {
        let tone = self.grain[y + self.wander[x]];
        [134.0 + tone, 102.0 + 0.9 * tone, 74.0 + 0.8 * tone]
    }
}

/// Smooth noise between -1 and 1 along a line.
fn wave(position: f32, seed: u32) -> f32 {
    let cell = position.floor();
    let share = position - cell;
    let eased = share * share * (3.0 - 2.0 * share);
    let at = |cell: usize| {
        let value = hash(u32::try_from(cell).unwrap_or(0), seed);
        f32::from(value.to_le_bytes()[0]) / 127.5 - 1.0
    };
    let cell = index(cell);
    at(cell) + (at(cell + 1) - at(cell)) * eased
}

fn hash(value: u32, seed: u32) -> u32 {
    let mut hash = value.wrapping_mul(0x9e37_79b1) ^ seed.wrapping_mul(0x85eb_ca77);
    hash ^= hash >> 15;
    hash = hash.wrapping_mul(0x2c1b_3c6d);
    hash ^ (hash >> 13)
}

/// A multiple of the light and a veil over it.
fn expose(picture: &mut RgbImage, gain: f32, veil: f32) {
    let table: Vec<u8> = (0_u8..=255)
        .map(|value| byte(f32::from(value) * gain + veil))
        .collect();
    for value in picture.iter_mut() {
        *value = table[usize::from(*value)];
    }
}

/// Three running means, which come close to a Gaussian.
fn blur(picture: &mut RgbImage, radius_px: f32) {
    let (width_px, height_px) = (picture.width() as usize, picture.height() as usize);
    // Three boxes of side 2r+1 have the variance r(r+1). The limit keeps the
    // sums below in 32 bits; only pictures beyond 15 000 pixels reach it.
    let reach = index((radius_px * radius_px + 0.25).sqrt() - 0.5).clamp(1, 70);
    let pixels: &mut [u8] = picture;
    let mut lines = [Vec::new(), Vec::new()];
    for start in (0..height_px).map(|y| y * width_px * 3) {
        for channel in 0..3 {
            blur_line(pixels, start + channel, 3, width_px, reach, &mut lines);
        }
    }
    for start in 0..width_px * 3 {
        blur_line(pixels, start, width_px * 3, height_px, reach, &mut lines);
    }
}

/// Blurs `count` values that are `step` apart.
fn blur_line(
    pixels: &mut [u8],
    start: usize,
    step: usize,
    count: usize,
    reach: usize,
    [line, next]: &mut [Vec<u32>; 2],
) {
    let margin = 3 * reach;
    line.clear();
    line.resize(margin, u32::from(pixels[start]));
    for value in pixels[start..].iter().step_by(step).take(count) {
        line.push(u32::from(*value));
    }
    let last = line.last().copied().unwrap_or(0);
    line.resize(count + 2 * margin, last);
    let wide = 2 * reach + 1;
    for _ in 0..3 {
        next.clear();
        let mut sum: u32 = line[..wide - 1].iter().sum();
        for (entering, leaving) in line[wide - 1..].iter().zip(line.iter()) {
            sum += entering;
            next.push(sum);
            sum -= leaving;
        }
        std::mem::swap(line, next);
    }
    // Three sums of `wide` bytes; the mean of bytes is a byte.
    let total = u32::try_from(wide).unwrap_or(1).saturating_pow(3);
    for (position, sum) in line.iter().take(count).enumerate() {
        pixels[start + position * step] = ((sum + total / 2) / total).to_le_bytes()[0];
    }
}

/// A sensor's noise, the same every time.
fn add_noise(picture: &mut RgbImage) {
    let mut state = 0x1234_5679_u32;
    for pixel in picture.chunks_exact_mut(3) {
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        // The sum of two dice is nearly bell-shaped: 0 to 6, mean 3.
        let dice = (state & 3) + (state >> 8 & 3);
        let step = u8::try_from(dice).unwrap_or(3);
        for value in pixel {
            *value = value.saturating_add(step).saturating_sub(3);
        }
    }
}

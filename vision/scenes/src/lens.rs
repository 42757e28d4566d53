//! What a camera does to light: blur, motion, exposure, noise.
//!
//! On pictures of floating-point numbers from 0 to 255 per channel. Not for
//! what is in front of the camera.

use image::RgbImage;

use crate::canvas::{Point, byte};
use crate::chance::Chance;

/// Light on a sensor, three numbers per pixel.
#[derive(Clone, Debug)]
pub struct Light {
    /// Pixels across.
    pub width: usize,
    /// Pixels down.
    pub height: usize,
    /// Red, green, blue, row by row.
    pub values: Vec<[f32; 3]>,
}

impl Light {
    /// Darkness.
    #[must_use]
    pub fn new(width: usize, height: usize) -> Self {
        Self {
            width,
            height,
            values: vec![[0.0; 3]; width * height],
        }
    }

    /// A Gaussian blur of this deviation in pixels.
    pub fn blur(&mut self, deviation_px: f32) {
        if deviation_px < 0.2 {
            return;
        }
        let reach = crate::canvas::index((2.6 * deviation_px).ceil());
        let mut weights: Vec<f32> = (0..=2 * reach)
            .map(|tap| {
                let away = (tap as f32 - reach as f32) / deviation_px;
                (-0.5 * away * away).exp()
            })
            .collect();
        let sum: f32 = weights.iter().sum();
        for weight in &mut weights {
            *weight /= sum;
        }
        let mut across = vec![[0.0_f32; 3]; self.values.len()];
        for (row, out) in self
            .values
            .chunks_exact(self.width)
            .zip(across.chunks_exact_mut(self.width))
        {
            for (x, pixel) in out.iter_mut().enumerate() {
                for (tap, weight) in weights.iter().enumerate() {
                    let from = row[(x + tap).saturating_sub(reach).min(self.width - 1)];
                    for (value, from) in pixel.iter_mut().zip(from) {
                        *value += weight * from;
                    }
                }
            }
        }
        for (y, out) in self.values.chunks_exact_mut(self.width).enumerate() {
            out.fill([0.0; 3]);
            for (tap, weight) in weights.iter().enumerate() {
                let row = (y + tap).saturating_sub(reach).min(self.height - 1);
                let row = &across[row * self.width..(row + 1) * self.width];
                for (pixel, from) in out.iter_mut().zip(row) {
                    for (value, from) in pixel.iter_mut().zip(from) {
                        *value += weight * from;
                    }
                }
            }
        }
    }

    /// The camera moves by this many pixels while it looks.
    pub fn smear(&mut self, (dx, dy): Point) {
        let steps = crate::canvas::index(dx.hypot(dy).ceil());
        if steps < 1 {
            return;
        }
        let source = self.values.clone();
        let share = 1.0 / (steps + 1) as f32;
        for pixel in &mut self.values {
            *pixel = pixel.map(|value| value * share);
        }
        for step in 1..=steps {
            let along = step as f32 / steps as f32;
            let (shift_x, shift_y) = (along * dx, along * dy);
            for y in 0..self.height {
                let from_y = clamped(y as f32 + shift_y, self.height);
                let row = &source[from_y * self.width..(from_y + 1) * self.width];
                let out = &mut self.values[y * self.width..(y + 1) * self.width];
                for (x, pixel) in out.iter_mut().enumerate() {
                    let from = row[clamped(x as f32 + shift_x, self.width)];
                    for (value, from) in pixel.iter_mut().zip(from) {
                        *value += share * from;
                    }
                }
            }
        }
    }

    /// What a sensor of this noise makes of the light; the deviation is in grey
    /// levels at mid grey, and less in the dark.
    #[must_use]
    pub fn exposed(&self, noise: f32, chance: &mut Chance) -> RgbImage {
        let mut bytes = Vec::with_capacity(3 * self.values.len());
        for pixel in &self.values {
            let grain = chance.normal();
            let bits = chance.word();
            let tint = [bits & 0xff, (bits >> 8) & 0xff, (bits >> 16) & 0xff];
            for (value, tint) in pixel.iter().zip(tint) {
                let deviation = noise * (0.45 + 0.55 * (value / 128.0).max(0.0).sqrt());
                let chroma = (tint as f32 / 127.5 - 1.0) * 0.8;
                bytes.push(byte(value + deviation * (grain + chroma)));
            }
        }
        let size = |px: usize| u32::try_from(px).unwrap_or_default();
        RgbImage::from_raw(size(self.width), size(self.height), bytes).unwrap_or_default()
    }
}

fn clamped(at: f32, limit: usize) -> usize {
    crate::canvas::index(at).min(limit - 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blur_keeps_the_light_and_spreads_it_by_its_deviation() {
        let mut light = Light::new(41, 41);
        light.values[20 * 41 + 20] = [1000.0; 3];
        light.blur(1.5);
        let sum: f32 = light.values.iter().map(|pixel| pixel[0]).sum();
        assert!((sum - 1000.0).abs() < 1.0);
        let variance: f32 = (0..41)
            .flat_map(|y| (0..41).map(move |x| (x, y)))
            .map(|(x, y)| light.values[y * 41 + x][1] * (x as f32 - 20.0).powi(2))
            .sum::<f32>()
            / sum;
        // The tails beyond 2.6 deviations are cut off.
        assert!((variance.sqrt() - 1.5).abs() < 0.08, "{variance}");
    }

    #[test]
    fn noise_has_the_strength_that_was_asked_for() {
        let mut light = Light::new(100, 100);
        light.values.fill([128.0; 3]);
        let picture = light.exposed(4.0, &mut Chance::new("noise", 0));
        let luma: Vec<f32> = picture
            .pixels()
            .map(|it| f32::from(it.0[1]) - 128.0)
            .collect();
        let deviation = (luma.iter().map(|it| it * it).sum::<f32>() / luma.len() as f32).sqrt();
        assert!((3.6..5.2).contains(&deviation), "{deviation}");
    }
}

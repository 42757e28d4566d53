//! One photograph of twelve megapixels, as a telephone makes it: lying, with
//! EXIF that says how to turn it and where it was taken.

use image::RgbImage;
use image::imageops::{self, FilterType};

use crate::chance::Chance;
use crate::document::{self, Kind};
use crate::encode::{Gps, jpeg_with_exif};
use crate::scene::{self, Setting};
use crate::surface::{self, Surface};

/// Width of the upright picture; its file holds it lying.
const WIDTH_PX: usize = 3024;
/// Height of the upright picture.
const HEIGHT_PX: usize = 4032;

/// The photograph.
#[derive(Debug)]
pub struct Still {
    /// The file: lying pixels, orientation 6, a place.
    pub file: Vec<u8>,
    /// What an upright picture of 1500 by 2000 pixels should look like.
    pub reference: RgbImage,
}

/// Takes the photograph.
#[must_use]
pub fn photograph() -> Still {
    let mut chance = Chance::new("still", 0);
    let size_mm = document::size_mm(Kind::Letter, &mut chance);
    let page = document::draw(Kind::Letter, size_mm, 14.0, &mut chance);
    let setting = Setting {
        size_px: (WIDTH_PX, HEIGHT_PX),
        surface: Surface::new(surface::Kind::Wood, &mut chance),
        turn_rad: 0.05,
        nod_rad: 0.16,
        swing_rad: -0.08,
        fill: 0.9,
        blur_px: 0.9,
        noise: 2.0,
    };
    let upright = scene::plainly(&page, &setting, &mut chance);
    let reference = imageops::resize(&upright, 1500, 2000, FilterType::Lanczos3);
    // Orientation 6: the file has to be turned clockwise to be upright.
    let lying = imageops::rotate270(&upright);
    let place = Gps {
        latitude_deg: 51.477_9,
        longitude_deg: -0.001_5,
    };
    Still {
        file: jpeg_with_exif(&lying, 92, 6, place),
        reference,
    }
}

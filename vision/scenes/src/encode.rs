//! Files from pictures: JPEG, with and without metadata, PNG, and the raw
//! video that Chromium's fake camera plays.
//!
//! Not for decoding.

use image::codecs::jpeg::JpegEncoder;
use image::{ExtendedColorType, ImageFormat, RgbImage};
use thiserror::Error;

/// A place, in degrees; north and east are positive.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Gps {
    /// From -90 to 90.
    pub latitude_deg: f64,
    /// From -180 to 180.
    pub longitude_deg: f64,
}

/// Why pictures do not make a video.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum Y4mError {
    /// A camera needs at least one frame.
    #[error("a video needs at least one frame")]
    NoFrame,
    /// Chroma is stored for pairs of pixels.
    #[error("frames of {width_px}x{height_px} pixels; both sides must be even and not zero")]
    OddSize {
        /// Width of the first frame.
        width_px: u32,
        /// Height of the first frame.
        height_px: u32,
    },
    /// All frames of a file share one size.
    #[error("frame {index} has another size than the first")]
    MixedSize {
        /// Which frame, from 0.
        index: usize,
    },
}

/// A JPEG file of `quality` 1 to 100, without metadata.
///
/// Empty for a picture that the format cannot hold: one with a side of 0 or
/// beyond 65 535 pixels.
#[must_use]
pub fn jpeg(picture: &RgbImage, quality: u8) -> Vec<u8> {
    let mut file = Vec::new();
    let encoded = JpegEncoder::new_with_quality(&mut file, quality).encode(
        picture.as_raw(),
        picture.width(),
        picture.height(),
        ExtendedColorType::Rgb8,
    );
    match encoded {
        Ok(()) => file,
        // Memory can't fail to be written to, so only the size is left.
        Err(_) => Vec::new(),
    }
}

/// A JPEG file as a telephone writes it: with an orientation (1 to 8) and the
/// place where it was taken.
///
/// For tests that none of it is sent on. Empty as [`jpeg`] is.
#[must_use]
pub fn jpeg_with_exif(picture: &RgbImage, quality: u8, orientation: u16, gps: Gps) -> Vec<u8> {
    let plain = jpeg(picture, quality);
    // Exif 2.32 §4.7.2: APP1 follows the start-of-image marker at once.
    match plain.split_at_checked(2) {
        Some((start_of_image, rest)) => {
            [start_of_image, &exif_segment(orientation, gps), rest].concat()
        }
        None => plain,
    }
}

/// A PNG file; empty for a picture without pixels.
#[must_use]
pub fn png(picture: &RgbImage) -> Vec<u8> {
    let mut file = std::io::Cursor::new(Vec::new());
    match picture.write_to(&mut file, ImageFormat::Png) {
        Ok(()) => file.into_inner(),
        // As above: nothing but the size can be wrong.
        Err(_) => Vec::new(),
    }
}

/// A YUV4MPEG2 file, 4:2:0, for `--use-file-for-fake-video-capture`.
///
/// Chromium reads the samples as BT.601 in the limited range, whatever the
/// header says, so that is what they are.
///
/// # Errors
///
/// [`Y4mError`], when the frames do not fit the format.
pub fn y4m(frames: &[RgbImage], frames_per_second: u32) -> Result<Vec<u8>, Y4mError> {
    let (width_px, height_px) = frames.first().ok_or(Y4mError::NoFrame)?.dimensions();
    if width_px == 0 || height_px == 0 || width_px % 2 == 1 || height_px % 2 == 1 {
        return Err(Y4mError::OddSize {
            width_px,
            height_px,
        });
    }
    let mut file =
        format!("YUV4MPEG2 W{width_px} H{height_px} F{frames_per_second}:1 Ip A1:1 C420jpeg\n")
            .into_bytes();
    for (index, frame) in frames.iter().enumerate() {
        if frame.dimensions() != (width_px, height_px) {
            return Err(Y4mError::MixedSize { index });
        }
        file.extend_from_slice(b"FRAME\n");
        push_planes(frame.as_raw(), width_px as usize, &mut file);
    }
    Ok(file)
}

fn push_planes(rgb: &[u8], width_px: usize, file: &mut Vec<u8>) {
    let stride = width_px * 3;
    // BT.601 in 65 536ths: luma 16 to 235, chroma 16 to 240.
    for pixel in rgb.chunks_exact(3) {
        file.push(weighted(pixel, [16_829, 33_039, 6_416], 16, 1));
    }
    for weights in [[-9_714, -19_071, 28_784], [28_784, -24_103, -4_681]] {
        for rows in rgb.chunks_exact(2 * stride) {
            let (above, below) = rows.split_at(stride);
            for (four, under) in above.chunks_exact(6).zip(below.chunks_exact(6)) {
                let sums = [0, 1, 2].map(|channel| {
                    u16::from(four[channel])
                        + u16::from(four[channel + 3])
                        + u16::from(under[channel])
                        + u16::from(under[channel + 3])
                });
                file.push(weighted(&sums, weights, 128, 4));
            }
        }
    }
}

/// `offset + weights * sums / count`, rounded to a byte.
fn weighted<T: Copy + Into<i32>>(sums: &[T], weights: [i32; 3], offset: i32, count: i32) -> u8 {
    let one = 65_536 * count;
    let mut total = one * offset + one / 2;
    for (sum, weight) in sums.iter().zip(weights) {
        total += weight * (*sum).into();
    }
    u8::try_from(total / one).unwrap_or(u8::MAX)
}

/// An APP1 segment with a TIFF structure (Exif 2.32 §4.5), big-endian.
fn exif_segment(orientation: u16, gps: Gps) -> Vec<u8> {
    const BYTE: u16 = 1;
    const ASCII: u16 = 2;
    const SHORT: u16 = 3;
    const LONG: u16 = 4;
    const RATIONAL: u16 = 5;
    // Offsets count from the TIFF header: 8 bytes of header, then a directory
    // of two entries, one of five, and the six rationals.
    const GPS_DIRECTORY: u32 = 8 + 2 + 2 * 12 + 4;
    const LATITUDE: u32 = GPS_DIRECTORY + 2 + 5 * 12 + 4;
    const LONGITUDE: u32 = LATITUDE + 3 * 8;

    fn entry(tiff: &mut Vec<u8>, tag: u16, kind: u16, count: u32, value: [u8; 4]) {
        tiff.extend(tag.to_be_bytes());
        tiff.extend(kind.to_be_bytes());
        tiff.extend(count.to_be_bytes());
        tiff.extend(value);
    }
    let [high, low] = orientation.to_be_bytes();
    let north = if gps.latitude_deg < 0.0 { b'S' } else { b'N' };
    let east = if gps.longitude_deg < 0.0 { b'W' } else { b'E' };

    let mut tiff = b"MM\0\x2a\0\0\0\x08".to_vec();
    tiff.extend(2_u16.to_be_bytes());
    entry(&mut tiff, 0x0112, SHORT, 1, [high, low, 0, 0]);
    entry(&mut tiff, 0x8825, LONG, 1, GPS_DIRECTORY.to_be_bytes());
    tiff.extend(0_u32.to_be_bytes());
    tiff.extend(5_u16.to_be_bytes());
    entry(&mut tiff, 0, BYTE, 4, [2, 3, 0, 0]);
    entry(&mut tiff, 1, ASCII, 2, [north, 0, 0, 0]);
    entry(&mut tiff, 2, RATIONAL, 3, LATITUDE.to_be_bytes());
    entry(&mut tiff, 3, ASCII, 2, [east, 0, 0, 0]);
    entry(&mut tiff, 4, RATIONAL, 3, LONGITUDE.to_be_bytes());
    tiff.extend(0_u32.to_be_bytes());
    for degrees in [gps.latitude_deg, gps.longitude_deg] {
        for (numerator, denominator) in degrees_minutes_seconds(degrees) {
            tiff.extend(numerator.to_be_bytes());
            tiff.extend(denominator.to_be_bytes());
        }
    }

    let mut segment = vec![0xff, 0xe1];
    // The length counts itself and the six bytes of "Exif\0\0".
    let length = u16::try_from(tiff.len() + 8).unwrap_or(u16::MAX);
    segment.extend(length.to_be_bytes());
    segment.extend(b"Exif\0\0");
    segment.extend(tiff);
    segment
}

/// Degrees, minutes and hundredths of seconds as rationals.
fn degrees_minutes_seconds(degrees: f64) -> [(u32, u32); 3] {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a float cast saturates, and the value is not negative"
    )]
    let hundredths = (degrees.abs() * 360_000.0).round() as u32;
    [
        (hundredths / 360_000, 1),
        (hundredths / 6_000 % 60, 1),
        (hundredths % 6_000, 100),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use image::{ImageDecoder, Rgb};

    const SOMEWHERE: Gps = Gps {
        latitude_deg: -33.856_8,
        longitude_deg: 151.215_3,
    };

    fn orange() -> RgbImage {
        RgbImage::from_pixel(4, 2, Rgb([200, 50, 30]))
    }

    #[test]
    fn a_camera_frame_has_the_samples_that_chromium_reads_back() {
        let file = y4m(&[orange()], 30).unwrap();
        let header = b"YUV4MPEG2 W4 H2 F30:1 Ip A1:1 C420jpeg\nFRAME\n";
        let (found, planes) = file.split_at(header.len());
        assert_eq!(found, header);
        // By hand: 16 + 65.481 r + 128.553 g + 24.966 b and so on, over 255.
        assert_eq!(planes, [96, 96, 96, 96, 96, 96, 96, 96, 97, 97, 195, 195]);
    }

    #[test]
    fn black_and_white_frames_use_the_limited_range() {
        let both = [
            RgbImage::new(2, 2),
            RgbImage::from_pixel(2, 2, Rgb([255; 3])),
        ];
        let file = y4m(&both, 5).unwrap();
        assert!(file.ends_with(&[b'\n', 235, 235, 235, 235, 128, 128]));
        assert!(
            file.windows(7)
                .any(|part| part == [b'\n', 16, 16, 16, 16, 128, 128])
        );
    }

    #[test]
    fn frames_that_do_not_fit_are_refused() {
        assert_eq!(y4m(&[], 30), Err(Y4mError::NoFrame));
        assert_eq!(
            y4m(&[RgbImage::new(3, 2)], 30),
            Err(Y4mError::OddSize {
                width_px: 3,
                height_px: 2
            })
        );
        assert_eq!(
            y4m(&[RgbImage::new(2, 2), RgbImage::new(4, 2)], 30),
            Err(Y4mError::MixedSize { index: 1 })
        );
    }

    #[test]
    fn the_orientation_is_read_back_by_a_decoder() {
        let file = jpeg_with_exif(&orange(), 90, 6, SOMEWHERE);
        let mut decoder =
            image::codecs::jpeg::JpegDecoder::new(std::io::Cursor::new(&file)).unwrap();
        assert_eq!(
            decoder.orientation().unwrap(),
            image::metadata::Orientation::Rotate90
        );
    }

    #[test]
    fn the_place_stands_where_the_directory_says() {
        let segment = exif_segment(1, SOMEWHERE);
        assert_eq!(usize::from(segment[3]) + 2, segment.len());
        let tiff = &segment[10..];
        let words: Vec<u32> = tiff[102 + 2..]
            .chunks_exact(4)
            .map(|word| u32::from_be_bytes(word.try_into().unwrap()))
            .collect();
        assert_eq!(words, [33, 1, 51, 1, 2448, 100, 151, 1, 12, 1, 5508, 100]);
        assert_eq!(tiff[38 + 2 + 12 + 8], b'S');
        assert_eq!(tiff[38 + 2 + 36 + 8], b'E');
    }

    #[test]
    fn a_plain_jpeg_has_no_metadata() {
        let plain = jpeg(&orange(), 90);
        assert!(!plain.windows(4).any(|part| part == b"Exif"));
    }

    #[test]
    fn a_picture_without_pixels_makes_no_file() {
        let nothing = RgbImage::new(0, 0);
        assert!(jpeg(&nothing, 90).is_empty());
        assert!(jpeg_with_exif(&nothing, 90, 1, SOMEWHERE).is_empty());
        assert!(png(&nothing).is_empty());
    }

    #[test]
    fn a_png_gives_back_every_pixel() {
        let file = png(&orange());
        assert_eq!(image::load_from_memory(&file).unwrap().to_rgb8(), orange());
    }
}

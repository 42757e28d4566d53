//! Tells the faces in pictures, and how long that takes for the first.
//!
//! `cargo run --release -p vestibule-vision --example faces -- WEIGHTS PICTURE…`
//! where the weights are `dist/vestibule-vision-face-*.bin` and the pictures
//! are binary PPM files. Not for anything but measuring: see `vision/MODEL.md`,
//! "Face framing".
#![expect(
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a program for the desk of whoever measures"
)]

use std::path::PathBuf;
use std::time::Instant;

use vestibule_vision::FaceFinder;

/// How often the first picture is looked at for the time.
const N_TIMES: u32 = 20;

fn main() {
    let mut arguments = std::env::args_os().skip(1).map(PathBuf::from);
    let weights = arguments.next().expect("the file of the weights");
    let weights = std::fs::read(weights).expect("the weights can be read");
    let mut finder = FaceFinder::new(&weights).expect("these are the weights");
    for (number, path) in arguments.enumerate() {
        let file = std::fs::read(&path).expect("the picture can be read");
        let (width, height, rgba) = decode(&file).expect("a binary PPM of 255 levels");
        let n_times = if number == 0 { N_TIMES } else { 1 };
        let mut times: Vec<_> = (0..n_times)
            .map(|_| {
                let started = Instant::now();
                finder.find(width, height, &rgba);
                started.elapsed()
            })
            .collect();
        times.sort_unstable();
        let median_ms = times
            .get(times.len() / 2)
            .map_or(0.0, |time| time.as_secs_f64() * 1000.0);
        println!("{} {width}x{height} {median_ms:.2} ms", path.display());
        for face in finder.find(width, height, &rgba) {
            println!(
                "  {:.3} left {:.3} top {:.3} width {:.3} height {:.3} tilt {:.1} bright {:.0} clipped {:.3}",
                face.confidence,
                face.left,
                face.top,
                face.width,
                face.height,
                face.tilt_degrees,
                face.light.bright_luma,
                face.light.clipped_share,
            );
        }
    }
}

/// Width, height and pixels of a PPM whose header has no comments.
fn decode(file: &[u8]) -> Option<(u32, u32, Vec<u8>)> {
    let mut rest = file.strip_prefix(b"P6")?;
    let mut numbers = [0_u32; 3];
    for number in &mut numbers {
        rest = rest.trim_ascii_start();
        let end = rest.iter().position(u8::is_ascii_whitespace)?;
        let (word, after) = rest.split_at(end);
        *number = std::str::from_utf8(word).ok()?.parse().ok()?;
        rest = after;
    }
    let [width, height, 255] = numbers else {
        return None;
    };
    let pixels = rest.get(1..)?.as_chunks::<3>().0;
    let rgba = pixels
        .iter()
        .flat_map(|[red, green, blue]| [*red, *green, *blue, 255])
        .collect();
    Some((width, height, rgba))
}

//! Runs the document detector over labelled pictures and prints how right it
//! is: `cargo run --release -p vestibule-vision --example evaluate -- FILE`.
//!
//! The file holds, for each picture: width and height (u32), eight coordinates
//! in pixels (f32, not-a-number where there is no document), and the bytes of
//! red, green, blue and alpha; all little-endian. `vision/train/validate.py`
//! writes one.

use std::fs::File;
use std::io::{BufReader, Read};
use std::time::Instant;

use vestibule_vision::{Detector, Point, Quad};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = std::env::args().nth(1).ok_or("give the file of pictures")?;
    let mut file = BufReader::new(File::open(path)?);
    let mut detector = Detector::default();
    let mut overlaps: Vec<f32> = Vec::new();
    let mut times_ms: Vec<f64> = Vec::new();
    let (mut n_empty, mut n_imagined, mut n_missed, mut n_wrong) = (0, 0, 0, 0);
    let mut index = 0;
    let mut head = [0_u8; 40];
    while file.read_exact(&mut head).is_ok() {
        let word = |at: usize| [head[at], head[at + 1], head[at + 2], head[at + 3]];
        let (width, height) = (u32::from_le_bytes(word(0)), u32::from_le_bytes(word(4)));
        let truth = Quad(std::array::from_fn(|corner| {
            Point::new(
                f32::from_le_bytes(word(8 + 8 * corner)),
                f32::from_le_bytes(word(12 + 8 * corner)),
            )
        }));
        let mut rgba = vec![0_u8; width as usize * height as usize * 4];
        file.read_exact(&mut rgba)?;
        let began = Instant::now();
        let found = detector.find(width, height, &rgba);
        times_ms.push(began.elapsed().as_secs_f64() * 1000.0);
        if truth.0[0].x.is_nan() {
            n_empty += 1;
            if let Some(found) = found {
                n_imagined += 1;
                println!("{index}: nothing there, given {:.2}", found.confidence);
            }
        } else if let Some(found) = found {
            let overlap = found.quad.overlap(&truth);
            overlaps.push(overlap);
            if overlap < 0.7 {
                n_wrong += 1;
            }
            if overlap < 0.9 {
                println!(
                    "{index}: overlap {overlap:.3}, confidence {:.2}",
                    found.confidence
                );
            }
        } else {
            n_missed += 1;
            println!("{index}: missed");
        }
        index += 1;
    }
    times_ms.sort_by(f64::total_cmp);
    let n_documents = overlaps.len() + n_missed;
    let share = |n: usize| 100.0 * n as f64 / n_documents.max(1) as f64;
    let above = |limit: f32| share(overlaps.iter().filter(|overlap| **overlap > limit).count());
    let mean = overlaps.iter().sum::<f32>() / n_documents.max(1) as f32;
    println!(
        "{n_documents} documents: mean overlap {mean:.3}, above 0.90 {:.1} %, above 0.95 {:.1} %, \
         wrong {:.1} %, missed {:.1} %",
        above(0.90),
        above(0.95),
        share(n_wrong),
        share(n_missed),
    );
    println!(
        "{n_empty} empty scenes: {n_imagined} imagined; {:.2} ms a picture (median)",
        times_ms
            .get(times_ms.len() / 2)
            .copied()
            .unwrap_or_default()
    );
    Ok(())
}

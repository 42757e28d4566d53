//! Measures the reader of machine-readable zones on a folder of pictures that
//! `vision/train/mrz_test.py` drew.
//!
//! Not a tool for documents: it prints figures, and the misread lines of
//! invented people.
//!
//! ```text
//! cargo run --release -p vestibule-vision --example mrz -- DIRECTORY [quad]
//! ```

#![expect(
    clippy::expect_used,
    reason = "a broken test folder ends the measurement"
)]

use std::collections::BTreeMap;
use std::path::Path;
use std::time::Instant;

use vestibule_vision::mrz::Reader;
use vestibule_vision::{Luma, Point, Quad};

#[derive(Default)]
struct Tally {
    pictures: usize,
    whole: usize,
    lines: usize,
    right: usize,
    agreeing: usize,
    agreeing_and_wrong: usize,
    trusted: usize,
    trusted_and_wrong: usize,
    certain: usize,
    certain_and_wrong: usize,
    nothing: usize,
    ms: Vec<f64>,
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let directory = Path::new(arguments.first().map_or(".", String::as_str));
    let with_quad = arguments.iter().any(|it| it == "quad");
    let truth = std::fs::read_to_string(directory.join("truth.tsv")).expect("truth.tsv");
    let mut reader = Reader::new();
    let mut tallies: BTreeMap<String, Tally> = BTreeMap::new();
    for row in truth.lines() {
        let fields: Vec<&str> = row.split('\t').collect();
        let bytes = std::fs::read(directory.join(fields[0])).expect("a picture");
        let (width, height, pixels) = grey_map(&bytes);
        let luma = Luma::new(width, height, pixels).expect("a picture of its size");
        let quad = corners(fields[4]);
        let mut reading = None;
        let mut ms = f64::MAX;
        // The best of three, because neighbours on the machine interrupt.
        for _ in 0..3 {
            let begun = Instant::now();
            reading = reader.read(&luma, quad.as_ref().filter(|_| with_quad));
            ms = ms.min(begun.elapsed().as_secs_f64() * 1e3);
        }
        let expected = &fields[5..];
        let mut wrong = Vec::new();
        for (index, line) in expected.iter().enumerate() {
            let read = reading.as_ref().and_then(|it| it.lines.get(index));
            if read.is_none_or(|it| it.text != *line) {
                wrong.push((index, read.map(|it| it.text.as_str()).unwrap_or_default()));
            }
        }
        for key in [fields[1], "all"] {
            let tally = tallies.entry(key.to_owned()).or_default();
            tally.pictures += 1;
            tally.whole += usize::from(wrong.is_empty());
            tally.lines += expected.len();
            tally.right += expected.len() - wrong.len();
            tally.nothing += usize::from(reading.is_none());
            tally.ms.push(ms);
            if let Some(reading) = &reading {
                let bad = usize::from(!wrong.is_empty());
                if reading.checks_agree {
                    tally.agreeing += 1;
                    tally.agreeing_and_wrong += bad;
                }
                for line in reading.trusted_lines() {
                    tally.trusted += 1;
                    tally.trusted_and_wrong += usize::from(!expected.contains(&line));
                }
                if reading.is_certain() {
                    tally.certain += 1;
                    tally.certain_and_wrong += bad;
                }
            }
        }
        if !wrong.is_empty() {
            let state = reading.as_ref().map_or_else(
                || "nothing".to_owned(),
                |it| {
                    format!(
                        "agree {} corrected {} least {:.2}",
                        it.checks_agree,
                        it.corrected,
                        it.confidence()
                    )
                },
            );
            println!("{} blur {}: {state}", fields[0], fields[3]);
            for (index, text) in wrong {
                println!("  {}\n  {text}", expected[index]);
            }
        }
    }
    for (name, tally) in &mut tallies {
        tally.ms.sort_by(f64::total_cmp);
        let at = |share: usize| tally.ms[(tally.ms.len() - 1) * share / 100];
        println!(
            "{name:6} {} pictures: lines {}/{} = {:.1} %, whole {}, nothing {}, checks agree {} \
             (wrong {}), lines trusted {} (wrong {}), certain {} (wrong {}), ms median {:.1} p90 {:.1}",
            tally.pictures,
            tally.right,
            tally.lines,
            100.0 * tally.right as f64 / tally.lines as f64,
            tally.whole,
            tally.nothing,
            tally.agreeing,
            tally.agreeing_and_wrong,
            tally.trusted,
            tally.trusted_and_wrong,
            tally.certain,
            tally.certain_and_wrong,
            at(50),
            at(90),
        );
    }
}

/// Width, height and pixels of a binary portable grey map without comments.
fn grey_map(bytes: &[u8]) -> (u32, u32, &[u8]) {
    let mut start = 0;
    let mut header = [""; 4];
    for field in &mut header {
        let length = bytes[start..]
            .iter()
            .position(u8::is_ascii_whitespace)
            .expect("a header");
        *field = std::str::from_utf8(&bytes[start..start + length]).expect("ASCII");
        start += length + 1;
    }
    assert_eq!(header[0], "P5");
    let number = |text: &str| text.parse().expect("a number");
    (number(header[1]), number(header[2]), &bytes[start..])
}

fn corners(text: &str) -> Option<Quad> {
    let values: Vec<f32> = text.split(',').filter_map(|it| it.parse().ok()).collect();
    let points: Vec<Point> = values
        .chunks_exact(2)
        .map(|pair| Point::new(pair[0], pair[1]))
        .collect();
    Some(Quad(points.try_into().ok()?))
}

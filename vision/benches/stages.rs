//! The stages of the analysis on one frame of 1280 by 720 pixels.
//!
//! Run by `cargo xtask bench`, or by `cargo bench -p vestibule-vision`. Not for
//! comparing with others: that needs the module in a browser.

use criterion::{Criterion, criterion_group, criterion_main};
use vestibule_scenes::clip::{Clip, FRAMES};
use vestibule_vision::luma::brightness;
use vestibule_vision::{Detector, Judge, Luma, LumaBuffer, Thresholds};

/// Red, green, blue and alpha of a frame with a document that lies still.
fn frame() -> (u32, u32, Vec<u8>) {
    let picture = Clip::new(0).frame(FRAMES - 1);
    let (width, height) = picture.dimensions();
    let rgba = picture
        .pixels()
        .flat_map(|pixel| [pixel[0], pixel[1], pixel[2], 255])
        .collect();
    (width, height, rgba)
}

fn stages(criterion: &mut Criterion) {
    let (width, height, rgba) = frame();
    let mut luma = LumaBuffer::new();
    criterion.bench_function("luma", |bencher| {
        bencher.iter(|| luma.fill_from_rgba(width, height, &rgba).is_ok());
    });
    let grey: Vec<u8> = rgba
        .chunks_exact(4)
        .map(|pixel| brightness(pixel[0], pixel[1], pixel[2]))
        .collect();
    if let Ok(plane) = Luma::new(width, height, &grey) {
        let mut judge = Judge::new(Thresholds::default());
        criterion.bench_function("judge", |bencher| {
            bencher.iter(|| judge.judge(&plane));
        });
    }
    let mut detector = Detector::default();
    criterion.bench_function("detect", |bencher| {
        bencher.iter(|| detector.find(width, height, &rgba));
    });
}

criterion_group!(benches, stages);
criterion_main!(benches);

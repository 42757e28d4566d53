//! No allocation per frame after the first.

use vestibule_vision::live::{Live, Seen};
use vestibule_vision::{Judge, Luma, Point, Quad, Shape};

const WIDTH_PX: u32 = 640;
const HEIGHT_PX: u32 = 360;

/// A light page of dark squares on a grey table, with a white spot.
fn picture() -> Vec<u8> {
    let mut pixels = Vec::new();
    for y in 0..HEIGHT_PX {
        for x in 0..WIDTH_PX {
            let on_page = (80..560).contains(&x) && (40..320).contains(&y);
            let inked = (x / 5 + y / 7) % 3 == 0;
            let spot = x.abs_diff(300).pow(2) + y.abs_diff(150).pow(2) < 900;
            pixels.push(match (on_page, spot, inked) {
                (true, true, _) => 255,
                (true, false, true) => 50,
                (true, false, false) => 205,
                (false, _, _) => 90,
            });
        }
    }
    pixels
}

#[test]
fn frames_after_the_first_allocate_nothing() {
    let (document, empty) = (picture(), vec![20; (WIDTH_PX * HEIGHT_PX) as usize]);
    let corners = [(80.0, 40.0), (560.0, 40.0), (560.0, 320.0), (80.0, 320.0)];
    let quad = Quad(corners.map(|(x, y)| Point::new(x, y)));
    let mut judge = Judge::default();
    let mut live = Live::default();
    let mut at_ms = 0.0;
    let mut frame = |pixels: &[u8], quad: Option<Quad>| {
        let luma = Luma::new(WIDTH_PX, HEIGHT_PX, pixels).unwrap();
        let verdict = judge.judge_document(&luma, quad.as_ref(), Some(Shape::Id1));
        at_ms += 50.0;
        live.look(Seen {
            at_ms,
            width_px: WIDTH_PX,
            height_px: HEIGHT_PX,
            quad,
            confidence: 1.0,
            verdict,
        })
    };
    let first = allocation_counter::measure(|| {
        frame(&document, Some(quad));
    });
    assert!(
        first.count_total > 0,
        "the buffers have to come from somewhere"
    );
    let later = allocation_counter::measure(|| {
        for index in 0..12_u8 {
            if index % 4 == 3 {
                frame(&empty, None);
            } else {
                frame(&document, Some(quad));
            }
        }
    });
    assert_eq!(later.count_total, 0);
}

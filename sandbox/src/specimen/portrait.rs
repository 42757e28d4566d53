//! The holder's portrait: plain shapes, nobody's face.

use vestibule_scenes::canvas::{Area, Canvas, Colour, Point, Segment};

const BACKDROP: (Colour, Colour) = ([214, 224, 232], [182, 198, 212]);
const HAIR: Colour = [74, 48, 38];
const HAIR_LIGHT: Colour = [104, 70, 54];
const SKIN: Colour = [226, 184, 156];
const SKIN_SHADE: Colour = [201, 153, 124];
const CLOTH: Colour = [44, 62, 92];
const COLLAR: Colour = [236, 238, 240];
const LINE: Colour = [60, 40, 34];
const LIPS: Colour = [176, 92, 88];

/// Draws the portrait into `frame`.
pub(super) fn draw(canvas: &mut Canvas, frame: Area) {
    canvas.gradient(frame, BACKDROP.0, BACKDROP.1);
    // All below is in hundredths of the frame, so that it fits any size.
    let place = |x: f32, y: f32| -> Point {
        (
            frame.left + frame.width * x / 100.0,
            frame.top + frame.height * y / 100.0,
        )
    };
    let size = |x: f32, y: f32| -> Point { (frame.width * x / 100.0, frame.height * y / 100.0) };
    let mut oval = |x: f32, y: f32, wide: f32, high: f32, colour: Colour| {
        canvas.ellipse(place(x, y), size(wide, high), frame, colour);
    };

    // Hair behind, neck, shoulders, then the head from the back to the front.
    oval(50.0, 46.0, 31.0, 33.0, HAIR);
    oval(27.0, 62.0, 11.0, 17.0, HAIR);
    oval(73.0, 62.0, 11.0, 17.0, HAIR);
    oval(50.0, 106.0, 48.0, 29.0, CLOTH);
    oval(50.0, 83.0, 17.0, 11.0, COLLAR);
    oval(50.0, 76.0, 11.5, 14.0, SKIN_SHADE);
    oval(27.5, 51.0, 4.0, 6.0, SKIN_SHADE);
    oval(72.5, 51.0, 4.0, 6.0, SKIN_SHADE);
    oval(50.0, 50.0, 23.0, 26.5, SKIN);
    oval(58.0, 27.5, 24.0, 10.0, HAIR);
    oval(38.0, 29.0, 16.0, 9.0, HAIR);
    oval(60.0, 24.5, 15.0, 3.0, HAIR_LIGHT);
    oval(36.0, 60.0, 5.0, 3.0, [230, 172, 148]);
    oval(64.0, 60.0, 5.0, 3.0, [230, 172, 148]);
    for eye in [40.0, 60.0] {
        oval(eye, 48.5, 4.8, 2.6, [246, 246, 244]);
        oval(eye, 48.5, 2.5, 2.4, [82, 104, 92]);
        oval(eye, 48.5, 1.2, 1.2, [22, 22, 24]);
    }
    oval(50.0, 66.4, 7.0, 1.9, LIPS);

    let pen_mm = frame.width / 60.0;
    let stroke = |points: &[(f32, f32)]| -> Vec<Segment> {
        points
            .windows(2)
            .map(|pair| (place(pair[0].0, pair[0].1), place(pair[1].0, pair[1].1)))
            .collect()
    };
    for line in [
        [(34.5, 47.6), (37.5, 45.6), (42.5, 45.6), (45.5, 47.8)],
        [(54.5, 47.8), (57.5, 45.6), (62.5, 45.6), (65.5, 47.6)],
        [(33.0, 42.6), (37.0, 40.6), (42.0, 40.8), (46.0, 42.2)],
        [(54.0, 42.2), (58.0, 40.8), (63.0, 40.6), (67.0, 42.6)],
        [(42.6, 65.2), (47.0, 66.7), (53.0, 66.7), (57.4, 65.2)],
    ] {
        canvas.ink(&stroke(&line), pen_mm, LINE, 0.85);
    }
    let nose = [(51.0, 48.0), (52.5, 55.0), (53.5, 58.0), (48.0, 59.0)];
    canvas.ink(&stroke(&nose), pen_mm, SKIN_SHADE, 0.9);
    let lapels = [(34.0, 80.0), (50.0, 95.0), (66.0, 80.0)];
    canvas.ink(&stroke(&lapels), 3.0 * pen_mm, [30, 44, 68], 1.0);
}

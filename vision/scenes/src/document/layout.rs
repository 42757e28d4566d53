//! Where things are on each kind of document.

use super::print::{self, Hand, accent, number, shouted};
use crate::canvas::{Area, Canvas, Colour, Point, Waves, mixed};
use crate::chance::Chance;
use crate::zone::{Format, Lettering, Zone};

/// Fine lines, as on bank notes.
fn guilloche(canvas: &mut Canvas, size: Point, chance: &mut Chance) {
    for _ in 0..=chance.below(2) {
        let waves = Waves {
            spacing_mm: chance.between(1.2, 4.5),
            line_mm: chance.between(0.12, 0.5),
            amplitude_mm: chance.between(0.8, 6.0),
            wavelength_mm: chance.between(14.0, 60.0),
            phase_rad: chance.between(0.0, 6.0),
        };
        let area = Area::new(0.0, 0.0, size.0, size.1);
        canvas.waves(area, waves, accent(chance), chance.between(0.1, 0.4));
    }
}

/// The front of a card, in one of many arrangements.
pub(super) fn card(canvas: &mut Canvas, size: Point, paper: Colour, chance: &mut Chance) {
    guilloche(canvas, size, chance);
    let colour = accent(chance);
    let head = chance.between(6.0, 13.0);
    match chance.below(3) {
        0 => canvas.rectangle(Area::new(0.0, 0.0, size.0, head), 0.0, colour, 0.9),
        1 => canvas.gradient(
            Area::new(0.0, 0.0, size.0, head + 6.0),
            colour,
            mixed(colour, paper, 0.9),
        ),
        _ => canvas.rectangle(Area::new(0.0, 0.0, 7.0, size.1), 0.0, colour, 0.85),
    }
    let photo_right = chance.happens(0.35);
    let photo_width = chance.between(20.0, 28.0);
    let photo_left = if photo_right {
        size.0 - photo_width - 5.0
    } else {
        9.0
    };
    let photo = Area::new(photo_left, head + 4.0, photo_width, photo_width * 1.25);
    print::portrait(canvas, photo, chance);
    if chance.happens(0.4) {
        // The contacts of a chip.
        let chip = Area::new(if photo_right { 9.0 } else { 66.0 }, 17.0, 12.0, 10.0);
        canvas.rectangle(chip, 1.6, [202, 172, 96], 1.0);
    }
    let title = Hand::of_height(chance.between(2.6, 4.0), chance);
    title.write(
        canvas,
        &format!("{} {}", shouted(chance), shouted(chance)),
        (9.0, head - 1.5),
    );
    let left = if photo_right {
        9.0
    } else {
        photo_left + photo_width + 4.0
    };
    let hand = Hand::of_height(chance.between(1.9, 2.8), chance);
    let small = hand.resized(1.2);
    let mut baseline = head + 7.0;
    while baseline < size.1 - 5.0 {
        small.write(
            canvas,
            &print::word(chance),
            (left, baseline - hand.height_mm - 0.9),
        );
        let text = match chance.below(3) {
            0 => number(6 + chance.below(4), chance),
            1 => shouted(chance),
            _ => format!("{} {}", shouted(chance), shouted(chance)),
        };
        hand.write(canvas, &text, (left, baseline));
        baseline += hand.height_mm + chance.between(3.4, 5.0);
    }
    hand.resized(3.4)
        .write(canvas, &number(9, chance), (size.0 * 0.5, size.1 - 3.0));
}

/// The back of a card: a code, a stripe, a zone, small print.
pub(super) fn card_back(canvas: &mut Canvas, size: Point, paper: Colour, chance: &mut Chance) {
    if chance.happens(0.4) {
        above_zone_of_card(canvas, size, paper, chance);
        let zone = Zone::invented(Format::Td1, chance);
        Lettering::strokes().print(canvas, &zone, 1.0, chance);
        return;
    }
    guilloche(canvas, size, chance);
    if chance.happens(0.4) {
        canvas.rectangle(Area::new(0.0, 4.0, size.0, 11.0), 0.0, [28, 26, 26], 1.0);
    }
    let small = Hand::of_height(chance.between(1.2, 1.7), chance);
    let mut baseline = 20.0;
    while baseline < 33.0 {
        small.fill_line(canvas, (6.0, baseline), size.0 - 12.0, chance);
        baseline += small.height_mm * 1.9;
    }
    code(canvas, Area::new(8.0, 35.0, 70.0, 13.0), chance);
}

/// Looks like a stacked code and says nothing.
fn code(canvas: &mut Canvas, area: Area, chance: &mut Chance) {
    let around = Area::new(
        area.left - 1.0,
        area.top - 1.0,
        area.width + 2.0,
        area.height + 2.0,
    );
    canvas.rectangle(around, 0.0, [250, 250, 248], 1.0);
    let module = chance.between(0.19, 0.3);
    let mut top = area.top;
    while top + 3.0 * module <= area.top + area.height {
        let mut left = area.left;
        while left + 8.0 * module < area.left + area.width {
            let bar = module * (1 + chance.below(5)) as f32;
            let place = Area::new(left, top, bar, 3.0 * module);
            canvas.rectangle(place, 0.0, [18, 18, 20], 1.0);
            left += bar + module * (1 + chance.below(4)) as f32;
        }
        top += 3.0 * module;
    }
}

/// What stands above the zone on the back of a card.
pub(super) fn above_zone_of_card(
    canvas: &mut Canvas,
    size: Point,
    _paper: Colour,
    chance: &mut Chance,
) {
    guilloche(canvas, (size.0, size.1 - 23.0), chance);
    let hand = Hand::of_height(chance.between(1.6, 2.2), chance);
    let mut baseline = 7.0;
    while baseline < size.1 - 26.0 {
        hand.fill_line(
            canvas,
            (6.0, baseline),
            size.0 * chance.between(0.4, 0.8),
            chance,
        );
        baseline += hand.height_mm * 2.2;
    }
}

/// A data page with an invented zone.
pub(super) fn passport(canvas: &mut Canvas, size: Point, paper: Colour, chance: &mut Chance) {
    above_zone_of_page(canvas, size, paper, chance);
    let zone = Zone::invented(Format::Td3, chance);
    Lettering::strokes().print(canvas, &zone, 1.0, chance);
}

/// What stands above the zone on a page.
pub(super) fn above_zone_of_page(
    canvas: &mut Canvas,
    size: Point,
    paper: Colour,
    chance: &mut Chance,
) {
    let room = size.1 - 24.0;
    if chance.happens(0.6) {
        let area = Area::new(0.0, 0.0, size.0, room);
        canvas.gradient(area, paper, mixed(paper, accent(chance), 0.25));
    }
    guilloche(canvas, (size.0, room), chance);
    let photo_height = room * 0.66;
    let photo = Area::new(6.0, room * 0.2, photo_height * 0.78, photo_height);
    print::portrait(canvas, photo, chance);
    let hand = Hand::of_height(chance.between(2.2, 3.0), chance);
    hand.write(canvas, &shouted(chance), (6.0, room * 0.14));
    let left = photo.left + photo.width + 5.0;
    let small = hand.resized(1.3);
    let mut baseline = room * 0.2 + 3.0;
    while baseline < room - 1.0 {
        small.write(
            canvas,
            &print::word(chance),
            (left, baseline - hand.height_mm - 0.7),
        );
        let text = if chance.happens(0.5) {
            shouted(chance)
        } else {
            number(8, chance)
        };
        let end = left + hand.write(canvas, &text, (left, baseline)) + 9.0;
        if chance.happens(0.5) && end < size.0 - 26.0 {
            hand.write(canvas, &number(4, chance), (end, baseline));
        }
        baseline += hand.height_mm + 3.6;
    }
}

/// A letter: head, address, paragraphs.
pub(super) fn letter(canvas: &mut Canvas, size: Point, chance: &mut Chance) {
    let margin = chance.between(15.0, 28.0);
    let body = Hand::of_height(chance.between(2.1, 2.9), chance);
    if chance.happens(0.6) {
        let logo = Area::new(margin, 12.0, chance.between(18.0, 60.0), 14.0);
        canvas.rectangle(logo, chance.between(0.0, 5.0), accent(chance), 0.9);
    }
    body.resized(4.4)
        .write(canvas, &shouted(chance), (size.0 * 0.55, 24.0));
    let mut baseline = 48.0;
    for _ in 0..4 {
        body.fill_line(canvas, (margin, baseline), 48.0, chance);
        baseline += body.height_mm * 1.8;
    }
    baseline += 14.0;
    let end = size.1 * chance.between(0.6, 0.92);
    while baseline < end {
        for _ in 0..3 + chance.below(5) {
            if baseline < end {
                body.fill_line(canvas, (margin, baseline), size.0 - 2.0 * margin, chance);
            }
            baseline += body.height_mm * 1.9;
        }
        body.fill_line(canvas, (margin, baseline), size.0 * 0.4, chance);
        baseline += body.height_mm * 3.6;
    }
}

/// A form: boxes with captions.
pub(super) fn form(canvas: &mut Canvas, size: Point, chance: &mut Chance) {
    let colour = accent(chance);
    let hand = Hand::of_height(2.2, chance);
    if chance.happens(0.5) {
        canvas.rectangle(Area::new(0.0, 0.0, size.0, 16.0), 0.0, colour, 0.85);
    }
    hand.resized(4.5)
        .write(canvas, &shouted(chance), (12.0, 12.0));
    let columns = 1 + chance.below(3);
    let width = (size.0 - 24.0) / columns as f32;
    let height = chance.between(10.0, 17.0);
    let mut top = 22.0;
    while top + height < size.1 - 12.0 {
        for column in 0..columns {
            let left = 12.0 + width * column as f32;
            let outer = Area::new(left, top, width - 2.0, height - 2.0);
            canvas.rectangle(outer, 0.6, colour, 0.8);
            let inner = Area::new(left + 0.4, top + 0.4, width - 2.8, height - 2.8);
            canvas.rectangle(inner, 0.4, [250, 250, 248], 1.0);
            hand.resized(1.5)
                .write(canvas, &print::word(chance), (left + 1.5, top + 2.8));
            if chance.happens(0.7) {
                let base = (left + 2.5, top + height - 4.0);
                hand.resized(3.2)
                    .fill_line(canvas, base, (width - 8.0) * chance.share(), chance);
            }
        }
        top += height;
    }
}

/// A till receipt: names on the left, prices on the right.
pub(super) fn receipt(canvas: &mut Canvas, size: Point, chance: &mut Chance) {
    let hand = Hand {
        colour: [70, 70, 84],
        ..Hand::of_height(chance.between(2.2, 2.8), chance)
    };
    hand.resized(5.0)
        .write(canvas, &shouted(chance), (size.0 * 0.2, 12.0));
    let mut baseline = 22.0;
    while baseline < size.1 - 10.0 {
        match chance.below(9) {
            0 => {
                let rule = Area::new(4.0, baseline - 1.0, size.0 - 8.0, 0.35);
                canvas.rectangle(rule, 0.0, hand.colour, 1.0);
            }
            1 => {}
            _ => {
                hand.fill_line(canvas, (4.0, baseline), size.0 * 0.55, chance);
                let price = format!("{}.{}", chance.below(90), 10 + chance.below(90));
                hand.write(canvas, &price, (size.0 - 18.0, baseline));
            }
        }
        baseline += hand.height_mm * 1.8;
    }
}

/// A cheque.
pub(super) fn cheque(canvas: &mut Canvas, size: Point, paper: Colour, chance: &mut Chance) {
    guilloche(canvas, size, chance);
    let hand = Hand::of_height(2.6, chance);
    hand.resized(5.0)
        .write(canvas, &shouted(chance), (8.0, 12.0));
    let amount = Area::new(size.0 - 46.0, size.1 * 0.3, 38.0, 11.0);
    canvas.rectangle(amount, 0.5, mixed(paper, [255; 3], 0.8), 1.0);
    hand.resized(5.0).write(
        canvas,
        &number(5, chance),
        (amount.left + 3.0, amount.top + 8.0),
    );
    for share in [0.38, 0.55, 0.72] {
        let rule = Area::new(8.0, size.1 * share, size.0 * 0.6, 0.3);
        canvas.rectangle(rule, 0.0, [60, 60, 70], 1.0);
        hand.resized(3.6)
            .fill_line(canvas, (10.0, size.1 * share - 1.2), size.0 * 0.5, chance);
    }
    hand.resized(3.4)
        .write(canvas, &number(18, chance), (24.0, size.1 - 5.0));
}

/// A sheet with handwriting, ruled or not.
pub(super) fn note(canvas: &mut Canvas, size: Point, chance: &mut Chance) {
    let spacing = chance.between(6.5, 10.0);
    let is_ruled = chance.happens(0.6);
    let hand = Hand {
        slant: 0.3,
        weight: 0.13,
        colour: *chance.pick(&[[22, 34, 120], [30, 30, 34], [120, 24, 30]]),
        ..Hand::of_height(spacing * 0.42, chance)
    };
    let last = size.1 * chance.between(0.4, 0.95);
    let mut baseline = 16.0;
    while baseline < size.1 - 5.0 {
        if is_ruled {
            let rule = Area::new(0.0, baseline + 1.0, size.0, 0.25);
            canvas.rectangle(rule, 0.0, [150, 176, 214], 1.0);
        }
        if baseline < last {
            let width = (size.0 - 18.0) * chance.between(0.5, 1.0);
            hand.fill_line(canvas, (9.0, baseline), width, chance);
        }
        baseline += spacing;
    }
}

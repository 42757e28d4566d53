//! The reader on photographed zones, one of each format.
//!
//! The pictures in `tests/mrz/` were drawn by `vision/train/mrz_test.py
//! vision/tests/mrz --fixtures`, which shares nothing with the trainer: tilted,
//! in perspective, blurred, noisy, with shadows and glare.
//! Not a measurement: `examples/mrz.rs` is.

#![expect(clippy::expect_used, reason = "a missing fixture ends the test")]

use vestibule_vision::mrz::{Format, Reader};
use vestibule_vision::{Luma, Quad};

struct Fixture {
    name: &'static str,
    format: Format,
    jpeg: &'static [u8],
}

const FIXTURES: [Fixture; 5] = [
    Fixture {
        name: "td1.jpg",
        format: Format::Td1,
        jpeg: include_bytes!("mrz/td1.jpg"),
    },
    Fixture {
        name: "td2.jpg",
        format: Format::Td2,
        jpeg: include_bytes!("mrz/td2.jpg"),
    },
    Fixture {
        name: "td3.jpg",
        format: Format::Td3,
        jpeg: include_bytes!("mrz/td3.jpg"),
    },
    Fixture {
        name: "mrva.jpg",
        format: Format::MrvA,
        jpeg: include_bytes!("mrz/mrva.jpg"),
    },
    Fixture {
        name: "mrvb.jpg",
        format: Format::MrvB,
        jpeg: include_bytes!("mrz/mrvb.jpg"),
    },
];

impl Fixture {
    fn picture(&self) -> (u32, u32, Vec<u8>) {
        let picture = image::load_from_memory(self.jpeg)
            .expect("a JPEG")
            .to_luma8();
        (picture.width(), picture.height(), picture.into_raw())
    }

    fn lines(&self) -> Vec<&'static str> {
        include_str!("mrz/truth.tsv")
            .lines()
            .find(|row| row.starts_with(self.name))
            .expect("its row")
            .split('\t')
            .skip(2)
            .collect()
    }
}

/// The lines that come out, and whether they are certain.
fn read(
    reader: &mut Reader,
    width_px: u32,
    height_px: u32,
    pixels: &[u8],
    quad: Option<&Quad>,
) -> Option<(Format, Vec<String>, bool)> {
    let luma = Luma::new(width_px, height_px, pixels).expect("a picture");
    let reading = reader.read(&luma, quad)?;
    let lines = reading.lines.iter().map(|line| line.text.clone()).collect();
    Some((reading.format, lines, reading.is_certain()))
}

#[test]
fn every_format_is_read_from_a_photograph() {
    let mut reader = Reader::new();
    for fixture in FIXTURES {
        let (width, height, pixels) = fixture.picture();
        let (format, lines, certain) =
            read(&mut reader, width, height, &pixels, None).expect(fixture.name);
        assert_eq!(lines, fixture.lines(), "{}", fixture.name);
        assert_eq!(format, fixture.format);
        assert!(certain, "{}", fixture.name);
    }
}

#[test]
fn a_document_may_lie_upside_down() {
    let mut reader = Reader::new();
    for fixture in FIXTURES {
        let (width, height, mut pixels) = fixture.picture();
        pixels.reverse();
        let (format, lines, _) =
            read(&mut reader, width, height, &pixels, None).expect(fixture.name);
        assert_eq!(lines, fixture.lines(), "{}", fixture.name);
        assert_eq!(format, fixture.format);
    }
}

#[test]
fn a_quadrilateral_says_where_to_look() {
    let fixture = &FIXTURES[2];
    let (width, height, pixels) = fixture.picture();
    let mut reader = Reader::new();
    // The whole picture is where the document is; a corner of it is not.
    let whole = Quad::rectangle(width as f32, height as f32);
    let found = read(&mut reader, width, height, &pixels, Some(&whole));
    assert!(found.is_some_and(|(_, lines, _)| lines == fixture.lines()));
    let corner = Quad::rectangle(90.0, 60.0);
    assert!(read(&mut reader, width, height, &pixels, Some(&corner)).is_none());
}

#[test]
fn a_reading_says_where_the_zone_is_and_what_it_says() {
    let fixture = &FIXTURES[2];
    let (width, height, pixels) = fixture.picture();
    let luma = Luma::new(width, height, &pixels).expect("a picture");
    let reading = Reader::new().read(&luma, None).expect("a zone");
    // Measured by eye in td3.jpg: from the P to the last 4.
    assert!(reading.corners.is_convex());
    assert!((reading.corners.0[0].x - 222.0).abs() < 20.0, "{reading:?}");
    assert!((reading.corners.0[2].x - 890.0).abs() < 20.0, "{reading:?}");
    let zone = reading.parsed().expect("check digits agree");
    assert_eq!(
        (
            zone.surname.as_str(),
            zone.issuer.as_str(),
            zone.nationality.as_str()
        ),
        ("ZSV", "ZAF", "D")
    );
    assert_eq!(zone.expiry.year_of_expiry(2026), Some(2029));
}

#[test]
fn buffers_keep_nothing_from_picture_to_picture() {
    let mut used = Reader::new();
    for fixture in FIXTURES.iter().rev().chain(&FIXTURES) {
        let (width, height, pixels) = fixture.picture();
        let again = read(&mut used, width, height, &pixels, None);
        let fresh = read(&mut Reader::new(), width, height, &pixels, None);
        assert_eq!(again, fresh, "{}", fixture.name);
    }
}

#[test]
fn pictures_without_a_zone_give_nothing_certain() {
    let mut reader = Reader::new();
    let flat = vec![200; 800 * 500];
    assert_eq!(read(&mut reader, 800, 500, &flat, None), None);
    let stripes: Vec<u8> = (0..800 * 500)
        .map(|i: u32| {
            if (i % 800 / 8).is_multiple_of(2) {
                30
            } else {
                220
            }
        })
        .collect();
    let seen = read(&mut reader, 800, 500, &stripes, None);
    assert!(seen.is_none_or(|(_, _, certain)| !certain));
}

/// A small generator, so that failures can be repeated.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u32) -> u32 {
        // Xorshift* (Vigna 2016); the upper half is the better one.
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        let [.., a, b, c, d] = self.0.wrapping_mul(0x2545_f491_4f6c_dd1d).to_be_bytes();
        u32::from_be_bytes([a, b, c, d]) % sides
    }
}

#[test]
fn any_bytes_of_any_size_are_read_without_panic() {
    let mut dice = Dice(7);
    let mut reader = Reader::new();
    let texts = FIXTURES[0].picture().2;
    for round in 0..120 {
        let (width, height) = match round % 4 {
            0 => (1 + dice.roll(40), 1 + dice.roll(40)),
            1 => (1 + dice.roll(1500), 1 + dice.roll(30)),
            2 => (1 + dice.roll(30), 1 + dice.roll(1500)),
            _ => (100 + dice.roll(500), 60 + dice.roll(300)),
        };
        let count = (width * height) as usize;
        let pixels: Vec<u8> = match dice.roll(3) {
            0 => (0..count)
                .map(|_| dice.roll(256).to_le_bytes()[0])
                .collect(),
            1 => texts.iter().copied().cycle().take(count).collect(),
            _ => {
                let level = dice.roll(256).to_le_bytes()[0];
                vec![level; count]
            }
        };
        let mut coordinate = || dice.roll(1200) as f32 - 300.0;
        let quad = Quad(std::array::from_fn(|_| {
            vestibule_vision::Point::new(coordinate(), coordinate())
        }));
        for quad in [None, Some(&quad)] {
            let seen = read(&mut reader, width, height, &pixels, quad);
            assert!(seen.is_none_or(|(format, lines, _)| lines.len() == format.lines()));
        }
    }
}

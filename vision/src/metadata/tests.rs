//! Files put together by hand, with and without metadata.

use proptest::prelude::*;

use super::*;

/// A JPEG segment.
fn segment(marker: u8, content: &[u8]) -> Vec<u8> {
    let length = u16::try_from(content.len() + 2).unwrap();
    let mut bytes = vec![0xff, marker];
    bytes.extend_from_slice(&length.to_be_bytes());
    bytes.extend_from_slice(content);
    bytes
}

fn jpeg(before: &[Vec<u8>], after: &[u8]) -> Vec<u8> {
    let mut bytes = vec![0xff, 0xd8];
    bytes.extend(before.iter().flatten());
    bytes.extend(segment(0xda, &[1, 1, 0, 0, 63, 0]));
    bytes.extend_from_slice(&[1, 2, 0xff, 0x00, 3, 0xff, 0xd0, 4, 0xff, 0xd9]);
    bytes.extend_from_slice(after);
    bytes
}

fn tables() -> Vec<u8> {
    segment(0xdb, &[7; 65])
}

fn jfif() -> Vec<u8> {
    segment(0xe0, b"JFIF\0\x01\x02\0\0\x01\0\x01\0\0")
}

fn icc() -> Vec<u8> {
    segment(0xe2, b"ICC_PROFILE\0\x01\x01profile")
}

fn adobe() -> Vec<u8> {
    segment(0xee, b"Adobe\0\x64\0\0\0\0\x01")
}

/// EXIF as little-endian cameras write it: the maker first, then the
/// orientation.
fn exif(orientation: u8) -> Vec<u8> {
    let mut content = b"Exif\0\0II*\0\x08\0\0\0\x02\0".to_vec();
    content.extend_from_slice(b"\x0f\x01\x02\0\x04\0\0\0Cam\0");
    content.extend_from_slice(b"\x12\x01\x03\0\x01\0\0\0");
    content.extend_from_slice(&[orientation, 0, 0, 0, 0, 0, 0, 0]);
    segment(0xe1, &content)
}

#[test]
fn a_jpeg_keeps_what_its_pixels_need_and_nothing_else() {
    let file = jpeg(
        &[
            jfif(),
            exif(1),
            segment(0xe1, b"http://ns.adobe.com/xap/1.0/\0<x/>"),
            icc(),
            segment(0xed, b"Photoshop 3.0\0caption"),
            segment(0xfe, b"a comment"),
            adobe(),
            tables(),
        ],
        b"",
    );
    let bare = jpeg(&[jfif(), icc(), adobe(), tables()], b"");
    assert_eq!(strip_bytes(&file), Ok(bare.clone()));
    assert_eq!(strip_bytes(&bare), Ok(bare), "twice is once");
}

#[test]
fn the_orientation_stays_alone() {
    for orientation in 2..=8 {
        let file = jpeg(&[jfif(), exif(orientation), tables()], b"");
        let stripped = strip(&file, file.len()).unwrap();
        assert_eq!(stripped.orientation, orientation);
        let bytes = strip_bytes(&file).unwrap();
        assert_eq!(strip(&bytes, bytes.len()).unwrap().orientation, orientation);
        assert!(!bytes.windows(3).any(|window| window == b"Cam"));
        assert_eq!(strip_bytes(&bytes), Ok(bytes), "twice is once");
    }
}

#[test]
fn a_thumbnail_in_the_jfif_header_goes() {
    let thumbnail = segment(0xe0, b"JFIF\0\x01\x02\0\0\x01\0\x01\x01\x01rgb");
    let file = jpeg(&[thumbnail, tables()], b"");
    assert_eq!(strip_bytes(&file), Ok(jpeg(&[jfif(), tables()], b"")));
}

#[test]
fn what_follows_the_picture_is_announced_and_cut() {
    let announced = segment(0xe2, b"MPF\0II*\0");
    let file = jpeg(&[jfif(), announced, tables()], b"ftypmp42 a film");
    assert!(strip(&file, file.len()).unwrap().may_trail);
    assert_eq!(strip_bytes(&file), Ok(jpeg(&[jfif(), tables()], b"")));
}

#[test]
fn the_end_is_found_in_pieces_and_not_within_a_table() {
    // A second scan with its table, which holds the end marker's bytes.
    let mut data = segment(0xda, &[1, 1, 0, 1, 5, 0]);
    data.extend_from_slice(&[9, 0xff, 0, 9]);
    data.extend(segment(0xc4, &[0xff, 0xd9, 0xff, 0xd9]));
    data.extend(segment(0xda, &[1, 1, 0, 6, 63, 0]));
    data.extend_from_slice(&[9, 0xff, 0xff, 0xd9, 1, 2, 3]);
    let expected = Some(data.len() - 3);
    for piece_bytes in 1..data.len() {
        let mut end = EndOfImage::default();
        let found = data.chunks(piece_bytes).find_map(|piece| end.feed(piece));
        assert_eq!(found, expected, "in pieces of {piece_bytes}");
    }
}

#[test]
fn the_head_of_a_jpeg_is_enough() {
    let file = jpeg(&[jfif(), exif(6), tables()], b"");
    let n_bytes = file.len() + 3_000_000;
    let whole = strip(&file, n_bytes).unwrap();
    assert_eq!(
        whole.parts.last(),
        Some(&Part::Kept(20 + exif(6).len()..n_bytes))
    );
    let mut head = 4;
    // Asking for what is wanted, one comes to the end in few steps.
    for _ in 0..20 {
        match strip(&file[..head], n_bytes) {
            Err(StripError::HeadTooShort { wanted_bytes }) => {
                assert!(wanted_bytes > head);
                head = wanted_bytes;
            }
            other => {
                assert_eq!(other, Ok(whole));
                return;
            }
        }
    }
    panic!("never enough");
}

fn png_chunk(name: &[u8; 4], content: &[u8]) -> Vec<u8> {
    let mut bytes = u32::try_from(content.len()).unwrap().to_be_bytes().to_vec();
    bytes.extend_from_slice(name);
    bytes.extend_from_slice(content);
    bytes.extend_from_slice(b"crc.");
    bytes
}

#[test]
fn a_png_loses_its_texts() {
    let png = |chunks: &[Vec<u8>]| [&b"\x89PNG\r\n\x1a\n"[..], &chunks.concat()].concat();
    let (header, data, end) = (
        png_chunk(b"IHDR", &[0; 13]),
        png_chunk(b"IDAT", b"pixels"),
        png_chunk(b"IEND", b""),
    );
    let colours = png_chunk(b"iCCP", b"profile");
    let file = png(&[
        header.clone(),
        png_chunk(b"tEXt", b"Author\0me"),
        colours.clone(),
        png_chunk(b"eXIf", &exif(1)[10..]),
        data.clone(),
        png_chunk(b"tIME", b"1234567"),
        png_chunk(b"prVt", b"who knows"),
        end.clone(),
        b"behind the end".to_vec(),
    ]);
    let bare = png(&[header.clone(), colours, data.clone(), end.clone()]);
    assert_eq!(strip_bytes(&file), Ok(bare.clone()));
    assert_eq!(strip_bytes(&bare), Ok(bare));
    let turned = png(&[header, png_chunk(b"eXIf", &exif(6)[10..]), data, end]);
    let bytes = strip_bytes(&turned).unwrap();
    assert_eq!(strip(&bytes, bytes.len()).unwrap().orientation, 6);
    assert_eq!(strip_bytes(&bytes), Ok(bytes));
}

fn webp(chunks: &[(&[u8; 4], &[u8])]) -> Vec<u8> {
    let mut content = b"WEBP".to_vec();
    for (name, bytes) in chunks {
        content.extend_from_slice(*name);
        content.extend_from_slice(&u32::try_from(bytes.len()).unwrap().to_le_bytes());
        content.extend_from_slice(bytes);
        content.extend(std::iter::repeat_n(0, bytes.len() % 2));
    }
    let length = u32::try_from(content.len()).unwrap();
    [&b"RIFF"[..], &length.to_le_bytes(), &content].concat()
}

#[test]
fn a_webp_loses_its_chunks_and_their_flags() {
    let header = |flags: u8| [flags, 0, 0, 0, 9, 0, 0, 9, 0, 0];
    let exif_of = |orientation: u8| exif(orientation)[10..].to_vec();
    let file = webp(&[
        (b"VP8X", &header(0x2c)),
        (b"ICCP", b"profile"),
        (b"VP8 ", b"odd"),
        (b"EXIF", &exif_of(1)),
        (b"XMP ", b"<x/>"),
    ]);
    let bare = webp(&[
        (b"VP8X", &header(0x20)),
        (b"ICCP", b"profile"),
        (b"VP8 ", b"odd"),
    ]);
    assert_eq!(strip_bytes(&file), Ok(bare.clone()));
    assert_eq!(strip_bytes(&bare), Ok(bare));
    let turned = webp(&[
        (b"VP8X", &header(0x08)),
        (b"VP8L", b"data"),
        (b"EXIF", &exif_of(8)),
    ]);
    let bytes = strip_bytes(&turned).unwrap();
    assert_eq!(bytes[20], 0x08);
    assert_eq!(strip(&bytes, bytes.len()).unwrap().orientation, 8);
    assert_eq!(strip_bytes(&bytes), Ok(bytes));
}

/// Bytes that look enough like a file to get somewhere.
fn nearly_a_file() -> impl Strategy<Value = Vec<u8>> {
    let start = prop::sample::select(vec![
        &b"\xff\xd8\xff\xe1\0\x30Exif\0\0"[..],
        b"\xff\xd8\xff",
        b"\x89PNG\r\n\x1a\n\0\0\0\x04eXIf",
        b"RIFF\x40\0\0\0WEBPVP8X\x0a\0\0\0",
        b"",
    ]);
    let piece = prop_oneof![
        prop::collection::vec(any::<u8>(), 0..20),
        Just(b"II*\0\x08\0\0\0".to_vec()),
        Just(vec![0xff]),
        Just(vec![0xff, 0xda, 0, 4, 0, 0]),
        Just(vec![0, 0, 0]),
        Just(b"IEND".to_vec()),
    ];
    (start, prop::collection::vec(piece, 0..20))
        .prop_map(|(start, pieces)| [start, &pieces.concat()].concat())
}

proptest! {
    #[test]
    fn no_bytes_panic_and_twice_is_once(file in nearly_a_file(), more in 0_usize..100) {
        let _outcome = strip(&file, file.len() + more);
        let mut end = EndOfImage::default();
        prop_assert!(end.feed(&file).is_none_or(|end| end <= file.len()));
        if let Ok(once) = strip_bytes(&file) {
            prop_assert!(once.len() <= file.len() + 64);
            prop_assert_eq!(strip_bytes(&once), Ok(once));
        }
    }

    #[test]
    fn metadata_anywhere_before_the_scan_goes(
        places in prop::collection::vec((any::<bool>(), 0_u8..6), 0..12),
    ) {
        let (mut full, mut bare) = (vec![jfif()], vec![jfif()]);
        for (is_metadata, kind) in places {
            if is_metadata {
                full.push(segment([0xe1, 0xe2, 0xe5, 0xec, 0xef, 0xfe][usize::from(kind)], b"secret"));
            } else {
                let kept = [tables(), icc(), adobe()][usize::from(kind % 3)].clone();
                full.push(kept.clone());
                bare.push(kept);
            }
        }
        prop_assert_eq!(strip_bytes(&jpeg(&full, b"")), Ok(jpeg(&bare, b"")));
    }
}

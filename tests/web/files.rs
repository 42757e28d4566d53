//! Files that people choose, made here byte by byte or by a canvas.

use js_sys::Uint8Array;
use vestibule::domain::image::{FileError, LONGEST_SIDE_PX, MAX_FILE_BYTES};
use vestibule::web::picture::prepare_file;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{Blob, File};

use crate::support::{Stub, bytes, contains, js, js_async, pixel};

/// A file with these bytes; its name and type say nothing true.
pub(crate) fn file(bytes: &[u8]) -> File {
    let parts = js_sys::Array::of1(&Uint8Array::from(bytes));
    let make: js_sys::Function =
        js("(parts) => new File(parts, 'notes.txt', { type: 'text/plain' })").unchecked_into();
    make.call1(&wasm_bindgen::JsValue::NULL, &parts)
        .unwrap()
        .unchecked_into()
}

/// A picture encoded by the browser: red above, blue below, or transparent.
pub(crate) async fn encoded(
    mime: &str,
    width_px: u32,
    height_px: u32,
    is_painted: bool,
) -> Vec<u8> {
    let blob = js_async(&format!(
        "(async () => {{
           const canvas = new OffscreenCanvas({width_px}, {height_px});
           const context = canvas.getContext('2d');
           if ({is_painted}) {{
             context.fillStyle = '#f00'; context.fillRect(0, 0, {width_px}, {height_px} / 2);
             context.fillStyle = '#00f'; context.fillRect(0, {height_px} / 2, {width_px}, {height_px} / 2);
           }}
           return canvas.convertToBlob({{ type: '{mime}', quality: 0.9 }});
         }})()"
    ))
    .await;
    let blob: Blob = blob.unchecked_into();
    assert_eq!(blob.type_(), mime);
    bytes(&blob).await
}

const SECRET: &[u8] = b"51.5007N 0.1246W";

/// Puts an EXIF segment behind the start of a JPEG: the orientation, a GPS
/// directory and a note (CIPA DC-008, "Exif 2.32", §4.5 to §4.6).
fn with_exif(jpeg: &[u8], orientation: u8) -> Vec<u8> {
    let mut tiff = b"MM\0\x2a\0\0\0\x08".to_vec();
    // IFD0 with two entries: Orientation (SHORT) and the GPS pointer (LONG).
    tiff.extend([0, 2]);
    tiff.extend([0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0]);
    tiff.extend([0x88, 0x25, 0, 4, 0, 0, 0, 1, 0, 0, 0, 38]);
    tiff.extend([0, 0, 0, 0]);
    // GPS IFD with one entry: GPSAreaInformation (UNDEFINED) at offset 56.
    tiff.extend([0, 1]);
    tiff.extend([0x00, 0x1c, 0, 7, 0, 0, 0]);
    tiff.push(u8::try_from(SECRET.len()).unwrap());
    tiff.extend([0, 0, 0, 56]);
    tiff.extend([0, 0, 0, 0]);
    tiff.extend(SECRET);
    let length = u16::try_from(2 + 6 + tiff.len()).unwrap();
    let mut out = jpeg[..2].to_vec();
    out.extend([0xff, 0xe1]);
    out.extend(length.to_be_bytes());
    out.extend(b"Exif\0\0");
    out.extend(tiff);
    out.extend(&jpeg[2..]);
    out
}

async fn error(bytes: &[u8]) -> FileError {
    prepare_file(&file(bytes), None)
        .await
        .expect_err("it should have been refused")
}

pub(crate) fn is_near([r, g, b]: [u8; 3], expected: [u8; 3]) -> bool {
    [(r, expected[0]), (g, expected[1]), (b, expected[2])]
        .iter()
        .all(|(a, b)| a.abs_diff(*b) < 12)
}

#[wasm_bindgen_test]
async fn a_photo_is_turned_upright_and_loses_its_metadata() {
    let original = with_exif(&encoded("image/jpeg", 1000, 600, true).await, 6);
    assert!(
        contains(&original, b"Exif") && contains(&original, SECRET),
        "the test's own photo has them"
    );
    let picture = prepare_file(&file(&original), None).await.unwrap();
    assert_eq!(
        (picture.width_px, picture.height_px),
        (600, 1000),
        "orientation 6 lies on its side"
    );
    // Turned clockwise, what was above is on the right.
    assert!(is_near(
        pixel(&picture.blob, 580.0, 500.0).await,
        [255, 0, 0]
    ));
    assert!(is_near(
        pixel(&picture.blob, 20.0, 500.0).await,
        [0, 0, 255]
    ));
    let sent = bytes(&picture.blob).await;
    assert_eq!(sent[..3], [0xff, 0xd8, 0xff], "a JPEG");
    assert_eq!(picture.n_bytes(), sent.len() as u64);
    assert!(!contains(&sent, b"Exif"), "no EXIF leaves the device");
    assert!(!contains(&sent, SECRET), "no place leaves the device");
}

#[wasm_bindgen_test]
async fn a_large_photo_is_scaled_to_what_is_sent() {
    let picture = prepare_file(&file(&encoded("image/jpeg", 4000, 3000, true).await), None)
        .await
        .unwrap();
    assert_eq!(
        (picture.width_px, picture.height_px),
        (LONGEST_SIDE_PX, 1500)
    );
    assert!(is_near(
        pixel(&picture.blob, 1000.0, 20.0).await,
        [255, 0, 0]
    ));
}

#[wasm_bindgen_test]
async fn what_is_transparent_becomes_white() {
    let picture = prepare_file(&file(&encoded("image/png", 500, 500, false).await), None)
        .await
        .unwrap();
    assert!(is_near(
        pixel(&picture.blob, 250.0, 250.0).await,
        [255, 255, 255]
    ));
}

#[wasm_bindgen_test]
async fn webp_is_read_and_sent_as_jpeg() {
    let picture = prepare_file(&file(&encoded("image/webp", 500, 400, true).await), None)
        .await
        .unwrap();
    assert_eq!((picture.width_px, picture.height_px), (500, 400));
    assert_eq!(picture.blob.type_(), "image/jpeg");
}

#[wasm_bindgen_test]
async fn what_is_no_picture_is_refused_by_what_it_is() {
    assert_eq!(error(b"").await, FileError::Empty);
    assert_eq!(error(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3").await, FileError::Pdf);
    assert_eq!(
        error(b"just words, named like a picture").await,
        FileError::NotAnImage
    );
    assert_eq!(
        error(b"\0\0\0\x18ftypheic\0\0\0\0mif1heic").await,
        FileError::HeicUnsupported
    );
}

#[wasm_bindgen_test]
async fn damaged_pictures_are_refused() {
    for mime in ["image/jpeg", "image/png", "image/webp"] {
        let whole = encoded(mime, 800, 600, true).await;
        for n_bytes in [60, whole.len() / 2, whole.len() - 20] {
            assert_eq!(
                error(&whole[..n_bytes]).await,
                FileError::Damaged,
                "{n_bytes} bytes of {mime}"
            );
        }
    }
    let mut noise = encoded("image/png", 800, 600, true).await;
    noise[8..40].fill(0x55);
    assert_eq!(
        error(&noise).await,
        FileError::Damaged,
        "all there, but broken"
    );
}

#[wasm_bindgen_test]
async fn the_preview_inside_a_photo_is_not_its_end() {
    // EXIF carries a whole small JPEG, which ends long before the photo does.
    let photo = encoded("image/jpeg", 800, 600, true).await;
    let thumbnail = encoded("image/jpeg", 160, 120, true).await;
    let mut carrying = photo[..2].to_vec();
    carrying.extend([0xff, 0xe1]);
    carrying.extend(u16::try_from(2 + thumbnail.len()).unwrap().to_be_bytes());
    carrying.extend(&thumbnail);
    carrying.extend(&photo[2..]);
    assert!(prepare_file(&file(&carrying), None).await.is_ok());
    assert_eq!(
        error(&carrying[..carrying.len() - 2]).await,
        FileError::Damaged
    );
}

#[wasm_bindgen_test]
async fn what_follows_a_photo_does_no_harm() {
    let mut live = encoded("image/jpeg", 800, 600, true).await;
    live.resize(live.len() + 600_000, 0x42);
    assert!(prepare_file(&file(&live), None).await.is_ok());
}

#[wasm_bindgen_test]
async fn a_picture_too_small_to_read_is_refused() {
    assert_eq!(
        error(&encoded("image/jpeg", 2000, 399, true).await).await,
        FileError::TooSmall
    );
    assert!(
        prepare_file(&file(&encoded("image/jpeg", 2000, 400, true).await), None)
            .await
            .is_ok()
    );
}

#[wasm_bindgen_test]
async fn a_file_over_the_limit_is_refused_without_reading_it() {
    let huge = js(&format!(
        "new File([new Uint8Array({})], 'huge.jpg')",
        MAX_FILE_BYTES + 1
    ));
    assert_eq!(
        prepare_file(huge.unchecked_ref(), None).await.unwrap_err(),
        FileError::TooLarge
    );
}

#[wasm_bindgen_test]
async fn a_file_that_can_not_be_read_says_so() {
    let _moved = Stub::new(
        "Blob.prototype.arrayBuffer",
        "() => Promise.reject(new DOMException('', 'NotReadableError'))",
    );
    assert_eq!(
        error(b"\xff\xd8\xff\xe0 anything").await,
        FileError::Unreadable
    );
}

#[wasm_bindgen_test]
async fn browsers_without_bitmaps_and_offscreen_canvases_do_it_too() {
    let original = with_exif(&encoded("image/jpeg", 3000, 1800, true).await, 6);
    let picture = {
        let _no_bitmaps = Stub::new(
            "createImageBitmap",
            "() => Promise.reject(new Error('old'))",
        );
        let _no_offscreen = Stub::new(
            "OffscreenCanvas",
            "function () { throw new TypeError('old') }",
        );
        prepare_file(&file(&original), None).await.unwrap()
    };
    assert_eq!((picture.width_px, picture.height_px), (1200, 2000));
    assert!(is_near(
        pixel(&picture.blob, 1180.0, 1000.0).await,
        [255, 0, 0]
    ));
    assert!(!contains(&bytes(&picture.blob).await, b"Exif"));
}

//! PDFs that people choose, and pictures that are turned.

use js_sys::Uint8Array;
use vestibule::domain::flow::PageProblem;
use vestibule::domain::image::FileError;
use vestibule::domain::pdf::{MAX_PDF_BYTES, PdfError};
use vestibule::web::pdf::{is_pdf, prepare};
use vestibule::web::picture::turn;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::files::{encoded, file, is_near};
use crate::support::{Stub, bytes, js, pixel};

/// A PDF whose trailer has this entry.
fn with_trailer(entry: &str) -> Vec<u8> {
    format!(
        "%PDF-1.4\n1 0 obj\n<< >>\nendobj\ntrailer\n<< /Size 2 {entry} >>\nstartxref\n9\n%%EOF\n"
    )
    .into_bytes()
}

/// A PDF whose trailer is a stream, far before its end.
fn with_stream(entry: &str) -> Vec<u8> {
    let mut bytes = b"%PDF-1.5\n".to_vec();
    let position = bytes.len();
    bytes.extend(format!("7 0 obj\n<< /Type /XRef {entry} >>\nstream\n").bytes());
    bytes.resize(bytes.len() + 20_000, b'x');
    bytes.extend(format!("\nendstream\nendobj\nstartxref\n{position}\n%%EOF\n").bytes());
    bytes
}

async fn problem(bytes: &[u8]) -> PageProblem {
    prepare::<PageProblem>(&file(bytes))
        .await
        .expect_err("it should have been refused")
}

#[wasm_bindgen_test]
async fn a_pdf_is_told_by_its_bytes_and_kept_as_it_is() {
    assert!(!is_pdf(&file(b"just words, named like a PDF")).await);
    for original in [with_trailer(""), with_stream("")] {
        assert!(is_pdf(&file(&original)).await);
        let pdf = prepare::<PageProblem>(&file(&original)).await.unwrap();
        assert_eq!(pdf.blob.type_(), "application/pdf");
        assert_eq!(pdf.n_bytes, original.len() as u64);
        assert_eq!(bytes(&pdf.blob).await, original);
    }
}

#[wasm_bindgen_test]
async fn a_pdf_that_needs_a_password_is_refused_wherever_it_says_so() {
    for original in [
        with_trailer("/Encrypt 5 0 R"),
        with_stream("/Encrypt 5 0 R"),
    ] {
        assert_eq!(
            problem(&original).await,
            PageProblem::Pdf(PdfError::Encrypted)
        );
    }
}

#[wasm_bindgen_test]
async fn a_pdf_without_a_trailer_is_left_to_the_service() {
    let cut = b"%PDF-1.7\n%%EOF\n";
    assert!(prepare::<PageProblem>(&file(cut)).await.is_ok());
}

#[wasm_bindgen_test]
async fn a_pdf_over_the_limit_or_that_can_not_be_read_says_so() {
    let huge = js(&format!(
        "new File([new Uint8Array({})], 'huge.pdf')",
        MAX_PDF_BYTES + 1
    ));
    assert_eq!(
        prepare::<PageProblem>(huge.unchecked_ref())
            .await
            .unwrap_err(),
        PageProblem::Pdf(PdfError::TooLarge)
    );
    let _moved = Stub::new(
        "Blob.prototype.arrayBuffer",
        "() => Promise.reject(new DOMException('', 'NotReadableError'))",
    );
    assert_eq!(
        problem(&with_trailer("")).await,
        PageProblem::Picture(FileError::Unreadable)
    );
}

#[wasm_bindgen_test]
async fn a_picture_is_turned_clockwise_by_quarters() {
    // Red above, blue below.
    let encoded = encoded("image/jpeg", 800, 600, true).await;
    let original = file(&encoded);
    let (red, blue) = ([255, 0, 0], [0, 0, 255]);
    for (quarter_turns, size_px, in_red, in_blue) in [
        (1, (600, 800), (590.0, 400.0), (10.0, 400.0)),
        (2, (800, 600), (400.0, 590.0), (400.0, 10.0)),
        (3, (600, 800), (10.0, 400.0), (590.0, 400.0)),
    ] {
        let turned = turn(&original, quarter_turns).await.unwrap();
        assert_eq!((turned.width_px, turned.height_px), size_px);
        assert_eq!(turned.blob.type_(), "image/jpeg");
        for ((x, y), colour) in [(in_red, red), (in_blue, blue)] {
            let found = pixel(&turned.blob, x, y).await;
            assert!(
                is_near(found, colour),
                "{quarter_turns} quarters at {x}, {y}: {found:?}"
            );
        }
    }
    let broken = js_sys::Array::of1(&Uint8Array::from(&encoded[..60]));
    let broken = web_sys::Blob::new_with_u8_array_sequence(&broken).unwrap();
    assert_eq!(turn(&broken, 1).await.unwrap_err(), FileError::Unreadable);
}

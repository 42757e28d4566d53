//! Finding faces with the browser's own detector, where it has one.
//!
//! `FaceDetector` (W3C, Accelerated Shape Detection in Images) exists in few
//! browsers and not on every system; everything here is "perhaps".

use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{DomRectReadOnly, HtmlVideoElement};

use crate::domain::face::FaceBox;

use super::console;
use super::window;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = FaceDetector)]
    type Detector;
    #[wasm_bindgen(constructor, catch, js_class = "FaceDetector")]
    fn new(options: &DetectorOptions) -> Result<Detector, JsValue>;
    #[wasm_bindgen(method, catch)]
    fn detect(this: &Detector, image: &HtmlVideoElement) -> Result<js_sys::Promise, JsValue>;

    #[wasm_bindgen(extends = js_sys::Object)]
    type DetectorOptions;
    #[wasm_bindgen(method, setter, js_name = fastMode)]
    fn set_fast_mode(this: &DetectorOptions, is_fast: bool);
    #[wasm_bindgen(method, setter, js_name = maxDetectedFaces)]
    fn set_max_detected_faces(this: &DetectorOptions, n_faces: u32);

    type DetectedFace;
    #[wasm_bindgen(method, getter, js_name = boundingBox)]
    fn bounding_box(this: &DetectedFace) -> DomRectReadOnly;
}

/// The browser's face detector.
pub struct FaceDetector(Detector);

impl FaceDetector {
    /// A detector; nothing where the browser has none.
    #[must_use]
    pub fn new() -> Option<Self> {
        let window = window::window()?;
        js_sys::Reflect::has(&window, &"FaceDetector".into())
            .ok()
            .filter(|is_there| *is_there)?;
        let options: DetectorOptions = js_sys::Object::new().unchecked_into();
        options.set_fast_mode(true);
        // Two are enough to know that it is not one.
        options.set_max_detected_faces(2);
        Detector::new(&options).ok().map(Self)
    }

    /// The faces in the current frame; nothing when the detector does not work.
    pub async fn look(&self, video: &HtmlVideoElement) -> Option<Vec<FaceBox>> {
        let width = f64::from(video.video_width());
        let height = f64::from(video.video_height());
        if width == 0.0 || height == 0.0 {
            return Some(Vec::new());
        }
        let promise = self.0.detect(video).ok()?;
        let Ok(found) = JsFuture::from(promise).await else {
            console::log("the browser's face detector does not work here");
            return None;
        };
        let face = |face: JsValue| {
            let rect = face.unchecked_into::<DetectedFace>().bounding_box();
            FaceBox {
                left: rect.x() / width,
                top: rect.y() / height,
                width: rect.width() / width,
                height: rect.height() / height,
                ..FaceBox::default()
            }
        };
        Some(js_sys::Array::from(&found).iter().map(face).collect())
    }
}

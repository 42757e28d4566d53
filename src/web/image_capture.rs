//! Photos by the camera's own hardware, where the browser offers them.
//!
//! `ImageCapture` exists in Chromium only; everything here is "perhaps".

use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, MediaStreamTrack};

// The one of web-sys is Firefox's abandoned draft with events.
#[wasm_bindgen]
extern "C" {
    type ImageCapture;
    #[wasm_bindgen(constructor, catch)]
    fn new(track: &MediaStreamTrack) -> Result<ImageCapture, JsValue>;
    #[wasm_bindgen(method, catch, js_name = getPhotoCapabilities)]
    fn get_photo_capabilities(this: &ImageCapture) -> Result<js_sys::Promise, JsValue>;
    #[wasm_bindgen(method, catch, js_name = takePhoto)]
    fn take_photo(
        this: &ImageCapture,
        settings: &PhotoSettings,
    ) -> Result<js_sys::Promise, JsValue>;

    type PhotoCapabilities;
    #[wasm_bindgen(method, getter, js_name = imageWidth)]
    fn image_width(this: &PhotoCapabilities) -> Option<Range>;
    #[wasm_bindgen(method, getter, js_name = imageHeight)]
    fn image_height(this: &PhotoCapabilities) -> Option<Range>;

    type Range;
    #[wasm_bindgen(method, getter)]
    fn max(this: &Range) -> Option<f64>;

    #[wasm_bindgen(extends = js_sys::Object)]
    type PhotoSettings;
    #[wasm_bindgen(method, setter, js_name = imageWidth)]
    fn set_image_width(this: &PhotoSettings, width: f64);
    #[wasm_bindgen(method, setter, js_name = imageHeight)]
    fn set_image_height(this: &PhotoSettings, height: f64);
}

/// A camera that can take photos.
pub(super) struct PhotoCamera {
    capture: ImageCapture,
    width_px: f64,
    height_px: f64,
}

impl PhotoCamera {
    /// The photo side of a camera, where it has one.
    pub(super) async fn of(track: &MediaStreamTrack) -> Option<Self> {
        let capture = ImageCapture::new(track).ok()?;
        let promise = capture.get_photo_capabilities().ok()?;
        let capabilities: PhotoCapabilities = JsFuture::from(promise).await.ok()?.unchecked_into();
        let width_px = capabilities.image_width()?.max()?;
        let height_px = capabilities.image_height()?.max()?;
        Some(Self {
            capture,
            width_px,
            height_px,
        })
    }

    /// The size of its largest photo, as the sensor lies in the device.
    pub(super) fn size_px(&self) -> (u32, u32) {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a size; `as` saturates"
        )]
        let size_px = (self.width_px as u32, self.height_px as u32);
        size_px
    }

    /// Takes its largest photo.
    pub(super) async fn take(&self) -> Option<Blob> {
        let settings: PhotoSettings = js_sys::Object::new().unchecked_into();
        settings.set_image_width(self.width_px);
        settings.set_image_height(self.height_px);
        let promise = self.capture.take_photo(&settings).ok()?;
        JsFuture::from(promise).await.ok()?.dyn_into().ok()
    }
}

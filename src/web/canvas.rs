//! Pixels: a picture scaled onto a canvas and encoded as JPEG.
//!
//! What comes out is drawn anew, so nothing that a file carries besides its
//! pixels (place, device, thumbnails) can be in it.

use wasm_bindgen::prelude::{Closure, wasm_bindgen};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, HtmlCanvasElement, ImageEncodeOptions, OffscreenCanvas};

use crate::domain::image::JPEG_QUALITY;

use super::oneshot::oneshot;
use super::window;

const JPEG: &str = "image/jpeg";

// Both kinds of canvas have the same context in all but name; web-sys has a
// method per pair of context and source.
#[wasm_bindgen]
extern "C" {
    type Context2d;

    #[wasm_bindgen(method, setter, js_name = imageSmoothingQuality)]
    fn set_image_smoothing_quality(this: &Context2d, quality: &str);

    #[wasm_bindgen(method, setter, js_name = fillStyle)]
    fn set_fill_style(this: &Context2d, colour: &str);

    #[wasm_bindgen(method, js_name = fillRect)]
    fn fill_rect(this: &Context2d, x: f64, y: f64, width: f64, height: f64);

    #[wasm_bindgen(method, catch, js_name = setTransform)]
    fn set_transform(
        this: &Context2d,
        a: f64,
        b: f64,
        c: f64,
        d: f64,
        e: f64,
        f: f64,
    ) -> Result<(), JsValue>;

    #[wasm_bindgen(method, catch, js_name = drawImage)]
    fn draw_image(
        this: &Context2d,
        source: &JsValue,
        x: f64,
        y: f64,
        width: f64,
        height: f64,
    ) -> Result<(), JsValue>;
}

/// A canvas whose memory is given back when it is dropped.
///
/// Browsers free a canvas when they collect garbage, which on iOS comes too
/// late for the next photo; one without pixels costs nothing.
enum Canvas {
    Offscreen(OffscreenCanvas),
    Element(HtmlCanvasElement),
}

impl Canvas {
    fn new(width_px: u32, height_px: u32) -> Option<Self> {
        // Missing before Safari 16.4.
        let has_offscreen =
            js_sys::Reflect::has(&js_sys::global(), &"OffscreenCanvas".into()).unwrap_or(false);
        if has_offscreen && let Ok(canvas) = OffscreenCanvas::new(width_px, height_px) {
            return Some(Self::Offscreen(canvas));
        }
        let canvas: HtmlCanvasElement = window::document()?
            .create_element("canvas")
            .ok()?
            .dyn_into()
            .ok()?;
        canvas.set_width(width_px);
        canvas.set_height(height_px);
        Some(Self::Element(canvas))
    }

    fn context(&self) -> Option<Context2d> {
        let context = match self {
            Self::Offscreen(canvas) => canvas.get_context("2d"),
            Self::Element(canvas) => canvas.get_context("2d"),
        };
        Some(context.ok()??.unchecked_into())
    }

    async fn to_jpeg(&self) -> Option<Blob> {
        let blob = match self {
            Self::Offscreen(canvas) => {
                let options = ImageEncodeOptions::new();
                options.set_type(JPEG);
                options.set_quality(JPEG_QUALITY);
                let promise = canvas.convert_to_blob_with_options(&options).ok()?;
                JsFuture::from(promise).await.ok()?
            }
            Self::Element(canvas) => {
                let (sender, blob) = oneshot();
                let callback = Closure::wrap(
                    Box::new(move |blob| sender.send(blob)) as Box<dyn FnMut(JsValue)>
                );
                let function = callback.as_ref().unchecked_ref();
                canvas
                    .to_blob_with_type_and_encoder_options(function, JPEG, &JPEG_QUALITY.into())
                    .ok()?;
                blob.await
            }
        };
        blob.dyn_into::<Blob>()
            .ok()
            .filter(|blob| blob.type_() == JPEG && blob.size() > 0.0)
    }
}

impl Drop for Canvas {
    fn drop(&mut self) {
        match self {
            Self::Offscreen(canvas) => canvas.set_width(0),
            Self::Element(canvas) => canvas.set_width(0),
        }
    }
}

/// Draws a picture (bitmap, image or video element) at this size and encodes
/// it as JPEG; what is transparent becomes white, like paper.
///
/// The source is drawn before this function returns its future, so the moment
/// of the picture is the moment of the call.
pub(super) fn encode(
    source: &JsValue,
    width_px: u32,
    height_px: u32,
) -> impl Future<Output = Option<Blob>> + use<> {
    encode_turned(source, width_px, height_px, 0)
}

/// The same, turned clockwise by so many quarters; the size is that before
/// turning.
pub(super) fn encode_turned(
    source: &JsValue,
    width_px: u32,
    height_px: u32,
    quarter_turns: u8,
) -> impl Future<Output = Option<Blob>> + use<> {
    let canvas = draw(source, width_px, height_px, quarter_turns);
    async move { canvas?.to_jpeg().await }
}

fn draw(source: &JsValue, width_px: u32, height_px: u32, quarter_turns: u8) -> Option<Canvas> {
    let canvas = if quarter_turns.is_multiple_of(2) {
        Canvas::new(width_px, height_px)?
    } else {
        Canvas::new(height_px, width_px)?
    };
    let context = canvas.context()?;
    let (width, height) = (f64::from(width_px), f64::from(height_px));
    context.set_fill_style("#fff");
    // Square, so that it covers both ways of lying.
    let longest = width.max(height);
    context.fill_rect(0.0, 0.0, longest, longest);
    // Fine print survives scaling only so; ignored by browsers that lack it.
    context.set_image_smoothing_quality("high");
    // Where the axes of the picture come to lie (HTML, "transformations").
    let (a, b, c, d, e, f) = match quarter_turns % 4 {
        1 => (0.0, 1.0, -1.0, 0.0, height, 0.0),
        2 => (-1.0, 0.0, 0.0, -1.0, width, height),
        3 => (0.0, -1.0, 1.0, 0.0, 0.0, width),
        _ => (1.0, 0.0, 0.0, 1.0, 0.0, 0.0),
    };
    context.set_transform(a, b, c, d, e, f).ok()?;
    context.draw_image(source, 0.0, 0.0, width, height).ok()?;
    Some(canvas)
}

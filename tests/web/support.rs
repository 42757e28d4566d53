//! What the browser tests share.

use std::cell::RefCell;
use std::rc::Rc;

use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Document, Window};

#[wasm_bindgen(inline_js = r#"
export const pause = () => new Promise((resolve) => setTimeout(resolve, 5));

// Puts something in the place of a property; the result puts it back.
export const replace = (path, value) => {
  const names = path.split('.');
  const name = names.pop();
  const owner = names.reduce((object, part) => object[part], globalThis);
  const own = Object.getOwnPropertyDescriptor(owner, name);
  Object.defineProperty(owner, name, { value, configurable: true, writable: true });
  return () => { if (own) Object.defineProperty(owner, name, own); else delete owner[name]; };
};
"#)]
extern "C" {
    fn pause() -> js_sys::Promise;
    fn replace(path: &str, value: &JsValue) -> js_sys::Function;
}

/// How long a test waits for anything.
const PATIENCE_MS: f64 = 15_000.0;

pub(crate) fn window() -> Window {
    web_sys::window().unwrap()
}

pub(crate) fn document() -> Document {
    window().document().unwrap()
}

/// Runs JavaScript; its value.
pub(crate) fn js(code: &str) -> JsValue {
    js_sys::eval(code).unwrap_or_else(|error| panic!("{code}: {error:?}"))
}

/// Runs JavaScript that makes a promise; what it is resolved with.
pub(crate) async fn js_async(code: &str) -> JsValue {
    let promise: js_sys::Promise = js(code).unchecked_into();
    JsFuture::from(promise)
        .await
        .unwrap_or_else(|error| panic!("{code}: {error:?}"))
}

/// Waits until something is so.
pub(crate) async fn until(what: &str, mut is_so: impl FnMut() -> bool) {
    let started = js_sys::Date::now();
    while !is_so() {
        assert!(
            js_sys::Date::now() - started < PATIENCE_MS,
            "waited in vain until {what}"
        );
        JsFuture::from(pause()).await.unwrap();
    }
}

/// Something else in the place of a browser's property, until dropped.
pub(crate) struct Stub(js_sys::Function);

impl Stub {
    /// `path` counts from `globalThis`, `code` is the JavaScript of the value.
    #[must_use]
    pub(crate) fn new(path: &str, code: &str) -> Self {
        Self(replace(path, &js(&format!("({code})"))))
    }
}

impl Drop for Stub {
    fn drop(&mut self) {
        self.0.call0(&JsValue::NULL).unwrap();
    }
}

/// Notes what a callback was called with.
pub(crate) struct Notes<T>(Rc<RefCell<Vec<T>>>);

impl<T: Clone + 'static> Notes<T> {
    pub(crate) fn new() -> Self {
        Self(Rc::default())
    }

    /// The callback.
    pub(crate) fn taker(&self) -> impl FnMut(T) + 'static + use<T> {
        let notes = Rc::clone(&self.0);
        move |note| notes.borrow_mut().push(note)
    }

    pub(crate) fn all(&self) -> Vec<T> {
        self.0.borrow().clone()
    }

    pub(crate) fn len(&self) -> usize {
        self.0.borrow().len()
    }
}

/// Dispatches an event at the page's window or document.
pub(crate) fn dispatch(code: &str) {
    js(code);
}

/// The bytes of a blob.
pub(crate) async fn bytes(blob: &web_sys::Blob) -> Vec<u8> {
    let buffer = JsFuture::from(blob.array_buffer()).await.unwrap();
    js_sys::Uint8Array::new(&buffer).to_vec()
}

/// Whether these bytes are somewhere in those.
pub(crate) fn contains(haystack: &[u8], needle: &[u8]) -> bool {
    haystack
        .windows(needle.len())
        .any(|window| window == needle)
}

/// The colour of a pixel of an encoded picture.
pub(crate) async fn pixel(blob: &web_sys::Blob, x: f64, y: f64) -> [u8; 3] {
    let read: js_sys::Function = js("(async (blob, x, y) => {
           const bitmap = await createImageBitmap(blob);
           const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
           const context = canvas.getContext('2d');
           context.drawImage(bitmap, 0, 0);
           return context.getImageData(x, y, 1, 1).data;
         })")
    .unchecked_into();
    let promise: js_sys::Promise = read
        .call3(&JsValue::NULL, blob, &x.into(), &y.into())
        .unwrap()
        .unchecked_into();
    let data = js_sys::Uint8Array::new(&JsFuture::from(promise).await.unwrap()).to_vec();
    [data[0], data[1], data[2]]
}

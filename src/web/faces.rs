//! The worker that looks for faces (`vision/worker/faces.js`): started, asked,
//! and given up when it does not answer.
//!
//! Everything here is "perhaps": without module workers or without the file
//! there is no finder, nobody is told, and the button works as it does with it.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{HtmlVideoElement, MessageEvent, Worker};

use crate::domain::face::{FaceBox, FaceLight};

use super::clock;
use super::console;
use super::listener::Listener;
use super::oneshot::{Sender, oneshot};
use super::window;
use super::worker;

/// How long the first answer may take: module and weights may be on their way.
const FIRST_LIMIT_MS: u64 = 20_000;

/// How long any other may take; slow phones need a tenth of it.
const LIMIT_MS: u64 = 3_000;

/// How many numbers there are for a face: left, top, width, height, tilt and
/// two for the light.
const LENGTH: u32 = 7;

/// Who waits for an answer, and for which.
type Waiting = Rc<RefCell<Option<(u32, Sender<Option<Vec<FaceBox>>>)>>>;

/// A running worker.
pub struct Faces {
    worker: Worker,
    waiting: Waiting,
    next_ticket: Cell<u32>,
    has_failed: Rc<Cell<bool>>,
    has_answered: Cell<bool>,
    _listeners: [Listener; 2],
}

impl Faces {
    /// Starts the worker, which fetches what it sees with; nothing where the
    /// page names none or the browser has no workers.
    #[must_use]
    pub fn open() -> Option<Self> {
        let worker = worker::started("meta[name=vestibule-faces]")?;
        let waiting = Waiting::default();
        let has_failed = Rc::new(Cell::new(false));
        let answered = {
            let (waiting, has_failed) = (Rc::clone(&waiting), Rc::clone(&has_failed));
            Listener::new(&worker, "message", move |event| {
                let answer = event.unchecked_into::<MessageEvent>().data();
                match field(&answer, "ticket").as_f64() {
                    Some(ticket) => arrived(&waiting, ticket, &answer),
                    None => give_up(&waiting, &has_failed),
                }
            })
        };
        let failed = {
            let (waiting, has_failed) = (Rc::clone(&waiting), Rc::clone(&has_failed));
            Listener::new(&worker, "error", move |_| give_up(&waiting, &has_failed))
        };
        Some(Self {
            worker,
            waiting,
            next_ticket: Cell::new(0),
            has_failed,
            has_answered: Cell::new(false),
            _listeners: [answered, failed],
        })
    }

    /// The faces in the current frame, two at most; nothing when the finder
    /// does not work, and then it never will.
    pub async fn look(&self, video: &HtmlVideoElement) -> Option<Vec<FaceBox>> {
        if video.video_width() == 0 {
            return Some(Vec::new());
        }
        let promise = window::window()?
            .create_image_bitmap_with_html_video_element(video)
            .ok()?;
        let frame = JsFuture::from(promise).await.ok()?;
        if self.has_failed.get() {
            return None;
        }
        let ticket = self.next_ticket.get().wrapping_add(1);
        self.next_ticket.set(ticket);
        let message = js_sys::Object::new();
        for (name, value) in [("ticket", ticket.into()), ("frame", frame.clone())] {
            js_sys::Reflect::set(&message, &name.into(), &value).ok()?;
        }
        let (sender, answer) = oneshot();
        self.waiting.replace(Some((ticket, sender)));
        self.worker
            .post_message_with_transfer(&message, &js_sys::Array::of1(&frame))
            .ok()?;
        let limit_ms = if self.has_answered.get() {
            LIMIT_MS
        } else {
            FIRST_LIMIT_MS
        };
        let faces = clock::within(limit_ms, answer).await.flatten();
        self.has_answered.set(true);
        faces
    }
}

impl Drop for Faces {
    fn drop(&mut self) {
        self.worker.terminate();
    }
}

fn field(answer: &JsValue, name: &str) -> JsValue {
    js_sys::Reflect::get(answer, &name.into()).unwrap_or_default()
}

fn arrived(waiting: &Waiting, ticket: f64, answer: &JsValue) {
    // An answer that nobody waits for any more comes late.
    let is_awaited = |(awaited, _): &mut (u32, _)| f64::from(*awaited) == ticket;
    let taken = waiting.borrow_mut().take_if(is_awaited);
    if let Some((_, sender)) = taken {
        sender.send(Some(read(&js_sys::Array::from(&field(answer, "faces")))));
    }
}

fn read(numbers: &js_sys::Array) -> Vec<FaceBox> {
    (0..numbers.length() / LENGTH)
        .map(|face| {
            let [left, top, width, height, tilt, bright, clipped] =
                [0, 1, 2, 3, 4, 5, 6].map(|index| {
                    let number = numbers.get(face * LENGTH + index);
                    number.as_f64().unwrap_or_default()
                });
            FaceBox {
                left,
                top,
                width,
                height,
                tilt_degrees: Some(tilt),
                light: Some(FaceLight {
                    bright_luma: bright,
                    clipped_share: clipped,
                }),
            }
        })
        .collect()
}

fn give_up(waiting: &Waiting, has_failed: &Cell<bool>) {
    if !has_failed.replace(true) {
        console::log("faces are not looked for by our own finder in this browser");
    }
    if let Some((_, sender)) = waiting.take() {
        sender.send(None);
    }
}

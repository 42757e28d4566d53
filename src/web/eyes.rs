//! The worker that looks at pictures, makes them ready and reads them
//! (`vision/worker`): started, asked, and given up when it does not answer.
//!
//! Everything here is "perhaps": without module workers, without SIMD or
//! without the file there are no eyes, nobody is told, the shutter works as it
//! does with them, and the page makes pictures ready itself.
//! A frame goes to the worker as it is, without having been drawn or copied.

use std::cell::{Cell, RefCell};
use std::future::Future;
use std::rc::Rc;

use wasm_bindgen::prelude::{Closure, wasm_bindgen};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, HtmlVideoElement, MessageEvent, Worker};

use crate::domain::image::LONGEST_SIDE_PX;
use crate::domain::sight::{Claim, Corners, DocumentHint, DocumentShape, Doubt, Seen, is_better};

use super::clock;
use super::console;
use super::listener::Listener;
use super::oneshot::{Receiver, Sender, oneshot};
use super::picture::Picture;
use super::window;
use super::worker;

/// How long the first answer may take: its module may be on its way still.
const FIRST_LIMIT_MS: u64 = 20_000;

/// How long any other may take; slow phones need a tenth of it.
const LIMIT_MS: u64 = 3_000;

/// How long a camera may take to its next frame; in the dark, phones go down to
/// 10 a second.
const FRAME_LIMIT_MS: u64 = 250;

#[wasm_bindgen]
extern "C" {
    // Not yet in web-sys without a compiler flag.
    type VideoFrame;
    #[wasm_bindgen(constructor, catch)]
    fn new(source: &HtmlVideoElement) -> Result<VideoFrame, JsValue>;
    #[wasm_bindgen(method, js_name = clone)]
    fn twin(this: &VideoFrame) -> VideoFrame;
    #[wasm_bindgen(method)]
    fn close(this: &VideoFrame);

    /// A video that tells of its frames: not in Firefox before 132.
    #[wasm_bindgen(extends = HtmlVideoElement)]
    type TellingVideo;
    #[wasm_bindgen(method, js_name = requestVideoFrameCallback)]
    fn request_video_frame_callback(this: &TellingVideo, callback: &js_sys::Function) -> u32;
}

/// The longer side of a document that is shown from the front: twice the width
/// of a phone's screen.
const FRONT_SIDE_PX: u32 = 1200;

/// What was seen in one picture.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Sight {
    /// The corners as shares of the picture's size, x before y.
    pub corners: Option<[f64; 8]>,
    /// What the person can do.
    pub hint: Option<DocumentHint>,
    /// Whether the picture should be taken now.
    pub take: bool,
    /// Larger is sharper.
    pub sharpness: f64,
}

impl Sight {
    fn read(answer: &JsValue) -> Self {
        let field = |name: &str| field(answer, name);
        let corners = field("corners");
        let corners = js_sys::Array::is_array(&corners).then(|| {
            let shares = corners.unchecked_into::<js_sys::Array>();
            [0, 1, 2, 3, 4, 5, 6, 7].map(|index| shares.get(index).as_f64().unwrap_or_default())
        });
        Self {
            corners,
            hint: field("hint")
                .as_string()
                .and_then(|name| DocumentHint::named(&name)),
            take: field("take").is_truthy(),
            sharpness: field("sharpness").as_f64().unwrap_or_default(),
        }
    }

    /// What it says of a picture of this size.
    #[must_use]
    pub fn seen(&self, width_px: u32, height_px: u32) -> Seen {
        Seen {
            corners: self
                .corners
                .map(|shares| Corners::from_shares(&shares, width_px, height_px)),
            flaw: self.hint.filter(|hint| *hint != DocumentHint::Hold),
            doubt: None,
        }
    }

    fn quality(&self) -> (Option<DocumentHint>, f64) {
        (self.hint, self.sharpness)
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    /// Nothing has been answered yet.
    Opening,
    Open,
    /// It has failed, and will again.
    Closed,
}

type Waiting = Rc<RefCell<Vec<(u32, Sender<Option<JsValue>>)>>>;

/// A running worker.
pub struct Eyes {
    worker: Worker,
    waiting: Waiting,
    next_ticket: Cell<u32>,
    state: Rc<Cell<State>>,
    _listeners: [Listener; 2],
}

impl Eyes {
    /// Starts the worker, which fetches what it sees with; nothing where the
    /// page names none or the browser has no workers.
    #[must_use]
    pub fn open() -> Option<Self> {
        let worker = worker::started("meta[name=vestibule-worker]")?;
        let waiting = Waiting::default();
        let state = Rc::new(Cell::new(State::Opening));
        let answered = {
            let (waiting, state) = (Rc::clone(&waiting), Rc::clone(&state));
            Listener::new(&worker, "message", move |event| {
                let answer = event.unchecked_into::<MessageEvent>().data();
                match field(&answer, "ticket").as_f64() {
                    Some(ticket) => {
                        if state.get() == State::Opening {
                            state.set(State::Open);
                        }
                        arrived(&waiting, ticket, &answer);
                    }
                    None => give_up(&waiting, &state),
                }
            })
        };
        let failed = {
            let (waiting, state) = (Rc::clone(&waiting), Rc::clone(&state));
            Listener::new(&worker, "error", move |_| give_up(&waiting, &state))
        };
        Some(Self {
            worker,
            waiting,
            next_ticket: Cell::new(0),
            state,
            _listeners: [answered, failed],
        })
    }

    /// Looks at the preview as one of a row of frames; nothing when the eyes
    /// have failed, and then they will again.
    pub async fn look(
        &self,
        video: &HtmlVideoElement,
        shape: DocumentShape,
        is_first: bool,
    ) -> Option<Sight> {
        let frame = match Frame::of(video) {
            Some(frame) => frame.into_js(),
            None => {
                let promise = window::window()?
                    .create_image_bitmap_with_html_video_element(video)
                    .ok()?;
                JsFuture::from(promise).await.ok()?
            }
        };
        let question = [
            ("at_ms", clock::now_ms().into()),
            ("aspect", shape.aspect().into()),
            ("is_first", is_first.into()),
        ];
        let answer = self.ask("look", &frame, true, &question).await?;
        Some(Sight::read(&answer))
    }

    /// Judges a picture by itself; nothing is seen while it is not known whether
    /// the eyes work, because a person waits for this.
    pub async fn judge(&self, picture: &Picture, shape: DocumentShape) -> Seen {
        let sight = self.judge_frame(&picture.blob, false, shape).await;
        sight.map_or_else(Seen::default, |sight| {
            sight.seen(picture.width_px, picture.height_px)
        })
    }

    fn judge_frame(
        &self,
        frame: &JsValue,
        is_handed_over: bool,
        shape: DocumentShape,
    ) -> impl Future<Output = Option<Sight>> + use<> {
        let question = [("aspect", shape.aspect().into())];
        let answer = self.ask("still", frame, is_handed_over, &question);
        async move { Some(Sight::read(&answer.await?)) }
    }

    /// Makes a picture ready to be sent, beside the page; and the shorter side
    /// that it came with. Nothing where the browser can't, and then the page may.
    pub async fn prepare(&self, blob: &Blob) -> Option<(Picture, u32)> {
        let question = [("longest", LONGEST_SIDE_PX.into())];
        let answer = self.ask("prepare", blob, false, &question).await?;
        Some((picture_in(&answer)?, side_in(&answer, "shortest")?))
    }

    /// The document in a picture alone, as it is from the front, by its corners
    /// as shares of the picture's size.
    pub async fn flatten(
        &self,
        picture: &Picture,
        corners: &[f64; 8],
        shape: DocumentShape,
    ) -> Option<Picture> {
        let corners: js_sys::Array = corners.iter().map(|share| JsValue::from(*share)).collect();
        let question = [
            ("corners", corners.into()),
            ("aspect", shape.aspect().into()),
            ("longest", FRONT_SIDE_PX.into()),
        ];
        let answer = self.ask("flatten", &picture.blob, false, &question);
        picture_in(&answer.await?)
    }

    /// What does not fit in a picture, by what can be read in it.
    pub fn check(
        &self,
        picture: &Blob,
        claim: &Claim,
    ) -> impl Future<Output = Option<Doubt>> + use<> {
        let question = [
            ("document_type", claim.document_type.as_str().into()),
            ("is_front", claim.is_front.into()),
            ("country", claim.country.as_str().into()),
        ];
        let answer = self.ask("check", picture, false, &question);
        async move { Doubt::named(&field(&answer.await?, "doubt").as_string()?) }
    }

    /// Sends a question; the answer, if it comes in time.
    fn ask(
        &self,
        kind: &str,
        frame: &JsValue,
        is_handed_over: bool,
        question: &[(&str, JsValue)],
    ) -> impl Future<Output = Option<JsValue>> + use<> {
        // What is done with a picture has to be fetched as well.
        let is_slow = matches!(kind, "check" | "flatten" | "prepare");
        let (limit_ms, may_ask) = match self.state.get() {
            State::Opening => (FIRST_LIMIT_MS, is_slow || kind == "look"),
            State::Open if is_slow => (FIRST_LIMIT_MS, true),
            State::Open => (LIMIT_MS, true),
            State::Closed => (0, false),
        };
        let answer = may_ask
            .then(|| self.post(kind, frame, is_handed_over, question))
            .flatten();
        async move { clock::within(limit_ms, answer?).await.flatten() }
    }

    fn post(
        &self,
        kind: &str,
        frame: &JsValue,
        is_handed_over: bool,
        question: &[(&str, JsValue)],
    ) -> Option<Receiver<Option<JsValue>>> {
        let ticket = self.next_ticket.get().wrapping_add(1);
        self.next_ticket.set(ticket);
        let message = js_sys::Object::new();
        let fields = [
            ("kind", kind.into()),
            ("ticket", ticket.into()),
            ("frame", frame.clone()),
        ];
        for (name, value) in fields.iter().chain(question) {
            js_sys::Reflect::set(&message, &(*name).into(), value).ok()?;
        }
        let handed_over = js_sys::Array::new();
        if is_handed_over {
            handed_over.push(frame);
        }
        let (sender, answer) = oneshot();
        self.waiting.borrow_mut().push((ticket, sender));
        self.worker
            .post_message_with_transfer(&message, &handed_over)
            .ok()?;
        Some(answer)
    }
}

impl Drop for Eyes {
    fn drop(&mut self) {
        self.worker.terminate();
    }
}

/// The picture in an answer.
fn picture_in(answer: &JsValue) -> Option<Picture> {
    Some(Picture {
        blob: field(answer, "blob").dyn_into().ok()?,
        width_px: side_in(answer, "width")?,
        height_px: side_in(answer, "height")?,
    })
}

fn side_in(answer: &JsValue, name: &str) -> Option<u32> {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a side of a picture; `as` saturates"
    )]
    let side_px = field(answer, name).as_f64()? as u32;
    Some(side_px)
}

/// A field of an answer; `undefined` where there is none.
fn field(answer: &JsValue, name: &str) -> JsValue {
    js_sys::Reflect::get(answer, &name.into()).unwrap_or_default()
}

fn arrived(waiting: &Waiting, ticket: f64, answer: &JsValue) {
    let place = waiting
        .borrow()
        .iter()
        .position(|(waited, _)| f64::from(*waited) == ticket);
    let Some(place) = place else { return };
    let (_, sender) = waiting.borrow_mut().swap_remove(place);
    sender.send((field(answer, "kind") != "failed").then(|| answer.clone()));
}

fn give_up(waiting: &Waiting, state: &Cell<State>) {
    if state.replace(State::Closed) != State::Closed {
        console::log("pictures are not looked at in this browser");
    }
    for (_, sender) in waiting.take() {
        sender.send(None);
    }
}

/// A frame of the preview, given back when dropped: cameras have few of them.
pub(super) struct Frame(Option<VideoFrame>);

impl Frame {
    /// The frame of this moment; nothing where the browser does not hand it out.
    fn of(video: &HtmlVideoElement) -> Option<Self> {
        let window = window::window()?;
        js_sys::Reflect::has(&window, &"VideoFrame".into())
            .ok()
            .filter(|is_there| *is_there)?;
        Some(Self(Some(VideoFrame::new(video).ok()?)))
    }

    /// What can be drawn.
    pub(super) fn source(&self) -> Option<&JsValue> {
        self.0.as_ref().map(AsRef::as_ref)
    }

    /// Another handle to the same frame, for whoever takes it over.
    fn twin(&self) -> Self {
        Self(self.0.as_ref().map(VideoFrame::twin))
    }

    /// For handing over, which ends it here.
    fn into_js(mut self) -> JsValue {
        self.0.take().map_or(JsValue::UNDEFINED, Into::into)
    }
}

impl Drop for Frame {
    fn drop(&mut self) {
        if let Some(frame) = &self.0 {
            frame.close();
        }
    }
}

/// How many frames are compared for a still.
const BURST: u32 = 3;

/// The best of a few frames of the preview, with what was seen in it.
///
/// Nothing where frames can't be had or nobody looks at them.
pub(super) async fn best_frame(
    eyes: &Eyes,
    shape: DocumentShape,
    video: &HtmlVideoElement,
) -> Option<(Frame, Sight)> {
    let mut best: Option<(Frame, Sight)> = None;
    for number in 1..=BURST {
        let frame = Frame::of(video)?;
        let twin = frame.twin().into_js();
        let sight = eyes.judge_frame(&twin, true, shape).await?;
        if best
            .as_ref()
            .is_none_or(|(_, before)| is_better(sight.quality(), before.quality()))
        {
            best = Some((frame, sight));
        }
        if number < BURST {
            next_frame(video).await;
        }
    }
    best
}

/// Waits for the camera's next frame, where the browser tells of it.
pub async fn next_frame(video: &HtmlVideoElement) {
    let name = "requestVideoFrameCallback".into();
    if !js_sys::Reflect::has(video, &name).unwrap_or(false) {
        return;
    }
    let (sender, shown) = oneshot();
    // Not owned by us: it may come after we have stopped waiting.
    let callback = Closure::once_into_js(move || sender.send(()));
    video
        .unchecked_ref::<TellingVideo>()
        .request_video_frame_callback(callback.unchecked_ref());
    // Nothing is told of a video that has just been stopped.
    let _is_shown = clock::within(FRAME_LIMIT_MS, shown).await;
}

//! The camera: opening the right one, its preview, its light, its stills.
//!
//! A [`Camera`] is the running camera; dropping it stops the device (its light
//! goes out) and takes the preview off the page.
//! Start with [`Camera::open`].

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    HtmlVideoElement, MediaDevices, MediaStreamTrack, MediaStreamTrackState, MediaTrackConstraints,
};

use crate::domain::camera::{
    CameraDevice, CameraError, CameraFacts, CameraLoss, CameraWish, StillError, rank_for_documents,
};
use crate::domain::image::{LONGEST_SIDE_PX, fit};
use crate::domain::sight::{DocumentShape, Seen};

use super::clock::{self, Timer};
use super::console;
use super::eyes::{Eyes, best_frame};
use super::image_capture::PhotoCamera;
use super::listener::Listener;
use super::media_devices::{self, Choice, Stream};
use super::oneshot::oneshot;
use super::picture::{self, Picture, shrink};
use super::task::spawn;
use super::window;

/// How long the first frame may take; phones that switch lenses need three.
const FIRST_FRAME_LIMIT_MS: u64 = 8_000;

/// How long a track may be muted before the camera counts as lost.
///
/// Systems mute for a moment when another program looks, or a call comes in.
const MUTE_LIMIT_MS: u64 = 3_000;

/// How long a photo may take before the preview's frame is taken instead.
const PHOTO_LIMIT_MS: u64 = 3_000;

/// How many times the preview's pixels a photo must have, both as sent.
///
/// A photo takes up to a second and shows another moment than the person
/// chose, so it has to be worth it.
const PHOTO_GAIN: f64 = 1.2;

/// A running camera.
pub struct Camera {
    // Dropped first: a stream that we stop is not lost.
    loss: RefCell<Option<LossWatch>>,
    video: Preview,
    stream: Stream,
    n_cameras: u32,
    is_torch_on: Cell<bool>,
    /// The camera that looks at the person was asked for.
    is_for_face: bool,
}

impl Camera {
    /// Opens a camera and waits for its first frame.
    ///
    /// The previous one is stopped first: many devices run one at a time.
    ///
    /// # Errors
    ///
    /// When no camera can be opened, by what can be done about it.
    pub async fn open(wish: &CameraWish, previous: Option<Self>) -> Result<Self, CameraError> {
        let devices = media_devices::interface()?;
        let previous_id = previous.and_then(|camera| camera.stream.device_id());
        let stream = match wish {
            CameraWish::Environment => open_for_documents(&devices).await?,
            CameraWish::User => media_devices::request(&devices, Choice::User).await?,
            CameraWish::Next => {
                let ranked = rank_for_documents(&media_devices::cameras(&devices).await);
                let choice = after(&ranked, previous_id.as_deref());
                media_devices::request(&devices, choice.map_or(Choice::Environment, Choice::Device))
                    .await?
            }
        };
        // Asked again now: without permission browsers list one at most.
        let n_cameras = media_devices::cameras(&devices).await.len();
        let video = Preview::of(&stream).ok_or(CameraError::Unsupported)?;
        video.first_frame().await?;
        Ok(Self {
            loss: RefCell::default(),
            video,
            stream,
            n_cameras: u32::try_from(n_cameras).unwrap_or(u32::MAX).max(1),
            is_torch_on: Cell::new(false),
            is_for_face: *wish == CameraWish::User,
        })
    }

    /// The preview, to be put on the page; it leaves it when the camera drops.
    #[must_use]
    pub fn video(&self) -> &HtmlVideoElement {
        &self.video.0
    }

    /// What the camera can do, now: a turned phone changes the size.
    #[must_use]
    pub fn facts(&self) -> CameraFacts {
        CameraFacts {
            width_px: self.video.0.video_width(),
            height_px: self.video.0.video_height(),
            has_torch: self.stream.has_torch(),
            n_cameras: self.n_cameras,
            // Only where the device says that it faces the person. A webcam
            // that does not say is left as it is for documents: a mirrored one
            // can't be read, while an unmirrored one merely moves the other
            // way. People know their own face from mirrors.
            is_mirrored: match self.stream.facing_mode().as_deref() {
                Some(facing) => facing == "user",
                None => self.is_for_face,
            },
        }
    }

    /// Calls back once when the camera stops by itself.
    pub fn on_lost(&self, on_lost: impl FnOnce(CameraLoss) + 'static) {
        self.loss
            .replace(Some(LossWatch::new(&self.stream.track, Box::new(on_lost))));
    }

    /// Switches the light, where there is one.
    pub fn set_torch(&self, is_on: bool) {
        self.is_torch_on.set(is_on);
        let torch = js_sys::Object::new();
        let is_asked = js_sys::Reflect::set(&torch, &"torch".into(), &is_on.into()).is_ok();
        let constraints = MediaTrackConstraints::new();
        constraints.set_advanced(&js_sys::Array::of1(&torch));
        let promise = self
            .stream
            .track
            .apply_constraints_with_constraints(&constraints);
        spawn(async move {
            let is_done = match promise {
                Ok(promise) => is_asked && JsFuture::from(promise).await.is_ok(),
                Err(_) => false,
            };
            if !is_done {
                console::warn("the light could not be switched");
            }
        });
    }

    /// Takes a picture, upright and ready to be sent.
    ///
    /// By the photo hardware where that is worth it, else the preview's frame
    /// of the moment when the future is first polled.
    ///
    /// Where somebody looks, it is the best of a few frames, and what was seen
    /// in it comes with it.
    ///
    /// The future keeps nothing of the camera alive: when the camera is
    /// dropped meanwhile, it fails.
    ///
    /// # Errors
    ///
    /// When the preview has no frame, or encoding failed.
    pub fn take_still(
        &self,
        eyes: Option<(Rc<Eyes>, DocumentShape)>,
    ) -> impl Future<Output = Result<(Picture, Seen), StillError>> + use<> {
        let track = media_devices::handle(&self.stream.track);
        let video = self.video.0.clone();
        // A photo switches the light off first.
        let may_use_photo = !self.is_torch_on.get();
        async move {
            let helper = eyes.as_ref().map(|(eyes, _)| eyes.as_ref());
            if may_use_photo && let Some(picture) = photo(&track, &video, helper).await {
                let seen = seen_in(&picture, eyes.as_ref()).await;
                return Ok((picture, seen));
            }
            let (width_px, height_px) = (video.video_width(), video.video_height());
            if width_px == 0 || height_px == 0 || video.ready_state() < HAVE_CURRENT_DATA {
                return Err(StillError::Failed);
            }
            let best = match &eyes {
                Some((eyes, shape)) => best_frame(eyes, *shape, &video).await,
                None => None,
            };
            let source = best.as_ref().and_then(|(frame, _)| frame.source());
            let picture = shrink(source.unwrap_or(&video), width_px, height_px)
                .await
                .ok_or(StillError::Failed)?;
            let seen = match best {
                Some((_, sight)) => sight.seen(picture.width_px, picture.height_px),
                None => seen_in(&picture, eyes.as_ref()).await,
            };
            Ok((picture, seen))
        }
    }
}

/// What is seen in a picture; nothing where nobody looks.
async fn seen_in(picture: &Picture, eyes: Option<&(Rc<Eyes>, DocumentShape)>) -> Seen {
    match eyes {
        Some((eyes, shape)) => eyes.judge(picture, *shape).await,
        None => Seen::default(),
    }
}

/// `HTMLMediaElement.HAVE_CURRENT_DATA`: there is a frame to be drawn.
const HAVE_CURRENT_DATA: u16 = 2;

/// Opens the camera that documents are photographed with.
async fn open_for_documents(devices: &MediaDevices) -> Result<Stream, CameraError> {
    let stream = media_devices::request(devices, Choice::Environment).await?;
    if stream.facing_mode().as_deref() == Some("environment") {
        return Ok(stream);
    }
    // The wish was not understood (some Android browsers): names may tell more,
    // and they are only there once a camera was allowed.
    let (Some(given), listed) = (stream.device_id(), media_devices::cameras(devices).await) else {
        return Ok(stream);
    };
    let Some(better) = better_than(&listed, &given) else {
        return Ok(stream);
    };
    drop(stream);
    match media_devices::request(devices, Choice::Device(better)).await {
        Err(CameraError::Busy | CameraError::NotFound) => {
            media_devices::request(devices, Choice::Device(given)).await
        }
        outcome => outcome,
    }
}

/// The camera that is clearly better for documents than the given one.
fn better_than(listed: &[CameraDevice], given: &str) -> Option<String> {
    let given = listed.iter().find(|device| device.id == given)?;
    let best = rank_for_documents(listed).into_iter().next()?;
    // Equals keep their order, so with the given one in front only a better
    // one overtakes it; the browser's choice among equals may be the person's.
    let pair = rank_for_documents(&[given.clone(), best]);
    pair.into_iter()
        .next()
        .filter(|first| first.id != given.id)
        .map(|first| first.id)
}

/// The camera after this one, round and round.
fn after(ranked: &[CameraDevice], current: Option<&str>) -> Option<String> {
    let position = current.and_then(|id| ranked.iter().position(|device| device.id == id));
    let next = position.map_or(0, |position| (position + 1) % ranked.len().max(1));
    ranked
        .get(next)
        .map(|device| device.id.clone())
        .filter(|id| !id.is_empty())
}

/// A photo by the camera's own hardware, where it has clearly more to show.
async fn photo(
    track: &MediaStreamTrack,
    video: &HtmlVideoElement,
    eyes: Option<&Eyes>,
) -> Option<Picture> {
    let preview = (video.video_width(), video.video_height());
    let taken = clock::within(PHOTO_LIMIT_MS, async {
        let camera = PhotoCamera::of(track).await?;
        if !is_worth_it(camera.size_px(), preview) {
            return None;
        }
        camera.take().await
    });
    let blob = taken.await.flatten()?;
    let picture = picture::of_photo(&blob, eyes).await?;
    let size = (picture.width_px, picture.height_px);
    // Some phones hand over a thumbnail, some a photo that lies on its side.
    let lies_on_its_side = (size.0 > size.1) != (preview.0 > preview.1);
    if lies_on_its_side || !is_worth_it(size, preview) {
        return None;
    }
    Some(picture)
}

fn is_worth_it(photo: (u32, u32), preview: (u32, u32)) -> bool {
    let n_pixels = |(width_px, height_px)| {
        let (width_px, height_px) = fit(width_px, height_px, LONGEST_SIDE_PX);
        f64::from(width_px) * f64::from(height_px)
    };
    n_pixels(photo) > PHOTO_GAIN * n_pixels(preview)
}

/// The element that shows the stream; leaves the page when dropped.
struct Preview(HtmlVideoElement);

impl Preview {
    /// Made by hand, not from a template: clones stay black on iOS.
    fn of(stream: &Stream) -> Option<Self> {
        let video: HtmlVideoElement = window::document()?
            .create_element("video")
            .ok()?
            .dyn_into()
            .ok()?;
        // iOS looks at the attributes, others at the properties; without them
        // it opens a full-screen player or waits for a tap.
        for name in ["playsinline", "muted", "autoplay"] {
            video.set_attribute(name, "").ok()?;
        }
        video.set_muted(true);
        video.set_autoplay(true);
        js_sys::Reflect::set(&video, &"playsInline".into(), &JsValue::TRUE).ok()?;
        // Decoration for whoever can't see it; the screen says what it is for.
        video.set_attribute("aria-hidden", "true").ok()?;
        video.set_src_object(Some(&stream.media));
        Some(Self(video))
    }

    /// Waits until there is something to see.
    async fn first_frame(&self) -> Result<(), CameraError> {
        let video = &self.0;
        let has_frame = {
            let video = video.clone();
            move || {
                video.video_width() > 0
                    && video.video_height() > 0
                    && video.ready_state() >= HAVE_CURRENT_DATA
            }
        };
        let (sender, arrived) = oneshot();
        let _listeners: Vec<Listener> = ["loadeddata", "playing", "resize", "timeupdate"]
            .into_iter()
            .map(|name| {
                let (sender, has_frame) = (sender.clone(), has_frame.clone());
                Listener::new(video, name, move |_| {
                    if has_frame() {
                        sender.send(());
                    }
                })
            })
            .collect();
        if let Ok(promise) = video.play() {
            // A refusal shows as a missing frame.
            spawn(async move {
                let _outcome = JsFuture::from(promise).await.is_ok();
            });
        }
        if has_frame() {
            return Ok(());
        }
        clock::within(FIRST_FRAME_LIMIT_MS, arrived)
            .await
            .ok_or(CameraError::NoPicture)
    }
}

impl Drop for Preview {
    fn drop(&mut self) {
        self.0.set_src_object(None);
        self.0.remove();
    }
}

/// Notices when a track stops by itself.
struct LossWatch {
    _listeners: Vec<Listener>,
}

type OnLost = Rc<RefCell<Option<Box<dyn FnOnce(CameraLoss)>>>>;

impl LossWatch {
    fn new(track: &MediaStreamTrack, on_lost: Box<dyn FnOnce(CameraLoss)>) -> Self {
        let on_lost: OnLost = Rc::new(RefCell::new(Some(on_lost)));
        let muted: Rc<RefCell<Option<Timer>>> = Rc::default();
        let ended = {
            let on_lost = Rc::clone(&on_lost);
            Listener::new(track, "ended", move |_| tell(&on_lost, CameraLoss::Ended))
        };
        let watch_mute = {
            let (track, muted, on_lost) = (
                media_devices::handle(track),
                Rc::downgrade(&muted),
                Rc::clone(&on_lost),
            );
            move || {
                let (track, on_lost) = (media_devices::handle(&track), Rc::clone(&on_lost));
                let timer = Timer::after(MUTE_LIMIT_MS, move || {
                    if track.muted() {
                        tell(&on_lost, CameraLoss::Muted);
                    }
                });
                if let Some(muted) = muted.upgrade() {
                    muted.replace(Some(timer));
                }
            }
        };
        // Both may have happened while the camera was being opened.
        if track.ready_state() == MediaStreamTrackState::Ended {
            let on_lost = Rc::clone(&on_lost);
            spawn(async move { tell(&on_lost, CameraLoss::Ended) });
        } else if track.muted() {
            watch_mute();
        }
        let mute = Listener::new(track, "mute", move |_| watch_mute());
        let unmute = Listener::new(track, "unmute", move |_| {
            muted.take();
        });
        Self {
            _listeners: vec![ended, mute, unmute],
        }
    }
}

fn tell(on_lost: &OnLost, loss: CameraLoss) {
    let on_lost = on_lost.borrow_mut().take();
    if let Some(on_lost) = on_lost {
        on_lost(loss);
    }
}

//! The camera, with Chromium's fake device and with stubs in its place.

use vestibule::domain::camera::{CameraError, CameraLoss, CameraWish, StillError};
use vestibule::domain::image::LONGEST_SIDE_PX;
use vestibule::web::camera::Camera;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{MediaStream, MediaStreamTrack, MediaStreamTrackState};

use crate::support::{Notes, Stub, bytes, contains, document, js, until};

async fn open() -> Camera {
    Camera::open(&CameraWish::Environment, None)
        .await
        .unwrap_or_else(|error| panic!("{error:?}"))
}

async fn error() -> CameraError {
    match Camera::open(&CameraWish::Environment, None).await {
        Ok(_) => panic!("the camera should not have opened"),
        Err(error) => error,
    }
}

fn track(camera: &Camera) -> MediaStreamTrack {
    let stream: MediaStream = camera.video().src_object().unwrap();
    stream.get_video_tracks().get(0).unchecked_into()
}

fn refusing(name: &str) -> Stub {
    Stub::new(
        "MediaDevices.prototype.getUserMedia",
        &format!("() => Promise.reject(new DOMException('', '{name}'))"),
    )
}

/// The real thing, with a note of every wish.
fn listening() -> Stub {
    js("globalThis.__wishes = []");
    Stub::new(
        "MediaDevices.prototype.getUserMedia",
        "((real) => function (wish) { __wishes.push(wish); return real.call(this, wish) })\
         (MediaDevices.prototype.getUserMedia)",
    )
}

fn wishes() -> String {
    js("JSON.stringify(__wishes.map((wish) => wish.video))")
        .as_string()
        .unwrap()
}

#[wasm_bindgen_test]
async fn the_camera_opens_with_facts_that_fit_its_preview() {
    let camera = open().await;
    let facts = camera.facts();
    assert!(facts.width_px >= 640 && facts.height_px >= 480, "{facts:?}");
    assert_eq!(facts.width_px, camera.video().video_width());
    assert_eq!(facts.n_cameras, 1);
    assert!(!facts.has_torch, "the fake camera has no light");
    assert!(
        !facts.is_mirrored,
        "the fake camera does not say that it faces anybody"
    );
    for name in ["playsinline", "muted", "autoplay"] {
        assert!(
            camera.video().has_attribute(name),
            "{name} is what iOS looks at"
        );
    }
    assert!(camera.video().muted());
}

#[wasm_bindgen_test]
async fn documents_are_wished_for_without_a_device() {
    let _listening = listening();
    let _camera = open().await;
    assert_eq!(
        wishes(),
        r#"[{"facingMode":{"ideal":"environment"},"width":{"ideal":1920},"height":{"ideal":1440}}]"#
    );
}

#[wasm_bindgen_test]
async fn a_still_is_what_the_preview_shows_as_a_plain_jpeg() {
    let camera = open().await;
    let (picture, _) = camera.take_still(None).await.unwrap();
    let longest = picture.width_px.max(picture.height_px);
    assert!((640..=LONGEST_SIDE_PX).contains(&longest), "{longest}");
    let facts = camera.facts();
    assert_eq!(
        picture.width_px * facts.height_px / facts.width_px,
        picture.height_px,
        "the shape of the preview"
    );
    let sent = bytes(&picture.blob).await;
    assert_eq!(picture.n_bytes(), sent.len() as u64);
    assert_eq!(sent[..3], [0xff, 0xd8, 0xff], "a JPEG");
    assert!(!contains(&sent, b"Exif"));
    // A flat frame of this size needs far fewer bytes than the fake camera's pattern.
    let flat = f64::from(picture.width_px) * f64::from(picture.height_px) / 200.0;
    assert!(
        sent.len() as f64 > flat,
        "{} bytes look like an empty frame",
        sent.len()
    );
}

#[wasm_bindgen_test]
async fn a_dropped_camera_is_off_and_gone_from_the_page() {
    let camera = open().await;
    let (track, video) = (track(&camera), camera.video().clone());
    document().body().unwrap().append_child(&video).unwrap();
    assert_eq!(track.ready_state(), MediaStreamTrackState::Live);
    let still = camera.take_still(None);
    drop(camera);
    assert_eq!(track.ready_state(), MediaStreamTrackState::Ended);
    assert!(!video.is_connected());
    assert!(video.src_object().is_none());
    assert_eq!(still.await.unwrap_err(), StillError::Failed);
}

#[wasm_bindgen_test]
async fn the_track_is_never_cloned() {
    // A clone keeps the device running after the track itself was stopped.
    js("globalThis.__clones = 0");
    let _counted = Stub::new(
        "MediaStreamTrack.prototype.clone",
        "function () { __clones += 1; return this }",
    );
    let camera = open().await;
    camera.on_lost(|_| {});
    track(&camera)
        .dispatch_event(&web_sys::Event::new("mute").unwrap())
        .unwrap();
    camera.set_torch(false);
    camera.take_still(None).await.unwrap();
    drop(
        Camera::open(&CameraWish::Next, Some(camera))
            .await
            .unwrap_or_else(|error| panic!("{error:?}")),
    );
    assert_eq!(js("__clones"), 0);
}

#[wasm_bindgen_test]
async fn a_camera_that_is_allowed_too_late_is_stopped() {
    js("globalThis.__tracks = []");
    let _noting = Stub::new(
        "MediaDevices.prototype.getUserMedia",
        "((real) => async function (wish) {
           const stream = await real.call(this, wish);
           __tracks.push(...stream.getTracks());
           return stream;
         })(MediaDevices.prototype.getUserMedia)",
    );
    let mut opening = Box::pin(Camera::open(&CameraWish::Environment, None));
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    assert!(opening.as_mut().poll(&mut context).is_pending());
    drop(opening);
    until("the stream came after all", || js("__tracks.length") == 1).await;
    until("it was stopped", || {
        js("__tracks[0].readyState === 'ended'") == true
    })
    .await;
}

#[wasm_bindgen_test]
async fn the_next_of_one_camera_is_the_same() {
    let first = open().await;
    let (first_track, first_id) = (track(&first), track(&first).get_settings().get_device_id());
    let _listening = listening();
    let second = Camera::open(&CameraWish::Next, Some(first))
        .await
        .unwrap_or_else(|error| panic!("{error:?}"));
    assert_eq!(
        first_track.ready_state(),
        MediaStreamTrackState::Ended,
        "one camera at a time"
    );
    assert_eq!(track(&second).get_settings().get_device_id(), first_id);
    assert!(
        !wishes().contains("facingMode"),
        "a device is never named together with a facing mode"
    );
    assert!(wishes().contains(r#""deviceId":{"exact":"#), "{}", wishes());
}

#[wasm_bindgen_test]
async fn a_camera_with_a_better_name_is_opened_instead() {
    let id = track(&open().await).get_settings().get_device_id().unwrap();
    let _listed = Stub::new(
        "MediaDevices.prototype.enumerateDevices",
        &format!(
            "() => Promise.resolve([
               {{ kind: 'audioinput', deviceId: 'ears', label: 'back microphone' }},
               {{ kind: 'videoinput', deviceId: '{id}', label: 'camera 1, facing front' }},
               {{ kind: 'videoinput', deviceId: 'back', label: 'camera 0, facing back' }},
             ])"
        ),
    );
    let _listening = listening();
    let camera = open().await;
    assert_eq!(
        js("__wishes[1].video.deviceId.exact")
            .as_string()
            .as_deref(),
        Some("back")
    );
    // There is no such device in truth, so whatever there is was taken.
    assert_eq!(js("__wishes[2].video"), true);
    assert_eq!(camera.facts().n_cameras, 2);
}

#[wasm_bindgen_test]
async fn a_camera_with_an_equal_name_is_kept() {
    let id = track(&open().await).get_settings().get_device_id().unwrap();
    let _listed = Stub::new(
        "MediaDevices.prototype.enumerateDevices",
        &format!(
            "() => Promise.resolve([
               {{ kind: 'videoinput', deviceId: 'other', label: 'Webcam A' }},
               {{ kind: 'videoinput', deviceId: '{id}', label: 'Webcam B' }},
             ])"
        ),
    );
    let _listening = listening();
    let _camera = open().await;
    assert_eq!(js("__wishes.length"), 1, "{}", wishes());
}

#[wasm_bindgen_test]
async fn refusals_become_what_can_be_done() {
    for (name, expected) in [
        ("NotAllowedError", CameraError::Denied),
        ("NotFoundError", CameraError::NotFound),
        ("NotReadableError", CameraError::Busy),
        ("OverconstrainedError", CameraError::NotFound),
        ("SecurityError", CameraError::Insecure),
    ] {
        let _refusing = refusing(name);
        assert_eq!(error().await, expected, "{name}");
    }
    let _broken = Stub::new(
        "MediaDevices.prototype.getUserMedia",
        "() => { throw new TypeError('old') }",
    );
    assert_eq!(error().await, CameraError::Unsupported);
}

#[wasm_bindgen_test]
async fn a_wish_that_no_camera_meets_is_dropped() {
    js("globalThis.__wishes = []");
    let _picky = Stub::new(
        "MediaDevices.prototype.getUserMedia",
        "((real) => function (wish) {
           __wishes.push(wish);
           return wish.video === true
             ? real.call(this, wish)
             : Promise.reject(new DOMException('', 'OverconstrainedError'));
         })(MediaDevices.prototype.getUserMedia)",
    );
    let camera = open().await;
    assert!(camera.facts().width_px > 0);
    assert_eq!(js("__wishes.length"), 2);
}

#[wasm_bindgen_test]
async fn browsers_without_cameras_and_insecure_pages_are_told_apart() {
    {
        let _old = Stub::new("navigator.mediaDevices", "undefined");
        assert_eq!(error().await, CameraError::Unsupported);
    }
    {
        let _empty = Stub::new(
            "MediaDevices.prototype.getUserMedia",
            "() => Promise.resolve(new MediaStream())",
        );
        assert_eq!(error().await, CameraError::NotFound);
    }
    let _insecure = Stub::new("isSecureContext", "false");
    assert_eq!(error().await, CameraError::Insecure);
}

#[wasm_bindgen_test]
async fn a_camera_that_ends_is_lost_once() {
    let camera = open().await;
    let lost = Notes::new();
    camera.on_lost(lost.taker());
    let track = track(&camera);
    for _ in 0..2 {
        track
            .dispatch_event(&web_sys::Event::new("ended").unwrap())
            .unwrap();
    }
    assert_eq!(lost.all(), [CameraLoss::Ended]);
}

#[wasm_bindgen_test]
async fn a_camera_that_stays_mute_is_lost_and_a_short_mute_is_not() {
    let camera = open().await;
    let lost = Notes::new();
    camera.on_lost(lost.taker());
    let track = track(&camera);
    let dispatch = |name: &str| {
        track
            .dispatch_event(&web_sys::Event::new(name).unwrap())
            .unwrap()
    };
    js_sys::Reflect::define_property(
        &track,
        &"muted".into(),
        js("({ value: true, configurable: true })").unchecked_ref(),
    )
    .unwrap();
    dispatch("mute");
    dispatch("unmute");
    let started = js_sys::Date::now();
    dispatch("mute");
    until("the camera counts as lost", || lost.len() > 0).await;
    assert_eq!(lost.all(), [CameraLoss::Muted]);
    assert!(
        js_sys::Date::now() - started > 2_000.0,
        "a moment is no loss"
    );
}

#[wasm_bindgen_test]
async fn dropping_a_camera_is_no_loss() {
    let camera = open().await;
    let lost = Notes::new();
    camera.on_lost(lost.taker());
    let track = track(&camera);
    drop(camera);
    track
        .dispatch_event(&web_sys::Event::new("ended").unwrap())
        .unwrap();
    assert_eq!(lost.len(), 0);
}

#[wasm_bindgen_test]
async fn the_light_is_asked_for_by_constraint() {
    js("globalThis.__asked = []");
    let _light = Stub::new(
        "MediaStreamTrack.prototype.applyConstraints",
        "(wish) => { __asked.push(wish); return Promise.resolve() }",
    );
    let _able = Stub::new(
        "MediaStreamTrack.prototype.getCapabilities",
        "() => ({ torch: true })",
    );
    let camera = open().await;
    assert!(camera.facts().has_torch);
    camera.set_torch(true);
    camera.set_torch(false);
    assert_eq!(
        js("JSON.stringify(__asked)").as_string().as_deref(),
        Some(r#"[{"advanced":[{"torch":true}]},{"advanced":[{"torch":false}]}]"#)
    );
}

#[wasm_bindgen_test]
async fn a_camera_that_faces_the_person_is_shown_mirrored() {
    let _facing = Stub::new(
        "MediaStreamTrack.prototype.getSettings",
        "() => ({ facingMode: 'user' })",
    );
    assert!(open().await.facts().is_mirrored);
}

/// A small preview, so that a photo is worth taking.
fn small_preview() -> Stub {
    Stub::new(
        "MediaDevices.prototype.getUserMedia",
        "((real) => function () {
           return real.call(this, { video: { width: { exact: 640 }, height: { exact: 480 } } });
         })(MediaDevices.prototype.getUserMedia)",
    )
}

fn photos(capabilities: &str, take: &str) -> Stub {
    Stub::new(
        "ImageCapture",
        &format!(
            "class {{
               getPhotoCapabilities() {{ return Promise.resolve({capabilities}) }}
               takePhoto() {{ {take} }}
             }}"
        ),
    )
}

const TWELVE_MEGAPIXELS: &str = "{ imageWidth: { max: 4000 }, imageHeight: { max: 3000 } }";

#[wasm_bindgen_test]
async fn a_photo_with_more_pixels_is_preferred() {
    let _small = small_preview();
    let _photos = photos(
        TWELVE_MEGAPIXELS,
        "const canvas = new OffscreenCanvas(4000, 3000); canvas.getContext('2d');
         return canvas.convertToBlob({ type: 'image/jpeg' })",
    );
    let (picture, _) = open().await.take_still(None).await.unwrap();
    assert_eq!((picture.width_px, picture.height_px), (2000, 1500));
}

#[wasm_bindgen_test]
async fn a_photo_that_fails_or_hangs_is_replaced_by_the_preview() {
    let _small = small_preview();
    for take in [
        "return Promise.reject(new DOMException('', 'UnknownError'))",
        "return new Promise(() => {})",
    ] {
        let _photos = photos(TWELVE_MEGAPIXELS, take);
        let (picture, _) = open().await.take_still(None).await.unwrap();
        assert_eq!((picture.width_px, picture.height_px), (640, 480), "{take}");
    }
}

#[wasm_bindgen_test]
async fn a_photo_on_its_side_or_without_gain_is_replaced_by_the_preview() {
    let _small = small_preview();
    let on_its_side = "const canvas = new OffscreenCanvas(3000, 4000); canvas.getContext('2d');
        return canvas.convertToBlob({ type: 'image/jpeg' })";
    let thumbnail = "const canvas = new OffscreenCanvas(160, 120); canvas.getContext('2d');
        return canvas.convertToBlob({ type: 'image/jpeg' })";
    for take in [on_its_side, thumbnail] {
        let _photos = photos(TWELVE_MEGAPIXELS, take);
        let (picture, _) = open().await.take_still(None).await.unwrap();
        assert_eq!((picture.width_px, picture.height_px), (640, 480), "{take}");
    }
    js("globalThis.__photos = 0");
    let _no_gain = photos(
        "{ imageWidth: { max: 640 }, imageHeight: { max: 480 } }",
        "__photos += 1; return Promise.reject(new Error())",
    );
    assert!(open().await.take_still(None).await.is_ok());
    assert_eq!(js("__photos"), JsValue::from(0), "not even asked");
}

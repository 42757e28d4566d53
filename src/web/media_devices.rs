//! Asking for cameras: which there are, and the stream of one.
//!
//! [`super::camera`] decides which one; here is only how it is asked for.

use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    ConstrainDomStringParameters, ConstrainLongRange, Document, DomException, MediaDeviceInfo,
    MediaDeviceKind, MediaDevices, MediaStream, MediaStreamConstraints, MediaStreamTrack,
    MediaTrackConstraints,
};

use crate::domain::camera::{CameraDevice, CameraError};

use super::oneshot::oneshot;
use super::task::spawn;
use super::window;

/// What is asked for as the preview's size.
///
/// Nearly every phone's sensor is 4:3, and what is wider is cut out of it: held
/// upright, 1920×1080 has 1080 pixels across the document and 1920×1440 has
/// 1440, a third more. A webcam that only knows 16:9 answers with 1920×1080.
const IDEAL_WIDTH_PX: i32 = 1920;
const IDEAL_HEIGHT_PX: i32 = 1440;

#[wasm_bindgen]
extern "C" {
    /// `Document` as Chromium has it.
    #[wasm_bindgen(extends = Document)]
    type PolicedDocument;
    type FeaturePolicy;

    #[wasm_bindgen(method, getter, js_name = featurePolicy)]
    fn feature_policy(this: &PolicedDocument) -> Option<FeaturePolicy>;

    #[wasm_bindgen(method, catch, js_name = allowsFeature)]
    fn allows_feature(this: &FeaturePolicy, name: &str) -> Result<bool, JsValue>;

    /// `MediaStreamTrack` as it is by now; Firefox before 132 lacks it.
    #[wasm_bindgen(extends = MediaStreamTrack)]
    type CapableTrack;
    type TrackCapabilities;

    #[wasm_bindgen(method, catch, js_name = getCapabilities)]
    fn get_capabilities(this: &CapableTrack) -> Result<TrackCapabilities, JsValue>;

    #[wasm_bindgen(method, getter)]
    fn torch(this: &TrackCapabilities) -> Option<bool>;
}

/// Which camera is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Choice {
    /// One that looks away from the person, if there is one.
    Environment,
    /// One that looks at the person, if there is one.
    User,
    /// Exactly this one. Never together with a facing mode, which would win.
    Device(String),
    /// Any, without a wish.
    Any,
}

/// The video track of a camera and its stream; stopped when dropped.
pub(super) struct Stream {
    pub(super) media: MediaStream,
    pub(super) track: MediaStreamTrack,
}

impl Stream {
    /// The browser's id of the device, where it tells it.
    pub(super) fn device_id(&self) -> Option<String> {
        self.track
            .get_settings()
            .get_device_id()
            .filter(|id| !id.is_empty())
    }

    /// `user`, `environment`, or nothing on most desktops.
    pub(super) fn facing_mode(&self) -> Option<String> {
        self.track.get_settings().get_facing_mode()
    }

    /// Whether it has a light that can be switched.
    pub(super) fn has_torch(&self) -> bool {
        let capabilities = self
            .track
            .unchecked_ref::<CapableTrack>()
            .get_capabilities();
        capabilities.is_ok_and(|capabilities| capabilities.torch() == Some(true))
    }
}

/// Another handle to the same track.
///
/// `track.clone()` would be the browser's method of that name: a second track,
/// which keeps the device running until it is stopped as well.
pub(super) fn handle(track: &MediaStreamTrack) -> MediaStreamTrack {
    Clone::clone(track)
}

impl Drop for Stream {
    fn drop(&mut self) {
        for track in self.media.get_tracks().iter() {
            track.unchecked_into::<MediaStreamTrack>().stop();
        }
    }
}

/// The browser's camera interface, or why there is none.
pub(super) fn interface() -> Result<MediaDevices, CameraError> {
    let window = window::window().ok_or(CameraError::Unsupported)?;
    if !window.is_secure_context() {
        return Err(CameraError::Insecure);
    }
    let navigator = window.navigator();
    let present = js_sys::Reflect::get(&navigator, &"mediaDevices".into());
    let devices: MediaDevices = match present {
        Ok(devices) if devices.is_object() => devices.unchecked_into(),
        Ok(_) | Err(_) => return Err(without_interface()),
    };
    if !js_sys::Reflect::has(&devices, &"getUserMedia".into()).unwrap_or(false) {
        return Err(without_interface());
    }
    if window::is_embedded() && is_withheld() {
        return Err(CameraError::NotDelegated);
    }
    Ok(devices)
}

/// Why there is no camera interface in a secure page.
fn without_interface() -> CameraError {
    let agent = window::navigator().and_then(|navigator| navigator.user_agent().ok());
    CameraError::without_interface(&agent.unwrap_or_default())
}

/// Whether the embedding page keeps the camera to itself. Only Chromium says.
fn is_withheld() -> bool {
    let policy = window::document().and_then(|document| {
        document
            .unchecked_into::<PolicedDocument>()
            .feature_policy()
    });
    policy.is_some_and(|policy| policy.allows_feature("camera") == Ok(false))
}

/// Asks for the stream of a camera.
///
/// A wish that no camera can meet is dropped and asked for again without.
pub(super) async fn request(devices: &MediaDevices, choice: Choice) -> Result<Stream, CameraError> {
    match request_once(devices, &choice).await {
        Err(name) if name == "OverconstrainedError" && choice != Choice::Any => {
            request_once(devices, &Choice::Any).await
        }
        outcome => outcome,
    }
    .map_err(|name| CameraError::from_dom_exception(&name))
}

/// The error is the name of the exception.
async fn request_once(devices: &MediaDevices, choice: &Choice) -> Result<Stream, String> {
    let promise = devices
        .get_user_media_with_constraints(&constraints(choice))
        .map_err(|error| name_of(&error))?;
    // A prompt can't be taken back. When nobody waits for the answer any more,
    // the stream that comes after all is dropped, and so stopped, on arrival.
    let (sender, answer) = oneshot();
    spawn(async move { sender.send(receive(promise).await) });
    answer.await
}

async fn receive(promise: js_sys::Promise) -> Result<Stream, String> {
    let media: MediaStream = JsFuture::from(promise)
        .await
        .map_err(|error| name_of(&error))?
        .unchecked_into();
    let track = media.get_video_tracks().get(0);
    // A stream without a track would be a broken browser.
    match track.dyn_into() {
        Ok(track) => Ok(Stream { media, track }),
        Err(_) => Err("NotFoundError".to_owned()),
    }
}

fn constraints(choice: &Choice) -> MediaStreamConstraints {
    let constraints = MediaStreamConstraints::new();
    constraints.set_audio_bool(false);
    let video = MediaTrackConstraints::new();
    match choice {
        Choice::Any => {
            constraints.set_video_bool(true);
            return constraints;
        }
        Choice::Environment | Choice::User => {
            let facing = ConstrainDomStringParameters::new();
            facing.set_ideal_str(if *choice == Choice::User {
                "user"
            } else {
                "environment"
            });
            video.set_facing_mode_constrain_dom_string_parameters(&facing);
        }
        Choice::Device(id) => {
            let device = ConstrainDomStringParameters::new();
            device.set_exact_str(id);
            video.set_device_id_constrain_dom_string_parameters(&device);
        }
    }
    let ideal = |side_px| {
        let range = ConstrainLongRange::new();
        range.set_ideal(side_px);
        range
    };
    video.set_width_constrain_long_range(&ideal(IDEAL_WIDTH_PX));
    video.set_height_constrain_long_range(&ideal(IDEAL_HEIGHT_PX));
    constraints.set_video_media_track_constraints(&video);
    constraints
}

/// The name of a `DOMException`, or of an error of JavaScript itself.
fn name_of(error: &JsValue) -> String {
    match error.dyn_ref::<DomException>() {
        Some(exception) => exception.name(),
        None => js_sys::Reflect::get(error, &"name".into())
            .ok()
            .and_then(|name| name.as_string())
            .unwrap_or_default(),
    }
}

/// The cameras of the device; empty when the browser does not say.
pub(super) async fn cameras(devices: &MediaDevices) -> Vec<CameraDevice> {
    let Ok(promise) = devices.enumerate_devices() else {
        return Vec::new();
    };
    let Ok(list) = JsFuture::from(promise).await else {
        return Vec::new();
    };
    js_sys::Array::from(&list)
        .iter()
        .map(JsCast::unchecked_into::<MediaDeviceInfo>)
        .filter(|device| device.kind() == MediaDeviceKind::Videoinput)
        .map(|device| CameraDevice {
            id: device.device_id(),
            label: device.label(),
        })
        .collect()
}

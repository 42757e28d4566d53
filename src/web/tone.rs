//! Tones, and a shake of the phone.

use js_sys::{Array, Uint8Array};
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, BlobPropertyBag, HtmlAudioElement};

use crate::domain::sight::Tone;

use super::object_url::ObjectUrl;
use super::task::spawn;
use super::window;

#[wasm_bindgen]
extern "C" {
    /// `Navigator` as phones have it that can shake.
    type ShakingNavigator;

    #[wasm_bindgen(method, catch)]
    fn vibrate(this: &ShakingNavigator, length_ms: u32) -> Result<bool, JsValue>;
}

/// How long a phone shakes when a picture is taken.
const SHAKE_MS: u32 = 150;

/// The head of a WAVE file of one channel with 8,000 samples a second, 8 bits
/// each, and 800 of them (IBM and Microsoft, "Multimedia Programming Interface
/// and Data Specifications 1.0", 1991).
const HEAD: &[u8; 44] = b"RIFF\x44\x03\0\0WAVEfmt \x10\0\0\0\x01\0\x01\0\
    \x40\x1f\0\0\x40\x1f\0\0\x01\0\x08\0data\x20\x03\0\0";
const N_SAMPLES: usize = 800;

/// What sounds: always the same element, because some browsers let only one
/// sound by itself that did so when the person pressed something.
#[derive(Default)]
pub struct Speaker(Option<(HtmlAudioElement, ObjectUrl)>);

impl Speaker {
    /// Has a tone heard; a browser that can't stays silent.
    pub fn sound(&mut self, tone: Tone) {
        if tone == Tone::Taken
            && let Some(navigator) = window::navigator()
        {
            let navigator: ShakingNavigator = navigator.unchecked_into();
            // Not every device can shake.
            let _shook = navigator.vibrate(SHAKE_MS).is_ok();
        }
        let audio = self.0.take().map(|(audio, _)| audio);
        self.0 = audio
            .or_else(|| HtmlAudioElement::new().ok())
            .zip(wave(tone).as_ref().and_then(ObjectUrl::new));
        let Some((audio, address)) = &self.0 else {
            return;
        };
        audio.set_src(address.as_str());
        if let Ok(playing) = audio.play() {
            // Refused where the page may not sound; the words are there.
            spawn(async move {
                let _outcome = JsFuture::from(playing).await.is_ok();
            });
        }
    }
}

/// A tone that fades away within a tenth of a second.
fn wave(tone: Tone) -> Option<Blob> {
    // 444, 889 and 1333 Hz.
    let period = match tone {
        Tone::Far => 18,
        Tone::Near => 9,
        Tone::Taken => 6,
    };
    let mut file = HEAD.to_vec();
    file.extend((0..N_SAMPLES).map(|at| {
        #[expect(clippy::cast_possible_truncation, reason = "100 at most")]
        let strength = ((N_SAMPLES - at) / 8) as u8;
        // Silence is 128.
        if at % period * 2 < period {
            128 + strength
        } else {
            128 - strength
        }
    }));
    let kind = BlobPropertyBag::new();
    kind.set_type("audio/wav");
    let parts = Array::of1(&Uint8Array::from(&*file));
    Blob::new_with_buffer_source_sequence_and_options(&parts, &kind).ok()
}

//! Tones that a browser can play, and a phone that shakes.

use vestibule::domain::sight::Tone;
use vestibule::web::tone::Speaker;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::{Stub, js, js_async};

/// Notes what is to be played, instead of playing it.
fn silent() -> Stub {
    js("globalThis.heard = []");
    let play = "function () { heard.push(this); return Promise.reject(new Error('no')); }";
    Stub::new("HTMLMediaElement.prototype.play", play)
}

#[wasm_bindgen_test]
async fn tones_are_short_and_higher_the_nearer_it_is() {
    let _silent = silent();
    let mut speaker = Speaker::default();
    let mut pitches = Vec::new();
    for tone in [Tone::Far, Tone::Near, Tone::Taken] {
        speaker.sound(tone);
        // How often the wave rises through silence, by the browser's own ear.
        let told = js_async(
            "(async () => {
               const bytes = await (await fetch(heard.at(-1).src)).arrayBuffer();
               const context = new OfflineAudioContext(1, 1, 8000);
               const sound = await context.decodeAudioData(bytes);
               const wave = sound.getChannelData(0);
               let rises = 0;
               for (let at = 1; at < wave.length; at += 1) if (wave[at - 1] < 0 && wave[at] > 0) rises += 1;
               return [sound.duration, rises / sound.duration].join();
             })()",
        )
        .await
        .as_string()
        .unwrap();
        let (length_s, pitch_hz) = told.split_once(',').unwrap();
        let length_s: f64 = length_s.parse().unwrap();
        assert!((length_s - 0.1).abs() < 0.001, "{length_s} s");
        pitches.push(pitch_hz.parse::<f64>().unwrap());
    }
    for (pitch_hz, about_hz) in pitches.into_iter().zip([440.0, 880.0, 1320.0]) {
        assert!((pitch_hz - about_hz).abs() < 30.0, "{pitch_hz} Hz");
    }
    assert_eq!(
        js("new Set(heard).size"),
        1.0,
        "the element that may sound is used again"
    );
}

#[wasm_bindgen_test]
async fn phones_shake_when_a_picture_is_taken_and_others_do_without() {
    let _silent = silent();
    let mut speaker = Speaker::default();
    js("globalThis.shook = []");
    {
        let _phone = Stub::new(
            "navigator.vibrate",
            "(ms) => { shook.push(ms); return true; }",
        );
        speaker.sound(Tone::Near);
        assert_eq!(js("shook.length"), 0.0);
        speaker.sound(Tone::Taken);
        assert_eq!(js("shook.length"), 1.0);
    }
    let _desk = Stub::new("navigator.vibrate", "undefined");
    speaker.sound(Tone::Taken);
    assert_eq!(js("heard.length"), 3.0, "it sounds all the same");
}

//! By camera, without one, and with one that is refused.

use serde_json::json;

use crate::world::{Camera, Device, World};

#[tokio::test]
async fn a_passport_is_photographed_and_the_person_returns_to_the_business() {
    let world = World::on(Device::Phone, Camera::Passport).await;
    let session = world.session(json!({}));
    let person = world.person();
    person.opens(&session.link).await;
    person.chooses("PASSPORT").await;
    person.photographs().await;
    person.presses("use").await;
    person.sees("done").await;
    person.presses("leave").await;
    person.arrives_at(&world.page("/outcome/success")).await;

    let result = world.result(&session);
    assert_eq!(result["state"], "COMPLETED");
    let document = &result["resources"]["id_documents"][0];
    assert_eq!(document["document_type"], "PASSPORT");
    assert_eq!(document["issuing_country"], "GBR");
    assert_eq!(document["pages"][0]["capture_method"], "CAMERA");
    assert_eq!(document["tasks"][0]["recommendation"]["value"], "PROGRESS");
    world.close().await;
}

/// A person who sees nothing of the preview hears where to move the camera, and
/// then that the picture is being taken, without a press.
#[tokio::test]
async fn who_sees_nothing_is_told_where_to_move_the_camera() {
    let world = World::on(Device::Phone, Camera::Groping).await;
    let session = world.session(json!({}));
    let person = world.person();
    person.opens(&session.link).await;
    person.chooses("PASSPORT").await;
    person
        .runs(
            "const status = document.querySelector('[data-announcement]'); window.told = []; \
             const listen = () => { const words = status.textContent.trim(); \
               if (words && words !== window.told.at(-1)) window.told.push(words); }; \
             new MutationObserver(listen).observe(status, \
               { childList: true, characterData: true, subtree: true }); \
             window.heard = []; const { createObjectURL } = URL; \
             URL.createObjectURL = (blob) => { \
               if (blob.type === 'audio/wav') window.heard.push(blob.arrayBuffer()); \
               return createObjectURL(blob); }; \
             navigator.vibrate = (ms) => { window.shook = ms; return true; }",
        )
        .await;
    person.presses("use-camera").await;
    person.presses("sounds").await;
    person
        .reads("[data-action=sounds][aria-checked=true]")
        .await;
    person.sees("review").await;
    let told = person.runs("return window.told").await;
    let told: Vec<&str> = told
        .as_array()
        .expect("announcements")
        .iter()
        .filter_map(serde_json::Value::as_str)
        .collect();
    let place = |words: &str| told.iter().position(|it| *it == words);
    let (ready, right, taking) = (
        place("The camera is ready."),
        place("Move the camera right"),
        place("Taking the picture"),
    );
    assert!(
        ready.is_some() && ready < right && right < taking,
        "in this order: {told:?}"
    );
    assert_eq!(
        place("Show all four corners"),
        None,
        "not as well: {told:?}"
    );
    // How long a wave is, in samples: the shorter the higher.
    let tones = person
        .runs(
            "return Promise.all(window.heard.map(async (bytes) => { \
               const wave = new Uint8Array(await bytes).slice(44); \
               return 2 * wave.findIndex((it) => it < 128); }))",
        )
        .await;
    let tones: Vec<u64> = tones
        .as_array()
        .expect("tones")
        .iter()
        .filter_map(serde_json::Value::as_u64)
        .collect();
    let last = tones.last().copied();
    assert!(
        tones.contains(&18) && last < Some(18),
        "low while it is cut off, high at the end: {tones:?}"
    );
    assert_eq!(person.runs("return window.shook").await, 150);
    assert!(
        !person.has(".vst-alert").await,
        "and the picture is a good one"
    );
    world.close().await;
}

#[tokio::test]
async fn a_passport_that_comes_into_view_is_photographed_without_a_press() {
    let world = World::on(Device::Phone, Camera::Arriving).await;
    let session = world.session(json!({}));
    let person = world.person();
    person.opens(&session.link).await;
    person.chooses("PASSPORT").await;
    person.presses("use-camera").await;
    person.sees("review").await;
    assert!(
        !person.has(".vst-alert").await,
        "the picture is good: {}",
        person.page_text().await
    );
    // A finger on its way to the shutter hits nothing.
    let animation = "return getComputedStyle(document.querySelector('.vst-actions')).animationName";
    assert_eq!(person.runs(animation).await, "vst-untouched");
    // What is shown has the shape of a data page, and not of the camera.
    let shape = person
        .runs(
            "const { naturalWidth: w, naturalHeight: h } = \
             document.querySelector('.vst-zoom__picture'); return w / h",
        )
        .await;
    let shape = shape.as_f64().expect("a shape");
    assert!((shape - 125.0 / 88.0).abs() < 0.01, "{shape}");
    person.presses("use").await;
    person.sees("done").await;
    let result = world.result(&session);
    let page = &result["resources"]["id_documents"][0]["pages"][0];
    assert_eq!(page["capture_method"], "CAMERA");
    world.close().await;
}

#[tokio::test]
async fn an_empty_desk_is_looked_at_and_never_photographed() {
    let world = World::new(Camera::EmptyDesk).await;
    let session = world.session(json!({}));
    let person = world.person();
    person.opens(&session.link).await;
    person.chooses("PASSPORT").await;
    person.presses("use-camera").await;
    // There only once somebody looks.
    person.reads("[data-action=\"automatic\"]").await;
    person
        .waits_for("return document.querySelector('video').currentTime > 5")
        .await;
    assert!(person.has("[data-screen=\"camera\"]").await);
    assert!(!person.has(".vst-outline--found").await);
    // The shutter works all the same, and the picture is judged.
    person.shoots().await;
    let warning = person.reads(".vst-alert").await;
    assert!(warning.contains("edges of the document"), "{warning}");
    world.close().await;
}

#[tokio::test]
async fn the_camera_is_off_as_soon_as_its_screen_is_left() {
    let world = World::new(Camera::Passport).await;
    let session = world.session(json!({}));
    let person = world.person();
    person.opens(&session.link).await;
    person.chooses("PASSPORT").await;
    person
        .runs(
            "const original = MediaDevices.prototype.getUserMedia; window.tracks = []; \
             MediaDevices.prototype.getUserMedia = async function (...wishes) { \
               const stream = await original.apply(this, wishes); \
               window.tracks.push(...stream.getTracks()); return stream; };",
        )
        .await;
    person.presses("use-camera").await;
    person.sees("camera").await;
    person.reads("video").await;
    assert_eq!(
        person
            .runs("return tracks.map((track) => track.readyState)")
            .await,
        json!(["live"])
    );
    person.presses("back").await;
    person.sees("guidance").await;
    assert_eq!(
        person
            .runs("return tracks.map((track) => track.readyState)")
            .await,
        json!(["ended"])
    );
    assert!(!person.has("video").await, "the preview is gone");
    world.close().await;
}

#[tokio::test]
async fn a_refused_camera_leads_to_upload() {
    let world = World::new(Camera::Denied).await;
    let session = world.session(json!({}));
    let person = world.person();
    person.opens(&session.link).await;
    person.chooses("PASSPORT").await;
    person.presses("use-camera").await;
    person.reads("[data-camera=\"blocked\"]").await;
    assert!(
        person.has("[data-action=\"retry\"]").await,
        "the camera can be tried again"
    );
    person.presses("upload").await;
    person.sees("upload").await;
    person.picks("passport.jpg").await;
    person.sees("review").await;
    person.presses("use").await;
    person.sees("done").await;
    assert_eq!(
        world.result(&session)["resources"]["id_documents"][0]["pages"][0]["capture_method"],
        "UPLOAD"
    );
    world.close().await;
}

#[tokio::test]
async fn a_refused_camera_that_is_the_only_way_can_be_given_up() {
    let world = World::new(Camera::Denied).await;
    let session = world.session(json!({"allowed_capture_methods": "CAMERA"}));
    let person = world.person();
    person.opens(&session.link).await;
    person.chooses("PASSPORT").await;
    assert!(
        !person.has("[data-action=\"upload\"]").await,
        "files are not allowed"
    );
    person.presses("use-camera").await;
    person.presses("give-up").await;
    person.sees("ended").await;
    person.presses("leave").await;
    person
        .arrives_at(&world.page("/outcome/error?order=7&yotiErrorCode=4000"))
        .await;
    world.close().await;
}

#[tokio::test]
async fn without_a_camera_that_is_the_only_way_the_session_ends() {
    let world = World::new(Camera::Missing).await;
    let session = world.session(json!({"allowed_capture_methods": "CAMERA"}));
    let person = world.person();
    person.opens(&session.link).await;
    person.chooses("PASSPORT").await;
    person.presses("use-camera").await;
    person.sees("ended").await;
    assert!(person.reads("[data-error-code]").await.contains("5000"));
    person.presses("leave").await;
    person
        .arrives_at(&world.page("/outcome/error?order=7&yotiErrorCode=5000"))
        .await;
    world.close().await;
}

//! The official Node SDK makes the session, a person completes it in the
//! browser, and the SDK finds what they sent.

use std::env;
use std::path::Path;
use std::process::Stdio;

use serde_json::{Value, json};
use tokio::process::Command;

use crate::world::{Camera, World};

/// Runs the SDK, unmodified, against this world's service.
async fn sdk(world: &World, arguments: &[&str]) -> Value {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/node-sdk");
    assert!(
        folder.join("node_modules/yoti").exists(),
        "the SDK is not installed: run `npm ci --prefix sandbox/tests/node-sdk`"
    );
    let output = Command::new(env::var("NODE").unwrap_or_else(|_| "node".to_owned()))
        .arg(folder.join("sdk.mjs"))
        .args(arguments)
        .env("YOTI_IDV_API_URL", world.sandbox.base_url())
        .env("YOTI_CLIENT_SDK_ID", world.sandbox.sdk_id())
        .env("YOTI_KEY_FILE_PATH", world.sandbox.key_file())
        .stdin(Stdio::null())
        .output()
        .await
        .expect("node runs");
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    serde_json::from_slice(&output.stdout).expect("the script prints JSON")
}

#[tokio::test]
async fn the_official_sdk_gets_the_very_bytes_that_the_person_sent() {
    let world = World::new(Camera::Passport).await;
    let addresses = json!({"sdk_config": {
        "allowed_capture_methods": "CAMERA_AND_UPLOAD", "preset_issuing_country": "GBR",
        "success_url": world.page("/outcome/success"),
    }});
    let session = sdk(&world, &["create", &addresses.to_string()]).await;
    let (id, link) = (
        session["id"].as_str().expect("an id"),
        session["link"].as_str().expect("a link"),
    );

    let person = world.person();
    person.opens(link).await;
    person.chooses("PASSPORT").await;
    // Remembers the digest of every picture that leaves the page.
    person
        .runs(
            "window.sent = []; const send = XMLHttpRequest.prototype.send; \
             XMLHttpRequest.prototype.send = function (body) { \
               const picture = body instanceof FormData && body.get('binary-content'); \
               if (picture) picture.arrayBuffer() \
                 .then((bytes) => crypto.subtle.digest('SHA-256', bytes)) \
                 .then((digest) => window.sent.push([...new Uint8Array(digest)] \
                   .map((byte) => byte.toString(16).padStart(2, '0')).join(''))); \
               return send.call(this, body); };",
        )
        .await;
    person.photographs().await;
    person.presses("use").await;
    person.sees("done").await;
    let sent = person.runs("return window.sent").await;

    let result = sdk(&world, &["result", id]).await;
    assert_eq!(result["state"], "COMPLETED");
    let document = &result["documents"][0];
    assert_eq!(document["type"], "PASSPORT");
    assert_eq!(document["tasks"][0]["state"], "DONE");
    assert_eq!(document["pages"][0]["method"], "CAMERA");
    assert_eq!(document["pages"][0]["contentType"], "image/jpeg");
    assert_eq!(json!([document["pages"][0]["sha256"]]), sent);
    world.close().await;
}

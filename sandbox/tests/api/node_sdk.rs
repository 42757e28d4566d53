//! The official Node SDK, unmodified, from creating a session to forgetting it.
//!
//! It never passes by being absent: without Node or its packages the tests
//! fail and name the command that installs them.

use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::{Value, json};

use super::support::{BLURRED, PASSPORT, Service, Session};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/node-sdk")
}

/// Runs a command of `sdk.mjs` and returns its JSON, or what it complained of.
pub(crate) async fn sdk(service: &Service, arguments: &[&str]) -> Result<Value, String> {
    assert!(
        folder().join("node_modules/yoti").is_dir(),
        "the Node SDK is not installed; run: npm ci --prefix sandbox/tests/node-sdk"
    );
    let mut command = Command::new("node");
    command
        .arg(folder().join("sdk.mjs"))
        .args(arguments)
        .env("YOTI_IDV_API_URL", service.sandbox.base_url())
        .env("YOTI_CLIENT_SDK_ID", service.sandbox.sdk_id())
        .env("YOTI_KEY_FILE_PATH", service.sandbox.key_file());
    let output = tokio::task::spawn_blocking(move || command.output())
        .await
        .unwrap()
        .expect("node is not installed; Node 18 or newer is needed for this test");
    if output.status.success() {
        Ok(serde_json::from_slice(&output.stdout).unwrap())
    } else {
        Err(String::from_utf8_lossy(&output.stderr).into_owned())
    }
}

fn session(created: &Value) -> Session {
    let text = |key: &str| created[key].as_str().unwrap().to_owned();
    Session {
        id: text("id"),
        token: text("token"),
    }
}

#[tokio::test]
async fn the_sdk_creates_a_session_and_gets_the_very_bytes_that_were_uploaded() {
    let service = Service::start().await;
    let created = sdk(&service, &["create"]).await.unwrap();
    assert!((890..=900).contains(&created["ttl"].as_u64().unwrap()));
    let session = session(&created);

    let found = sdk(&service, &["configuration", &session.id])
        .await
        .unwrap();
    assert_eq!(found["checks"], json!(["ID_DOCUMENT_AUTHENTICITY"]));
    assert_eq!(found["resources"][0]["type"], "ID_DOCUMENT");
    assert_eq!(
        found["resources"][0]["attempts"],
        json!({ "GENERIC": 3, "RECLASSIFICATION": 2 })
    );

    service.deliver(&session, "PASSPORT", &[&BLURRED]).await;
    service.deliver(&session, "PASSPORT", &[&PASSPORT]).await;
    let result = sdk(&service, &["result", &session.id]).await.unwrap();
    assert_eq!(result["state"], "ONGOING");
    assert_eq!(result["token"], session.token);
    service.end(&session).await.expect(204);

    let result = sdk(&service, &["result", &session.id]).await.unwrap();
    assert_eq!(result["state"], "COMPLETED");
    assert_eq!(result["token"], Value::Null);
    assert_eq!(result["tracking"], "node-sdk-test");
    let documents = &result["documents"];
    assert_eq!(documents[0]["tasks"][0]["state"], "FAILED");
    assert_eq!(documents[1]["tasks"][0]["state"], "DONE");
    for (document, uploaded) in [(&documents[0], &*BLURRED), (&documents[1], &*PASSPORT)] {
        let page = &document["pages"][0];
        assert_eq!(page["method"], "UPLOAD");
        assert_eq!(page["contentType"], "image/jpeg");
        assert_eq!(page["bytes"], uploaded.len());
        assert_eq!(page["sha256"], sha256(uploaded));
    }
    assert_eq!(
        result["checks"],
        json!([{ "type": "ID_DOCUMENT_AUTHENTICITY", "state": "DONE", "recommendation": "APPROVE" }])
    );
    // Throws inside when deleted media still has content.
    sdk(&service, &["forget", &session.id]).await.unwrap();
    let gone = sdk(&service, &["result", &session.id]).await.unwrap_err();
    assert!(gone.contains("404"), "{gone}");
}

fn sha256(bytes: &[u8]) -> String {
    use rsa::sha2::{Digest, Sha256};
    Sha256::digest(bytes)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

#[tokio::test]
async fn the_sdk_reports_every_wrong_field() {
    let service = Service::start().await;
    let overrides = r#"{"client_session_token_ttl":5,"sdk_config":{"primary_colour":"red"}}"#;
    let message = sdk(&service, &["create", overrides]).await.unwrap_err();
    for part in [
        "400",
        "PAYLOAD_VALIDATION",
        "client_session_token_ttl",
        "sdk_config.primary_colour",
    ] {
        assert!(message.contains(part), "{part}: {message}");
    }
}

#[tokio::test]
async fn the_sdk_reads_the_supported_documents() {
    let service = Service::start().await;
    let counts = sdk(&service, &["documents"]).await.unwrap();
    assert!(counts["latin"].as_u64().unwrap() > 200);
    assert!(counts["all"].as_u64() > counts["latin"].as_u64());
}

#[tokio::test]
async fn the_sdk_supplies_the_reference_face() {
    let service = Service::start().await;
    let overrides = r#"{"requested_checks":[{"type":"FACE_COMPARISON","config":{"manual_check":"NEVER"}}],
                        "required_documents":[],"requested_tasks":[]}"#;
    let session = session(&sdk(&service, &["create", overrides]).await.unwrap());
    service
        .get(&session, "/configuration")
        .await
        .refused(409, "SESSION_NOT_READY");
    let folder = tempfile::tempdir().unwrap();
    let face = folder.path().join("face.jpg");
    std::fs::write(&face, &*PASSPORT).unwrap();
    sdk(&service, &["face", &session.id, face.to_str().unwrap()])
        .await
        .unwrap();
    service.get(&session, "/configuration").await.expect(200);
    let result = sdk(&service, &["result", &session.id]).await.unwrap();
    assert_eq!(result["faces"], 1);
}

//! The client's files, as a browser gets them.

use std::fs;
use std::path::PathBuf;

use super::support::{Answer, Service, answer};

async fn file(service: &Service, path: &str, encodings: &str) -> Answer {
    let request = service
        .http
        .get(format!("{}/web/{path}", service.sandbox.base_url()))
        .header("Accept-Encoding", encodings);
    answer(request.send().await.unwrap()).await
}

/// A built client in a folder that also holds something else.
fn dist() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("outside"), "secret").unwrap();
    let dist = folder.path().join("dist");
    fs::create_dir(&dist).unwrap();
    let write = |name: &str, text: &str| fs::write(dist.join(name), text).unwrap();
    write("index.html", "<p>the client</p>");
    write("app-0123456789abcdef_bg.wasm", "plain");
    write("app-0123456789abcdef_bg.wasm.br", "brotli");
    write("app-0123456789abcdef_bg.wasm.gz", "gzip");
    write("app-0123456789abcdef.js", "js");
    write("ar.json", "{}");
    (folder, dist)
}

#[tokio::test]
async fn compressed_twins_are_used_when_the_browser_accepts_them() {
    let (_folder, dist) = dist();
    let service = Service::start_with(dist).await;
    for (encodings, body, encoding) in [
        ("gzip, deflate, br", "brotli", Some("br")),
        ("gzip", "gzip", Some("gzip")),
        ("identity", "plain", None),
    ] {
        let wasm = file(&service, "app-0123456789abcdef_bg.wasm", encodings).await;
        assert_eq!(wasm.text(), body);
        assert_eq!(wasm.headers["content-type"], "application/wasm");
        let found = wasm
            .headers
            .get("content-encoding")
            .map(|it| it.to_str().unwrap());
        assert_eq!(found, encoding);
        assert_eq!(wasm.headers["vary"], "accept-encoding");
    }
}

#[tokio::test]
async fn names_with_a_hash_are_kept_for_ever_and_the_page_is_not() {
    let (_folder, dist) = dist();
    let service = Service::start_with(dist).await;
    let cache = async |path: &str| {
        let found = file(&service, path, "identity").await;
        (
            found.status,
            found.headers["cache-control"].to_str().unwrap().to_owned(),
        )
    };
    let forever = "public, max-age=31536000, immutable".to_owned();
    assert_eq!(cache("app-0123456789abcdef.js").await, (200, forever));
    assert_eq!(cache("index.html").await, (200, "no-cache".to_owned()));
    assert_eq!(cache("ar.json").await, (200, "no-cache".to_owned()));
    assert_eq!(
        cache("old-0123456789abcdee.js").await,
        (404, "no-cache".to_owned())
    );
}

#[tokio::test]
async fn the_page_may_be_embedded_use_the_camera_and_little_else() {
    let (_folder, dist) = dist();
    let service = Service::start_with(dist).await;
    let page = file(
        &service,
        "index.html?sessionID=1&sessionToken=2",
        "identity",
    )
    .await;
    assert_eq!(page.text(), "<p>the client</p>");
    assert!(
        page.headers["content-type"]
            .to_str()
            .unwrap()
            .starts_with("text/html")
    );
    let policy = page.headers["content-security-policy"].to_str().unwrap();
    for part in [
        "default-src 'none'",
        "script-src 'self' 'wasm-unsafe-eval'",
        "connect-src 'self'",
        "frame-ancestors *",
    ] {
        assert!(policy.contains(part), "{part}");
    }
    assert!(!policy.contains("unsafe-inline") && !policy.contains("http"));
    assert_eq!(page.headers["referrer-policy"], "no-referrer");
    assert_eq!(page.headers["x-content-type-options"], "nosniff");
    let permissions = page.headers["permissions-policy"].to_str().unwrap();
    assert!(permissions.contains("camera=(self)") && permissions.contains("microphone=()"));
}

#[tokio::test]
async fn without_a_built_client_the_page_says_what_to_run() {
    let service = Service::start().await;
    let page = file(&service, "index.html", "identity").await;
    assert_eq!(page.status, 503);
    assert!(page.text().contains("cargo xtask build"));
}

#[tokio::test]
async fn nothing_outside_of_the_folder_is_served() {
    let (_folder, dist) = dist();
    let service = Service::start_with(dist).await;
    for path in ["%2e%2e/outside", "..%2foutside", "%2fetc%2fpasswd"] {
        let found = file(&service, path, "identity").await;
        assert_ne!(found.status, 200, "{path}: {}", found.text());
    }
}

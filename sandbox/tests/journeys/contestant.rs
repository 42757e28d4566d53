//! Another program compares us with others: it has our folder written, serves it
//! from an address of its own and calls the six functions.

use std::path::Path;
use std::process::Command;

use axum::Router;
use axum::response::Html;
use axum::routing::get;
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tower_http::services::ServeDir;
use vestibule_sandbox::specimen::{Defect, Document, Gps, jpeg_with_exif, scene};

use crate::world::{Camera, Companion, Device};

/// Somewhere below the top, beside pages that have nothing to do with it.
const FOLDER: &str = "/some/where/else";

/// Calls everything and says what came back, in numbers and names.
const CALLS: &str = r#"
const done = arguments[arguments.length - 1];
(async () => {
  const file = await (await fetch("/pictures/still.jpg")).blob();
  const bitmap = await createImageBitmap(file, { resizeWidth: 960, resizeHeight: 1280 });
  const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
  const context = canvas.getContext("2d");
  context.drawImage(bitmap, 0, 0);
  const frame = context.getImageData(0, 0, canvas.width, canvas.height);
  const hasExif = async (blob) => (await blob.slice(0, 4096).text()).includes("Exif");
  const size = async (blob) => {
    const picture = await createImageBitmap(blob);
    return [picture.width, picture.height];
  };
  const { contestant } = window;
  const detected = await contestant.detect(frame);
  const judged = await contestant.judge(frame);
  const prepared = await contestant.prepare(file);
  const stripped = await contestant.stripExif(file);
  return {
    names: Object.keys(contestant).sort(),
    corners: detected.corners,
    size: [frame.width, frame.height],
    are_times: [detected.ms, judged.ms, prepared.ms].every((ms) => ms > 0),
    reasons: judged.reasons,
    lines: await contestant.readMrz(frame),
    code: await contestant.readPdf417(frame),
    prepared: { type: prepared.blob.type, size: await size(prepared.blob), exif: await hasExif(prepared.blob) },
    stripped: { bytes: stripped.size, exif: await hasExif(stripped) },
    frame_is_whole: frame.data.length === 4 * frame.width * frame.height,
  };
})().then(done, (error) => done({ error: String(error.stack ?? error) }));
"#;

fn written(folder: &Path) {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let status = Command::new(cargo)
        .args(["run", "--quiet", "--locked", "--package", "xtask", "--"])
        .args(["bench", "--contestant"])
        .arg(folder)
        .current_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join(".."))
        .status()
        .expect("cargo runs");
    assert!(status.success(), "the folder is not written");
}

/// Serves the folder and pages that load it; returns the address.
async fn served(folder: &Path, pictures: &Path) -> String {
    let page = |tag: &str| Html(format!("<!doctype html><title>{tag}</title>{tag}"));
    let script = page(&format!("<script src='{FOLDER}/contestant.js'></script>"));
    let module = page(&format!(
        "<script type=module src='{FOLDER}/contestant.js'></script>"
    ));
    let router = Router::new()
        .route("/script.html", get(move || async move { script }))
        .route("/deep/module.html", get(move || async move { module }))
        .nest_service(FOLDER, ServeDir::new(folder))
        .nest_service("/pictures", ServeDir::new(pictures));
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    tokio::spawn(async move { axum::serve(listener, router).await });
    format!("http://{address}")
}

#[tokio::test]
async fn the_folder_answers_all_six_calls_from_any_address() {
    let folder = tempfile::tempdir().expect("a folder");
    let pictures = tempfile::tempdir().expect("a folder");
    written(folder.path());
    let lying = scene(Document::Passport, 2400, 1800, Defect::None);
    let place = Gps {
        latitude_deg: 51.5,
        longitude_deg: 0.0,
    };
    let file = jpeg_with_exif(&lying, 90, 6, place);
    let file_bytes = file.len();
    std::fs::write(pictures.path().join("still.jpg"), file).expect("a picture");
    let address = served(folder.path(), pictures.path()).await;
    let browser = Companion::new(Device::Desktop, Camera::Missing).await;
    let person = browser.person();
    for page in ["script.html", "deep/module.html"] {
        person.opens(&format!("{address}/{page}")).await;
        let answer: Value = person
            .driver
            .execute_async(CALLS, Vec::new())
            .await
            .expect("the page answers")
            .json()
            .clone();
        assert!(answer.get("error").is_none(), "{page}: {answer}");
        let names = [
            "detect",
            "judge",
            "prepare",
            "readMrz",
            "readPdf417",
            "stripExif",
        ];
        assert_eq!(answer["names"], json!(names), "{page}");
        // 6 means a quarter turn: the lying picture stands.
        assert_eq!(answer["size"], json!([960, 1280]), "{page}");
        let corners = answer["corners"].as_array().expect("a document is found");
        assert_eq!(corners.len(), 4, "{page}: {answer}");
        assert_eq!(answer["are_times"], true, "{page}: {answer}");
        assert_eq!(answer["frame_is_whole"], true, "{page}");
        assert!(answer["reasons"].is_array(), "{page}: {answer}");
        assert!(answer["lines"].is_array(), "{page}: {answer}");
        assert!(answer["code"].is_null(), "{page}: {answer}");
        let prepared = json!({ "type": "image/jpeg", "size": [1500, 2000], "exif": false });
        assert_eq!(answer["prepared"], prepared, "{page}");
        assert_eq!(answer["stripped"]["exif"], false, "{page}");
        let bytes = answer["stripped"]["bytes"].as_u64().expect("a size");
        assert!(
            bytes < file_bytes as u64 && bytes > file_bytes as u64 - 1000,
            "{page}"
        );
    }
}

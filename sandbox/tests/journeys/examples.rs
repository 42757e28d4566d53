//! The example application of the official Node SDK, unmodified, with its eight
//! use cases: each is completed in its iframe and ends on its success page.

use std::env;
use std::net::TcpListener;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use thirtyfour::By;

use crate::person::Person;
use crate::world::{Camera, World};

/// The running application and the sandbox behind TLS; both end with the test.
struct Example {
    processes: [Child; 2],
    address: String,
}

impl Example {
    fn start(world: &World) -> Self {
        let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/node-sdk");
        let examples = tests.join("node_modules/yoti/examples");
        assert!(
            examples.join("idv/index.js").exists(),
            "the SDK is not installed: run `npm ci --prefix sandbox/tests/node-sdk`"
        );
        let (key, certificate) = (
            examples.join("keys/server-key.pem"),
            examples.join("keys/server-cert.pem"),
        );
        let sandbox = free_port();
        let service = node()
            .arg(tests.join("tls.mjs"))
            .arg(sandbox.to_string())
            .arg(world.sandbox.portal_url())
            .args([&key, &certificate])
            .spawn()
            .expect("node runs");
        let port = free_port();
        let address = format!("https://localhost:{port}");
        let application = node()
            .arg("index.js")
            .current_dir(examples.join("idv"))
            .env("PORT", port.to_string())
            .env("YOTI_APP_BASE_URL", &address)
            .env(
                "YOTI_IDV_API_URL",
                format!("https://localhost:{sandbox}/idverify/v1"),
            )
            .env("YOTI_CLIENT_SDK_ID", world.sandbox.sdk_id())
            .env("YOTI_KEY_FILE_PATH", world.sandbox.key_file())
            // The certificate is the example's own, and nobody signed it.
            .env("NODE_TLS_REJECT_UNAUTHORIZED", "0")
            .spawn()
            .expect("node runs");
        Self {
            processes: [application, service],
            address,
        }
    }
}

fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0")
        .and_then(|listener| listener.local_addr())
        .expect("a free port")
        .port()
}

fn node() -> Command {
    let mut node = Command::new(env::var("NODE").unwrap_or_else(|_| "node".to_owned()));
    node.stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    node
}

impl Drop for Example {
    fn drop(&mut self) {
        for process in &mut self.processes {
            process.kill().unwrap_or_default();
            process.wait().map(drop).unwrap_or_default();
        }
    }
}

/// Opens a use case and steps into its frame.
async fn opened(camera: Camera, use_case: &str) -> (World, Example, Person) {
    let world = World::new(camera).await;
    let example = Example::start(&world);
    let person = world.person();
    person
        .opens_when_it_answers(&format!("{}/use-cases/{use_case}", example.address))
        .await;
    person.enters_the_frame().await;
    (world, example, person)
}

/// Leaves the client and finds the example's own page in the frame.
async fn returns(world: World, example: Example, person: &Person) {
    person.sees("done").await;
    person.presses("leave").await;
    person.sees_heading("Get Session Result").await;
    let state = person
        .driver
        .find(By::Css(".badge"))
        .await
        .expect("the page shows the state");
    assert_eq!(state.text().await.unwrap_or_default(), "COMPLETED");
    drop(example);
    world.close().await;
}

/// A passport, by file.
async fn delivers_a_passport(person: &Person) {
    person.chooses("PASSPORT").await;
    person.uploads("passport.jpg").await;
    person.presses("use").await;
}

/// A face, from its guidance on.
async fn shows_their_face(person: &Person) {
    person.sees("face-guidance").await;
    person.photographs().await;
    person.presses("use").await;
}

#[tokio::test]
async fn document_authenticity_and_identity() {
    let (world, example, person) =
        opened(Camera::Passport, "document-authenticity-and-identity-check").await;
    delivers_a_passport(&person).await;
    returns(world, example, &person).await;
}

#[tokio::test]
async fn watchlist() {
    let (world, example, person) = opened(Camera::Passport, "watchlist-check").await;
    delivers_a_passport(&person).await;
    returns(world, example, &person).await;
}

#[tokio::test]
async fn an_expired_document_is_allowed() {
    let (world, example, person) = opened(Camera::Passport, "allow-expired-document").await;
    delivers_a_passport(&person).await;
    returns(world, example, &person).await;
}

#[tokio::test]
async fn a_document_in_other_letters_is_allowed() {
    let (world, example, person) = opened(Camera::Passport, "allow-non-latin-document").await;
    person.chooses("DRIVING_LICENCE").await;
    person.uploads("licence-front.jpg").await;
    person.presses("use").await;
    person.sees("guidance").await;
    person.uploads("licence-back.jpg").await;
    person.presses("use").await;
    returns(world, example, &person).await;
}

#[tokio::test]
async fn two_documents_and_a_proof_of_address_are_compared() {
    let (world, example, person) = opened(Camera::Passport, "document-comparison-check").await;
    delivers_a_passport(&person).await;
    person.sees("choose-document").await;
    assert!(
        !person.has("[data-document-type=\"PASSPORT\"]").await,
        "one document never stands for two"
    );
    person
        .clicks("[data-document-type=\"DRIVING_LICENCE\"]")
        .await;
    person.presses("continue").await;
    for side in ["licence-front.jpg", "licence-back.jpg"] {
        person.sees("guidance").await;
        person.uploads(side).await;
        person.presses("use").await;
    }
    person.sees("choose-document").await;
    person.clicks("[data-document-type=\"UTILITY_BILL\"]").await;
    person.presses("continue").await;
    person.sees("supplementary-guidance").await;
    person.presses("continue").await;
    person.sees("pages").await;
    person.picks("page.jpg").await;
    person.reads("[data-page] img").await;
    person.presses("continue").await;
    returns(world, example, &person).await;
}

#[tokio::test]
async fn a_face_is_compared_with_the_one_of_the_business() {
    let (world, example, person) = opened(Camera::Face, "face-comparison-check").await;
    person.sees("start").await;
    person.presses("continue").await;
    person.sees("consent").await;
    person.presses("agree").await;
    shows_their_face(&person).await;
    returns(world, example, &person).await;
}

#[tokio::test]
async fn a_face_is_matched_with_the_document() {
    let (world, example, person) = opened(Camera::Face, "face-match-check").await;
    person.sees("start").await;
    person.presses("continue").await;
    person.sees("consent").await;
    person.presses("agree").await;
    person.sees("choose-document").await;
    person.clicks("[data-document-type=\"PASSPORT\"]").await;
    person.presses("continue").await;
    person.sees("guidance").await;
    person.uploads("passport.jpg").await;
    person.presses("use").await;
    shows_their_face(&person).await;
    returns(world, example, &person).await;
}

#[tokio::test]
async fn suppressed_screens_are_not_shown() {
    let (world, example, person) = opened(Camera::Passport, "suppressed-screens-check").await;
    person.sees("start").await;
    person.presses("continue").await;
    // There is a choice, so the requirements stay; the guidance does not.
    person.sees("choose-document").await;
    person.clicks("[data-document-type=\"PASSPORT\"]").await;
    person.presses("continue").await;
    person.sees("camera").await;
    person
        .reads("[data-action=\"shutter\"]:not([aria-disabled])")
        .await;
    person.shoots().await;
    person.sees("review").await;
    person.presses("use").await;
    returns(world, example, &person).await;
}

//! A supplementary document: by file, by PDF, by camera.

use serde_json::{Value, json};
use vestibule_sandbox::NewSession;

use crate::accessibility::is_accessible;
use crate::person::Person;
use crate::world::{Camera, Device, World};

const TASK: &str = "SUPPLEMENTARY_DOCUMENT_TEXT_DATA_EXTRACTION";

/// A session that requires a proof of address.
pub(crate) fn bill(world: &World, sdk_config: Value) -> NewSession {
    let fields = json!({
        "requested_checks": [],
        "requested_tasks": [{"type": TASK, "config": {"manual_check": "NEVER"}}],
        "required_documents": [{
            "type": "SUPPLEMENTARY_DOCUMENT",
            "objective": {"type": "PROOF_OF_ADDRESS"},
            "document_types": ["UTILITY_BILL", "BANK_STATEMENT"],
            "country_codes": ["GBR", "IRL"],
        }],
    });
    world.session_of(fields, sdk_config)
}

impl Person {
    /// From the opening to the pages of a bill of the preset country.
    async fn begins_a_bill(&self, session: &NewSession) {
        self.opens(&session.link).await;
        self.sees("start").await;
        self.presses("continue").await;
        self.sees("choose-document").await;
        self.clicks("[data-document-type=\"UTILITY_BILL\"]").await;
        self.presses("continue").await;
        self.sees("supplementary-guidance").await;
        self.presses("continue").await;
        self.sees("pages").await;
    }

    /// Waits for so many pages that are at rest.
    async fn has_pages(&self, n_pages: usize) {
        self.reads(&format!("[data-page]:nth-child({n_pages}) img"))
            .await;
        self.reads("[data-action=\"continue\"]:not([disabled])")
            .await;
    }

    /// The addresses of the pictures, in their order.
    async fn pictures(&self) -> Value {
        self.runs(
            "return [...document.querySelectorAll('[data-page] img')].map((image) => image.src)",
        )
        .await
    }

    /// The size of the first page's picture.
    async fn first_size(&self) -> Value {
        self.runs(
            "const image = document.querySelector('[data-page] img');
             return [image.naturalWidth, image.naturalHeight];",
        )
        .await
    }
}

fn documents(world: &World, session: &NewSession) -> Value {
    world.result(session)["resources"]["supplementary_documents"].clone()
}

async fn two_pictures_are_put_in_order_and_sent(device: Device) {
    let world = World::on(device, Camera::Missing).await;
    let session = bill(&world, json!({}));
    let person = world.person();
    person.begins_a_bill(&session).await;
    person
        .picks_all(&["licence-front.jpg", "licence-back.jpg"])
        .await;
    person.has_pages(2).await;
    let before = person.pictures().await;
    person
        .clicks("[data-page=\"2\"] [data-action=\"move-up\"]")
        .await;
    person
        .reads("[data-page=\"1\"] [data-action=\"move-up\"]:focus")
        .await;
    assert_eq!(
        person.pictures().await,
        json!([before[1], before[0]]),
        "the second page is now the first"
    );

    assert_eq!(person.first_size().await, json!([1600, 1200]));
    person
        .clicks("[data-page=\"1\"] [data-action=\"turn\"]")
        .await;
    person
        .reads(&format!("[data-page=\"1\"] img:not([src={}])", before[1]))
        .await;
    person.reads("[data-page=\"1\"]:not([aria-busy])").await;
    person
        .runs("return document.querySelector('[data-page] img').decode()")
        .await;
    assert_eq!(person.first_size().await, json!([1200, 1600]));
    person
        .reads("[data-page=\"1\"] [data-action=\"turn\"]:focus")
        .await;
    person.sees("pages").await;
    person.presses("continue").await;
    person.sees("done").await;

    let documents = documents(&world, &session);
    assert_eq!(documents[0]["document_type"], "UTILITY_BILL");
    assert_eq!(documents[0]["issuing_country"], "GBR");
    assert_eq!(documents[0]["pages"].as_array().map(Vec::len), Some(2));
    assert_eq!(documents[0]["tasks"][0]["state"], "DONE");
    world.close().await;
}

#[tokio::test]
async fn two_pictures_are_put_in_order_and_sent_on_a_phone() {
    two_pictures_are_put_in_order_and_sent(Device::Phone).await;
}

#[tokio::test]
async fn two_pictures_are_put_in_order_and_sent_on_a_desktop() {
    two_pictures_are_put_in_order_and_sent(Device::Desktop).await;
}

async fn a_pdf_with_a_password_or_damaged_is_refused_and_a_good_one_is_sent(device: Device) {
    let world = World::on(device, Camera::Missing).await;
    let session = bill(&world, json!({}));
    let person = world.person();
    person.begins_a_bill(&session).await;

    // Seen on the device.
    person.picks("locked.pdf").await;
    let alert = person.reads("[role=\"alert\"] .vst-alert").await;
    assert!(
        alert.contains("“locked.pdf”: This PDF needs a password"),
        "{alert}"
    );
    person.sees("pages").await;

    // Seen by the service.
    person.picks("letter.pdf").await;
    person.reads("[data-pdf]").await;
    person.presses("continue").await;
    let alert = person.reads("[data-screen=\"pages\"] .vst-alert").await;
    assert!(
        alert.contains("“letter.pdf”: This PDF can’t be read"),
        "{alert}"
    );
    person.sees("pages").await;
    person.presses("remove-pdf").await;

    person.picks("bill.pdf").await;
    person.reads("[data-pdf]").await;
    person.sees("pages").await;
    person.presses("continue").await;
    person.sees("done").await;

    let documents = documents(&world, &session);
    let sent = documents
        .as_array()
        .and_then(|documents| documents.iter().find(|it| it["file"]["media"].is_object()));
    assert!(sent.is_some(), "{documents}");
    world.close().await;
}

#[tokio::test]
async fn a_pdf_is_sent_on_a_phone_and_a_bad_one_is_refused() {
    a_pdf_with_a_password_or_damaged_is_refused_and_a_good_one_is_sent(Device::Phone).await;
}

#[tokio::test]
async fn a_pdf_is_sent_on_a_desktop_and_a_bad_one_is_refused() {
    a_pdf_with_a_password_or_damaged_is_refused_and_a_good_one_is_sent(Device::Desktop).await;
}

async fn a_blurred_page_is_photographed_again(device: Device) {
    let world = World::on(device, Camera::Passport).await;
    let session = bill(&world, json!({}));
    let person = world.person();
    person.begins_a_bill(&session).await;
    person.photographs().await;
    person.presses("use").await;
    person.sees("pages").await;
    person.picks("passport-blurred.jpg").await;
    person.has_pages(2).await;
    person.presses("continue").await;
    person.sees("try-again").await;
    assert_eq!(person.reads("h1").await, "The picture is blurred");
    assert_eq!(person.reads(".vst-tag").await, "Page 2");
    assert_eq!(
        person.reads("[data-attempts-left]").await,
        "You have 1 more try."
    );
    person.presses("retake").await;
    person.sees("pages").await;
    person.presses("retake").await;
    person.sees("camera").await;
    person.shoots().await;
    person.sees("review").await;
    person.presses("use").await;
    person.has_pages(2).await;
    person.presses("continue").await;
    person.sees("done").await;

    let states: Vec<Value> = documents(&world, &session)
        .as_array()
        .into_iter()
        .flatten()
        .map(|document| document["tasks"][0]["state"].clone())
        .collect();
    assert_eq!(states, [json!("FAILED"), json!("DONE")]);
    world.close().await;
}

#[tokio::test]
async fn a_blurred_page_is_photographed_again_on_a_phone() {
    a_blurred_page_is_photographed_again(Device::Phone).await;
}

#[tokio::test]
async fn a_blurred_page_is_photographed_again_on_a_desktop() {
    a_blurred_page_is_photographed_again(Device::Desktop).await;
}

async fn the_pages_are_accessible(device: Device, sdk_config: Value) {
    let world = World::on(device, Camera::Missing).await;
    let session = bill(&world, sdk_config);
    let person = world.person();
    person.opens(&session.link).await;
    person.sees("start").await;
    is_accessible(&person, "start").await;
    person.presses("continue").await;
    person.sees("choose-document").await;
    is_accessible(&person, "choose").await;
    person
        .clicks("[data-document-type=\"BANK_STATEMENT\"]")
        .await;
    person.presses("continue").await;
    person.sees("supplementary-guidance").await;
    is_accessible(&person, "guidance").await;
    person.presses("continue").await;
    person.sees("pages").await;
    is_accessible(&person, "no pages").await;
    person
        .picks_all(&["passport-blurred.jpg", "locked.pdf", "licence-back.jpg"])
        .await;
    person.has_pages(2).await;
    person.sees("pages").await;
    is_accessible(&person, "pages and a problem").await;
    person.presses("continue").await;
    person.sees("try-again").await;
    is_accessible(&person, "try again").await;
    person.presses("retake").await;
    person.sees("pages").await;
    is_accessible(&person, "a page that was not good enough").await;
    person
        .clicks("[data-page=\"2\"] [data-action=\"remove\"]")
        .await;
    person
        .clicks("[data-page=\"1\"] [data-action=\"remove\"]")
        .await;
    person.reads("[data-pages-heading]:focus").await;
    person.picks("bill.pdf").await;
    person.reads("[data-pdf]").await;
    person.sees("pages").await;
    is_accessible(&person, "a PDF").await;
    world.close().await;
}

#[tokio::test]
async fn the_pages_are_accessible_in_light_on_a_desktop() {
    the_pages_are_accessible(Device::Desktop, json!({"dark_mode": "OFF"})).await;
}

#[tokio::test]
async fn the_pages_are_accessible_from_right_to_left_on_a_phone() {
    let sdk_config = json!({"dark_mode": "OFF", "locale": "ar"});
    the_pages_are_accessible(Device::Phone, sdk_config).await;
}

//! One session on two devices, with a browser for each.

use serde_json::json;
use thirtyfour::By;
use vestibule_sandbox::NewSession;

use crate::accessibility::is_accessible;
use crate::person::Person;
use crate::world::{Camera, Companion, Device, World};

/// Whether both devices show the same number, which is asked of people too.
async fn numbers(computer: &Person, phone: &Person) -> (String, String) {
    computer.sees("handoff-number").await;
    phone.sees("handoff-compare").await;
    let number = "[data-handoff-number]";
    (computer.reads(number).await, phone.reads(number).await)
}

/// A computer that shows a code, a phone, and the link.
struct Pair {
    world: World,
    companion: Companion,
    session: NewSession,
    link: String,
}

impl Pair {
    async fn new(sdk_config: serde_json::Value) -> Self {
        let mut config = json!({"allow_handoff": true});
        if let (Some(config), Some(more)) = (config.as_object_mut(), sdk_config.as_object()) {
            config.extend(more.clone());
        }
        let world = World::new(Camera::Missing).await;
        let companion = Companion::new(Device::Phone, Camera::Passport).await;
        let session = world.session(config);
        let computer = world.person();
        computer.opens(&session.link).await;
        computer.sees("start").await;
        computer.presses("handoff").await;
        computer.sees("handoff-code").await;
        let link = shown_link(&computer).await;
        Self {
            world,
            companion,
            session,
            link,
        }
    }

    fn people(&self) -> (Person, Person) {
        (self.world.person(), self.companion.person())
    }

    /// The phone has opened the link and the person has said that it is theirs.
    async fn connected(&self) {
        let (computer, phone) = self.people();
        phone.opens(&self.link).await;
        let (there, here) = numbers(&computer, &phone).await;
        assert_eq!(there, here, "the same number on both");
        assert_eq!(there.len(), 2, "{there}");
        computer.presses("match").await;
        phone.sees("choose-document").await;
        computer.sees("handoff-progress").await;
    }

    async fn close(self) {
        drop(self.companion);
        self.world.close().await;
    }
}

async fn shown_link(computer: &Person) -> String {
    computer.reads("[data-handoff-link][value]").await;
    let link = computer
        .runs("return document.querySelector('[data-handoff-link]').value")
        .await;
    link.as_str().unwrap_or_default().to_owned()
}

#[tokio::test]
async fn a_session_is_done_on_the_phone_and_ends_on_the_computer() {
    let pair = Pair::new(json!({})).await;
    let (computer, phone) = pair.people();
    assert!(
        !pair.link.contains(&pair.session.token) && !pair.link.contains(&pair.session.id),
        "the link holds a code and nothing else: {}",
        pair.link
    );
    pair.connected().await;
    let address = phone.address().await;
    assert!(
        address.ends_with(&format!("/web/index.html?sessionID={}", pair.session.id)),
        "no code and no token in the phone's address: {address}"
    );
    // A locked screen, another page, a phone that forgot the tab: it goes on.
    phone.reloads().await;
    phone.sees("choose-document").await;
    phone.clicks("[data-document-type=\"PASSPORT\"]").await;
    phone.presses("continue").await;
    phone.sees("guidance").await;
    phone.photographs().await;
    phone.presses("use").await;
    phone.reads("[data-away=\"done\"]").await;
    phone.sees("handoff-away").await;
    let before = phone.address().await;
    computer.sees("done").await;
    computer.presses("leave").await;
    computer
        .arrives_at(&pair.world.page("/outcome/success"))
        .await;
    assert_eq!(pair.world.result(&pair.session)["state"], "COMPLETED");
    assert_eq!(phone.address().await, before, "the phone is sent nowhere");
    pair.close().await;
}

#[tokio::test]
async fn a_session_can_be_taken_back_to_the_computer() {
    let pair = Pair::new(json!({})).await;
    let (computer, phone) = pair.people();
    pair.connected().await;
    assert_eq!(computer.reads("[data-handoff-count]").await, "0 of 1 done");
    computer.presses("continue-here").await;
    computer.sees("start").await;
    phone.clicks("[data-document-type=\"PASSPORT\"]").await;
    phone.presses("continue").await;
    phone.sees("guidance").await;
    phone.uploads("passport.jpg").await;
    phone.presses("use").await;
    phone.reads("[data-away=\"taken-back\"]").await;
    phone.sees("handoff-away").await;
    computer.presses("continue").await;
    computer.sees("choose-document").await;
    pair.close().await;
}

#[tokio::test]
async fn stopping_on_the_phone_goes_on_on_the_computer() {
    let pair = Pair::new(json!({})).await;
    let (computer, phone) = pair.people();
    pair.connected().await;
    phone.presses("back").await;
    phone.sees("handoff-lobby").await;
    phone.presses("stop-here").await;
    phone.reads("[data-away=\"stopped\"]").await;
    computer.sees("handoff-phone-stopped").await;
    computer.presses("continue-here").await;
    computer.chooses("PASSPORT").await;
    computer.uploads("passport.jpg").await;
    computer.presses("use").await;
    computer.sees("done").await;
    pair.close().await;
}

#[tokio::test]
async fn a_code_works_once_and_a_phone_that_is_not_theirs_stays_outside() {
    let pair = Pair::new(json!({})).await;
    let (computer, phone) = pair.people();
    phone.opens(&pair.link).await;
    numbers(&computer, &phone).await;
    // Somebody else has the same link.
    let other = Companion::new(Device::Phone, Camera::Missing).await;
    let stranger = other.person();
    stranger.opens(&pair.link).await;
    stranger.reads("[data-away=\"spent\"]").await;
    stranger.sees("handoff-away").await;
    // "No" disconnects the first one, and its code is not shown again.
    computer.presses("no-match").await;
    computer.sees("handoff-code").await;
    phone.reads("[data-away=\"taken-back\"]").await;
    assert_ne!(shown_link(&computer).await, pair.link);
    drop(other);
    pair.close().await;
}

#[tokio::test]
async fn back_on_the_computer_takes_the_session_back() {
    let pair = Pair::new(json!({})).await;
    let (computer, phone) = pair.people();
    computer.presses_browser_back().await;
    computer.sees("start").await;
    phone.opens(&pair.link).await;
    phone.reads("[data-away=\"spent\"]").await;
    pair.close().await;
}

/// Every screen of a handoff, looked at by axe-core, and the code by a reader.
async fn every_screen_is_accessible(dark_mode: &str, locale: &str) {
    let pair = Pair::new(json!({"dark_mode": dark_mode, "locale": locale})).await;
    let (computer, phone) = pair.people();
    is_accessible(&computer, "the code").await;
    assert_eq!(scanned(&computer).await, pair.link, "as a camera sees it");
    phone.opens(&pair.link).await;
    numbers(&computer, &phone).await;
    is_accessible(&computer, "the number").await;
    is_accessible(&phone, "the number on the phone").await;
    computer.presses("match").await;
    computer.sees("handoff-progress").await;
    is_accessible(&computer, "the progress").await;
    phone.sees("choose-document").await;
    phone.presses("back").await;
    phone.sees("handoff-lobby").await;
    is_accessible(&phone, "the lobby").await;
    phone.presses("stop-here").await;
    phone.sees("handoff-away").await;
    is_accessible(&phone, "away").await;
    computer.sees("handoff-phone-stopped").await;
    is_accessible(&computer, "the phone stopped").await;
    pair.close().await;
}

#[tokio::test]
async fn every_screen_of_a_handoff_is_accessible_in_light() {
    every_screen_is_accessible("OFF", "en-GB").await;
}

#[tokio::test]
async fn every_screen_of_a_handoff_is_accessible_in_dark_from_right_to_left() {
    every_screen_is_accessible("ON", "ar").await;
}

/// What a camera reads from the code on the screen.
async fn scanned(computer: &Person) -> String {
    let code = computer
        .driver
        .find(By::Css(".vst-qr"))
        .await
        .expect("a code is shown");
    let png = code.screenshot_as_png().await.expect("a picture of it");
    let picture = image::load_from_memory(&png).expect("a picture").to_luma8();
    let (width, height) = (picture.width() as usize, picture.height() as usize);
    let mut picture = rqrr::PreparedImage::prepare_from_greyscale(width, height, |x, y| {
        picture.as_raw()[y * width + x]
    });
    let grids = picture.detect_grids();
    assert_eq!(grids.len(), 1, "one code in the picture");
    grids[0].decode().expect("it can be read").1
}

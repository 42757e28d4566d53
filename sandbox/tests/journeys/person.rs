//! What people do and see, by the client's stable names.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use thirtyfour::error::WebDriverError;
use thirtyfour::prelude::*;
use tokio::time::{Instant, interval};

use crate::world::{GLANCE, PATIENCE, picture};

/// Somebody in front of the browser.
pub(crate) struct Person {
    pub(crate) driver: WebDriver,
}

impl Person {
    pub(crate) fn new(driver: WebDriver) -> Self {
        Self { driver }
    }

    pub(crate) async fn opens(&self, address: &str) {
        self.driver.goto(address).await.expect("the page opens");
    }

    /// Opens a page of a server that may still be starting.
    pub(crate) async fn opens_when_it_answers(&self, address: &str) {
        let give_up_at = Instant::now() + PATIENCE;
        let mut glances = interval(GLANCE);
        loop {
            glances.tick().await;
            match self.driver.goto(address).await {
                Ok(()) => return,
                Err(error) => assert!(Instant::now() < give_up_at, "{address}: {error}"),
            }
        }
    }

    /// Steps into the frame of the page.
    pub(crate) async fn enters_the_frame(&self) {
        let frame = self
            .find_now_or_later("iframe")
            .await
            .expect("the page has a frame");
        frame.enter_frame().await.expect("the frame can be entered");
    }

    pub(crate) async fn reloads(&self) {
        // The client asks before pictures are lost; a person who reloads means it.
        self.driver.refresh().await.expect("the page reloads");
        self.accepts_leaving().await;
    }

    async fn accepts_leaving(&self) {
        if self.driver.get_alert_text().await.is_ok() {
            self.driver
                .accept_alert()
                .await
                .expect("the question is answered");
        }
    }

    pub(crate) async fn presses_browser_back(&self) {
        self.driver.back().await.expect("the browser goes back");
    }

    /// Waits for a screen.
    pub(crate) async fn sees(&self, screen: &str) {
        let heading = format!("[data-screen=\"{screen}\"]");
        if self.find_now_or_later(&heading).await.is_none() {
            panic!(
                "never saw the screen {screen}, but: {}",
                self.page_text().await
            );
        }
        self.keeps_a_picture_of(screen).await;
    }

    /// Presses a control by its action.
    pub(crate) async fn presses(&self, action: &str) {
        self.clicks(&format!("[data-action=\"{action}\"]")).await;
    }

    /// Presses whatever this selects, as soon as it can be pressed.
    pub(crate) async fn clicks(&self, selector: &str) {
        let give_up_at = Instant::now() + PATIENCE;
        let mut glances = interval(GLANCE);
        loop {
            glances.tick().await;
            let pressed = match self.driver.find(By::Css(selector)).await {
                // A control that is disabled, moving or just being replaced is
                // pressed as soon as that is over.
                Ok(element) if is_enabled(&element).await => element.click().await,
                Ok(_) => continue_until(give_up_at, selector, "is disabled"),
                Err(error) => Err(error),
            };
            match pressed {
                Ok(()) => return,
                Err(error) if Instant::now() > give_up_at => {
                    panic!(
                        "could not press {selector}: {error}; the page says: {}",
                        self.page_text().await
                    );
                }
                Err(_) => {}
            }
        }
    }

    pub(crate) async fn has(&self, selector: &str) -> bool {
        !self
            .driver
            .find_all(By::Css(selector))
            .await
            .expect("the page can be searched")
            .is_empty()
    }

    /// The text of what this selects, once it is there.
    pub(crate) async fn reads(&self, selector: &str) -> String {
        match self.find_now_or_later(selector).await {
            Some(element) => element.text().await.expect("the text can be read"),
            None => panic!("there is no {selector}, but: {}", self.page_text().await),
        }
    }

    pub(crate) async fn page_text(&self) -> String {
        match self.driver.find(By::Tag("body")).await {
            Ok(body) => body.text().await.unwrap_or_default(),
            Err(error) => format!("nothing ({error})"),
        }
    }

    async fn find_now_or_later(&self, selector: &str) -> Option<WebElement> {
        self.driver
            .query(By::Css(selector))
            .wait(PATIENCE, GLANCE)
            .first()
            .await
            .ok()
    }

    /// Waits until the page is at exactly this address.
    pub(crate) async fn arrives_at(&self, goal: &str) {
        let give_up_at = Instant::now() + PATIENCE;
        let mut glances = interval(GLANCE);
        loop {
            glances.tick().await;
            let address = self.address().await;
            if address == goal {
                return;
            }
            assert!(
                Instant::now() < give_up_at,
                "never arrived at {goal}, but at {address}"
            );
        }
    }

    /// Waits until the page, or the frame that the person is in, is headed so.
    pub(crate) async fn sees_heading(&self, words: &str) {
        let give_up_at = Instant::now() + PATIENCE;
        let mut glances = interval(GLANCE);
        loop {
            glances.tick().await;
            // While a page is being replaced it has no heading, or a stale one.
            let heading = match self.driver.find(By::Tag("h1")).await {
                Ok(heading) => heading.text().await.unwrap_or_default(),
                Err(_) => String::new(),
            };
            if heading == words {
                return;
            }
            assert!(
                Instant::now() < give_up_at,
                "never saw the heading {words:?}, but: {}",
                self.page_text().await
            );
        }
    }

    pub(crate) async fn address(&self) -> String {
        self.driver
            .current_url()
            .await
            .expect("an address")
            .to_string()
    }

    // What people do in the journey.

    /// From the opening to the guidance of a document of the preset country.
    pub(crate) async fn chooses(&self, document_type: &str) {
        self.sees("start").await;
        self.presses("continue").await;
        self.sees("choose-document").await;
        self.clicks(&format!("[data-document-type=\"{document_type}\"]"))
            .await;
        self.presses("continue").await;
        self.sees("guidance").await;
    }

    /// From guidance to review, by file.
    pub(crate) async fn uploads(&self, name: &str) {
        self.presses("upload").await;
        self.sees("upload").await;
        self.picks(name).await;
        self.sees("review").await;
    }

    /// Chooses a file in the upload screen.
    pub(crate) async fn picks(&self, name: &str) {
        self.picks_all(&[name]).await;
    }

    /// Chooses several files at once.
    pub(crate) async fn picks_all(&self, names: &[&str]) {
        let files: Vec<String> = names
            .iter()
            .map(|name| picture(name).display().to_string())
            .collect();
        let input = self
            .find_now_or_later("[data-file-input]")
            .await
            .expect("a file can be chosen");
        input
            .send_keys(files.join("\n"))
            .await
            .expect("the file is chosen");
    }

    /// From guidance to review, by camera.
    pub(crate) async fn photographs(&self) {
        self.presses("use-camera").await;
        self.sees("camera").await;
        self.keeps_a_picture_of("camera-live").await;
        self.shoots().await;
    }

    /// Presses the shutter, unless the picture is taken before that; to review.
    pub(crate) async fn shoots(&self) {
        let give_up_at = Instant::now() + PATIENCE;
        let mut glances = interval(GLANCE);
        while !self.has("[data-screen=\"review\"]").await {
            assert!(
                Instant::now() < give_up_at,
                "no picture was taken, but: {}",
                self.page_text().await
            );
            if let Ok(shutter) = self.driver.find(By::Css(".vst-shutter")).await {
                // Gone or covered just now: the next glance will tell.
                shutter.click().await.unwrap_or_default();
            }
            glances.tick().await;
        }
        self.sees("review").await;
    }

    /// Has the browser show everything in the person's own colours.
    pub(crate) async fn forces_colours(&self) {
        let feature = serde_json::json!({ "name": "forced-colors", "value": "active" });
        let media = serde_json::json!({ "features": [feature] });
        self.driver
            .cdp()
            .send_raw("Emulation.setEmulatedMedia", media)
            .await
            .expect("the browser can do that");
    }

    /// Makes the page as large as this, on a screen that is as fine as phones' are;
    /// how much of a window is the page's is the browser's business otherwise.
    pub(crate) async fn has_a_page_of(&self, width_px: u32, height_px: u32) {
        let metrics = serde_json::json!({
            "width": width_px, "height": height_px, "deviceScaleFactor": 2, "mobile": false,
        });
        self.driver
            .cdp()
            .send_raw("Emulation.setDeviceMetricsOverride", metrics)
            .await
            .expect("the browser can do that");
    }

    /// Waits until a script says yes.
    pub(crate) async fn waits_for(&self, script: &str) {
        let give_up_at = Instant::now() + PATIENCE;
        let mut glances = interval(GLANCE);
        while self.runs(script).await != true {
            assert!(Instant::now() < give_up_at, "never: {script}");
            glances.tick().await;
        }
    }

    pub(crate) async fn runs(&self, script: &str) -> serde_json::Value {
        let result = self
            .driver
            .execute(script, Vec::new())
            .await
            .expect("the script runs");
        result.json().clone()
    }

    /// Runs a script that says when it is done, which may take minutes.
    pub(crate) async fn runs_to_its_end(&self, script: &str) -> serde_json::Value {
        self.driver
            .set_script_timeout(Duration::from_secs(110))
            .await
            .expect("the browser can be told");
        let result = self
            .driver
            .execute_async(script, Vec::new())
            .await
            .expect("the script runs");
        result.json().clone()
    }

    /// With `VESTIBULE_PICTURES=DIR`, every screen that is seen is kept there.
    pub(crate) async fn keeps_a_picture_of(&self, screen: &str) {
        let Some(folder) = env::var_os("VESTIBULE_PICTURES").map(PathBuf::from) else {
            return;
        };
        let story = std::thread::current()
            .name()
            .unwrap_or("story")
            .replace("::", "-");
        fs::create_dir_all(&folder).expect("the folder exists");
        let mut number = 1;
        let mut file = numbered(&folder, &story, number, screen);
        while fs::read_dir(&folder)
            .expect("readable")
            .flatten()
            .any(|entry| {
                entry
                    .file_name()
                    .to_string_lossy()
                    .starts_with(&format!("{story}-{number:02}-"))
            })
        {
            number += 1;
            file = numbered(&folder, &story, number, screen);
        }
        self.driver
            .screenshot(&file)
            .await
            .expect("the picture is taken");
    }
}

fn numbered(folder: &Path, story: &str, number: u32, screen: &str) -> PathBuf {
    folder.join(format!("{story}-{number:02}-{screen}.png"))
}

/// Whether a control can be pressed.
///
/// One that must keep the focus says that it can't by `aria-disabled` only.
async fn is_enabled(element: &WebElement) -> bool {
    let is_enabled = element.is_enabled().await.unwrap_or(false);
    let marked = element.attr("aria-disabled").await.unwrap_or_default();
    is_enabled && marked.as_deref() != Some("true")
}

fn continue_until(give_up_at: Instant, selector: &str, why: &str) -> WebDriverResult<()> {
    assert!(Instant::now() < give_up_at, "{selector} {why}");
    Err(WebDriverError::ParseError(why.to_owned()))
}

//! A service and a browser of one's own, per test.

use std::env;
use std::fmt::Write as _;
use std::fs;
use std::io::{self, Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::LazyLock;
use std::time::Duration;

use image::{Rgb, RgbImage};
use serde_json::{Value, json};
use thirtyfour::prelude::*;
use tokio::sync::Mutex;
use tokio::time::{Instant, interval};
use vestibule_sandbox::specimen::{Defect, Document, jpeg, scene, selfie, y4m};
use vestibule_sandbox::{Clock, NewSession, Options, Sandbox};

use crate::person::Person;

/// How long a person waits before they give up, on a busy machine.
pub(crate) const PATIENCE: Duration = Duration::from_secs(30);

/// How often a condition is looked at.
pub(crate) const GLANCE: Duration = Duration::from_millis(50);

/// What the browser's camera does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Camera {
    /// Shows the invented passport.
    Passport,
    /// Shows an empty desk, onto which the passport is moved.
    Arriving,
    /// Shows the passport with its right cut off, and after some seconds whole.
    Groping,
    /// Shows an empty desk.
    EmptyDesk,
    /// Shows the holder of that passport.
    Face,
    /// Is refused.
    Denied,
    /// Does not exist.
    Missing,
}

/// The screen that the person holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Device {
    Desktop,
    Phone,
    /// The narrowest that WCAG 2.2 asks for (1.4.10), as old phones are.
    SmallPhone,
}

/// The service, the pictures, and the browser that is closed with them.
pub(crate) struct World {
    pub(crate) sandbox: Sandbox,
    pub(crate) clock: Clock,
    driver: WebDriver,
    process: DriverProcess,
}

impl World {
    pub(crate) async fn new(camera: Camera) -> Self {
        Self::on(Device::Desktop, camera).await
    }

    pub(crate) async fn on(device: Device, camera: Camera) -> Self {
        let clock = Clock::new();
        let sandbox = start_sandbox(clock.clone()).await;
        let (driver, process) = open_browser(device, camera).await;
        Self {
            sandbox,
            clock,
            driver,
            process,
        }
    }

    pub(crate) fn person(&self) -> Person {
        Person::new(self.driver.clone())
    }

    /// A session that requires one ID document; `sdk_config` is merged over the
    /// usual one.
    pub(crate) fn session(&self, sdk_config: Value) -> NewSession {
        self.session_of(
            json!({
                "requested_checks": [{"type": "ID_DOCUMENT_AUTHENTICITY", "config": {}}],
                "requested_tasks": [{"type": "ID_DOCUMENT_TEXT_DATA_EXTRACTION", "config": {"manual_check": "NEVER"}}],
                "required_documents": [{"type": "ID_DOCUMENT"}],
            }),
            sdk_config,
        )
    }

    /// A session that requires what the payload says; `sdk_config` is merged
    /// over the usual one.
    pub(crate) fn session_of(&self, mut payload: Value, sdk_config: Value) -> NewSession {
        let mut config = json!({
            "allowed_capture_methods": "CAMERA_AND_UPLOAD",
            "preset_issuing_country": "GBR",
            "success_url": self.page("/outcome/success"),
            "error_url": self.page("/outcome/error?order=7"),
        });
        if let (Value::Object(config), Value::Object(changes)) = (&mut config, sdk_config) {
            for (key, value) in changes {
                if value.is_null() {
                    config.remove(&key);
                } else {
                    config.insert(key, value);
                }
            }
        }
        payload["sdk_config"] = config;
        if payload.get("session_deadline").is_none() {
            payload["client_session_token_ttl"] = json!(600);
        }
        self.sandbox
            .create_session(&payload)
            .expect("the payload is valid")
    }

    /// An address of the sandbox itself.
    pub(crate) fn page(&self, path: &str) -> String {
        format!("{}{path}", self.sandbox.portal_url().trim_end_matches('/'))
    }

    pub(crate) fn result(&self, session: &NewSession) -> Value {
        self.sandbox
            .session_result(&session.id)
            .expect("the session exists")
    }

    pub(crate) async fn close(self) {
        let Self {
            sandbox, process, ..
        } = self;
        drop(process);
        sandbox.shutdown().await;
    }
}

/// Another browser in the same story, with a profile of its own.
pub(crate) struct Companion {
    driver: WebDriver,
    // Closes the browser when it is dropped.
    _process: DriverProcess,
}

impl Companion {
    pub(crate) async fn new(device: Device, camera: Camera) -> Self {
        let (driver, process) = open_browser(device, camera).await;
        Self {
            driver,
            _process: process,
        }
    }

    pub(crate) fn person(&self) -> Person {
        Person::new(self.driver.clone())
    }
}

async fn start_sandbox(clock: Clock) -> Sandbox {
    // The first start makes the key; two at once would make two.
    static ONE_AT_A_TIME: Mutex<()> = Mutex::const_new(());
    let _turn = ONE_AT_A_TIME.lock().await;
    let dist = Path::new(env!("CARGO_MANIFEST_DIR")).join("../dist");
    assert!(
        dist.join("index.html").exists(),
        "the client is not built: run `cargo xtask build`"
    );
    let options = Options {
        port: 0,
        dist,
        gallery: gallery(),
        data: files().join("data"),
        clock,
    };
    Sandbox::start(options).await.expect("the sandbox starts")
}

/// Where `cargo xtask gallery` has put every screen, if it has.
pub(crate) fn gallery() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/gallery");
    env::var_os("VESTIBULE_GALLERY").map_or(here, PathBuf::from)
}

/// The folder of this run's pictures.
fn files() -> &'static Path {
    static FILES: LazyLock<PathBuf> = LazyLock::new(|| {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("journeys");
        fs::create_dir_all(&folder).expect("a folder for the pictures");
        let write = |name: &str, bytes: Vec<u8>| {
            fs::write(folder.join(name), bytes).expect("a picture is written");
        };
        let passport = scene(Document::Passport, 1280, 720, Defect::None);
        write(
            "camera.y4m",
            y4m(&[passport], 30).expect("the size is even"),
        );
        let passport = scene(Document::Passport, 1280, 720, Defect::None);
        let desk = scene(Document::Passport, 1280, 720, Defect::Empty);
        let arriving = arriving(&desk, &passport);
        write("arriving.y4m", y4m(&arriving, 5).expect("the size is even"));
        let groping = groping(&desk, &passport);
        write("groping.y4m", y4m(&groping, 5).expect("the size is even"));
        write("desk.y4m", y4m(&[desk], 30).expect("the size is even"));
        let face = selfie(1280, 720);
        write("face.y4m", y4m(&[face], 30).expect("the size is even"));
        for (name, document, defect) in [
            ("passport.jpg", Document::Passport, Defect::None),
            ("passport-blurred.jpg", Document::Passport, Defect::Blurred),
            ("passport-dark.jpg", Document::Passport, Defect::Dark),
            ("licence-front.jpg", Document::LicenceFront, Defect::None),
            ("licence-back.jpg", Document::LicenceBack, Defect::None),
        ] {
            write(name, jpeg(&scene(document, 1600, 1200, defect), 88));
        }
        write("zone-of-card.jpg", zone_of_card());
        let page = scene(Document::LicenceFront, 1500, 1125, Defect::None);
        write("page.jpg", jpeg(&page, 88));
        write("letter.pdf", b"%PDF-1.7\n%%EOF\n".to_vec());
        write("bill.pdf", pdf(""));
        write("locked.pdf", pdf("/Encrypt 4 0 R"));
        folder
    });
    &FILES
}

/// The passport as it lies there, so many pixels further to the right.
fn shifted(desk: &RgbImage, passport: &RgbImage, shift: u32) -> RgbImage {
    RgbImage::from_fn(desk.width(), desk.height(), |x, y| {
        match x.checked_sub(shift) {
            Some(from) => *passport.get_pixel(from, y),
            None => *desk.get_pixel(x, y),
        }
    })
}

/// Five seconds of a passport of which a fifth is beyond the right edge, and five
/// of all of it.
fn groping(desk: &RgbImage, passport: &RgbImage) -> Vec<RgbImage> {
    let mut frames = vec![shifted(desk, passport, desk.width() / 4); 25];
    frames.extend(vec![passport.clone(); 25]);
    frames
}

/// A second of an empty desk, one in which the passport is moved onto it from
/// the right, and four in which it lies there.
fn arriving(desk: &RgbImage, passport: &RgbImage) -> Vec<RgbImage> {
    let width = desk.width();
    let mut frames = vec![desk.clone(); 5];
    let steps = (1..=5).rev();
    frames.extend(steps.map(|step| shifted(desk, passport, step * width / 6)));
    frames.extend(vec![passport.clone(); 20]);
    frames
}

/// A PDF of one empty page, with this entry in its trailer (ISO 32000-1, 7.5).
fn pdf(entry: &str) -> Vec<u8> {
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>",
    ];
    let mut file = String::from("%PDF-1.4\n");
    let mut table = String::from("0000000000 65535 f \n");
    for (number, object) in (1..).zip(objects) {
        writeln!(table, "{:010} 00000 n ", file.len()).expect("a string takes everything");
        writeln!(file, "{number} 0 obj\n{object}\nendobj").expect("a string takes everything");
    }
    let start = file.len();
    format!(
        "{file}xref\n0 4\n{table}trailer\n<< /Size 4 /Root 1 0 R {entry} >>\nstartxref\n{start}\n%%EOF\n"
    )
    .into_bytes()
}

/// Paper with the machine-readable zone of an identity card on it; those of the
/// specimens are not in the letters that are read.
fn zone_of_card() -> Vec<u8> {
    let zone = include_bytes!("../../../vision/tests/mrz/td1.jpg");
    let zone = image::load_from_memory(zone).expect("a JPEG").to_rgb8();
    let mut paper = RgbImage::from_pixel(zone.width() + 200, 900, Rgb([205, 205, 200]));
    image::imageops::replace(&mut paper, &zone, 100, 320);
    jpeg(&paper, 92)
}

/// A picture of this run.
pub(crate) fn picture(name: &str) -> PathBuf {
    let file = files().join(name);
    assert!(file.exists(), "there is no picture {name}");
    file
}

/// A driver process that ends on every way out, panics included.
struct DriverProcess {
    child: Child,
    port: u16,
}

impl DriverProcess {
    /// Asks the driver to close its browsers and end itself; a driver that is
    /// merely killed leaves them behind.
    fn shut_down(&self) -> io::Result<()> {
        let mut connection = TcpStream::connect((Ipv4Addr::LOCALHOST, self.port))?;
        connection.set_read_timeout(Some(PATIENCE))?;
        connection
            .write_all(b"GET /shutdown HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")?;
        // It answers when it is done.
        connection.read_to_end(&mut Vec::new()).map(drop)
    }
}

impl Drop for DriverProcess {
    fn drop(&mut self) {
        // A driver that cannot be asked is killed all the same, and one that is
        // already gone is as good.
        self.shut_down().unwrap_or_default();
        self.child.kill().unwrap_or_default();
        self.child.wait().map(drop).unwrap_or_default();
    }
}

async fn open_browser(device: Device, camera: Camera) -> (WebDriver, DriverProcess) {
    let program = env::var("CHROMEDRIVER").unwrap_or_else(|_| "chromedriver".to_owned());
    let port = TcpListener::bind("127.0.0.1:0")
        .and_then(|listener| listener.local_addr())
        .expect("a free port")
        .port();
    let child = Command::new(&program)
        .arg(format!("--port={port}"))
        // An inherited pipe would keep whoever reads it waiting for ever.
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap_or_else(|error| panic!("{program} does not start ({error}); set CHROMEDRIVER"));
    let process = DriverProcess { child, port };
    let address = format!("http://127.0.0.1:{port}");
    let capabilities = capabilities(device, camera).expect("the capabilities are valid");
    let give_up_at = Instant::now() + PATIENCE;
    let mut glances = interval(GLANCE);
    loop {
        glances.tick().await;
        match WebDriver::new(&address, capabilities.clone()).await {
            Ok(driver) => {
                // Dropped in a panic, it would ask the driver to close the
                // browser on connections that nobody serves any more, and wait
                // two minutes. The process closes it instead.
                driver.clone().leak().expect("the browser is open");
                return (driver, process);
            }
            Err(error) => assert!(Instant::now() < give_up_at, "no browser: {error}"),
        }
    }
}

fn capabilities(device: Device, camera: Camera) -> WebDriverResult<Capabilities> {
    let mut capabilities = DesiredCapabilities::chrome();
    // The example of the SDK has a certificate of its own making.
    capabilities.accept_insecure_certs(true)?;
    if let Ok(browser) = env::var("CHROME") {
        capabilities.set_binary(&browser)?;
    }
    for argument in [
        "--headless=new",
        // Needed as root, and in most containers.
        "--no-sandbox",
        "--disable-dev-shm-usage",
        "--disable-gpu",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        // The gallery's screens change faster than the browser lets a page go
        // from address to address.
        "--disable-ipc-flooding-protection",
        // Half a transition is neither what was there nor what comes.
        "--force-prefers-reduced-motion",
        "--window-size=1280,900",
        // Pictures of screens look the same on every machine.
        "--font-render-hinting=none",
        "--disable-lcd-text",
        "--force-color-profile=srgb",
        // What people read is compared with the British texts.
        "--accept-lang=en-GB",
    ] {
        capabilities.add_arg(argument)?;
    }
    match camera {
        Camera::Passport
        | Camera::Arriving
        | Camera::Groping
        | Camera::EmptyDesk
        | Camera::Face => {
            capabilities.add_arg("--use-fake-device-for-media-stream")?;
            capabilities.add_arg("--use-fake-ui-for-media-stream")?;
            let file = picture(match camera {
                Camera::Face => "face.y4m",
                Camera::Arriving => "arriving.y4m",
                Camera::Groping => "groping.y4m",
                Camera::EmptyDesk => "desk.y4m",
                _ => "camera.y4m",
            });
            capabilities.add_arg(&format!(
                "--use-file-for-fake-video-capture={}",
                file.display()
            ))?;
        }
        Camera::Denied => {
            capabilities.add_arg("--use-fake-device-for-media-stream")?;
            capabilities.add_arg("--use-fake-ui-for-media-stream=deny")?;
        }
        Camera::Missing => capabilities.add_arg("--use-fake-ui-for-media-stream")?,
    }
    let size_px = match device {
        Device::Desktop => None,
        Device::Phone => Some((390, 844)),
        Device::SmallPhone => Some((320, 568)),
    };
    if let Some((width, height)) = size_px {
        capabilities.add_experimental_option(
            "mobileEmulation",
            json!({"deviceMetrics": {"width": width, "height": height, "pixelRatio": 2.0, "touch": true, "mobile": true}}),
        )?;
    }
    Ok(capabilities.into())
}

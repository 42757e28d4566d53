//! The browser that tests run in: Chromium or Chrome, and its driver.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::system::{self, Package};
use super::toolbox::{is_program, program_on_path, version_in};
use crate::command;
use crate::failure::Failure;
use crate::project::Project;

/// Known names and places, most wanted first.
const BROWSERS: &[&str] = &[
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
];
const DRIVERS: &[&str] = &[
    "chromedriver",
    "/usr/lib/chromium/chromedriver",
    "/usr/lib/chromium-browser/chromedriver",
];

/// A browser and the driver that fits it.
#[derive(Debug)]
pub(crate) struct Browser {
    chrome: PathBuf,
    driver: PathBuf,
}

impl Browser {
    /// The browser itself.
    pub(crate) fn program(&self) -> &Path {
        &self.chrome
    }

    /// Tells a program which browser to use.
    pub(crate) fn equip<'c>(&self, command: &'c mut Command) -> &'c mut Command {
        command
            .env("CHROME", &self.chrome)
            .env("CHROMEDRIVER", &self.driver)
            // The test runner would prefer these to ChromeDriver.
            .env_remove("GECKODRIVER")
            .env_remove("SAFARIDRIVER")
            .env_remove("CHROMEDRIVER_REMOTE")
    }

    /// Writes the settings of the browser tests, completed by this browser, and
    /// returns where they are.
    ///
    /// # Errors
    ///
    /// The repository's settings cannot be read, or the new ones not written.
    pub(crate) fn write_settings(&self, project: &Project) -> Result<PathBuf, Failure> {
        let source = project.root().join("webdriver.json");
        let text = fs::read_to_string(&source).map_err(Failure::file("read", &source))?;
        let settings = with_binary(&text, &self.chrome)
            .map_err(|why| Failure::Refused(format!("webdriver.json: {why}")))?;
        let folder = project.scratch();
        fs::create_dir_all(&folder).map_err(Failure::file("make", &folder))?;
        let path = folder.join("webdriver.json");
        fs::write(&path, settings).map_err(Failure::file("write", &path))?;
        Ok(path)
    }
}

/// Makes sure that a browser and its driver are there.
///
/// # Errors
///
/// They are not and cannot be installed, or they do not fit each other.
pub(super) fn ensure() -> Result<Browser, Failure> {
    let mut chrome = locate("CHROME", BROWSERS)?;
    let mut driver = locate("CHROMEDRIVER", DRIVERS)?;
    if chrome.is_none() || driver.is_none() {
        system::install(
            "Chromium and ChromeDriver, which the browser tests run in (about 1 minute)",
            &Package {
                what: "Chromium (or Chrome) with ChromeDriver",
                apt: &["chromium", "chromium-driver"],
                elsewhere: "https://googlechromelabs.github.io/chrome-for-testing/ has both; \
                            put them on PATH or name them in CHROME and CHROMEDRIVER",
            },
        )?;
        chrome = locate("CHROME", BROWSERS)?;
        driver = locate("CHROMEDRIVER", DRIVERS)?;
    }
    let (Some(chrome), Some(driver)) = (chrome, driver) else {
        return Err(Failure::Missing {
            what: "Chromium or ChromeDriver, after installing them,".to_owned(),
            get: "name them in CHROME and CHROMEDRIVER".to_owned(),
        });
    };
    let version = |program: &Path| {
        command::answer(Command::new(program).arg("--version"))
            .and_then(|said| version_in(&said))
            .unwrap_or_default()
    };
    let (chrome_version, driver_version) = (version(&chrome), version(&driver));
    if major(&chrome_version).is_none() || major(&chrome_version) != major(&driver_version) {
        return Err(Failure::Refused(format!(
            "{} is version {chrome_version:?} and {} is {driver_version:?}; they must be of the same major version.\n  \
             CHROME and CHROMEDRIVER name others.",
            chrome.display(),
            driver.display()
        )));
    }
    Ok(Browser { chrome, driver })
}

/// What the variable names, else the first known place that has it.
fn locate(variable: &str, known: &[&str]) -> Result<Option<PathBuf>, Failure> {
    if let Some(named) = env::var_os(variable).filter(|value| !value.is_empty()) {
        let path = PathBuf::from(named);
        if is_program(&path) {
            return Ok(Some(path));
        }
        return Err(Failure::Refused(format!(
            "{variable} is set to {}, which is not a program",
            path.display()
        )));
    }
    Ok(known.iter().find_map(|place| {
        if place.starts_with('/') {
            Some(PathBuf::from(place)).filter(|path| is_program(path))
        } else {
            program_on_path(place)
        }
    }))
}

fn major(version: &str) -> Option<u32> {
    version.split('.').next()?.parse().ok()
}

fn with_binary(settings: &str, chrome: &Path) -> Result<String, String> {
    let mut settings: serde_json::Value =
        serde_json::from_str(settings).map_err(|error| error.to_string())?;
    let options = settings
        .get_mut("goog:chromeOptions")
        .and_then(serde_json::Value::as_object_mut)
        .ok_or("`goog:chromeOptions` is missing")?;
    options.insert(
        "binary".to_owned(),
        chrome.to_string_lossy().into_owned().into(),
    );
    Ok(settings.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_settings_keep_their_arguments_and_get_the_browser() {
        let text = with_binary(
            r#"{"goog:chromeOptions":{"args":["--headless=new"]}}"#,
            Path::new("/opt/chrome"),
        )
        .unwrap();
        let settings: serde_json::Value = serde_json::from_str(&text).unwrap();
        assert_eq!(settings["goog:chromeOptions"]["binary"], "/opt/chrome");
        assert_eq!(settings["goog:chromeOptions"]["args"][0], "--headless=new");
    }

    #[test]
    fn settings_without_chrome_are_refused() {
        assert!(with_binary("{}", Path::new("/opt/chrome")).is_err());
        assert!(with_binary("", Path::new("/opt/chrome")).is_err());
    }

    #[test]
    fn the_committed_settings_have_a_fake_camera() {
        let text = include_str!("../../../webdriver.json");
        let settings = with_binary(text, Path::new("/opt/chrome")).unwrap();
        assert!(settings.contains("--use-fake-device-for-media-stream"));
    }

    #[test]
    fn the_major_version_is_the_part_before_the_first_dot() {
        assert_eq!(major("156.0.8078.79"), Some(156));
        assert_eq!(major(""), None);
    }
}

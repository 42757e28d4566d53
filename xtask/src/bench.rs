//! The verb `bench`: how fast and how right the image analysis is, beside what
//! others offer for the browser.
//!
//! The pictures are drawn by `vision/scenes`, the others come from npm
//! (`vision/bench`), and all of them run in one page of one headless Chromium,
//! where ours is the folder that `--contestant` writes. What is measured and how
//! to read it is in `docs/bench.md`.
//!
//! Here is the order of things; [`pictures`] has them drawn, [`server`] serves
//! the page and hears what it says, [`stages`] measures natively, [`table`]
//! prints.

mod contestant;
mod downloads;
mod pictures;
mod server;
mod stages;
mod table;

use std::fs;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

use serde_json::{Value, json};

use crate::args::{Bench, SETS};
use crate::console;
use crate::dist;
use crate::failure::Failure;
use crate::project::Project;
use crate::setup::{self, Browser};
use server::Server;

/// Names a folder with the files of scanic's companion package, for machines
/// whose registry does not have it.
const LEARNED_PEER: &str = "VESTIBULE_SCANIC_ML";

/// The verb.
///
/// # Errors
///
/// Something is missing, a build fails, or the page does not get to its end.
pub(crate) fn run(project: &Project, wanted: &Bench) -> Result<(), Failure> {
    dist::ensure_fresh(project)?;
    if let Some(folder) = &wanted.contestant {
        let files = contestant::write(project, folder)?;
        console::say(&format!("{} files in {}", files.len(), folder.display()));
        return Ok(());
    }
    let toolbox = setup::toolbox()?;
    let browser = setup::for_browser()?;
    let packages = project.root().join("vision/bench");
    console::heading("Installing what is measured beside ours (some seconds)");
    setup::node_packages(&packages, &toolbox)?;

    let sets = sets(wanted);
    let folder = project.target().join("bench");
    fs::create_dir_all(&folder).map_err(Failure::file("make", &folder))?;
    let stages = if wanted.only.is_none() {
        stages::measure(project, wanted.is_quick)?
    } else {
        Value::Null
    };
    let pictures = pictures::draw(project, wanted, &sets)?;
    let ours = folder.join("contestant");
    let files = contestant::write(project, &ours)?;
    let learned = learned_peer(&packages);

    let mut plan = pictures.plan;
    plan["sets"] = json!(sets);
    plan["ours"] = json!({ "worker": contestant::worker_of(&files) });
    plan["scanic_ml"] = json!(learned.is_some());
    let mut roots = vec![
        ("/bench/", packages.join("page")),
        ("/npm/", packages.join("node_modules")),
        ("/ours/", ours),
        ("/pictures/", pictures.folder),
    ];
    roots.extend(wanted.pictures.clone().map(|path| ("/external/", path)));
    roots.extend(learned.map(|path| ("/scanic-ml/", path)));

    console::heading("Measuring in Chromium (some minutes)");
    let server = Server::start(roots, plan.to_string())?;
    let mut page = open(&browser, &folder, &server.address())?;
    let heard = server.serve(|| page.is_running());
    page.close();
    let heard = heard?;

    let downloads = downloads::measured(&heard.downloads, &folder.join("brotli.json"))?;
    let report = json!({
        "stages": stages,
        "browser": heard.result,
        "downloads": downloads,
    });
    let path = folder.join("bench.json");
    let text = serde_json::to_string_pretty(&report)
        .map_err(|error| Failure::Refused(format!("the report cannot be written: {error}")))?;
    fs::write(&path, text).map_err(Failure::file("write", &path))?;
    console::say(&table::of(&report));
    console::say(&format!("All figures: {}", path.display()));
    Ok(())
}

fn sets(wanted: &Bench) -> Vec<&str> {
    match &wanted.only {
        Some(only) => vec![only.as_str()],
        None => SETS.to_vec(),
    }
}

/// scanic's learned detector comes in a package of its own, which is not on
/// every registry.
fn learned_peer(packages: &std::path::Path) -> Option<PathBuf> {
    let installed = packages.join("node_modules/scanic-ml/dist");
    let named = std::env::var_os(LEARNED_PEER).map(PathBuf::from);
    let found = named
        .into_iter()
        .chain([installed])
        .find(|path| path.is_dir());
    if found.is_none() {
        console::progress(&format!(
            "scanic's learned detector is left out: its package scanic-ml is not here ({LEARNED_PEER} names its dist/)"
        ));
    }
    found
}

/// A browser that shows the page, and its profile, both gone with this value.
struct Page {
    browser: Child,
    profile: PathBuf,
}

impl Page {
    fn is_running(&mut self) -> bool {
        matches!(self.browser.try_wait(), Ok(None))
    }

    fn close(&mut self) {
        // It may have ended by itself.
        drop(self.browser.kill());
        drop(self.browser.wait());
        drop(fs::remove_dir_all(&self.profile));
    }
}

impl Drop for Page {
    fn drop(&mut self) {
        self.close();
    }
}

fn open(browser: &Browser, folder: &std::path::Path, address: &str) -> Result<Page, Failure> {
    let profile = folder.join(format!("profile-{}", std::process::id()));
    let mut command = Command::new(browser.program());
    command
        .args(["--headless=new", "--no-sandbox", "--no-first-run"])
        .args(["--disable-dev-shm-usage", "--disable-extensions"])
        // A page that nobody looks at would be slowed down.
        .args([
            "--disable-background-timer-throttling",
            "--disable-renderer-backgrounding",
            "--disable-backgrounding-occluded-windows",
        ])
        .arg(format!("--user-data-dir={}", profile.display()))
        .arg(format!("{address}/bench/index.html"))
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    let child = command.spawn().map_err(|source| Failure::Start {
        command: browser.program().display().to_string(),
        source,
    })?;
    Ok(Page {
        browser: child,
        profile,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_sets_are_measured_unless_one_is_named() {
        assert_eq!(sets(&Bench::default()), SETS);
        let one = Bench {
            only: Some("mrz".to_owned()),
            ..Bench::default()
        };
        assert_eq!(sets(&one), ["mrz"]);
    }
}

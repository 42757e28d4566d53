//! The cache folder of tools, shared by all clones on a machine.
//!
//! Only programs that are not part of the system or of the toolchain live
//! there, in the versions that this repository needs. Nothing outside the
//! folder is changed: the programs are found because the PATH of our children
//! begins with it.

use std::env;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::command;
use crate::console;
use crate::failure::Failure;
use crate::manifest;
use crate::project::Project;

/// Builds the page; 0.22 needs a newer compiler than ours.
const TRUNK_VERSION: &str = "0.21.14";
/// Fits the marks of the `wasm_split_helpers` that the client links.
const SPLITTER_VERSION: &str = "0.2.4";
const SPLITTER_PACKAGE: &str = "wasm_split_cli_support";

/// Finds and installs programs.
#[derive(Debug)]
pub(crate) struct Toolbox {
    folder: PathBuf,
}

impl Toolbox {
    /// Opens the folder, making it when needed.
    ///
    /// # Errors
    ///
    /// There is no place for it.
    pub(crate) fn open() -> Result<Self, Failure> {
        let folder = folder(|name| env::var_os(name)).ok_or_else(|| Failure::Missing {
            what: "A folder for the build tools".to_owned(),
            get: "set VESTIBULE_TOOLS (or HOME) to a folder that can be written".to_owned(),
        })?;
        fs::create_dir_all(folder.join("bin")).map_err(Failure::file("make", &folder))?;
        Ok(Self { folder })
    }

    /// Where the npm packages of ours are installed.
    pub(super) fn node_folder(&self) -> PathBuf {
        self.folder.join("node")
    }

    fn search_path(&self) -> Vec<PathBuf> {
        let mut folders = vec![
            self.folder.join("bin"),
            self.node_folder().join("node_modules").join(".bin"),
        ];
        folders.extend(env::split_paths(&env::var_os("PATH").unwrap_or_default()));
        folders
    }

    /// Lets a program find the tools.
    ///
    /// # Errors
    ///
    /// A folder's name cannot be part of PATH.
    pub(crate) fn equip<'c>(&self, command: &'c mut Command) -> Result<&'c mut Command, Failure> {
        with_path(self.search_path(), command)
    }

    /// As [`equip`](Self::equip), with a folder that comes before the tools.
    ///
    /// # Errors
    ///
    /// A folder's name cannot be part of PATH.
    pub(crate) fn equip_after<'c>(
        &self,
        first: &Path,
        command: &'c mut Command,
    ) -> Result<&'c mut Command, Failure> {
        let mut folders = vec![first.to_path_buf()];
        folders.extend(self.search_path());
        with_path(folders, command)
    }

    /// Where a tool is that a verb has made sure of.
    ///
    /// # Errors
    ///
    /// It is gone.
    pub(crate) fn program(&self, tool: &str) -> Result<PathBuf, Failure> {
        find_program(tool, &self.search_path()).ok_or_else(|| Failure::Missing {
            what: format!("The tool {tool}"),
            get: "run the command again, which installs it".to_owned(),
        })
    }

    /// The version of a tool, `None` when it is not there.
    pub(super) fn version_of(&self, tool: &str) -> Option<String> {
        let program = find_program(tool, &self.search_path())?;
        let mut ask = Command::new(program);
        let said = command::answer(self.equip(ask.arg("--version")).ok()?)?;
        version_in(&said)
    }

    /// Makes sure that `wasm-bindgen` and its test runner are there in the
    /// version of the crate that the client links: they share a format.
    ///
    /// # Errors
    ///
    /// They cannot be installed.
    pub(crate) fn ensure_wasm_bindgen(&self, project: &Project) -> Result<(), Failure> {
        let lock = project.root().join("Cargo.lock");
        let text = fs::read_to_string(&lock).map_err(Failure::file("read", &lock))?;
        let version = manifest::locked_version(&text, "wasm-bindgen").ok_or_else(|| {
            Failure::Refused("Cargo.lock does not name a version of wasm-bindgen".to_owned())
        })?;
        let is_there = ["wasm-bindgen", "wasm-bindgen-test-runner"]
            .iter()
            .all(|tool| self.version_of(tool).as_deref() == Some(version.as_str()));
        if is_there {
            return Ok(());
        }
        console::progress(&format!(
            "Installing wasm-bindgen {version}, which connects the module to the browser (about 2 minutes)"
        ));
        // Not `--locked`: the tool's own lock file names a version that has
        // been taken back from the registry.
        self.cargo_install(
            project,
            "wasm-bindgen-cli",
            &["--version", version.as_str()],
        )
    }

    /// Makes sure that the splitter is there.
    ///
    /// A program and not a library of ours: everybody would wait for it before
    /// the first line of any command.
    ///
    /// # Errors
    ///
    /// It cannot be installed.
    pub(crate) fn ensure_splitter(&self, project: &Project) -> Result<(), Failure> {
        // It cannot say its version; cargo keeps a list of what it installed.
        let list = fs::read_to_string(self.folder.join(".crates.toml")).unwrap_or_default();
        if is_listed(&list, SPLITTER_PACKAGE, SPLITTER_VERSION)
            && find_program("wasm-split-cli", &[self.folder.join("bin")]).is_some()
        {
            return Ok(());
        }
        console::progress(&format!(
            "Installing wasm-split {SPLITTER_VERSION}, which lets the start screen come first (about 1 minute)"
        ));
        self.cargo_install(
            project,
            SPLITTER_PACKAGE,
            &[
                "--version",
                SPLITTER_VERSION,
                "--locked",
                "--features",
                "build-binary",
            ],
        )
    }

    /// Makes sure that Trunk is there.
    ///
    /// # Errors
    ///
    /// It cannot be installed.
    pub(crate) fn ensure_trunk(&self, project: &Project) -> Result<(), Failure> {
        if self.version_of("trunk").as_deref() == Some(TRUNK_VERSION) {
            return Ok(());
        }
        console::progress(&format!(
            "Installing trunk {TRUNK_VERSION}, which puts the page together (about 3 minutes)"
        ));
        self.cargo_install(
            project,
            "trunk",
            &[
                "--version",
                TRUNK_VERSION,
                "--locked",
                // Without the updater and the system's OpenSSL.
                "--no-default-features",
                "--features",
                "rustls",
            ],
        )
    }

    fn cargo_install(
        &self,
        project: &Project,
        package: &str,
        more: &[&str],
    ) -> Result<(), Failure> {
        let build = self.folder.join("build");
        let mut cargo = project.cargo(["install", "--quiet", "--force", "--debug"]);
        cargo
            .arg("--root")
            .arg(&self.folder)
            .arg(package)
            .args(more)
            // Away from the repository: its settings are not for this.
            .current_dir(&self.folder)
            .env("CARGO_TARGET_DIR", &build)
            // A tool that runs for seconds is not worth minutes of optimising,
            // nor hundreds of megabytes of debug information.
            .env("CARGO_PROFILE_DEV_DEBUG", "false");
        let installed = command::run(&mut cargo);
        if build.exists() {
            fs::remove_dir_all(&build).map_err(Failure::file("remove", &build))?;
        }
        installed
    }
}

fn with_path(folders: Vec<PathBuf>, command: &mut Command) -> Result<&mut Command, Failure> {
    let path = env::join_paths(folders)
        .map_err(|error| Failure::Refused(format!("PATH cannot be extended: {error}")))?;
    Ok(command.env("PATH", path))
}

/// Whether cargo's list of installed packages has this version.
fn is_listed(list: &str, package: &str, version: &str) -> bool {
    let entry = format!("\"{package} {version} ");
    list.lines().any(|line| line.starts_with(&entry))
}

/// The cache folder, from the environment.
fn folder(variable: impl Fn(&str) -> Option<OsString>) -> Option<PathBuf> {
    let set = |name: &str| {
        variable(name)
            .filter(|value| !value.is_empty())
            .map(PathBuf::from)
    };
    if let Some(own) = set("VESTIBULE_TOOLS") {
        return Some(own);
    }
    set("XDG_CACHE_HOME")
        .or_else(|| set("HOME").map(|home| home.join(".cache")))
        .or_else(|| set("LOCALAPPDATA"))
        .map(|cache| cache.join("vestibule").join("tools"))
}

/// The first program of that name in the folders.
pub(super) fn find_program(name: &str, folders: &[PathBuf]) -> Option<PathBuf> {
    let endings: &[&str] = if cfg!(windows) {
        &[".exe", ".cmd"]
    } else {
        &[""]
    };
    folders
        .iter()
        .flat_map(|folder| {
            endings
                .iter()
                .map(move |ending| folder.join(format!("{name}{ending}")))
        })
        .find(|path| is_program(path))
}

/// A program on the PATH of the person who called us.
pub(super) fn program_on_path(name: &str) -> Option<PathBuf> {
    let folders: Vec<PathBuf> =
        env::split_paths(&env::var_os("PATH").unwrap_or_default()).collect();
    find_program(name, &folders)
}

#[cfg(unix)]
pub(super) fn is_program(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt as _;
    fs::metadata(path).is_ok_and(|meta| meta.is_file() && meta.permissions().mode() & 0o111 != 0)
}

#[cfg(not(unix))]
pub(super) fn is_program(path: &Path) -> bool {
    path.is_file()
}

/// The first word of a `--version` answer that looks like a version.
pub(super) fn version_in(said: &str) -> Option<String> {
    said.split_whitespace()
        .map(|word| word.trim_start_matches('v'))
        .find(|word| word.starts_with(|first: char| first.is_ascii_digit()))
        .map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder_with(set: &[(&str, &str)]) -> Option<PathBuf> {
        folder(|name| {
            set.iter()
                .find(|(known, _)| *known == name)
                .map(|(_, value)| OsString::from(value))
        })
    }

    #[test]
    fn the_cache_folder_is_the_named_one_then_the_users() {
        let all = [
            ("VESTIBULE_TOOLS", "/own"),
            ("XDG_CACHE_HOME", "/xdg"),
            ("HOME", "/home/a"),
        ];
        assert_eq!(folder_with(&all), Some(PathBuf::from("/own")));
        assert_eq!(
            folder_with(&all[1..]),
            Some(PathBuf::from("/xdg/vestibule/tools"))
        );
        assert_eq!(
            folder_with(&all[2..]),
            Some(PathBuf::from("/home/a/.cache/vestibule/tools"))
        );
        assert_eq!(
            folder_with(&[("VESTIBULE_TOOLS", ""), ("HOME", "/home/a")]),
            Some(PathBuf::from("/home/a/.cache/vestibule/tools"))
        );
        assert_eq!(folder_with(&[]), None);
    }

    #[test]
    fn versions_are_read_as_the_tools_print_them() {
        let version = |said: &str| version_in(said);
        assert_eq!(version("wasm-bindgen 0.2.130").as_deref(), Some("0.2.130"));
        assert_eq!(version("trunk 0.21.14").as_deref(), Some("0.21.14"));
        assert_eq!(
            version("wasm-opt version 132 (version_132)").as_deref(),
            Some("132")
        );
        assert_eq!(version("v20.11.1").as_deref(), Some("20.11.1"));
        assert_eq!(
            version("Chromium 156.0.8078.79 built on Debian GNU/Linux 12").as_deref(),
            Some("156.0.8078.79")
        );
        assert_eq!(version("command not found"), None);
    }

    #[test]
    fn an_installed_version_is_read_from_cargos_list() {
        let list = "[v1]\n\"trunk 0.21.14 (registry+https://example.org)\" = [\"trunk\"]\n";
        assert!(is_listed(list, "trunk", "0.21.14"));
        assert!(!is_listed(list, "trunk", "0.21.1"));
        assert!(!is_listed("", "trunk", "0.21.14"));
    }

    #[test]
    fn a_program_is_found_in_the_first_folder_that_has_it() {
        let cargo = env::var_os("CARGO").map(PathBuf::from).unwrap();
        let folder = cargo.parent().unwrap().to_path_buf();
        let folders = [PathBuf::from("/no/such/folder"), folder];
        let found = find_program("cargo", &folders).unwrap();
        assert!(found.starts_with(&folders[1]));
        assert_eq!(find_program("no-such-program", &folders), None);
    }
}

//! The release build: `dist/`, complete and ready to be served.
//!
//! Trunk builds into a staging folder, in several modules instead of one
//! ([`split`]); what it made is checked ([`inspect`]), gets its compressed twins
//! ([`compress`]) and only then takes the place of the old `dist/`
//! ([`publish`]), so that a service that is running always serves a page whose
//! files exist.

mod compress;
mod face;
mod inspect;
mod publish;
mod sections;
mod split;
mod stamp;
mod styles;
mod trim;
mod worker;

use std::ffi::OsString;
use std::fs;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::path::{Path, PathBuf};
use std::time::Instant;

pub(crate) use compress::{brotli_len, is_twin};
pub(crate) use publish::files_below;
pub(crate) use split::{is_stand_in, stand_in};

use crate::command;
use crate::console;
use crate::failure::Failure;
use crate::project::Project;
use crate::setup::{self, Toolbox};

/// The verb `build`.
///
/// # Errors
///
/// Something is missing, or the build fails.
pub(crate) fn build(project: &Project) -> Result<(), Failure> {
    let toolbox = setup::for_build(project)?;
    assemble(project, &toolbox)
}

/// Builds unless `dist/` is what the sources give.
///
/// # Errors
///
/// As [`build`].
pub(crate) fn ensure_fresh(project: &Project) -> Result<(), Failure> {
    if stamp::is_current(project)? {
        console::progress("dist/ is up to date");
        return Ok(());
    }
    build(project)
}

/// Builds when there is no `dist/` at all.
///
/// # Errors
///
/// As [`build`].
pub(crate) fn ensure_there(project: &Project) -> Result<(), Failure> {
    if project.dist().join("index.html").is_file() {
        return Ok(());
    }
    build(project)
}

/// Builds with tools that are known to be there.
///
/// # Errors
///
/// The build fails, or what it made must not be served.
pub(crate) fn assemble(project: &Project, toolbox: &Toolbox) -> Result<(), Failure> {
    let started = Instant::now();
    console::heading("Building the client for release (first time: 2 to 4 minutes)");
    // Taken before, so that a change made meanwhile is not missed.
    let inputs = stamp::of_inputs(project)?;

    // Trunk runs offline below: it must not fetch tools of its own.
    command::run(&mut project.cargo(["fetch", "--quiet", "--locked"]))?;
    let staging = project.scratch().join("dist");
    if staging.exists() {
        fs::remove_dir_all(&staging).map_err(Failure::file("remove", &staging))?;
    }
    fs::create_dir_all(&staging).map_err(Failure::file("make", &staging))?;
    let private = PrivatePaths::of(project)?;
    let seam = split::Seam::prepare(project, toolbox)?;
    let mut trunk = std::process::Command::new("trunk");
    trunk
        // Its JavaScript minifier warns of syntax newer than itself, each time,
        // and leaves the file as it is. That it did shrink CSS is checked below.
        .args(["--log", "error,trunk=warn,trunk::processing::minify=off"])
        .args(["build", "--release", "--locked", "--offline"])
        .args(["--features", split::FEATURE, "--dist"])
        .arg(&staging)
        .current_dir(project.root())
        .env("CARGO_TARGET_DIR", project.target())
        .env("CARGO_ENCODED_RUSTFLAGS", private.compiler_flags())
        // Trunk refuses the value that everybody else understands.
        .env_remove("NO_COLOR")
        // A compiler's error must not drown in Trunk's own stack.
        .env("RUST_BACKTRACE", "0");
    command::run(seam.equip(toolbox, &mut trunk)?)?;
    seam.finish(toolbox, &staging)?;
    worker::add(project, toolbox, &private.renaming_flags(), &staging)?;

    let bound = project
        .target()
        .join("wasm-bindgen/release/vestibule_bg.wasm");
    let saved = inspect::module_was_optimised(&staging, &bound)?;
    console::progress(&format!(
        "wasm-opt -Oz: {} -> {} bytes",
        console::thousands(saved.before),
        console::thousands(saved.after)
    ));
    inspect::no_private_paths(&staging, &private.folders)?;
    inspect::page_obeys_policy(&staging)?;
    inspect::styles_were_minified(&staging)?;
    styles::join(&staging)?;
    compress::write_twins(&staging)?;
    publish::replace(&staging, &project.dist())?;
    stamp::write(project, &inputs)?;
    console::progress(&format!(
        "dist/ is ready ({})",
        console::seconds(started.elapsed())
    ));
    Ok(())
}

/// Writes a file under a name that says what is in it; returns the name.
fn put(staging: &Path, stem: &str, extension: &str, content: &[u8]) -> Result<String, Failure> {
    let mut hasher = DefaultHasher::new();
    content.hash(&mut hasher);
    let name = format!("{stem}-{:016x}.{extension}", hasher.finish());
    let path = staging.join(&name);
    fs::write(&path, content).map_err(Failure::file("write", &path))?;
    Ok(name)
}

/// Folders of this machine that the module must not name.
struct PrivatePaths {
    /// Each with what it is called instead.
    renames: Vec<(PathBuf, &'static str)>,
    folders: Vec<PathBuf>,
}

impl PrivatePaths {
    fn of(project: &Project) -> Result<Self, Failure> {
        let home = std::env::home_dir();
        let cargo_home = std::env::var_os("CARGO_HOME")
            .map(PathBuf::from)
            .or_else(|| home.as_ref().map(|home| home.join(".cargo")));
        let mut renames = Vec::new();
        if let Some(cargo_home) = &cargo_home {
            // The names of these folders depend on how a machine reaches the
            // registry; the module must not.
            let sources = cargo_home.join("registry").join("src");
            for registry in subfolders(&sources)? {
                renames.push((registry, "crates"));
            }
            renames.push((cargo_home.clone(), "cargo"));
        }
        renames.push((project.target().to_path_buf(), "target"));
        renames.push((project.root().to_path_buf(), "vestibule"));
        let mut folders = vec![project.root().to_path_buf(), project.target().to_path_buf()];
        folders.extend(cargo_home);
        folders.extend(home.filter(|home| home.parent().is_some()));
        Ok(Self { renames, folders })
    }

    /// For `CARGO_ENCODED_RUSTFLAGS`, in the encoding that allows spaces.
    fn compiler_flags(&self) -> OsString {
        let mut flags = OsString::from(split::LINKER_FLAG);
        flags.push("\u{1f}");
        flags.push(self.renaming_flags());
        flags
    }

    fn renaming_flags(&self) -> OsString {
        // When several prefixes fit, rustc takes the last one given.
        let mut renames: Vec<_> = self.renames.iter().collect();
        renames.sort_by_key(|(folder, _)| folder.as_os_str().len());
        let mut flags = OsString::new();
        for (folder, name) in renames {
            if !flags.is_empty() {
                flags.push("\u{1f}");
            }
            flags.push("--remap-path-prefix=");
            flags.push(folder);
            flags.push("=");
            flags.push(name);
        }
        flags
    }
}

fn subfolders(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    if !folder.is_dir() {
        return Ok(Vec::new());
    }
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).map_err(Failure::file("read", folder))? {
        let path = entry.map_err(Failure::file("read", folder))?.path();
        if path.is_dir() {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longer_prefix_is_given_last_so_that_it_wins() {
        let private = PrivatePaths {
            renames: vec![
                (PathBuf::from("/home/a/.cargo/registry/src/index"), "crates"),
                (PathBuf::from("/home/a/.cargo"), "cargo"),
                (PathBuf::from("/home/a/my code"), "vestibule"),
            ],
            folders: Vec::new(),
        };
        assert_eq!(
            private.compiler_flags().to_string_lossy(),
            "-Clink-arg=--emit-relocs\u{1f}\
             --remap-path-prefix=/home/a/.cargo=cargo\u{1f}\
             --remap-path-prefix=/home/a/my code=vestibule\u{1f}\
             --remap-path-prefix=/home/a/.cargo/registry/src/index=crates"
        );
    }
}

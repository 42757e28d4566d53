//! The worker that looks at pictures, and the modules that it loads.
//!
//! Each program of `vision/worker` becomes a module of its own, so that a page
//! fetches only what it uses; `worker.js` is bundled with the few lines that
//! connect them to the browser. All of it is named by content, and the page
//! learns the name of the worker from a `meta` element.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::{face, put};
use crate::command;
use crate::failure::Failure;
use crate::project::{Project, SIMD_FLAG, WASM_TARGET};
use crate::setup::Toolbox;

/// The modules: the programs of the package, by name.
const MODULES: &[&str] = &["eyes", "reader", "barcode", "face"];

/// Built for speed and not for size, unlike the client: see Cargo.toml.
const PROFILE: &str = "vision";

/// What the first worker loads later.
const STILLS: &str = "stills.js";

/// The workers: their scripts, what they are called in `dist/`, and where the
/// page names them, for `src/web/eyes.rs` and `src/web/faces.rs`.
const SCRIPTS: [(&str, &str, &str); 2] = [
    ("worker.js", "vestibule-vision-worker", "vestibule-worker"),
    ("faces.js", "vestibule-vision-faces", "vestibule-faces"),
];

/// Builds the worker into the folder of the page, and tells the page.
///
/// # Errors
///
/// A tool is missing or fails, or the page is not as expected.
pub(super) fn add(
    project: &Project,
    toolbox: &Toolbox,
    renames: &OsString,
    staging: &Path,
) -> Result<(), Failure> {
    let mut flags = OsString::from(SIMD_FLAG);
    flags.push("\u{1f}");
    flags.push(renames);
    let mut cargo = project.cargo(["build", "--quiet", "--locked", "--offline"]);
    cargo
        .args(["--package", "vestibule-worker", "--bins"])
        .args(["--profile", PROFILE, "--target", WASM_TARGET])
        .env("CARGO_TARGET_DIR", project.target())
        .env("CARGO_ENCODED_RUSTFLAGS", flags);
    command::run(&mut cargo)?;

    let workshop = project.scratch().join("worker");
    if workshop.exists() {
        fs::remove_dir_all(&workshop).map_err(Failure::file("remove", &workshop))?;
    }
    fs::create_dir_all(&workshop).map_err(Failure::file("make", &workshop))?;
    let mut defines = Vec::new();
    for name in MODULES {
        let wasm = module(project, toolbox, &workshop, name)?;
        let address = put(staging, &format!("vestibule-vision-{name}"), "wasm", &wasm)?;
        let constant = name.to_ascii_uppercase();
        defines.push(format!("--define:{constant}_MODULE=\"./{address}\""));
    }
    let weights = face::weights(project, toolbox)?;
    let address = put(staging, "vestibule-vision-face", "bin", &weights)?;
    defines.push(format!("--define:FACE_WEIGHTS=\"./{address}\""));
    put(
        staging,
        "vestibule-vision-face",
        "txt",
        face::NOTICE.as_bytes(),
    )?;

    let script = bundle(project, toolbox, &workshop, STILLS, &defines)?;
    let address = put(staging, "vestibule-vision-stills", "js", &script)?;
    defines.push(format!("--define:STILLS_SCRIPT=\"./{address}\""));

    let page = staging.join("index.html");
    let mut text = fs::read_to_string(&page).map_err(Failure::file("read", &page))?;
    for (source, stem, meta) in SCRIPTS {
        let script = bundle(project, toolbox, &workshop, source, &defines)?;
        let address = put(staging, stem, "js", &script)?;
        text = naming(&text, meta, &address)?;
    }
    fs::write(&page, text).map_err(Failure::file("write", &page))
}

/// One module, connected to the browser and made smaller.
fn module(
    project: &Project,
    toolbox: &Toolbox,
    workshop: &Path,
    name: &str,
) -> Result<Vec<u8>, Failure> {
    let compiled: PathBuf = [WASM_TARGET, PROFILE, &format!("{name}.wasm")]
        .iter()
        .fold(project.target().to_path_buf(), |path, part| path.join(part));
    let mut wasm_bindgen = Command::new(toolbox.program("wasm-bindgen")?);
    wasm_bindgen
        .args(["--target", "web", "--no-typescript"])
        .args(["--out-name", name, "--out-dir"])
        .arg(workshop)
        .arg(compiled);
    command::run(toolbox.equip(&mut wasm_bindgen)?)?;
    let bound = workshop.join(format!("{name}_bg.wasm"));
    let small = workshop.join(format!("{name}_small.wasm"));
    let mut wasm_opt = Command::new(toolbox.program("wasm-opt")?);
    wasm_opt
        .args(["--enable-simd", "--enable-bulk-memory"])
        .args(["--enable-nontrapping-float-to-int", "--enable-sign-ext"])
        .args(["--enable-mutable-globals", "--enable-reference-types"])
        .args(["--low-memory-unused", "-Os"])
        .args(["--strip-debug", "--strip-producers"])
        .arg("--strip-target-features")
        .arg("--output")
        .arg(&small)
        .arg(&bound);
    command::run_quietly(toolbox.equip(&mut wasm_opt)?)?;
    fs::read(&small).map_err(Failure::file("read", &small))
}

/// The script, in one file with the glue that it imports.
fn bundle(
    project: &Project,
    toolbox: &Toolbox,
    workshop: &Path,
    name: &str,
    defines: &[String],
) -> Result<Vec<u8>, Failure> {
    let source = project.root().join("vision/worker").join(name);
    // Next to the glue, so that it can be imported by its name alone.
    let entry = workshop.join(name);
    fs::copy(&source, &entry).map_err(Failure::file("read", &source))?;
    let output = workshop.join("bundled").join(name);
    let mut output_word = OsString::from("--outfile=");
    output_word.push(&output);
    let mut esbuild = Command::new(toolbox.program("esbuild")?);
    esbuild
        .args(["--bundle", "--format=esm", "--minify"])
        .args(["--target=es2022", "--log-level=warning"])
        // What is named by content is loaded by that name.
        .arg("--external:./vestibule-vision-*")
        .args(defines)
        .arg(output_word)
        .arg(&entry);
    command::run_quietly(toolbox.equip(&mut esbuild)?)?;
    fs::read(&output).map_err(Failure::file("read", &output))
}

/// The page with a worker's name in its head.
fn naming(page: &str, meta: &str, address: &str) -> Result<String, Failure> {
    const END: &str = "</head>";
    if !page.contains(END) {
        return Err(Failure::Refused(
            "the page has no end of its head to name the worker at".to_owned(),
        ));
    }
    let meta = format!("<meta content=./{address} name={meta}>{END}");
    Ok(page.replacen(END, &meta, 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_names_the_worker_in_its_head() {
        let page = naming(
            "<title>a</title></head><body></body>",
            "vestibule-worker",
            "worker-0a.js",
        )
        .unwrap();
        assert_eq!(
            page,
            "<title>a</title><meta content=./worker-0a.js name=vestibule-worker></head><body></body>"
        );
        assert!(naming("<title>a</title>", "vestibule-worker", "worker-0a.js").is_err());
    }

    #[test]
    fn a_file_is_named_by_what_is_in_it() {
        let folder = std::env::temp_dir().join(format!("xtask-worker-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        let put = |content: &[u8]| put(&folder, "vestibule-vision-eyes", "wasm", content).unwrap();
        let (one, other) = (put(b"one"), put(b"other"));
        assert_eq!(one, put(b"one"));
        assert_ne!(one, other);
        assert_eq!(fs::read(folder.join(&other)).unwrap(), b"other");
        fs::remove_dir_all(folder).unwrap();
    }
}

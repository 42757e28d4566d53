//! The gallery: a folder with every screen of the client, to be opened from disk.
//!
//! Pages from disk load no modules and fetch nothing, so the program, the texts
//! and the list of screens come in scripts.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::args::{Gallery, View};
use crate::command;
use crate::console;
use crate::dist::files_below;
use crate::failure::Failure;
use crate::journeys;
use crate::project::{Project, WASM_TARGET};
use crate::setup::{self, Toolbox};

/// How the client's page names its style sheets.
const STYLE: &str = "rel=\"css\" href=\"";

/// The verb `gallery`.
///
/// # Errors
///
/// Something is missing, or the build fails.
pub(crate) fn run(project: &Project, wanted: &Gallery) -> Result<(), Failure> {
    if let Some(View { locale, .. }) = &wanted.pictures
        && !project
            .root()
            .join(format!("locales/{locale}.json"))
            .is_file()
    {
        return Err(Failure::Refused(format!("there is no language `{locale}`")));
    }
    let toolbox = setup::for_build(project)?;
    let folder = make(project, &toolbox)?;
    if let Some(view) = &wanted.pictures {
        let View {
            locale,
            scheme,
            size,
        } = view;
        let drawn = folder.join(format!("drawn/{locale}-{scheme}-{size}"));
        console::heading("Drawing every screen");
        let asked: [(&str, &OsStr); 4] = [
            ("VESTIBULE_PICTURES_IN", drawn.as_ref()),
            ("VESTIBULE_PICTURES_LOCALE", locale.as_ref()),
            ("VESTIBULE_PICTURES_SCHEME", scheme.as_ref()),
            ("VESTIBULE_PICTURES_SIZE", size.as_ref()),
        ];
        draw(
            project,
            &toolbox,
            &folder,
            "every_screen_can_be_drawn",
            &asked,
        )?;
        console::say(&format!("Pictures: {}", drawn.display()));
    }
    if wanted.accepts {
        console::heading("Drawing the screens that are compared");
        let accept = [("VESTIBULE_ACCEPT", OsStr::new("1"))];
        draw(
            project,
            &toolbox,
            &folder,
            "screens_look_as_before",
            &accept,
        )?;
        console::say("Look at what changed in gallery/baselines before you commit it");
    }
    console::say(&format!("Gallery: {}", folder.join("index.html").display()));
    Ok(())
}

/// Has the journeys that show the gallery in a browser draw it.
fn draw(
    project: &Project,
    toolbox: &Toolbox,
    gallery: &Path,
    tests: &str,
    variables: &[(&str, &OsStr)],
) -> Result<(), Failure> {
    let browser = setup::for_browser()?;
    setup::node_packages(&project.root().join("sandbox/tests/fonts"), toolbox)?;
    let mut cargo = journeys::command(project, toolbox, &browser, gallery)?;
    cargo.args(["--", tests]).envs(variables.iter().copied());
    command::run(&mut cargo)
}

/// Makes the folder with tools that are known to be there.
///
/// # Errors
///
/// The build fails, or something can't be read or written.
pub(crate) fn make(project: &Project, toolbox: &Toolbox) -> Result<PathBuf, Failure> {
    console::heading("Building the gallery: every screen, for the preview of colours");
    command::run(&mut project.cargo([
        "build",
        "--locked",
        "--package",
        "vestibule-gallery",
        "--target",
        WASM_TARGET,
    ]))?;
    let workshop = project.scratch().join("gallery");
    let mut wasm_bindgen = Command::new(toolbox.program("wasm-bindgen")?);
    wasm_bindgen
        .args(["--target", "no-modules", "--no-typescript"])
        .args(["--remove-name-section", "--remove-producers-section"])
        .args(["--out-name", "gallery", "--out-dir"])
        .arg(&workshop)
        .arg(
            project
                .target()
                .join(WASM_TARGET)
                .join("debug/gallery.wasm"),
        );
    command::run(toolbox.equip(&mut wasm_bindgen)?)?;

    let folder = project.gallery();
    fs::create_dir_all(&folder).map_err(Failure::file("make", &folder))?;
    let page = project.root().join("gallery/page");
    for name in ["index.html", "screen.html", "gallery.css", "gallery.js"] {
        write(&folder.join(name), &read(&page.join(name))?)?;
    }
    let pictures = page.join("pictures");
    let copies = folder.join("pictures");
    fs::create_dir_all(&copies).map_err(Failure::file("make", &copies))?;
    for name in files_below(&pictures)? {
        write(&copies.join(&name), &read(&pictures.join(&name))?)?;
    }
    let client = read(&project.root().join("index.html"))?;
    let mut style = String::new();
    for named in client.split(STYLE).skip(1) {
        let path = named.split('"').next().unwrap_or_default();
        style += &read(&project.root().join(path))?;
    }
    write(&folder.join("style.css"), &style)?;
    write(
        &folder.join("glue.js"),
        &read(&workshop.join("gallery.js"))?,
    )?;
    let bound = workshop.join("gallery_bg.wasm");
    let module = fs::read(&bound).map_err(Failure::file("read", &bound))?;
    write(&folder.join("module.js"), &module_script(&module))?;
    write(&folder.join("locales.js"), &locales_script(project)?)?;
    let mut list = project.cargo([
        "run",
        "--quiet",
        "--locked",
        "--package",
        "vestibule-gallery",
    ]);
    write(&folder.join("entries.js"), &command::output(&mut list)?)?;
    Ok(folder)
}

/// Starts the program once the page is there.
fn module_script(module: &[u8]) -> String {
    // A plain loop: the preview starts many at once.
    let start = "const bytes = new Uint8Array(text.length); \
         for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i); \
         wasm_bindgen({ module_or_path: bytes })";
    format!(
        "addEventListener(\"DOMContentLoaded\", () => {{ const text = atob(\"{}\"); {start}; }});\n",
        base64(module)
    )
}

/// The locale files, each as a text under its tag.
fn locales_script(project: &Project) -> Result<String, Failure> {
    let folder = project.root().join("locales");
    let mut script = String::from("window.vestibuleLocales = {\n");
    for entry in fs::read_dir(&folder).map_err(Failure::file("read", &folder))? {
        let path = entry.map_err(Failure::file("read", &folder))?.path();
        let tag = path.file_stem().unwrap_or_default().to_string_lossy();
        // JSON is JavaScript, so it can stand there as it is. One language is shown
        // of many, so each is read only when it is asked for.
        script += &format!(
            "get \"{tag}\"() {{ return JSON.stringify({}); }},\n",
            read(&path)?.trim()
        );
    }
    script += "};\n";
    Ok(script)
}

fn read(path: &Path) -> Result<String, Failure> {
    fs::read_to_string(path).map_err(Failure::file("read", path))
}

fn write(path: &Path, text: &str) -> Result<(), Failure> {
    fs::write(path, text).map_err(Failure::file("write", path))
}

/// RFC 4648 §4.
fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for three in bytes.chunks(3) {
        let byte = |index: usize| u32::from(three.get(index).copied().unwrap_or(0));
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for place in 0..4 {
            let letter = LETTERS[(bits >> (18 - 6 * place) & 63) as usize];
            text.push(if place <= three.len() {
                char::from(letter)
            } else {
                '='
            });
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 4648 §10.
    #[test]
    fn bytes_are_written_as_the_standard_says() {
        for (bytes, text) in [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("foob", "Zm9vYg=="),
            ("fooba", "Zm9vYmE="),
            ("foobar", "Zm9vYmFy"),
        ] {
            assert_eq!(base64(bytes.as_bytes()), text);
        }
    }
}

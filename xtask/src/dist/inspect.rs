//! What must be true of a build before anybody serves it.

use std::fs;
use std::path::{Path, PathBuf};

use super::publish::files_below;
use crate::failure::Failure;

/// Bytes of the main module before and after `wasm-opt`.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Saved {
    /// As wasm-bindgen wrote it.
    pub(super) before: u64,
    /// As it is shipped.
    pub(super) after: u64,
}

/// Compares the shipped module with what wasm-bindgen wrote.
///
/// # Errors
///
/// There is no module, or it has not become smaller: `wasm-opt` did not run.
pub(super) fn module_was_optimised(staging: &Path, bound: &Path) -> Result<Saved, Failure> {
    let name = files_below(staging)?
        .into_iter()
        .find(|name| name.starts_with("vestibule-") && name.ends_with("_bg.wasm"))
        .ok_or_else(|| {
            Failure::Refused("the build has no module; does index.html link it?".to_owned())
        })?;
    let shipped = staging.join(name);
    let len = |path: &Path| {
        fs::metadata(path)
            .map(|meta| meta.len())
            .map_err(Failure::file("read", path))
    };
    let saved = Saved {
        before: len(bound)?,
        after: len(&shipped)?,
    };
    if saved.after >= saved.before {
        return Err(Failure::Refused(format!(
            "wasm-opt did not make the module smaller ({} -> {} bytes); index.html must ask for it with data-wasm-opt=\"z\"",
            saved.before, saved.after
        )));
    }
    Ok(saved)
}

/// Refuses a build that names folders of the machine it was made on.
///
/// # Errors
///
/// A file names one, or cannot be read.
pub(super) fn no_private_paths(staging: &Path, folders: &[PathBuf]) -> Result<(), Failure> {
    for name in files_below(staging)? {
        let path = staging.join(&name);
        let bytes = fs::read(&path).map_err(Failure::file("read", &path))?;
        if let Some(folder) = folders
            .iter()
            .find(|folder| names_folder(&bytes, &folder.to_string_lossy()))
        {
            return Err(Failure::Refused(format!(
                "{name} names the folder {} of this machine",
                folder.display()
            )));
        }
    }
    Ok(())
}

/// Whether the folder's name with a separator after it is among the bytes.
fn names_folder(bytes: &[u8], folder: &str) -> bool {
    let mut needle = folder.trim_end_matches('/').as_bytes().to_vec();
    if needle.is_empty() {
        return false;
    }
    needle.push(b'/');
    bytes.windows(needle.len()).any(|window| window == needle)
}

/// Refuses a page that its own content security policy would break.
///
/// # Errors
///
/// The page has an inline script, handler or style, or cannot be read.
pub(super) fn page_obeys_policy(staging: &Path) -> Result<(), Failure> {
    let path = staging.join("index.html");
    let page = fs::read_to_string(&path).map_err(Failure::file("read", &path))?;
    match inline_code(&page) {
        None => Ok(()),
        Some(what) => Err(Failure::Refused(format!(
            "the page has {what}, which its content security policy ('self' only) forbids"
        ))),
    }
}

/// Refuses style sheets that the minifier gave up on: it leaves what it cannot
/// read as it is, and a browser may not read it either.
///
/// # Errors
///
/// A style sheet still has line breaks after `{`, or cannot be read.
pub(super) fn styles_were_minified(staging: &Path) -> Result<(), Failure> {
    for name in files_below(staging)? {
        if !name.ends_with(".css") {
            continue;
        }
        let path = staging.join(&name);
        let text = fs::read_to_string(&path).map_err(Failure::file("read", &path))?;
        if text.contains("{\n") {
            return Err(Failure::Refused(format!(
                "{name} was not minified; Trunk's minifier (lightningcss) could not read it"
            )));
        }
    }
    Ok(())
}

/// The first thing in the page that would need `'unsafe-inline'`.
fn inline_code(page: &str) -> Option<&'static str> {
    let page = page.to_ascii_lowercase();
    for after in page.split("<script").skip(1) {
        let Some((tag, rest)) = after.split_once('>') else {
            return Some("a script tag that does not end");
        };
        let has_source = tag
            .split_whitespace()
            .any(|attribute| attribute.starts_with("src="));
        let body = rest.split("</script").next().unwrap_or_default();
        if !has_source || !body.trim().is_empty() {
            return Some("an inline script");
        }
    }
    for after in page.split('<').skip(1) {
        let tag = after.split('>').next().unwrap_or_default();
        let has_handler = tag
            .split_whitespace()
            .skip(1)
            .any(|attribute| attribute.starts_with("on") && attribute.split_once('=').is_some());
        if has_handler {
            return Some("an inline event handler");
        }
        let has_style = tag
            .split_whitespace()
            .any(|word| word == "style" || word.starts_with("style="));
        if has_style {
            return Some("an inline style");
        }
        if tag.contains("javascript:") {
            return Some("a javascript: address");
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_with_external_scripts_only_is_accepted() {
        assert_eq!(
            inline_code(
                "<!doctype html><script src=./boot-1.js type=module></script>\
                 <script defer nomodule src=\"./old-1.js\"></script><link rel=stylesheet href=style.css><p data-on=1>on = off</p>"
            ),
            None
        );
    }

    #[test]
    fn everything_that_needs_unsafe_inline_is_found() {
        for (page, what) in [
            ("<script type=module>init()</script>", "an inline script"),
            ("<SCRIPT>init()</SCRIPT>", "an inline script"),
            ("<script src=a.js>init()</script>", "an inline script"),
            ("<button onclick=\"go()\">", "an inline event handler"),
            ("<a href=\"javascript:go()\">", "a javascript: address"),
            ("<style>a{}</style>", "an inline style"),
            ("<p style=\"margin:0\">", "an inline style"),
            ("<script src=a.js", "a script tag that does not end"),
        ] {
            assert_eq!(inline_code(page), Some(what), "{page}");
        }
    }

    #[test]
    fn a_folder_is_found_inside_binary_bytes() {
        let bytes = b"\0asm\x01src/main.rs\0/home/a/code/src/main.rs\0";
        assert!(names_folder(bytes, "/home/a"));
        assert!(!names_folder(bytes, "/home/ab"));
        assert!(!names_folder(bytes, "/home/a/code/src/main.rs"));
        assert!(!names_folder(bytes, "/"));
    }

    #[test]
    fn a_style_sheet_that_was_left_as_written_is_refused() {
        let folder = std::env::temp_dir().join(format!("xtask-styles-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join("a.css"), "a{margin:0}").unwrap();
        let minified = styles_were_minified(&folder);
        fs::write(folder.join("b.css"), "b {\n  margin: 0;\n}\n").unwrap();
        let as_written = styles_were_minified(&folder);
        fs::remove_dir_all(&folder).unwrap();
        assert!(minified.is_ok());
        assert!(as_written.unwrap_err().to_string().contains("b.css"));
    }

    #[test]
    fn a_module_that_did_not_shrink_is_refused() {
        let folder = std::env::temp_dir().join(format!("xtask-inspect-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        let bound = folder.join("bound.wasm");
        let shipped = folder.join("vestibule-0123_bg.wasm");
        fs::write(&bound, [0; 100]).unwrap();
        assert!(module_was_optimised(&folder, &bound).is_err());
        fs::write(&shipped, [0; 60]).unwrap();
        let smaller = module_was_optimised(&folder, &bound).unwrap();
        fs::write(&shipped, [0; 100]).unwrap();
        let same = module_was_optimised(&folder, &bound);
        fs::remove_dir_all(&folder).unwrap();
        assert_eq!(
            smaller,
            Saved {
                before: 100,
                after: 60
            }
        );
        assert!(same.is_err());
    }
}

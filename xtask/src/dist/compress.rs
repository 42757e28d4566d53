//! Compressed twins: `name.br` and `name.gz` beside `name`.
//!
//! Made once here, at the highest effort, so that a server only has to pick
//! one. The same bytes give the same twins on every machine.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use brotli::enc::BrotliEncoderParams;
use flate2::{Compression, GzBuilder};

use super::publish::files_below;
use crate::failure::Failure;

/// What does not get smaller is not tried: pictures and fonts are compressed.
const COMPRESSIBLE: &[&str] = &[
    "bin",
    "css",
    "html",
    "js",
    "json",
    "map",
    "mjs",
    "svg",
    "txt",
    "wasm",
    "webmanifest",
    "xml",
];

/// Whether a file is the compressed form of another.
pub(crate) fn is_twin(path: &Path) -> bool {
    path.extension()
        .is_some_and(|ending| ending == "br" || ending == "gz")
}

/// The length after brotli at quality 11, the unit of the budgets.
pub(crate) fn brotli_len(bytes: &[u8]) -> u64 {
    brotli(bytes).len() as u64
}

/// Writes the twins of every file that gets smaller by them.
///
/// # Errors
///
/// A file cannot be read or written.
pub(super) fn write_twins(folder: &Path) -> Result<(), Failure> {
    for name in files_below(folder)? {
        let path = folder.join(&name);
        let is_compressible = path
            .extension()
            .and_then(|ending| ending.to_str())
            .is_some_and(|ending| COMPRESSIBLE.contains(&ending));
        if !is_compressible {
            continue;
        }
        let bytes = fs::read(&path).map_err(Failure::file("read", &path))?;
        for (ending, packed) in [("br", brotli(&bytes)), ("gz", gzip(&bytes)?)] {
            if packed.len() < bytes.len() {
                let twin = with_ending(&path, ending);
                fs::write(&twin, packed).map_err(Failure::file("write", &twin))?;
            }
        }
    }
    Ok(())
}

fn with_ending(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".");
    name.push(ending);
    PathBuf::from(name)
}

fn brotli(bytes: &[u8]) -> Vec<u8> {
    let parameters = BrotliEncoderParams {
        quality: 11,
        lgwin: 22,
        size_hint: bytes.len(),
        ..BrotliEncoderParams::default()
    };
    let mut packed = Vec::new();
    let mut reader = bytes;
    match brotli::BrotliCompress(&mut reader, &mut packed, &parameters) {
        Ok(_) => packed,
        // Cannot happen from memory to memory; unpacked bytes are the safe
        // answer, since a twin is only kept when it is smaller.
        Err(_) => bytes.to_vec(),
    }
}

fn gzip(bytes: &[u8]) -> Result<Vec<u8>, Failure> {
    // No name and no time: the same bytes must give the same twin.
    let mut encoder = GzBuilder::new().write(Vec::new(), Compression::best());
    encoder
        .write_all(bytes)
        .and_then(|()| encoder.finish())
        .map_err(Failure::file("compress", Path::new("a file for its twin")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Read as _;

    fn text() -> Vec<u8> {
        "one line that repeats\n".repeat(500).into_bytes()
    }

    #[test]
    fn both_forms_give_back_the_very_bytes() {
        let mut unpacked = Vec::new();
        brotli::BrotliDecompress(&mut brotli(&text()).as_slice(), &mut unpacked).unwrap();
        assert_eq!(unpacked, text());

        let mut unpacked = Vec::new();
        flate2::read::GzDecoder::new(gzip(&text()).unwrap().as_slice())
            .read_to_end(&mut unpacked)
            .unwrap();
        assert_eq!(unpacked, text());
    }

    #[test]
    fn packing_twice_gives_the_same_bytes() {
        assert_eq!(brotli(&text()), brotli(&text()));
        assert_eq!(gzip(&text()).unwrap(), gzip(&text()).unwrap());
    }

    #[test]
    fn twins_are_written_only_where_they_are_smaller() {
        let folder = std::env::temp_dir().join(format!("xtask-twins-{}", std::process::id()));
        fs::create_dir_all(folder.join("locales")).unwrap();
        fs::write(folder.join("page.html"), text()).unwrap();
        fs::write(folder.join("locales/de.json"), text()).unwrap();
        fs::write(folder.join("tiny.js"), "a").unwrap();
        fs::write(folder.join("photo.jpg"), text()).unwrap();
        write_twins(&folder).unwrap();
        let names = files_below(&folder).unwrap();
        fs::remove_dir_all(&folder).unwrap();
        assert_eq!(
            names,
            [
                "locales/de.json",
                "locales/de.json.br",
                "locales/de.json.gz",
                "page.html",
                "page.html.br",
                "page.html.gz",
                "photo.jpg",
                "tiny.js",
            ]
        );
    }

    #[test]
    fn a_twin_is_known_by_its_ending() {
        assert!(is_twin(Path::new("a.js.br")));
        assert!(is_twin(Path::new("a.js.gz")));
        assert!(!is_twin(Path::new("a.js")));
    }
}

//! Divides the English texts between the two modules of a release build.
//!
//! The first module has the texts that it needs; the second has all others
//! (`src/domain/i18n/early.rs` says which are which).

use std::collections::BTreeMap;
use std::error::Error;
use std::path::Path;
use std::{env, fs};

#[path = "src/domain/i18n/early.rs"]
mod early;

const ENGLISH: &str = "locales/en-GB.json";

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed={ENGLISH}");
    println!("cargo::rerun-if-changed=src/domain/i18n/early.rs");
    let texts: BTreeMap<String, String> = serde_json::from_str(&fs::read_to_string(ENGLISH)?)?;
    let (early, later): (BTreeMap<_, _>, BTreeMap<_, _>) =
        texts.into_iter().partition(|(key, _)| early::is_early(key));
    let out = env::var_os("OUT_DIR").ok_or("cargo names no folder for what is made")?;
    for (name, texts) in [("early.json", early), ("later.json", later)] {
        fs::write(Path::new(&out).join(name), serde_json::to_string(&texts)?)?;
    }
    Ok(())
}

//! Divides the English texts between the three modules of a release build.
//!
//! Each module has its own texts only (`src/domain/i18n/groups.rs` says which
//! are whose), and has them without JSON: line by line in the order of the
//! texts, so that no key stands between the words. `src/domain/i18n/embedded.rs`
//! reads what is written here.

use std::collections::BTreeMap;
use std::error::Error;
use std::path::Path;
use std::{env, fs};

use groups::{Group, group_of};

#[path = "src/domain/i18n/groups.rs"]
mod groups;
#[path = "src/domain/i18n/text.rs"]
pub mod text;

const ENGLISH: &str = "locales/en-GB.json";
/// CLDR's plural categories, after none; as in `catalogue.rs`.
const CATEGORIES: [&str; 7] = ["", "zero", "one", "two", "few", "many", "other"];

fn main() -> Result<(), Box<dyn Error>> {
    for input in [
        ENGLISH,
        "src/domain/i18n/groups.rs",
        "src/domain/i18n/text.rs",
    ] {
        println!("cargo::rerun-if-changed={input}");
    }
    let texts: BTreeMap<String, String> = serde_json::from_str(&fs::read_to_string(ENGLISH)?)?;
    let out = env::var_os("OUT_DIR").ok_or("cargo names no folder for what is made")?;
    for (name, group) in [
        ("early", Group::Early),
        ("capture", Group::Capture),
        ("rest", Group::Rest),
    ] {
        let (mut keys, mut words) = (String::new(), String::new());
        for key in text::Text::KEYS {
            if group_of(key) == group {
                keys.push_str(key);
                words.push_str(&forms(&texts, key)?);
            }
            keys.push('\n');
            words.push('\n');
        }
        fs::write(Path::new(&out).join(format!("{name}.keys")), keys)?;
        fs::write(Path::new(&out).join(format!("{name}.words")), words)?;
    }
    Ok(())
}

/// The forms of a text, each behind the number of its plural category, with a
/// tab between them.
fn forms(texts: &BTreeMap<String, String>, key: &str) -> Result<String, String> {
    let mut forms = Vec::new();
    for (number, category) in CATEGORIES.iter().enumerate() {
        let entry = match *category {
            "" => key.to_owned(),
            category => format!("{key}[{category}]"),
        };
        if let Some(words) = texts.get(&entry) {
            if words.contains(['\t', '\n']) {
                return Err(format!("{entry} in {ENGLISH} has a tab or a line break"));
            }
            forms.push(format!("{number}{words}"));
        }
    }
    Ok(forms.join("\t"))
}

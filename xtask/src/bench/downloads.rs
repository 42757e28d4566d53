//! How much each contestant has the browser fetch, after brotli.
//!
//! Quality 11 takes half a minute for the largest of them, so the result is kept.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Map, Value};

use crate::dist::brotli_len;
use crate::failure::Failure;

/// The brotli bytes of every contestant.
///
/// # Errors
///
/// A file cannot be read, or the kept results not written.
pub(super) fn measured(
    downloads: &BTreeMap<String, BTreeSet<PathBuf>>,
    kept_at: &Path,
) -> Result<Value, Failure> {
    let kept = fs::read_to_string(kept_at).unwrap_or_default();
    let mut kept: Map<String, Value> = serde_json::from_str(&kept).unwrap_or_default();
    let mut sums = Map::new();
    for (contestant, files) in downloads {
        if contestant.is_empty() {
            continue;
        }
        let mut sum = 0;
        for file in files {
            let bytes = fs::read(file).map_err(Failure::file("read", file))?;
            let key = format!("{} {}", file.display(), bytes.len());
            let known = kept.get(&key).and_then(Value::as_u64);
            let length = known.unwrap_or_else(|| brotli_len(&bytes));
            kept.insert(key, length.into());
            sum += length;
        }
        sums.insert(contestant.clone(), sum.into());
    }
    let text = Value::Object(kept).to_string();
    fs::write(kept_at, text).map_err(Failure::file("write", kept_at))?;
    Ok(Value::Object(sums))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_summed_by_contestant_and_what_nobody_fetched_is_left_out() {
        let folder = std::env::temp_dir().join(format!("xtask-bytes-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        let file = folder.join("a.js");
        fs::write(&file, "a".repeat(10_000)).unwrap();
        let of = |name: &str| (name.to_owned(), BTreeSet::from([file.clone()]));
        let downloads = BTreeMap::from([of("ours"), of("")]);
        let kept = folder.join("kept.json");
        let first = measured(&downloads, &kept).unwrap();
        let second = measured(&downloads, &kept).unwrap();
        fs::remove_dir_all(&folder).unwrap();
        assert!(first["ours"].as_u64().is_some_and(|bytes| bytes < 100));
        assert_eq!(first.as_object().map(Map::len), Some(1));
        assert_eq!(first, second);
    }
}

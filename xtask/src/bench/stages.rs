//! The stages of the analysis, measured natively by Criterion.
//!
//! Natively, so that a change in one stage is seen without a browser; the
//! figures say how stages compare, not how fast a telephone is.

use std::fs;
use std::path::Path;

use serde_json::{Map, Value};

use crate::command;
use crate::console;
use crate::failure::Failure;
use crate::project::Project;

/// Runs the benches and reads what Criterion has written: nanoseconds by stage.
///
/// # Errors
///
/// They do not build, or fail.
pub(super) fn measure(project: &Project, is_quick: bool) -> Result<Value, Failure> {
    console::heading("Measuring the stages natively (first time: some minutes)");
    let seconds = if is_quick { "0.5" } else { "2" };
    let mut cargo = project.cargo(["bench", "--locked", "--package", "vestibule-vision"]);
    cargo.args(["--bench", "stages", "--", "--noplot"]);
    cargo.args(["--warm-up-time", "0.5", "--measurement-time", seconds]);
    command::run(&mut cargo)?;
    read(&project.target().join("criterion"))
}

fn read(folder: &Path) -> Result<Value, Failure> {
    let mut stages = Map::new();
    for entry in fs::read_dir(folder).map_err(Failure::file("read", folder))? {
        let path = entry.map_err(Failure::file("read", folder))?.path();
        let name = path.file_name().map(|it| it.to_string_lossy().into_owned());
        let estimates = path.join("new").join("estimates.json");
        if let (Some(name), Ok(text)) = (name, fs::read_to_string(estimates)) {
            let estimates: Value = serde_json::from_str(&text).unwrap_or_default();
            stages.insert(name, estimates["median"]["point_estimate"].clone());
        }
    }
    Ok(Value::Object(stages))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn medians_are_read_from_the_folder_that_criterion_writes() {
        let folder = std::env::temp_dir().join(format!("xtask-stages-{}", std::process::id()));
        let new = folder.join("judge").join("new");
        fs::create_dir_all(&new).unwrap();
        let text = r#"{"median":{"point_estimate":1234.5}}"#;
        fs::write(new.join("estimates.json"), text).unwrap();
        fs::create_dir_all(folder.join("report")).unwrap();
        let stages = read(&folder).unwrap();
        fs::remove_dir_all(&folder).unwrap();
        assert_eq!(stages, serde_json::json!({ "judge": 1234.5 }));
    }
}

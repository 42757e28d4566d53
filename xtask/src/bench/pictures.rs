//! Has the test pictures drawn, and makes the page's plan of them.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use crate::args::Bench;
use crate::command;
use crate::console;
use crate::failure::Failure;
use crate::project::Project;
use crate::setup;

/// How many pictures each set has.
struct Counts {
    composites: usize,
    empty: usize,
    clips: usize,
    zones: usize,
    codes: usize,
    still_rounds: usize,
}

const ALL: Counts = Counts {
    composites: 500,
    empty: 100,
    clips: 20,
    zones: 30,
    codes: 24,
    still_rounds: 9,
};
const FEW: Counts = Counts {
    composites: 60,
    empty: 20,
    clips: 4,
    zones: 10,
    codes: 12,
    still_rounds: 3,
};

/// The pictures and what the page is to do with them.
pub(super) struct Pictures {
    pub(super) folder: PathBuf,
    pub(super) plan: Value,
}

/// Draws what the sets need, unless it is there from the last run.
///
/// # Errors
///
/// The program that draws does not build or fails, or the labels of the
/// pictures from elsewhere cannot be read.
pub(super) fn draw(project: &Project, wanted: &Bench, sets: &[&str]) -> Result<Pictures, Failure> {
    let counts = if wanted.is_quick { FEW } else { ALL };
    let of = |set: &str, count: usize| if sets.contains(&set) { count } else { 0 };
    let folder = project.target().join("bench").join("pictures");
    console::heading("Drawing the test pictures (about a minute)");
    command::run(&mut project.cargo(["build", "--locked", "--package", "vestibule-scenes"]))?;

    let mut options = Vec::new();
    for (option, count) in [
        ("--composites", of("corners", counts.composites)),
        ("--empty", of("corners", counts.empty)),
        ("--clips", of("clips", counts.clips)),
        ("--zones", of("mrz", counts.zones)),
    ] {
        options.extend([option.to_owned(), count.to_string()]);
    }
    if of("stills", 1) == 1 {
        options.push("--still".to_owned());
    }
    if of("mrz", 1) == 1 {
        let font = setup::font_of_zones()?;
        options.extend(["--font".to_owned(), font.display().to_string()]);
    }
    let program = project
        .target()
        .join("debug")
        .join(format!("vestibule-scenes{}", std::env::consts::EXE_SUFFIX));
    let stamp = stamp_of(&program, &options)?;
    let stamp_path = folder.join("drawn-by.txt");
    if fs::read_to_string(&stamp_path).is_ok_and(|last| last == stamp) {
        console::progress("they are there from the last run");
    } else {
        if folder.exists() {
            fs::remove_dir_all(&folder).map_err(Failure::file("remove", &folder))?;
        }
        command::run(
            std::process::Command::new(&program)
                .arg(&folder)
                .args(&options),
        )?;
        fs::write(&stamp_path, stamp).map_err(Failure::file("write", &stamp_path))?;
    }

    let manifest = read_json(&folder.join("manifest.json"))?;
    let mut plan = plan_of(&manifest);
    plan["codes"] = json!(of("pdf417", counts.codes));
    plan["still_rounds"] = json!(counts.still_rounds);
    plan["external"] = match &wanted.pictures {
        Some(from) => external(&read_json(&from.join("corners.json"))?)?,
        None => json!([]),
    };
    Ok(Pictures { folder, plan })
}

/// Changes when the program or what it is asked for does.
fn stamp_of(program: &Path, options: &[String]) -> Result<String, Failure> {
    let read = Failure::file("read", program);
    let changed = fs::metadata(program)
        .and_then(|about| about.modified())
        .map_err(read)?;
    Ok(format!("{changed:?} {}", options.join(" ")))
}

fn read_json(path: &Path) -> Result<Value, Failure> {
    let text = fs::read_to_string(path).map_err(Failure::file("read", path))?;
    serde_json::from_str(&text)
        .map_err(|error| Failure::Refused(format!("{} is not JSON: {error}", path.display())))
}

/// The manifest with addresses, and each picture with the set that it is in.
fn plan_of(manifest: &Value) -> Value {
    let with_address = |picture: &Value, set: &str| {
        let mut picture = picture.clone();
        let file = picture["file"].as_str().unwrap_or_default().to_owned();
        picture["url"] = json!(format!("/pictures/{file}"));
        picture["set"] = json!(set);
        picture
    };
    let all = |set: &str| -> Vec<Value> {
        let pictures = manifest[set].as_array().into_iter().flatten();
        pictures.map(|picture| with_address(picture, set)).collect()
    };
    let clips: Vec<Value> = all("clips")
        .into_iter()
        .map(|mut clip| {
            let frames = clip["frames"].as_array().into_iter().flatten();
            let frames: Vec<Value> = frames.map(|it| with_address(it, "frames")).collect();
            clip["frames"] = json!(frames);
            clip
        })
        .collect();
    let still = &manifest["still"];
    let reference = still["reference"].as_str().unwrap_or_default();
    json!({
        "composites": all("composites"),
        "empty": all("empty"),
        "zones": all("zones"),
        "clips": clips,
        "still": {
            "url": with_address(still, "still")["url"],
            "reference_url": format!("/pictures/{reference}"),
        },
    })
}

/// Pictures from elsewhere: an object from file names to four corners or null.
fn external(labels: &Value) -> Result<Value, Failure> {
    let Some(labels) = labels.as_object() else {
        return Err(Failure::Refused(
            "corners.json must be an object from file names to four corners or null".to_owned(),
        ));
    };
    let mut pictures = Vec::new();
    for (file, corners) in labels {
        let is_quad = corners.as_array().is_some_and(|all| {
            let is_corner = |corner: &Value| {
                corner
                    .as_array()
                    .is_some_and(|xy| xy.len() == 2 && xy.iter().all(Value::is_number))
            };
            all.len() == 4 && all.iter().all(is_corner)
        });
        if !corners.is_null() && !is_quad {
            return Err(Failure::Refused(format!(
                "corners.json: {file} must have four corners [x, y], or null"
            )));
        }
        pictures.push(json!({
            "file": file,
            "url": format!("/external/{file}"),
            "set": "external",
            "corners": corners,
            "tags": [],
        }));
    }
    Ok(json!(pictures))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pictures_get_an_address_and_the_name_of_their_set() {
        let manifest = json!({
            "composites": [{ "file": "a.jpg", "corners": null }],
            "clips": [{ "story": "good", "frames": [{ "file": "c.jpg" }] }],
            "still": { "file": "s.jpg", "reference": "r.png" },
        });
        let plan = plan_of(&manifest);
        assert_eq!(plan["composites"][0]["url"], "/pictures/a.jpg");
        assert_eq!(plan["composites"][0]["set"], "composites");
        assert_eq!(plan["clips"][0]["frames"][0]["url"], "/pictures/c.jpg");
        assert_eq!(plan["still"]["reference_url"], "/pictures/r.png");
        assert_eq!(plan["empty"], json!([]));
    }

    #[test]
    fn labels_from_elsewhere_are_four_corners_or_null() {
        let corners = json!([[1, 2], [3, 2], [3, 4], [1, 4]]);
        let pictures = external(&json!({ "a.jpg": corners, "b.jpg": null })).unwrap();
        assert_eq!(pictures[0]["url"], "/external/a.jpg");
        assert!(pictures[1]["corners"].is_null());
        assert!(external(&json!({ "a.jpg": [[1, 2]] })).is_err());
        assert!(external(&json!({ "a.jpg": [[1], [2], [3], [4]] })).is_err());
        assert!(external(&json!([])).is_err());
    }
}

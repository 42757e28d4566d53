//! The verb `size`: every byte against its budget.
//!
//! Which file belongs to which moment is decided in one place, [`RULES`]; a file
//! that no rule knows is an error, so that nothing slips in uncounted. Brotli is
//! measured here and not read from the twins of `dist/`.

use std::fs;
use std::path::Path;

use serde_json::{Value, json};

use crate::console::{self, thousands};
use crate::dist;
use crate::failure::Failure;
use crate::project::Project;

/// When a file is needed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Moment {
    /// Before the first working control, in the embedded language.
    FirstScreen,
    /// After that, before the camera works with automatic capture.
    CameraReady,
    /// In neither case.
    Otherwise,
}

/// Name pattern (`*` is anything), moment, reason. The first that fits decides.
const RULES: &[(&str, Moment, &str)] = &[
    ("index.html", Moment::FirstScreen, "the page"),
    ("boot-*.js", Moment::FirstScreen, "starts the client"),
    (
        "unsupported-*.js",
        Moment::Otherwise,
        "only browsers without modules fetch it",
    ),
    (
        "vestibule-vision-stills-*",
        Moment::Otherwise,
        "prepares and reads pictures in the worker, fetched behind the first look",
    ),
    (
        "vestibule-vision-reader-*",
        Moment::Otherwise,
        "reads machine-readable zones, fetched behind the first look",
    ),
    (
        "vestibule-vision-barcode-*",
        Moment::Otherwise,
        "reads the backs of driving licences, fetched with the first of them",
    ),
    (
        "vestibule-vision-face*",
        Moment::Otherwise,
        "looks for a face, fetched when one is to be photographed",
    ),
    (
        "vestibule-vision*",
        Moment::CameraReady,
        "looks at the preview in a worker, loaded while the guidance is read",
    ),
    (
        "vestibule-*-capture.wasm",
        Moment::CameraReady,
        "what identity documents need, loaded while the start screen is being read",
    ),
    (
        "vestibule-*-shared.wasm",
        Moment::CameraReady,
        "what identity documents need and the rest builds on, loaded with the above",
    ),
    (
        "vestibule-*-rest.wasm",
        Moment::Otherwise,
        "what other tasks need, loaded behind the first picture or before the first such task",
    ),
    (
        "vestibule-*-link.js",
        Moment::FirstScreen,
        "imported by the glue, loads the modules above",
    ),
    ("vestibule-*.js", Moment::FirstScreen, "the client's glue"),
    ("vestibule-*_bg.wasm", Moment::FirstScreen, "the client"),
    ("snippets/*", Moment::FirstScreen, "imported by the glue"),
    ("*.css", Moment::FirstScreen, "linked by the page"),
    ("mark-*.svg", Moment::FirstScreen, "the page's icon"),
    (
        "locales/*.json",
        Moment::Otherwise,
        "fetched when that language is chosen; English is embedded",
    ),
];

/// Brotli bytes that must not be exceeded, and those that we want.
struct Budget {
    name: &'static str,
    must_bytes: u64,
    want_bytes: u64,
}

const FIRST_SCREEN: Budget = Budget {
    name: "first screen",
    must_bytes: 120_000,
    want_bytes: 100_000,
};
const CAMERA_READY: Budget = Budget {
    name: "camera ready",
    must_bytes: 250_000,
    want_bytes: 200_000,
};

/// Bytes as they are and as they travel.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Bytes {
    raw: u64,
    brotli: u64,
}

impl Bytes {
    fn plus(self, other: Self) -> Self {
        Self {
            raw: self.raw + other.raw,
            brotli: self.brotli + other.brotli,
        }
    }

    fn json(self) -> Value {
        json!({ "raw": self.raw, "brotli": self.brotli })
    }
}

#[derive(Debug)]
struct File {
    name: String,
    bytes: Bytes,
    moment: Moment,
    reason: &'static str,
}

#[derive(Debug)]
struct Report {
    files: Vec<File>,
}

/// The verb.
///
/// # Errors
///
/// A file is unknown, or a budget is exceeded.
pub(crate) fn run(project: &Project) -> Result<(), Failure> {
    dist::ensure_there(project)?;
    let report = measure(&project.dist())?;
    let path = project.root().join("target").join("size.json");
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(Failure::file("make", folder))?;
    }
    fs::write(&path, format!("{:#}\n", report.json())).map_err(Failure::file("write", &path))?;
    console::say(&report.table());
    report.within_budgets()
}

fn measure(dist: &Path) -> Result<Report, Failure> {
    let mut files = Vec::new();
    for name in dist::files_below(dist)? {
        let path = dist.join(&name);
        if dist::is_twin(&path) {
            continue;
        }
        let (moment, reason) = classify(&name).ok_or_else(|| {
            Failure::Refused(format!(
                "dist/{name} is in no class: add it to RULES in xtask/src/size.rs"
            ))
        })?;
        let content = fs::read(&path).map_err(Failure::file("read", &path))?;
        files.push(File {
            name,
            bytes: Bytes {
                raw: content.len() as u64,
                brotli: dist::brotli_len(&content),
            },
            moment,
            reason,
        });
    }
    Ok(Report { files })
}

fn classify(name: &str) -> Option<(Moment, &'static str)> {
    RULES
        .iter()
        .find(|(pattern, ..)| fits(pattern, name))
        .map(|(_, moment, reason)| (*moment, *reason))
}

/// Whether a name fits a pattern with at most one `*`.
fn fits(pattern: &str, name: &str) -> bool {
    match pattern.split_once('*') {
        None => pattern == name,
        Some((start, end)) => {
            name.len() >= start.len() + end.len() && name.starts_with(start) && name.ends_with(end)
        }
    }
}

impl Report {
    fn sum(&self, counts: impl Fn(Moment) -> bool) -> Bytes {
        self.files
            .iter()
            .filter(|file| counts(file.moment))
            .fold(Bytes::default(), |sum, file| sum.plus(file.bytes))
    }

    fn first_screen(&self) -> Bytes {
        self.sum(|moment| moment == Moment::FirstScreen)
    }

    /// Includes the first screen: nobody reaches the camera without it.
    fn camera_ready(&self) -> Bytes {
        self.sum(|moment| moment != Moment::Otherwise)
    }

    fn json(&self) -> Value {
        let files: Vec<Value> = self
            .files
            .iter()
            .map(|file| {
                json!({ "name": file.name, "raw": file.bytes.raw, "brotli": file.bytes.brotli })
            })
            .collect();
        json!({
            "first_screen": self.first_screen().json(),
            "camera_ready": self.camera_ready().json(),
            "files": files,
        })
    }

    fn table(&self) -> String {
        let width = self
            .files
            .iter()
            .map(|file| file.name.len())
            .max()
            .unwrap_or_default()
            .max(CAMERA_READY.name.len());
        let row = |name: &str, bytes: Bytes, note: &str| {
            format!(
                "{name:width$}  {:>9}  {:>9}  {note}\n",
                thousands(bytes.raw),
                thousands(bytes.brotli)
            )
        };
        let mut out = format!("{:width$}  {:>9}  {:>9}\n", "", "raw", "brotli");
        for (moment, title) in [
            (Moment::FirstScreen, "first screen"),
            (Moment::CameraReady, "until the camera is ready"),
            (Moment::Otherwise, "not counted"),
        ] {
            for file in self.files.iter().filter(|file| file.moment == moment) {
                out += &row(&file.name, file.bytes, &format!("{title}: {}", file.reason));
            }
        }
        out.push('\n');
        for (budget, bytes) in [
            (&FIRST_SCREEN, self.first_screen()),
            (&CAMERA_READY, self.camera_ready()),
        ] {
            let note = format!(
                "{} (must {}, want {})",
                budget.verdict(bytes),
                thousands(budget.must_bytes),
                thousands(budget.want_bytes)
            );
            out += &row(budget.name, bytes, &note);
        }
        out.truncate(out.trim_end().len());
        out
    }

    fn within_budgets(&self) -> Result<(), Failure> {
        for (budget, bytes) in [
            (&FIRST_SCREEN, self.first_screen()),
            (&CAMERA_READY, self.camera_ready()),
        ] {
            if bytes.brotli > budget.must_bytes {
                return Err(Failure::Refused(format!(
                    "{} takes {} bytes, {} more than its budget",
                    budget.name,
                    thousands(bytes.brotli),
                    thousands(bytes.brotli - budget.must_bytes)
                )));
            }
        }
        Ok(())
    }
}

impl Budget {
    fn verdict(&self, bytes: Bytes) -> &'static str {
        if bytes.brotli > self.must_bytes {
            "over the budget"
        } else if bytes.brotli > self.want_bytes {
            "within the budget, above what we want"
        } else {
            "as wanted"
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(name: &str, raw: u64, brotli: u64) -> File {
        let (moment, reason) = classify(name).unwrap();
        File {
            name: name.to_owned(),
            bytes: Bytes { raw, brotli },
            moment,
            reason,
        }
    }

    fn report(main_brotli: u64, vision_brotli: u64) -> Report {
        Report {
            files: vec![
                file("index.html", 1_000, 500),
                file("locales/de.json", 9_000, 3_000),
                file("vestibule-0a_bg.wasm", 300_000, main_brotli),
                file("vestibule-vision-0b_bg.wasm", 90_000, vision_brotli),
            ],
        }
    }

    #[test]
    fn files_are_classified_by_name() {
        let moment = |name| classify(name).map(|(moment, _)| moment);
        assert_eq!(moment("index.html"), Some(Moment::FirstScreen));
        assert_eq!(moment("vestibule-0a.js"), Some(Moment::FirstScreen));
        assert_eq!(moment("vestibule-0a_bg.wasm"), Some(Moment::FirstScreen));
        assert_eq!(moment("vestibule-0a-link.js"), Some(Moment::FirstScreen));
        assert_eq!(
            moment("vestibule-0a-capture.wasm"),
            Some(Moment::CameraReady)
        );
        assert_eq!(
            moment("vestibule-0a-shared.wasm"),
            Some(Moment::CameraReady)
        );
        assert_eq!(moment("vestibule-0a-rest.wasm"), Some(Moment::Otherwise));
        assert_eq!(moment("tokens-0a.css"), Some(Moment::FirstScreen));
        assert_eq!(
            moment("vestibule-vision_bg.wasm"),
            Some(Moment::CameraReady)
        );
        assert_eq!(moment("locales/de.json"), Some(Moment::Otherwise));
    }

    #[test]
    fn of_what_sees_only_the_eyes_are_needed_for_the_camera_of_documents() {
        for (name, expected) in [
            ("vestibule-vision-worker-0a.js", Moment::CameraReady),
            ("vestibule-vision-eyes-0a.wasm", Moment::CameraReady),
            ("vestibule-vision-stills-0a.js", Moment::Otherwise),
            ("vestibule-vision-reader-0a.wasm", Moment::Otherwise),
            ("vestibule-vision-barcode-0a.wasm", Moment::Otherwise),
            ("vestibule-vision-faces-0a.js", Moment::Otherwise),
            ("vestibule-vision-face-0a.wasm", Moment::Otherwise),
            ("vestibule-vision-face-0a.bin", Moment::Otherwise),
            ("vestibule-vision-face-0a.txt", Moment::Otherwise),
        ] {
            let moment = classify(name).map(|(moment, _)| moment);
            assert_eq!(moment, Some(expected), "{name}");
        }
    }

    #[test]
    fn a_file_that_no_rule_knows_has_no_class() {
        assert_eq!(classify("surprise.bin"), None);
        assert_eq!(classify("other-0a_bg.wasm"), None);
        assert_eq!(classify("locales/de.txt"), None);
    }

    #[test]
    fn a_pattern_does_not_let_its_ends_overlap() {
        assert!(fits("a*a", "aa"));
        assert!(!fits("a*a", "a"));
        assert!(fits("boot-*.js", "boot-0a.js"));
        assert!(!fits("boot-*.js", "boot-0a.js.map"));
    }

    #[test]
    fn camera_ready_includes_the_first_screen_and_other_languages_count_nowhere() {
        let report = report(80_000, 40_000);
        assert_eq!(
            report.first_screen(),
            Bytes {
                raw: 301_000,
                brotli: 80_500
            }
        );
        assert_eq!(
            report.camera_ready(),
            Bytes {
                raw: 391_000,
                brotli: 120_500
            }
        );
    }

    #[test]
    fn a_budget_is_exceeded_by_its_first_byte_over() {
        assert!(report(119_500, 0).within_budgets().is_ok());
        let over = report(119_501, 0).within_budgets().unwrap_err();
        assert!(
            over.to_string()
                .contains("first screen takes 120,001 bytes, 1 more")
        );
        assert!(report(100_000, 149_500).within_budgets().is_ok());
        let over = report(100_000, 149_501).within_budgets().unwrap_err();
        assert!(over.to_string().contains("camera ready"));
    }

    #[test]
    fn the_json_has_exactly_the_agreed_shape() {
        let report = Report {
            files: vec![file("index.html", 10, 5)],
        };
        assert_eq!(
            report.json(),
            json!({
                "first_screen": { "raw": 10, "brotli": 5 },
                "camera_ready": { "raw": 10, "brotli": 5 },
                "files": [{ "name": "index.html", "raw": 10, "brotli": 5 }],
            })
        );
    }

    #[test]
    fn the_table_names_every_file_and_both_sums() {
        let table = report(80_000, 40_000).table();
        for text in [
            "index.html",
            "not counted: fetched when that language is chosen",
            "first screen",
            "80,500  as wanted (must 120,000, want 100,000)",
            "120,500  as wanted (must 250,000, want 200,000)",
        ] {
            assert!(table.contains(text), "{text}\n{table}");
        }
    }
}

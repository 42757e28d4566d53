//! The one table: a section per set, a line per contestant, ratios to the one
//! that the section names.

use serde_json::Value;

use crate::console::thousands;

/// The table of a report.
pub(super) fn of(report: &Value) -> String {
    let found = &report["browser"];
    let downloads = &report["downloads"];
    let mut out = String::new();
    stages(&report["stages"], &mut out);
    corners(&found["corners"], downloads, &mut out);
    clips(&found["clips"], &mut out);
    stills(&found["stills"], downloads, &mut out);
    zones(&found["mrz"], downloads, &mut out);
    codes(&found["pdf417"], downloads, &mut out);
    out
}

/// Columns, each as wide as its widest cell; the first to the left, the others
/// to the right.
fn laid_out(title: &str, rows: &[Vec<String>], out: &mut String) {
    let columns = rows.iter().map(Vec::len).max().unwrap_or_default();
    let widths: Vec<usize> = (0..columns)
        .map(|column| {
            let cells = rows.iter().filter_map(|row| row.get(column));
            cells
                .map(|cell| cell.chars().count())
                .max()
                .unwrap_or_default()
        })
        .collect();
    out.push_str(&format!("\n{title}\n"));
    for row in rows {
        let mut line = String::new();
        for (column, (cell, width)) in row.iter().zip(&widths).enumerate() {
            if column == 0 {
                line += &format!("  {cell:<width$}");
            } else {
                line += &format!("  {cell:>width$}");
            }
        }
        out.push_str(line.trim_end());
        out.push('\n');
    }
}

fn words(line: &[&str]) -> Vec<String> {
    line.iter().map(|word| (*word).to_owned()).collect()
}

/// A number with so many decimals; `-` for none.
fn number(value: &Value, decimals: usize) -> String {
    value
        .as_f64()
        .map_or_else(|| "-".to_owned(), |it| format!("{it:.decimals$}"))
}

fn percent(value: &Value) -> String {
    value
        .as_f64()
        .map_or_else(|| "-".to_owned(), |it| format!("{:.1} %", 100.0 * it))
}

fn bytes(value: &Value) -> String {
    value.as_u64().map_or_else(|| "-".to_owned(), thousands)
}

/// How many times as much as the one it is compared with.
fn ratio(value: &Value, base: &Value) -> String {
    match (value.as_f64(), base.as_f64()) {
        (Some(value), Some(base)) if base > 0.0 => format!("{:.2} x", value / base),
        _ => "-".to_owned(),
    }
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

/// The contestant of the first of these names that is there and has figures.
fn base<'a>(all: &'a [Value], names: &[&str]) -> &'a Value {
    names
        .iter()
        .find_map(|name| {
            all.iter()
                .find(|it| it["name"] == **name && it["ms"].is_number())
        })
        .unwrap_or(&Value::Null)
}

fn failed(contestant: &Value) -> Option<Vec<String>> {
    let error = contestant["error"].as_str()?;
    let name = contestant["name"].as_str().unwrap_or_default();
    Some(vec![name.to_owned(), error.to_owned()])
}

fn stages(found: &Value, out: &mut String) {
    let Some(stages) = found.as_object().filter(|all| !all.is_empty()) else {
        return;
    };
    let mut rows = vec![words(&["stage", "ms"])];
    for (name, nanoseconds) in stages {
        let ms = nanoseconds.as_f64().map(|it| it / 1e6).into();
        rows.push(vec![name.clone(), number(&ms, 3)]);
    }
    laid_out("Stages, natively", &rows, out);
}

fn corners(found: &Value, downloads: &Value, out: &mut String) {
    let all = list(found);
    if all.is_empty() {
        return;
    }
    let than = base(all, &["scanic learned", "jscanify"]);
    let compared = format!("x {}", than["name"].as_str().unwrap_or("-"));
    for (set, title) in [
        ("composites", "Corners, composites"),
        ("external", "Corners, pictures from elsewhere"),
    ] {
        let Some(count) = all.iter().find_map(|it| it[set]["count"].as_u64()) else {
            continue;
        };
        let mut rows = vec![words(&[
            "", "ms", "p90", &compared, "IoU", "> 0.90", "> 0.95", "wrong", "none", "on empty",
            "bytes",
        ])];
        for contestant in all {
            if let Some(row) = failed(contestant) {
                rows.push(row);
                continue;
            }
            let name = contestant["name"].as_str().unwrap_or_default();
            let scored = &contestant[set];
            rows.push(vec![
                name.to_owned(),
                number(&contestant["ms"], 1),
                number(&contestant["ms_p90"], 1),
                ratio(&contestant["ms"], &than["ms"]),
                number(&scored["iou"], 3),
                percent(&scored["right"]),
                percent(&scored["very_right"]),
                percent(&scored["wrong"]),
                percent(&scored["none"]),
                percent(&contestant["empty_given"]),
                bytes(&downloads[name]),
            ]);
        }
        laid_out(&format!("{title} ({count})"), &rows, out);
    }
}

fn clips(found: &Value, out: &mut String) {
    if found["good"].is_null() {
        return;
    }
    let rows = [
        words(&["good clips", &number(&found["good"], 0)]),
        words(&["  missed", &number(&found["missed"], 0)]),
        words(&["  captured while still moving", &number(&found["early"], 0)]),
        words(&["  s from rest to capture", &number(&found["capture_s"], 2)]),
        words(&["    p90", &number(&found["capture_s_p90"], 2)]),
        words(&["bad clips", &number(&found["bad"], 0)]),
        words(&["  false captures", &number(&found["false"], 0)]),
        words(&["ms per frame", &number(&found["ms"], 1)]),
        words(&[
            "longest main-thread task, ms",
            &number(&found["longest_task_ms"], 1),
        ]),
    ];
    laid_out("Automatic capture", &rows, out);
}

fn stills(found: &Value, downloads: &Value, out: &mut String) {
    let all = list(&found["prepared"]);
    if all.is_empty() {
        return;
    }
    let floor = base(all, &["<img> + canvas"]);
    let mut rows = vec![words(&[
        "",
        "ms",
        "x floor",
        "longest task",
        "PSNR",
        "bytes out",
        "EXIF",
        "bytes",
    ])];
    for contestant in all {
        if let Some(row) = failed(contestant) {
            rows.push(row);
            continue;
        }
        let name = contestant["name"].as_str().unwrap_or_default();
        let exif = if contestant["has_exif"] == true {
            "kept"
        } else {
            "gone"
        };
        rows.push(vec![
            name.to_owned(),
            number(&contestant["ms"], 0),
            ratio(&contestant["ms"], &floor["ms"]),
            number(&contestant["longest_task_ms"], 0),
            number(&contestant["psnr_db"], 1),
            bytes(&contestant["bytes"]),
            exif.to_owned(),
            bytes(&downloads[name]),
        ]);
    }
    laid_out("12-megapixel photograph to 2000 px", &rows, out);
    let stripped = &found["stripped"];
    if stripped["ms"].is_number() {
        let is_right = stripped["is_lossless"] == true && stripped["has_exif"] == false;
        let right = if is_right { "yes" } else { "NO" };
        let rows = [
            words(&["ms", &number(&stripped["ms"], 1)]),
            words(&["lossless, EXIF gone", right]),
        ];
        laid_out("EXIF taken off", &rows, out);
    }
}

fn zones(found: &Value, downloads: &Value, out: &mut String) {
    let all = list(found);
    if all.is_empty() {
        return;
    }
    let than = base(all, &["tesseract.js (English)"]);
    let mut rows = vec![words(&[
        "",
        "ms",
        "p90",
        "x tesseract",
        "lines",
        "scans",
        "photos",
        "documents",
        "deceived",
        "bytes",
    ])];
    for contestant in all {
        if let Some(row) = failed(contestant) {
            rows.push(row);
            continue;
        }
        let name = contestant["name"].as_str().unwrap_or_default();
        rows.push(vec![
            name.to_owned(),
            number(&contestant["ms"], 0),
            number(&contestant["ms_p90"], 0),
            ratio(&contestant["ms"], &than["ms"]),
            percent(&contestant["lines_right"]),
            percent(&contestant["lines_right_scans"]),
            percent(&contestant["lines_right_photos"]),
            percent(&contestant["documents_right"]),
            number(&contestant["deceived"], 0),
            bytes(&downloads[name]),
        ]);
    }
    laid_out("Machine-readable zones", &rows, out);
}

fn codes(found: &Value, downloads: &Value, out: &mut String) {
    let all = list(found);
    if all.is_empty() {
        return;
    }
    let tilts: Vec<&String> = all
        .iter()
        .find_map(|it| it["by_tilt"].as_object())
        .map(|by_tilt| by_tilt.keys().collect())
        .unwrap_or_default();
    let mut head = words(&["", "ms", "right", "wrong"]);
    head.extend(tilts.iter().map(|tilt| format!("{tilt}°")));
    head.push("bytes".to_owned());
    let mut rows = vec![head];
    for contestant in all {
        if let Some(row) = failed(contestant) {
            rows.push(row);
            continue;
        }
        let name = contestant["name"].as_str().unwrap_or_default();
        let of =
            |right: &Value, count: &Value| format!("{}/{}", number(right, 0), number(count, 0));
        let mut row = vec![
            name.to_owned(),
            number(&contestant["ms"], 1),
            of(&contestant["right"], &contestant["count"]),
            number(&contestant["wrong"], 0),
        ];
        for tilt in &tilts {
            let kept = &contestant["by_tilt"][tilt.as_str()];
            row.push(of(&kept["right"], &kept["count"]));
        }
        row.push(bytes(&downloads[name]));
        rows.push(row);
    }
    laid_out("PDF417 by tilt", &rows, out);
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn corners_are_compared_with_the_learned_peer_where_it_is() {
        let scored = json!({ "count": 2, "iou": 0.95, "right": 0.9, "very_right": 0.5, "wrong": 0.0, "none": 0.1 });
        let contestant = |name: &str, ms: f64| json!({ "name": name, "ms": ms, "ms_p90": ms, "composites": scored, "empty_given": 0.0 });
        let mut report = json!({
            "browser": { "corners": [contestant("ours", 5.0), contestant("jscanify", 30.0), contestant("scanic learned", 20.0)] },
            "downloads": { "ours": 81_000 },
        });
        let table = of(&report);
        for text in [
            "x scanic learned",
            "0.25 x",
            "1.50 x",
            "81,000",
            "90.0 %",
            "(2)",
        ] {
            assert!(table.contains(text), "{text}\n{table}");
        }
        report["browser"]["corners"] =
            json!([contestant("ours", 5.0), contestant("jscanify", 20.0)]);
        assert!(of(&report).contains("x jscanify"));
    }

    #[test]
    fn a_contestant_that_failed_says_why_and_sets_that_were_not_measured_are_left_out() {
        let report = json!({
            "browser": { "pdf417": [{ "name": "ours", "error": "no module" }] },
        });
        let table = of(&report);
        assert!(table.contains("no module"), "{table}");
        assert!(!table.contains("Corners"), "{table}");
    }

    #[test]
    fn columns_are_as_wide_as_their_cells() {
        let mut out = String::new();
        let rows = [
            words(&["", "ms"]),
            words(&["ours", "12.5"]),
            words(&["x", "3.0"]),
        ];
        laid_out("Title", &rows, &mut out);
        assert_eq!(out, "\nTitle\n          ms\n  ours  12.5\n  x      3.0\n");
    }
}

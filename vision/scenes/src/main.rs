//! Writes the test pictures with their labels into a folder.
//!
//! `vestibule-scenes FOLDER [--composites N] [--empty N] [--clips N] [--zones N]
//! [--still] [--font FILE]`: what isn't asked for isn't written. The
//! labels are in `manifest.json`; corners are in pixels, clockwise, beginning
//! with the document's own top left one. Called by `cargo xtask bench`.

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use lexopt::prelude::{Long, Value as Word, ValueExt as _};
use serde_json::{Value, json};
use vestibule_scenes::canvas::{Point, index};
use vestibule_scenes::chance::Chance;
use vestibule_scenes::clip::{self, Clip};
use vestibule_scenes::encode::{jpeg, png};
use vestibule_scenes::zone::{self, Lettering};
use vestibule_scenes::{scene, still};

type Failure = Box<dyn Error + Send + Sync>;

#[derive(Default)]
struct Wanted {
    folder: Option<PathBuf>,
    composites: usize,
    empty: usize,
    clips: usize,
    zones: usize,
    still: bool,
    font: Option<PathBuf>,
}

fn main() -> Result<(), Failure> {
    let wanted = parse()?;
    let folder = wanted.folder.as_deref().ok_or("a folder has to be named")?;
    fs::create_dir_all(folder)?;
    let composites = many(wanted.composites, |number| {
        let scene = scene::composite(number);
        let file = format!("composite-{number:04}.jpg");
        write(
            folder,
            &file,
            &compressed(&scene.picture, "composite", number),
        )?;
        Ok(json!({ "file": file, "corners": corners(scene.corners), "tags": scene.tags }))
    })?;
    let empty = many(wanted.empty, |number| {
        let scene = scene::empty(number);
        let file = format!("empty-{number:04}.jpg");
        write(folder, &file, &compressed(&scene.picture, "empty", number))?;
        Ok(json!({ "file": file, "corners": null, "tags": scene.tags }))
    })?;
    let clips = many(wanted.clips, |number| {
        // Good ones and bad ones in turn, so that few clips have both.
        let clip = Clip::new(if number % 2 == 0 {
            number / 2
        } else {
            10 + number / 2
        });
        let frames = (0..clip::FRAMES)
            .map(|frame| {
                let file = format!("clip-{number:02}-{frame:02}.jpg");
                write(folder, &file, &jpeg(&clip.frame(frame), 88))?;
                Ok(json!({ "file": file, "corners": corners(Some(clip.corners(frame))) }))
            })
            .collect::<Result<Vec<Value>, Failure>>()?;
        Ok(json!({
            "story": clip.story.name(),
            "is_good": clip.story == clip::Story::Good,
            "rate_hz": clip::RATE_HZ,
            "steady_from": clip::FRAMES_UNTIL_STEADY,
            "frames": frames,
        }))
    })?;
    let lettering = match &wanted.font {
        Some(font) => Lettering::font(fs::read(font)?).ok_or("the font can't be read")?,
        None => Lettering::strokes(),
    };
    let zones = many(wanted.zones, |number| {
        let picture = zone::picture(number, &lettering);
        let file = format!("zone-{number:02}.jpg");
        write(folder, &file, &jpeg(&picture.picture, 90))?;
        Ok(json!({
            "file": file,
            "format": picture.zone.format.name(),
            "lines": picture.zone.lines,
            "is_scan": picture.is_scan,
            "corners": corners(Some(picture.corners)),
        }))
    })?;
    let still = if wanted.still {
        let still = still::photograph();
        write(folder, "still.jpg", &still.file)?;
        write(folder, "still-reference.png", &png(&still.reference))?;
        json!({ "file": "still.jpg", "reference": "still-reference.png" })
    } else {
        Value::Null
    };
    let manifest = json!({
        "composites": composites,
        "empty": empty,
        "clips": clips,
        "zones": zones,
        "still": still,
    });
    write(folder, "manifest.json", manifest.to_string().as_bytes())
}

fn parse() -> Result<Wanted, Failure> {
    let mut parser = lexopt::Parser::from_env();
    let mut wanted = Wanted::default();
    while let Some(option) = parser.next()? {
        match option {
            Long("composites") => wanted.composites = parser.value()?.parse()?,
            Long("empty") => wanted.empty = parser.value()?.parse()?,
            Long("clips") => wanted.clips = parser.value()?.parse()?,
            Long("zones") => wanted.zones = parser.value()?.parse()?,
            Long("still") => wanted.still = true,
            Long("font") => wanted.font = Some(parser.value()?.into()),
            Word(folder) if wanted.folder.is_none() => wanted.folder = Some(folder.into()),
            other => return Err(other.unexpected().into()),
        }
    }
    Ok(wanted)
}

/// Makes so many things on all cores; their order is kept.
fn many(
    count: usize,
    make: impl Fn(usize) -> Result<Value, Failure> + Sync,
) -> Result<Vec<Value>, Failure> {
    let next = AtomicUsize::new(0);
    let made = Mutex::new(Vec::new());
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| {
        for _ in 0..cores {
            scope.spawn(|| {
                loop {
                    let number = next.fetch_add(1, Ordering::Relaxed);
                    if number >= count {
                        return;
                    }
                    let one = make(number);
                    if let Ok(mut made) = made.lock() {
                        made.push((number, one));
                    }
                }
            });
        }
    });
    let mut made = made.into_inner().map_err(|error| error.to_string())?;
    made.sort_by_key(|(number, _)| *number);
    made.into_iter().map(|(_, one)| one).collect()
}

/// A JPEG as cameras and messengers make them, of better and worse quality.
fn compressed(picture: &image::RgbImage, set: &str, number: usize) -> Vec<u8> {
    let mut chance = Chance::new(set, 100_000 + number);
    let quality = index(chance.between(58.0, 93.0));
    jpeg(picture, u8::try_from(quality).unwrap_or(80))
}

fn corners(corners: Option<[Point; 4]>) -> Value {
    json!(corners.map(|all| all.map(|(x, y)| [x, y])))
}

fn write(folder: &Path, name: &str, bytes: &[u8]) -> Result<(), Failure> {
    fs::write(folder.join(name), bytes).map_err(|error| format!("{name}: {error}").into())
}

//! Puts what the start screen does not need into modules of their own.
//!
//! The compiler writes one module with marked seams (feature `split` of the
//! client, `src/app/part.rs`), and it has to be split before wasm-bindgen
//! connects it to the browser. Trunk runs both programs and has nothing in
//! between, so it finds a stand-in for wasm-bindgen first ([`Seam::prepare`]): a
//! copy of this program, which splits and then hands on to the real one
//! ([`stand_in`]). When Trunk is done, [`Seam::finish`] puts the other modules
//! next to the first.

use std::env;
use std::ffi::OsString;
use std::fs;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::path::{Path, PathBuf};
use std::process::Command;

use super::publish::files_below;
use super::trim;
use crate::command;
use crate::failure::Failure;
use crate::project::Project;
use crate::setup::Toolbox;

/// What the linker has to keep for the splitter.
pub(super) const LINKER_FLAG: &str = "-Clink-arg=--emit-relocs";
/// The client's feature that marks the seam.
pub(super) const FEATURE: &str = "split";

/// Whose place this program takes.
const STAND_IN: &str = "wasm-bindgen";
const SPLITTER: &str = "wasm-split-cli";
/// How the stand-in learns what it needs: its arguments are Trunk's.
const REAL_VARIABLE: &str = "VESTIBULE_WASM_BINDGEN";
const SPLITTER_VARIABLE: &str = "VESTIBULE_WASM_SPLIT";
const PARTS_VARIABLE: &str = "VESTIBULE_PARTS";

/// For the first module once more, after Trunk's `-Oz`: without what no script
/// calls any more, and with its control flow put together anew. Addresses below
/// 1024 are unused: the stack lies lowest and ends there.
const AGAIN: &[&str] = &[
    "--low-memory-unused",
    "--flatten",
    "--rereloop",
    "-Oz",
    "-Oz",
    "-Oz",
    "--strip-producers",
    "--strip-target-features",
];

/// What the splitter calls its files.
const MAIN: &str = "vestibule.wasm";
const LINK: &str = "__wasm_split.js";
const PART_PREFIX: &str = "split_";
const CHUNK_PREFIX: &str = "chunk_";
/// What a chunk is called: what several seams share. That is all that capturing
/// needs, since the rest builds on it.
const CHUNK: &str = "shared";

/// A build that is split, from before Trunk to after it.
#[derive(Debug)]
pub(super) struct Seam {
    /// Where the stand-in is, and what the other tools read and write.
    programs: PathBuf,
    /// Where the splitter writes.
    parts: PathBuf,
    real: PathBuf,
    splitter: PathBuf,
}

impl Seam {
    /// Puts the stand-in where Trunk will find it.
    ///
    /// # Errors
    ///
    /// A tool is missing, or a file cannot be written.
    pub(super) fn prepare(project: &Project, toolbox: &Toolbox) -> Result<Self, Failure> {
        let seam = Self {
            programs: project.scratch().join("programs"),
            parts: project.scratch().join("parts"),
            real: toolbox.program(STAND_IN)?,
            splitter: toolbox.program(SPLITTER)?,
        };
        if seam.parts.exists() {
            fs::remove_dir_all(&seam.parts).map_err(Failure::file("remove", &seam.parts))?;
        }
        fs::create_dir_all(&seam.programs).map_err(Failure::file("make", &seam.programs))?;
        let own = env::current_exe().map_err(Failure::file("find", Path::new("xtask")))?;
        let stand_in = seam
            .programs
            .join(format!("{STAND_IN}{}", env::consts::EXE_SUFFIX));
        fs::copy(&own, &stand_in).map_err(Failure::file("write", &stand_in))?;
        Ok(seam)
    }

    /// Lets Trunk find the stand-in before the real program.
    ///
    /// # Errors
    ///
    /// A folder's name cannot be part of PATH.
    pub(super) fn equip<'c>(
        &self,
        toolbox: &Toolbox,
        trunk: &'c mut Command,
    ) -> Result<&'c mut Command, Failure> {
        Ok(toolbox
            .equip_after(&self.programs, trunk)?
            .env(REAL_VARIABLE, &self.real)
            .env(SPLITTER_VARIABLE, &self.splitter)
            .env(PARTS_VARIABLE, &self.parts))
    }

    /// Puts the other modules and what loads them next to the first, and names all
    /// of them by what is in them: they are served as never changing.
    ///
    /// # Errors
    ///
    /// Trunk or the splitter did not make what they should have, or a file
    /// cannot be read or written.
    pub(super) fn finish(&self, toolbox: &Toolbox, staging: &Path) -> Result<(), Failure> {
        let mut files = Files::read(staging, &self.parts)?;
        for part in &mut files.parts {
            part.wasm = self.optimised(toolbox, &part.wasm, &["-Oz"])?;
        }
        let glue = trim::without_classes(&files.glue)?;
        let parts = files.parts.iter().map(|part| part.wasm.as_slice());
        let main = trim::drop_exports(&files.main, &glue, &files.link, parts)?;
        let main = self.optimised(toolbox, &main, AGAIN)?;
        let (main, glue) = trim::shorten_imports(&main, &glue)?;
        files.main = main;
        files.glue = self.minified(toolbox, &glue)?;
        files.link = self.minified(toolbox, &files.link)?;
        files.boot.1 = self.minified(toolbox, &files.boot.1)?;
        files.write(staging)
    }

    fn optimised(
        &self,
        toolbox: &Toolbox,
        wasm: &[u8],
        passes: &[&str],
    ) -> Result<Vec<u8>, Failure> {
        let input = self.programs.join("in.wasm");
        let output = self.programs.join("out.wasm");
        fs::write(&input, wasm).map_err(Failure::file("write", &input))?;
        let mut wasm_opt = Command::new(toolbox.program("wasm-opt")?);
        wasm_opt
            .args(passes)
            .arg("--output")
            .arg(&output)
            .arg(&input);
        // It warns of names that the splitter left and that it drops itself.
        command::run_quietly(toolbox.equip(&mut wasm_opt)?)?;
        fs::read(&output).map_err(Failure::file("read", &output))
    }

    /// The script without what only people read.
    fn minified(&self, toolbox: &Toolbox, script: &str) -> Result<String, Failure> {
        let input = self.programs.join("in.js");
        let output = self.programs.join("out.js");
        fs::write(&input, script).map_err(Failure::file("write", &input))?;
        let mut output_word = OsString::from("--outfile=");
        output_word.push(&output);
        let mut esbuild = Command::new(toolbox.program("esbuild")?);
        esbuild
            .args([
                "--minify",
                "--tree-shaking=true",
                // No newer syntax than the scripts have already.
                "--target=es2020",
                "--log-level=warning",
            ])
            .arg(output_word)
            .arg(&input);
        command::run_quietly(toolbox.equip(&mut esbuild)?)?;
        fs::read_to_string(&output).map_err(Failure::file("read", &output))
    }
}

/// The files that name each other.
struct Files {
    /// What Trunk added to the name of the module.
    stamp: String,
    page: String,
    /// The name and text of the script that starts the client.
    boot: (String, String),
    glue: String,
    link: String,
    main: Vec<u8>,
    parts: Vec<Part>,
}

struct Part {
    /// What the splitter calls it.
    file: String,
    /// What it is called in `dist/`.
    name: String,
    wasm: Vec<u8>,
}

impl Files {
    fn read(staging: &Path, parts: &Path) -> Result<Self, Failure> {
        let text = |path: PathBuf| fs::read_to_string(&path).map_err(Failure::file("read", &path));
        let stamp = files_below(staging)?
            .iter()
            .find_map(|name| name.strip_prefix("vestibule-")?.strip_suffix("_bg.wasm"))
            .map(str::to_owned)
            .ok_or_else(|| {
                Failure::Refused("the build has no module; does index.html link it?".to_owned())
            })?;
        let main = staging.join(format!("vestibule-{stamp}_bg.wasm"));
        let names: Vec<String> = files_below(parts)?
            .iter()
            .filter_map(|name| name.strip_suffix(".wasm"))
            .filter(|name| format!("{name}.wasm") != MAIN)
            .map(str::to_owned)
            .collect();
        let mut found = Vec::new();
        for name in names {
            let path = parts.join(format!("{name}.wasm"));
            let called = called(&name)
                .filter(|called| found.iter().all(|part: &Part| part.name != *called))
                .ok_or_else(|| {
                    Failure::Refused(format!(
                        "the splitter made {name}.wasm, which nothing expects"
                    ))
                })?;
            found.push(Part {
                name: called.to_owned(),
                wasm: fs::read(&path).map_err(Failure::file("read", &path))?,
                file: name,
            });
        }
        if found.is_empty() {
            return Err(Failure::Refused(
                "the module was not split; is the seam in src/app/part.rs still there?".to_owned(),
            ));
        }
        let boot = files_below(staging)?
            .into_iter()
            .find(|name| name.starts_with("boot-") && name.ends_with(".js"))
            .ok_or_else(|| Failure::Refused("the build has no boot script".to_owned()))?;
        Ok(Self {
            boot: (boot.clone(), text(staging.join(boot))?),
            page: text(staging.join("index.html"))?,
            glue: text(staging.join(format!("vestibule-{stamp}.js")))?,
            link: text(parts.join(LINK))?,
            main: fs::read(&main).map_err(Failure::file("read", &main))?,
            parts: found,
            stamp,
        })
    }

    fn write(self, staging: &Path) -> Result<(), Failure> {
        let old = format!("vestibule-{}", self.stamp);
        let new = format!("vestibule-{}", self.content_stamp());
        let link_name = format!("{new}-link.js");
        // Only where it is imported from: the module knows it by the old name.
        let glue = renamed(
            &self.glue,
            &format!("from\"./{LINK}\""),
            &format!("from\"./{link_name}\""),
        )?;
        let mut link = renamed(&self.link, "./vestibule.js", &format!("./{new}.js"))?;
        for part in &self.parts {
            link = renamed(
                &link,
                &format!("./{}.wasm", part.file),
                &format!("./{new}-{}.wasm", part.name),
            )?;
        }
        let page = renamed(&self.page, &old, &new)?;
        let (boot, boot_script) = &self.boot;
        let new_boot = new.replacen("vestibule", "boot", 1) + ".js";
        let page = renamed(&page, boot, &new_boot)?;
        let page = preload_too(&page, &format!("{new}.js"), &link_name)?;
        for name in [format!("{old}.js"), format!("{old}_bg.wasm"), boot.clone()] {
            let path = staging.join(name);
            fs::remove_file(&path).map_err(Failure::file("remove", &path))?;
        }
        let put = |name: String, content: &[u8]| {
            let path = staging.join(name);
            fs::write(&path, content).map_err(Failure::file("write", &path))
        };
        for part in &self.parts {
            put(format!("{new}-{}.wasm", part.name), &part.wasm)?;
        }
        put(format!("{new}_bg.wasm"), &self.main)?;
        put(format!("{new}.js"), glue.as_bytes())?;
        put(new_boot, boot_script.as_bytes())?;
        put(link_name, link.as_bytes())?;
        put("index.html".to_owned(), page.as_bytes())
    }

    /// One for all: they fit each other and no others.
    fn content_stamp(&self) -> String {
        let mut hasher = DefaultHasher::new();
        (&self.boot, &self.glue, &self.link, &self.main).hash(&mut hasher);
        for part in &self.parts {
            (&part.name, &part.wasm).hash(&mut hasher);
        }
        format!("{:016x}", hasher.finish())
    }
}

/// What a file of the splitter is called in `dist/`.
fn called(file: &str) -> Option<&str> {
    let chunk = || file.starts_with(CHUNK_PREFIX).then_some(CHUNK);
    file.strip_prefix(PART_PREFIX).or_else(chunk)
}

/// The text with a name replaced that must be in it.
fn renamed(text: &str, old: &str, new: &str) -> Result<String, Failure> {
    if !text.contains(old) {
        return Err(Failure::Refused(format!(
            "the build should name {old} and does not"
        )));
    }
    Ok(text.replace(old, new))
}

/// The page with a second preload next to the one of `first`: the glue imports
/// the link, and the browser should not learn that from the glue only.
fn preload_too(page: &str, first: &str, second: &str) -> Result<String, Failure> {
    let missing = || Failure::Refused(format!("the page does not preload {first}"));
    for (start, _) in page.match_indices("<link") {
        let rest = page.get(start..).ok_or_else(missing)?;
        let tag = rest
            .split_inclusive('>')
            .next()
            .filter(|tag| tag.contains("modulepreload") && tag.contains(first));
        if let Some(tag) = tag {
            let both = [tag, &tag.replace(first, second)].concat();
            return Ok(page.replacen(tag, &both, 1));
        }
    }
    Err(missing())
}

/// Whether this program was started in the place of wasm-bindgen.
pub(crate) fn is_stand_in() -> bool {
    env::args_os().next().is_some_and(|own| {
        Path::new(&own)
            .file_stem()
            .is_some_and(|stem| stem == STAND_IN)
    })
}

/// Does wasm-bindgen's work, on the first part of the module only.
///
/// # Errors
///
/// The splitter or wasm-bindgen cannot be started, or fails.
pub(crate) fn stand_in() -> Result<(), Failure> {
    let variable = |name| {
        env::var_os(name)
            .map(PathBuf::from)
            .ok_or_else(|| Failure::Refused(format!("{name} is not set")))
    };
    let mut wasm_bindgen = Command::new(variable(REAL_VARIABLE)?);
    let words: Vec<OsString> = env::args_os().skip(1).collect();
    let Some(module) = words.iter().find(|word| is_module(word)) else {
        // Trunk asks for the version.
        return command::run(wasm_bindgen.args(&words));
    };
    let parts = variable(PARTS_VARIABLE)?;
    command::run(
        Command::new(variable(SPLITTER_VARIABLE)?)
            .arg(module)
            .arg(&parts)
            .args(["--target", "web", "--out-name", "vestibule"]),
    )?;
    let first = parts.join(MAIN).into_os_string();
    wasm_bindgen
        .args(
            words
                .iter()
                .map(|word| if word == module { &first } else { word }),
        )
        // The second part shares the first one's stack and table.
        .arg("--keep-lld-exports");
    command::run(&mut wasm_bindgen)
}

fn is_module(word: &OsString) -> bool {
    Path::new(word)
        .extension()
        .is_some_and(|extension| extension == "wasm")
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "<link rel=stylesheet href=a.css><script src=./boot-1.js type=module></script>\
        <link rel=modulepreload crossorigin href=./vestibule-0a.js>\
        <link rel=preload href=./vestibule-0a_bg.wasm as=fetch>";

    fn files(part: &[u8]) -> Files {
        Files {
            stamp: "0a".to_owned(),
            page: PAGE.to_owned(),
            boot: ("boot-1.js".to_owned(), "start()".to_owned()),
            glue: "import * as a from\"./__wasm_split.js\";\"./__wasm_split.js\": a".to_owned(),
            link: "import{initSync}from\"./vestibule.js\";new URL(\"./split_capture.wasm\", import.meta.url)".to_owned(),
            main: b"main".to_vec(),
            parts: vec![Part {
                file: "split_capture".to_owned(),
                name: "capture".to_owned(),
                wasm: part.to_vec(),
            }],
        }
    }

    #[test]
    fn a_change_in_the_second_module_alone_renames_all_of_them() {
        assert_eq!(files(b"one").content_stamp(), files(b"one").content_stamp());
        assert_ne!(files(b"one").content_stamp(), files(b"two").content_stamp());
    }

    #[test]
    fn the_files_name_each_other_by_their_new_names_only() {
        let staging = env::temp_dir().join(format!("xtask-split-{}", std::process::id()));
        fs::create_dir_all(&staging).unwrap();
        for name in ["vestibule-0a.js", "vestibule-0a_bg.wasm", "boot-1.js"] {
            fs::write(staging.join(name), "").unwrap();
        }
        let files = files(b"part");
        let stamp = files.content_stamp();
        let written = files.write(&staging);
        let names = files_below(&staging).unwrap();
        let text = |name: &str| fs::read_to_string(staging.join(name)).unwrap();
        let glue = text(&format!("vestibule-{stamp}.js"));
        let link = text(&format!("vestibule-{stamp}-link.js"));
        let page = text("index.html");
        fs::remove_dir_all(&staging).unwrap();
        assert!(written.is_ok());
        assert_eq!(
            names,
            [
                format!("boot-{stamp}.js"),
                "index.html".to_owned(),
                format!("vestibule-{stamp}-capture.wasm"),
                format!("vestibule-{stamp}-link.js"),
                format!("vestibule-{stamp}.js"),
                format!("vestibule-{stamp}_bg.wasm"),
            ]
        );
        assert_eq!(
            glue,
            format!("import * as a from\"./vestibule-{stamp}-link.js\";\"./{LINK}\": a")
        );
        assert!(link.contains(&format!("from\"./vestibule-{stamp}.js\"")));
        assert!(link.contains(&format!("URL(\"./vestibule-{stamp}-capture.wasm\"")));
        assert!(!page.contains("vestibule-0a"));
        assert!(page.contains(&format!("src=./boot-{stamp}.js")));
        assert_eq!(page.matches("modulepreload").count(), 2);
        assert!(page.contains(&format!("href=./vestibule-{stamp}-link.js>")));
    }

    #[test]
    fn what_seams_share_has_a_name_of_its_own() {
        assert_eq!(called("split_rest"), Some("rest"));
        assert_eq!(called("chunk_1"), Some("shared"));
        assert_eq!(called("other"), None);
    }

    #[test]
    fn a_build_whose_files_do_not_name_each_other_is_refused() {
        assert!(renamed("import a", "./b.js", "./c.js").is_err());
        assert!(preload_too(PAGE, "other.js", "link.js").is_err());
    }

    #[test]
    fn of_the_words_of_a_command_only_the_module_is_taken_for_it() {
        let is_module = |word: &str| is_module(&OsString::from(word));
        assert!(is_module("/a b/release/vestibule.wasm"));
        assert!(!is_module("--out-name=vestibule"));
        assert!(!is_module("--version"));
    }
}

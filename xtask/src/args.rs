//! The verbs, their options and their help.
//!
//! Only words on the command line are understood here; what a verb does is in
//! the module of its name.

use std::ffi::OsString;
use std::path::PathBuf;

use lexopt::prelude::{Long, Short, Value, ValueExt as _};

/// Where the local service listens unless told otherwise.
pub(crate) const DEFAULT_PORT: u16 = 8700;

/// The verb of `demo`'s helper; not for people, hence in no help.
pub(crate) const OPEN_PORTAL: &str = "open-portal-when-ready";

/// What is to be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Verb {
    /// Set up, build, start the service and open its portal.
    Demo {
        /// Where the service listens; 0 lets the system choose.
        port: u16,
        /// Whether the portal is opened in the browser.
        opens_browser: bool,
    },
    /// Everything that must pass.
    Test,
    /// The release build.
    Build,
    /// Bytes against their budgets.
    Size,
    /// The local service alone.
    Sandbox {
        /// Where the service listens; 0 lets the system choose.
        port: u16,
    },
    /// Format, lints, docs and house rules.
    Check,
    /// Speed and accuracy, beside others.
    Bench(Bench),
    /// Every screen, to be looked at.
    Gallery(Gallery),
    /// Opens the portal once the service answers: `demo` starts itself so.
    OpenPortal {
        /// Where the service will listen.
        port: u16,
    },
    /// The help of one verb, or of all.
    Help(Option<Topic>),
}

/// What `bench` is asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Bench {
    /// Few pictures, for a first look.
    pub(crate) is_quick: bool,
    /// One set of pictures; all, when there is none.
    pub(crate) only: Option<String>,
    /// More pictures with corners.
    pub(crate) pictures: Option<PathBuf>,
    /// Where our side of a comparison is to be written; nothing is measured.
    pub(crate) contestant: Option<PathBuf>,
}

/// What `gallery` is asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Gallery {
    /// All of it as pictures.
    pub(crate) pictures: Option<View>,
    /// What the compared screens look like now is what they should.
    pub(crate) accepts: bool,
}

/// How the gallery's pictures show the screens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct View {
    /// A BCP 47 tag.
    pub(crate) locale: String,
    /// One of [`SCHEMES`].
    pub(crate) scheme: String,
    /// One of [`SIZES`].
    pub(crate) size: String,
}

impl Default for View {
    fn default() -> Self {
        Self {
            locale: "en-GB".to_owned(),
            scheme: "light".to_owned(),
            size: "phone".to_owned(),
        }
    }
}

/// The schemes that `gallery --scheme` names.
const SCHEMES: &[&str] = &["light", "dark"];

/// The sizes that `gallery --size` names.
const SIZES: &[&str] = &["phone", "small-phone", "desktop"];

/// The sets of pictures that `bench --only` names.
pub(crate) const SETS: &[&str] = &["corners", "stills", "mrz", "pdf417", "clips"];

/// What help can be asked about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Topic {
    /// `demo`
    Demo,
    /// `test`
    Test,
    /// `build`
    Build,
    /// `size`
    Size,
    /// `sandbox`
    Sandbox,
    /// `check`
    Check,
    /// `bench`
    Bench,
    /// `gallery`
    Gallery,
}

impl Topic {
    fn named(word: &str) -> Option<Self> {
        Some(match word {
            "demo" => Self::Demo,
            "test" => Self::Test,
            "build" => Self::Build,
            "size" => Self::Size,
            "sandbox" => Self::Sandbox,
            "check" => Self::Check,
            "bench" => Self::Bench,
            "gallery" => Self::Gallery,
            _ => return None,
        })
    }
}

/// Reads the words after `cargo xtask`.
///
/// # Errors
///
/// A word that is not a verb, an option that the verb does not have, or a port
/// that is not a number.
pub(crate) fn parse<I>(words: I) -> Result<Verb, lexopt::Error>
where
    I: IntoIterator,
    I::Item: Into<OsString>,
{
    let mut parser = lexopt::Parser::from_args(words);
    let topic = match parser.next()? {
        None | Some(Short('h') | Long("help")) => return Ok(Verb::Help(None)),
        Some(Value(word)) => {
            let word = word.string()?;
            if word == "help" {
                let topic = match parser.next()? {
                    Some(Value(topic)) => Some(verb_named(&topic.string()?)?),
                    None => None,
                    Some(other) => return Err(other.unexpected()),
                };
                return Ok(Verb::Help(topic));
            }
            if word == OPEN_PORTAL {
                return Ok(Verb::OpenPortal {
                    port: parser.value()?.parse()?,
                });
            }
            verb_named(&word)?
        }
        Some(other) => return Err(other.unexpected()),
    };

    let mut port = DEFAULT_PORT;
    let mut opens_browser = true;
    let mut bench = Bench::default();
    let mut gallery = Gallery::default();
    while let Some(option) = parser.next()? {
        match (topic, option) {
            (_, Short('h') | Long("help")) => return Ok(Verb::Help(Some(topic))),
            (Topic::Demo | Topic::Sandbox, Long("port")) => port = parser.value()?.parse()?,
            (Topic::Demo, Long("no-open")) => opens_browser = false,
            (Topic::Bench, Long("quick")) => bench.is_quick = true,
            (Topic::Bench, Long("only")) => {
                bench.only = Some(one_of("set", SETS, parser.value()?)?);
            }
            (Topic::Bench, Long("pictures")) => bench.pictures = Some(parser.value()?.into()),
            (Topic::Bench, Long("contestant")) => bench.contestant = Some(parser.value()?.into()),
            (Topic::Gallery, Long("accept")) => gallery.accepts = true,
            (Topic::Gallery, Long("pictures")) => {
                gallery.pictures.get_or_insert_default();
            }
            (Topic::Gallery, Long("locale")) => {
                let locale = parser.value()?.string()?;
                gallery.pictures.get_or_insert_default().locale = locale;
            }
            (Topic::Gallery, Long("scheme")) => {
                let scheme = one_of("scheme", SCHEMES, parser.value()?)?;
                gallery.pictures.get_or_insert_default().scheme = scheme;
            }
            (Topic::Gallery, Long("size")) => {
                let size = one_of("size", SIZES, parser.value()?)?;
                gallery.pictures.get_or_insert_default().size = size;
            }
            (_, other) => return Err(other.unexpected()),
        }
    }
    Ok(match topic {
        Topic::Demo => Verb::Demo {
            port,
            opens_browser,
        },
        Topic::Sandbox => Verb::Sandbox { port },
        Topic::Test => Verb::Test,
        Topic::Build => Verb::Build,
        Topic::Size => Verb::Size,
        Topic::Check => Verb::Check,
        Topic::Bench => Verb::Bench(bench),
        Topic::Gallery => Verb::Gallery(gallery),
    })
}

fn one_of(what: &str, known: &[&str], word: OsString) -> Result<String, lexopt::Error> {
    let word = word.string()?;
    if known.contains(&word.as_str()) {
        return Ok(word);
    }
    Err(lexopt::Error::Custom(
        format!(
            "there is no {what} `{word}`; there are {}",
            known.join(", ")
        )
        .into(),
    ))
}

fn verb_named(word: &str) -> Result<Topic, lexopt::Error> {
    Topic::named(word).ok_or_else(|| {
        lexopt::Error::Custom(
            format!("there is no verb `{word}`; there are demo, test, build, size, sandbox, check, bench and gallery (`cargo xtask --help`)")
                .into(),
        )
    })
}

/// The help text of one verb, or the overview.
pub(crate) fn help(topic: Option<Topic>) -> &'static str {
    match topic {
        None => {
            "Usage: cargo xtask <verb> [options]

Verbs:
  demo      set up, build, start the local service, open its portal
  test      everything that must pass; the last line counts it
  build     the release build of the client, into dist/
  size      bytes of the client against its budgets
  sandbox   the local service alone, serving dist/
  check     format, lints, docs and house rules
  bench     speed and accuracy of the image analysis, beside others
  gallery   every screen in every state, as a folder to be looked at

`cargo xtask <verb> --help` says more. Each verb installs what it needs and does
not find; tools go to a cache folder, never into the repository."
        }
        Some(Topic::Demo) => {
            "Usage: cargo xtask demo [--port N] [--no-open]

Installs what is missing, builds the client and the gallery, starts the local
service, makes a fresh session for you and opens the portal in the browser, which
also shows every screen in your colours. Runs until you interrupt it (Ctrl-C).

Prints, on lines of their own: Base URL, SDK ID, Key file, Portal, Session link,
and then Ready.

Options:
  --port N    listen there (default 8700; 0 lets the system choose, and then no
              browser is opened)
  --no-open   do not open the browser (it is not opened when CI is set either)"
        }
        Some(Topic::Test) => {
            "Usage: cargo xtask test

Runs everything that must pass: house rules, format, lints, docs, native tests,
the release build, its size, the browser tests and the journeys through a real
browser. Goes on after a failing step as far as that makes sense.

Installs what it needs, Chromium and ChromeDriver from the system's packages
included. CHROME and CHROMEDRIVER name others.

The last line is `N passed, N failed`; the exit status is 1 when anything failed
or when a step that must have tests ran none."
        }
        Some(Topic::Build) => {
            "Usage: cargo xtask build

Builds the client for release into dist/: hashed names, an optimised module, and
compressed twins (.br, .gz) beside every file that gets smaller by them. The old
dist/ is replaced only when the new one is complete."
        }
        Some(Topic::Size) => {
            "Usage: cargo xtask size

Prints raw and brotli bytes of every file of dist/ and the sums for `first
screen` and `camera ready`; writes them to target/size.json. Builds first when
dist/ is missing. The exit status is 1 above a budget."
        }
        Some(Topic::Sandbox) => {
            "Usage: cargo xtask sandbox [--port N]

Runs the local service, serving dist/ (built first when it is missing or older
than the sources). Its portal previews colours once `cargo xtask gallery` has been
run. Runs until you interrupt it (Ctrl-C).

Prints, on lines of their own: Base URL, SDK ID, Key file (PEM, what a back-end
SDK signs with), Portal, and then Ready.

Options:
  --port N    listen there (default 8700; 0 lets the system choose)"
        }
        Some(Topic::Bench) => {
            "Usage: cargo xtask bench [--quick] [--only SET] [--pictures DIR]
       cargo xtask bench --contestant DIR

Measures the image analysis as it is shipped, in a headless Chromium, beside
others from npm on the same pictures in the same run, and its stages natively.
The pictures are drawn first (a minute). Prints one table, writes target/bench/.
docs/bench.md says how to read it.

Options:
  --quick           few pictures, for a first look
  --only SET        corners, stills, mrz, pdf417 or clips
  --pictures DIR    more pictures for `corners`: DIR/corners.json names them
  --contestant DIR  measures nothing; writes contestant.js and what it loads"
        }
        Some(Topic::Gallery) => {
            "Usage: cargo xtask gallery [--pictures] [--locale TAG] [--scheme S] [--size S]
       cargo xtask gallery --accept

Writes target/gallery/: open its index.html, from disk, and see every screen of
the client in every state, in any language, size, scheme and brand colour. The
screens are shown by the client's own views and style. The portal of the local
service previews colours on them.

Options:
  --pictures    each screen as a PNG too, in target/gallery/drawn/
  --locale TAG  pictures in this language (default en-GB)
  --scheme S    pictures in light or dark (default light)
  --size S      pictures for phone, small-phone or desktop (default phone)
  --accept      what the screens that `test` compares look like now is what they
                should: writes gallery/baselines/"
        }
        Some(Topic::Check) => {
            "Usage: cargo xtask check

House rules, format, clippy for the machine and for WebAssembly with warnings
denied, and the docs of both."
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_verb_without_options_gets_its_defaults() {
        assert_eq!(
            parse(["demo"]).unwrap(),
            Verb::Demo {
                port: DEFAULT_PORT,
                opens_browser: true
            }
        );
        assert_eq!(parse(["test"]).unwrap(), Verb::Test);
        assert_eq!(parse(["build"]).unwrap(), Verb::Build);
        assert_eq!(parse(["size"]).unwrap(), Verb::Size);
        assert_eq!(parse(["check"]).unwrap(), Verb::Check);
        assert_eq!(
            parse([OPEN_PORTAL, "8700"]).unwrap(),
            Verb::OpenPortal { port: 8700 }
        );
    }

    #[test]
    fn options_are_read_in_both_spellings_and_any_order() {
        let expected = Verb::Demo {
            port: 9000,
            opens_browser: false,
        };
        assert_eq!(
            parse(["demo", "--port", "9000", "--no-open"]).unwrap(),
            expected
        );
        assert_eq!(
            parse(["demo", "--no-open", "--port=9000"]).unwrap(),
            expected
        );
        assert_eq!(
            parse(["sandbox", "--port", "0"]).unwrap(),
            Verb::Sandbox { port: 0 }
        );
    }

    #[test]
    fn no_words_and_help_give_the_overview() {
        let none: [&str; 0] = [];
        assert_eq!(parse(none).unwrap(), Verb::Help(None));
        assert_eq!(parse(["--help"]).unwrap(), Verb::Help(None));
        assert_eq!(parse(["help"]).unwrap(), Verb::Help(None));
    }

    #[test]
    fn every_verb_has_a_help_that_names_it() {
        for word in [
            "demo", "test", "build", "size", "sandbox", "check", "gallery",
        ] {
            let Verb::Help(Some(topic)) = parse([word, "--help"]).unwrap() else {
                panic!("{word} --help is not help");
            };
            assert_eq!(parse(["help", word]).unwrap(), Verb::Help(Some(topic)));
            assert!(help(Some(topic)).starts_with(&format!("Usage: cargo xtask {word}")));
            assert!(help(None).contains(&format!("\n  {word} ")));
        }
    }

    #[test]
    fn pictures_of_the_gallery_are_asked_for_in_one_way_of_showing_it() {
        assert_eq!(
            parse(["gallery"]).unwrap(),
            Verb::Gallery(Gallery::default())
        );
        let words = ["gallery", "--size=desktop", "--locale", "ar"];
        let view = View {
            locale: "ar".to_owned(),
            size: "desktop".to_owned(),
            ..View::default()
        };
        assert_eq!(
            parse(words).unwrap(),
            Verb::Gallery(Gallery {
                pictures: Some(view),
                accepts: false
            })
        );
        let refusal = parse(["gallery", "--scheme", "grey"]).unwrap_err();
        assert!(refusal.to_string().contains("light, dark"));
    }

    #[test]
    fn what_is_not_understood_is_refused_by_name() {
        let refusal = |words: &[&str]| parse(words).unwrap_err().to_string();
        assert!(refusal(&["dmeo"]).contains("no verb `dmeo`"));
        assert!(refusal(&["build", "--port", "1"]).contains("--port"));
        assert!(refusal(&["sandbox", "--no-open"]).contains("--no-open"));
        assert!(refusal(&["demo", "--port", "seventy"]).contains("seventy"));
        assert!(refusal(&["demo", "--port", "70000"]).contains("70000"));
        assert!(refusal(&["demo", "--port"]).contains("--port"));
        assert!(refusal(&["test", "more"]).contains("more"));
    }
}

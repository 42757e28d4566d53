//! Holds the locale files and the names of the texts together.
#![cfg(not(target_arch = "wasm32"))]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use vestibule::domain::i18n::{Locale, Text};

/// CLDR's plural categories of the languages that we ship (CLDR 45, "cardinal"),
/// as far as whole numbers below a million come into them; `other` always, for
/// browsers that know no rules.
fn plural_categories(locale: Locale) -> &'static [&'static str] {
    match locale {
        Locale::Ar => &["few", "many", "one", "other", "two", "zero"],
        Locale::Pl | Locale::Ru => &["few", "many", "one", "other"],
        Locale::Bs | Locale::Cs | Locale::Ro | Locale::Sr => &["few", "one", "other"],
        Locale::Ja | Locale::Th | Locale::Vi => &["other"],
        _ => &["one", "other"],
    }
}

/// Whether its file holds only what differs from British English.
fn is_variant(locale: Locale) -> bool {
    matches!(locale, Locale::EnUs | Locale::EnCa)
}

/// What a locale's file says.
struct Written(BTreeMap<String, String>);

impl Written {
    /// Key and plural category (empty where there is none) of every entry.
    fn entries(&self) -> impl Iterator<Item = (&str, &str, &str)> {
        self.0.iter().map(|(key, text)| {
            match key.strip_suffix(']').and_then(|key| key.split_once('[')) {
                Some((key, category)) => (key, category, text.as_str()),
                None => (key.as_str(), "", text.as_str()),
            }
        })
    }

    /// The forms of a text by plural category.
    fn forms(&self, key: &str) -> Vec<(&str, &str)> {
        self.entries()
            .filter(|(candidate, _, _)| *candidate == key)
            .map(|(_, category, text)| (category, text))
            .collect()
    }
}

fn catalogue(locale: Locale) -> Written {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("locales/{}.json", locale.tag()));
    let json =
        fs::read_to_string(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    Written(
        serde_json::from_str(&json).unwrap_or_else(|error| panic!("{}: {error}", file.display())),
    )
}

fn placeholders(text: &str) -> BTreeSet<&str> {
    text.split('{')
        .skip(1)
        .filter_map(|rest| rest.split('}').next())
        .collect()
}

#[test]
fn every_language_has_exactly_the_texts_that_are_used() {
    let used: BTreeSet<&str> = Text::ALL.iter().map(|text| text.key()).collect();
    assert_eq!(used.len(), Text::ALL.len(), "two texts share a key");
    for locale in Locale::ALL {
        let catalogue = catalogue(*locale);
        let written: BTreeSet<&str> = catalogue.entries().map(|(key, _, _)| key).collect();
        let may_lack = is_variant(*locale);
        let missing: Vec<_> = used.difference(&written).filter(|_| !may_lack).collect();
        let unused: Vec<_> = written.difference(&used).collect();
        assert!(
            missing.is_empty() && unused.is_empty(),
            "{}: missing {missing:?}, unused {unused:?}",
            locale.tag()
        );
    }
}

#[test]
fn every_language_uses_the_same_placeholders() {
    let english = catalogue(Locale::EnGb);
    for locale in Locale::ALL {
        let translated = catalogue(*locale);
        for text in Text::ALL {
            let wanted: BTreeSet<&str> = english
                .forms(text.key())
                .iter()
                .flat_map(|(_, form)| placeholders(form))
                .collect();
            for (category, form) in translated.forms(text.key()) {
                let found = placeholders(form);
                // "One try is left" needs no digit; anything else must be there.
                let may_lack_count = matches!(category, "zero" | "one" | "two");
                let lacks: Vec<_> = wanted
                    .difference(&found)
                    .filter(|name| !(may_lack_count && **name == "count"))
                    .collect();
                let foreign: Vec<_> = found.difference(&wanted).collect();
                assert!(
                    lacks.is_empty() && foreign.is_empty(),
                    "{} {} {category}: lacks {lacks:?}, foreign {foreign:?}",
                    locale.tag(),
                    text.key()
                );
            }
        }
    }
}

#[test]
fn plural_forms_are_those_of_the_language() {
    for locale in Locale::ALL {
        let catalogue = catalogue(*locale);
        for text in Text::ALL {
            let forms = catalogue.forms(text.key());
            if forms.iter().all(|(category, _)| category.is_empty()) {
                continue;
            }
            if forms.is_empty() && is_variant(*locale) {
                continue;
            }
            let mut written: Vec<&str> = forms.iter().map(|(category, _)| *category).collect();
            written.sort_unstable();
            assert_eq!(
                written,
                plural_categories(*locale),
                "{} {}",
                locale.tag(),
                text.key()
            );
        }
    }
}

#[test]
fn no_text_is_empty_or_left_in_english() {
    let english = catalogue(Locale::EnGb);
    for locale in Locale::ALL {
        let translated = catalogue(*locale);
        for text in Text::ALL {
            for (category, form) in translated.forms(text.key()) {
                assert!(!form.trim().is_empty(), "{} {}", locale.tag(), text.key());
                // A text of placeholders alone has nothing to translate.
                let has_words = placeholders(form)
                    .iter()
                    .fold(form.to_owned(), |rest, name| {
                        rest.replace(&format!("{{{name}}}"), "")
                    });
                let is_english = english
                    .forms(text.key())
                    .iter()
                    .any(|(_, original)| *original == form);
                assert!(
                    *locale == Locale::EnGb
                        || !is_english
                        || !has_words.contains(char::is_alphabetic),
                    "{} {} {category} is still English",
                    locale.tag(),
                    text.key()
                );
            }
        }
    }
}

#[test]
fn no_text_is_written_that_nobody_says() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut said = BTreeSet::new();
    collect_words(&root, &mut said);
    let silent: Vec<&Text> = Text::ALL
        .iter()
        .filter(|text| !said.contains(&format!("{text:?}")))
        .collect();
    assert!(silent.is_empty(), "never said: {silent:?}");
}

/// Every word of the sources but those that name the texts.
fn collect_words(folder: &Path, words: &mut BTreeSet<String>) {
    for entry in
        fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()))
    {
        let path = entry
            .unwrap_or_else(|error| panic!("{}: {error}", folder.display()))
            .path();
        if path.is_dir() {
            if !path.ends_with("tests") {
                collect_words(&path, words);
            }
        } else if !path.ends_with("i18n/text.rs") {
            let source = fs::read_to_string(&path).unwrap_or_default();
            let of_source = source
                .split(|c: char| !c.is_alphanumeric())
                .filter(|word| !word.is_empty());
            words.extend(of_source.map(str::to_owned));
        }
    }
}

/// How many vowels in a row there are in a word; a silent e at its end counts
/// for nothing.
fn syllables(word: &str) -> usize {
    let is_vowel = |letter: char| "aeiouy".contains(letter.to_ascii_lowercase());
    let groups = word
        .split(|letter| !is_vowel(letter))
        .filter(|group| !group.is_empty())
        .count();
    let is_silent = word.ends_with('e') && !word.ends_with("le") && groups > 1;
    (groups - usize::from(is_silent)).max(1)
}

/// Kincaid and others, "Derivation of New Readability Formulas", 1975: the grade
/// of an American school whose pupils understand a text; those of the sixth are
/// eleven or twelve.
#[test]
fn english_is_understood_by_twelve_year_olds() {
    const MOST_WORDS: usize = 25;
    let (mut n_sentences, mut n_words, mut n_syllables) = (0, 0, 0);
    let catalogue = catalogue(Locale::EnGb);
    for (key, _, text) in catalogue.entries() {
        for sentence in text.split_inclusive(['.', '?', '!', ':']) {
            let words: Vec<&str> = sentence
                .split_whitespace()
                .filter(|word| word.contains(char::is_alphabetic))
                .collect();
            assert!(words.len() <= MOST_WORDS, "{key} is too long: {sentence}");
            // Labels say too little to be counted as sentences.
            if words.len() >= 4 {
                n_sentences += 1;
                n_words += words.len();
                n_syllables += words.iter().map(|word| syllables(word)).sum::<usize>();
            }
        }
    }
    let share = |of: usize, by: usize| {
        #[expect(clippy::cast_precision_loss, reason = "a few thousand words")]
        let share = of as f64 / by as f64;
        share
    };
    let grade = 0.39 * share(n_words, n_sentences) + 11.8 * share(n_syllables, n_words) - 15.59;
    println!("reading grade {grade:.1}");
    assert!(grade < 6.0, "grade {grade:.1}");
}

//! A locale's texts, and putting values into them.

use crate::domain::json::value::Value;
use crate::domain::json::{self, ReadError};

use super::embedded::Texts;
use super::text::Text;

/// A text with the values that go into it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// Which text.
    pub text: Text,
    /// Values by placeholder name.
    pub args: Vec<(&'static str, Arg)>,
}

/// A value that goes into a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Arg {
    /// A count; one named `count` also chooses the plural form.
    Count(u32),
    /// Another text.
    Message(Box<Message>),
    /// Words that are not ours to translate.
    Verbatim(String),
    /// A country, ISO 3166-1 alpha-3; shown by its name.
    Country(String),
    /// A day, `YYYY-MM-DD`; shown as the language writes dates.
    Day(String),
    /// An amount of money; shown as the language writes it.
    Price {
        /// A decimal number, for example `10.50`.
        amount: String,
        /// ISO 4217, for example `GBP`.
        currency: String,
    },
}

impl From<Text> for Message {
    fn from(text: Text) -> Self {
        Self {
            text,
            args: Vec::new(),
        }
    }
}

impl Message {
    /// Adds a value.
    #[must_use]
    pub fn with(mut self, name: &'static str, arg: Arg) -> Self {
        self.args.push((name, arg));
        self
    }

    /// Adds a count.
    #[must_use]
    pub fn with_count(self, count: u32) -> Self {
        self.with("count", Arg::Count(count))
    }

    /// Adds another text.
    #[must_use]
    pub fn with_message(self, name: &'static str, message: impl Into<Self>) -> Self {
        self.with(name, Arg::Message(Box::new(message.into())))
    }
}

/// What only the browser knows about a language.
pub trait Formatter {
    /// The CLDR plural category of a count: `zero`, `one`, `two`, `few`,
    /// `many` or `other`.
    fn plural_category(&self, count: u32) -> String;
    /// A count in the language's digits.
    fn number(&self, count: u32) -> String;
    /// The name of a country, ISO 3166-1 alpha-3.
    fn country(&self, code: &str) -> String;
    /// A day given as `YYYY-MM-DD`.
    fn day(&self, iso: &str) -> String;
    /// An amount of money: a decimal number and a currency by ISO 4217.
    fn price(&self, amount: &str, currency: &str) -> String;
}

/// Texts of one locale.
///
/// A text that depends on a count has one entry per plural category, under the
/// key with the category behind it: `attempts.left[one]`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Catalogue {
    /// By text and plural category, see [`place`]; in their order.
    entries: Vec<(u16, String)>,
}

/// CLDR's plural categories, after none; as in `build.rs`.
const CATEGORIES: [&str; 7] = ["", "zero", "one", "two", "few", "many", "other"];

/// Where the entry of a text and a category is, both by number.
fn place(text: usize, category: usize) -> Option<u16> {
    // Fewer than 2¹³ texts, so this does not overflow.
    u16::try_from(text * 8 + category).ok()
}

/// The file of a locale can't be used.
#[derive(Debug, thiserror::Error)]
#[error("the locale file is not a flat JSON object of texts")]
pub struct CatalogueError(#[from] ReadError);

impl Catalogue {
    /// Reads a locale's file, as far as its keys are among `parts`.
    ///
    /// # Errors
    ///
    /// When it is not a flat JSON object of texts.
    pub fn parse(json: &str, parts: &[&Texts]) -> Result<Self, CatalogueError> {
        let mut texts = json::texts(json)?;
        let mut catalogue = Self::default();
        for part in parts {
            for (text, key) in part.keys.split('\n').enumerate() {
                if key.is_empty() {
                    continue;
                }
                for (category, name) in CATEGORIES.iter().enumerate() {
                    let words = match *name {
                        "" => texts.remove(key),
                        name => texts.remove(&[key, "[", name, "]"].concat()),
                    };
                    if let (Some(place), Some(Value::Text(words))) = (place(text, category), words)
                    {
                        catalogue.put(place, words);
                    }
                }
            }
        }
        Ok(catalogue)
    }

    /// British English.
    #[must_use]
    pub fn english(parts: &[&Texts]) -> Self {
        let mut catalogue = Self::default();
        for part in parts {
            for (text, line) in part.words.split('\n').enumerate() {
                for form in line.split('\t') {
                    let numbered = form.split_at_checked(1);
                    if let Some((number, words)) = numbered
                        && let Ok(category) = number.parse()
                        && let Some(place) = place(text, category)
                    {
                        catalogue.put(place, words.to_owned());
                    }
                }
            }
        }
        catalogue
    }

    /// Takes what is missing here from another catalogue.
    #[must_use]
    pub fn or(mut self, fallback: &Self) -> Self {
        for (place, words) in &fallback.entries {
            if self.words(*place).is_none() {
                self.put(*place, words.clone());
            }
        }
        self
    }

    fn find(&self, place: u16) -> Result<usize, usize> {
        self.entries.binary_search_by_key(&place, |entry| entry.0)
    }

    fn words(&self, place: u16) -> Option<&str> {
        let (_, words) = self.entries.get(self.find(place).ok()?)?;
        Some(words)
    }

    fn put(&mut self, place: u16, words: String) {
        match self.find(place) {
            Ok(at) => self.entries[at].1 = words,
            Err(at) => self.entries.insert(at, (place, words)),
        }
    }

    /// The message in this language; the number of the text when it is missing.
    #[must_use]
    pub fn format(&self, message: &Message, formatter: &dyn Formatter) -> String {
        let category = message.args.iter().find_map(|(name, arg)| match arg {
            Arg::Count(count) if *name == "count" => Some(formatter.plural_category(*count)),
            _ => None,
        });
        let form = |name: &str| {
            let category = CATEGORIES.iter().position(|known| *known == name)?;
            self.words(place(message.text as usize, category)?)
        };
        let template = category
            .and_then(|category| form(&category).or_else(|| form("other")))
            .or_else(|| form(""));
        match template {
            Some(template) => self.fill(template, message, formatter),
            // Showing the hole is better than hiding it: tests find it.
            None => ["#", &(message.text as usize).to_string()].concat(),
        }
    }

    fn fill(&self, template: &str, message: &Message, formatter: &dyn Formatter) -> String {
        let mut out = String::with_capacity(template.len());
        let mut rest = template;
        while let Some((before, after)) = rest.split_once('{') {
            out.push_str(before);
            let Some((name, after)) = after.split_once('}') else {
                out.push('{');
                out.push_str(after);
                return out;
            };
            match message
                .args
                .iter()
                .find(|(candidate, _)| *candidate == name)
            {
                Some((_, Arg::Count(count))) => out.push_str(&formatter.number(*count)),
                Some((_, Arg::Message(inner))) => out.push_str(&self.format(inner, formatter)),
                Some((_, Arg::Verbatim(text))) => out.push_str(text),
                Some((_, Arg::Country(code))) => out.push_str(&formatter.country(code)),
                Some((_, Arg::Day(iso))) => out.push_str(&formatter.day(iso)),
                Some((_, Arg::Price { amount, currency })) => {
                    out.push_str(&formatter.price(amount, currency));
                }
                // Showing the hole is better than hiding it: tests find it.
                None => out.extend(["{", name, "}"]),
            }
            rest = after;
        }
        out.push_str(rest);
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::i18n::embedded::{ALL, BEFORE_REST, EARLY};

    struct English;

    impl Formatter for English {
        fn plural_category(&self, count: u32) -> String {
            if count == 1 { "one" } else { "other" }.to_owned()
        }
        fn number(&self, count: u32) -> String {
            count.to_string()
        }
        fn country(&self, code: &str) -> String {
            format!("country {code}")
        }
        fn day(&self, iso: &str) -> String {
            iso.to_owned()
        }
        fn price(&self, amount: &str, currency: &str) -> String {
            format!("{amount} {currency}")
        }
    }

    fn format(message: &Message) -> String {
        Catalogue::english(ALL).format(message, &English)
    }

    #[test]
    fn a_count_chooses_the_plural_form() {
        let left = |count| format(&Message::from(Text::AttemptsLeft).with_count(count));
        assert_eq!(left(1), "You have 1 more try.");
        assert_eq!(left(2), "You have 2 more tries.");
    }

    #[test]
    fn texts_go_into_texts() {
        let message = Message::from(Text::GuidanceFrontTitle)
            .with_message("document", Text::DocumentDrivingLicence);
        assert_eq!(
            format(&message),
            "Photograph the front of your driving licence"
        );
    }

    #[test]
    fn a_missing_text_shows_its_number() {
        let empty = Catalogue::default();
        let number = format!("#{}", Text::StartTitle as usize);
        assert_eq!(empty.format(&Text::StartTitle.into(), &English), number);
    }

    #[test]
    fn the_early_texts_are_enough_for_the_start_and_for_every_ending() {
        let early = Catalogue::english(EARLY);
        let early_says = |text: Text| early.format(&text.into(), &English);
        let all_says = |text: Text| format(&text.into());
        assert_eq!(early_says(Text::StartTitle), all_says(Text::StartTitle));
        for code in crate::domain::error::ErrorCode::ALL {
            assert_eq!(early_says(code.title()), all_says(code.title()));
            assert_eq!(early_says(code.body()), all_says(code.body()));
        }
        assert!(early_says(Text::ReviewTitle).starts_with('#'), "not there");
    }

    #[test]
    fn each_part_of_the_texts_adds_its_own() {
        let says =
            |parts: &[&Texts], text: Text| Catalogue::english(parts).format(&text.into(), &English);
        let french = r#"{"review.title": "Vérifier", "face.review_title": "Continuer"}"#;
        let french = |parts| Catalogue::parse(french, parts).unwrap();
        assert!(says(EARLY, Text::ReviewTitle).starts_with('#'), "not there");
        assert!(!says(BEFORE_REST, Text::ReviewTitle).starts_with('#'));
        assert!(
            says(BEFORE_REST, Text::FaceReviewTitle).starts_with('#'),
            "not there"
        );
        for text in Text::ALL {
            assert!(!says(ALL, *text).is_empty(), "{text:?}");
        }
        assert_eq!(
            [EARLY, BEFORE_REST, ALL].map(|parts| french(parts).entries.len()),
            [0, 1, 2]
        );
    }

    #[test]
    fn a_missing_value_shows_its_name() {
        assert!(format(&Text::GuidanceFrontTitle.into()).contains("{document}"));
    }

    #[test]
    fn another_language_falls_back_to_english_text_by_text() {
        let partial = Catalogue::parse(r#"{"start.title": "Bonjour"}"#, ALL).unwrap();
        let both = partial.or(&Catalogue::english(ALL));
        assert_eq!(both.format(&Text::StartTitle.into(), &English), "Bonjour");
        assert_eq!(
            both.format(&Text::ActionContinue.into(), &English),
            "Continue"
        );
    }

    #[test]
    fn an_unclosed_placeholder_is_shown_as_it_is() {
        let odd = Catalogue::parse(r#"{"start.title": "a {b"}"#, ALL).unwrap();
        assert_eq!(odd.format(&Text::StartTitle.into(), &English), "a {b");
    }
}

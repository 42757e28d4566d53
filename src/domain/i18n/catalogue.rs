//! A locale's texts, and putting values into them.

use std::collections::BTreeMap;

use crate::domain::json::{self, ReadError};

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

/// All texts of one locale.
///
/// A text that depends on a count has one entry per plural category, under the
/// key with the category behind it: `attempts.left[one]`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Catalogue {
    entries: BTreeMap<String, String>,
}

/// The file of a locale can't be used.
#[derive(Debug, thiserror::Error)]
#[error("the locale file is not a flat JSON object of texts")]
pub struct CatalogueError(#[from] ReadError);

impl Catalogue {
    /// Reads a locale's file.
    ///
    /// # Errors
    ///
    /// When the text is not a flat JSON object of texts.
    pub fn parse(json: &str) -> Result<Self, CatalogueError> {
        Ok(Self {
            entries: json::texts(json)?,
        })
    }

    /// British English, embedded in the program.
    #[must_use]
    pub fn english() -> Self {
        // A broken file cannot ship: tests/locales.rs parses the same bytes.
        Self::parse(include_str!("../../../locales/en-GB.json")).unwrap_or_default()
    }

    /// Takes what is missing here from another catalogue.
    #[must_use]
    pub fn or(mut self, fallback: &Self) -> Self {
        for (key, text) in &fallback.entries {
            if !self.entries.contains_key(key) {
                self.entries.insert(key.clone(), text.clone());
            }
        }
        self
    }

    /// The message in this language; the key itself when the text is missing.
    #[must_use]
    pub fn format(&self, message: &Message, formatter: &dyn Formatter) -> String {
        let key = message.text.key();
        let category = message.args.iter().find_map(|(name, arg)| match arg {
            Arg::Count(count) if *name == "count" => Some(formatter.plural_category(*count)),
            _ => None,
        });
        let form = |category: &str| self.entries.get(&plural_key(key, category));
        let template = category
            .and_then(|category| form(&category).or_else(|| form("other")))
            .or_else(|| self.entries.get(key));
        match template {
            Some(template) => self.fill(template, message, formatter),
            None => key.to_owned(),
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

    /// Key, plural category (empty where there is none) and text of every entry.
    pub fn entries(&self) -> impl Iterator<Item = (&str, &str, &str)> {
        self.entries.iter().map(|(key, text)| {
            match key.strip_suffix(']').and_then(|key| key.split_once('[')) {
                Some((key, category)) => (key, category, text.as_str()),
                None => (key.as_str(), "", text.as_str()),
            }
        })
    }

    /// The forms of a text by plural category, in no order.
    #[must_use]
    pub fn forms(&self, key: &str) -> Vec<(&str, &str)> {
        self.entries()
            .filter(|(candidate, _, _)| *candidate == key)
            .map(|(_, category, text)| (category, text))
            .collect()
    }
}

fn plural_key(key: &str, category: &str) -> String {
    [key, "[", category, "]"].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

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
        Catalogue::english().format(message, &English)
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
    fn a_missing_text_shows_its_key() {
        let empty = Catalogue::default();
        assert_eq!(
            empty.format(&Text::StartTitle.into(), &English),
            "start.title"
        );
    }

    #[test]
    fn a_missing_value_shows_its_name() {
        assert!(format(&Text::GuidanceFrontTitle.into()).contains("{document}"));
    }

    #[test]
    fn another_language_falls_back_to_english_text_by_text() {
        let partial = Catalogue::parse(r#"{"start.title": "Bonjour"}"#).unwrap();
        let both = partial.or(&Catalogue::english());
        assert_eq!(both.format(&Text::StartTitle.into(), &English), "Bonjour");
        assert_eq!(
            both.format(&Text::ActionContinue.into(), &English),
            "Continue"
        );
    }

    #[test]
    fn an_unclosed_placeholder_is_shown_as_it_is() {
        let odd = Catalogue::parse(r#"{"start.title": "a {b"}"#).unwrap();
        assert_eq!(odd.format(&Text::StartTitle.into(), &English), "a {b");
    }
}

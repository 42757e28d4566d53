//! Fields that a person fills in: what was typed, and what is wrong with it.

use crate::domain::i18n::Text;
use crate::domain::service::ServiceError;

/// What a person typed; never printed.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Typed(String);

impl Typed {
    /// Wraps what was typed.
    #[must_use]
    pub fn new(text: String) -> Self {
        Self(text)
    }

    /// The words, for the field itself and for what is sent.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for Typed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // Nothing personal in logs.
        f.write_str("Typed(…)")
    }
}

/// A field of a form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "each name says what is typed there")]
pub enum Field {
    PostCode,
    FirstName,
    LastName,
    Email,
    EmailAgain,
    Agreement,
    FullName,
    DateOfBirth,
    BuildingNumber,
    AddressLine,
    Town,
    PostalCode,
    Country,
}

/// What a ticked box holds.
pub const TICKED: &str = "yes";

/// Names of people and lines of addresses are no longer than this.
const LONGEST_LINE: usize = 100;

/// The longest address that a message can be sent to (RFC 5321, 4.5.3.1.3).
const LONGEST_EMAIL: usize = 254;

/// Why a form was not taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SubmitError {
    /// Some fields are wrong: their paths in what was sent.
    #[error("fields were refused")]
    Fields(Vec<String>),
    /// It failed for another reason.
    #[error(transparent)]
    Service(ServiceError),
}

impl From<ServiceError> for SubmitError {
    fn from(error: ServiceError) -> Self {
        Self::Service(error)
    }
}

/// The fields of a form, in the order of the screen.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Form {
    entries: Vec<Entry>,
    n_refusals: u32,
}

/// One field as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Which field.
    pub field: Field,
    /// What is in it.
    pub typed: Typed,
    /// What is wrong with it, once it was sent.
    pub error: Option<Text>,
}

impl Form {
    /// An empty form.
    #[must_use]
    pub fn new(fields: &[Field]) -> Self {
        let entry = |field: &Field| Entry {
            field: *field,
            typed: Typed::default(),
            error: None,
        };
        Self {
            entries: fields.iter().map(entry).collect(),
            n_refusals: 0,
        }
    }

    /// The fields as they stand.
    #[must_use]
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// How often the form was refused: the focus goes to the first wrong field
    /// each time.
    #[must_use]
    pub fn n_refusals(&self) -> u32 {
        self.n_refusals
    }

    /// What is in a field, without the spaces around it.
    #[must_use]
    pub fn value(&self, field: Field) -> &str {
        self.entry(field)
            .map_or("", |entry| entry.typed.reveal().trim())
    }

    fn entry(&self, field: Field) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.field == field)
    }

    /// Takes what was typed; whether the form has such a field.
    pub fn put(&mut self, field: Field, typed: &Typed) -> bool {
        let Some(entry) = self.entries.iter_mut().find(|entry| entry.field == field) else {
            return false;
        };
        if entry.typed != *typed {
            entry.typed = typed.clone();
            entry.error = None;
        }
        true
    }

    /// Looks at every field; whether all are right.
    pub fn check(&mut self) -> bool {
        let found: Vec<Option<Text>> = self
            .entries
            .iter()
            .map(|entry| self.wrong(entry.field))
            .collect();
        for (entry, error) in self.entries.iter_mut().zip(found) {
            entry.error = error;
        }
        self.take_note()
    }

    /// Marks the fields that the service refused; whether it named any of ours.
    pub fn refuse(&mut self, fields: impl IntoIterator<Item = (Field, Text)>) -> bool {
        for (field, text) in fields {
            if let Some(entry) = self.entries.iter_mut().find(|entry| entry.field == field) {
                entry.error = Some(text);
            }
        }
        !self.take_note()
    }

    /// Counts a refusal; whether nothing is wrong.
    fn take_note(&mut self) -> bool {
        let is_right = self.entries.iter().all(|entry| entry.error.is_none());
        if !is_right {
            self.n_refusals = self.n_refusals.wrapping_add(1);
        }
        is_right
    }

    /// What is wrong with a field, as far as we can tell without the service.
    fn wrong(&self, field: Field) -> Option<Text> {
        let value = self.value(field);
        let is_line = value.chars().count() <= LONGEST_LINE && !value.chars().any(char::is_control);
        match field {
            Field::PostCode if value.is_empty() => Some(Text::BranchPostCodeMissing),
            Field::Email if !is_email(value) => Some(Text::FormEmailWrong),
            Field::EmailAgain if value.is_empty() => Some(Text::FormMissing),
            Field::EmailAgain if !value.eq_ignore_ascii_case(self.value(Field::Email)) => {
                Some(Text::FormEmailDiffers)
            }
            Field::Agreement => (value != TICKED).then_some(Text::FormAgreementMissing),
            Field::DateOfBirth => (!is_day(value)).then_some(Text::FormDateWrong),
            Field::FirstName
            | Field::LastName
            | Field::FullName
            | Field::PostalCode
            | Field::Country
                if value.is_empty() =>
            {
                Some(Text::FormMissing)
            }
            Field::Email | Field::EmailAgain => None,
            _ => (!is_line).then_some(Text::FormTooLong),
        }
    }
}

/// The form of an e-mail address; only a message shows whether it exists.
fn is_email(text: &str) -> bool {
    let Some((local, domain)) = text.split_once('@') else {
        return false;
    };
    text.len() <= LONGEST_EMAIL
        && !text.chars().any(|c| c.is_whitespace() || c.is_control())
        && !local.is_empty()
        && domain.contains('.')
        && !domain.contains('@')
        && domain.split('.').all(|label| !label.is_empty())
}

/// Whether this is a day of the calendar, `YYYY-MM-DD`.
fn is_day(text: &str) -> bool {
    let mut parts = text.split('-');
    let mut number = |n_digits: usize| {
        let part = parts.next()?;
        let is_number = part.len() == n_digits && part.bytes().all(|byte| byte.is_ascii_digit());
        part.parse::<u32>().ok().filter(|_| is_number)
    };
    let (Some(year), Some(month), Some(day)) = (number(4), number(2), number(2)) else {
        return false;
    };
    let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let n_days = match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if is_leap => 29,
        2 => 28,
        _ => 0,
    };
    parts.next().is_none() && (1..=n_days).contains(&day)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const CONTACT: [Field; 5] = [
        Field::FirstName,
        Field::LastName,
        Field::Email,
        Field::EmailAgain,
        Field::Agreement,
    ];

    fn contact(values: [&str; 5]) -> Form {
        let mut form = Form::new(&CONTACT);
        for (field, value) in CONTACT.into_iter().zip(values) {
            form.put(field, &Typed::new(value.to_owned()));
        }
        form
    }

    fn errors(form: &Form) -> Vec<(Field, Text)> {
        let of = |entry: &Entry| Some((entry.field, entry.error?));
        form.entries().iter().filter_map(of).collect()
    }

    #[test]
    fn a_right_form_has_no_errors() {
        let mut form = contact([
            "Ada",
            " Lovelace ",
            "ada@example.com",
            "Ada@Example.com ",
            TICKED,
        ]);
        assert!(form.check(), "{:?}", errors(&form));
        assert_eq!(form.value(Field::LastName), "Lovelace");
        assert_eq!(form.n_refusals(), 0);
    }

    #[test]
    fn every_wrong_field_says_what_is_wrong() {
        let mut form = contact(["", &"x".repeat(101), "ada@example", "other@example.com", ""]);
        assert!(!form.check());
        assert_eq!(
            errors(&form),
            [
                (Field::FirstName, Text::FormMissing),
                (Field::LastName, Text::FormTooLong),
                (Field::Email, Text::FormEmailWrong),
                (Field::EmailAgain, Text::FormEmailDiffers),
                (Field::Agreement, Text::FormAgreementMissing),
            ]
        );
        assert_eq!(form.n_refusals(), 1);
        form.put(Field::FirstName, &Typed::new("Ada".to_owned()));
        assert_eq!(
            errors(&form).len(),
            4,
            "typing takes the message of its field away"
        );
    }

    #[test]
    fn what_the_service_refuses_stands_at_its_field() {
        let mut form = contact(["Ada", "Lovelace", "a@b.co", "a@b.co", TICKED]);
        assert!(!form.refuse([(Field::PostCode, Text::FormRefused)]));
        assert_eq!(form.n_refusals(), 0, "it named no field of ours");
        assert!(form.refuse([(Field::Email, Text::FormRefused)]));
        assert_eq!(errors(&form), [(Field::Email, Text::FormRefused)]);
        assert!(!form.put(Field::Town, &Typed::default()));
    }

    #[test]
    fn e_mail_addresses_have_a_form() {
        for good in [
            "ada@example.com",
            "a.b+c@mail.example.co.uk",
            "ü@exämple.org",
        ] {
            assert!(is_email(good), "{good}");
        }
        for bad in [
            "",
            "ada",
            "ada@",
            "@b.co",
            "ada@b",
            "ada@.com",
            "ada@b.",
            "a da@b.co",
            "a@b@c.co",
        ] {
            assert!(!is_email(bad), "{bad}");
        }
    }

    #[test]
    fn days_are_those_of_the_calendar() {
        for good in ["1974-08-12", "2000-02-29", "2024-02-29"] {
            assert!(is_day(good), "{good}");
        }
        for bad in [
            "",
            "1900-02-29",
            "2023-02-30",
            "2023-13-01",
            "2023-00-10",
            "2023-01-00",
            "2023-1-01",
            "23-01-01",
            "2023-01-01-01",
            "+023-01-01",
            "٢٠٢٣-01-01",
        ] {
            assert!(!is_day(bad), "{bad}");
        }
    }

    #[test]
    fn what_was_typed_is_never_printed() {
        let form = contact(["Ada", "Lovelace", "ada@example.com", "", ""]);
        let printed = format!("{form:?}");
        assert!(
            !printed.contains("Ada") && !printed.contains("ada@"),
            "{printed}"
        );
    }

    proptest! {
        #[test]
        fn no_words_make_a_form_panic(words in proptest::collection::vec(".{0,120}", 13)) {
            let fields = [
                Field::PostCode, Field::FirstName, Field::LastName, Field::Email, Field::EmailAgain,
                Field::Agreement, Field::FullName, Field::DateOfBirth, Field::BuildingNumber,
                Field::AddressLine, Field::Town, Field::PostalCode, Field::Country,
            ];
            let mut form = Form::new(&fields);
            for (field, words) in fields.into_iter().zip(words) {
                form.put(field, &Typed::new(words));
            }
            let is_right = form.check();
            prop_assert_eq!(is_right, errors(&form).is_empty());
        }
    }
}

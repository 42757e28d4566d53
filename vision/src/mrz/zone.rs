//! What a zone says: its fields as ICAO 9303 names them.
//!
//! [`Mrz::parse`] takes lines whose check digits agree, [`Mrz::lines`] writes
//! them again.
//! Not for pictures, and not for deciding whether a state exists: codes are
//! given as they stand, including the special ones (`D` for Germany, `UNO` and
//! `UNA` for the United Nations, `XXA` to `XXC` for persons without
//! nationality, `RKS` for Kosovo, `EUE` for the European Union, `GBD`, `GBN`,
//! `GBO`, `GBP`, `GBS` for kinds of British nationality; ICAO 9303-3 §5).

use thiserror::Error;

use super::check::{FILLER, check_digit};
use super::format::{Format, Span, overflown};

/// Why text is not a zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum MrzError {
    /// No format has so many lines of this length.
    #[error("no format has these lines")]
    UnknownShape,
    /// A character stands where its kind may not.
    #[error("character {place} of line {line} may not stand there")]
    WrongCharacter {
        /// The line, from 0.
        line: usize,
        /// The place in it, from 0.
        place: usize,
    },
    /// A check digit disagrees.
    #[error("the check digit at {place} of line {line} disagrees")]
    WrongCheckDigit {
        /// The line of the check digit, from 0.
        line: usize,
        /// The place in it, from 0.
        place: usize,
    },
    /// A field does not fit its place.
    #[error("a field does not fit its place")]
    DoesNotFit,
}

/// A date with a year of two digits; parts may be unknown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ShortDate([u8; 6]);

impl ShortDate {
    /// The date written `YYMMDD`, unknown parts as `<<`; nothing when a month
    /// or a day is none.
    #[must_use]
    pub fn new(text: [u8; 6]) -> Option<Self> {
        let date = Self(text);
        let part = |from: usize| match [text[from], text[from + 1]] {
            [FILLER, FILLER] => Some(None),
            [tens, units] if tens.is_ascii_digit() && units.is_ascii_digit() => {
                Some(Some(10 * (tens - b'0') + units - b'0'))
            }
            _ => None,
        };
        let (_, month, day) = (part(0)?, part(2)?, part(4)?);
        let right = month.is_none_or(|it| (1..=12).contains(&it))
            && day.is_none_or(|it| (1..=31).contains(&it));
        right.then_some(date)
    }

    /// The month, 1 to 12, when it is known.
    #[must_use]
    pub fn month(self) -> Option<u8> {
        self.part(2)
    }

    /// The day, 1 to 31, when it is known.
    #[must_use]
    pub fn day(self) -> Option<u8> {
        self.part(4)
    }

    /// The year of a birth: the latest that is not after `this_year`.
    ///
    /// A holder of more than a hundred years comes out a hundred too young;
    /// the zone cannot say otherwise.
    #[must_use]
    pub fn year_of_birth(self, this_year: u16) -> Option<u16> {
        let short = u16::from(self.part(0)?);
        let year = this_year - this_year % 100 + short;
        if year > this_year {
            year.checked_sub(100)
        } else {
            Some(year)
        }
    }

    /// The year of an expiry: the one nearest to `this_year`, from 49 years
    /// before to 50 after.
    #[must_use]
    pub fn year_of_expiry(self, this_year: u16) -> Option<u16> {
        let short = u16::from(self.part(0)?);
        let ahead = (100 + short - this_year % 100) % 100;
        if ahead <= 50 {
            this_year.checked_add(ahead)
        } else {
            this_year.checked_sub(100 - ahead)
        }
    }

    fn part(self, from: usize) -> Option<u8> {
        let digit = |place: usize| self.0[place].checked_sub(b'0').filter(|it| *it < 10);
        Some(10 * digit(from)? + digit(from + 1)?)
    }
}

/// What the zone says about sex.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Sex {
    /// `F`.
    Female,
    /// `M`.
    Male,
    /// The filler: unspecified.
    Unspecified,
}

/// The fields of a zone.
///
/// Names and codes are upper-case ASCII, with single spaces between parts of a
/// name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mrz {
    /// The format.
    pub format: Format,
    /// Document code: `P` and a letter, `I`, `A` or `C` and a letter, `V`.
    pub document_code: String,
    /// Issuing state or organisation, one to three letters.
    pub issuer: String,
    /// Primary identifier.
    pub surname: String,
    /// Secondary identifier; may be empty, or cut to fit.
    pub given_names: String,
    /// Document number; may contain fillers within.
    pub number: String,
    /// Nationality, one to three letters.
    pub nationality: String,
    /// Date of birth.
    pub birth: ShortDate,
    /// Sex.
    pub sex: Sex,
    /// Date of expiry.
    pub expiry: ShortDate,
    /// Optional data without fillers at the end; for cards of three lines the
    /// first line's.
    pub optional: String,
    /// Optional data of the second line of a card of three lines.
    pub optional_second: String,
}

/// Where the fields of a format stand.
struct Places {
    names: Span,
    nationality: Span,
    birth: Span,
    sex: (usize, usize),
    expiry: Span,
    optional: Span,
    optional_second: Option<Span>,
}

fn places(format: Format) -> Places {
    let length = format.length();
    if format == Format::Td1 {
        return Places {
            names: (2, 0, 30),
            nationality: (1, 15, 18),
            birth: (1, 0, 6),
            sex: (1, 7),
            expiry: (1, 8, 14),
            optional: (0, 15, 30),
            optional_second: Some((1, 18, 29)),
        };
    }
    Places {
        names: (0, 5, length),
        nationality: (1, 10, 13),
        birth: (1, 13, 19),
        sex: (1, 20),
        expiry: (1, 21, 27),
        optional: match format {
            Format::Td3 => (1, 28, 42),
            Format::Td2 => (1, 28, 35),
            Format::Td1 | Format::MrvA | Format::MrvB => (1, 28, length),
        },
        optional_second: None,
    }
}

impl Mrz {
    /// Understands a zone.
    ///
    /// # Errors
    ///
    /// See [`MrzError`]; nothing is corrected here.
    ///
    /// ```
    /// use vestibule_vision::mrz::Mrz;
    ///
    /// // The specimen of ICAO 9303-4, appendix B.
    /// let zone = Mrz::parse(&[
    ///     "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
    ///     "L898902C36UTO7408122F1204159ZE184226B<<<<<10",
    /// ])?;
    /// assert_eq!((zone.surname.as_str(), zone.number.as_str()), ("ERIKSSON", "L898902C3"));
    /// assert_eq!(zone.expiry.year_of_expiry(2026), Some(2012));
    /// # Ok::<(), vestibule_vision::mrz::MrzError>(())
    /// ```
    pub fn parse(lines: &[&str]) -> Result<Self, MrzError> {
        let first = lines.first().ok_or(MrzError::UnknownShape)?;
        let start = *first.as_bytes().first().ok_or(MrzError::UnknownShape)?;
        let format = Format::of(lines.len(), first.len(), start).ok_or(MrzError::UnknownShape)?;
        if lines.iter().any(|line| line.len() != format.length()) {
            return Err(MrzError::UnknownShape);
        }
        for (line, text) in lines.iter().enumerate() {
            for (place, character) in text.bytes().enumerate() {
                if !format.kind(line, place).allows(character) {
                    return Err(MrzError::WrongCharacter { line, place });
                }
            }
        }
        for check in format.checks() {
            if !check.agrees(format, lines) {
                return Err(MrzError::WrongCheckDigit {
                    line: check.line,
                    place: check.place,
                });
            }
        }
        let places = places(format);
        let span = |(line, from, to): Span| &lines[line][from..to];
        let date = |(line, from, to): Span| {
            <[u8; 6]>::try_from(span((line, from, to)).as_bytes())
                .ok()
                .and_then(ShortDate::new)
                .ok_or(MrzError::WrongCharacter { line, place: from })
        };
        let names = trimmed(span(places.names));
        let (surname, given_names) = names.split_once("<<").unwrap_or((names, ""));
        let number_check = format.checks()[0];
        let mut number = trimmed(span(number_check.over[0])).to_owned();
        let mut optional = span(places.optional);
        let check_place = lines[number_check.line].as_bytes()[number_check.place];
        if check_place == FILLER
            && let Some(more) = overflown(format, lines)
        {
            number.push_str(&optional[..more]);
            optional = &optional[more + 1..];
            optional = optional.strip_prefix('<').unwrap_or(optional);
        }
        Ok(Self {
            format,
            document_code: trimmed(&first[..2]).to_owned(),
            issuer: trimmed(&first[2..5]).to_owned(),
            surname: spaced(surname),
            given_names: spaced(given_names),
            number,
            nationality: trimmed(span(places.nationality)).to_owned(),
            birth: date(places.birth)?,
            sex: match lines[places.sex.0].as_bytes()[places.sex.1] {
                b'F' => Sex::Female,
                b'M' => Sex::Male,
                _ => Sex::Unspecified,
            },
            expiry: date(places.expiry)?,
            optional: trimmed(optional).to_owned(),
            optional_second: places
                .optional_second
                .map(|it| trimmed(span(it)).to_owned())
                .unwrap_or_default(),
        })
    }

    /// Writes the zone; names that are too long are cut.
    ///
    /// # Errors
    ///
    /// [`MrzError::DoesNotFit`] when a field is longer than its place, or holds
    /// what a zone cannot hold.
    pub fn lines(&self) -> Result<Vec<String>, MrzError> {
        let format = self.format;
        let places = places(format);
        let mut lines = vec![vec![FILLER; format.length()]; format.lines()];
        let mut names = self.surname.replace(' ', "<");
        if !self.given_names.is_empty() {
            names.push_str("<<");
            names.push_str(&self.given_names.replace(' ', "<"));
        }
        let room = places.names.2 - places.names.1;
        put(&mut lines, (0, 0, 2), &self.document_code)?;
        put(&mut lines, (0, 2, 5), &self.issuer)?;
        put(
            &mut lines,
            places.names,
            names.get(..room).unwrap_or(&names),
        )?;
        put(&mut lines, places.nationality, &self.nationality)?;
        put_bytes(&mut lines, places.birth, &self.birth.0)?;
        put_bytes(&mut lines, places.expiry, &self.expiry.0)?;
        lines[places.sex.0][places.sex.1] = match self.sex {
            Sex::Female => b'F',
            Sex::Male => b'M',
            Sex::Unspecified => FILLER,
        };
        let number_check = format.checks()[0];
        let overflows = self.number.len() > 9;
        if overflows {
            if format.overflow().is_none() || !self.number.is_ascii() {
                return Err(MrzError::DoesNotFit);
            }
            let (begin, more) = self.number.split_at(9);
            put(&mut lines, number_check.over[0], begin)?;
            let digit = check_digit(self.number.bytes()).ok_or(MrzError::DoesNotFit)?;
            let mut text = format!("{more}{}", char::from(digit));
            if !self.optional.is_empty() {
                text.push('<');
                text.push_str(&self.optional);
            }
            put(&mut lines, places.optional, &text)?;
        } else {
            put(&mut lines, number_check.over[0], &self.number)?;
            put(&mut lines, places.optional, &self.optional)?;
        }
        if let Some(second) = places.optional_second {
            put(&mut lines, second, &self.optional_second)?;
        }
        for (index, check) in format.checks().iter().enumerate() {
            if index == 0 && overflows {
                continue;
            }
            let text = check
                .over
                .iter()
                .flat_map(|(line, from, to)| lines[*line][*from..*to].iter().copied());
            let digit = check_digit(text).ok_or(MrzError::DoesNotFit)?;
            lines[check.line][check.place] = digit;
        }
        lines
            .into_iter()
            .map(|line| String::from_utf8(line).or(Err(MrzError::DoesNotFit)))
            .collect()
    }
}

/// Puts a field into its place; what is left stays filler.
fn put(lines: &mut [Vec<u8>], place: Span, text: &str) -> Result<(), MrzError> {
    put_bytes(lines, place, text.as_bytes())
}

fn put_bytes(lines: &mut [Vec<u8>], (line, from, to): Span, text: &[u8]) -> Result<(), MrzError> {
    if text.iter().any(|it| super::check::value(*it).is_none()) {
        return Err(MrzError::DoesNotFit);
    }
    lines[line][from..to]
        .get_mut(..text.len())
        .ok_or(MrzError::DoesNotFit)?
        .copy_from_slice(text);
    Ok(())
}

fn trimmed(text: &str) -> &str {
    text.trim_end_matches('<')
}

/// Fillers as single spaces, none at the ends.
fn spaced(text: &str) -> String {
    let mut spaced = String::with_capacity(text.len());
    for part in text.split('<').filter(|part| !part.is_empty()) {
        if !spaced.is_empty() {
            spaced.push(' ');
        }
        spaced.push_str(part);
    }
    spaced
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A document of every format with fields of random length.
    fn invented(format: Format, seed: usize) -> Mrz {
        let letters = |from: usize, length: usize| -> String {
            (0..length)
                .map(|i| char::from(b'A' + ((seed * 7 + from + i * i * 5) % 26).to_le_bytes()[0]))
                .collect()
        };
        let digits = |from: usize, length: usize| -> String {
            (0..length)
                .map(|i| char::from(b'0' + ((seed * 3 + from + i * 7) % 10).to_le_bytes()[0]))
                .collect()
        };
        let codes = ["D", "UNO", "XXA", "RKS", "EUE", "GBD", "UTO", "CHE"];
        let date = |text: &[u8; 6]| ShortDate::new(*text).unwrap();
        let long = format.overflow().is_some() && seed.is_multiple_of(3);
        Mrz {
            format,
            document_code: match format {
                Format::Td3 => "P",
                Format::MrvA | Format::MrvB => "V",
                Format::Td1 | Format::Td2 => "ID",
            }
            .to_owned(),
            issuer: codes[seed % 8].to_owned(),
            surname: format!("{} {}", letters(1, 1 + seed % 6), letters(4, 2)),
            given_names: if seed.is_multiple_of(5) {
                String::new()
            } else {
                letters(2, 1 + seed % 7)
            },
            number: digits(1, if long { 11 } else { 5 + seed % 5 }),
            nationality: codes[(seed / 3) % 8].to_owned(),
            birth: date(if seed.is_multiple_of(4) {
                b"74<<<<"
            } else {
                b"740812"
            }),
            sex: [Sex::Female, Sex::Male, Sex::Unspecified][seed % 3],
            expiry: date(b"120415"),
            optional: if seed.is_multiple_of(2) {
                String::new()
            } else {
                digits(5, 1 + seed % 3)
            },
            optional_second: if format == Format::Td1 {
                letters(9, seed % 11)
            } else {
                String::new()
            },
        }
    }

    #[test]
    fn what_is_written_is_read_again() {
        for format in Format::ALL {
            for seed in 0..200 {
                let zone = invented(format, seed);
                let lines = zone.lines().unwrap();
                let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
                assert!(lines.iter().all(|it| it.len() == format.length()));
                assert_eq!(Mrz::parse(&lines), Ok(zone), "{lines:?}");
            }
        }
    }

    #[test]
    fn the_specimens_of_the_standard_are_understood() {
        // ICAO 9303-5 appendix B, 9303-6 appendix B, 9303-7 appendices A and B.
        let card = Mrz::parse(&[
            "I<UTOD231458907<<<<<<<<<<<<<<<",
            "7408122F1204159UTO<<<<<<<<<<<6",
            "ERIKSSON<<ANNA<MARIA<<<<<<<<<<",
        ])
        .unwrap();
        assert_eq!(card.format, Format::Td1);
        assert_eq!(
            (card.number.as_str(), card.document_code.as_str()),
            ("D23145890", "I")
        );
        let card = Mrz::parse(&[
            "I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<",
            "D231458907UTO7408122F1204159<<<<<<<6",
        ])
        .unwrap();
        assert_eq!(card.given_names, "ANNA MARIA");
        let visa = Mrz::parse(&[
            "V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
            "L8988901C4XXX4009078F96121096ZE184226B<<<<<<",
        ])
        .unwrap();
        assert_eq!(
            (visa.format, visa.optional.as_str()),
            (Format::MrvA, "6ZE184226B")
        );
        let visa = Mrz::parse(&[
            "V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<",
            "L8988901C4XXX4009078F9612109<<<<<<<<",
        ])
        .unwrap();
        assert_eq!(
            (visa.format, visa.nationality.as_str()),
            (Format::MrvB, "XXX")
        );
    }

    #[test]
    fn long_numbers_go_on_in_the_optional_data() {
        // ICAO 9303-5 appendix G: D23145890734.
        let card = Mrz::parse(&[
            "I<UTOD23145890<7349<<<<<<<<<<<",
            "3407127M9507122UTO<<<<<<<<<<<2",
            "STEVENSON<<PETER<JOHN<<<<<<<<<",
        ]);
        assert_eq!(card.unwrap().number, "D23145890734");
    }

    #[test]
    fn mistakes_are_named() {
        let first = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<";
        let second = "L898902C36UTO7408122F1204159ZE184226B<<<<<10";
        assert_eq!(Mrz::parse(&[first]), Err(MrzError::UnknownShape));
        assert_eq!(Mrz::parse(&[]), Err(MrzError::UnknownShape));
        assert_eq!(
            Mrz::parse(&[first, &second.replace("L898902C3", "L898902C4")]),
            Err(MrzError::WrongCheckDigit { line: 1, place: 9 })
        );
        assert_eq!(
            Mrz::parse(&[first, &second.replace("UTO", "UT0")]),
            Err(MrzError::WrongCharacter { line: 1, place: 12 })
        );
    }

    #[test]
    fn years_get_their_century() {
        let date = |text: &[u8; 6]| ShortDate::new(*text).unwrap();
        assert_eq!(date(b"260101").year_of_birth(2026), Some(2026));
        assert_eq!(date(b"270101").year_of_birth(2026), Some(1927));
        assert_eq!(date(b"<<0101").year_of_birth(2026), None);
        assert_eq!(date(b"360101").year_of_expiry(2026), Some(2036));
        assert_eq!(date(b"990101").year_of_expiry(2026), Some(1999));
        assert_eq!(date(b"050101").year_of_expiry(2098), Some(2105));
        assert_eq!(ShortDate::new(*b"741301"), None);
        assert_eq!(ShortDate::new(*b"7<0101"), None);
    }
}

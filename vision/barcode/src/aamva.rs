//! What the bar code of a North American driving licence says.
//!
//! By the AAMVA DL/ID Card Design Standard, annex D, versions 1 (2000) to 10
//! (2020): a header, then data elements, each on a line that begins with its
//! three-letter name. Forgiving where issuers are known to differ: offsets and
//! lengths of the header are not trusted.
//! Not for deciding whether a licence is valid or genuine.

/// A licence or an identity card, as its bar code has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Licence<'a> {
    /// Who issued it: an issuer identification number (ISO/IEC 7812) of six
    /// digits.
    pub issuer: &'a str,
    /// The version of the standard.
    pub version: u8,
    elements: Vec<(&'a str, &'a str)>,
}

/// A day of the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Date {
    /// 1900 to 2099.
    pub year: u16,
    /// 1 to 12.
    pub month: u8,
    /// 1 to 31.
    pub day: u8,
}

/// How a date is written; the years allowed make them tell themselves apart,
/// as no month is 19 or 20 and no year begins with 01 to 12.
const YEARS: std::ops::RangeInclusive<u16> = 1900..=2099;

impl<'a> Licence<'a> {
    /// Reads the text of a symbol; nothing when it is no licence.
    #[must_use]
    pub fn parse(text: &'a str) -> Option<Self> {
        // The first version called itself AAMVA.
        let (_, rest) = text
            .split_once("ANSI ")
            .or_else(|| text.split_once("AAMVA"))?;
        let issuer = digits(rest, 0, 6)?;
        let version = digits(rest, 6, 2)?.parse().ok()?;
        let mut elements: Vec<(&str, &str)> = Vec::new();
        for line in rest.split(['\n', '\r']) {
            let Some((name, value)) = element(line) else {
                continue;
            };
            if !elements.iter().any(|(known, _)| *known == name) {
                elements.push((name, value));
            }
        }
        (!elements.is_empty()).then_some(Self {
            issuer,
            version,
            elements,
        })
    }

    /// The value of a data element by its name, such as `DAQ`; nothing when it
    /// is missing, empty, or said to be none or unavailable.
    #[must_use]
    pub fn element(&self, name: &str) -> Option<&'a str> {
        let (_, value) = self.elements.iter().find(|(known, _)| *known == name)?;
        let value = value.trim();
        let is_nothing = ["", "NONE", "unavl", "unavail"]
            .iter()
            .any(|nothing| value.eq_ignore_ascii_case(nothing));
        (!is_nothing).then_some(value)
    }

    /// The family name.
    #[must_use]
    pub fn family_name(&self) -> Option<&'a str> {
        self.element("DCS")
            .or_else(|| self.element("DAB"))
            .or_else(|| self.full_name(0))
    }

    /// The first of the given names, or all of them where they are not told
    /// apart.
    #[must_use]
    pub fn given_name(&self) -> Option<&'a str> {
        self.element("DAC")
            .or_else(|| self.element("DCT"))
            .or_else(|| self.full_name(1))
    }

    /// The number of the licence.
    #[must_use]
    pub fn number(&self) -> Option<&'a str> {
        self.element("DAQ")
    }

    /// The day of birth.
    #[must_use]
    pub fn birth(&self) -> Option<Date> {
        self.date("DBB")
    }

    /// The last day of validity.
    #[must_use]
    pub fn expiry(&self) -> Option<Date> {
        self.date("DBA")
    }

    /// The day of issue.
    #[must_use]
    pub fn issue(&self) -> Option<Date> {
        self.date("DBD")
    }

    /// The state, province or territory, two letters.
    #[must_use]
    pub fn jurisdiction(&self) -> Option<&'a str> {
        self.element("DAJ")
    }

    /// The country by ISO 3166-1 alpha-3: `USA` or `CAN`.
    #[must_use]
    pub fn country(&self) -> Option<&'a str> {
        self.element("DCG")
    }

    fn date(&self, name: &str) -> Option<Date> {
        Date::parse(self.element(name)?)
    }

    /// A part of `DAA`, the whole name of version 1: family name, first name,
    /// middle name.
    fn full_name(&self, part: usize) -> Option<&'a str> {
        let part = self.element("DAA")?.split([',', '$']).nth(part)?.trim();
        (!part.is_empty()).then_some(part)
    }
}

/// The name and the value of a data element; nothing for other lines.
fn element(line: &str) -> Option<(&str, &str)> {
    // The first element follows the type of its subfile; in the line of the
    // header the table of subfiles stands before that.
    let line = match line.find("DLD").into_iter().chain(line.find("IDD")).min() {
        Some(at) if !is_name(line.get(..3)?) || at == 0 => line.get(at + 2..)?,
        _ => line,
    };
    let (name, value) = line.split_at_checked(3)?;
    is_name(name).then_some((name, value))
}

fn is_name(name: &str) -> bool {
    name.starts_with('D') && name.bytes().all(|byte| byte.is_ascii_uppercase())
}

fn digits(text: &str, start: usize, length: usize) -> Option<&str> {
    let digits = text.get(start..start + length)?;
    digits
        .bytes()
        .all(|byte| byte.is_ascii_digit())
        .then_some(digits)
}

impl Date {
    /// Reads `MMDDCCYY` (United States) or `CCYYMMDD` (Canada, version 1).
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        if text.len() != 8 {
            return None;
        }
        let american = Self::of(
            digits(text, 4, 4)?,
            digits(text, 0, 2)?,
            digits(text, 2, 2)?,
        );
        american.or_else(|| {
            Self::of(
                digits(text, 0, 4)?,
                digits(text, 4, 2)?,
                digits(text, 6, 2)?,
            )
        })
    }

    fn of(year: &str, month: &str, day: &str) -> Option<Self> {
        let year: u16 = year.parse().ok()?;
        let month: u8 = month.parse().ok()?;
        let day: u8 = day.parse().ok()?;
        let is_leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year == 2000);
        let last = match month {
            2 if is_leap => 29,
            2 => 28,
            4 | 6 | 9 | 11 => 30,
            1..=12 => 31,
            _ => return None,
        };
        (YEARS.contains(&year) && (1..=last).contains(&day)).then_some(Self { year, month, day })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const AMERICAN: &str = "@\n\x1e\rANSI 636014100002DL00410278ZC03190024DLDAQD1234567 XY\nDCSPUBLIC\nDDEU\nDACJOHN\nDADQUINCY\nDBD08312017\nDBB01311980\nDBA01312030\nDCBNONE\nDAJCA\nDCGUSA\rZCZCABRN\rDAQ0\r";

    fn date(year: u16, month: u8, day: u8) -> Option<Date> {
        Some(Date { year, month, day })
    }

    #[test]
    fn an_american_licence_is_read() {
        let licence = Licence::parse(AMERICAN).unwrap();
        assert_eq!((licence.issuer, licence.version), ("636014", 10));
        assert_eq!(licence.family_name(), Some("PUBLIC"));
        assert_eq!(licence.given_name(), Some("JOHN"));
        assert_eq!(licence.number(), Some("D1234567 XY"));
        assert_eq!(licence.birth(), date(1980, 1, 31));
        assert_eq!(licence.expiry(), date(2030, 1, 31));
        assert_eq!(licence.issue(), date(2017, 8, 31));
        assert_eq!(licence.jurisdiction(), Some("CA"));
        assert_eq!(licence.country(), Some("USA"));
        assert_eq!(licence.element("DCB"), None, "NONE is nothing");
    }

    #[test]
    fn a_canadian_identity_card_is_read() {
        let text = "@\n\x1e\rANSI 636028080002ID00410100ZB01410010IDDCSTREMBLAY\nDACLEA\nDBB19991231\nDAJBC\nDCGCAN\r";
        let licence = Licence::parse(text).unwrap();
        assert_eq!(licence.family_name(), Some("TREMBLAY"));
        assert_eq!(licence.birth(), date(1999, 12, 31));
        assert_eq!(licence.country(), Some("CAN"));
    }

    #[test]
    fn the_first_version_has_the_name_in_one_piece() {
        let text = "@\n\x1e\rAAMVA6360010101DL00290100DLDAADOE,JANE,Q\nDAQ42\nDBB19700229\n";
        let licence = Licence::parse(text).unwrap();
        assert_eq!(licence.family_name(), Some("DOE"));
        assert_eq!(licence.given_name(), Some("JANE"));
        assert_eq!(licence.birth(), None, "1970 was no leap year");
    }

    #[test]
    fn other_texts_are_no_licences() {
        for text in ["", "ANSI ", "ANSI 63601", "hello", "ANSI 636014100002"] {
            assert_eq!(Licence::parse(text), None, "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn nothing_panics(text in "\\PC{0,80}", tail in "[\n\rA-Z0-9ÿ ]{0,200}") {
            let text = format!("{text}ANSI 636014100002{tail}");
            if let Some(licence) = Licence::parse(&text) {
                prop_assert!(licence.element("DAQ").is_none_or(|value| !value.is_empty()));
                let _ = (licence.birth(), licence.family_name(), licence.given_name());
            }
        }

        #[test]
        fn a_date_is_the_same_however_it_is_written(year in 1900_u16..2100, month in 1_u8..13, day in 1_u8..29) {
            let american = format!("{month:02}{day:02}{year}");
            let canadian = format!("{year}{month:02}{day:02}");
            prop_assert_eq!(Date::parse(&american), date(year, month, day));
            prop_assert_eq!(Date::parse(&canadian), date(year, month, day));
        }

        #[test]
        fn elements_come_back(number in "[A-Z0-9]{1,20}", family in "[A-Z][A-Z' -]{0,30}[A-Z]") {
            prop_assume!(family != "NONE" && number != "NONE");
            prop_assume!(!["UNAVL", "UNAVAIL"].contains(&family.as_str()));
            let text = format!("@\n\x1e\rANSI 636014100001DL00310100DLDAQ{number}\nDCS{family}\r");
            let licence = Licence::parse(&text).unwrap();
            prop_assert_eq!(licence.number(), Some(number.as_str()));
            prop_assert_eq!(licence.family_name(), Some(family.as_str()));
        }
    }
}

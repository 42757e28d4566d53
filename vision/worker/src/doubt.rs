//! Whether what a document says of itself fits what the person chose.
//!
//! A friendly question comes of it and never a verdict, so only what is sure is
//! said. What was read stays in the worker: the page hears of the doubt alone.

use vestibule_barcode::aamva::Licence;
use vestibule_vision::mrz::{Format, Mrz};

/// What does not fit, by name; an answer has the index. `worker.js` has the
/// same list.
///
/// The client knows them by the same names (`src/domain/sight.rs`).
pub const DOUBTS: [&str; 5] = ["", "other-type", "other-side", "other-country", "expired"];

/// What does not fit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doubt {
    /// Another type of document.
    OtherType,
    /// The other side of it.
    OtherSide,
    /// From another country.
    OtherCountry,
    /// No longer valid.
    Expired,
}

impl Doubt {
    /// The index of its name in [`DOUBTS`], or of none.
    #[must_use]
    pub fn number(doubt: Option<Self>) -> u8 {
        match doubt {
            None => 0,
            Some(Self::OtherType) => 1,
            Some(Self::OtherSide) => 2,
            Some(Self::OtherCountry) => 3,
            Some(Self::Expired) => 4,
        }
    }
}

/// The types of documents that are told apart, in the order of `worker.js`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// `PASSPORT`.
    Passport,
    /// `NATIONAL_ID`.
    NationalId,
    /// `RESIDENCE_PERMIT`.
    ResidencePermit,
    /// `DRIVING_LICENCE`.
    DrivingLicence,
    /// Any other.
    Other,
}

/// What the person chose, and when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Chosen {
    /// The type of document.
    pub kind: Kind,
    /// Whether the front of it was to be photographed; not for booklets.
    pub is_front: bool,
    /// The country, ISO 3166-1 alpha-3.
    pub country: [u8; 3],
    /// Year, month and day.
    pub today: (u16, u8, u8),
}

impl Chosen {
    /// From numbers: the type by its place in the list of `worker.js`, the
    /// letters of the country as digits of base 256, and the day as decimal
    /// `YYYYMMDD`.
    #[must_use]
    pub fn of_numbers(kind: u8, is_front: bool, country: u32, today: u32) -> Self {
        let [_, country @ ..] = country.to_be_bytes();
        let part = |figure: u32| u8::try_from(figure).unwrap_or_default();
        Self {
            kind: match kind {
                0 => Kind::Passport,
                1 => Kind::NationalId,
                2 => Kind::ResidencePermit,
                3 => Kind::DrivingLicence,
                _ => Kind::Other,
            },
            is_front,
            country,
            today: (
                u16::try_from(today / 10_000).unwrap_or_default(),
                part(today / 100 % 100),
                part(today % 100),
            ),
        }
    }

    /// What a machine-readable zone makes doubtful. `is_named` is whether its
    /// first line, which no check digit covers, can be relied on.
    #[must_use]
    pub fn doubt_of_zone(&self, zone: &Mrz, is_named: bool) -> Option<Doubt> {
        let year = zone.expiry.year_of_expiry(self.today.0);
        let expiry = year.zip(zone.expiry.month()).zip(zone.expiry.day());
        first([
            (
                is_named && self.is_other_type(&zone.document_code),
                Doubt::OtherType,
            ),
            // ICAO 9303-5: the zone of a TD1 is on the back.
            (
                self.is_front && zone.format == Format::Td1,
                Doubt::OtherSide,
            ),
            (
                is_named && self.is_other_country(&zone.issuer),
                Doubt::OtherCountry,
            ),
            (
                expiry.is_some_and(|((year, month), day)| (year, month, day) < self.today),
                Doubt::Expired,
            ),
        ])
    }

    /// What the bar code of a North American card makes doubtful; it is on the
    /// back.
    #[must_use]
    pub fn doubt_of_licence(&self, licence: &Licence<'_>) -> Option<Doubt> {
        let expiry = licence.expiry();
        first([
            (self.is_front, Doubt::OtherSide),
            (
                licence
                    .country()
                    .is_some_and(|it| it.as_bytes() != self.country),
                Doubt::OtherCountry,
            ),
            (
                expiry.is_some_and(|it| (it.year, it.month, it.day) < self.today),
                Doubt::Expired,
            ),
        ])
    }

    /// By the first letter of the document code, ICAO 9303-4 to -7: `P` for
    /// passports, `I`, `A` and `C` for cards, `V` for visas.
    fn is_other_type(&self, code: &str) -> bool {
        let first = code.bytes().next().unwrap_or_default();
        match self.kind {
            // `IP` is a passport in the format of a card.
            Kind::Passport => first != b'P' && code != "IP",
            Kind::NationalId => matches!(first, b'P' | b'V'),
            // Stickers in passports are residence permits, too.
            Kind::ResidencePermit => first == b'P',
            Kind::DrivingLicence => matches!(first, b'P' | b'V' | b'I' | b'A' | b'C'),
            Kind::Other => false,
        }
    }

    fn is_other_country(&self, issuer: &str) -> bool {
        let issuer = match issuer {
            // The special codes of ICAO 9303-3, part D.
            "D" => "DEU",
            "GBD" | "GBN" | "GBO" | "GBP" | "GBS" => "GBR",
            _ => issuer,
        };
        let Ok(chosen) = std::str::from_utf8(&self.country) else {
            return false;
        };
        issuer.len() == 3
            && issuer != chosen
            && !issuer.starts_with('X')
            && !NO_STATES.contains(&issuer)
            && !ISSUED_BY_ANOTHER
                .iter()
                .any(|(state, places)| *state == issuer && places.contains(&chosen))
    }
}

fn first<const N: usize>(doubts: [(bool, Doubt); N]) -> Option<Doubt> {
    let found = doubts.into_iter().find(|(is_so, _)| *is_so);
    found.map(|(_, doubt)| doubt)
}

/// Codes that are no country's, besides those with an X: the European and the
/// United Nations, Kosovo's, which has another one elsewhere, and the one of
/// specimens.
const NO_STATES: &[&str] = &["EUE", "RKS", "UNA", "UNK", "UNO", "UTO"];

/// Whose documents bear another state's code: what is chosen is the place, and
/// what the document says is the state.
const ISSUED_BY_ANOTHER: &[(&str, &[&str])] = &[
    ("AUS", &["CCK", "CXR", "NFK"]),
    ("CHN", &["HKG", "MAC", "TWN"]),
    ("DNK", &["FRO", "GRL"]),
    ("FIN", &["ALA"]),
    (
        "FRA",
        &[
            "BLM", "GLP", "GUF", "MAF", "MTQ", "MYT", "NCL", "PYF", "REU", "SPM", "WLF",
        ],
    ),
    (
        "GBR",
        &[
            "AIA", "BMU", "CYM", "FLK", "GGY", "GIB", "IMN", "JEY", "MSR", "PCN", "SHN", "TCA",
            "VGB",
        ],
    ),
    ("ISR", &["PSE"]),
    ("MAR", &["ESH"]),
    ("NLD", &["ABW", "BES", "CUW", "SXM"]),
    ("NOR", &["SJM"]),
    ("NZL", &["COK", "NIU", "TKL"]),
    ("USA", &["ASM", "GUM", "MNP", "PRI", "VIR"]),
];

#[cfg(test)]
mod tests {
    use super::*;

    const TODAY: u32 = 20_261_121;

    fn chosen(kind: u8, is_front: bool, country: &str) -> Chosen {
        let country = country
            .bytes()
            .fold(0, |sum, letter| sum * 256 + u32::from(letter));
        Chosen::of_numbers(kind, is_front, country, TODAY)
    }

    /// A zone whose fields that matter here are these.
    fn zone(format: Format, code: &str, issuer: &str, expiry: &[u8; 6]) -> Mrz {
        use vestibule_vision::mrz::{Sex, ShortDate};
        Mrz {
            format,
            document_code: code.to_owned(),
            issuer: issuer.to_owned(),
            surname: "ERIKSSON".to_owned(),
            given_names: "ANNA".to_owned(),
            number: "L898902C3".to_owned(),
            nationality: issuer.to_owned(),
            birth: ShortDate::new(*b"740812").unwrap(),
            sex: Sex::Female,
            expiry: ShortDate::new(*expiry).unwrap(),
            optional: String::new(),
            optional_second: String::new(),
        }
    }

    #[test]
    fn what_fits_is_not_doubted() {
        let passport = zone(Format::Td3, "P", "GBR", b"310101");
        assert_eq!(chosen(0, false, "GBR").doubt_of_zone(&passport, true), None);
        let german = zone(Format::Td1, "ID", "D", b"261121");
        assert_eq!(chosen(1, false, "DEU").doubt_of_zone(&german, true), None);
        let permit = zone(Format::Td1, "IR", "FRA", b"300101");
        assert_eq!(chosen(2, false, "FRA").doubt_of_zone(&permit, true), None);
        // A card of two lines has them on the front.
        let old = zone(Format::Td2, "ID", "FRA", b"300101");
        assert_eq!(chosen(1, true, "FRA").doubt_of_zone(&old, true), None);
    }

    #[test]
    fn another_type_side_or_country_and_a_day_that_has_passed_are() {
        let card = zone(Format::Td1, "ID", "ESP", b"200101");
        let of =
            |kind, is_front, country| chosen(kind, is_front, country).doubt_of_zone(&card, true);
        assert_eq!(of(0, false, "ESP"), Some(Doubt::OtherType));
        assert_eq!(of(3, true, "ESP"), Some(Doubt::OtherType));
        assert_eq!(of(1, true, "ESP"), Some(Doubt::OtherSide));
        assert_eq!(of(1, false, "PRT"), Some(Doubt::OtherCountry));
        assert_eq!(of(1, false, "ESP"), Some(Doubt::Expired));
        let yesterday = zone(Format::Td1, "ID", "ESP", b"261120");
        let doubt = chosen(1, false, "ESP").doubt_of_zone(&yesterday, true);
        assert_eq!(doubt, Some(Doubt::Expired));
    }

    #[test]
    fn a_first_line_that_may_be_misread_is_not_relied_on() {
        let card = zone(Format::Td1, "ID", "ESP", b"310101");
        assert_eq!(chosen(0, false, "PRT").doubt_of_zone(&card, false), None);
    }

    #[test]
    fn a_place_whose_documents_bear_a_states_code_is_that_state() {
        let chinese = zone(Format::Td3, "P", "CHN", b"310101");
        let of = |country| chosen(0, false, country).doubt_of_zone(&chinese, true);
        assert_eq!(of("HKG"), None);
        assert_eq!(of("JPN"), Some(Doubt::OtherCountry));
        let united_nations = zone(Format::Td3, "P", "UNO", b"310101");
        assert_eq!(
            chosen(0, false, "FRA").doubt_of_zone(&united_nations, true),
            None
        );
    }

    #[test]
    fn an_unknown_day_is_no_expiry() {
        let open = zone(Format::Td1, "ID", "ESP", b"<<<<<<");
        assert_eq!(chosen(1, false, "ESP").doubt_of_zone(&open, true), None);
    }

    #[test]
    fn a_licence_is_read_on_its_back() {
        let text = "@\n\u{1e}\rANSI 636000090002DL00410278ZV03190008DLDAQT64235789\nDCSSAMPLE\nDBA01012024\nDCGUSA\n";
        let licence = Licence::parse(text).unwrap();
        let of = |is_front, country| chosen(3, is_front, country).doubt_of_licence(&licence);
        assert_eq!(of(true, "USA"), Some(Doubt::OtherSide));
        assert_eq!(of(false, "CAN"), Some(Doubt::OtherCountry));
        assert_eq!(of(false, "USA"), Some(Doubt::Expired));
    }

    #[test]
    fn any_numbers_are_taken() {
        let odd = Chosen::of_numbers(255, true, u32::MAX, u32::MAX);
        let passport = zone(Format::Td3, "P", "GBR", b"310101");
        assert_eq!(odd.kind, Kind::Other);
        assert_eq!(odd.doubt_of_zone(&passport, true), None);
    }

    #[test]
    fn every_doubt_has_its_name() {
        for (doubt, name) in [
            (Doubt::OtherType, "other-type"),
            (Doubt::OtherSide, "other-side"),
            (Doubt::OtherCountry, "other-country"),
            (Doubt::Expired, "expired"),
        ] {
            assert_eq!(DOUBTS[usize::from(Doubt::number(Some(doubt)))], name);
        }
        assert_eq!(DOUBTS[usize::from(Doubt::number(None))], "");
    }
}

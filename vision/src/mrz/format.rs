//! The five formats: how many lines, what may stand where, what is checked.
//!
//! ICAO 9303 parts 4 (TD3), 5 (TD1), 6 (TD2) and 7 (visas).
//! Not for what the fields mean: that is in [`zone`](super::zone).

use super::check::{FILLER, check_digit};

/// A format of machine-readable zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    /// Cards of 85.6 by 54 mm: 3 lines of 30.
    Td1,
    /// Cards of 105 by 74 mm: 2 lines of 36.
    Td2,
    /// Passports: 2 lines of 44.
    Td3,
    /// Visas of full size: 2 lines of 44.
    MrvA,
    /// Small visas: 2 lines of 36.
    MrvB,
}

/// What may stand in a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A to Z.
    Letter,
    /// A to Z and the filler.
    Name,
    /// 0 to 9.
    Digit,
    /// 0 to 9 and the filler: unknown parts of a date, absent check digits.
    Date,
    /// M, F and the filler.
    Sex,
    /// Anything.
    Any,
}

impl Kind {
    pub(super) fn allows(self, character: u8) -> bool {
        let filler = character == FILLER;
        match self {
            Self::Letter => character.is_ascii_uppercase(),
            Self::Name => character.is_ascii_uppercase() || filler,
            Self::Digit => character.is_ascii_digit(),
            Self::Date => character.is_ascii_digit() || filler,
            Self::Sex => matches!(character, b'M' | b'F') || filler,
            Self::Any => character.is_ascii_uppercase() || character.is_ascii_digit() || filler,
        }
    }
}

/// Characters of a line: its index, the first place and the one behind.
pub(super) type Span = (usize, usize, usize);

/// A check digit and what it is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Check {
    pub(super) over: &'static [Span],
    pub(super) line: usize,
    pub(super) place: usize,
    /// Whether a filler may stand for the check digit of an empty field.
    pub(super) may_be_absent: bool,
}

const fn check(over: &'static [Span], line: usize, place: usize) -> Check {
    Check {
        over,
        line,
        place,
        may_be_absent: false,
    }
}

const NUMBER: Check = check(&[(1, 0, 9)], 1, 9);
const BIRTH: Check = check(&[(1, 13, 19)], 1, 19);
const EXPIRY: Check = check(&[(1, 21, 27)], 1, 27);
const TD1_CHECKS: [Check; 4] = [
    check(&[(0, 5, 14)], 0, 14),
    check(&[(1, 0, 6)], 1, 6),
    check(&[(1, 8, 14)], 1, 14),
    check(&[(0, 5, 30), (1, 0, 7), (1, 8, 15), (1, 18, 29)], 1, 29),
];
const TD2_CHECKS: [Check; 4] = [
    NUMBER,
    BIRTH,
    EXPIRY,
    check(&[(1, 0, 10), (1, 13, 20), (1, 21, 35)], 1, 35),
];
const TD3_CHECKS: [Check; 5] = [
    NUMBER,
    BIRTH,
    EXPIRY,
    Check {
        over: &[(1, 28, 42)],
        line: 1,
        place: 42,
        may_be_absent: true,
    },
    check(&[(1, 0, 10), (1, 13, 20), (1, 21, 43)], 1, 43),
];
const VISA_CHECKS: [Check; 3] = [NUMBER, BIRTH, EXPIRY];

impl Format {
    /// Every format.
    pub const ALL: [Self; 5] = [Self::Td1, Self::Td2, Self::Td3, Self::MrvA, Self::MrvB];

    /// How many lines there are.
    #[must_use]
    pub const fn lines(self) -> usize {
        match self {
            Self::Td1 => 3,
            Self::Td2 | Self::Td3 | Self::MrvA | Self::MrvB => 2,
        }
    }

    /// How many characters a line has.
    #[must_use]
    pub const fn length(self) -> usize {
        match self {
            Self::Td1 => 30,
            Self::Td2 | Self::MrvB => 36,
            Self::Td3 | Self::MrvA => 44,
        }
    }

    /// Whether this is a visa, which begins with V and has no composite check.
    #[must_use]
    pub const fn is_visa(self) -> bool {
        matches!(self, Self::MrvA | Self::MrvB)
    }

    /// The format of so many lines of so many characters that begin like this.
    #[must_use]
    pub fn of(lines: usize, length: usize, first: u8) -> Option<Self> {
        Self::ALL.into_iter().find(|format| {
            format.lines() == lines
                && format.length() == length
                && (lines == 3 || format.is_visa() == (first == b'V'))
        })
    }

    /// What may stand in a place of a line.
    pub(super) fn kind(self, line: usize, place: usize) -> Kind {
        if self == Self::Td1 {
            return match (line, place) {
                (0, 0) => Kind::Letter,
                (0, 1..5) | (1, 15..18) | (2, _) => Kind::Name,
                (0, 14) | (1, 0..6 | 8..14) => Kind::Date,
                (1, 6 | 14 | 29) => Kind::Digit,
                (1, 7) => Kind::Sex,
                _ => Kind::Any,
            };
        }
        match (line, place) {
            (0, 0) => Kind::Letter,
            (0, _) | (1, 10..13) => Kind::Name,
            (1, 9) if self == Self::Td2 => Kind::Date,
            (1, 9 | 19 | 27) => Kind::Digit,
            (1, 13..19 | 21..27) => Kind::Date,
            (1, 20) => Kind::Sex,
            (1, 35) if self == Self::Td2 => Kind::Digit,
            (1, 42) if self == Self::Td3 => Kind::Date,
            (1, 43) if self == Self::Td3 => Kind::Digit,
            _ => Kind::Any,
        }
    }

    /// The check digits of this format, the composite one last.
    pub(super) fn checks(self) -> &'static [Check] {
        match self {
            Self::Td1 => &TD1_CHECKS,
            Self::Td2 => &TD2_CHECKS,
            Self::Td3 => &TD3_CHECKS,
            Self::MrvA | Self::MrvB => &VISA_CHECKS,
        }
    }

    /// Where a document number of more than nine characters goes on (ICAO
    /// 9303-5 §4.2.2.2, 9303-6 §4.2.2.2), for formats that allow it.
    pub(super) const fn overflow(self) -> Option<Span> {
        match self {
            Self::Td1 => Some((0, 15, 30)),
            Self::Td2 => Some((1, 28, 35)),
            Self::Td3 | Self::MrvA | Self::MrvB => None,
        }
    }
}

impl Check {
    /// Whether the check digit in these lines is right; false when a line is
    /// too short.
    pub(super) fn agrees<L: AsRef<[u8]>>(&self, format: Format, lines: &[L]) -> bool {
        let span = |(line, start, end): Span| lines.get(line)?.as_ref().get(start..end);
        let Some(found) = lines
            .get(self.line)
            .and_then(|line| line.as_ref().get(self.place))
        else {
            return false;
        };
        if *found == FILLER {
            if self.may_be_absent {
                return self
                    .over
                    .iter()
                    .all(|it| span(*it).is_some_and(|text| text.iter().all(|it| *it == FILLER)));
            }
            return self.place_of_number(format) && overflown(format, lines).is_some();
        }
        let mut text = self
            .over
            .iter()
            .filter_map(|it| span(*it))
            .flatten()
            .copied();
        check_digit(&mut text) == Some(*found)
    }

    fn place_of_number(&self, format: Format) -> bool {
        format.checks().first() == Some(self)
    }
}

/// How many characters of a long document number stand in the optional data,
/// when its check digit, the last of them, is right.
pub(super) fn overflown<L: AsRef<[u8]>>(format: Format, lines: &[L]) -> Option<usize> {
    let (line, start, end) = format.overflow()?;
    let number = format.checks().first()?.over.first()?;
    let rest = lines.get(line)?.as_ref().get(start..end)?;
    let begin = lines.get(number.0)?.as_ref().get(number.1..number.2)?;
    let length = rest
        .iter()
        .position(|it| *it == FILLER)
        .unwrap_or(rest.len());
    let (digit, more) = rest.get(..length)?.split_last()?;
    let whole = begin.iter().chain(more).copied();
    (!more.is_empty() && check_digit(whole) == Some(*digit)).then_some(length - 1)
}

//! The check digits of ICAO 9303-3 §4.9.
//!
//! Not for where they stand: that is in [`format`](super::format).

/// The filler character.
pub const FILLER: u8 = b'<';

/// What a character counts: digits themselves, letters 10 to 35, the filler 0;
/// nothing for characters that a zone cannot hold.
#[must_use]
pub fn value(character: u8) -> Option<u32> {
    match character {
        FILLER => Some(0),
        b'0'..=b'9' => Some(u32::from(character - b'0')),
        b'A'..=b'Z' => Some(u32::from(character - b'A') + 10),
        _ => None,
    }
}

/// The check digit over these characters, weights 7, 3, 1, modulo 10; nothing
/// when one of them cannot stand in a zone.
#[must_use]
pub fn check_digit(characters: impl IntoIterator<Item = u8>) -> Option<u8> {
    let mut sum = 0;
    for (character, weight) in characters.into_iter().zip([7, 3, 1].into_iter().cycle()) {
        sum = (sum + value(character)? * weight) % 10;
    }
    Some(b"0123456789"[sum as usize])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn digit(text: &str) -> Option<u8> {
        check_digit(text.bytes())
    }

    #[test]
    fn the_examples_of_the_standard_come_out() {
        // ICAO 9303-3 §4.9 and the specimens of parts 4, 5 and 6.
        assert_eq!(digit("520727"), Some(b'3'));
        assert_eq!(digit("AB2134<<<"), Some(b'5'));
        assert_eq!(digit("HA672242<658022549601086<<<<<<<<<<<<<<0"), Some(b'8'));
        assert_eq!(
            digit("D231458907<<<<<<<<<<<<<<<34071279507122<<<<<<<<<<"),
            Some(b'2')
        );
        assert_eq!(digit(""), Some(b'0'));
    }

    #[test]
    fn what_a_zone_cannot_hold_has_no_check_digit() {
        assert_eq!(digit("a"), None);
        assert_eq!(digit("12 3"), None);
    }

    #[test]
    fn one_changed_digit_is_always_noticed() {
        let number = b"L898902C3";
        for place in 0..number.len() {
            for other in b'0'..=b'9' {
                let mut changed = *number;
                changed[place] = other;
                let same = value(number[place]).unwrap() % 10 == value(other).unwrap();
                assert_eq!(
                    check_digit(changed) == check_digit(*number),
                    same,
                    "{}",
                    char::from(other)
                );
            }
        }
    }

    #[test]
    fn letters_ten_apart_from_a_digit_are_never_noticed() {
        // Why a reading needs confidence besides its check digits.
        for (letter, look_alike) in [("G", "6"), ("S", "8"), ("Z", "5"), ("U", "0"), ("A", "0")] {
            assert_eq!(digit(letter), digit(look_alike));
        }
    }
}

//! The machine-readable zone of a passport (TD3, ICAO 9303 part 4).
//!
//! Not a reader and not for other formats: this writes two lines for a holder
//! whose data is known to be in range.

/// What the zone says about the document and its holder.
///
/// Dates are `YYMMDD`; names, codes and numbers are upper-case ASCII letters,
/// digits and spaces.
#[derive(Clone, Copy, Debug)]
pub struct Holder<'a> {
    /// Country or organisation that issued the passport, three letters.
    pub issuer: &'a str,
    /// Primary identifier.
    pub surname: &'a str,
    /// Secondary identifiers, separated by spaces.
    pub given_names: &'a str,
    /// Up to nine characters.
    pub number: &'a str,
    /// Three letters.
    pub nationality: &'a str,
    /// Date of birth.
    pub birth: &'a str,
    /// `M`, `F` or `<`.
    pub sex: char,
    /// Date of expiry.
    pub expiry: &'a str,
    /// Up to 14 characters; may be empty.
    pub personal_number: &'a str,
}

/// The check digit of a field (ICAO 9303-3 §4.9): weights 7, 3, 1, modulo 10.
///
/// Characters outside the zone's alphabet count as the filler.
#[must_use]
pub fn check_digit(field: &str) -> char {
    let sum: u32 = field
        .chars()
        .zip([7, 3, 1].into_iter().cycle())
        // Digits are worth themselves, A to Z 10 to 35, as in base 36.
        .map(|(character, weight)| character.to_digit(36).unwrap_or(0) * weight)
        .sum();
    char::from_digit(sum % 10, 10).unwrap_or('0')
}

/// The two lines of 44 characters.
#[must_use]
pub fn td3(holder: &Holder<'_>) -> [String; 2] {
    let names = format!("{}<<{}", holder.surname, holder.given_names);
    let first = filled(&format!("P<{}{names}", holder.issuer), 44);

    let number = checked(holder.number, 9);
    let birth = checked(holder.birth, 6);
    let expiry = checked(holder.expiry, 6);
    let personal = checked(holder.personal_number, 14);
    let nationality = filled(holder.nationality, 3);
    let sex = holder.sex;
    let whole = check_digit(&format!("{number}{birth}{expiry}{personal}"));
    let second = format!("{number}{nationality}{birth}{sex}{expiry}{personal}{whole}");
    [first, second]
}

fn checked(field: &str, length: usize) -> String {
    let mut text = filled(field, length);
    text.push(check_digit(&text));
    text
}

/// Cut or filled up to `length`, spaces as fillers.
fn filled(text: &str, length: usize) -> String {
    text.chars()
        .map(|character| if character == ' ' { '<' } else { character })
        .chain(std::iter::repeat('<'))
        .take(length)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The specimen of ICAO 9303-4, appendix B.
    const ICAO: Holder<'static> = Holder {
        issuer: "UTO",
        surname: "ERIKSSON",
        given_names: "ANNA MARIA",
        number: "L898902C3",
        nationality: "UTO",
        birth: "740812",
        sex: 'F',
        expiry: "120415",
        personal_number: "ZE184226B",
    };

    #[test]
    fn the_specimen_of_icao_9303_comes_out_letter_by_letter() {
        assert_eq!(
            td3(&ICAO),
            [
                "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
                "L898902C36UTO7408122F1204159ZE184226B<<<<<10",
            ]
        );
    }

    #[test]
    fn single_check_digits_are_those_of_the_standard() {
        // Worked examples of ICAO 9303-3 §4.9 and of the specimen.
        assert_eq!(check_digit("520727"), '3');
        assert_eq!(check_digit("AB2134<<<"), '5');
        assert_eq!(check_digit("HA672242<658022549601086<<<<<<<<<<<<<<0"), '8');
    }

    #[test]
    fn lines_keep_their_length_when_a_name_is_too_long() {
        let holder = Holder {
            given_names: "ANNA MARIA KATARINA ELISABETH CHARLOTTA SOFIA",
            ..ICAO
        };
        assert!(td3(&holder).iter().all(|line| line.chars().count() == 44));
    }
}

//! The applicant's profile as the person corrects it: what must be right.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::Offset;
use serde_json::{Map, Value};
use vestibule::domain::session::profile::{ApplicantProfile, PostalAddress};
use vestibule::domain::session::resource::FieldError;

use crate::json::{Checker, Obj, anything, not_blank};
use crate::spec::rules;

/// Reads a profile as it stands at `now`.
///
/// # Errors
///
/// Every wrong field, with its path.
pub(crate) fn parse(
    payload: &Map<String, Value>,
    now: Timestamp,
) -> Result<ApplicantProfile, Vec<FieldError>> {
    let root = Obj::root(payload);
    let mut checker = Checker::default();
    let full_name = required(&mut checker, &root, "full_name");
    let date_of_birth = required(&mut checker, &root, "date_of_birth");
    if !date_of_birth.is_empty() {
        let today = Offset::UTC.to_datetime(now).date();
        match calendar_date(&date_of_birth) {
            None => checker.wrong("date_of_birth", "must be a date, YYYY-MM-DD"),
            Some(date) if date >= today => checker.wrong("date_of_birth", "must be in the past"),
            Some(_) => {}
        }
    }
    checker.require(&root, "structured_postal_address");
    let address = checker
        .object(&root, "structured_postal_address")
        .map(|obj| address(&mut checker, &obj));
    checker.finish()?;
    Ok(ApplicantProfile {
        full_name,
        date_of_birth,
        structured_postal_address: address.unwrap_or_default(),
    })
}

fn address(checker: &mut Checker, obj: &Obj<'_>) -> PostalAddress {
    if checker.integer(obj, "address_format", 1).unwrap_or(1) != 1 {
        checker.wrong(obj.at("address_format"), "must be 1");
    }
    let mut line = |key| checker.text(obj, key, anything).unwrap_or_default();
    let (building_number, address_line1) = (line("building_number"), line("address_line1"));
    let (town_city, country) = (line("town_city"), line("country"));
    checker.require(obj, "country_iso");
    let country_iso = checker
        .text(obj, "country_iso", rules::country)
        .unwrap_or_default();
    let postal_code = required(checker, obj, "postal_code");
    if country_iso == "GBR" && !postal_code.is_empty() && !is_uk_post_code(&postal_code) {
        checker.wrong(obj.at("postal_code"), "must be a UK post code");
    }
    PostalAddress {
        address_format: 1,
        building_number,
        address_line1,
        town_city,
        postal_code,
        country_iso,
        country,
    }
}

fn required(checker: &mut Checker, obj: &Obj<'_>, key: &str) -> String {
    checker.require(obj, key);
    checker.text(obj, key, not_blank).unwrap_or_default()
}

/// A date in the one form that the contract names; the parser knows more.
fn calendar_date(text: &str) -> Option<Date> {
    let digits = |c: char| if c.is_ascii_digit() { 'n' } else { c };
    let form: String = text.chars().map(digits).collect();
    (form == "nnnn-nn-nn").then(|| text.parse().ok()).flatten()
}

/// The forms of UK post codes: `A9 9AA` to `AA9A 9AA`, and `GIR 0AA`.
fn is_uk_post_code(text: &str) -> bool {
    let compact: String = text
        .chars()
        .filter(|c| !c.is_whitespace())
        .map(|c| c.to_ascii_uppercase())
        .collect();
    let Some((outward, inward)) = compact
        .len()
        .checked_sub(3)
        .and_then(|at| compact.split_at_checked(at))
    else {
        return false;
    };
    let form = |part: &str| -> String {
        let class = |c: char| match c {
            'A'..='Z' => 'A',
            '0'..='9' => '9',
            _ => '?',
        };
        part.chars().map(class).collect()
    };
    let outward_form = form(outward);
    let known = ["A9", "A99", "A9A", "AA9", "AA99", "AA9A"];
    form(inward) == "9AA" && (known.contains(&outward_form.as_str()) || outward == "GIR")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn uk_post_codes_have_one_of_six_forms() {
        for good in [
            "M1 1AE", "M60 1NW", "W1A 0AX", "CR2 6XH", "DN55 1PT", "EC3A 4AF", "ec3a4af", "GIR 0AA",
        ] {
            assert!(is_uk_post_code(good), "{good}");
        }
        for bad in [
            "", "1AE", "M1 1A", "12345", "M1 11A", "MMM1 1AE", "M1 1AÉ", "ÉÉ",
        ] {
            assert!(!is_uk_post_code(bad), "{bad}");
        }
    }

    #[test]
    fn dates_have_one_form() {
        assert!(calendar_date("1974-08-12").is_some());
        for bad in [
            "1974-02-30",
            "19740812",
            "1974-8-12",
            "12-08-1974",
            "1974-08-12T00:00",
            "٢٠٢٠-01-01",
        ] {
            assert!(calendar_date(bad).is_none(), "{bad}");
        }
    }
}

//! Invented branches, and which of them are near.
//!
//! The second half of their post codes has letters that no post code has, so
//! none of these is anybody's address.

use vestibule::domain::session::branch::{Branch, Location};

use super::areas;

/// The published number of results.
const NEAREST: usize = 10;

struct Office {
    fad_code: &'static str,
    name: &'static str,
    address: &'static str,
    post_code: &'static str,
    location: Location,
}

impl Office {
    fn branch(&self) -> Branch {
        Branch {
            kind: super::UK_POST_OFFICE.to_owned(),
            fad_code: self.fad_code.to_owned(),
            name: Some(self.name.to_owned()),
            address: Some(self.address.to_owned()),
            post_code: Some(self.post_code.to_owned()),
            location: Some(self.location),
        }
    }
}

/// The branches nearest to a post code, the nearest first; `None` when it is
/// no UK post code.
pub(crate) fn nearest(post_code: &str) -> Option<Vec<Branch>> {
    let here = areas::middle(&area(post_code)?)?;
    let mut offices: Vec<(f64, &Office)> = OFFICES
        .iter()
        .map(|office| (distance_km(here, office.location), office))
        .collect();
    offices.sort_by(|a, b| a.0.total_cmp(&b.0));
    let nearest = offices.iter().take(NEAREST);
    Some(nearest.map(|(_, office)| office.branch()).collect())
}

/// The branch of this code, if it is one of ours.
pub(super) fn by_code(fad_code: &str) -> Option<Branch> {
    OFFICES
        .iter()
        .find(|it| it.fad_code == fad_code)
        .map(Office::branch)
}

/// The letters that a post code starts with, when it has the form of one.
fn area(post_code: &str) -> Option<String> {
    let text: String = post_code
        .chars()
        .filter(|c| !c.is_whitespace())
        .map(|c| c.to_ascii_uppercase())
        .collect();
    if !text.is_ascii() || !(5..=7).contains(&text.len()) {
        return None;
    }
    let (outward, inward) = text.split_at(text.len() - 3);
    let inward = inward.as_bytes();
    let inward_right = inward.first().is_some_and(u8::is_ascii_digit)
        && inward.iter().skip(1).all(u8::is_ascii_uppercase);
    let district_at = outward.find(|c: char| c.is_ascii_digit())?;
    let (area, district) = outward.split_at(district_at);
    let district_right = match district.as_bytes() {
        [first] => first.is_ascii_digit(),
        [first, second] => first.is_ascii_digit() && second.is_ascii_alphanumeric(),
        _ => false,
    };
    (inward_right && district_right).then(|| area.to_owned())
}

/// The great-circle distance.
fn distance_km(a: Location, b: Location) -> f64 {
    const EARTH_RADIUS_KM: f64 = 6371.0;
    let half_sine = |x: f64, y: f64| ((y - x).to_radians() / 2.0).sin().powi(2);
    let h = half_sine(a.latitude, b.latitude)
        + a.latitude.to_radians().cos()
            * b.latitude.to_radians().cos()
            * half_sine(a.longitude, b.longitude);
    2.0 * EARTH_RADIUS_KM * h.sqrt().min(1.0).asin()
}

const fn office(
    fad_code: &'static str,
    name: &'static str,
    address: &'static str,
    post_code: &'static str,
    (latitude, longitude): (f64, f64),
) -> Office {
    Office {
        fad_code,
        name,
        address,
        post_code,
        location: Location {
            latitude,
            longitude,
        },
    }
}

#[rustfmt::skip]
const OFFICES: &[Office] = &[
    office("V000137", "Lantern Row", "12 Lantern Row, London", "EC3A 1VO", (51.514, -0.079)),
    office("V000274", "Tallow Street", "3 Tallow Street, London", "WC2H 4KI", (51.513, -0.125)),
    office("V000411", "Copper Gate", "40 Copper Gate, London", "SE1 7MC", (51.502, -0.098)),
    office("V000548", "Heronsmead", "7 Heronsmead Parade, London", "SW9 2VI", (51.468, -0.113)),
    office("V000685", "Quillfield", "88 Quillfield Road, London", "N7 3OK", (51.553, -0.118)),
    office("V000822", "Barley Wharf", "1 Barley Wharf, London", "E14 6CO", (51.507, -0.021)),
    office("V000959", "Saddlers Green", "5 Saddlers Green, London", "W6 8IM", (51.492, -0.228)),
    office("V001096", "Orchard Lane", "21 Orchard Lane, Croydon", "CR0 5KV", (51.374, -0.096)),
    office("V001233", "Windle Hill", "9 Windle Hill, Watford", "WD17 2CV", (51.657, -0.397)),
    office("V001370", "Ferrymans Steps", "2 Ferrymans Steps, Kingston", "KT1 4MO", (51.409, -0.305)),
    office("V001507", "Pebble Parade", "60 Pebble Parade, Brighton", "BN1 9IV", (50.826, -0.141)),
    office("V001644", "Chalk Walk", "14 Chalk Walk, Canterbury", "CT1 3VK", (51.280, 1.079)),
    office("V001781", "Harbour Rise", "33 Harbour Rise, Portsmouth", "PO1 6CI", (50.799, -1.092)),
    office("V001918", "Limewood Square", "8 Limewood Square, Southampton", "SO14 8OM", (50.905, -1.404)),
    office("V002055", "Swanmere", "4 Swanmere Street, Oxford", "OX1 7KC", (51.752, -1.258)),
    office("V002192", "Bellfounders Yard", "19 Bellfounders Yard, Reading", "RG1 9MV", (51.455, -0.971)),
    office("V002329", "Clifden Arch", "27 Clifden Arch, Bristol", "BS1 2OV", (51.454, -2.593)),
    office("V002466", "Moorgate End", "6 Moorgate End, Exeter", "EX1 5IC", (50.724, -3.531)),
    office("V002603", "Tinners Quay", "11 Tinners Quay, Truro", "TR1 8VM", (50.263, -5.051)),
    office("V002740", "Dragon Terrace", "15 Dragon Terrace, Cardiff", "CF10 6KO", (51.481, -3.179)),
    office("V002877", "Slate Street", "2 Slate Street, Swansea", "SA1 3CM", (51.621, -3.944)),
    office("V003014", "Granary Court", "50 Granary Court, Norwich", "NR1 7IK", (52.628, 1.299)),
    office("V003151", "Punters Bridge", "16 Punters Bridge, Cambridge", "CB1 4OC", (52.205, 0.122)),
    office("V003288", "Lacemakers", "23 Lacemakers Way, Nottingham", "NG1 9VC", (52.953, -1.150)),
    office("V003425", "Buttonmill", "70 Buttonmill Street, Birmingham", "B1 2MK", (52.480, -1.903)),
    office("V003562", "Ribbon Lane", "31 Ribbon Lane, Coventry", "CV1 6VO", (52.408, -1.510)),
    office("V003699", "Kilnside", "5 Kilnside, Stoke-on-Trent", "ST1 8CK", (53.003, -2.180)),
    office("V003836", "Cutlers Walk", "44 Cutlers Walk, Sheffield", "S1 3OI", (53.381, -1.470)),
    office("V003973", "Loomgate", "18 Loomgate, Manchester", "M1 9KM", (53.481, -2.237)),
    office("V004110", "Ropery Street", "26 Ropery Street, Liverpool", "L1 5VI", (53.405, -2.981)),
    office("V004247", "Fellside", "10 Fellside Place, Leeds", "LS1 7CV", (53.798, -1.546)),
    office("V004384", "Minstergate", "1 Minstergate, York", "YO1 2MI", (53.958, -1.082)),
    office("V004521", "Trawler Road", "37 Trawler Road, Hull", "HU1 6OV", (53.744, -0.333)),
    office("V004658", "Collier Bank", "9 Collier Bank, Newcastle upon Tyne", "NE1 8KC", (54.973, -1.614)),
    office("V004795", "Drovers Cross", "3 Drovers Cross, Carlisle", "CA1 4VM", (54.893, -2.932)),
    office("V004932", "Kirkwynd", "22 Kirkwynd, Edinburgh", "EH1 9CO", (55.951, -3.191)),
    office("V005069", "Shipwrights Place", "65 Shipwrights Place, Glasgow", "G1 3IV", (55.861, -4.251)),
    office("V005206", "Granite Brae", "7 Granite Brae, Aberdeen", "AB10 5MC", (57.148, -2.096)),
    office("V005343", "Lochend", "13 Lochend Street, Inverness", "IV1 7OK", (57.478, -4.224)),
    office("V005480", "Linen Hall Row", "29 Linen Hall Row, Belfast", "BT1 2VK", (54.598, -5.930)),
];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn post_codes_are_known_by_their_form_and_their_area() {
        for good in [
            "EC3A 4AF", "ec3a4af", " M1 1AE ", "B33 8TH", "CR2 6XH", "DN55 1PT",
        ] {
            assert!(area(good).is_some(), "{good}");
        }
        for bad in [
            "",
            "EC3A",
            "12345",
            "EC3A 4A",
            "E C",
            "ÉC3A 4AF",
            "EC3AB 4AF",
            "3EC 4AF",
        ] {
            assert_eq!(area(bad), None, "{bad}");
        }
        assert!(nearest("QQ1 1AA").is_none(), "no such area");
    }

    #[test]
    fn the_ten_nearest_branches_come_in_the_order_of_their_distance() {
        for (post_code, first) in [
            ("EC3A 4AF", "Lantern Row"),
            ("BT7 1NN", "Linen Hall Row"),
            ("ZE1 0AA", "Granite Brae"),
        ] {
            let here = areas::middle(&area(post_code).unwrap()).unwrap();
            let found = nearest(post_code).unwrap();
            assert_eq!(found.len(), 10);
            assert_eq!(found[0].name.as_deref(), Some(first), "{post_code}");
            let distances: Vec<f64> = found
                .iter()
                .map(|it| distance_km(here, it.location.unwrap()))
                .collect();
            assert!(distances.is_sorted(), "{distances:?}");
        }
    }

    #[test]
    fn a_distance_is_that_of_the_map() {
        let (london, edinburgh) = (areas::middle("EC").unwrap(), areas::middle("EH").unwrap());
        let distance_km = distance_km(london, edinburgh);
        assert!((525.0..545.0).contains(&distance_km), "{distance_km}");
    }

    #[test]
    fn branches_differ_and_their_addresses_are_nobodys() {
        let codes: BTreeSet<_> = OFFICES.iter().map(|it| it.fad_code).collect();
        assert_eq!(codes.len(), OFFICES.len());
        for office in OFFICES {
            assert!(super::super::is_fad_code(office.fad_code));
            let end = office.post_code.split_at(office.post_code.len() - 2).1;
            assert!(end.chars().all(|c| "CIKMOV".contains(c)), "{end}");
            let area = area(office.post_code).unwrap();
            let middle = areas::middle(&area).unwrap();
            assert!(
                distance_km(middle, office.location) < 30.0,
                "{}",
                office.name
            );
        }
    }
}

//! The supported documents and which of them a filter lets through.
//!
//! The table is data (`data/supported-documents.json`, in the published shape
//! of `GET /supported-documents`). It is a plausible selection for tests, not
//! a copy of anybody's list. `UTO` is Utopia, the country that ICAO 9303 uses
//! for specimens.

use std::sync::LazyLock;

use serde::{Deserialize, Serialize};
use vestibule::domain::session::config::{SupportedCountry, SupportedDocument};

use crate::spec::{DocumentFilter, Inclusion, Restriction};

/// The published answer of `GET /supported-documents`.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct SupportedDocuments {
    /// Countries in the order of their codes.
    pub(crate) supported_countries: Vec<SupportedCountry>,
}

static TABLE: LazyLock<SupportedDocuments> = LazyLock::new(|| {
    serde_json::from_str(include_str!("../data/supported-documents.json")).unwrap_or(
        SupportedDocuments {
            supported_countries: Vec::new(),
        },
    )
});

/// Everything that is supported, with or without other scripts than Latin.
pub(crate) fn supported(include_non_latin: bool) -> SupportedDocuments {
    let filter = DocumentFilter {
        allow_non_latin: include_non_latin,
        ..DocumentFilter::default()
    };
    SupportedDocuments {
        supported_countries: allowed(&filter),
    }
}

/// The codes of all countries.
pub(crate) fn countries() -> Vec<String> {
    let all = TABLE.supported_countries.iter();
    all.map(|country| country.code.clone()).collect()
}

/// What is supported and passes the filter.
pub(crate) fn allowed(filter: &DocumentFilter) -> Vec<SupportedCountry> {
    TABLE
        .supported_countries
        .iter()
        .filter_map(|country| {
            let documents: Vec<_> = country
                .supported_documents
                .iter()
                .filter(|document| passes(filter, &country.code, document))
                .cloned()
                .collect();
            (!documents.is_empty()).then(|| SupportedCountry {
                code: country.code.clone(),
                supported_documents: documents,
            })
        })
        .collect()
}

fn passes(filter: &DocumentFilter, country: &str, document: &SupportedDocument) -> bool {
    if document.is_strictly_latin == Some(false) && !filter.allow_non_latin {
        return false;
    }
    let kind = document.kind.as_str();
    match &filter.restriction {
        Restriction::None => true,
        Restriction::Orthogonal { countries, types } => {
            included(countries.as_ref(), country) && included(types.as_ref(), kind)
        }
        Restriction::Pairs { inclusion, pairs } => {
            let listed = pairs.iter().any(|(countries, types)| {
                (countries.is_empty() || countries.iter().any(|code| code == country))
                    && (types.is_empty() || types.iter().any(|name| name == kind))
            });
            listed == (*inclusion == Inclusion::Only)
        }
    }
}

fn included(list: Option<&(Inclusion, Vec<String>)>, value: &str) -> bool {
    list.is_none_or(|(inclusion, values)| {
        values.iter().any(|it| it == value) == (*inclusion == Inclusion::Only)
    })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn pairs(countries: &[SupportedCountry]) -> BTreeSet<(String, String)> {
        countries
            .iter()
            .flat_map(|country| {
                country
                    .supported_documents
                    .iter()
                    .map(|document| (country.code.clone(), document.kind.as_str().to_owned()))
            })
            .collect()
    }

    fn list(inclusion: Inclusion, values: &[&str]) -> Option<(Inclusion, Vec<String>)> {
        Some((
            inclusion,
            values.iter().map(|&value| value.to_owned()).collect(),
        ))
    }

    fn owned(values: &[&str]) -> Vec<String> {
        values.iter().map(|&value| value.to_owned()).collect()
    }

    #[test]
    fn the_table_is_sorted_without_repetition_and_every_type_is_known() {
        let codes: Vec<_> = TABLE
            .supported_countries
            .iter()
            .map(|country| country.code.as_str())
            .collect();
        assert!(codes.len() > 190);
        assert!(codes.is_sorted_by(|a, b| a < b));
        for country in &TABLE.supported_countries {
            let kinds: Vec<_> = country
                .supported_documents
                .iter()
                .map(|document| &document.kind)
                .collect();
            let distinct: BTreeSet<_> = kinds.iter().collect();
            assert_eq!(kinds.len(), distinct.len(), "{}", country.code);
            for kind in kinds {
                assert!(
                    vestibule::domain::session::config::DocumentType::KNOWN.contains(kind),
                    "{kind}"
                );
            }
        }
    }

    #[test]
    fn other_scripts_are_left_out_unless_asked_for() {
        let china = ("CHN".to_owned(), "NATIONAL_ID".to_owned());
        assert!(!pairs(&supported(false).supported_countries).contains(&china));
        assert!(pairs(&supported(true).supported_countries).contains(&china));
    }

    #[test]
    fn orthogonal_restrictions_filter_country_and_type_independently() {
        let filter = DocumentFilter {
            allow_non_latin: false,
            restriction: Restriction::Orthogonal {
                countries: list(Inclusion::Only, &["GBR", "FRA"]),
                types: list(Inclusion::AllBut, &["PASSPORT"]),
            },
        };
        let found = pairs(&allowed(&filter));
        assert!(
            found
                .iter()
                .all(|(country, _)| country == "GBR" || country == "FRA")
        );
        assert!(
            found.iter().all(|(_, kind)| kind != "PASSPORT"),
            "a blacklist beats a whitelist"
        );
        assert!(found.contains(&("GBR".to_owned(), "DRIVING_LICENCE".to_owned())));
    }

    #[test]
    fn document_restrictions_filter_pairs() {
        let restriction = |inclusion| Restriction::Pairs {
            inclusion,
            pairs: vec![
                (owned(&["GBR"]), owned(&["PASSPORT"])),
                (owned(&["FRA"]), owned(&["DRIVING_LICENCE"])),
            ],
        };
        let only = DocumentFilter {
            allow_non_latin: true,
            restriction: restriction(Inclusion::Only),
        };
        let listed: BTreeSet<_> = [
            ("GBR".to_owned(), "PASSPORT".to_owned()),
            ("FRA".to_owned(), "DRIVING_LICENCE".to_owned()),
        ]
        .into();
        assert_eq!(pairs(&allowed(&only)), listed);

        let but = DocumentFilter {
            allow_non_latin: true,
            restriction: restriction(Inclusion::AllBut),
        };
        let all = pairs(&supported(true).supported_countries);
        let rest: BTreeSet<_> = all.difference(&listed).cloned().collect();
        assert_eq!(pairs(&allowed(&but)), rest);
    }

    #[test]
    fn a_pair_without_types_stands_for_all_types_of_its_countries() {
        let filter = DocumentFilter {
            allow_non_latin: true,
            restriction: Restriction::Pairs {
                inclusion: Inclusion::AllBut,
                pairs: vec![(owned(&["GBR"]), Vec::new())],
            },
        };
        assert!(allowed(&filter).iter().all(|country| country.code != "GBR"));
    }
}

//! `required_documents` and their filters (contract §1.5).

use super::rules;
use crate::json::{Checker, Obj};

/// A document that the business requires.
#[derive(Debug, Clone)]
pub(crate) enum RequiredDocument {
    /// An identity document that passes the filter.
    Id(DocumentFilter),
    /// A supplementary document.
    Supplementary {
        objective: String,
        document_types: Vec<String>,
        country_codes: Vec<String>,
    },
}

/// Which documents are accepted.
#[derive(Debug, Clone, Default)]
pub(crate) struct DocumentFilter {
    pub(crate) allow_non_latin: bool,
    pub(crate) restriction: Restriction,
}

/// The two published kinds of restrictions.
#[derive(Debug, Clone, Default)]
pub(crate) enum Restriction {
    /// Every supported document.
    #[default]
    None,
    /// Country and type are filtered independently of each other.
    Orthogonal {
        countries: Option<(Inclusion, Vec<String>)>,
        types: Option<(Inclusion, Vec<String>)>,
    },
    /// Countries and types are filtered as pairs; an empty list means all.
    Pairs {
        inclusion: Inclusion,
        pairs: Vec<(Vec<String>, Vec<String>)>,
    },
}

/// Whether a list names what is accepted or what is not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Inclusion {
    /// Only what is listed.
    Only,
    /// Everything but what is listed.
    AllBut,
}

pub(super) fn documents(checker: &mut Checker, root: &Obj<'_>) -> Vec<RequiredDocument> {
    let mut found = Vec::new();
    for item in checker.objects(root, "required_documents") {
        checker.require(&item, "type");
        match checker
            .one_of(&item, "type", &["ID_DOCUMENT", "SUPPLEMENTARY_DOCUMENT"])
            .as_deref()
        {
            Some("ID_DOCUMENT") => {
                let filter = checker.object(&item, "filter");
                let filter = filter
                    .map(|obj| filter_of(checker, &obj))
                    .unwrap_or_default();
                found.push(RequiredDocument::Id(filter));
            }
            Some(_) => found.push(supplementary(checker, &item)),
            None => {}
        }
    }
    found
}

fn supplementary(checker: &mut Checker, item: &Obj<'_>) -> RequiredDocument {
    checker.require(item, "objective");
    let mut kind = None;
    if let Some(objective) = checker.object(item, "objective") {
        checker.require(&objective, "type");
        kind = checker.text(&objective, "type", rules::constant);
    }
    RequiredDocument::Supplementary {
        objective: kind.unwrap_or_default(),
        document_types: checker
            .texts(item, "document_types", rules::constant)
            .unwrap_or_default(),
        country_codes: checker
            .texts(item, "country_codes", rules::country)
            .unwrap_or_default(),
    }
}

/// Checks a filter whose content is not used.
pub(super) fn filter(checker: &mut Checker, filter: &Obj<'_>) {
    filter_of(checker, filter);
}

fn filter_of(checker: &mut Checker, filter: &Obj<'_>) -> DocumentFilter {
    checker.require(filter, "type");
    let kind = checker.one_of(
        filter,
        "type",
        &["ORTHOGONAL_RESTRICTIONS", "DOCUMENT_RESTRICTIONS"],
    );
    // Whether an expired document is acceptable can only be told by reading
    // its date, which the sandbox does not do.
    checker.boolean(filter, "allow_expired_documents");
    let allow_non_latin = checker
        .boolean(filter, "allow_non_latin_documents")
        .unwrap_or(false);
    let restriction = match kind.as_deref() {
        Some("ORTHOGONAL_RESTRICTIONS") => Restriction::Orthogonal {
            countries: restriction(checker, filter, "country_restriction", "country_codes"),
            types: restriction(checker, filter, "type_restriction", "document_types"),
        },
        Some(_) => pairs(checker, filter),
        None => Restriction::None,
    };
    DocumentFilter {
        allow_non_latin,
        restriction,
    }
}

fn restriction(
    checker: &mut Checker,
    filter: &Obj<'_>,
    name: &str,
    list: &str,
) -> Option<(Inclusion, Vec<String>)> {
    let obj = checker.object(filter, name)?;
    checker.require(&obj, "inclusion");
    checker.require(&obj, list);
    let inclusion = inclusion(checker, &obj);
    let rule = if list == "country_codes" {
        rules::country
    } else {
        rules::constant
    };
    let values = checker.texts(&obj, list, rule);
    Some((inclusion?, values?))
}

fn pairs(checker: &mut Checker, filter: &Obj<'_>) -> Restriction {
    checker.require(filter, "inclusion");
    checker.require(filter, "documents");
    let inclusion = inclusion(checker, filter);
    let mut pairs = Vec::new();
    for obj in checker.objects(filter, "documents") {
        if !obj.has("country_codes") && !obj.has("document_types") {
            checker.wrong(obj.path(), "must name country_codes or document_types");
        }
        let countries = checker
            .texts(&obj, "country_codes", rules::country)
            .unwrap_or_default();
        let types = checker
            .texts(&obj, "document_types", rules::constant)
            .unwrap_or_default();
        pairs.push((countries, types));
    }
    match inclusion {
        Some(inclusion) => Restriction::Pairs { inclusion, pairs },
        None => Restriction::None,
    }
}

/// `INCLUDE` is a newer synonym seen in production; `EXCLUDE` is its opposite.
fn inclusion(checker: &mut Checker, obj: &Obj<'_>) -> Option<Inclusion> {
    let allowed = &["WHITELIST", "BLACKLIST", "INCLUDE", "EXCLUDE"];
    checker
        .one_of(obj, "inclusion", allowed)
        .map(|word| match word.as_str() {
            "BLACKLIST" | "EXCLUDE" => Inclusion::AllBut,
            _ => Inclusion::Only,
        })
}

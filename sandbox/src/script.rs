//! Scripted outcomes: the published `response-config` of the sandbox SDKs.
//!
//! Results of text extraction are used up in their order, each for the first
//! document that fits its filter; when none is left, pictures are judged for
//! real. Check reports replace the ones that the sandbox makes up.
//! Two additions of ours: a recommendation may name the `page` it concerns,
//! and `task_results.LIVENESS` says what becomes of liveness captures.

use std::collections::BTreeMap;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use serde_json::{Map, Value};
use vestibule::domain::session::resource::{
    AttemptCategory, FieldError, Reason, Recommendation, RecommendationValue,
};

use crate::configuration::{ID_EXTRACTION, SUPPLEMENTARY_EXTRACTION};
use crate::json::{Checker, Obj, anything, not_blank};
use crate::store::{Outcome, Sort, What};

/// The tasks that can be scripted, and what they are about.
const TASKS: [(&str, Sort); 3] = [
    (ID_EXTRACTION, Sort::IdDocument),
    (SUPPLEMENTARY_EXTRACTION, Sort::Supplementary),
    ("LIVENESS", Sort::Liveness),
];

/// What a session is told to do.
#[derive(Debug, Clone, Default)]
pub(crate) struct Script {
    extractions: Vec<ScriptedExtraction>,
    reports: BTreeMap<String, Vec<ScriptedReport>>,
    /// How long checks take after the end.
    pub(crate) report_delay_s: u64,
}

#[derive(Debug, Clone)]
struct ScriptedExtraction {
    sort: Sort,
    filter: Filter,
    recommendation: Option<Recommendation>,
    fields: Option<Value>,
    photo: Option<(String, Bytes)>,
    detected_country: Option<String>,
    detected_type: Option<String>,
}

#[derive(Debug, Clone)]
struct ScriptedReport {
    filter: Filter,
    report: Value,
}

/// An empty list stands for everything.
#[derive(Debug, Clone, Default)]
struct Filter {
    document_types: Vec<String>,
    country_codes: Vec<String>,
}

impl Filter {
    fn fits(&self, (kind, country): (&str, &str)) -> bool {
        let listed =
            |list: &[String], value: &str| list.is_empty() || list.iter().any(|it| it == value);
        listed(&self.document_types, kind) && listed(&self.country_codes, country)
    }
}

impl Script {
    /// Checks a `response-config`.
    ///
    /// # Errors
    ///
    /// Every wrong field, with its path.
    pub(crate) fn parse(payload: &Map<String, Value>) -> Result<Self, Vec<FieldError>> {
        let root = Obj::root(payload);
        let mut checker = Checker::default();
        let mut script = Self::default();
        if let Some(results) = checker.object(&root, "task_results") {
            for (key, sort) in TASKS {
                for item in checker.objects(&results, key) {
                    let entry = extraction(&mut checker, &item, sort);
                    script.extractions.push(entry);
                }
            }
        }
        if let Some(reports) = checker.object(&root, "check_reports") {
            for key in reports.keys() {
                if key == "async_report_delay" {
                    script.report_delay_s = checker.integer(&reports, key, 0).unwrap_or(0);
                    continue;
                }
                let items = match reports.get(key) {
                    // These two are single objects in the published shape.
                    Some(Value::Object(_)) => checker.object(&reports, key).into_iter().collect(),
                    _ => checker.objects(&reports, key),
                };
                for item in items {
                    if let Some(report) = report(&mut checker, &item) {
                        script
                            .reports
                            .entry(key.to_owned())
                            .or_default()
                            .push(report);
                    }
                }
            }
        }
        checker.finish()?;
        Ok(script)
    }

    /// Takes the next scripted outcome for a delivery.
    pub(crate) fn next_outcome(&mut self, what: &What) -> Option<Outcome> {
        let index = self.extractions.iter().position(|it| {
            it.sort == what.sort()
                && what
                    .document()
                    .is_none_or(|document| it.filter.fits(document))
        })?;
        let entry = self.extractions.remove(index);
        let mut recommendation = entry.recommendation.unwrap_or(Recommendation {
            value: RecommendationValue::Progress,
            reason: None,
            category: None,
            page: None,
            detected_document_type: None,
            detected_country: None,
        });
        let differs = |detected: &Option<String>, chosen: &str| {
            detected.as_deref().is_some_and(|it| it != chosen)
        };
        let other = what.document().is_some_and(|(kind, country)| {
            differs(&entry.detected_type, kind) || differs(&entry.detected_country, country)
        });
        if recommendation.value != RecommendationValue::Progress {
            // Only identity documents are told from one another.
            recommendation.category = Some(if other && entry.sort == Sort::IdDocument {
                AttemptCategory::Reclassification
            } else {
                AttemptCategory::Generic
            });
        }
        recommendation.detected_document_type = entry.detected_type.map(Into::into);
        recommendation.detected_country = entry.detected_country;
        Some(Outcome {
            recommendation,
            fields: entry.fields,
            photo: entry.photo,
        })
    }

    /// The scripted report of a check, for a document or for none.
    pub(crate) fn report(&self, check: &str, document: Option<(&str, &str)>) -> Option<Value> {
        let fits = |it: &&ScriptedReport| document.is_none_or(|document| it.filter.fits(document));
        self.reports
            .get(check)?
            .iter()
            .find(fits)
            .map(|it| it.report.clone())
    }
}

fn extraction(checker: &mut Checker, item: &Obj<'_>, sort: Sort) -> ScriptedExtraction {
    let filter = filter(checker, item, "document_filter");
    checker.require(item, "result");
    let mut entry = ScriptedExtraction {
        sort,
        filter,
        recommendation: None,
        fields: None,
        photo: None,
        detected_country: None,
        detected_type: None,
    };
    let Some(result) = checker.object(item, "result") else {
        return entry;
    };
    entry.recommendation = checker
        .object(&result, "recommendation")
        .and_then(|obj| recommendation(checker, &obj, sort));
    entry.fields = checker
        .object(&result, "document_fields")
        .map(|obj| obj.to_value());
    entry.photo = checker
        .object(&result, "document_id_photo")
        .and_then(|obj| photo(checker, &obj));
    entry.detected_country = checker.text(&result, "detected_country", not_blank);
    entry.detected_type = checker.text(&result, "detected_document_type", not_blank);
    entry
}

fn recommendation(checker: &mut Checker, obj: &Obj<'_>, sort: Sort) -> Option<Recommendation> {
    checker.require(obj, "value");
    let values: Vec<&str> = RecommendationValue::KNOWN
        .iter()
        // Nobody is alive to some extent.
        .filter(|it| sort != Sort::Liveness || **it != RecommendationValue::ShouldTryAgain)
        .map(RecommendationValue::as_str)
        .collect();
    let value = checker.one_of(obj, "value", &values);
    let page = checker.integer(obj, "page", 1);
    let reason = checker.object(obj, "reason").and_then(|reason| {
        checker.require(&reason, "value");
        let value = checker.one_of(&reason, "value", &["QUALITY", "USER_ERROR"]);
        let detail = checker.text(&reason, "detail", anything);
        Some(Reason {
            value: value?.into(),
            detail,
        })
    });
    Some(Recommendation {
        value: value?.into(),
        reason,
        category: None,
        page: page.and_then(|page| u32::try_from(page).ok()),
        detected_document_type: None,
        detected_country: None,
    })
}

fn photo(checker: &mut Checker, obj: &Obj<'_>) -> Option<(String, Bytes)> {
    checker.require(obj, "content_type");
    checker.require(obj, "data");
    let content_type = checker.one_of(obj, "content_type", &["image/jpeg", "image/png"]);
    let data = checker.text(obj, "data", |text| {
        STANDARD.decode(text).is_err().then_some("must be base64")
    });
    Some((content_type?, Bytes::from(STANDARD.decode(data?).ok()?)))
}

fn report(checker: &mut Checker, item: &Obj<'_>) -> Option<ScriptedReport> {
    let filter = filter(checker, item, "document_filter");
    checker.require(item, "result");
    let result = checker.object(item, "result")?;
    checker.require(&result, "report");
    let report = checker.object(&result, "report")?;
    checker.require(&report, "recommendation");
    let recommendation = checker.object(&report, "recommendation")?;
    checker.require(&recommendation, "value");
    checker.one_of(
        &recommendation,
        "value",
        &["APPROVE", "REJECT", "NOT_AVAILABLE"],
    );
    checker.objects(&report, "breakdown");
    Some(ScriptedReport {
        filter,
        report: report.to_value(),
    })
}

fn filter(checker: &mut Checker, item: &Obj<'_>, key: &str) -> Filter {
    let Some(obj) = checker.object(item, key) else {
        return Filter::default();
    };
    Filter {
        document_types: checker
            .texts(&obj, "document_types", not_blank)
            .unwrap_or_default(),
        country_codes: checker
            .texts(&obj, "country_codes", not_blank)
            .unwrap_or_default(),
    }
}

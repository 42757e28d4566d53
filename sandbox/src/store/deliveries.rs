//! The rules of deliveries: what may be started and handed over, what
//! satisfies a requirement, and how attempts are counted.

use std::collections::BTreeMap;

use bytes::Bytes;
use jiff::Timestamp;
use vestibule::domain::session::config::{DocumentType, SourceKind};
use vestibule::domain::session::resource::{
    ApiErrorCode, AttemptCategory, Reason, ReasonValue, RecommendationValue,
};

use super::delivery::cost;
use super::{
    Delivery, Judging, MediaKind, Outcome, Requirement, RequirementKind, Session, Sort, What,
    new_id,
};
use crate::error::{ApiError, ApiResult};

impl Session {
    /// A delivery of a sort by its id.
    pub(crate) fn delivery(&self, sort: Sort, id: &str) -> ApiResult<&Delivery> {
        self.deliveries
            .iter()
            .find(|it| it.id == id && it.what.sort() == sort)
            .ok_or_else(|| ApiError::resource_not_found(name(sort)))
    }

    /// A delivery of a sort by its id, to be changed.
    pub(crate) fn delivery_mut(&mut self, sort: Sort, id: &str) -> ApiResult<&mut Delivery> {
        self.deliveries
            .iter_mut()
            .find(|it| it.id == id && it.what.sort() == sort)
            .ok_or_else(|| ApiError::resource_not_found(name(sort)))
    }

    /// Everything of a sort, in the order of its creation.
    pub(crate) fn deliveries_of(&self, sort: Sort) -> impl Iterator<Item = &Delivery> {
        self.deliveries
            .iter()
            .filter(move |it| it.what.sort() == sort)
    }

    /// Everything that was delivered for a requirement.
    pub(super) fn delivered(&self, requirement_id: &str) -> impl Iterator<Item = &Delivery> {
        self.deliveries
            .iter()
            .filter(move |it| it.requirement_id == requirement_id)
    }

    /// The newest thing of a requirement that is still being judged.
    pub(crate) fn pending(&self, requirement_id: &str) -> Option<&Delivery> {
        self.delivered(requirement_id)
            .filter(|it| it.is_pending())
            .last()
    }

    /// What satisfies each requirement of a sort: the newest usable one.
    pub(crate) fn accepted(&self, sort: Sort) -> Vec<&Delivery> {
        self.requirements
            .iter()
            .filter_map(|requirement| {
                self.delivered(&requirement.id)
                    .filter(|it| it.is_usable() && it.what.sort() == sort)
                    .last()
            })
            .collect()
    }

    /// Whether a document of this type and country already satisfies another
    /// requirement: one document never satisfies two.
    pub(crate) fn is_taken(&self, what: &What, requirement_id: &str) -> bool {
        matches!(what, What::IdDocument { .. })
            && self
                .deliveries
                .iter()
                .any(|it| it.requirement_id != requirement_id && it.is_usable() && it.what == *what)
    }

    /// Adds an empty identity document for a requirement.
    ///
    /// # Errors
    ///
    /// 400 with every wrong field; 409 when no attempt is left.
    pub(crate) fn create_id_document(
        &mut self,
        requirement_id: &str,
        kind: DocumentType,
        country: String,
        now: Timestamp,
    ) -> ApiResult<String> {
        let requirement = self.asked(requirement_id, "a document", |kind| {
            matches!(kind, RequirementKind::IdDocument { .. })
        })?;
        self.require_unsatisfied(requirement)?;
        if let RequirementKind::IdDocument { countries, .. } = &requirement.kind {
            let Some(allowed) = countries.iter().find(|it| it.code == country) else {
                return Err(ApiError::field(
                    "issuing_country",
                    "is not allowed for this requirement",
                ));
            };
            if !allowed.supported_documents.iter().any(|it| it.kind == kind) {
                return Err(ApiError::field(
                    "document_type",
                    "is not allowed for this requirement from this country",
                ));
            }
        }
        let what = What::IdDocument { kind, country };
        if self.is_taken(&what, requirement_id) {
            return Err(ApiError::field(
                "document_type",
                "has been delivered for another requirement",
            ));
        }
        self.require_attempt(requirement_id)?;
        Ok(self.add_delivery(requirement_id, what, now))
    }

    /// Adds an empty supplementary document for a requirement.
    ///
    /// # Errors
    ///
    /// As for an identity document.
    pub(crate) fn create_supplementary(
        &mut self,
        requirement_id: &str,
        kind: String,
        country: String,
        now: Timestamp,
    ) -> ApiResult<String> {
        let requirement = self.asked(requirement_id, "a supplementary document", |kind| {
            matches!(kind, RequirementKind::Supplementary { .. })
        })?;
        self.require_unsatisfied(requirement)?;
        if let RequirementKind::Supplementary {
            document_types,
            country_codes,
            ..
        } = &requirement.kind
        {
            if !country_codes.contains(&country) {
                return Err(ApiError::field(
                    "issuing_country",
                    "is not allowed for this requirement",
                ));
            }
            if !document_types.contains(&kind) {
                return Err(ApiError::field(
                    "document_type",
                    "is not allowed for this requirement",
                ));
            }
        }
        self.require_attempt(requirement_id)?;
        let what = What::Supplementary { kind, country };
        Ok(self.add_delivery(requirement_id, what, now))
    }

    /// Adds an empty liveness capture for a requirement.
    ///
    /// # Errors
    ///
    /// 400 when it is not asked for or satisfied; 409 without consent or when
    /// no attempt is left.
    pub(crate) fn create_liveness(
        &mut self,
        requirement_id: &str,
        now: Timestamp,
    ) -> ApiResult<String> {
        let requirement = self.asked(requirement_id, "a static liveness capture", |kind| {
            matches!(kind, RequirementKind::Liveness { liveness_type } if liveness_type == "STATIC")
        })?;
        self.require_unsatisfied(requirement)?;
        self.require_consent()?;
        self.require_attempt(requirement_id)?;
        Ok(self.add_delivery(requirement_id, What::Liveness, now))
    }

    fn asked(
        &self,
        requirement_id: &str,
        what: &str,
        fits: impl Fn(&RequirementKind) -> bool,
    ) -> ApiResult<&Requirement> {
        self.requirement(requirement_id)
            .filter(|it| it.sources.contains(&SourceKind::EndUser) && fits(&it.kind))
            .ok_or_else(|| {
                ApiError::field(
                    "requirement_id",
                    format!("is not {what} that the end user is asked for"),
                )
            })
    }

    fn require_unsatisfied(&self, requirement: &Requirement) -> ApiResult<()> {
        if self.delivered(&requirement.id).any(Delivery::is_final) {
            return Err(ApiError::field(
                "requirement_id",
                "has been satisfied already",
            ));
        }
        Ok(())
    }

    fn add_delivery(&mut self, requirement_id: &str, what: What, now: Timestamp) -> String {
        let id = new_id();
        self.deliveries.push(Delivery {
            id: id.clone(),
            requirement_id: requirement_id.to_owned(),
            what,
            created: now,
            updated: now,
            pages: BTreeMap::new(),
            file: None,
            answered: BTreeMap::new(),
            judging: None,
            fields_media: None,
            photo_media: None,
        });
        id
    }

    /// Refuses a picture that can't be taken in any more.
    ///
    /// # Errors
    ///
    /// 409 when the delivery has been handed over; a picture of a face is an
    /// attempt by itself, so it also needs consent and an attempt.
    pub(crate) fn require_open(&self, sort: Sort, id: &str) -> ApiResult<()> {
        let delivery = self.delivery(sort, id)?;
        if delivery.judging.is_some() {
            return Err(locked("It has been handed over already"));
        }
        if sort != Sort::Liveness {
            return Ok(());
        }
        self.require_consent()?;
        if self
            .delivered(&delivery.requirement_id)
            .any(Delivery::is_final)
        {
            return Err(locked("The requirement has been satisfied already"));
        }
        self.require_attempt(&delivery.requirement_id)
    }

    /// Hands something over to be judged.
    ///
    /// `true` when that is news, `false` when it had been handed over before.
    ///
    /// # Errors
    ///
    /// 400 without a page or with a gap between pages; 409 when every attempt
    /// left is already being used.
    pub(crate) fn hand_over(&mut self, sort: Sort, id: &str, now: Timestamp) -> ApiResult<bool> {
        let delivery = self.delivery(sort, id)?;
        if delivery.judging.is_some() {
            return Ok(false);
        }
        if delivery.stored().next().is_none() {
            return Err(ApiError::field("pages", "upload at least one page first"));
        }
        let has_gap = (1..).zip(delivery.pages.keys()).any(|(a, b)| a != *b);
        if sort == Sort::Supplementary && has_gap {
            return Err(ApiError::field("pages", "must be counted without a gap"));
        }
        let requirement_id = delivery.requirement_id.clone();
        self.require_attempt(&requirement_id)?;
        self.delivery_mut(sort, id)?.judging = Some(Judging {
            id: new_id(),
            created: now,
            updated: now,
            outcome: None,
        });
        Ok(true)
    }

    /// Attempts per category of a requirement; empty where none are counted.
    pub(crate) fn attempts_remaining(&self, requirement_id: &str) -> BTreeMap<String, u32> {
        self.requirement(requirement_id)
            .map(|it| it.attempts_remaining.clone())
            .unwrap_or_default()
    }

    /// Refuses when a category has nothing left for one more attempt.
    ///
    /// What is being judged counts as used: otherwise two tabs that hand over
    /// at the same moment would both be judged on the last attempt.
    fn require_attempt(&self, requirement_id: &str) -> ApiResult<()> {
        let pending = self
            .delivered(requirement_id)
            .filter(|it| it.is_pending())
            .count();
        let left = self
            .attempts_remaining(requirement_id)
            .values()
            .copied()
            .min()
            .unwrap_or(0);
        if usize::try_from(left).is_ok_and(|left| left > pending) {
            Ok(())
        } else {
            Err(ApiError::conflict(
                ApiErrorCode::AttemptsExhausted,
                "No attempt is left",
            ))
        }
    }

    /// Records what became of a delivery and counts it.
    pub(crate) fn judged(&mut self, id: &str, mut outcome: Outcome, now: Timestamp) {
        let Some(delivery) = self
            .deliveries
            .iter()
            .find(|it| it.id == id && it.is_pending())
        else {
            return;
        };
        // Two tabs may have had the same document judged for two requirements
        // at once; the second one is too late.
        if outcome.recommendation.value != RecommendationValue::MustTryAgain
            && self.is_taken(&delivery.what, &delivery.requirement_id)
        {
            outcome.recommendation.value = RecommendationValue::MustTryAgain;
            outcome.recommendation.reason = Some(Reason {
                value: ReasonValue::UserError,
                detail: Some("MISUSE".to_owned()),
            });
            outcome.recommendation.category = Some(AttemptCategory::Generic);
        }
        let requirement_id = delivery.requirement_id.clone();
        if let Some(category) = cost(&outcome.recommendation)
            && let Some(requirement) = self
                .requirements
                .iter_mut()
                .find(|it| it.id == requirement_id)
            && let Some(left) = requirement.attempts_remaining.get_mut(category.as_str())
        {
            *left = left.saturating_sub(1);
        }
        let fields = outcome.fields.map(|fields| {
            let bytes = Bytes::from(fields.to_string());
            self.add_media(MediaKind::Json, "application/json", bytes, now)
        });
        let photo = outcome.photo.map(|(content_type, bytes)| {
            self.add_media(MediaKind::Image, &content_type, bytes, now)
        });
        let Some(delivery) = self.deliveries.iter_mut().find(|it| it.id == id) else {
            return;
        };
        if let Some(judging) = &mut delivery.judging {
            judging.outcome = Some(outcome.recommendation);
            judging.updated = now;
        }
        delivery.updated = now;
        for page in delivery.pages.values_mut() {
            page.picture = None;
        }
        delivery.fields_media = fields;
        delivery.photo_media = photo;
    }
}

fn locked(message: &str) -> ApiError {
    ApiError::conflict(ApiErrorCode::ResourceLocked, message)
}

fn name(sort: Sort) -> &'static str {
    match sort {
        Sort::IdDocument => "document",
        Sort::Supplementary => "supplementary document",
        Sort::Liveness => "liveness capture",
    }
}

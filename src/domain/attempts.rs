//! Attempts that are left, as the service counts them.
//!
//! The client never counts: it shows what the service said last.

use std::collections::BTreeMap;

use crate::domain::session::resource::{
    AttemptCategory, Recommendation, RecommendationValue, TaskState, TextExtraction,
};

/// Attempts left per category.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Attempts {
    left: BTreeMap<String, u32>,
    /// An earlier try of this requirement can be used as it is.
    has_usable: bool,
}

impl Attempts {
    /// What the service said.
    #[must_use]
    pub fn new(left: BTreeMap<String, u32>) -> Self {
        Self {
            left,
            has_usable: false,
        }
    }

    /// Attempts left in a category; nothing when the service did not say.
    #[must_use]
    pub fn left(&self, category: &AttemptCategory) -> Option<u32> {
        self.left.get(category.as_str()).copied()
    }

    /// Whether some category has nothing left, so that the service will take
    /// no further document.
    #[must_use]
    pub fn is_exhausted(&self) -> bool {
        self.left.values().any(|left| *left == 0)
    }

    /// Takes over what the service says of a try, and decides what follows.
    pub fn judge(&mut self, extraction: &TextExtraction) -> Outcome {
        self.update(&extraction.attempts_remaining);
        let outcome = outcome(extraction, self);
        if let Outcome::TryAgain { can_keep: true, .. } = &outcome {
            self.has_usable = true;
        }
        outcome
    }

    /// Takes over what the service says now; it may leave categories out.
    pub fn update(&mut self, now: &BTreeMap<String, u32>) {
        for (category, left) in now {
            self.left.insert(category.clone(), *left);
        }
    }
}

/// What follows from a finished extraction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// The service is not finished yet.
    Pending,
    /// The document is accepted.
    Accepted,
    /// Another attempt is possible.
    TryAgain {
        /// Why, as the service said.
        recommendation: Recommendation,
        /// Whether the person may go on with what was sent.
        can_keep: bool,
    },
    /// Another attempt is necessary, and none is left.
    Exhausted,
}

/// Whether the service is not finished yet.
///
/// An unknown state with a recommendation is finished; without one we wait.
#[must_use]
pub fn is_pending(extraction: &TextExtraction) -> bool {
    match &extraction.state {
        TaskState::Done | TaskState::Failed => false,
        TaskState::Pending => true,
        TaskState::Other(_) => extraction.recommendation.is_none(),
    }
}

/// Decides what follows, from the service's words alone.
#[must_use]
pub fn outcome(extraction: &TextExtraction, attempts: &Attempts) -> Outcome {
    if is_pending(extraction) {
        return Outcome::Pending;
    }
    let is_failed = extraction.state == TaskState::Failed;
    let recommendation = extraction.recommendation.clone().unwrap_or(Recommendation {
        value: if is_failed {
            RecommendationValue::MustTryAgain
        } else {
            RecommendationValue::Progress
        },
        reason: None,
        category: None,
        page: None,
        detected_document_type: None,
        detected_country: None,
    });
    let must = match &recommendation.value {
        RecommendationValue::ShouldTryAgain => false,
        RecommendationValue::MustTryAgain => true,
        // A word we do not know: the state tells whether the document is usable.
        RecommendationValue::Other(_) if is_failed => true,
        RecommendationValue::Progress | RecommendationValue::Other(_) => return Outcome::Accepted,
    };
    match (must, attempts.is_exhausted()) {
        (true, true) if !attempts.has_usable => Outcome::Exhausted,
        // Usable, this one or an earlier one, and nothing left to try: going on
        // is the only way.
        (_, true) => Outcome::Accepted,
        (_, false) => Outcome::TryAgain {
            recommendation,
            can_keep: !must || attempts.has_usable,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn extraction(state: TaskState, value: Option<RecommendationValue>) -> TextExtraction {
        TextExtraction {
            id: "task".to_owned(),
            state,
            recommendation: value.map(|value| Recommendation {
                value,
                reason: None,
                category: Some(AttemptCategory::Generic),
                page: None,
                detected_document_type: None,
                detected_country: None,
            }),
            attempts_remaining: BTreeMap::new(),
        }
    }

    fn attempts(generic: u32) -> Attempts {
        Attempts::new(BTreeMap::from([
            ("GENERIC".to_owned(), generic),
            ("RECLASSIFICATION".to_owned(), 2),
        ]))
    }

    #[test]
    fn the_services_words_decide() {
        use RecommendationValue::{MustTryAgain, Other, Progress, ShouldTryAgain};
        let other = || Some(Other("LATER".to_owned()));
        let name = |outcome: Outcome| match outcome {
            Outcome::Pending => "pending",
            Outcome::Accepted => "accepted",
            Outcome::TryAgain { can_keep: true, .. } => "may try again",
            Outcome::TryAgain {
                can_keep: false, ..
            } => "must try again",
            Outcome::Exhausted => "exhausted",
        };
        for (state, value, left, expected) in [
            (TaskState::Pending, None, 2, "pending"),
            (TaskState::Done, None, 2, "accepted"),
            (TaskState::Done, Some(Progress), 0, "accepted"),
            (TaskState::Done, Some(ShouldTryAgain), 1, "may try again"),
            (TaskState::Done, Some(ShouldTryAgain), 0, "accepted"),
            (TaskState::Failed, Some(MustTryAgain), 1, "must try again"),
            (TaskState::Failed, Some(MustTryAgain), 0, "exhausted"),
            (TaskState::Failed, None, 1, "must try again"),
            (TaskState::Done, other(), 1, "accepted"),
            (TaskState::Failed, other(), 1, "must try again"),
            (TaskState::Other("SKIPPED".to_owned()), None, 1, "pending"),
            (
                TaskState::Other("SKIPPED".to_owned()),
                Some(Progress),
                1,
                "accepted",
            ),
        ] {
            let result = name(outcome(
                &extraction(state.clone(), value.clone()),
                &attempts(left),
            ));
            assert_eq!(result, expected, "{state:?} {value:?} {left}");
        }
    }

    #[test]
    fn what_the_service_leaves_out_stays_as_it_was() {
        let mut attempts = attempts(2);
        attempts.update(&BTreeMap::from([("GENERIC".to_owned(), 1)]));
        assert_eq!(attempts.left(&AttemptCategory::Generic), Some(1));
        assert_eq!(attempts.left(&AttemptCategory::Reclassification), Some(2));
        assert_eq!(attempts.left(&AttemptCategory::Other("X".to_owned())), None);
    }
}

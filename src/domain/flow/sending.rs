//! Sending a document's pictures and waiting for what the service says.

use crate::domain::attempts::{Outcome, outcome};
use crate::domain::error::ErrorCode;
use crate::domain::i18n::Text;
use crate::domain::service::ServiceError;
use crate::domain::session::resource::{
    NewIdDocument, Reason, ReasonValue, Recommendation, RecommendationValue, TextExtraction,
};

use super::capture::{Capturing, Step};
use super::{
    Effect, Effects, Event, Flow, Handled, PageUpload, Ticket, UploadProgress, ending_of,
    late_or_ignored,
};

/// The first pause before asking for the recommendation again.
const FIRST_POLL_MS: u32 = 300;

/// The longest pause.
const LONGEST_POLL_MS: u32 = 2_000;

/// A document on its way.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Sending {
    /// What is being done, or was being done when it stopped.
    job: Job,
    /// The request that is waited for.
    ticket: Ticket,
    /// Why it stopped, until it is tried again.
    problem: Option<ServiceError>,
}

#[derive(Debug, Clone, PartialEq)]
enum Job {
    Create,
    /// Pages before `page` (an index) have arrived.
    Upload {
        document_id: String,
        page: usize,
        progress: UploadProgress,
    },
    Start {
        document_id: String,
    },
    Read {
        document_id: String,
        poll_ms: u32,
    },
    /// Between two readings.
    Rest {
        document_id: String,
        poll_ms: u32,
    },
}

/// What a view may know of a document on its way.
pub(super) enum SendingFacts<'a> {
    Uploading { percent: u8 },
    Checking,
    Stopped(&'a ServiceError),
}

impl Sending {
    pub(super) fn upload_in_flight(&self) -> Option<Ticket> {
        let is_uploading = matches!(self.job, Job::Upload { .. }) && self.problem.is_none();
        is_uploading.then_some(self.ticket)
    }

    pub(super) fn is_stopped_by(&self, error: &ServiceError) -> bool {
        self.problem.as_ref() == Some(error)
    }

    pub(super) fn facts(&self, capturing: &Capturing) -> SendingFacts<'_> {
        if let Some(problem) = &self.problem {
            return SendingFacts::Stopped(problem);
        }
        match &self.job {
            Job::Create => SendingFacts::Uploading { percent: 0 },
            Job::Upload { page, progress, .. } => SendingFacts::Uploading {
                percent: percent(capturing, *page, *progress),
            },
            Job::Start { .. } | Job::Read { .. } | Job::Rest { .. } => SendingFacts::Checking,
        }
    }

    /// Whether nothing has been judged yet, so that stopping costs nothing.
    fn can_cancel(&self) -> bool {
        match &self.job {
            Job::Create | Job::Upload { .. } => true,
            Job::Start { .. } => self.problem.is_some(),
            Job::Read { .. } | Job::Rest { .. } => false,
        }
    }
}

/// How much of all pages is sent, 0 to 100.
fn percent(capturing: &Capturing, page: usize, progress: UploadProgress) -> u8 {
    let sizes: Vec<u64> = capturing
        .images()
        .iter()
        .map(|image| image.n_bytes)
        .collect();
    let total: u64 = sizes.iter().sum();
    let arrived: u64 = sizes.iter().take(page).sum();
    let current = sizes.get(page).copied().unwrap_or(0);
    // The request is a little larger than the picture; scale to the picture.
    let sent = match progress.total_bytes {
        0 => 0,
        total_bytes => current * progress.sent_bytes.min(total_bytes) / total_bytes,
    };
    let share = (arrived + sent)
        .saturating_mul(100)
        .checked_div(total)
        .unwrap_or(0);
    u8::try_from(share.min(100)).unwrap_or(100)
}

impl Flow {
    /// Starts sending the pictures of the document.
    pub(super) fn send(&mut self, effects: &mut Effects) {
        self.run(Job::Create, effects);
    }

    /// Asks for a job to be done.
    fn run(&mut self, job: Job, effects: &mut Effects) {
        let ticket = self.ticket();
        let Some((capturing, task)) = self.capturing() else {
            return;
        };
        let effect = match &job {
            Job::Create => {
                let (Some(kind), Some(country)) = (&capturing.document_type, &capturing.country)
                else {
                    return;
                };
                Effect::CreateDocument(
                    ticket,
                    NewIdDocument {
                        requirement_id: task.requirement_id.clone(),
                        document_type: kind.clone(),
                        issuing_country: country.clone(),
                    },
                )
            }
            Job::Upload {
                document_id, page, ..
            } => {
                let images = capturing.images();
                let (Some(image), Ok(index)) = (images.get(*page), u32::try_from(*page)) else {
                    return;
                };
                Effect::UploadPage(
                    ticket,
                    PageUpload {
                        document_id: document_id.clone(),
                        page: index + 1,
                        image: image.id,
                        capture_method: image.capture_method.clone(),
                    },
                )
            }
            Job::Start { document_id } => Effect::StartExtraction(ticket, document_id.clone()),
            Job::Read { document_id, .. } => Effect::ReadExtraction(ticket, document_id.clone()),
            Job::Rest { poll_ms, .. } => Effect::Wait {
                ticket,
                after_ms: *poll_ms,
            },
        };
        effects.push(effect);
        capturing.step = Step::Sending(Sending {
            job,
            ticket,
            problem: None,
        });
    }

    pub(super) fn on_sending(&mut self, event: Event, effects: &mut Effects) -> Handled {
        let Some((capturing, _)) = self.capturing() else {
            return Handled::Ignored;
        };
        let n_pages = capturing.pages.len();
        let Step::Sending(sending) = &mut capturing.step else {
            return Handled::Ignored;
        };
        let is_awaited = |ticket: Ticket| sending.ticket == ticket && sending.problem.is_none();
        match event {
            Event::DocumentCreated(ticket, result) if is_awaited(ticket) => match result {
                Ok(document_id) => {
                    let job = Job::Upload {
                        document_id,
                        page: 0,
                        progress: UploadProgress::default(),
                    };
                    self.run(job, effects);
                }
                Err(error) => self.sending_failed(error, effects),
            },
            Event::UploadProgressed(ticket, now) if is_awaited(ticket) => {
                if let Job::Upload { progress, .. } = &mut sending.job {
                    *progress = now;
                }
            }
            Event::PageUploaded(ticket, result) if is_awaited(ticket) => {
                let Job::Upload {
                    document_id, page, ..
                } = &sending.job
                else {
                    return Handled::Ignored;
                };
                let (document_id, next) = (document_id.clone(), *page + 1);
                match result {
                    Ok(()) if next < n_pages => {
                        let job = Job::Upload {
                            document_id,
                            page: next,
                            progress: UploadProgress::default(),
                        };
                        self.run(job, effects);
                    }
                    Ok(()) => {
                        effects.push(Effect::Announce(Text::SendingChecking.into()));
                        self.run(Job::Start { document_id }, effects);
                    }
                    Err(error) => self.sending_failed(error, effects),
                }
            }
            Event::ExtractionRead(ticket, result) if is_awaited(ticket) => match result {
                Ok(extraction) => self.judged(&extraction, effects),
                Err(error) => self.sending_failed(error, effects),
            },
            Event::TimeElapsed(ticket) if is_awaited(ticket) => {
                let Job::Rest {
                    document_id,
                    poll_ms,
                } = &sending.job
                else {
                    return Handled::Ignored;
                };
                let job = Job::Read {
                    document_id: document_id.clone(),
                    poll_ms: *poll_ms,
                };
                self.run(job, effects);
            }
            Event::RetryPressed if sending.problem.is_some() => {
                let job = sending.job.clone();
                self.run(job, effects);
            }
            Event::CancelPressed | Event::BackPressed if sending.can_cancel() => {
                capturing.side = n_pages.saturating_sub(1);
                capturing.step = Step::Review;
                effects.push(Effect::Announce(Text::SendingCancelled.into()));
            }
            other => return late_or_ignored(&other),
        }
        Handled::Yes
    }

    fn sending_failed(&mut self, error: ServiceError, effects: &mut Effects) {
        let Some((capturing, _)) = self.capturing() else {
            return;
        };
        let Step::Sending(sending) = &mut capturing.step else {
            return;
        };
        if error.can_retry() {
            sending.problem = Some(error);
            return;
        }
        let page = match &sending.job {
            Job::Upload { page, .. } => u32::try_from(*page + 1).ok(),
            Job::Create | Job::Start { .. } | Job::Read { .. } | Job::Rest { .. } => None,
        };
        if error == ServiceError::PictureRefused {
            // Refused before it was judged: another picture costs no attempt.
            capturing.step = Step::TryAgain {
                recommendation: Recommendation {
                    value: RecommendationValue::MustTryAgain,
                    reason: Some(Reason {
                        value: ReasonValue::Quality,
                        detail: None,
                    }),
                    category: None,
                    page,
                    detected_document_type: None,
                    detected_country: None,
                },
                can_keep: false,
            };
            return;
        }
        self.end(ending_of(&error), effects);
    }

    fn judged(&mut self, extraction: &TextExtraction, effects: &mut Effects) {
        let Some((capturing, _)) = self.capturing() else {
            return;
        };
        capturing.attempts.update(&extraction.attempts_remaining);
        let Step::Sending(sending) = &capturing.step else {
            return;
        };
        let next = match &sending.job {
            Job::Start { document_id } => Job::Rest {
                document_id: document_id.clone(),
                poll_ms: FIRST_POLL_MS,
            },
            Job::Read {
                document_id,
                poll_ms,
            } => Job::Rest {
                document_id: document_id.clone(),
                poll_ms: (poll_ms + poll_ms / 2).min(LONGEST_POLL_MS),
            },
            // Answers carry the ticket of Start or Read, so these can't be.
            Job::Create | Job::Upload { .. } | Job::Rest { .. } => return,
        };
        match outcome(extraction, &capturing.attempts) {
            Outcome::Pending => self.run(next, effects),
            Outcome::Accepted => self.accepted(effects),
            Outcome::TryAgain {
                recommendation,
                can_keep,
            } => {
                capturing.step = Step::TryAgain {
                    recommendation,
                    can_keep,
                };
            }
            Outcome::Exhausted => {
                self.end(ErrorCode::AttemptsExhausted, effects);
            }
        }
    }

    fn accepted(&mut self, effects: &mut Effects) {
        let Some((capturing, _)) = self.capturing() else {
            return;
        };
        let next = capturing.task + 1;
        self.begin_task(next, effects);
    }
}

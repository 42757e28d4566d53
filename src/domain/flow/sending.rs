//! Sending what was captured and waiting for what the service says.
//!
//! The same machine for documents, pages, files and faces: create a resource,
//! upload its parts one by one, then, for what is judged while the person
//! waits, ask until there is an answer.

use crate::domain::attempts;
use crate::domain::i18n::Text;
use crate::domain::image::{ImageId, PreparedImage};
use crate::domain::service::ServiceError;
use crate::domain::session::resource::{
    ApiErrorCode, CaptureMethod, Reason, ReasonValue, Recommendation, RecommendationValue,
    TextExtraction,
};
use crate::domain::sight::Corners;

use super::turn::Desk;
use super::{Effect, Event, NewResource, ResourceRef, Ticket, Upload, UploadPart, UploadProgress};

/// The first pause before asking for the recommendation again.
const FIRST_POLL_MS: u32 = 300;

/// The longest pause.
const LONGEST_POLL_MS: u32 = 2_000;

/// What is to be sent: the resource and its parts, in order.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Delivery {
    pub(super) resource: NewResource,
    pub(super) parts: Vec<Part>,
}

/// One upload of a delivery.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Part {
    pub(super) part: UploadPart,
    pub(super) content: ImageId,
    pub(super) n_bytes: u64,
    pub(super) capture_method: CaptureMethod,
    pub(super) corners: Option<Corners>,
}

impl Part {
    pub(super) fn of(part: UploadPart, image: &PreparedImage) -> Self {
        Self {
            part,
            content: image.id,
            n_bytes: image.n_bytes,
            capture_method: image.capture_method.clone(),
            corners: image.seen.corners,
        }
    }
}

/// Something on its way.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Sending {
    /// Nothing when what was sent before a reload is being judged.
    delivery: Option<Delivery>,
    /// What is being done, or was being done when it stopped.
    job: Job,
    /// The request that is waited for.
    ticket: Ticket,
    /// Why it stopped, until it is tried again.
    problem: Option<ServiceError>,
    /// The person stopped an earlier try, of which the service may have had
    /// everything all the same.
    may_be_known: bool,
}

#[derive(Debug, Clone, PartialEq)]
enum Job {
    Create,
    /// Parts before `index` have arrived.
    Upload {
        resource: ResourceRef,
        index: usize,
        progress: UploadProgress,
    },
    Start(ResourceRef),
    Read {
        resource: ResourceRef,
        poll_ms: u32,
    },
    /// Between two readings.
    Rest {
        resource: ResourceRef,
        poll_ms: u32,
    },
}

/// What follows from an event.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum SendingTurn {
    Stay,
    /// The service has judged it.
    Judged(TextExtraction),
    /// It has arrived, and nothing is judged while the person waits.
    Delivered,
    /// The person stopped it before it was judged.
    Cancelled,
    /// The part with this index was refused for its bytes, and why.
    Refused(usize, ServiceError),
    /// It can't go on.
    Failed(ServiceError),
    /// The service knows more than we do; what it requires is read again.
    Reread,
    /// Sending has no use for it.
    Unused(Event),
}

/// What a view may know of it.
pub(super) enum SendingFacts<'a> {
    Uploading { percent: u8 },
    Checking,
    Stopped(&'a ServiceError),
}

impl Sending {
    /// Starts with creating the resource.
    pub(super) fn start(delivery: Delivery, may_be_known: bool, desk: &mut Desk<'_>) -> Self {
        let mut sending = Self {
            delivery: Some(delivery),
            job: Job::Create,
            ticket: Ticket(0),
            problem: None,
            may_be_known,
        };
        sending.run(Job::Create, desk);
        sending
    }

    /// Waits for what the service says of something that was sent before a
    /// reload.
    pub(super) fn resume(resource: ResourceRef, desk: &mut Desk<'_>) -> Self {
        let job = Job::Read {
            resource,
            poll_ms: FIRST_POLL_MS,
        };
        let mut sending = Self {
            delivery: None,
            job: job.clone(),
            ticket: Ticket(0),
            problem: None,
            may_be_known: false,
        };
        sending.run(job, desk);
        sending
    }

    pub(super) fn upload_in_flight(&self) -> Option<Ticket> {
        let is_uploading = matches!(self.job, Job::Upload { .. }) && self.problem.is_none();
        is_uploading.then_some(self.ticket)
    }

    pub(super) fn waits_for_network(&self) -> bool {
        self.problem == Some(ServiceError::Unreachable)
    }

    pub(super) fn facts(&self) -> SendingFacts<'_> {
        if let Some(problem) = &self.problem {
            return SendingFacts::Stopped(problem);
        }
        match &self.job {
            Job::Create => SendingFacts::Uploading { percent: 0 },
            Job::Upload {
                index, progress, ..
            } => SendingFacts::Uploading {
                percent: self.percent(*index, *progress),
            },
            Job::Start(_) | Job::Read { .. } | Job::Rest { .. } => SendingFacts::Checking,
        }
    }

    fn parts(&self) -> &[Part] {
        self.delivery
            .as_ref()
            .map_or(&[], |delivery| &delivery.parts)
    }

    /// Whether nothing has been judged yet, so that stopping costs nothing.
    fn can_cancel(&self) -> bool {
        match &self.job {
            Job::Create | Job::Upload { .. } => true,
            Job::Start(_) => self.problem.is_some(),
            Job::Read { .. } | Job::Rest { .. } => false,
        }
    }

    /// How much of all parts is sent, 0 to 100.
    fn percent(&self, index: usize, progress: UploadProgress) -> u8 {
        let size = |part: &Part| part.n_bytes;
        let total: u64 = self.parts().iter().map(size).sum();
        let arrived: u64 = self.parts().iter().take(index).map(size).sum();
        let current = self.parts().get(index).map_or(0, size);
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

    /// Asks for a job to be done.
    fn run(&mut self, job: Job, desk: &mut Desk<'_>) {
        let effect = match (&job, &self.delivery) {
            (Job::Create, Some(delivery)) => {
                let resource = delivery.resource.clone();
                desk.ask(|ticket| Effect::CreateResource(ticket, resource))
            }
            (
                Job::Upload {
                    resource, index, ..
                },
                Some(delivery),
            ) => {
                let Some(part) = delivery.parts.get(*index) else {
                    return;
                };
                let upload = Upload {
                    resource: resource.clone(),
                    part: part.part,
                    content: part.content,
                    capture_method: part.capture_method.clone(),
                    corners: part.corners,
                };
                desk.ask(|ticket| Effect::Upload(ticket, upload))
            }
            // What was sent before a reload is only read.
            (Job::Create | Job::Upload { .. }, None) => return,
            (Job::Start(resource), _) => {
                desk.ask(|ticket| Effect::StartExtraction(ticket, resource.clone()))
            }
            (Job::Read { resource, .. }, _) => {
                desk.ask(|ticket| Effect::ReadJudgement(ticket, resource.clone()))
            }
            (Job::Rest { poll_ms, .. }, _) => desk.ask(|ticket| Effect::Wait {
                ticket,
                after_ms: *poll_ms,
            }),
        };
        self.ticket = effect;
        self.job = job;
        self.problem = None;
    }

    pub(super) fn on(&mut self, event: Event, desk: &mut Desk<'_>) -> SendingTurn {
        let is_awaited = |ticket: Ticket| self.ticket == ticket && self.problem.is_none();
        match event {
            Event::ResourceCreated(ticket, result) if is_awaited(ticket) => match result {
                Ok(id) => {
                    let Some(delivery) = &self.delivery else {
                        return SendingTurn::Stay;
                    };
                    let resource = ResourceRef {
                        kind: delivery.resource.kind(),
                        id,
                    };
                    self.upload(resource, 0, desk);
                }
                Err(error) => return self.failed(error),
            },
            Event::UploadProgressed(ticket, now) if is_awaited(ticket) => {
                if let Job::Upload { progress, .. } = &mut self.job {
                    *progress = now;
                }
            }
            Event::Uploaded(ticket, result) if is_awaited(ticket) => {
                let Job::Upload {
                    resource, index, ..
                } = &self.job
                else {
                    return SendingTurn::Stay;
                };
                let (resource, next) = (resource.clone(), *index + 1);
                match result {
                    Ok(()) if next < self.parts().len() => self.upload(resource, next, desk),
                    Ok(()) => return self.arrived(resource, desk),
                    Err(error) => return self.failed(error),
                }
            }
            Event::JudgementRead(ticket, result) if is_awaited(ticket) => match result {
                Ok(judgement) => return self.read(judgement, desk),
                Err(error) => return self.failed(error),
            },
            Event::TimeElapsed(ticket) if is_awaited(ticket) => {
                let Job::Rest { resource, poll_ms } = &self.job else {
                    return SendingTurn::Stay;
                };
                let job = Job::Read {
                    resource: resource.clone(),
                    poll_ms: *poll_ms,
                };
                self.run(job, desk);
            }
            Event::RetryPressed if self.problem.is_some() => {
                let job = self.job.clone();
                self.run(job, desk);
            }
            Event::GiveUpPressed if self.problem.is_some() => {
                if let Some(problem) = self.problem.take() {
                    return SendingTurn::Failed(problem);
                }
            }
            Event::CancelPressed | Event::BackPressed if self.can_cancel() => {
                desk.push(Effect::Announce(Text::SendingCancelled.into()));
                return SendingTurn::Cancelled;
            }
            other => return SendingTurn::Unused(other),
        }
        SendingTurn::Stay
    }

    fn upload(&mut self, resource: ResourceRef, index: usize, desk: &mut Desk<'_>) {
        let job = Job::Upload {
            resource,
            index,
            progress: UploadProgress::default(),
        };
        self.run(job, desk);
    }

    /// All parts are there.
    fn arrived(&mut self, resource: ResourceRef, desk: &mut Desk<'_>) -> SendingTurn {
        use super::ResourceKind::{FaceCapture, IdDocument, StaticLiveness, SupplementaryDocument};

        let job = match resource.kind {
            FaceCapture => return SendingTurn::Delivered,
            IdDocument | SupplementaryDocument => Job::Start(resource),
            // The upload is what starts this check.
            StaticLiveness => Job::Read {
                resource,
                poll_ms: FIRST_POLL_MS,
            },
        };
        desk.push(Effect::Announce(Text::SendingChecking.into()));
        self.run(job, desk);
        SendingTurn::Stay
    }

    fn read(&mut self, judgement: TextExtraction, desk: &mut Desk<'_>) -> SendingTurn {
        if !attempts::is_pending(&judgement) {
            return SendingTurn::Judged(judgement);
        }
        let rest = match &self.job {
            Job::Start(resource) => Job::Rest {
                resource: resource.clone(),
                poll_ms: FIRST_POLL_MS,
            },
            Job::Read { resource, poll_ms } => Job::Rest {
                resource: resource.clone(),
                poll_ms: (poll_ms + poll_ms / 2).min(LONGEST_POLL_MS),
            },
            // Answers carry the ticket of Start or Read, so these can't be.
            Job::Create | Job::Upload { .. } | Job::Rest { .. } => return SendingTurn::Stay,
        };
        self.run(rest, desk);
        SendingTurn::Stay
    }

    fn failed(&mut self, error: ServiceError) -> SendingTurn {
        if error.can_retry() {
            self.problem = Some(error);
            return SendingTurn::Stay;
        }
        if error.is_about_content() {
            let index = match &self.job {
                Job::Upload { index, .. } => *index,
                Job::Create | Job::Start(_) | Job::Read { .. } | Job::Rest { .. } => 0,
            };
            return SendingTurn::Refused(index, error);
        }
        let is_known = matches!(
            error,
            ServiceError::AttemptsExhausted
                | ServiceError::Refused(ApiErrorCode::PayloadValidation)
        );
        let lacks_consent = error == ServiceError::Refused(ApiErrorCode::ConsentRequired);
        if (self.may_be_known && is_known) || lacks_consent {
            return SendingTurn::Reread;
        }
        SendingTurn::Failed(error)
    }
}

/// What is recommended when a picture was refused for its bytes, before anybody
/// judged it: another one costs no attempt.
pub(super) fn refused_picture(index: usize) -> Recommendation {
    Recommendation {
        value: RecommendationValue::MustTryAgain,
        reason: Some(Reason {
            value: ReasonValue::Quality,
            detail: None,
        }),
        category: None,
        page: u32::try_from(index + 1).ok(),
        detected_document_type: None,
        detected_country: None,
    }
}

//! Every answer that a request can get, the good one first.

use serde_json::json;

use super::script::{configuration, extraction, facts, must_try_again, progress};
use crate::domain::camera::{CameraError, CameraFacts, CameraLoss, StillError};
use crate::domain::face::FaceBox;
use crate::domain::flow::{
    BranchEffect, BranchEvent, Effect, Event, FreshLink, HandoffEffect, HandoffEvent, LetterFile,
    Offered, PageProblem, PreparedPdf, ProfileEffect, ProfileEvent, SupplementaryContent,
    SupplementaryEffect, SupplementaryEvent, Ticket, UploadProgress, ZoomEnd,
};
use crate::domain::form::SubmitError;
use crate::domain::image::{FileError, PreparedImage};
use crate::domain::launch::OneTime;
use crate::domain::pdf::PdfError;
use crate::domain::service::ServiceError;
use crate::domain::session::branch::{Branch, SuppliedInstructions};
use crate::domain::session::handoff::{HandoffState, HandoffStatus, RedeemedHandoff};
use crate::domain::session::resource::ApiErrorCode;
use crate::domain::sight::{DocumentHint, Doubt, Look};

/// The branch that every search finds.
pub(super) fn office() -> Branch {
    Branch {
        kind: "UK_POST_OFFICE".to_owned(),
        fad_code: "V000274".to_owned(),
        name: None,
        address: None,
        post_code: None,
        location: None,
    }
}

fn service_errors() -> Vec<ServiceError> {
    vec![
        ServiceError::Unreachable,
        ServiceError::Unavailable,
        ServiceError::Unauthorised,
        ServiceError::SessionNotFound,
        ServiceError::SessionExpired,
        ServiceError::SessionNotReady,
        ServiceError::AttemptsExhausted,
        ServiceError::PictureRefused,
        ServiceError::FileEncrypted,
        ServiceError::FileUnreadable,
        ServiceError::Refused(ApiErrorCode::MalformedRequest),
        ServiceError::Malformed,
    ]
}

fn answered<T>(good: T, event: impl FnMut(Result<T, ServiceError>) -> Event) -> Vec<Event> {
    let bad = service_errors().into_iter().map(Err);
    std::iter::once(Ok(good)).chain(bad).map(event).collect()
}

fn submitted<T>(good: T, event: impl FnMut(Result<T, SubmitError>) -> Event) -> Vec<Event> {
    let paths = ["contact_profile.email", "full_name", "branch.fad_code", "x"];
    let fields = paths.map(|path| SubmitError::Fields(vec![path.to_owned()]));
    let bad = service_errors().into_iter().map(SubmitError::Service);
    std::iter::once(Ok(good))
        .chain(fields.into_iter().chain(bad).map(Err))
        .map(event)
        .collect()
}

/// What a request can be answered with; `image` is what comes back where a
/// picture does.
pub(super) fn replies(effect: &Effect, image: &PreparedImage) -> Vec<Event> {
    match effect {
        Effect::LoadConfiguration(ticket) => answered(Box::new(configuration(|_| {})), |result| {
            Event::ConfigurationLoaded(*ticket, result)
        }),
        Effect::LoadPart(ticket, _) => answered((), |result| Event::PartLoaded(*ticket, result)),
        Effect::WatchExpiry { ticket, .. } => vec![Event::ExpiryReached(*ticket)],
        Effect::OpenCamera(ticket, _) => camera(*ticket),
        Effect::TakeStill(ticket) => vec![
            Event::StillTaken(*ticket, Ok(image.clone())),
            Event::StillTaken(*ticket, Err(StillError::Failed)),
        ],
        Effect::PrepareFile(ticket, ..) => vec![
            Event::FilePrepared(*ticket, Ok(image.clone())),
            Event::FilePrepared(*ticket, Err(FileError::Damaged)),
            Event::FilePrepared(*ticket, Err(FileError::Pdf)),
        ],
        Effect::WatchFace(ticket) => faces(*ticket),
        Effect::WatchDocument(ticket, _) => looks(*ticket),
        Effect::ReadDocument(ticket, _) => [
            Doubt::OtherType,
            Doubt::OtherSide,
            Doubt::OtherCountry,
            Doubt::Expired,
        ]
        .map(|doubt| Event::DocumentRead(*ticket, doubt))
        .to_vec(),
        Effect::RunZoom(ticket, _) => [
            ZoomEnd::Passed,
            ZoomEnd::Cancelled,
            ZoomEnd::Exhausted,
            ZoomEnd::Unsupported,
            ZoomEnd::Failed,
        ]
        .map(|end| Event::ZoomEnded(*ticket, end))
        .to_vec(),
        Effect::Supplementary(effect) => pages(effect, image),
        Effect::RecordConsent(ticket, _) => {
            answered((), |result| Event::ConsentRecorded(*ticket, result))
        }
        Effect::CreateResource(ticket, _) => answered("resource".to_owned(), |result| {
            Event::ResourceCreated(*ticket, result)
        }),
        Effect::Upload(ticket, _) => {
            let mut events = answered((), |result| Event::Uploaded(*ticket, result));
            let half = UploadProgress {
                sent_bytes: 1,
                total_bytes: 2,
            };
            events.push(Event::UploadProgressed(*ticket, half));
            events
        }
        Effect::StartExtraction(ticket, _) | Effect::ReadJudgement(ticket, _) => judged(*ticket),
        Effect::Wait { ticket, .. } => vec![Event::TimeElapsed(*ticket)],
        Effect::FinishSession(ticket) => {
            answered((), |result| Event::SessionFinished(*ticket, result))
        }
        Effect::Branch(effect) => branch(effect),
        Effect::Profile(ProfileEffect::Read(ticket)) => answered(Box::default(), |result| {
            Event::Profile(ProfileEvent::Read(*ticket, result))
        }),
        Effect::Profile(ProfileEffect::Send(ticket, _)) => submitted((), |result| {
            Event::Profile(ProfileEvent::Sent(*ticket, result))
        }),
        Effect::Handoff(effect) => handoff(effect),
        Effect::KeepCredentials(_)
        | Effect::ForgetCredentials
        | Effect::ApplyTheme(_)
        | Effect::ApplyLocale(_)
        | Effect::RememberLocale(_)
        | Effect::HoldBack
        | Effect::GoBack
        | Effect::CloseCamera
        | Effect::WakeEyes
        | Effect::StopZoom
        | Effect::SetTorch(_)
        | Effect::DropImage(_)
        | Effect::AbortUpload
        | Effect::TellHost(_)
        | Effect::ShowCodeInAddress(_)
        | Effect::Leave(_)
        | Effect::Announce(_)
        | Effect::Sound(_)
        | Effect::Log(_) => Vec::new(),
    }
}

fn camera(ticket: Ticket) -> Vec<Event> {
    let coarse = CameraFacts {
        height_px: 240,
        ..facts()
    };
    let mut events = vec![
        Event::CameraOpened(ticket, facts()),
        Event::CameraOpened(ticket, coarse),
        Event::CameraLost(ticket, CameraLoss::Ended),
        Event::CameraLost(ticket, CameraLoss::Muted),
    ];
    events.extend(
        [
            CameraError::Denied,
            CameraError::NotDelegated,
            CameraError::NotFound,
            CameraError::Busy,
            CameraError::Insecure,
            CameraError::Unsupported,
            CameraError::NotSafari,
            CameraError::LowResolution,
            CameraError::NoPicture,
        ]
        .map(|error| Event::CameraFailed(ticket, error)),
    );
    events
}

fn faces(ticket: Ticket) -> Vec<Event> {
    let face = FaceBox {
        left: 0.35,
        top: 0.25,
        width: 0.3,
        height: 0.5,
        ..FaceBox::default()
    };
    vec![
        Event::FacesSeen(ticket, vec![face]),
        Event::FacesSeen(ticket, Vec::new()),
    ]
}

fn looks(ticket: Ticket) -> Vec<Event> {
    let look = |hint, take| {
        let at_ms = 1_000.0;
        let aim = None;
        let look = Look {
            at_ms,
            hint,
            aim,
            take,
        };
        Event::DocumentSeen(ticket, look)
    };
    vec![
        look(None, false),
        look(Some(DocumentHint::Closer), false),
        look(Some(DocumentHint::Hold), true),
    ]
}

fn judged(ticket: Ticket) -> Vec<Event> {
    let pending = extraction(json!({"id": "task", "state": "PENDING"}));
    let should = extraction(json!({
        "id": "task", "state": "DONE", "recommendation": {"value": "SHOULD_TRY_AGAIN"},
    }));
    let mut events = answered(progress(), |result| Event::JudgementRead(ticket, result));
    let others = [
        pending,
        should,
        must_try_again("BLUR", 1),
        must_try_again("BLUR", 0),
    ];
    events.extend(others.map(|judgement| Event::JudgementRead(ticket, Ok(judgement))));
    events
}

fn pages(effect: &SupplementaryEffect, image: &PreparedImage) -> Vec<Event> {
    let events = match effect {
        SupplementaryEffect::ReadFile(ticket, _) => {
            let pdf = PreparedPdf {
                id: image.id,
                n_bytes: 1000,
            };
            [
                Ok(SupplementaryContent::Picture(image.clone())),
                Ok(SupplementaryContent::Pdf(pdf)),
                Err(PageProblem::Pdf(PdfError::Encrypted)),
            ]
            .map(|result| SupplementaryEvent::FileRead(*ticket, result))
            .to_vec()
        }
        SupplementaryEffect::TurnPicture { ticket, .. } => {
            [Ok(image.clone()), Err(FileError::Unreadable)]
                .map(|result| SupplementaryEvent::PictureTurned(*ticket, result))
                .to_vec()
        }
        SupplementaryEffect::DropFile(_) => Vec::new(),
    };
    events.into_iter().map(Event::Supplementary).collect()
}

fn branch(effect: &BranchEffect) -> Vec<Event> {
    match effect {
        BranchEffect::FindBranches(ticket, _) => submitted(vec![office()], |result| {
            Event::Branch(BranchEvent::BranchesFound(*ticket, result))
        }),
        BranchEffect::SendInstructions(ticket, _) => submitted((), |result| {
            Event::Branch(BranchEvent::InstructionsSent(*ticket, result))
        }),
        BranchEffect::ReadInstructions(ticket) => {
            let supplied = SuppliedInstructions {
                documents: Vec::new(),
                branch: office(),
            };
            answered(supplied, |result| {
                Event::Branch(BranchEvent::InstructionsRead(*ticket, result))
            })
        }
        BranchEffect::SaveLetter(ticket) => {
            let mut events = answered(LetterFile::Saved, |result| {
                Event::Branch(BranchEvent::LetterSaved(*ticket, result))
            });
            let not_ready = BranchEvent::LetterSaved(*ticket, Ok(LetterFile::NotReady));
            events.push(Event::Branch(not_ready));
            events
        }
        BranchEffect::EmailLetter(ticket) => answered((), |result| {
            Event::Branch(BranchEvent::LetterEmailed(*ticket, result))
        }),
    }
}

fn handoff(effect: &HandoffEffect) -> Vec<Event> {
    let link = || FreshLink {
        link: OneTime::new("link".to_owned()),
        expires_in_s: 60,
    };
    match effect {
        HandoffEffect::Offer(ticket) => {
            let offered = Offered {
                id: "handoff".to_owned(),
                link: link(),
            };
            answered(offered, |result| {
                Event::Handoff(HandoffEvent::Offered(*ticket, result))
            })
        }
        HandoffEffect::RotateCode(ticket, _) => answered(link(), |result| {
            Event::Handoff(HandoffEvent::CodeRotated(*ticket, result))
        }),
        HandoffEffect::WatchCode { ticket, .. } => vec![Event::TimeElapsed(*ticket)],
        HandoffEffect::Redeem(ticket, _) => {
            let redeemed = RedeemedHandoff {
                session_id: "session".to_owned(),
                handoff_id: "handoff".to_owned(),
                client_session_token: "phone".to_owned(),
                number: "42".to_owned(),
            };
            answered(redeemed, |result| {
                Event::Handoff(HandoffEvent::Redeemed(*ticket, result))
            })
        }
        HandoffEffect::Confirm(ticket, _) => answered((), |result| {
            Event::Handoff(HandoffEvent::Confirmed(*ticket, result))
        }),
        HandoffEffect::ReadStatus(ticket, _) => {
            let status = |state| HandoffStatus {
                number: Some("42".to_owned()),
                state,
                n_required: 3,
                n_complete: 1,
            };
            let mut events = answered(status(HandoffState::Active), |result| {
                Event::Handoff(HandoffEvent::StatusRead(*ticket, result))
            });
            let others = [
                HandoffState::Waiting,
                HandoffState::Scanned,
                HandoffState::Done,
                HandoffState::GivenUp,
                HandoffState::Ended,
                HandoffState::Other("FUTURE".to_owned()),
            ];
            events.extend(
                others.map(|state| {
                    Event::Handoff(HandoffEvent::StatusRead(*ticket, Ok(status(state))))
                }),
            );
            events
        }
        HandoffEffect::TakeBack(ticket, _) => answered((), |result| {
            Event::Handoff(HandoffEvent::TakenBack(*ticket, result))
        }),
        HandoffEffect::ReportDone(ticket, _) => {
            answered((), |result| Event::SessionFinished(*ticket, result))
        }
        HandoffEffect::CopyLink(_) => [true, false]
            .map(|is_copied| Event::Handoff(HandoffEvent::LinkCopied(is_copied)))
            .to_vec(),
        HandoffEffect::ReportGivenUp(_) => Vec::new(),
    }
}

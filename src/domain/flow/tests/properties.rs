//! What holds for every sequence of events, however odd.

use proptest::prelude::*;
use serde_json::json;

use super::script::{configuration, extraction, facts, launch, ticket_of};
use crate::domain::camera::{CameraError, CameraLoss, StillError};
use crate::domain::flow::{
    CameraState, ChosenFile, Effect, Event, Flow, FreshLink, HandoffEffect, HandoffEvent, Offered,
    PageProblem, PreparedPdf, Screen, SupplementaryContent, SupplementaryEffect,
    SupplementaryEvent, Ticket, UploadProgress,
};
use crate::domain::i18n::Locale;
use crate::domain::image::{FileError, FileId, ImageId, PreparedImage};
use crate::domain::launch::{Handed, Launch, OneTime};
use crate::domain::pdf::PdfError;
use crate::domain::service::ServiceError;
use crate::domain::session::config::DocumentType;
use crate::domain::session::handoff::{HandoffState, HandoffStatus, RedeemedHandoff};
use crate::domain::session::resource::{CaptureMethod, TextExtraction};
use crate::domain::sight::Seen;

/// What a test chooses; tickets are filled in from what the flow asked for.
#[derive(Debug, Clone)]
enum Happening {
    Plain(Event),
    /// The service, camera or file answers the newest request of its kind...
    Answer(Answer),
}

#[derive(Debug, Clone)]
enum Answer {
    Configuration(Result<SessionKind, ServiceError>),
    Capture(Result<(), ServiceError>),
    Camera(Result<(), CameraError>),
    CameraLost,
    Still(bool),
    File(Result<(), FileError>),
    PageFile(PageFile),
    PageTurned(bool),
    Created(Result<(), ServiceError>),
    Progress(u64),
    Uploaded(Result<(), ServiceError>),
    Judged(Judgement),
    Finished(Result<(), ServiceError>),
    Time,
    Expiry,
    Offered(Result<(), ServiceError>),
    CodeRotated(Result<(), ServiceError>),
    Redeemed(Result<(), ServiceError>),
    Confirmed(Result<(), ServiceError>),
    Status(Result<HandoffState, ServiceError>),
    TakenBack(Result<(), ServiceError>),
}

/// What the session asks for.
#[derive(Debug, Clone)]
struct SessionKind {
    can_upload: bool,
    is_supplementary: bool,
}

fn kind_of_session() -> impl Strategy<Value = SessionKind> {
    any::<(bool, bool)>().prop_map(|(can_upload, is_supplementary)| SessionKind {
        can_upload,
        is_supplementary,
    })
}

/// What a file for a supplementary document turns out to be.
#[derive(Debug, Clone)]
enum PageFile {
    Picture,
    Pdf,
    Problem(PageProblem),
}

#[derive(Debug, Clone)]
enum Judgement {
    Pending,
    Progress,
    Should,
    Must,
    Error(ServiceError),
}

fn service_error() -> impl Strategy<Value = ServiceError> {
    prop_oneof![
        Just(ServiceError::Unreachable),
        Just(ServiceError::Unavailable),
        Just(ServiceError::Unauthorised),
        Just(ServiceError::AttemptsExhausted),
        Just(ServiceError::PictureRefused),
        Just(ServiceError::FileEncrypted),
        Just(ServiceError::Malformed),
    ]
}

fn mostly_ok() -> impl Strategy<Value = Result<(), ServiceError>> {
    prop_oneof![6 => Just(Ok(())), 1 => service_error().prop_map(Err)]
}

fn plain() -> impl Strategy<Value = Event> {
    prop_oneof![
        6 => Just(Event::ContinuePressed),
        2 => Just(Event::CountryChosen("GBR".to_owned())),
        1 => Just(Event::CountryChosen("XXX".to_owned())),
        2 => prop_oneof![Just(DocumentType::Passport), Just(DocumentType::DrivingLicence), Just(DocumentType::NationalId)]
            .prop_map(Event::DocumentTypeChosen),
        2 => Just(Event::DocumentTypeChosen("UTILITY_BILL".into())),
        6 => page_event().prop_map(Event::Supplementary),
        3 => Just(Event::CameraChosen),
        3 => Just(Event::UploadChosen),
        3 => Just(Event::ShutterPressed),
        3 => Just(Event::FileChosen(FileId(1))),
        4 => Just(Event::UsePressed),
        2 => Just(Event::RetakePressed),
        1 => Just(Event::BackPressed),
        1 => Just(Event::HistoryWentBack),
        1 => Just(Event::CancelPressed),
        2 => Just(Event::RetryPressed),
        1 => Just(Event::KeepPressed),
        1 => Just(Event::ChangeDocumentPressed),
        1 => Just(Event::TorchPressed),
        1 => Just(Event::SwitchCameraPressed),
        1 => Just(Event::PageHidden),
        2 => Just(Event::PageShown),
        1 => Just(Event::WentOnline),
        1 => Just(Event::WentOffline),
        1 => Just(Event::LeavePressed),
        1 => Just(Event::LanguageChosen(Locale::Ar)),
        1 => Just(Event::GiveUpPressed),
        4 => prop_oneof![
            4 => Just(HandoffEvent::Chosen), 1 => Just(HandoffEvent::ContinueHerePressed),
            4 => Just(HandoffEvent::MatchConfirmed), 1 => Just(HandoffEvent::MatchRefused),
            1 => Just(HandoffEvent::CopyPressed), 1 => Just(HandoffEvent::LinkCopied(true)),
            1 => Just(HandoffEvent::StopPressed),
        ].prop_map(Event::Handoff),
    ]
}

fn handoff_state() -> impl Strategy<Value = HandoffState> {
    prop_oneof![
        1 => Just(HandoffState::Waiting), 4 => Just(HandoffState::Scanned), 5 => Just(HandoffState::Active),
        1 => Just(HandoffState::Done), 1 => Just(HandoffState::GivenUp), 1 => Just(HandoffState::Ended),
        1 => Just(HandoffState::Other("FUTURE".to_owned())),
    ]
}

fn page_event() -> impl Strategy<Value = SupplementaryEvent> {
    let file = |id: u32| ChosenFile {
        id: FileId(id),
        name: "page".to_owned(),
    };
    let page = 0..4_usize;
    prop_oneof![
        4 => (0..14_u32).prop_map(move |n_files| SupplementaryEvent::FilesChosen((0..n_files).map(file).collect())),
        2 => page.clone().prop_map(SupplementaryEvent::TurnPressed),
        1 => page.clone().prop_map(SupplementaryEvent::MoveEarlierPressed),
        1 => page.clone().prop_map(SupplementaryEvent::MoveLaterPressed),
        1 => page.clone().prop_map(SupplementaryEvent::RetakePressed),
        1 => page.prop_map(SupplementaryEvent::RemovePressed),
        1 => Just(SupplementaryEvent::RemovePdfPressed),
    ]
}

fn page_file() -> impl Strategy<Value = PageFile> {
    prop_oneof![
        6 => Just(PageFile::Picture),
        2 => Just(PageFile::Pdf),
        1 => Just(PageFile::Problem(PageProblem::Pdf(PdfError::Encrypted))),
    ]
}

fn happening() -> impl Strategy<Value = Happening> {
    let judged = prop_oneof![
        1 => Just(Judgement::Pending), 1 => Just(Judgement::Progress), 1 => Just(Judgement::Should),
        3 => Just(Judgement::Must), 1 => service_error().prop_map(Judgement::Error),
    ];
    let answer = prop_oneof![
        6 => prop_oneof![9 => kind_of_session().prop_map(Ok), 1 => service_error().prop_map(Err)].prop_map(Answer::Configuration),
        4 => prop_oneof![5 => Just(Ok(())), 1 => Just(Err(CameraError::Denied)), 1 => Just(Err(CameraError::NotFound))]
            .prop_map(Answer::Camera),
        5 => mostly_ok().prop_map(Answer::Capture),
        1 => Just(Answer::CameraLost),
        4 => any::<bool>().prop_map(Answer::Still),
        4 => prop_oneof![5 => Just(Ok(())), 1 => Just(Err(FileError::Damaged))].prop_map(Answer::File),
        6 => page_file().prop_map(Answer::PageFile),
        3 => any::<bool>().prop_map(Answer::PageTurned),
        5 => mostly_ok().prop_map(Answer::Created),
        1 => any::<u64>().prop_map(Answer::Progress),
        5 => mostly_ok().prop_map(Answer::Uploaded),
        6 => judged.prop_map(Answer::Judged),
        3 => mostly_ok().prop_map(Answer::Finished),
        3 => Just(Answer::Time),
        1 => Just(Answer::Expiry),
        4 => mostly_ok().prop_map(Answer::Offered),
        1 => mostly_ok().prop_map(Answer::CodeRotated),
        4 => mostly_ok().prop_map(Answer::Redeemed),
        3 => mostly_ok().prop_map(Answer::Confirmed),
        8 => prop_oneof![9 => handoff_state().prop_map(Ok), 1 => service_error().prop_map(Err)].prop_map(Answer::Status),
        2 => mostly_ok().prop_map(Answer::TakenBack),
    ];
    prop_oneof![1 => plain().prop_map(Happening::Plain), 1 => answer.prop_map(Happening::Answer)]
}

/// A service that counts attempts as the real one does, and a browser that
/// remembers what is open.
struct World {
    flow: Flow,
    asked: Vec<Effect>,
    attempts_left: u32,
    n_judged_failures: u32,
    is_camera_open: bool,
    images: Vec<ImageId>,
    n_images: u32,
    holds_back: bool,
    is_phone: bool,
    /// The computer has said that the phone may go on.
    may_go_on: bool,
}

const ATTEMPTS: u32 = 2;

impl World {
    fn new(is_phone: bool) -> Self {
        let mut world = Self {
            flow: Flow::default(),
            asked: Vec::new(),
            attempts_left: ATTEMPTS,
            n_judged_failures: 0,
            is_camera_open: false,
            images: Vec::new(),
            n_images: 0,
            holds_back: false,
            is_phone,
            may_go_on: !is_phone,
        };
        let code = OneTime::new("code".to_owned());
        world.tell(Event::Launched(Launch {
            is_handheld: is_phone,
            handed: is_phone.then_some(Handed::Over(code)),
            ..launch()
        }));
        world
    }

    fn newest(&self, wanted: impl Fn(&Effect) -> bool) -> Option<Ticket> {
        self.asked
            .iter()
            .rev()
            .find(|effect| wanted(effect))
            .and_then(ticket_of)
    }

    fn newest_of(&self, wanted: fn(&HandoffEffect) -> bool) -> Option<Ticket> {
        self.newest(|effect| matches!(effect, Effect::Handoff(effect) if wanted(effect)))
    }

    fn about_handoff(&mut self, answer: Answer) -> Option<HandoffEvent> {
        let fresh = || FreshLink {
            link: OneTime::new("link".to_owned()),
            expires_in_s: 60,
        };
        Some(match answer {
            Answer::Offered(result) => HandoffEvent::Offered(
                self.newest_of(|it| matches!(it, HandoffEffect::Offer(_)))?,
                result.map(|()| Offered {
                    id: "handoff".to_owned(),
                    link: fresh(),
                }),
            ),
            Answer::CodeRotated(result) => HandoffEvent::CodeRotated(
                self.newest_of(|it| matches!(it, HandoffEffect::RotateCode(..)))?,
                result.map(|()| fresh()),
            ),
            Answer::Redeemed(result) => HandoffEvent::Redeemed(
                self.newest_of(|it| matches!(it, HandoffEffect::Redeem(..)))?,
                result.map(|()| RedeemedHandoff {
                    session_id: "session".to_owned(),
                    handoff_id: "handoff".to_owned(),
                    client_session_token: "phone".to_owned(),
                    number: "42".to_owned(),
                }),
            ),
            Answer::Confirmed(result) => HandoffEvent::Confirmed(
                self.newest_of(|it| matches!(it, HandoffEffect::Confirm(..)))?,
                result,
            ),
            Answer::Status(result) => {
                let ticket = self.newest_of(|it| matches!(it, HandoffEffect::ReadStatus(..)))?;
                self.may_go_on |= result == Ok(HandoffState::Active);
                let status = result.map(|state| HandoffStatus {
                    number: Some("42".to_owned()),
                    state,
                    n_required: 1,
                    n_complete: 0,
                });
                HandoffEvent::StatusRead(ticket, status)
            }
            Answer::TakenBack(result) => HandoffEvent::TakenBack(
                self.newest_of(|it| matches!(it, HandoffEffect::TakeBack(..)))?,
                result,
            ),
            _ => return None,
        })
    }

    fn event(&mut self, happening: Happening) -> Option<Event> {
        let answer = match happening {
            Happening::Plain(event) => {
                if event == Event::HistoryWentBack {
                    if !self.holds_back {
                        return None;
                    }
                    self.holds_back = false;
                }
                return Some(event);
            }
            Happening::Answer(answer) => answer,
        };
        Some(match answer {
            Answer::Configuration(result) => Event::ConfigurationLoaded(
                self.newest(|effect| matches!(effect, Effect::LoadConfiguration(_)))?,
                result.map(|kind| {
                    Box::new(configuration(|value| {
                        value["sdk_config"]["allow_handoff"] = true.into();
                        let resource = &mut value["capture"]["required_resources"][0];
                        resource["attempts_remaining"] = json!({"GENERIC": self.attempts_left});
                        if !kind.can_upload {
                            resource["allowed_capture_methods"] = "CAMERA".into();
                        }
                        if kind.is_supplementary {
                            resource["type"] = "SUPPLEMENTARY_DOCUMENT".into();
                            // No choice, so that many sequences come to the pages.
                            resource["document_types"] = json!(["UTILITY_BILL"]);
                            resource["country_codes"] = json!(["GBR"]);
                        }
                    }))
                }),
            ),
            Answer::Capture(result) => Event::CaptureLoaded(
                self.newest(|effect| matches!(effect, Effect::LoadCapture(_)))?,
                result,
            ),
            Answer::Camera(result) => {
                let ticket = self.newest(|effect| matches!(effect, Effect::OpenCamera(..)))?;
                match result {
                    Ok(()) => Event::CameraOpened(ticket, facts()),
                    Err(error) => Event::CameraFailed(ticket, error),
                }
            }
            Answer::CameraLost => Event::CameraLost(
                self.newest(|effect| matches!(effect, Effect::OpenCamera(..)))?,
                CameraLoss::Ended,
            ),
            Answer::Still(is_good) => {
                let ticket = self.newest(|effect| matches!(effect, Effect::TakeStill(_)))?;
                let result = if is_good {
                    Ok(self.image())
                } else {
                    Err(StillError::Failed)
                };
                Event::StillTaken(ticket, result)
            }
            Answer::File(result) => {
                let ticket = self.newest(|effect| matches!(effect, Effect::PrepareFile(..)))?;
                Event::FilePrepared(ticket, result.map(|()| self.image()))
            }
            Answer::PageFile(file) => {
                let ticket = self.newest(|effect| {
                    matches!(
                        effect,
                        Effect::Supplementary(SupplementaryEffect::ReadFile(..))
                    )
                })?;
                let result = match file {
                    PageFile::Picture => Ok(SupplementaryContent::Picture(self.image())),
                    PageFile::Pdf => Ok(SupplementaryContent::Pdf(PreparedPdf {
                        id: self.image().id,
                        n_bytes: 1000,
                    })),
                    PageFile::Problem(problem) => Err(problem),
                };
                Event::Supplementary(SupplementaryEvent::FileRead(ticket, result))
            }
            Answer::PageTurned(is_good) => {
                let ticket = self.newest(|effect| {
                    matches!(
                        effect,
                        Effect::Supplementary(SupplementaryEffect::TurnPicture { .. })
                    )
                })?;
                let result = if is_good {
                    Ok(self.image())
                } else {
                    Err(FileError::Unreadable)
                };
                Event::Supplementary(SupplementaryEvent::PictureTurned(ticket, result))
            }
            Answer::Created(result) => Event::ResourceCreated(
                self.newest(|effect| matches!(effect, Effect::CreateResource(..)))?,
                result.map(|()| "document".to_owned()),
            ),
            Answer::Progress(sent_bytes) => Event::UploadProgressed(
                self.newest(|effect| matches!(effect, Effect::Upload(..)))?,
                UploadProgress {
                    sent_bytes,
                    total_bytes: 1000,
                },
            ),
            Answer::Uploaded(result) => Event::Uploaded(
                self.newest(|effect| matches!(effect, Effect::Upload(..)))?,
                result,
            ),
            Answer::Judged(judgement) => {
                // A task is judged once: only the newest request is answered.
                let position = self.asked.iter().rposition(|effect| {
                    matches!(
                        effect,
                        Effect::StartExtraction(..) | Effect::ReadJudgement(..)
                    )
                })?;
                let ticket = ticket_of(&self.asked.remove(position))?;
                Event::JudgementRead(ticket, self.judge(judgement))
            }
            Answer::Finished(result) => Event::SessionFinished(
                self.newest(|effect| {
                    matches!(
                        effect,
                        Effect::FinishSession(_) | Effect::Handoff(HandoffEffect::ReportDone(..))
                    )
                })?,
                result,
            ),
            Answer::Time => {
                Event::TimeElapsed(self.newest(|effect| matches!(effect, Effect::Wait { .. }))?)
            }
            Answer::Expiry => self.asked.iter().rev().find_map(|effect| match effect {
                Effect::WatchExpiry { ticket, .. } => Some(Event::ExpiryReached(*ticket)),
                _ => None,
            })?,
            handoff @ (Answer::Offered(_)
            | Answer::CodeRotated(_)
            | Answer::Redeemed(_)
            | Answer::Confirmed(_)
            | Answer::Status(_)
            | Answer::TakenBack(_)) => Event::Handoff(self.about_handoff(handoff)?),
        })
    }

    fn judge(&mut self, judgement: Judgement) -> Result<TextExtraction, ServiceError> {
        let (state, value) = match judgement {
            Judgement::Pending => ("PENDING", None),
            Judgement::Progress => ("DONE", Some("PROGRESS")),
            Judgement::Should => ("DONE", Some("SHOULD_TRY_AGAIN")),
            Judgement::Must => ("FAILED", Some("MUST_TRY_AGAIN")),
            Judgement::Error(error) => return Err(error),
        };
        if matches!(judgement, Judgement::Should | Judgement::Must) {
            self.n_judged_failures += 1;
            self.attempts_left = self.attempts_left.saturating_sub(1);
        }
        Ok(extraction(json!({
            "id": "task", "state": state,
            "recommendation": value.map(|value| json!({"value": value, "category": "GENERIC"})),
            "attempts_remaining": {"GENERIC": self.attempts_left},
        })))
    }

    fn image(&mut self) -> PreparedImage {
        self.n_images += 1;
        let id = ImageId(self.n_images);
        self.images.push(id);
        PreparedImage {
            id,
            width_px: 2000,
            height_px: 1500,
            n_bytes: 1000,
            capture_method: CaptureMethod::Camera,
            seen: Seen::default(),
        }
    }

    /// What only the device that the journey began on may do, and what the other
    /// one may do only when it has been let in.
    fn check_device(&self, effect: &Effect) {
        let is_for_the_first = matches!(
            effect,
            Effect::Leave(_)
                | Effect::TellHost(_)
                | Effect::ShowCodeInAddress(_)
                | Effect::FinishSession(_)
                | Effect::Handoff(
                    HandoffEffect::Offer(_)
                        | HandoffEffect::RotateCode(..)
                        | HandoffEffect::Confirm(..)
                        | HandoffEffect::TakeBack(..)
                )
        );
        let is_for_the_other = matches!(
            effect,
            Effect::Handoff(
                HandoffEffect::Redeem(..)
                    | HandoffEffect::ReportDone(..)
                    | HandoffEffect::ReportGivenUp(_)
            )
        );
        let is_capture = matches!(
            effect,
            Effect::LoadConfiguration(_) | Effect::OpenCamera(..) | Effect::CreateResource(..)
        );
        assert!(!(self.is_phone && is_for_the_first), "{effect:?}");
        assert!(self.is_phone || !is_for_the_other, "{effect:?}");
        assert!(self.may_go_on || !is_capture, "not let in yet: {effect:?}");
    }

    fn tell(&mut self, event: Event) {
        let is_confirmation = event == Event::Handoff(HandoffEvent::MatchConfirmed);
        let (flow, effects) = std::mem::take(&mut self.flow).on(event);
        self.flow = flow;
        for effect in effects {
            self.check_device(&effect);
            assert!(
                is_confirmation || !matches!(effect, Effect::Handoff(HandoffEffect::Confirm(..))),
                "only the person says that the numbers are the same"
            );
            match &effect {
                Effect::OpenCamera(..) => self.is_camera_open = true,
                Effect::CloseCamera => self.is_camera_open = false,
                Effect::DropImage(id) => {
                    assert!(
                        self.images.contains(id),
                        "a picture is dropped once: {id:?}"
                    );
                    self.images.retain(|image| image != id);
                }
                Effect::Upload(_, upload) => {
                    assert!(
                        self.images.contains(&upload.content),
                        "only a kept picture is sent"
                    );
                }
                Effect::CreateResource(..) => {
                    assert!(
                        self.attempts_left > 0,
                        "nothing is sent without an attempt left"
                    );
                }
                Effect::Supplementary(SupplementaryEffect::TurnPicture { picture, .. }) => {
                    assert!(
                        self.images.contains(&picture.id),
                        "only a kept picture is turned"
                    );
                }
                Effect::HoldBack => {
                    assert!(!self.holds_back, "Back is held once");
                    self.holds_back = true;
                }
                Effect::Leave(address) => {
                    assert!(
                        address.as_str().starts_with("https://shop.example/"),
                        "{address:?}"
                    );
                }
                _ => {}
            }
            self.asked.push(effect);
        }
        self.check();
    }

    fn check(&self) {
        let screen = self.flow.screen();
        let may_be_open = match &screen {
            Screen::Camera(camera) => !matches!(camera.state, CameraState::Blocked { .. }),
            _ => false,
        };
        assert!(
            may_be_open || !self.is_camera_open,
            "the camera is open on {screen:?}"
        );
        match &screen {
            Screen::Review(review) => {
                assert!(self.images.contains(&review.image), "shows a kept picture");
            }
            Screen::Pages(screen) => {
                assert!(
                    screen
                        .pages
                        .iter()
                        .all(|page| self.images.contains(&page.image)),
                    "shows kept pictures"
                );
                let n_pages = u32::try_from(screen.pages.len()).unwrap();
                assert!(n_pages <= screen.most_pages, "never too many pages");
                assert!(
                    screen.pdf.is_none() || n_pages == 0,
                    "never a PDF beside pages"
                );
            }
            Screen::Done(_) | Screen::Ended(_) => {
                assert_eq!(self.images, [], "nothing is kept after the end");
            }
            _ => {}
        }
        assert!(
            self.n_judged_failures <= ATTEMPTS,
            "never more attempts than allowed"
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, ..ProptestConfig::default() })]

    #[test]
    fn no_sequence_of_events_breaks_the_rules(is_phone: bool, happenings in proptest::collection::vec(happening(), 0..120)) {
        let mut world = World::new(is_phone);
        for happening in happenings {
            if let Some(event) = world.event(happening) {
                world.tell(event);
            }
        }
    }

    /// Until capturing begins, the first module alone does the same.
    #[test]
    fn before_capturing_both_ways_agree(is_phone: bool, happenings in proptest::collection::vec(happening(), 0..60)) {
        let mut world = World::new(is_phone);
        for happening in happenings {
            let Some(event) = world.event(happening) else { continue };
            if matches!(event, Event::CaptureLoaded(_, Ok(()))) {
                break;
            }
            prop_assert_eq!(world.flow.clone().on_before_capture(event.clone()), world.flow.clone().on(event.clone()));
            prop_assert_eq!(world.flow.screen_before_capture(), world.flow.screen());
            world.tell(event);
        }
    }

    /// An event that makes no sense changes nothing, and is logged once.
    #[test]
    fn what_is_ignored_changes_nothing(
        is_phone: bool, happenings in proptest::collection::vec(happening(), 0..60), odd in plain(),
    ) {
        let mut world = World::new(is_phone);
        for happening in happenings {
            if let Some(event) = world.event(happening) {
                world.tell(event);
            }
        }
        let (after, effects) = world.flow.clone().on(odd);
        if effects.iter().any(|effect| matches!(effect, Effect::Log(_))) {
            prop_assert_eq!(effects.len(), 1);
            prop_assert_eq!(after, world.flow);
        }
    }
}

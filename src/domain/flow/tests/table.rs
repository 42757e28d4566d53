//! Every event in every state: which are taken, against a table that is
//! committed beside this file.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::replies::replies;
use super::script::launch;
use super::states::states;
use crate::domain::camera::CameraWish;
use crate::domain::flow::parts::Capture;
use crate::domain::flow::{
    BranchEffect, BranchEvent, ChosenFile, Effect, Effects, Event, Flow, FormEvent, Handled,
    HandoffEffect, HandoffEvent, NewResource, Part, ProfileEffect, ProfileEvent, ResourceKind,
    ResourceRef, SupplementaryEffect, SupplementaryEvent, Ticket, Upload, UploadPart,
};
use crate::domain::form::{Field, Typed};
use crate::domain::host::HostMessageIn;
use crate::domain::i18n::Locale;
use crate::domain::image::{FileId, ImageId, PreparedImage};
use crate::domain::launch::{ClientToken, Credentials, Handed, Launch, OneTime};
use crate::domain::session::config::DocumentType;
use crate::domain::session::resource::{CaptureMethod, ConsentDecision, NewFace};
use crate::domain::sight::{Claim, DocumentShape, Seen};

const TABLE: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/src/domain/flow/tests/table.txt"
);

/// A ticket that no flow here has handed out.
const FOREIGN: Ticket = Ticket(u32::MAX);

/// Names every event; without a rule for whatever else there may be, so that
/// who adds an event has to name it here and, because of
/// `every_event_has_a_sample`, to give a sample of it.
macro_rules! names {
    ($($event:pat => $name:literal,)*) => {
        const NAMES: &[&str] = &[$($name),*];

        fn name(event: &Event) -> &'static str {
            match event { $($event => $name),* }
        }
    };
}

names! {
    Event::Launched(_) => "Launched",
    Event::HostSpoke(HostMessageIn::InitSession(_)) => "HostSpoke",
    Event::BackPressed => "BackPressed",
    Event::HistoryWentBack => "HistoryWentBack",
    Event::LanguageChosen(_) => "LanguageChosen",
    Event::ContinuePressed => "ContinuePressed",
    Event::CountryChosen(_) => "CountryChosen",
    Event::DocumentTypeChosen(_) => "DocumentTypeChosen",
    Event::NoDocumentPressed => "NoDocumentPressed",
    Event::CameraChosen => "CameraChosen",
    Event::UploadChosen => "UploadChosen",
    Event::ShutterPressed => "ShutterPressed",
    Event::SwitchCameraPressed => "SwitchCameraPressed",
    Event::TorchPressed => "TorchPressed",
    Event::AutomaticPressed => "AutomaticPressed",
    Event::SoundsPressed => "SoundsPressed",
    Event::FileChosen(_) => "FileChosen",
    Event::RetakePressed => "RetakePressed",
    Event::UsePressed => "UsePressed",
    Event::CancelPressed => "CancelPressed",
    Event::RetryPressed => "RetryPressed",
    Event::KeepPressed => "KeepPressed",
    Event::ChangeDocumentPressed => "ChangeDocumentPressed",
    Event::DetectedConfirmed => "DetectedConfirmed",
    Event::Supplementary(SupplementaryEvent::FilesChosen(_)) => "FilesChosen",
    Event::Supplementary(SupplementaryEvent::TurnPressed(_)) => "TurnPressed",
    Event::Supplementary(SupplementaryEvent::MoveEarlierPressed(_)) => "MoveEarlierPressed",
    Event::Supplementary(SupplementaryEvent::MoveLaterPressed(_)) => "MoveLaterPressed",
    Event::Supplementary(SupplementaryEvent::RetakePressed(_)) => "RetakePagePressed",
    Event::Supplementary(SupplementaryEvent::RemovePressed(_)) => "RemovePressed",
    Event::Supplementary(SupplementaryEvent::RemovePdfPressed) => "RemovePdfPressed",
    Event::Supplementary(SupplementaryEvent::FileRead(..)) => "FileRead",
    Event::Supplementary(SupplementaryEvent::PictureTurned(..)) => "PictureTurned",
    Event::ConsentGiven => "ConsentGiven",
    Event::ConsentRefused => "ConsentRefused",
    Event::NoticeDismissed => "NoticeDismissed",
    Event::GiveUpPressed => "GiveUpPressed",
    Event::LeavePressed => "LeavePressed",
    Event::ConfigurationLoaded(..) => "ConfigurationLoaded",
    Event::PartLoaded(..) => "PartLoaded",
    Event::CameraOpened(..) => "CameraOpened",
    Event::CameraFailed(..) => "CameraFailed",
    Event::CameraLost(..) => "CameraLost",
    Event::PageHidden => "PageHidden",
    Event::PageShown => "PageShown",
    Event::StillTaken(..) => "StillTaken",
    Event::FilePrepared(..) => "FilePrepared",
    Event::FacesSeen(..) => "FacesSeen",
    Event::DocumentSeen(..) => "DocumentSeen",
    Event::DocumentRead(..) => "DocumentRead",
    Event::ZoomEnded(..) => "ZoomEnded",
    Event::ConsentRecorded(..) => "ConsentRecorded",
    Event::ResourceCreated(..) => "ResourceCreated",
    Event::UploadProgressed(..) => "UploadProgressed",
    Event::Uploaded(..) => "Uploaded",
    Event::JudgementRead(..) => "JudgementRead",
    Event::SessionFinished(..) => "SessionFinished",
    Event::TimeElapsed(_) => "TimeElapsed",
    Event::ExpiryReached(_) => "ExpiryReached",
    Event::Handoff(HandoffEvent::Chosen) => "HandoffChosen",
    Event::Handoff(HandoffEvent::ContinueHerePressed) => "ContinueHerePressed",
    Event::Handoff(HandoffEvent::MatchConfirmed) => "MatchConfirmed",
    Event::Handoff(HandoffEvent::MatchRefused) => "MatchRefused",
    Event::Handoff(HandoffEvent::CopyPressed) => "CopyPressed",
    Event::Handoff(HandoffEvent::StopPressed) => "StopPressed",
    Event::Handoff(HandoffEvent::Offered(..)) => "Offered",
    Event::Handoff(HandoffEvent::CodeRotated(..)) => "CodeRotated",
    Event::Handoff(HandoffEvent::Redeemed(..)) => "Redeemed",
    Event::Handoff(HandoffEvent::Confirmed(..)) => "Confirmed",
    Event::Handoff(HandoffEvent::StatusRead(..)) => "StatusRead",
    Event::Handoff(HandoffEvent::TakenBack(..)) => "TakenBack",
    Event::Handoff(HandoffEvent::LinkCopied(_)) => "LinkCopied",
    Event::Form(FormEvent::Typed(..)) => "Typed",
    Event::Form(FormEvent::Submitted) => "Submitted",
    Event::Branch(BranchEvent::BranchChosen(_)) => "BranchChosen",
    Event::Branch(BranchEvent::SaveLetterPressed) => "SaveLetterPressed",
    Event::Branch(BranchEvent::EmailLetterPressed) => "EmailLetterPressed",
    Event::Branch(BranchEvent::BranchesFound(..)) => "BranchesFound",
    Event::Branch(BranchEvent::InstructionsSent(..)) => "InstructionsSent",
    Event::Branch(BranchEvent::InstructionsRead(..)) => "InstructionsRead",
    Event::Branch(BranchEvent::LetterSaved(..)) => "LetterSaved",
    Event::Branch(BranchEvent::LetterEmailed(..)) => "LetterEmailed",
    Event::Profile(ProfileEvent::Read(..)) => "ProfileRead",
    Event::Profile(ProfileEvent::Sent(..)) => "ProfileSent",
    Event::WentOnline => "WentOnline",
    Event::WentOffline => "WentOffline",
}

fn launches() -> [Launch; 4] {
    let code = OneTime::new("code".to_owned());
    [
        launch(),
        Launch {
            session_id: None,
            session_token: None,
            is_embedded: true,
            ..launch()
        },
        Launch {
            handed: Some(Handed::Over(code)),
            ..launch()
        },
        Launch {
            handed: Some(Handed::Earlier("handoff".to_owned())),
            ..launch()
        },
    ]
}

/// Samples of every event that answers nothing.
fn plain() -> Vec<Event> {
    let mut events = vec![
        Event::HostSpoke(HostMessageIn::InitSession(Credentials {
            session_id: "session".to_owned(),
            token: ClientToken::new("token".to_owned()),
            handoff_id: None,
        })),
        Event::BackPressed,
        Event::HistoryWentBack,
        Event::LanguageChosen(Locale::Ar),
        Event::ContinuePressed,
        Event::NoDocumentPressed,
        Event::CameraChosen,
        Event::UploadChosen,
        Event::ShutterPressed,
        Event::SwitchCameraPressed,
        Event::TorchPressed,
        Event::AutomaticPressed,
        Event::SoundsPressed,
        Event::FileChosen(FileId(1)),
        Event::RetakePressed,
        Event::UsePressed,
        Event::CancelPressed,
        Event::RetryPressed,
        Event::KeepPressed,
        Event::ChangeDocumentPressed,
        Event::DetectedConfirmed,
        Event::ConsentGiven,
        Event::ConsentRefused,
        Event::NoticeDismissed,
        Event::GiveUpPressed,
        Event::LeavePressed,
        Event::PageHidden,
        Event::PageShown,
        Event::Form(FormEvent::Submitted),
        Event::WentOnline,
        Event::WentOffline,
    ];
    events.extend(launches().map(Event::Launched));
    let countries = ["GBR", "FRA", "XXX"];
    events.extend(countries.map(|code| Event::CountryChosen(code.to_owned())));
    let kinds = ["PASSPORT", "NATIONAL_ID", "UTILITY_BILL", "BANK_STATEMENT"];
    events.extend(kinds.map(|kind| Event::DocumentTypeChosen(DocumentType::from(kind))));
    events.extend(page_events().map(Event::Supplementary));
    events.extend(
        [
            HandoffEvent::Chosen,
            HandoffEvent::ContinueHerePressed,
            HandoffEvent::MatchConfirmed,
            HandoffEvent::MatchRefused,
            HandoffEvent::CopyPressed,
            HandoffEvent::StopPressed,
            HandoffEvent::LinkCopied(true),
        ]
        .map(Event::Handoff),
    );
    let fields = [Field::PostCode, Field::Email, Field::FullName];
    let typed = |field| Event::Form(FormEvent::Typed(field, Typed::new("x".to_owned())));
    events.extend(fields.map(typed));
    events.extend(
        [
            BranchEvent::BranchChosen("V000274".to_owned()),
            BranchEvent::BranchChosen("ELSEWHERE".to_owned()),
            BranchEvent::SaveLetterPressed,
            BranchEvent::EmailLetterPressed,
        ]
        .map(Event::Branch),
    );
    events
}

fn page_events() -> [SupplementaryEvent; 12] {
    let file = ChosenFile {
        id: FileId(9),
        name: "page".to_owned(),
    };
    [
        SupplementaryEvent::FilesChosen(vec![file]),
        SupplementaryEvent::FilesChosen(Vec::new()),
        SupplementaryEvent::TurnPressed(0),
        SupplementaryEvent::TurnPressed(9),
        SupplementaryEvent::MoveEarlierPressed(0),
        SupplementaryEvent::MoveEarlierPressed(1),
        SupplementaryEvent::MoveLaterPressed(0),
        SupplementaryEvent::MoveLaterPressed(9),
        SupplementaryEvent::RetakePressed(0),
        SupplementaryEvent::RemovePressed(0),
        SupplementaryEvent::RemovePressed(9),
        SupplementaryEvent::RemovePdfPressed,
    ]
}

fn picture() -> PreparedImage {
    PreparedImage {
        id: ImageId(9_999),
        width_px: 2000,
        height_px: 1500,
        n_bytes: 1000,
        capture_method: CaptureMethod::Camera,
        seen: Seen::default(),
    }
}

/// One of each kind of request, none of which the flow made.
fn foreign_requests() -> Vec<Effect> {
    let resource = ResourceRef {
        kind: ResourceKind::FaceCapture,
        id: "resource".to_owned(),
    };
    let face = NewFace {
        requirement_id: "face".to_owned(),
    };
    let id = || "handoff".to_owned();
    let mut requests = vec![
        Effect::LoadConfiguration(FOREIGN),
        Effect::LoadPart(FOREIGN, Part::Rest),
        Effect::WatchExpiry {
            ticket: FOREIGN,
            after_ms: 1,
        },
        Effect::OpenCamera(FOREIGN, CameraWish::User),
        Effect::TakeStill(FOREIGN),
        Effect::PrepareFile(FOREIGN, FileId(1), DocumentShape::Card),
        Effect::WatchFace(FOREIGN),
        Effect::WatchDocument(FOREIGN, DocumentShape::Card),
        Effect::ReadDocument(
            FOREIGN,
            Claim {
                image: ImageId(1),
                document_type: DocumentType::Passport,
                is_front: false,
                country: "GBR".to_owned(),
            },
        ),
        Effect::RunZoom(FOREIGN, "face".to_owned()),
        Effect::RecordConsent(FOREIGN, ConsentDecision::Given),
        Effect::CreateResource(FOREIGN, NewResource::FaceCapture(face)),
        Effect::Upload(
            FOREIGN,
            Upload {
                resource: resource.clone(),
                part: UploadPart::Image,
                content: ImageId(1),
                capture_method: CaptureMethod::Camera,
                corners: None,
            },
        ),
        Effect::StartExtraction(FOREIGN, resource),
        Effect::Wait {
            ticket: FOREIGN,
            after_ms: 1,
        },
        Effect::FinishSession(FOREIGN),
        Effect::Supplementary(SupplementaryEffect::ReadFile(FOREIGN, FileId(1))),
        Effect::Supplementary(SupplementaryEffect::TurnPicture {
            ticket: FOREIGN,
            picture: picture(),
            quarter_turns: 1,
        }),
        Effect::Branch(BranchEffect::ReadInstructions(FOREIGN)),
        Effect::Branch(BranchEffect::FindBranches(
            FOREIGN,
            Typed::new("x".to_owned()),
        )),
        Effect::Branch(BranchEffect::SaveLetter(FOREIGN)),
        Effect::Branch(BranchEffect::EmailLetter(FOREIGN)),
        Effect::Profile(ProfileEffect::Read(FOREIGN)),
        Effect::Profile(ProfileEffect::Send(FOREIGN, Box::default())),
    ];
    requests.extend(
        [
            HandoffEffect::Offer(FOREIGN),
            HandoffEffect::RotateCode(FOREIGN, id()),
            HandoffEffect::Redeem(FOREIGN, OneTime::new("code".to_owned())),
            HandoffEffect::Confirm(FOREIGN, id()),
            HandoffEffect::ReadStatus(FOREIGN, id()),
            HandoffEffect::TakeBack(FOREIGN, id()),
        ]
        .map(Effect::Handoff),
    );
    requests
}

/// Answers that nobody waits for, of every kind.
fn foreign() -> Vec<Event> {
    let requests = foreign_requests();
    let answers = |request| replies(request, &picture());
    let mut events: Vec<Event> = requests.iter().flat_map(answers).collect();
    // Its request holds everything that is typed in a visit.
    events.push(Event::Branch(BranchEvent::InstructionsSent(
        FOREIGN,
        Ok(()),
    )));
    events
}

/// Tells the event; checks what holds for any; says what became of it.
fn told(state: &str, flow: &Flow, event: &Event) -> Handled {
    let handled = {
        let mut effects = Effects {
            list: Vec::new(),
            capture: &Capture::HERE,
        };
        flow.clone().handle(event.clone(), &mut effects)
    };
    let (after, effects) = flow.clone().on(event.clone());
    let _ = (after.screen(), after.notice());
    match handled {
        Handled::Yes => assert!(
            !effects
                .iter()
                .any(|effect| matches!(effect, Effect::Log(_))),
            "{state}: {event:?} was taken and logged as ignored"
        ),
        Handled::Ignored => {
            assert_eq!(after, *flow, "{state}: {event:?} was ignored");
            assert!(
                matches!(effects.as_slice(), [Effect::Log(_)]),
                "{state}: {event:?} was ignored: {effects:?}"
            );
        }
        Handled::Late => {
            assert_eq!(after, *flow, "{state}: {event:?} was late");
            // A picture that nobody waits for any more is let go of.
            let drops = |effect: &Effect| matches!(effect, Effect::DropImage(ImageId(9_999)));
            assert!(
                effects.len() <= 1 && effects.iter().all(drops),
                "{state}: {event:?} was late: {effects:?}"
            );
        }
    }
    handled
}

#[test]
fn every_event_has_a_sample() {
    let samples = plain().into_iter().chain(foreign());
    let sampled: BTreeSet<&str> = samples.map(|event| name(&event)).collect();
    assert_eq!(sampled, NAMES.iter().copied().collect());
}

#[test]
fn the_table_of_what_is_taken_in_which_state_is_as_it_was() {
    let (plain, foreign) = (plain(), foreign());
    let mut rows = Vec::new();
    for (state, script) in states() {
        let _ = script.screen();
        let replied = |effect| replies(effect, &picture());
        let answers: Vec<Event> = script.effects.iter().flat_map(replied).collect();
        let mut taken = BTreeSet::new();
        for event in plain.iter().chain(&answers) {
            if told(state, &script.flow, event) == Handled::Yes {
                taken.insert(name(event));
            }
        }
        for event in &foreign {
            assert_eq!(
                told(state, &script.flow, event),
                Handled::Late,
                "{state}: {event:?}"
            );
        }
        rows.push((state, taken));
    }
    compare(&written(&rows));
}

/// One line per state, after one of what is taken in all of them.
fn written(rows: &[(&str, BTreeSet<&str>)]) -> String {
    let everywhere = |name: &&&str| rows.iter().all(|(_, taken)| taken.contains(**name));
    let common: Vec<&str> = NAMES.iter().filter(everywhere).copied().collect();
    let mut table = format!("everywhere: {}\n", common.join(" "));
    for (state, taken) in rows {
        let own = |name: &&&str| taken.contains(**name) && !common.contains(*name);
        let names: Vec<&str> = NAMES.iter().filter(own).copied().collect();
        writeln!(table, "{state}: {}", names.join(" ")).expect("a text takes everything");
    }
    table
}

fn compare(now: &str) {
    if std::env::var_os("VESTIBULE_ACCEPT").is_some() {
        std::fs::write(TABLE, now).expect("the table can be written");
        return;
    }
    let before = std::fs::read_to_string(TABLE).expect("the table is beside this file");
    let gone = before
        .lines()
        .filter(|line| !now.lines().any(|it| it == *line));
    let new = now
        .lines()
        .filter(|line| !before.lines().any(|it| it == *line));
    let mut lines: Vec<String> = gone.map(|line| format!("- {line}")).collect();
    lines.extend(new.map(|line| format!("+ {line}")));
    assert!(
        before == now,
        "accept with VESTIBULE_ACCEPT=1 what is meant:\n{}",
        lines.join("\n")
    );
}

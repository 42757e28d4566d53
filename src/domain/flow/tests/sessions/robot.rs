//! A person: one who does what every screen asks for, and one who does not.

use proptest::prelude::*;

use crate::domain::flow::{
    BranchEvent, BranchPart, ChosenFile, ConsentState, Event, FormEvent, FormScreen, HandoffEvent,
    HandoffScreen, PagesScreen, Screen, SendingState, SupplementaryEvent,
};
use crate::domain::form::{Field, TICKED, Typed};
use crate::domain::host::HostMessageIn;
use crate::domain::i18n::Locale;
use crate::domain::image::FileId;
use crate::domain::launch::{ClientToken, Credentials};
use crate::domain::session::config::DocumentType;

/// What leads on from a screen; nothing where something has to come first.
pub(super) fn press(screen: &Screen) -> Vec<Event> {
    match screen {
        // Without a link the embedding page names the session.
        Screen::Opening => vec![named(), Event::RetryPressed],
        Screen::OpeningFailed(_) => vec![Event::RetryPressed],
        Screen::Start(_) | Screen::SupplementaryGuidance(_) => vec![Event::ContinuePressed],
        Screen::Consent(screen) => vec![match screen.state {
            ConsentState::Asking | ConsentState::Refusing | ConsentState::Recording => {
                Event::ConsentGiven
            }
            ConsentState::Stopped(_) => Event::RetryPressed,
        }],
        Screen::Handoff(screen) => handoff(screen),
        Screen::ChooseDocument(_) => choose(),
        Screen::Guidance(_) | Screen::FaceGuidance(_) => vec![Event::CameraChosen],
        // The component does the rest.
        Screen::Zoom(_) => Vec::new(),
        Screen::Camera(_) => vec![
            Event::PageShown,
            Event::ShutterPressed,
            Event::RetryPressed,
            Event::UploadChosen,
            Event::GiveUpPressed,
        ],
        Screen::Pages(screen) => pages(screen),
        Screen::Upload(screen) if screen.is_reading => Vec::new(),
        Screen::Upload(_) => vec![Event::FileChosen(FileId(1))],
        Screen::Review(_) => vec![Event::UsePressed],
        Screen::Sending(screen) => match screen.state {
            SendingState::Stopped(_) => vec![Event::RetryPressed],
            SendingState::Uploading { .. } | SendingState::Checking | SendingState::Finishing => {
                Vec::new()
            }
        },
        Screen::TryAgain(_) => vec![Event::RetakePressed],
        Screen::Branch(screen) => branch(&screen.part),
        Screen::Profile(screen) => fill(
            &screen.form,
            &[
                (Field::FullName, "Ada Lovelace"),
                (Field::DateOfBirth, "1990-12-10"),
                (Field::BuildingNumber, "12"),
                (Field::AddressLine, "St James’s Square"),
                (Field::Town, "London"),
                (Field::PostalCode, "SW1Y 4JH"),
                (Field::Country, "GBR"),
            ],
        ),
        Screen::Done(_) | Screen::Ended(_) => vec![Event::LeavePressed],
    }
}

fn named() -> Event {
    Event::HostSpoke(HostMessageIn::InitSession(Credentials {
        session_id: "session".to_owned(),
        token: ClientToken::new("token".to_owned()),
        handoff_id: None,
    }))
}

fn handoff(screen: &HandoffScreen) -> Vec<Event> {
    match screen {
        HandoffScreen::Problem {
            can_continue_here: false,
            ..
        } => vec![Event::RetryPressed],
        HandoffScreen::Problem { .. }
        | HandoffScreen::Code { .. }
        | HandoffScreen::Number { .. }
        | HandoffScreen::Progress { .. }
        | HandoffScreen::PhoneStopped { .. } => {
            vec![Event::Handoff(HandoffEvent::ContinueHerePressed)]
        }
        HandoffScreen::Preparing
        | HandoffScreen::Compare { .. }
        | HandoffScreen::Lobby
        | HandoffScreen::Away(_) => Vec::new(),
    }
}

/// Every document of every country, one after the other: the last that is
/// offered stays, and one is offered that was not chosen before.
fn choose() -> Vec<Event> {
    let kinds = ["PASSPORT", "DRIVING_LICENCE", "NATIONAL_ID", "UTILITY_BILL"];
    let mut events = Vec::new();
    for country in ["FRA", "GBR"] {
        events.push(Event::CountryChosen(country.to_owned()));
        events.extend(kinds.map(|kind| Event::DocumentTypeChosen(DocumentType::from(kind))));
        events.push(Event::ContinuePressed);
    }
    events
}

fn pages(screen: &PagesScreen) -> Vec<Event> {
    let file = ChosenFile {
        id: FileId(1),
        name: "page".to_owned(),
    };
    if screen.can_continue {
        vec![Event::ContinuePressed]
    } else if screen.is_reading {
        Vec::new()
    } else if screen.pdf.is_some() {
        vec![Event::Supplementary(SupplementaryEvent::RemovePdfPressed)]
    } else if !screen.pages.is_empty() {
        Vec::new()
    } else if screen.can_upload {
        let chosen = SupplementaryEvent::FilesChosen(vec![file]);
        vec![Event::Supplementary(chosen)]
    } else {
        vec![Event::CameraChosen]
    }
}

fn branch(part: &BranchPart) -> Vec<Event> {
    match part {
        BranchPart::Intro { .. } => vec![Event::ContinuePressed],
        BranchPart::Find(screen) => {
            let Some([first, ..]) = screen.found.as_deref() else {
                return fill(&screen.form, &[(Field::PostCode, "EC3A 4AF")]);
            };
            let chosen = BranchEvent::BranchChosen(first.code.clone());
            vec![Event::Branch(chosen), Event::ContinuePressed]
        }
        BranchPart::Contact(form) => fill(
            form,
            &[
                (Field::FirstName, "Ada"),
                (Field::LastName, "Lovelace"),
                (Field::Email, "ada@example.com"),
                (Field::EmailAgain, "ada@example.com"),
                (Field::Agreement, TICKED),
            ],
        ),
        BranchPart::Letter(_) => vec![Event::RetryPressed, Event::ContinuePressed],
    }
}

fn fill(form: &FormScreen, entries: &[(Field, &str)]) -> Vec<Event> {
    if form.is_sending {
        return Vec::new();
    }
    if form.problem.is_some() {
        return vec![Event::RetryPressed];
    }
    let typed = |(field, words): &(Field, &str)| {
        Event::Form(FormEvent::Typed(*field, Typed::new((*words).to_owned())))
    };
    let mut events: Vec<Event> = entries.iter().map(typed).collect();
    events.push(Event::Form(FormEvent::Submitted));
    events
}

/// What anybody may press at any time, and what happens to browsers.
pub(super) fn odd() -> impl Strategy<Value = Event> {
    let file = |id: u32| ChosenFile {
        id: FileId(id),
        name: "page".to_owned(),
    };
    let page = 0..3_usize;
    let pages = prop_oneof![
        3 => (0..13_u32).prop_map(move |n_files| SupplementaryEvent::FilesChosen((0..n_files).map(file).collect())),
        2 => page.clone().prop_map(SupplementaryEvent::TurnPressed),
        1 => page.clone().prop_map(SupplementaryEvent::MoveLaterPressed),
        1 => page.clone().prop_map(SupplementaryEvent::RetakePressed),
        1 => page.prop_map(SupplementaryEvent::RemovePressed),
        1 => Just(SupplementaryEvent::RemovePdfPressed),
    ];
    let handoff = prop_oneof![
        3 => Just(HandoffEvent::Chosen), 1 => Just(HandoffEvent::MatchConfirmed),
        1 => Just(HandoffEvent::MatchRefused), 1 => Just(HandoffEvent::ContinueHerePressed),
    ];
    prop_oneof![
        3 => Just(Event::ContinuePressed),
        3 => Just(Event::BackPressed),
        2 => Just(Event::HistoryWentBack),
        2 => Just(Event::CameraChosen),
        2 => Just(Event::UploadChosen),
        2 => Just(Event::ShutterPressed),
        1 => Just(Event::SwitchCameraPressed),
        1 => Just(Event::FileChosen(FileId(1))),
        2 => Just(Event::UsePressed),
        2 => Just(Event::RetakePressed),
        3 => Just(Event::CancelPressed),
        3 => Just(Event::RetryPressed),
        2 => Just(Event::KeepPressed),
        2 => Just(Event::ChangeDocumentPressed),
        1 => Just(Event::DetectedConfirmed),
        1 => Just(Event::ConsentGiven),
        1 => Just(Event::ConsentRefused),
        1 => Just(Event::NoDocumentPressed),
        1 => Just(Event::GiveUpPressed),
        1 => Just(Event::LeavePressed),
        2 => Just(Event::PageHidden),
        2 => Just(Event::PageShown),
        1 => Just(Event::WentOnline),
        1 => Just(Event::LanguageChosen(Locale::Ar)),
        1 => Just(Event::Form(FormEvent::Submitted)),
        4 => pages.prop_map(Event::Supplementary),
        3 => handoff.prop_map(Event::Handoff),
    ]
}

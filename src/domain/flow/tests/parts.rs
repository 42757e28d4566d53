//! The parts of the program: when each is asked for, and what waits for it.

use serde_json::Value;

use super::faces::{face, only};
use super::script::{Script, assert_kind, configuration, facts, launch, progress};
use crate::domain::flow::{Effect, Event, Part, ScreenKind, Ticket};
use crate::domain::service::ServiceError;
use crate::domain::session::config::DocumentType;
use crate::domain::session::resource::CaptureMethod;

fn and_a_face(value: &mut Value) {
    value["capture"]["required_resources"]
        .as_array_mut()
        .unwrap()
        .push(face("FACE_CAPTURE", "STATIC"));
}

#[test]
fn the_part_that_captures_comes_while_the_start_screen_is_read() {
    let mut script = Script::new();
    script.tell(Event::Launched(launch()));
    let ticket = script.awaited();
    let configuration = configuration(|_| {});
    script.tell(Event::ConfigurationLoaded(
        ticket,
        Ok(Box::new(configuration)),
    ));
    assert_kind(&script, ScreenKind::Start);
    let ticket = script.awaited();
    assert!(script.has(|effect| *effect == Effect::LoadPart(ticket, Part::Capture)));
    // Somebody in a hurry waits, hears of trouble and tries again.
    script.tell(Event::ContinuePressed);
    assert_kind(&script, ScreenKind::Opening);
    script.tell(Event::PartLoaded(ticket, Err(ServiceError::Unreachable)));
    assert_kind(&script, ScreenKind::OpeningFailed);
    script.tell(Event::RetryPressed);
    let ticket = script.awaited();
    script.tell(Event::PartLoaded(ticket, Ok(())));
    assert_kind(&script, ScreenKind::ChooseDocument);
}

/// A document and then a face: what faces need comes once there is a picture.
fn before_the_face() -> (Script, Ticket) {
    let mut script = Script::new();
    script.brings_rest = false;
    script.tell(Event::Launched(launch()));
    let ticket = script.awaited();
    let configuration = configuration(and_a_face);
    script.tell(Event::ConfigurationLoaded(
        ticket,
        Ok(Box::new(configuration)),
    ));
    let ticket = script.awaited();
    script.tell(Event::PartLoaded(ticket, Ok(())));
    script.tell(Event::ContinuePressed);
    script.tell(Event::CountryChosen("GBR".to_owned()));
    script.tell(Event::DocumentTypeChosen(DocumentType::Passport));
    script.tell(Event::ContinuePressed);
    let rest = |effect: &Effect| matches!(effect, Effect::LoadPart(_, Part::Rest));
    script.tell(Event::CameraChosen);
    let ticket = script.awaited();
    script.tell(Event::CameraOpened(ticket, facts()));
    script.tell(Event::ShutterPressed);
    assert!(!script.has(rest), "the camera comes first");
    let ticket = script.awaited();
    let image = script.image(CaptureMethod::Camera);
    script.tell(Event::StillTaken(ticket, Ok(image)));
    let ticket = script.awaited();
    assert!(script.has(|effect| *effect == Effect::LoadPart(ticket, Part::Rest)));
    script.tell(Event::UsePressed);
    (script, ticket)
}

#[test]
fn the_rest_comes_behind_the_first_picture_and_is_there_when_it_is_due() {
    let (mut script, rest) = before_the_face();
    script.tell(Event::PartLoaded(rest, Ok(())));
    script.judge(1, progress());
    assert_kind(&script, ScreenKind::FaceGuidance);
}

#[test]
fn a_task_waits_for_the_rest_and_asks_for_it_again_when_it_did_not_come() {
    let (mut script, rest) = before_the_face();
    script.judge(1, progress());
    assert_kind(&script, ScreenKind::Opening);
    script.tell(Event::PartLoaded(rest, Err(ServiceError::Unreachable)));
    assert_kind(&script, ScreenKind::OpeningFailed);
    script.tell(Event::RetryPressed);
    let again = script.awaited();
    assert_ne!(again, rest);
    script.tell(Event::PartLoaded(again, Ok(())));
    assert_kind(&script, ScreenKind::FaceGuidance);
}

#[test]
fn the_rest_that_failed_unnoticed_is_asked_for_when_it_is_due() {
    let (mut script, rest) = before_the_face();
    script.tell(Event::PartLoaded(rest, Err(ServiceError::Unreachable)));
    script.judge(1, progress());
    assert_kind(&script, ScreenKind::Opening);
    let again = script.awaited();
    script.tell(Event::PartLoaded(again, Ok(())));
    assert_kind(&script, ScreenKind::FaceGuidance);
}

#[test]
fn a_session_of_identity_documents_never_asks_for_the_rest() {
    let mut script = Script::passport(|_| {});
    script.brings_rest = false;
    script.photograph();
    script.judge(1, progress());
    script.finish();
    assert_kind(&script, ScreenKind::Done);
    assert!(!script.has(|effect| matches!(effect, Effect::LoadPart(_, Part::Rest))));
}

#[test]
fn a_session_that_begins_with_the_rest_asks_for_both_parts_at_once() {
    let mut script = Script::new();
    script.brings_rest = false;
    script.tell(Event::Launched(launch()));
    let ticket = script.awaited();
    let configuration = configuration(only("FACE_CAPTURE"));
    script.tell(Event::ConfigurationLoaded(
        ticket,
        Ok(Box::new(configuration)),
    ));
    let asked = script.effects.iter().filter_map(|effect| match effect {
        Effect::LoadPart(ticket, part) => Some((*ticket, *part)),
        _ => None,
    });
    let asked: Vec<_> = asked.collect();
    let [(rest, Part::Rest), (capture, Part::Capture)] = asked[..] else {
        panic!("{asked:?}")
    };
    script.tell(Event::ContinuePressed);
    script.tell(Event::PartLoaded(capture, Ok(())));
    assert_kind(&script, ScreenKind::Opening);
    script.tell(Event::PartLoaded(rest, Ok(())));
    assert_kind(&script, ScreenKind::FaceGuidance);
}

//! What happens when a document is seen in the preview.

use super::script::{Script, facts};
use super::supplementary;
use crate::domain::camera::StillError;
use crate::domain::flow::{CameraScreen, Effect, Event, Hint, Screen, ScreenKind, Shot, Ticket};
use crate::domain::i18n::Text;
use crate::domain::image::PreparedImage;
use crate::domain::session::config::DocumentType;
use crate::domain::session::resource::CaptureMethod;
use crate::domain::session::sides::Side;
use crate::domain::sight::{
    Claim, Corners, DocumentHint, DocumentShape, Doubt, Look, PixelPoint, Seen, Tone,
};

/// The camera runs over a passport.
fn at_camera() -> (Script, Ticket) {
    let mut script = Script::passport(|_| {});
    let ticket = open(&mut script);
    (script, ticket)
}

fn open(script: &mut Script) -> Ticket {
    script.tell(Event::CameraChosen);
    let ticket = script.awaited();
    script.tell(Event::CameraOpened(ticket, facts()));
    ticket
}

fn look(at_ms: f64, hint: DocumentHint) -> Look {
    Look {
        at_ms,
        hint: Some(hint),
        aim: None,
        take: false,
    }
}

fn good(at_ms: f64) -> Look {
    Look {
        take: true,
        ..look(at_ms, DocumentHint::Hold)
    }
}

#[track_caller]
fn camera(script: &Script) -> CameraScreen {
    match script.screen() {
        Screen::Camera(screen) => screen,
        other => panic!("not the camera but {other:?}"),
    }
}

fn n_stills(script: &Script) -> usize {
    let is_still = |effect: &&Effect| matches!(effect, Effect::TakeStill(_));
    script.effects.iter().filter(is_still).count()
}

fn flawed(script: &mut Script, flaw: DocumentHint) -> PreparedImage {
    let mut image = script.image(CaptureMethod::Camera);
    image.seen.flaw = Some(flaw);
    image
}

#[test]
fn a_document_that_is_held_well_is_taken_without_a_press() {
    let (mut script, ticket) = at_camera();
    script.tell(Event::DocumentSeen(ticket, look(0.0, DocumentHint::Closer)));
    let shown = Some(Hint::Document(DocumentHint::Closer));
    assert_eq!(camera(&script).hint, shown);
    assert!(script.has(|effect| *effect == Effect::Announce(Text::LookCloser.into())));
    assert_eq!(n_stills(&script), 0);
    script.tell(Event::DocumentSeen(ticket, good(900.0)));
    assert_eq!(n_stills(&script), 1);
    // While the picture is being taken nobody looks.
    script.tell(Event::DocumentSeen(ticket, good(1_000.0)));
    assert_eq!(n_stills(&script), 1);
    let image = script.image(CaptureMethod::Camera);
    script.tell(Event::StillTaken(script.awaited(), Ok(image)));
    assert_eq!(
        script.screen().kind(),
        ScreenKind::Review(Shot::Side(Side::DataPage))
    );
}

#[test]
fn the_eyes_wake_before_the_camera_and_learn_the_shape_with_it() {
    let mut script = Script::chosen("FRA", DocumentType::NationalId, |_| {});
    assert!(script.has(|effect| *effect == Effect::WakeEyes));
    let ticket = open(&mut script);
    let watch = Effect::WatchDocument(ticket, DocumentShape::Card);
    assert!(script.has(|effect| *effect == watch));

    let (script, ticket) = at_camera();
    let watch = Effect::WatchDocument(ticket, DocumentShape::DataPage);
    assert!(script.has(|effect| *effect == watch));

    let mut script = supplementary::gathering(|_| {});
    let ticket = open(&mut script);
    let watch = Effect::WatchDocument(ticket, DocumentShape::Paper);
    assert!(script.has(|effect| *effect == watch));
    script.tell(Event::DocumentSeen(ticket, good(0.0)));
    assert_eq!(n_stills(&script), 1);
}

#[test]
fn the_preview_is_watched_once_per_opening() {
    let (mut script, _) = at_camera();
    script.tell(Event::ShutterPressed);
    script.tell(Event::StillTaken(script.awaited(), Err(StillError::Failed)));
    let is_watch = |effect: &&Effect| matches!(effect, Effect::WatchDocument(..));
    assert_eq!(script.effects.iter().filter(is_watch).count(), 1);
}

#[test]
fn who_wants_to_hear_it_hears_it_on_every_side() {
    let mut script = Script::chosen("FRA", DocumentType::NationalId, |_| {});
    let ticket = open(&mut script);
    let tones = |script: &Script| {
        let of = |effect: &Effect| match effect {
            Effect::Sound(tone) => Some(*tone),
            _ => None,
        };
        script.effects.iter().filter_map(of).collect::<Vec<_>>()
    };
    script.tell(Event::DocumentSeen(ticket, look(0.0, DocumentHint::Glare)));
    assert_eq!(tones(&script), [], "nobody has asked for it");
    script.tell(Event::SoundsPressed);
    assert!(camera(&script).sounds);
    assert_eq!(tones(&script), [Tone::Near], "so that it is known");
    script.effects.clear();
    script.tell(Event::DocumentSeen(
        ticket,
        look(950.0, DocumentHint::Glare),
    ));
    script.tell(Event::DocumentSeen(ticket, good(1_000.0)));
    assert_eq!(tones(&script), [Tone::Far, Tone::Taken]);
    let image = script.image(CaptureMethod::Camera);
    script.tell(Event::StillTaken(script.awaited(), Ok(image)));
    script.tell(Event::UsePressed);
    let ticket = open(&mut script);
    script.tell(Event::DocumentSeen(
        ticket,
        look(9_000.0, DocumentHint::Glare),
    ));
    assert!(camera(&script).sounds);
    script.tell(Event::AutomaticPressed);
    script.effects.clear();
    script.tell(Event::DocumentSeen(ticket, good(10_000.0)));
    assert_eq!(tones(&script), [Tone::Near], "nothing is taken");
    script.tell(Event::SoundsPressed);
    script.effects.clear();
    script.tell(Event::DocumentSeen(ticket, good(11_000.0)));
    assert_eq!(tones(&script), []);
}

#[test]
fn who_wants_to_press_the_button_presses_it_for_every_side() {
    let mut script = Script::chosen("FRA", DocumentType::NationalId, |_| {});
    let ticket = open(&mut script);
    assert_eq!(camera(&script).automatic, None, "nobody has looked yet");
    script.tell(Event::DocumentSeen(ticket, look(0.0, DocumentHint::Glare)));
    assert_eq!(camera(&script).automatic, Some(true));
    script.tell(Event::AutomaticPressed);
    assert_eq!(camera(&script).automatic, Some(false));
    script.tell(Event::DocumentSeen(ticket, good(100.0)));
    assert_eq!(n_stills(&script), 0);
    assert_eq!(
        camera(&script).hint,
        Some(Hint::Document(DocumentHint::Hold)),
        "the hints stay"
    );
    script.tell(Event::ShutterPressed);
    let image = script.image(CaptureMethod::Camera);
    script.tell(Event::StillTaken(script.awaited(), Ok(image)));
    script.tell(Event::UsePressed);
    let ticket = open(&mut script);
    script.tell(Event::DocumentSeen(ticket, good(9_000.0)));
    assert_eq!(n_stills(&script), 1);
    assert_eq!(camera(&script).automatic, Some(false));
}

#[test]
fn a_bad_picture_that_nobody_asked_for_is_taken_again_but_not_for_ever() {
    let (mut script, ticket) = at_camera();
    for n_bad in 1..=2 {
        script.tell(Event::DocumentSeen(ticket, good(0.0)));
        assert_eq!(n_stills(&script), n_bad);
        let image = flawed(&mut script, DocumentHint::Blurred);
        let id = image.id;
        let effects = script.tell(Event::StillTaken(script.awaited(), Ok(image)));
        assert_eq!(effects, [Effect::DropImage(id)]);
        assert_eq!(
            camera(&script).hint,
            Some(Hint::Document(DocumentHint::Hold))
        );
    }
    script.tell(Event::DocumentSeen(ticket, good(0.0)));
    let image = flawed(&mut script, DocumentHint::Blurred);
    script.tell(Event::StillTaken(script.awaited(), Ok(image)));
    let Screen::Review(screen) = script.screen() else {
        panic!("the third is shown")
    };
    let words = (Text::ReasonBlurredTitle, Text::ReasonBlurredAdvice);
    assert_eq!(screen.objection, Some(words));
    assert!(screen.is_flawed, "another is suggested first");
}

#[test]
fn a_bad_picture_that_the_person_took_is_theirs_to_judge() {
    let (mut script, ticket) = at_camera();
    script.tell(Event::DocumentSeen(
        ticket,
        look(0.0, DocumentHint::TooDark),
    ));
    script.tell(Event::ShutterPressed);
    let image = flawed(&mut script, DocumentHint::TooDark);
    script.tell(Event::StillTaken(script.awaited(), Ok(image)));
    let Screen::Review(screen) = script.screen() else {
        panic!("it is shown")
    };
    let words = (Text::ReasonDarkTitle, Text::ReasonDarkAdvice);
    assert_eq!(screen.objection, Some(words));
    let effects = script.tell(Event::UsePressed);
    assert!(
        matches!(effects.as_slice(), [Effect::CreateResource(..)]),
        "it may be sent all the same: {effects:?}"
    );
}

#[test]
fn the_corners_go_with_the_picture() {
    let (mut script, _) = at_camera();
    script.tell(Event::ShutterPressed);
    let corners =
        Corners([(10, 10), (90, 12), (88, 70), (9, 68)].map(|(x, y)| PixelPoint { x, y }));
    let mut image = script.image(CaptureMethod::Camera);
    image.seen = Seen {
        corners: Some(corners),
        ..Seen::default()
    };
    script.tell(Event::StillTaken(script.awaited(), Ok(image)));
    script.tell(Event::UsePressed);
    let created = Event::ResourceCreated(script.awaited(), Ok("document".to_owned()));
    let effects = script.tell(created);
    let [Effect::Upload(_, upload)] = effects.as_slice() else {
        panic!("{effects:?}")
    };
    assert_eq!(upload.corners, Some(corners));
}

#[test]
fn what_an_earlier_camera_saw_is_late() {
    let (mut script, ticket) = at_camera();
    script.tell(Event::BackPressed);
    let before = script.flow.clone();
    assert_eq!(script.tell(Event::DocumentSeen(ticket, good(0.0))), []);
    assert_eq!(script.flow, before);
    open(&mut script);
    script.tell(Event::DocumentSeen(ticket, good(0.0)));
    assert_eq!(n_stills(&script), 0, "another opening, another ticket");
}

#[test]
fn a_hidden_page_is_not_photographed() {
    let (mut script, ticket) = at_camera();
    script.tell(Event::DocumentSeen(ticket, look(0.0, DocumentHint::Hold)));
    script.tell(Event::PageHidden);
    script.tell(Event::DocumentSeen(ticket, good(100.0)));
    assert_eq!(n_stills(&script), 0);
}

/// The picture's review, and the ticket under which it is read.
fn at_review() -> (Script, Ticket) {
    let (mut script, _) = at_camera();
    script.tell(Event::ShutterPressed);
    let image = script.image(CaptureMethod::Camera);
    let claim = Claim {
        image: image.id,
        document_type: DocumentType::Passport,
        is_front: false,
        country: "GBR".to_owned(),
    };
    let effects = script.tell(Event::StillTaken(script.awaited(), Ok(image)));
    let ticket = effects.iter().find_map(|effect| match effect {
        Effect::ReadDocument(ticket, asked) if *asked == claim => Some(*ticket),
        _ => None,
    });
    (script, ticket.expect("the picture is read"))
}

#[test]
fn what_does_not_fit_is_asked_at_the_review_and_stops_nobody() {
    let (mut script, ticket) = at_review();
    script.tell(Event::DocumentRead(ticket, Doubt::Expired));
    let Screen::Review(screen) = script.screen() else {
        panic!("the review stays")
    };
    let words = (Text::DoubtExpiredTitle, Text::DoubtExpiredAdvice);
    assert_eq!(screen.objection, Some(words));
    let effects = script.tell(Event::UsePressed);
    assert!(
        matches!(effects.as_slice(), [Effect::CreateResource(..)]),
        "{effects:?}"
    );
}

#[test]
fn what_was_read_of_a_picture_that_is_gone_is_late() {
    let (mut script, ticket) = at_review();
    script.tell(Event::RetakePressed);
    let camera = script.awaited();
    script.tell(Event::CameraOpened(camera, facts()));
    script.tell(Event::ShutterPressed);
    let image = script.image(CaptureMethod::Camera);
    script.tell(Event::StillTaken(script.awaited(), Ok(image)));
    script.tell(Event::DocumentRead(ticket, Doubt::OtherType));
    let Screen::Review(screen) = script.screen() else {
        panic!("the other picture is shown")
    };
    assert_eq!(screen.objection, None);
}

//! What happens to a person who delivers a supplementary document.

use serde_json::{Value, json};

use super::script::{Script, assert_ended, extraction, facts, must_try_again, progress};
use crate::domain::camera::CameraError;
use crate::domain::error::ErrorCode;
use crate::domain::flow::{
    ChooseDocumentScreen, ChosenFile, Effect, Event, PageProblem, PagesScreen, PreparedPdf, Screen,
    ScreenKind, Shot, SupplementaryContent, SupplementaryEffect, SupplementaryEvent, Ticket,
    TryAgainWays, Upload, UploadPart,
};
use crate::domain::i18n::{Arg, Message, Text};
use crate::domain::image::{FileError, FileId, ImageId, PreparedImage};
use crate::domain::pdf::PdfError;
use crate::domain::service::ServiceError;
use crate::domain::session::config::DocumentType;
use crate::domain::session::resource::CaptureMethod;

/// A session that requires one bill; `change` adapts the requirement.
pub(super) fn bill(value: &mut Value, change: impl FnOnce(&mut Value)) {
    let mut bill = json!({
        "type": "SUPPLEMENTARY_DOCUMENT", "id": "bill", "state": "REQUIRED",
        "allowed_sources": [{"type": "END_USER"}],
        "requested_tasks": [],
        "objective": {"type": "PROOF_OF_ADDRESS"},
        "document_types": ["UTILITY_BILL", "BANK_STATEMENT"],
        "country_codes": ["GBR"], "attempts_remaining": {"GENERIC": 2},
    });
    change(&mut bill);
    value["capture"]["required_resources"] = json!([bill]);
}

pub(super) fn started(change: impl FnOnce(&mut Value)) -> Script {
    Script::started(|value| bill(value, change))
}

/// Started, a bill chosen and the guidance read: the pages.
pub(super) fn gathering(change: impl FnOnce(&mut Value)) -> Script {
    let mut script = started(change);
    script.tell(Event::ContinuePressed);
    script.tell(Event::DocumentTypeChosen("UTILITY_BILL".into()));
    script.tell(Event::ContinuePressed);
    script.tell(Event::ContinuePressed);
    assert_eq!(script.screen().kind(), ScreenKind::Pages);
    script
}

/// Started, chosen, and so many pages photographed.
pub(super) fn photographed(n_pages: usize) -> Script {
    let mut script = gathering(|_| {});
    for _ in 0..n_pages {
        script.photograph();
    }
    script
}

#[track_caller]
fn pages(script: &Script) -> PagesScreen {
    match script.screen() {
        Screen::Pages(screen) => screen,
        other => panic!("not the pages but {other:?}"),
    }
}

#[track_caller]
fn choice(script: &Script) -> ChooseDocumentScreen {
    match script.screen() {
        Screen::ChooseDocument(screen) => screen,
        other => panic!("not the choice but {other:?}"),
    }
}

fn images(script: &Script) -> Vec<ImageId> {
    pages(script).pages.iter().map(|page| page.image).collect()
}

fn tell(script: &mut Script, event: SupplementaryEvent) -> Vec<Effect> {
    script.tell(Event::Supplementary(event))
}

fn file(id: u32, name: &str) -> ChosenFile {
    ChosenFile {
        id: FileId(id),
        name: name.to_owned(),
    }
}

pub(super) fn choose(script: &mut Script, files: &[(u32, &str)]) -> Vec<Effect> {
    let files = files.iter().map(|(id, name)| file(*id, name)).collect();
    tell(script, SupplementaryEvent::FilesChosen(files))
}

pub(super) fn read(
    script: &mut Script,
    result: Result<SupplementaryContent, PageProblem>,
) -> Vec<Effect> {
    let ticket = script.awaited();
    tell(script, SupplementaryEvent::FileRead(ticket, result))
}

pub(super) fn picture(script: &mut Script) -> SupplementaryContent {
    SupplementaryContent::Picture(script.image(CaptureMethod::Upload))
}

pub(super) fn pdf(id: u32) -> SupplementaryContent {
    SupplementaryContent::Pdf(PreparedPdf {
        id: ImageId(id),
        n_bytes: 1_234_500,
    })
}

fn turned(script: &mut Script, ticket: Ticket) -> PreparedImage {
    let image = script.image(CaptureMethod::Upload);
    let answer = SupplementaryEvent::PictureTurned(ticket, Ok(image.clone()));
    tell(script, answer);
    image
}

fn uploads(script: &Script) -> Vec<Upload> {
    let upload = |effect: &Effect| match effect {
        Effect::Upload(_, upload) => Some(upload.clone()),
        _ => None,
    };
    script.effects.iter().filter_map(upload).collect()
}

fn announced(text: Text, page: u32) -> Effect {
    Effect::Announce(Message::from(text).with_count(page))
}

#[test]
fn photographed_pages_are_sent_in_their_order() {
    let mut script = photographed(2);
    assert_eq!(images(&script), [ImageId(1), ImageId(2)]);
    assert!(script.effects.contains(&announced(Text::PagesAdded, 2)));
    script.tell(Event::ContinuePressed);
    let new = script.effects.iter().rev().find_map(|effect| match effect {
        Effect::CreateResource(_, new) => Some(new.clone()),
        _ => None,
    });
    assert_eq!(new.unwrap().requirement_id(), "bill");
    script.judge(2, progress());
    let sent: Vec<_> = uploads(&script)
        .into_iter()
        .map(|upload| (upload.part, upload.content))
        .collect();
    assert_eq!(
        sent,
        [
            (UploadPart::Page(1), ImageId(1)),
            (UploadPart::Page(2), ImageId(2))
        ]
    );
    script.finish();
    assert_eq!(script.screen().kind(), ScreenKind::Done);
}

#[test]
fn the_start_screen_says_what_the_document_is_for() {
    for (objective, step, why) in [
        (
            "PROOF_OF_ADDRESS",
            Text::StepAddress,
            Text::ObjectiveAddress,
        ),
        ("UK_DBS", Text::StepSupplementary, Text::ObjectiveDbs),
        (
            "OF_THE_FUTURE",
            Text::StepSupplementary,
            Text::ObjectiveUnknown,
        ),
    ] {
        let mut script = started(|value| value["objective"]["type"] = objective.into());
        let Screen::Start(start) = script.screen() else {
            panic!("no start")
        };
        assert_eq!(start.steps, [step.into()], "{objective}");
        assert_eq!((start.minutes, start.intro), (2, Text::StartIntroOther));
        script.tell(Event::ContinuePressed);
        assert_eq!(choice(&script).objective, Some(why.into()));
        let progress = choice(&script).progress;
        assert_eq!((progress.step, progress.n_steps), (1, 2));
    }
}

#[test]
fn a_second_supporting_document_is_called_one_more() {
    let script = Script::started(|value| {
        bill(value, |_| {});
        let resources = &mut value["capture"]["required_resources"];
        let mut second = resources[0].clone();
        second["id"] = "second".into();
        resources.as_array_mut().unwrap().push(second);
    });
    let Screen::Start(start) = script.screen() else {
        panic!("no start")
    };
    assert_eq!(
        start.steps,
        [
            Text::StepAddress.into(),
            Text::StepOtherSupplementary.into()
        ]
    );
}

#[test]
fn what_there_is_no_choice_of_is_chosen_already() {
    let mut script = started(|value| value["document_types"] = json!(["COUNCIL_TAX_BILL"]));
    script.tell(Event::ContinuePressed);
    let screen = choice(&script);
    assert_eq!(screen.country.as_deref(), Some("GBR"));
    assert_eq!(screen.document_type, Some("COUNCIL_TAX_BILL".into()));
    assert_eq!(screen.types[0].name, Text::DocumentCouncilTaxBill.into());
    assert!(screen.can_continue);
}

#[test]
fn any_country_may_be_chosen_where_none_is_named() {
    let mut script = started(|value| value["country_codes"] = json!([]));
    script.tell(Event::ContinuePressed);
    assert_eq!(choice(&script).countries.len(), 249);
    assert_eq!(choice(&script).types, [], "first the country");
    script.tell(Event::CountryChosen("XXX".to_owned()));
    assert_eq!(choice(&script).country, None);
    script.tell(Event::CountryChosen("FRA".to_owned()));
    script.tell(Event::DocumentTypeChosen(DocumentType::Passport));
    assert_eq!(choice(&script).document_type, None, "not asked for");
    script.tell(Event::DocumentTypeChosen("BANK_STATEMENT".into()));
    assert!(choice(&script).can_continue);
}

#[test]
fn who_has_none_of_these_ends_with_its_code() {
    let mut script = started(|_| {});
    script.tell(Event::ContinuePressed);
    script.tell(Event::NoDocumentPressed);
    assert_ended(&script, ErrorCode::NoDocument);
}

#[test]
fn the_guidance_is_left_out_where_the_business_does_not_want_it() {
    let mut script = Script::started(|value| {
        bill(value, |_| {});
        value["sdk_config"]["suppressed_screens"] = json!(["SUPPLEMENTARY_DOCUMENT_EDUCATION"]);
    });
    script.tell(Event::ContinuePressed);
    script.tell(Event::DocumentTypeChosen("UTILITY_BILL".into()));
    script.tell(Event::ContinuePressed);
    assert_eq!(script.screen().kind(), ScreenKind::Pages);
    script.tell(Event::BackPressed);
    assert_eq!(script.screen().kind(), ScreenKind::ChooseDocument);
}

#[test]
fn back_goes_one_screen_back_and_keeps_the_pages() {
    let mut script = photographed(1);
    for kind in [
        ScreenKind::SupplementaryGuidance,
        ScreenKind::ChooseDocument,
    ] {
        script.tell(Event::BackPressed);
        assert_eq!(script.screen().kind(), kind);
    }
    assert!(script.flow.has_unsent_pictures());
    script.tell(Event::DocumentTypeChosen("BANK_STATEMENT".into()));
    script.tell(Event::ContinuePressed);
    script.tell(Event::ContinuePressed);
    assert_eq!(images(&script), [ImageId(1)]);
}

#[test]
fn a_photograph_is_looked_at_before_it_is_a_page() {
    let mut script = photographed(1);
    script.tell(Event::CameraChosen);
    assert_eq!(script.screen().kind(), ScreenKind::Camera(Shot::Page(2)));
    let ticket = script.awaited();
    script.tell(Event::CameraOpened(ticket, facts()));
    script.tell(Event::ShutterPressed);
    let ticket = script.awaited();
    let image = script.image(CaptureMethod::Camera);
    script.tell(Event::StillTaken(ticket, Ok(image)));
    assert_eq!(script.screen().kind(), ScreenKind::Review(Shot::Page(2)));
    let effects = script.tell(Event::BackPressed);
    assert_eq!(effects.last(), Some(&Effect::DropImage(ImageId(2))));
    assert_eq!(images(&script), [ImageId(1)]);
}

#[test]
fn a_camera_that_does_not_work_ends_only_where_there_is_no_other_way() {
    let mut script = gathering(|_| {});
    script.camera_failed(CameraError::NotFound);
    script.tell(Event::UploadChosen);
    assert_eq!(script.screen().kind(), ScreenKind::Pages);
    let mut script = gathering(|value| value["allowed_capture_methods"] = "CAMERA".into());
    assert!(!pages(&script).can_upload);
    choose(&mut script, &[(1, "bill.jpg")]);
    assert!(!pages(&script).is_reading, "files are not allowed");
    script.camera_failed(CameraError::NotFound);
    assert_ended(&script, ErrorCode::NoCamera);
}

#[test]
fn several_files_are_read_one_after_the_other() {
    let mut script = gathering(|_| {});
    let effects = choose(
        &mut script,
        &[(1, "one.jpg"), (2, "two.txt"), (3, "three.jpg")],
    );
    assert_eq!(effects.len(), 1, "one at a time: {effects:?}");
    assert!(pages(&script).is_reading && !pages(&script).can_continue);
    let one = picture(&mut script);
    read(&mut script, Ok(one));
    read(
        &mut script,
        Err(PageProblem::Picture(FileError::NotAnImage)),
    );
    let three = picture(&mut script);
    read(&mut script, Ok(three));
    let screen = pages(&script);
    assert_eq!(screen.pages.len(), 2);
    assert!(!screen.is_reading && screen.can_continue);
    let wrong = Message::from(Text::PagesProblemFile)
        .with("file", Arg::Verbatim("two.txt".to_owned()))
        .with_message("problem", Text::PagesNotAccepted);
    assert_eq!(screen.problems, [wrong], "each by its name");
}

#[test]
fn files_that_are_being_read_are_there_when_the_person_returns() {
    let mut script = gathering(|_| {});
    choose(&mut script, &[(1, "one.jpg")]);
    script.tell(Event::CameraChosen);
    assert_eq!(script.screen().kind(), ScreenKind::Pages, "one at a time");
    script.tell(Event::BackPressed);
    let one = picture(&mut script);
    read(&mut script, Ok(one));
    script.tell(Event::ContinuePressed);
    assert_eq!(images(&script), [ImageId(1)]);
}

#[test]
fn leaving_lets_go_of_what_was_not_read() {
    let mut script = gathering(|_| {});
    choose(&mut script, &[(1, "one.jpg"), (2, "two.jpg")]);
    script.tell(Event::BackPressed);
    script.tell(Event::BackPressed);
    let effects = script.tell(Event::BackPressed);
    assert_eq!(script.screen().kind(), ScreenKind::Start);
    assert_eq!(
        effects,
        [Effect::Supplementary(SupplementaryEffect::DropFile(
            FileId(2)
        ))]
    );
    let one = picture(&mut script);
    let ticket = script.effects.iter().rev().find_map(|effect| match effect {
        Effect::Supplementary(SupplementaryEffect::ReadFile(ticket, _)) => Some(*ticket),
        _ => None,
    });
    let answer = SupplementaryEvent::FileRead(ticket.unwrap(), Ok(one));
    assert_eq!(
        tell(&mut script, answer),
        [Effect::DropImage(ImageId(1))],
        "what comes late is not kept"
    );
}

#[test]
fn the_eleventh_page_is_left_out_and_said_once() {
    let mut script = photographed(9);
    let files: Vec<_> = (1..=4).map(|id| (id, "page.jpg")).collect();
    choose(&mut script, &files);
    let tenth = picture(&mut script);
    read(&mut script, Ok(tenth));
    let screen = pages(&script);
    assert_eq!((screen.pages.len(), screen.most_pages), (10, 10));
    assert!(!screen.has_room && screen.can_continue);
    assert_eq!(
        screen.problems,
        [Message::from(Text::PagesTooMany).with_count(10)]
    );
    let dropped = script.effects.iter().filter(|effect| {
        matches!(
            effect,
            Effect::Supplementary(SupplementaryEffect::DropFile(_))
        )
    });
    assert_eq!(dropped.count(), 3);
    script.tell(Event::CameraChosen);
    assert_eq!(script.screen().kind(), ScreenKind::Pages);
}

#[test]
fn a_page_is_turned_from_its_original_by_quarters() {
    let mut script = photographed(1);
    tell(&mut script, SupplementaryEvent::TurnPressed(0));
    let first = script.awaited();
    assert!(pages(&script).pages[0].is_turning && !pages(&script).can_continue);
    // Pressed again before the first answer: half a turn.
    let effects = tell(&mut script, SupplementaryEvent::TurnPressed(0));
    let second = script.awaited();
    let [
        Effect::Supplementary(SupplementaryEffect::TurnPicture {
            picture,
            quarter_turns: 2,
            ..
        }),
    ] = effects.as_slice()
    else {
        panic!("{effects:?}")
    };
    assert_eq!(picture.id, ImageId(1));
    assert_eq!(picture.capture_method, CaptureMethod::Camera);
    let late = turned(&mut script, first);
    assert!(
        script.effects.contains(&Effect::DropImage(late.id)),
        "the quarter is not wanted any more"
    );
    let half = turned(&mut script, second);
    assert_eq!(images(&script), [half.id]);
    assert!(script.effects.contains(&announced(Text::PagesTurned, 1)));
    tell(&mut script, SupplementaryEvent::TurnPressed(0));
    let ticket = script.awaited();
    turned(&mut script, ticket);
    // The fourth quarter is the original itself.
    tell(&mut script, SupplementaryEvent::TurnPressed(0));
    assert_eq!(images(&script), [ImageId(1)]);
    assert!(!pages(&script).pages[0].is_turning);
}

#[test]
fn a_page_that_cannot_be_turned_stays_as_it_is() {
    let mut script = photographed(1);
    tell(&mut script, SupplementaryEvent::TurnPressed(0));
    let ticket = script.awaited();
    let failed = SupplementaryEvent::PictureTurned(ticket, Err(FileError::Unreadable));
    tell(&mut script, failed);
    assert_eq!(images(&script), [ImageId(1)]);
    assert_eq!(pages(&script).problems[0].text, Text::PagesProblemPage);
}

#[test]
fn pages_change_places_and_keep_their_turn() {
    let mut script = photographed(3);
    tell(&mut script, SupplementaryEvent::TurnPressed(2));
    let ticket = script.awaited();
    let effects = tell(&mut script, SupplementaryEvent::MoveEarlierPressed(2));
    let moved = Message::from(Text::PagesMoved)
        .with_count(3)
        .with("place", Arg::Count(2));
    assert_eq!(effects, [Effect::Announce(moved)]);
    let third = turned(&mut script, ticket);
    assert_eq!(images(&script), [ImageId(1), third.id, ImageId(2)]);
    tell(&mut script, SupplementaryEvent::MoveLaterPressed(0));
    assert_eq!(images(&script), [third.id, ImageId(1), ImageId(2)]);
    for nowhere in [
        SupplementaryEvent::MoveEarlierPressed(0),
        SupplementaryEvent::MoveLaterPressed(2),
        SupplementaryEvent::MoveLaterPressed(9),
        SupplementaryEvent::RemovePressed(3),
        SupplementaryEvent::TurnPressed(3),
        SupplementaryEvent::RemovePdfPressed,
    ] {
        tell(&mut script, nowhere);
    }
    assert_eq!(images(&script), [third.id, ImageId(1), ImageId(2)]);
}

#[test]
fn a_removed_page_is_forgotten_and_the_others_move_up() {
    let mut script = photographed(3);
    let effects = tell(&mut script, SupplementaryEvent::RemovePressed(1));
    assert_eq!(
        effects,
        [
            announced(Text::PagesRemoved, 2),
            Effect::DropImage(ImageId(2))
        ]
    );
    script.tell(Event::ContinuePressed);
    script.judge(2, progress());
    let parts: Vec<_> = uploads(&script)
        .into_iter()
        .map(|upload| upload.part)
        .collect();
    assert_eq!(
        parts,
        [UploadPart::Page(1), UploadPart::Page(2)],
        "without a gap"
    );
}

#[test]
fn one_pdf_is_sent_instead_of_pages() {
    let mut script = gathering(|_| {});
    choose(&mut script, &[(1, "bill.pdf")]);
    read(&mut script, Ok(pdf(50)));
    let screen = pages(&script);
    let shown = screen.pdf.clone().unwrap();
    assert_eq!(shown.name, "bill.pdf");
    assert_eq!(shown.size.args, [("count", Arg::Count(1235))]);
    assert!(!screen.has_room && screen.can_continue);
    assert!(script.flow.has_unsent_pictures());
    script.tell(Event::ContinuePressed);
    script.judge(1, progress());
    let upload = uploads(&script).pop().unwrap();
    assert_eq!(
        (upload.part, upload.content, upload.capture_method),
        (UploadPart::File, ImageId(50), CaptureMethod::Upload)
    );
    assert!(script.has(|effect| *effect == Effect::DropImage(ImageId(50))));
    script.finish();
    assert_eq!(script.screen().kind(), ScreenKind::Done);
}

#[test]
fn a_pdf_and_pages_are_not_mixed() {
    let alone = |script: &Script| {
        let problems = pages(script).problems;
        assert_eq!(problems.len(), 1, "{problems:?}");
        assert!(
            problems[0].args.contains(&(
                "problem",
                Arg::Message(Box::new(Text::PagesPdfAlone.into()))
            )),
            "{problems:?}"
        );
    };
    let mut script = photographed(1);
    choose(&mut script, &[(1, "bill.pdf")]);
    let effects = read(&mut script, Ok(pdf(50)));
    alone(&script);
    assert_eq!(effects, [Effect::DropImage(ImageId(50))]);
    let mut script = gathering(|_| {});
    choose(&mut script, &[(1, "bill.pdf"), (2, "page.jpg")]);
    read(&mut script, Ok(pdf(50)));
    alone(&script);
    script.tell(Event::CameraChosen);
    assert_eq!(script.screen().kind(), ScreenKind::Pages);
    tell(&mut script, SupplementaryEvent::RemovePdfPressed);
    assert!(pages(&script).has_room && pages(&script).problems.is_empty());
    assert!(script.has(|effect| *effect == Effect::DropImage(ImageId(50))));
}

#[test]
fn a_pdf_that_needs_a_password_is_told_at_once() {
    let mut script = gathering(|_| {});
    for (error, text) in [
        (PdfError::Encrypted, Text::PagesPdfEncrypted),
        (PdfError::TooLarge, Text::PagesPdfTooLarge),
    ] {
        choose(&mut script, &[(1, "bill.pdf")]);
        read(&mut script, Err(error.into()));
        let problem = Arg::Message(Box::new(text.into()));
        assert_eq!(pages(&script).problems[0].args[1], ("problem", problem));
        assert_eq!(pages(&script).pdf, None);
    }
}

#[test]
fn a_pdf_that_the_service_refuses_comes_back_with_the_reason() {
    for (error, text) in [
        (ServiceError::FileEncrypted, Text::PagesPdfEncrypted),
        (ServiceError::FileUnreadable, Text::PagesPdfUnreadable),
        (ServiceError::PictureRefused, Text::PagesPdfUnreadable),
    ] {
        let mut script = gathering(|_| {});
        choose(&mut script, &[(1, "bill.pdf")]);
        read(&mut script, Ok(pdf(50)));
        script.tell(Event::ContinuePressed);
        let ticket = script.awaited();
        script.tell(Event::ResourceCreated(ticket, Ok("document".to_owned())));
        let ticket = script.awaited();
        script.tell(Event::Uploaded(ticket, Err(error)));
        let screen = pages(&script);
        assert!(screen.pdf.unwrap().is_refused, "it is still there");
        assert!(!screen.can_continue, "it would be refused again");
        let problem = Arg::Message(Box::new(text.into()));
        assert_eq!(screen.problems[0].args[1], ("problem", problem));
    }
}

#[test]
fn a_picture_that_the_service_refuses_is_marked_and_nothing_is_lost() {
    let mut script = photographed(3);
    script.tell(Event::ContinuePressed);
    let ticket = script.awaited();
    script.tell(Event::ResourceCreated(ticket, Ok("document".to_owned())));
    let ticket = script.awaited();
    script.tell(Event::Uploaded(ticket, Ok(())));
    let ticket = script.awaited();
    script.tell(Event::Uploaded(ticket, Err(ServiceError::PictureRefused)));
    let screen = pages(&script);
    let marks: Vec<bool> = screen.pages.iter().map(|page| page.is_marked).collect();
    assert_eq!(marks, [false, true, false]);
    assert_eq!(screen.problems[0].args[0], ("count", Arg::Count(2)));
}

#[test]
fn sending_can_be_stopped_and_the_pages_are_still_there() {
    let mut script = photographed(2);
    script.tell(Event::ContinuePressed);
    script.tell(Event::CancelPressed);
    assert_eq!(images(&script), [ImageId(1), ImageId(2)]);
}

#[test]
fn the_page_that_was_not_good_enough_is_shown_and_photographed_again() {
    let mut script = photographed(2);
    script.tell(Event::ContinuePressed);
    let mut blurred = must_try_again("PHOTO_TOO_BLURRY", 1);
    blurred.recommendation.as_mut().unwrap().page = Some(2);
    script.judge(2, blurred);
    let Screen::TryAgain(screen) = script.screen() else {
        panic!("no second try")
    };
    assert_eq!(screen.title.text, Text::ReasonBlurredTitle);
    assert_eq!(
        (screen.image, screen.shot),
        (Some(ImageId(2)), Some(Shot::Page(2)))
    );
    assert_eq!(screen.ways, TryAgainWays::Retake);
    assert_eq!(
        screen.attempts_left.unwrap().args,
        [("count", Arg::Count(1))]
    );
    script.tell(Event::RetakePressed);
    assert!(pages(&script).pages[1].is_marked);

    tell(&mut script, SupplementaryEvent::RetakePressed(1));
    assert_eq!(script.screen().kind(), ScreenKind::Camera(Shot::Page(2)));
    let ticket = script.awaited();
    script.tell(Event::CameraOpened(ticket, facts()));
    script.tell(Event::ShutterPressed);
    let ticket = script.awaited();
    let image = script.image(CaptureMethod::Camera);
    script.tell(Event::StillTaken(ticket, Ok(image)));
    script.tell(Event::UsePressed);
    assert_eq!(images(&script), [ImageId(1), ImageId(3)]);
    assert!(!pages(&script).pages[1].is_marked);
    script.tell(Event::ContinuePressed);
    script.judge(2, progress());
    script.finish();
    assert_eq!(script.screen().kind(), ScreenKind::Done);
}

#[test]
fn another_document_may_be_chosen_after_a_refusal() {
    let mut script = photographed(1);
    script.tell(Event::ContinuePressed);
    script.judge(1, must_try_again("EXPIRED_DOCUMENT", 1));
    let Screen::TryAgain(screen) = script.screen() else {
        panic!("no second try")
    };
    assert_eq!(screen.ways, TryAgainWays::Change);
    let effects = script.tell(Event::ChangeDocumentPressed);
    assert_eq!(effects, [Effect::DropImage(ImageId(1))]);
    assert_eq!(choice(&script).document_type, None);
    assert_eq!(choice(&script).country.as_deref(), Some("GBR"));
}

#[test]
fn advice_can_be_passed_over_and_the_last_failure_ends() {
    let mut script = photographed(1);
    script.tell(Event::ContinuePressed);
    script.judge(
        1,
        extraction(json!({
            "id": "task", "state": "DONE",
            "recommendation": {"value": "SHOULD_TRY_AGAIN", "category": "GENERIC"},
            "attempts_remaining": {"GENERIC": 1},
        })),
    );
    script.tell(Event::KeepPressed);
    script.finish();
    assert_eq!(script.screen().kind(), ScreenKind::Done);

    let mut script = photographed(1);
    script.tell(Event::ContinuePressed);
    script.judge(1, must_try_again("PHOTO_TOO_DARK", 0));
    assert_ended(&script, ErrorCode::AttemptsExhausted);
}

#[test]
fn after_a_reload_the_answer_is_waited_for() {
    let pending = json!({
        "resource_id": "d", "document_type": "BANK_STATEMENT", "issuing_country": "GBR",
    });
    let mut script = started(|value| value["pending"] = pending);
    script.tell(Event::ContinuePressed);
    assert_eq!(script.screen().kind(), ScreenKind::Sending);
    let ticket = script.awaited();
    script.tell(Event::JudgementRead(
        ticket,
        Ok(must_try_again("PHOTO_TOO_DARK", 1)),
    ));
    let Screen::TryAgain(screen) = script.screen() else {
        panic!("no second try")
    };
    assert_eq!((screen.image, screen.shot), (None, None), "it is gone");
    script.tell(Event::RetakePressed);
    assert_eq!(
        pages(&script).document_name,
        Text::DocumentBankStatement.into()
    );

    let mut script = started(|value| value["pending"] = json!({"resource_id": "d"}));
    script.tell(Event::ContinuePressed);
    let ticket = script.awaited();
    script.tell(Event::JudgementRead(
        ticket,
        Ok(must_try_again("PHOTO_TOO_DARK", 1)),
    ));
    script.tell(Event::RetakePressed);
    assert_eq!(script.screen().kind(), ScreenKind::ChooseDocument);
}

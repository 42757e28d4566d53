//! Preparing a visit to a branch, one test per story.

use serde_json::{Value, json};

use super::script::{Script, assert_ended, launch};
use crate::domain::error::ErrorCode;
use crate::domain::flow::{
    BranchCard, BranchEffect, BranchEvent, BranchKind, BranchPart, Effect, Event, FindBranchScreen,
    FormEvent, FormScreen, LetterFile, LetterScreen, LetterState, Screen, ScreenKind,
};
use crate::domain::form::{Field, SubmitError, TICKED, Typed};
use crate::domain::host::HostMessageOut;
use crate::domain::i18n::{Arg, Message, Text};
use crate::domain::launch::Launch;
use crate::domain::service::ServiceError;
use crate::domain::session::branch::{Branch, Instructions, SuppliedInstructions};
use crate::domain::session::config::DocumentType;
use crate::domain::session::resource::{ApiErrorCode, CaptureMethod};

/// A session that needs an identity document and a bill from a branch.
pub(super) fn visit(value: &mut Value) {
    value["client_session_token_ttl"] = 604_800.into();
    value["capture"]["required_resources"] = json!([
        {"type": "ID_DOCUMENT", "id": "id", "state": "REQUIRED", "allowed_sources": [{"type": "IBV"}],
         "supported_countries": [
            {"code": "GBR", "supported_documents": [{"type": "PASSPORT"}, {"type": "DRIVING_LICENCE"}]},
            {"code": "FRA", "supported_documents": [{"type": "NATIONAL_ID"}]},
         ]},
        {"type": "SUPPLEMENTARY_DOCUMENT", "id": "bill", "state": "REQUIRED",
         "allowed_sources": [{"type": "IBV"}],
         "document_types": ["BANK_STATEMENT"], "country_codes": ["GBR"]},
    ]);
    value["in_branch"] = json!({
        "instructions": "REQUIRED", "guidance_url": "https://shop.example/visit",
        "user_price": {"amount": "10.50", "currency": "GBP"},
    });
}

pub(super) fn office(code: &str) -> Branch {
    Branch {
        kind: "UK_POST_OFFICE".to_owned(),
        fad_code: code.to_owned(),
        name: Some("Lantern Row".to_owned()),
        address: Some("12 Lantern Row, London".to_owned()),
        post_code: Some("EC3A 1VO".to_owned()),
        location: None,
    }
}

pub(super) fn typed(field: Field, words: &str) -> Event {
    Event::Form(FormEvent::Typed(field, Typed::new(words.to_owned())))
}

pub(super) const SUBMITTED: Event = Event::Form(FormEvent::Submitted);

#[track_caller]
fn assert_kind(script: &Script, kind: BranchKind) {
    assert_eq!(script.screen().kind(), ScreenKind::Branch(kind));
}

#[track_caller]
fn part(script: &Script) -> BranchPart {
    match script.screen() {
        Screen::Branch(screen) => screen.part,
        other => panic!("no visit but {other:?}"),
    }
}

#[track_caller]
fn find(script: &Script) -> FindBranchScreen {
    match part(script) {
        BranchPart::Find(screen) => screen,
        other => panic!("no search but {other:?}"),
    }
}

#[track_caller]
fn contact(script: &Script) -> FormScreen {
    match part(script) {
        BranchPart::Contact(screen) => screen,
        other => panic!("no contact but {other:?}"),
    }
}

#[track_caller]
fn letter(script: &Script) -> LetterScreen {
    match part(script) {
        BranchPart::Letter(screen) => screen,
        other => panic!("no letter but {other:?}"),
    }
}

fn errors(form: &FormScreen) -> Vec<(Field, Text)> {
    let of = |entry: &crate::domain::form::Entry| Some((entry.field, entry.error?));
    form.entries.iter().filter_map(of).collect()
}

pub(super) fn found(script: &mut Script, result: Result<Vec<Branch>, SubmitError>) {
    let ticket = script.awaited();
    script.tell(Event::Branch(BranchEvent::BranchesFound(ticket, result)));
}

fn sent(script: &mut Script, result: Result<(), SubmitError>) {
    let ticket = script.awaited();
    script.tell(Event::Branch(BranchEvent::InstructionsSent(ticket, result)));
}

fn saved(script: &mut Script, result: Result<LetterFile, ServiceError>) {
    let ticket = script.awaited();
    script.tell(Event::Branch(BranchEvent::LetterSaved(ticket, result)));
}

fn emailed(script: &mut Script, result: Result<(), ServiceError>) {
    let ticket = script.awaited();
    script.tell(Event::Branch(BranchEvent::LetterEmailed(ticket, result)));
}

/// To the search for a branch: a passport and the bank statement are chosen.
pub(super) fn at_search(change: impl FnOnce(&mut Value)) -> Script {
    let mut script = Script::started(|value| {
        visit(value);
        change(value);
    });
    script.tell(Event::ContinuePressed);
    script.tell(Event::ContinuePressed);
    script.tell(Event::CountryChosen("GBR".to_owned()));
    script.tell(Event::DocumentTypeChosen(DocumentType::Passport));
    script.tell(Event::ContinuePressed);
    script.tell(Event::ContinuePressed);
    assert_kind(&script, BranchKind::Find);
    script
}

/// To the contact details, with a branch chosen.
pub(super) fn at_contact(change: impl FnOnce(&mut Value)) -> Script {
    let mut script = at_search(change);
    script.tell(typed(Field::PostCode, " EC3A 4AF "));
    script.tell(SUBMITTED);
    found(&mut script, Ok(vec![office("V000137"), office("V000274")]));
    script.tell(Event::Branch(BranchEvent::BranchChosen(
        "V000274".to_owned(),
    )));
    script.tell(Event::ContinuePressed);
    assert_kind(&script, BranchKind::Contact);
    script
}

pub(super) fn type_contact(script: &mut Script) {
    for (field, words) in [
        (Field::FirstName, "Ada"),
        (Field::LastName, "Lovelace"),
        (Field::Email, "ada@example.com"),
        (Field::EmailAgain, "ada@example.com"),
        (Field::Agreement, TICKED),
    ] {
        script.tell(typed(field, words));
    }
}

/// To the letter.
pub(super) fn at_letter(change: impl FnOnce(&mut Value)) -> Script {
    let mut script = at_contact(change);
    type_contact(&mut script);
    script.tell(SUBMITTED);
    sent(&mut script, Ok(()));
    assert_kind(&script, BranchKind::Letter);
    script
}

fn supplied(script: &Script) -> Option<Instructions> {
    script.effects.iter().rev().find_map(|effect| match effect {
        Effect::Branch(BranchEffect::SendInstructions(_, instructions)) => {
            Some((**instructions).clone())
        }
        _ => None,
    })
}

#[test]
fn a_visit_is_prepared_and_the_session_stays_open() {
    let mut script = Script::started(visit);
    let Screen::Start(start) = script.screen() else {
        panic!("no start")
    };
    assert_eq!(start.steps, [Text::BranchStep.into()]);
    assert_eq!(start.intro, Text::BranchStartIntro);
    script.tell(Event::ContinuePressed);
    let BranchPart::Intro { price, guidance } = part(&script) else {
        panic!("no introduction")
    };
    let price = price.unwrap().args;
    assert_eq!(
        price,
        [(
            "price",
            Arg::Price {
                amount: "10.50".to_owned(),
                currency: "GBP".to_owned()
            }
        )]
    );
    assert_eq!(guidance.unwrap().as_str(), "https://shop.example/visit");

    let mut script = at_letter(|_| {});
    let instructions = serde_json::to_value(supplied(&script).unwrap()).unwrap();
    assert_eq!(
        instructions,
        json!({
            "contact_profile": {"first_name": "Ada", "last_name": "Lovelace", "email": "ada@example.com"},
            "documents": [
                {"requirement_id": "id",
                 "document": {"type": "ID_DOCUMENT", "country_code": "GBR", "document_type": "PASSPORT"}},
                {"requirement_id": "bill",
                 "document": {"type": "SUPPLEMENTARY_DOCUMENT", "country_code": "GBR", "document_type": "BANK_STATEMENT"}},
            ],
            "branch": {"type": "UK_POST_OFFICE", "fad_code": "V000274", "name": "Lantern Row",
                "address": "12 Lantern Row, London", "post_code": "EC3A 1VO"},
        })
    );
    let summary = letter(&script).summary.unwrap();
    assert_eq!(summary.documents.len(), 2);
    assert_eq!(summary.until, Message::from(Text::BranchDays).with_count(7));
    assert_eq!(
        summary.branch,
        BranchCard {
            code: "V000274".to_owned(),
            name: "Lantern Row".to_owned(),
            address: "12 Lantern Row, London, EC3A 1VO".to_owned(),
        }
    );
    script.tell(Event::ContinuePressed);
    let Screen::Done(done) = script.screen() else {
        panic!("not done")
    };
    assert_eq!(done.body, Text::BranchDone);
    assert!(
        !script.has(|effect| matches!(effect, Effect::FinishSession(_))),
        "the session is completed in the branch"
    );
    let effects = script.tell(Event::LeavePressed);
    assert!(
        matches!(&effects[..], [Effect::Leave(address)] if address.as_str() == "https://shop.example/done")
    );
}

#[test]
fn inside_a_page_without_an_address_the_end_is_told() {
    let mut script = Script::new();
    script.tell(Event::Launched(Launch {
        is_embedded: true,
        ..launch()
    }));
    let ticket = script.awaited();
    let configuration = super::script::configuration(|value| {
        visit(value);
        value["in_branch"]["instructions"] = "COMPLETE".into();
        value["sdk_config"] = json!({});
    });
    script.tell(Event::ConfigurationLoaded(
        ticket,
        Ok(Box::new(configuration)),
    ));
    let ticket = script.awaited();
    script.tell(Event::PartLoaded(ticket, Ok(())));
    read(&mut script);
    script.tell(Event::ContinuePressed);
    assert!(script.has(|effect| *effect == Effect::TellHost(HostMessageOut::Success)));
}

#[test]
fn one_document_is_never_brought_for_two_requirements() {
    let mut script = Script::started(|value| {
        visit(value);
        let resources = value["capture"]["required_resources"]
            .as_array_mut()
            .unwrap();
        resources[1] = json!({
            "type": "ID_DOCUMENT", "id": "second", "state": "REQUIRED", "allowed_sources": [{"type": "IBV"}],
            "supported_countries": [
                {"code": "GBR", "supported_documents": [{"type": "PASSPORT"}, {"type": "DRIVING_LICENCE"}]}],
        });
    });
    let offered = |script: &Script| match script.screen() {
        Screen::ChooseDocument(screen) => screen.types.len(),
        other => panic!("no choice: {other:?}"),
    };
    let chosen = |script: &Script| match script.screen() {
        Screen::ChooseDocument(screen) => screen.document_type,
        other => panic!("no choice: {other:?}"),
    };
    script.tell(Event::ContinuePressed);
    script.tell(Event::ContinuePressed);
    script.tell(Event::CountryChosen("GBR".to_owned()));
    script.tell(Event::DocumentTypeChosen(DocumentType::Passport));
    script.tell(Event::ContinuePressed);
    assert_kind(&script, BranchKind::Choose(2));
    assert_eq!(offered(&script), 1);
    assert_eq!(
        chosen(&script),
        Some(DocumentType::DrivingLicence),
        "what is left is preselected"
    );
    script.tell(Event::DocumentTypeChosen(DocumentType::Passport));
    assert_eq!(chosen(&script), Some(DocumentType::DrivingLicence));

    // A choice that an earlier one takes away is let go.
    script.tell(Event::BackPressed);
    assert_kind(&script, BranchKind::Choose(1));
    script.tell(Event::DocumentTypeChosen(DocumentType::DrivingLicence));
    script.tell(Event::ContinuePressed);
    assert_eq!(chosen(&script), Some(DocumentType::Passport));
}

#[test]
fn what_only_one_requirement_can_have_is_kept_for_it() {
    let mut script = Script::started(|value| {
        visit(value);
        value["capture"]["required_resources"][1] = json!({
            "type": "ID_DOCUMENT", "id": "second", "state": "REQUIRED", "allowed_sources": [{"type": "IBV"}],
            "supported_countries": [{"code": "GBR", "supported_documents": [{"type": "PASSPORT"}]}],
        });
    });
    script.tell(Event::ContinuePressed);
    script.tell(Event::ContinuePressed);
    script.tell(Event::CountryChosen("GBR".to_owned()));
    let Screen::ChooseDocument(screen) = script.screen() else {
        panic!("no choice")
    };
    assert_eq!(screen.document_type, Some(DocumentType::DrivingLicence));
    script.tell(Event::DocumentTypeChosen(DocumentType::Passport));
    let Screen::ChooseDocument(screen) = script.screen() else {
        panic!("no choice")
    };
    assert_eq!(screen.document_type, Some(DocumentType::DrivingLicence));
}

#[test]
fn without_any_of_the_documents_the_session_ends() {
    let mut script = Script::started(visit);
    script.tell(Event::ContinuePressed);
    script.tell(Event::ContinuePressed);
    script.tell(Event::CountryChosen("XXX".to_owned()));
    script.tell(Event::ContinuePressed);
    assert_kind(&script, BranchKind::Choose(1));
    script.tell(Event::NoDocumentPressed);
    assert_ended(&script, ErrorCode::NoDocument);
}

#[test]
fn back_goes_all_the_way_and_keeps_what_was_typed() {
    let mut script = at_contact(|_| {});
    script.tell(typed(Field::FirstName, "Ada"));
    for kind in [
        BranchKind::Find,
        BranchKind::Choose(2),
        BranchKind::Choose(1),
        BranchKind::Intro,
    ] {
        script.tell(Event::BackPressed);
        assert_kind(&script, kind);
    }
    for _ in 0..4 {
        script.tell(Event::ContinuePressed);
    }
    assert_kind(&script, BranchKind::Contact);
    let form = contact(&script);
    assert_eq!(form.entries[0].typed.reveal(), "Ada");
    for _ in 0..5 {
        script.tell(Event::BackPressed);
    }
    assert_eq!(script.screen().kind(), ScreenKind::Start);
}

#[test]
fn a_post_code_that_is_none_is_said_at_its_field() {
    let mut script = at_search(|_| {});
    script.tell(SUBMITTED);
    let missing = [(Field::PostCode, Text::BranchPostCodeMissing)];
    assert_eq!(errors(&find(&script).form), missing);
    script.tell(typed(Field::PostCode, "nowhere"));
    script.tell(SUBMITTED);
    assert!(find(&script).form.is_sending);
    let fields = vec!["search_string".to_owned()];
    found(&mut script, Err(SubmitError::Fields(fields)));
    let screen = find(&script);
    assert_eq!(
        errors(&screen.form),
        [(Field::PostCode, Text::BranchPostCodeUnknown)]
    );
    assert_eq!(screen.form.entries[0].typed.reveal(), "nowhere");
    assert_eq!(screen.form.n_refusals, 2);
    script.tell(Event::ContinuePressed);
    assert_kind(&script, BranchKind::Find);
}

#[test]
fn a_search_goes_on_by_itself_when_the_network_is_back() {
    let mut script = at_search(|_| {});
    script.tell(typed(Field::PostCode, "EC3A 4AF"));
    script.tell(SUBMITTED);
    found(
        &mut script,
        Err(SubmitError::Service(ServiceError::Unreachable)),
    );
    assert!(find(&script).form.problem.is_some());
    script.tell(Event::WentOnline);
    assert!(find(&script).form.is_sending);
    found(&mut script, Ok(Vec::new()));
    assert_eq!(find(&script).found, Some(Vec::new()), "nothing near");
}

#[test]
fn a_new_search_keeps_a_choice_only_if_it_is_still_there() {
    let mut script = at_search(|_| {});
    script.tell(typed(Field::PostCode, "EC3A 4AF"));
    script.tell(SUBMITTED);
    let early = script.awaited();
    script.tell(SUBMITTED);
    found(&mut script, Ok(vec![office("V000137")]));
    script.tell(Event::Branch(BranchEvent::BranchChosen(
        "ELSEWHERE".to_owned(),
    )));
    assert_eq!(find(&script).chosen, None, "only what was found");
    script.tell(Event::Branch(BranchEvent::BranchChosen(
        "V000137".to_owned(),
    )));
    script.tell(Event::Branch(BranchEvent::BranchesFound(
        early,
        Ok(Vec::new()),
    )));
    assert_eq!(find(&script).chosen.as_deref(), Some("V000137"));
    script.tell(SUBMITTED);
    let many = (0..30).map(|n| office(&format!("V{n:06}"))).collect();
    found(&mut script, Ok(many));
    assert_eq!(find(&script).found.unwrap().len(), 10);
    assert_eq!(find(&script).chosen, None);
}

#[test]
fn contact_details_are_checked_before_they_are_sent() {
    let mut script = at_contact(|_| {});
    script.tell(typed(Field::Email, "ada@example"));
    script.tell(typed(Field::EmailAgain, "ida@example"));
    let effects = script.tell(SUBMITTED);
    assert_eq!(effects, []);
    let form = contact(&script);
    assert_eq!(errors(&form).len(), 5);
    assert_eq!(form.n_refusals, 1);
    type_contact(&mut script);
    assert_eq!(errors(&contact(&script)), []);
    script.tell(SUBMITTED);
    assert!(contact(&script).is_sending);
    script.tell(typed(Field::FirstName, "Eve"));
    assert_eq!(contact(&script).entries[0].typed.reveal(), "Ada");
}

#[test]
fn what_the_service_refuses_stands_at_its_field() {
    let mut script = at_contact(|_| {});
    type_contact(&mut script);
    script.tell(SUBMITTED);
    let fields = vec!["contact_profile.email".to_owned()];
    sent(&mut script, Err(SubmitError::Fields(fields)));
    let form = contact(&script);
    assert_eq!(errors(&form), [(Field::Email, Text::FormRefused)]);
    assert_eq!(form.entries[0].typed.reveal(), "Ada");

    script.tell(SUBMITTED);
    let fields = vec!["branch.fad_code".to_owned()];
    sent(&mut script, Err(SubmitError::Fields(fields)));
    let screen = find(&script);
    assert_eq!(
        errors(&screen.form),
        [(Field::PostCode, Text::BranchRefused)]
    );
    assert_eq!(screen.chosen, None);
}

#[test]
fn instructions_that_did_not_arrive_are_sent_again() {
    let mut script = at_contact(|_| {});
    type_contact(&mut script);
    script.tell(SUBMITTED);
    sent(
        &mut script,
        Err(SubmitError::Service(ServiceError::Unavailable)),
    );
    assert!(contact(&script).problem.is_some());
    script.tell(Event::RetryPressed);
    sent(&mut script, Ok(()));
    assert_kind(&script, BranchKind::Letter);
}

#[test]
fn instructions_that_can_never_arrive_end_the_session() {
    for (error, code) in [
        (
            SubmitError::Service(ServiceError::SessionExpired),
            ErrorCode::SessionExpired,
        ),
        (
            SubmitError::Service(ServiceError::Refused(ApiErrorCode::MalformedRequest)),
            ErrorCode::Internal,
        ),
        (
            SubmitError::Fields(vec!["documents".to_owned()]),
            ErrorCode::Internal,
        ),
    ] {
        let mut script = at_contact(|_| {});
        type_contact(&mut script);
        script.tell(SUBMITTED);
        sent(&mut script, Err(error));
        assert_ended(&script, code);
    }
}

#[test]
fn the_letter_is_waited_for_and_saved() {
    let mut script = at_letter(|_| {});
    script.tell(Event::Branch(BranchEvent::SaveLetterPressed));
    let mut pauses = Vec::new();
    for _ in 0..5 {
        saved(&mut script, Ok(LetterFile::NotReady));
        assert_eq!(letter(&script).saving, LetterState::Waiting);
        let Some(Effect::Wait { ticket, after_ms }) = script.effects.last().cloned() else {
            panic!("no pause")
        };
        pauses.push(after_ms);
        // Pressing again while it is waited for asks nothing more.
        let effects = script.tell(Event::Branch(BranchEvent::SaveLetterPressed));
        assert!(matches!(&effects[..], [Effect::Log(_)]), "{effects:?}");
        script.tell(Event::TimeElapsed(ticket));
    }
    assert_eq!(pauses, [500, 1_000, 2_000, 4_000, 4_000]);
    saved(&mut script, Ok(LetterFile::Saved));
    assert_eq!(letter(&script).saving, LetterState::Done);
    script.tell(Event::Branch(BranchEvent::SaveLetterPressed));
    saved(&mut script, Ok(LetterFile::Refused));
    let LetterState::Failed(problem) = letter(&script).saving else {
        panic!("the browser did not take it")
    };
    assert_eq!(problem.title.text, Text::BranchNotSaved);
    script.tell(Event::Branch(BranchEvent::SaveLetterPressed));
    saved(&mut script, Err(ServiceError::Unreachable));
    assert!(matches!(letter(&script).saving, LetterState::Failed(_)));
}

#[test]
fn the_letter_is_sent_by_e_mail_and_again_after_a_correction() {
    let mut script = at_letter(|_| {});
    script.tell(Event::Branch(BranchEvent::EmailLetterPressed));
    assert_eq!(letter(&script).emailing, LetterState::Waiting);
    emailed(&mut script, Err(ServiceError::Unavailable));
    assert!(matches!(letter(&script).emailing, LetterState::Failed(_)));
    script.tell(Event::Branch(BranchEvent::EmailLetterPressed));
    emailed(&mut script, Ok(()));
    let screen = letter(&script);
    assert_eq!(screen.emailing, LetterState::Done);
    assert_eq!(
        screen.summary.unwrap().email.unwrap().reveal(),
        "ada@example.com"
    );

    script.tell(Event::BackPressed);
    assert_kind(&script, BranchKind::Contact);
    script.tell(typed(Field::Email, "ada@example.org"));
    script.tell(typed(Field::EmailAgain, "ada@example.org"));
    script.tell(SUBMITTED);
    sent(&mut script, Ok(()));
    assert_eq!(letter(&script).emailing, LetterState::NotYet);
    assert_eq!(
        supplied(&script).unwrap().contact_profile.email,
        "ada@example.org"
    );
}

fn read(script: &mut Script) {
    let ticket = script.awaited();
    let supplied = SuppliedInstructions {
        documents: Vec::new(),
        branch: office("V000137"),
    };
    script.tell(Event::Branch(BranchEvent::InstructionsRead(
        ticket,
        Ok(supplied),
    )));
}

#[test]
fn a_prepared_visit_opens_at_the_letter() {
    let mut script = Script::started(|value| {
        visit(value);
        value["in_branch"]["instructions"] = "COMPLETE".into();
    });
    assert_kind(&script, BranchKind::Letter);
    assert_eq!(letter(&script).summary, None);
    let ticket = script.awaited();
    script.tell(Event::Branch(BranchEvent::InstructionsRead(
        ticket,
        Err(ServiceError::Unreachable),
    )));
    assert!(letter(&script).problem.is_some());
    script.tell(Event::WentOnline);
    read(&mut script);
    let screen = letter(&script);
    assert_eq!(
        screen.summary.unwrap().email,
        None,
        "that is not told again"
    );
    script.tell(Event::BackPressed);
    assert_eq!(script.screen().kind(), ScreenKind::Start);
    script.tell(Event::ContinuePressed);
    assert_kind(&script, BranchKind::Letter);
}

#[test]
fn what_is_delivered_at_home_comes_before_the_visit() {
    let mut script = Script::started(|value| {
        let home = value["capture"]["required_resources"][0].clone();
        visit(value);
        let resources = value["capture"]["required_resources"]
            .as_array_mut()
            .unwrap();
        resources.push(home);
    });
    let Screen::Start(start) = script.screen() else {
        panic!("no start")
    };
    assert_eq!(
        start.steps,
        [Text::StepDocument.into(), Text::BranchStep.into()]
    );
    assert_eq!(start.intro, Text::StartIntro);
    script.tell(Event::ContinuePressed);
    script.tell(Event::CountryChosen("GBR".to_owned()));
    script.tell(Event::DocumentTypeChosen(DocumentType::Passport));
    script.tell(Event::ContinuePressed);
    script.upload();
    let is_file = |effect: &Effect| matches!(effect, Effect::Upload(_, upload) if upload.capture_method == CaptureMethod::Upload);
    script.judge(1, super::script::progress());
    assert!(script.has(is_file));
    assert_kind(&script, BranchKind::Intro);
    assert_eq!(script.screen().progress().unwrap().n_steps, 7);
}

#[test]
fn nothing_personal_is_printed() {
    let script = at_letter(|_| {});
    let printed = format!(
        "{:?} {:?} {:?}",
        script.flow,
        script.effects,
        script.screen()
    );
    for word in ["Ada", "Lovelace", "ada@example.com"] {
        assert!(!printed.contains(word), "{word}");
    }
}

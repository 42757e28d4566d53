//! Continuing on another device, from either side.

use serde_json::Value;

use super::script::{Script, configuration, launch, must_try_again, progress};
use crate::domain::error::ErrorCode;
use crate::domain::flow::{
    Away, Effect, Event, FreshLink, HandoffEffect, HandoffEvent, HandoffKind, HandoffScreen,
    Offered, Screen, ScreenKind, Ticket,
};
use crate::domain::i18n::Text;
use crate::domain::launch::{ClientToken, Credentials, Handed, Launch, OneTime};
use crate::domain::service::ServiceError;
use crate::domain::session::handoff::{HandoffState, HandoffStatus, RedeemedHandoff};
use crate::domain::session::resource::ApiErrorCode;

pub(super) fn allowed(value: &mut Value) {
    value["sdk_config"]["allow_handoff"] = true.into();
}

pub(super) fn tell(script: &mut Script, event: HandoffEvent) -> Vec<Effect> {
    script.tell(Event::Handoff(event))
}

#[track_caller]
fn assert_kind(script: &Script, kind: HandoffKind) {
    assert_eq!(script.screen().kind(), ScreenKind::Handoff(kind));
}

#[track_caller]
fn screen(script: &Script) -> HandoffScreen {
    match script.screen() {
        Screen::Handoff(screen) => screen,
        other => panic!("no screen of a handoff but {other:?}"),
    }
}

/// The ticket of the newest effect about a handoff that this selects.
#[track_caller]
pub(super) fn asked(script: &Script, wanted: fn(&HandoffEffect) -> bool) -> Ticket {
    let found = script.effects.iter().rev().find_map(|effect| match effect {
        Effect::Handoff(effect) if wanted(effect) => effect.ticket(),
        _ => None,
    });
    found.expect("it was asked for")
}

fn count(effects: &[Effect], wanted: fn(&HandoffEffect) -> bool) -> usize {
    let is_wanted = |effect: &&Effect| matches!(effect, Effect::Handoff(effect) if wanted(effect));
    effects.iter().filter(is_wanted).count()
}

fn fresh(name: &str) -> FreshLink {
    FreshLink {
        link: OneTime::new(format!("https://id.example/web/index.html?handoff={name}")),
        expires_in_s: 60,
    }
}

pub(super) fn status(state: HandoffState, n_complete: u32) -> HandoffStatus {
    HandoffStatus {
        number: (state != HandoffState::Waiting).then(|| "42".to_owned()),
        state,
        n_required: 3,
        n_complete,
    }
}

fn wait(script: &Script) -> (Ticket, u32) {
    let found = script.effects.iter().rev().find_map(|effect| match effect {
        Effect::Wait { ticket, after_ms } => Some((*ticket, *after_ms)),
        _ => None,
    });
    found.expect("something waits")
}

/// The pause ends and the service says this.
pub(super) fn hears(
    script: &mut Script,
    result: Result<HandoffStatus, ServiceError>,
) -> Vec<Effect> {
    let (ticket, _) = wait(script);
    script.tell(Event::TimeElapsed(ticket));
    let ticket = asked(script, |it| matches!(it, HandoffEffect::ReadStatus(..)));
    tell(script, HandoffEvent::StatusRead(ticket, result))
}

pub(super) fn chosen() -> Script {
    let mut script = Script::started(allowed);
    tell(&mut script, HandoffEvent::Chosen);
    script
}

/// The computer shows its first code.
pub(super) fn offering() -> Script {
    let mut script = chosen();
    offered(&mut script, "first");
    script
}

fn offered(script: &mut Script, name: &str) {
    let ticket = asked(script, |it| matches!(it, HandoffEffect::Offer(_)));
    let offered = Offered {
        id: format!("handoff-{name}"),
        link: fresh(name),
    };
    tell(script, HandoffEvent::Offered(ticket, Ok(offered)));
}

/// The phone delivers, as the computer sees it.
pub(super) fn followed() -> Script {
    let mut script = offering();
    hears(&mut script, Ok(status(HandoffState::Scanned, 0)));
    tell(&mut script, HandoffEvent::MatchConfirmed);
    let ticket = asked(&script, |it| matches!(it, HandoffEffect::Confirm(..)));
    tell(&mut script, HandoffEvent::Confirmed(ticket, Ok(())));
    let ticket = asked(&script, |it| matches!(it, HandoffEffect::ReadStatus(..)));
    let active = status(HandoffState::Active, 1);
    tell(&mut script, HandoffEvent::StatusRead(ticket, Ok(active)));
    script
}

/// The configuration is read again.
fn reread(script: &mut Script, change: impl FnOnce(&mut Value)) {
    assert_eq!(script.screen(), Screen::Opening);
    let ticket = script.awaited();
    let read = configuration(|value| {
        allowed(value);
        change(value);
    });
    script.tell(Event::ConfigurationLoaded(ticket, Ok(Box::new(read))));
}

pub(super) fn delivered(value: &mut Value) {
    value["capture"]["required_resources"][0]["state"] = "COMPLETE".into();
}

#[test]
fn the_start_offers_the_phone_where_that_helps() {
    let offers = |script: &Script| match script.screen() {
        Screen::Start(start) => start.can_hand_off,
        other => panic!("not the start but {other:?}"),
    };
    assert!(offers(&Script::started(allowed)));
    assert!(!offers(&Script::started(|_| {})), "the business decides");
    let mut script = Script::new();
    let phone = Launch {
        is_handheld: true,
        ..launch()
    };
    script.tell(Event::Launched(phone));
    let ticket = script.awaited();
    let read = configuration(allowed);
    script.tell(Event::ConfigurationLoaded(ticket, Ok(Box::new(read))));
    assert!(!offers(&script), "a phone need not be handed to a phone");
    tell(&mut script, HandoffEvent::Chosen);
    assert_eq!(script.screen().kind(), ScreenKind::Start);
}

#[test]
fn the_computer_shows_a_code_compares_numbers_and_finishes_after_the_phone() {
    let mut script = offering();
    assert_eq!(
        screen(&script),
        HandoffScreen::Code {
            link: Some(fresh("first").link),
            was_copied: None,
            is_after_mismatch: false,
        }
    );
    hears(&mut script, Ok(status(HandoffState::Waiting, 0)));
    assert_kind(&script, HandoffKind::Code);
    hears(&mut script, Ok(status(HandoffState::Scanned, 0)));
    let number = |is_sending, has_failed| HandoffScreen::Number {
        number: "42".to_owned(),
        is_sending,
        has_failed,
    };
    assert_eq!(screen(&script), number(false, false));
    tell(&mut script, HandoffEvent::MatchConfirmed);
    assert_eq!(screen(&script), number(true, false));
    assert_eq!(
        count(&tell(&mut script, HandoffEvent::MatchConfirmed), |_| true),
        0,
        "pressed twice, said once"
    );
    let ticket = asked(&script, |it| matches!(it, HandoffEffect::Confirm(..)));
    let effects = tell(&mut script, HandoffEvent::Confirmed(ticket, Ok(())));
    assert_eq!(
        count(&effects, |it| matches!(it, HandoffEffect::ReadStatus(..))),
        1,
        "what the phone does is asked at once"
    );
    let ticket = asked(&script, |it| matches!(it, HandoffEffect::ReadStatus(..)));
    let active = status(HandoffState::Active, 0);
    tell(&mut script, HandoffEvent::StatusRead(ticket, Ok(active)));
    hears(&mut script, Ok(status(HandoffState::Active, 2)));
    assert_eq!(
        screen(&script),
        HandoffScreen::Progress {
            n_complete: 2,
            n_required: 3,
        }
    );
    hears(&mut script, Ok(status(HandoffState::Done, 3)));
    reread(&mut script, delivered);
    assert!(
        script.has(|effect| matches!(effect, Effect::FinishSession(_))),
        "the computer closes the session"
    );
    script.finish();
    assert_eq!(script.screen().kind(), ScreenKind::Done);
    let effects = script.tell(Event::LeavePressed);
    assert!(matches!(&effects[..], [Effect::Leave(_)]), "{effects:?}");
}

#[test]
fn the_service_is_asked_after_one_second_and_at_most_every_three() {
    let mut script = offering();
    let mut pauses = Vec::new();
    for _ in 0..6 {
        pauses.push(wait(&script).1);
        hears(&mut script, Ok(status(HandoffState::Waiting, 0)));
    }
    assert_eq!(pauses, [1000, 1000, 1500, 2250, 3000, 3000]);
}

#[test]
fn a_code_is_replaced_before_it_ends_and_nobody_is_told() {
    let mut script = offering();
    let watch = |it: &HandoffEffect| matches!(it, HandoffEffect::WatchCode { .. });
    let first = asked(&script, watch);
    assert!(script.has(|effect| matches!(
        effect,
        Effect::Handoff(HandoffEffect::WatchCode {
            after_ms: 57_000,
            ..
        })
    )));
    let effects = script.tell(Event::TimeElapsed(first));
    assert_eq!(
        count(&effects, |it| matches!(it, HandoffEffect::RotateCode(..))),
        1
    );
    assert!(
        matches!(screen(&script), HandoffScreen::Code { link: Some(_), .. }),
        "the old code stays until there is a new one"
    );
    let ticket = asked(&script, |it| matches!(it, HandoffEffect::RotateCode(..)));
    let effects = tell(
        &mut script,
        HandoffEvent::CodeRotated(ticket, Ok(fresh("second"))),
    );
    assert!(
        !effects
            .iter()
            .any(|effect| matches!(effect, Effect::Announce(_))),
        "a screen reader is not disturbed"
    );
    assert!(
        matches!(screen(&script), HandoffScreen::Code { link: Some(link), .. } if link == fresh("second").link)
    );
    assert_ne!(asked(&script, watch), first, "and this one is replaced too");
    let late = tell(
        &mut script,
        HandoffEvent::CodeRotated(ticket, Ok(fresh("late"))),
    );
    assert_eq!(late, [], "a late answer changes nothing");
}

#[test]
fn a_code_that_could_not_be_replaced_is_not_shown_and_tried_again() {
    let mut script = offering();
    let ticket = asked(&script, |it| matches!(it, HandoffEffect::WatchCode { .. }));
    script.tell(Event::TimeElapsed(ticket));
    let rotate = |it: &HandoffEffect| matches!(it, HandoffEffect::RotateCode(..));
    let ticket = asked(&script, rotate);
    tell(
        &mut script,
        HandoffEvent::CodeRotated(ticket, Err(ServiceError::Unreachable)),
    );
    assert!(matches!(
        screen(&script),
        HandoffScreen::Code { link: None, .. }
    ));
    let ignored = tell(&mut script, HandoffEvent::CopyPressed);
    assert!(matches!(&ignored[..], [Effect::Log(_)]), "nothing to copy");
    let effects = hears(&mut script, Ok(status(HandoffState::Waiting, 0)));
    assert_eq!(count(&effects, rotate), 1);
    let ticket = asked(&script, rotate);
    let locked = ServiceError::Refused(ApiErrorCode::ResourceLocked);
    let effects = tell(&mut script, HandoffEvent::CodeRotated(ticket, Err(locked)));
    assert_eq!(
        count(&effects, |it| matches!(it, HandoffEffect::ReadStatus(..))),
        1,
        "somebody has redeemed it: ask who"
    );
}

#[test]
fn the_link_can_be_copied() {
    let mut script = offering();
    let effects = tell(&mut script, HandoffEvent::CopyPressed);
    assert_eq!(
        effects,
        [Effect::Handoff(HandoffEffect::CopyLink(
            fresh("first").link
        ))]
    );
    for (is_copied, said) in [(true, Text::HandoffCopied), (false, Text::HandoffNotCopied)] {
        let effects = tell(&mut script, HandoffEvent::LinkCopied(is_copied));
        assert_eq!(effects, [Effect::Announce(said.into())]);
        assert!(matches!(
            screen(&script),
            HandoffScreen::Code { was_copied, .. } if was_copied == Some(is_copied)
        ));
    }
}

#[test]
fn another_number_disconnects_that_phone_and_makes_a_new_code() {
    let mut script = offering();
    hears(&mut script, Ok(status(HandoffState::Scanned, 0)));
    let effects = tell(&mut script, HandoffEvent::MatchRefused);
    assert_eq!(
        count(&effects, |it| matches!(it, HandoffEffect::Offer(_))),
        1,
        "a new offer ends the one before"
    );
    assert_eq!(
        count(&script.effects, |it| matches!(
            it,
            HandoffEffect::Confirm(..)
        )),
        0
    );
    offered(&mut script, "second");
    assert!(matches!(
        screen(&script),
        HandoffScreen::Code {
            is_after_mismatch: true,
            ..
        }
    ));
}

#[test]
fn a_confirmation_that_did_not_arrive_can_be_given_again() {
    let mut script = offering();
    hears(&mut script, Ok(status(HandoffState::Scanned, 0)));
    for error in [
        ServiceError::Unreachable,
        ServiceError::Refused(ApiErrorCode::HandoffNotConfirmed),
    ] {
        tell(&mut script, HandoffEvent::MatchConfirmed);
        let ticket = asked(&script, |it| matches!(it, HandoffEffect::Confirm(..)));
        tell(&mut script, HandoffEvent::Confirmed(ticket, Err(error)));
        assert!(matches!(
            screen(&script),
            HandoffScreen::Number {
                has_failed: true,
                is_sending: false,
                ..
            }
        ));
    }
}

#[test]
fn the_session_can_be_taken_back_at_any_time() {
    for back in [
        Event::BackPressed,
        Event::HistoryWentBack,
        Event::Handoff(HandoffEvent::ContinueHerePressed),
    ] {
        let scanned = {
            let mut script = offering();
            hears(&mut script, Ok(status(HandoffState::Scanned, 0)));
            script
        };
        for mut script in [offering(), scanned, followed()] {
            script.tell(back.clone());
            assert_kind(&script, HandoffKind::Preparing);
            let ticket = asked(&script, |it| matches!(it, HandoffEffect::TakeBack(..)));
            tell(&mut script, HandoffEvent::TakenBack(ticket, Ok(())));
            reread(&mut script, |_| {});
            assert_eq!(script.screen().kind(), ScreenKind::Start);
        }
    }
}

#[test]
fn what_could_not_be_taken_back_is_tried_again_and_what_is_gone_is_as_good() {
    let mut script = followed();
    tell(&mut script, HandoffEvent::ContinueHerePressed);
    let take_back = |it: &HandoffEffect| matches!(it, HandoffEffect::TakeBack(..));
    let ticket = asked(&script, take_back);
    let lost = Err(ServiceError::Unreachable);
    tell(&mut script, HandoffEvent::TakenBack(ticket, lost));
    assert!(matches!(
        screen(&script),
        HandoffScreen::Problem {
            can_continue_here: false,
            ..
        }
    ));
    assert_eq!(count(&script.tell(Event::WentOnline), take_back), 1);
    let ticket = asked(&script, take_back);
    let gone = Err(ServiceError::Refused(ApiErrorCode::ResourceNotFound));
    tell(&mut script, HandoffEvent::TakenBack(ticket, gone));
    reread(&mut script, |_| {});
}

#[test]
fn what_the_phone_delivered_is_not_asked_for_again() {
    let mut script = followed();
    tell(&mut script, HandoffEvent::ContinueHerePressed);
    let ticket = asked(&script, |it| matches!(it, HandoffEffect::TakeBack(..)));
    tell(&mut script, HandoffEvent::TakenBack(ticket, Ok(())));
    reread(&mut script, |value| {
        let resources = value["capture"]["required_resources"]
            .as_array_mut()
            .unwrap();
        let mut second = resources[0].clone();
        second["id"] = "second".into();
        resources.push(second);
        delivered(value);
    });
    script.tell(Event::ContinuePressed);
    script.tell(Event::CountryChosen("FRA".to_owned()));
    script.tell(Event::ContinuePressed);
    script.upload();
    script.upload();
    let requirement = script.effects.iter().rev().find_map(|effect| match effect {
        Effect::CreateResource(_, document) => Some(document.requirement_id()),
        _ => None,
    });
    assert_eq!(requirement, Some("second"));
}

#[test]
fn a_phone_that_stops_is_said_in_words() {
    for (state, is_given_up) in [(HandoffState::GivenUp, true), (HandoffState::Ended, false)] {
        let mut script = followed();
        hears(&mut script, Ok(status(state, 1)));
        assert_eq!(screen(&script), HandoffScreen::PhoneStopped { is_given_up });
        tell(&mut script, HandoffEvent::ContinueHerePressed);
        reread(&mut script, |_| {});
        assert_eq!(script.screen().kind(), ScreenKind::Start);
    }
}

#[test]
fn attempts_that_the_phone_used_up_end_the_session_on_the_computer() {
    let mut script = followed();
    hears(&mut script, Ok(status(HandoffState::GivenUp, 0)));
    tell(&mut script, HandoffEvent::ContinueHerePressed);
    reread(&mut script, |value| {
        value["capture"]["required_resources"][0]["attempts_remaining"]["GENERIC"] = 0.into();
    });
    let Screen::Ended(ended) = script.screen() else {
        panic!("not ended")
    };
    assert_eq!(ended.code, ErrorCode::AttemptsExhausted);
    assert!(ended.can_leave, "to the error address, as always");
}

#[test]
fn a_short_silence_is_not_worth_a_word_and_a_long_one_is_explained() {
    let mut script = followed();
    for _ in 0..9 {
        hears(&mut script, Err(ServiceError::Unreachable));
        assert_kind(&script, HandoffKind::Progress);
    }
    hears(&mut script, Ok(status(HandoffState::Active, 1)));
    for _ in 0..10 {
        hears(&mut script, Err(ServiceError::Unavailable));
    }
    assert!(matches!(
        screen(&script),
        HandoffScreen::Problem {
            can_continue_here: true,
            ..
        }
    ));
    let effects = script.tell(Event::RetryPressed);
    assert_eq!(
        count(&effects, |it| matches!(it, HandoffEffect::ReadStatus(..))),
        1
    );
    assert_kind(&script, HandoffKind::Progress);
}

#[test]
fn a_page_that_is_seen_again_asks_at_once() {
    let mut script = followed();
    let effects = script.tell(Event::PageShown);
    assert_eq!(
        count(&effects, |it| matches!(it, HandoffEffect::ReadStatus(..))),
        1
    );
    let effects = script.tell(Event::PageShown);
    assert_eq!(effects, [], "one question at a time");
}

#[test]
fn an_offer_that_could_not_be_made_can_be_tried_again_or_left() {
    let mut script = chosen();
    let offer = |it: &HandoffEffect| matches!(it, HandoffEffect::Offer(_));
    for _ in 0..2 {
        let ticket = asked(&script, offer);
        let lost = Err(ServiceError::Unreachable);
        tell(&mut script, HandoffEvent::Offered(ticket, lost));
        assert_kind(&script, HandoffKind::Problem);
        script.tell(Event::RetryPressed);
    }
    let ticket = asked(&script, offer);
    script.tell(Event::BackPressed);
    assert_eq!(script.screen().kind(), ScreenKind::Start);
    let offered = Offered {
        id: "late".to_owned(),
        link: fresh("late"),
    };
    tell(&mut script, HandoffEvent::Offered(ticket, Ok(offered)));
    assert_eq!(script.screen().kind(), ScreenKind::Start);
}

#[test]
fn the_end_of_the_session_ends_the_offer_too() {
    let mut script = followed();
    hears(&mut script, Err(ServiceError::Unauthorised));
    let Screen::Ended(ended) = script.screen() else {
        panic!("not ended")
    };
    assert_eq!(ended.code, ErrorCode::SessionExpired);
}

#[test]
fn a_session_that_ended_meanwhile_is_over_and_not_a_wrong_link() {
    let mut script = followed();
    hears(&mut script, Ok(status(HandoffState::Done, 3)));
    let ticket = script.awaited();
    let late = Err(ServiceError::Unauthorised);
    script.tell(Event::ConfigurationLoaded(ticket, late));
    let Screen::Ended(ended) = script.screen() else {
        panic!("not ended")
    };
    assert_eq!(ended.code, ErrorCode::SessionExpired);
}

// The phone.

fn phone(handed: Handed) -> Launch {
    let (session_id, session_token) = match &handed {
        Handed::Over(_) => (None, None),
        Handed::Earlier(_) => (
            Some("session".to_owned()),
            Some(ClientToken::new("phone".to_owned())),
        ),
    };
    Launch {
        session_id,
        session_token,
        is_handheld: true,
        handed: Some(handed),
        ..launch()
    }
}

pub(super) fn opened_on_phone(handed: Handed) -> Script {
    let mut script = Script::new();
    script.tell(Event::Launched(phone(handed)));
    let ticket = script.awaited();
    script.tell(Event::PartLoaded(ticket, Ok(())));
    script
}

pub(super) fn redeeming() -> Script {
    opened_on_phone(Handed::Over(OneTime::new("code".to_owned())))
}

pub(super) fn redeemed(script: &mut Script) -> Vec<Effect> {
    let ticket = asked(script, |it| matches!(it, HandoffEffect::Redeem(..)));
    let answer = RedeemedHandoff {
        session_id: "session".to_owned(),
        handoff_id: "handoff".to_owned(),
        client_session_token: "phone".to_owned(),
        number: "42".to_owned(),
    };
    tell(script, HandoffEvent::Redeemed(ticket, Ok(answer)))
}

/// The phone may go on, and is at its first task.
pub(super) fn guest(change: impl FnOnce(&mut Value)) -> Script {
    let mut script = redeeming();
    redeemed(&mut script);
    hears(&mut script, Ok(status(HandoffState::Active, 0)));
    reread(&mut script, change);
    script
}

fn passport(script: &mut Script) {
    script.tell(Event::CountryChosen("GBR".to_owned()));
    script.tell(Event::DocumentTypeChosen(
        crate::domain::session::config::DocumentType::Passport,
    ));
    script.tell(Event::ContinuePressed);
    script.photograph();
}

fn given_up(effects: &[Effect]) -> bool {
    effects.contains(&Effect::Handoff(HandoffEffect::ReportGivenUp(
        "handoff".to_owned(),
    )))
}

/// Nothing that only the first device may do.
#[track_caller]
fn assert_only_a_guest(script: &Script) {
    for effect in &script.effects {
        assert!(
            !matches!(
                effect,
                Effect::FinishSession(_)
                    | Effect::Leave(_)
                    | Effect::TellHost(_)
                    | Effect::ShowCodeInAddress(_)
            ),
            "{effect:?}"
        );
    }
}

#[test]
fn the_phone_compares_captures_and_sends_the_person_back() {
    let mut script = redeeming();
    assert_kind(&script, HandoffKind::Preparing);
    let effects = redeemed(&mut script);
    let kept = Credentials {
        session_id: "session".to_owned(),
        token: ClientToken::new("phone".to_owned()),
        handoff_id: Some("handoff".to_owned()),
    };
    assert_eq!(effects[0], Effect::KeepCredentials(kept));
    let compare = HandoffScreen::Compare {
        number: "42".to_owned(),
    };
    assert_eq!(screen(&script), compare);
    hears(&mut script, Ok(status(HandoffState::Scanned, 0)));
    assert_eq!(screen(&script), compare);
    hears(&mut script, Ok(status(HandoffState::Active, 0)));
    reread(&mut script, |_| {});
    assert_eq!(
        script.screen().kind(),
        ScreenKind::ChooseDocument,
        "straight to the first task"
    );
    passport(&mut script);
    script.judge(1, progress());
    let ticket = asked(&script, |it| matches!(it, HandoffEffect::ReportDone(..)));
    let effects = script.tell(Event::SessionFinished(ticket, Ok(())));
    assert_eq!(screen(&script), HandoffScreen::Away(Away::Done));
    assert_eq!(effects, [Effect::ForgetCredentials]);
    assert_only_a_guest(&script);
    assert!(
        !given_up(&script.effects),
        "what is done is not given up as well"
    );
}

#[test]
fn a_lost_answer_to_done_is_not_an_error() {
    let mut script = guest(|_| {});
    passport(&mut script);
    script.judge(1, progress());
    let done = |it: &HandoffEffect| matches!(it, HandoffEffect::ReportDone(..));
    let ticket = asked(&script, done);
    let lost = Err(ServiceError::Unreachable);
    script.tell(Event::SessionFinished(ticket, lost));
    assert!(matches!(script.screen(), Screen::Sending(_)));
    assert_eq!(count(&script.tell(Event::RetryPressed), done), 1);
    let ticket = asked(&script, done);
    let spent = Err(ServiceError::Unauthorised);
    script.tell(Event::SessionFinished(ticket, spent));
    assert_eq!(screen(&script), HandoffScreen::Away(Away::Done));
}

#[test]
fn a_spent_code_says_how_to_get_another() {
    for error in [
        ServiceError::Refused(ApiErrorCode::HandoffCodeSpent),
        ServiceError::Malformed,
    ] {
        let mut script = redeeming();
        let redeem = |it: &HandoffEffect| matches!(it, HandoffEffect::Redeem(..));
        let ticket = asked(&script, redeem);
        tell(&mut script, HandoffEvent::Redeemed(ticket, Err(error)));
        assert_eq!(screen(&script), HandoffScreen::Away(Away::Spent));
        script.tell(Event::RetryPressed);
        assert_eq!(count(&script.effects, redeem), 1, "and is not tried again");
    }
}

#[test]
fn a_phone_without_network_redeems_later() {
    let mut script = redeeming();
    let redeem = |it: &HandoffEffect| matches!(it, HandoffEffect::Redeem(..));
    let ticket = asked(&script, redeem);
    let lost = Err(ServiceError::Unreachable);
    tell(&mut script, HandoffEvent::Redeemed(ticket, lost));
    assert_kind(&script, HandoffKind::Problem);
    assert_eq!(count(&script.tell(Event::WentOnline), redeem), 1);
    redeemed(&mut script);
    assert_kind(&script, HandoffKind::Compare);
}

#[test]
fn a_reload_of_the_phone_goes_on_where_it_was() {
    let mut script = opened_on_phone(Handed::Earlier("handoff".to_owned()));
    assert!(
        script
            .has(|effect| matches!(effect, Effect::KeepCredentials(it) if it.handoff_id.is_some()))
    );
    let read = |it: &HandoffEffect| matches!(it, HandoffEffect::ReadStatus(..));
    let ticket = asked(&script, read);
    let scanned = status(HandoffState::Scanned, 0);
    tell(&mut script, HandoffEvent::StatusRead(ticket, Ok(scanned)));
    assert_eq!(
        screen(&script),
        HandoffScreen::Compare {
            number: "42".to_owned()
        },
        "the number comes from the service"
    );
    hears(&mut script, Ok(status(HandoffState::Active, 0)));
    reread(&mut script, |_| {});
    assert_eq!(script.screen().kind(), ScreenKind::ChooseDocument);
}

#[test]
fn a_phone_whose_session_was_taken_back_says_where_it_goes_on() {
    let taken_back = HandoffScreen::Away(Away::TakenBack);
    // Before the numbers were compared.
    for result in [
        Ok(status(HandoffState::Ended, 0)),
        Err(ServiceError::Unauthorised),
    ] {
        let mut script = redeeming();
        redeemed(&mut script);
        hears(&mut script, result);
        assert_eq!(screen(&script), taken_back);
        assert!(script.has(|effect| *effect == Effect::ForgetCredentials));
    }
    // While the configuration is read.
    let mut script = redeeming();
    redeemed(&mut script);
    hears(&mut script, Ok(status(HandoffState::Active, 0)));
    let ticket = script.awaited();
    let refused = Err(ServiceError::Unauthorised);
    script.tell(Event::ConfigurationLoaded(ticket, refused));
    assert_eq!(screen(&script), taken_back);
    // In the middle of a task.
    let mut script = guest(|_| {});
    passport(&mut script);
    let ticket = script.awaited();
    let refused = Err(ServiceError::Unauthorised);
    script.tell(Event::ResourceCreated(ticket, refused));
    assert_eq!(screen(&script), taken_back);
    assert_eq!(
        script.effects.last(),
        Some(&Effect::DropImage(crate::domain::image::ImageId(1))),
        "and keeps no picture"
    );
    assert_only_a_guest(&script);
}

#[test]
fn the_person_can_stop_on_the_phone() {
    let mut script = guest(|_| {});
    script.tell(Event::BackPressed);
    assert_kind(&script, HandoffKind::Lobby);
    script.tell(Event::ContinuePressed);
    assert_eq!(script.screen().kind(), ScreenKind::ChooseDocument);
    script.tell(Event::BackPressed);
    let effects = tell(&mut script, HandoffEvent::StopPressed);
    assert!(given_up(&effects));
    assert_eq!(screen(&script), HandoffScreen::Away(Away::Stopped));
    let expiry = script.effects.iter().rev().find_map(|effect| match effect {
        Effect::WatchExpiry { ticket, .. } => Some(*ticket),
        _ => None,
    });
    script.tell(Event::ExpiryReached(expiry.unwrap()));
    assert_eq!(screen(&script), HandoffScreen::Away(Away::Stopped));
}

#[test]
fn an_ending_on_the_phone_is_told_to_the_computer_only() {
    let mut script = guest(|_| {});
    passport(&mut script);
    script.judge(1, must_try_again("PHOTO_TOO_DARK", 0));
    let Screen::Ended(ended) = script.screen() else {
        panic!("not ended")
    };
    assert_eq!(ended.code, ErrorCode::AttemptsExhausted);
    assert!(!ended.can_leave, "no redirect from the phone");
    assert_eq!(ended.body.text, Text::HandoffEndedBody);
    assert!(given_up(&script.effects));
    assert_only_a_guest(&script);
}

#[test]
fn refused_consent_and_no_document_end_on_the_phone_as_given_up() {
    let mut script = guest(|value| {
        value["capture"]["biometric_consent"] = "REQUIRED".into();
        value["sdk_config"]["biometric_consent_flow"] = "EARLY".into();
    });
    assert_eq!(script.screen().kind(), ScreenKind::Consent);
    script.tell(Event::ConsentRefused);
    script.tell(Event::ConsentRefused);
    let ticket = script.awaited();
    script.tell(Event::ConsentRecorded(ticket, Ok(())));
    assert!(given_up(&script.effects));

    let mut script = guest(|_| {});
    script.tell(Event::NoDocumentPressed);
    assert!(matches!(script.screen(), Screen::Ended(_)));
    assert!(given_up(&script.effects));
    assert_only_a_guest(&script);
}

#[test]
fn a_configuration_that_the_phone_can_not_do_is_given_up() {
    let script = guest(|value| {
        value["capture"]["required_resources"][0]["type"] = "OF_THE_FUTURE".into();
    });
    assert!(matches!(script.screen(), Screen::Ended(_)));
    assert!(given_up(&script.effects));
    assert_only_a_guest(&script);
}

#[test]
fn everything_delivered_before_a_reload_of_the_phone_is_only_reported() {
    let script = guest(delivered);
    assert_eq!(
        script.effects.last(),
        Some(&Effect::Handoff(HandoffEffect::ReportDone(
            script.awaited(),
            "handoff".to_owned()
        )))
    );
    assert_only_a_guest(&script);
}

#[test]
fn a_link_that_works_is_never_printed() {
    let script = offering();
    let printed = format!("{:?} {:?}", script.flow, script.effects);
    assert!(!printed.contains("handoff=first"), "{printed}");
}

//! Looking through the applicant's profile, one test per story.

use serde_json::{Value, json};

use super::script::Script;
use crate::domain::error::ErrorCode;
use crate::domain::flow::{
    Effect, Event, FormEvent, FormScreen, ProfileEffect, ProfileEvent, Screen, ScreenKind,
};
use crate::domain::form::{Field, SubmitError, Typed};
use crate::domain::i18n::Text;
use crate::domain::service::ServiceError;
use crate::domain::session::profile::ApplicantProfile;
use crate::domain::session::resource::ApiErrorCode;

pub(super) fn only_profile(value: &mut Value) {
    value["capture"]["required_resources"] = json!([{
        "type": "APPLICANT_PROFILE", "id": "profile", "state": "REQUIRED",
        "allowed_sources": [{"type": "END_USER"}],
    }]);
}

pub(super) fn ada() -> ApplicantProfile {
    serde_json::from_value(json!({
        "full_name": "Ada Lovelace", "date_of_birth": "1990-12-10",
        "structured_postal_address": {
            "address_format": 1, "building_number": "12", "address_line1": "St James’s Square",
            "town_city": "London", "postal_code": "SW1Y 4JH", "country_iso": "GBR", "country": "United Kingdom",
        },
    }))
    .unwrap()
}

pub(super) fn opened(profile: ApplicantProfile) -> Script {
    let mut script = Script::started(only_profile);
    script.tell(Event::ContinuePressed);
    let ticket = script.awaited();
    script.tell(Event::Profile(ProfileEvent::Read(
        ticket,
        Ok(Box::new(profile)),
    )));
    script
}

#[track_caller]
fn form(script: &Script) -> FormScreen {
    match script.screen() {
        Screen::Profile(screen) => screen.form,
        other => panic!("no profile but {other:?}"),
    }
}

fn errors(script: &Script) -> Vec<(Field, Text)> {
    let of = |entry: &crate::domain::form::Entry| Some((entry.field, entry.error?));
    form(script).entries.iter().filter_map(of).collect()
}

fn typed(field: Field, words: &str) -> Event {
    Event::Form(FormEvent::Typed(field, Typed::new(words.to_owned())))
}

const SUBMITTED: Event = Event::Form(FormEvent::Submitted);

fn sent(script: &mut Script, result: Result<(), SubmitError>) {
    let ticket = script.awaited();
    script.tell(Event::Profile(ProfileEvent::Sent(ticket, result)));
}

fn last_sent(script: &Script) -> ApplicantProfile {
    let sent = script.effects.iter().rev().find_map(|effect| match effect {
        Effect::Profile(ProfileEffect::Send(_, profile)) => Some((**profile).clone()),
        _ => None,
    });
    sent.expect("it was sent")
}

#[test]
fn a_profile_that_is_right_is_confirmed_as_it_is() {
    let mut script = Script::started(only_profile);
    let Screen::Start(start) = script.screen() else {
        panic!("no start")
    };
    assert_eq!(start.steps, [Text::ProfileStep.into()]);
    assert_eq!(start.intro, Text::ProfileStartIntro);
    let mut script = {
        script.tell(Event::ContinuePressed);
        assert_eq!(form(&script).entries, [], "nothing to show yet");
        opened(ada())
    };
    assert_eq!(form(&script).entries.len(), 7);
    script.tell(SUBMITTED);
    assert_eq!(last_sent(&script), ada());
    sent(&mut script, Ok(()));
    script.finish();
    let Screen::Done(done) = script.screen() else {
        panic!("not done")
    };
    assert_eq!(done.body, Text::ProfileDone);
}

#[test]
fn what_is_wrong_is_corrected() {
    let mut script = opened(ada());
    script.tell(typed(Field::FullName, " Ada King "));
    script.tell(typed(Field::Country, "FRA"));
    script.tell(SUBMITTED);
    let corrected = last_sent(&script);
    assert_eq!(corrected.full_name, "Ada King");
    let address = corrected.structured_postal_address;
    assert_eq!(
        (address.country_iso.as_str(), address.country.as_str()),
        ("FRA", ""),
        "the name belonged to another country"
    );
}

#[test]
fn what_can_not_be_right_is_not_sent() {
    let mut script = opened(ApplicantProfile::default());
    script.tell(typed(Field::DateOfBirth, "1990-02-30"));
    assert_eq!(script.tell(SUBMITTED), []);
    assert_eq!(
        errors(&script),
        [
            (Field::FullName, Text::FormMissing),
            (Field::DateOfBirth, Text::FormDateWrong),
            (Field::PostalCode, Text::FormMissing),
            (Field::Country, Text::FormMissing),
        ]
    );
}

#[test]
fn what_the_service_refuses_stands_at_its_field_and_the_third_time_ends() {
    let mut script = opened(ada());
    script.tell(SUBMITTED);
    let fields = vec!["structured_postal_address.postal_code".to_owned()];
    sent(&mut script, Err(SubmitError::Fields(fields)));
    assert_eq!(errors(&script), [(Field::PostalCode, Text::FormRefused)]);
    assert_eq!(form(&script).entries[0].typed.reveal(), "Ada Lovelace");
    script.tell(SUBMITTED);
    let refused = ServiceError::Refused(ApiErrorCode::ProfileUpdatesExhausted);
    sent(&mut script, Err(SubmitError::Service(refused)));
    match script.screen() {
        Screen::Ended(screen) => assert_eq!(screen.code, ErrorCode::ProfileUpdatesExhausted),
        other => panic!("not ended but {other:?}"),
    }
}

#[test]
fn trouble_with_the_service_loses_nothing() {
    let mut script = Script::started(only_profile);
    script.tell(Event::ContinuePressed);
    let ticket = script.awaited();
    script.tell(Event::Profile(ProfileEvent::Read(
        ticket,
        Err(ServiceError::Unreachable),
    )));
    assert!(form(&script).problem.is_some());
    script.tell(Event::WentOnline);
    let ticket = script.awaited();
    script.tell(Event::Profile(ProfileEvent::Read(
        ticket,
        Ok(Box::new(ada())),
    )));
    script.tell(typed(Field::FullName, "Ada King"));
    script.tell(SUBMITTED);
    script.tell(typed(Field::FullName, "Eve"));
    sent(
        &mut script,
        Err(SubmitError::Service(ServiceError::Unavailable)),
    );
    assert_eq!(form(&script).entries[0].typed.reveal(), "Ada King");
    script.tell(Event::RetryPressed);
    sent(&mut script, Ok(()));
    script.finish();
    assert_eq!(script.screen().kind(), ScreenKind::Done);
}

#[test]
fn a_field_that_is_not_on_the_screen_ends_as_an_error_of_ours() {
    let mut script = opened(ada());
    script.tell(SUBMITTED);
    let fields = vec!["structured_postal_address.address_format".to_owned()];
    sent(&mut script, Err(SubmitError::Fields(fields)));
    match script.screen() {
        Screen::Ended(screen) => assert_eq!(screen.code, ErrorCode::Internal),
        other => panic!("not ended but {other:?}"),
    }
}

#[test]
fn a_profile_that_the_business_supplies_is_never_shown() {
    let script = Script::started(|value| {
        let mut profile = json!({
            "type": "APPLICANT_PROFILE", "id": "profile", "state": "REQUIRED",
        });
        profile["allowed_sources"] = json!([{"type": "RELYING_BUSINESS"}]);
        let resources = value["capture"]["required_resources"]
            .as_array_mut()
            .unwrap();
        resources.push(profile);
    });
    let Screen::Start(start) = script.screen() else {
        panic!("no start")
    };
    assert_eq!(start.steps.len(), 3, "only the document");
}

#[test]
fn back_leads_to_the_start() {
    let mut script = opened(ada());
    script.tell(Event::BackPressed);
    assert_eq!(script.screen().kind(), ScreenKind::Start);
}

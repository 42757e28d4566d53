//! What happens to a person, one test per story.

use serde_json::json;

use super::script::{
    Script, assert_ended, assert_kind, extraction, facts, launch, must_try_again, progress, watched,
};
use crate::domain::camera::{CameraError, CameraLoss, CameraWish, StillError};
use crate::domain::error::ErrorCode;
use crate::domain::flow::{
    CameraState, Effect, Event, Screen, ScreenKind, SendingState, Shot, Ticket, TryAgainWays,
    UploadPart, UploadProgress,
};
use crate::domain::host::{HostMessageIn, HostMessageOut};
use crate::domain::i18n::{Locale, Message, Text};
use crate::domain::image::{FileError, FileId};
use crate::domain::launch::{ClientToken, Credentials, Launch};
use crate::domain::service::ServiceError;
use crate::domain::session::config::DocumentType;
use crate::domain::session::resource::{ApiErrorCode, CaptureMethod};
use crate::domain::session::sides::Side;

fn left_for(script: &mut Script) -> String {
    let effects = script.tell(Event::LeavePressed);
    match effects.as_slice() {
        [Effect::Leave(address)] => address.as_str().to_owned(),
        other => panic!("did not leave: {other:?}"),
    }
}

#[test]
fn a_passport_by_camera_ends_at_the_success_address() {
    let mut script = Script::passport(|_| {});
    script.photograph();
    assert!(
        matches!(script.screen(), Screen::Sending(_)),
        "one side is enough for a passport"
    );
    script.judge(1, progress());
    script.finish();
    assert_kind(&script, ScreenKind::Done);
    assert_eq!(left_for(&mut script), "https://shop.example/done");
    assert!(script.has(|effect| *effect == Effect::ForgetCredentials));
}

#[test]
fn a_card_is_photographed_on_both_sides() {
    let mut script = Script::chosen("GBR", DocumentType::DrivingLicence, |_| {});
    assert_kind(&script, ScreenKind::Guidance(Side::Front));
    script.photograph();
    assert_kind(&script, ScreenKind::Guidance(Side::Back));
    script.upload();
    script.judge(2, progress());
    script.finish();
    assert_kind(&script, ScreenKind::Done);
    let methods: Vec<CaptureMethod> = script
        .effects
        .iter()
        .filter_map(|effect| match effect {
            Effect::Upload(_, upload) => Some(upload.capture_method.clone()),
            _ => None,
        })
        .collect();
    assert_eq!(methods, [CaptureMethod::Camera, CaptureMethod::Upload]);
}

#[test]
fn two_required_documents_are_captured_one_after_the_other() {
    let mut script = Script::passport(|value| {
        let resources = value["capture"]["required_resources"]
            .as_array_mut()
            .unwrap();
        let mut second = resources[0].clone();
        second["id"] = "second".into();
        resources.push(second);
    });
    script.upload();
    script.judge(1, progress());
    let Screen::ChooseDocument(screen) = script.screen() else {
        panic!("no second choice")
    };
    assert_eq!(screen.country, None, "nothing is preset");
    script.tell(Event::CountryChosen("GBR".to_owned()));
    script.tell(Event::DocumentTypeChosen(DocumentType::Passport));
    let Screen::ChooseDocument(screen) = script.screen() else {
        panic!("no second choice")
    };
    let types: Vec<_> = screen
        .types
        .iter()
        .map(|option| option.document_type.clone())
        .collect();
    assert_eq!(
        types,
        [DocumentType::DrivingLicence],
        "one document never stands for two"
    );
    assert_ne!(screen.document_type, Some(DocumentType::Passport));
    script.tell(Event::CountryChosen("FRA".to_owned()));
    script.tell(Event::ContinuePressed);
    script.upload();
    script.upload();
    let requirement = script.effects.iter().rev().find_map(|effect| match effect {
        Effect::CreateResource(_, document) => Some(document.requirement_id().to_owned()),
        _ => None,
    });
    assert_eq!(requirement.as_deref(), Some("second"));
    script.judge(2, progress());
    script.finish();
    assert_kind(&script, ScreenKind::Done);
}

#[test]
fn a_blurred_picture_is_explained_and_taken_again() {
    let mut script = Script::passport(|_| {});
    script.upload();
    script.judge(1, must_try_again("PHOTO_TOO_BLURRY", 1));
    let Screen::TryAgain(screen) = script.screen() else {
        panic!("no second try")
    };
    assert_eq!(screen.title.text, Text::ReasonBlurredTitle);
    assert_eq!(
        screen.attempts_left.unwrap().args,
        [("count", crate::domain::i18n::Arg::Count(1))]
    );
    assert!(!screen.can_keep && screen.ways == TryAgainWays::Retake);
    assert!(
        screen.image.is_some(),
        "the picture is shown beside the reason"
    );
    script.tell(Event::KeepPressed);
    assert_kind(&script, ScreenKind::TryAgain);
    script.tell(Event::RetakePressed);
    assert_kind(&script, ScreenKind::Guidance(Side::DataPage));
    script.upload();
    script.judge(1, progress());
    script.finish();
    assert_kind(&script, ScreenKind::Done);
}

#[test]
fn only_the_side_that_was_not_good_enough_is_photographed_again() {
    let mut script = Script::chosen("GBR", DocumentType::DrivingLicence, |_| {});
    script.upload();
    script.upload();
    let mut blurred_back = must_try_again("PHOTO_TOO_BLURRY", 1);
    blurred_back.recommendation.as_mut().unwrap().page = Some(2);
    script.judge(2, blurred_back);
    script.tell(Event::RetakePressed);
    assert_kind(&script, ScreenKind::Guidance(Side::Back));
    script.upload();
    assert!(
        matches!(script.screen(), Screen::Sending(_)),
        "the front is still good"
    );
    script.judge(2, progress());
    script.finish();
    assert_kind(&script, ScreenKind::Done);
}

#[test]
fn the_last_failure_ends_the_session_with_its_code() {
    let mut script = Script::passport(|_| {});
    script.upload();
    script.judge(1, must_try_again("PHOTO_TOO_DARK", 0));
    assert_ended(&script, ErrorCode::AttemptsExhausted);
    assert_eq!(
        left_for(&mut script),
        "https://shop.example/error?order=7&yotiErrorCode=4001"
    );
}

#[test]
fn a_recommendation_that_is_only_advice_can_be_passed_over() {
    let mut script = Script::passport(|_| {});
    script.upload();
    script.judge(1, extraction(json!({
        "id": "task", "state": "DONE",
        "recommendation": {"value": "SHOULD_TRY_AGAIN", "reason": {"value": "QUALITY"}, "category": "GENERIC"},
        "attempts_remaining": {"GENERIC": 1},
    })));
    let Screen::TryAgain(screen) = script.screen() else {
        panic!("no advice")
    };
    assert!(screen.can_keep);
    script.tell(Event::KeepPressed);
    script.finish();
    assert_kind(&script, ScreenKind::Done);
}

#[test]
fn a_document_that_is_something_else_can_be_chosen_again() {
    let mut script = Script::passport(|_| {});
    script.upload();
    script.judge(1, extraction(json!({
        "id": "task", "state": "FAILED",
        "recommendation": {
            "value": "MUST_TRY_AGAIN", "reason": {"value": "USER_ERROR", "detail": "INCORRECT_DOCUMENT_TYPE"},
            "category": "RECLASSIFICATION", "detected_document_type": "DRIVING_LICENCE",
        },
        "attempts_remaining": {"GENERIC": 2, "RECLASSIFICATION": 1},
    })));
    let Screen::TryAgain(screen) = script.screen() else {
        panic!("no explanation")
    };
    assert_eq!(
        screen.ways,
        TryAgainWays::Confirm(Text::DocumentDrivingLicence.into())
    );
    assert_eq!(screen.title.text, Text::ReasonDetectedTitle);
    script.tell(Event::ChangeDocumentPressed);
    let Screen::ChooseDocument(screen) = script.screen() else {
        panic!("no choice")
    };
    assert_eq!(
        screen.country.as_deref(),
        Some("GBR"),
        "the country is kept"
    );
    assert_eq!(screen.document_type, None);
}

#[test]
fn the_service_is_asked_again_ever_more_slowly() {
    let mut script = Script::passport(|_| {});
    script.upload();
    let pending = || extraction(json!({"id": "task", "state": "PENDING"}));
    script.judge(1, pending());
    let mut pauses = Vec::new();
    for _ in 0..7 {
        let Some(Effect::Wait { ticket, after_ms }) = script.effects.last().cloned() else {
            panic!("does not wait");
        };
        pauses.push(after_ms);
        script.tell(Event::TimeElapsed(ticket));
        let ticket = script.awaited();
        script.tell(Event::JudgementRead(ticket, Ok(pending())));
    }
    assert_eq!(pauses, [300, 450, 675, 1012, 1518, 2000, 2000]);
}

#[test]
fn an_incomplete_link_says_which_part_is_missing() {
    for (change, code) in [
        (
            (|launch: &mut Launch| launch.session_id = None) as fn(&mut Launch),
            ErrorCode::NoSessionId,
        ),
        (|launch| launch.session_token = None, ErrorCode::NoToken),
        (
            |launch| {
                launch.session_id = None;
                launch.session_token = None;
            },
            ErrorCode::NoSessionId,
        ),
    ] {
        let mut opened = launch();
        change(&mut opened);
        let mut script = Script::new();
        script.tell(Event::Launched(opened));
        assert_ended(&script, code);
        assert!(script.has(|effect| *effect == Effect::ShowCodeInAddress(code.code())));
    }
}

#[test]
fn refusals_before_the_start_have_their_codes() {
    for (error, code) in [
        (ServiceError::Unauthorised, ErrorCode::Unauthorised),
        (ServiceError::SessionNotFound, ErrorCode::SessionNotFound),
        (ServiceError::SessionExpired, ErrorCode::SessionExpired),
        (
            ServiceError::SessionNotReady,
            ErrorCode::UnsupportedConfiguration,
        ),
        (ServiceError::Malformed, ErrorCode::Internal),
        (
            ServiceError::Refused(ApiErrorCode::MalformedRequest),
            ErrorCode::Internal,
        ),
    ] {
        assert_ended(&Script::refused_configuration(error), code);
    }
}

#[test]
fn an_unreachable_service_is_tried_again_when_the_network_is_back() {
    let mut script = Script::refused_configuration(ServiceError::Unreachable);
    assert_kind(&script, ScreenKind::OpeningFailed);
    script.tell(Event::WentOnline);
    assert_kind(&script, ScreenKind::Opening);
    let mut script = Script::refused_configuration(ServiceError::Unavailable);
    script.tell(Event::RetryPressed);
    assert_kind(&script, ScreenKind::Opening);
}

#[test]
fn trouble_that_does_not_pass_can_be_given_up_with_its_code() {
    for (error, code) in [
        (ServiceError::Unreachable, ErrorCode::NoNetwork),
        (ServiceError::Unavailable, ErrorCode::ServiceDown),
    ] {
        let mut script = Script::refused_configuration(error.clone());
        script.tell(Event::GiveUpPressed);
        assert_ended(&script, code);

        let mut script = Script::passport(|_| {});
        script.upload();
        let ticket = script.awaited();
        script.tell(Event::GiveUpPressed);
        assert!(
            matches!(script.screen(), Screen::Sending(_)),
            "nothing is given up while it works"
        );
        script.tell(Event::ResourceCreated(ticket, Err(error.clone())));
        script.tell(Event::GiveUpPressed);
        assert_ended(&script, code);
        let address = format!(
            "https://shop.example/error?order=7&yotiErrorCode={}",
            code.code()
        );
        assert_eq!(left_for(&mut script), address);

        let mut script = Script::passport(|_| {});
        script.upload();
        script.judge(1, progress());
        let ticket = script.awaited();
        script.tell(Event::SessionFinished(ticket, Err(error)));
        script.tell(Event::GiveUpPressed);
        assert_ended(&script, code);
    }
}

#[test]
fn a_token_that_stops_working_on_the_way_means_that_the_time_is_over() {
    let mut script = Script::passport(|_| {});
    script.upload();
    let ticket = script.awaited();
    script.tell(Event::ResourceCreated(
        ticket,
        Err(ServiceError::Unauthorised),
    ));
    assert_ended(&script, ErrorCode::SessionExpired);
}

#[test]
fn the_session_ends_when_its_time_is_over_and_says_so_before() {
    let mut script = Script::passport(|_| {});
    script.tell(Event::CameraChosen);
    let (ticket, after_ms) = watched(&script);
    assert_eq!(after_ms, 300_000, "the warning comes five minutes before");
    let effects = script.tell(Event::ExpiryReached(ticket));
    let notice = Message::from(Text::ExpiryWarning).with_count(5);
    assert_eq!(script.flow.notice(), Some(notice.clone()));
    assert!(effects.contains(&Effect::Announce(notice)), "said once");
    assert_kind(&script, ScreenKind::Camera(Shot::Side(Side::DataPage)));
    script.tell(Event::NoticeDismissed);
    assert_eq!(script.flow.notice(), None);

    let (last, after_ms) = watched(&script);
    assert_eq!(after_ms, 300_000);
    script.tell(Event::ExpiryReached(ticket));
    assert_kind(&script, ScreenKind::Camera(Shot::Side(Side::DataPage)));
    let effects = script.tell(Event::ExpiryReached(last));
    assert_ended(&script, ErrorCode::SessionExpired);
    assert!(effects.contains(&Effect::CloseCamera));
}

#[test]
fn a_session_opened_late_is_warned_at_the_last_minute() {
    let script = Script::started(|value| value["client_session_token_ttl"] = 200.into());
    assert_eq!(watched(&script).1, 140_000);
    let Screen::Start(screen) = script.screen() else {
        panic!("not started")
    };
    assert_eq!(screen.minutes_left, Some(4), "the start screen says it too");
    let script = Script::started(|value| value["client_session_token_ttl"] = 30.into());
    assert_eq!(watched(&script).1, 30_000, "too late for a warning");
}

#[test]
fn what_has_ended_does_not_end_again() {
    let mut script = Script::passport(|_| {});
    script.upload();
    script.judge(1, progress());
    script.finish();
    let (ticket, _) = watched(&script);
    script.tell(Event::ExpiryReached(ticket));
    assert_kind(&script, ScreenKind::Done);
    assert_eq!(script.flow.notice(), None);
}

#[test]
fn a_lost_network_stops_sending_and_loses_nothing() {
    let mut script = Script::passport(|_| {});
    script.upload();
    let ticket = script.awaited();
    script.tell(Event::ResourceCreated(ticket, Ok("document".to_owned())));
    let ticket = script.awaited();
    script.tell(Event::Uploaded(ticket, Err(ServiceError::Unreachable)));
    let Screen::Sending(screen) = script.screen() else {
        panic!("gone")
    };
    assert!(matches!(screen.state, SendingState::Stopped(_)));
    let effects = script.tell(Event::WentOnline);
    assert!(
        effects
            .iter()
            .any(|effect| matches!(effect, Effect::Upload(_, upload) if upload.part == UploadPart::Page(1))),
        "the same page is sent again: {effects:?}"
    );
}

#[test]
fn progress_counts_the_bytes_of_all_pages() {
    let mut script = Script::chosen("GBR", DocumentType::DrivingLicence, |_| {});
    script.upload();
    script.upload();
    let ticket = script.awaited();
    script.tell(Event::ResourceCreated(ticket, Ok("document".to_owned())));
    let ticket = script.awaited();
    script.tell(Event::Uploaded(ticket, Ok(())));
    let ticket = script.awaited();
    script.tell(Event::UploadProgressed(
        ticket,
        UploadProgress {
            sent_bytes: 250_100,
            total_bytes: 500_200,
        },
    ));
    let Screen::Sending(screen) = script.screen() else {
        panic!("not sending")
    };
    assert_eq!(screen.state, SendingState::Uploading { percent: 75 });
}

#[test]
fn sending_can_be_cancelled_until_it_is_judged() {
    let mut script = Script::passport(|_| {});
    script.upload();
    let ticket = script.awaited();
    script.tell(Event::ResourceCreated(ticket, Ok("document".to_owned())));
    let effects = script.tell(Event::CancelPressed);
    assert!(effects.contains(&Effect::AbortUpload));
    assert_kind(&script, ScreenKind::Review(Shot::Side(Side::DataPage)));

    script.tell(Event::UsePressed);
    let ticket = script.awaited();
    script.tell(Event::ResourceCreated(ticket, Ok("document".to_owned())));
    let ticket = script.awaited();
    script.tell(Event::Uploaded(ticket, Ok(())));
    script.tell(Event::CancelPressed);
    assert_kind(&script, ScreenKind::Sending);
}

#[test]
fn a_picture_refused_for_its_bytes_costs_no_attempt() {
    let mut script = Script::passport(|_| {});
    script.upload();
    let ticket = script.awaited();
    script.tell(Event::ResourceCreated(ticket, Ok("document".to_owned())));
    let ticket = script.awaited();
    script.tell(Event::Uploaded(ticket, Err(ServiceError::PictureRefused)));
    let Screen::TryAgain(screen) = script.screen() else {
        panic!("no second try")
    };
    assert_eq!(screen.attempts_left, None);
}

#[test]
fn a_refused_camera_offers_upload_where_files_are_allowed() {
    let mut script = Script::passport(|_| {});
    script.camera_failed(CameraError::Denied);
    let Screen::Camera(screen) = script.screen() else {
        panic!("no camera screen")
    };
    assert!(screen.can_upload);
    assert_eq!(
        screen.state,
        CameraState::Blocked {
            error: CameraError::Denied,
            is_embedded: false
        }
    );
    script.tell(Event::UploadChosen);
    assert_kind(&script, ScreenKind::Upload(Shot::Side(Side::DataPage)));
}

fn camera_only(value: &mut serde_json::Value) {
    value["capture"]["required_resources"][0]["allowed_capture_methods"] = "CAMERA".into();
}

#[test]
fn without_a_camera_and_without_files_the_session_ends() {
    for (error, code) in [
        (CameraError::NotFound, ErrorCode::NoCamera),
        (CameraError::NotDelegated, ErrorCode::CameraFailed),
        (CameraError::Insecure, ErrorCode::CameraFailed),
        (CameraError::Unsupported, ErrorCode::CameraFailed),
    ] {
        let mut script = Script::passport(camera_only);
        script.tell(Event::UploadChosen);
        assert_kind(&script, ScreenKind::Guidance(Side::DataPage));
        script.camera_failed(error);
        assert_ended(&script, code);
    }
}

#[test]
fn a_camera_that_may_work_later_is_tried_again_or_given_up() {
    for (error, code) in [
        (CameraError::Denied, ErrorCode::CameraDenied),
        (CameraError::Busy, ErrorCode::CameraFailed),
    ] {
        let mut script = Script::passport(camera_only);
        script.camera_failed(error);
        let effects = script.tell(Event::RetryPressed);
        assert!(
            matches!(effects.as_slice(), [Effect::OpenCamera(..)]),
            "{effects:?}"
        );
        let ticket = script.awaited();
        script.tell(Event::CameraFailed(ticket, error));
        script.tell(Event::GiveUpPressed);
        assert_ended(&script, code);
    }
}

#[test]
fn a_camera_that_stops_by_itself_is_opened_again() {
    let mut script = Script::passport(|_| {});
    script.tell(Event::CameraChosen);
    let ticket = script.awaited();
    script.tell(Event::CameraOpened(ticket, facts()));
    let effects = script.tell(Event::CameraLost(ticket, CameraLoss::Ended));
    assert!(
        matches!(
            effects.as_slice(),
            [Effect::OpenCamera(_, CameraWish::Environment)]
        ),
        "{effects:?}"
    );
}

#[test]
fn a_hidden_page_lets_go_of_the_camera() {
    let mut script = Script::passport(|_| {});
    script.tell(Event::CameraChosen);
    let ticket = script.awaited();
    script.tell(Event::CameraOpened(ticket, facts()));
    assert_eq!(script.tell(Event::PageHidden), [Effect::CloseCamera]);
    let effects = script.tell(Event::PageShown);
    assert!(
        matches!(effects.as_slice(), [Effect::OpenCamera(..)]),
        "{effects:?}"
    );
}

#[test]
fn the_torch_and_the_other_camera_are_there_when_the_camera_has_them() {
    let mut script = Script::passport(|_| {});
    script.tell(Event::CameraChosen);
    let ticket = script.awaited();
    script.tell(Event::CameraOpened(ticket, facts()));
    assert_eq!(script.tell(Event::TorchPressed), [Effect::SetTorch(true)]);
    assert_eq!(script.tell(Event::TorchPressed), [Effect::SetTorch(false)]);
    let effects = script.tell(Event::SwitchCameraPressed);
    assert!(
        matches!(
            effects.as_slice(),
            [Effect::OpenCamera(_, CameraWish::Next)]
        ),
        "{effects:?}"
    );
}

#[test]
fn a_still_that_failed_can_be_taken_again() {
    let mut script = Script::passport(|_| {});
    script.tell(Event::CameraChosen);
    let ticket = script.awaited();
    script.tell(Event::CameraOpened(ticket, facts()));
    script.tell(Event::ShutterPressed);
    let ticket = script.awaited();
    assert!(
        script
            .tell(Event::ShutterPressed)
            .iter()
            .all(|effect| matches!(effect, Effect::Log(_))),
        "one picture at a time"
    );
    script.tell(Event::StillTaken(ticket, Err(StillError::Failed)));
    let Screen::Camera(screen) = script.screen() else {
        panic!("no camera")
    };
    assert!(matches!(
        screen.state,
        CameraState::Live {
            still_failed: true,
            is_taking: false,
            ..
        }
    ));
}

#[test]
fn a_picture_that_comes_too_late_is_dropped() {
    let mut script = Script::passport(|_| {});
    script.tell(Event::CameraChosen);
    let ticket = script.awaited();
    script.tell(Event::CameraOpened(ticket, facts()));
    script.tell(Event::ShutterPressed);
    let ticket = script.awaited();
    script.tell(Event::BackPressed);
    let image = script.image(CaptureMethod::Camera);
    let id = image.id;
    assert_eq!(
        script.tell(Event::StillTaken(ticket, Ok(image))),
        [Effect::DropImage(id)]
    );
}

#[test]
fn a_wrong_file_says_why_and_another_can_be_chosen() {
    let mut script = Script::passport(|_| {});
    script.tell(Event::UploadChosen);
    script.tell(Event::FileChosen(FileId(1)));
    let ticket = script.awaited();
    script.tell(Event::FilePrepared(ticket, Err(FileError::Pdf)));
    let Screen::Upload(screen) = script.screen() else {
        panic!("gone")
    };
    assert_eq!(
        (screen.error, screen.is_reading),
        (Some(FileError::Pdf), false)
    );
    script.tell(Event::FileChosen(FileId(2)));
    let Screen::Upload(screen) = script.screen() else {
        panic!("gone")
    };
    assert_eq!((screen.error, screen.is_reading), (None, true));
}

#[test]
fn back_goes_one_screen_back_and_keeps_the_pictures() {
    let mut script = Script::chosen("GBR", DocumentType::DrivingLicence, |_| {});
    script.upload();
    assert_kind(&script, ScreenKind::Guidance(Side::Back));
    let expected = [
        ScreenKind::Review(Shot::Side(Side::Front)),
        ScreenKind::Guidance(Side::Front),
        ScreenKind::ChooseDocument,
        ScreenKind::Start,
    ];
    for kind in expected {
        let effects = script.tell(Event::HistoryWentBack);
        assert_kind(&script, kind);
        assert_eq!(
            effects.contains(&Effect::HoldBack),
            kind != ScreenKind::Start,
            "{kind:?}"
        );
        assert!(
            !effects
                .iter()
                .any(|effect| matches!(effect, Effect::DropImage(_)))
                || kind == ScreenKind::Start
        );
    }
    assert_eq!(script.tell(Event::HistoryWentBack), [Effect::GoBack]);
}

#[test]
fn back_does_not_leave_while_the_service_judges() {
    let mut script = Script::passport(|_| {});
    script.upload();
    script.judge(1, extraction(json!({"id": "task", "state": "PENDING"})));
    let effects = script.tell(Event::HistoryWentBack);
    assert_eq!(effects, [Effect::HoldBack]);
    assert_kind(&script, ScreenKind::Sending);
}

#[test]
fn only_what_the_configuration_allows_can_be_chosen() {
    let mut script = Script::started(|_| {});
    script.tell(Event::ContinuePressed);
    script.tell(Event::CountryChosen("USA".to_owned()));
    script.tell(Event::CountryChosen("GBR".to_owned()));
    script.tell(Event::DocumentTypeChosen(DocumentType::NationalId));
    let Screen::ChooseDocument(screen) = script.screen() else {
        panic!("gone")
    };
    assert_eq!(
        (
            screen.country.as_deref(),
            screen.document_type,
            screen.can_continue
        ),
        (Some("GBR"), None, false)
    );
    script.tell(Event::CountryChosen("FRA".to_owned()));
    let Screen::ChooseDocument(screen) = script.screen() else {
        panic!("gone")
    };
    assert_eq!(
        screen.document_type,
        Some(DocumentType::NationalId),
        "the only type is preselected"
    );
}

#[test]
fn having_none_of_the_documents_is_a_real_choice() {
    let mut script = Script::started(|_| {});
    script.tell(Event::ContinuePressed);
    script.tell(Event::NoDocumentPressed);
    assert_ended(&script, ErrorCode::NoDocument);
    assert_eq!(
        left_for(&mut script),
        "https://shop.example/error?order=7&yotiErrorCode=7000"
    );
}

#[test]
fn everything_delivered_before_a_reload_only_needs_finishing() {
    let mut script = Script::started(|value| {
        value["capture"]["required_resources"][0]["state"] = "COMPLETE".into();
    });
    script.finish();
    assert_kind(&script, ScreenKind::Done);
}

#[test]
fn finishing_survives_a_lost_answer() {
    let mut script = Script::passport(|_| {});
    script.upload();
    script.judge(1, progress());
    let ticket = script.awaited();
    script.tell(Event::SessionFinished(
        ticket,
        Err(ServiceError::Unreachable),
    ));
    script.tell(Event::RetryPressed);
    let ticket = script.awaited();
    script.tell(Event::SessionFinished(
        ticket,
        Err(ServiceError::Unauthorised),
    ));
    assert_kind(&script, ScreenKind::Done);
}

fn embedded() -> Launch {
    Launch {
        is_embedded: true,
        session_id: None,
        session_token: None,
        ..launch()
    }
}

fn without_addresses(value: &mut serde_json::Value) {
    value["sdk_config"] = json!({});
}

#[test]
fn without_a_link_the_embedding_page_names_the_session_and_hears_the_end() {
    let mut script = Script::new();
    let effects = script.tell(Event::Launched(embedded()));
    assert!(effects.contains(&Effect::TellHost(HostMessageOut::Started)));
    assert_kind(&script, ScreenKind::Opening);
    let credentials = Credentials {
        session_id: "s".to_owned(),
        token: ClientToken::new("t".to_owned()),
        handoff_id: None,
    };
    let effects = script.tell(Event::HostSpoke(HostMessageIn::InitSession(
        credentials.clone(),
    )));
    assert!(effects.contains(&Effect::KeepCredentials(credentials)));
    let ticket = script.awaited();
    let configuration = super::script::configuration(without_addresses);
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
    script.upload();
    script.judge(1, progress());
    script.finish();
    assert!(script.has(|effect| *effect == Effect::TellHost(HostMessageOut::Success)));
    let Screen::Done(screen) = script.screen() else {
        panic!("not done")
    };
    assert!(!screen.can_leave);
}

#[test]
fn a_second_session_is_not_taken_from_the_embedding_page() {
    let mut script = Script::started(|_| {});
    let credentials = Credentials {
        session_id: "x".to_owned(),
        token: ClientToken::new("y".to_owned()),
        handoff_id: None,
    };
    script.tell(Event::HostSpoke(HostMessageIn::InitSession(credentials)));
    assert_kind(&script, ScreenKind::Start);
}

#[test]
fn with_addresses_the_embedding_page_is_not_told() {
    let mut script = Script::new();
    script.tell(Event::Launched(Launch {
        is_embedded: true,
        ..launch()
    }));
    let ticket = script.awaited();
    script.tell(Event::ConfigurationLoaded(
        ticket,
        Ok(Box::new(super::script::configuration(|_| {}))),
    ));
    let ticket = script.awaited();
    script.tell(Event::PartLoaded(ticket, Ok(())));
    script.tell(Event::ContinuePressed);
    script.tell(Event::NoDocumentPressed);
    assert!(!script.has(|effect| matches!(effect, Effect::TellHost(_))));
}

#[test]
fn an_error_in_an_iframe_without_addresses_is_told() {
    let mut script = Script::new();
    script.tell(Event::Launched(Launch {
        is_embedded: true,
        ..launch()
    }));
    let ticket = script.awaited();
    script.tell(Event::ConfigurationLoaded(
        ticket,
        Err(ServiceError::Unauthorised),
    ));
    assert!(
        script
            .has(|effect| *effect == Effect::TellHost(HostMessageOut::Error { event_code: 2000 }))
    );
}

#[test]
fn the_language_can_be_changed_anywhere_without_losing_anything() {
    let mut script = Script::passport(|_| {});
    let before = script.screen();
    let effects = script.tell(Event::LanguageChosen(Locale::Ar));
    assert_eq!(
        effects,
        [
            Effect::ApplyLocale(Locale::Ar),
            Effect::RememberLocale(Locale::Ar)
        ]
    );
    assert_eq!(script.screen(), before);
}

#[test]
fn the_configured_language_is_spoken_unless_the_person_chose() {
    let script = Script::started(|value| value["sdk_config"]["locale"] = "ar".into());
    assert!(script.has(|effect| *effect == Effect::ApplyLocale(Locale::Ar)));
    let mut script = Script::new();
    script.tell(Event::Launched(Launch {
        chosen_locale: Some(Locale::EnGb),
        ..launch()
    }));
    let ticket = script.awaited();
    let configuration =
        super::script::configuration(|value| value["sdk_config"]["locale"] = "ar".into());
    script.tell(Event::ConfigurationLoaded(
        ticket,
        Ok(Box::new(configuration)),
    ));
    assert!(!script.has(|effect| *effect == Effect::ApplyLocale(Locale::Ar)));
}

#[test]
fn late_answers_change_nothing() {
    let mut script = Script::passport(|_| {});
    script.tell(Event::CameraChosen);
    let before = script.flow.clone();
    let late = Ticket(9_999);
    for event in [
        Event::CameraOpened(late, facts()),
        Event::CameraFailed(late, CameraError::Denied),
        Event::ConfigurationLoaded(late, Err(ServiceError::Malformed)),
        Event::SessionFinished(late, Ok(())),
        Event::ExpiryReached(late),
    ] {
        assert_eq!(script.tell(event.clone()), [], "{event:?}");
        assert_eq!(script.flow, before, "{event:?}");
    }
}

//! Consent, faces, and what else a session can ask for around them.

use serde_json::{Value, json};

use super::script::{
    Script, assert_ended, assert_kind, extraction, facts, launch, must_try_again, progress, watched,
};
use crate::domain::camera::{CameraError, CameraFacts, CameraWish};
use crate::domain::error::ErrorCode;
use crate::domain::face::{FaceBox, FaceHint};
use crate::domain::flow::{
    ConsentState, Effect, Event, Hint, NewResource, Screen, ScreenKind, Shot, TryAgainWays,
    UploadPart, ZoomEnd,
};
use crate::domain::i18n::Text;
use crate::domain::launch::Launch;
use crate::domain::service::ServiceError;
use crate::domain::session::config::DocumentType;
use crate::domain::session::resource::{ApiErrorCode, CaptureMethod, ConsentDecision};
use crate::domain::session::sides::Side;

fn resources(value: &mut Value) -> &mut Vec<Value> {
    value["capture"]["required_resources"]
        .as_array_mut()
        .unwrap()
}

pub(super) fn face(kind: &str, liveness_type: &str) -> Value {
    json!({
        "type": kind, "id": "face", "state": "REQUIRED", "liveness_type": liveness_type,
        "allowed_sources": [{"type": "END_USER"}], "attempts_remaining": {"GENERIC": 3},
    })
}

/// Only a face, of this kind.
pub(super) fn only(kind: &'static str) -> impl FnOnce(&mut Value) {
    move |value| *resources(value) = vec![face(kind, "STATIC")]
}

/// A session that needs a face, at its guidance.
pub(super) fn at_face(kind: &'static str) -> Script {
    let mut script = Script::started(only(kind));
    script.tell(Event::ContinuePressed);
    assert_kind(&script, ScreenKind::FaceGuidance);
    script
}

/// From guidance to a picture that is being sent.
pub(super) fn take_face(script: &mut Script) {
    script.tell(Event::CameraChosen);
    let ticket = script.awaited();
    script.tell(Event::CameraOpened(ticket, facts()));
    script.tell(Event::ShutterPressed);
    let ticket = script.awaited();
    let image = script.image(CaptureMethod::Camera);
    script.tell(Event::StillTaken(ticket, Ok(image)));
    assert_kind(script, ScreenKind::Review(Shot::Face));
    script.tell(Event::UsePressed);
}

pub(super) fn arrive(script: &mut Script) {
    let ticket = script.awaited();
    script.tell(Event::ResourceCreated(ticket, Ok("face".to_owned())));
    let ticket = script.awaited();
    script.tell(Event::Uploaded(ticket, Ok(())));
}

fn check(script: &mut Script, judgement: crate::domain::session::resource::TextExtraction) {
    arrive(script);
    let ticket = script.awaited();
    script.tell(Event::JudgementRead(ticket, Ok(judgement)));
}

#[test]
fn a_face_is_taken_with_the_camera_that_looks_at_the_person() {
    let mut script = at_face("FACE_CAPTURE");
    take_face(&mut script);
    assert!(script.has(|effect| matches!(effect, Effect::OpenCamera(_, CameraWish::User))));
    assert!(script.has(|effect| matches!(
        effect,
        Effect::CreateResource(_, NewResource::FaceCapture(new)) if new.requirement_id == "face"
    )));
    arrive(&mut script);
    assert!(script.has(
        |effect| matches!(effect, Effect::Upload(_, upload) if upload.part == UploadPart::Image)
    ));
    // Nothing is judged: the session is finished at once.
    script.finish();
    assert_kind(&script, ScreenKind::Done);
}

#[test]
fn a_liveness_check_that_passes_goes_on() {
    let mut script = at_face("LIVENESS");
    take_face(&mut script);
    check(&mut script, progress());
    script.finish();
    assert_kind(&script, ScreenKind::Done);
}

#[test]
fn a_liveness_check_is_retried_as_often_as_the_service_says() {
    let mut script = at_face("LIVENESS");
    take_face(&mut script);
    check(&mut script, must_try_again("FACE_NOT_FOUND", 1));
    let Screen::TryAgain(screen) = script.screen() else {
        panic!("no second try")
    };
    assert_eq!(screen.title.text, Text::FaceReasonNoneTitle);
    assert_eq!(screen.ways, TryAgainWays::RetakeOnly);
    assert!(screen.image.is_some() && screen.attempts_left.is_some());
    script.tell(Event::KeepPressed);
    script.tell(Event::ChangeDocumentPressed);
    assert_kind(&script, ScreenKind::TryAgain);
    script.tell(Event::RetakePressed);
    take_face(&mut script);
    check(&mut script, must_try_again("FACE_NOT_FOUND", 0));
    assert_ended(&script, ErrorCode::LivenessExhausted);
}

#[test]
fn an_identity_profile_has_its_own_code_for_the_last_failure() {
    let mut script = Script::started(|value| {
        only("LIVENESS")(value);
        value["identity_profile"] = json!({"trust_framework": "UK_TFIDA", "scheme": "DBS"});
    });
    script.tell(Event::ContinuePressed);
    take_face(&mut script);
    check(&mut script, must_try_again("FACE_NOT_FOUND", 0));
    assert_ended(&script, ErrorCode::ProfileLivenessExhausted);
}

#[test]
fn a_liveness_check_that_the_service_refuses_to_do_ends_with_its_code() {
    for error in [
        ServiceError::Refused(ApiErrorCode::MalformedRequest),
        ServiceError::Malformed,
    ] {
        let mut script = at_face("LIVENESS");
        take_face(&mut script);
        let ticket = script.awaited();
        script.tell(Event::ResourceCreated(ticket, Err(error)));
        assert_ended(&script, ErrorCode::LivenessFailed);
    }
    // Another tab has used the last attempt meanwhile.
    let mut script = at_face("LIVENESS");
    take_face(&mut script);
    let ticket = script.awaited();
    script.tell(Event::ResourceCreated(
        ticket,
        Err(ServiceError::AttemptsExhausted),
    ));
    assert_ended(&script, ErrorCode::LivenessExhausted);
}

fn seen(height: f64) -> Vec<FaceBox> {
    vec![FaceBox {
        left: 0.35,
        top: 0.5 - height / 2.0,
        width: 0.3,
        height,
        ..FaceBox::default()
    }]
}

#[test]
fn a_face_that_stays_in_the_oval_is_taken_by_itself() {
    let mut script = at_face("LIVENESS");
    script.tell(Event::CameraChosen);
    let camera = script.awaited();
    let effects = script.tell(Event::CameraOpened(camera, facts()));
    assert!(effects.contains(&Effect::WatchFace(camera)));
    for _ in 0..5 {
        script.tell(Event::FacesSeen(camera, seen(0.2)));
    }
    let Screen::Camera(screen) = script.screen() else {
        panic!("no camera")
    };
    assert_eq!(screen.hint, Some(Hint::Face(FaceHint::Closer)));
    assert!(
        script.has(|effect| *effect == Effect::Announce(Text::FaceHintCloser.into())),
        "the hint is spoken"
    );
    for _ in 0..6 {
        script.tell(Event::FacesSeen(camera, seen(0.5)));
    }
    let n_stills = |script: &Script| {
        script
            .effects
            .iter()
            .filter(|effect| matches!(effect, Effect::TakeStill(_)))
            .count()
    };
    assert_eq!(n_stills(&script), 1);
    // While the picture is being taken nobody looks.
    for _ in 0..20 {
        script.tell(Event::FacesSeen(camera, seen(0.5)));
    }
    assert_eq!(n_stills(&script), 1);
}

#[test]
fn what_an_earlier_camera_saw_is_late() {
    let mut script = at_face("LIVENESS");
    script.tell(Event::CameraChosen);
    let first = script.awaited();
    script.tell(Event::CameraOpened(first, facts()));
    script.tell(Event::BackPressed);
    let before = script.flow.clone();
    assert_eq!(script.tell(Event::FacesSeen(first, seen(0.5))), []);
    assert_eq!(script.flow, before);
}

#[test]
fn a_face_needs_a_camera_and_each_way_to_lack_one_has_its_code() {
    let too_coarse = CameraFacts {
        width_px: 320,
        height_px: 240,
        ..facts()
    };
    for (kind, error, code) in [
        ("LIVENESS", CameraError::NotFound, ErrorCode::NoCamera),
        (
            "LIVENESS",
            CameraError::Unsupported,
            ErrorCode::LivenessUnsupported,
        ),
        (
            "FACE_CAPTURE",
            CameraError::Unsupported,
            ErrorCode::CameraFailed,
        ),
        ("LIVENESS", CameraError::NotSafari, ErrorCode::NotSafari),
        (
            "LIVENESS",
            CameraError::NotDelegated,
            ErrorCode::CameraFailed,
        ),
    ] {
        let mut script = at_face(kind);
        script.camera_failed(error);
        assert_ended(&script, code);
    }
    let mut script = at_face("LIVENESS");
    script.tell(Event::CameraChosen);
    let ticket = script.awaited();
    script.tell(Event::CameraOpened(ticket, too_coarse));
    assert_ended(&script, ErrorCode::CameraTooCoarse);
    let mut script = at_face("LIVENESS");
    script.camera_failed(CameraError::Denied);
    script.tell(Event::GiveUpPressed);
    assert_ended(&script, ErrorCode::CameraDenied);
}

#[test]
fn a_camera_that_is_too_coarse_leaves_upload_where_that_is_allowed() {
    let mut script = Script::passport(|_| {});
    script.tell(Event::CameraChosen);
    let ticket = script.awaited();
    let coarse = CameraFacts {
        height_px: 240,
        ..facts()
    };
    script.tell(Event::CameraOpened(ticket, coarse));
    assert_kind(&script, ScreenKind::Camera(Shot::Side(Side::DataPage)));
    script.tell(Event::UploadChosen);
    assert_kind(&script, ScreenKind::Upload(Shot::Side(Side::DataPage)));
}

pub(super) fn consenting(flow: &'static str) -> impl FnOnce(&mut Value) {
    move |value| {
        value["capture"]["biometric_consent"] = "REQUIRED".into();
        value["sdk_config"]["biometric_consent_flow"] = flow.into();
        resources(value).push(face("LIVENESS", "STATIC"));
    }
}

fn agree(script: &mut Script) {
    let effects = script.tell(Event::ConsentGiven);
    assert!(matches!(
        effects.as_slice(),
        [Effect::RecordConsent(_, ConsentDecision::Given)]
    ));
    let ticket = script.awaited();
    script.tell(Event::ConsentRecorded(ticket, Ok(())));
}

#[test]
fn early_consent_comes_before_anything_is_captured() {
    let mut script = Script::started(consenting("EARLY"));
    script.tell(Event::ContinuePressed);
    assert_kind(&script, ScreenKind::Consent);
    agree(&mut script);
    assert_kind(&script, ScreenKind::ChooseDocument);
    assert!(
        !script.has(|effect| matches!(effect, Effect::OpenCamera(..))),
        "no camera before"
    );
    // It is not asked again before the face.
    script.tell(Event::CountryChosen("GBR".to_owned()));
    script.tell(Event::DocumentTypeChosen(DocumentType::Passport));
    script.tell(Event::ContinuePressed);
    script.photograph();
    script.judge(1, progress());
    assert_kind(&script, ScreenKind::FaceGuidance);
}

#[test]
fn consent_just_in_time_comes_right_before_the_face() {
    let mut script = Script::passport(consenting("JUST_IN_TIME"));
    script.photograph();
    script.judge(1, progress());
    assert_kind(&script, ScreenKind::Consent);
    agree(&mut script);
    assert_kind(&script, ScreenKind::FaceGuidance);
}

#[test]
fn refusing_is_asked_once_more_recorded_and_an_ending() {
    let mut script = Script::started(consenting("EARLY"));
    script.tell(Event::ContinuePressed);
    script.tell(Event::ConsentRefused);
    let Screen::Consent(screen) = script.screen() else {
        panic!("no question")
    };
    assert_eq!(screen.state, ConsentState::Refusing);
    script.tell(Event::BackPressed);
    script.tell(Event::ConsentRefused);
    let effects = script.tell(Event::ConsentRefused);
    assert!(matches!(
        effects.as_slice(),
        [Effect::RecordConsent(_, ConsentDecision::Refused)]
    ));
    let ticket = script.awaited();
    script.tell(Event::ConsentRecorded(ticket, Ok(())));
    assert_ended(&script, ErrorCode::Cancelled);
    assert!(
        !script.has(|effect| *effect == Effect::ForgetCredentials),
        "the link may be opened again"
    );
}

#[test]
fn an_answer_that_did_not_arrive_is_sent_again_when_the_network_is_back() {
    let mut script = Script::started(consenting("EARLY"));
    script.tell(Event::ContinuePressed);
    script.tell(Event::ConsentGiven);
    let ticket = script.awaited();
    script.tell(Event::ConsentRecorded(
        ticket,
        Err(ServiceError::Unreachable),
    ));
    assert!(matches!(
        script.screen(),
        Screen::Consent(screen) if matches!(screen.state, ConsentState::Stopped(_))
    ));
    let effects = script.tell(Event::WentOnline);
    assert!(
        effects
            .iter()
            .any(|effect| matches!(effect, Effect::RecordConsent(_, ConsentDecision::Given)))
    );
    let ticket = script.awaited();
    script.tell(Event::ConsentRecorded(ticket, Ok(())));
    assert_kind(&script, ScreenKind::ChooseDocument);
}

#[test]
fn what_is_judged_in_another_tab_is_waited_for_before_the_end() {
    let mut script = Script::passport(|_| {});
    script.photograph();
    script.judge(1, progress());
    let ticket = script.awaited();
    let refusal = ServiceError::Refused(ApiErrorCode::RequirementsNotMet);
    script.tell(Event::SessionFinished(ticket, Err(refusal)));
    assert!(matches!(script.screen(), Screen::Sending(_)));
    script.tell(Event::RetryPressed);
    script.finish();
    assert_kind(&script, ScreenKind::Done);
}

/// A session with a liveness check of type ZOOM, and a component for it or not.
pub(super) fn zoom(can_zoom: bool) -> Script {
    let mut script = Script::new();
    script.tell(Event::Launched(Launch {
        can_zoom,
        ..launch()
    }));
    let ticket = script.awaited();
    let config = super::script::configuration(|value| {
        *resources(value) = vec![face("LIVENESS", "ZOOM")];
    });
    script.tell(Event::ConfigurationLoaded(ticket, Ok(Box::new(config))));
    script
}

#[test]
fn a_check_that_is_not_ours_ends_at_once_without_its_component() {
    assert_ended(&zoom(false), ErrorCode::LivenessUnsupported);
}

#[test]
fn a_component_is_run_and_each_of_its_ends_leads_on() {
    for (end, code) in [
        (ZoomEnd::Exhausted, ErrorCode::LivenessExhausted),
        (ZoomEnd::Unsupported, ErrorCode::LivenessUnsupported),
        (ZoomEnd::Failed, ErrorCode::LivenessFailed),
    ] {
        let mut script = running_zoom();
        let ticket = script.awaited();
        script.tell(Event::ZoomEnded(ticket, end));
        assert_ended(&script, code);
    }
    // Whose time is over must not go on behind the ending.
    let mut script = running_zoom();
    script.tell(Event::ExpiryReached(watched(&script).0));
    let effects = script.tell(Event::ExpiryReached(watched(&script).0));
    assert_ended(&script, ErrorCode::SessionExpired);
    assert!(effects.contains(&Effect::StopZoom));

    let mut script = running_zoom();
    let ticket = script.awaited();
    script.tell(Event::ZoomEnded(ticket, ZoomEnd::Cancelled));
    assert_kind(&script, ScreenKind::FaceGuidance);
    script.tell(Event::CameraChosen);
    let ticket = script.awaited();
    script.tell(Event::ZoomEnded(ticket, ZoomEnd::Passed));
    script.finish();
    assert_kind(&script, ScreenKind::Done);
}

pub(super) fn running_zoom() -> Script {
    let mut script = zoom(true);
    let ticket = script.awaited();
    script.tell(Event::PartLoaded(ticket, Ok(())));
    script.tell(Event::ContinuePressed);
    script.tell(Event::CameraChosen);
    assert_kind(&script, ScreenKind::Zoom);
    script
}

pub(super) fn suppress(screens: &'static [&'static str]) -> impl FnOnce(&mut Value) {
    move |value| value["sdk_config"]["suppressed_screens"] = json!(screens)
}

#[test]
fn a_suppressed_document_guidance_leads_straight_to_the_camera() {
    let mut script = Script::chosen(
        "GBR",
        DocumentType::DrivingLicence,
        suppress(&["ID_DOCUMENT_EDUCATION"]),
    );
    assert_kind(&script, ScreenKind::Camera(Shot::Side(Side::Front)));
    script.tell(Event::BackPressed);
    assert_kind(&script, ScreenKind::ChooseDocument);
    script.tell(Event::ContinuePressed);
    let ticket = script.awaited();
    script.tell(Event::CameraOpened(ticket, facts()));
    script.tell(Event::ShutterPressed);
    let ticket = script.awaited();
    let image = script.image(CaptureMethod::Camera);
    script.tell(Event::StillTaken(ticket, Ok(image)));
    script.tell(Event::UsePressed);
    assert_kind(&script, ScreenKind::Camera(Shot::Side(Side::Back)));
}

#[test]
fn suppressed_requirements_are_only_left_out_where_there_is_no_choice() {
    let screens: &[&str] = &["ID_DOCUMENT_REQUIREMENTS"];
    let mut script = Script::started(suppress(screens));
    script.tell(Event::ContinuePressed);
    assert_kind(&script, ScreenKind::ChooseDocument);
    let mut script = Script::started(|value| {
        suppress(screens)(value);
        resources(value)[0]["supported_countries"] =
            json!([{"code": "GBR", "supported_documents": [{"type": "PASSPORT"}]}]);
    });
    script.tell(Event::ContinuePressed);
    assert_kind(&script, ScreenKind::Guidance(Side::DataPage));
    script.tell(Event::BackPressed);
    assert_kind(&script, ScreenKind::Start);
}

#[test]
fn suppressed_face_guidance_leads_straight_to_the_camera() {
    for (kind, screen) in [
        ("LIVENESS", "STATIC_LIVENESS_EDUCATION"),
        ("FACE_CAPTURE", "FACE_CAPTURE_EDUCATION"),
    ] {
        let mut script = Script::started(|value| {
            only(kind)(value);
            value["sdk_config"]["suppressed_screens"] = json!([screen]);
        });
        script.tell(Event::ContinuePressed);
        assert_kind(&script, ScreenKind::Camera(Shot::Face));
        script.tell(Event::BackPressed);
        assert_kind(&script, ScreenKind::Start);
    }
}

#[test]
fn a_suppressed_completion_leaves_by_itself_where_there_is_somewhere_to_go() {
    let mut script = Script::passport(suppress(&["FLOW_COMPLETION"]));
    script.upload();
    script.judge(1, progress());
    let ticket = script.awaited();
    let effects = script.tell(Event::SessionFinished(ticket, Ok(())));
    assert!(
        effects
            .iter()
            .any(|effect| matches!(effect, Effect::Leave(address) if address.as_str() == "https://shop.example/done"))
    );
    let mut script = Script::passport(|value| {
        suppress(&["FLOW_COMPLETION"])(value);
        value["sdk_config"]["success_url"] = Value::Null;
    });
    script.upload();
    script.judge(1, progress());
    script.finish();
    assert_kind(&script, ScreenKind::Done);
}

fn reclassified(detected: &Value) -> Script {
    let mut script = Script::passport(|_| {});
    script.photograph();
    let mut recommendation = json!({
        "value": "MUST_TRY_AGAIN", "reason": {"value": "USER_ERROR", "detail": "INCORRECT_DOCUMENT_TYPE"},
        "category": "RECLASSIFICATION",
    });
    recommendation
        .as_object_mut()
        .unwrap()
        .extend(detected.as_object().unwrap().clone());
    script.judge(
        1,
        extraction(json!({
            "id": "task", "state": "FAILED", "recommendation": recommendation,
            "attempts_remaining": {"GENERIC": 2, "RECLASSIFICATION": 1},
        })),
    );
    script
}

#[test]
fn what_the_service_saw_can_be_confirmed_and_keeps_the_pictures() {
    let mut script = reclassified(&json!({"detected_document_type": "DRIVING_LICENCE"}));
    script.tell(Event::DetectedConfirmed);
    // The front is there; a licence has a back too.
    assert_kind(&script, ScreenKind::Guidance(Side::Back));
    script.photograph();
    assert!(script.has(|effect| matches!(
        effect,
        Effect::CreateResource(_, NewResource::IdDocument(new))
            if new.document_type == DocumentType::DrivingLicence && new.issuing_country == "GBR"
    )));
    script.judge(2, progress());
    script.finish();
    assert_kind(&script, ScreenKind::Done);
}

#[test]
fn a_detected_country_is_named_and_sent_again_at_once() {
    let mut script =
        reclassified(&json!({"detected_document_type": "NATIONAL_ID", "detected_country": "FRA"}));
    script.tell(Event::DetectedConfirmed);
    assert_kind(&script, ScreenKind::Guidance(Side::Back));
    script.photograph();
    assert!(script.has(|effect| matches!(
        effect,
        Effect::CreateResource(_, NewResource::IdDocument(new)) if new.issuing_country == "FRA"
    )));
}

#[test]
fn what_the_session_does_not_allow_can_not_be_confirmed() {
    for detected in [
        json!({"detected_document_type": "RESIDENCE_PERMIT"}),
        json!({"detected_country": "USA"}),
        json!({"detected_document_type": "PASSPORT"}),
    ] {
        let mut script = reclassified(&detected);
        let Screen::TryAgain(screen) = script.screen() else {
            panic!("no explanation")
        };
        assert_eq!(screen.ways, TryAgainWays::Change);
        let before = script.flow.clone();
        script.tell(Event::DetectedConfirmed);
        assert_eq!(script.flow, before);
    }
}

#[test]
fn a_document_that_was_being_judged_before_a_reload_is_waited_for() {
    let pending = |value: &mut Value| {
        resources(value)[0]["pending"] = json!({
            "resource_id": "earlier", "document_type": "PASSPORT", "issuing_country": "GBR",
        });
    };
    let mut script = Script::started(pending);
    script.tell(Event::ContinuePressed);
    assert!(matches!(script.screen(), Screen::Sending(_)));
    assert!(
        !script.has(|effect| matches!(effect, Effect::CreateResource(..))),
        "it is not sent again"
    );
    let ticket = script.awaited();
    script.tell(Event::JudgementRead(ticket, Ok(progress())));
    script.finish();
    assert_kind(&script, ScreenKind::Done);

    let mut script = Script::started(pending);
    script.tell(Event::ContinuePressed);
    let ticket = script.awaited();
    script.tell(Event::JudgementRead(
        ticket,
        Ok(must_try_again("PHOTO_TOO_DARK", 1)),
    ));
    script.tell(Event::RetakePressed);
    assert_kind(&script, ScreenKind::Guidance(Side::DataPage));
}

#[test]
fn a_face_that_was_being_judged_before_a_reload_is_waited_for() {
    let mut script = Script::started(|value| {
        only("LIVENESS")(value);
        resources(value)[0]["pending"] = json!({"resource_id": "earlier"});
    });
    script.tell(Event::ContinuePressed);
    let ticket = script.awaited();
    script.tell(Event::JudgementRead(
        ticket,
        Ok(must_try_again("FACE_NOT_FOUND", 1)),
    ));
    let Screen::TryAgain(screen) = script.screen() else {
        panic!("no second try")
    };
    assert_eq!(screen.image, None, "the picture was lost with the reload");
    script.tell(Event::RetakePressed);
    assert_kind(&script, ScreenKind::FaceGuidance);
}

#[test]
fn a_session_of_several_things_lists_each_once() {
    let script = Script::started(|value| {
        let mut second = resources(value)[0].clone();
        second["id"] = "second".into();
        resources(value).push(second);
        resources(value).push(face("LIVENESS", "STATIC"));
    });
    let Screen::Start(screen) = script.screen() else {
        panic!("not started")
    };
    let steps: Vec<Text> = screen.steps.iter().map(|step| step.text).collect();
    assert_eq!(
        steps,
        [Text::StepDocument, Text::StepOtherDocument, Text::StepFace]
    );
    assert_eq!(screen.minutes, 5);
}

/// The newest request for the configuration is answered with this one.
fn reread(script: &mut Script, change: impl FnOnce(&mut Value)) {
    let ticket = script.awaited();
    assert!(
        script.has(|effect| *effect == Effect::LoadConfiguration(ticket)),
        "the configuration is asked for"
    );
    let config = super::script::configuration(change);
    script.tell(Event::ConfigurationLoaded(ticket, Ok(Box::new(config))));
}

#[test]
fn what_is_delivered_is_not_begun_again_after_going_back_to_the_start() {
    let mut script = Script::passport(|value| resources(value).push(face("LIVENESS", "STATIC")));
    script.photograph();
    script.judge(1, progress());
    assert_kind(&script, ScreenKind::FaceGuidance);
    script.tell(Event::BackPressed);
    reread(&mut script, |value| {
        resources(value)[0]["state"] = "COMPLETE".into();
        resources(value).push(face("LIVENESS", "STATIC"));
    });
    assert_kind(&script, ScreenKind::Start);
    script.tell(Event::ContinuePressed);
    assert_kind(&script, ScreenKind::FaceGuidance);
}

#[test]
fn a_usable_document_stays_usable_when_a_better_one_was_tried_for() {
    let should = |left: u32| {
        extraction(json!({
            "id": "task", "state": "DONE",
            "recommendation": {"value": "SHOULD_TRY_AGAIN", "category": "GENERIC"},
            "attempts_remaining": {"GENERIC": left},
        }))
    };
    for left in [0, 1] {
        let mut script = Script::passport(|_| {});
        script.photograph();
        script.judge(1, should(1));
        script.tell(Event::RetakePressed);
        script.photograph();
        script.judge(1, must_try_again("PHOTO_TOO_DARK", left));
        if left > 0 {
            script.tell(Event::KeepPressed);
        }
        script.finish();
        assert_kind(&script, ScreenKind::Done);
    }
}

#[test]
fn sending_that_was_stopped_too_late_is_found_out() {
    let mut script = at_face("LIVENESS");
    take_face(&mut script);
    let ticket = script.awaited();
    script.tell(Event::ResourceCreated(ticket, Ok("face".to_owned())));
    // The picture arrives, its answer does not.
    let ticket = script.awaited();
    script.tell(Event::Uploaded(ticket, Err(ServiceError::Unreachable)));
    script.tell(Event::CancelPressed);
    script.tell(Event::UsePressed);
    let ticket = script.awaited();
    let refusal = ServiceError::Refused(ApiErrorCode::PayloadValidation);
    script.tell(Event::ResourceCreated(ticket, Err(refusal)));
    reread(&mut script, |value| {
        *resources(value) = vec![face("LIVENESS", "STATIC")];
        resources(value)[0]["state"] = "COMPLETE".into();
    });
    script.finish();
    assert_kind(&script, ScreenKind::Done);
}

#[test]
fn consent_that_was_taken_back_elsewhere_is_asked_for_again() {
    let mut script = at_face("LIVENESS");
    take_face(&mut script);
    let ticket = script.awaited();
    let refusal = ServiceError::Refused(ApiErrorCode::ConsentRequired);
    script.tell(Event::ResourceCreated(ticket, Err(refusal)));
    reread(&mut script, |value| {
        *resources(value) = vec![face("LIVENESS", "STATIC")];
        value["capture"]["biometric_consent"] = "REQUIRED".into();
    });
    script.tell(Event::ContinuePressed);
    assert_kind(&script, ScreenKind::Consent);
}

#[test]
fn faces_are_looked_for_once_per_opening() {
    let mut script = at_face("LIVENESS");
    script.tell(Event::CameraChosen);
    let camera = script.awaited();
    script.tell(Event::CameraOpened(camera, facts()));
    script.tell(Event::ShutterPressed);
    let ticket = script.awaited();
    script.tell(Event::StillTaken(
        ticket,
        Err(crate::domain::camera::StillError::Failed),
    ));
    let n_watches = script
        .effects
        .iter()
        .filter(|effect| matches!(effect, Effect::WatchFace(_)))
        .count();
    assert_eq!(n_watches, 1);
}

#[test]
fn a_code_of_a_handoff_is_not_followed_inside_another_page() {
    let mut script = Script::new();
    script.tell(Event::Launched(Launch {
        session_id: None,
        session_token: None,
        is_embedded: true,
        handed: Some(crate::domain::launch::Handed::Over(
            crate::domain::launch::OneTime::new("code".to_owned()),
        )),
        ..launch()
    }));
    assert_ended(&script, ErrorCode::UnsupportedConfiguration);
}

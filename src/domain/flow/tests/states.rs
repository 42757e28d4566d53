//! One representative flow for every stage and step, by name.

use serde_json::{Value, json};

use super::script::{Script, configuration, extraction, facts, launch, must_try_again, progress};
use super::{branch, faces, handoff, profile, supplementary};
use crate::domain::camera::CameraError;
use crate::domain::error::ErrorCode;
use crate::domain::flow::{BranchEvent, Event, HandoffEffect, HandoffEvent, Screen};
use crate::domain::image::{FileError, FileId};
use crate::domain::launch::{Handed, Launch, OneTime};
use crate::domain::service::ServiceError;
use crate::domain::session::config::DocumentType;
use crate::domain::session::handoff::HandoffState;
use crate::domain::session::resource::CaptureMethod;

pub(super) type State = (&'static str, Script);

/// Every state, in the order of a journey.
pub(super) fn states() -> Vec<State> {
    let parts = [
        opening(),
        consent(),
        document(),
        camera(),
        sending(),
        try_again(),
        face(),
        supplementary(),
        offer(),
        guest(),
        forms(),
        ending(),
    ];
    parts.into_iter().flatten().collect()
}

/// A state of which a few more events are told.
fn then(mut script: Script, events: impl IntoIterator<Item = Event>) -> Script {
    for event in events {
        script.tell(event);
    }
    script
}

/// The newest request is answered.
fn answer(mut script: Script, event: impl FnOnce(crate::domain::flow::Ticket) -> Event) -> Script {
    let ticket = script.awaited();
    script.tell(event(ticket));
    script
}

fn launched(change: impl FnOnce(&mut Launch)) -> Script {
    let mut launched = launch();
    change(&mut launched);
    then(Script::new(), [Event::Launched(launched)])
}

fn loaded(change: impl FnOnce(&mut Value)) -> Script {
    answer(launched(|_| {}), |ticket| {
        Event::ConfigurationLoaded(ticket, Ok(Box::new(configuration(change))))
    })
}

fn opening() -> Vec<State> {
    let preparing = || then(loaded(|_| {}), [Event::ContinuePressed]);
    let soon_over = {
        let mut script = Script::started(|_| {});
        let watch = script.effects.iter().find_map(|effect| match effect {
            crate::domain::flow::Effect::WatchExpiry { ticket, .. } => Some(*ticket),
            _ => None,
        });
        script.tell(Event::ExpiryReached(watch.unwrap()));
        assert!(script.flow.notice().is_some());
        script
    };
    vec![
        ("fresh", Script::new()),
        (
            "awaiting the embedding page",
            launched(|launch| {
                launch.session_id = None;
                launch.session_token = None;
                launch.is_embedded = true;
            }),
        ),
        ("loading", launched(|_| {})),
        (
            "loading failed",
            Script::refused_configuration(ServiceError::Unreachable),
        ),
        ("start, capturing part on its way", loaded(|_| {})),
        ("start", Script::started(|_| {})),
        ("start, time is short", soon_over),
        (
            "start, another device allowed",
            Script::started(handoff::allowed),
        ),
        ("preparing", preparing()),
        (
            "preparing failed",
            answer(preparing(), |ticket| {
                Event::PartLoaded(ticket, Err(ServiceError::Unreachable))
            }),
        ),
    ]
}

fn consent() -> Vec<State> {
    let asking = || {
        then(
            Script::started(faces::consenting("EARLY")),
            [Event::ContinuePressed],
        )
    };
    let recording = || then(asking(), [Event::ConsentGiven]);
    vec![
        ("consent asking", asking()),
        ("consent refusing", then(asking(), [Event::ConsentRefused])),
        ("consent recording", recording()),
        (
            "consent not recorded",
            answer(recording(), |ticket| {
                Event::ConsentRecorded(ticket, Err(ServiceError::Unreachable))
            }),
        ),
    ]
}

fn camera_only(value: &mut Value) {
    value["capture"]["required_resources"][0]["allowed_capture_methods"] = "CAMERA".into();
}

fn uploading(result: Option<Result<(), FileError>>) -> Script {
    let events = [Event::UploadChosen, Event::FileChosen(FileId(1))];
    let mut script = then(Script::passport(|_| {}), events);
    if let Some(result) = result {
        let image = script.image(CaptureMethod::Upload);
        script = answer(script, |ticket| {
            Event::FilePrepared(ticket, result.map(|()| image))
        });
    }
    script
}

fn document() -> Vec<State> {
    let choosing = || then(Script::started(|_| {}), [Event::ContinuePressed]);
    let country = Event::CountryChosen("GBR".to_owned());
    let kind = Event::DocumentTypeChosen(DocumentType::Passport);
    let review = uploading(Some(Ok(())));
    assert!(matches!(review.screen(), Screen::Review(_)));
    let mut second_side = Script::chosen("GBR", DocumentType::DrivingLicence, |_| {});
    second_side.photograph();
    vec![
        ("document choose", choosing()),
        (
            "document choose, country chosen",
            then(choosing(), [country.clone()]),
        ),
        (
            "document choose, all chosen",
            then(choosing(), [country, kind]),
        ),
        ("document guidance", Script::passport(|_| {})),
        (
            "document guidance, camera only",
            Script::passport(camera_only),
        ),
        ("document guidance, second side", second_side),
        (
            "document upload",
            then(Script::passport(|_| {}), [Event::UploadChosen]),
        ),
        ("document upload, reading", uploading(None)),
        (
            "document upload, file refused",
            uploading(Some(Err(FileError::Damaged))),
        ),
        ("document review", review),
    ]
}

fn camera() -> Vec<State> {
    let starting = |change: fn(&mut Value)| then(Script::passport(change), [Event::CameraChosen]);
    let live = || {
        answer(starting(|_| {}), |ticket| {
            Event::CameraOpened(ticket, facts())
        })
    };
    let plain = || {
        answer(starting(camera_only), |ticket| {
            let plain = crate::domain::camera::CameraFacts {
                has_torch: false,
                n_cameras: 1,
                ..facts()
            };
            Event::CameraOpened(ticket, plain)
        })
    };
    let blocked = |change: fn(&mut Value), error| {
        answer(starting(change), |ticket| {
            Event::CameraFailed(ticket, error)
        })
    };
    vec![
        ("camera starting", starting(|_| {})),
        ("camera live", live()),
        ("camera live, one camera without torch", plain()),
        ("camera taking", then(live(), [Event::ShutterPressed])),
        ("camera paused", then(live(), [Event::PageHidden])),
        ("camera denied", blocked(|_| {}, CameraError::Denied)),
        (
            "camera denied, camera only",
            blocked(camera_only, CameraError::Denied),
        ),
        ("camera missing", blocked(|_| {}, CameraError::NotFound)),
    ]
}

/// A passport on its way.
fn sent() -> Script {
    let mut script = Script::passport(|_| {});
    script.photograph();
    script
}

fn sending() -> Vec<State> {
    let uploading = || {
        answer(sent(), |ticket| {
            Event::ResourceCreated(ticket, Ok("document".to_owned()))
        })
    };
    let checking = || answer(uploading(), |ticket| Event::Uploaded(ticket, Ok(())));
    let resting = || {
        let pending = extraction(json!({"id": "task", "state": "PENDING"}));
        answer(checking(), |ticket| {
            Event::JudgementRead(ticket, Ok(pending))
        })
    };
    let reading = || answer(resting(), Event::TimeElapsed);
    let unreachable = ServiceError::Unreachable;
    vec![
        ("sending, creating", sent()),
        (
            "sending, creating stopped",
            answer(sent(), |ticket| {
                Event::ResourceCreated(ticket, Err(unreachable.clone()))
            }),
        ),
        ("sending, uploading", uploading()),
        (
            "sending, uploading stopped",
            answer(uploading(), |ticket| {
                Event::Uploaded(ticket, Err(unreachable.clone()))
            }),
        ),
        ("sending, starting the check", checking()),
        (
            "sending, starting the check stopped",
            answer(checking(), |ticket| {
                Event::JudgementRead(ticket, Err(unreachable.clone()))
            }),
        ),
        ("sending, resting", resting()),
        ("sending, reading", reading()),
        (
            "sending, reading stopped",
            answer(reading(), |ticket| {
                Event::JudgementRead(ticket, Err(unreachable))
            }),
        ),
    ]
}

fn try_again() -> Vec<State> {
    let judged = |judgement| {
        let mut script = sent();
        script.judge(1, judgement);
        assert!(matches!(script.screen(), Screen::TryAgain(_)));
        script
    };
    let refused = answer(sent(), |ticket| {
        Event::ResourceCreated(ticket, Ok("document".to_owned()))
    });
    let recommendation = |recommendation: Value| {
        extraction(json!({
            "id": "task", "state": "DONE", "recommendation": recommendation,
            "attempts_remaining": {"GENERIC": 1, "RECLASSIFICATION": 1},
        }))
    };
    let should = recommendation(json!({"value": "SHOULD_TRY_AGAIN", "category": "GENERIC"}));
    let detected = recommendation(json!({
        "value": "MUST_TRY_AGAIN", "category": "RECLASSIFICATION",
        "detected_document_type": "DRIVING_LICENCE", "detected_country": "GBR",
    }));
    vec![
        ("try again, must", judged(must_try_again("BLUR", 1))),
        ("try again, should", judged(should)),
        ("try again, another document detected", judged(detected)),
        (
            "try again, bytes refused",
            answer(refused, |ticket| {
                Event::Uploaded(ticket, Err(ServiceError::PictureRefused))
            }),
        ),
    ]
}

fn face() -> Vec<State> {
    let live = || {
        let starting = then(faces::at_face("LIVENESS"), [Event::CameraChosen]);
        answer(starting, |ticket| Event::CameraOpened(ticket, facts()))
    };
    let review = || {
        let mut script = then(live(), [Event::ShutterPressed]);
        let image = script.image(CaptureMethod::Camera);
        answer(script, |ticket| Event::StillTaken(ticket, Ok(image)))
    };
    let sending = || then(review(), [Event::UsePressed]);
    let again = {
        let mut script = sending();
        faces::arrive(&mut script);
        answer(script, |ticket| {
            Event::JudgementRead(ticket, Ok(must_try_again("FACE_NOT_FOUND", 1)))
        })
    };
    let mut zoom = faces::zoom(true);
    zoom = answer(zoom, |ticket| Event::PartLoaded(ticket, Ok(())));
    vec![
        ("face guidance", faces::at_face("LIVENESS")),
        (
            "face camera starting",
            then(faces::at_face("FACE_CAPTURE"), [Event::CameraChosen]),
        ),
        ("face camera live", live()),
        (
            "face camera blocked",
            answer(
                then(faces::at_face("LIVENESS"), [Event::CameraChosen]),
                |ticket| Event::CameraFailed(ticket, CameraError::Denied),
            ),
        ),
        ("face review", review()),
        ("face sending", sending()),
        ("face try again", again),
        ("zoom guidance", then(zoom, [Event::ContinuePressed])),
        ("zoom running", faces::running_zoom()),
    ]
}

fn supplementary() -> Vec<State> {
    use supplementary::{choose, gathering, pdf, photographed, read, started};

    let choosing = || then(started(|_| {}), [Event::ContinuePressed]);
    let kind = Event::DocumentTypeChosen("UTILITY_BILL".into());
    let mut reading = gathering(|_| {});
    choose(&mut reading, &[(1, "a"), (2, "b")]);
    let mut with_pdf = gathering(|_| {});
    choose(&mut with_pdf, &[(1, "a")]);
    read(&mut with_pdf, Ok(pdf(7)));
    let turning = {
        use crate::domain::flow::SupplementaryEvent::TurnPressed;
        then(photographed(2), [Event::Supplementary(TurnPressed(0))])
    };
    let mut review = then(gathering(|_| {}), [Event::CameraChosen]);
    review = answer(review, |ticket| Event::CameraOpened(ticket, facts()));
    review = then(review, [Event::ShutterPressed]);
    let image = review.image(CaptureMethod::Camera);
    review = answer(review, |ticket| Event::StillTaken(ticket, Ok(image)));
    let sending = || then(photographed(1), [Event::ContinuePressed]);
    let mut again = sending();
    again.judge(1, must_try_again("BLUR", 1));
    vec![
        ("supplementary choose", choosing()),
        (
            "supplementary guidance",
            then(choosing(), [kind, Event::ContinuePressed]),
        ),
        ("supplementary pages, none", gathering(|_| {})),
        (
            "supplementary pages, none, camera only",
            gathering(|value| value["allowed_capture_methods"] = "CAMERA".into()),
        ),
        ("supplementary pages, two", photographed(2)),
        ("supplementary pages, reading", reading),
        ("supplementary pages, turning", turning),
        ("supplementary pages, PDF", with_pdf),
        (
            "supplementary camera",
            then(gathering(|_| {}), [Event::CameraChosen]),
        ),
        ("supplementary review", review),
        ("supplementary sending", sending()),
        ("supplementary try again", again),
    ]
}

fn offer() -> Vec<State> {
    use handoff::{chosen, followed, hears, offering, status};

    let scanned = || {
        let mut script = offering();
        hears(&mut script, Ok(status(HandoffState::Scanned, 0)));
        script
    };
    let told = |event| Event::Handoff(event);
    let taking_back = || then(offering(), [told(HandoffEvent::ContinueHerePressed)]);
    let mut stopped = followed();
    hears(&mut stopped, Ok(status(HandoffState::GivenUp, 1)));
    let unreachable = ServiceError::Unreachable;
    let mut silent = offering();
    for _ in 0..10 {
        hears(&mut silent, Err(unreachable.clone()));
    }
    let confirming = || then(scanned(), [told(HandoffEvent::MatchConfirmed)]);
    let confirm_failed = {
        let mut script = confirming();
        let confirm = |it: &HandoffEffect| matches!(it, HandoffEffect::Confirm(..));
        let ticket = handoff::asked(&script, confirm);
        let failed = HandoffEvent::Confirmed(ticket, Err(unreachable.clone()));
        script.tell(told(failed));
        script
    };
    vec![
        ("offer, creating", chosen()),
        (
            "offer, creating failed",
            answer(chosen(), |ticket| {
                told(HandoffEvent::Offered(ticket, Err(unreachable.clone())))
            }),
        ),
        ("offer, code", offering()),
        ("offer, no answer for long", silent),
        ("offer, number", scanned()),
        ("offer, number confirming", confirming()),
        ("offer, number not confirmed", confirm_failed),
        ("offer, phone delivers", followed()),
        ("offer, taking back", taking_back()),
        (
            "offer, taking back failed",
            answer(taking_back(), |ticket| {
                told(HandoffEvent::TakenBack(ticket, Err(unreachable)))
            }),
        ),
        ("offer, phone stopped", stopped),
    ]
}

fn guest() -> Vec<State> {
    use handoff::{hears, redeemed, redeeming, status};

    let comparing = || {
        let mut script = redeeming();
        redeemed(&mut script);
        script
    };
    let delivering = || handoff::guest(|_| {});
    let reporting = handoff::guest(handoff::delivered);
    let mut taken_back = comparing();
    hears(&mut taken_back, Ok(status(HandoffState::Ended, 0)));
    vec![
        (
            "guest, preparing",
            launched(|launch| {
                launch.handed = Some(Handed::Over(OneTime::new("code".to_owned())));
            }),
        ),
        ("guest, redeeming", redeeming()),
        (
            "guest, redeeming failed",
            answer(redeeming(), |ticket| {
                let unreachable = Err(ServiceError::Unreachable);
                Event::Handoff(HandoffEvent::Redeemed(ticket, unreachable))
            }),
        ),
        ("guest, comparing", comparing()),
        ("guest, document choose", delivering()),
        ("guest, lobby", then(delivering(), [Event::BackPressed])),
        ("guest, reporting", reporting),
        ("guest, away", taken_back),
    ]
}

fn forms() -> Vec<State> {
    use crate::domain::form::Field;
    use branch::{SUBMITTED, at_contact, at_letter, at_search, type_contact, typed, visit};

    let intro = || then(Script::started(visit), [Event::ContinuePressed]);
    let searched = || {
        let post_code = typed(Field::PostCode, "EC3A 4AF");
        then(at_search(|_| {}), [post_code, SUBMITTED])
    };
    let mut found = searched();
    branch::found(&mut found, Ok(vec![branch::office("V000274")]));
    let mut sending = at_contact(|_| {});
    type_contact(&mut sending);
    let letter = |event| then(at_letter(|_| {}), [Event::Branch(event)]);
    let prepared = Script::started(|value| {
        visit(value);
        value["in_branch"]["instructions"] = "COMPLETE".into();
    });
    let reading = || {
        then(
            Script::started(profile::only_profile),
            [Event::ContinuePressed],
        )
    };
    let known = || profile::opened(profile::ada());
    vec![
        ("branch intro", intro()),
        ("branch choose", then(intro(), [Event::ContinuePressed])),
        ("branch find", at_search(|_| {})),
        ("branch find, searching", searched()),
        ("branch find, found", found),
        ("branch contact", at_contact(|_| {})),
        ("branch contact, sending", then(sending, [SUBMITTED])),
        ("branch letter", at_letter(|_| {})),
        (
            "branch letter, saving",
            letter(BranchEvent::SaveLetterPressed),
        ),
        (
            "branch letter, e-mailing",
            letter(BranchEvent::EmailLetterPressed),
        ),
        (
            "branch letter after a reload, reading",
            then(prepared, [Event::ContinuePressed]),
        ),
        ("profile reading", reading()),
        ("profile", known()),
        ("profile sending", then(known(), [SUBMITTED])),
    ]
}

fn ending() -> Vec<State> {
    let finishing = || {
        let mut script = sent();
        script.judge(1, progress());
        script
    };
    let done = |change: fn(&mut Value)| {
        let mut script = Script::passport(change);
        script.photograph();
        script.judge(1, progress());
        script.finish();
        assert!(matches!(script.screen(), Screen::Done(_)));
        script
    };
    let nowhere = |value: &mut Value| value["sdk_config"] = json!({});
    let given_up = |change: fn(&mut Value)| {
        let choosing = then(Script::started(change), [Event::ContinuePressed]);
        let script = then(choosing, [Event::NoDocumentPressed]);
        assert!(matches!(script.screen(), Screen::Ended(it) if it.code == ErrorCode::NoDocument));
        script
    };
    vec![
        ("finishing", finishing()),
        (
            "finishing failed",
            answer(finishing(), |ticket| {
                Event::SessionFinished(ticket, Err(ServiceError::Unreachable))
            }),
        ),
        ("done", done(|_| {})),
        ("done without an address", done(nowhere)),
        ("ended", given_up(|_| {})),
        ("ended without an address", given_up(nowhere)),
    ]
}

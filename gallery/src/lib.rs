//! Every screen of the client in every state that looks different, by name.
//!
//! The values are the ones that the flow gives to the views; `page` shows them
//! with the client's own views and style. `cargo xtask gallery` makes a folder of
//! it, and the journeys look at each.

mod branch;
mod document;
mod face;
mod handoff;
mod paper;
pub mod pictures;

use vestibule::domain::error::ErrorCode;
use vestibule::domain::flow::{
    DoneScreen, EndedScreen, ProblemScreen, Progress, Screen, SendingScreen, SendingState, Shot,
    StartScreen, Subject, TryAgainScreen, TryAgainWays,
};
use vestibule::domain::i18n::{Message, Text};
use vestibule::domain::redirect::ReturnUrl;
use vestibule::domain::session::sides::Side;

/// A screen with its name: what it is, and after a slash its state.
pub type Entry = (String, Screen);

fn named<const N: usize>(screens: [(&str, Screen); N]) -> Vec<Entry> {
    let entries = screens.into_iter();
    entries.map(|(name, it)| (name.to_owned(), it)).collect()
}

/// All of them, in the order in which people meet them.
#[must_use]
pub fn entries() -> Vec<Entry> {
    let mut entries = named([
        ("opening", Screen::Opening),
        ("opening-failed", Screen::OpeningFailed(problem())),
        ("start", Screen::Start(start())),
        ("start/everything", Screen::Start(long_start())),
    ]);
    entries.extend(handoff::entries());
    entries.extend(document::entries());
    entries.extend(face::entries());
    entries.extend(paper::entries());
    entries.extend(sending());
    entries.extend(try_again());
    entries.extend(branch::entries());
    entries.extend(named([
        ("done", done(Text::DoneBody, true)),
        ("done/nowhere-to-go", done(Text::DoneBody, false)),
        ("done/visit-a-branch", done(Text::BranchDone, true)),
    ]));
    entries.extend(endings());
    entries
}

fn progress() -> Progress {
    Progress {
        step: 2,
        n_steps: 4,
    }
}

fn problem() -> ProblemScreen {
    ProblemScreen {
        title: Text::ProblemNetworkTitle.into(),
        body: Text::ProblemNetworkBody.into(),
    }
}

fn privacy_policy() -> Option<ReturnUrl> {
    ReturnUrl::parse("https://shop.example/privacy").ok()
}

fn subject(shot: Shot, name: Text) -> Subject {
    Subject {
        shot,
        name: name.into(),
        progress: progress(),
    }
}

fn start() -> StartScreen {
    StartScreen {
        intro: Text::StartIntro,
        privacy: Text::StartPrivacy,
        steps: vec![
            Text::StepChoose.into(),
            Text::StepPhotograph.into(),
            Text::StepCheck.into(),
        ],
        minutes: 2,
        minutes_left: None,
        privacy_policy: None,
        can_hand_off: false,
    }
}

fn long_start() -> StartScreen {
    StartScreen {
        intro: Text::StartIntroOther,
        steps: vec![
            Text::StepDocument.into(),
            Text::StepOtherDocument.into(),
            Text::StepAddress.into(),
            Text::StepFace.into(),
        ],
        minutes: 7,
        minutes_left: Some(9),
        privacy_policy: privacy_policy(),
        can_hand_off: true,
        ..start()
    }
}

fn sending() -> Vec<Entry> {
    let screen = |state| {
        Screen::Sending(SendingScreen {
            progress: progress(),
            state,
        })
    };
    named([
        ("sending", screen(SendingState::Uploading { percent: 42 })),
        ("sending/checking", screen(SendingState::Checking)),
        ("sending/finishing", screen(SendingState::Finishing)),
        ("sending/stopped", screen(SendingState::Stopped(problem()))),
    ])
}

fn try_again() -> Vec<Entry> {
    let glare = TryAgainScreen {
        progress: progress(),
        title: Text::ReasonGlareTitle.into(),
        advice: Text::ReasonGlareAdvice.into(),
        shot: Some(Shot::Side(Side::Front)),
        has_other_sides: true,
        image: Some(pictures::CARD),
        attempts_left: Some(Message::from(Text::AttemptsLeft).with_count(2)),
        can_keep: true,
        ways: TryAgainWays::Retake,
    };
    let without_picture = |title: Text, advice: Text, ways| TryAgainScreen {
        title: title.into(),
        advice: advice.into(),
        shot: None,
        has_other_sides: false,
        image: None,
        attempts_left: None,
        can_keep: false,
        ways,
        ..glare.clone()
    };
    let change = without_picture(
        Text::ReasonExpiredTitle,
        Text::ReasonExpiredAdvice,
        TryAgainWays::Change,
    );
    let licence: Message = Text::DocumentDrivingLicence.into();
    let confirm = TryAgainScreen {
        title: Message::from(Text::ReasonDetectedTitle).with_message("document", licence.clone()),
        ..without_picture(
            Text::ReasonUnknownTitle,
            Text::TryAgainConfirmAdvice,
            TryAgainWays::Confirm(licence),
        )
    };
    let face = TryAgainScreen {
        image: Some(pictures::FACE),
        ..without_picture(
            Text::FaceReasonCoveredTitle,
            Text::FaceReasonCoveredAdvice,
            TryAgainWays::RetakeOnly,
        )
    };
    named([
        ("try-again", Screen::TryAgain(glare)),
        ("try-again/another-document", Screen::TryAgain(change)),
        ("try-again/confirm", Screen::TryAgain(confirm)),
        ("try-again/face", Screen::TryAgain(face)),
    ])
}

fn done(body: Text, can_leave: bool) -> Screen {
    let title = match body {
        Text::BranchDone => Text::BranchDoneTitle,
        _ => Text::DoneTitle,
    };
    Screen::Done(DoneScreen {
        title,
        body,
        can_leave,
    })
}

fn endings() -> Vec<Entry> {
    let ended = |code: ErrorCode| {
        Screen::Ended(EndedScreen {
            code,
            title: code.title().into(),
            body: code.body().into(),
            can_leave: true,
        })
    };
    ErrorCode::ALL
        .iter()
        .map(|code| (format!("ended/{}", code.code()), ended(*code)))
        .collect()
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn every_kind_of_screen_is_there_and_every_name_is_its_own() {
        let entries = entries();
        let names: HashSet<&str> = entries.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names.len(), entries.len());
        let kinds: HashSet<_> = entries
            .iter()
            .map(|(_, screen)| std::mem::discriminant(screen))
            .collect();
        assert_eq!(kinds.len(), 20, "as many as `Screen` has variants");
    }
}

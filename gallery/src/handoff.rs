//! Continuing on another device.

use vestibule::domain::flow::{Away, HandoffScreen, Screen};
use vestibule::domain::launch::OneTime;

use crate::{Entry, named, problem};

pub(crate) fn entries() -> Vec<Entry> {
    let code = |was_copied, is_after_mismatch| {
        let link = "https://id.example/idverify/v1/web/index.html?handoff=specimen";
        HandoffScreen::Code {
            link: Some(OneTime::new(link.to_owned())),
            was_copied,
            is_after_mismatch,
        }
    };
    let number = |is_sending, has_failed| HandoffScreen::Number {
        number: "07".to_owned(),
        is_sending,
        has_failed,
    };
    named(
        [
            ("handoff/preparing", HandoffScreen::Preparing),
            (
                "handoff/problem",
                HandoffScreen::Problem {
                    problem: problem(),
                    can_continue_here: true,
                },
            ),
            ("handoff/code", code(None, false)),
            ("handoff/code-copied", code(Some(true), false)),
            ("handoff/code-not-copied", code(Some(false), false)),
            ("handoff/code-after-mismatch", code(None, true)),
            ("handoff/number", number(false, false)),
            ("handoff/number-sending", number(true, false)),
            ("handoff/number-failed", number(false, true)),
            (
                "handoff/progress",
                HandoffScreen::Progress {
                    n_complete: 1,
                    n_required: 3,
                },
            ),
            (
                "handoff/phone-stopped",
                HandoffScreen::PhoneStopped { is_given_up: true },
            ),
            (
                "handoff/phone-lost",
                HandoffScreen::PhoneStopped { is_given_up: false },
            ),
            (
                "handoff/compare",
                HandoffScreen::Compare {
                    number: "42".to_owned(),
                },
            ),
            ("handoff/lobby", HandoffScreen::Lobby),
            ("handoff/away-done", HandoffScreen::Away(Away::Done)),
            ("handoff/away-stopped", HandoffScreen::Away(Away::Stopped)),
            (
                "handoff/away-taken-back",
                HandoffScreen::Away(Away::TakenBack),
            ),
            ("handoff/away-spent", HandoffScreen::Away(Away::Spent)),
        ]
        .map(|(name, screen)| (name, Screen::Handoff(screen))),
    )
}

//! What the views of a handoff may know.

use crate::domain::launch::OneTime;

use super::super::ProblemScreen;

/// Where a handoff is, on either device.
#[derive(Debug, Clone, PartialEq)]
pub enum HandoffScreen {
    /// Something is being prepared; it takes a moment.
    Preparing,
    /// It does not go on by itself.
    Problem {
        /// What happened.
        problem: ProblemScreen,
        /// Whether the person may also go on on this device.
        can_continue_here: bool,
    },
    /// Computer: the link to be opened on the phone.
    Code {
        /// The link; nothing while it is being replaced.
        link: Option<OneTime>,
        /// Whether the link was copied, once that was asked for.
        was_copied: Option<bool>,
        /// The numbers were not the same, and this is a new link.
        is_after_mismatch: bool,
    },
    /// Computer: the phone has opened the link; are the numbers the same?
    Number {
        /// What the phone should show.
        number: String,
        /// The answer is on its way.
        is_sending: bool,
        /// The answer did not arrive.
        has_failed: bool,
    },
    /// Computer: the phone delivers.
    Progress {
        /// How much was delivered.
        n_complete: u32,
        /// How much there is to deliver.
        n_required: u32,
    },
    /// Computer: the phone does not go on.
    PhoneStopped {
        /// The person stopped there; else the connection ended otherwise.
        is_given_up: bool,
    },
    /// Phone: the number, to be compared.
    Compare {
        /// What the computer should show.
        number: String,
    },
    /// Phone: between the tasks and the way out.
    Lobby,
    /// Phone: there is nothing more to do here.
    Away(Away),
}

/// Why there is nothing more to do on the phone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Away {
    /// Everything was delivered.
    Done,
    /// The person stopped.
    Stopped,
    /// The journey goes on where it began.
    TakenBack,
    /// The code was used or too old.
    Spent,
}

/// Which screen of a handoff it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "one name per variant of `HandoffScreen`")]
pub enum HandoffKind {
    Preparing,
    Problem,
    Code,
    Number,
    Progress,
    PhoneStopped,
    Compare,
    Lobby,
    Away,
}

impl HandoffScreen {
    /// Which screen this is.
    #[must_use]
    pub fn kind(&self) -> HandoffKind {
        match self {
            Self::Preparing => HandoffKind::Preparing,
            Self::Problem { .. } => HandoffKind::Problem,
            Self::Code { .. } => HandoffKind::Code,
            Self::Number { .. } => HandoffKind::Number,
            Self::Progress { .. } => HandoffKind::Progress,
            Self::PhoneStopped { .. } => HandoffKind::PhoneStopped,
            Self::Compare { .. } => HandoffKind::Compare,
            Self::Lobby => HandoffKind::Lobby,
            Self::Away(_) => HandoffKind::Away,
        }
    }
}

impl HandoffKind {
    /// A word for it, which views and tests go by.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Preparing => "handoff-preparing",
            Self::Problem => "handoff-problem",
            Self::Code => "handoff-code",
            Self::Number => "handoff-number",
            Self::Progress => "handoff-progress",
            Self::PhoneStopped => "handoff-phone-stopped",
            Self::Compare => "handoff-compare",
            Self::Lobby => "handoff-lobby",
            Self::Away => "handoff-away",
        }
    }
}

//! The time that sessions live by.
//!
//! Tests move it forward instead of waiting for a token to expire.
//! Not for the freshness of signatures: those carry the caller's own time,
//! which nobody moves.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

/// The system's time plus what tests added to it; clones share the addition.
#[derive(Debug, Clone, Default)]
pub struct Clock {
    ahead_ms: Arc<AtomicI64>,
}

impl Clock {
    /// A clock that shows the system's time.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Moves the clock forward.
    pub fn advance(&self, by: Duration) {
        let ms = i64::try_from(by.as_millis()).unwrap_or(i64::MAX);
        self.ahead_ms.fetch_add(ms, Ordering::SeqCst);
    }

    /// The time on this clock.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        let ahead = SignedDuration::from_millis(self.ahead_ms.load(Ordering::SeqCst));
        Timestamp::now()
            .saturating_add(ahead)
            .unwrap_or(Timestamp::MAX)
    }
}

/// `2026-01-31T12:00:00.000Z`, the form of every time in an answer.
pub(crate) fn rfc3339(time: Timestamp) -> String {
    format!("{time:.3}")
}

/// `time` plus whole seconds; the end of time when that is too far.
pub(crate) fn plus_s(time: Timestamp, seconds: u64) -> Timestamp {
    let seconds = i64::try_from(seconds).unwrap_or(i64::MAX);
    time.checked_add(SignedDuration::from_secs(seconds))
        .unwrap_or(Timestamp::MAX)
}

/// Whole seconds from `from` to `to`, 0 when `to` has passed.
pub(crate) fn seconds_between(from: Timestamp, to: Timestamp) -> u64 {
    u64::try_from(to.duration_since(from).as_secs()).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clone_is_moved_with_its_original() {
        let clock = Clock::new();
        let clone = clock.clone();
        clock.advance(Duration::from_secs(3600));
        assert!(seconds_between(Timestamp::now(), clone.now()) >= 3599);
    }

    #[test]
    fn the_past_is_zero_seconds_away() {
        let now = Timestamp::now();
        assert_eq!(seconds_between(plus_s(now, 5), now), 0);
        assert_eq!(seconds_between(now, plus_s(now, 5)), 5);
    }

    #[test]
    fn times_are_written_with_milliseconds_and_z() {
        assert_eq!(rfc3339(Timestamp::UNIX_EPOCH), "1970-01-01T00:00:00.000Z");
    }
}

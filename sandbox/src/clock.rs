//! The time that sessions live by.
//!
//! Tests move it forward instead of waiting for a token to expire.
//! Not for the freshness of signatures: those carry the caller's own time,
//! which nobody moves.

use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use tokio::sync::Notify;

/// The system's time plus what tests added to it; clones share the addition.
#[derive(Debug, Clone, Default)]
pub struct Clock(Arc<Inner>);

#[derive(Debug, Default)]
struct Inner {
    ahead_ms: AtomicI64,
    moved: Notify,
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
        self.0.ahead_ms.fetch_add(ms, Ordering::SeqCst);
        self.0.moved.notify_waiters();
    }

    /// The time on this clock.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        let ahead = SignedDuration::from_millis(self.0.ahead_ms.load(Ordering::SeqCst));
        Timestamp::now()
            .saturating_add(ahead)
            .unwrap_or(Timestamp::MAX)
    }

    /// Waits until this clock shows `time`, or later.
    pub(crate) async fn reached(&self, time: Timestamp) {
        loop {
            let mut moved = pin!(self.0.moved.notified());
            // From here on a movement is noticed, even before it is awaited.
            moved.as_mut().enable();
            let left = time.duration_since(self.now());
            let Ok(left) = Duration::try_from(left) else {
                return;
            };
            if left.is_zero() {
                return;
            }
            tokio::select! {
                () = moved => {}
                () = tokio::time::sleep(left) => {}
            }
        }
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

    #[tokio::test]
    async fn who_waits_for_a_time_is_woken_when_the_clock_is_moved_to_it() {
        let clock = Clock::new();
        let time = plus_s(clock.now(), 3600);
        let waiting = tokio::spawn({
            let clock = clock.clone();
            async move { clock.reached(time).await }
        });
        clock.advance(Duration::from_secs(1800));
        tokio::task::yield_now().await;
        assert!(!waiting.is_finished());
        clock.advance(Duration::from_secs(1800));
        let patience = Duration::from_secs(30);
        tokio::time::timeout(patience, waiting)
            .await
            .unwrap()
            .unwrap();
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

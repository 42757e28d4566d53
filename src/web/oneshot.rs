//! A value that arrives once, from a callback to a future.
//!
//! The bridge between the browser's callbacks and `async`; single-threaded.

use std::cell::RefCell;
use std::future::Future;
use std::pin::Pin;
use std::rc::{Rc, Weak};
use std::task::{Context, Poll, Waker};

struct State<T> {
    value: Option<T>,
    waker: Option<Waker>,
}

/// The end that sends.
pub struct Sender<T>(Weak<RefCell<State<T>>>);

/// The end that waits; pending for ever when nothing is sent.
pub struct Receiver<T>(Rc<RefCell<State<T>>>);

/// Makes both ends.
#[must_use]
pub fn oneshot<T>() -> (Sender<T>, Receiver<T>) {
    let state = Rc::new(RefCell::new(State {
        value: None,
        waker: None,
    }));
    (Sender(Rc::downgrade(&state)), Receiver(state))
}

impl<T> Clone for Sender<T> {
    fn clone(&self) -> Self {
        Self(Weak::clone(&self.0))
    }
}

impl<T> Sender<T> {
    /// Sends the value; only the first one that is waited for arrives.
    pub fn send(&self, value: T) {
        let Some(state) = self.0.upgrade() else {
            return;
        };
        let waker = {
            let mut state = state.borrow_mut();
            if state.value.is_none() {
                state.value = Some(value);
            }
            state.waker.take()
        };
        // Outside the borrow: waking may poll at once.
        if let Some(waker) = waker {
            waker.wake();
        }
    }
}

impl<T> Future for Receiver<T> {
    type Output = T;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<T> {
        let mut state = self.0.borrow_mut();
        if let Some(value) = state.value.take() {
            return Poll::Ready(value);
        }
        state.waker = Some(context.waker().clone());
        Poll::Pending
    }
}
